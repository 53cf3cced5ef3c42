// Holes of the environment become the platform's values, the template's, or nothing where no one
// else can set them; what stays open is uncertainty.

#include "link/handler/run_environment.h"

#include "core/text.h"
#include "flow/engine/reads.h"
#include "tables/environment.h"
#include "tables/languages.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

RunEnvironment::RunEnvironment(ValuePool& pool, FunctionScope& scope, EnvironmentBlock block,
                               bool image_known)
    : pool_(pool),
      scope_(scope),
      block_(std::move(block)),
      of_runs_(scope.settling_tests([this](ValueId hole) { return leaf_of_runs(hole); })),
      of_deployment_(scope.settling_tests([this](ValueId hole) { return leaf(hole); })),
      settled_in_runs_(pool, of_runs_),
      settled_(pool, of_deployment_) {
  // An image has its own variables, or its base image's.
  complete_ = block_.known && block_.uncertainty == 0 && (!scope.declared().image || image_known);
}

void RunEnvironment::note_modules(const Engine& engine, std::span<const LoadedModule> loaded) {
  for (const LoadedModule& one : loaded) {
    const CodeFacts& code = engine.facts(one.module);
    for (const Import& row : code.imports)
      if (names_package(environment_fillers(), code.string(row.module))) complete_ = false;
  }
  forget_settled();
}

void RunEnvironment::forget_settled() {
  settled_in_runs_.forget();
  settled_.forget();
  runs_ = {};
}

void RunEnvironment::note_stores(std::span<const Step> steps) {
  const auto note = [&](ValueId name) {
    if (!name.exists()) return;
    for_each_below(pool_, name, [&](ValueId id) {
      const auto text = as_text(pool_, id);
      if (text && stored_.emplace(*text).second) forget_settled();
    });
  };
  for (const Step& step : steps) {
    if (step.kind != StepKind::Store) continue;
    note(step.key);
    note(step.subject);
    if (!step.subject.exists() || !is_whole_environment(pool_, step.subject)) continue;
    const bool is_record = !step.key.exists() && step.value.exists() &&
                           pool_.is(step.value, ValueKind::Record) && pool_[step.value].ref == 0;
    if (is_record)
      for (const StringId name : pool_.names(step.value)) stored_.emplace(pool_[name]);
    // Under a name that is not known: it may be any of them.
    if (!is_record && (!step.key.exists() || !as_text(pool_, step.key))) {
      complete_ = false;
      if (step.key.exists())
        computed_names_.push_back(step.key);
      else
        stores_any_ = true;
    }
    forget_settled();
  }
}

void RunEnvironment::allow_for_stores(std::vector<InputRead>& reads) {
  const auto may_be_stored = [&](std::string_view name) {
    const ValueId wanted = pool_.text_value(std::string(name));
    return stores_any_ || stored_.contains(name) ||
           std::ranges::any_of(computed_names_, [&](ValueId known) {
             return equal(pool_, known, wanted) != Answer::No;
           });
  };
  for (InputRead& read : reads) {
    if (!read.value.exists() || !pool_.is(read.value, ValueKind::Hole) ||
        pool_[read.value].origin != Origin::Environment)
      continue;
    if (may_be_stored(pool_.text(read.value))) read.absence_expected = true;
  }
}

ValueId RunEnvironment::variable_of_runs(std::string_view name) const {
  if (block_.named.contains(name) || stored_.contains(name)) return {};
  const auto runtime = as_text(pool_, scope_.declared().runtime);
  const bool is_managed = runtime && !runtime->empty() && !runtime->starts_with("provided");
  if (names_variable(variables_of_platform(), name) ||
      (is_managed && names_variable(variables_of_managed_runtimes(), name)))
    return pool_.hole(Origin::Pseudo, name);
  if (!names_variable(variables_of_local_runs(), name)) return {};
  const auto said = said_no_.find(name);
  return said == said_no_.end() ? pool_.absent() : said->second;
}

ValueId RunEnvironment::variable(std::string_view name) const {
  if (const ValueId known = variable_of_runs(name); known.exists()) return known;
  const bool may_be_set = block_.named.contains(name) || stored_.contains(name) || !complete_ ||
                          (names_variable(variables_set_by_others(), name) &&
                           !names_variable(variables_of_other_places(), name));
  return may_be_set ? ValueId{} : pool_.absent();
}

// `sys.version_info.minor`: of the runtime.
ValueId RunEnvironment::version_part(std::string_view path) const {
  constexpr std::string_view kParts[] = {"sys.version_info.major", "sys.version_info.minor"};
  const auto part = std::ranges::find(kParts, path);
  const auto runtime = as_text(pool_, scope_.declared().runtime);
  if (part == std::end(kParts) || !runtime || !runtime->starts_with("python")) return {};
  const std::vector<int> version = version_of_runtime(*runtime);
  const auto at = static_cast<std::size_t>(part - std::begin(kParts));
  return at < version.size() ? pool_.number(std::to_string(version[at])) : ValueId{};
}

ValueId RunEnvironment::leaf_of_runs(ValueId hole) const {
  const Value& value = pool_[hole];
  const bool named = value.kind == ValueKind::Hole && value.origin == Origin::Environment &&
                     !pool_.text(hole).empty();
  return named ? variable_of_runs(pool_.text(hole)) : ValueId{};
}

ValueId RunEnvironment::leaf(ValueId hole) const {
  const Value& value = pool_[hole];
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library)
    return version_part(pool_.text(hole));
  if (value.kind != ValueKind::Hole || value.origin != Origin::Environment) return {};
  return pool_.text(hole).empty() ? ValueId{} : variable(pool_.text(hole));
}

