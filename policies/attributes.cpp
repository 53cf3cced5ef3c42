// The names that policies have beside those of properties, one row each.

#include "policies/attributes.h"

#include "checks/project_view.h"
#include "core/text.h"
#include "model/words.h"
#include "tables/models.h"
#include "tables/platform.h"
#include "tables/quotas.h"
#include "tables/tables.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

Item text_item(std::string_view text, Span where = {}) {
  return {.type = ItemType::Scalar, .text = std::string(text), .where = where};
}
Item number_item(double number) {
  return {.type = ItemType::Scalar, .text = number_text(number), .number = number};
}
Item flag_item(bool flag) { return text_item(flag ? "true" : "false"); }
Item unknown_item(ItemType type) { return {.type = type, .presence = Presence::Unknown}; }
Item resource_item(ResourceId resource, std::uint8_t evidence = 0) {
  return {.type = ItemType::Resource, .resource = resource, .evidence = evidence};
}
Item value_item(ValueId value, Span where = {}, std::uint8_t evidence = 0) {
  return {.type = ItemType::Value, .value = value, .evidence = evidence, .where = where};
}

const Resource& row_of(const PolicyView& view, const Item& item) {
  return view.project.stacks[item.resource];
}

// --- of every resource
void reach_name(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(name_of(view.project, item.resource)));
}
void reach_type(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(type_of(view.project, item.resource)));
}
void reach_kind(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(text_item(word_of(row_of(view, item).kind)));
}
void reach_tool(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t scope = row_of(view, item).scope;
  const auto& scopes = view.project.stacks.scopes;
  if (scope >= scopes.size()) return;
  to.items.push_back(
      text_item(word_of(TemplateDialect{static_cast<std::uint8_t>(scopes[scope].dialect)})));
}
void reach_generated(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(row_of(view, item).generated));
}
void reach_declared(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(!row_of(view, item).external));
}
void reach_physical_name(const PolicyView& view, const Item& item, Reached& to) {
  const Resource& row = row_of(view, item);
  if (row.physical_name.exists() && !view.pool.is(row.physical_name, ValueKind::Absent))
    to.items.push_back(value_item(row.physical_name));
}
void reach_refers_to(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referred_by(item.resource))
    to.items.push_back(resource_item(one));
}
void reach_referred_by(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referring_to(item.resource))
    to.items.push_back(resource_item(one));
}

// The functions that a resource is about: that it triggers, refines, lets be invoked, or stands
// for.
void reach_functions(const PolicyView& view, const Item& item, Reached& to) {
  std::set<ResourceId> found;
  const auto add = [&](const Relation& row, ResourceId function) {
    if (view.declared(function) != nullptr && found.insert(function).second)
      to.items.push_back(resource_item(function, row.evidence));
  };
  for (const Relation* const row : view.from(item.resource))
    if (row->kind != RelationKind::Grants) add(*row, row->to);
  for (const Relation* const row : view.declared_by(item.resource)) add(*row, row->to);
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == RelationKind::Grants || row->kind == RelationKind::Attaches)
      add(*row, row->from);
  if (row_of(view, item).kind == ResourceKind::Role)
    for (const DeclaredFunction& function : view.project.stacks.functions)
      if (function.role == item.resource && found.insert(function.resource).second)
        to.items.push_back(resource_item(function.resource));
}
void reach_function(const PolicyView& view, const Item& item, Reached& to) {
  Reached all;
  reach_functions(view, item, all);
  if (all.items.size() == 1)
    to.items.push_back(std::move(all.items.front()));
  else
    to.items.push_back(unknown_item(ItemType::Resource));
}
void reach_source(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.declared_by(item.resource))
    if (row->kind == RelationKind::Trigger && row->from.exists()) {
      to.items.push_back(resource_item(view.meant(row->from), row->evidence));
      return;
    }
  to.items.push_back(unknown_item(ItemType::Resource));
}

