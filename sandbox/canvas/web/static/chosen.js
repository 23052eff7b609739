// Hands the choice of the tool to the page that opened the dialog.
const choice = JSON.parse(document.querySelector("#choice").textContent);
window.parent.postMessage({ subject: "practice.chosen", ...choice }, location.origin);
