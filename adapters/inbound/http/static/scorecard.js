// The scorecard: keys, clicks and the parts that each do one thing.

import { copied, pasted, summary } from "./clipboard.js";
import { askConflicts } from "./conflicts.js";
import { keepDistribution } from "./distribution.js";
import { makeFill } from "./fill.js";
import { makeFinder } from "./finder.js";
import { Grid } from "./grid.js";
import { LevelList } from "./levels.js";
import { Queue } from "./queue.js";
import { showState } from "./savestate.js";
import { Sheet } from "./sheet.js";

const root = document.querySelector("[data-scorecard]");
if (root?.querySelector("[role=grid]")) start(root);

function start(root) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const data = JSON.parse(part("cells").textContent);
  const queue = new Queue(root.dataset.save, root.dataset.csrf);
  const sheet = new Sheet(root.querySelector("[role=grid]"), data, queue);
  const list = new LevelList(part("levels"));
  const say = (text) => (part("said").textContent = text);
  const advance = part("advance");

  makeFill(sheet, list, (count, c) => {
    say(count ? `${count} blanks of ${sheet.columns[c].code} filled. Undo takes it back.` : "Nothing was filled.");
    grid.go(grid.edge(-1), c);
  });
  const grid = new Grid(sheet);
  keepDistribution(sheet);
  makeFinder(sheet, grid, root);
  showState(queue, document.querySelector("#save"));
  askConflicts(queue, part("conflict"), ({ mine, theirs }) => {
    const c = sheet.columnOf.get(mine.row);
    return {
      where: `${sheet.name(sheet.places.get(mine.student))}, ${sheet.columns[c].code}`,
      mine: sheet.words(c, mine.value),
      theirs: sheet.words(c, theirs.value),
    };
  });

  function onward() {
    if (advance.value === "down") grid.go(grid.step(grid.r, 1), grid.c);
    else if (advance.value === "along") grid.go(grid.r, Math.min(grid.c + 1, sheet.columns.length - 1));
  }

  function score(value) {
    const block = grid.block;
    const refused = block.filter(({ c }) => !sheet.admits(c, value));
    if (refused.length) return say(`${value} is not a score of ${sheet.columns[refused[0].c].code}.`);
    sheet.put(block.map((cell) => ({ ...cell, value })));
    if (block.length === 1 && value !== "") onward();
    return undefined;
  }

  function choose() {
    const cell = grid.current;
    const choice = (value) => {
      cell.focus();
      score(value);
    };
    list.show(cell, sheet.columns[grid.c], sheet.values[grid.r][grid.c], choice, sheet.note(grid.r, grid.c));
  }

  function undo(item) {
    if (item && !sheet.rows[item.r].hidden) grid.go(item.r, item.c);
    say(item ? "Done." : "Nothing to take back.");
  }

  const withControl = {
    d: () => {
      const above = grid.step(grid.r, -1);
      if (above !== grid.r) sheet.put([{ r: grid.r, c: grid.c, value: sheet.values[above][grid.c] }]);
      onward();
    },
    z: () => undo(sheet.undo()),
    y: () => undo(sheet.redo()),
  };

  function digit(key) {
    const single = sheet.columns[grid.c].levels.every(({ points }) => /^\d$/.test(points));
    if (single) score(key);
    else choose();
  }

  function key(event) {
    if (event.isComposing || list.open) return false;
    if (grid.move(event)) return true;
    if (event.key === "?") {
      part("shortcuts").showModal();
      return true;
    }
    const name = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (name === "d" && !grid.onScore) return false;
      const act = event.shiftKey && name === "z" ? withControl.y : withControl[name];
      act?.();
      return Boolean(act);
    }
    if (!grid.onScore || event.altKey) return false;
    if (/^\d$/.test(event.key)) digit(event.key);
    else if (name === "n") score("NA");
    else if (["Delete", "Backspace"].includes(event.key)) score("");
    else if (["Enter", " ", "F2"].includes(event.key)) choose();
    else return false;
    return true;
  }

  sheet.grid.addEventListener("keydown", (event) => {
    if (key(event)) event.preventDefault();
  });
  sheet.grid.addEventListener("click", (event) => {
    const td = event.target.closest("tbody td");
    if (!td) return;
    grid.go(sheet.rows.indexOf(td.parentElement), td.cellIndex - 1, event.shiftKey);
    if (grid.onScore && !event.shiftKey) choose();
  });
  root.addEventListener("copy", (event) => {
    if (!grid.onScore || !sheet.grid.contains(document.activeElement)) return;
    event.clipboardData.setData("text/plain", copied(sheet, grid.block));
    event.preventDefault();
    say(`${grid.block.length} cells copied.`);
  });
  root.addEventListener("paste", (event) => {
    if (!grid.onScore || !sheet.grid.contains(document.activeElement)) return;
    const read = pasted(sheet, grid, event.clipboardData.getData("text/plain"));
    event.preventDefault();
    sheet.put(read.items);
    say(summary(read));
  });

  const buttons = { undo: () => undo(sheet.undo()), redo: () => undo(sheet.redo()), help: () => part("shortcuts").showModal() };
  for (const [name, act] of Object.entries(buttons)) part(name).addEventListener("click", act);
  sheet.grid.addEventListener("sheet:changed", () => {
    part("undo").disabled = !sheet.history.undo;
    part("redo").disabled = !sheet.history.redo;
  });
  for (const hidden of root.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  root.dataset.ready = "";
}