// --- of functions
// A property, or the number that the platform takes where there is none.
void reach_number(const PolicyView& view, const Item& item, std::string_view name, Reached& to) {
  const Property* const property = property_of(view.project, item.resource, name);
  if (property != nullptr && !view.pool.is(property->value, ValueKind::Absent)) {
    Item made = value_item(property->value);
    made.resource = item.resource;
    made.path = name;
    to.items.push_back(std::move(made));
  } else if (const auto number = platform_default(type_of(view.project, item.resource), name)) {
    to.items.push_back(number_item(static_cast<double>(*number)));
  }
}
void reach_timeout(const PolicyView& view, const Item& item, Reached& to) {
  reach_number(view, item, "Timeout", to);
}
void reach_memory(const PolicyView& view, const Item& item, Reached& to) {
  reach_number(view, item, "MemorySize", to);
  if (to.items.empty())
    to.items.push_back(number_item(static_cast<double>(quotas().default_memory)));
}
void reach_language(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const bool known = row != UINT32_MAX && view.project.functions[row].language != Language::Unknown;
  to.items.push_back(known ? text_item(word_of(view.project.functions[row].language))
                           : unknown_item(ItemType::Scalar));
}
void reach_image(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr ? flag_item(function->image)
                                         : unknown_item(ItemType::Scalar));
}
void reach_inline_code(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr ? flag_item(function->code.kind == CodeKind::Inline)
                                         : unknown_item(ItemType::Scalar));
}
void reach_role(const PolicyView& view, const Item& item, Reached& to) {
  const DeclaredFunction* const function = view.declared(item.resource);
  to.items.push_back(function != nullptr && function->role.exists()
                         ? resource_item(view.meant(function->role))
                         : unknown_item(ItemType::Resource));
}
void reach_relations(const PolicyView& view, const Item& item, RelationKind kind, ResourceKind from,
                     Reached& to) {
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == kind && row->from.exists() && view.project.stacks[row->from].kind == from)
      to.items.push_back(resource_item(row->from, row->evidence));
}
void reach_aliases(const PolicyView& view, const Item& item, Reached& to) {
  reach_relations(view, item, RelationKind::Refines, ResourceKind::Alias, to);
}
void reach_versions(const PolicyView& view, const Item& item, Reached& to) {
  reach_relations(view, item, RelationKind::Refines, ResourceKind::Version, to);
}
void reach_urls(const PolicyView& view, const Item& item, Reached& to) {
  reach_relations(view, item, RelationKind::Refines, ResourceKind::FunctionUrl, to);
}
void reach_invoke_configs(const PolicyView& view, const Item& item, Reached& to) {
  reach_relations(view, item, RelationKind::Refines, ResourceKind::EventInvokeConfig, to);
}
void reach_declaring(const PolicyView& view, const Item& item, RelationKind kind, ResourceKind by,
                     Reached& to) {
  std::set<ResourceId> found;
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == kind && row->declared_by.exists() &&
        view.project.stacks[row->declared_by].kind == by && found.insert(row->declared_by).second)
      to.items.push_back(resource_item(row->declared_by, row->evidence));
}
void reach_mappings(const PolicyView& view, const Item& item, Reached& to) {
  reach_declaring(view, item, RelationKind::Trigger, ResourceKind::EventSourceMapping, to);
}
void reach_permissions(const PolicyView& view, const Item& item, Reached& to) {
  reach_declaring(view, item, RelationKind::MayInvoke, ResourceKind::Permission, to);
}
void reach_triggers(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.to[item.resource])
    if (row->kind == RelationKind::Trigger)
      to.items.push_back({.type = ItemType::Trigger,
                          .trigger = row,
                          .evidence = row->evidence,
                          .where = row->where});
}
void reach_layers(const PolicyView& view, const Item& item, Reached& to) {
  for (const Relation* const row : view.from(item.resource))
    if (row->kind == RelationKind::Attaches && row->to.exists())
      to.items.push_back(resource_item(row->to, row->evidence));
}
void reach_alarms(const PolicyView& view, const Item& item, Reached& to) {
  for (const ResourceId one : view.referring_to(item.resource))
    if (is_alarm(view.project, view.project.stacks[one])) to.items.push_back(resource_item(one));
}
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
      view.meant(ResourceId{static_cast<std::uint32_t>(pool[parts[1]].ref)}) == function)
    return true;
  if (!own.exists() || !pool.is(own, ValueKind::Pattern)) return false;
  // "/aws/lambda/${Stage}-orders" of the name "${Stage}-orders".
  const auto named = pool.operands(own);
  if (as_text(pool, parts[0]) == kPrefix) return std::ranges::equal(parts.subspan(1), named);
  if (parts.size() != named.size() || !as_text(pool, named[0])) return false;
  return as_text(pool, parts[0]) == cat(kPrefix, *as_text(pool, named[0])) &&
         std::ranges::equal(parts.subspan(1), named.subspan(1));
}
void reach_log_groups(const PolicyView& view, const Item& item, Reached& to) {
  const Property* const named = property_of(view.project, item.resource, "LoggingConfig.LogGroup");
  if (named != nullptr && view.pool.is(named->value, ValueKind::Reference)) {
    to.items.push_back(resource_item(
        view.meant(ResourceId{static_cast<std::uint32_t>(view.pool[named->value].ref)})));
    return;
  }
  for (std::uint32_t i = 0; i < view.project.stacks.resources.size(); ++i) {
    const Resource& row = view.project.stacks.resources[i];
    if (row.kind != ResourceKind::LogGroup || row.superseded) continue;
    if (named != nullptr ? row.physical_name == named->value
                         : is_group_of(view, ResourceId{i}, item.resource))
      to.items.push_back(resource_item(ResourceId{i}));
  }
}
void reach_effects(const PolicyView& view, const Item& item, Reached& to) {
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
                          .evidence = effect.evidence,
                          .where = effect.where});
  to.open = !function.resolved || function.cut != 0 || !function.not_followed.empty();
}
void reach_imports(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  if (row == UINT32_MAX) {
    to.open = true;
    return;
  }
  for (const InitImport& import : view.project.functions[row].imports)
    to.items.push_back(
        {.type = ItemType::Import, .function = row, .import = &import, .where = import.where});
  to.open = !view.project.functions[row].resolved;
}
void reach_code_read(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const bool whole = row != UINT32_MAX && view.project.functions[row].resolved &&
                     view.project.functions[row].cut == 0 &&
                     view.project.functions[row].not_followed.empty();
  to.items.push_back(flag_item(whole));
}
void reach_code_found(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  to.items.push_back(
      flag_item(row != UINT32_MAX && view.project.functions[row].resolved));
}
void reach_package_bytes(const PolicyView& view, const Item& item, Reached& to) {
  const std::uint32_t row = view.linked(item.resource);
  const ContentSize* const size = row == UINT32_MAX ? nullptr : &view.project.functions[row].size;
  to.items.push_back(size != nullptr && size->source != SizeSource::Unknown
                         ? number_item(static_cast<double>(size->bytes + size->estimated))
                         : unknown_item(ItemType::Scalar));
}

