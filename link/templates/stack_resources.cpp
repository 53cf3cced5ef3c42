// Locates what is declared, then what SAM makes of events and properties, reads documents and sets
// physical names.

#include "link/templates/stack_resources.h"

#include "core/text.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/serverless/serverless.h"
#include "link/stacks/arn.h"
#include "link/stacks/cut_resources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/names.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/work_shares.h"
#include "link/templates/merged_resources.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

void set_properties(LinkContext& build, ResourceId id, Node root) {
  build.draft(id).properties = root;
  if (!root) return;
  build.resource(id).properties = {root.row() + 1, root.end() - root.row() - 1};
}

// Names under IgnoreGlobals; "*" is all.
std::vector<std::string_view> ignored_globals(const LinkContext& build,
                                              const ExprClosure& attributes) {
  const ExprClosure ignored = build.entry(attributes, "IgnoreGlobals");
  if (!ignored.exists()) return {};
  if (const auto one = build.literal(ignored)) return {*one};
  std::vector<std::string_view> names;
  if (build.expr(ignored).kind == ExprKind::List)
    for (std::size_t i = 0; i < build.operands(ignored).size(); ++i)
      if (const auto name = build.literal(build.operand(ignored, i))) names.push_back(*name);
  return names;
}

// SAM takes each name away from what Globals says of the kind, and fails where it is not there.
// Where Globals says nothing of the kind it reads no names: then one that no kind has is a mistake.
void judge_ignored_globals(LinkContext& build, ResourceId id, const ExprClosure& attributes) {
  const ExprClosure ignored = build.entry(attributes, "IgnoreGlobals");
  if (!ignored.exists() || build.expr(ignored).kind != ExprKind::List) return;
  const ExprClosure globals = globals_of(build, id);
  const bool has_globals = globals.exists();
  if (has_globals && build.expr(globals).kind != ExprKind::Record) return;
  const SamResource* sam =
      find_sam_resource(build.pool[build.stacks.resources[id.index].native_type]);
  if (sam == nullptr) return;
  for (std::size_t i = 0; i < build.operands(ignored).size(); ++i) {
    const ExprClosure one = build.operand(ignored, i);
    const auto name = build.literal(one);
    if (!name ||
        (has_globals ? build.entry(globals, *name).exists() : is_one_of(sam->globals, *name)))
      continue;
    add_fault(build, {.kind = TemplateFaultKind::IgnoredGlobal,
                      .uncertainty = has_globals ? std::uint8_t{0} : std::uint8_t{kHeuristic},
                      .resource = id,
                      .what = std::string(*name),
                      .where = build.span(one)});
  }
}

void locate_declared(LinkContext& build, ResourceId id) {
  const ResourceBuilder draft = build.draft(id);
  const std::string_view type = build.pool[build.resource(id).type];
  const std::string_view native = build.pool[build.resource(id).native_type];
  const Dialect& dialect = dialect_of(build, draft.text);
  if (dialect.locate != nullptr) {
    dialect.locate(build, id);
    return;
  }
  const SamResource* sam = find_sam_resource(type);
  const ExprClosure attributes{draft.text, draft.declaration->attributes, draft.bindings,
                           build.resource(id).exists};
  const auto ignored = ignored_globals(build, attributes);
  if (!has_macros(build, draft.text)) judge_ignored_globals(build, id, attributes);
  const auto inherits = [&](std::string_view name) {
    const auto named = [&](std::string_view one) { return one == name || one == "*"; };
    return sam != nullptr && std::ranges::find(sam->globals, name) != sam->globals.end() &&
           std::ranges::none_of(ignored, named);
  };
  ExprClosure body = build.body(draft);
  body.when = build.resource(id).exists;
  Node root = locate(build, draft.scope, build.properties, body, globals_of(build, id),
                     dialect.renames != nullptr ? dialect.renames(native) : RenameTable{}, inherits,
                     draft.further);
  if (is_cut(build, draft) || has_macros(build, draft.text))
    root = with_unread(build, root, build.resource(id).name);
  set_properties(build, id, root);
  const ResourceKind kind = build.resource(id).kind;
  const ExprClosure kept = build.entry(attributes, "DeletionPolicy");
  if (kept.exists())
    build.resource(id).on_deletion = build.pool.string(build.literal(kept).value_or("?"));
  const ExprClosure metadata = build.entry(attributes, "Metadata");
  const bool of_code = kind == ResourceKind::Function || kind == ResourceKind::Layer;
  if (of_code && metadata.exists())
    build.draft(id).metadata = locate(build, draft.scope, build.attributes, metadata, {}, {});
  const ExprClosure connectors = build.entry(attributes, "Connectors");
  if (connectors.exists())
    build.cloudformation->connectors[id.index] =
        locate(build, draft.scope, build.attributes, connectors, {}, {});
}

// How an event's properties are spelled on the resource that SAM makes of it.
RenameTable event_renames(const SamEvent& event) {
  static constexpr std::array<Rename, 3> kRule{
      {{"Pattern", "EventPattern"}, {"Schedule", "ScheduleExpression"}, {"RuleName", "Name"}}};
  static constexpr std::array<Rename, 5> kMapping{{{"Queue", "EventSourceArn"},
                                                   {"Stream", "EventSourceArn"},
                                                   {"Broker", "EventSourceArn"},
                                                   {"Cluster", "EventSourceArn"},
                                                   {"KafkaBootstrapServers",
                                                    "SelfManagedEventSource.Endpoints."
                                                    "KafkaBootstrapServers"}}};
  static constexpr std::array<Rename, 1> kSubscription{{{"Topic", "TopicArn"}}};
  switch (event.form) {
    case EventForm::Mapping: return kMapping;
    case EventForm::Subscription: return kSubscription;
    case EventForm::Rule:
    case EventForm::Schedule: return kRule;
    default: return {};
  }
}

