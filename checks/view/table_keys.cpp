// Keys and indexes of DynamoDB's tables, as templates declare them.

#include "checks/view/table_keys.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/templates.h"
#include "values/pool.h"

#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 2> kIndexLists{"GlobalSecondaryIndexes",
                                                      "LocalSecondaryIndexes"};
constexpr int kMostIndexes = 25;  // global ones and local ones, by DynamoDB's quotas

// A list, or items by their positions, of which every one is there.
bool is_whole(const ValuePool& pool, const Property* list) {
  return list == nullptr ||
         ((pool.is(list->value, ValueKind::List) || pool.is(list->value, ValueKind::Record)) &&
          pool[list->value].ref == 0);
}

std::vector<std::string_view> key_below(const Project& project, ResourceId table,
                                        std::string_view below) {
  std::vector<std::string_view> names;
  const Property* const whole = property_of(project, table, cat(below, "KeySchema"));
  if (!is_whole(*project.pool, whole)) return {};
  for (int i = 0; i < 2; ++i) {
    const Property* const property =
        property_of(project, table, cat(below, "KeySchema.", i, ".AttributeName"));
    if (property == nullptr) continue;
    const auto text = as_text(*project.pool, property->value);
    if (!text) return {};
    names.push_back(*text);
  }
  return names;
}

}  // namespace

std::vector<std::string_view> table_key(const Project& project, ResourceId table) {
  if (!table.exists() || project.stacks[table].external) return {};
  const ResourceType* const type = find_resource_type((*project.pool)[project.stacks[table].type]);
  const bool is_left_out =
      property_of(project, table, "KeySchema") == nullptr &&
      property_of(project, table, "KeySchema.0.AttributeName") == nullptr;  // of a SimpleTable
  if (is_left_out && type != nullptr && !type->key.empty()) return {type->key};
  return key_below(project, table, "");
}

std::vector<std::string_view> index_key(const Project& project, ResourceId table,
                                        std::string_view index) {
  if (!table.exists() || project.stacks[table].external) return {};
  for (const std::string_view list : kIndexLists)
    for (int i = 0; i < kMostIndexes; ++i) {
      const std::string below = cat(list, '.', i, '.');
      const Property* const name = property_of(project, table, below + "IndexName");
      const auto text = name == nullptr ? std::nullopt : as_text(*project.pool, name->value);
      if (!text || *text != index) continue;
      std::vector<std::string_view> key = key_below(project, table, below);
      // A local index has the table's partition key, whether its tool says so or not.
      const std::vector<std::string_view> of_table = key_below(project, table, "");
      if (list == kIndexLists[1] && key.size() == 1 && !of_table.empty())
        key.insert(key.begin(), of_table.front());
      return key;
    }
  return {};
}

std::optional<std::vector<std::string_view>> index_names(const Project& project, ResourceId table) {
  if (table_key(project, table).empty()) return std::nullopt;
  std::vector<std::string_view> names;
  for (const std::string_view list : kIndexLists) {
    const Property* const whole = property_of(project, table, list);
    if (!is_whole(*project.pool, whole)) return std::nullopt;
    std::size_t left = whole == nullptr ? 0 : project.pool->operands(whole->value).size();
    // Made of a list that is empty here; a deployment may give another.
    if (whole != nullptr && left == 0) return std::nullopt;
    for (int i = 0; i < kMostIndexes; ++i) {
      const Property* const name = property_of(project, table, cat(list, '.', i, ".IndexName"));
      if (name == nullptr) continue;
      const auto text = as_text(*project.pool, name->value);
      if (!text) return std::nullopt;
      names.push_back(*text);
      if (left > 0) --left;
    }
    if (left > 0) return std::nullopt;  // one of which nobody knows the name
  }
  return names;
}

}  // namespace fnlint
