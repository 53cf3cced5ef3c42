// Derives from a function's, API's or state machine's own properties and Globals which roles,
// aliases, URLs, mappings, rules and stages SAM adds, and under which logical ids.

#include "link/cloudformation/sam_declarations.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

bool is_given(const LinkContext& build, const ExprClosure& at) {
  return at.exists() && build.expr(at).kind != ExprKind::Null;
}

// A property of the resource as it is written there, else in Globals.
ExprClosure written_property(const LinkContext& build, ResourceId id, std::string_view name) {
  const ExprClosure local = build.entry(build.body(build.drafts[id.index]), name);
  if (is_given(build, local)) return local;
  const ExprClosure global = build.entry(globals_of(build, id), name);
  return is_given(build, global) ? global : ExprClosure{};
}

Span place_of(const LinkContext& build, const ExprClosure& at) { return build.span(at); }

void declare_role(LinkContext& build, ResourceId id) {
  // Role is not in Globals. A Fn::If may leave it to SAM in one branch.
  const ExprClosure role = build.entry(build.body(build.draft(id)), "Role");
  if (is_given(build, role) && build.function(role) != "Fn::If") return;
  build.generate(id, sam_name(build, id, "Role"), "AWS::IAM::Role", build.resource(id).name);
}

void declare_alias(LinkContext& build, ResourceId id) {
  const ExprClosure alias = written_property(build, id, "AutoPublishAlias");
  if (!alias.exists()) return;
  const ScopeId scope = build.draft(id).scope;
  const auto name = as_text(build.pool, value_of(build, scope, alias));
  const ResourceId version = build.generate(id, sam_name(build, id, "Version"),
                                            "AWS::Lambda::Version", place_of(build, alias));
  const ResourceId made = build.generate(id, sam_name(build, id, cat("Alias", name.value_or(""))),
                                         "AWS::Lambda::Alias", place_of(build, alias));
  const auto also = [&](std::string_view suffix, ResourceId resource) {
    const StringId key = build.pool.string(cat(build.address(id), ".", suffix));
    build[scope].resources.emplace(build.pool[key], resource);
  };
  also("Version", version);
  also("Alias", made);
}

void declare_parts(LinkContext& build, ResourceId id) {
  for (const auto& [property, suffix, type] : known::sam_function_parts()) {
    const ExprClosure written = written_property(build, id, property);
    if (written.exists())
      build.generate(id, sam_name(build, id, suffix), type, place_of(build, written));
  }
}

void declare_implicit_api(LinkContext& build, ResourceId maker, const SamEvent& event,
                          const ExprClosure& where) {
  const ScopeId scope = build.draft(maker).scope;
  if (build[scope].resources.contains(event.implicit)) return;
  const ResourceId api =
      build.generate(maker, event.implicit, event.implicit_type, place_of(build, where));
  // It serves every function of the template.
  build.resource(api).exists =
      build[scope].stack.exists() ? build.resource(build[scope].stack).exists : GuardId{};
  const bool rest = event.implicit_type == "AWS::Serverless::Api";
  build.generate(api, cat(event.implicit, rest ? "ProdStage" : "ApiGatewayDefaultStage"),
                 rest ? "AWS::ApiGateway::Stage" : "AWS::ApiGatewayV2::Stage",
                 place_of(build, where));
}

void declare_event(LinkContext& build, ResourceId id, const Operand& operand,
                   const ExprClosure& event) {
  const auto type = build.literal(build.entry(event, "Type"));
  const SamEvent* known = type ? find_sam_event(*type) : nullptr;
  if (known == nullptr) return;
  if (!known->implicit.empty()) {
    const ExprClosure properties = build.entry(event, "Properties");
    if (!build.entry(properties, known->source).exists())
      declare_implicit_api(build, id, *known, event);
  }
  if (known->generates.empty()) return;
  const std::string_view name = build.facts(event.text).string(operand.name);
  build.generate(id, sam_name(build, id, name), known->generates, build.span(event));
}

void declare_events(LinkContext& build, ResourceId id) {
  const ExprClosure events = build.entry(build.body(build.draft(id)), "Events");
  if (!events.exists() || build.expr(events).kind != ExprKind::Record) return;
  for (const Operand& operand : build.operands(events)) {
    ExprClosure event = events;
    event.expr = operand.value;
    if (operand.spread == 0 && event.exists()) declare_event(build, id, operand, event);
  }
}

void declare_stage(LinkContext& build, ResourceId id) {
  const ExprClosure stage = written_property(build, id, "StageName");
  if (!stage.exists()) return;
  const auto name = as_text(build.pool, value_of(build, build.draft(id).scope, stage));
  build.generate(id, sam_name(build, id, cat(name.value_or(""), "Stage")), "AWS::ApiGateway::Stage",
                 place_of(build, stage));
}

}  // namespace

void declare_sam(LinkContext& build) {
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const ResourceId id{i};
    const std::string_view type = build.pool[build.stacks.resources[i].type];
    if (type == "AWS::Serverless::Function") {
      declare_role(build, id);
      declare_alias(build, id);
      declare_parts(build, id);
      declare_events(build, id);
    } else if (type == "AWS::Serverless::StateMachine") {
      declare_role(build, id);
      declare_events(build, id);
    } else if (type == "AWS::Serverless::Api" || type == "AWS::Serverless::HttpApi") {
      declare_stage(build, id);
    }
  }
}

std::string sam_name(const LinkContext& build, ResourceId maker, std::string_view suffix) {
  return cat(build.address(maker), suffix);
}

ResourceId sam_resource(const LinkContext& build, ResourceId maker, std::string_view suffix) {
  const Scope& scope = build.scopes[build.drafts[maker.index].scope.index];
  const auto found = scope.resources.find(sam_name(build, maker, suffix));
  if (found == scope.resources.end()) return {};
  return build.stacks.resources[found->second.index].generated ? found->second : ResourceId{};
}

ExprClosure globals_of(const LinkContext& build, ResourceId id) {
  const ResourceBuilder& draft = build.drafts[id.index];
  const SamResource* sam =
      find_sam_resource(build.pool[build.stacks.resources[id.index].type]);
  if (sam == nullptr || draft.declaration == nullptr) return {};
  // A fragment has the Globals of the template that includes it.
  const TextId main = build.scopes[draft.scope.index].text;
  const ExprClosure all{.text = main, .expr = build.facts(main).globals, .inherited = true};
  return all.exists() ? build.entry(all, sam->section) : ExprClosure{};
}

}  // namespace fnlint::stacks
