// Forms with data-window open a window of our own. They post from inside the frame, because a
// partitioned cookie does not go along into a new window; the answer holds the link to it.
// Without script, or where windows are blocked, that link is pressed by hand.

async function startOf(form) {
  const sent = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body: sent });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("a[data-start]").href;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("window" in form.dataset)) return;
  const opened = window.open("", "_blank");
  if (!opened) return;
  event.preventDefault();
  opened.opener = null;
  try {
    opened.location.replace(await startOf(form));
  } catch {
    opened.close();
    form.submit(); // the answer says what is wrong
  }
});
