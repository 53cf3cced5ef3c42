// Follows imports from a module, twice: first those that surely run, then all that may. Of those
// under a condition the caller says whether they are taken.

#include "link/code/init_modules.h"

#include "core/text.h"
#include "tables/languages.h"

namespace fnlint {

bool runs_at_init(const CodeFacts& code, const Import& row) {
  if ((row.flags & (kTypeOnly | kFallback | kGuarded)) != 0) return false;
  const FunctionKind kind = code.functions[row.executed_in.index].kind;
  return row.executed_in.index == 0 || kind == FunctionKind::ClassInit;
}

std::optional<std::uint8_t> is_taken_somewhere(ModuleId, const Import&) { return std::uint8_t{0}; }

namespace {

// Stands in a try that has a handler.
bool is_tried(const CodeFacts& code, Range where) {
  if (code.tries.empty()) return false;
  for (std::size_t i = 0; i < code.ops.size(); ++i)
    if (code.ops[i].kind == OpKind::Try && code.tries[code.ops[i].detail].catches.count > 0 &&
        code.op_ranges[i].contains(where))
      return true;
  return false;
}

class Loading {
 public:
  Loading(const Program& program, std::span<const ModuleInfo> modules, const ImportTaken& taken)
      : program_(program), modules_(modules), taken_(taken) {}

  std::vector<LoadedModule> from(ModuleId first, bool only_surely) {
    loaded_ = {{.module = first}};
    seen_ = {first};
    for (std::size_t at = 0; at < loaded_.size(); ++at) {
      const CodeFacts& facts = program_.facts(loaded_[at].module);
      for (std::size_t i = 0; i < facts.imports.size(); ++i)
        if (runs_at_init(facts, facts.imports[i])) load(at, i, only_surely);
    }
    return std::move(loaded_);
  }

  // What is loaded on another way, too, that rests on nothing.
  std::set<ModuleId> surely = {};

 private:
  void load(std::size_t at, std::size_t import, bool only_surely) {
    const ModuleId module = loaded_[at].module;
    const Import& row = program_.facts(module).imports[import];
    const std::optional<std::uint8_t> rests_on = taken_(module, row);
    if (!rests_on) loaded_[at].left_out.insert(import);
    const ModuleId target = program_.modules[module.index].imports[import].module;
    if (!target.exists() || !rests_on) return;
    if (only_surely && (*rests_on != 0 || modules_[target.index].aside)) return;
    if (!seen_.insert(target).second) return;
    std::vector<PlacedText> chain = loaded_[at].chain;
    chain.push_back({{modules_[module.index].file, row.where},
                     cat("loads '", program_.facts(module).string(row.module), "'")});
    const std::uint8_t uncertainty =
        surely.contains(target) ? std::uint8_t{0}
                                : static_cast<std::uint8_t>(loaded_[at].uncertainty | *rests_on);
    const auto aside = static_cast<std::uint8_t>(modules_[target.index].aside ? kHeuristic : 0);
    const bool tried = loaded_[at].tried || is_tried(program_.facts(module), row.where);
    loaded_.push_back({.module = target,
                       .chain = std::move(chain),
                       .tried = tried,
                       .uncertainty = static_cast<std::uint8_t>(uncertainty | aside)});
  }

  const Program& program_;
  std::span<const ModuleInfo> modules_;
  const ImportTaken& taken_;
  std::vector<LoadedModule> loaded_ = {};
  std::set<ModuleId> seen_ = {};
};

}  // namespace

std::vector<LoadedModule> modules_at_init(const Program& program,
                                          std::span<const ModuleInfo> modules, ModuleId first,
                                          const ImportTaken& taken) {
  Loading loading(program, modules, taken);
  for (const LoadedModule& one : loading.from(first, true)) loading.surely.insert(one.module);
  return loading.from(first, false);
}

std::set<ModuleId> modules_reached(const Program& program, ModuleId first) {
  const HandlerContract* contract = find_handler_contract(program.facts(first).language);
  if (contract == nullptr || !contract->by_file) {
    const auto all = program.modules_of(program.modules[first.index].unit);
    return {all.begin(), all.end()};
  }
  return modules_named(program, first);
}

std::set<ModuleId> modules_named(const Program& program, ModuleId first) {
  std::set<ModuleId> reached{first};
  std::vector<ModuleId> open{first};
  while (!open.empty()) {
    const ModuleId module = open.back();
    open.pop_back();
    for (const ImportTarget& target : program.modules[module.index].imports)
      if (target.module.exists() && reached.insert(target.module).second)
        open.push_back(target.module);
  }
  return reached;
}

}  // namespace fnlint
