// Find a student by name or ID; show only those with a blank.

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function makeFinder(sheet, grid, tools) {
  const find = tools.querySelector("[data-find]");
  const incomplete = tools.querySelector("[data-incomplete]");
  const count = tools.querySelector("[data-count]");
  const names = sheet.rows.map((tr) => plain(tr.cells[0].textContent));

  function apply() {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    sheet.rows.forEach((tr, r) => {
      const found = words.every((word) => names[r].includes(word));
      tr.hidden = !(found && (!incomplete.checked || sheet.values[r].includes("")));
      if (!tr.hidden) shown += 1;
    });
    count.textContent = `${shown} of ${sheet.rows.length} students`;
    // The one tab stop must not be in a hidden row.
    if (grid.r >= 0 && sheet.rows[grid.r].hidden && shown) rest(grid);
  }

  find.addEventListener("input", apply);
  incomplete.addEventListener("change", apply);
}

function rest(grid) {
  const old = grid.current;
  if (old.tagName === "TD") old.removeAttribute("tabindex");
  else old.tabIndex = -1;
  grid.sheet.rows[grid.r].removeAttribute("data-here");
  grid.r = grid.edge(-1);
  grid.anchor = null;
  grid.current.tabIndex = 0;
}
