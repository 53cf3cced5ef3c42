// Concatenation: literals merge, choices multiply within limits, and a text that grows too long
// keeps its two ends and its least length.

#include "values/compute.h"
#include "values/size.h"
#include "values/utf8.h"
#include "values/where.h"

#include <limits>

namespace fnlint {
namespace {

// Of a literal that is cut, at each end.
constexpr std::size_t kKeptBytes = kPatternBytes / 4;

bool is_literal(ValueKind kind) {
  return kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool;
}
// What may stand in a text as it is.
bool is_text_part(ValueKind kind) {
  return kind == ValueKind::Hole || kind == ValueKind::Computed || kind == ValueKind::Reference ||
         kind == ValueKind::Unknown;
}

struct TextWay {
  std::vector<ValueId> parts = {}, tests = {};
  GuardId guard = {};
};

// The text of parts of which some are met under conditions: so is the text. No id: too many ways.
ValueId text_by_ways(ValuePool& pool, std::span<const ValueId> parts) {
  std::vector<TextWay> ways(1);
  for (const ValueId part : parts) {
    const bool several = pool.is(part, ValueKind::OneOf);
    std::vector<TextWay> next;
    for (const TextWay& way : ways)
      for (std::size_t i = 0; i < (several ? pool.operands(part).size() : 1); ++i) {
        ValueId one = several ? pool.operands(part)[i] : part;
        TextWay longer = way;
        const std::optional<GuardId> guard =
            pool.both(way.guard, several ? pool.guards(part)[i] : GuardId{});
        if (!guard) continue;
        longer.guard = *guard;
        if (is_where(pool, one)) {
          for (const ValueId test : pool.operands(one).subspan(1))
            if (std::ranges::find(longer.tests, test) == longer.tests.end())
              longer.tests.push_back(test);
          one = pool.operands(one)[0];
        }
        if (longer.tests.size() > kConditions) return {};
        if (longer.tests.size() > way.tests.size() && exclude_themselves(pool, longer.tests))
          continue;
        longer.parts.push_back(one);
        next.push_back(std::move(longer));
      }
    if (next.empty() || next.size() > kAlternatives) return {};
    ways = std::move(next);
  }
  std::vector<Alternative> alternatives;
  for (const TextWay& way : ways)
    alternatives.push_back({where(pool, pool.concat(way.parts), way.tests), way.guard});
  return pool.one_of(alternatives);
}

// How many bytes parts have at least: literals, and what was left out of a text before.
std::int64_t known_bytes(const ValuePool& pool, std::span<const ValueId> parts) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();  // a text that doubles
  std::int64_t sum = 0;
  for (const ValueId part : parts) {
    const std::int64_t bytes = is_literal(pool[part].kind)
                                   ? static_cast<std::int64_t>(pool.text(part).size())
                                   : left_out_bytes(pool, part);
    sum = bytes > kMost - sum ? kMost : sum + bytes;
  }
  return sum;
}

// What stands for `parts`, of which a text keeps nothing but how many bytes they have at least.
template <class Intern>
ValueId left_out(ValuePool& pool, std::span<const ValueId> parts, std::int64_t bytes,
                 Intern intern) {
  const ValueId all = pool.any(parts, "a long text");
  const bool is_bare = pool.is(all, ValueKind::Unknown);
  const ValueId known = pool.number(bytes);
  const ValueId unknown = intern(pool[is_bare ? all : pool.operands(all)[0]], std::span(&known, 1));
  if (is_bare) return unknown;
  std::vector<ValueId> operands(pool.operands(all).begin(), pool.operands(all).end());
  operands[0] = unknown;
  return pool.computed(Opcode::Any, operands);
}

}  // namespace

std::int64_t left_out_bytes(const ValuePool& pool, ValueId part) {
  if (pool.opcode(part) == Opcode::Any) part = pool.operands(part)[0];
  if (!pool.is(part, ValueKind::Unknown) || pool.operands(part).empty()) return 0;
  return as_integer(pool, pool.operands(part)[0]).value_or(0);
}

ValueId ValuePool::concat(std::span<const ValueId> parts) {
  const auto is_met = [&](ValueId part) {
    return conditioned(part) &&
           (is_where(*this, part) ||
            (is(part, ValueKind::OneOf) && std::ranges::any_of(operands(part), [&](ValueId one) {
               return is_where(*this, one);
             })));
  };
  if (std::ranges::any_of(parts, is_met)) {
    if (const ValueId text = text_by_ways(*this, parts); text.exists()) return text;
    std::vector<ValueId> bare;
    for (const ValueId part : parts)
      bare.push_back(is_met(part) ? with_uncertainty(without_conditions(*this, part), kUngated)
                                  : part);
    return concat(bare);
  }
  const auto is_choice = [&](ValueId part) { return is(part, ValueKind::OneOf); };
  if (std::ranges::none_of(parts, is_choice)) return assemble(parts, 0);
  std::vector<Variant> variants(1);
  for (const ValueId part : parts) add_part(variants, part);
  if (variants.size() == 1) return assemble(variants[0].parts, variants[0].uncertainty);
  std::vector<Alternative> alternatives;
  for (const Variant& variant : variants)
    alternatives.push_back({assemble(variant.parts, variant.uncertainty), variant.guard});
  return one_of(alternatives);
}

