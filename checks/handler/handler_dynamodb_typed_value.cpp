// Some clients of DynamoDB take plain values, and add their types themselves. {"S": "A1"} is a map
// to them.

#include "checks/handler/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

namespace fnlint {

namespace {

// Members that hold values by their names; `is_key`: of a key, which is no map.
struct ValuesMember {
  std::string_view name = {};
  bool is_key = false;
};
constexpr std::array kValuesMembers{
    ValuesMember{"Key", true},
    ValuesMember{"Item", false},
    ValuesMember{"ExclusiveStartKey", true},
    ValuesMember{"ExpressionAttributeValues", false},
};

// Source: Amazon DynamoDB API Reference, AttributeValue.
constexpr std::array<std::string_view, 10> kTypes{"B", "BOOL", "BS",   "L", "M",
                                                  "N", "NS",   "NULL", "S", "SS"};

bool takes_plain_values(const Effect& effect) {
  const std::string_view path = effect.library == UINT32_MAX
                                    ? std::string_view(effect.receiver)
                                    : library_models()[effect.library].path;
  return std::ranges::any_of(known::dynamodb_clients_of_plain_values(),
                             [&](std::string_view begins) { return path.starts_with(begins); });
}

// What is known of it may be of the type; `{"M": 3}` is a size.
bool fits_type(const ValuePool& pool, ValueId value, std::string_view type) {
  const ValueKind kind = pool[value].kind;
  switch (kind) {
    case ValueKind::Text:
    case ValueKind::Pattern: return type == "S" || type == "N" || type == "B";
    case ValueKind::Number: return false;
    case ValueKind::Bool: return type == "BOOL" || type == "NULL";
    case ValueKind::List: return type == "L" || type == "SS" || type == "NS" || type == "BS";
    case ValueKind::Record: return type == "M";
    default: return true;
  }
}

// {"S": id}: one entry, by the name of a type.
bool is_typed(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record) || pool[value].ref != 0 || pool.names(value).size() != 1)
    return false;
  const std::string_view type = pool[pool.names(value)[0]];
  return std::ranges::find(kTypes, type) != kTypes.end() &&
         fits_type(pool, pool.operands(value)[0], type);
}

struct TypedValue {
  std::string name = {}, type = {};
  bool is_key = false;
};

// The first of them; nothing: there is none.
std::optional<TypedValue> typed_value(const ValuePool& pool, const Effect& effect) {
  for (const ValuesMember& member : kValuesMembers) {
    const ValueId values = entry_of(pool, effect.arguments, member.name);
    if (!values.exists() || !pool.is(values, ValueKind::Record)) continue;
    for (std::size_t i = 0; i < pool.names(values).size(); ++i)
      if (const ValueId one = pool.operands(values)[i]; is_typed(pool, one))
        return TypedValue{.name = std::string(pool[pool.names(values)[i]]),
                          .type = std::string(pool[pool.names(one)[0]]),
                          .is_key = member.is_key};
  }
  return std::nullopt;
}

}  // namespace

void handler_dynamodb_typed_value(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects) {
        if (operations()[effect.operation].service != "dynamodb" || !effect.arguments.exists() ||
            !takes_plain_values(effect))
          continue;
        const std::optional<TypedValue> found = typed_value(*project.pool, effect);
        if (!found || !told.insert(effect.where).second) continue;
        const std::string_view then = found->is_key ? "a key that is a map, which DynamoDB refuses"
                                                    : "a map, and is stored or compared as one";
        const auto uncertainty =
            static_cast<std::uint8_t>(effect.uncertainty & (kCut | kOfHappening));
        findings.push_back(FindingBuilder("handler-dynamodb-typed-value",
                                          static_cast<std::uint8_t>(
                                              uncertainty | (found->is_key ? 0 : kHeuristic)))
                               .about(function)
                               .at(effect.where)
                               .says("'", found->name, "' is given as {\"", found->type,
                                     "\": ...} to a client that adds the types itself (",
                                     call_name(effect), "): to it that is ", then, '.')
                               .identified(function.name, ' ', call_name(effect), ' ', found->name)
                               .with_steps(effect.path));
      }
}

}  // namespace fnlint
