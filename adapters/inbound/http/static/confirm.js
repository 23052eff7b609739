// Forms with data-confirm ask in a dialog before they post.

function dialogFor(question, label, dangerous) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.id = "confirm-question";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  const yes = document.createElement("button");
  yes.className = dangerous ? "danger" : "primary";
  yes.value = "yes";
  yes.textContent = label;
  const no = document.createElement("button");
  no.value = "no";
  no.textContent = "Cancel";
  const row = document.createElement("form");
  row.method = "dialog";
  row.className = "actions";
  row.append(no, yes);
  dialog.append(text, row);
  return dialog;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = form.dataset?.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  const button = event.submitter;
  const dialog = dialogFor(
    question,
    button?.textContent ?? "Yes",
    button?.classList.contains("danger"),
  );
  document.querySelector("main").append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button?.focus();
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
  });
  dialog.showModal();
});
