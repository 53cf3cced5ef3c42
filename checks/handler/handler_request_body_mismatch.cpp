// A client turns what it is given into a body in its own way: an object into a form, or into the
// text "[object Object]". A header that says JSON does not change that.

#include "checks/handler/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/pool.h"

#include <array>
#include <set>

namespace fnlint {

namespace {

bool says_json(const ValuePool& pool, ValueId headers) {
  if (!headers.exists() || !pool.is(headers, ValueKind::Record)) return false;
  for (const StringId name : pool.names(headers)) {
    if (lower(pool[name]) != "content-type") continue;
    const ValueId type = entry_of(pool, headers, pool[name]);
    return pool.is(type, ValueKind::Text) &&
           lower(pool.text(type)).find("json") != std::string::npos;
  }
  return false;
}

// The row of the client that makes of an object what nobody wants; null: it is no such client.
const std::array<std::string_view, 4>* client_of(const Effect& effect) {
  if (effect.library >= library_models().size()) return nullptr;
  const std::string_view path = library_models()[effect.library].path;
  for (const auto& row : known::clients_that_write_objects())
    if (path.starts_with(row[0])) return &row;
  return nullptr;
}

}  // namespace

void handler_request_body_mismatch(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        const auto* const client = client_of(effect);
        if (client == nullptr || !effect.arguments.exists() || (effect.flags & kGuessed) != 0)
          continue;
        const auto& [path, options, member, becomes] = *client;
        const ValueId given =
            options.empty() ? effect.arguments : entry_of(pool, effect.arguments, options);
        if (!given.exists() || !pool.is(given, ValueKind::Record)) continue;
        const ValueId body = entry_of(pool, given, member);
        const bool is_form = becomes == "form";
        if (!body.exists() || !pool.is(body, ValueKind::Record) ||
            (is_form && !says_json(pool, entry_of(pool, given, "headers"))) ||
            !told.insert(effect.where).second)
          continue;
        findings.push_back(
            FindingBuilder("handler-request-body-mismatch",
                           static_cast<std::uint8_t>((effect.uncertainty & (kCut | kOfHappening)) |
                                                     kHeuristic))
                .about(function)
                .at(effect.where)
                .says("This call (", call_name(effect), ") is given an object as '", member,
                      is_form
                          ? "', which it sends as a form, while the header says that it is JSON."
                          : "', of which it sends the text '[object Object]'.")
                .identified(function.name, ' ', call_name(effect))
                .with_steps(effect.path));
      }
}

}  // namespace fnlint
