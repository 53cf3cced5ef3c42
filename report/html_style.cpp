// The page's style sheet, for light and dark screens and for print.

#include "report/html.h"

namespace fnlint {

// Levels are told by words and colours, never by colours alone; all text has a contrast of 4.5 or
// more in both modes.
const std::string_view kHtmlStyle = R"css(
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #57636f; --paper: #fff; --panel: #f5f7f9; --line: #d5dce3;
  --link: #1557a8; --error: #b3261e; --warning: #865700; --note: #2b5f93; --error-fill: #fbdcd9; --warning-fill: #fbe8c0;
  --note-fill: #dcebf9; --mark: #ffe9a8; --good: #4f7f5a; --arrow: #6b7885; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --quiet: #a3afbb; --paper: #12171d; --panel: #1a2129;
  --line: #38434f; --link: #85b9f7; --error: #ff8a80; --warning: #f0bd5e; --note: #8cbcf0; --error-fill: #5a2320;
  --warning-fill: #4d3a10; --note-fill: #1f3a55; --mark: #5c4a12; --good: #7fb58b; --arrow: #8a97a4; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); } code, pre, .place { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .87em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; z-index: 9; background: var(--paper); padding: .4rem; }
header, main { max-width: 75rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1rem; } header p { margin: .15rem 0; }
h1 { font-size: 1.3rem; margin: 0; } h2, .drawing h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; overflow-wrap: anywhere; } h4, details h3 { font-size: .9rem; margin: .8rem 0 .2rem; }
::placeholder { color: var(--quiet); opacity: 1; }
.summary { font-weight: 600; } .about { color: var(--quiet); font-size: .9em; } .gap { color: var(--warning); font-weight: 600; }
.count { font-weight: 400; color: var(--quiet); font-size: .85em; }
nav { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line); margin-top: .7rem; }
nav ul { display: flex; gap: 1.2rem; max-width: 75rem; margin: 0 auto; padding: .5rem 1rem; list-style: none; overflow-x: auto; white-space: nowrap; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
main > section { padding: 1.3rem 0; border-bottom: 1px solid var(--line); } main > section:last-child { border: 0; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: 0 .8rem; background: var(--panel); }
details[open] { padding-bottom: .5rem; } summary { cursor: pointer; padding: .45rem 0; overflow-wrap: anywhere; }
.finding { border-left: 4px solid var(--note); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.level { font-weight: 700; font-size: .85em; color: var(--note); } .error > summary .level { color: var(--error); }
.warning > summary .level { color: var(--warning); } summary .rule { color: var(--quiet); font-size: .85em; white-space: nowrap; }
.place { overflow-wrap: anywhere; } p { margin: .4rem 0; }
pre { margin: .3rem 0; padding: .35rem .6rem; overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
pre .number { color: var(--quiet); padding-right: .8rem; user-select: none; } mark { background: var(--mark); color: inherit; border-radius: 2px; }
.flow { list-style: none; counter-reset: step; padding: 0; margin: .3rem 0; }
.flow > li { counter-increment: step; position: relative; padding: 0 0 .5rem 2.1rem; }
.flow > li::before { content: counter(step); position: absolute; left: 0; top: .05rem; width: 1.45rem; height: 1.45rem; border-radius: 50%;
  border: 1px solid var(--arrow); text-align: center; font-size: .8rem; line-height: 1.35rem; background: var(--paper); }
.flow > li:not(:last-child)::after { content: ""; position: absolute; left: .7rem; top: 1.6rem; bottom: -.05rem; border-left: 2px solid var(--arrow); }
.related, .parts, .names { margin: .2rem 0; padding-left: 1.2rem; }
.remedy { padding: .4rem .7rem; border-left: 3px solid var(--good); background: var(--paper); }
.remedy b { display: block; font-size: .85em; color: var(--quiet); }
#filters { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; padding: .7rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
#filters[hidden] { display: none; } #filters label { display: grid; font-size: .8rem; color: var(--quiet); gap: .15rem; }
#filters fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: .8rem; } #filters legend { font-size: .8rem; color: var(--quiet); padding: 0; }
#filters fieldset label { display: flex; gap: .3rem; align-items: center; font-size: .9rem; color: var(--ink); min-height: 2.1rem; }
input[type=search], select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--arrow); border-radius: 4px; padding: .25rem .5rem; min-height: 2.1rem; max-width: 100%; }
#filters select { width: 11rem; } #filters input[type=search] { width: 15rem; } button { cursor: pointer; }
[hidden] { display: none !important; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: .93em; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; } th, td { text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line); }
td .place { display: inline-block; min-width: 14rem; } td:not(:has(.place)) { min-width: 5.2rem; }
.bar { display: block; width: 100%; min-width: 8rem; height: .8rem; margin: .3rem 0; background: var(--paper); border: 1px solid var(--line); border-radius: 2px; }
.bar rect { fill: var(--note); } .bar.over rect { fill: var(--error); } .bar.under rect { fill: var(--good); } .over { color: var(--error); font-weight: 600; }
.tools, .legend { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; } .tools label { display: flex; gap: .4rem; align-items: center; }
.legend { list-style: none; padding: 0; margin: .6rem 0; font-size: .85rem; color: var(--quiet); }
.legend li::before { content: ""; display: inline-block; width: 1.1rem; height: .8rem; margin-right: .35rem; vertical-align: -.05rem; border: 1px solid var(--arrow); border-radius: 3px; }
.legend .error::before { background: var(--error-fill); } .legend .warning::before { background: var(--warning-fill); } .legend .note::before { background: var(--note-fill); }
.legend .loop::before, .legend .effect::before, .legend .trigger::before, .legend .forward::before, .legend .failure::before { height: 0; border: 0; border-radius: 0; border-top: 2px solid var(--arrow); vertical-align: .25rem; }
.legend .loop::before { border-top: 3px solid var(--error); } .legend .effect::before { border-top-color: var(--ink); }
.legend .forward::before { border-top-style: dashed; } .legend .failure::before { border-top-style: dotted; }
.drawing-area { display: grid; grid-template-columns: 1fr 18rem; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
#canvas { width: 100%; height: 100%; cursor: grab; touch-action: pan-y; min-width: 0; } #details { border-left: 1px solid var(--line); padding: .8rem; overflow: auto; background: var(--panel); max-height: 34rem; }
#details h3 { margin: 0 0 .2rem; } #details ul { padding-left: 1.1rem; } #details li { overflow-wrap: anywhere; } #details button { text-align: left; }
.node { cursor: pointer; } .node rect { fill: var(--panel); stroke: var(--arrow); } .node.function rect { fill: var(--paper); stroke-width: 1.6; }
.node.error rect { fill: var(--error-fill); } .node.warning rect { fill: var(--warning-fill); } .node.note rect { fill: var(--note-fill); }
.node text, .edge-label { font-size: 12px; fill: var(--ink); } .node .kind { font-size: 10.5px; fill: var(--quiet); } .node.error .kind, .node.warning .kind, .node.note .kind { fill: var(--ink); }
.edge { fill: none; stroke: var(--arrow); stroke-width: 1.4; } .edge.effect { stroke: var(--ink); stroke-width: 1.7; } .edge.forward { stroke-dasharray: 6 3; }
.edge.failure { stroke-dasharray: 2 3; } .edge.loop { stroke: var(--error); stroke-width: 2.8; } .hit { fill: none; stroke: transparent; stroke-width: 14; cursor: pointer; }
.edge-label { font-size: 10.5px; text-anchor: middle; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; pointer-events: none; }
.edge-label.loop { fill: var(--error); font-weight: 600; } .far .edge-label { display: none; }
.arrow { fill: var(--arrow); } .arrow.effect { fill: var(--ink); } .arrow.loop { fill: var(--error); }
.dim { opacity: .15; } .picked rect { stroke: var(--link); stroke-width: 3; } #graph-table { margin-top: .6rem; }
.treemap { position: relative; height: 16rem; margin: .5rem 0; } .treemap > div { position: absolute; overflow: hidden; padding: .25rem .4rem; font-size: .8rem; line-height: 1.25;
  border: 1px solid var(--paper); background: var(--note-fill); overflow-wrap: anywhere; }
.treemap > div:empty { padding: 0; } .treemap .unneeded { background: var(--warning-fill); } .treemap .planned { background: var(--panel); border: 1px dashed var(--arrow); }
dialog { color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; max-width: 26rem; } dialog dt { float: left; clear: left; width: 5rem; } dialog dd { margin: 0 0 .4rem 5rem; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35rem; background: var(--panel); font-family: inherit; }
.drawing main { max-width: none; height: 100vh; display: flex; } .drawing main > section { flex: 1; display: flex; flex-direction: column; padding: .7rem 0; min-width: 0; min-height: 0; }
.drawing .drawing-area { flex: 1; min-height: 0; } .drawing #details { max-height: none; }
@media (max-width: 45rem) { body { font-size: 16px; } nav ul { gap: 1rem; } .drawing-area { grid-template-columns: 1fr; }
  #details { border-left: 0; border-top: 1px solid var(--line); } #filters { display: grid; grid-template-columns: 1fr 1fr; } #filters > :first-child, #filters fieldset { grid-column: 1 / 3; } #filters select, #filters input[type=search] { width: 100%; }
  #filters fieldset label { width: auto; } details { padding: 0 .6rem; }
  thead { display: none; } tr, td { display: block; } td { border: 0; padding: .1rem 0; overflow-wrap: anywhere; } td:empty { display: none; } tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .drawing .drawing-area { grid-template-rows: 1fr auto; } .drawing #details { max-height: 40vh; } }
@media print { nav, #filters, .tools, .skip { display: none; } details::details-content { content-visibility: visible; display: block; } .finding { content-visibility: visible; } }
)css";

}  // namespace fnlint
