// Which files a run has to read: handlers, and what they import, package by package.
#include "link/code/code.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/code/bundles.h"
#include "link/code/code_imports.h"
#include "link/code/located_code.h"
#include "link/effects/function_scope.h"
#include "link/resolve/build_scripts.h"
#include "link/resolve/candidates.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/image_code.h"
#include "link/resolve/languages.h"
#include "link/resolve/source_index.h"
#include "tables/packages.h"
#include "values/compute.h"
#include "values/whole_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fnlint {

struct CodeReach::State {
  State(const ValuePool& values, const Stacks& templates, BuildFacts& facts, DialectSet known)
      : pool(values), stacks(templates), builds(facts), readable(known) {}

  struct Source {
    FileId file = {};
    const CodeFacts* facts = nullptr;
  };
  struct Module {
    std::uint32_t unit = 0;
    std::string path = {};
    Source source = {};
    std::vector<ImportPath> imports = {};  // parallel to the facts' imports
  };
  struct Handler {
    WantedSource source = {};
    bool wanted = false;
  };
  const ValuePool& pool;
  const Stacks& stacks;
  BuildFacts& builds;
  const FileSystem& files = builds.files();
  const DialectSet readable;
  Languages languages{builds};
  MadeModules made_modules{files};
  std::vector<std::string> own_folders = {};  // of functions' code
  std::vector<UnitRoots> units = {};
  std::map<UnitRoots, std::uint32_t> unit_rows = {};
  std::vector<FunctionCode> functions = {};
  std::vector<Handler> handlers = {};  // parallel to functions
  std::map<WantedSource, Source> sources = {};
  std::set<WantedSource> asked = {};
  std::vector<std::pair<std::uint32_t, WantedSource>> open = {};  // unit, source: to be linked
  std::map<std::pair<std::uint32_t, WantedSource>, std::uint32_t> rows = {};
  std::vector<Module> modules = {};
  std::map<ResourceId, std::vector<const CodeLocation*>> layers = {};  // by function, in order
  std::vector<std::uint32_t> planned = {};  // rows of functions, by unit: all that have a file
  std::size_t taken = 0;                    // of `planned`
  std::vector<std::uint32_t> latest = {};   // rows of functions, by unit: in work
  std::set<ResourceId> with_foreign_layers = {};
  std::set<std::uint32_t> units_beside = {};         // ... or from outside of what is deployed
  std::vector<const CodeLocation*> all_layers = {};  // of the run
  std::set<std::pair<std::uint32_t, std::string>> published = {};  // files of packages, by unit
  std::map<std::uint32_t, Guess> guessed_units = {};  // that have modules by a sign alone
  std::map<std::string, bool> bundles = {};  // files of archives that were looked at
  bool begun = false;

  void guess_unit(std::uint32_t unit, const GuessRow& row);
  void add_guess_of_unit(FunctionCode& function) const;
  void begin();
  void plan(std::uint32_t function);
  void plan_inline(std::uint32_t function, std::string_view runtime, std::string_view handler);
  void note_bundle(std::uint32_t function, std::string_view handler);
  void take_handler(std::uint32_t function, const HandlerFile& found, const std::string& root);
  bool is_bundled(const std::string& path);
  [[nodiscard]] bool is_beside(const Module& module) const;
  void link_ready();
  void link_module(std::uint32_t unit, const WantedSource& source, const Source& found);
  ImportPath resolve(std::uint32_t unit, std::string_view from, const CodeFacts& facts,
                     const Import& row);
  std::uint32_t unit_of(UnitRoots roots);
  UnitRoots roots_of(ResourceId function, Language language, std::string code) const;
  std::string layer_folder(const CodeLocation& code, Language language) const;
  std::vector<std::string> layer_folders(ResourceId function, Language language) const;
  std::string property_text(ResourceId function, std::string_view path) const;
};

namespace {

std::optional<WantedSource> source_at(const std::string& path) {
  const std::optional<SourceDialect> dialect = dialect_of(path);
  if (!dialect) return std::nullopt;
  return WantedSource{path, UINT32_MAX, *dialect};
}

// What an import leads to: a source, or data that is loaded like one.
std::optional<WantedSource> loaded_at(const std::string& path) {
  if (path.ends_with(".json")) return WantedSource{path, UINT32_MAX, SourceDialect::JavaScript};
  return source_at(path);
}

// A value that is text, or the first text among its alternatives.
std::string some_text(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return {};
  if (const auto text = as_text(pool, value)) return std::string(*text);
  if (pool[value].kind == ValueKind::OneOf)
    for (const ValueId one : pool.operands(value))
      if (const auto text = as_text(pool, one)) return std::string(*text);
  return {};
}

}  // namespace

