// Template and code must agree on the names of variables: what is read and not set fails, or takes
// another way than was meant, at the first event; what is set and not read misleads.

#include "checks/config/config_env_defaults.h"
#include "checks/config/config_env_unused.h"
#include "checks/config/rules.h"
#include "checks/state/state_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/language_traits.h"
#include "tables/environment.h"
#include "values/asked.h"
#include "values/confidence.h"
#include "values/environment_block.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

struct Variables {
  EnvironmentBlock block;
  std::map<std::string_view, const Property*> rows = {};
};

Variables variables_of(const Project& project, ResourceId function, EnvironmentBlock block) {
  Variables found{.block = std::move(block)};
  for (const NamedProperty& row : properties_below(project, function, kEnvironmentVariables))
    found.rows.emplace(row.name, row.property);
  return found;
}

// The variable that a read is of; empty: none, or not one alone.
std::string_view variable_of(const ValuePool& pool, const InputRead& read) {
  if (!read.value.exists()) return {};
  const Value& value = pool[read.value];
  if (value.kind != ValueKind::Hole || value.origin != Origin::Environment) return {};
  return pool.text(read.value);
}

bool mentions_variable(const ValuePool& pool, ValueId value, std::string_view name) {
  bool found = false;
  if (value.exists())
    for_each_below(pool, value, [&](ValueId id) {
      found = found || (pool[id].kind == ValueKind::Hole &&
                        pool[id].origin == Origin::Environment && pool.text(id) == name);
    });
  return found;
}

// A test of the variable, not of what a call gave that it was handed to.
bool asks_for(const ValuePool& pool, ValueId test, std::string_view name) {
  bool found = false;
  for_each_asked(pool, test, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && mentions_variable(pool, id, name));
  });
  return found;
}

// A test of a variable, or of what the deployment puts in its place, also of a function over it:
// `os.environ.get("A", "").strip()`.
bool asks_for_any_variable(const ValuePool& pool, ValueId test) {
  bool found = false;
  for_each_asked(pool, test, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Environment);
  });
  if (found || has_origin(pool, test, Origin::CallResult)) return found;
  for_each_below(pool, test, [&](ValueId id) {
    const Value& value = pool[id];
    found = found || value.kind == ValueKind::Unknown ||
            (value.kind == ValueKind::Hole &&
             (value.origin == Origin::Environment || value.origin == Origin::TemplateInput ||
              value.origin == Origin::Outside));
  });
  return found;
}

// Whatever may stand there instead of the variable. Of an object with many fields, what one of its
// methods gives is made of some of them.
bool is_surely(const ValuePool& pool, ValueId value, std::string_view name) {
  if (!value.exists()) return false;
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Hole) return mentions_variable(pool, value, name);
  if (kind != ValueKind::Pattern && kind != ValueKind::Computed) return false;
  return std::ranges::any_of(pool.operands(value),
                             [&](ValueId id) { return is_surely(pool, id, name); });
}

// What it rests on that something which an invocation does depends on it, and not only where a test
// has found it; nothing: that is not so. What a shared module reads while it loads may be for other
// functions.
std::optional<std::uint8_t> need_of(const ValuePool& pool, const LambdaFunction& function,
                                    std::string_view name) {
  std::optional<std::uint8_t> need;
  for (const std::vector<Effect>* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& one : *effects) {
      if (!mentions_variable(pool, one.target_value, name) &&
          !mentions_variable(pool, one.arguments, name))
        continue;
      const bool asked = std::ranges::any_of(
          one.holds, [&](const Fact& fact) { return asks_for(pool, fact.test, name); });
      if (asked) continue;
      // No call does without the name of its table or queue; other members may be left out.
      const bool surely = is_surely(pool, one.target_value, name);
      const std::uint8_t uncertainty =
          surely ? one.uncertainty : static_cast<std::uint8_t>(one.uncertainty | kUncertain);
      if (!need || confidence_of(uncertainty) > confidence_of(*need)) need = uncertainty;
    }
  return need;
}

