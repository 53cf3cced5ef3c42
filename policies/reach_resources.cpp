// Names of resources: what is joined to a function, a role or any other.

#include "checks/view/branches.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/words.h"
#include "model/package.h"
#include "policies/reach.h"
#include "tables/models.h"
#include "tables/platform.h"
#include "tables/quotas.h"

#include <algorithm>
#include <set>
#include <span>

namespace fnlint::reach {

namespace {

const Resource& row_of(const PolicyView& view, const Item& item) {
  return view.project.stacks[item.resource];
}

bool is_distribution(const PolicyView& view, ResourceId id) {
  const std::string_view type = type_of(view.project, id);
  return type == "AWS::CloudFront::Distribution" || type == "aws_cloudfront_distribution";
}

// Where the one guard holds, the other does.
bool follows_from(const ValuePool& pool, GuardId one, GuardId other) {
  const std::vector<Test> known = tests_of(pool, one);
  return std::ranges::all_of(tests_of(pool, other), [&](const Test& asked) {
    return std::ranges::any_of(known, [&](const Test& test) {
      return test.choice == asked.choice && (test.allowed & ~asked.allowed) == 0;
    });
  });
}

bool is_named_by_distribution(const PolicyView& view, ResourceId function) {
  const auto is_it = [&](ResourceId id) { return id.exists() && is_distribution(view, id); };
  return std::ranges::any_of(view.referring_to(function), is_it) ||
         std::ranges::any_of(view.to[function],
                             [&](const Relation* row) { return is_it(row->from); });
}

// CloudFront's own service in the trust policy: no other function needs it.
bool trusts_the_edge(const PolicyView& view, ResourceId role) {
  if (!role.exists()) return false;
  const Stacks& stacks = view.project.stacks;
  const Slice<Property> own = stacks[view.project.stacks.meant(role)].properties;
  return std::ranges::any_of(std::span(stacks.properties).subspan(own.first, own.count),
                             [&](const Property& row) {
                               return view.pool[row.path].starts_with("AssumeRolePolicyDocument") &&
                                      as_text(view.pool, row.value) == "edgelambda.amazonaws.com";
                             });
}

}  // namespace

// --- of every resource
void name(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(view.pool[row_of(view, item).address]));
}
void type(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(type_of(view.project, item.resource)));
}
void kind(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(word_of(row_of(view, item).kind)));
}
void tool(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t scope = row_of(view, item).scope;
  const auto& scopes = view.project.stacks.scopes;
  if (scope >= scopes.size()) return;
  to.items.push_back(
      text_item(word_of(TemplateDialect{static_cast<std::uint8_t>(scopes[scope].dialect)})));
}
void generated(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(row_of(view, item).generated));
}
void on_deletion(const PolicyView& view, const Item& item, Reached& to) {
  const std::string_view said = view.pool[row_of(view, item).on_deletion];
  if (said == "?")
    to.items.push_back(unknown_item(ItemType::Scalar));
  else if (!said.empty())
    to.items.push_back(text_item(said));
}
void declared(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(!row_of(view, item).external));
}
void physical_name(const PolicyView& view, const Item& item, Reached& to) {
  const Resource& row = row_of(view, item);
  if (row.physical_name.exists() && !view.pool.is(row.physical_name, ValueKind::Absent))
    to.items.push_back(value_item(row.physical_name));
}
void refers_to(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referred_by(item.resource))
    to.items.push_back(resource_item(one));
}
void referred_by(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referring_to(item.resource))
    to.items.push_back(resource_item(one));
  to.open = to.open || view.is_handed_over(item.resource);
}

void others(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.of_scope(row_of(view, item).scope))
    if (one != item.resource) to.items.push_back(resource_item(one));
}

// The functions that a resource is about: that it triggers, refines, lets be invoked, or stands
// for.
void functions(const PolicyView& view, const Item& item, Reached& to) {
  std::set<ResourceId> found;
  const GuardId own = row_of(view, item).exists;
  const auto before = static_cast<std::ptrdiff_t>(to.items.size());
  const auto add = [&](const Relation& row, ResourceId function) {
    if (view.declared(function) == nullptr) return;
    // Where the item is there, and the function is not, or not joined to it.
    const bool always = follows_from(view.pool, own, row.when);
    const auto uncertainty =
        static_cast<std::uint8_t>(row.uncertainty | (always ? 0 : kConditional));
    if (found.insert(function).second) {
      to.items.push_back(resource_item(function, uncertainty));
      return;
    }
    // Several relations join them: what the surest one rests on.
    const auto known = std::find_if(to.items.begin() + before, to.items.end(),
                                    [&](const Item& one) { return one.resource == function; });
    if ((known->uncertainty & uncertainty) == uncertainty) known->uncertainty = uncertainty;
  };
  for (const Relation* const row : view.from(item.resource))
    if (row->kind != RelationKind::Grants) add(*row, row->to);
  for (const Relation* const row : view.declared_by(item.resource)) add(*row, row->to);
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == RelationKind::Grants || row->kind == RelationKind::Attaches)
      add(*row, row->from);
  for (const ResourceId function : view.functions_of(item.resource))
    if (found.insert(function).second) to.items.push_back(resource_item(function));
}
void function(const PolicyView& view, const Item& item, Reached& to) {
  Reached all;
  functions(view, item, all);
  if (all.items.size() == 1)
    to.items.push_back(std::move(all.items.front()));
  else
    to.items.push_back(unknown_item(ItemType::Resource));
}
void source(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.declared_by(item.resource))
    if (row->kind == RelationKind::Trigger && row->from.exists()) {
      to.items.push_back(resource_item(view.project.stacks.meant(row->from), row->uncertainty));
      return;
    }
  to.items.push_back(unknown_item(ItemType::Resource));
}