// --- of roles
void reach_statements(const PolicyView& view, const Item& item, Reached& to) {
  for (const Statement* const row : view.statements_of(item.resource))
    to.items.push_back({.type = ItemType::Statement, .statement = row, .where = row->where});
}

// --- of values
void reach_resource(const PolicyView& view, const Item& item, Reached& to) {
  if (view.pool.is(item.value, ValueKind::Reference))
    to.items.push_back(resource_item(
        view.meant(ResourceId{static_cast<std::uint32_t>(view.pool[item.value].ref)})));
  else
    to.items.push_back(unknown_item(ItemType::Resource));
}

// The names in a map, each at its place.
void reach_keys(const PolicyView& view, const Item& item, Reached& to) {
  const ValuePool& pool = view.pool;
  if (pool.is(item.value, ValueKind::List)) {
    to.open = pool[item.value].ref == 1;
    for (const ValueId pair : pool.operands(item.value)) {
      const ValueId key = entry_of(pool, pair, "Key");
      if (const auto name = key.exists() ? as_text(pool, key) : std::nullopt)
        to.items.push_back(text_item(*name));
      else
        to.open = true;
    }
    return;
  }
  if (!item.value.exists() || !pool.is(item.value, ValueKind::Record)) {
    to.open = item.value.exists() && !pool.constant(item.value);
    return;
  }
  to.open = pool[item.value].ref == 1;
  for (const StringId name : pool.names(item.value)) {
    if (pool[name] == kRest) continue;
    Item key = text_item(pool[name]);
    key.resource = item.resource;
    if (!item.path.empty()) key.path = cat(item.path, '.', pool[name]);
    if (const Property* const row =
            key.path.empty() ? nullptr : property_of(view.project, item.resource, key.path))
      key.where = row->key.file.exists() ? row->key : row->where;
    to.items.push_back(std::move(key));
  }
}

