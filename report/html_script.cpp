// The JavaScript of the page itself: filters, keyboard, links to findings.

#include "report/html.h"

namespace fnlint {

// The list of findings stands in the page without it: this adds filters and keys.
const std::string_view kHtmlScript = R"js(
const data = JSON.parse(document.getElementById("data").textContent);
const by_id = id => document.getElementById(id);
function add(parent, name, text, kind) {
  const element = document.createElement(name);
  if (text !== undefined && text !== "") element.textContent = text;
  if (kind) element.className = kind;
  return parent.appendChild(element);
}

function list_findings() {
  const form = by_id("filters"), shown = by_id("shown");
  const all = [...document.querySelectorAll(".finding")], groups = [...document.querySelectorAll("section.function")];
  if (!form || !all.length) return null;
  for (const group of groups) group.mine = [...group.querySelectorAll(".finding")];
  for (const group of groups) for (const finding of group.mine) finding.of = group.dataset.function;
  const counts = of => {
    const map = new Map();
    for (const finding of all) map.set(of(finding), (map.get(of(finding)) || 0) + 1);
    return map;
  };

  const search = add(add(form, "label", "Search"), "input");
  search.type = "search"; search.placeholder = "words, a path, a rule"; search.setAttribute("aria-keyshortcuts", "/");
  const levels = add(form, "fieldset"), boxes = [];
  add(levels, "legend", "Level");
  const by_level = counts(finding => finding.dataset.level);
  for (const level of ["error", "warning", "note"]) {
    const label = add(levels, "label"), box = add(label, "input");
    box.type = "checkbox"; box.checked = true; box.value = level; boxes.push(box);
    label.append(` ${level} `); add(label, "span", String(by_level.get(level) || 0), "count");
  }
  const selects = [];
  function choice(title, of, order) {
    const map = counts(of), select = add(add(form, "label", title), "select");
    add(select, "option", "all").value = "";
    const names = [...map.keys()].sort(order ? (a, b) => order.indexOf(a) - order.indexOf(b) : (a, b) => map.get(b) - map.get(a) || (a < b ? -1 : 1));
    for (const name of names) add(select, "option", `${name} (${map.get(name)})`).value = name;
    select.of = of; select.disabled = names.length < 2; selects.push(select);
  }
  choice("Confidence", finding => finding.dataset.confidence, ["certain", "likely", "possible"]);
  choice("Category", finding => finding.dataset.category);
  choice("Rule", finding => finding.dataset.rule);
  choice("Function", finding => finding.of);
  const everything = add(form, "button", "Show all"); everything.type = "button";
  form.hidden = false;

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    const on = new Set(boxes.filter(box => box.checked).map(box => box.value));
    let count = 0;
    for (const group of groups) {
      let any = false;
      for (const finding of group.mine) {
        let keep = on.has(finding.dataset.level) && selects.every(select => !select.value || select.of(finding) === select.value);
        if (keep && words.length) {
          finding.text ||= (finding.of + " " + finding.textContent).toLowerCase();
          keep = words.every(word => finding.text.includes(word));
        }
        finding.hidden = !keep;
        if (keep) { any = true; count++; }
      }
      group.hidden = !any;
    }
    shown.textContent = count === all.length ? "" : `${count} of ${all.length} findings are shown.`;
  }
  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  for (const element of [...boxes, ...selects]) element.addEventListener("change", filter);
  form.addEventListener("submit", event => event.preventDefault());
  function reset() {
    search.value = "";
    for (const box of boxes) box.checked = true;
    for (const select of selects) select.value = "";
    filter();
  }
  everything.addEventListener("click", reset);
  function only(name) {
    reset();
    selects[3].value = name;
    filter();
    by_id("findings").scrollIntoView();
  }
  return { search, reset, only, functions: new Set(groups.map(group => group.dataset.function)), visible: () => all.filter(finding => !finding.hidden) };
}
const findings = list_findings();

function open_target() {
  const target = location.hash.length > 1 ? by_id(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target || !target.classList.contains("finding")) return;
  target.open = true;
  let left = 4;  // heights of what was not yet drawn are guesses
  const reach = () => { target.scrollIntoView({ behavior: "instant" }); if (--left) requestAnimationFrame(reach); };
  reach();
}
addEventListener("hashchange", open_target);
open_target();

function move(step) {
  const list = findings.visible();
  if (!list.length) return;
  const at = list.indexOf(document.activeElement.closest(".finding"));
  const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step));
  const summary = list[next].firstElementChild;
  summary.focus({ preventScroll: true });
  list[next].scrollIntoView({ block: "nearest" });
}
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || (by_id("help") || {}).open) return;
  const typing = event.target.closest("input[type=search], select, textarea");
  if (event.key === "Escape" && findings) {
    if (typing) typing.blur(); else findings.reset();
    return;
  }
  if (typing) return;
  if (event.key === "?" && by_id("help")) by_id("help").showModal();
  else if (event.key === "/" && (findings || by_id("graph-search"))) (findings ? findings.search : by_id("graph-search")).focus();
  else if (event.key === "j" && findings) move(1);
  else if (event.key === "k" && findings) move(-1);
  else if (event.key === "e" && findings) {
    const list = findings.visible(), open = !list.every(finding => finding.open);
    for (const finding of list) finding.open = open;
  } else return;
  event.preventDefault();
});
)js";

}  // namespace fnlint
