// Forms with data-upload send their files one after the other, each with its own progress.
// A file is the body of a request, so that the server can stream it; nothing is read twice.

const token = document.querySelector("meta[name=csrf]")?.content ?? "";

function size(bytes) {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

class Row {
  constructor(file) {
    this.file = file;
    this.item = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    this.stop = document.createElement("button");
    this.stop.type = "button";
    this.stop.className = "small";
    this.stop.textContent = "Stop";
    this.stop.setAttribute("aria-label", `Stop ${file.name}`);
    this.bar = document.createElement("progress");
    this.bar.max = Math.max(1, file.size);
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.said = document.createElement("p");
    this.said.className = "said";
    this.said.textContent = `Waiting, ${size(file.size)}`;
    this.item.append(name, this.stop, this.bar, this.said);
  }

  moved(sent) {
    this.bar.value = sent;
    this.said.textContent = `${size(sent)} of ${size(this.file.size)}`;
  }

  end(words, kind) {
    this.stop.remove();
    this.bar.hidden = true;
    this.said.className = kind === "ok" ? "said ok" : "error";
    this.said.textContent = words;
  }
}

function send(form, row) {
  return new Promise((settle) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    const given = {
      "X-CSRF-Token": token,
      "X-File-Name": encodeURIComponent(row.file.name),
      "X-Description": encodeURIComponent(form.elements.description?.value ?? ""),
      "X-Student": form.elements.student?.value ?? "",
      "Content-Type": "application/octet-stream",
      Accept: "application/json",
    };
    for (const [name, value] of Object.entries(given)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => row.moved(event.loaded));
    request.addEventListener("load", () => settle(outcome(request)));
    request.addEventListener("error", () => settle("The connection was lost. Nothing of it was kept; send it again."));
    request.addEventListener("abort", () => settle("Stopped. Nothing of it was kept."));
    row.stop.addEventListener("click", () => request.abort());
    request.send(row.file);
  });
}

/** Empty when the file was taken, else why it was not. */
function outcome(request) {
  if (request.status === 201) return "";
  try {
    const problem = JSON.parse(request.responseText);
    return problem.errors?.[0]?.cure ?? problem.detail ?? problem.title;
  } catch {
    return "It was not taken. Load this page again, then repeat.";
  }
}

async function upload(form) {
  const list = form.querySelector("[data-uploads]");
  const said = form.querySelector("[data-upload-said]");
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button.primary");
  const rows = [...input.files].map((file) => new Row(file));
  const largest = Number(form.dataset.largest);
  list.replaceChildren(...rows.map((row) => row.item));
  list.hidden = false;
  button.disabled = true;
  const leaving = (event) => event.preventDefault();
  addEventListener("beforeunload", leaving);
  let taken = 0;
  for (const row of rows) {
    if (!row.item.isConnected) continue;
    said.textContent = `Sending ${row.file.name}.`;
    const why = row.file.size > largest ? `It is larger than ${largest / 1e6} MB; send a smaller one.` : await send(form, row);
    row.end(why || "Added", why ? "bad" : "ok");
    taken += why ? 0 : 1;
  }
  removeEventListener("beforeunload", leaving);
  button.disabled = false;
  input.value = "";
  said.textContent = `${taken} of ${rows.length} files added.`;
  const done = form.querySelector("[data-upload-done]");
  if (taken === rows.length) location.assign(`${done.firstElementChild.href.split("?")[0]}?added=${taken}`);
  else done.hidden = !taken;
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    if (!form.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    upload(form);
  });
}
