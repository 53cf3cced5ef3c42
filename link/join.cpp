#include "link/join.h"

#include "link/handler.h"
#include "link/init_imports.h"
#include "link/loops.h"

#include <map>

namespace fnlint {

namespace {

std::map<ResourceId, std::vector<const Relation*>> triggers_by_function(const Stacks& stacks) {
  std::map<ResourceId, std::vector<const Relation*>> triggers;
  for (const Relation& relation : stacks.relations)
    if (relation.kind == RelationKind::Trigger && relation.to.exists())
      triggers[relation.to].push_back(&relation);
  return triggers;
}

void join_functions(Engine& engine, Project& project, const LinkedCode& code) {
  ValuePool& pool = engine.pool();
  const auto triggers = triggers_by_function(project.stacks);
  project.functions.clear();
  for (std::uint32_t i = 0; i < project.stacks.functions.size(); ++i) {
    const DeclaredFunction& declared = project.stacks.functions[i];
    LambdaFunction function;
    function.declared = i;
    function.resource = declared.resource;
    function.name = std::string(pool[project.stacks[declared.resource].address]);
    function.language = code.functions[i].language;
    if (const auto runtime = as_text(pool, declared.runtime))
      function.runtime = std::string(*runtime);
    const auto found = triggers.find(declared.resource);
    const FunctionScope scope(
        pool, project.stacks, declared,
        found == triggers.end() ? std::vector<const Relation*>{} : found->second);
    run_handler(engine, scope, code.functions[i], project.modules, project.stacks, function);
    project.functions.push_back(std::move(function));
  }
}

void add_unresolved_handlers(Project& project, const LinkedCode& code) {
  for (const LambdaFunction& function : project.functions) {
    if (function.resolved) continue;
    const Resource& resource = project.stacks[function.resource];
    project.unresolved.push_back({.kind = code.functions[function.declared].found
                                              ? UnresolvedKind::Handler
                                              : code.functions[function.declared].why,
                                  .reason = function.unresolved,
                                  .function = function.name,
                                  .where = resource.name});
  }
}

}  // namespace

Project join_project(ValuePool& pool, Stacks stacks, LinkedCode code, const JoinOptions& options) {
  Project project;
  project.pool = &pool;
  project.stacks = std::move(stacks);
  project.modules = std::move(code.modules);
  Engine engine(pool, code.program);
  join_functions(engine, project, code);
  if (engine.wants_second_round()) {
    engine.begin_second_round();
    join_functions(engine, project, code);
  }
  for (LambdaFunction& function : project.functions)
    add_init_imports(engine, code, project.modules, function);
  project.cycles = find_cycles(engine, project, options.possible);
  project.unresolved = std::move(code.unresolved);
  project.unresolved.insert(project.unresolved.end(), project.stacks.unresolved.begin(),
                            project.stacks.unresolved.end());
  add_unresolved_handlers(project, code);
  return project;
}

}  // namespace fnlint
