// The JavaScript that lays out and draws the event graph in the browser.

#include "report/html.h"

namespace fnlint {

// Each connected part is laid out in layers from left to right, by what starts what; the parts are
// put below each other in rows.
const std::string_view kHtmlGraphScript = R"js(
const W = 176, H = 38, GAP_X = 150, GAP_Y = 26;
function parts(nodes) {
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
function layers(members, nodes) {
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
function lay_out(nodes) {
  let x0 = 0, y0 = 0, rowHeight = 0;
  const all = parts(nodes), wide = Math.max(1400, Math.sqrt(nodes.length) * 260);
  for (const members of all) {
    const rows = layers(members, nodes), width = rows.length * (W + GAP_X), tall = Math.max(...rows.map(r => r.length));
    const height = tall * (H + GAP_Y) + 30;
    if (x0 > 0 && x0 + width > wide) { x0 = 0; y0 += rowHeight; rowHeight = 0; }
    rows.forEach((row, layer) => row.forEach((n, i) => {
      n.x = x0 + layer * (W + GAP_X);
      n.y = y0 + (i + (tall - row.length) / 2) * (H + GAP_Y);
    }));
    x0 += width; rowHeight = Math.max(rowHeight, height);
  }
}
const NS = "http://www.w3.org/2000/svg";
function make(parent, name, attributes, text) {
  const element = document.createElementNS(NS, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  return parent.appendChild(element);
}
const shorten = (text, most) => text.length > most ? text.slice(0, most - 1) + "…" : text;
// What tells one name from others: the end of an address of Terraform, both ends of others.
function short_name(name, most) {
  if (name.length <= most) return name;
  const parts = name.split(".").filter(part => part !== "module" && !part.startsWith("aws_") && !/^this(\[|$)/.test(part));
  let text = parts.pop() || name;
  while (parts.length && parts[parts.length - 1].length + text.length < most) text = `${parts.pop()}.${text}`;
  const half = Math.floor((most - 1) / 2);
  return text.length > most ? `${text.slice(0, most - 1 - half)}…${text.slice(-half)}` : text;
}
// The curve of an edge, and the middle of it.
function curve(e, nodes) {
  const a = nodes[e.from], b = nodes[e.to];
  let p;
  if (a === b) p = [a.x + W - 30, a.y, a.x + W, a.y - 34, a.x + W - 80, a.y - 34, a.x + W - 60, a.y];
  else if (b.x > a.x) {
    const bend = Math.max(30, (b.x - a.x - W) / 2), y1 = a.y + H / 2, y2 = b.y + H / 2;
    p = [a.x + W, y1, a.x + W + bend, y1, b.x - bend, y2, b.x, y2];
  } else {  // below both, back to the left
    const low = Math.max(a.y, b.y) + H + 34;
    p = [a.x + W / 2, a.y + H, a.x + W / 2, low, b.x + W / 2, low, b.x + W / 2, b.y + H];
  }
  const middle = i => (p[i] + 3 * p[i + 2] + 3 * p[i + 4] + p[i + 6]) / 8;
  return { d: `M${p[0]} ${p[1]} C${p.slice(2).join(" ")}`, x: middle(0), y: middle(1) };
}
const edge_words = { trigger: "starts", effect: "", forward: "forwards", failure: "on failure" };

function draw_graph({ nodes, edges }) {
  const svg = by_id("canvas"), details = by_id("details"), world = make(svg, "g", {}), defs = make(svg, "defs", {});
  nodes.forEach((n, i) => { n.id = i; n.out = []; n.in = []; });
  edges.forEach((e, i) => {
    e.id = i; nodes[e.from].out.push(e); nodes[e.to].in.push(e);
    e.words = e.label || edge_words[e.kind] || e.kind;
  });
  lay_out(nodes);
  for (const kind of ["plain", "effect", "loop"]) {
    const marker = make(defs, "marker", { id: `arrow-${kind}`, viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 9, markerHeight: 9, orient: "auto", markerUnits: "userSpaceOnUse" });
    make(marker, "path", { d: "M0 0 8 4 0 8z", class: `arrow ${kind}` });
  }
  const beside = new Map();
  for (const e of edges) {
    const way = curve(e, nodes), g = e.element = make(world, "g", {}), pair = `${e.from} ${e.to}`, nth = beside.get(pair) || 0;
    beside.set(pair, nth + 1);
    make(g, "path", { d: way.d, class: `edge ${e.kind}${e.loop ? " loop" : ""}`, "marker-end": `url(#arrow-${e.loop ? "loop" : e.kind === "effect" ? "effect" : "plain"})` });
    make(make(g, "path", { d: way.d, class: "hit" }), "title", {}, `${nodes[e.from].name} → ${nodes[e.to].name}: ${e.words}`);
    make(g, "text", { x: way.x, y: way.y - 4 + nth * 13, class: `edge-label${e.loop ? " loop" : ""}` }, shorten(e.words, 26));
    g.addEventListener("click", () => show_edge(e));
  }
  for (const n of nodes) {
    const g = n.element = make(world, "g", { class: `node ${n.kind} ${n.level}`, transform: `translate(${n.x} ${n.y})`, tabindex: 0, role: "button", "aria-label": `${n.name} ${n.kind}${n.level ? ", " + n.level : ""}` });
    make(g, "rect", { width: W, height: H, rx: n.kind === "function" ? 9 : 2 });
    make(g, "text", { x: 9, y: 16, "aria-hidden": true }, short_name(n.name, 22));
    make(g, "text", { x: 9, y: 30, class: "kind", "aria-hidden": true }, n.kind);
    make(g, "title", {}, n.name);
    g.addEventListener("click", () => show_node(n));
    g.addEventListener("keydown", key => { if (key.key === "Enter" || key.key === " ") { key.preventDefault(); show_node(n); } });
  }

  function add_place(parent, where) {
    if (!where.path) return;
    const link = add(add(parent, "p"), "a", `${where.path}:${where.line}`, "place");
    link.href = `${where.link}#L${where.line}`;
  }
  function add_edges(title, list, other) {
    if (!list.length) return;
    add(details, "h4", title);
    const ul = add(details, "ul");
    for (const e of list) {
      const link = add(add(ul, "li"), "button", `${nodes[e[other]].name}: ${e.words}`);
      link.type = "button";
      link.addEventListener("click", () => show_edge(e));
    }
  }
  function pick(keep, chosen) {
    for (const n of nodes) { n.element.classList.toggle("dim", !keep.has(n)); n.element.classList.toggle("picked", n === chosen); }
    for (const e of edges) e.element.classList.toggle("dim", !(keep.has(nodes[e.from]) && keep.has(nodes[e.to])));
  }
  function show_node(n) {
    details.textContent = "";
    add(details, "h3", n.name); add(details, "p", n.kind, "about"); add_place(details, n);
    if (n.findings.length && findings && findings.functions.has(n.name)) {
      const button = add(details, "button", n.findings.length === 1 ? "Its finding" : `Its ${n.findings.length} findings`);
      button.type = "button";
      button.addEventListener("click", () => findings.only(n.name));
    }
    if (n.findings.length) { const ul = add(details, "ul"); for (const text of n.findings.slice(0, 30)) add(ul, "li", text); }
    add_edges("Gets events from", n.in, "from"); add_edges("Sends events to", n.out, "to");
    pick(new Set([n, ...n.in.map(e => nodes[e.from]), ...n.out.map(e => nodes[e.to])]), n);
  }
  function show_edge(e) {
    details.textContent = "";
    add(details, "h3", `${nodes[e.from].name} → ${nodes[e.to].name}`);
    add(details, "p", e.kind + (e.loop ? ", on a loop" : ""), "about");
    if (e.label) add(details, "p", e.label);
    add_place(details, e);
    pick(new Set([nodes[e.from], nodes[e.to]]));
  }
  function show_all() {
    details.textContent = "";
    add(details, "p", is_page ? "Scroll to zoom, drag to move. Choose a box or an arrow for its place in the source."
                              : "Ctrl and scroll, or two fingers, to zoom; drag to move. Choose a box or an arrow for its place in the source.", "about");
    pick(new Set(nodes));
  }

  const is_page = document.body.classList.contains("drawing"), search = by_id("graph-search"), only = by_id("graph-loops");
  function filter() {
    const wanted = search.value.trim().toLowerCase(), keep = new Set();
    for (const n of nodes) {
      const named = !wanted || n.name.toLowerCase().includes(wanted) || n.kind.includes(wanted);
      const looping = n.level || [...n.in, ...n.out].some(e => e.loop);
      if (named && (!only.checked || looping)) keep.add(n);
    }
    pick(keep);
    fit(keep.size ? [...keep] : nodes);
  }
  search.addEventListener("input", filter); only.addEventListener("change", filter);

  let view = { x: 0, y: 0, k: 1 };
  function draw() {
    world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
    svg.classList.toggle("far", view.k < .4);
  }
  // All of it, or what can be read of it from the left on.
  function fit(list, least = 0) {
    const left = Math.min(...list.map(n => n.x)) - 20, top = Math.min(...list.map(n => n.y)) - 45;
    const right = Math.max(...list.map(n => n.x)) + W + 20, low = Math.max(...list.map(n => n.y)) + H + 55;
    const box = svg.getBoundingClientRect();
    view.k = Math.max(least, Math.min(1.3, box.width / (right - left), box.height / (low - top)));
    view.x = Math.max(-left * view.k, (box.width - (right + left) * view.k) / 2);
    view.y = Math.max(-top * view.k, (box.height - (low + top) * view.k) / 2);
    draw();
  }
  function zoom(factor, x, y) {
    const k = Math.min(4, Math.max(.02, view.k * factor));
    view = { x: x - (x - view.x) * k / view.k, y: y - (y - view.y) * k / view.k, k };
    draw();
  }
  const middle = factor => { const box = svg.getBoundingClientRect(); zoom(factor, box.width / 2, box.height / 2); };
  by_id("graph-in").addEventListener("click", () => middle(1.35));
  by_id("graph-out").addEventListener("click", () => middle(1 / 1.35));
  by_id("graph-fit").addEventListener("click", () => fit(nodes));
  svg.addEventListener("wheel", event => {
    if (!is_page && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * .0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  const fingers = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", event => { fingers.set(event.pointerId, event); moved = false; });
  addEventListener("pointermove", event => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const other = [...fingers.values()].find(finger => finger.pointerId !== event.pointerId);
    if (Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY) > 2) moved = true;
    if (other) {
      const reach = finger => Math.max(1, Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY)), box = svg.getBoundingClientRect();
      zoom(reach(event) / reach(last), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
    } else { view.x += event.clientX - last.clientX; view.y += event.clientY - last.clientY; draw(); }
    fingers.set(event.pointerId, event);
  });
  addEventListener("pointerup", event => { fingers.delete(event.pointerId); });
  addEventListener("pointercancel", event => { fingers.delete(event.pointerId); });
  svg.addEventListener("click", event => { if (!moved && event.target === svg) show_all(); });

  const table = by_id("graph-table");
  table.addEventListener("toggle", () => {
    if (table.children.length > 1) return;
    const grid = add(add(table, "div", "", "wide"), "table"), head = add(add(grid, "thead"), "tr"), body = add(grid, "tbody");
    for (const title of ["from", "what", "to", "place", "loop"]) add(head, "th", title).scope = "col";
    for (const e of edges) {
      const row = add(body, "tr");
      for (const text of [nodes[e.from].name, e.words, nodes[e.to].name]) add(row, "td", text);
      add_place(add(row, "td"), e);
      add(row, "td", e.loop ? "yes" : "");
    }
  });
  if (!is_page) {  // no taller than what it shows
    const tall = Math.max(...nodes.map(n => n.y)) + H + 100;
    svg.style.height = `${Math.min(540, Math.max(240, tall))}px`;
  }
  const readable = () => innerWidth < 720 ? .6 : .42;
  addEventListener("resize", () => fit(nodes, readable()));
  show_all();
  fit(nodes, readable());
}
if (data.graph && data.graph.nodes.length) draw_graph(data.graph);
)js";

}  // namespace fnlint
