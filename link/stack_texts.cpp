#include "link/stack_texts.h"

#include "core/text.h"
#include "link/dialects.h"

#include <charconv>

namespace fnlint::stacks {

namespace {

// Private-use characters around a number: allowed in JSON strings.
constexpr std::string_view kOpen = "\xEE\x80\x80", kClose = "\xEE\x80\x81";

// The quote that is open at the end of a program's text, by its last line; 0: none.
char open_quote(std::string_view text) {
  const std::size_t line = text.rfind('\n') + 1;  // 0 where there is one line
  char quote = 0;
  for (std::size_t i = line; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (quote == 0 && (text[i] == '"' || text[i] == '\'' || text[i] == '`'))
      quote = text[i];
    else if (text[i] == quote)
      quote = 0;
  }
  return quote;
}

class Assembly {
 public:
  Assembly(Build& build, ScopeId scope, Holes holes)
      : build_(build), scope_(scope), holes_(holes) {}
  void add(const Written& at, std::uint32_t depth);
  LongText take(TextId from) {
    result_.from = from;
    return std::move(result_);
  }

 private:
  void add_literal(const Written& at);
  void add_value(const Written& at);
  void add_join(const Written& at, std::uint32_t depth);

  Build& build_;
  ScopeId scope_;
  Holes holes_;
  LongText result_;
};

void Assembly::add_literal(const Written& at) {
  const TemplateFacts& facts = build_.facts(at.text);
  const auto start = static_cast<std::uint32_t>(result_.text.size());
  const Slice<TextPlace> rows = facts.expr_places[at.expr.index];
  if (rows.count == 0) result_.places.push_back({start, facts.place_in(at.expr, 0)});
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const TextPlace& row = facts.text_places[rows.first + i];
    result_.places.push_back({start + row.text_begin, row.file_begin});
  }
  result_.text += facts.string(build_.expr(at).name);
}

void Assembly::add_value(const Written& at) {
  const ValueId value = value_of(build_, scope_, at);
  const Range range = build_.facts(at.text).expr_ranges[at.expr.index];
  result_.places.push_back({static_cast<std::uint32_t>(result_.text.size()), range.begin});
  if (const auto text = as_text(build_.pool, value)) {
    result_.text += *text;
  } else if (holes_ == Holes::Marked) {
    result_.text += hole_mark(result_.holes.size());
    result_.holes.push_back(value);
  } else {
    const char quote = holes_ == Holes::InCode ? open_quote(result_.text) : '"';
    const bool is_plain = quote == '"' || quote == '\'';
    result_.text += is_plain ? cat("${", describe(build_.pool, value), "}") : "unknown_value";
    result_.holes.push_back(value);
  }
}

void Assembly::add_join(const Written& at, std::uint32_t depth) {
  const auto separator = as_text(build_.pool, value_of(build_, scope_, build_.operand(at, 0)));
  const Written list = build_.operand(at, 1);
  if (!separator || !list.exists() || build_.expr(list).kind != ExprKind::List) {
    add_value(at);
    return;
  }
  for (std::size_t i = 0; i < build_.operands(list).size(); ++i) {
    if (i > 0) result_.text += *separator;
    add(build_.operand(list, i), depth + 1);
  }
}

void Assembly::add(const Written& at, std::uint32_t depth) {
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

}  // namespace

LongText assemble_text(Build& build, ScopeId scope, const Written& at, Holes holes) {
  Assembly assembly(build, scope, holes);
  assembly.add(at, 0);
  return assembly.take(at.text);
}

std::string hole_mark(std::size_t row) { return cat(kOpen, row, kClose); }

ValueId unmarked(ValuePool& pool, std::string_view text, std::span<const ValueId> holes) {
  if (text.find(kOpen) == text.npos) return pool.text_value(text);
  std::vector<ValueId> parts;
  while (!text.empty()) {
    const std::size_t open = text.find(kOpen);
    if (open > 0) parts.push_back(pool.text_value(text.substr(0, open)));
    if (open == text.npos) break;
    const std::size_t close = text.find(kClose, open);
    if (close == text.npos) break;
    const std::string_view number = text.substr(open + kOpen.size(), close - open - kOpen.size());
    std::size_t row = holes.size();
    std::from_chars(number.data(), number.data() + number.size(), row);
    parts.push_back(row < holes.size() ? holes[row] : pool.unknown("a part of this text"));
    text.remove_prefix(close + kClose.size());
  }
  return parts.size() == 1 ? parts.front() : pool.concat(parts);
}

}  // namespace fnlint::stacks
