// Keys that are made of a time, and are the same for all of a day.

#include "checks/idempotency_view.h"
#include "values/compute.h"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>

namespace fnlint {

namespace {

// What gives a time's day, month or year alone: a second delivery, minutes later, finds the same.
constexpr std::string_view kDays[] = {"date.today",    "Date.today",    "Date.current",
                                      "LocalDate.now", "YearMonth.now", "Year.now",
                                      "DateTime.Today"};
constexpr std::string_view kDayMembers[] = {"year",  "month", "day",       "yday", "Year",
                                            "Month", "Day",   "DayOfYear", "Date", "DayOfWeek"};
constexpr std::string_view kDayParts[] = {
    ".getFullYear()", ".getMonth()",   ".getDate()",    ".getDay()",       ".getUTCFullYear()",
    ".getUTCMonth()", ".getUTCDate()", ".getUTCDay()",  ".toDateString()", ".toLocaleDateString()",
    ".date()",        ".weekday()",    ".isoweekday()", ".isocalendar()",  ".toordinal()",
    ".Year()",        ".Month()",      ".Day()",        ".YearDay()",      ".ISOWeek()",
    ".year()",        ".month()",      ".day()",        ".yday()",         ".toISODate()"};
// What writes a time as its argument says, and what writes it whole.
constexpr std::string_view kFormats[] = {".strftime()", ".format()", ".toFormat()", ".Format()",
                                         ".ToString()"};
constexpr std::string_view kWholeTexts[] = {".isoformat()", ".toISOString()", ".toJSON()",
                                            ".toString()",  ".strftime()",    ".format()"};

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

// `now.replace(hour=0, minute=0, second=0, microsecond=0)`, `now.setHours(0, 0, 0, 0)`
bool is_set_to_midnight(const ValuePool& pool, ValueId value) {
  constexpr std::size_t kFields = 4;
  const auto is_zero = [&](ValueId one) { return is_number_up_to(pool, one, 0); };
  const auto operands = pool.operands(value);
  if (pool.is(value, ValueKind::Computed))
    return pool.opcode(value) == Opcode::Replace && operands.size() == kFields + 1 &&
           is_time(pool, operands[0]) && std::ranges::all_of(operands.subspan(1), is_zero);
  const std::string_view path = pool.text(value);
  if (!path.ends_with(".setHours()") && !path.ends_with(".setUTCHours()")) return false;
  return !operands.empty() && pool.is(operands[0], ValueKind::Record) &&
         pool.operands(operands[0]).size() == kFields &&
         std::ranges::all_of(pool.operands(operands[0]), is_zero);
}

// `f"{now:%Y%m%d}"`: a layout, ":%Y%m%d", and a time.
bool is_laid_out_as_day(const ValuePool& pool, ValueId value) {
  const auto operands = pool.operands(value);
  if (pool.opcode(value) != Opcode::Format || operands.size() != 2) return false;
  const auto layout = as_text(pool, operands[0]);
  return layout && layout->starts_with(':') && is_day_format(layout->substr(1)) &&
         is_time(pool, operands[1]);
}

}  // namespace

bool is_of_a_day(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Hole:
      return pool[value].origin == Origin::Clock && ends_with_any(pool.text(value), kDays);
    case ValueKind::Object:
      return ends_with_any(pool.text(value), kDayParts) || is_set_to_midnight(pool, value) ||
             (ends_with_any(pool.text(value), kFormats) && has_day_format(pool, value));
    case ValueKind::Computed:
      if (pool.opcode(value) != Opcode::Member)
        return is_cut_to_day(pool, value) || is_laid_out_as_day(pool, value) ||
               is_set_to_midnight(pool, value);
      return std::ranges::find(kDayMembers, pool.text(pool.operands(value)[1])) !=
                 std::end(kDayMembers) &&
             is_time(pool, pool.operands(value)[0]);
    default: return false;
  }
}

bool is_part_of_time(const ValuePool& pool, ValueId value, ValueId base) {
  return pool.opcode(value) == Opcode::Part && ends_with_any(pool.text(base), kWholeTexts);
}

}  // namespace fnlint
