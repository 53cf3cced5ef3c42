// JSON that a template holds as a text: where each of its values lies.

#include "link/stacks/written_json.h"

#include "frontends/documents/document.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

// Offsets of a text as places in the template.
class TextPlaces {
 public:
  TextPlaces(const LinkContext& build, const LongText& text, Span where)
      : build_(build), text_(text), where_(where) {}

  [[nodiscard]] Span span(Range range) const {
    if (!text_.from.exists() || range.end <= range.begin || !is_here(range.begin)) return where_;
    const std::uint32_t begin = offset(range.begin);
    const std::uint32_t last = is_here(range.end - 1) ? offset(range.end - 1) : begin;
    return build_.span(text_.from, {begin, std::max(begin, last) + 1});
  }

 private:
  // In a literal of the template.
  [[nodiscard]] bool is_here(std::uint32_t at) const {
    const auto after = std::ranges::upper_bound(text_.elsewhere, at, {}, &Range::begin);
    const bool is_elsewhere = after != text_.elsewhere.begin() && at < std::prev(after)->end;
    return !is_elsewhere && !text_.places.empty() && text_.places.front().text_begin <= at;
  }

  [[nodiscard]] std::uint32_t offset(std::uint32_t at) const {
    const auto after = std::ranges::upper_bound(text_.places, at, {}, &TextPlace::text_begin);
    const TextPlace& place = *std::prev(after);
    return place.file_begin + (at - place.text_begin);
  }

  const LinkContext& build_;
  const LongText& text_;
  Span where_;
};

class WrittenJson {
 public:
  WrittenJson(LinkContext& build, const Document& document, const LongText& text, Span where)
      : build_(build), document_(document), text_(text), places_(build, text, where) {}

  ValueId locate(NodeId id, std::string_view name, Span key) {
    ValuePool& pool = build_.pool;
    if (build_.nodes_left == 0)
      return pool.with_uncertainty(pool.unknown("a text with too many values"), kCut);
    --build_.nodes_left;
    const fnlint::Node& node = document_[id];
    const std::uint32_t row =
        build_.attributes.open(name, {.key = key, .where = places_.span(node.range)}, {});
    const ValueId value = value_of(node);
    build_.attributes.close(row, value);
    return value;
  }

  [[nodiscard]] Span span(NodeId id) const { return places_.span(document_[id].range); }

 private:
  ValueId value_of(const fnlint::Node& node) {
    ValuePool& pool = build_.pool;
    switch (node.kind) {
      case NodeKind::Null: return pool.null();
      case NodeKind::Bool: return pool.boolean(node.text == "true");
      case NodeKind::Number: return pool.number(node.text);
      case NodeKind::Text: return unmarked(pool, node.text, text_.holes);
      case NodeKind::Map: return record(node);
      case NodeKind::List: break;
    }
    std::vector<ValueId> items;
    for (const NodeId item : document_.items_of(node))
      items.push_back(locate(item, std::to_string(items.size()), span(item)));
    return pool.list(items);
  }

  ValueId record(const fnlint::Node& node) {
    std::vector<NamedValue> entries;
    for (const MapEntry& entry : document_.entries_of(node))
      entries.push_back({build_.pool.string(entry.key),
                         locate(entry.value, entry.key, places_.span(entry.key_range))});
    return build_.pool.record(entries);
  }

  LinkContext& build_;
  const Document& document_;
  const LongText& text_;
  TextPlaces places_;
};

}  // namespace

bool locate_written_json(LinkContext& build, const LongText& text, Span where) {
  const Document document = read_json(text.text);
  if (!document.complete || document.roots.size() != 1 || !document.problems.empty()) return false;
  WrittenJson(build, document, text, where).locate(document.roots.front(), "", where);
  return true;
}

}  // namespace fnlint::stacks
