// Walks imports in loading order, follows calls by name to see what paths use, and finds imports in
// functions that are loaded early all the same.

#include "link/init/init_imports.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/non_exceptional_flow.h"
#include "link/code/callees.h"
#include "link/code/init_modules.h"
#include "link/init/needed_imports.h"
#include "model/hole_at.h"
#include "tables/packages.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kReachedFunctions = 4096;

// Which functions a handler reaches, and which variables of a module they read: on every path of
// the handler, or only on some. Calls are followed as far as their callee is a name.
class Uses {
 public:
  Uses(Engine& engine, FunctionRef handler, std::span<const LoadedModule> loaded)
      : engine_(engine) {
    for (const LoadedModule& one : loaded) follow_loading(one.module);
    reach(handler, true);
    while ((!open_.empty() || !made_.empty()) && reached_.size() < kReachedFunctions) {
      if (!made_.empty()) {
        const Made made = made_.back();
        made_.pop_back();
        follow_made(made);
        continue;
      }
      const auto [function, always] = open_.back();
      open_.pop_back();
      walk(function, always);
    }
  }

  [[nodiscard]] ImportUse of(ModuleId module, VariableId variable) const {
    const auto found = reads_.find(pack(module, variable));
    if (found == reads_.end()) return ImportUse::Never;
    return found->second ? ImportUse::EveryPath : ImportUse::SomePaths;
  }

 private:
  void reach(FunctionRef function, bool always) {
    const auto [row, added] = reached_.try_emplace(function, always);
    if (!added && (row->second || !always)) return;
    row->second = always;
    open_.push_back({function, always});
  }
  // A closure that an expression makes is taken to run.
  void read(ModuleId module, ExprId expr, bool always, bool runs_closures) {
    visit_parts(engine_.facts(module), expr, [&](const Expr& row) {
      if (row.kind == ExprKind::Variable) read_variable(module, VariableId{row.ref}, always);
      if (row.kind == ExprKind::Function) reach({module, FunctionId{row.ref}}, runs_closures);
    });
  }
  void read_variable(ModuleId module, VariableId id, bool always) {
    const auto [row, added] = reads_.try_emplace(pack(module, id), always);
    if (!added && (row->second || !always)) return;
    row.value() = always;
    if (engine_.facts(module).variables[id.index].owner.index == 0)
      made_.push_back({module, id, always});
  }
  // A variable that the module's initialiser makes: with it, what it is made of is used.
  struct Made {
    ModuleId module = {};
    VariableId variable = {};
    bool always = false;
  };
  using Makings = std::multimap<VariableId, ExprId>;
  const Makings& makings_of(ModuleId module);
  void follow_made(const Made& made);
  void walk(FunctionRef function, bool always);
  void follow(ModuleId module, ExprId callee, bool always, bool loading = false);
  // Of an object that is made any method may run; while a module is loaded, and of its base
  // classes, those that make it.
  enum class Run : std::uint8_t { Constructors, AllMethods };
  void make(ProjectObject type, bool always, Run methods, int depth = 0);
  void make_bases(ProjectObject type, bool always, int depth = 0);
  void follow_own_method(ModuleId module, ExprId callee, bool always);
  void follow_loading(ModuleId module);

  Engine& engine_;
  std::map<FunctionRef, bool> reached_;
  // A table by the lower bits alone would put the variables of all modules in the same places.
  struct MixedHash {
    std::size_t operator()(std::uint64_t key) const { return (key * 0x9E3779B97F4A7C15U) >> 32U; }
  };
  tsl::robin_map<std::uint64_t, bool, MixedHash> reads_;
  std::map<ModuleId, Makings> makings_;
  std::vector<std::pair<FunctionRef, bool>> open_;
  std::vector<Made> made_;
};

const Uses::Makings& Uses::makings_of(ModuleId module) {
  const auto [row, added] = makings_.try_emplace(module);
  if (!added) return row->second;
  const CodeFacts& code = engine_.facts(module);
  const Function& init = code.functions.front();
  for (OpId at = init.first; init.first.exists() && at < init.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const Assign& assign = code.assigns[code.ops[at.index].detail];
    const VariableId root = root_variable(code, assign.target);
    if (root.exists() && assign.value.exists()) row->second.emplace(root, assign.value);
  }
  return row->second;
}

