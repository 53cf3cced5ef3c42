// A queue has a name, an ARN and an address, and each call takes one of them. A template that gives
// the function another one deploys well, and the call fails.

#include "checks/config/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/target_forms.h"
#include "tables/templates.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string_view form_words(std::uint8_t form) {
  switch (form) {
    case kByArn: return "the ARN";
    case kByUrl: return "the address";
    case kById: return "the id";
    default: return "the name";
  }
}

std::string takes_words(const TargetForm& row) {
  std::string words;
  for (const std::uint8_t form : {kByName, kByArn, kByUrl, kById})
    if ((row.takes & form) != 0) words += cat(words.empty() ? "" : " or ", form_words(form));
  return words;
}

std::uint8_t form_of_attribute(const Project& project, const Value& reference) {
  const ResourceId id{static_cast<std::uint32_t>(reference.ref)};
  const std::string attribute = lower((*project.pool)[reference.text]);
  if (attribute.ends_with("arn")) return kByArn;
  if (attribute.ends_with("name")) return kByName;
  if (attribute.ends_with("url")) return kByUrl;
  if (!attribute.empty() || id.index >= project.stacks.resources.size()) return 0;
  const Resource& resource = project.stacks[id];
  const ResourceType* type = find_resource_type((*project.pool)[resource.type]);
  if (type == nullptr || resource.external) return 0;
  switch (type->ref) {
    case RefGives::Name: return kByName;
    case RefGives::Arn: return kByArn;
    case RefGives::Url: return kByUrl;
    case RefGives::Id: return kById;
  }
  return 0;
}

// How a value names what it names; 0: not known.
std::uint8_t form_of(const Project& project, ValueId value) {
  const ValuePool& pool = *project.pool;
  if (pool.is(value, ValueKind::Reference)) return form_of_attribute(project, pool[value]);
  std::string_view begins;
  if (pool.is(value, ValueKind::Text)) begins = pool.text(value);
  if (pool.is(value, ValueKind::Pattern) && pool.is(pool.operands(value)[0], ValueKind::Text))
    begins = pool.text(pool.operands(value)[0]);
  if (begins.starts_with("arn:")) return kByArn;
  if (begins.starts_with("https://") || begins.starts_with("http://")) return kByUrl;
  if (!pool.is(value, ValueKind::Text) || begins.empty()) return 0;
  const bool is_name = std::ranges::all_of(begins, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return is_name ? kByName : 0;
}

// The member that names the call's target.
const TargetForm* form_wanted(const Project& project, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  const std::vector<std::string_view> members = split(operation.target, '|');
  for (const std::string_view member : members)
    if (entry_of(*project.pool, effect.arguments, member) == effect.target_value)
      return find_target_form(operation.service, member);
  return members.size() == 1 ? find_target_form(operation.service, members.front()) : nullptr;
}

// "the ARN of 'Jobs'", "the ARN 'arn:aws:...'".
std::string held_words(const Project& project, ValueId value, std::uint8_t form) {
  const Value& held = (*project.pool)[value];
  const ResourceId resource{static_cast<std::uint32_t>(held.ref)};
  if (held.kind != ValueKind::Reference || resource.index >= project.stacks.resources.size())
    return cat(form_words(form), ' ', describe(*project.pool, value));
  return cat(form_words(form), " of '", name_of(project, resource), "'");
}

// The variable whose value it is; no property where none is, or several are.
NamedProperty variable_with(const Project& project, ResourceId function, ValueId value) {
  NamedProperty found;
  for (const NamedProperty& row : properties_below(project, function, kEnvironmentVariables)) {
    if (row.property->value != value) continue;
    if (found.property != nullptr) return {};
    found = row;
  }
  return found;
}

// Whether a call, while the modules are loaded or later, leads from one form to the other.
bool is_led_to(const LambdaFunction& function, const TargetForm& wanted) {
  const auto leads = [&](const auto& call) {
    return call.operation != UINT32_MAX && operations()[call.operation].id == wanted.from;
  };
  return !wanted.from.empty() && (std::ranges::any_of(function.effects, leads) ||
                                  std::ranges::any_of(function.unknown_calls, leads) ||
                                  std::ranges::any_of(function.init_work, leads));
}

void check_call(const Project& project, const LambdaFunction& function, const Effect& effect,
                Findings& findings) {
  if (!effect.target_value.exists() || (effect.flags & kGuessed) != 0) return;
  const std::uint8_t form = form_of(project, effect.target_value);
  const TargetForm* wanted = form != 0 ? form_wanted(project, effect) : nullptr;
  if (wanted == nullptr || (wanted->takes & form) != 0) return;
  const auto [name, variable] = variable_with(project, function.resource, effect.target_value);
  if (variable == nullptr) return;
  if (is_led_to(function, *wanted)) return;
  auto uncertainty = static_cast<std::uint8_t>(effect.uncertainty |
                                               (*project.pool)[effect.target_value].uncertainty);
  const bool is_doubtful = (wanted->doubtful & form) != 0;
  if (is_doubtful) uncertainty |= kUncertain;
  findings.push_back(
      FindingBuilder("config-env-wrong-kind", uncertainty)
          .about(function)
          .at(*variable)
          .says("The variable ", name, " holds ", held_words(project, effect.target_value, form),
                ", but ", operations()[effect.operation].id, " takes ", takes_words(*wanted),
                " as ", wanted->member,
                is_doubtful ? ": the service may accept another form, but does not promise to."
                            : ": the call fails.")
          .identified(function.name, ':', name)
          .related(effect.where, "It is passed as ", wanted->member, " here."));
}

}  // namespace

void config_env_wrong_kind(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    for (const Effect& effect : function.effects) check_call(project, function, effect, findings);
    for (const Effect& effect : function.unknown_calls)
      check_call(project, function, effect, findings);
  }
}

}  // namespace fnlint
