// Recognises each template's dialect, compiles it, and follows the files, modules and parameters
// that it names until there are no more.

#include "app/stages/template_stage.h"

#include "app/files/cloud_assemblies.h"
#include "app/files/crash_report.h"
#include "app/stages/code_stage.h"
#include "core/glob.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/documents/samconfig.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/templates/cloudformation.h"
#include "frontends/templates/dialects.h"
#include "frontends/templates/engine_text.h"
#include "frontends/templates/serverless.h"
#include "frontends/templates/template_builder.h"
#include "frontends/templates/terraform.h"
#include "link/resolve/program_files.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace fnlint {

namespace {

void add_problems(std::vector<LocatedProblem>& to, FileId file, const Problems& problems) {
  for (const Problem& problem : problems) to.push_back({{file, problem.where}, problem.message});
}

constexpr std::size_t kFittingFiles = 64;  // of one name with parts that are not known

// A file to compile, as a whole template or as a fragment of another.
struct TemplateJob {
  TemplateSource source = {};
  const std::string* text = nullptr;
  std::optional<TemplateFacts> facts = {};
  FileSuppressions suppressions = {};
};

// A service, or a file of it, that is a program.
CodeFacts lowered(const TemplateJob& job) {
  const std::string_view extension = extension_of(job.source.path);
  const bool typed = extension == ".ts" || extension == ".mts";
  return lower_javascript(*job.text,
                          typed ? JavaScriptDialect::TypeScript : JavaScriptDialect::JavaScript);
}

bool is_service_program(const TemplateJob& job) {
  if (!is_program(job.source.path)) return false;
  if (job.source.fragment) return job.source.variable;
  return recognise(job.source.path, *job.text) == TemplateDialect::ServerlessFramework;
}

// A file of text with places to fill in has no sections; the word keeps it apart from others.
constexpr std::string_view kTemplateText = "templatefile";
constexpr std::string_view kRegistry = "(registry)/";

void compile(TemplateJob& job) {
  note_reading(job.source.path);
  if (is_service_program(job)) {
    CodeFacts program = lowered(job);
    job.facts = read_serverless_program(program);
    job.facts->complete = job.facts->complete && !is_broken(program);
    job.suppressions = {std::move(program.suppressions), std::move(program.problems)};
    return;
  }
  if (job.source.stand_in) {
    job.facts = read_terraform(cat(job.source.path, ".tf"), *job.text);
    if (job.source.path.ends_with(kAnyFunctionModule)) job.facts->complete = false;
  } else if (job.source.fragment && job.source.section == kTemplateText) {
    job.facts = read_terraform_text(*job.text);
  } else if (!job.source.fragment) {
    job.facts = read_template(job.source.path, *job.text);
  } else if (job.source.variable) {
    job.facts = read_serverless_file(job.source.path, *job.text);
  } else if (job.source.has_section) {
    job.facts = read_fragment(*job.text, job.source.section);
  } else {
    job.facts = read_fragment(*job.text);
  }
  const LineSyntax syntax = line_syntax_of(job.source.path);
  job.suppressions = syntax == LineSyntax::None
                         ? template_suppressions(*job.text)
                         : line_suppressions(*job.text, syntax == LineSyntax::HashAndSlashes);
}

class Compiler {
 public:
  Compiler(BuildFacts& builds, SourceFiles& sources, const Workers& workers)
      : files_(builds.files()), sources_(sources), workers_(workers), programs_(builds) {}
  CompiledTemplates run(std::vector<FoundFile> found);

 private:
  using Key = std::tuple<std::string, bool, bool, std::string, bool, std::string>;
  void want(const TemplateSource& by, const TemplateFacts& facts, const Wanted& wanted);
  void want_variable(const TemplateSource& by, std::string_view name, Span where);
  void add(TemplateSource source, Span where);
  void want_folder(const TemplateSource& by, std::string_view written);
  void want_registry(std::string_view address);
  void finish(TemplateJob& job);
  static Key key_of(const TemplateSource& source) {
    return {source.path,    source.fragment, source.has_section,
            source.section, source.variable, source.base};
  }