void Uses::follow_made(const Made& made) {
  const CodeFacts& code = engine_.facts(made.module);
  std::vector<ExprId> open;
  const auto [first, last] = makings_of(made.module).equal_range(made.variable);
  for (auto at = first; at != last; ++at) open.push_back(at->second);
  std::set<OpId> calls;
  while (!open.empty()) {
    const ExprId expr = open.back();
    open.pop_back();
    read(made.module, expr, made.always, false);  // an entry of a table of routes, say
    visit_parts(code, expr, [&](const Expr& row) {
      if (row.kind == ExprKind::Result && calls.insert(OpId{row.ref}).second)
        visit_expressions(code, OpId{row.ref}, [&](ExprId part) { open.push_back(part); });
    });
  }
}

// What every cold start calls while it loads the module: `const logger = makeLogger()`.
void Uses::follow_loading(ModuleId module) {
  const CodeFacts& code = engine_.facts(module);
  const Function& init = code.functions.front();
  if (!init.first.exists()) return;
  OrdinaryWays ways(code, init);
  for (OpId at = init.first; at < init.end; ++at.index) {
    const Op& op = code.ops[at.index];
    const bool every = ways.all_pass(at);  // to be asked of each op
    if (every && op.kind == OpKind::Call) follow(module, code.calls[op.detail].callee, true, true);
  }
}

// this.method(): one of the class.
void Uses::follow_own_method(ModuleId module, ExprId callee, bool always) {
  const CodeFacts& code = engine_.facts(module);
  const Expr& row = code.exprs[callee.index];
  const VariableId root = root_variable(code, callee);
  if (row.kind != ExprKind::Member || !root.exists() ||
      code.variables[root.index].kind != VariableKind::Receiver)
    return;
  ExprId first = callee;  // of this.a.b() the member a
  while (code.exprs[code.exprs[first.index].ref].kind == ExprKind::Member)
    first = ExprId{code.exprs[first.index].ref};
  const FunctionId owner = code.variables[root.index].owner;
  for (std::uint32_t f = 0; f < code.functions.size(); ++f)
    if (code.functions[f].owner.exists() &&
        code.functions[f].owner == code.functions[owner.index].owner &&
        code.string(code.functions[f].name) == code.string(code.exprs[first.index].name))
      reach({module, FunctionId{f}}, always);
}

void Uses::follow(ModuleId module, ExprId callee, bool always, bool loading) {
  follow_own_method(module, callee, always);
  const ProjectObject made = class_calling_base_constructor(engine_.facts(module), module, callee);
  if (made.kind == ProjectObject::Kind::Class) make_bases(made, always);
  const ValuePool& pool = engine_.pool();
  const ValueId value = named_callee(engine_, module, callee);
  if (!value.exists()) return;
  if (pool[value].kind == ValueKind::Function) reach(unpack(pool[value].ref), always);
  const ProjectObject object = project_object(pool, value);
  if (object.kind == ProjectObject::Kind::Class)
    make(object, always, loading ? Run::Constructors : Run::AllMethods);
}

void Uses::make(ProjectObject type, bool always, Run methods, int depth) {
  const CodeFacts& facts = engine_.facts(type.module);
  const Class& row = facts.classes[type.type.index];
  if (row.instance_init.exists()) reach({type.module, row.instance_init}, always);
  bool is_written = false;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId method = facts.methods[row.methods.first + i];
    const bool makes = facts.functions[method.index].kind == FunctionKind::Constructor;
    is_written = is_written || makes;
    if (makes || methods == Run::AllMethods) reach({type.module, method}, always);
  }
  if (!is_written) make_bases(type, always, depth);
}

void Uses::make_bases(ProjectObject type, bool always, int depth) {
  constexpr int kBases = 8;  // one above another
  if (depth >= kBases) return;
  for (const ProjectObject& base : named_bases(engine_, type))
    make(base, always, Run::Constructors, depth + 1);
}

