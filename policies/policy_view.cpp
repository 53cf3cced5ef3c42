// Builds the indexes over properties, relations, statements and references, the costly ones only
// once a policy asks for them.

#include "policies/policy_view.h"

#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace fnlint {

namespace {

// The first letters of a path as a number, the first one lowest.
std::uint64_t head_of(std::string_view path) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(path.size(), 8); ++i)
    head |= static_cast<std::uint64_t>(static_cast<unsigned char>(path[i])) << 8 * i;
  return head;
}
std::uint64_t letters_of_head(std::size_t size) {
  return size >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * size) - 1;
}

}  // namespace

PolicyView::PolicyView(const Project& linked, const Settings& said)
    : project(linked), settings(said), pool(*linked.pool), to(linked.stacks) {
  const std::size_t count = project.stacks.resources.size();
  for (const Property& row : project.stacks.properties) {
    paths_.push_back(pool[row.path]);
    heads_.push_back(head_of(paths_.back()));
  }
  has_rest_.resize(count);
  from_.resize(count);
  declared_by_.resize(count);
  statements_.resize(count);
  of_role_.resize(count);
  linked_.resize(count, UINT32_MAX);
  names_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Resource& resource = project.stacks.resources[i];
    if (resource.kind == ResourceKind::LogGroup && !resource.superseded)
      log_groups_.push_back(ResourceId{i});
    if (!resource.external && !resource.superseded) {
      if (of_scope_.size() <= resource.scope) of_scope_.resize(resource.scope + std::size_t{1});
      of_scope_[resource.scope].push_back(ResourceId{i});
    }
    const Slice<Property> own = resource.properties;
    for (const Property& row : std::span(project.stacks.properties).subspan(own.first, own.count))
      names_[i] |= bit_of(pool[row.path]);
    for (std::uint32_t row = own.first; row < own.first + own.count; ++row)
      has_rest_[i] = has_rest_[i] || paths_[row].ends_with(kRest);
  }
  for (const Relation& row : project.stacks.relations) {
    if (row.from.exists()) from_[row.from.index].push_back(&row);
    if (row.declared_by.exists()) declared_by_[row.declared_by.index].push_back(&row);
  }
  for (std::uint32_t i = 0; i < count; ++i)
    if (const Resource& row = project.stacks.resources[i]; is_unplaced(ResourceId{i}))
      unplaced_.insert({row.kind, row.scope});
  for (const Statement& row : project.stacks.statements)
    if (row.role.exists()) statements_[row.role.index].push_back(&row);
  for (const DeclaredFunction& row : project.stacks.functions)
    if (row.role.exists()) of_role_[row.role.index].push_back(row.resource);
  for (std::uint32_t i = 0; i < project.functions.size(); ++i)
    if (const ResourceId at = project.functions[i].resource;
        at.exists() && linked_[at.index] == UINT32_MAX)
      linked_[at.index] = i;
}

namespace {

template <class Row>
std::span<const Row> rows_at(const std::vector<std::vector<Row>>& rows, ResourceId resource) {
  if (!resource.exists()) return {};
  return rows[resource.index];
}

}  // namespace

AtPath PolicyView::at(ResourceId resource, std::string_view path) const {
  AtPath found;
  const Slice<Property> own = project.stacks[resource].properties;
  const std::uint64_t letters = letters_of_head(path.size()), head = head_of(path);
  for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
    if ((heads_[i] & letters) != head) continue;
    const std::string_view name = paths_[i];
    if (!name.starts_with(path)) continue;
    if (name.size() > path.size())
      found.has_below = found.has_below || name[path.size()] == '.';
    else if (found.property == nullptr)
      found.property = &project.stacks.properties[i];
  }
  if (has_rest_[resource.index])
    for (std::uint32_t i = own.first; i < own.first + own.count; ++i)
      if (const std::string_view name = paths_[i];
          name.ends_with(kRest) && path.starts_with(name.substr(0, name.size() - kRest.size())))
        found.may_be = true;
  return found;
}

const Property* PolicyView::property(ResourceId resource, std::string_view path) const {
  if (has_rest_[resource.index]) return property_of(project, resource, path);
  const Slice<Property> own = project.stacks[resource].properties;
  const std::uint64_t head = head_of(path);
  for (std::uint32_t i = own.first; i < own.first + own.count; ++i)
    if (heads_[i] == head && paths_[i] == path) return &project.stacks.properties[i];
  return nullptr;
}

