#include "core/text.h"
#include "values/filter.h"
#include "values/functions.h"
#include "values/utf8.h"

// Letters, blanks and encodings of texts, part by part.
namespace fnlint {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// Each literal part by `map`; what is not known is kept under the function's name.
template <class Map>
ValueId map_parts(ValuePool& pool, std::string_view name, ValueId value, Map map) {
  const bool is_truth = pool.is(value, ValueKind::Bool);
  if (!is_truth && !is_text_like(pool[value].kind)) return {};
  if (pool.is(value, ValueKind::Computed) && pool.text(value) == name) return value;
  if (!pool.is(value, ValueKind::Pattern) && !is_truth && !is_text(pool, value)) return {};
  std::vector<ValueId> parts;
  for (const ValueId part : parts_of(pool, value)) {
    const bool is_done = pool.is(part, ValueKind::Computed) && pool.text(part) == name;
    std::optional<std::string_view> text = known_text(pool, part);
    // Languages differ in the case of its text alone.
    const bool is_made_text = pool.opcode(part) == Opcode::ToText;
    const ValueId content = is_made_text ? pool.operands(part)[0] : part;
    if (pool.is(content, ValueKind::Bool))
      text = truth(pool, content) == Answer::Yes ? "true" : "false";
    if (text && is_ascii(*text))
      parts.push_back(pool.long_text(map(*text)));
    else
      parts.push_back(is_done ? part : pool.computed(name, std::array{part}));
  }
  return pool.concat(parts);
}

bool is_unreserved(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.~").find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(text, plain);
}

}  // namespace

ValueId compute_lower(ValuePool& pool, Operands operands) {
  return map_parts(pool, "lower", operands[0], [](std::string_view text) { return lower(text); });
}
ValueId compute_upper(ValuePool& pool, Operands operands) {
  return map_parts(pool, "upper", operands[0], [](std::string_view text) { return upper(text); });
}

ValueId compute_concat(ValuePool& pool, Operands operands) { return pool.concat(operands); }

// JavaScript has one method for texts and lists; a list is known by its own elements alone.
ValueId compute_appended(ValuePool& pool, Operands operands) {
  return is_textual(pool, operands[0]) ? pool.concat(operands) : operands[0];
}

ValueId compute_to_text(ValuePool& pool, Operands operands) {
  const ValueKind kind = pool[operands[0]].kind;
  if (is_text_like(kind)) return operands[0];
  if (kind == ValueKind::Number || kind == ValueKind::Bool) return pool.concat(operands);
  return {};
}

// Event keys are spoken of as they are stored, so decoding changes nothing; what a literal would
// become differs between the functions of that name.
ValueId compute_url_decode(ValuePool& pool, Operands operands) {
  if (!is_text_like(pool[operands[0]].kind)) return {};
  const bool encoded =
      is_text(pool, operands[0]) && pool.text(operands[0]).find_first_of("%+") != std::string::npos;
  return encoded ? ValueId{} : operands[0];
}

// A long one stays a computation: its size is known all the same.
ValueId compute_repeat(ValuePool& pool, Operands operands) {
  const std::optional<std::string_view> text = known_text(pool, operands[0]);
  const std::optional<std::int64_t> count = as_integer(pool, operands[1]);
  constexpr auto kMostTimes = static_cast<std::int64_t>(kTextBytes);
  if (!text || !count || *count < 0 || *count > kMostTimes ||
      text->size() * static_cast<std::size_t>(*count) > kTextBytes)
    return {};
  std::string whole;
  for (std::int64_t i = 0; i < *count; ++i) whole += *text;
  return pool.text_value(whole);
}

// Of what is read again after it was put into another form, the form is not followed.
ValueId compute_same(ValuePool&, Operands operands) { return operands[0]; }

// Only what every encoding leaves as it is.
ValueId compute_url_encode(ValuePool& pool, Operands operands) {
  const std::optional<std::string_view> text = known_text(pool, operands[0]);
  return text && is_unreserved(*text) ? operands[0] : ValueId{};
}

namespace {

bool is_text_of_event(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('.') + 1);
  return last.empty() || last == "body" || last == "Message";
}

}  // namespace

ValueId compute_json_decode(ValuePool& pool, Operands operands) {
  const ValueId value = operands[0];
  if (pool.opcode(value) == Opcode::JsonEncode) return pool.operands(value)[0];
  if (pool.is(value, ValueKind::Record) || pool.is(value, ValueKind::List)) return value;
  // `json.toString()` of a library's own objects.
  if (pool.opcode(value) == Opcode::ToText && pool.is(pool.operands(value)[0], ValueKind::Record))
    return pool.operands(value)[0];
  // The whole event, where the runtime hands it over as text, or what a message carries as one.
  const bool is_event = pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event;
  if (is_event && is_text_of_event(pool.text(value))) return value;
  if (pool.is(value, ValueKind::Pattern)) return value_of_json_pattern(pool, value);
  const std::optional<std::string_view> text = known_text(pool, value);
  return text && text->size() <= kTextBytes ? value_of_json(pool, *text) : ValueId{};
}

}  // namespace fnlint