  const FileSystem& files_;
  SourceFiles& sources_;
  const Workers workers_;
  ProgramFiles programs_;
  CompiledTemplates result_ = {};
  std::vector<TemplateJob> jobs_ = {};
  std::set<Key> known_ = {};
  std::set<FileId> read_ = {};  // files whose suppressions are in the result
};

// Names below a folder that fit "a*b", segment by segment.
void fitting(const FileSystem& files, const std::string& folder,
             std::span<const std::string_view> segments, std::vector<std::string>& found) {
  if (found.size() >= kFittingFiles) return;
  if (segments.empty()) {
    found.push_back(folder);
  } else if (segments.front().find('*') == std::string_view::npos) {
    fitting(files, join_path(folder, segments.front()), segments.subspan(1), found);
  } else {
    for (const Entry& entry : files.list(folder))
      if (matches_name(segments.front(), entry.name) && !entry.name.starts_with('.'))
        fitting(files, join_path(folder, entry.name), segments.subspan(1), found);
  }
}

void Compiler::want_variable(const TemplateSource& by, std::string_view name, Span where) {
  const std::string base =
      by.variable ? by.base : std::string(folder_of(by.path));
  std::vector<std::string> found;
  constexpr std::string_view kImport = "import ";
  const auto segments = split(name, '/');
  if (name.starts_with(kImport)) {
    std::string file = programs_.find(by.path, name.substr(kImport.size()));
    if (!file.empty()) found.push_back(std::move(file));
  } else if (segments.size() <= kNestingDepth) {
    fitting(files_, base, segments, found);
  }
  for (std::string& path : found) {
    TemplateSource source{.path = std::move(path), .fragment = true};
    source.variable = true;
    source.base = base;
    add(std::move(source), where);
  }
}

// Every configuration file of a module's folder, wherever the search began.
void Compiler::want_folder(const TemplateSource& by, std::string_view written) {
  const std::string folder = normal_path(join_path(folder_of(by.path), written));
  if (folder.starts_with("..")) return want_registry(kAnyFunctionModule);
  bool is_there = false;
  for (const Entry& entry : files_.list(folder == "." ? "" : folder)) {
    if (entry.kind != EntryKind::File || !is_terraform_name(entry.name)) continue;
    if (is_terraform_values(entry.name)) continue;
    is_there = true;
    add({.path = join_path(folder, entry.name)}, {by.file, {}});
  }
  if (!is_there) want_registry(kAnyFunctionModule);
}

// A module that nobody fetches: what a table knows of it.
void Compiler::want_registry(std::string_view address) {
  const RegistryModule* module = find_registry_module(address);
  if (module == nullptr) module = find_registry_module(kAnyFunctionModule);
  if (module == nullptr) return;
  TemplateSource source{.path = cat(kRegistry, module->source), .stand_in = true};
  if (!known_.insert(key_of(source)).second) return;
  source.file = sources_.add(source.path, std::string(module->text));
  jobs_.push_back({.source = source, .text = &sources_.text(source.file)});
}

void Compiler::want(const TemplateSource& by, const TemplateFacts& facts, const Wanted& wanted) {
  const Span where{by.file, wanted.where};
  if (wanted.kind == WantedKind::Variable) {
    want_variable(by, facts.string(wanted.path), where);
    return;
  }
  if (wanted.kind == WantedKind::ModuleFolder) {
    want_folder(by, facts.string(wanted.path));
    return;
  }
  if (wanted.kind == WantedKind::RegistryModule) {
    want_registry(facts.string(wanted.path));
    return;
  }
  TemplateSource source{.path = join_path(folder_of(by.path), facts.string(wanted.path)),
                        .fragment = wanted.kind != WantedKind::NestedTemplate};
  source.has_section = wanted.kind == WantedKind::Include && wanted.section.exists();
  source.section = facts.string(wanted.section);
  if (wanted.kind == WantedKind::TemplateText) {
    source.has_section = true;
    source.section = kTemplateText;
  }
  add(std::move(source), where);
}

void Compiler::add(TemplateSource source, Span where) {
  if (!known_.insert(key_of(source)).second) return;
  const std::string real = files_.resolved(source.path);
  if (real.empty() || files_.kind(real) != EntryKind::File) return;
  source.file = sources_.find_read(real);
  if (!source.file.exists()) {
    Result<std::string> text = files_.read(real, kTemplateBytes);
    if (!text) {
      result_.problems.push_back({where, cat(source.path, ' ', text.error())});
      return;
    }
    source.file = sources_.add(real, std::move(text.value()));
  }
  jobs_.push_back({.source = source, .text = &sources_.text(source.file)});
}

void Compiler::finish(TemplateJob& job) {
  const TemplateFacts& facts = result_.facts.emplace_back(std::move(*job.facts));
  job.source.facts = &facts;
  result_.sources.push_back(job.source);
  add_problems(result_.problems, job.source.file, facts.problems);
  const bool is_document = !job.source.stand_in && (!job.source.fragment || job.source.variable) &&
                           !is_program(job.source.path);
  if (is_document && !facts.complete && !is_engine_input(facts.problems))
    result_.broken.insert(job.source.file);
  if (!read_.insert(job.source.file).second) return;
  add_problems(result_.problems, job.source.file, job.suppressions.problems);
  for (SuppressionComment& comment : job.suppressions.comments)
    result_.suppressions.push_back({job.source.file, std::move(comment)});
}

CompiledTemplates Compiler::run(std::vector<FoundFile> found) {
  for (FoundFile& file : found) {
    const FileId id = sources_.add(file.path, std::move(file.text));
    jobs_.push_back({.source = {.file = id, .path = file.path}, .text = &sources_.text(id)});
    known_.insert(key_of(jobs_.back().source));
  }
  while (!jobs_.empty()) {
    std::vector<TemplateJob> round = std::move(jobs_);
    jobs_.clear();
    in_parallel(workers_, round.size(), [&round](std::size_t i) { compile(round[i]); });
    for (TemplateJob& job : round) {
      finish(job);
      for (const Wanted& wanted : job.source.facts->wanted)
        want(job.source, *job.source.facts, wanted);
    }
  }
  return std::move(result_);
}

constexpr std::array<std::pair<std::string_view, SamConfigFormat>, 3> kSamConfigs{
    {{"samconfig.toml", SamConfigFormat::Toml},
     {"samconfig.yaml", SamConfigFormat::Yaml},
     {"samconfig.yml", SamConfigFormat::Yaml}}};

bool is_default_template(std::string_view name) {
  return name == "template.yaml" || name == "template.yml" || name == "template.json";
}

// The templates that a samconfig file speaks of: the one that it names, else the one of SAM's
// default name beside it, else all beside it.
std::vector<std::string> templates_of(const SamConfig& config, const std::string& folder,
                                      const std::vector<TemplateSource>& sources) {
  if (!config.template_path.empty()) return {join_path(folder, config.template_path)};
  std::vector<std::string> beside;
  for (const TemplateSource& source : sources) {
    if (source.fragment || folder_of(source.path) != folder) continue;
    if (is_default_template(file_name_of(source.path))) return {source.path};
    beside.push_back(source.path);
  }
  return beside;
}

// The folders that hold templates, and all above them.
std::set<std::string> folders_above(const std::vector<TemplateSource>& sources) {
  std::set<std::string> folders;
  for (const TemplateSource& source : sources) {
    std::string_view folder = folder_of(source.path);
    while (folders.emplace(folder).second && !folder.empty()) folder = folder_of(folder);
  }
  return folders;
}

}  // namespace

