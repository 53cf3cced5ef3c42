// The event graph as text for Graphviz and for Mermaid.

#include "report/graph.h"

#include "core/text.h"
#include "report/unicode.h"

namespace fnlint {

namespace {

struct Shape {
  std::string_view kind = {}, dot = {}, open = {}, close = {};
};
// How a kind of resource is drawn; others are boxes.
constexpr Shape kShapes[] = {{"function", "box\" style=\"rounded,filled", "(", ")"},
                             {"bucket", "cylinder", "[(", ")]"},
                             {"table", "cylinder", "[(", ")]"},
                             {"queue", "cds", "[[", "]]"},
                             {"topic", "cds", "[[", "]]"},
                             {"stream", "cds", "[[", "]]"},
                             {"event bus", "hexagon", "{{", "}}"}};

Shape shape_of(std::string_view kind) {
  for (const Shape& shape : kShapes)
    if (shape.kind == kind) return shape;
  return {kind, "box", "[", "]"};
}

std::string_view color_of(std::string_view level) {
  if (level == "error") return "#f4b6b0";
  if (level == "warning") return "#f8dca0";
  return level == "note" ? "#cfe3f7" : "#f2f2f2";
}

std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string_view dot_style(const GraphEdge& edge) {
  switch (edge.kind) {
    case GraphEdgeKind::Trigger: return "solid";
    case GraphEdgeKind::Effect: return "bold";
    case GraphEdgeKind::Forward: return "dashed";
    case GraphEdgeKind::Failure: return "dotted";
  }
  return "solid";
}

// In quotes, entities stand for what Mermaid would read as its own.
std::string mermaid_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) {
    switch (c) {
      case '"': out += "#quot;"; break;
      case '#': out += "#35;"; break;
      case '<': out += "#lt;"; break;
      case '>': out += "#gt;"; break;
      default: out += c;
    }
  }
  return out + '"';
}

std::string_view mermaid_arrow(const GraphEdge& edge) {
  if (edge.in_loop) return "==>";
  const bool thin = edge.kind == GraphEdgeKind::Forward || edge.kind == GraphEdgeKind::Failure;
  return thin ? "-.->" : "-->";
}

}  // namespace

std::string dot_graph(const GraphPicture& picture) {
  std::string out = "digraph events {\n  rankdir=LR;\n  node [fontname=\"sans-serif\" "
                    "style=filled fillcolor=\"#f2f2f2\"];\n  edge [fontname=\"sans-serif\" "
                    "fontsize=10];\n";
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const GraphNode& node = picture.nodes[i];
    out += cat("  n", i, " [label=", dot_text(node.name), " shape=\"", shape_of(node.kind).dot,
               "\" fillcolor=\"", color_of(node.level), "\" tooltip=",
               dot_text(cat(node.kind, node.path.empty() ? "" : cat(" ", node.path, ':', node.line))),
               "];\n");
  }
  for (const GraphEdge& edge : picture.edges)
    out += cat("  n", edge.from, " -> n", edge.to, " [label=", dot_text(edge.label), " style=",
               dot_style(edge), edge.in_loop ? " color=\"#c0392b\"" : "", "];\n");
  return out + "}\n";
}

std::string mermaid_graph(const GraphPicture& picture) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const Shape shape = shape_of(picture.nodes[i].kind);
    out += cat("  n", i, shape.open, mermaid_text(picture.nodes[i].name), shape.close, '\n');
  }
  for (const GraphEdge& edge : picture.edges)
    out += cat("  n", edge.from, ' ', mermaid_arrow(edge),
               edge.label.empty() ? std::string() : cat('|', mermaid_text(edge.label), '|'), " n",
               edge.to, '\n');
  for (const std::string_view level : {"error", "warning", "note"}) {
    std::string members;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
      if (picture.nodes[i].level == level) members += cat(members.empty() ? "n" : ",n", i);
    if (!members.empty())
      out += cat("  classDef ", level, " fill:", color_of(level), ",stroke:#555\n  class ", members,
                 ' ', level, '\n');
  }
  return out;
}

}  // namespace fnlint
