// Two people changed the same score: show both values and names, the reader chooses.

const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

/** `describe(change)` answers {where, mine, theirs} in words for one conflict. */
export function askConflicts(queue, dialog, describe) {
  const open = [];
  let shown = null;
  let back = null;

  const part = (name) => dialog.querySelector(`[data-${name}]`);

  function next() {
    shown = open.shift() ?? null;
    if (!shown) {
      dialog.close();
      back?.focus();
      return;
    }
    const words = describe(shown);
    part("where").textContent = words.where;
    part("mine").textContent = words.mine;
    part("theirs").textContent = words.theirs;
    part("by").textContent = shown.theirs.by || "another person";
    part("at").textContent = shown.theirs.at ? when.format(new Date(shown.theirs.at)) : "";
    if (!dialog.open) {
      back = document.activeElement;
      dialog.showModal();
    }
  }

  function decide(keepMine) {
    queue.settle(shown.key, keepMine);
    next();
  }

  part("keep").addEventListener("click", () => decide(true));
  part("take").addEventListener("click", () => decide(false));
  // Escape must not leave a score undecided and unseen: the stored value stands.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    decide(false);
  });
  queue.addEventListener("conflict", ({ detail }) => {
    open.push(detail);
    if (!shown) next();
  });
}
