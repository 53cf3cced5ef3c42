// Parses texts with marks in the place of holes, and puts the values back.

#include "link/stacks/stack_json.h"

#include "core/json.h"
#include "frontends/documents/document.h"
#include "link/stacks/written_json.h"

namespace fnlint::stacks {

namespace {

using Json = nlohmann::ordered_json;

// Marks that stand outside of a string are made strings, so that the text is JSON.
std::string quoted_marks(std::string_view text) {
  constexpr std::string_view kOpen = "\xEE\x80\x80", kClose = "\xEE\x80\x81";
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside && text[i] == '\\' && i + 1 < text.size()) {
      out += text[i];
      out += text[++i];
      continue;
    }
    if (text[i] == '"') inside = !inside;
    const bool opens = !inside && text.substr(i).starts_with(kOpen);
    const std::size_t close = opens ? text.find(kClose, i) : text.npos;
    if (close != text.npos) {
      out += '"';
      out += text.substr(i, close + kClose.size() - i);
      out += '"';
      i = close + kClose.size() - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

Json parsed_with_marks(std::string_view text) {
  Json json = parse_json<Json>(text);
  if (json.is_discarded()) json = parse_json<Json>(quoted_marks(text));
  return json;
}

ValueId value_of(ValuePool& pool, const Json& json, std::span<const ValueId> holes) {
  switch (json.type()) {
    case Json::value_t::null: return pool.null();
    case Json::value_t::boolean: return pool.boolean(json.get<bool>());
    case Json::value_t::string: return unmarked(pool, json.get_ref<const std::string&>(), holes);
    case Json::value_t::array: {
      std::vector<ValueId> items;
      for (const Json& item : json) items.push_back(value_of(pool, item, holes));
      return pool.list(items);
    }
    case Json::value_t::object: {
      std::vector<NamedValue> entries;
      for (const auto& [key, item] : json.items())
        entries.push_back({pool.string(key), value_of(pool, item, holes)});
      return pool.record(entries);
    }
    default: return pool.number(json.dump());
  }
}

// A text with marks for what is not known of it.
LongText marked(const ValuePool& pool, ValueId value) {
  LongText text;
  if (pool.is(value, ValueKind::Text)) {
    text.text = pool.text(value);
  } else if (pool.is(value, ValueKind::Pattern)) {
    for (const ValueId part : pool.operands(value)) {
      if (const auto literal = as_text(pool, part)) {
        text.text += *literal;
      } else {
        text.text += hole_mark(text.holes.size());
        text.holes.push_back(part);
      }
    }
  }
  return text;
}

// The values below a text of JSON, all of them at one place.
class JsonBelow {
 public:
  JsonBelow(LinkContext& build, Span where, std::span<const ValueId> holes)
      : build_(build), where_(where), holes_(holes) {}

  ValueId locate(const Json& json, std::string_view name) {
    ValuePool& pool = build_.pool;
    if (build_.nodes_left == 0)
      return pool.with_uncertainty(pool.unknown("a text with too many values"), kCut);
    --build_.nodes_left;
    LocatedTree& tree = build_.attributes;
    const std::uint32_t row = tree.open(name, {.key = where_, .where = where_}, {});
    const ValueId value = json.is_object()  ? record(json)
                          : json.is_array() ? list(json)
                                            : value_of(pool, json, holes_);
    tree.close(row, value);
    return value;
  }

 private:
  ValueId record(const Json& json) {
    std::vector<NamedValue> entries;
    for (const auto& [key, item] : json.items())
      entries.push_back({build_.pool.string(key), locate(item, key)});
    return build_.pool.record(entries);
  }
  ValueId list(const Json& json) {
    std::vector<ValueId> items;
    for (const Json& item : json) items.push_back(locate(item, std::to_string(items.size())));
    return build_.pool.list(items);
  }

  LinkContext& build_;
  Span where_;
  std::span<const ValueId> holes_;
};

// A value as JSON, with a mark for each part that is not known. Values share their parts, which are
// written out wherever they stand: up to a limit.
class MarkedJson {
 public:
  explicit MarkedJson(const ValuePool& pool) : pool_(pool) {}

  Json of(ValueId value) {
    switch (pool_[value].kind) {
      case ValueKind::Null: take(1); return nullptr;
      case ValueKind::Bool: take(1); return as_text(pool_, value) == "true";
      case ValueKind::Text: take(pool_.text(value).size()); return std::string(pool_.text(value));
      case ValueKind::Number:
        take(1);
        return Json::parse(as_text(pool_, value).value_or("0"), nullptr, false);
      case ValueKind::List: {
        Json list = Json::array();
        for (const ValueId item : pool_.operands(value))
          if (take(1)) list.push_back(of(item));
        return list;
      }
      case ValueKind::Record: return record(value);
      case ValueKind::Pattern: {
        std::string text;
        for (const ValueId part : pool_.operands(value)) {
          const auto literal = as_text(pool_, part);
          text += literal ? std::string(*literal) : mark(part);
        }
        take(text.size());
        return text;
      }
      default: return mark(value);
    }
  }
  [[nodiscard]] bool is_cut() const { return left_ == 0; }
  [[nodiscard]] std::span<const ValueId> holes() const { return holes_; }

 private:
  bool take(std::size_t bytes) {
    left_ -= std::min(left_, bytes + 1);
    return left_ > 0;
  }
  std::string mark(ValueId hole) {
    take(1);
    holes_.push_back(hole);
    return hole_mark(holes_.size() - 1);
  }
  Json record(ValueId value) {
    Json record = Json::object();
    for (std::size_t i = 0; i < pool_.operands(value).size(); ++i) {
      const std::string_view name = pool_[pool_.names(value)[i]];
      if (take(name.size())) record[std::string(name)] = of(pool_.operands(value)[i]);
    }
    return record;
  }

  const ValuePool& pool_;
  std::vector<ValueId> holes_;
  std::size_t left_ = kTextInput;
};

}  // namespace

ValueId json_text(ValuePool& pool, ValueId value) {
  MarkedJson writer(pool);
  const Json json = writer.of(value);
  const std::uint8_t uncertainty = pool[value].uncertainty;
  if (writer.is_cut())
    return pool.with_uncertainty(pool.unknown("a text that is too long"),
                              static_cast<std::uint8_t>(uncertainty | kCut));
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return pool.with_uncertainty(unmarked(pool, text, writer.holes()), uncertainty);
}

ValueId json_value(LinkContext& build, ValueId value) {
  ValuePool& pool = build.pool;
  if (!value.exists()) return value;
  if (pool.is(value, ValueKind::OneOf)) {
    std::vector<Alternative> alternatives;
    for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
      alternatives.push_back({json_value(build, pool.operands(value)[i]), pool.guards(value)[i]});
    return pool.one_of(alternatives);
  }
  if (!pool.is(value, ValueKind::Text) && !pool.is(value, ValueKind::Pattern)) return value;
  return pool.with_uncertainty(json_value(build, marked(pool, value)), pool[value].uncertainty);
}

namespace {

class YamlValues {
 public:
  YamlValues(LinkContext& build, const Document& document, std::span<const ValueId> holes)
      : build_(build), document_(document), holes_(holes) {}

