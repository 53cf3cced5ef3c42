// Keys that are made of a time, and are the same for all of a day or an hour.

#include "checks/idempotency/idempotency_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/compute.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string>

namespace fnlint {

namespace {

bool ends_with_any(std::string_view text, std::span<const std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

// "%Y-%m-%d", "YYYY-MM-DD", "yyyy-MM-dd", Go's "2006-01-02": nothing finer than the day.
bool is_day_format(std::string_view format) {
  static const RE2 kNamed(R"((?:[^%]|%[-_0^]?[YyCGgmBbhdejaAuwUVWDFxv%])*%[-_0^]?[YymdjFDBb].*)"),
      kFine(R"(%[-_0^]?[HIMSfsTXcRrpLNklQ])"),
      kLetters(R"([YyMDd'\[\] ,./_-]*[YyMD][YyMDd'\[\] ,./_-]*)"),
      kLayout(R"((?:2006|01|02|Jan|_2|[ ,./_-])+)");
  if (format.find('%') != format.npos)
    return RE2::FullMatch(format, kNamed) && !RE2::PartialMatch(format, kFine);
  return RE2::FullMatch(format, kLetters) || RE2::FullMatch(format, kLayout);
}

// Every text that is given to what writes a time.
bool has_day_format(const ValuePool& pool, ValueId written) {
  bool days = false, fine = false;
  for_each_below(pool, written, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Text)) return;
    const bool is_day = is_day_format(pool.text(id));
    days = days || is_day;
    fine = fine || !is_day;
  });
  return days && !fine;
}

bool is_number_up_to(const ValuePool& pool, ValueId value, int most) {
  if (!pool.is(value, ValueKind::Number)) return false;
  const std::string_view text = pool.text(value);
  return text.size() <= 2 && text.find_first_not_of("0123456789") == text.npos &&
         std::stoi(std::string(text)) <= most;
}

bool is_first(const ValuePool& pool, ValueId from) {
  return !pool.is(from, ValueKind::Number) || is_number_up_to(pool, from, 0);
}

// The date of "2026-03-01T12:00:00Z", cut out of it.
bool is_cut_to_day(const ValuePool& pool, ValueId value) {
  constexpr int kDate = 10;
  const auto operands = pool.operands(value);
  if (pool.opcode(value) == Opcode::Part)
    return operands.size() > 2 && is_first(pool, operands[1]) &&
           is_number_up_to(pool, operands[2], kDate);
  if (pool.opcode(value) != Opcode::Index || operands.size() < 2 ||
      !is_number_up_to(pool, operands[1], 0) || !pool.is(operands[0], ValueKind::Computed))
    return false;
  const auto given = pool.operands(operands[0]);
  const auto separator = given.size() > 1 ? as_text(pool, given[1]) : std::nullopt;
  return pool.opcode(operands[0]) == Opcode::Split && (separator == "T" || separator == " ");
}

bool is_time(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Hole
             ? row.origin == Origin::Clock
             : row.kind == ValueKind::Object && has_origin(pool, value, Origin::Clock);
}

// Parts of a time that are finer than its day.
enum TimePart : unsigned { kHours = 1, kMinutes = 2, kSeconds = 4, kFraction = 8 };
constexpr unsigned kBelowHour = kMinutes | kSeconds | kFraction, kBelowDay = kHours | kBelowHour;

// What sets these parts, its arguments in this order.
struct TimeSetter {
  std::string_view call;
  std::array<unsigned, 4> parts;
};
constexpr TimeSetter kSetters[] = {{".setHours()", {kHours, kMinutes, kSeconds, kFraction}},
                                   {".setUTCHours()", {kHours, kMinutes, kSeconds, kFraction}},
                                   {".setMinutes()", {kMinutes, kSeconds, kFraction}},
                                   {".setUTCMinutes()", {kMinutes, kSeconds, kFraction}},
                                   {".setSeconds()", {kSeconds, kFraction}},
                                   {".setUTCSeconds()", {kSeconds, kFraction}},
                                   {".setMilliseconds()", {kFraction}},
                                   {".setUTCMilliseconds()", {kFraction}},
                                   {".withHour()", {kHours}},
                                   {".withMinute()", {kMinutes}},
                                   {".withSecond()", {kSeconds}},
                                   {".withNano()", {kFraction}}};

