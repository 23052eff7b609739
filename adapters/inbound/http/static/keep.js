// A form whose text must not be lost: it leaves the page only once the server has answered.

const form = document.querySelector("form[data-keep]");
if (form) start(form, document.querySelector("[data-lost]"));

function start(form, notice) {
  let plain = false;
  form.addEventListener("submit", async (event) => {
    if (plain) return;
    event.preventDefault();
    const { submitter } = event;
    const why = await send(form, submitter);
    if (why === null) return;
    if (why === "page") {
      plain = true;
      form.requestSubmit(submitter);
      return;
    }
    notice.querySelector("[data-why]").textContent = why;
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  });
}

// null: saved, and on its way to the page; "page": the server's page says what is wrong.
async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      window.location.assign(form.action);
      return null;
    }
    if (answer.status === 409 || answer.status === 422) return "page";
    return answer.status === 401 || answer.status === 403 ? "your session is over." : "the server did not take it.";
  } catch {
    return "the server cannot be reached.";
  }
}
