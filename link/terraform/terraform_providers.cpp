// What the settings of Terraform's AWS provider give to the resources that it makes.

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_faults.h"
#include "link/terraform/terraform.h"
#include "link/terraform/terraform_evaluation.h"
#include "tables/secrets.h"
#include "values/secret_text.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::string_view kAws = "aws";

// `aws.west`, also as a text: the alias; "aws" and what is not written so have none.
std::string_view alias_of(const LinkContext& build, const ExprClosure& name) {
  if (!name.exists()) return {};
  if (build.function(name) == "resource.") {
    const auto alias = build.literal(build.operand(name, 1));
    return alias ? *alias : std::string_view{};
  }
  const std::string_view text = build.literal(name).value_or(std::string_view{});
  const std::size_t dot = text.find('.');
  return dot == text.npos ? std::string_view{} : text.substr(dot + 1);
}

// The settings of that alias in a module; none: it has no such provider.
ScopedExpr provider_in(const LinkContext& build, ScopeId scope, std::string_view alias) {
  for (const RowAt& at : module_of(build, scope).providers) {
    const TemplateFacts& facts = build.facts(at.text);
    const Declaration& row = facts.declarations[at.row];
    const ExprClosure body{at.text, row.body};
    const ExprClosure own = build.entry(body, "alias");
    const auto name = own.exists() ? build.literal(own) : std::nullopt;
    if (facts.string(row.address) == kAws && name.value_or(std::string_view{}) == alias)
      return {scope, body};
  }
  return {};
}

// The providers that the call of a module hands to it.
ExprClosure handed_to(const LinkContext& build, ScopeId scope) {
  for (const auto& [address, of] : module_of(build, build[scope].parent).instances)
    for (const Instance& row : of.rows)
      if (row.scope == scope)
        return build.entry({of.text, of.declaration->attributes}, "providers");
  return {};
}

// The settings of the provider that makes the resource, and where they stand.
ScopedExpr provider_of(const LinkContext& build, ResourceId id) {
  const ResourceBuilder& draft = build.drafts[id.index];
  if (draft.declaration == nullptr || !build[draft.scope].is_module()) return {};
  std::string_view alias =
      alias_of(build, build.entry({draft.text, draft.declaration->attributes}, "provider"));
  for (ScopeId scope = draft.scope; scope.exists() && build[scope].is_module();
       scope = build[scope].parent) {
    if (const ScopedExpr settings = provider_in(build, scope, alias); settings.exists())
      return settings;
    if (!build[scope].parent.exists() || !build[build[scope].parent].is_module()) return {};
    const ExprClosure handed = handed_to(build, scope);
    if (!handed.exists()) continue;
    const ExprClosure one =
        build.entry(handed, alias.empty() ? std::string(kAws) : cat(kAws, '.', alias));
    if (one.exists()) alias = alias_of(build, one);
  }
  return {};
}

// A block, which may stand several times, or an argument.
ExprClosure block_in(const LinkContext& build, const ExprClosure& body, std::string_view name) {
  const ExprClosure found = build.entry(body, name);
  return found.exists() && build.expr(found).kind == ExprKind::List ? build.operand(found, 0)
                                                                    : found;
}

bool is_of_this_machine(std::string_view address) {
  constexpr std::array<std::string_view, 4> kHosts{"localhost", "127.0.0.1", "0.0.0.0",
                                                   "localstack"};
  return std::ranges::any_of(
      kHosts, [&](std::string_view host) { return address.find(host) != address.npos; });
}

}  // namespace

ScopedExpr default_tags_of(const LinkContext& build, ResourceId id) {
  const ScopedExpr settings = provider_of(build, id);
  if (!settings.exists()) return {};
  const ExprClosure tags = block_in(build, settings.written, "default_tags");
  if (!tags.exists() || build.expr(tags).kind != ExprKind::Record) return {};
  return {settings.scope, build.entry(tags, "tags")};
}

bool is_made_on_this_machine(const LinkContext& build, ResourceId id) {
  const ScopedExpr settings = provider_of(build, id);
  if (!settings.exists()) return false;
  const ExprClosure endpoints = block_in(build, settings.written, "endpoints");
  if (!endpoints.exists() || build.expr(endpoints).kind != ExprKind::Record) return false;
  for (std::size_t i = 0; i < build.operands(endpoints).size(); ++i)
    if (const auto address = build.literal(build.operand(endpoints, i));
        address && is_of_this_machine(*address))
      return true;
  return false;
}

void judge_providers(LinkContext& build) {
  const SecretReader reader(secret_tables());
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    if (build.scopes[i].superseded) continue;
    for (const RowAt& at : module_of(build, ScopeId{i}).providers)
      for (const std::string_view name : {"access_key", "secret_key", "token"}) {
        const Declaration& provider = build.facts(at.text).declarations[at.row];
        const ExprClosure given = build.entry({at.text, provider.body}, name);
        const auto text = given.exists() ? build.literal(given) : std::nullopt;
        const auto sign = text ? reader.read(name, *text) : std::nullopt;
        if (!sign || (sign->uncertainty & kUncertain) != 0) continue;
        add_fault(build, {.kind = TemplateFaultKind::SecretProvider,
                          .uncertainty = sign->uncertainty,
                          .what = cat(name, '\n', *text),
                          .where = build.span(given)});
      }
  }
}

}  // namespace fnlint::stacks
