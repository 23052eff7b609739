// Posts the one form of the page by itself; its button stays for when script is off.
document.querySelector("form[data-onward]")?.requestSubmit();
