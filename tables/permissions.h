// Which IAM rights a function needs for what it does and is configured to do, and which rights may
// be taken for unused.
#pragma once

#include "model/code.h"
#include "model/resources.h"

#include <span>
#include <string_view>

namespace fnlint {

// An action that speaks of what lies below the resource which its call names: a bucket's objects.
struct BelowTarget {
  std::span<const std::string_view> actions = {};  // with "*"
  std::string_view with = {};                      // only where the call has this member
  std::string_view between = {};                   // stands behind the target's ARN
  std::string_view words = {};  // what such a member names: "index"; empty: nothing of its own
};
std::span<const BelowTarget> below_targets();

// What an operation needs on what it copies, which the operation's `source` names.
struct CopyRight {
  std::span<const std::string_view> operations = {};
  std::string_view action = {};
};
std::span<const CopyRight> copy_rights();

// A resource that holds the policy of another, or its own.
struct ResourcePolicy {
  std::string_view type = {};
  std::string_view target = {};  // property that names the other one; empty: itself
  std::string_view document = {};
};
std::span<const ResourcePolicy> resource_policies();

// Services whose resources' own policies alone may allow a call, and are seldom in the project.
std::span<const std::string_view> services_with_other_policies();

// Parts of the paths of objects that give the credentials of the function's own role.
std::span<const std::string_view> providers_of_role();

// What an event source mapping does with what it reads, by the role of its function: each of the
// actions, of "a|b" one. `part`: they speak of what lies below the resource ("stream").
struct SourceRights {
  ResourceKind source{};
  std::string_view part = {};
  std::span<const std::string_view> actions = {};
};
std::span<const SourceRights> source_rights();
// What a dead-letter queue or destination of that kind is sent with.
struct TargetRight {
  ResourceKind target{};
  std::string_view action = {};
};
std::span<const TargetRight> target_rights();
// The same of sources and properties of which no check speaks: which of them a configuration needs
// is seldom known. `value`: only where the property has it; `words`: what they are for.
std::span<const SourceRights> further_source_rights();
struct PropertyRights {
  std::string_view property = {}, value = {}, words = {};
  std::span<const std::string_view> actions = {};
};
std::span<const PropertyRights> property_rights();
// What every function does: it writes to its log.
std::span<const std::string_view> log_actions();
// Methods of SDKs that name an operation and do not perform it: `operation` selects its name, or
// the command that describes it, "=s3.PutObject": it is always that; `members` its members.
struct NamingCall {
  std::string_view method = {}, operation = {}, members = {};
  std::string_view words = {};
};
std::span<const NamingCall> naming_calls();
// Of an operation that needs one of several actions: this one where its members are named so, or
// one of its texts begins so.
struct ChosenAction {
  std::string_view action = {}, by = {};
};
std::span<const ChosenAction> chosen_actions();
// How SDKs begin the paths of what stands for a service, whose name follows; and names of services
// that are no ids of theirs, with the prefix of their actions.
std::span<const std::string_view> sdk_paths();
struct SdkAlias {
  std::string_view name = {}, prefix = {};
};
std::span<const SdkAlias> sdk_aliases();
// What operations on a resource need of the key that its property names.
struct KeyRights {
  ResourceKind kind{};
  std::string_view property = {};
  std::span<const std::string_view> operations = {}, actions = {};
};
std::span<const KeyRights> key_rights();

// What a role allows and nothing needs. Actions are globs; names are in normal form (lower case
// without '_' and '-') and parts of what code names.
std::span<const std::string_view> actions_never_unused();
// What the platform does in the name of a function with such a source, or with such a property.
struct PlatformActions {
  ResourceKind trigger{};
  std::string_view property = {};  // a part of its path; empty: `trigger` is asked for
  std::span<const std::string_view> actions = {};
};
std::span<const PlatformActions> platform_actions();
// Code with one of the names may need the actions.
struct NamedActions {
  std::span<const std::string_view> names = {}, actions = {};
  bool by_others = false;  // a service does it in the code's name
};
std::span<const NamedActions> named_actions();
// What SDKs call a service, by its prefix in actions.
struct ServiceNames {
  std::string_view service = {};
  std::span<const std::string_view> names = {};
};
std::span<const ServiceNames> service_names();
// Libraries that call AWS only as the code asks for by name; "x*": all that begin so.
struct SilentModules {
  Language language{};
  std::span<const std::string_view> names = {};
};
std::span<const SilentModules> silent_modules();
// Layers from elsewhere that do not call AWS by themselves, by a part of their ARN.
std::span<const std::string_view> silent_layers();

}  // namespace fnlint
