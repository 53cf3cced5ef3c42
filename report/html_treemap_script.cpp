// The JavaScript that draws what packages hold, as areas by size.

#include "report/html.h"

namespace fnlint {

// Squarified treemaps (Bruls, Huizing, van Wijk 2000), each laid out when it is first seen.
const std::string_view kHtmlTreemapScript = R"js(
function size_words(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.floor(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
// The parts of a package; what nobody needs stands beside the rest of its part.
function package_cells(row) {
  const cells = [];
  let rest = row.bytes, planned = row.estimated;
  for (const part of row.parts) {
    rest -= part.bytes;
    let own = part.bytes;
    const inside = row.unneeded.filter(one => one.path === part.path || one.path.startsWith(part.path + "/"));
    for (const one of inside.sort((a, b) => b.bytes - a.bytes).slice(0, 12)) {
      if (one.bytes > own || !one.bytes) continue;
      own -= one.bytes;
      cells.push({ name: `${one.path} (${one.words})`, bytes: one.bytes, kind: "unneeded" });
    }
    if (own > 0) cells.push({ name: part.path, bytes: own, kind: "" });
  }
  if (rest > 0) cells.push({ name: "everything else", bytes: rest, kind: "" });
  for (const part of row.planned) {
    planned -= part.bytes;
    cells.push({ name: `${part.path}, to be installed`, bytes: part.bytes, kind: "planned" });
  }
  if (planned > 0) cells.push({ name: "others to be installed", bytes: planned, kind: "planned" });
  return cells.sort((a, b) => b.bytes - a.bytes);
}
// A folder's parts stand together.
function cell_groups(cells) {
  const groups = new Map();
  for (const cell of cells) {
    const name = cell.kind === "planned" ? "planned" : cell.name.split("/")[0];
    if (!groups.has(name)) groups.set(name, { name, bytes: 0, cells: [] });
    const group = groups.get(name);
    group.bytes += cell.bytes; group.cells.push(cell);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes);
}
function squarify(cells, x, y, width, height) {
  const sum = cells.reduce((total, cell) => total + cell.bytes, 0), scale = width * height / sum, placed = [];
  let at = 0;
  while (at < cells.length) {
    const side = Math.min(width, height);
    let end = at, area = 0, worst = Infinity;
    while (end < cells.length) {
      const next = area + cells[end].bytes * scale, thick = next / side;
      const shapes = cells.slice(at, end + 1).map(cell => { const long = cell.bytes * scale / thick; return Math.max(long / thick, thick / long); });
      const ratio = Math.max(...shapes);
      if (ratio > worst) break;
      worst = ratio; area = next; end++;
    }
    const thick = area / side;
    let along = 0;
    for (const cell of cells.slice(at, end)) {
      const long = cell.bytes * scale / thick;
      placed.push(width >= height ? { cell, x, y: y + along, width: thick, height: long } : { cell, x: x + along, y, width: long, height: thick });
      along += long;
    }
    if (width >= height) { x += thick; width -= thick; } else { y += thick; height -= thick; }
    at = end;
  }
  return placed;
}
function draw_treemap(area) {
  const row = data.packages[Number(area.dataset.package)], cells = package_cells(row);
  area.textContent = "";
  area.hidden = cells.length === 0;
  if (!cells.length) return;
  const { width, height } = area.getBoundingClientRect();
  for (const group of squarify(cell_groups(cells), 0, 0, width, height))
    for (const each of squarify(group.cell.cells, group.x, group.y, group.width, group.height)) {
      if (each.width < 1 || each.height < 1) continue;
      const words = `${each.cell.name}, ${size_words(each.cell.bytes)}`;
      const box = add(area, "div", each.width > 45 && each.height > 20 ? words : "", each.cell.kind);
      box.title = words;
      for (const [side, length] of [["left", each.x], ["top", each.y], ["width", each.width], ["height", each.height]]) box.style[side] = `${length}px`;
    }
  area.setAttribute("role", "img");
  area.setAttribute("aria-label", "The sizes of the list below, as areas");
}
for (const area of document.querySelectorAll(".treemap")) {
  const row = area.closest("details");
  row.addEventListener("toggle", () => { if (row.open) draw_treemap(area); });
  if (row.open) draw_treemap(area);
}
let resized = 0;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => { for (const area of document.querySelectorAll("details[open] > .treemap")) draw_treemap(area); }, 150);
});
)js";

}  // namespace fnlint