// By the template, and by all else that may set it.
bool RunEnvironment::is_surely_missing(ValueId variable) const {
  return !block_.open_beside && !scope_.declared().undeployed &&
         pool_.is(variable, ValueKind::Hole) && pool_[variable].origin == Origin::Environment &&
         !names_variable(variables_set_by_others(), pool_.text(variable)) &&
         !scope_.environment(pool_.text(variable)).exists() &&
         pool_.is(leaf(variable), ValueKind::Absent);
}

bool RunEnvironment::is_behind_failure(std::span<const Fact> holds) const {
  return std::ranges::any_of(holds, [&](const Fact& fact) {
    const ValueId variable = variable_read(pool_, fact.test);
    return variable.exists() && is_surely_missing(variable);
  });
}

void RunEnvironment::note_loaded(std::span<const Fact> holds) {
  if (block_.open_beside) return;
  never_loads_ = never_loads_ || is_behind_failure(holds) || !left_of(holds);
}

std::uint8_t RunEnvironment::uncertainty_of(ValueId test) const {
  std::uint8_t uncertainty = 0;
  for_each_below(pool_, test, [&](ValueId id) {
    const Value& value = pool_[id];
    if (value.kind == ValueKind::OneOf) uncertainty |= kConditional;
    if (value.kind != ValueKind::Hole) return;
    if (value.origin == Origin::Environment || value.origin == Origin::TemplateInput)
      uncertainty |= kUncertain;
  });
  return uncertainty;
}

// `IS_OFFLINE === "false"`: who asks so does not leave it unset.
void RunEnvironment::note_words_for_no(ValueId test) {
  if (!has_origin(pool_, test, Origin::Environment) || !noted_.insert(test).second) return;
  for_each_below(pool_, test, [&](ValueId id) {
    if (pool_.opcode(id) != Opcode::Equal && pool_.opcode(id) != Opcode::NotEqual) return;
    const ValueId name = pool_.operands(id)[0], word = pool_.operands(id)[1];
    const bool asks_local_run = pool_.is(name, ValueKind::Hole) &&
                                pool_[name].origin == Origin::Environment &&
                                names_variable(variables_of_local_runs(), pool_.text(name));
    if (!asks_local_run || !pool_.is(word, ValueKind::Text) ||
        std::ranges::find(words_for_no(), pool_.text(word)) == words_for_no().end())
      return;
    if (said_no_.emplace(pool_.text(name), word).second) forget_settled();
  });
}

bool RunEnvironment::is_deployed_way(const FactSet& holds) {
  for (const Fact& fact : holds) note_words_for_no(fact.test);
  return runs_.of(holds, [&](const Fact& fact, FactSet& into) {
    return !has_origin(pool_, fact.test, Origin::Environment) ||
           assume(pool_, into, settled_in_runs_(fact.test), fact.holds);
  }) != nullptr;
}

// What is still asked of it where the environment is known.
std::optional<FactSet> RunEnvironment::left_of(std::span<const Fact> holds) {
  FactSet facts;
  for (const Fact& fact : holds) note_words_for_no(fact.test);
  for (const Fact& fact : holds) {
    if (variable_read(pool_, fact.test).exists()) continue;
    if (!assume(pool_, facts, settled_(fact.test), fact.holds)) return std::nullopt;
  }
  return facts;
}

// `MODE == "test"`, where "test" is what a deployment sets only if it says nothing else, or what is
// taken for it: any other value would rule the way out.
std::uint8_t RunEnvironment::uncertainty_of_default(const Fact& fact) {
  const Opcode opcode = pool_.opcode(fact.test);
  const bool asks_one = fact.holds ? opcode == Opcode::Equal : opcode == Opcode::NotEqual;
  if (!asks_one || !has_origin(pool_, fact.test, Origin::Environment)) return 0;
  return static_cast<std::uint8_t>(pool_[settled_(fact.test)].uncertainty &
                                   (kOverridable | kHeuristic));
}

std::optional<std::uint8_t> RunEnvironment::uncertainty_of(std::span<const Fact> holds) {
  const std::optional<FactSet> facts = left_of(holds);
  if (!facts) return std::nullopt;
  std::uint8_t uncertainty = 0;
  for (const Fact& fact : *facts) uncertainty |= uncertainty_of(fact.test);
  // What is known of the variables may leave open what a test asks of them.
  for (const Fact& fact : holds)
    if (has_origin(pool_, fact.test, Origin::Environment) && !is_returned(pool_, fact.test) &&
        truth(pool_, settled_(fact.test)) == Answer::Unknown)
      uncertainty |= kConditional;
  for (const Fact& fact : holds) uncertainty |= uncertainty_of_default(fact);
  // That somebody sets a variable so is taken from the code alone.
  for (const Fact& fact : holds)
    for_each_below(pool_, fact.test, [&](ValueId id) {
      const bool is_variable =
          pool_.is(id, ValueKind::Hole) && pool_[id].origin == Origin::Environment;
      if (is_variable && said_no_.contains(pool_.text(id)) &&
          !block_.named.contains(pool_.text(id)))
        uncertainty |= kHeuristic;
    });
  return uncertainty;
}

std::optional<std::uint8_t> RunEnvironment::uncertainty_of_way(std::span<const Fact> holds) {
  const std::optional<FactSet> facts = left_of(holds);
  if (!facts) return std::nullopt;
  return facts->empty() ? std::uint8_t{0} : std::uint8_t{kConditional};
}

bool RunEnvironment::may_be_address(ValueId address) {
  if (!address.exists() || !has_origin(pool_, address, Origin::Environment)) return true;
  ValueId begin = address;
  if (pool_.is(address, ValueKind::Pattern)) begin = pool_.operands(address).front();
  begin = settled_(begin);
  return !pool_.is(begin, ValueKind::Absent) && !pool_.is(begin, ValueKind::Null);
}

}  // namespace fnlint
