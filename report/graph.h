// The event graph as it is drawn, without anything of the linked model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// The event graph of a run, as pictures show it: functions, the resources around them, and what
// sends events to what.
struct GraphNode {
  std::string name = {}, kind = {};  // "Thumbs", "function"
  std::string path = {};             // where it is declared; empty: no template of the run does
  std::size_t line = 0;
  std::string level = {};  // of its worst finding: "error", "warning", "note"; empty: none
  std::vector<std::string> findings = {};  // in words
};
enum class GraphEdgeKind : std::uint8_t { Trigger, Effect, Forward, Failure };
struct GraphEdge {
  std::size_t from = 0, to = 0;  // rows of the nodes
  GraphEdgeKind kind{};
  std::string label = {};  // what is asked or done: "s3.PutObject", "prefix in/"
  std::string path = {};
  std::size_t line = 0;
  bool in_loop = false;
};
struct GraphPicture {
  std::string title = {};
  std::string base = {};  // what leads from a page to where paths begin: "", "../shop"
  std::vector<GraphNode> nodes = {};
  std::vector<GraphEdge> edges = {};
};

std::string dot_graph(const GraphPicture& picture);
std::string mermaid_graph(const GraphPicture& picture);
// One page that needs nothing else: search, zoom, details with the place in the source.
std::string html_graph(const GraphPicture& picture);

}  // namespace fnlint
