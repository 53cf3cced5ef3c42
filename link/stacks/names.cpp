// Leads each alternative of a value through references, ARNs and addresses to a name, and compares
// names exactly, then by their literal parts.

#include "link/stacks/names.h"

#include "link/stacks/arn.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace fnlint {

namespace {

constexpr std::uint32_t kNameSteps = 8;  // from a name to what it is a name of

auto order_of(const KnownName& row) {
  return std::tuple(row.kind, row.name.index, row.resource.index);
}

std::span<const KnownName> names_of_kind(const Stacks& stacks, ResourceKind kind) {
  const auto [first, last] = std::ranges::equal_range(stacks.names, kind, {}, &KnownName::kind);
  return {first, last};
}

const Property* property_named(const ValuePool& pool, const Stacks& stacks, ResourceId resource,
                               std::string_view path) {
  const Slice<Property> rows = stacks[resource].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
    if (pool[stacks.properties[i].path] == path) return &stacks.properties[i];
  return nullptr;
}

class NameSearch {
 public:
  NameSearch(ValuePool& pool, const Stacks& stacks, ResourceKind kind)
      : pool_(pool), stacks_(stacks), kind_(kind) {}

  // Adds what one branch of the value means; is there anything?
  bool add(ValueId value, GuardId when, std::uint32_t step);
  std::vector<Match> take() { return std::move(found_); }

 private:
  bool referenced(ValueId value, GuardId when, std::uint32_t step);
  bool inside(ValueId value, ValueId name, GuardId when, std::uint32_t step);
  bool named(ValueId name, GuardId when, ResourceKind kind);
  bool alike(ValueId name, GuardId when, ResourceKind kind);
  void found(ResourceId resource, GuardId when, std::uint8_t uncertainty, bool exact);
  [[nodiscard]] bool wanted(ResourceKind kind) const {
    return kind_ == ResourceKind::Other || kind == kind_;
  }

  ValuePool& pool_;
  const Stacks& stacks_;
  ResourceKind kind_;
  StringId qualifier_ = {};
  std::vector<Match> found_;
};

void NameSearch::found(ResourceId resource, GuardId when, std::uint8_t uncertainty, bool exact) {
  for (const Match& match : found_)
    if (match.resource == resource && match.when == when) return;
  found_.push_back({resource, when, uncertainty, exact, qualifier_});
}

// A reference to something that stands for another resource: an alias, a stream's consumer.
bool NameSearch::referenced(ValueId value, GuardId when, std::uint32_t step) {
  ResourceId id{static_cast<std::uint32_t>(pool_[value].ref)};
  if (id.index >= stacks_.resources.size()) return false;
  if (stacks_[id].superseded) id = stacks_[id].twin;  // what its tool's output says of it
  if (!id.exists()) return false;
  const Resource& resource = stacks_[id];
  const bool of_function =
      resource.kind == ResourceKind::Alias || resource.kind == ResourceKind::Version;
  if (of_function && kind_ != resource.kind) {
    const Property* function = property_named(pool_, stacks_, id, "FunctionName");
    if (function == nullptr) return false;
    const StringId before = qualifier_;
    qualifier_ = qualifier_word(pool_, stacks_, value);
    const bool is_found = add(function->value, when, step + 1);
    qualifier_ = before;
    return is_found;
  }
  if (pool_[resource.type] == "AWS::Kinesis::StreamConsumer") {
    const Property* stream = property_named(pool_, stacks_, id, "StreamARN");
    return stream != nullptr && add(stream->value, when, step + 1);
  }
  if (!wanted(resource.kind)) return false;
  const StringId before = qualifier_;
  if (resource.kind == ResourceKind::Function && pool_.text(value) == "QualifiedArn")
    qualifier_ = pool_.string("(version)");
  if (resource.kind == ResourceKind::Function && pool_.text(value) == "Alias") {  // SAM's
    const Property* alias = property_named(pool_, stacks_, id, "AutoPublishAlias");
    qualifier_ =
        alias != nullptr ? qualifier_word(pool_, stacks_, alias->value) : pool_.string("?");
  }
  found(id, when, pool_[value].uncertainty, true);
  qualifier_ = before;
  return true;
}

// The name inside an ARN or address, with what is said of an alias behind it.
bool NameSearch::inside(ValueId value, ValueId name, GuardId when, std::uint32_t step) {
  const ResourceKind spoken_of = kind_of_arn(pool_, value);
  const ResourceKind kind = kind_ == ResourceKind::Other ? spoken_of : kind_;
  if (spoken_of != ResourceKind::Other && !wanted(spoken_of)) return false;
  const StringId before = qualifier_;
  const bool of_reference = pool_.is(name, ValueKind::Reference);
  const bool of_function =
      kind == ResourceKind::Function ||
      (of_reference && stacks_[ResourceId{static_cast<std::uint32_t>(pool_[name].ref)}].kind ==
                           ResourceKind::Function);
  const ValueId qualifier = of_function ? qualifier_in(pool_, value) : ValueId{};
  if (qualifier.exists()) qualifier_ = qualifier_word(pool_, stacks_, qualifier);
  const bool any = of_reference || pool_.is(name, ValueKind::OneOf)
                       ? add(name, when, step + 1)
                       : named(name, when, kind) || alike(name, when, kind);
  qualifier_ = before;
  return any;
}

bool NameSearch::named(ValueId name, GuardId when, ResourceKind kind) {
  if (!pool_.identified(name)) return false;
  const ValueId plain = pool_.plain(name);
  const auto rows = names_of_kind(stacks_, kind);
  const auto [first, last] = std::ranges::equal_range(
      rows, plain.index, {}, [](const KnownName& row) { return row.name.index; });
  for (auto row = first; row != last; ++row) {
    const bool same = stacks_[row->resource].physical_name == name;
    const std::uint8_t uncertainty =
        same ? std::uint8_t{0}
             : static_cast<std::uint8_t>(pool_[name].uncertainty |
                                         pool_[stacks_[row->resource].physical_name].uncertainty);
    found(row->resource, when, uncertainty, true);
  }
  return first != last;
}

// Patterns with the same literal parts: "acme-${account}-in", whatever gives the account.
bool NameSearch::alike(ValueId name, GuardId when, ResourceKind kind) {
  if (!pool_.is(name, ValueKind::Pattern)) return false;
  const std::string skeleton = skeleton_of(pool_, name);
  constexpr std::string_view separators = "-_./:";
  const auto says_something = [&](char c) {
    return c != kSkeletonHole && separators.find(c) == separators.npos;
  };
  if (std::ranges::none_of(skeleton, says_something)) return false;
  bool any = false;
  for (const KnownName& row : names_of_kind(stacks_, kind)) {
    if (!pool_.is(row.name, ValueKind::Pattern) || !has_skeleton(pool_, row.name, skeleton))
      continue;
    if (equal(pool_, name, row.name) == Answer::No) continue;
    found(row.resource, when, static_cast<std::uint8_t>(pool_[name].uncertainty | kHeuristic),
          false);
    any = true;
  }
  return any;
}

bool NameSearch::add(ValueId value, GuardId when, std::uint32_t step) {
  if (!value.exists() || step > kNameSteps) return false;
  if (pool_.is(value, ValueKind::OneOf)) {
    bool any = false;
    for (std::size_t i = 0; i < pool_.operands(value).size(); ++i) {
      const auto both = pool_.both(when, pool_.guards(value)[i]);
      if (both) any = add(pool_.operands(value)[i], *both, step + 1) || any;
    }
    return any;
  }
  if (pool_.is(value, ValueKind::Reference)) return referenced(value, when, step);
  if (named(value, when, kind_)) return true;
  const ResourceKind spoken_of = kind_of_arn(pool_, value);
  const ResourceKind kind = kind_ == ResourceKind::Other ? spoken_of : kind_;
  const ValueId name =
      pool_.with_uncertainty(name_in(pool_, value, kind), pool_[value].uncertainty);
  if (name != value) return inside(value, name, when, step);
  return alike(value, when, kind);
}

}  // namespace