void Uses::walk(FunctionRef function, bool always) {
  const CodeFacts& code = engine_.facts(function.module);
  const Function& row = code.functions[function.function.index];
  if (!row.first.exists()) return;
  OrdinaryWays ways(code, row);
  for (OpId at = row.first; at < row.end; ++at.index) {
    const bool every = ways.all_pass(at) && always;
    visit_expressions(code, at, [&](ExprId expr) { read(function.module, expr, every, every); });
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Call) follow(function.module, code.calls[op.detail].callee, every);
  }
}

class InitWalk {
 public:
  InitWalk(Engine& engine, const LinkedCode& code, const LoadedFunction& loaded,
           std::span<const ModuleInfo> modules, const CodeLocation& place, LambdaFunction& function)
      : engine_(engine),
        code_(code),
        modules_(modules),
        place_(place),
        function_(function),
        is_script_(function.language == Language::Python ||
                   function.language == Language::JavaScript) {
    if (is_script_) uses_.emplace(engine, function.handler, loaded.modules);
  }

  // What several modules use on some of the ways each, they may need on all of them together.
  void join_uses() {
    if (!is_script_) return;
    NeededImports needed(engine_, function_.handler);
    for (const auto& [package, used] : used_) {
      const auto has_use = [&](ImportUse use) {
        return std::ranges::any_of(
            used.rows, [&](std::size_t row) { return function_.imports[row].use == use; });
      };
      if (!has_use(ImportUse::SomePaths) || has_use(ImportUse::EveryPath) ||
          !needed.are_needed(used.variables))
        continue;
      for (const std::size_t row : used.rows)
        if (function_.imports[row].use == ImportUse::SomePaths)
          function_.imports[row].use = ImportUse::EveryPath;
    }
  }

  // Imports in functions of packages that are loaded with a module all the same, or while one calls
  // the function. What comes with the language costs nothing to speak of.
  void add_deferred(const LoadedModule& loaded) {
    const ModuleId module = loaded.module;
    const CodeFacts& facts = engine_.facts(module);
    const Registry registry =
        function_.language == Language::Python ? Registry::Python : Registry::Npm;
    for (std::size_t i = 0; i < facts.imports.size(); ++i) {
      const Import& row = facts.imports[i];
      const ImportTarget& target = code_.program.modules[module.index].imports[i];
      if (row.executed_in.index == 0 || target.module.exists() || target.path.empty() ||
          (row.flags & (kTypeOnly | kFallback | kGuarded | kImplicit)) != 0 ||
          facts.string(row.module) == "<builtins>")
        continue;
      const std::string_view package = package_of(target.path);
      if (is_standard_module(registry, package)) continue;
      const auto same = std::ranges::find_if(function_.imports, [&](const InitImport& one) {
        return package_of(one.path) == package && !one.on_branch;
      });
      DeferredImport found{.path = target.path, .where = {modules_[module.index].file, row.where}};
      if (same != function_.imports.end())
        found.loaded_at = same->where;
      else if (!engine_.summaries().is_called_at_init_only({module, row.executed_in}))
        continue;
      function_.deferred_in_vain.push_back(std::move(found));
    }
  }

  void load(const LoadedModule& loaded) {
    const ModuleId module = loaded.module;
    const CodeFacts& facts = engine_.facts(module);
    for (std::size_t i = 0; i < facts.imports.size(); ++i) {
      const Import& row = facts.imports[i];
      const ImportTarget& target = code_.program.modules[module.index].imports[i];
      const Span where{modules_[module.index].file, row.where};
      if (!runs_at_init(facts, row) || loaded.left_out.contains(i) || target.module.exists())
        continue;
      // A folder of the project is no library, and is loaded for the modules in it.
      if (target.path.starts_with("<folder>")) continue;
      if (facts.string(row.module) != "<builtins>" && !target.path.empty())
        add(module, row, target.path, where, loaded.chain);
    }
  }

