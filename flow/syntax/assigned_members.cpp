// Collects which fields and module variables functions assign, and sets apart the setters that
// nothing deployed can call.

#include "flow/syntax/assigned_members.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/models.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

constexpr std::size_t kLongestName = 64;

// What an op changes the contents of: by an assignment below it, or by a method that changes
// collections. No id: nothing.
ExprId changed_inside(const CodeFacts& code, OpId at) {
  const Op& op = code.ops[at.index];
  if (op.kind == OpKind::Assign) {
    const ExprId target = code.assigns[op.detail].target;
    const bool is_entry = target.exists() && code.exprs[target.index].kind == ExprKind::Index;
    return is_entry ? ExprId{code.exprs[target.index].ref} : ExprId{};
  }
  if (op.kind != OpKind::Call) return {};
  const Expr& callee = code.exprs[code.calls[op.detail].callee.index];
  if (callee.kind != ExprKind::Member) return {};
  const LibraryModel* model =
      find_library_model(code.language, cat("*.", code.string(callee.name)));
  return model != nullptr && model->store != StoreHow::None ? ExprId{callee.ref} : ExprId{};
}

// The name of the class that the receiver of a class method is: `cls` of Python. Empty: it is none.
std::string_view class_that_receives(const CodeFacts& code, const Variable& receiver) {
  if (receiver.kind != VariableKind::Receiver || !receiver.owner.exists()) return {};
  const Function& function = code.functions[receiver.owner.index];
  const bool is_class = function.kind == FunctionKind::ClassMethod && function.owner.exists();
  return is_class ? code.string(code.classes[function.owner.index].name) : std::string_view();
}

// The name of what has fields that all see: a module, or a class. Empty: it is neither.
std::string_view name_of_shared(const CodeFacts& code, const Variable& owner) {
  return owner.kind == VariableKind::Module || owner.kind == VariableKind::Import
             ? code.string(owner.name)
             : class_that_receives(code, owner);
}

// Notes that a function puts something into, or takes it out of, what a field holds.
void add_changed_inside(const CodeFacts& code, const Variable& owner, std::string_view field,
                        std::set<std::string>& members) {
  if (const std::string_view shared = name_of_shared(code, owner); !shared.empty())
    members.insert(cat(shared, ".[]", field));
  if (owner.kind == VariableKind::Receiver && owner.owner.exists())
    members.insert(cat(code.functions[owner.owner.index].owner.index, ":[]", field));
}

std::string uncalled_key(ModuleId module, std::size_t function) {
  return cat(module.index, ':', function, "()");
}

bool is_uncalled(const std::unordered_set<std::string>& assigned, ModuleId module,
                 std::size_t function) {
  return assigned.contains(uncalled_key(module, function));
}

// Only things of the module or a class are assigned, and nothing is called or asked.
bool is_setter(const CodeFacts& code, const Function& row) {
  const bool plain = row.kind == FunctionKind::Plain || row.kind == FunctionKind::StaticMethod;
  const bool is_inner = row.parent.exists() && row.parent.index != 0 &&
                        code.functions[row.parent.index].kind != FunctionKind::ClassInit;
  if (!plain || is_inner || row.annotations.count > 0 || (row.flags & kBroken) != 0 ||
      code.string(row.name).empty())
    return false;
  bool sets = false;
  for (OpId at = row.first; at.exists() && at < row.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Assign && op.kind != OpKind::Exit) return false;
    if (op.kind == OpKind::Exit) continue;
    const VariableId root = root_variable(code, code.assigns[op.detail].target);
    sets = sets || (root.exists() && code.variables[root.index].owner.index == 0);
  }
  return sets;
}

// Which setters of a unit nothing calls.
class CalledNames {
 public:
  CalledNames(const Program& program, std::uint32_t unit) : program_(program) {
    for (const ModuleId module : program.modules_of(unit)) {
      const CodeFacts& code = program.facts(module);
      for (std::size_t f = 1; f < code.functions.size(); ++f)
        if (is_setter(code, code.functions[f])) setters_.insert({module.index, f});
    }
    if (setters_.empty()) return;
    for (const ModuleId module : program.modules_of(unit)) add_names(module);
  }

  [[nodiscard]] std::vector<std::pair<ModuleId, std::size_t>> uncalled() const {
    std::vector<std::pair<ModuleId, std::size_t>> found;
    for (const auto& [module, f] : setters_) {
      const ModuleId id{module};
      const CodeFacts& code = program_.facts(id);
      if (!names_.contains(code.string(code.functions[f].name))) found.emplace_back(id, f);
    }
    return found;
  }

 private:
  // A function keeps the name under which its module has it: `exports.setLocal = setLocal`.
  static bool only_names(const CodeFacts& code, const Assign& row) {
    if (!row.target.exists() || !row.value.exists()) return false;
    const Expr& target = code.exprs[row.target.index];
    const Expr& value = code.exprs[row.value.index];
    if (value.kind == ExprKind::Function) return true;
    return value.kind == ExprKind::Variable && target.kind == ExprKind::Member &&
           code.string(code.variables[value.ref].name) == code.string(target.name);
  }

