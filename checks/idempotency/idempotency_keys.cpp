// Inserts that fail the second time: of a row whose key the event gives, in a table where that
// stands once.

#include "checks/idempotency/idempotency_sql.h"
#include "checks/idempotency/idempotency_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

// What a statement is given for its parameters: in order, or by name.
struct GivenParameters {
  std::vector<ValueId> in_order = {};
  ValueId named = {};
};

GivenParameters parameters_of(const ValuePool& pool, ValueId arguments) {
  GivenParameters given;
  if (!arguments.exists() || !pool.is(arguments, ValueKind::Record)) return given;
  const auto take = [&](ValueId one, bool is_variadic) {
    if (pool.is(one, ValueKind::Record)) {
      given.named = one;
    } else if (pool.is(one, ValueKind::List) && !pool.operands(one).empty()) {
      const auto items = pool.operands(one);
      if (!is_variadic && pool.is(items[0], ValueKind::Record))
        given.named = items[0];  // of each row
      else if (given.in_order.empty())
        given.in_order.assign(items.begin(), items.end());
    }
  };
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i)
    take(pool.operands(arguments)[i], pool[pool.names(arguments)[i]] == "*");
  if (given.in_order.size() == 1 && pool.is(given.in_order[0], ValueKind::List)) {
    const auto items = pool.operands(given.in_order[0]);
    given.in_order.assign(items.begin(), items.end());
  }
  return given;
}

// The value that stands for a column; no id: it is none that is known. `placed`: how many
// placeholders without a number stand before it.
ValueId value_of_column(const ValuePool& pool, const GivenParameters& given, std::string_view text,
                        std::size_t placed) {
  const auto at = [&](std::size_t i) {
    return i < given.in_order.size() ? given.in_order[i] : ValueId{};
  };
  if (text == "?" || text == "%s") return at(placed);
  std::size_t number = 0;
  if (text.starts_with('$') || text.starts_with(':')) {
    const std::string_view digits = text.substr(1, text.find_first_not_of("0123456789", 1) - 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number > 0) return at(number - 1);
  }
  std::string_view name;
  if (text.starts_with("%(")) name = text.substr(2, text.find(')') - 2);
  if (text.starts_with(':') || text.starts_with('@'))
    name = text.substr(1, text.find_first_of(": \n", 1) - 1);
  return name.empty() || !given.named.exists() ? ValueId{} : entry_of(pool, given.named, name);
}

enum class Part : std::uint8_t { Unsteady, Constant, OfEvent };

class KeyParts {
 public:
  KeyParts(const Project& project, const LambdaFunction& function, const DeliverySource& source)
      : project_(project), pool_(*project.pool), function_(function), source_(source) {}

  [[nodiscard]] Part part(ValueId value) const {
    if (!value.exists() || has_origin(pool_, value, Origin::Fresh) ||
        has_origin(pool_, value, Origin::Clock))
      return Part::Unsteady;
    bool known = true;
    for_each_below(pool_, value, [&](ValueId id) {
      const Value& row = pool_[id];
      const bool is_place = row.origin == Origin::Outside && pool_.text(id) == "position";
      if (row.kind == ValueKind::Unknown ||
          (row.kind == ValueKind::Hole && !is_place && row.origin != Origin::Event &&
           row.origin != Origin::Environment && row.origin != Origin::TemplateInput))
        known = false;
    });
    if (!known) return Part::Unsteady;
    if (!has_origin(pool_, value, Origin::Event)) return Part::Constant;
    return unsteady_part(project_, function_, source_, value) ? Part::Unsteady : Part::OfEvent;
  }

 private:
  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  const DeliverySource& source_;
};

bool is_taken_by_key(const InsertedRow& row, const UniqueKey& key, const GivenParameters& given,
                     const KeyParts& parts, const ValuePool& pool) {
  bool of_event = false;
  for (const std::string& column : key.columns) {
    const auto found = std::ranges::find(row.columns, column);
    if (found == row.columns.end()) return false;
    const auto at = static_cast<std::size_t>(found - row.columns.begin());
    const std::string& text = row.values[at];
    if (text == "''") continue;  // a literal
    const auto placed = static_cast<std::size_t>(
        std::count_if(row.values.begin(), row.values.begin() + static_cast<std::ptrdiff_t>(at),
                      [](const std::string& one) { return one == "?" || one == "%s"; }));
    const Part part = parts.part(value_of_column(pool, given, text, placed));
    if (part == Part::Unsteady) return false;
    of_event = of_event || part == Part::OfEvent;
  }
  return of_event;
}

}  // namespace

bool fails_when_repeated(const Project& project, const LambdaFunction& function,
                         const DeliverySource& source, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (project.unique_keys.empty() || operation.repeat != Repeat::BySql) return false;
  const ValuePool& pool = *project.pool;
  const std::vector<std::string> statements = statements_of(pool, operation, effect);
  const KeyParts parts(project, function, source);
  const GivenParameters given = parameters_of(pool, effect.arguments);
  return !statements.empty() && std::ranges::all_of(statements, [&](const std::string& statement) {
    const std::optional<InsertedRow> row = inserted_row(statement);
    return row && std::ranges::any_of(project.unique_keys, [&](const UniqueKey& key) {
             return key.table == row->table && is_taken_by_key(*row, key, given, parts, pool);
           });
  });
}

bool KeptLists::follows_failing_insert(const DeliverySource& source, const Effect& effect) {
  if (project_.unique_keys.empty()) return false;
  const auto [row, is_new] = failing_.try_emplace(source.trigger);
  if (is_new)
    for (const Effect& insert : function_.effects)
      if ((insert.flags & (kErrorsDropped | kErrorsLogged)) == 0 &&
          fails_when_repeated(project_, function_, source, insert))
        row->second.push_back(&insert);
  return std::ranges::any_of(row->second, [&](const Effect* insert) {
    return insert->order < effect.order && all_hold(insert->holds, effect.holds);
  });
}

}  // namespace fnlint
