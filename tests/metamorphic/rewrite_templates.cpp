// Templates in another order, or as JSON.

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/source/common/syntax.h"
#include "frontends/templates/intrinsics.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <nlohmann/json.hpp>

#include <algorithm>

extern "C" const TSLanguage* tree_sitter_hcl();

namespace fnlint::test {
namespace {

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

// Names of parts that the rest of a text repeats, and comments that hold for what follows them.
bool depends_on_order(std::string_view text) {
  return text.find("fnlint:") != text.npos || text.find(": &") != text.npos ||
         text.find("<<:") != text.npos || text.find('\r') != text.npos;
}

// --- Another order.

// Where what follows a map of the outermost level begins.
std::uint32_t end_of(const Document& document, std::uint32_t begin, std::string_view text) {
  auto end = static_cast<std::uint32_t>(text.size());
  for (const MapEntry& entry : document.entries_of(document[document.roots.front()]))
    if (entry.key_range.begin > begin) end = std::min(end, line_begin(text, entry.key_range.begin));
  return end;
}

void reverse_entries(const Document& document, NodeId map, std::string_view text, Edits& edits) {
  if (document[map].kind != NodeKind::Map || document[map].range.begin >= text.size() ||
      text[document[map].range.begin] == '{')
    return;
  std::vector<std::uint32_t> begins;
  for (const MapEntry& entry : document.entries_of(document[map]))
    begins.push_back(line_begin(text, entry.key_range.begin));
  if (begins.size() < 2 || !std::ranges::is_sorted(begins) ||
      std::ranges::adjacent_find(begins) != begins.end())
    return;
  const std::uint32_t first = begins.front(), end = end_of(document, first, text);
  if (text[end - 1] != '\n') return;
  Pieces reversed;
  for (std::size_t i = begins.size(); i-- > 0;)
    reversed.push_back(edits.copy({begins[i], i + 1 < begins.size() ? begins[i + 1] : end}));
  edits.replace({first, end}, std::move(reversed));
}

void reverse_yaml(const std::string& path, std::string_view text, Rewritten& out) {
  const Document document = read_yaml(text);
  if (!document.complete || document.roots.size() != 1 || depends_on_order(text)) return;
  Edits edits(path, text);
  const NodeId root = document.roots.front();
  for (const std::string_view name : {"Resources", "functions"})
    if (const MapEntry* entry = document.find_entry(root, name))
      reverse_entries(document, entry->value, text, edits);
  put(out, path, edits);
}

void reverse_terraform(const std::string& path, std::string_view text, Rewritten& out) {
  const SyntaxTree tree = parse_syntax(tree_sitter_hcl(), text);
  if (!tree || ts_node_has_error(ts_tree_root_node(tree.get())) || depends_on_order(text)) return;
  std::vector<Range> blocks;
  for_each_node(ts_tree_root_node(tree.get()), [&](TSNode node) {
    if (is(node, {"block"}) && is(ts_node_parent(ts_node_parent(node)), {"config_file"}))
      blocks.push_back(range_of(node));
  });
  Edits edits(path, text);
  if (blocks.size() < 2) return;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    edits.replace(blocks[i], Pieces{edits.copy(blocks[blocks.size() - 1 - i])});
  put(out, path, edits);
}

// --- JSON.

class JsonWriter {
 public:
  JsonWriter(const Document& document, std::string path)
      : document_(document), path_(std::move(path)) {}

  // Nothing where JSON has no words for it.
  std::optional<Pieces> write(NodeId root) {
    value(root, "");
    add("\n");
    if (!can_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void add(std::string text, Range from = {}) {
    out_.push_back({std::move(text), from.end > from.begin ? path_ : std::string(), from});
  }
  void value(NodeId id, const std::string& indent) {
    const Node& node = document_[id];
    if (node.tag.empty()) return untagged(node, indent);
    std::string_view name = "Condition";
    if (node.tag != "!Condition") {
      const Intrinsic* function = intrinsic_of_tag(node.tag);
      can_ = can_ && function != nullptr;
      if (!can_) return;
      name = function->name;
    }
    add(cat("{", nlohmann::json(name).dump(), ": "), node.tag_range);
    const std::size_t dot = node.text.find('.');
    if (name == "Fn::GetAtt" && node.kind == NodeKind::Text && dot != std::string::npos)
      add(nlohmann::json{node.text.substr(0, dot), node.text.substr(dot + 1)}.dump(), node.range);
    else
      untagged(node, indent);
    add("}");
  }
  void untagged(const Node& node, const std::string& indent) {
    if (node.kind == NodeKind::Map) return map(node, indent);
    if (node.kind == NodeKind::List) return list(node, indent);
    if (node.kind == NodeKind::Text) return add(nlohmann::json(node.text).dump(), node.range);
    if (node.kind == NodeKind::Null) return add("null", node.range);
    can_ = can_ && nlohmann::json::accept(node.text);
    add(node.text, node.range);
  }
  void map(const Node& node, const std::string& indent) {
    add("{\n", node.range);
    std::string_view before = "";
    for (const MapEntry& entry : document_.entries_of(node)) {
      add(cat(before, indent, "  "));
      add(nlohmann::json(entry.key).dump(), entry.key_range);
      add(": ");
      value(entry.value, indent + "  ");
      before = ",\n";
    }
    add(cat("\n", indent, "}"));
  }
  void list(const Node& node, const std::string& indent) {
    add("[\n", node.range);
    std::string_view before = "";
    for (const NodeId item : document_.items_of(node)) {
      add(cat(before, indent, "  "));
      value(item, indent + "  ");
      before = ",\n";
    }
    add(cat("\n", indent, "]"));
  }

  const Document& document_;
  std::string path_;
  Pieces out_;
  bool can_ = true;
};

bool is_named_elsewhere(const Files& files, const std::string& path, std::string_view name) {
  return std::ranges::any_of(files, [&](const auto& file) {
    return file.first != path &&
           (file.second.find(name) != std::string::npos || file.first.ends_with(name));
  });
}

void write_json(const Files& files, const std::string& path, const std::string& text,
                Rewritten& out) {
  const std::string name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  if ((name != "template.yaml" && name != "template.yml") || depends_on_order(text) ||
      is_named_elsewhere(files, path, name))
    return;
  const std::string json_path = cat(path.substr(0, path.rfind('.')), ".json");
  const Document document = read_yaml(text);
  if (!document.complete || !document.problems.empty() || document.roots.size() != 1 ||
      document.find_entry(document.roots.front(), "Resources") == nullptr ||
      files.contains(json_path))
    return;
  if (std::optional<Pieces> pieces = JsonWriter(document, path).write(document.roots.front())) {
    out.put(json_path, std::move(*pieces));
    out.remove(path);
  }
}

}  // namespace

std::optional<Rewritten> with_resources_in_reverse(const Files& files) {
  Rewritten out;
  for (const auto& [path, text] : files) {
    if (is_yaml(path)) reverse_yaml(path, text, out);
    if (path.ends_with(".tf")) reverse_terraform(path, text, out);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

std::optional<Rewritten> with_json_templates(const Files& files) {
  Rewritten out;
  for (const auto& [path, text] : files) write_json(files, path, text, out);
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace fnlint::test
