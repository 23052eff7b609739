// Saves changes of scores: joined for a moment, one request at a time, tried again until they
// are stored. Knows nothing of pages; `rubric.js` and `scorecard.js` listen.

const JOIN_MS = 250;
const SLOW_MS = 1000;
const LONGEST_WAIT_S = 30;
const LARGEST = 200;

export const keyOf = (student, row) => `${student} ${row}`;

export class Queue extends EventTarget {
  #url;
  #csrf;
  #waiting = new Map();
  #sending = new Map();
  #lost = new Map();
  #versions = new Map();
  #conflicts = new Map();
  #refused = new Map();
  #timer = 0;
  #failures = 0;
  #savedSince = 0;
  #ended = "";

  constructor(url, csrf) {
    super();
    this.#url = url;
    this.#csrf = csrf;
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
  }

  get unsaved() {
    return this.#waiting.size + this.#sending.size + this.#conflicts.size + this.#refused.size;
  }

  know(student, row, version) {
    this.#versions.set(keyOf(student, row), version);
  }

  version(student, row) {
    return this.#versions.get(keyOf(student, row)) ?? 0;
  }

  /** Store a change {student, row, value, comment?}; a later one of the same cell replaces it. */
  put(change) {
    const key = keyOf(change.student, change.row);
    this.#conflicts.delete(key);
    this.#refused.delete(key);
    this.#waiting.set(key, { ...this.#waiting.get(key), ...change });
    this.#tell("cell", { ...change, state: "saving" });
    this.#plan(JOIN_MS);
  }

  /** Answer a conflict: keep mine (it is sent again over theirs) or take theirs. */
  settle(key, keepMine) {
    const { mine, theirs } = this.#conflicts.get(key);
    this.#conflicts.delete(key);
    this.#versions.set(key, theirs.version);
    if (keepMine) this.put(mine);
    else this.#tell("cell", { ...mine, ...theirs, state: "taken" });
    this.#report();
  }

  flush() {
    if (this.#waiting.size && !this.#ended) this.#plan(0);
  }

  #plan(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), delay);
    this.#report();
  }

  async #send() {
    if (this.#sending.size || !this.#waiting.size) return;
    for (const [key, change] of [...this.#waiting].slice(0, LARGEST)) {
      this.#sending.set(key, { ...change, seen: this.#versions.get(key) ?? 0 });
      this.#waiting.delete(key);
    }
    const slow = setTimeout(() => this.#report("saving"), SLOW_MS);
    try {
      const answer = await fetch(this.#url, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": this.#csrf, Accept: "application/json" },
        body: JSON.stringify({ changes: [...this.#sending.values()] }),
        signal: AbortSignal.timeout(20_000),
      });
      if (answer.ok) this.#accept(await answer.json());
      else await this.#decline(answer);
    } catch {
      this.#failed();
    } finally {
      clearTimeout(slow);
    }
  }

  #accept({ cells, scores }) {
    this.#failures = 0;
    this.#ended = "";
    const sent = this.#sending;
    this.#sending = new Map();
    for (const cell of cells) this.#settled(sent.get(keyOf(cell.student, cell.row)), cell);
    for (const score of scores) this.#tell("score", score);
    if (this.#waiting.size) this.#plan(0);
    this.#report();
  }

  #settled(mine, cell) {
    const key = keyOf(cell.student, cell.row);
    const newer = this.#waiting.has(key);
    const lost = this.#lost.get(key);
    this.#lost.delete(key);
    if (cell.state === "saved") {
      this.#versions.set(key, cell.version);
      this.#savedSince += 1;
      if (!newer) this.#tell("cell", { ...mine, state: "saved" });
    } else if (cell.state === "refused") {
      this.#refused.set(key, cell.sentence);
      this.#tell("cell", { ...mine, state: "refused", sentence: cell.sentence });
    } else if (cell.own && lost?.includes(cell.value)) {
      // The answer to an earlier call was lost: what stands there is our own earlier value.
      this.#versions.set(key, cell.version);
      this.#waiting.set(key, { ...mine, ...this.#waiting.get(key) });
    } else {
      const latest = { ...mine, ...this.#waiting.get(key) };
      this.#waiting.delete(key);
      this.#conflicts.set(key, { mine: latest, theirs: cell });
      this.#tell("cell", { ...latest, state: "conflict" });
      this.#tell("conflict", { key, mine: latest, theirs: cell });
    }
  }

  async #decline(answer) {
    if (answer.status >= 500 || answer.status === 429) return this.#failed();
    const problem = await answer.json().catch(() => ({}));
    const said = [problem.detail, problem.cure].filter(Boolean).join(" ");
    this.#ended = said || "The server did not take the scores.";
    this.#putBack();
    this.#report();
  }

  #failed() {
    for (const [key, { value }] of this.#sending) {
      this.#lost.set(key, [...(this.#lost.get(key) ?? []), value]);
    }
    this.#putBack();
    const wait = Math.min(2 ** this.#failures, LONGEST_WAIT_S);
    this.#failures += 1;
    this.#plan(wait * 1000);
  }

  #putBack() {
    for (const [key, change] of this.#sending) {
      this.#waiting.set(key, { ...change, ...this.#waiting.get(key) });
      this.#tell("cell", { ...this.#waiting.get(key), state: "error" });
    }
    this.#sending = new Map();
  }

  #report(slow = "") {
    const open = this.#waiting.size + this.#sending.size;
    const words = { waiting: open, conflicts: this.#conflicts.size, refused: this.#refused.size };
    let state = slow || "busy";
    if (this.#ended) state = "ended";
    else if (this.#failures) state = "error";
    else if (this.#conflicts.size) state = "conflict";
    else if (this.#refused.size) state = "refused";
    else if (!open) state = "saved";
    this.#tell("state", { ...words, state, saved: this.#savedSince, why: this.#ended });
    if (state === "saved") this.#savedSince = 0;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
