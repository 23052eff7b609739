// Give one level to all blanks of a column, after a question; undo takes it back at once.

export function makeFill(sheet, list, done) {
  [...sheet.grid.tHead.rows[0].cells].slice(1, -1).forEach((th, c) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "column";
    button.title = "Give one level to all blanks of this column";
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => {
      list.show(button, withoutClear(sheet.columns[c]), null, (value) => done(fillBlanks(sheet, c, value), c));
    });
  });
}

function withoutClear(column) {
  return { ...column, title: `${column.title}: level for all blanks` };
}

function fillBlanks(sheet, c, value) {
  if (value === "") return 0;
  const blanks = sheet.rows
    .map((tr, r) => ({ r, c, value, shown: !tr.hidden }))
    .filter(({ r, shown }) => shown && sheet.values[r][c] === "");
  return sheet.put(blanks.map(({ r }) => ({ r, c, value })));
}
