// Nests lines by their indentation, and reads JSON and YAML into the same tree.

#include "frontends/templates/arc_manifest.h"

#include "core/text.h"
#include "frontends/documents/document.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kDeepest = 4;  // the format has three levels

bool is_arc_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The words of a line, up to a comment.
std::vector<ArcWord> label_of(std::string_view line, std::uint32_t begin) {
  std::vector<ArcWord> words;
  for (std::size_t at = 0; at < line.size();) {
    if (is_arc_blank(line[at])) {
      ++at;
      continue;
    }
    if (line[at] == '#') break;
    std::size_t end = at;
    const bool quoted = line[at] == '"' && line.find('"', at + 1) != line.npos;
    if (quoted)
      end = line.find('"', at + 1) + 1;
    else
      while (end < line.size() && !is_arc_blank(line[end])) ++end;
    const std::string_view word = line.substr(at, end - at);
    words.push_back(
        {std::string(quoted ? word.substr(1, word.size() - 2) : word),
         {begin + static_cast<std::uint32_t>(at), begin + static_cast<std::uint32_t>(end)}});
    at = end;
  }
  return words;
}

// Lines under the lines that they are indented below.
class Indented {
 public:
  explicit Indented(ArcPragma& pragma) : pragma_(pragma) {}

  void add(std::size_t indent, std::vector<ArcWord> words) {
    while (!open_.empty() && (open_.back().indent >= indent || open_.size() >= kDeepest))
      open_.pop_back();
    // An item's vector may move while it grows, so what is open is named by rows.
    std::vector<ArcItem>* list = &pragma_.items;
    for (const Open& one : open_) list = &(*list)[one.row].below;
    list->push_back({std::move(words), {}});
    open_.push_back({indent, list->size() - 1});
  }

 private:
  struct Open {
    std::size_t indent = 0, row = 0;
  };
  ArcPragma& pragma_;
  std::vector<Open> open_ = {};
};

class DocumentManifest {
 public:
  explicit DocumentManifest(const Document& document) : document_(document) {}

  ArcPragma pragma(const MapEntry& entry) const {
    ArcPragma pragma{entry.key, entry.key_range, {}};
    const Node& value = document_[entry.value];
    if (value.kind == NodeKind::Map)
      for (const MapEntry& one : document_.entries_of(value)) pragma.items.push_back(named(one, 0));
    else if (value.kind == NodeKind::List)
      for (const NodeId one : document_.items_of(value)) pragma.items.push_back(item(one));
    else
      pragma.items.push_back({words(entry.value), {}});
    return pragma;
  }

 private:
  // A text of several words is one in the other form: "rate(1 day)", but also "get /cats".
  [[nodiscard]] std::vector<ArcWord> words(NodeId id) const {
    const Node& node = document_[id];
    if (node.kind == NodeKind::Null) return {};
    return {{node.text, node.range}};
  }
  [[nodiscard]] ArcItem item(NodeId id) const {
    const Node& node = document_[id];
    if (node.kind == NodeKind::Map && node.entries.count > 0)
      return named(document_.entries_of(node).front(), 0);
    ArcItem made;
    if (node.kind != NodeKind::List) {
      made.words = words(id);
      return made;
    }
    for (const NodeId one : document_.items_of(node))
      for (ArcWord& word : words(one)) made.words.push_back(std::move(word));
    return made;
  }
  [[nodiscard]] ArcItem named(const MapEntry& entry, std::size_t depth) const {
    ArcItem made{{{entry.key, entry.key_range}}, {}};
    const Node& value = document_[entry.value];
    if (value.kind == NodeKind::Map && depth < kDeepest) {
      for (const MapEntry& one : document_.entries_of(value))
        made.below.push_back(named(one, depth + 1));
    } else if (value.kind == NodeKind::List) {
      for (const NodeId one : document_.items_of(value)) made.below.push_back(item(one));
    } else {
      for (ArcWord& word : words(entry.value)) made.words.push_back(std::move(word));
    }
    return made;
  }

  const Document& document_;
};

}  // namespace

const ArcWord* ArcItem::value(std::string_view name) const {
  for (const ArcItem& item : below)
    if (item.words.size() > 1 && item.words[0].text == name) return &item.words[1];
  return nullptr;
}

const ArcPragma* ArcManifest::find(std::string_view name) const {
  const auto found = std::ranges::find(pragmas, name, &ArcPragma::name);
  return found == pragmas.end() ? nullptr : &*found;
}

ArcManifest read_arc(std::string_view text) {
  ArcManifest manifest;
  std::vector<Indented> open;
  std::uint32_t begin = 0;
  for (const std::string_view line : split(text, '\n')) {
    std::vector<ArcWord> words = label_of(line, begin);
    const std::size_t indent =
        static_cast<std::size_t>(std::ranges::find_if_not(line, is_arc_blank) - line.begin());
    begin += static_cast<std::uint32_t>(line.size()) + 1;
    if (words.empty()) continue;
    if (words.front().text.starts_with('@') && indent == 0) {
      manifest.pragmas.push_back({words.front().text.substr(1), words.front().where, {}});
      open.clear();
    } else if (!manifest.pragmas.empty()) {
      if (open.empty()) open.emplace_back(manifest.pragmas.back());
      open.back().add(indent, std::move(words));
    }
  }
  return manifest;
}

ArcManifest read_arc_document(std::string_view text, bool json) {
  const Document document = json ? read_json(text) : read_yaml(text);
  ArcManifest manifest{{}, document.problems, document.complete};
  if (document.roots.empty() || document[document.roots.front()].kind != NodeKind::Map)
    return manifest;
  for (const MapEntry& entry : document.entries_of(document[document.roots.front()]))
    manifest.pragmas.push_back(DocumentManifest(document).pragma(entry));
  return manifest;
}

}  // namespace fnlint
