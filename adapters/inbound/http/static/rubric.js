// The rubric's form saves by itself, row by row; its buttons wait until that is done.

import { askConflicts } from "./conflicts.js";
import { Queue } from "./queue.js";
import { showState } from "./savestate.js";

const form = document.querySelector("[data-rubric]");
if (form) start(form);

function start(form) {
  const { student, save, csrf } = form.dataset;
  const queue = new Queue(save, csrf);
  const field = (name, row) => form.elements.namedItem(`${name}-${row}`);
  const rowOf = (element) => element.closest("[data-row]")?.dataset.row;
  const rows = [...form.querySelectorAll("[data-row]")].map((tr) => tr.dataset.row);

  for (const row of rows) queue.know(student, row, Number(field("seen", row).value));

  function put(row) {
    const comment = field("comment", row);
    const change = { student, row, value: field("value", row).value };
    queue.put(comment ? { ...change, comment: comment.value } : change);
  }

  form.addEventListener("change", ({ target }) => {
    const row = rowOf(target);
    if (row) put(row);
  });

  queue.addEventListener("cell", ({ detail: { row, value, comment, state } }) => {
    form.querySelector(`[data-row="${row}"]`).dataset.s = state;
    if (state !== "saved" && state !== "taken") return;
    field("seen", row).value = queue.version(student, row);
    field("was", row).value = value;
    if (comment === undefined || !field("comment", row)) return;
    field("noted", row).value = comment;
    if (state === "taken") field("comment", row).value = comment;
  });
  queue.addEventListener("cell", ({ detail: { row, value, state } }) => {
    if (state === "taken") field("value", row).value = value;
  });

  queue.addEventListener("score", ({ detail }) => {
    const part = (name) => form.querySelector(`[data-${name}]`);
    part("points").textContent = detail.points || "\u2013";
    part("decided").textContent = `(${detail.decided} of ${detail.total} scored)`;
    part("working").textContent = detail.working;
    for (const { row, points, label } of detail.levels) {
      form.querySelector(`[data-level="${row}"]`).textContent = points ? `${points}, ${label}` : "A criterion is blank";
    }
  });

  function words(row, value) {
    const chosen = [...form.querySelectorAll(`[name="value-${row}"]`)].find((one) => one.value === value);
    const option = form.querySelector(`select[name="value-${row}"] option[value="${value}"]`);
    const shown = option ?? chosen?.closest("label").querySelector(".step, span");
    return shown?.textContent.trim().replace(/\s+/g, " ") ?? value;
  }

  function said(row, { value, comment }) {
    return comment ? `${words(row, value)}, \u201c${comment}\u201d` : words(row, value);
  }

  showState(queue, document.querySelector("#save"));
  askConflicts(queue, document.querySelector("dialog[data-conflict]"), ({ mine, theirs }) => ({
    where: document.querySelector(`#name-${CSS.escape(mine.row)}`).textContent.trim(),
    mine: said(mine.row, mine),
    theirs: said(mine.row, theirs),
  }));

  // A button pressed while a row is on its way waits, so that nobody conflicts with themselves.
  form.addEventListener("submit", (event) => {
    const focused = rowOf(document.activeElement);
    const typed = focused && field("comment", focused);
    if (typed && typed === document.activeElement && typed.value !== field("noted", focused).value) put(focused);
    if (!queue.unsaved) return;
    event.preventDefault();
    const { submitter } = event;
    const settled = ({ detail }) => {
      if (detail.state === "busy" || detail.state === "saving") return;
      queue.removeEventListener("state", settled);
      if (detail.state === "saved") form.requestSubmit(submitter);
    };
    queue.addEventListener("state", settled);
    queue.flush();
  });
}
