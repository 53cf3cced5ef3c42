// Collects imports over all modules of a function: those that are tried or tested for, and those
// that loaders are given as texts or computed names.

#include "link/code/code_imports.h"

#include "core/text.h"
#include "link/code/code_words.h"
#include "link/code/init_modules.h"
#include "link/resolve/languages.h"
#include "model/package.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

// Where something is tried or tested for: what fails there is taken care of.
std::vector<Range> tests_of(const CodeFacts& facts) {
  std::vector<Range> tests;
  for (std::size_t i = 0; i < facts.ops.size(); ++i) {
    const Op& op = facts.ops[i];
    const bool tried = op.kind == OpKind::Try && facts.tries[op.detail].catches.count > 0;
    if (tried || op.kind == OpKind::Branch) tests.push_back(facts.op_ranges[i]);
  }
  return tests;
}

// Loaders that are given a name: what they load no import row says.
constexpr std::array<std::string_view, 3> kLoaders{"require", "__import__", "import"};
constexpr std::array<std::string_view, 4> kLoaderModules{"importlib", "importlib.util", "pkgutil",
                                                         "pkg_resources"};

constexpr std::string_view kLoadingFunction = "import_module";  // of importlib
// Loads all that the Gemfile names.
constexpr std::string_view kGems = "Bundler", kLoadingGems = "require";

// The variables that are a function which loads a module by its name: a builtin one, or Python's.
std::set<std::uint32_t> loaders_of(const CodeFacts& facts) {
  std::set<std::uint32_t> loaders;
  for (const Import& row : facts.imports) {
    const std::string_view module = facts.string(row.module), name = facts.string(row.name);
    const bool loads = module == "<builtins>" ? std::ranges::find(kLoaders, name) != kLoaders.end()
                                              : module == "importlib" && name == kLoadingFunction;
    if (loads && row.local.exists()) loaders.insert(row.local.index);
  }
  return loaders;
}

bool loads_all_gems(const CodeFacts& facts, const Expr& callee) {
  if (facts.language != Language::Ruby || callee.kind != ExprKind::Member ||
      facts.string(callee.name) != kLoadingGems)
    return false;
  const Expr& base = facts.exprs[callee.ref];
  return base.kind == ExprKind::Variable && facts.string(facts.variables[base.ref].name) == kGems;
}

// `importlib.import_module`
bool is_member_that_loads(const CodeFacts& facts, const Expr& callee) {
  if (callee.kind != ExprKind::Member || facts.string(callee.name) != kLoadingFunction)
    return false;
  const Expr& base = facts.exprs[callee.ref];
  return base.kind == ExprKind::Variable &&
         std::ranges::any_of(facts.imports, [&](const Import& row) {
           return row.local.exists() && row.local.index == base.ref &&
                  facts.string(row.module) == "importlib";
         });
}

bool loads_by_name(const CodeFacts& facts) {
  for (const Import& row : facts.imports) {
    const std::string_view module = facts.string(row.module), name = facts.string(row.name);
    if (std::ranges::find(kLoaderModules, module) != kLoaderModules.end() && name != "metadata" &&
        name != "resources")
      return true;
  }
  const std::set<std::uint32_t> loaders = loaders_of(facts);
  return std::ranges::any_of(facts.calls, [&](const Call& call) {
    const Expr& callee = facts.exprs[call.callee.index];
    return (callee.kind == ExprKind::Variable && loaders.contains(callee.ref)) ||
           loads_all_gems(facts, callee);
  });
}

// `process.env` anywhere but before a name that is written down: `{ ...process.env }`,
// `schema.parse(process.env)`, `const env = process.env`.
bool hands_environment(const CodeFacts& facts) {
  const auto is_environment = [&](const Expr& expr) {
    return expr.kind == ExprKind::Member && facts.string(expr.name) == "env" &&
           facts.exprs[expr.ref].kind == ExprKind::Variable &&
           facts.string(facts.variables[facts.exprs[expr.ref].ref].name) == "process";
  };
  if (std::ranges::any_of(facts.imports, [&](const Import& row) {
        const std::string_view module = facts.string(row.module);
        return (module == "process" || module == "node:process") &&
               facts.string(row.name) == "env";
      }))
    return true;
  std::vector<bool> is_read(facts.exprs.size(), false);
  for (const Expr& expr : facts.exprs)
    if (expr.kind == ExprKind::Member) is_read[expr.ref] = true;
  for (std::size_t i = 0; i < facts.exprs.size(); ++i)
    if (!is_read[i] && is_environment(facts.exprs[i])) return true;
  return false;
}

constexpr std::size_t kLongestPath = 1024, kNamedFiles = 4096;

// `subprocess.run`, `spawn`: of modules that start other programs every text may name one.
bool starts_programs(const CodeFacts& facts) {
  return std::ranges::any_of(
      facts.imports, [&](const Import& row) { return starts_program(facts.string(row.module)); });
}

void add_named_files(const CodeFacts& facts, CodeImports& imports) {
  const bool takes_all = starts_programs(facts);
  for (const Expr& expr : facts.exprs) {
    if (expr.kind != ExprKind::Text) continue;
    const std::string_view text = facts.string(expr.name);
    const bool is_address = text.find("://") != text.npos;
    const bool is_path = text.find('/') != text.npos;
    if ((is_path || takes_all) && !is_address && !text.empty() && text.size() <= kLongestPath &&
        imports.named_files.size() < kNamedFiles)
      imports.named_files.emplace_back(text);
  }
}

// One module's imports, of libraries and of the project.
struct ImportingModule {
  const LinkedCode& code;
  ModuleId id;
  bool at_init = false;
};

