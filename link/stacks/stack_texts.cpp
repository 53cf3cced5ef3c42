// Assembles joins and substitutions part by part with marks for holes, and turns marks back.

#include "link/stacks/stack_texts.h"

#include "core/text.h"
#include "link/stacks/dialects.h"

#include <charconv>

namespace fnlint::stacks {

namespace {

// Private-use characters around a number: allowed in JSON strings.
constexpr std::string_view kOpenMark = "\xEE\x80\x80", kCloseMark = "\xEE\x80\x81";

class Assembly {
 public:
  Assembly(LinkContext& build, ScopeId scope, Holes holes)
      : build_(build), scope_(scope), holes_(holes) {}
  void add(const ExprClosure& at, std::uint32_t depth);
  LongText take(TextId from) {
    result_.from = from;
    return std::move(result_);
  }

 private:
  void add_literal(const ExprClosure& at);
  void add_value(const ExprClosure& at);
  void add_join(const ExprClosure& at, std::uint32_t depth);

  LinkContext& build_;
  ScopeId scope_;
  Holes holes_;
  LongText result_;
};

void Assembly::add_literal(const ExprClosure& at) {
  add_locations(build_, at, result_.text.size(), result_.places);
  result_.text += build_.facts(at.text).string(build_.expr(at).name);
}

void Assembly::add_value(const ExprClosure& at) {
  const ValueId value = value_of(build_, scope_, at);
  const Range range = build_.facts(at.text).expr_ranges[at.expr.index];
  const auto begin = static_cast<std::uint32_t>(result_.text.size());
  result_.places.push_back({begin, range.begin});
  if (const auto text = as_text(build_.pool, value)) {
    result_.text += *text;
  } else if (holes_ == Holes::Marked) {
    result_.text += hole_mark(result_.holes.size());
    result_.holes.push_back(value);
  } else {
    result_.text += cat("${", describe(build_.pool, value), "}");
    result_.holes.push_back(value);
  }
  result_.elsewhere.push_back({begin, static_cast<std::uint32_t>(result_.text.size())});
}

void Assembly::add_join(const ExprClosure& at, std::uint32_t depth) {
  const auto separator = as_text(build_.pool, value_of(build_, scope_, build_.operand(at, 0)));
  const ExprClosure list = build_.operand(at, 1);
  if (!separator || !list.exists() || build_.expr(list).kind != ExprKind::List) {
    add_value(at);
    return;
  }
  for (std::size_t i = 0; i < build_.operands(list).size(); ++i) {
    const auto begin = static_cast<std::uint32_t>(result_.text.size());
    if (i > 0) result_.text += *separator;
    result_.elsewhere.push_back({begin, static_cast<std::uint32_t>(result_.text.size())});
    add(build_.operand(list, i), depth + 1);
  }
}

void Assembly::add(const ExprClosure& at, std::uint32_t depth) {
  if (!at.exists() || depth > kNestingDepth) return;
  const ExprKind kind = build_.expr(at).kind;
  const std::string_view function = build_.function(at);
  if (kind == ExprKind::Text) {
    add_literal(at);
  } else if (kind == ExprKind::Concat) {
    for (std::size_t i = 0; i < build_.operands(at).size(); ++i)
      add(build_.operand(at, i), depth + 1);
  } else if (function == "Fn::Sub") {
    add(build_.operand(at, 0), depth + 1);
  } else if (function == "Fn::Join") {
    add_join(at, depth);
  } else if (kind == ExprKind::Record || kind == ExprKind::List) {
    result_.known = false;
  } else {
    add_value(at);
  }
}

// The row of the mark that begins at `open`; the text goes on behind it.
std::size_t take_mark(std::string_view& text, std::size_t open) {
  const std::size_t close = text.find(kCloseMark, open);
  std::size_t row = SIZE_MAX;
  if (close != text.npos)
    std::from_chars(text.data() + open + kOpenMark.size(), text.data() + close, row);
  text.remove_prefix(close == text.npos ? text.size() : close + kCloseMark.size());
  return row;
}

// The quote that is open at the end of a line so far; 0: none.
char quote_after(std::string_view text, char quote) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\')
      ++i;
    else if (c == '\n')
      quote = 0;
    else if (quote == 0 && (c == '"' || c == '\'' || c == '`'))
      quote = c;
    else if (c == quote)
      quote = 0;
  }
  return quote;
}

}  // namespace

void write_as_code(const ValuePool& pool, LongText& text) {
  std::string code;
  char quote = 0;
  auto place = text.places.begin();
  std::string_view rest = text.text;
  const auto move_places = [&](std::size_t before) {  // of what is written by now
    const auto shift = static_cast<std::uint32_t>(code.size() - before);
    for (; place != text.places.end() && place->text_begin <= before; ++place)
      place->text_begin += shift;
  };
  for (std::size_t open = rest.find(kOpenMark); open != rest.npos; open = rest.find(kOpenMark)) {
    const std::size_t before = text.text.size() - rest.size();
    code += rest.substr(0, open);
    quote = quote_after(rest.substr(0, open), quote);
    move_places(before + open);
    const std::size_t row = take_mark(rest, open);
    const bool is_text = (quote == '"' || quote == '\'') && row < text.holes.size();
    code += is_text ? cat("${", describe(pool, text.holes[row]), "}") : "unknown_value";
  }
  const std::size_t before = text.text.size() - rest.size();
  code += rest;
  move_places(before + rest.size());
  text.text = std::move(code);
}

std::string unreadable_code(const ValuePool& pool, const LongText& text) {
  if (!text.known) return "the inline code is not text";
  for (const ValueId hole : text.holes)
    if (pool.is(hole, ValueKind::Unknown))
      return cat("a part of the inline code cannot be determined: ", pool.text(hole));
  return {};
}

void add_locations(const LinkContext& build, const ExprClosure& literal, std::size_t start,
                std::vector<TextPlace>& places) {
  const TemplateFacts& facts = build.facts(literal.text);
  const auto begin = static_cast<std::uint32_t>(start);
  const Slice<TextPlace> rows = facts.expr_places[literal.expr.index];
  if (rows.count == 0) places.push_back({begin, facts.place_in(literal.expr, 0)});
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const TextPlace& row = facts.text_places[rows.first + i];
    places.push_back({begin + row.text_begin, row.file_begin});
  }
}

LongText assemble_text(LinkContext& build, ScopeId scope, const ExprClosure& at, Holes holes) {
  Assembly assembly(build, scope, holes);
  assembly.add(at, 0);
  return assembly.take(at.text);
}

std::string hole_mark(std::size_t row) { return cat(kOpenMark, row, kCloseMark); }

ValueId unmarked(ValuePool& pool, std::string_view text, std::span<const ValueId> holes) {
  if (text.find(kOpenMark) == text.npos) return pool.text_value(text);
  std::vector<ValueId> parts;
  while (!text.empty()) {
    const std::size_t open = text.find(kOpenMark);
    if (open > 0) parts.push_back(pool.text_value(text.substr(0, open)));
    if (open == text.npos) break;
    const std::size_t row = take_mark(text, open);
    parts.push_back(row < holes.size() ? holes[row] : pool.unknown("a part of this text"));
  }
  return parts.size() == 1 ? parts.front() : pool.concat(parts);
}

}  // namespace fnlint::stacks
