#pragma once

#include "policies/item.h"
#include "values/relations_to.h"

#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// The project, indexed for the questions of policies.
class PolicyView {
 public:
  explicit PolicyView(const Project& project);

  const Project& project;
  const ValuePool& pool;
  const RelationsTo to;  // the relations that lead to a resource

  [[nodiscard]] std::span<const Relation* const> from(ResourceId resource) const;
  [[nodiscard]] std::span<const Relation* const> declared_by(ResourceId resource) const;
  [[nodiscard]] std::span<const Statement* const> statements_of(ResourceId role) const;
  // Resources with a property in which the resource stands, and those that stand in its own.
  [[nodiscard]] std::span<const ResourceId> referring_to(ResourceId resource) const;
  [[nodiscard]] std::span<const ResourceId> referred_by(ResourceId resource) const;
  [[nodiscard]] const DeclaredFunction* declared(ResourceId function) const;
  [[nodiscard]] std::span<const ResourceId> functions_of(ResourceId role) const;
  // The row of Project::functions; UINT32_MAX: none.
  [[nodiscard]] std::uint32_t linked(ResourceId function) const;
  // What a reference means where a tool's output describes the same stack as well.
  [[nodiscard]] ResourceId meant(ResourceId resource) const;

 private:
  struct References {
    std::map<ResourceId, std::vector<ResourceId>> to = {}, of = {};
  };
  [[nodiscard]] const References& references() const;

  std::map<ResourceId, std::vector<const Relation*>> from_, declared_by_;
  std::map<ResourceId, std::vector<const Statement*>> statements_;
  std::map<ResourceId, std::vector<ResourceId>> of_role_;
  std::map<ResourceId, std::uint32_t> linked_;
  mutable std::unique_ptr<References> references_ = {};  // made when it is first asked for
};

// A name that is not a property's own: `function.timeout`, `mapping.source`.
struct Attribute {
  std::string_view name = {};
  ItemType of{}, gives{};
  bool many = false;  // written with "[*]" behind it
  std::string_view kinds =
      {};                      // of a resource: the kinds that have it, "function|role"; empty: all
  std::string_view says = {};  // for docs/model.md
  void (*reach)(const PolicyView& view, const Item& item, Reached& to) = nullptr;
};
std::span<const Attribute> attributes();
const Attribute* find_attribute(ItemType of, std::string_view name);
std::string_view word_of(ItemType type);

}  // namespace fnlint
