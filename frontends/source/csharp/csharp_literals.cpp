// Texts and numbers.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

// """ ... """ over several lines: without the first and last line break and the indentation of the
// closing quotes.
std::string raw_text(std::string_view inner) {
  const std::size_t open = inner.find('\n');
  const std::size_t close = inner.rfind('\n');
  const bool is_block = open != std::string_view::npos && trim(inner.substr(0, open)).empty() &&
                        trim(inner.substr(close)).empty();
  if (!is_block) return std::string(inner);
  const std::size_t indent = inner.size() - close - 1;
  if (open == close) return {};
  std::string out;
  bool first_line = true;
  for (std::string_view line : split(inner.substr(open + 1, close - open - 1), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::size_t margin = 0;
    while (margin < indent && margin < line.size() && (line[margin] == ' ' || line[margin] == '\t'))
      ++margin;
    if (!first_line) out += '\n';
    first_line = false;
    out += line.substr(margin);
  }
  return out;
}

// yyyyMMdd, yyyy-MM-ddTHH:mm:ss: of a time. Source: .NET API, "Custom date and time format
// strings".
bool is_time_layout(std::string_view layout) {
  constexpr std::string_view kParts[] = {"yy", "MM", "dd", "HH", "hh", "mm", "ss"};
  return std::ranges::any_of(
      kParts, [&](std::string_view part) { return layout.find(part) != layout.npos; });
}

}  // namespace

// "yyyyMMdd" of {now:yyyyMMdd}.
std::string_view CSharpLowering::layout_of(NodeId interpolation) const {
  std::string_view rest = text(interpolation);
  rest.remove_prefix(range(first(interpolation)).end - range(interpolation).begin);
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos || !(colon == 0 || rest.starts_with(','))) return {};
  return rest.substr(colon + 1, rest.rfind('}') - colon - 1);
}

ExprId CSharpLowering::laid_out(std::string_view layout, ExprId value, Range where) {
  return out_.operation(OperatorKind::Format, out_.text(cat(":", layout), where), value, where);
}

// now.ToString("yyyyMMdd"): that layout; empty: it is none of a time.
std::string CSharpLowering::time_layout_of(NodeId call) const {
  const NodeId callee = child(call, SynField::Function);
  const NodeId list = child(call, SynField::Arguments);
  if (!is(callee, Syn::Member) || list == kNoNode) return {};
  const NodeId name = child(callee, SynField::Name);
  const std::vector<NodeId> given = children_of(list, Syn::Argument);
  if (name == kNoNode || text(name) != "ToString" || given.empty()) return {};
  const NodeId layout = last(given[0]);
  if (layout == kNoNode || !is(layout, Syn::Text)) return {};
  std::string written = literal_text(layout);
  return is_time_layout(written) ? written : std::string();
}

std::string CSharpLowering::literal_text(NodeId node) const {
  std::string_view whole = text(node);
  if (is(node, Cs::RawText)) {
    const NodeId content = own_child(node, Cs::RawContent);
    return content == kNoNode ? std::string() : raw_text(text(content));
  }
  while (!whole.empty() && (whole.ends_with("u8") || whole.ends_with("U8")))
    whole.remove_suffix(2);
  if (!is(node, Cs::VerbatimText)) {
    if (whole.size() >= 2) whole = whole.substr(1, whole.size() - 2);
    return unescaped(whole);
  }
  if (whole.size() < 3) return {};
  return replace_all(std::string(whole.substr(2, whole.size() - 3)), "\"\"", "\"");
}

// $"a{x}b", $@"...", $$"""...{{x}}..."""
ExprId CSharpLowering::interpolated(NodeId node) {
  const Range where = range(node);
  const NodeId start = first(node);
  const std::string_view mark =
      is(start, Cs::InterpolationPart) ? text(start) : std::string_view{};
  const bool is_verbatim = mark.find('@') != std::string_view::npos;
  const NodeId after = start == kNoNode ? kNoNode : nodes_.next_sibling(start);
  const bool is_raw = is(after, Cs::InterpolationPart) && text(after).starts_with("\"\"\"");
  std::vector<ExprId> parts;
  std::string pending;
  const auto flush = [&] {
    if (!pending.empty()) parts.push_back(out_.text(pending, where));
    pending.clear();
  };
  for (const NodeId part : children(node)) {
    if (is(part, Cs::InterpolatedText)) {
      std::string piece(text(part));
      if (!is_raw) {
        piece = replace_all(replace_all(piece, "{{", "{"), "}}", "}");
        piece = is_verbatim ? replace_all(piece, "\"\"", "\"") : unescaped(piece);
      }
      pending += piece;
    } else if (is(part, Cs::Interpolation) && first(part) != kNoNode) {
      const ExprId value = expression(first(part));
      flush();
      const std::string_view layout = layout_of(part);
      parts.push_back(is_time_layout(layout) ? laid_out(layout, value, range(part)) : value);
    }
  }
  flush();
  if (parts.empty()) return out_.text("", where);
  if (parts.size() == 1 && out_.expr(parts[0]).kind == ExprKind::Text) return parts[0];
  return out_.concat(parts, where);
}

// 1_000, 0x1F, 0b101, 10L, 1.5m
ExprId CSharpLowering::number(NodeId node) {
  std::string digits;
  for (const char letter : text(node))
    if (letter != '_') digits += letter;
  const bool is_hex = digits.starts_with("0x") || digits.starts_with("0X");
  const bool is_binary = digits.starts_with("0b") || digits.starts_with("0B");
  const std::string_view suffixes = is_hex ? "uUlL" : "uUlLfFdDmM";
  while (!digits.empty() && suffixes.find(digits.back()) != std::string_view::npos)
    digits.pop_back();
  if (is_hex || is_binary) {
    std::uint64_t value = 0;
    const char* begin = digits.data() + std::min<std::size_t>(2, digits.size());
    std::from_chars(begin, digits.data() + digits.size(), value, is_hex ? 16 : 2);
    digits = std::to_string(value);
  }
  return out_.number(digits, range(node));
}

}  // namespace fnlint
