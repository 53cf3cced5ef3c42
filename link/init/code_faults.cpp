// Scans modules for names that nothing defines, adds syntax errors and the faults of own code, and
// keeps those that a function really loads.

#include "link/init/code_faults.h"

#include "core/text.h"
#include "flow/syntax/lost_run.h"
#include "flow/syntax/unreached.h"
#include "link/code/init_modules.h"
#include "link/init/failed_requests.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace fnlint {

namespace {

bool is_of(known::Words words, std::string_view name) {
  return std::ranges::find(words, name) != words.end();
}

// Names that one module reads and nobody defines.
class NameScan {
 public:
  NameScan(const ProgramModule& module, const std::set<std::string>& made_elsewhere)
      : module_(module), code_(*module.facts), made_elsewhere_(made_elsewhere) {}

  // Each name once, where it is read first.
  [[nodiscard]] std::map<std::string, Range> undefined() {
    find_rows();
    std::map<std::string, Range> found;
    if (rows_.empty()) return found;
    find_tested();
    const std::vector<Range> unreached = unreached_ranges(code_);
    const auto is_unreached = [&](Range where) {
      return std::ranges::any_of(unreached, [&](Range one) { return one.contains(where); });
    };
    for (std::size_t i = 0; i < code_.exprs.size(); ++i) {
      const Expr& row = code_.exprs[i];
      if (row.kind != ExprKind::Variable || !rows_.contains(row.ref)) continue;
      const Range where = code_.expr_ranges[i];
      const std::string name(rows_.at(row.ref));
      if (where.begin == where.end || tested_.contains(name) || is_tried(name, where) ||
          is_unreached(where))
        continue;
      const auto [at, added] = found.try_emplace(name, where);
      if (!added && where.begin < at->second.begin) at->second = where;
    }
    return found;
  }

  // Each name that is set and not declared, where it is first.
  [[nodiscard]] std::map<std::string, Range> undeclared() const {
    std::map<std::string, Range> found;
    const auto take = [&](ExprId target) {
      if (!target.exists() || code_.exprs[target.index].kind != ExprKind::Variable) return;
      const Variable& variable = code_.variables[code_.exprs[target.index].ref];
      const std::string name(code_.string(variable.name));
      const Range where = code_.expr_ranges[target.index];
      if ((variable.flags & kUndeclared) == 0 || is_of(known::node_names(), name) ||
          made_elsewhere_.contains(name) || where.begin == where.end)
        return;
      const auto [at, added] = found.try_emplace(name, where);
      if (!added && where.begin < at->second.begin) at->second = where;
    };
    for (const Assign& row : code_.assigns)
      if (row.mode != AssignMode::Evaluate) take(row.target);
    for (const Loop& row : code_.loops) take(row.target);
    return found;
  }

  // `Date.now.toString()`, `id + crypto.randomUUID`: the function stands for what it would give.
  [[nodiscard]] std::map<std::string, Range> uncalled() const {
    std::map<std::string, Range> found;
    const auto take = [&](std::uint32_t at) {
      const std::string name = builtin_function(at);
      const Range where = code_.expr_ranges[at];
      if (!name.empty() && where.begin != where.end) found.try_emplace(name, where);
    };
    for (const Expr& row : code_.exprs) {
      if (row.kind == ExprKind::Member && row.ref < code_.exprs.size() &&
          !code_.string(row.name).starts_with('<') &&  // typeof and the like
          !is_of(known::function_members(), code_.string(row.name)))
        take(row.ref);
      if (row.kind == ExprKind::Concat || (row.kind == ExprKind::Operator && computes(row)))
        for (std::uint32_t i = row.operands.first; i < row.operands.first + row.operands.count; ++i)
          if (code_.operands[i].value.exists()) take(code_.operands[i].value.index);
    }
    return found;
  }

  [[nodiscard]] FunctionId around(Range where) const {
    FunctionId innermost{0};
    for (std::uint32_t f = 1; f < code_.functions.size(); ++f) {
      const Range range = code_.function_ranges[f];
      if (range.contains(where) &&
          (innermost.index == 0 || code_.function_ranges[innermost.index].contains(range)))
        innermost = FunctionId{f};
    }
    return innermost;
  }
  // What names the function, where nothing but code that names it calls it; empty otherwise.
  [[nodiscard]] std::string name_of(FunctionId function) const {
    const Function& row = code_.functions[function.index];
    const std::string_view name = code_.string(row.name);
    const bool is_called_by_others =
        row.annotations.count > 0 || name.starts_with("__") || name == "constructor" ||
        (row.kind != FunctionKind::Plain && row.kind != FunctionKind::Method);
    return is_called_by_others ? std::string() : std::string(name);
  }
  [[nodiscard]] bool runs_at_load(FunctionId function) const {
    return function.index == 0 || code_.functions[function.index].kind == FunctionKind::ClassInit;
  }

