// Messages to the LMS around our frame, and small courtesies of every page.
// Phone apps do not answer; nothing here waits for an answer.

const root = document.documentElement;
const lms = root.dataset.lms;
const host = window.parent !== window ? window.parent : window.opener;

export function tell(message) {
  if (host && lms) host.postMessage(message, lms);
}

// Unsaved work: the LMS asks before it leaves the page, and so does the browser.
const unsaved = new Set();

function warn(event) {
  event.preventDefault();
}

export function setUnsaved(owner, dirty) {
  const before = unsaved.size > 0;
  if (dirty) unsaved.add(owner);
  else unsaved.delete(owner);
  const now = unsaved.size > 0;
  if (before === now) return;
  if (now) {
    window.addEventListener("beforeunload", warn);
    tell({ subject: "lti.setUnloadMessage", message: "Some scores are not saved yet." });
  } else {
    window.removeEventListener("beforeunload", warn);
    tell({ subject: "lti.removeUnloadMessage" });
  }
}

export function csrfToken() {
  return document.querySelector("meta[name=csrf]")?.content ?? "";
}

function reportHeight() {
  tell({ subject: "lti.frameResize", height: Math.ceil(root.getBoundingClientRect().height) });
}

if ("framed" in root.dataset) {
  // A page that scrolls in itself, like the scoring grid, keeps the frame's height.
  if (!document.querySelector("[data-own-scroll]")) {
    new ResizeObserver(reportHeight).observe(document.body);
  }
  tell({ subject: "lti.scrollToTop" });
}

document.querySelector("[data-focus]")?.focus();
root.dataset.ready = "";
