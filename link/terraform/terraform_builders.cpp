// Turns blocks of principals and conditions into the maps of a policy document.

#include "link/terraform/terraform_builders.h"

#include "values/compute.h"

#include <algorithm>
#include <optional>

namespace fnlint::stacks {

namespace {

std::optional<std::string> text_at(const ValuePool& pool, const PropertyBuilder& block,
                                   std::string_view name) {
  const auto row = std::ranges::find(block.children, name, &PropertyBuilder::name);
  if (row == block.children.end() || !row->value.exists()) return std::nullopt;
  const auto text = as_text(pool, row->value);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

PropertyBuilder* row_of(PropertyBuilder& parent, std::string_view name) {
  const auto row = std::ranges::find(parent.children, name, &PropertyBuilder::name);
  return row == parent.children.end() ? nullptr : &*row;
}

PropertyBuilder& added(PropertyBuilder& parent, std::string name, const PropertyBuilder& like) {
  if (PropertyBuilder* const known = row_of(parent, name)) return *known;
  return parent.children.emplace_back(PropertyBuilder{.name = std::move(name),
                                           .native = like.native,
                                           .key = like.key,
                                           .where = like.where,
                                           .when = like.when,
                                           .otherwise = like.otherwise});
}

// [{Type: Service, Identifiers: [...]}] to {Service: [...]}; "*" is everybody.
void principals(ValuePool& pool, PropertyBuilder& statement, std::string_view from,
                std::string_view to) {
  PropertyBuilder* const found = row_of(statement, from);
  if (found == nullptr) return;
  PropertyBuilder list = std::move(*found);
  found->name = to;
  found->value = {};
  found->list = false;
  found->children.clear();
  for (PropertyBuilder& block : list.children) {
    const std::optional<std::string> type = text_at(pool, block, "Type");
    PropertyBuilder* const identifiers = row_of(block, "Identifiers");
    if (!type || identifiers == nullptr) {
      found->value = pool.unknown("principals that are not known");
      found->children.clear();
      return;
    }
    if (*type == "*") {
      found->value = pool.text_value("*");
      found->where = identifiers->where;
      found->key = identifiers->key;
      found->children.clear();
      return;
    }
    identifiers->name = *type;
    found->children.push_back(std::move(*identifiers));
  }
}

// [{Test: StringEquals, Variable: v, Values: [...]}] to {StringEquals: {v: [...]}}.
void conditions(ValuePool& pool, PropertyBuilder& statement) {
  PropertyBuilder* const found = row_of(statement, "Condition");
  if (found == nullptr || !found->list) return;
  PropertyBuilder list = std::move(*found);
  found->name = "Condition";
  found->value = {};
  found->list = false;
  found->children.clear();
  for (PropertyBuilder& block : list.children) {
    const std::optional<std::string> test = text_at(pool, block, "Test");
    const std::optional<std::string> variable = text_at(pool, block, "Variable");
    PropertyBuilder* const values = row_of(block, "Values");
    if (!test || !variable || values == nullptr) {
      found->value = pool.unknown("conditions that are not known");
      found->children.clear();
      return;
    }
    values->name = *variable;
    added(*found, *test, block).children.push_back(std::move(*values));
  }
}

}  // namespace

void as_statement(ValuePool& pool, PropertyBuilder& statement) {
  if (statement.children.empty()) return;
  principals(pool, statement, "Principals", "Principal");
  principals(pool, statement, "NotPrincipals", "NotPrincipal");
  conditions(pool, statement);
  // What the data source writes where nothing is said.
  if (row_of(statement, "Effect") == nullptr)
    added(statement, "Effect", statement).value = pool.text_value("Allow");
}

}  // namespace fnlint::stacks
