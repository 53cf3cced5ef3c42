#pragma once

#include "model/resources.h"

#include <span>
#include <string_view>

// What AWS and SAM say about templates, from data/: constant data, as all of tables.h.
namespace fnlint {

// What one statement of a known policy grants. In resources {Name} is a parameter and {AWS::Region}
// a pseudo parameter.
struct KnownStatement {
  std::span<const std::string_view> actions = {}, resources = {};
  bool conditional = false;  // has a Condition block
  bool denies = false;
  bool inverted = false;  // NotAction or NotResource
};
struct PolicyTemplate {  // of SAM
  std::string_view name = {};
  std::span<const std::string_view> parameters = {};
  std::span<const KnownStatement> statements = {};
};
struct ManagedPolicy {         // of AWS
  std::string_view name = {};  // the last part of its ARN
  bool partial = false;        // only what touches the services that fnlint follows
  std::span<const KnownStatement> statements = {};
};
std::span<const PolicyTemplate> policy_templates();
const PolicyTemplate* find_policy_template(std::string_view name);  // null: none of that name
std::span<const ManagedPolicy> managed_policies();
const ManagedPolicy* find_managed_policy(std::string_view name);

enum class RefGives : std::uint8_t { Name, Arn, Url, Id };
struct ResourceType {
  std::string_view type = {};  // "AWS::S3::Bucket"
  ResourceKind kind{};
  std::string_view name = {};  // the property that gives its physical name; empty: there is none
  RefGives ref{};
  std::string_view arn = {};  // with {name}; empty: unknown or without a name in it
  std::string_view key = {};  // of a table whose template names no key; empty: it names one
};
std::span<const ResourceType> resource_types();  // sorted by type
const ResourceType* find_resource_type(std::string_view type);

// A property that names a function which the resource invokes.
struct Invoker {
  std::string_view type = {}, path = {};
  Invocation invocation{};
};
std::span<const Invoker> invokers();  // sorted by type

struct StateMachineTask {
  std::string_view action = {}, argument = {};
  ResourceKind kind{};
};
const StateMachineTask* find_state_machine_task(std::string_view action);

struct Rename {
  std::string_view native = {}, canonical = {};
};
struct SamResource {
  std::string_view type = {};
  std::string_view section = {};  // of Globals
  std::span<const std::string_view> globals = {};
  std::span<const Rename> renames = {};
};
const SamResource* find_sam_resource(std::string_view type);
std::span<const SamResource> sam_resources();

// Terraform's type, and how CloudFormation spells it.
struct TerraformProperty {
  std::string_view native = {}, canonical = {};
  bool list = false;  // each block is an item
};
struct TerraformResource {
  std::string_view type = {};
  std::string_view is = {};  // CloudFormation's type; empty: there is none
  std::span<const TerraformProperty> properties = {};
  std::span<const Rename> attributes = {};  // what Ref ("") or Fn::GetAtt give
  std::span<const Rename> unset = {};       // values that mean that there is none
  std::span<const std::string_view> documents = {};
};
const TerraformResource* find_terraform_resource(std::string_view type);
std::span<const TerraformResource> terraform_resources();  // sorted by type

// A module of Terraform's registry: configuration that stands in for what it does.
struct RegistryModule {
  std::string_view source = {};  // "terraform-aws-modules/lambda/aws//modules/alias"
  std::string_view text = {};
};
std::span<const RegistryModule> registry_modules();  // sorted by source
// By the address that a module block has: of the registry, or of the repository that it is made
// from.
// The source of the row that stands in for any module that is told what a function is told.
inline constexpr std::string_view kAnyFunctionModule = "(function)";
const RegistryModule* find_registry_module(std::string_view address);

enum class EventForm : std::uint8_t {
  Notification,
  Mapping,
  Subscription,
  Rule,
  Schedule,
  Api,
  Direct,
};
struct SamEvent {
  std::string_view type = {};
  EventForm form{};
  std::string_view source = {};  // property
  ResourceKind kind{};
  std::string_view generates = {}, implicit = {}, implicit_type = {};
  Invocation invocation{};
  std::string_view policy = {};
  std::span<const KnownStatement> statements = {};
};
const SamEvent* find_sam_event(std::string_view type);
std::span<const SamEvent> sam_events();

enum class ConnectorRole : std::uint8_t { Source, Destination, Permission };
struct SamConnector {
  ResourceKind from{}, to{};
  ConnectorRole role{};
  std::span<const KnownStatement> read = {}, write = {};
};
const SamConnector* find_sam_connector(ResourceKind from, ResourceKind to);

}  // namespace fnlint