CompiledTemplates compile_templates(std::vector<FoundFile> found, BuildFacts& builds,
                                    SourceFiles& sources, const Workers& workers) {
  return Compiler(builds, sources, workers).run(std::move(found));
}

void read_constructs(CompiledTemplates& templates, const std::vector<std::string>& assemblies,
                     const FileSystem& files, SourceFiles& sources) {
  for (const std::string& folder : assemblies) {
    for (TemplateConstructs& row : constructs_of(read_assemblies(files, folder), files, sources)) {
      const auto source = std::ranges::find_if(templates.sources, [&](const TemplateSource& one) {
        return !one.fragment && one.path == row.path;
      });
      if (source == templates.sources.end()) continue;
      source->constructs = &templates.constructs.emplace_back(std::move(row.constructs));
    }
  }
}

namespace {

// A cookiecutter's own defaults, by the names that its templates use: of several choices the first.
std::map<std::string, std::string> cookiecutter_defaults(const FileSystem& files,
                                                         std::string_view folder) {
  std::map<std::string, std::string> found;
  for (;; folder = folder_of(folder)) {
    if (const auto text = files.read(join_path(folder, "cookiecutter.json"), kBuildFileBytes)) {
      const auto root = parse_json(text.value());
      if (!root.is_object()) return found;
      for (const auto& [name, value] : root.items()) {
        const auto& chosen = value.is_array() && !value.empty() ? value.front() : value;
        const bool is_plain =
            chosen.is_string() && !find_cookiecutter(chosen.template get_ref<const std::string&>());
        if (is_plain) found[cat("cookiecutter.", name)] = chosen.template get<std::string>();
      }
      return found;
    }
    if (folder.empty()) return found;
  }
}

}  // namespace

