// The list of levels with their descriptors, opened on a cell of the scorecard.

export class LevelList {
  #popover;
  #choose = null;
  #back = null;

  constructor(popover) {
    this.#popover = popover;
    popover.addEventListener("keydown", (event) => this.#key(event));
    popover.addEventListener("click", (event) => this.#pick(event.target.closest("[role=option]")));
    popover.addEventListener("toggle", (event) => {
      if (event.newState === "closed") this.#closed();
    });
  }

  get open() {
    return this.#popover.matches(":popover-open");
  }

  /** Offer a column's levels beside `cell`; `choose(value)` is told what was picked. */
  show(cell, column, value, choose, note = "") {
    this.#choose = choose;
    this.#back = cell;
    this.#popover.replaceChildren(
      ...column.levels.map((level) => option(level.points, level.points, level.tone, level.label, level.descriptor)),
      option("NA", "N/A", "na", "N/A", "Not assessed"),
      option("", "\u2013", "blank", "Clear", "Not scored"),
      ...(note ? [part("div", note, "note")] : []),
    );
    this.#popover.ariaDescription = note;
    this.#popover.ariaLabel = `${column.code} ${column.title}`.trim();
    this.#popover.showPopover();
    this.#placeBeside(cell);
    const held = this.#options.find((one) => one.dataset.value === value);
    held?.setAttribute("aria-selected", "true");
    (value ? (held ?? this.#options[0]) : this.#options[0]).focus();
  }

  get #options() {
    return [...this.#popover.querySelectorAll("[role=option]")];
  }

  #placeBeside(cell) {
    const box = cell.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#popover;
    const below = box.bottom + 4 + height <= innerHeight;
    const top = below ? box.bottom + 4 : Math.max(4, box.top - height - 4);
    const left = Math.min(Math.max(4, box.left + box.width / 2 - width / 2), innerWidth - width - 4);
    this.#popover.style.top = `${top}px`;
    this.#popover.style.left = `${left}px`;
  }

  #key(event) {
    const options = this.#options;
    const at = options.indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 };
    if (event.key in moves) {
      options[Math.min(Math.max(moves[event.key], 0), options.length - 1)].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      this.#pick(options[at]);
    } else if (event.key === "Tab") {
      this.#popover.hidePopover();
    } else {
      const typed = event.key.toLowerCase() === "n" ? "NA" : event.key;
      const found = options.find((one) => one.dataset.value && one.dataset.value === typed);
      if (!found) return;
      this.#pick(found);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #pick(chosen) {
    if (!chosen) return;
    const choose = this.#choose;
    this.#popover.hidePopover();
    choose?.(chosen.dataset.value);
  }

  #closed() {
    const inside = this.#popover.contains(document.activeElement) || document.activeElement === document.body;
    if (inside) this.#back?.focus();
    this.#choose = null;
  }
}

function option(value, sign, tone, label, descriptor) {
  const row = document.createElement("div");
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  row.tabIndex = -1;
  row.dataset.value = value;
  row.append(part("span", sign, `pill ${tone}`), part("b", label), part("span", descriptor, "what"));
  return row;
}

function part(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}
