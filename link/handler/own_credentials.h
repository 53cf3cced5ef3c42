// In whose name does a client act? Only where it is the role, the role can be asked.
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <string>
#include <vector>

namespace fnlint {

// Whether a client, or what one is made with, acts as the function's role. It does not where it is
// given keys, a profile or a provider of other credentials, or an address at which something else
// may stand; one that has such an address on some paths alone (`isLocal && {endpoint: ...}`)
// perhaps.
ActsAs acts_as(const ValuePool& pool, ValueId client);

// The same of a client of the function's, or of what is made of one.
ActsAs client_acts_as(const ValuePool& pool, const LambdaFunction& function, ValueId client);

// Whether its code takes the credentials of another role: which client uses them is not followed.
bool assumes_role(const LambdaFunction& function);

// What all clients act as after a step: `AWS.config.credentials = ...`,
// `boto3.setup_default_session(profile_name="other")`, keys in the process's environment.
ActsAs all_clients_after(Engine& engine, const Step& step);

// The variables of the process that a step gives a value which is none of theirs, by name.
std::vector<std::string> variables_set(Engine& engine, const Step& step);

}  // namespace fnlint
