// Makes relations between resources that values name, branch by branch.
#pragma once

#include "link/stacks/names.h"
#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// One resource that a value means, in one branch of it.
struct End {
  ResourceId resource = {};
  GuardId when = {};
  std::uint8_t uncertainty = 0;
  StringId qualifier = {};
};
enum class Outside : std::uint8_t {
  Kept,     // what no template declares is an external resource
  Dropped,  // only declared resources count
};
// Kind Other: of any kind that an ARN or a reference tells.
std::vector<End> ends(LinkContext& build, ValueId value, ResourceKind kind, Span where,
                      Outside outside);

// Adds the relation where it is possible: under its own guard and those of both ends.
void relate(LinkContext& build, Relation relation);

// Adds one for each pair of ends. `relation` has everything but the ends.
void relate_all(LinkContext& build, Relation relation, const std::vector<End>& from,
                const std::vector<End>& to);
End itself(const LinkContext& build, ResourceId resource);

// A switch: Enabled: false, State: DISABLED. `off` in lower case.
struct Switch {
  bool ever = true;  // it is on in some branch
  GuardId when = {};
  std::uint8_t uncertainty = 0;
};
Switch read_switch(ValuePool& pool, const Node& node, std::string_view off);

// A record of the entries that have a value.
ValueId filter_record(ValuePool& pool,
                      std::span<const std::pair<std::string_view, ValueId>> entries);

// Notes a source of triggers that is not understood.
void note_source(LinkContext& build, ValueId value, Span where, ResourceId function);

using Relate = void (*)(LinkContext&, ResourceId);

}  // namespace fnlint::stacks
