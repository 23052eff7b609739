// The distribution below the scorecard: how many stand at each level of a column.

const TONES = ["top", "met", "below", "low", "none"];

export function keepDistribution(sheet) {
  let planned = 0;
  const draw = () => {
    planned = 0;
    sheet.columns.forEach((_, c) => drawColumn(sheet, c));
  };
  sheet.grid.addEventListener("sheet:changed", () => {
    planned ||= requestAnimationFrame(draw);
  });
}

function drawColumn(sheet, c) {
  const td = sheet.grid.tFoot.rows[0].cells[c + 1];
  const levels = sheet.values.map((line) => sheet.level(c, line[c])).filter(Boolean);
  const scored = levels.length;
  let x = 0;
  TONES.forEach((tone, n) => {
    const count = levels.filter((level) => level.tone === tone).length;
    const width = scored ? (100 * count) / scored : 0;
    const bar = td.querySelectorAll("rect")[n];
    bar.setAttribute("x", x);
    bar.setAttribute("width", width);
    x += width;
  });
  const met = levels.filter((level) => level.met).length;
  td.querySelector("span").textContent = scored ? `${Math.floor((100 * met) / scored)}% met` : "\u2013";
}
