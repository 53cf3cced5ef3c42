#pragma once

#include "tables/templates.h"

// What the Serverless Framework makes of functions and events, from data/serverless_*.yaml.
namespace fnlint {

// A key of a function: what stands there, else below the provider, else the fallback.
struct ServerlessProperty {
  std::string_view property = {}, provider = {};  // with '.' between keys
  std::string_view path = {};                     // of CloudFormation
  std::string_view fallback = {};                 // a number
  bool merge = false;                             // both maps, put together
};
std::span<const ServerlessProperty> serverless_function_properties();
std::span<const ServerlessProperty> serverless_layer_properties();

// A plugin, and what it may change of the functions that a service declares.
struct ServerlessPlugin {
  std::string_view plugin = {};
  bool environment = false, rights = false, package = false;
  bool roles = false;            // gives functions roles of their own
  std::string_view only = {};    // the key that lists the variables that it adds
  std::string_view builds = {};  // how it makes the package: a BuildMethod
  std::span<const std::string_view> brings = {};  // modules with handlers of its own
};
// Null: it is not known, and may change all of it.
const ServerlessPlugin* find_serverless_plugin(std::string_view plugin);

enum class ServerlessForm : std::uint8_t {
  Resource,
  Bucket,
  Topic,
  Schedule,
  RestApi,
  HttpApi,
  Websocket,
  UserPool,
  LoadBalancer,
  Distribution,
  Permission,
};
struct ServerlessConstant {
  std::string_view path = {}, value = {};
};
struct ServerlessEvent {
  std::string_view event = {};
  ServerlessForm form{};
  std::string_view short_key = {}, source = {};
  std::string_view generates = {}, id = {}, target = {};
  std::span<const Rename> properties = {};
  std::span<const ServerlessConstant> constants = {};
  std::string_view principal = {}, permission = {};
  std::span<const KnownStatement> statements = {};
};
std::span<const ServerlessEvent> serverless_events();  // sorted by event
const ServerlessEvent* find_serverless_event(std::string_view event);

}  // namespace fnlint
