// The value of a secret that the deployment looks up or is given: nothing in the template shows it,
// but the function's configuration does.

#include "checks/secrets/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/known.h"
#include "tables/secrets.h"
#include "values/pool.h"
#include "values/secret_text.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

// What a variable gets, in words, and what else shows it.
struct SecretSource {
  std::string words = {}, shown = {}, key = {};
  std::uint8_t uncertainty = 0;
};

// "env:TOKEN" of the Serverless Framework: its kind is no part of the name.
std::string_view name_of_input(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

bool fetches_with(const ValuePool& pool, const Effect& effect, ValueId input) {
  if (effect.operation == UINT32_MAX) return false;
  const auto& fetches = secret_tables().fetches;
  if (std::ranges::find(fetches, operations()[effect.operation].id) == fetches.end()) return false;
  bool found = effect.target_value == input;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId one) { found = found || one == input; });
  return found;
}

// What the code asks a store for is the name of a secret, whatever it is called.
bool is_name_of_secret(const Project& project, ResourceId function, ValueId input) {
  return std::ranges::any_of(project.functions, [&](const LambdaFunction& row) {
    if (row.resource != function) return false;
    const auto asks = [&](const Effect& one) { return fetches_with(*project.pool, one, input); };
    return std::ranges::any_of(row.effects, asks) || std::ranges::any_of(row.unknown_calls, asks) ||
           std::ranges::any_of(row.requests, asks);
  });
}

// An input that says of itself that it is secret, or that is called like one.
std::optional<SecretSource> source_of_input(const Project& project, const SecretReader& reader,
                                            ValueId input) {
  const Value& row = (*project.pool)[input];
  const std::string_view written = project.pool->text(input), name = name_of_input(written);
  const auto scope = static_cast<std::size_t>(row.ref);
  const Scope* of = scope < project.stacks.scopes.size() ? &project.stacks.scopes[scope] : nullptr;
  const bool is_own = of != nullptr && name == written;
  const bool is_hidden =
      is_own && std::ranges::find(of->hidden_inputs, written) != of->hidden_inputs.end();
  const SecretName* sign = reader.named(name);
  if (!is_hidden && (sign == nullptr || sign->random)) return std::nullopt;
  SecretSource source{.key = cat("input ", row.ref, ' ', written),
                      .uncertainty = is_hidden ? std::uint8_t{0} : std::uint8_t{kHeuristic}};
  const auto dialect =
      is_own ? static_cast<TemplateDialect>(of->dialect) : TemplateDialect::Unknown;
  switch (dialect) {
    case TemplateDialect::CloudFormation:
    case TemplateDialect::Sam:
      source.words = cat("the parameter ", name);
      if (!is_hidden) source.shown = " The stack shows it, too: the parameter has no NoEcho.";
      break;
    case TemplateDialect::Terraform:
      source.words = cat("var.", name);
      if (!is_hidden) source.shown = " Plans show it, too: it is not declared sensitive.";
      break;
    default: source.words = is_own ? cat("the input ", name) : cat("${", written, '}');
  }
  return source;
}

// What the last part of its path is called: "ssm:/orders/live/postgres-password".
bool is_of_a_secret(const SecretReader& reader, std::string_view parameter) {
  std::string_view last = parameter.substr(parameter.find_last_of("/:.") + 1);
  last = last.substr(0, last.find('~'));
  const SecretName* const name = reader.named(last);
  return name != nullptr && !name->random;
}

// `jsondecode(secret)["api_key"]`: what is read of a secret, which may hold a host and a user, too.
std::optional<SecretSource> source_of_part(const Project& project, const SecretReader& reader,
                                           const NamedProperty& variable, ValueId value) {
  const ValuePool& pool = *project.pool;
  constexpr int kDeepest = 8;
  const SecretName* name = reader.named(variable.name);
  for (int i = 0; i < kDeepest && pool.is(value, ValueKind::Computed); ++i) {
    const auto operands = pool.operands(value);
    if (operands.empty()) return std::nullopt;
    const Opcode opcode = pool.opcode(value);
    const bool reads = (opcode == Opcode::Index || opcode == Opcode::Member) && operands.size() == 2;
    if (const auto part = reads ? as_text(pool, operands[1]) : std::nullopt; part && name == nullptr)
      name = reader.named(*part);
    value = operands[0];
  }
  const bool is_secret = pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Secret;
  return is_secret && name != nullptr ? std::optional(SecretSource{.words = "a secret"})
                                      : std::nullopt;
}

