// Posts launch forms into their frame; the tool there may set its height and scroll to its top.
for (const form of document.querySelectorAll("form[data-post-at-once]")) form.submit();

const tool = document.querySelector("iframe[data-tool-frame]");

function messageIn(data) {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function resize(height) {
  if (height > 0 && height < 20000) tool.height = Math.ceil(height);
}

function scrollUp() {
  // Upwards only: a tool that asks while it loads must not pull the page away under a click.
  if (tool.getBoundingClientRect().top < 0) tool.scrollIntoView({ block: "start" });
}

window.addEventListener("message", (event) => {
  if (!tool || event.source !== tool.contentWindow) return;
  const message = messageIn(event.data);
  if (message?.subject === "lti.frameResize") resize(Number(message.height));
  if (message?.subject === "lti.scrollToTop") scrollUp();
});
