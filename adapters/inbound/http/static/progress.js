// Follows long work: by server-sent events, and by polling where they do not come.
const box = document.querySelector("[data-progress]");
const bar = box?.querySelector("progress");
const said = box?.querySelector("[data-said]");
let quarter = 0;

function show(counts) {
  bar.max = Math.max(counts.total, 1);
  bar.value = counts.settled;
  const reached = Math.floor((4 * counts.settled) / Math.max(counts.total, 1));
  if (reached > quarter || !counts.open) {
    quarter = reached;
    said.textContent = counts.said;
  }
  if (!counts.open || counts.waiting) location.reload();
}

async function poll() {
  try {
    const answer = await fetch(box.dataset.state, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // Offline for a moment: the work goes on without this page.
  }
  setTimeout(poll, 2000);
}

function follow() {
  const events = new EventSource(box.dataset.progress);
  let heard = false;
  events.onmessage = (event) => {
    heard = true;
    show(JSON.parse(event.data));
  };
  events.onerror = () => {
    if (heard) return; // the browser opens the next stream by itself
    events.close();
    poll();
  };
}

if (box) follow();