 private:
  void add(ModuleId module, const Import& row, std::string_view path, Span where,
           const std::vector<PlacedText>& chain) {
    const CodeFacts& facts = engine_.facts(module);
    InitImport import;
    import.path = std::string(path);
    import.symbol = std::string(facts.string(row.name));
    import.effect_only = (row.flags & kEffectOnly) != 0 || !row.local.exists();
    import.use = is_script_ && row.local.exists() ? use_of(module, row) : ImportUse::Unseen;
    import.in_bundle = is_bundled(place_) && !is_external(path);
    import.may_be_in_bundle = function_.language == Language::JavaScript && is_rewritten() &&
                              !is_external(path);
    import.by_name = import.may_be_in_bundle && !import.effect_only &&
                     (row.flags & kRequire) == 0 && import.symbol != "default";
    import.on_branch = row.branch.exists();
    import.where = where;
    import.chain = chain;
    import.names = names_of(module, row);
    if (row.local.exists()) {
      UsedPackage& used = used_[std::string(package_of(path))];
      used.rows.push_back(function_.imports.size());
      used.variables.insert({module, row.local});
      for (const Assign& assign : facts.assigns)  // `const { JSDOM } = require("jsdom")`
        if (assign.value.exists() && root_variable(facts, assign.value) == row.local)
          if (const VariableId taken = root_variable(facts, assign.target); taken.exists())
            used.variables.insert({module, taken});
    }
    function_.imports.push_back(std::move(import));
  }

  // "pandas" of "pandas.io", "@aws-sdk/client-s3" of itself.
  std::string_view package_of(std::string_view path) const {
    if (function_.language == Language::Python) return path.substr(0, path.find('.'));
    const std::size_t slash = path.find('/');
    return path.substr(0, path.starts_with('@') ? path.find('/', slash + 1) : slash);
  }

  // By a bundler, for all that is known.
  bool is_rewritten() const {
    return is_bundled(place_) || code_.functions[function_.declared].package.rewritten;
  }

  // Left outside of the bundle: "sharp", "@aws-sdk/*".
  bool is_external(std::string_view path) const {
    return std::ranges::any_of(place_.external, [&](std::string_view pattern) {
      const bool is_family = pattern.ends_with('*');
      if (is_family) pattern.remove_suffix(1);
      return path.starts_with(pattern) &&
             (is_family || path.size() == pattern.size() || path[pattern.size()] == '/' ||
              path[pattern.size()] == '.');
    });
  }

  ImportUse use_of(ModuleId module, const Import& row) {
    if (runs_while_loading(module, row)) return ImportUse::EveryPath;
    if (const ImportUse seen = uses_->of(module, row.local); seen != ImportUse::Never) return seen;
    const CodeFacts& facts = engine_.facts(module);
    const bool is_bound_alone = (row.flags & kRequire) != 0 && !is_read_after(facts, row.local);
    if (!is_bound_alone && read_anywhere(module, row.local)) return ImportUse::SomePaths;
    const std::uint16_t flags = facts.variables[row.local.index].flags;
    const bool is_broken = !facts.problems.empty();  // what is not read may use it
    const bool is_for_others = is_broken || (flags & (kExported | kNamedInTypes)) != 0 ||
                               is_public(module) || is_tried(facts, row.where) ||
                               is_handler(module, row.local) || runs_text(module) ||
                               is_read_through(module, row.local);
    return is_for_others ? ImportUse::Unseen : ImportUse::Never;
  }

  // What the runtime calls by its name in the module.
  bool is_handler(ModuleId module, VariableId variable) const {
    const FunctionCode& own = code_.functions[function_.declared];
    const CodeFacts& facts = engine_.facts(module);
    return module == own.module && facts.string(facts.variables[variable.index].name) == own.symbol;
  }

  // A Python package's own file: what it imports, others import from it.
  bool is_public(ModuleId module) const {
    return file_name_of(code_.sources[module.index].path) == "__init__.py";
  }

