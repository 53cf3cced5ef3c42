// Regular expressions over values: RE2 decides texts that are known whole, and anchors and literals
// decide what they can of the others.

#include "core/text.h"
#include "values/functions.h"
#include "values/regex_text.h"

#include <re2/re2.h>

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {
namespace {

// Nothing: no expression, or one that RE2 has no form of.
std::optional<bool> matches_text(std::string_view text, const Regex& regex,
                                 std::string_view source) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  options.set_case_sensitive(regex.case_matters);
  const re2::RE2 compiled(re2::StringPiece(source.data(), source.size()), options);
  if (!compiled.ok()) return std::nullopt;
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled);
}

// Of a text that is not known whole, by the literals at its ends: what an anchored expression asks
// of an end is there or not, whatever stands elsewhere.
ValueId matched_at_ends(ValuePool& pool, ValueId text, const Regex& regex,
                        std::string_view source) {
  if (!pool.is(text, ValueKind::Pattern)) return {};
  const auto literal = [&](ValueId part) {
    const std::string_view known = is_text(pool, part) ? pool.text(part) : std::string_view{};
    return regex.case_matters ? std::string(known) : lower(known);
  };
  const std::string start = literal(pool.operands(text).front()),
                    end = literal(pool.operands(text).back());
  RegexEnds ends = required_ends(source);
  if (!regex.case_matters) ends = {lower(ends.start), lower(ends.end)};
  if (!ends.start.empty() && !start.starts_with(ends.start.substr(0, start.size())))
    return pool.boolean(false);
  const std::size_t common = std::min(end.size(), ends.end.size());
  if (!end.ends_with(ends.end.substr(ends.end.size() - common))) return pool.boolean(false);
  const std::optional<std::size_t> longest = longest_match(source);
  if (!longest || *longest == 0) return {};
  const bool at_start = source.starts_with('^') && !source.ends_with('$');
  const bool at_end = source.ends_with('$') && !source.ends_with("\\$") && !source.starts_with('^');
  const std::string_view known = at_start ? std::string_view(start)
                                 : at_end ? std::string_view(end)
                                          : std::string_view{};
  if (known.size() < *longest || has_branches(source)) return {};
  const std::optional<bool> answer = matches_text(known, regex, source);
  return answer ? pool.boolean(*answer) : ValueId{};
}

// Is there a match of `source` somewhere in the text?
ValueId matched(ValuePool& pool, ValueId text, const Regex& regex, std::string_view source) {
  const std::optional<LiteralRegex> literal = literal_regex(source);
  if (literal) {
    const std::string_view name = literal->at_start && literal->at_end ? "equal"
                                  : literal->at_start                  ? "starts_with"
                                  : literal->at_end                    ? "ends_with"
                                                                       : "contains";
    if (regex.case_matters) return call(pool, name, {text, pool.text_value(literal->text)});
    return call(pool, name,
                {call(pool, Opcode::Lower, {text}), pool.text_value(lower(literal->text))});
  }
  const std::optional<std::string_view> known = known_text(pool, text);
  if (!known) return matched_at_ends(pool, text, regex, source);
  if (known->size() > kTextBytes) return {};
  const std::optional<bool> answer = matches_text(*known, regex, source);
  return answer ? pool.boolean(*answer) : ValueId{};
}

}  // namespace

ValueId compute_matches(ValuePool& pool, Operands operands) {
  const std::optional<Regex> regex = regex_of(pool, operands[1]);
  return regex ? matched(pool, operands[0], *regex, regex->source) : ValueId{};
}
ValueId compute_matches_start(ValuePool& pool, Operands operands) {
  const std::optional<Regex> regex = regex_of(pool, operands[1]);
  if (!regex) return {};
  if (regex->source.starts_with('^') || regex->source.starts_with("\\A"))
    return matched(pool, operands[0], *regex, regex->source);
  const bool is_plain = regex->source.find('|') == std::string::npos;
  return matched(pool, operands[0], *regex,
                 is_plain ? cat("^", regex->source) : cat("^(?:", regex->source, ")"));
}
ValueId compute_matches_whole(ValuePool& pool, Operands operands) {
  const std::optional<Regex> regex = regex_of(pool, operands[1]);
  if (!regex) return {};
  const std::string& source = regex->source;
  if (source.find('|') != std::string::npos)
    return matched(pool, operands[0], *regex, cat("^(?:", source, ")$"));
  const bool at_start = source.starts_with('^') || source.starts_with("\\A");
  const bool at_end = source.ends_with('$') && !source.ends_with("\\$");
  return matched(pool, operands[0], *regex, cat(at_start ? "" : "^", source, at_end ? "" : "$"));
}

}  // namespace fnlint