// --- of triggers
std::string_view word_of_invocation(Invocation invocation) {
  switch (invocation) {
    case Invocation::Synchronous: return "synchronous";
    case Invocation::Asynchronous: return "asynchronous";
    case Invocation::Polled: return "polled";
    default: return "";
  }
}
void reach_trigger_source(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.trigger->from.exists() ? resource_item(view.meant(item.trigger->from))
                                                 : unknown_item(ItemType::Resource));
}
void reach_trigger_kind(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.trigger->from.exists()
                         ? text_item(word_of(view.project.stacks[item.trigger->from].kind))
                         : unknown_item(ItemType::Scalar));
}
void reach_trigger_function(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(resource_item(view.meant(item.trigger->to)));
}
void reach_trigger_by(const PolicyView&, const Item& item, Reached& to) {
  if (item.trigger->declared_by.exists())
    to.items.push_back(resource_item(item.trigger->declared_by));
}
void reach_trigger_invocation(const PolicyView&, const Item& item, Reached& to) {
  const std::string_view word = word_of_invocation(item.trigger->invocation);
  to.items.push_back(word.empty() ? unknown_item(ItemType::Scalar) : text_item(word));
}
void reach_trigger_failures(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.trigger->batch_failures));
}
void reach_trigger_qualifier(const PolicyView& view, const Item& item, Reached& to) {
  if (item.trigger->qualifier.exists())
    to.items.push_back(text_item(view.pool[item.trigger->qualifier]));
}

// --- of statements
void reach_statement_values(const PolicyView& view, const Item& item, Slice<ValueId> rows,
                            Reached& to) {
  const Stacks& stacks = view.project.stacks;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
    to.items.push_back(value_item(stacks.statement_values[i], i < stacks.statement_places.size()
                                                                  ? stacks.statement_places[i]
                                                                  : item.where));
}
void reach_actions(const PolicyView& view, const Item& item, Reached& to) {
  reach_statement_values(view, item, item.statement->actions, to);
}
void reach_resources(const PolicyView& view, const Item& item, Reached& to) {
  reach_statement_values(view, item, item.statement->resources, to);
}
void reach_effect_word(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(text_item(item.statement->allows ? "Allow" : "Deny"));
}
void reach_inverted(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->inverted));
}
void reach_conditional(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->conditional));
}
void reach_statement_generated(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->generated));
}
void reach_statement_role(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(resource_item(item.statement->role));
}