// Whether what is known of a name leaves it open that it is this one.
bool may_be(const ValuePool& pool, ValueId known, std::string_view name) {
  if (const auto text = as_text(pool, known)) return *text == name;
  if (!pool.is(known, ValueKind::Pattern)) return true;
  const auto parts = pool.operands(known);
  const auto first = as_text(pool, parts.front()), last = as_text(pool, parts.back());
  return (!first || name.starts_with(*first)) && (!last || name.ends_with(*last));
}

// A change of the environment: of a variable whose name is known in part or not at all, or by all
// that something holds.
bool may_set(const ValuePool& pool, const StateChange& change, std::string_view name) {
  if (!is_environment(pool, change.place)) return false;
  const bool is_member =
      pool.is(change.place, ValueKind::Computed) && pool.operands(change.place).size() > 1;
  const ValueId key = change.key.exists() ? change.key
                      : is_member         ? pool.operands(change.place)[1]
                                          : ValueId{};
  if (key.exists()) return may_be(pool, key, name);
  if (!change.value.exists() || !pool.is(change.value, ValueKind::Record)) return true;
  const auto names = pool.names(change.value);
  return pool[change.value].ref == 1 ||
         std::ranges::any_of(names, [&](StringId one) { return pool[one] == name; });
}

// Set by the code itself, before or after.
bool is_set_by_code(const ValuePool& pool, const LambdaFunction& function, std::string_view name) {
  return std::ranges::any_of(function.changes, [&](const StateChange& change) {
    return change.name.find(name) != std::string::npos ||
           (change.key.exists() && as_text(pool, change.key) == name) ||
           may_set(pool, change, name);
  });
}

void report_undefined(const Project& project, const LambdaFunction& function, const InputRead& read,
                      std::string_view name, const Variables& variables, std::uint8_t uncertainty,
                      Findings& findings) {
  std::vector<std::string_view> names;
  for (const auto& [known, row] : variables.rows) names.push_back(known);
  const std::string_view near = nearest(name, names);
  findings.push_back(
      FindingBuilder("config-env-undefined", uncertainty)
          .about(function)
          .at(read.where)
          .says("The variable ", name, " is read here, but the template does not set it for '",
                function.name, "'.", near.empty() ? std::string() : cat(" It sets ", near, '.'))
          .identified(function.name, ':', name)
          .related(project.stacks[function.resource].name, "'", function.name,
                   "' is declared here.")
          .along(read.path, read.where, "The variable is read."));
}

// Raises where the variable is not there: whatever is asked elsewhere, it must be.
bool fails_without(const InputRead& read) {
  return (read.flags & kAbsenceFails) != 0 && !read.absence_expected;
}

// That an entry of which nothing is known is null, where one that is not there raises: few hold
// such, and a parameter's default, which nobody has asked for here, is what it is meant for.
bool asks_null_of_entry(const ValuePool& pool, Language language, const Fact& fact) {
  if (!traits(language).raises_if_missing || !fact.holds) return false;
  if (pool.opcode(fact.test) != Opcode::Equal && pool.opcode(fact.test) != Opcode::IsNull)
    return false;
  return std::ranges::any_of(pool.operands(fact.test), [&](ValueId side) {
    return pool.opcode(side) == Opcode::Index && !pool.readable(side);
  });
}

