#pragma once

#include "link/stacks/stack_build.h"

// Snapshots of an account: answers of the Lambda API, all of one folder together.
namespace fnlint::stacks {

// Answers that do not say which function they are about ("reserved concurrency") belong to the only
// one of their folder, or to the one that their file is named after. After all resources are
// declared.
void settle_snapshots(LinkContext& build);

void relate_provisioned_concurrency(LinkContext& build, ResourceId id);

// The triggers that an invoke permission of a snapshot tells of: nothing else in it does.
void relate_permitted_source(LinkContext& build, ResourceId id);

}  // namespace fnlint::stacks
