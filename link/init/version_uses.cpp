// Scans each module's syntax features, builtins, imports and members, and whether it is an ES
// module; leaves out what is tried or tested for.

#include "link/init/version_uses.h"

#include "core/text.h"
#include "link/code/init_modules.h"
#include "tables/languages.h"
#include "tables/tables.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// One module's uses.
class VersionScan {
 public:
  VersionScan(const ProgramModule& module, FileId file, const FunctionPackage& package,
              std::string_view path, bool is_inline, LambdaFunction& function)
      : module_(module),
        code_(*module.facts),
        file_(file),
        package_(package),
        path_(path),
        is_inline_(is_inline),
        function_(function) {}

  void run(FunctionId handler) {
    handler_ = handler;
    for (const FeatureUse& row : code_.features)
      add({.name = std::string(code_.string(row.feature)),
           .since = std::string(code_.string(row.since)),
           .until = {},
           .remedy = {},
           .syntax = true,
           .where = {file_, row.where}});
    find_tests();
    for (std::size_t i = 0; i < code_.imports.size(); ++i) import(i);
    members();
    methods();
    module_kind();
  }

 private:
  void add(VersionUse use) {
    if (said_.insert(use.name).second) function_.versions.push_back(std::move(use));
  }
  void add_row(const LibraryVersion& row, Range where, std::uint8_t uncertainty) {
    std::string_view name = row.path;
    if (name.starts_with("*.")) name.remove_prefix(2);
    if (polyfilled_.contains(std::string(name))) return;
    VersionUse use{.name = std::string(name),
                   .since = std::string(row.since),
                   .until = std::string(row.until),
                   .remedy = std::string(row.remedy),
                   .package = row.package,
                   .uncertainty = uncertainty,
                   .where = {file_, where}};
    if (row.package) {
      const bool brought = std::find(package_.brings.begin(), package_.brings.end(), row.path) !=
                           package_.brings.end();
      if (brought) return;
      if (package_.foreign_layer) use.uncertainty |= kUncertain;
    }
    add(std::move(use));
  }

  // A use that is tried, or tested for: `try: import tomllib`, `if hasattr(...)`.
  void find_tests() {
    for (std::size_t i = 0; i < code_.ops.size(); ++i) {
      const Op& op = code_.ops[i];
      const bool tried = op.kind == OpKind::Try && code_.tries[op.detail].catches.count > 0;
      if (tried || op.kind == OpKind::Branch) tests_.push_back(code_.op_ranges[i]);
      if (op.kind != OpKind::Assign) continue;
      const Assign& row = code_.assigns[op.detail];
      if (!row.target.exists() || code_.exprs[row.target.index].kind != ExprKind::Member) continue;
      const Expr& target = code_.exprs[row.target.index];
      const Expr& base = code_.exprs[target.ref];
      if (base.kind == ExprKind::Variable &&
          code_.variables[base.ref].kind == VariableKind::Import)
        polyfilled_.insert(std::string(code_.string(target.name)));
    }
  }
  [[nodiscard]] bool is_tested(Range where) const {
    return std::any_of(tests_.begin(), tests_.end(),
                       [&](Range test) { return test.contains(where); });
  }
  // What runs at init or in the handler runs; of other functions that is not known here.
  [[nodiscard]] std::uint8_t uncertainty_at(Range where) const {
    FunctionId innermost{0};
    for (std::uint32_t f = 1; f < code_.functions.size(); ++f)
      if (code_.function_ranges[f].contains(where)) innermost = FunctionId{f};
    for (FunctionId at = innermost; at.exists(); at = code_.functions[at.index].parent) {
      if (at == handler_ || (at.index == 0 && innermost.index == 0)) return 0;
      if (at.index == 0) break;
    }
    return kHeuristic;
  }

  void import(std::size_t index) {
    const Import& row = code_.imports[index];
    const ImportTarget& target = module_.imports[index];
    if ((row.flags & (kTypeOnly | kFallback | kGuarded)) != 0 || target.module.exists()) return;
    if (row.local.exists()) add_path(row.local.index, target.path);
    if (code_.string(row.module) == "<builtins>") {
      builtins_.insert(row.local.index);
      return;
    }
    if (is_tested(row.where)) return;
    const std::uint8_t uncertainty =
        row.executed_in.index == 0 ? std::uint8_t{0} : uncertainty_at(row.where);
    for (std::string_view path = target.path; !path.empty();) {
      if (const LibraryVersion* found = find_library_version(code_.language, path)) {
        add_row(*found, row.where, uncertainty);
        return;
      }
      const std::size_t dot = path.find_last_of(code_.language == Language::Python ? "." : "./");
      if (dot == std::string_view::npos) return;
      path = path.substr(0, dot);
    }
  }

  void add_path(std::uint32_t variable, const std::string& path) {
    const auto [at, is_new] = paths_.try_emplace(variable);
    if (!is_new || path.empty()) return;
    at.value() = static_cast<std::uint32_t>(member_paths_.size());
    member_paths_.push_back(path);
  }

  // Names of builtins, and members of what is imported.
  void members() {
    path_rows_.resize(code_.exprs.size());
    for (std::size_t i = 0; i < code_.exprs.size(); ++i) {
      const Expr& row = code_.exprs[i];
      bool ask = false;
      std::uint32_t path = 0;
      if (row.kind == ExprKind::Variable) {
        const auto found = paths_.find(row.ref);
        if (found != paths_.end()) path = found->second;
        ask = path != 0 && builtins_.contains(row.ref);
      } else if (row.kind == ExprKind::Member && path_rows_[row.ref] != 0) {
        path = static_cast<std::uint32_t>(member_paths_.size());
        member_paths_.push_back(
            cat(member_paths_[path_rows_[row.ref]], '.', code_.string(row.name)));
        ask = true;
      }
      path_rows_[i] = path;
      const LibraryVersion* found =
          ask ? find_library_version(code_.language, member_paths_[path]) : nullptr;
      if (found == nullptr || found->package || is_tested(code_.expr_ranges[i])) continue;
      add_row(*found, code_.expr_ranges[i], uncertainty_at(code_.expr_ranges[i]));
    }
  }