void ValuePool::add_part(std::vector<Variant>& variants, ValueId part) {
  if (!is(part, ValueKind::OneOf)) {
    for (Variant& variant : variants) variant.parts.push_back(part);
    return;
  }
  const auto choices = operands(part);
  const auto choice_guards = guards(part);
  std::vector<Variant> next;
  for (const Variant& variant : variants) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const std::optional<GuardId> guard = both(variant.guard, choice_guards[i]);
      if (!guard) continue;
      Variant longer = variant;
      longer.parts.push_back(choices[i]);
      if (always(*guard) && !(always(variant.guard) && always(choice_guards[i])))
        longer.uncertainty |= kConditional;
      longer.guard = *guard;
      next.push_back(std::move(longer));
    }
  }
  if (next.empty() || next.size() > kAlternatives)
    return add_part(variants, cut_to_pattern(choices));
  variants = std::move(next);
}

ValueId ValuePool::assemble(std::span<const ValueId> parts, std::uint8_t uncertainty) {
  if (parts.size() == 1 && is(parts[0], ValueKind::Text))
    return with_uncertainty(parts[0], uncertainty);
  Assembly text;
  text.parts.reserve(parts.size());
  for (const ValueId part : parts) {
    uncertainty |= values_[part.index].uncertainty;
    if (is(part, ValueKind::Pattern))
      for (const ValueId inner : operands(part)) add_part(text, inner);
    else
      add_part(text, part);
  }
  if (text.parts.empty()) return with_uncertainty(text_value(text.literal), uncertainty);
  flush(text);
  const bool over = text.parts.size() > kPatternParts || text.bytes > kPatternBytes;
  return over ? cut_parts(text.parts, uncertainty) : pattern(text.parts, uncertainty);
}

void ValuePool::flush(Assembly& text) {
  if (!text.literal.empty()) text.parts.push_back(text_value(text.literal));
  text.bytes += text.literal.size();
  text.literal.clear();
}

void ValuePool::add_part(Assembly& text, ValueId part) {
  const ValueKind kind = values_[part.index].kind;
  if (is_literal(kind)) return add_literal(text, this->text(part));
  flush(text);
  const std::array operand{part};
  text.parts.push_back(is_text_part(kind) ? part : computed("to_text", operand));
}

// A literal that grows too long is cut before it is ever made.
void ValuePool::add_literal(Assembly& text, std::string_view more) {
  if (text.literal.size() + more.size() <= kTextBytes) {
    text.literal.append(more);
    return;
  }
  std::string end(more.size() < kKeptBytes ? utf8_suffix(text.literal, kKeptBytes - more.size())
                                           : std::string_view());
  end.append(utf8_suffix(more, kKeptBytes));
  const std::size_t size = text.literal.size() + more.size();
  if (text.literal.size() < kKeptBytes)
    text.literal.append(utf8_prefix(more, kKeptBytes - text.literal.size()));
  text.literal.resize(utf8_prefix(text.literal, kKeptBytes).size());
  const auto interning = [&](const Value& row, std::span<const ValueId> operands) {
    return intern(row, operands);
  };
  const std::array between{text_value(text.literal), text_value(end),
                           number(static_cast<std::int64_t>(size))};
  const std::size_t kept = text.literal.size() + end.size();
  flush(text);
  text.parts.push_back(left_out(*this, between, static_cast<std::int64_t>(size - kept), interning));
  text.literal = std::move(end);
}

ValueId ValuePool::long_text(std::string_view literal) {
  if (literal.size() <= kTextBytes) return text_value(literal);
  Assembly text;
  add_literal(text, literal);
  flush(text);
  return pattern(text.parts, kCut);
}

// `parts` as they are: flat, literals merged.
ValueId ValuePool::pattern(std::span<const ValueId> parts, std::uint8_t uncertainty) {
  if (parts.size() == 1) return with_uncertainty(parts[0], uncertainty);
  uncertainty |= uncertainty_of(parts);
  return intern({.kind = ValueKind::Pattern, .uncertainty = uncertainty}, parts);
}

// A quarter of the limits at each end is kept, so that a text that grows further is cut again only
// after a while.
ValueId ValuePool::cut_parts(std::span<const ValueId> parts, std::uint8_t uncertainty) {
  constexpr std::size_t kBytes = kKeptBytes, kParts = kPatternParts / 4;
  const auto literal = [&](std::size_t i) {
    return is(parts[i], ValueKind::Text) ? text(parts[i]) : std::string_view();
  };
  std::vector<ValueId> kept, end;
  std::size_t first = 0, last = parts.size(), room = kBytes, taken = 0;
  for (; first < kParts && first < last && literal(first).size() <= room; ++first) {
    kept.push_back(parts[first]);
    room -= literal(first).size();
  }
  if (first < kParts && first < last) {
    kept.push_back(text_value(utf8_prefix(literal(first), room)));
    taken = text(kept.back()).size();
  }
  room = kBytes;
  const auto left = [&] {  // of the last part, what the start has not taken
    return literal(last - 1).substr(last - 1 == first ? taken : 0);
  };
  for (; end.size() < kParts && last > first && left().size() <= room; --last) {
    end.push_back(last - 1 == first && taken > 0 ? text_value(left()) : parts[last - 1]);
    room -= left().size();
  }
  if (end.size() < kParts && last > first) end.push_back(text_value(utf8_suffix(left(), room)));
  std::erase(kept, text_value(""));
  std::erase(end, text_value(""));
  const auto interning = [&](const Value& row, std::span<const ValueId> operands) {
    return intern(row, operands);
  };
  const std::int64_t bytes =
      known_bytes(*this, parts) - known_bytes(*this, kept) - known_bytes(*this, end);
  kept.push_back(left_out(*this, parts.subspan(first, last - first), bytes, interning));
  kept.insert(kept.end(), end.rbegin(), end.rend());
  return pattern(kept, uncertainty | kCut);
}

}  // namespace fnlint
