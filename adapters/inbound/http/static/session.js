// Warns two minutes before the session ends and offers to extend it.
import { csrfToken } from "./frame.js";

const WARNING = 120;
const root = document.documentElement;
const idle = Number(root.dataset.idle) * 1000;
const end = performance.now() + Number(root.dataset.longest) * 1000;
let alive = performance.now();
let dialog = null;

function button(label, kind, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

function close() {
  dialog?.close();
  dialog?.remove();
  dialog = null;
}

async function extend() {
  const answer = await fetch(root.dataset.session, {
    method: "POST",
    headers: { "X-CSRF-Token": csrfToken() },
  });
  if (answer.ok) close();
}

function warn(atTheEnd) {
  if (dialog) return;
  dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.id = "session-warning";
  text.textContent = atTheEnd
    ? "Your session ends in two minutes. Save your work, then open the page again from your LMS."
    : "Your session ends in two minutes because nothing was saved or opened for a while.";
  dialog.setAttribute("aria-labelledby", text.id);
  const row = document.createElement("div");
  row.className = "actions";
  row.append(button("Close", "", close));
  if (!atTheEnd) row.append(button("Extend the session", "primary", extend));
  dialog.append(text, row);
  document.querySelector("main").append(dialog);
  dialog.showModal();
}

// Autosaves keep the session alive as well as pages do.
new PerformanceObserver((list) => {
  if (list.getEntries().some((entry) => entry.initiatorType === "fetch")) alive = performance.now();
}).observe({ type: "resource" });

let warnedOfEnd = false;
setInterval(() => {
  const now = performance.now();
  if (!warnedOfEnd && end - now < WARNING * 1000) {
    warnedOfEnd = true;
    warn(true);
  } else if (alive + idle - now < WARNING * 1000 && alive + idle > now) {
    warn(false);
  }
}, 5000);
