// The syntax of Architect's manifests, in both of its forms, as one tree.
#pragma once

#include "core/problem.h"
#include "core/span.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A word of a manifest of Architect's, without its quotes.
struct ArcWord {
  std::string text = {};
  Range where = {};
};
// A line, and the lines that are indented below it.
struct ArcItem {
  std::vector<ArcWord> words = {};
  std::vector<ArcItem> below = {};
  // What an item below says: "server" of "src server"; null: there is none.
  [[nodiscard]] const ArcWord* value(std::string_view name) const;
};
struct ArcPragma {
  std::string name = {};  // "http" of "@http"
  Range where = {};
  std::vector<ArcItem> items = {};
};
struct ArcManifest {
  std::vector<ArcPragma> pragmas = {};
  Problems problems = {};
  bool complete = true;
  [[nodiscard]] const ArcPragma* find(std::string_view name) const;
};

// app.arc: pragmas, each with lines of words.
[[nodiscard]] ArcManifest read_arc(std::string_view text);
// arc.json, arc.yaml: the same as a map of pragmas.
[[nodiscard]] ArcManifest read_arc_document(std::string_view text, bool json);

}  // namespace fnlint
