// Chooses all or no students of a list; without script each box is ticked by hand.
for (const button of document.querySelectorAll("[data-tick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll("input[name=student]"))
      box.checked = button.dataset.tick === "all";
  });
}
