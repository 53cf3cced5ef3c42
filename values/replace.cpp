#include "values/anchored.h"
#include "values/functions.h"
#include "values/regex_text.h"

#include <re2/re2.h>

// Replacement in texts of which parts are not known.
namespace fnlint {
namespace {

struct Replacement {
  std::string_view old = {};
  ValueId with = {};
  std::size_t limit = SIZE_MAX;
};

// `text` with what is replaced in it; counts the limit down.
void replace_in(ValuePool& pool, std::string_view text, Replacement& how,
                std::vector<ValueId>& out) {
  for (;;) {
    const std::size_t at = how.limit == 0 ? std::string_view::npos : text.find(how.old);
    if (at == std::string_view::npos) break;
    out.push_back(pool.long_text(text.substr(0, at)));
    out.push_back(how.with);
    text.remove_prefix(at + how.old.size());
    --how.limit;
  }
  out.push_back(pool.long_text(text));
}

ValueId replaced_hole(ValuePool& pool, ValueId hole, const Replacement& how) {
  if (!may_hold(pool, hole, how.old)) return hole;
  return pool.computed(Opcode::Replace, std::array{hole, pool.text_value(how.old), how.with});
}

// How many bytes at the end (start) of `text` may be the first (last) ones of `old`, when a hole
// stands beside it: "data/" and "/raw/".
std::vector<std::size_t> begins_at_end(std::string_view text, std::string_view old) {
  std::vector<std::size_t> sizes;
  for (std::size_t n = 1; n < old.size() && n <= text.size(); ++n)
    if (text.ends_with(old.substr(0, n))) sizes.push_back(n);
  return sizes;
}
std::vector<std::size_t> ends_at_start(std::string_view text, std::string_view old) {
  std::vector<std::size_t> sizes;
  for (std::size_t n = 1; n < old.size() && n <= text.size(); ++n)
    if (text.starts_with(old.substr(old.size() - n))) sizes.push_back(n);
  return sizes;
}

// A literal with its replacements, and how much of its end may still be the start of `old`.
struct Replaced {
  std::string text = {};
  std::size_t doubtful = 0;
};
Replaced replaced_literal(std::string_view text, std::string_view old, std::string_view with) {
  Replaced out;
  for (std::size_t at = text.find(old); at != std::string_view::npos; at = text.find(old)) {
    out.text.append(text.substr(0, at)).append(with);
    text.remove_prefix(at + old.size());
  }
  out.text.append(text);
  const std::vector<std::size_t> sizes = begins_at_end(text, old);
  if (!sizes.empty()) out.doubtful = sizes.back();
  return out;
}

// Can `old` not lie across the border of a hole? Then each part is replaced alone.
bool is_separable(const ValuePool& pool, Operands parts, std::string_view old) {
  if (old.size() == 1) return true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool first = i == 0, last = i + 1 == parts.size();
    if (!is_text(pool, parts[i])) {
      if (!last && !is_text(pool, parts[i + 1])) return false;
      continue;
    }
    const std::string_view literal = pool.text(parts[i]);
    if (!last && replaced_literal(literal, old, "").doubtful > 0) return false;
    if (!first && !ends_at_start(literal, old).empty()) return false;
    if (!first && !last && old.find(literal) != std::string_view::npos) return false;
  }
  return true;
}

// A text with a known start and end (either may be empty) around what is not known.
struct Framed {
  std::string_view start = {}, end = {};
  ValueId middle = {};
};
Framed framed(ValuePool& pool, ValueId text) {
  const auto parts = parts_of(pool, text);
  std::size_t first = 0, last = parts.size();
  Framed frame;
  if (is_text(pool, parts.front())) frame.start = pool.text(parts[first++]);
  if (is_text(pool, parts.back())) frame.end = pool.text(parts[--last]);
  frame.middle = pool.concat(parts.subspan(first, last - first));
  return frame;
}

// What the whole text becomes, of which only the ends are known.
ValueId between(ValuePool& pool, ValueId text, const Replacement& how, std::string_view start,
                std::string_view end) {
  const std::array operands{text, pool.text_value(how.old), how.with};
  const auto from = static_cast<std::int64_t>(start.size());
  const auto to = -static_cast<std::int64_t>(end.size());
  const std::array slice{pool.computed(Opcode::Replace, operands), pool.number(from),
                         to == 0 ? pool.absent() : pool.number(to)};
  const ValueId middle = from == 0 && to == 0 ? slice[0] : pool.computed(Opcode::Part, slice);
  return pool.concat(std::array{pool.text_value(start), middle, pool.text_value(end)});
}

// `old` stands in no literal. What may become of the text when it stands in the middle, or across
// the middle's borders.
std::vector<ValueId> outcomes(ValuePool& pool, ValueId text, const Framed& frame,
                              const Replacement& how) {
  const ValueId start = pool.text_value(frame.start), end = pool.text_value(frame.end);
  std::vector<ValueId> all{
      pool.concat(std::array{start, replaced_hole(pool, frame.middle, how), end})};
  const ValueId rest =
      pool.computed("rest_of_replace", std::array{text, pool.text_value(how.old), how.with});
  const auto starts = begins_at_end(frame.start, how.old);
  const auto ends = ends_at_start(frame.end, how.old);
  const auto cut_start = [&](std::size_t n) {
    return pool.text_value(frame.start.substr(0, frame.start.size() - n));
  };
  const auto cut_end = [&](std::size_t n) { return pool.text_value(frame.end.substr(n)); };
  for (const std::size_t n : starts)
    all.push_back(pool.concat(std::array{cut_start(n), how.with, rest, end}));
  for (const std::size_t n : ends)
    all.push_back(pool.concat(std::array{start, rest, how.with, cut_end(n)}));
  for (const std::size_t n : starts) {
    for (const std::size_t m : ends) {
      all.push_back(pool.concat(std::array{cut_start(n), how.with, rest, how.with, cut_end(m)}));
      if (n + m <= how.old.size())
        all.push_back(pool.concat(std::array{cut_start(n), how.with, cut_end(m)}));
    }
  }
  std::erase(all, text);
  return all;
}

// One after the other: the two may not overlap.
bool keeps_ends(ValuePool& pool, ValueId text, const Framed& frame) {
  const ValueId start = pool.text_value(frame.start), end = pool.text_value(frame.end);
  if (truth(pool, call(pool, Opcode::StartsWith, {text, start})) != Answer::Yes) return false;
  const ValueId rest = call(pool, Opcode::StripPrefix, {text, start});
  return truth(pool, call(pool, Opcode::EndsWith, {rest, end})) == Answer::Yes;
}

// Whether anything is replaced is not known: where all outcomes begin and end alike, one text says
// so; else each is given.
ValueId judged(ValuePool& pool, ValueId text, const Replacement& how) {
  const Framed frame = framed(pool, text);
  const std::vector<ValueId> all = outcomes(pool, text, frame, how);
  if (all.empty()) return text;
  const bool alike =
      std::ranges::all_of(all, [&](ValueId outcome) { return keeps_ends(pool, outcome, frame); });
  if (alike) return between(pool, text, how, frame.start, frame.end);
  std::vector<Alternative> alternatives{{text, {}}};
  for (const ValueId outcome : all) alternatives.push_back({outcome, {}});
  return pool.with_uncertainty(pool.one_of(alternatives), kConditional);
}

// `old` stands in a literal, but may also lie across borders: the ends as far as they are certain.
ValueId replaced_around(ValuePool& pool, ValueId text, const Replacement& how) {
  const Framed frame = framed(pool, text);
  const std::optional<std::string_view> with = known_text(pool, how.with);
  if (!with || with->size() > kTextBytes) return {};
  Replaced start = replaced_literal(frame.start, how.old, *with);
  start.text.resize(start.text.size() - start.doubtful);
  const bool end_certain = ends_at_start(frame.end, how.old).empty();
  const std::string end =
      end_certain ? replaced_literal(frame.end, how.old, *with).text : std::string();
  return between(pool, text, how, start.text, end);
}

// Part by part; of the first few replacements those in literals are taken to be the ones.
ValueId replaced_parts(ValuePool& pool, ValueId text, Replacement how) {
  const bool all = how.limit == SIZE_MAX;
  std::vector<ValueId> out;
  for (const ValueId part : parts_of(pool, text)) {
    if (is_text(pool, part))
      replace_in(pool, pool.text(part), how, out);
    else
      out.push_back(all ? replaced_hole(pool, part, how) : part);
  }
  return pool.concat(out);
}

ValueId replace_in_pattern(ValuePool& pool, ValueId text, const Replacement& how) {
  const auto parts = parts_of(pool, text);
  const auto holds_old = [&](ValueId part) {
    return is_text(pool, part) && pool.text(part).find(how.old) != std::string_view::npos;
  };
  const bool found = std::ranges::any_of(parts, holds_old);
  // A replacement in front of every hole is certain whatever the holes become.
  if (how.limit == 1 && holds_old(parts.front())) return replaced_parts(pool, text, how);
  if (pool.symbolic(text)) return {};
  if (how.limit == 1 && found) return replaced_parts(pool, text, how);
  if (how.limit != 1 && how.limit != SIZE_MAX) return {};
  if (how.limit == SIZE_MAX && is_separable(pool, parts, how.old))
    return replaced_parts(pool, text, how);
  return found ? replaced_around(pool, text, how) : judged(pool, text, how);
}

std::optional<std::size_t> limit_of(const ValuePool& pool, Operands operands) {
  if (operands.size() < 4) return SIZE_MAX;
  if (pool.is(operands[3], ValueKind::Absent) || pool.is(operands[3], ValueKind::Null))
    return SIZE_MAX;
  const std::optional<std::int64_t> count = as_integer(pool, operands[3]);
  if (!count) return std::nullopt;
  return *count < 0 ? SIZE_MAX : static_cast<std::size_t>(*count);
}

}  // namespace

