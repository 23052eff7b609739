// The scorecard's cells: what they hold, how they look, and the history for undo.

export class Sheet {
  #queue;
  #done = [];
  #undone = [];
  #notes;

  constructor(grid, data, queue) {
    this.grid = grid;
    this.columns = data.columns;
    this.#queue = queue;
    this.rows = [...grid.tBodies[0].rows];
    this.values = this.rows.map((tr) => this.columns.map((_, c) => written(tr.cells[c + 1])));
    this.places = new Map(data.students.map((student, r) => [student.id, r]));
    this.students = data.students.map((student) => student.id);
    data.students.forEach(({ id, versions }) => {
      versions.forEach((version, c) => queue.know(id, this.columns[c].id, version));
    });
    this.columnOf = new Map(this.columns.map((column, c) => [column.id, c]));
    this.#notes = data.students.map(({ sources }) => sources.map((source) => data.sources[source]));
    queue.addEventListener("cell", ({ detail }) => this.#told(detail));
    queue.addEventListener("score", ({ detail }) => this.#score(detail));
  }

  cell(r, c) {
    return this.rows[r].cells[c + 1];
  }

  name(r) {
    return this.rows[r].querySelector("bdi").textContent;
  }

  level(c, value) {
    return this.columns[c].levels.find((level) => level.points === value);
  }

  words(c, value) {
    const level = this.level(c, value);
    if (level) return `${level.points}, ${level.label}`;
    return value === "NA" ? "N/A, not assessed" : "Not scored";
  }

  /** Where an imported score came from; empty once it was changed here. */
  note(r, c) {
    return this.#notes[r][c];
  }

  admits(c, value) {
    return value === "" || value === "NA" || Boolean(this.level(c, value));
  }

  /** Set cells [{r, c, value}]; those that hold the value already are left alone. */
  put(wanted, remember = true) {
    const items = wanted
      .filter(({ r, c, value }) => this.values[r][c] !== value)
      .map((item) => ({ ...item, before: this.values[item.r][item.c] }));
    for (const { r, c, value } of items) {
      this.#hold(r, c, value);
      this.#queue.put({ student: this.students[r], row: this.columns[c].id, value });
    }
    if (items.length && remember) {
      this.#done.push(items);
      this.#undone = [];
    }
    if (items.length) this.#changed();
    return items.length;
  }

  undo() {
    return this.#replay(this.#done, this.#undone, "before");
  }

  redo() {
    return this.#replay(this.#undone, this.#done, "value");
  }

  get history() {
    return { undo: this.#done.length, redo: this.#undone.length };
  }

  #replay(from, to, side) {
    const items = from.pop();
    if (!items) return null;
    to.push(items);
    this.put(items.map((item) => ({ r: item.r, c: item.c, value: item[side] })), false);
    this.#changed();
    return items[0];
  }

  #hold(r, c, value) {
    this.values[r][c] = value;
    this.#notes[r][c] = "";
    const td = this.cell(r, c);
    const level = this.level(c, value);
    td.className = level ? level.tone : value === "NA" ? "na" : "blank";
    td.firstElementChild.textContent = level ? level.points : value === "NA" ? "N/A" : "\u2013";
    td.ariaLabel = this.words(c, value);
  }

  #told({ student, row, value, state, sentence }) {
    const r = this.places.get(student);
    const c = this.columnOf.get(row);
    if (state === "taken") {
      this.#hold(r, c, value);
      this.#changed();
    }
    const td = this.cell(r, c);
    td.dataset.s = state === "taken" ? "saved" : state;
    const bad = { error: "not saved yet", conflict: "changed by somebody else", refused: sentence }[state];
    td.ariaLabel = bad ? `${this.words(c, this.values[r][c])}, ${bad}` : this.words(c, this.values[r][c]);
  }

  #score({ student, points, possible, decided, total }) {
    const td = this.rows[this.places.get(student)].lastElementChild;
    td.replaceChildren();
    if (points === "") {
      td.textContent = decided < total ? `${decided} of ${total}` : "N/A";
      return;
    }
    const strong = document.createElement("b");
    strong.textContent = points;
    td.append(strong, ` / ${possible}`);
  }

  #changed() {
    this.grid.dispatchEvent(new CustomEvent("sheet:changed"));
  }
}

function written(td) {
  const text = td.textContent.trim();
  return text === "N/A" ? "NA" : text === "\u2013" ? "" : text;
}