namespace {

// --- of functions
// A property, or the number that the platform takes where there is none.
void add_number(const PolicyView& view, const Item& item, std::string_view name, Reached& to) {
  const Property* const property = view.property(item.resource, name);
  if (property != nullptr && !view.pool.is(property->value, ValueKind::Absent)) {
    Item made = value_item(property->value);
    made.resource = item.resource;
    made.path = name;
    to.items.push_back(std::move(made));
  } else if (const auto number = platform_default(type_of(view.project, item.resource), name)) {
    to.items.push_back(number_item(static_cast<double>(*number)));
  }
}

}  // namespace

void timeout(const PolicyView& view, const Item& item, Reached& to) {
  add_number(view, item, "Timeout", to);
}
void memory(const PolicyView& view, const Item& item, Reached& to) {
  const std::size_t before = to.items.size();
  add_number(view, item, "MemorySize", to);
  if (to.items.size() == before)
    to.items.push_back(number_item(static_cast<double>(quotas().default_memory)));
}
void language(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const bool known = row != UINT32_MAX && view.project.functions[row].language != Language::Unknown;
  to.items.push_back(known ? text_item(word_of(view.project.functions[row].language))
                           : unknown_item(ItemType::Scalar));
}
void image(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  const Property* const kind = view.property(item.resource, "PackageType");
  const bool is_open = kind != nullptr && is_unsaid(view.pool, kind->value);
  to.items.push_back(function != nullptr && !is_open ? flag_item(function->image)
                                                     : unknown_item(ItemType::Scalar));
}
void edge(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr
                         ? flag_item(is_named_by_distribution(view, item.resource) ||
                                     trusts_the_edge(view, function->role))
                         : unknown_item(ItemType::Scalar));
}
void inline_code(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr ? flag_item(function->code.kind == CodeKind::Inline)
                                         : unknown_item(ItemType::Scalar));
}
void built_image(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr
                         ? flag_item(function->code.kind == CodeKind::Image && function->code.built)
                         : unknown_item(ItemType::Scalar));
}
void code_by_scripts(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr ? flag_item(function->code_by_scripts)
                                         : unknown_item(ItemType::Scalar));
}
void role(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr && function->role.exists()
                         ? resource_item(view.project.stacks.meant(function->role))
                         : unknown_item(ItemType::Resource));
}
namespace {

void add_related(const PolicyView& view, const Item& item, RelationKind kind, ResourceKind from,
                 Reached& to) {
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == kind && row->from.exists() && view.project.stacks[row->from].kind == from)
      to.items.push_back(resource_item(row->from, row->uncertainty));
  to.open = to.open || view.is_handed_over(item.resource) ||
            view.has_unplaced(from, view.project.stacks[item.resource].scope);
}

}  // namespace

void aliases(const PolicyView& view, const Item& item, Reached& to) {
  add_related(view, item, RelationKind::Refines, ResourceKind::Alias, to);
}
void versions(const PolicyView& view, const Item& item, Reached& to) {
  add_related(view, item, RelationKind::Refines, ResourceKind::Version, to);
}
void urls(const PolicyView& view, const Item& item, Reached& to) {
  add_related(view, item, RelationKind::Refines, ResourceKind::FunctionUrl, to);
}
void invoke_configs(const PolicyView& view, const Item& item, Reached& to) {
  add_related(view, item, RelationKind::Refines, ResourceKind::EventInvokeConfig, to);
}
namespace {

void add_declaring(const PolicyView& view, const Item& item, RelationKind kind, ResourceKind by,
                   Reached& to) {
  std::set<ResourceId> found;
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == kind && row->declared_by.exists() &&
        view.project.stacks[row->declared_by].kind == by && found.insert(row->declared_by).second)
      to.items.push_back(resource_item(row->declared_by, row->uncertainty));
}

}  // namespace