// "random_password.db.result": the provider of Terraform makes it.
std::optional<SecretSource> source_of_attribute(const Project& project, ValueId value) {
  const ValuePool& pool = *project.pool;
  const Resource& resource =
      project.stacks[ResourceId{static_cast<std::uint32_t>(pool[value].ref)}];
  const std::string attribute = cat(pool[resource.native_type], '.', pool.text(value));
  if (!is_one_of(known::made_secrets(), attribute)) return std::nullopt;
  return SecretSource{.words = cat("a secret that is made with the stack (", attribute, ")")};
}

std::optional<SecretSource> source_of(const Project& project, const SecretReader& reader,
                                      const NamedProperty& variable, ValueId value) {
  const ValuePool& pool = *project.pool;
  if (pool.is(value, ValueKind::Computed))
    return source_of_part(project, reader, variable, value);
  if (pool.is(value, ValueKind::Reference)) return source_of_attribute(project, value);
  if (pool.is(value, ValueKind::Pattern)) {
    // The name of what a store has is put together, too.
    const ValueId first = pool.operands(value).front();
    if (pool.is(first, ValueKind::Text) &&
        (pool.text(first).starts_with('/') || pool.text(first).starts_with("arn:")))
      return std::nullopt;
    for (const ValueId part : pool.operands(value))
      if (!pool.is(part, ValueKind::Pattern))
        if (auto source = source_of(project, reader, variable, part)) return source;
    return std::nullopt;
  }
  if (pool.is(value, ValueKind::Text)) {  // nothing yet: what a deployment gives
    const SecretName* name = reader.named(variable.name);
    const bool is_empty =
        (pool[value].uncertainty & kOverridable) != 0 && trim(pool.text(value)).empty();
    if (!is_empty || name == nullptr || name->random) return std::nullopt;
    return SecretSource{
        .words = "an input whose default is empty",
        .key = cat("variable ", variable.property->where.file.index, ' ', variable.name),
        .uncertainty = kHeuristic};
  }
  if (!pool.is(value, ValueKind::Hole)) return std::nullopt;
  const Value& row = pool[value];
  if (row.origin == Origin::Secret) return SecretSource{.words = "a secret"};
  if (row.origin == Origin::TemplateInput) return source_of_input(project, reader, value);
  if (row.origin == Origin::Outside && pool.text(value).starts_with("ssm:") &&
      (reader.named(variable.name) != nullptr || is_of_a_secret(reader, pool.text(value))))
    return SecretSource{.words = "a parameter", .uncertainty = kHeuristic};
  return std::nullopt;
}

void check_resolved(const Project& project, const SecretReader& reader, ResourceId function,
                    const NamedProperty& variable, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const Property& property = *variable.property;
  std::vector<ValueId> alternatives{property.value};
  if (pool.is(property.value, ValueKind::OneOf))
    alternatives.assign(pool.operands(property.value).begin(), pool.operands(property.value).end());
  for (const ValueId one : alternatives) {
    const std::optional<SecretSource> source = source_of(project, reader, variable, one);
    if (!source || is_name_of_secret(project, function, one)) continue;
    const bool is_one_of = alternatives.size() > 1;
    FindingBuilder finding("secrets-resolved-into-env",
                           source->uncertainty | (is_one_of ? kConditional : 0));
    finding.about(project, function)
        .at(property)
        .says("The variable ", variable.name, " gets the value of ", source->words,
              " at deployment: anyone who can read the function's configuration has it, and a new "
              "value arrives with the next deployment alone.",
              source->shown)
        .identified(property.inherited ? std::string("Globals") : name_of(project, function), ':',
                    variable.name);
    if (!source->key.empty())
      finding.caused_by({.key = source->key, .apart = 1, .also = "This gets the same value."});
    findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace

void secrets_resolved(const Project& project, const Settings&, Findings& findings) {
  const SecretReader reader(secret_tables());
  for (const DeclaredFunction& function : project.stacks.functions)
    for (const NamedProperty& variable :
         properties_below(project, function.resource, kEnvironmentVariables))
      check_resolved(project, reader, function.resource, variable, findings);
}

}  // namespace fnlint
