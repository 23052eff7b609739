// Moving over the scorecard: one tab stop, arrows, blocks picked with Shift.

const PAGE = 10;

export class Grid {
  /** Column -1 is the student's link; row -1 the column's button; the last one the score. */
  constructor(sheet) {
    this.sheet = sheet;
    this.table = sheet.grid;
    this.r = 0;
    this.c = 0;
    this.anchor = null;
    this.rightToLeft = getComputedStyle(this.table).direction === "rtl";
    for (const link of this.table.querySelectorAll("tbody a, thead button")) link.tabIndex = -1;
    this.current?.setAttribute("tabindex", "0");
    this.table.addEventListener("focusin", (event) => this.#arrived(event.target));
  }

  get current() {
    return this.at(this.r, this.c);
  }

  at(r, c) {
    if (r < 0) return this.table.tHead.rows[0].cells[c + 1]?.querySelector("button");
    const cell = this.sheet.rows[r]?.cells[c + 1];
    return c < 0 ? cell?.querySelector("a") : cell;
  }

  get onScore() {
    return this.r >= 0 && this.c >= 0 && this.c < this.sheet.columns.length;
  }

  /** All picked cells, or the one with focus. */
  get block() {
    if (!this.onScore) return [];
    const from = this.anchor ?? this;
    const [top, bottom] = [Math.min(from.r, this.r), Math.max(from.r, this.r)];
    const [left, right] = [Math.min(from.c, this.c), Math.max(from.c, this.c)];
    const cells = [];
    for (let r = top; r <= bottom; r += 1) {
      if (this.sheet.rows[r].hidden) continue;
      for (let c = left; c <= right; c += 1) cells.push({ r, c });
    }
    return cells;
  }

  go(r, c, extend = false) {
    const target = this.at(r, c);
    if (!target) return;
    const anchor = extend && this.onScore ? (this.anchor ?? { r: this.r, c: this.c }) : null;
    this.#leave();
    Object.assign(this, { r, c });
    target.tabIndex = 0;
    target.focus({ preventScroll: false });
    this.anchor = anchor;
    this.#paint();
  }

  /** The next visible row in a direction, or the same when there is none. */
  step(r, by) {
    const { rows } = this.sheet;
    for (let next = r + by; next >= 0 && next < rows.length; next += by) {
      if (!rows[next].hidden) return next;
    }
    return r;
  }

  edge(by) {
    return by < 0 ? this.step(-1, 1) : this.step(this.sheet.rows.length, -1);
  }

  /** Move for a key; answers whether the key was one of ours. */
  move(event) {
    const last = this.sheet.columns.length;
    const onward = this.rightToLeft ? "ArrowLeft" : "ArrowRight";
    const back = this.rightToLeft ? "ArrowRight" : "ArrowLeft";
    const extend = event.shiftKey;
    const whole = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowDown: () => this.go(this.r < 0 ? this.edge(-1) : this.step(this.r, 1), this.c, extend),
      ArrowUp: () => this.#up(extend),
      [onward]: () => this.go(this.r, Math.min(this.c + 1, extend || this.r < 0 ? last - 1 : last), extend),
      [back]: () => this.go(this.r, Math.max(this.c - 1, extend || this.r < 0 ? 0 : -1), extend),
      Home: () => this.go(whole ? this.edge(-1) : this.r, 0, extend),
      End: () => this.go(whole ? this.edge(1) : this.r, last - 1, extend),
      PageDown: () => this.go(this.#jump(1), this.c, extend),
      PageUp: () => this.go(this.#jump(-1), this.c, extend),
    };
    const move = event.altKey ? undefined : moves[event.key];
    move?.();
    return Boolean(move);
  }

  #up(extend) {
    const above = this.step(this.r, -1);
    const header = above === this.r && !extend && this.onScore;
    this.go(header ? -1 : above, this.c, extend);
  }

  #jump(by) {
    let r = this.r;
    for (let n = 0; n < PAGE; n += 1) r = this.step(r, by);
    return r;
  }

  #arrived(element) {
    const cell = element.closest("td, th");
    const row = cell?.parentElement;
    if (!row || row.parentElement === this.table.tFoot || element === this.current) return;
    const r = row.parentElement === this.table.tHead ? -1 : this.sheet.rows.indexOf(row);
    this.#leave();
    Object.assign(this, { r, c: cell.cellIndex - 1 });
    element.tabIndex = 0;
    this.#paint();
  }

  #leave() {
    const left = this.current;
    if (left?.tagName === "TD") left.removeAttribute("tabindex");
    else if (left) left.tabIndex = -1;
    this.#picked?.forEach((cell) => cell.removeAttribute("aria-selected"));
    this.#picked = null;
    this.sheet.rows[this.r]?.removeAttribute("data-here");
    this.anchor = null;
  }

  #picked = null;

  #paint() {
    this.sheet.rows[this.r]?.setAttribute("data-here", "");
    if (!this.anchor) return;
    this.#picked = this.block.map(({ r, c }) => this.sheet.cell(r, c));
    this.#picked.forEach((cell) => cell.setAttribute("aria-selected", "true"));
  }
}