// Of a function that only another stack or a deployment knows.
bool PolicyView::is_unplaced(ResourceId id) const {
  const ResourceKind kind = project.stacks[id].kind;
  const bool refines = kind == ResourceKind::Alias || kind == ResourceKind::Version ||
                       kind == ResourceKind::FunctionUrl || kind == ResourceKind::EventInvokeConfig;
  if (!refines || project.stacks[id].external || project.stacks[id].superseded) return false;
  if (std::ranges::any_of(from_[id.index],
                          [](const Relation* row) { return row->kind == RelationKind::Refines; }))
    return false;
  const Property* named = property_of(project, id, "FunctionName");
  if (named == nullptr) named = property_of(project, id, "TargetFunctionArn");
  return named != nullptr && is_unsaid(pool, named->value);
}

std::span<const Relation* const> PolicyView::from(ResourceId resource) const {
  return rows_at(from_, resource);
}
std::span<const Relation* const> PolicyView::declared_by(ResourceId resource) const {
  return rows_at(declared_by_, resource);
}
std::span<const ResourceId> PolicyView::functions_of(ResourceId role) const {
  return rows_at(of_role_, role);
}
std::span<const Statement* const> PolicyView::statements_of(ResourceId role) const {
  return rows_at(statements_, role);
}

namespace {

// The path of a function's archive; empty: not known, or none.
std::string archive_of(const PolicyView& view, ResourceId function) {
  const Property* const code = property_of(view.project, function, "Code");
  const auto path = code != nullptr ? as_text(view.pool, code->value) : std::nullopt;
  return path && path->ends_with(".zip") ? normal_path(*path) : std::string();
}

}  // namespace

bool PolicyView::has_archive_of_several(ResourceId function) const {
  if (archives_ == nullptr) {
    archives_ = std::make_unique<std::map<std::string, std::set<std::string_view>>>();
    for (const DeclaredFunction& row : project.stacks.functions)
      if (std::string path = archive_of(*this, row.resource); !path.empty()) {
        const Property* const runtime = property_of(project, row.resource, "Runtime");
        const auto word = runtime == nullptr ? std::nullopt : as_text(pool, runtime->value);
        if (word) (*archives_)[std::move(path)].insert(*word);
      }
  }
  const auto found = archives_->find(archive_of(*this, function));
  return found != archives_->end() && found->second.size() > 1;
}

namespace {

// `BucketName`, `ResourceArn`, `Bucket`: it says which other resource is meant.
bool names_another(std::string_view path) {
  constexpr std::array<std::string_view, 8> kEndings{"Arn",  "Arns",  "Id",     "Ids",
                                                     "Name", "Names", "Bucket", "Identifier"};
  return path.find('.') == path.npos &&
         std::ranges::any_of(kEndings, [&](std::string_view end) { return path.ends_with(end); });
}

bool is_not_known(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return false;
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::OneOf)
    return std::ranges::any_of(pool.operands(value),
                               [&](ValueId one) { return is_not_known(pool, one); });
  return is_unsaid(pool, value) || kind == ValueKind::Computed;
}

}  // namespace

const PolicyView::References& PolicyView::references() const {
  if (references_ != nullptr) return *references_;
  references_ = std::make_unique<References>();
  references_->to.resize(project.stacks.resources.size());
  references_->of.resize(project.stacks.resources.size());
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const Resource& row = project.stacks.resources[i];
    if (row.superseded || row.external) continue;
    const Slice<Property> own = row.properties;
    const auto properties = std::span(project.stacks.properties).subspan(own.first, own.count);
    if (std::ranges::any_of(properties, [&](const Property& property) {
          return names_another(pool[property.path]) && is_not_known(pool, property.value);
        }))
      references_->open.push_back(ResourceId{i});
    for (const ResourceId other : fnlint::referred_by(project, row)) {
      const ResourceId means = project.stacks.meant(other);
      if (!means.exists() || means == ResourceId{i}) continue;
      references_->of[i].push_back(means);
      references_->to[means.index].push_back(ResourceId{i});
    }
  }
  return *references_;
}
std::span<const ResourceId> PolicyView::referring_to(ResourceId resource) const {
  return rows_at(references().to, resource);
}
std::span<const ResourceId> PolicyView::referred_by(ResourceId resource) const {
  return rows_at(references().of, resource);
}

std::vector<ResourceId> PolicyView::may_refer_to(ResourceId resource) const {
  std::vector<ResourceId> found;
  if (!resource.exists()) return found;
  const StringId type = project.stacks[resource].type;
  for (const ResourceId one : references().open)
    if (one != resource && std::ranges::none_of(referred_by(one), [&](ResourceId other) {
          return project.stacks[other].type == type;
        }))
      found.push_back(one);
  return found;
}

const DeclaredFunction* PolicyView::declared(ResourceId function) const {
  const std::uint32_t row = project.stacks.function_at(function);
  return row == UINT32_MAX ? nullptr : &project.stacks.functions[row];
}

std::uint32_t PolicyView::linked(ResourceId function) const {
  return function.exists() ? linked_[function.index] : UINT32_MAX;
}

}  // namespace fnlint