namespace {

// Events have object keys with '+' for each space; as for url_decode, keys without either are
// meant.
bool undoes_plus(const ValuePool& pool, ValueId text, std::string_view old, ValueId with) {
  return old == "+" && known_text(pool, with) == " " && !known_text(pool, text);
}

// `/\.[^.]+$/`: the last extension, whatever it is.
bool is_extension_regex(std::string_view regex) {
  static const RE2 kExtension(R"(\\\.(\[[^\]]+\]|\\w)[+*](\$|\\[zZ]))");
  return RE2::FullMatch(regex, kExtension);
}

}  // namespace

ValueId compute_replace(ValuePool& pool, Operands operands) {
  const ValueId text = operands[0];
  if (pool.is(operands[1], ValueKind::Unknown)) return compute_regex_replace(pool, operands);
  const std::optional<std::string_view> old = known_text(pool, operands[1]);
  const std::optional<std::size_t> limit = limit_of(pool, operands);
  if (old && undoes_plus(pool, text, *old, operands[2])) return text;
  if (!old || old->empty() || !limit || !is_text_like(pool[operands[2]].kind)) return {};
  if (pool.is(text, ValueKind::Pattern))
    return replace_in_pattern(pool, text, {*old, operands[2], *limit});
  if (is_text_like(pool[text].kind) && !is_text(pool, text))
    return may_hold(pool, text, *old) ? ValueId{} : text;
  const std::optional<std::string_view> literal = known_text(pool, text);
  if (!literal) return {};
  std::vector<ValueId> out;
  Replacement how{*old, operands[2], *limit};
  replace_in(pool, *literal, how, out);
  return pool.concat(out);
}

// Only what the rest of a pattern cannot change: a literal at one end.
ValueId compute_regex_replace(ValuePool& pool, Operands operands) {
  const std::optional<Regex> regex = regex_of(pool, operands[1]);
  const std::optional<std::string_view> with = known_text(pool, operands[2]);
  if (!regex || !regex->case_matters || !with) return {};
  if (with->find_first_of("\\$") != std::string_view::npos) return {};
  const std::optional<LiteralRegex> literal = literal_regex(regex->source);
  if (literal && undoes_plus(pool, operands[0], literal->text, operands[2])) return operands[0];
  if (is_extension_regex(regex->source) && is_text_like(pool[operands[0]].kind))
    return call(pool, Opcode::WithExtension, {operands[0], operands[2]});
  if (!literal || literal->at_start == literal->at_end) return {};
  if (!is_text_like(pool[operands[0]].kind)) return {};
  const ValueId old = pool.text_value(literal->text);
  return literal->at_start ? replace_start(pool, operands[0], old, operands[2])
                           : replace_end(pool, operands[0], old, operands[2]);
}

}  // namespace fnlint
