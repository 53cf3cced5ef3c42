// Walks the regions of functions, and asks of each way whether it comes to one of the variables.

#include "link/init/needed_imports.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/non_exceptional_flow.h"
#include "link/code/callees.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr int kRegionDepth = 64;                // of regions and calls in each other
constexpr std::size_t kFunctionsAsked = 1'024;  // of one package

}  // namespace

bool NeededImports::are_needed(std::set<std::pair<ModuleId, VariableId>> variables) {
  variables_ = std::move(variables);
  known_.clear();
  return are_used_at_init() || covers(handler_, 0);
}

// `ERRORS = (httpx.HTTPError,)`: whatever way is taken then, the module has needed it. What gives
// the variable its value is no use: `const all = require("jsdom")`.
bool NeededImports::are_used_at_init() const {
  return std::ranges::any_of(variables_, [&](const std::pair<ModuleId, VariableId>& one) {
    const CodeFacts& code = engine_.facts(one.first);
    const Function& initialiser = code.functions[0];
    for (OpId at = initialiser.first; at.exists() && at < initialiser.end; ++at.index) {
      const Op& op = code.ops[at.index];
      if (is_of_program_alone(code, op)) {
        at = OpId{code.branches[op.detail].otherwise.index - 1};
        continue;
      }
      const bool gives =
          op.kind == OpKind::Assign && code.assigns[op.detail].target.exists() &&
          variables_.contains({one.first, root_variable(code, code.assigns[op.detail].target)});
      if (!gives && uses(one.first, at)) return true;
    }
    return false;
  });
}

bool NeededImports::covers(FunctionRef function, int depth) {
  if (depth > kRegionDepth || known_.size() > kFunctionsAsked) return false;
  const auto [known, is_new] = known_.try_emplace(function, false);  // recursion: not yet
  if (!is_new) return known->second;
  const Function& row = engine_.facts(function.module).functions[function.function.index];
  if (!row.first.exists() || (row.flags & kBroken) != 0) return false;
  const Way way = region(function.module, row.first, row.end, false, depth + 1);
  return known_[function] = !way.missed && (way.covered || way.ends);
}

bool NeededImports::covers_callee(ModuleId module, ExprId callee, int depth) {
  const ValueId value = named_callee(engine_, module, callee);
  if (!value.exists()) return covers_base(module, callee, depth);
  if (engine_.pool().is(value, ValueKind::Function))
    return covers(unpack(engine_.pool()[value].ref), depth + 1);
  const ProjectObject made = project_object(engine_.pool(), value);
  return made.kind == ProjectObject::Kind::Class && covers_making(made, depth + 1);
}

// What makes an object of the class: the initialisers of its fields and its constructor, or that of
// a base class where it writes none.
bool NeededImports::covers_making(ProjectObject type, int depth) {
  if (depth > kRegionDepth) return false;
  const CodeFacts& code = engine_.facts(type.module);
  const Class& row = code.classes[type.type.index];
  if (row.instance_init.exists() && covers({type.module, row.instance_init}, depth + 1))
    return true;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId method = code.methods[row.methods.first + i];
    if (code.functions[method.index].kind == FunctionKind::Constructor)
      return covers({type.module, method}, depth + 1);
  }
  return covers_making_bases(type, depth);
}

bool NeededImports::covers_making_bases(ProjectObject type, int depth) {
  return std::ranges::any_of(named_bases(engine_, type), [&](const ProjectObject& base) {
    return covers_making(base, depth + 1);
  });
}

// `super().__init__(url)`, `super(url)`
bool NeededImports::covers_base(ModuleId module, ExprId callee, int depth) {
  const ProjectObject type = class_calling_base_constructor(engine_.facts(module), module, callee);
  return type.kind == ProjectObject::Kind::Class && covers_making_bases(type, depth);
}

bool NeededImports::uses(ModuleId module, OpId at) const {
  bool found = false;
  const CodeFacts& code = engine_.facts(module);
  visit_expressions(code, at, [&](ExprId expr) {
    visit_parts(code, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::Variable &&
                        variables_.contains({module, VariableId{part.ref}}));
    });
  });
  return found;
}

NeededImports::Way NeededImports::region(ModuleId module, OpId first, OpId end, bool covered,
                                         int depth) {
  Way way{.covered = covered};
  if (depth > kRegionDepth) return {.missed = true};
  const CodeFacts& code = engine_.facts(module);
  for (OpId at = first; at.exists() && at < end && !way.ends && !way.missed;
       at = code.ops[at.index].end)
    take(module, at, way, depth);
  return way;
}

void NeededImports::take(ModuleId module, OpId at, Way& way, int depth) {
  const CodeFacts& code = engine_.facts(module);
  const Op& op = code.ops[at.index];
  way.covered = way.covered || uses(module, at);
  const auto go_on = [&](OpId first, OpId end) {
    const Way inner = region(module, first, end, way.covered, depth + 1);
    way.covered = way.covered || inner.covered;
    way.missed = way.missed || inner.missed;
  };
  switch (op.kind) {
    case OpKind::Call:
      way.covered = way.covered || covers_callee(module, code.calls[op.detail].callee, depth);
      break;
    case OpKind::Branch: way = branch(module, at, way.covered, depth); break;
    case OpKind::Loop:
    case OpKind::Block: go_on(OpId{at.index + 1}, op.end); break;
    case OpKind::Try: go_on(OpId{at.index + 1}, code.tries[op.detail].body_end); break;
    case OpKind::Exit: {
      const Exit& exit = code.exits[op.detail];
      way.ends = true;
      way.missed =
          exit.kind == ExitKind::Return && !way.covered && !tells_failure(code, exit.value);
      break;
    }
    default: break;
  }
}

NeededImports::Way NeededImports::branch(ModuleId module, OpId at, bool covered, int depth) {
  const CodeFacts& code = engine_.facts(module);
  const Op& op = code.ops[at.index];
  const OpId first{at.index + 1}, otherwise = code.branches[op.detail].otherwise;
  const auto side = [&](OpId from, OpId to) {
    if (ends_in_failure(code, from, to)) return Way{.ends = true};
    return region(module, from, to, covered, depth + 1);
  };
  const Way yes = side(first, otherwise), no = side(otherwise, op.end);
  return {.covered = (yes.covered || yes.ends) && (no.covered || no.ends),
          .missed = yes.missed || no.missed,
          .ends = yes.ends && no.ends};
}

}  // namespace fnlint
