// Turns blocks of principals and conditions into the maps of a policy document.

#include "link/terraform/terraform_made.h"

#include "values/compute.h"

#include <algorithm>
#include <optional>

namespace fnlint::stacks {

namespace {

std::optional<std::string> text_at(const ValuePool& pool, const Made& block,
                                   std::string_view name) {
  const auto row = std::ranges::find(block.children, name, &Made::name);
  if (row == block.children.end() || !row->value.exists()) return std::nullopt;
  const auto text = as_text(pool, row->value);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

Made* row_of(Made& parent, std::string_view name) {
  const auto row = std::ranges::find(parent.children, name, &Made::name);
  return row == parent.children.end() ? nullptr : &*row;
}

Made& added(Made& parent, std::string name, const Made& like) {
  if (Made* const known = row_of(parent, name)) return *known;
  return parent.children.emplace_back(Made{.name = std::move(name),
                                           .native = like.native,
                                           .key = like.key,
                                           .where = like.where,
                                           .when = like.when,
                                           .otherwise = like.otherwise});
}

// [{Type: Service, Identifiers: [...]}] to {Service: [...]}; "*" is everybody.
void principals(ValuePool& pool, Made& statement, std::string_view from, std::string_view to) {
  Made* const found = row_of(statement, from);
  if (found == nullptr) return;
  Made list = std::move(*found);
  found->name = to;
  found->value = {};
  found->list = false;
  found->children.clear();
  for (Made& block : list.children) {
    const std::optional<std::string> type = text_at(pool, block, "Type");
    Made* const identifiers = row_of(block, "Identifiers");
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
void conditions(ValuePool& pool, Made& statement) {
  Made* const found = row_of(statement, "Condition");
  if (found == nullptr || !found->list) return;
  Made list = std::move(*found);
  found->name = "Condition";
  found->value = {};
  found->list = false;
  found->children.clear();
  for (Made& block : list.children) {
    const std::optional<std::string> test = text_at(pool, block, "Test");
    const std::optional<std::string> variable = text_at(pool, block, "Variable");
    Made* const values = row_of(block, "Values");
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

void as_statement(ValuePool& pool, Made& statement) {
  if (statement.children.empty()) return;
  principals(pool, statement, "Principals", "Principal");
  principals(pool, statement, "NotPrincipals", "NotPrincipal");
  conditions(pool, statement);
  // What the data source writes where nothing is said.
  if (row_of(statement, "Effect") == nullptr)
    added(statement, "Effect", statement).value = pool.text_value("Allow");
}

}  // namespace fnlint::stacks
