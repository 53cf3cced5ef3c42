#pragma once

#include "link/stacks/stack_build.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

// What CloudFormation and SAM alone keep while templates are linked.
namespace fnlint::stacks {

// The variables of a stage of an API.
struct Stage {
  Node variables = {};
  GuardId when = {};
};

// What a SAM connector lets one resource do to another.
struct ConnectorGrant {
  ResourceId source = {}, destination = {};
  bool read = false, write = false;
  Span where = {};
};

struct CloudFormationState {
  std::unordered_map<std::uint32_t, Node> connectors = {};  // beside properties, by resource
  std::vector<ConnectorGrant> connector_grants = {};
  std::optional<std::map<std::uint32_t, std::vector<Stage>>> stages = {};  // by API, once asked for
  // What a mapping polls where its tool has words for it, by resource; Other: that is open. Its ARN
  // goes first.
  std::unordered_map<std::uint32_t, ResourceKind> polled = {};
};

}  // namespace fnlint::stacks