  void methods() {
    for (std::size_t i = 0; i < code_.ops.size(); ++i) {
      if (code_.ops[i].kind != OpKind::Call) continue;
      const ExprId callee = code_.calls[code_.ops[i].detail].callee;
      const Expr& row = code_.exprs[callee.index];
      if (row.kind != ExprKind::Member || path_rows_[row.ref] != 0) continue;
      const LibraryVersion* found =
          find_library_version(code_.language, cat("*.", code_.string(row.name)));
      if (found != nullptr && !is_tested(code_.op_ranges[i]))
        add_row(*found, code_.op_ranges[i], kHeuristic);
    }
  }

  // Packages of ES modules that CommonJS loads by require. Lambda switches that off as well as the
  // detection (Developer Guide, "Building Lambda functions with Node.js"), for Node.js 20 too.
  void required_packages(bool is_off) {
    for (std::size_t i = 0; i < code_.imports.size(); ++i) {
      const Import& row = code_.imports[i];
      if ((row.flags & kRequire) == 0 || (row.flags & (kTypeOnly | kLate)) != 0 ||
          module_.imports[i].module.exists() || is_tested(row.where))
        continue;
      const std::string_view name = code_.string(row.module);
      if (std::ranges::find(package_.es_packages, name) == package_.es_packages.end()) continue;
      add({.name = cat("require of the ES module ", name),
           .since = "24",
           .until = {},
           .remedy = cat("Load it by import(), or take a version of ", name, " before that."),
           .option =
               is_off || function_.runtime == "nodejs20.x" ? "--experimental-require-module" : "",
           .uncertainty = row.executed_in.index == 0 ? std::uint8_t{0} : uncertainty_at(row.where),
           .where = {file_, row.where}});
    }
  }

  // Node.js reads a file as an ES module or as CommonJS by its name and its manifest alone; newer
  // versions look into it.
  void module_kind() {
    if (code_.language != Language::JavaScript || is_inline_) return;
    const std::string_view extension = extension_of(path_);
    const bool is_module =
        extension == ".mjs" || (extension == ".js" && package_.es_modules);
    const bool is_script = extension == ".cjs" || (extension == ".js" && !package_.es_modules &&
                                                   !package_.es_modules_above);
    const Runtime* runtime = find_runtime(function_.runtime);
    const bool is_off = runtime != nullptr && runtime->no_module_detection;
    for (const FeatureUse& row : code_.features)
      if (is_script && code_.string(row.feature) == "modules")
        add({.name = "import and export in a file that is not an ES module",
             .since = extension == ".cjs" || is_off ? "1000" : "20",
             .until = {},
             .remedy = "Say \"type\": \"module\" in package.json, or name the file .mjs.",
             .option = is_off && extension != ".cjs" ? "--experimental-detect-module" : "",
             .syntax = true,
             .where = {file_, row.where}});
    if (is_script) required_packages(runtime != nullptr && runtime->no_module_detection);
    const bool makes_require = std::any_of(
        code_.imports.begin(), code_.imports.end(), [&](const Import& row) {
          return code_.string(row.name) == "createRequire";
        });
    for (const Import& row : code_.imports) {
      const bool is_called = (row.flags & kRequire) != 0 && (row.flags & kLate) == 0;
      if (!is_module || makes_require || !is_called || is_tested(row.where)) continue;
      add({.name = "require in an ES module",
           .since = {},
           .until = "0",
           .remedy = "Use import, or createRequire of the package module.",
           .uncertainty =
               row.executed_in.index == 0 ? std::uint8_t{0} : uncertainty_at(row.where),
           .where = {file_, row.where}});
    }
  }

  const ProgramModule& module_;
  const CodeFacts& code_;
  const FileId file_;
  const FunctionPackage& package_;
  const std::string_view path_;
  const bool is_inline_;
  LambdaFunction& function_;
  FunctionId handler_ = {};
  std::vector<Range> tests_;
  std::set<std::string> polyfilled_, said_;
  tsl::robin_map<std::uint32_t, std::uint32_t> paths_;  // by variable that imports: of these
  std::set<std::uint32_t> builtins_;
  std::vector<std::uint32_t> path_rows_;  // by expression: of these; 0: it is no such member
  std::vector<std::string> member_paths_{1};
};

}  // namespace

void add_version_uses(const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, LambdaFunction& function) {
  const FunctionCode& own = *loaded.code;
  if (own.found && !are_doubted(own.guesses) && !own.target.name.empty())
    function.versions.push_back({.name = own.target.name,
                                 .since = own.target.since,
                                 .remedy = own.target.file,
                                 .target = true});
  if (!own.found || are_doubted(own.guesses) || own.package.rewritten) return;
  for (const LoadedModule& one : loaded.modules) {
    const std::string_view path = code.sources[one.module.index].path;
    const std::string_view extension = extension_of(path);
    const bool is_typed = extension == ".ts" || extension == ".tsx" || extension == ".mts" ||
                          extension == ".cts" || extension == ".jsx";
    if (is_typed || path.find("node_modules/") != std::string_view::npos) continue;
    VersionScan scan(code.program.modules[one.module.index], modules[one.module.index].file,
                     own.package, path, path.empty(), function);
    const bool is_own_module = one.module == function.handler.module && function.resolved;
    scan.run(is_own_module ? function.handler.function : FunctionId{});
  }
}

}  // namespace fnlint