// What reading it without a value rests on; nothing: that is no fault.
std::optional<std::uint8_t> uncertainty_of(const ValuePool& pool, const LambdaFunction& function,
                                        const InputRead& read, std::string_view name,
                                        const std::set<std::string_view>& required) {
  std::uint8_t uncertainty = read.uncertainty;
  if (!fails_without(read)) {
    const std::optional<std::uint8_t> need = need_of(pool, function, name);
    if (!need && read.phase != CallPhase::Invocation) return std::nullopt;
    uncertainty |= need.value_or(kUncertain);  // else it may be fine to go on with nothing
  }
  if ((read.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  for (const Fact& fact : read.holds) {
    // That it is there, or another without which nothing goes on.
    const bool of_required = std::ranges::any_of(
        required, [&](std::string_view one) { return asks_for(pool, fact.test, one); });
    if (of_required || asks_for(pool, fact.test, name)) continue;
    if (has_origin(pool, fact.test, Origin::Event)) uncertainty |= kConditional;
    // A test of another variable, or of anything that the template does not say, may rule it out.
    if (asks_for_any_variable(pool, fact.test) || asks_null_of_entry(pool, function.language, fact))
      uncertainty |= kUncertain;
  }
  return uncertainty;
}

// What the template sets and no read that is known is of.
std::vector<std::string_view> unread_variables(const ValuePool& pool,
                                               const LambdaFunction& function,
                                               const Variables& variables) {
  std::set<std::string_view> read;
  for (const InputRead& one : function.reads) read.insert(variable_of(pool, one));
  std::vector<std::string_view> unread;
  for (const auto& [name, row] : variables.rows)
    if (!read.contains(name)) unread.push_back(name);
  return unread;
}

void check_undefined(const Project& project, const LambdaFunction& function,
                     const Variables& variables, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<std::string_view> asked;     // somewhere its absence is expected: it is optional
  std::set<std::string_view> required;  // somewhere it must be there
  std::map<std::string_view, std::pair<const InputRead*, std::uint8_t>> told;
  for (const InputRead& read : function.reads) {
    if (read.absence_expected) asked.insert(variable_of(pool, read));
    if (fails_without(read)) required.insert(variable_of(pool, read));
  }
  for (const InputRead& read : function.reads) {
    const std::string_view name = variable_of(pool, read);
    if (name.empty() || read.absence_expected || variables.rows.contains(name) ||
        variables.block.named.contains(name) || names_variable(variables_set_by_others(), name) ||
        is_set_by_code(pool, function, name))
      continue;
    // What libraries read as well, they have a default for.
    if (!fails_without(read) &&
        (asked.contains(name) || names_variable(variables_read_by_others(), name)))
      continue;
    const std::optional<std::uint8_t> uncertainty =
        uncertainty_of(pool, function, read, name, required);
    if (!uncertainty) continue;
    const auto [row, is_new] = told.try_emplace(name, &read, *uncertainty);
    if (!is_new && confidence_of(*uncertainty) > confidence_of(row->second.second))
      row->second = {&read, *uncertainty};
  }
  const std::vector<std::string_view> unread = unread_variables(pool, function, variables);
  for (const auto& [name, row] : told) {
    auto rests_on = static_cast<std::uint8_t>(row.second | variables.block.uncertainty);
    // What is not certain is mostly optional, or set by what was not read; but where a variable of
    // nearly that name is set and nothing reads it, one of both was renamed.
    if (rests_on != 0 && nearest(name, unread).empty()) rests_on |= kUncertain;
    report_undefined(project, function, *row.first, name, variables, rests_on, findings);
  }
}

// Stacks of which a function sets a variable.
std::set<std::uint32_t> scopes_with_variables(const Project& project) {
  std::set<std::uint32_t> scopes;
  for (const DeclaredFunction& function : project.stacks.functions)
    if (!properties_below(project, function.resource, kEnvironmentVariables).empty() ||
        !environment_block(*project.pool, project.stacks, function.resource).named.empty())
      scopes.insert(project.stacks[function.resource].scope);
  return scopes;
}

}  // namespace

void config_env_variables(const Project& project, const Settings&, Findings& findings) {
  const OtherSetters others(*project.pool, project.stacks);
  const EnvironmentLoaders loaders;
  const std::set<std::uint32_t> with_variables = scopes_with_variables(project);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || loaders.are_in(function)) continue;
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    const ImageVariables image{.known = function.image_known, .names = function.image_variables};
    Variables variables =
        variables_of(project, function.resource,
                     deployed_environment(*project.pool, project.stacks, declared, image, others));
    if (!variables.block.known) continue;
    // What is only there for an emulator, and says nothing of any, leaves all to what deploys.
    if (variables.block.open_beside ||
        (declared.undeployed && !with_variables.contains(project.stacks[function.resource].scope)))
      variables.block.uncertainty |= kUncertain;
    check_undefined(project, function, variables, findings);
    std::set<std::string_view> set(variables.block.named.begin(), variables.block.named.end());
    for (const auto& [name, row] : variables.rows) set.insert(name);
    find_defaults_in_use(project, function, set, variables.block.uncertainty, findings);
  }
  find_unused_variables(project, findings);
}

}  // namespace fnlint
