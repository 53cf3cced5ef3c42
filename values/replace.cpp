#include "values/anchored.h"
#include "values/functions.h"
#include "values/regex_text.h"

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
  return pool.computed("replace", std::array{hole, pool.text_value(how.old), how.with});
}

// Bytes at the end of `text` that `old` may begin with, when a hole follows: "data/" and "/raw/".
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

// A text with a known start and end (either may be empty) around what is not known.
struct Framed {
  std::string_view start = {}, end = {};
  ValueId middle = {};
  std::vector<ValueId> holes = {};
};
Framed framed(ValuePool& pool, ValueId text) {
  const auto parts = parts_of(pool, text);
  std::size_t first = 0, last = parts.size();
  Framed frame;
  if (is_text(pool, parts.front())) frame.start = pool.text(parts[first++]);
  if (is_text(pool, parts.back())) frame.end = pool.text(parts[--last]);
  frame.holes.assign(parts.begin() + static_cast<std::ptrdiff_t>(first),
                     parts.begin() + static_cast<std::ptrdiff_t>(last));
  frame.middle = pool.concat(frame.holes);
  return frame;
}

// `old` stands in no literal. What may become of the text when it stands in a hole, or across the
// border of one.
std::vector<ValueId> outcomes(ValuePool& pool, ValueId text, const Framed& frame,
                              const Replacement& how) {
  const ValueId start = pool.text_value(frame.start), end = pool.text_value(frame.end);
  std::vector<ValueId> inside{start};
  for (const ValueId part : frame.holes)
    inside.push_back(is_text(pool, part) ? part : replaced_hole(pool, part, how));
  inside.push_back(end);
  std::vector<ValueId> all{pool.concat(inside)};
  const ValueId old = pool.text_value(how.old);
  const ValueId rest = pool.computed("replace", std::array{frame.middle, old, how.with});
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
  for (const std::size_t n : starts)
    for (const std::size_t m : ends)
      if (n + m <= how.old.size())
        all.push_back(pool.concat(std::array{cut_start(n), how.with, cut_end(m)}));
  std::erase(all, text);
  return all;
}

bool keeps_ends(ValuePool& pool, ValueId text, const Framed& frame) {
  const auto ask = [&](std::string_view question, std::string_view end) {
    return truth(pool, call(pool, question, {text, pool.text_value(end)})) == Answer::Yes;
  };
  return ask("starts_with", frame.start) && ask("ends_with", frame.end);
}

// Whether anything is replaced is not known: where both outcomes begin and end alike, one text
// says so; else both are given.
ValueId judged(ValuePool& pool, ValueId text, const Replacement& how) {
  const Framed frame = framed(pool, text);
  const std::vector<ValueId> all = outcomes(pool, text, frame, how);
  if (all.empty()) return text;
  if (all.size() == 1 && keeps_ends(pool, all[0], frame)) return all[0];
  const bool alike =
      std::ranges::all_of(all, [&](ValueId outcome) { return keeps_ends(pool, outcome, frame); });
  if (alike) {
    const ValueId old = pool.text_value(how.old);
    return pool.concat(std::array{pool.text_value(frame.start),
                                  pool.computed("replace", std::array{frame.middle, old, how.with}),
                                  pool.text_value(frame.end)});
  }
  std::vector<Alternative> alternatives{{text, {}}};
  for (const ValueId outcome : all) alternatives.push_back({outcome, {}});
  return pool.with_evidence(pool.one_of(alternatives), kConditional);
}

ValueId replace_in_pattern(ValuePool& pool, ValueId text, Replacement how) {
  const auto parts = parts_of(pool, text);
  const bool all = how.limit == SIZE_MAX;
  std::size_t first = 0;
  while (first < parts.size() && !(is_text(pool, parts[first]) &&
                                   pool.text(parts[first]).find(how.old) != std::string_view::npos))
    ++first;
  const bool found = first < parts.size();
  // Only a replacement in front of every hole is certain while holes may still become known.
  const bool certain = found && first == 0 && !all && how.limit == 1;
  if (pool.symbolic(text) && !certain) {
    const auto cannot = [&](ValueId part) {
      return !is_text(pool, part) && !may_hold(pool, part, how.old);
    };
    return !found && std::ranges::all_of(parts, cannot) ? text : ValueId{};
  }
  if (!found) return judged(pool, text, how);
  std::vector<ValueId> out;
  for (const ValueId part : parts) {
    if (is_text(pool, part))
      replace_in(pool, pool.text(part), how, out);
    else
      out.push_back(all ? replaced_hole(pool, part, how) : part);
  }
  return pool.concat(out);
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

ValueId compute_replace(ValuePool& pool, Operands operands) {
  const ValueId text = operands[0];
  if (pool.is(operands[1], ValueKind::Unknown)) return compute_regex_replace(pool, operands);
  const std::optional<std::string_view> old = known_text(pool, operands[1]);
  const std::optional<std::size_t> limit = limit_of(pool, operands);
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
  if (!literal || literal->at_start == literal->at_end) return {};
  if (!is_text_like(pool[operands[0]].kind)) return {};
  const ValueId old = pool.text_value(literal->text);
  return literal->at_start ? replace_start(pool, operands[0], old, operands[2])
                           : replace_end(pool, operands[0], old, operands[2]);
}

}  // namespace fnlint
