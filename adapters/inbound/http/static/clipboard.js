// Copy a block of scores to a spreadsheet, paste one from it. Unknown values are counted and
// named, never guessed.

const NAMED_AT_MOST = 5;

export function copied(sheet, block) {
  const lines = new Map();
  for (const cell of block) lines.set(cell.r, [...(lines.get(cell.r) ?? []), cell]);
  const text = (value) => (value === "NA" ? "N/A" : value);
  return [...lines.values()]
    .map((cells) => cells.map(({ r, c }) => text(sheet.values[r][c])).join("\t"))
    .join("\n");
}

/** What a pasted text means from cell (r, c) on: {items, unknown, outside}. */
export function pasted(sheet, grid, text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const read = { items: [], unknown: [], outside: 0 };
  const single = lines.length === 1 && lines[0].length === 1 && grid.block.length > 1;
  if (single) {
    for (const { r, c } of grid.block) take(sheet, read, r, c, lines[0][0]);
    return read;
  }
  let r = grid.r;
  let past = false;
  for (const line of lines) {
    line.forEach((entry, n) => {
      const c = grid.c + n;
      if (past || c >= sheet.columns.length) read.outside += 1;
      else take(sheet, read, r, c, entry);
    });
    const next = grid.step(r, 1);
    past = next === r;
    r = next;
  }
  return read;
}

export function summary({ items, unknown, outside }) {
  const parts = [`${items.length} of ${items.length + unknown.length + outside} values pasted.`];
  if (unknown.length) {
    const names = [...new Set(unknown)].slice(0, NAMED_AT_MOST).map((entry) => `\u201c${entry}\u201d`);
    const more = new Set(unknown).size > NAMED_AT_MOST ? " and others" : "";
    parts.push(`${unknown.length} not understood: ${names.join(", ")}${more}.`);
  }
  if (outside) parts.push(`${outside} outside the grid.`);
  return parts.join(" ");
}

function take(sheet, read, r, c, entry) {
  const value = normal(entry);
  if (value !== null && sheet.admits(c, value)) read.items.push({ r, c, value });
  else read.unknown.push(entry.trim().slice(0, 20));
}

function normal(entry) {
  const text = entry.trim();
  if (text === "" || text === "-" || text === "\u2013") return "";
  if (/^n\/?a$/i.test(text)) return "NA";
  return /^-?\d+([.,]\d+)?$/.test(text) ? String(Number(text.replace(",", "."))) : null;
}
