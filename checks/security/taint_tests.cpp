// What tests say of something that the event has brought.

#include "checks/security/taint.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/implied.h"
#include "values/pool.h"
#include "values/regex_text.h"
#include "values/type_names.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace fnlint {

namespace {

bool is_same_field(const ValuePool& pool, ValueId a, ValueId b) {
  return a == b || (pool.is(a, ValueKind::Hole) && pool.is(b, ValueKind::Hole) &&
                    pool[a].origin == Origin::Event && pool[b].origin == Origin::Event &&
                    pool.text(a) == pool.text(b));
}

// The hole itself, in whatever letters, or by default.
bool is_chosen_field(const ValuePool& pool, ValueId value, ValueId hole) {
  constexpr auto kSame =
      std::to_array<Opcode>({Opcode::Lower, Opcode::Upper, Opcode::Trim, Opcode::Strip,
                             Opcode::ToText, Opcode::OrDefault, Opcode::UrlDecode, Opcode::Where});
  while (pool.is(value, ValueKind::Computed) &&
         std::ranges::find(kSame, pool.opcode(value)) != kSame.end())
    value = pool.operands(value)[0];
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(value),
                               [&](ValueId one) { return is_same_field(pool, one, hole); });
  return is_same_field(pool, value, hole);
}

// What the hole is a field of.
bool is_around(const ValuePool& pool, ValueId value, ValueId hole) {
  return pool.is(value, ValueKind::Hole) && pool.is(hole, ValueKind::Hole) &&
         pool[value].origin == Origin::Event &&
         pool.text(hole).starts_with(cat(pool.text(value), '.'));
}

bool names_field(const ValuePool& pool, ValueId value, ValueId hole) {
  bool found = false;
  for_each_below(pool, value,
                 [&](ValueId one) { found = found || is_same_field(pool, one, hole); });
  return found;
}

// The hole, or what it is a part of: a test of `body` may be one of `body.title`.
bool names_field_around(const ValuePool& pool, ValueId value, ValueId hole) {
  bool found = false;
  for_each_below(pool, value, [&](ValueId one) {
    found = found || is_same_field(pool, one, hole) ||
            (pool.is(one, ValueKind::Hole) && pool[one].origin == Origin::Event &&
             !pool.text(one).empty() && pool.text(hole).starts_with(pool.text(one)));
  });
  return found;
}

// A text of which nothing else is let through than letters, digits and a few signs.
bool is_narrow_regex(std::string_view regex, bool whole, bool start) {
  while (regex.starts_with("(?i)") || regex.starts_with("(?s)")) regex.remove_prefix(4);
  const bool at_start = whole || start || regex.starts_with('^') || regex.starts_with("\\A");
  const bool at_end = whole || (regex.ends_with('$') && !regex.ends_with("\\$")) ||
                      regex.ends_with("\\z") || regex.ends_with("\\Z");
  const bool is_open = regex.find(".*") != regex.npos || regex.find(".+") != regex.npos ||
                       regex.find("[^") != regex.npos || regex.find("\\S") != regex.npos;
  return at_start && at_end && !is_open && !has_branches(regex);
}

bool has_narrow_form(const ValuePool& pool, ValueId test) {
  const auto operands = pool.operands(test);
  const Opcode opcode = pool.opcode(test);
  if (operands.size() < 2) return false;
  const std::optional<Regex> regex = regex_of(pool, operands[1]);
  return regex && is_narrow_regex(regex->source, opcode == Opcode::MatchesWhole,
                                  opcode == Opcode::MatchesStart);
}

bool is_fixed(const ValuePool& pool, ValueId value) {
  constexpr std::uint32_t kEvent = 1U << static_cast<unsigned>(Origin::Event);
  return (pool.origins(value) & kEvent) == 0;
}

