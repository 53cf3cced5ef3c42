#include "report/graph_page.h"

namespace fnlint {

// Each connected part is laid out in layers from left to right, by what starts what; the parts are
// put below each other in rows. No library, no network.
const std::string_view kGraphPage = R"page(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>fnlint graph</title>
<style>
:root { --ink: #1f2933; --quiet: #66727f; --line: #9aa5b1; --paper: #fff; --panel: #f7f9fb; }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  display: grid; grid-template: auto 1fr / 1fr 20rem; height: 100vh; }
header { grid-column: 1 / 3; display: flex; gap: 1rem; align-items: center; padding: .5rem .9rem;
  border-bottom: 1px solid #dde3e9; background: var(--panel); flex-wrap: wrap; }
h1 { font-size: 1rem; margin: 0; }
input[type=search] { padding: .3rem .5rem; width: 16rem; border: 1px solid var(--line); border-radius: 4px; }
label { color: var(--quiet); }
#legend { display: flex; gap: .8rem; color: var(--quiet); margin-left: auto; }
#legend i { display: inline-block; width: .8rem; height: .8rem; border: 1px solid #555; border-radius: 3px;
  margin-right: .3rem; vertical-align: -1px; }
svg { width: 100%; height: 100%; cursor: grab; touch-action: none; }
aside { border-left: 1px solid #dde3e9; padding: .9rem; overflow: auto; background: var(--panel); }
aside h2 { font-size: 1rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
aside p { margin: .2rem 0; } aside ul { padding-left: 1.1rem; margin: .3rem 0 .9rem; }
aside a { color: #1a5fb4; overflow-wrap: anywhere; } .kind { color: var(--quiet); }
.node { cursor: pointer; } .node rect { stroke: #555; stroke-width: 1; fill: #f2f2f2; }
.node.function rect { fill: #fff; stroke-width: 1.5; }
.node.error rect { fill: #f4b6b0; } .node.warning rect { fill: #f8dca0; } .node.note rect { fill: #cfe3f7; }
.node text { font-size: 12px; } .node .kind { font-size: 10px; fill: var(--quiet); }
.edge { fill: none; stroke: var(--line); stroke-width: 1.3; cursor: pointer; }
.edge.effect { stroke: #52606d; stroke-width: 1.8; } .edge.forward { stroke-dasharray: 6 3; }
.edge.failure { stroke-dasharray: 2 3; } .edge.loop { stroke: #c0392b; stroke-width: 2.4; }
.dim { opacity: .12; } .picked rect { stroke: #1a5fb4; stroke-width: 3; }
</style>
<header>
  <h1 id="title"></h1>
  <input type="search" id="search" placeholder="Search a name or kind" aria-label="Search">
  <label><input type="checkbox" id="loops"> only loops and findings</label>
  <div id="legend"><span><i style="background:#f4b6b0"></i>error</span><span><i style="background:#f8dca0"></i>warning</span>
  <span><i style="background:#cfe3f7"></i>note</span><span><i style="background:#c0392b;height:3px;vertical-align:4px"></i>loop</span></div>
</header>
<svg id="canvas" role="img" aria-label="The event graph"><defs>
  <marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#52606d"/></marker>
  </defs><g id="world"></g></svg>
<aside id="details"><p class="kind">Scroll to zoom, drag to move, click a box or an arrow for its place in the source.</p></aside>
<script id="data" type="application/json">@DATA@</script>
<script>
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes, edges = data.edges, W = 170, H = 38, GAP_X = 90, GAP_Y = 18;
document.getElementById("title").textContent = data.title;
nodes.forEach((n, i) => { n.id = i; n.out = []; n.in = []; });
edges.forEach((e, i) => { e.id = i; nodes[e.from].out.push(e); nodes[e.to].in.push(e); });

// --- Layout.
function parts() {
  const part = new Array(nodes.length).fill(-1), list = [];
  for (const start of nodes) {
    if (part[start.id] >= 0) continue;
    const members = [], open = [start];
    part[start.id] = list.length;
    while (open.length) {
      const n = open.pop();
      members.push(n);
      for (const other of [...n.out.map(e => e.to), ...n.in.map(e => e.from)])
        if (part[other] < 0) { part[other] = list.length; open.push(nodes[other]); }
    }
    list.push(members);
  }
  return list.sort((a, b) => b.length - a.length);
}
// An edge that leads back to where the search came from gives no layer.
function layers(members) {
  const state = new Map(), order = [], back = new Set();
  const roots = [...members].sort((a, b) => a.in.length - b.in.length || a.id - b.id);
  for (const root of roots) {
    if (state.has(root.id)) continue;
    const stack = [[root, 0]];
    state.set(root.id, 1);
    while (stack.length) {
      const top = stack[stack.length - 1], [n, at] = top;
      if (at < n.out.length) {
        top[1]++;
        const e = n.out[at], s = state.get(e.to);
        if (s === 1) back.add(e.id);
        else if (!s) { state.set(e.to, 1); stack.push([nodes[e.to], 0]); }
      } else { state.set(n.id, 2); order.push(n); stack.pop(); }
    }
  }
  for (const n of members) n.layer = 0;
  for (const n of [...order].reverse())
    for (const e of n.out)
      if (!back.has(e.id)) nodes[e.to].layer = Math.max(nodes[e.to].layer, n.layer + 1);
  for (const n of order) {  // as far to the right as what it starts allows
    const next = n.out.filter(e => !back.has(e.id)).map(e => nodes[e.to].layer);
    if (next.length) n.layer = Math.min(...next) - 1;
  }
  const found = [];
  for (const n of members) (found[n.layer] ||= []).push(n);
  const rows = found.filter(row => row);
  rows.forEach((row, layer) => row.forEach((n, i) => { n.layer = layer; n.place = i; }));
  const around = n => [...n.in.map(e => nodes[e.from]), ...n.out.map(e => nodes[e.to])].filter(m => m !== n);
  for (let sweep = 0; sweep < 8; sweep++)
    for (const row of rows) {
      for (const n of row) {
        const near = around(n);
        n.weight = near.length ? near.reduce((sum, m) => sum + m.place / rows[m.layer].length, 0) / near.length : n.place / row.length;
      }
      row.sort((a, b) => a.weight - b.weight || a.id - b.id).forEach((n, i) => n.place = i);
    }
  return rows;
}
let x0 = 0, y0 = 0, rowHeight = 0;
const all = parts(), wide = Math.max(1400, Math.sqrt(nodes.length) * 260);
for (const members of all) {
  const rows = layers(members), width = rows.length * (W + GAP_X), tall = Math.max(...rows.map(r => r.length));
  const height = tall * (H + GAP_Y) + 30;
  if (x0 > 0 && x0 + width > wide) { x0 = 0; y0 += rowHeight; rowHeight = 0; }
  rows.forEach((row, layer) => row.forEach((n, i) => {
    n.x = x0 + layer * (W + GAP_X);
    n.y = y0 + (i + (tall - row.length) / 2) * (H + GAP_Y);
  }));
  x0 += width; rowHeight = Math.max(rowHeight, height);
}

// --- Drawing.
const NS = "http://www.w3.org/2000/svg", world = document.getElementById("world"), svg = document.getElementById("canvas");
function make(parent, name, attributes, text) {
  const element = document.createElementNS(NS, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  return parent.appendChild(element);
}
function path(e) {
  const a = nodes[e.from], b = nodes[e.to];
  if (a === b) return `M${a.x + W - 30} ${a.y} C${a.x + W} ${a.y - 34} ${a.x + W - 80} ${a.y - 34} ${a.x + W - 60} ${a.y}`;
  const forward = b.x > a.x, y1 = a.y + H / 2, y2 = b.y + H / 2;
  if (forward) { const bend = Math.max(30, (b.x - a.x - W) / 2); return `M${a.x + W} ${y1} C${a.x + W + bend} ${y1} ${b.x - bend} ${y2} ${b.x} ${y2}`; }
  const low = Math.max(a.y, b.y) + H + 26;  // below both, back to the left
  return `M${a.x + W / 2} ${a.y + H} C${a.x + W / 2} ${low} ${b.x + W / 2} ${low} ${b.x + W / 2} ${b.y + H}`;
}
const shorten = (text, most) => text.length > most ? text.slice(0, most - 1) + "…" : text;
for (const e of edges) {
  e.element = make(world, "path", { d: path(e), class: `edge ${e.kind}${e.loop ? " loop" : ""}`, "marker-end": "url(#arrow)" });
  make(e.element, "title", {}, `${nodes[e.from].name} → ${nodes[e.to].name}${e.label ? ": " + e.label : ""}`);
  e.element.addEventListener("click", () => show_edge(e));
}
for (const n of nodes) {
  const g = n.element = make(world, "g", { class: `node ${n.kind} ${n.level}`, transform: `translate(${n.x} ${n.y})`, tabindex: 0 });
  make(g, "rect", { width: W, height: H, rx: n.kind === "function" ? 9 : 2 });
  make(g, "text", { x: 9, y: 16 }, shorten(n.name, 24));
  make(g, "text", { x: 9, y: 30, class: "kind" }, n.kind);
  make(g, "title", {}, n.name);
  g.addEventListener("click", () => show_node(n));
  g.addEventListener("keydown", key => { if (key.key === "Enter") show_node(n); });
}

// --- Details.
const details = document.getElementById("details");
function add(parent, name, text, kind) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (kind) element.className = kind;
  return parent.appendChild(element);
}
function add_place(parent, where) {
  if (!where.path) return;
  const link = add(add(parent, "p"), "a", `${where.path}:${where.line}`);
  link.href = `${where.link}#L${where.line}`;
}
function add_edges(title, list, other) {
  if (!list.length) return;
  add(details, "p", title, "kind");
  const ul = add(details, "ul");
  for (const e of list) {
    const link = add(add(ul, "li"), "a", `${nodes[e[other]].name}${e.label ? " (" + e.label + ")" : ""}`);
    link.href = "#";
    link.addEventListener("click", event => { event.preventDefault(); show_edge(e); });
  }
}
function pick(keep, chosen) {
  for (const n of nodes) { n.element.classList.toggle("dim", !keep.has(n)); n.element.classList.toggle("picked", n === chosen); }
  for (const e of edges) e.element.classList.toggle("dim", !(keep.has(nodes[e.from]) && keep.has(nodes[e.to])));
}
function show_node(n) {
  details.textContent = "";
  add(details, "h2", n.name); add(details, "p", n.kind, "kind"); add_place(details, n);
  if (n.findings.length) { const ul = add(details, "ul"); for (const text of n.findings) add(ul, "li", text); }
  add_edges("Gets events from", n.in, "from"); add_edges("Sends events to", n.out, "to");
  pick(new Set([n, ...n.in.map(e => nodes[e.from]), ...n.out.map(e => nodes[e.to])]), n);
}
function show_edge(e) {
  details.textContent = "";
  add(details, "h2", `${nodes[e.from].name} → ${nodes[e.to].name}`);
  add(details, "p", e.kind + (e.loop ? ", on a loop" : ""), "kind");
  if (e.label) add(details, "p", e.label);
  add_place(details, e);
  pick(new Set([nodes[e.from], nodes[e.to]]));
}

// --- Search, zoom, moving.
const search = document.getElementById("search"), only = document.getElementById("loops");
function filter() {
  const wanted = search.value.trim().toLowerCase(), keep = new Set();
  for (const n of nodes) {
    const named = !wanted || n.name.toLowerCase().includes(wanted) || n.kind.includes(wanted);
    const looping = n.level || [...n.in, ...n.out].some(e => e.loop);
    if (named && (!only.checked || looping)) keep.add(n);
  }
  pick(keep);
  if (wanted && keep.size) fit([...keep]);
}
search.addEventListener("input", filter); only.addEventListener("change", filter);
let view = { x: 0, y: 0, k: 1 };
const draw = () => world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
function fit(list) {
  if (!list.length) return;
  const left = Math.min(...list.map(n => n.x)) - 20, top = Math.min(...list.map(n => n.y)) - 45;
  const right = Math.max(...list.map(n => n.x)) + W + 20, low = Math.max(...list.map(n => n.y)) + H + 45;
  const box = svg.getBoundingClientRect();
  view.k = Math.min(1.6, box.width / (right - left), box.height / (low - top));
  view.x = (box.width - (right + left) * view.k) / 2; view.y = (box.height - (low + top) * view.k) / 2;
  draw();
}
svg.addEventListener("wheel", event => {
  event.preventDefault();
  const box = svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  const k = Math.min(4, Math.max(.02, view.k * Math.exp(-event.deltaY * .0015)));
  view = { x: x - (x - view.x) * k / view.k, y: y - (y - view.y) * k / view.k, k };
  draw();
}, { passive: false });
let drag = null;
svg.addEventListener("pointerdown", event => { drag = { x: event.clientX - view.x, y: event.clientY - view.y, moved: false }; });
addEventListener("pointermove", event => { if (drag) { view.x = event.clientX - drag.x; view.y = event.clientY - drag.y; drag.moved = true; draw(); } });
addEventListener("pointerup", event => { if (drag && !drag.moved && event.target === svg) pick(new Set(nodes)); drag = null; });
fit(nodes);
</script>
</html>
)page";

}  // namespace fnlint
