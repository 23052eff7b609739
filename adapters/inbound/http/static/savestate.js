// The state of saving in words beside the title, and for the LMS around us.

import { setUnsaved } from "./frame.js";

const many = (count, one) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

function words({ state, waiting, conflicts, refused, saved, why }) {
  if (state === "saving") return `Saving ${many(waiting, "score")}\u2026`;
  if (state === "error") return `Not saved: ${many(waiting, "score")}. Trying again; keep this page open.`;
  if (state === "ended") return `Not saved: ${many(waiting, "score")}. ${why}`;
  if (state === "conflict") return `${many(conflicts, "score")} changed by somebody else: please decide.`;
  if (state === "refused") return `${many(refused, "score")} not accepted.`;
  return saved ? `${many(saved, "score")} saved` : "All changes saved";
}

/** Show a queue's state in `place`, an element with role=status. */
export function showState(queue, place) {
  let quiet = 0;
  let bad = false;
  place.textContent = "All changes saved";
  queue.addEventListener("state", ({ detail }) => {
    clearTimeout(quiet);
    setUnsaved(queue, queue.unsaved > 0);
    place.dataset.s = detail.state === "busy" ? "saving" : detail.state;
    if (detail.state === "busy") return;
    // Nothing new was saved and nothing else is said: leave the words as they are.
    if (detail.state === "saved" && !detail.saved && !bad) return;
    bad = !["saved", "saving"].includes(detail.state);
    if (place.textContent !== words(detail)) place.textContent = words(detail);
    if (detail.state === "saved") quiet = setTimeout(() => (place.textContent = "All changes saved"), 5000);
  });
}