std::uint32_t CodeReach::State::unit_of(UnitRoots roots) {
  const auto [row, added] = unit_rows.try_emplace(roots, static_cast<std::uint32_t>(units.size()));
  if (added) units.push_back(std::move(roots));
  return row->second;
}

// Behind a function's own layers, where one of them is not known, stand all others of the run: a
// module that is nowhere else is taken from there.
UnitRoots CodeReach::State::roots_of(ResourceId function, Language language,
                                     std::string code) const {
  UnitRoots roots{language, std::move(code), layer_folders(function, language)};
  if (!with_foreign_layers.contains(function)) return roots;
  const std::size_t own = roots.layers.size();
  for (const CodeLocation* layer : all_layers)
    if (std::string folder = layer_folder(*layer, language);
        std::ranges::find(roots.layers, folder) == roots.layers.end())
      roots.layers.push_back(std::move(folder));
  roots.guessed_from = own;
  return roots;
}

std::string CodeReach::State::layer_folder(const CodeLocation& code, Language language) const {
  std::string inner = join_path(code.path, language_row(language).layer_folder);
  return files.kind(inner) == EntryKind::Folder ? inner : code.path;
}

std::vector<std::string> CodeReach::State::layer_folders(ResourceId function,
                                                         Language language) const {
  std::vector<std::string> folders;
  const auto found = layers.find(function);
  if (found == layers.end()) return folders;
  for (const CodeLocation* code : found->second) folders.push_back(layer_folder(*code, language));
  return folders;
}

// Code that stands in the template.
void CodeReach::State::plan_inline(std::uint32_t row, std::string_view runtime,
                                   std::string_view handler) {
  FunctionCode& function = functions[row];
  const LanguageRow* language = inline_language(runtime);
  if (language == nullptr) {
    function.reason = runtime.empty()
                          ? std::string("the runtime of the inline code cannot be determined")
                          : cat("the template's inline code is not for the runtime ", runtime);
    return;
  }
  function.language = language->language;
  function.guesses = guesses_of(stacks.functions[row].code, {});
  const std::size_t dot = language->has_dotted_modules ? handler.rfind('.') : handler.find('.');
  function.symbol = dot == std::string_view::npos ? handler : handler.substr(dot + 1);
  // Where the tool names the file, it is that one.
  std::string_view file = "index";
  const std::vector<std::string>& named = stacks.functions[row].code.entry_points;
  if (stacks.functions[row].code.kind == CodeKind::Inline && !named.empty()) {
    file = named.front();
    file.remove_suffix(extension_of(file).size());
  }
  // No inline code lies in a folder: what is deployed later does, and the project's own.
  const std::string_view wanted = handler.substr(0, dot);
  const std::string path =
      language->has_dotted_modules ? replace_all(wanted, ".", "/") : std::string(wanted);
  const bool may_come = wanted.find('/') != std::string_view::npos ||
                        is_of_the_project(files, function.language, path);
  if (dot != std::string_view::npos && wanted != file)
    function.problem = {.fault = HandlerFault::NoFile,
                        .wanted = std::string(wanted),
                        .known = {std::string(file)},
                        .uncertainty = may_come ? std::uint8_t{kUncertain} : std::uint8_t{0}};
  function.unit =
      unit_of(roots_of(stacks.functions[row].resource, function.language, cat("<inline>", row)));
  handlers[row] = {{"", row, *language->inline_dialect}, true};
}