 private:
  static bool computes(const Expr& row) {
    constexpr std::array kComputing{OperatorKind::Add,      OperatorKind::Subtract,
                                    OperatorKind::Multiply, OperatorKind::Divide,
                                    OperatorKind::Less,     OperatorKind::LessEqual};
    return std::ranges::find(kComputing, static_cast<OperatorKind>(row.detail)) != kComputing.end();
  }
  // "Date.now": of an object that every script has.
  [[nodiscard]] std::string builtin_function(std::uint32_t at) const {
    const Expr& row = code_.exprs[at];
    if (row.kind != ExprKind::Member || row.ref >= code_.exprs.size()) return {};
    const Expr& base = code_.exprs[row.ref];
    if (base.kind != ExprKind::Variable || code_.variables[base.ref].kind != VariableKind::Import)
      return {};
    std::string name =
        cat(code_.string(code_.variables[base.ref].name), '.', code_.string(row.name));
    const bool is_builtin = std::ranges::any_of(code_.imports, [&](const Import& one) {
      return one.local.exists() && one.local.index == base.ref &&
             code_.string(one.module) == kBuiltins;
    });
    return is_builtin && is_of(known::builtin_functions(), name) ? name : std::string();
  }

  void find_rows() {
    const bool is_python = code_.language == Language::Python;
    const known::Words all = is_python ? known::python_names() : known::node_names();
    std::set<std::uint32_t> made;  // by an assignment without a declaration
    for (const Assign& row : code_.assigns)
      if (row.target.exists() && row.mode != AssignMode::Evaluate &&
          code_.exprs[row.target.index].kind == ExprKind::Variable)
        made.insert(code_.exprs[row.target.index].ref);
    for (const Loop& row : code_.loops)
      if (row.target.exists() && code_.exprs[row.target.index].kind == ExprKind::Variable)
        made.insert(code_.exprs[row.target.index].ref);
    for (const Import& row : code_.imports) {
      const std::string_view name = code_.string(row.name);
      if (code_.string(row.module) != kBuiltins || !row.local.exists() || is_of(all, name) ||
          made.contains(row.local.index) || made_elsewhere_.contains(std::string(name)))
        continue;
      rows_.emplace(row.local.index, name);
    }
  }

  // `typeof x`; what a try takes a missing name to be; a branch about versions.
  void find_tested() {
    for (const Expr& row : code_.exprs) {
      if (row.kind != ExprKind::Member || code_.string(row.name) != "<typeof>") continue;
      const Expr& base = code_.exprs[row.ref];
      if (base.kind == ExprKind::Variable && rows_.contains(base.ref))
        tested_.insert(std::string(rows_.at(base.ref)));
    }
    for (std::size_t i = 0; i < code_.ops.size(); ++i) {
      const Op& op = code_.ops[i];
      if (op.kind == OpKind::Branch) branches_.push_back(code_.op_ranges[i]);
      if (op.kind != OpKind::Try) continue;
      const Try& row = code_.tries[op.detail];
      for (std::uint32_t c = row.catches.first; c < row.catches.first + row.catches.count; ++c)
        if (takes_missing_names(code_.catches[c])) tries_.push_back(code_.op_ranges[i]);
    }
  }
  [[nodiscard]] bool takes_missing_names(const Catch& row) const {
    if (row.types.count == 0) return code_.language == Language::Python;
    for (std::uint32_t t = row.types.first; t < row.types.first + row.types.count; ++t) {
      const std::string_view path = code_.string(code_.types[t].path);
      if (path == "NameError" || path == "ReferenceError") return true;
    }
    return false;
  }
  [[nodiscard]] bool is_tried(std::string_view name, Range where) const {
    const auto holds = [&](Range one) { return one.contains(where); };
    return std::ranges::any_of(tries_, holds) ||
           (is_of(known::python_two_names(), name) && std::ranges::any_of(branches_, holds));
  }