// What takes all below a unit away, by its name or by the unit that it is given: a text, or as many
// seconds or milliseconds as the unit has.
struct TimeCutter {
  std::string_view call;
  std::string_view unit;  // "": of any
  unsigned parts;
};
constexpr TimeCutter kCutters[] = {
    {".startOf()", "day", kBelowDay},       {".startOf()", "date", kBelowDay},
    {".startOf()", "week", kBelowDay},      {".startOf()", "isoWeek", kBelowDay},
    {".startOf()", "month", kBelowDay},     {".startOf()", "quarter", kBelowDay},
    {".startOf()", "year", kBelowDay},      {".startOf()", "hour", kBelowHour},
    {".truncatedTo()", "86400", kBelowDay}, {".truncatedTo()", "3600", kBelowHour},
    {".Truncate()", "86400000", kBelowDay}, {".Truncate()", "3600000", kBelowHour},
    {".startOfDay()", "", kBelowDay},       {".startOfWeek()", "", kBelowDay},
    {".startOfMonth()", "", kBelowDay},     {".startOfYear()", "", kBelowDay},
    {".startOfHour()", "", kBelowHour}};

unsigned parts_set_by(const ValuePool& pool, ValueId call) {
  const std::string_view path = pool.text(call);
  const auto operands = pool.operands(call);
  if (operands.empty() || !pool.is(operands[0], ValueKind::Record)) return 0;
  const auto arguments = pool.operands(operands[0]);
  for (const TimeSetter& setter : kSetters) {
    if (!path.ends_with(setter.call)) continue;
    unsigned parts = 0;
    for (std::size_t i = 0; i < arguments.size() && i < setter.parts.size(); ++i)
      if (pool.is(arguments[i], ValueKind::Number)) parts |= setter.parts[i];
    return parts;
  }
  const std::string_view unit = arguments.empty() ? std::string_view() : pool.text(arguments[0]);
  const auto* const cutter = std::ranges::find_if(kCutters, [&](const TimeCutter& one) {
    return path.ends_with(one.call) && (one.unit.empty() || one.unit == unit);
  });
  return cutter != std::end(kCutters) ? cutter->parts : 0;
}

// `now.replace(hour=0, minute=0, second=0, microsecond=0)`, the finest first.
unsigned parts_replaced(const ValuePool& pool, ValueId value) {
  constexpr std::size_t kToHour = 4, kToDay = 5;  // beside the time itself, what each part becomes
  const auto operands = pool.operands(value);
  const bool is_set = pool.opcode(value) == Opcode::Replace && operands.size() >= kToHour &&
                      is_time(pool, operands[0]) &&
                      std::ranges::all_of(operands.subspan(1), [&](ValueId one) {
                        return pool.is(one, ValueKind::Number);
                      });
  if (!is_set) return 0;
  return operands.size() == kToDay ? kBelowDay : kBelowHour;
}

// Parts of the time that are the same in each delivery: `now.setHours(0, 0, 0, 0)`, or one after
// another.
unsigned fixed_parts(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Computed)) return parts_replaced(pool, value);
  unsigned parts = 0;
  while (pool.is(value, ValueKind::Object)) {
    const unsigned here = parts_set_by(pool, value);
    if (here == 0) break;
    parts |= here;
    if (pool.operands(value).size() < 2) break;
    value = pool.operands(value)[1];
  }
  return parts;
}

// `f"{now:%Y%m%d}"`: a layout, ":%Y%m%d", and a time.
bool is_laid_out_as_day(const ValuePool& pool, ValueId value) {
  const auto operands = pool.operands(value);
  if (pool.opcode(value) != Opcode::Format || operands.size() != 2) return false;
  const auto layout = as_text(pool, operands[0]);
  return layout && layout->starts_with(':') && is_day_format(layout->substr(1)) &&
         is_time(pool, operands[1]);
}

bool is_of_a_day(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Hole:
      return pool[value].origin == Origin::Clock &&
             ends_with_any(pool.text(value), known::day_calls());
    case ValueKind::Object:
      return ends_with_any(pool.text(value), known::day_parts()) ||
             (ends_with_any(pool.text(value), known::time_formats()) &&
              has_day_format(pool, value));
    case ValueKind::Computed:
      if (pool.opcode(value) != Opcode::Member)
        return is_cut_to_day(pool, value) || is_laid_out_as_day(pool, value);
      return is_one_of(known::day_members(), pool.text(pool.operands(value)[1])) &&
             is_time(pool, pool.operands(value)[0]);
    default: return false;
  }
}

}  // namespace

TimeCut cut_time(const ValuePool& pool, ValueId value) {
  const unsigned fixed = fixed_parts(pool, value);
  if (fixed == kBelowDay || is_of_a_day(pool, value)) return TimeCut::ToDay;
  return (fixed & kBelowHour) == kBelowHour ? TimeCut::ToHour : TimeCut::None;
}

bool is_part_of_time(const ValuePool& pool, ValueId value, ValueId base) {
  return pool.opcode(value) == Opcode::Part &&
         ends_with_any(pool.text(base), known::whole_time_texts());
}

}  // namespace fnlint
