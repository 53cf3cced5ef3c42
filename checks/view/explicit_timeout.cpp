// Evaluates the time selectors of a library model: numbers, products with a unit, and options with
// which the receiver was made.

#include "checks/view/explicit_timeout.h"

#include "checks/view/code_calls.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <charconv>

namespace fnlint {

namespace {

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

// Numbers, and what a library calls numbers: 5 * time.Second.
std::optional<double> number_in(const ValuePool& pool, ValueId value, int depth) {
  if (const auto text = as_text(pool, value)) return number_of(*text);
  if (pool[value].kind == ValueKind::Hole && pool[value].origin == Origin::Library) {
    const LibraryModel* row = find_library_model(Language::Unknown, pool.text(value));
    const bool is_constant = row != nullptr && row->attribute && row->returns.size() > 2 &&
                             row->returns.starts_with('\'');
    return is_constant ? number_of(row->returns.substr(1, row->returns.size() - 2)) : std::nullopt;
  }
  const bool is_product = pool.opcode(value) == Opcode::Multiply;
  if (!is_product || depth == 0) return std::nullopt;
  double product = 1;
  for (const ValueId one : pool.operands(value)) {
    const auto factor = number_in(pool, one, depth - 1);
    if (!factor) return std::nullopt;
    product *= *factor;
  }
  return product;
}

// What an object of a library was made with.
ValueId made_with(const ValuePool& pool, ValueId object) {
  const bool is_made =
      object.exists() && pool[object].kind == ValueKind::Object && !pool.operands(object).empty();
  return is_made ? pool.operands(object)[0] : ValueId{};
}

std::optional<double> told_time(const ValuePool& pool, std::string_view selectors,
                                ValueId arguments, ValueId object) {
  for (std::string_view one : split(selectors, '|')) {
    if (one.starts_with('\'')) return std::nullopt;  // what the library does by itself
    const std::size_t star = one.find('*');
    const auto unit = star == one.npos ? std::optional(1.0) : number_of(one.substr(star + 1));
    one = one.substr(0, star);
    constexpr std::string_view kReceiver = "receiver.";
    const bool of_object = one.starts_with(kReceiver);
    if (of_object) one.remove_prefix(kReceiver.size());
    const ValueId from = of_object ? made_with(pool, object) : arguments;
    const ValueId given = from.exists() ? argument_of(pool, from, one) : ValueId{};
    if (!given.exists()) continue;
    const auto number = number_in(pool, given, 4);
    return number && unit ? std::optional(*number * *unit) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> explicit_timeout(const ValuePool& pool, const LibraryModel& row,
                                       ValueId arguments, ValueId object) {
  return told_time(pool, row.timeout, arguments, object);
}

std::optional<double> default_wait(const ValuePool& pool, const LibraryModel& row,
                                   ValueId arguments, ValueId object) {
  std::optional<double> wait;
  for (const std::string_view one : split(row.timeout, '|')) {
    // What its object was made with is not known.
    if (one.starts_with("receiver.") && !made_with(pool, object).exists()) return std::nullopt;
    if (one.starts_with('\'')) wait = number_of(one.substr(1, one.size() - 2));
  }
  return wait && says_no_timeout(pool, row, arguments, object) ? wait : std::nullopt;
}

std::optional<double> told_lifetime(const ValuePool& pool, const LibraryModel& row,
                                    ValueId arguments, ValueId object) {
  return told_time(pool, row.lifetime, arguments, object);
}

std::string seconds_of(double milliseconds) {
  const auto tenths = static_cast<std::int64_t>(milliseconds / 100);
  return tenths % 10 == 0 ? cat(tenths / 10, " s") : cat(tenths / 10, ".", tenths % 10, " s");
}

}  // namespace fnlint