StringId qualifier_word(ValuePool& pool, const Stacks& stacks, ValueId qualifier) {
  if (const auto text = as_text(pool, qualifier))
    return *text == "$LATEST" ? StringId{} : pool.string(*text);
  if (!pool.is(qualifier, ValueKind::Reference)) return pool.string("?");
  const Resource& resource = stacks[ResourceId{static_cast<std::uint32_t>(pool[qualifier].ref)}];
  const auto name = as_text(pool, resource.physical_name);
  if (resource.kind == ResourceKind::Alias && name) return pool.string(*name);
  const bool told = resource.kind == ResourceKind::Alias || resource.kind == ResourceKind::Version;
  return told ? resource.address : pool.string("?");
}

std::vector<Match> find_resource(ValuePool& pool, const Stacks& stacks, ValueId value,
                                 ResourceKind kind) {
  NameSearch search(pool, stacks, kind);
  search.add(value, {}, 0);
  return search.take();
}

ValueId arn_of(ValuePool& pool, const Stacks& stacks, ResourceId id) {
  const Resource& resource = stacks[id];
  const ResourceType* type = find_resource_type(pool[resource.type]);
  if (type == nullptr || type->arn.empty()) return pool.absent();
  const bool has_name = !pool.is(resource.physical_name, ValueKind::Absent);
  return arn_with_name(pool, *type, has_name ? resource.physical_name : pool.reference(id, ""));
}

ValueId arn_with_name(ValuePool& pool, const ResourceType& type, ValueId name) {
  // A parameter's name may begin with the slash that its ARN has before it.
  if (type.arn.find("/{name}") != type.arn.npos && !pool.is(name, ValueKind::Reference)) {
    const std::array<ValueId, 2> operands{name, pool.text_value("/")};
    name = compute(pool, Opcode::StripPrefix, operands);
  }
  const ValueId arn = filled_pattern(pool, type.arn, [&](std::string_view part) {
    return part == "name" ? name : pool.hole(Origin::Pseudo, part);
  });
  if (type.kind != ResourceKind::Secret) return arn;
  // The platform adds six letters of its own, which a name that was taken of an ARN has already.
  const std::array<ValueId, 2> parts{arn, pool.hole(Origin::Pseudo, "SecretSuffix")};
  return pool.concat(parts);
}

void add_name(ValuePool& pool, Stacks& stacks, ResourceKind kind, ValueId name,
              ResourceId resource) {
  if (!name.exists() || pool.is(name, ValueKind::Absent)) return;
  if (pool.is(name, ValueKind::OneOf)) {
    for (const ValueId one : pool.operands(name)) add_name(pool, stacks, kind, one, resource);
    return;
  }
  if (!pool.identified(name)) return;
  const KnownName row{kind, pool.plain(name), resource};
  const auto place = std::ranges::lower_bound(stacks.names, order_of(row), {}, order_of);
  if (place != stacks.names.end() && order_of(*place) == order_of(row)) return;
  stacks.names.insert(place, row);
}

}  // namespace fnlint