void mappings(const PolicyView& view, const Item& item, Reached& to) {
  add_declaring(view, item, RelationKind::Trigger, ResourceKind::EventSourceMapping, to);
}
void permissions(const PolicyView& view, const Item& item, Reached& to) {
  add_declaring(view, item, RelationKind::MayInvoke, ResourceKind::Permission, to);
}
void triggers(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == RelationKind::Trigger)
      to.items.push_back({.type = ItemType::Trigger,
                          .trigger = row,
                          .uncertainty = row->uncertainty,
                          .where = row->where});
}
void layers(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.from(item.resource))
    if (row->kind == RelationKind::Attaches && row->to.exists())
      to.items.push_back(resource_item(row->to, row->uncertainty));
}
void archive_of_several(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(view.has_archive_of_several(item.resource)));
}
void alarms(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referring_to(item.resource))
    if (is_alarm(view.project, view.project.stacks[one])) to.items.push_back(resource_item(one));
}
namespace {

// The name that a log group has to have so that a function writes into it.
bool is_group_of(const PolicyView& view, ResourceId group, ResourceId function) {
  constexpr std::string_view kPrefix = "/aws/lambda/";
  const ValuePool& pool = view.pool;
  const ValueId name = view.project.stacks[group].physical_name;
  const ValueId own = view.project.stacks[function].physical_name;
  if (!name.exists()) return false;
  if (const auto text = as_text(pool, name))
    return own.exists() && as_text(pool, own) && *text == cat(kPrefix, *as_text(pool, own));
  if (!pool.is(name, ValueKind::Pattern)) return false;
  const auto parts = pool.operands(name);
  if (as_text(pool, parts[0]) == kPrefix && parts.size() == 2 && parts[1] == own &&
      pool.identified(own))
    return true;
  if (as_text(pool, parts[0]) == kPrefix && parts.size() == 2 &&
      pool.is(parts[1], ValueKind::Reference) &&
      view.project.stacks.meant(ResourceId{static_cast<std::uint32_t>(pool[parts[1]].ref)}) ==
          function)
    return true;
  if (!own.exists() || !pool.is(own, ValueKind::Pattern)) return false;
  // "/aws/lambda/${Stage}-orders" of the name "${Stage}-orders".
  const auto named = pool.operands(own);
  if (as_text(pool, parts[0]) == kPrefix) return std::ranges::equal(parts.subspan(1), named);
  if (parts.size() != named.size() || !as_text(pool, named[0])) return false;
  return as_text(pool, parts[0]) == cat(kPrefix, *as_text(pool, named[0])) &&
         std::ranges::equal(parts.subspan(1), named.subspan(1));
}

}  // namespace

void log_groups(const PolicyView& view, const Item& item, Reached& to) {
  const Property* const named = view.property(item.resource, "LoggingConfig.LogGroup");
  if (named != nullptr && view.pool.is(named->value, ValueKind::Reference)) {
    to.items.push_back(resource_item(view.project.stacks.meant(
        ResourceId{static_cast<std::uint32_t>(view.pool[named->value].ref)})));
    return;
  }
  for (const ResourceId group : view.log_groups())
    if (named != nullptr ? view.project.stacks[group].physical_name == named->value
                         : is_group_of(view, group, item.resource))
      to.items.push_back(resource_item(group));
}
void effects(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  if (row == UINT32_MAX) {
    to.open = true;
    return;
  }
  const LambdaFunction& function = view.project.functions[row];
  for (const auto* const list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list)
      to.items.push_back({.type = ItemType::Effect,
                          .function = row,
                          .effect = &effect,
                          .uncertainty = effect.uncertainty,
                          .where = effect.where});
  to.open = to.open || !function.resolved || function.cut != 0 || !function.not_followed.empty();
}
void imports(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  if (row == UINT32_MAX) {
    to.open = true;
    return;
  }
  for (const InitImport& import : view.project.functions[row].imports)
    to.items.push_back(
        {.type = ItemType::Import, .function = row, .import = &import, .where = import.where});
  to.open = to.open || !view.project.functions[row].resolved;
}
void code_read(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const bool whole = row != UINT32_MAX && view.project.functions[row].resolved &&
                     view.project.functions[row].cut == 0 &&
                     view.project.functions[row].not_followed.empty();
  to.items.push_back(flag_item(whole));
}
void code_found(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  to.items.push_back(flag_item(row != UINT32_MAX && view.project.functions[row].resolved));
}
void package_bytes(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const LambdaFunction* const function = row == UINT32_MAX ? nullptr : &view.project.functions[row];
  const ContentSize* const size = function == nullptr ? nullptr : &function->size;
  const bool may_be_less =
      function != nullptr && function->package && function->package->may_leave_out;
  to.items.push_back(size != nullptr && size->source != SizeSource::Unknown && !may_be_less
                         ? number_item(static_cast<double>(size->bytes + size->estimated))
                         : unknown_item(ItemType::Scalar));
}

// --- of roles
void statements(const PolicyView& view, const Item& item, Reached& to) {
  for (const Statement* const row : view.statements_of(item.resource))
    to.items.push_back({.type = ItemType::Statement, .statement = row, .where = row->where});
}

}  // namespace fnlint::reach