  void add_names(ModuleId module) {
    const CodeFacts& code = program_.facts(module);
    std::unordered_map<std::uint32_t, std::string_view> imported;
    for (const Import& row : code.imports)
      if (row.local.exists()) imported.emplace(row.local.index, code.string(row.name));
    const auto add = [&](const Expr& part) {
      if (part.kind == ExprKind::Member) names_.insert(code.string(part.name));
      if (part.kind == ExprKind::Text && code.string(part.name).size() <= kLongestName)
        names_.insert(code.string(part.name).substr(code.string(part.name).find_last_of(".:#") + 1));
      if (part.kind == ExprKind::Function)
        names_.insert(code.string(code.functions[part.ref].name));
      if (part.kind != ExprKind::Variable) return;
      names_.insert(code.string(code.variables[part.ref].name));
      if (const auto row = imported.find(part.ref); row != imported.end())
        names_.insert(row->second);
    };
    const bool calls_main = begins_with_main(code);
    for (std::size_t f = 0; f < code.functions.size(); ++f) {
      const Function& function = code.functions[f];
      const bool defines = f == 0 || function.kind == FunctionKind::ClassInit;
      const bool is_main = lower(code.string(function.name)) == "main" && !calls_main;
      if (is_main || setters_.contains({module.index, f})) continue;
      for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
        const Op& op = code.ops[at.index];
        if (f == 0 && is_of_program_alone(code, op))
          at = OpId{code.branches[op.detail].otherwise.index - 1};
        else if (!defines || op.kind != OpKind::Assign || !only_names(code, code.assigns[op.detail]))
          visit_expressions(code, at, [&](ExprId expr) { visit_parts(code, expr, add); });
      }
    }
  }

  // What begins the program: the initialiser calls it at its end.
  static bool begins_with_main(const CodeFacts& code) {
    const Function& init = code.functions.front();
    for (OpId at = init.first; at.exists() && at < init.end; ++at.index) {
      if (code.ops[at.index].kind != OpKind::Call) continue;
      const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
      const StringId name = callee.kind == ExprKind::Variable ? code.variables[callee.ref].name
                            : callee.kind == ExprKind::Member ? callee.name
                                                              : StringId{};
      if (lower(code.string(name)) == "main") return true;
    }
    return false;
  }

  const Program& program_;
  std::set<std::pair<std::uint32_t, std::size_t>> setters_ = {};
  std::unordered_set<std::string_view> names_ = {};
};

}  // namespace

void add_assigned_members(const CodeFacts& code, const Function& function,
                          std::set<std::string>& members) {
  if (function.kind == FunctionKind::ModuleInit || function.kind == FunctionKind::ClassInit) return;
  const bool makes =
      function.kind == FunctionKind::Constructor || function.kind == FunctionKind::InstanceInit;
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    if (!makes)
      if (const ExprId inside = changed_inside(code, at); inside.exists())
        if (const Expr& member = code.exprs[inside.index]; member.kind == ExprKind::Member)
          if (const Expr& owner = code.exprs[member.ref]; owner.kind == ExprKind::Variable)
            add_changed_inside(code, code.variables[owner.ref], code.string(member.name), members);
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const ExprId target = code.assigns[code.ops[at.index].detail].target;
    if (!target.exists() || code.exprs[target.index].kind != ExprKind::Member) continue;
    const Expr& member = code.exprs[target.index];
    const Expr& base = code.exprs[member.ref];
    if (base.kind != ExprKind::Variable) continue;
    const Variable& variable = code.variables[base.ref];
    const std::string_view field = code.string(member.name);
    if (const std::string_view shared = name_of_shared(code, variable); !shared.empty())
      members.insert(cat(shared, '.', field));
    if (variable.kind == VariableKind::Receiver && variable.owner.exists() && !makes)
      members.insert(cat(code.functions[variable.owner.index].owner.index, ':', field));
  }
}

const std::unordered_set<std::string>& assigned_in_unit(const Program& program, std::uint32_t unit,
                                                        AssignedInUnits& known) {
  const auto [row, is_new] = known.try_emplace(unit);
  if (!is_new) return row->second;
  for (const auto& [module, f] : CalledNames(program, unit).uncalled())
    row->second.insert(uncalled_key(module, f));
  std::set<std::string> members;
  for (const ModuleId module : program.modules_of(unit)) {
    const CodeFacts& code = program.facts(module);
    for (std::size_t f = 0; f < code.functions.size(); ++f)
      if (!is_uncalled(row->second, module, f))
        add_assigned_members(code, code.functions[f], members);
  }
  row->second.insert(members.begin(), members.end());
  return row->second;
}

bool has_setters(const CodeFacts& code) {
  return std::ranges::any_of(code.functions,
                             [&](const Function& row) { return is_setter(code, row); });
}

std::vector<VariableId> assigned_by_uncalled_alone(
    const CodeFacts& code, ModuleId module, const std::unordered_set<std::string>& assigned) {
  std::vector<VariableId> alone, others;
  for (std::size_t f = 1; f < code.functions.size(); ++f) {
    const Function& function = code.functions[f];
    if (function.kind == FunctionKind::ClassInit) continue;
    std::vector<VariableId>& into = is_uncalled(assigned, module, f) ? alone : others;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      if (code.ops[at.index].kind != OpKind::Assign) continue;
      const VariableId root = root_variable(code, code.assigns[code.ops[at.index].detail].target);
      if (root.exists()) into.push_back(root);
    }
  }
  std::erase_if(alone, [&](VariableId one) {
    return std::ranges::find(others, one) != others.end();
  });
  return alone;
}

}  // namespace fnlint