  const ProgramModule& module_;
  const CodeFacts& code_;
  const std::set<std::string>& made_elsewhere_;
  std::map<std::uint32_t, std::string_view> rows_ = {};  // by variable: its name
  std::set<std::string> tested_ = {};
  std::vector<Range> tries_ = {}, branches_ = {};
};

// What only Python 2 takes stands in one of them: its builtins are there for all.
bool is_python_two(const CodeFacts& code) {
  return std::ranges::any_of(
      code.problems, [](const Problem& one) { return one.message.starts_with("Python 2 "); });
}

// Globals that some module makes for all: `global.x = 1`, `builtins.x = 1`, and in scripts, which
// are not strict, `x = 1`.
void add_made(const CodeFacts& code, bool strict, std::set<std::string>& made) {
  constexpr auto kAll =
      std::to_array<std::string_view>({"global", "globalThis", "builtins", "__builtins__"});
  const auto name_of_base = [&](const Expr& base) {
    return base.kind == ExprKind::Variable ? code.string(code.variables[base.ref].name)
                                           : std::string_view();
  };
  for (const Assign& row : code.assigns) {
    if (!row.target.exists()) continue;
    const Expr& target = code.exprs[row.target.index];
    if (target.kind == ExprKind::Member &&
        std::ranges::find(kAll, name_of_base(code.exprs[target.ref])) != kAll.end())
      made.insert(std::string(code.string(target.name)));
    if (target.kind != ExprKind::Variable || code.language != Language::JavaScript) continue;
    const Variable& variable = code.variables[target.ref];
    const bool is_undeclared = (variable.flags & kUndeclared) != 0;
    if (variable.kind == VariableKind::Import || (is_undeclared && !strict))
      made.insert(std::string(code.string(variable.name)));
  }
}

// Not what others wrote and the project brings along.
bool is_own_code(std::string_view path) {
  return path.find("node_modules/") == path.npos && path.find("site-packages/") == path.npos &&
         path.find(".min.") == path.npos;
}
// Where no compiler has looked for names.
bool is_own_source(std::string_view path) {
  const std::string_view extension = extension_of(path);
  return (extension == ".py" || extension == ".js" || extension == ".mjs" || extension == ".cjs") &&
         is_own_code(path);
}

const Problem* syntax_error_of(const CodeFacts& code) {
  const auto found = std::ranges::find_if(
      code.problems, [](const Problem& one) { return one.message.starts_with("syntax error"); });
  return found != code.problems.end() ? &*found : nullptr;
}

// The module whose names are asked.
struct LoadedNames {
  FileId file = {};
  std::uint8_t uncertainty = 0;
  bool is_handlers = false;
  bool strict = false;
  const std::vector<PlacedText>& chain;
};

// A module of ECMAScript is strict code; what bundles it into a script may leave that out.
bool is_strict(const FunctionPackage& package, std::string_view path) {
  return extension_of(path) == ".mjs" || (extension_of(path) == ".js" && package.es_modules);
}

// Whether code may come to a function by that name: it reads it, or has it for a member or a text;
// its definition is none of these.
bool mentions(const CodeFacts& code, std::string_view wanted) {
  std::set<std::uint32_t> definitions;
  for (const Assign& row : code.assigns)
    if (row.target.exists() && row.value.exists() &&
        code.exprs[row.value.index].kind == ExprKind::Function)
      definitions.insert(row.target.index);
  for (std::uint32_t i = 0; i < code.exprs.size(); ++i) {
    const Expr& row = code.exprs[i];
    const bool is_variable = row.kind == ExprKind::Variable;
    if (!is_variable && row.kind != ExprKind::Member && row.kind != ExprKind::Text) continue;
    const StringId name = is_variable ? code.variables[row.ref].name : row.name;
    if (code.string(name) == wanted && !definitions.contains(i)) return true;
  }
  return std::ranges::any_of(code.imports,
                             [&](const Import& row) { return code.string(row.name) == wanted; });
}

using IsMentioned = std::function<bool(std::string_view)>;  // anywhere in what is loaded

// Adds a fault, with what it rests on that it is reached. What runs at init or in the handler runs;
// of other functions that is not known here, and asked only where it is what fails: a function that
// is not called is wrong wherever it stands.
void add_fault(const NameScan& scan, const LoadedNames& of, CodeFault fault, Range where,
               const IsMentioned& is_mentioned, LambdaFunction& function) {
  // What is given where it is written is called by whom it is given to.
  const bool is_given = fault.kind == CodeFaultKind::NoResult;
  const FunctionId around = scan.around(is_given ? fault.elsewhere.range : where);
  fault.at_load = scan.runs_at_load(around);
  const bool runs = fault.kind == CodeFaultKind::Uncalled || fault.at_load ||
                    (of.is_handlers && around == function.handler.function);
  const std::string called = scan.name_of(around);
  const bool is_left_alone = !runs && !called.empty() && !is_mentioned(called);
  const unsigned reached = (is_left_alone ? 0U + kUncertain
                            : runs        ? 0U
                                          : 0U + kHeuristic) |
                           (function.never_loads && !fault.at_load ? 0U + kHeuristic : 0U);
  fault.uncertainty = static_cast<std::uint8_t>(fault.uncertainty | of.uncertainty | reached);
  fault.where = {of.file, where};
  fault.path = of.chain;
  function.code_faults.push_back(std::move(fault));
}

void add_names(const NameScan& scan, const LoadedNames& of, CodeFaultKind kind,
               const std::map<std::string, Range>& names, const IsMentioned& is_mentioned,
               LambdaFunction& function) {
  for (const auto& [name, where] : names)
    add_fault(scan, of, {.kind = kind, .name = name}, where, is_mentioned, function);
}

// What no compiler looks for.
bool is_of_values(CodeFaultKind kind) {
  return kind == CodeFaultKind::NoResult || kind == CodeFaultKind::NullUsed ||
         kind == CodeFaultKind::KeyEscapes || kind == CodeFaultKind::ErrorLogged ||
         kind == CodeFaultKind::LateTest || kind == CodeFaultKind::EmptyAnswer;
}

}  // namespace

