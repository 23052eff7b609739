// Waits in the frame until consent was given in the other window, then goes on.
const card = document.querySelector("[data-wait]");

async function look() {
  try {
    const answer = await fetch(card.dataset.wait, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).authorised) {
      location.assign(card.dataset.then);
      return;
    }
  } catch {
    // The network may come back; the link on the page works meanwhile.
  }
  setTimeout(look, 2000);
}

if (card) addEventListener("submit", () => setTimeout(look, 2000), { once: true });
