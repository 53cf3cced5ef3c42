// A project indexed for policies, which would otherwise search all of it at each step of a path.
#pragma once

#include "core/text.h"
#include "model/settings.h"
#include "policies/item.h"
#include "values/relations_to.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <memory_resource>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// The property at a path of the resource, if it has one, and whether others stand below it.
struct AtPath {
  const Property* property = nullptr;
  bool has_below = false;
  bool may_be = false;  // among what is not known of the resource
};

// The project, indexed for the questions of policies.
class PolicyView {
 public:
  PolicyView(const Project& project, const Settings& settings);

  const Project& project;
  const Settings& settings;
  const ValuePool& pool;
  const RelationsTo to;  // the relations that lead to a resource

  [[nodiscard]] std::span<const Relation* const> from(ResourceId resource) const;
  [[nodiscard]] std::span<const Relation* const> declared_by(ResourceId resource) const;
  [[nodiscard]] std::span<const Statement* const> statements_of(ResourceId role) const;
  // Resources with a property in which the resource stands, and those that stand in its own.
  [[nodiscard]] std::span<const ResourceId> referring_to(ResourceId resource) const;
  [[nodiscard]] std::span<const ResourceId> referred_by(ResourceId resource) const;
  // Resources that may stand for the resource's own, or refer to it, as nobody knows what they
  // name: `resource_arn = var.stage`. Not those that name another of its type.
  [[nodiscard]] std::vector<ResourceId> may_refer_to(ResourceId resource) const;
  [[nodiscard]] const DeclaredFunction* declared(ResourceId function) const;
  // Functions of other runtimes are given its archive, too.
  [[nodiscard]] bool has_archive_of_several(ResourceId function) const;
  [[nodiscard]] std::span<const ResourceId> functions_of(ResourceId role) const;
  // Whether a template has one of these (aliases, versions, URLs) of a function that is not known.
  [[nodiscard]] bool has_unplaced(ResourceKind kind, std::uint32_t scope) const {
    return unplaced_.contains({kind, scope});
  }
  // Whether it may have a property of that name; one that is nowhere among its own is refused.
  [[nodiscard]] bool may_have(ResourceId resource, std::string_view name) const {
    return (names_[resource.index] & bit_of(name)) != 0;
  }
  [[nodiscard]] AtPath at(ResourceId resource, std::string_view path) const;
  // What property_of() says, which it is asked for more often.
  [[nodiscard]] const Property* property(ResourceId resource, std::string_view path) const;
  // Whether something that is not read is given it, and may add to it.
  [[nodiscard]] bool is_handed_over(ResourceId resource) const {
    return std::ranges::binary_search(project.stacks.handed_over, resource);
  }
  // The resources of a template, whatever is known of what they name.
  [[nodiscard]] std::span<const ResourceId> of_scope(std::uint32_t scope) const {
    return scope < of_scope_.size() ? std::span<const ResourceId>(of_scope_[scope])
                                    : std::span<const ResourceId>();
  }
  [[nodiscard]] std::span<const ResourceId> log_groups() const { return log_groups_; }
  // The row of Project::functions; UINT32_MAX: none.
  [[nodiscard]] std::uint32_t linked(ResourceId function) const;

  // What items say that is put together; it lasts until forget_texts().
  template <class... Parts>
  [[nodiscard]] std::string_view keep(const Parts&... parts) const {
    const std::string text = cat(parts...);
    char* const at = static_cast<char*>(texts_.allocate(text.size() + 1, 1));
    return {at, static_cast<std::size_t>(std::ranges::copy(text, at).out - at)};
  }
  void forget_texts() const { texts_.release(); }

 private:
  template <class Row>
  using ByResource = std::vector<std::vector<Row>>;
  struct References {
    ByResource<ResourceId> to = {}, of = {};
    std::vector<ResourceId> open = {};  // whose own properties name something that is not known
  };
  [[nodiscard]] const References& references() const;
  [[nodiscard]] bool is_unplaced(ResourceId id) const;
  // Of the first part of a path; all where it may be any.
  static std::uint64_t bit_of(std::string_view path) {
    const std::string_view name = path.substr(0, path.find('.'));
    if (name.empty()) return ~std::uint64_t{0};
    const auto first = static_cast<std::size_t>(name.front());
    const auto last = static_cast<std::size_t>(name.back());
    return std::uint64_t{1} << ((first * 5 + last * 11 + name.size() * 3) % 64);
  }

  ByResource<const Relation*> from_, declared_by_;
  ByResource<const Statement*> statements_;
  ByResource<ResourceId> of_role_;
  std::vector<std::uint32_t> linked_;                    // UINT32_MAX: none
  std::vector<std::uint64_t> names_;                     // of each resource's properties, as bits
  std::vector<std::string_view> paths_;                  // of all properties
  std::vector<std::uint64_t> heads_;                     // the first letters of the paths
  std::vector<bool> has_rest_;                           // of each resource: some are not known
  std::vector<ResourceId> log_groups_;
  std::vector<std::vector<ResourceId>> of_scope_;
  std::set<std::pair<ResourceKind, std::uint32_t>> unplaced_;
  mutable std::unique_ptr<References> references_ = {};  // made when it is first asked for
  // The runtimes of the functions that are given an archive, by its path.
  mutable std::unique_ptr<std::map<std::string, std::set<std::string_view>>> archives_ = {};
  mutable std::array<char, 4096> first_texts_ = {};
  mutable std::pmr::monotonic_buffer_resource texts_{first_texts_.data(), first_texts_.size()};
};

}  // namespace fnlint