// --- of effects and imports
void reach_operation(const PolicyView&, const Item& item, Reached& to) {
  const std::uint32_t row = item.effect->operation;
  to.items.push_back(row < operations().size() ? text_item(operations()[row].id)
                                               : unknown_item(ItemType::Scalar));
}
void reach_service(const PolicyView&, const Item& item, Reached& to) {
  const std::uint32_t row = item.effect->operation;
  to.items.push_back(row < operations().size() ? text_item(operations()[row].service)
                                               : unknown_item(ItemType::Scalar));
}
void reach_target(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.effect->target.exists() ? resource_item(view.meant(item.effect->target))
                                                  : unknown_item(ItemType::Resource));
}
void reach_target_value(const PolicyView&, const Item& item, Reached& to) {
  if (item.effect->target_value.exists()) to.items.push_back(value_item(item.effect->target_value));
}
// Under the names that the operation has for them. What spreads in holds more than is written.
void reach_arguments(const PolicyView& view, const Item& item, Reached& to) {
  const ValueId given = item.effect->arguments;
  const bool whole = given.exists() && !entry_of(view.pool, given, "**").exists();
  to.items.push_back(whole ? value_item(given, item.effect->where)
                           : unknown_item(ItemType::Value));
}
void reach_permission(const PolicyView&, const Item& item, Reached& to) {
  const Permission permission = item.effect->permission;
  to.items.push_back(permission == Permission::Unknown
                         ? unknown_item(ItemType::Scalar)
                         : text_item(permission == Permission::Allowed ? "allowed" : "missing"));
}
void reach_import_name(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(text_item(item.import->path));
}

