#include "core/text.h"
#include "report/html.h"
#include "report/unicode.h"
#include "report/uri.h"
#include "report/words.h"

// The event graph on the page: its data, and the frame that its script fills.
namespace fnlint {

namespace {

std::string_view edge_word(GraphEdgeKind kind) {
  switch (kind) {
    case GraphEdgeKind::Trigger: return "trigger";
    case GraphEdgeKind::Effect: return "effect";
    case GraphEdgeKind::Forward: return "forward";
    case GraphEdgeKind::Failure: return "failure";
  }
  return {};
}

constexpr std::string_view kCanvas =
    R"(<noscript><p>The picture needs JavaScript.</p></noscript>
<div class="tools"><label>Find <input type="search" id="graph-search" placeholder="name or kind"></label>
<label><input type="checkbox" id="graph-loops"> only loops and findings</label>
<span class="zoom"><button type="button" id="graph-out" aria-label="Smaller">−</button>
<button type="button" id="graph-fit">Fit</button>
<button type="button" id="graph-in" aria-label="Larger">+</button></span></div>
<ul class="legend"><li class="error">error</li><li class="warning">warning</li><li class="note">note</li>
<li class="loop">loop</li><li class="effect">what code does</li><li class="trigger">starts</li>
<li class="forward">forwards</li><li class="failure">on failure</li></ul>
<div class="drawing-area"><svg id="canvas" role="group" aria-label="The event graph"></svg>
<aside id="details" aria-live="polite"></aside></div>
<details id="graph-table"><summary>The same as a table</summary></details>
)";

}  // namespace

Json json_of(const GraphPicture& picture) {
  const auto link = [&picture](const std::string& path) {
    return uri_of(picture.base.empty() ? path : cat(picture.base, '/', path));
  };
  Json nodes = Json::array(), edges = Json::array();
  for (const GraphNode& node : picture.nodes) {
    Json findings = Json::array();
    for (const std::string& each : node.findings) findings.push_back(one_line(each));
    nodes.push_back({{"name", one_line(node.name)},
                     {"kind", one_line(node.kind)},
                     {"path", one_line(node.path)},
                     {"link", link(node.path)},
                     {"line", node.line},
                     {"level", node.level},
                     {"findings", std::move(findings)}});
  }
  for (const GraphEdge& edge : picture.edges)
    edges.push_back({{"from", edge.from},
                     {"to", edge.to},
                     {"kind", edge_word(edge.kind)},
                     {"label", one_line(edge.label)},
                     {"path", one_line(edge.path)},
                     {"link", link(edge.path)},
                     {"line", edge.line},
                     {"loop", edge.in_loop}});
  return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

std::string html_canvas(const GraphPicture& picture, std::string_view heading) {
  std::string out = cat("<section id=\"graph\" aria-labelledby=\"graph-title\">\n<", heading,
                        " id=\"graph-title\">Event graph</", heading, ">\n");
  out += cat("<p class=\"about\">", counted(picture.nodes.size(), "resource"), ", ",
             counted(picture.edges.size(), "connection"), "</p>\n");
  if (picture.nodes.empty())
    out += "<p>No template here declares a function.</p>\n";
  else
    out += kCanvas;
  return out + "</section>\n";
}

}  // namespace fnlint