  // Code that is made of text sees what the module has.
  bool runs_text(ModuleId module) const {
    const CodeFacts& facts = engine_.facts(module);
    return std::ranges::any_of(facts.calls, [&](const Call& call) {
      const Expr& callee = facts.exprs[call.callee.index];
      if (callee.kind != ExprKind::Variable) return false;
      const std::string_view name = facts.string(facts.variables[callee.ref].name);
      return name == "exec" || name == "eval";
    });
  }

  // The unit's modules by what they import: the last part of each name.
  const std::vector<ModuleId>& importers_of(const ProgramUnit& unit, std::string_view name) {
    if (importers_.empty())
      for (const auto& row : unit.modules)
        for (const Import& import : engine_.facts(row.second).imports) {
          const CodeFacts& code = engine_.facts(row.second);
          const std::string_view from = code.string(import.module);
          for (const std::string_view one :
               {code.string(import.name), from.substr(from.find_last_of("./") + 1)})
            if (auto& rows = importers_[std::string(one)];
                rows.empty() || rows.back() != row.second)
              rows.push_back(row.second);
        }
    return importers_[std::string(name)];
  }

  // Whether a module that imports this one, or one of its name, names it too: `except json.Error`,
  // where `json` is a module that has the error from elsewhere.
  bool is_read_through(ModuleId module, VariableId variable) {
    const CodeFacts& own = engine_.facts(module);
    if (own.language != Language::Python) return false;
    const ProgramUnit& unit = code_.program.units[modules_[module.index].unit];
    const std::string_view name = own.string(own.variables[variable.index].name);
    const std::string_view stem = stem_of(code_.sources[module.index].path);
    if (stem.empty()) return false;
    return std::ranges::any_of(importers_of(unit, stem), [&](ModuleId other) {
      return other != module && names_member(engine_.facts(other), stem, name);
    });
  }

  static bool names_member(const CodeFacts& code, std::string_view base, std::string_view name) {
    const std::string member = cat(base, ".", name);
    const bool as_text = std::ranges::any_of(code.strings, [&](Range at) {
      const std::string_view text = std::string_view(code.text).substr(at.begin, at.end - at.begin);
      return text.ends_with(member) &&
             (text.size() == member.size() || text[text.size() - member.size() - 1] == '.');
    });
    return as_text || std::ranges::any_of(code.exprs, [&](const Expr& expr) {
             if (expr.kind != ExprKind::Member || code.string(expr.name) != name) return false;
             const Expr& root = code.exprs[expr.ref];
             return root.kind == ExprKind::Variable &&
                    code.string(code.variables[root.ref].name) == base;
           });
  }

  // Whether the import stands where its failure is caught: it may be there to find out.
  static bool is_tried(const CodeFacts& facts, Range where) {
    for (std::size_t i = 0; i < facts.ops.size(); ++i) {
      if (facts.ops[i].kind != OpKind::Try) continue;
      const Range range = facts.op_ranges[i];
      if (range.begin <= where.begin && where.end <= range.end) return true;
    }
    return false;
  }

  // Loading the module does something with it: importing it later would not be enough.
  bool runs_while_loading(ModuleId module, const Import& row) const {
    const CodeFacts& facts = engine_.facts(module);
    const Function& init = facts.functions.front();
    std::vector<VariableId> names{row.local};  // and variables that take it, or a part of it
    const auto is_named = [&](VariableId id) {
      return std::ranges::find(names, id) != names.end();
    };
    for (OpId at = init.first; at.exists() && at < init.end; ++at.index) {
      const Op& op = facts.ops[at.index];
      if (is_of_program_alone(facts, op)) {
        at = OpId{facts.branches[op.detail].otherwise.index - 1};
        continue;
      }
      if (op.kind == OpKind::Assign) {
        const Assign& assign = facts.assigns[op.detail];
        if (assign.target.exists() && assign.value.exists() &&
            is_named(root_variable(facts, assign.value)))
          names.push_back(root_variable(facts, assign.target));
      }
      if (op.kind != OpKind::Call) continue;
      bool read = false;
      visit_expressions(facts, at, [&](ExprId expr) {
        visit_parts(facts, expr, [&](const Expr& part) {
          read = read || (part.kind == ExprKind::Variable && is_named(VariableId{part.ref}));
        });
      });
      if (read) return true;
    }
    return false;
  }

