// The keys that Lambda gives a function are lent: without the token that comes with them, AWS knows
// nobody by them.

#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "values/client_settings.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace fnlint {

namespace {

struct GivenKeys {
  bool key = false, token = false;
  bool elsewhere = false;  // at an address of its own, where something else stands for AWS
  std::uint8_t uncertainty = 0;
};

// Where credentials that are made in order take the token: `NewStaticCredentialsProvider(k, s, t)`.
constexpr std::string_view kPosition = "2";

bool is_empty(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Null) || pool.is(value, ValueKind::Absent) ||
         (pool.is(value, ValueKind::Text) && pool.text(value).empty());
}

// What of the runtime's own credentials the settings of a client are made of.
GivenKeys keys_in(const ValuePool& pool, ValueId settings) {
  GivenKeys found;
  const auto look = [&](ValueId value) {
    const Value& row = pool[value];
    if (row.kind == ValueKind::OneOf) found.uncertainty |= kConditional;
    if (row.kind == ValueKind::Record) {
      found.token = found.token || row.ref != 0;  // it holds more than is seen
      for (std::size_t i = 0; i < pool.names(value).size(); ++i) {
        const std::string_view name = pool[pool.names(value)[i]];
        const std::string word = setting_word(name);
        // A token that comes from elsewhere is one, too.
        found.token = found.token || word.find("sessiontoken") != std::string::npos ||
                      name == kRest || name.starts_with('*') ||
                      (name == kPosition && !is_empty(pool, pool.operands(value)[i]));
        found.elsewhere = found.elsewhere || word.find("endpoint") != std::string::npos;
      }
    }
    if (row.kind == ValueKind::Object) {
      const std::string word = setting_word(pool.text(value));
      found.token = found.token || word.find("sessioncredentials") != std::string::npos;
      found.elsewhere = found.elsewhere || word.find("endpoint") != std::string::npos;
    }
    if (row.kind != ValueKind::Hole || row.origin != Origin::Environment) return;
    const std::string_view name = pool.text(value);
    found.key = found.key || name == "AWS_SECRET_ACCESS_KEY";
    found.token = found.token || name == "AWS_SESSION_TOKEN";
  };
  if (settings.exists()) for_each_below(pool, settings, look);
  return found;
}

void check_client(const Project& project, const LambdaFunction& function, const CodeCall& made,
                  std::set<Span>& told, Findings& findings) {
  const ValuePool& pool = *project.pool;
  GivenKeys keys = keys_in(pool, made.arguments);
  if (!keys.key) keys = keys_in(pool, made.value);
  if (!keys.key || keys.token || keys.elsewhere || !made.where.file.exists() ||
      !told.insert(made.where).second)
    return;
  std::uint8_t uncertainty = made.uncertainty | keys.uncertainty;
  if (!made.holds.empty()) uncertainty |= kConditional;
  findings.push_back(
      FindingBuilder("role-session-token-missing", uncertainty)
          .about(function)
          .at(made.where)
          .identified(function.name, ' ', made.name)
          .along(made.path, made.where, "The client is made here.")
          .says("'", made.name,
                "' gets the keys of the function's role without AWS_SESSION_TOKEN: they are "
                "temporary, and every call of this client in Lambda is refused."));
}

}  // namespace

void role_session_token(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    std::set<Span> told;
    for (const std::vector<CodeCall>* list : {&function.made, &function.made_at_init})
      for (const CodeCall& made : *list) check_client(project, function, made, told, findings);
  }
}

}  // namespace fnlint