  ValueId value(NodeId id) {
    ValuePool& pool = build_.pool;
    if (build_.nodes_left == 0)
      return pool.with_uncertainty(pool.unknown("a text with too many values"), kCut);
    --build_.nodes_left;
    const fnlint::Node& node = document_[id];
    switch (node.kind) {
      case NodeKind::Null: return pool.null();
      case NodeKind::Bool: return pool.boolean(node.text == "true");
      case NodeKind::Number: return pool.number(node.text);
      case NodeKind::Text: return unmarked(pool, node.text, holes_);
      case NodeKind::List: break;
      case NodeKind::Map: return record(node);
    }
    std::vector<ValueId> items;
    for (const NodeId item : document_.items_of(node)) items.push_back(value(item));
    return pool.list(items);
  }

 private:
  ValueId record(const fnlint::Node& node) {
    std::vector<NamedValue> entries;
    for (const MapEntry& entry : document_.entries_of(node))
      entries.push_back({build_.pool.string(entry.key), value(entry.value)});
    return build_.pool.record(entries);
  }

  LinkContext& build_;
  const Document& document_;
  std::span<const ValueId> holes_;
};

}  // namespace

ValueId yaml_value(LinkContext& build, const LongText& text) {
  const Document document = read_yaml(text.text);
  if (document.roots.empty() || !document.complete)
    return build.pool.unknown("this text is not readable as YAML");
  return YamlValues(build, document, text.holes).value(document.roots.front());
}

ValueId json_value(LinkContext& build, const LongText& text) {
  const Json json = parsed_with_marks(text.text);
  if (json.is_discarded()) return build.pool.unknown("this text is not readable as JSON");
  return value_of(build.pool, json, text.holes);
}

LongText marked_text(const ValuePool& pool, ValueId value) { return marked(pool, value); }

ValueId document_value(LinkContext& build, const Node& node) {
  if (!node) return {};
  return node.has_children() ? node.value() : json_value(build, node.value());
}

Node locate_json_value(LinkContext& build, ValueId text, Span where) {
  return text.exists() ? locate_json(build, marked(build.pool, text), where) : Node{};
}

Node locate_json(LinkContext& build, const LongText& text, Span where) {
  const std::uint32_t row = build.attributes.size();
  if (!locate_written_json(build, text, where)) {
    const Json json = parsed_with_marks(text.text);
    if (json.is_discarded()) return {};
    JsonBelow(build, where, text.holes).locate(json, "");
  }
  return build.attributes.size() > row ? build.attributes.node(row) : Node{};
}

}  // namespace fnlint::stacks