void CodeReach::State::plan(std::uint32_t row) {
  const DeclaredFunction& declared = stacks.functions[row];
  FunctionCode& function = functions[row];
  const CodeLocation& code = declared.code;
  std::string runtime = some_text(pool, declared.runtime);
  std::string handler = some_text(pool, declared.handler);
  std::vector<std::string> image_roots;
  function.why = UnresolvedKind::CodeLocation;
  function.lack = ResolutionFailure::Code;
  if (code.kind == CodeKind::Inline) {
    plan_inline(row, runtime, handler);
    return;
  }
  std::string root = code.path;
  if (has_context(code)) {
    if (std::string command = property_text(declared.resource, "ImageConfig.Command.0");
        !command.empty())
      handler = std::move(command);
    ImageCode image = image_code(builds, code);
    if (handler.empty()) handler = std::move(image.handler);
    function.image_runtime = std::move(image.runtime);
    function.image_variables = std::move(image.variables);
    if (runtime.empty()) runtime = function.image_runtime;
    image_roots = roots_of_image(std::move(image), handler);
  } else if (code.kind == CodeKind::File) {
    root = std::string(folder_of(code.path));
  } else if (code.kind == CodeKind::Folder && !code.docker_file.empty()) {
    image_roots = image_code(builds, code).roots;
  } else if (code.kind != CodeKind::Folder && !is_made_by_a_build(code, runtime) &&
             !holds_sources(files, code, runtime)) {
    const bool is_image = code.kind == CodeKind::Image;
    function.reason = !code.reason.empty() ? code.reason
                      : is_image           ? "the code is in an image"
                                           : "the code is in an archive";
    return;
  }
  // What such a runtime starts is called so, whatever the handler says.
  if (handler.empty() && code.kind != CodeKind::Image && runtime.starts_with("provided"))
    handler = "bootstrap";
  if (handler.empty()) {
    function.why = UnresolvedKind::Handler;
    function.reason = code.kind == CodeKind::Image ? "the image's Dockerfile names no handler"
                                                   : "the handler cannot be determined";
    return;
  }
  const std::string_view name = pool[stacks[declared.resource].address];
  const Property* called = find_property(pool, stacks, declared.resource, "FunctionName");
  const std::string deployed = called != nullptr ? known_parts(pool, called->value) : std::string();
  const auto environment = [&](std::string_view variable) {
    return property_text(declared.resource, cat("Environment.Variables.", variable));
  };
  HandlerFile found = find_handler(
      files, languages, {code, root, handler, runtime, name, deployed, environment}, readable);
  // Where the image's files come from, until one of these places has the handler's.
  for (const std::string& other : image_roots) {
    if (!found.path.empty() && !found.guess) break;
    HandlerFile there = find_handler(
        files, languages, {code, other, handler, runtime, name, deployed, environment}, readable);
    if (there.path.empty() || (!found.path.empty() && there.guess)) continue;
    found = std::move(there);
    root = other;
  }
  take_handler(row, found, found.root.value_or(root));
  note_bundle(row, handler);
  if (found.path.empty() && !declared.by_form && runtime.starts_with("provided"))
    function.problem = missing_program(files, code, handler);
}

// Where the handler's file is not where the bundle is, SAM takes the folders off its path
// (aws-sam-cli, EsbuildBundlerManager).
void CodeReach::State::note_bundle(std::uint32_t row, std::string_view handler) {
  const DeclaredFunction& declared = stacks.functions[row];
  const CodeLocation& code = declared.code;
  const bool is_sam = pool[stacks[declared.resource].native_type] == "AWS::Serverless::Function";
  if (!is_sam || declared.by_form || code.build_method != "esbuild" || code.entry_points.empty() ||
      code.own_output_paths || !code.package.empty() ||
      functions[row].problem.fault != HandlerFault::None)
    return;
  std::vector<std::string> written = bundled_modules(code.entry_points);
  const std::string module = normal_path(split_handler(handler, HandlerDot::First).module);
  const auto is_written = [&](std::string_view path) {
    return std::ranges::find(written, path) != written.end();
  };
  if (is_written(module) || is_written(module.substr(module.rfind('/') + 1))) return;
  functions[row].problem = {.fault = HandlerFault::NoFile,
                            .wanted = module,
                            .known = std::move(written),
                            .uncertainty = kHeuristic};  // another build may put it there
}

