// Strings: literals, f-strings, "{}".format() and "%s" %.
#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

ExprId PythonLowering::string(NodeId node) {
  std::string literal;
  Range literal_range;
  std::vector<ExprId> parts;
  if (kind(node) == Py::ConcatenatedString) {
    for (const NodeId part : nodes_.children(node))
      if (kind(part) == Py::String) string_parts(part, literal, literal_range, parts);
  } else {
    string_parts(node, literal, literal_range, parts);
  }
  if (is_template(node)) return out_.unknown("template string", range(node));
  if (parts.empty()) return out_.text(literal, range(node));
  flush_text(literal, literal_range, parts);
  return out_.concat(parts, range(node));
}

void PythonLowering::string_parts(NodeId node, std::string& literal, Range& literal_range,
                                  std::vector<ExprId>& parts) {
  const StringBody body = string_body(node);
  if (body.prefix.is_template) feature("template-string", "3.14", node);
  std::uint32_t reached = body.range.begin;
  const auto add_text = [&](std::uint32_t end) {
    if (end <= reached) return;
    if (literal.empty()) literal_range.begin = reached;
    literal_range.end = end;
    const std::string_view written = text_.substr(reached, end - reached);
    if (const std::optional<std::string> plain = unescape(written, body.prefix)) {
      literal += *plain;
    } else {
      flush_text(literal, literal_range, parts);
      parts.push_back(out_.unknown("named character", {reached, end}));
    }
  };
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) != Py::Interpolation) continue;
    if (!body.prefix.is_template) newer_interpolation(part, body.quotes);
    add_text(range(part).begin);
    interpolation(part, literal, literal_range, parts);
    reached = range(part).end;
  }
  add_text(body.range.end);
}

// What stands between the quotes. The grammar's own nodes for it are missing in some raw strings.
PythonLowering::StringBody PythonLowering::string_body(NodeId node) const {
  const NodeId start = nodes_.first_child(node);
  if (!is(start, Py::StringStart)) return {.range = {range(node).end, range(node).end}};
  StringBody body{.prefix = string_prefix(text(start)),
                  .range = {range(start).end, range(node).end}};
  std::string_view& quotes = body.quotes = text(start);
  quotes.remove_prefix(std::min(quotes.find_first_of("\"'"), quotes.size()));
  const std::uint32_t length = body.range.end - body.range.begin;
  const bool is_closed = length >= quotes.size() && text(node).ends_with(quotes);
  if (is_closed) body.range.end -= static_cast<std::uint32_t>(quotes.size());
  return body;
}

// Until 3.12 an f-string was a string first: its quotes ended it wherever they stood, and what was
// put in could have no backslash, nor a line's end where the string had none (PEP 701). A comment
// in it is rare, and not looked for.
void PythonLowering::newer_interpolation(NodeId node, std::string_view quotes) {
  const std::string_view written = text(node);
  if (!quotes.empty() && written.find(quotes) != written.npos)
    feature("f-string-own-quotes", "3.12", node);
  if (quotes.size() == 1 && written.find('\n') != written.npos)
    feature("f-string-line-break", "3.12", node);
  const NodeId value = child(node, PyField::Expression);
  if (value != kNoNode && text(value).find('\\') != written.npos)
    feature("f-string-backslash", "3.12", node);
}

void PythonLowering::interpolation(NodeId node, std::string& literal, Range& literal_range,
                                   std::vector<ExprId>& parts) {
  const NodeId value = child(node, PyField::Expression);
  std::string_view conversion, specification;
  NodeId format = kNoNode;
  std::uint32_t end = range(node).end;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::TypeConversion) conversion = text(part);
    if (kind(part) == Py::FormatSpecifier) format = part;
    const bool behind = value != kNoNode && range(part).begin >= range(value).end;
    if (behind && range(part).begin < end) end = range(part).begin;
  }
  if (format != kNoNode) specification = text(format).substr(1);
  if (value == kNoNode) return;
  bool shows_name = false;  // f"{x=}"
  if (text_.substr(range(value).end, end - range(value).end).find('=') != std::string_view::npos) {
    feature("f-string-equals", "3.8", node);
    if (literal.empty()) literal_range.begin = range(value).begin;
    literal += cat(text(value), "=");
    literal_range.end = end;
    shows_name = true;
  }
  flush_text(literal, literal_range, parts);
  const ExprId shown = expression(value);
  if (format != kNoNode && has_ops(format)) salvage_parts(format);
  if (shows_name && conversion.empty()) conversion = "!r";
  const std::string layout = layout_of(specification, conversion);
  if (layout.empty() && out_.expr(shown).kind == ExprKind::Concat)
    add_parts(shown, parts);
  else
    parts.push_back(laid_out(layout, shown, range(node)));
}

// t"..." makes an object, not a text.
bool PythonLowering::is_template(NodeId node) const {
  for (NodeId at = node; at < nodes_[node].next; ++at)
    if (kind(at) == Py::StringStart) return string_prefix(text(at)).is_template;
  return false;
}