void add_rows(const ImportingModule& at, CodeImports& imports) {
  const CodeFacts& facts = at.code.program.facts(at.id);
  const ProgramModule& module = at.code.program.modules[at.id.index];
  const FileId file = at.code.modules[at.id.index].file;
  const bool sources = language_row(facts.language).is_deployed_as_written;
  const std::vector<Range> tests = tests_of(facts);
  imports.by_name = imports.by_name || loads_by_name(facts);
  imports.hands_environment =
      imports.hands_environment ||
      (facts.language == Language::JavaScript && hands_environment(facts));
  for (std::size_t i = 0; i < facts.imports.size(); ++i) {
    const Import& row = facts.imports[i];
    const std::string_view name = facts.string(row.module);
    if (is_lost(facts, module, i)) imports.complete = false;
    if (name.empty() || name == "<builtins>" || (row.flags & (kTypeOnly | kImplicit)) != 0)
      continue;
    const ModuleId target = module.imports[i].module;
    LibraryImport found{.module = std::string(name), .name = std::string(facts.string(row.name))};
    found.at_init = at.at_init && runs_at_init(facts, row);
    found.optional =
        (row.flags & (kFallback | kGuarded)) != 0 ||
        std::ranges::any_of(tests, [&](Range test) { return test.contains(row.where); });
    found.where = {file, row.where};
    const bool is_aside = module.imports[i].aside;
    if (sources && ((target.exists() && !is_aside) || is_lost(facts, module, i)))
      imports.own.push_back({found.module,
                             target.exists() ? at.code.sources[target.index].path : std::string(),
                             found.at_init, found.optional, found.where});
    const bool own = (target.exists() && !is_aside) || name.starts_with('.') ||
                     name.starts_with('/') || module.imports[i].path.starts_with("<folder>");
    if (!own) imports.rows.push_back(std::move(found));
  }
}

}  // namespace

bool is_lost(const CodeFacts& facts, const ProgramModule& module, std::size_t import) {
  const Import& row = facts.imports[import];
  const std::string_view name = facts.string(row.module);
  const std::string_view path = module.imports[import].path;  // a library, of a generated module
  return name.starts_with('.') && !module.imports[import].module.exists() &&
         (path.empty() || path.starts_with('.') || facts.language != Language::JavaScript) &&
         !name.ends_with(".json") && (row.flags & kTypeOnly) == 0;
}

std::string words_of_import(const FileSystem& files, std::string_view from,
                            std::string_view module) {
  const bool is_file =
      module.starts_with('.') && files.kind(join_path(folder_of(from), module)) == EntryKind::File;
  return cat("'", module,
             is_file ? "' is not code that fnlint reads" : "' leads to no file in the project");
}

std::optional<Range> computed_import(const CodeFacts& facts) {
  const std::set<std::uint32_t> loaders = loaders_of(facts);
  for (std::size_t i = 0; i < facts.ops.size(); ++i) {
    const Op& op = facts.ops[i];
    if (op.kind != OpKind::Call) continue;
    const Call& call = facts.calls[op.detail];
    const Expr& callee = facts.exprs[call.callee.index];
    const bool loads = (callee.kind == ExprKind::Variable && loaders.contains(callee.ref)) ||
                       is_member_that_loads(facts, callee);
    const auto arguments = facts.operands_of(call.arguments);
    if (loads && !arguments.empty() && arguments[0].value.exists() &&
        facts.exprs[arguments[0].value.index].kind != ExprKind::Text)
      return facts.op_ranges[i];
  }
  return std::nullopt;
}

std::string_view start_of_computed(const CodeFacts& facts, Range where) {
  for (std::size_t i = 0; i < facts.ops.size(); ++i) {
    if (facts.ops[i].kind != OpKind::Call || facts.op_ranges[i] != where) continue;
    const auto arguments = facts.operands_of(facts.calls[facts.ops[i].detail].arguments);
    if (arguments.empty() || !arguments[0].value.exists()) continue;
    const Expr& name = facts.exprs[arguments[0].value.index];
    const auto parts = facts.operands_of(name.operands);
    if (name.kind != ExprKind::Concat || parts.empty() || !parts[0].value.exists()) continue;
    const Expr& first = facts.exprs[parts[0].value.index];
    if (first.kind == ExprKind::Text) return facts.string(first.name);
  }
  return {};
}

void add_code_imports(const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, LambdaFunction& function) {
  const FunctionCode& own = *loaded.code;
  if (!own.found) return;
  const auto imports = std::make_shared<CodeImports>();
  imports->rewritten = own.package.rewritten || are_doubted(own.guesses);
  std::set<ModuleId> at_init;
  for (const LoadedModule& one : loaded.modules) at_init.insert(one.module);
  std::vector<ModuleId> open{own.module};
  std::set<ModuleId> seen{own.module};
  while (!open.empty()) {
    const ModuleId at = open.back();
    open.pop_back();
    const ProgramModule& module = code.program.modules[at.index];
    add_rows({code, at, at_init.contains(at)}, *imports);
    add_named_files(code.program.facts(at), *imports);
    for (const ImportTarget& target : module.imports)
      if (target.module.exists() && !target.aside && seen.insert(target.module).second)
        open.push_back(target.module);
  }
  for (const ModuleId one : seen) imports->modules.push_back(modules[one.index].file);
  std::ranges::sort(imports->modules);
  std::ranges::sort(imports->named_files);
  const auto same = std::ranges::unique(imports->named_files);
  imports->named_files.erase(same.begin(), same.end());
  std::ranges::stable_sort(imports->rows, {}, &LibraryImport::where);
  function.libraries = imports;
}

}  // namespace fnlint