void CodeReach::State::take_handler(std::uint32_t row, const HandlerFile& found,
                                    const std::string& root) {
  const DeclaredFunction& declared = stacks.functions[row];
  FunctionCode& function = functions[row];
  function.language = found.language;
  function.symbol = found.symbol;
  function.form = found.form;
  function.guesses = guesses_of(declared.code, found.guess);
  const std::vector<std::string> folders = layer_folders(declared.resource, found.language);
  function.package = package_of_function(builds, declared.code, root, found.language, folders);
  function.package.foreign_layer = with_foreign_layers.contains(declared.resource);
  function.package.default_place =
      pool[stacks[declared.resource].native_type] == "AWS::Serverless::Function" &&
      find_property(pool, stacks, declared.resource, "Code") == nullptr;
  const BuildRule* tool = find_build_rule(declared.code.build_method);
  function.by_framework = found.by_framework || (tool != nullptr && tool->calls);
  function.by_interface = found.by_interface;
  const std::optional<WantedSource> source = source_at(found.path);
  if (!source || found.path.empty()) {
    // What a build is still to make may have it.
    const bool absent = declared.code.kind == CodeKind::Unknown;
    const bool archived = declared.code.kind == CodeKind::Remote ||
                          (declared.code.kind == CodeKind::Zip &&
                           (found.language == Language::Unknown ||
                            !language_row(found.language).is_deployed_as_written));
    const bool may_be_made = absent && !found.absent;
    if (found.language != Language::Unknown && !may_be_made && !archived) {
      function.why = UnresolvedKind::Handler;
      function.lack = found.lack;
      function.looked_for = found.looked_for;
      function.looked_in = root;
      if (!some_text(pool, declared.runtime).empty())
        function.problem =
            missing_handler(files, declared.code, root, found, function.package, folders);
    }
    function.reason = may_be_made ? declared.code.reason
                      : archived  ? (declared.code.reason.empty() ? "the code is in an archive"
                                                                  : declared.code.reason)
                                  : found.reason;
    return;
  }
  if (!readable.test(static_cast<std::size_t>(source->dialect))) {
    function.reason = cat("code in '", extension_of(found.path), "' files is not read");
    return;
  }
  if (declared.code.kind == CodeKind::Zip && found.language == Language::JavaScript &&
      is_bundled(found.path)) {
    function.reason = "the code in the archive was bundled";
    return;
  }
  function.package.rewritten = function.package.rewritten || are_doubted(function.guesses) ||
                               !is_named_so(found, root, some_text(pool, declared.handler));
  if (const auto target = language_row(found.language).target; target != nullptr)
    function.target = target(builds, root, found.path);
  UnitRoots roots = roots_of(declared.resource, found.language, root);
  // A package that a build makes may get modules from elsewhere, as a layer does.
  if (declared.code.guess || declared.code.kind == CodeKind::Unknown)
    roots.guessed_from = std::min(roots.guessed_from, roots.layers.size());
  function.unit = unit_of(std::move(roots));
  handlers[row] = {*source, true};
}

bool CodeReach::State::is_bundled(const std::string& path) {
  const auto [row, added] = bundles.try_emplace(path, false);
  if (!added) return row->second;
  const Result<std::string> text = files.read(path, kTemplateBytes);
  return row->second = text && is_bundle(text.value());
}

std::string CodeReach::State::property_text(ResourceId function, std::string_view path) const {
  const Slice<Property> properties = stacks[function].properties;
  for (std::uint32_t i = 0; i < properties.count; ++i) {
    const Property& property = stacks.properties[properties.first + i];
    if (pool[property.path] == path) return some_text(pool, property.value);
  }
  return {};
}

void CodeReach::State::begin() {
  begun = true;
  std::map<ResourceId, const CodeLocation*> contents;
  for (const DeclaredLayer& layer : stacks.layers)
    if (layer.code.kind == CodeKind::Folder ||
        (layer.code.kind == CodeKind::Zip && !files.list(layer.code.path).empty()))
      all_layers.push_back(contents[layer.resource] = &layer.code);
  for (const Relation& relation : stacks.relations)
    if (relation.kind == RelationKind::Attaches && contents.contains(relation.to))
      layers[relation.from].push_back(contents[relation.to]);
    else if (relation.kind == RelationKind::Attaches)
      with_foreign_layers.insert(relation.from);
  for (const DeclaredFunction& row : stacks.functions)
    if (row.code.kind == CodeKind::Folder && !row.code.path.empty())
      own_folders.push_back(row.code.path);
  functions.resize(stacks.functions.size());
  handlers.resize(stacks.functions.size());
  for (std::uint32_t i = 0; i < functions.size(); ++i) {
    plan(i);
    (handlers[i].wanted ? planned : latest).push_back(i);
  }
  std::ranges::stable_sort(planned, {}, [this](std::uint32_t row) { return functions[row].unit; });
}

void CodeReach::State::guess_unit(std::uint32_t unit, const GuessRow& row) {
  guessed_units.try_emplace(unit, guess_by(row)).first->second.doubted = true;
}

void CodeReach::State::add_guess_of_unit(FunctionCode& function) const {
  if (const auto guess = guessed_units.find(function.unit); guess != guessed_units.end())
    function.guesses.push_back(guess->second);
}