void read_cookiecutters(CompiledTemplates& templates, const FileSystem& files) {
  for (const TemplateSource& source : templates.sources) {
    const auto is_blank = [&](const Input& input) {
      return source.facts->string(input.name).starts_with("cookiecutter.");
    };
    if (std::ranges::none_of(source.facts->inputs, is_blank)) continue;
    const auto facts = std::ranges::find_if(
        templates.facts, [&](const TemplateFacts& row) { return &row == source.facts; });
    const auto defaults = cookiecutter_defaults(files, folder_of(source.path));
    TemplateBuilder builder;
    builder.facts = std::move(*facts);
    for (std::size_t i = 0; i < builder.facts.inputs.size(); ++i) {
      const auto found =
          defaults.find(std::string(builder.facts.string(builder.facts.inputs[i].name)));
      if (found == defaults.end()) continue;
      const Range where = builder.facts.inputs[i].where;
      builder.facts.inputs[i].fallback = builder.text(found->second, {where.begin, where.begin});
    }
    *facts = std::move(builder.facts);
  }
}

void read_samconfigs(CompiledTemplates& templates, const FileSystem& files, SourceFiles& sources,
                     const std::string& environment, bool named) {
  for (const std::string& folder : folders_above(templates.sources)) {
    for (const auto& [name, format] : kSamConfigs) {
      const std::string path = join_path(folder, name);
      if (files.kind(path) != EntryKind::File) continue;
      Result<std::string> text = files.read(path, kTemplateBytes);
      const FileId file =
          text ? sources.add(path, std::move(text.value())) : sources.place(path);
      if (!text) templates.problems.push_back({{file, {}}, text.error()});
      const SamConfig config = read_samconfig(sources.text(file), format, environment);
      add_problems(templates.problems, file, config.problems);
      if (named && !config.has_environment)
        templates.problems.push_back({{file, {}}, cat("has no environment '", environment, '\'')});
      for (const std::string& path_of : templates_of(config, folder, templates.sources))
        for (const ParameterOverride& row : config.overrides)
          templates.parameters.by_template[path_of][row.name] = row.value;
      break;  // SAM reads the first that is there
    }
  }
}

}  // namespace fnlint
