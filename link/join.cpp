#include "link/join.h"

#include "link/code_imports.h"
#include "link/handler.h"
#include "link/handler_safeguards.h"
#include "link/init_imports.h"
#include "link/init_values.h"
#include "link/init_work.h"
#include "link/version_uses.h"

#include <utility>

namespace fnlint {

namespace {

std::map<ResourceId, std::vector<const Relation*>> triggers_by_function(const Stacks& stacks) {
  std::map<ResourceId, std::vector<const Relation*>> triggers;
  for (const Relation& relation : stacks.relations)
    if (relation.kind == RelationKind::Trigger && relation.to.exists())
      triggers[relation.to].push_back(&relation);
  return triggers;
}

}  // namespace

Join::Join(ValuePool& pool, Stacks stacks, const JoinQuestions& questions)
    : pool_(pool), cycles_(questions.cycles), engine_(pool, code_.program) {
  project_.pool = &pool;
  project_.stacks = std::move(stacks);
  project_.functions.resize(project_.stacks.functions.size());
  triggers_ = triggers_by_function(project_.stacks);
  permissions_.emplace(pool, project_.stacks);
  if (questions.unused_rights) unused_rights_.emplace(pool, project_.stacks);
}

LoadedFunction Join::load(std::uint32_t i) {
  const FunctionCode& code = code_.functions[i];
  LoadedFunction loaded{.code = &code};
  if (!code.found) return loaded;
  loaded.handler = handler_value(engine_, code);
  loaded.modules = modules_at_init(code_.program, code_.modules, code.module);
  loaded.handlers = &handlers_[code.module];
  return loaded;
}

void Join::join_function(std::uint32_t i) {
  const DeclaredFunction& declared = project_.stacks.functions[i];
  LambdaFunction function;
  function.declared = i;
  function.resource = declared.resource;
  function.name = std::string(pool_[project_.stacks[declared.resource].address]);
  function.language = code_.functions[i].language;
  if (const auto runtime = as_text(pool_, declared.runtime))
    function.runtime = std::string(*runtime);
  if (function.runtime.empty()) function.runtime = code_.functions[i].image_runtime;
  function.image_variables = code_.functions[i].image_variables;
  function.image_known = !code_.functions[i].image_runtime.empty();
  const auto found = triggers_.find(declared.resource);
  FunctionScope scope(engine_, project_.stacks, declared,
                      found == triggers_.end() ? std::vector<const Relation*>{} : found->second);
  const LoadedFunction& loaded = loaded_[i] = load(i);
  RunEnvironment environment(pool_, project_.stacks, scope);
  environment.note_modules(engine_, loaded.modules);
  for (const LoadedModule& one : loaded.modules)
    environment.note_stores(engine_.initialiser(one.module).steps);
  run_handler(engine_, loaded, scope, environment, code_.modules, project_.stacks, function);
  add_init_work(engine_, loaded, scope, environment, code_.modules, project_.stacks, function);
  if (find_property(pool_, project_.stacks, declared.resource, "SnapStart.ApplyOn") != nullptr)
    add_init_values(engine_, loaded, scope, code_.modules, function);
  settle_safeguards(pool_, project_.stacks, function);
  add_code_imports(code_, loaded, code_.modules, function);
  project_.functions[i] = std::move(function);
}

// Places of code that is not there, of functions whose sources were found all the same.
std::set<std::pair<Span, std::string>> Join::led_back_code() const {
  std::set<std::pair<Span, std::string>> places;
  for (const LambdaFunction& function : project_.functions)
    if (code_.functions[function.declared].found)
      places.emplace(project_.stacks.functions[function.declared].code.where, function.name);
  return places;
}

void Join::add_unresolved_handlers() {
  std::set<std::pair<std::string, std::string>> told;  // where the template says where the code is
  for (const Unresolved& one : project_.unresolved) told.emplace(one.function, one.reason);
  for (const LambdaFunction& function : project_.functions) {
    if (function.resolved || told.contains({function.name, function.unresolved})) continue;
    const Resource& resource = project_.stacks[function.resource];
    project_.unresolved.push_back({.kind = code_.functions[function.declared].found
                                              ? UnresolvedKind::Handler
                                              : code_.functions[function.declared].why,
                                  .reason = function.unresolved,
                                  .function = function.name,
                                  .where = resource.name});
  }
}

void Join::add_units() {
  const std::size_t first = std::exchange(joined_modules_, code_.modules.size());
  engine_.begin_units();
  handlers_.clear();
  for (const std::uint32_t i : code_.latest)
    if (const FunctionCode& code = code_.functions[i]; code.found)
      handlers_[code.module].insert(code.symbol);
  for (const std::uint32_t i : code_.latest) join_function(i);
  if (const auto& units = engine_.wants_second_round(); !units.empty()) {
    engine_.begin_second_round();
    for (const std::uint32_t i : code_.latest)
      if (units.contains(code_.functions[i].unit)) join_function(i);
  }
  for (const std::uint32_t i : code_.latest) {
    add_init_imports(engine_, code_, loaded_[i], code_.modules, project_.functions[i]);
    add_version_uses(code_, loaded_[i], code_.modules, project_.functions[i]);
    permissions_->judge(project_.stacks.functions[i], project_.functions[i]);
    if (unused_rights_)
      unused_rights_->add(code_, project_.stacks.functions[i], project_.functions[i]);
  }
  for (std::size_t i = first; i < code_.modules.size(); ++i)
    secrets_.add(code_.sources[i], code_.modules[i]);
  loaded_.clear();
  engine_.end_units();
}

Project Join::finish() {
  project_.modules = std::move(code_.modules);
  project_.secret_literals = secrets_.take();
  if (unused_rights_) project_.unused_rights = unused_rights_->take();
  FoundCycles found = find_cycles(engine_, project_, cycles_);
  project_.cycles = std::move(found.cycles);
  project_.chain_ends = std::move(found.ends);
  if (!found.complete)
    project_.problems.push_back(
        {project_.stacks[project_.functions.front().resource].name,
         "so much leads in circles from here on that the search for loops came to its limit"});
  project_.unresolved = std::move(code_.unresolved);
  const auto led_back = led_back_code();
  for (const Unresolved& one : project_.stacks.unresolved)
    if (one.kind != UnresolvedKind::CodeLocation || !led_back.contains({one.where, one.function}))
      project_.unresolved.push_back(one);
  add_unresolved_handlers();
  return std::move(project_);
}

}  // namespace fnlint