  // `const path = require("path")`: whether anything reads what it is bound to.
  static bool is_read_after(const CodeFacts& facts, VariableId required) {
    std::vector<VariableId> bound;
    std::size_t bindings = 0;
    for (const Assign& assign : facts.assigns) {
      if (!assign.value.exists() || root_variable(facts, assign.value) != required) continue;
      if (!assign.target.exists() || facts.exprs[assign.target.index].kind != ExprKind::Variable)
        return true;
      const VariableId name{facts.exprs[assign.target.index].ref};
      if ((facts.variables[name.index].flags & (kExported | kNamedInTypes)) != 0) return true;
      // `const { send } = offline ? require("./mail") : require("mailer")`: one of several.
      if (facts.string(facts.variables[name.index].name).empty()) return true;
      bound.push_back(name);
      ++bindings;
    }
    std::size_t found = 0, targets = 0;
    for (const Expr& expr : facts.exprs) {
      if (expr.kind != ExprKind::Variable) continue;
      if (VariableId{expr.ref} == required) ++found;
      if (std::ranges::find(bound, VariableId{expr.ref}) != bound.end()) ++targets;
    }
    return bindings == 0 || found > bindings || targets != bindings;
  }

  // How a module reads one of its variables, reached or not.
  struct Reads {
    std::size_t all = 0, of_members = 0;
    std::set<std::string_view> members = {};
  };

  const std::map<VariableId, Reads>& reads_in(ModuleId module) {
    const auto [row, added] = read_.try_emplace(module);
    if (!added) return row->second;
    const CodeFacts& facts = engine_.facts(module);
    for (const Expr& expr : facts.exprs) {
      if (expr.kind == ExprKind::Variable) ++row->second[VariableId{expr.ref}].all;
      if (expr.kind != ExprKind::Member) continue;
      const Expr& base = facts.exprs[expr.ref];
      if (base.kind != ExprKind::Variable) continue;
      Reads& reads = row->second[VariableId{base.ref}];
      ++reads.of_members;
      reads.members.insert(facts.string(expr.name));
    }
    return row->second;
  }

  bool read_anywhere(ModuleId module, VariableId variable) {
    return reads_in(module).contains(variable);
  }

  // "get" of `from httpx import get`, or of `httpx.get()` where nothing else is done with it.
  std::vector<std::string> names_of(ModuleId module, const Import& row) {
    const std::string_view name = engine_.facts(module).string(row.name);
    if (!name.empty() && name != "*" && name != "default") return {std::string(name)};
    const auto& reads = reads_in(module);
    const auto found = row.local.exists() ? reads.find(row.local) : reads.end();
    if (found == reads.end() || found->second.all != found->second.of_members) return {};
    return {found->second.members.begin(), found->second.members.end()};
  }

  struct UsedPackage {
    std::vector<std::size_t> rows = {};  // of LambdaFunction::imports
    std::set<std::pair<ModuleId, VariableId>> variables = {};
  };

  Engine& engine_;
  const LinkedCode& code_;
  std::span<const ModuleInfo> modules_;
  const CodeLocation& place_;
  LambdaFunction& function_;
  std::map<std::string, UsedPackage> used_ = {};
  bool is_script_ = false;  // elsewhere, what is imported is loaded when it is used
  std::optional<Uses> uses_;
  std::map<ModuleId, std::map<VariableId, Reads>> read_;
  std::map<std::string, std::vector<ModuleId>> importers_;
};

}  // namespace

void add_init_imports(Engine& engine, const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, const CodeLocation& place,
                      LambdaFunction& function) {
  if (!function.resolved) return;
  InitWalk walk(engine, code, loaded, modules, place, function);
  for (const LoadedModule& one : loaded.modules) walk.load(one);
  walk.join_uses();
  const bool is_script =
      function.language == Language::Python || function.language == Language::JavaScript;
  if (is_script)
    for (const LoadedModule& one : loaded.modules) walk.add_deferred(one);
}

}  // namespace fnlint