// One of two sides is it, the other nothing that the event brings.
bool compares_field(const ValuePool& pool, ValueId test, ValueId hole) {
  const auto sides = pool.operands(test);
  return sides.size() == 2 &&
         ((is_chosen_field(pool, sides[0], hole) && is_fixed(pool, sides[1])) ||
          (is_chosen_field(pool, sides[1], hole) && is_fixed(pool, sides[0])));
}

// "..", "/" are asked for, or where it ends: nothing leads out of a folder.
bool asks_for_way_out(const ValuePool& pool, const Fact& fact, ValueId hole) {
  const Opcode opcode = pool.opcode(fact.test);
  const bool of_start = opcode == Opcode::StartsWith || opcode == Opcode::PathStartsWith;
  if (of_start) return fact.holds && names_field(pool, fact.test, hole);
  const bool of_part = opcode == Opcode::Contains || opcode == Opcode::In;
  if (!of_part || fact.holds || !names_field(pool, fact.test, hole)) return false;
  return std::ranges::any_of(pool.operands(fact.test), [&](ValueId one) {
    const auto text = as_text(pool, one);
    return text && (text->find("..") != text->npos || text->find('/') != text->npos);
  });
}

// A single question that came out so: whether nothing harmful is left.
bool cleans_field(const ValuePool& pool, const Fact& fact, ValueId hole, std::string_view kind) {
  const Opcode opcode = pool.opcode(fact.test);
  const auto operands = pool.operands(fact.test);
  if (kind == "path" && asks_for_way_out(pool, fact, hole)) return true;
  switch (opcode) {
    case Opcode::Equal: return fact.holds && compares_field(pool, fact.test, hole);
    case Opcode::NotEqual: return !fact.holds && compares_field(pool, fact.test, hole);
    case Opcode::Less:
    case Opcode::LessEqual:
      return compares_field(pool, fact.test, hole) &&
             std::ranges::any_of(operands,
                                 [&](ValueId one) { return pool.is(one, ValueKind::Number); });
    case Opcode::In:
      return fact.holds && is_chosen_field(pool, operands[0], hole) && is_fixed(pool, operands[1]);
    case Opcode::Has:
      return fact.holds && operands.size() > 1 && is_chosen_field(pool, operands[1], hole) &&
             is_fixed(pool, operands[0]);
    case Opcode::Contains:
      return fact.holds && operands.size() > 1 && is_chosen_field(pool, operands[1], hole) &&
             is_fixed(pool, operands[0]) && !pool.is(operands[0], ValueKind::Text);
    case Opcode::Matches:
    case Opcode::MatchesStart:
    case Opcode::MatchesWhole:
      return fact.holds && is_chosen_field(pool, operands[0], hole) &&
             has_narrow_form(pool, fact.test);
    case Opcode::TypeIs:
      return fact.holds && operands.size() > 1 && is_chosen_field(pool, operands[0], hole) &&
             is_number_type(as_text(pool, operands[1]).value_or(""));
    // What a table has under it: `table.get(name)` is something.
    case Opcode::IsNull:
    case Opcode::IsPresent: {
      const ValueId asked = operands[0];
      const bool is_nothing = fact.holds == (opcode == Opcode::IsNull);
      if (is_nothing && (is_chosen_field(pool, asked, hole) || is_around(pool, asked, hole)))
        return true;
      const bool is_lookup =
          (pool.opcode(asked) == Opcode::Get || pool.opcode(asked) == Opcode::Index) &&
          is_fixed(pool, pool.operands(asked)[0]) &&
          is_chosen_field(pool, pool.operands(asked)[1], hole);
      return is_lookup && !is_nothing;
    }
    default: return false;
  }
}

// Somewhere in what it matches, such an expression lets anything stand: `command=(.*)`. Where a
// text leads to, what stands around that may say.
bool fits_anything(const ValuePool& pool, ValueId test) {
  const Opcode opcode = pool.opcode(test);
  const bool matches =
      opcode == Opcode::Matches || opcode == Opcode::MatchesStart || opcode == Opcode::MatchesWhole;
  const std::optional<Regex> regex = matches && pool.operands(test).size() > 1
                                         ? regex_of(pool, pool.operands(test)[1])
                                         : std::nullopt;
  return regex && regex->source.find("(?!") == std::string::npos &&
         found_by_regex(regex->source) == FoundByRegex::Anything;
}

