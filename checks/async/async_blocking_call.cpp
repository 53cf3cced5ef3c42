// Tasks of one event loop run in turns: a call that blocks its thread stops all of them.

#include "checks/async/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"

#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kMessage =
    "' blocks the thread that all tasks share: those that this one runs beside stand still until "
    "it is done.";

// Done where its row says so by its own name, and not by a method that others may have.
bool blocks(const LambdaFunction& function, std::uint32_t library, std::uint32_t flags) {
  if ((flags & kBesideTasks) == 0 || (flags & kGuessed) != 0 || library == UINT32_MAX) return false;
  const LibraryModel& row = library_models()[library];
  return row.language == function.language && !row.task && !row.path.starts_with('*') &&
         row.starts.empty();
}

void report_blocking(const LambdaFunction& function, Span where,
                     const std::vector<PlacedText>& path, std::string name,
                     std::uint8_t uncertainty, Findings& findings) {
  findings.push_back(FindingBuilder("async-blocking-call", uncertainty)
                         .about(function)
                         .at(where)
                         .says("'", name, kMessage)
                         .identified(function.name, ':', name)
                         .along(path, where, "It blocks here."));
}

}  // namespace

void async_blocking_call(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const HandlerContract* const form = find_handler_contract(function.language);
    if (form == nullptr || !form->cold_tasks) continue;
    std::set<Span> told;
    for (const CodeCall& call : function.work)
      if (blocks(function, call.library, call.flags) && told.insert(call.where).second)
        report_blocking(function, call.where, call.path, call.name, call.uncertainty, findings);
    for (const std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list)
        if (blocks(function, effect.library, effect.flags) &&
            !is_local(operations()[effect.operation]) && told.insert(effect.where).second)
          report_blocking(function, effect.where, effect.path, call_name(effect),
                          static_cast<std::uint8_t>(effect.uncertainty & (kCut | kOfHappening)),
                          findings);
  }
}

}  // namespace fnlint