void locate_events(LinkContext& build, ResourceId maker) {
  const ExprClosure events = build.entry(build.body(build.draft(maker)), "Events");
  if (!events.exists() || build.expr(events).kind != ExprKind::Record) return;
  const Slice<Operand> slice = build.expr(events).operands;
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
    const Operand& operand = build.facts(events.text).operands[i];
    ExprClosure event = events;
    event.expr = operand.value;
    if (!event.exists()) continue;
    const auto type = build.literal(build.entry(event, "Type"));
    const SamEvent* known = type ? find_sam_event(*type) : nullptr;
    const ResourceId made =
        sam_resource(build, maker, build.facts(events.text).string(operand.name));
    if (known == nullptr || !made.exists()) continue;
    ExprClosure properties = build.entry(event, "Properties");
    properties.when = build.resource(made).exists;
    build.resource(made).where = build.span(event);
    if (properties.exists())
      set_properties(build, made,
                     locate(build, build.draft(made).scope, build.properties, properties, {},
                            event_renames(*known)));
  }
}

// The version, alias, URL and configuration that SAM makes for a function.
void locate_parts(LinkContext& build, ResourceId id) {
  ValuePool& pool = build.pool;
  const Node function = build.draft(id).properties;
  const ValueId self = pool.reference(id, "");
  const Node alias = function["AutoPublishAlias"];
  if (const ResourceId version = sam_resource(build, id, "Version"); version.exists()) {
    const std::array made{MadeProperty{"FunctionName", self, alias.where()}};
    set_properties(build, version, locate_made(build.properties, made));
  }
  if (alias) {
    const auto name = as_text(pool, alias.value());
    const ResourceId made = sam_resource(build, id, cat("Alias", name.value_or("")));
    if (made.exists()) {
      std::vector<MadeProperty> rows{{"Name", alias.value(), alias.where()},
                                     {"FunctionName", self, alias.where()}};
      if (const Node provisioned = function["ProvisionedConcurrencyConfig"]) {
        rows.push_back({"ProvisionedConcurrencyConfig", provisioned.value(), provisioned.where()});
        for (const Node& child : provisioned.children())
          rows.push_back(
              {cat("ProvisionedConcurrencyConfig.", child.name()), child.value(), child.where()});
      }
      set_properties(build, made, locate_made(build.properties, rows));
      build.resource(made).physical_name = alias.value();
    }
  }
  for (const auto& [property, suffix, type] : known::sam_function_parts()) {
    const ResourceId made = sam_resource(build, id, suffix);
    const Node from = function[property];
    if (!made.exists() || !from) continue;
    std::vector<MadeProperty> rows{{suffix == "Url" ? "TargetFunctionArn" : "FunctionName",
                                    suffix == "Url" ? pool.reference(id, "Arn") : self,
                                    from.where()}};
    for (const Node& child : from.children())
      rows.push_back({std::string(child.name()), child.value(), child.where()});
    set_properties(build, made, locate_made(build.properties, rows));
  }
}

void set_name(LinkContext& build, ResourceId id) {
  Resource& resource = build.resource(id);
  if (resource.superseded) return;
  const ResourceType* type = find_resource_type(build.pool[resource.type]);
  if (type == nullptr || type->name.empty()) return;
  const Node name = build.draft(id).properties[type->name];
  if (!name) return;
  resource.physical_name = name.value();
  // An alias's name means nothing without its function.
  if (resource.kind == ResourceKind::Alias) return;
  add_name(build.pool, build.stacks, resource.kind, name.value(), id);
}

void locate_written(LinkContext& build) {
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  WorkShares shares(build);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (build.drafts[i].declaration == nullptr) continue;
    shares.begin(build.drafts[i].scope);
    const std::size_t noted = build.stacks.unresolved.size();
    locate_declared(build, ResourceId{i});
    // What a source does not say, its output does.
    if (build.superseded(ResourceId{i})) build.stacks.unresolved.resize(noted);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const ResourceId id{i};
    if (build.drafts[i].declaration == nullptr) continue;
    shares.begin(build.drafts[i].scope);
    const std::string_view type = build.pool[build.stacks.resources[i].type];
    const bool function = type == "AWS::Serverless::Function";
    if (function || type == "AWS::Serverless::StateMachine") locate_events(build, id);
    if (function) locate_parts(build, id);
  }
}

// A role may be trusted by JSON text as well.
void read_documents(LinkContext& build) {
  for (Property& row : build.stacks.properties) {
    const bool is_text =
        build.pool.is(row.value, ValueKind::Text) || build.pool.is(row.value, ValueKind::Pattern);
    if (!is_text || build.pool[row.path] != "AssumeRolePolicyDocument") continue;
    const ValueId read = json_value(build, row.value);
    if (build.pool.is(read, ValueKind::Record)) row.value = read;
  }
}

}  // namespace

void locate_resources(LinkContext& build) {
  compile_services(build);
  locate_written(build);
  merge_parts_of_resources(build);
  open_spent(build);
  read_documents(build);
  for (std::uint32_t i = 0; i < build.stacks.resources.size(); ++i) set_name(build, ResourceId{i});
}

}  // namespace fnlint::stacks
