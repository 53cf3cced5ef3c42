#pragma once

#include "checks/view/value_cases.h"
#include "model/project.h"
#include "tables/permissions.h"
#include "values/relations_to.h"

#include <string_view>
#include <vector>

namespace fnlint {

// What a function's role is used for beside its code's own calls.

// A source that an event source mapping reads in the role's name.
struct PolledSource {
  const Relation* trigger = nullptr;
  const SourceRights* rights = nullptr;
  ResourceId on = {};  // none: it is elsewhere
};
std::vector<PolledSource> polled_sources(const Project& project, const RelationsTo& relations,
                                         ResourceId function,
                                         std::span<const SourceRights> rights = source_rights());

// What events that failed, or finished, may be sent to.
struct EventTarget {
  ValueCase named = {};
  ResourceId on = {};  // none: by its ARN alone
  ResourceKind kind{};
  const TargetRight* right = nullptr;
};
struct EventTargets {
  const Property* property = nullptr;
  std::vector<EventTarget> targets = {};  // one of them, by the branch of the template
};
std::vector<EventTargets> event_targets(const Project& project, const RelationsTo& relations,
                                        ResourceId function);

// A key of the project's own that an operation on a resource needs; no `needs`: none.
struct KeyUse {
  const KeyRights* needs = nullptr;
  ResourceId key = {};
  bool by_roles = false;  // the key's own policy leaves it to the roles of the account
};
KeyUse key_use(const Project& project, ResourceId target, std::string_view operation);

}  // namespace fnlint