ImportPath CodeReach::State::resolve(std::uint32_t unit, std::string_view from,
                                     const CodeFacts& facts, const Import& row) {
  const ImportQuery query{units[unit], from, facts, row};
  if (query.module() == "<builtins>") return {{}, false, std::string(query.name()), {}};
  ImportPath found = languages[units[unit].language].resolve(query);
  const UnitRoots& roots = units[unit];
  if (found.aside) guess_unit(unit, guesses::module_aside());
  if (found.published) published.emplace(unit, found.file);
  for (std::size_t i = roots.guessed_from; i < roots.layers.size(); ++i)
    if (!found.file.empty() && lies_below(found.file, roots.layers[i]))
      guess_unit(unit, guesses::unknown_layer());
  const bool is_aside = roots.guessed_from == SIZE_MAX;  // a build may put it there, or it fails
  if (!found.file.empty()) return found;
  const std::optional<std::string> folder = made_modules.folder_of(query, own_folders);
  if (!folder) return found;
  UnitRoots with_layer = roots;
  with_layer.layers.push_back(*folder);
  ImportPath made = languages[roots.language].resolve({with_layer, from, facts, row});
  if (made.file.empty()) return found;
  if (is_aside)
    units_beside.insert(unit);
  else
    guess_unit(unit, guesses::made_layer());
  made.aside = is_aside;
  return made;
}

void CodeReach::State::link_module(std::uint32_t unit, const WantedSource& source,
                                   const Source& found) {
  const auto [row, added] =
      rows.try_emplace({unit, source}, static_cast<std::uint32_t>(modules.size()));
  if (!added) return;
  Module module{unit, source.path, found, {}};
  const std::string from =
      source.inline_function == UINT32_MAX ? source.path : join_path(units[unit].code, "index");
  for (const Import& import : found.facts->imports) {
    ImportPath target =
        (import.flags & kTypeOnly) != 0 ? ImportPath{} : resolve(unit, from, *found.facts, import);
    const auto want = [&](const std::string& file) {
      const std::optional<WantedSource> next = loaded_at(file);
      if (next && readable.test(static_cast<std::size_t>(next->dialect)))
        open.emplace_back(unit, *next);
    };
    if (!target.file.empty()) want(target.file);
    for (const std::string& file : target.besides) want(file);
    module.imports.push_back(std::move(target));
  }
  if (source.inline_function == UINT32_MAX)
    for (const std::string& file : languages[units[unit].language].companions(source.path))
      if (const std::optional<WantedSource> next = source_at(file);
          next && readable.test(static_cast<std::size_t>(next->dialect)))
        open.emplace_back(unit, *next);
  modules.push_back(std::move(module));
}

// It may not be what is deployed, or not in this version.
bool CodeReach::State::is_beside(const Module& module) const {
  return published.contains({module.unit, module.path}) ||
         (units_beside.contains(module.unit) && !units[module.unit].may_hold(module.path));
}

void CodeReach::State::link_ready() {
  std::vector<std::pair<std::uint32_t, WantedSource>> waiting;
  while (!open.empty()) {
    const auto [unit, source] = open.back();
    open.pop_back();
    const auto found = sources.find(source);
    if (found == sources.end())
      waiting.emplace_back(unit, source);
    else if (found->second.facts != nullptr)
      link_module(unit, source, found->second);
  }
  open = std::move(waiting);
}

CodeReach::CodeReach(const ValuePool& pool, const Stacks& stacks, BuildFacts& builds,
                     DialectSet readable)
    : state_(std::make_unique<State>(pool, stacks, builds, readable)) {}
CodeReach::~CodeReach() = default;

bool CodeReach::begin_units(std::size_t count) {
  State& state = *state_;
  const bool first = !state.begun;
  if (first) state.begin();
  if (!first && state.taken == state.planned.size()) return false;
  const std::size_t begin = state.taken;
  const auto unit = [&state](std::size_t at) { return state.functions[state.planned[at]].unit; };
  while (state.taken < state.planned.size() &&
         (state.taken - begin < count || unit(state.taken) == unit(state.taken - 1))) {
    const std::uint32_t row = state.planned[state.taken++];
    state.latest.push_back(row);
    state.open.emplace_back(state.functions[row].unit, state.handlers[row].source);
  }
  return true;
}