const std::vector<ModuleFault>& CodeFaults::faults_of(ModuleId module) {
  const auto [at, added] = found_.try_emplace(module);
  if (added) at->second = module_faults(own_, code_.program, module);
  return at->second;
}

void CodeFaults::add_lost_runs(std::span<const ModuleInfo> modules, LambdaFunction& function) {
  const FunctionRef handler = function.handler;
  const CodeFacts& facts = code_.program.facts(handler.module);
  const LostWork lost = lost_work(facts, facts.functions[handler.function.index], [&](OpId call) {
    return is_quiet(own_, code_.program, handler.module, handler.function, call);
  });
  if (!lost.handler.exists()) return;
  function.lost_runs.push_back(
      {.handler = {modules[handler.module.index].file, facts.op_ranges[lost.handler.index]},
       .logged = lost.logged,
       .gives_nothing = lost.gives_nothing,
       .last_alone = lost.last_alone});
}

void CodeFaults::forget() {
  own_.forget();
  found_.clear();
}

void CodeFaults::add(const LoadedFunction& loaded, std::span<const ModuleInfo> modules,
                     LambdaFunction& function) {
  const FunctionCode& own = *loaded.code;
  if (!own.found || !function.resolved) return;
  add_lost_runs(modules, function);
  const bool is_compiled = own.language != Language::Python && own.language != Language::JavaScript;
  std::set<std::string> made;
  for (const LoadedModule& one : loaded.modules)
    add_made(*code_.program.modules[one.module.index].facts,
             is_strict(own.package, code_.sources[one.module.index].path), made);
  if (function.runtime.starts_with("python2.") ||
      std::ranges::any_of(loaded.modules, [&](const LoadedModule& one) {
        return is_python_two(*code_.program.modules[one.module.index].facts);
      }))
    made.insert(known::python_two_names().begin(), known::python_two_names().end());
  const IsMentioned is_mentioned = [&](std::string_view name) {
    return (loaded.handlers != nullptr &&
            std::ranges::find(*loaded.handlers, name) != loaded.handlers->end()) ||
           std::ranges::any_of(loaded.modules, [&](const LoadedModule& one) {
             return mentions(*code_.program.modules[one.module.index].facts, name);
           });
  };
  for (const LoadedModule& one : loaded.modules) {
    const std::string_view path = code_.sources[one.module.index].path;
    const ProgramModule& module = code_.program.modules[one.module.index];
    const FileId file = modules[one.module.index].file;
    const bool is_inline = path.empty();
    NameScan scan(module, made);
    LoadedNames of{.file = file,
                   .uncertainty = one.uncertainty,
                   .is_handlers = one.module == function.handler.module,
                   .strict = !is_inline && is_strict(own.package, path),
                   .chain = one.chain};
    if (own.language == Language::JavaScript && is_own_code(path))
      add_names(scan, of, CodeFaultKind::Uncalled, scan.uncalled(), is_mentioned, function);
    if (!is_own_code(path)) continue;
    if (are_doubted(own.guesses) || own.package.rewritten) of.uncertainty |= kHeuristic;
    // A compiler has looked at the others.
    const bool is_read = !is_compiled && (is_inline || is_own_source(path));
    for (const ModuleFault& found : faults_of(one.module)) {
      if (!is_read && !is_of_values(found.fault.kind)) continue;
      CodeFault fault = found.fault;
      if (found.other.exists()) fault.elsewhere = {modules[found.other.index].file, found.there};
      add_fault(scan, of, std::move(fault), found.where, is_mentioned, function);
    }
    if (!is_read) continue;
    const Problem* const error = syntax_error_of(*module.facts);
    if (error != nullptr && one.module != own.module)
      function.code_faults.push_back(
          {.kind = CodeFaultKind::Syntax,
           .message = error->message,
           .uncertainty = static_cast<std::uint8_t>(of.uncertainty | kHeuristic),
           .where = {file, error->where},
           .path = one.chain});
    if (!has_closed_names(*module.facts)) continue;
    if (of.strict)
      add_names(scan, of, CodeFaultKind::Undeclared, scan.undeclared(), is_mentioned, function);
    add_names(scan, of, CodeFaultKind::Undefined, scan.undefined(), is_mentioned, function);
  }
}

}  // namespace fnlint
