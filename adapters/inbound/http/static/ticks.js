// Ticks all or no boxes of a list, those of the students unless the button names others.
for (const button of document.querySelectorAll("[data-tick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const name = button.dataset.boxes ?? "student";
    for (const box of button.form.querySelectorAll(`input[name=${name}]`))
      box.checked = button.dataset.tick === "all";
  });
}
