// The difference between the counts of a row and the number enrolled, while typing.

const form = document.querySelector("[data-counts]");
if (form) start(form, Number(form.dataset.counts));

function start(form, enrolled) {
  const said = document.querySelector("[data-said]");
  let speaking;
  form.addEventListener("input", ({ target }) => {
    const row = target.closest("[data-row]");
    if (!row) return;
    const words = difference(numbers(row), enrolled);
    row.querySelector("[data-difference]").textContent = words;
    clearTimeout(speaking);
    speaking = setTimeout(() => { said.textContent = `${row.querySelector("b").textContent}: ${words}`; }, 700);
  });
}

function numbers(row) {
  return [...row.querySelectorAll("input.count")].map((one) => one.value.trim()).filter(Boolean);
}

function difference(written, enrolled) {
  if (!written.length) return "Not counted";
  if (!written.every((text) => /^[0-9]+$/.test(text))) return "Check the numbers";
  const left = enrolled - written.reduce((sum, text) => sum + Number(text), 0);
  if (!left) return "0, adds up";
  return left > 0 ? `${left} missing` : `${-left} too many`;
}