// A stream that holds a text asks nothing of it.
bool carries_text(const ValuePool& pool, ValueId object) {
  std::string_view path = pool.text(object);
  if (path.ends_with("()")) path.remove_suffix(2);
  const LibraryModel* row = find_library_model(Language::Unknown, path);
  return row != nullptr && row->carries;
}

// Something that is not followed was asked about it: a validator, a table of a database, a form
// that is not known to be narrow.
bool may_clean(const ValuePool& pool, const Fact& fact, ValueId hole) {
  const Opcode opcode = pool.opcode(fact.test);
  if (opcode == Opcode::Matches || opcode == Opcode::MatchesStart ||
      opcode == Opcode::MatchesWhole || opcode == Opcode::In || opcode == Opcode::Contains ||
      opcode == Opcode::AllOf || opcode == Opcode::NoneOf)
    return names_field(pool, fact.test, hole);
  bool found = false;
  for_each_below(pool, fact.test, [&](ValueId one) {
    const bool is_call = (pool.is(one, ValueKind::Object) && !carries_text(pool, one)) ||
                         pool.opcode(one) == Opcode::Call;
    found = found || (is_call && names_field_around(pool, one, hole));
  });
  return found;
}

// The question itself, without what only says that it is one.
Fact bare_question(const ValuePool& pool, Fact fact) {
  while (pool.opcode(fact.test) == Opcode::Not || pool.opcode(fact.test) == Opcode::Truthy) {
    fact.holds = fact.holds != (pool.opcode(fact.test) == Opcode::Not);
    fact.test = pool.operands(fact.test)[0];
  }
  return fact;
}

// Another of the facts says the opposite.
bool is_refuted(const ValuePool& pool, const Fact& part, std::span<const Fact> holds) {
  Fact opposite = bare_question(pool, part);
  opposite.holds = !opposite.holds;
  return std::ranges::any_of(
      holds, [&](const Fact& one) { return bare_question(pool, one) == opposite; });
}

}  // namespace

Tested tested_by(const ValuePool& pool, ValueId hole, const Fact& fact, std::string_view kind,
                 std::span<const Fact> holds) {
  constexpr std::uint32_t kEvent = 1U << static_cast<unsigned>(Origin::Event);
  if ((pool.origins(fact.test) & kEvent) == 0) return Tested::Not;
  // Asked of a field or its default, the answer about the field counts: the default is nothing that
  // the event has brought.
  const std::function<bool(const Fact&)> says = [&](const Fact& one) {
    if (is_refuted(pool, one, holds)) return true;  // of a way that is not taken
    if (!pool.is(one.test, ValueKind::OneOf)) return cleans_field(pool, one, hole, kind);
    std::size_t asked = 0;
    for (const ValueId answer : pool.operands(one.test)) {
      if (!names_field(pool, answer, hole)) continue;
      if (!is_implied(pool, {answer, one.holds}, says)) return false;
      ++asked;
    }
    return asked != 0;
  };
  const Opcode opcode = pool.opcode(fact.test);
  const bool is_one_of =
      (opcode == Opcode::Or && fact.holds) || (opcode == Opcode::And && !fact.holds);
  const auto is_clean_by = [&](ValueId part) {
    return is_implied(pool, {part, fact.holds}, says);
  };
  if (is_one_of ? std::ranges::all_of(pool.operands(fact.test), is_clean_by)
                : is_implied(pool, fact, says))
    return Tested::Clean;
  const Fact asked = bare_question(pool, fact);
  if (asked.holds && kind != "request" && kind != "path" && fits_anything(pool, asked.test))
    return Tested::Not;
  return may_clean(pool, fact, hole) ? Tested::Checked : Tested::Not;
}

}  // namespace fnlint