constexpr auto kResource = ItemType::Resource;
constexpr auto kValue = ItemType::Value;
constexpr auto kTrigger = ItemType::Trigger;
constexpr auto kStatement = ItemType::Statement;
constexpr auto kEffect = ItemType::Effect;
constexpr auto kImport = ItemType::Import;
constexpr auto kScalar = ItemType::Scalar;
constexpr std::array kAttributes{
    Attribute{"name", kResource, kScalar, false, "", "its logical id, or address", reach_name},
    Attribute{"type", kResource, kScalar, false, "",
              "CloudFormation's type, whatever tool it is written for", reach_type},
    Attribute{"kind", kResource, kScalar, false, "", "its kind, as `resource` names it",
              reach_kind},
    Attribute{"tool", kResource, kScalar, false, "",
              "the template's: cloudformation, sam, terraform ...", reach_tool},
    Attribute{"generated", kResource, kScalar, false, "",
              "whether a transform makes it, and nobody wrote it", reach_generated},
    Attribute{"declared", kResource, kScalar, false, "",
              "whether a template of the run declares it; if not, nothing else of it is known",
              reach_declared},
    Attribute{"physical_name", kResource, kValue, false, "",
              "the name that the template gives it; absent where the platform makes one",
              reach_physical_name},
    Attribute{"refers_to", kResource, kResource, true, "", "the resources in its properties",
              reach_refers_to},
    Attribute{"referred_by", kResource, kResource, true, "",
              "the resources in whose properties it stands", reach_referred_by},
    Attribute{"functions", kResource, kResource, true, "",
              "the functions that it triggers, configures, lets be invoked or is the role of",
              reach_functions},
    Attribute{"function", kResource, kResource, false, "", "the same where it is one, else unknown",
              reach_function},
    Attribute{"source", kResource, kResource, false, "event_source_mapping",
              "the queue, stream or table that it reads", reach_source},
    Attribute{"timeout", kResource, kValue, false, "function",
              "seconds, with the platform's default", reach_timeout},
    Attribute{"memory", kResource, kValue, false, "function", "MB, with the platform's default",
              reach_memory},
    Attribute{"language", kResource, kScalar, false, "function", "of its code: python, java ...",
              reach_language},
    Attribute{"image", kResource, kScalar, false, "function", "whether it is a container image",
              reach_image},
    Attribute{"inline_code", kResource, kScalar, false, "function",
              "whether its code stands in the template", reach_inline_code},
    Attribute{"role", kResource, kResource, false, "function", "its execution role", reach_role},
    Attribute{"aliases", kResource, kResource, true, "function", "its aliases", reach_aliases},
    Attribute{"versions", kResource, kResource, true, "function", "its versions", reach_versions},
    Attribute{"urls", kResource, kResource, true, "function", "its function URLs", reach_urls},
    Attribute{"invoke_configs", kResource, kResource, true, "function",
              "its settings for asynchronous invocation", reach_invoke_configs},
    Attribute{"mappings", kResource, kResource, true, "function", "its event source mappings",
              reach_mappings},
    Attribute{"permissions", kResource, kResource, true, "function", "who may invoke it",
              reach_permissions},
    Attribute{"triggers", kResource, kTrigger, true, "function", "what invokes it", reach_triggers},
    Attribute{"layers", kResource, kResource, true, "function", "its layers", reach_layers},
    Attribute{"alarms", kResource, kResource, true, "function|queue|topic|table|stream",
              "the CloudWatch alarms that name it", reach_alarms},
    Attribute{"log_groups", kResource, kResource, true, "function",
              "the log group that it writes to", reach_log_groups},
    Attribute{"effects", kResource, kEffect, true, "function",
              "what its code does to the world: calls of services", reach_effects},
    Attribute{"imports", kResource, kImport, true, "function", "the packages that it loads at init",
              reach_imports},
    Attribute{"code_read", kResource, kScalar, false, "function",
              "whether its code was found and followed as a whole", reach_code_read},
    Attribute{"code_found", kResource, kScalar, false, "function",
              "whether its handler was found", reach_code_found},
    Attribute{"package_bytes", kResource, kScalar, false, "function", "its code's size, unzipped",
              reach_package_bytes},
    Attribute{"statements", kResource, kStatement, true, "role",
              "all that its policies say, wherever they are written", reach_statements},
    Attribute{"resource", kValue, kResource, false, "", "the resource that the value refers to",
              reach_resource},
    Attribute{"keys", kValue, kScalar, true, "", "the names in a map, or in a list of Key and Value", reach_keys},
    Attribute{"kind", kTrigger, kScalar, false, "", "the kind of its source", reach_trigger_kind},
    Attribute{"source", kTrigger, kResource, false, "", "what sends the events",
              reach_trigger_source},
    Attribute{"function", kTrigger, kResource, false, "", "what is invoked",
              reach_trigger_function},
    Attribute{"declared_by", kTrigger, kResource, false, "",
              "the mapping, rule or subscription, where it is a resource of its own",
              reach_trigger_by},
    Attribute{"invocation", kTrigger, kScalar, false, "", "synchronous, asynchronous or polled",
              reach_trigger_invocation},
    Attribute{"batch_failures", kTrigger, kScalar, false, "",
              "whether the function reports the failed items of a batch", reach_trigger_failures},
    Attribute{"qualifier", kTrigger, kScalar, false, "", "the alias or version that is invoked",
              reach_trigger_qualifier},
    Attribute{"effect", kStatement, kScalar, false, "", "Allow or Deny", reach_effect_word},
    Attribute{"actions", kStatement, kValue, true, "", "its actions", reach_actions},
    Attribute{"resources", kStatement, kValue, true, "", "its resources", reach_resources},
    Attribute{"inverted", kStatement, kScalar, false, "",
              "whether it says NotAction or NotResource", reach_inverted},
    Attribute{"conditional", kStatement, kScalar, false, "", "whether it has a Condition",
              reach_conditional},
    Attribute{"generated", kStatement, kScalar, false, "", "whether a tool adds it",
              reach_statement_generated},
    Attribute{"role", kStatement, kResource, false, "", "the role", reach_statement_role},
    Attribute{"operation", kEffect, kScalar, false, "", "\"s3.PutObject\", \"http.Request\" ...",
              reach_operation},
    Attribute{"service", kEffect, kScalar, false, "", "\"s3\", \"http\" ...", reach_service},
    Attribute{"target", kEffect, kResource, false, "", "the resource that it is done to",
              reach_target},
    Attribute{"target_value", kEffect, kValue, false, "", "its name, address or ARN in the code",
              reach_target_value},
    Attribute{"arguments", kEffect, kValue, false, "",
              "what is given to it, by the operation's names: `arguments.Limit`", reach_arguments},
    Attribute{"permission", kEffect, kScalar, false, "", "allowed or missing, by the role",
              reach_permission},
    Attribute{"name", kImport, kScalar, false, "", "\"pandas\"", reach_import_name},
};

}  // namespace

