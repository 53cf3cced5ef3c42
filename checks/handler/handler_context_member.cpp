// The context that the runtime gives is an object of its own: what it has not, fails in Python
// where it is read, and is undefined in JavaScript.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "model/words.h"
#include "tables/known.h"
#include "values/pool.h"
#include "values/read_whole.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

// "request_id" of `context.request_id`; empty: no member of the context.
std::string_view context_member(const ValuePool& pool, const InputRead& read) {
  if (!pool.is(read.value, ValueKind::Hole) || pool[read.value].origin != Origin::Context)
    return {};
  const std::string_view path = pool.text(read.value);
  return path.substr(0, path.find_first_of(".["));
}

std::vector<std::string_view> members_in(Language language) {
  std::vector<std::string_view> members;
  for (const auto& [name, member] : known::context_members())
    if (name == word_of(language)) members.push_back(member);
  return members;
}

// `if hasattr(context, "stage")`
bool is_looked_at(const ValuePool& pool, const InputRead& read) {
  return std::ranges::any_of(read.holds, [&](const Fact& fact) {
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Context &&
                        pool.text(id).empty());
    });
    return found;
  });
}

// "aws_request_id" for "request_id".
std::string_view meant(std::string_view member, const std::vector<std::string_view>& members) {
  for (const std::string_view one : members)
    if (flat_name(one).ends_with(flat_name(member))) return one;
  return nearest(member, members);
}

}  // namespace

void handler_context_member(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    const std::vector<std::string_view> members = members_in(function.language);
    if (members.empty()) continue;
    // A decorator or middleware that is not understood may put into it what it has for the handler,
    // and so may whatever is given it.
    if (!function.called.known || hands_on_context(pool, function)) continue;
    const bool raises = function.language != Language::JavaScript;
    for (const InputRead& read : function.reads) {
      const std::string_view member = context_member(pool, read);
      // Reserved names are the language's own, and every object has them.
      if (member.empty() || member.starts_with("__") || read.absence_expected ||
          read.given_by_code || is_looked_at(pool, read) ||
          std::ranges::find(members, member) != members.end())
        continue;
      // What is not read may put something into it.
      std::uint8_t uncertainty = read.uncertainty;
      if (!is_read_whole(function)) uncertainty |= kHeuristic;
      const std::string_view right = meant(member, members);
      findings.push_back(FindingBuilder("handler-context-member", uncertainty)
                             .about(function)
                             .at(read.where)
                             .grade_if(!raises, Severity::Warning)
                             .says("The context that Lambda gives a handler has no '", member,
                                   "': ", raises ? "what comes here fails." : "this is undefined.")
                             .adds(right.empty() ? "" : cat(" Did you mean '", right, "'?"))
                             .identified(function.name, ':', member)
                             .along(read.path, read.where, "It is read here."));
    }
  }
}

}  // namespace fnlint
