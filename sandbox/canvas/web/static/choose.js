// The dialog in which a tool offers its content, and what becomes of the choice.
const dialog = document.querySelector("#chooser");
const frame = dialog.querySelector("iframe[data-chooser-frame]");
const address = document.querySelector("#tool_url");
const status = document.querySelector("#chosen");

for (const button of document.querySelectorAll("button[data-choose]")) {
  button.addEventListener("click", () => {
    frame.src = button.dataset.choose;
    dialog.showModal();
  });
}

for (const button of document.querySelectorAll("button[data-use]")) {
  button.addEventListener("click", () => {
    address.value = button.dataset.use;
    status.textContent = "The tool is set.";
  });
}

dialog.querySelector("button[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => frame.removeAttribute("src"));

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.data?.subject !== "practice.chosen") return;
  dialog.close();
  const { chosen, said } = event.data;
  if (chosen) {
    address.value = chosen.url;
    const name = document.querySelector("#name");
    if (!name.value) name.value = chosen.title;
  }
  status.textContent = said || (chosen ? `Chosen: ${chosen.title || chosen.url}` : "Nothing was chosen.");
});