void CodeReach::begin_program(const std::string& path, const UnitRoots& roots) {
  const std::optional<WantedSource> source = source_at(path);
  if (source && state_->readable.test(static_cast<std::size_t>(source->dialect)))
    state_->open.emplace_back(state_->unit_of(roots), *source);
}

std::vector<WantedSource> CodeReach::wanted() {
  state_->link_ready();
  std::vector<WantedSource> wanted;
  for (const auto& [unit, source] : state_->open)
    if (state_->asked.insert(source).second) wanted.push_back(source);
  std::sort(wanted.begin(), wanted.end());
  return wanted;
}

std::vector<WantedSource> CodeReach::next_handlers(std::size_t functions) const {
  const State& state = *state_;
  const std::size_t end = std::min(state.planned.size(), state.taken + functions);
  std::vector<WantedSource> next;
  for (std::size_t at = state.taken; at < end; ++at)
    next.push_back(state.handlers[state.planned[at]].source);
  std::sort(next.begin(), next.end());
  next.erase(std::unique(next.begin(), next.end()), next.end());
  return next;
}

void CodeReach::add(const WantedSource& source, FileId file, const CodeFacts* facts) {
  state_->sources[source] = {file, facts};
}

void CodeReach::finish_units(LinkedCode& code) {
  State& state = *state_;
  state.link_ready();
  // Ids in path order, whatever the order of arrival.
  std::vector<std::uint32_t> order(state.modules.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<std::pair<std::uint32_t, WantedSource>> keys(state.modules.size());
  for (const auto& [key, row] : state.rows) keys[row] = key;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  const auto first = static_cast<std::uint32_t>(code.program.modules.size());
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = first + i;

  code.program.units.resize(state.units.size());
  for (std::size_t i = 0; i < state.units.size(); ++i)
    code.program.units[i].language = state.units[i].language;
  for (const std::uint32_t old : order) {
    State::Module& module = state.modules[old];
    ProgramModule row{module.source.facts, module.unit, {}};
    for (std::size_t i = 0; i < module.imports.size(); ++i) {
      const ImportPath& path = module.imports[i];
      ImportTarget target{{}, path.whole, path.library, path.symbol, path.aside, path.generated};
      if (const auto source = loaded_at(path.file); source && !path.file.empty()) {
        const auto found = state.rows.find({module.unit, *source});
        if (found != state.rows.end()) target.module = ModuleId{place[found->second]};
      }
      const Import& import = module.source.facts->imports[i];
      if (!target.module.exists() && target.path.empty() &&
          (import.flags & (kTypeOnly | kImplicit)) == 0)
        code.unresolved.push_back(
            {.kind = UnresolvedKind::Import,
             .reason = words_of_import(state.files, keys[old].second.path,
                                       module.source.facts->string(import.module)),
             .function = {},
             .where = {module.source.file, import.where}});
      row.imports.push_back(std::move(target));
    }
    const std::optional<Range> computed = computed_import(*module.source.facts);
    if (computed && keys[old].second.path.find("node_modules/") == std::string::npos)
      code.unresolved.push_back({.kind = UnresolvedKind::Import,
                                 .reason = "which module is loaded here is known only at run time",
                                 .function = {},
                                 .where = {module.source.file, *computed}});
    ProgramUnit& unit = code.program.units[module.unit];
    const auto place_of_row = static_cast<std::uint32_t>(code.program.modules.size());
    if (unit.first == unit.end) unit.first = place_of_row;
    unit.end = place_of_row + 1;
    unit.modules.emplace(module.path, ModuleId{place_of_row});
    code.modules.push_back(
        {module.source.file, module.source.facts, module.unit, state.is_beside(module)});
    code.sources.push_back(keys[old].second);
    code.program.modules.push_back(std::move(row));
  }
  code.functions.resize(state.functions.size());
  for (const std::uint32_t i : state.latest) {
    FunctionCode& function = code.functions[i] = state.functions[i];
    state.add_guess_of_unit(function);
    if (!state.handlers[i].wanted) continue;
    function.looked_in = state.handlers[i].source.path;
    const auto found = state.rows.find({function.unit, state.handlers[i].source});
    function.found = found != state.rows.end();
    if (function.found)
      function.module = ModuleId{place[found->second]};
    else
      function.reason = cat("'", state.handlers[i].source.path, "' could not be read");
  }
  code.latest = std::exchange(state.latest, {});
  state.sources.clear();
  state.asked.clear();
  state.open.clear();
  state.rows.clear();
  state.modules.clear();
}

}  // namespace fnlint
