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

// A plugin that gives functions variables of its own: which, only the key may say.
struct EnvironmentPlugin {
  std::string_view plugin = {}, only = {};
};
std::span<const EnvironmentPlugin> environment_plugins();

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