void PythonLowering::flush_text(std::string& literal, Range& literal_range,
                                std::vector<ExprId>& parts) {
  if (literal.empty()) return;
  parts.push_back(out_.text(literal, literal_range));
  literal.clear();
}

std::optional<std::string> PythonLowering::plain_text(NodeId node) const {
  while (is(node, Py::ParenthesizedExpression)) node = nodes_.first_child(node);
  if (!is(node, Py::String) && !is(node, Py::ConcatenatedString)) return std::nullopt;
  std::string whole;
  for (NodeId at = node; at < nodes_[node].next; ++at) {
    if (kind(at) == Py::Interpolation) return std::nullopt;
    if (kind(at) != Py::String) continue;
    const StringBody body = string_body(at);
    if (body.prefix.is_template) return std::nullopt;
    const std::optional<std::string> part =
        unescape(text_.substr(body.range.begin, body.range.end - body.range.begin), body.prefix);
    if (!part) return std::nullopt;
    whole += *part;
  }
  return whole;
}

ExprId PythonLowering::format_call(NodeId node) {
  const NodeId function = child(node, PyField::Function);
  const std::optional<std::string> format = plain_text(child(function, PyField::Object));
  const std::vector<Operand> values = arguments(child(node, PyField::Arguments));
  const std::optional<std::vector<FormatPiece>> pieces =
      format ? brace_format(*format) : std::nullopt;
  if (!pieces) return out_.concat({out_.unknown("format", range(node))}, range(node));
  return formatted(*pieces, values, range(node));
}

// The right side of % is a tuple of values, a mapping when the fields are named, else one value.
ExprId PythonLowering::percent(NodeId node, ExprId format, NodeId arguments_node) {
  const std::string written(out_.string(out_.expr(format).name));
  const std::optional<std::vector<FormatPiece>> pieces = percent_format(written);
  std::size_t fields = 0;
  bool named = false;
  for (const FormatPiece& piece : pieces.value_or(std::vector<FormatPiece>{})) {
    fields += piece.is_field ? 1U : 0U;
    named = named || !piece.name.empty();
  }
  std::vector<Operand> values;
  if (is(arguments_node, Py::Tuple) && !named) {
    for (const NodeId part : nodes_.children(arguments_node)) values.push_back(element(part));
  } else {
    const ExprId value = expression(arguments_node);
    if (named)
      values.push_back({.value = value, .spread = 2});
    else if (fields == 1)
      values.push_back({.value = value});
    else
      values.push_back({.value = value, .spread = 1});
  }
  if (!pieces) return out_.concat({out_.unknown("format", range(node))}, range(node));
  return formatted(*pieces, values, range(node));
}

ExprId PythonLowering::formatted(const std::vector<FormatPiece>& pieces,
                                 const std::vector<Operand>& values, Range where) {
  std::vector<ExprId> parts;
  std::size_t next = 0;
  for (const FormatPiece& piece : pieces) {
    if (piece.is_field)
      parts.push_back(field_value(piece, values, next, where));
    else
      parts.push_back(out_.text(piece.text, where));
  }
  if (parts.empty()) return out_.text("", where);
  return out_.concat(parts, where);
}

// The value that a field shows: by keyword, by number, or the next in order; out of a spread
// argument by the same key.
ExprId PythonLowering::field_value(const FormatPiece& piece, const std::vector<Operand>& values,
                                   std::size_t& next, Range where) {
  std::size_t number = 0;
  const char* end = piece.name.data() + piece.name.size();
  const bool numbered =
      !piece.name.empty() && std::from_chars(piece.name.data(), end, number).ptr == end;
  if (piece.name.empty()) number = next++;
  const bool positional = numbered || piece.name.empty();
  ExprId value;
  std::size_t at = 0;
  for (const Operand& given : values) {
    const bool is_keyword = given.name.exists() || given.spread == 2;
    if (positional && given.spread == 1) {
      value = out_.index(given.value, out_.number(std::to_string(number - at), where), where);
      break;
    }
    if (positional && !is_keyword && at++ == number) value = given.value;
    if (!positional && given.name.exists() && out_.string(given.name) == piece.name)
      value = given.value;
    if (!positional && given.spread == 2 && !value.exists())
      value = out_.index(given.value, out_.text(piece.name, where), where);
    if (value.exists()) break;
  }
  if (!value.exists()) return out_.unknown("format", where);
  for (const std::string_view step : piece.access) {
    if (step.starts_with('.')) {
      value = out_.member(value, step.substr(1), where);
      continue;
    }
    const std::string_view key = step.substr(1);
    const bool is_number = !key.empty() && key.find_first_not_of("0123456789") == key.npos;
    value = out_.index(value, is_number ? out_.number(key, where) : out_.text(key, where), where);
  }
  return laid_out(piece.layout, value, where);
}

ExprId PythonLowering::laid_out(std::string_view layout, ExprId value, Range where) {
  if (layout.empty()) return value;
  return out_.operation(OperatorKind::Format, out_.text(layout, where), value, where);
}

}  // namespace fnlint