PolicyView::PolicyView(const Project& linked)
    : project(linked), pool(*linked.pool), to(linked.stacks) {
  for (const Relation& row : project.stacks.relations) {
    if (row.from.exists()) from_[row.from].push_back(&row);
    if (row.declared_by.exists()) declared_by_[row.declared_by].push_back(&row);
  }
  for (const Statement& row : project.stacks.statements)
    if (row.role.exists()) statements_[row.role].push_back(&row);
  for (std::uint32_t i = 0; i < project.functions.size(); ++i)
    linked_.emplace(project.functions[i].resource, i);
}

namespace {

template <class Rows>
auto rows_at(const Rows& rows, ResourceId resource) {
  const auto found = rows.find(resource);
  using Row = typename Rows::mapped_type::value_type;
  return found == rows.end() ? std::span<const Row>() : std::span<const Row>(found->second);
}

}  // namespace

std::span<const Relation* const> PolicyView::from(ResourceId resource) const {
  return rows_at(from_, resource);
}
std::span<const Relation* const> PolicyView::declared_by(ResourceId resource) const {
  return rows_at(declared_by_, resource);
}
std::span<const Statement* const> PolicyView::statements_of(ResourceId role) const {
  return rows_at(statements_, role);
}

const PolicyView::References& PolicyView::references() const {
  if (references_ != nullptr) return *references_;
  references_ = std::make_unique<References>();
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const Resource& row = project.stacks.resources[i];
    if (row.superseded || row.external) continue;
    for (const ResourceId other : fnlint::referred_by(project, row)) {
      const ResourceId means = meant(other);
      if (!means.exists() || means == ResourceId{i}) continue;
      references_->of[ResourceId{i}].push_back(means);
      references_->to[means].push_back(ResourceId{i});
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

const DeclaredFunction* PolicyView::declared(ResourceId function) const {
  const std::uint32_t row = project.stacks.function_at(function);
  return row == UINT32_MAX ? nullptr : &project.stacks.functions[row];
}

std::uint32_t PolicyView::linked(ResourceId function) const {
  const auto found = linked_.find(function);
  return found == linked_.end() ? UINT32_MAX : found->second;
}

ResourceId PolicyView::meant(ResourceId resource) const {
  const Resource& row = project.stacks[resource];
  return row.superseded && row.twin.exists() ? row.twin : resource;
}

std::span<const Attribute> attributes() { return kAttributes; }

const Attribute* find_attribute(ItemType of, std::string_view name) {
  const auto found = std::ranges::find_if(
      kAttributes, [&](const Attribute& row) { return row.of == of && row.name == name; });
  return found == kAttributes.end() ? nullptr : &*found;
}

std::string_view word_of(ItemType type) {
  switch (type) {
    case ItemType::Resource: return "a resource";
    case ItemType::Value: return "a value";
    case ItemType::Trigger: return "a trigger";
    case ItemType::Statement: return "a statement";
    case ItemType::Effect: return "an effect";
    case ItemType::Import: return "an import";
    case ItemType::Scalar: return "a plain value";
  }
  return "";
}

}  // namespace fnlint
