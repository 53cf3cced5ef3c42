// SnapStart takes one snapshot of the initialised environment, and makes every environment of the
// version from it: what init left there is the same in all of them, however old it is.

#include "checks/snapstart/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

const Property* snapshots(const Project& project, const LambdaFunction& function) {
  const Property* property = property_of(project, function.resource, "SnapStart.ApplyOn");
  const bool on = property != nullptr && as_text(*project.pool, property->value) ==
                                             std::optional<std::string_view>("PublishedVersions");
  return on ? property : nullptr;
}

// What runs after a snapshot is restored assigns the variable or field.
bool is_renewed(const LambdaFunction& function, const std::string& name) {
  return std::ranges::any_of(function.made_at_init, [&](const CodeCall& call) {
    return call.phase == CallPhase::Restore && call.library == UINT32_MAX && call.name == name;
  });
}

std::string message_of(const ValuePool& pool, const InitValue& value) {
  constexpr std::string_view kKept =
      " while the function initialises, and its snapshot keeps that: every environment that is "
      "restored from it ";
  if (value.origin == Origin::Clock)
    return cat("'", value.name, "' is set from the clock", kKept,
               "has the same one, as old as the snapshot.");
  if (value.origin == Origin::Secret)
    return cat("'", value.name, "' is set to a secret", kKept,
               "has the same one, even if it has been rotated since.");
  if (!has_origin(pool, value.value, Origin::Fresh))
    return cat("'", value.name, "' chooses the seed of its random numbers", kKept,
               "gets the same numbers.");
  return cat("'", value.name, "' is set to a random value", kKept, "has the same one.");
}

void report_value(const ValuePool& pool, const LambdaFunction& function, const InitValue& value,
                  const Property& snapshot, Findings& findings) {
  findings.push_back(FindingBuilder("snapstart-unique-state", 0)
                         .about(function)
                         .at(value.where)
                         .says(message_of(pool, value))
                         .identified(function.name, ':', value.name)
                         .grade_if(value.origin == Origin::Secret, Severity::Warning)
                         .along(value.path, value.where, "The value is taken here.")
                         .related(anchor_of(snapshot), "SnapStart is turned on here."));
}

// "a database", where the row says it.
std::string peer_of(const CodeCall& call) {
  std::string_view tells = library_models()[call.library].tells;
  const std::size_t open = tells.find('\'');
  if (open == std::string_view::npos) return "a server";
  tells.remove_prefix(open + 1);
  return std::string(tells.substr(0, tells.find('\'')));
}

bool leaves_thread(const CodeCall& call) {
  return call.library != UINT32_MAX && !library_models()[call.library].starts.empty();
}

// It is opened again after a restore, or by an invocation that finds it closed.
bool is_reopened(const LambdaFunction& function, const CodeCall& call) {
  const auto same = [&](const CodeCall& other) {
    return other.library == call.library &&
           (other.phase == CallPhase::Restore || other.phase == CallPhase::Invocation);
  };
  return std::ranges::any_of(function.made_at_init, same) ||
         std::ranges::any_of(function.init_work, same) ||
         std::ranges::any_of(function.made, same);
}

void report_connection(const LambdaFunction& function, const CodeCall& call,
                       const std::string& what, const Property& snapshot, Findings& findings) {
  std::uint8_t uncertainty = call.uncertainty;
  if ((call.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  findings.push_back(FindingBuilder("snapstart-connection-at-init", uncertainty)
                         .about(function)
                         .at(call.where)
                         .says("'", call.name, "' ", what,
                               " while the function initialises: in an environment that is "
                               "restored from the snapshot it is dead, and nothing reopens it.")
                         .identified(function.name, ':', call.name)
                         .along(call.path, call.where, "'", call.name, "' runs.")
                         .related(anchor_of(snapshot), "SnapStart is turned on here."));
}

void check_connections(const ValuePool& pool, const LambdaFunction& function,
                       const Property& snapshot, Findings& findings) {
  for (const std::vector<CodeCall>* list : {&function.made_at_init, &function.init_work})
    for (const CodeCall& call : *list) {
      if (call.phase != CallPhase::Load && call.phase != CallPhase::Construct) continue;
      const bool thread = leaves_thread(call);
      if ((!thread && !opens_connection(pool, call)) || is_reopened(function, call)) continue;
      const std::string what =
          thread ? cat("leaves a ", library_models()[call.library].starts, " running")
                 : cat("opens a connection to ", peer_of(call));
      report_connection(function, call, what, snapshot, findings);
    }
}

}  // namespace

void snapstart_state(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const Property* snapshot = snapshots(project, function);
    if (snapshot == nullptr) continue;
    for (const InitValue& value : function.init_values)
      if (value.read_later && !is_renewed(function, value.name))
        report_value(*project.pool, function, value, *snapshot, findings);
    check_connections(*project.pool, function, *snapshot, findings);
  }
}

}  // namespace fnlint
