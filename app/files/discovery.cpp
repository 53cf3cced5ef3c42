// Walks the folders under the ignore files, and looks into whatever could be a template by its name
// or content.

#include "app/files/discovery.h"

#include "app/files/cloud_assemblies.h"
#include "app/files/paths.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/templates/dialects.h"
#include "frontends/templates/terraform.h"
#include "link/resolve/languages.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint {

namespace {

// Files of this size are looked into before they are read whole.
constexpr std::size_t kLargeFile = 256U << 10U;
constexpr std::size_t kLook = 4096;

// Whether a file's content alone can make it a template.
bool goes_by_content(std::string_view name) {
  return !is_one_of(known::never_template_endings(), std::string_view(lower(extension_of(name)))) &&
         !is_one_of(known::never_template_names(), name);
}

bool may_be_template(std::string_view name) {
  return is_template_name(name) || goes_by_content(name);
}

bool is_template(std::string_view path, std::string_view text) {
  switch (recognise(path, text)) {
    case TemplateDialect::Unknown: return false;
    case TemplateDialect::CloudFormation:
    case TemplateDialect::Sam:
    case TemplateDialect::LambdaApi: return goes_by_content(file_name_of(path));
    default: return true;
  }
}

// A deploying tool's own file: its folder is a project.
bool is_tool_file(std::string_view name) {
  return name.starts_with("samconfig.") || name.starts_with("serverless.") || name == "cdk.json" ||
         name.starts_with("zappa_settings.") || name == "app.arc" || name.ends_with(".tf");
}

bool is_docker_file(std::string_view name) {
  return name == "Dockerfile" || name.starts_with("Dockerfile.") || name.ends_with(".Dockerfile");
}

// Names that nothing but templates have; others are templates by their content alone.
bool is_named_for_templates(std::string_view name) {
  return name == "template.yaml" || name == "template.yml" || name == "template.json" ||
         (is_tool_file(name) && !name.starts_with("samconfig."));
}

constexpr std::array<std::string_view, 4> kTemplateEndings{".yaml", ".yml", ".json", ".template"};

// What the CDK's integ-runner keeps beside its tests, to compare with: "integ.app.ts.snapshot".
bool is_kept_by_a_test(const FileSystem& files, std::string_view folder) {
  return folder.ends_with(".snapshot") &&
         files.kind(join_path(folder, "manifest.json")) == EntryKind::File;
}

// What tools leave in hidden folders beside their own files.
constexpr std::array<std::string_view, 2> kHiddenOutputs{
    ".chalice/config.json", ".serverless/cloudformation-template-update-stack.json"};

// Where the app of a cdk.json leaves what it synthesises.
std::string output_of_app(const FileSystem& files, std::string_view folder) {
  const Result<std::string> text = files.read(join_path(folder, "cdk.json"), kSourceBytes);
  if (!text) return "cdk.out";
  const auto settings = parse_json(text.value());
  if (!settings.is_object()) return "cdk.out";
  const auto output = settings.find("output");
  return output != settings.end() && output->is_string() ? output->get<std::string>() : "cdk.out";
}

bool looks_synthesised(const std::vector<Entry>& entries) {
  return std::ranges::any_of(entries, [](const Entry& entry) {
    return entry.name == "cdk.out" || entry.name.ends_with(".template.json") ||
           entry.name.starts_with("assembly-");
  });
}

// Folders nested deeper are not searched.
constexpr auto kDeepest = static_cast<std::ptrdiff_t>(kNestingDepth);

struct Candidate {
  std::string path = {};
  std::uint64_t bytes = 0;
};

// What became of one candidate.
struct Look {
  bool is_template = false;  // by its name, where it could not be read
  std::string text = {};
  std::string reason = {};  // why it could not be read, though it may be one
};

bool is_text(std::string_view start) { return start.find('\0') == std::string_view::npos; }

Look look_into(const FileSystem& files, const Candidate& candidate) {
  if (candidate.bytes > kLargeFile) {
    const Result<std::string> start = files.read_start(candidate.path, kLook);
    if (!start || !is_text(start.value())) return {};
  }
  std::size_t most = kTemplateBytes;
  if (candidate.bytes > kTemplateBytes) {
    const Result<std::string> start = files.read_start(candidate.path, kLargeFile);
    if (!start || !is_template(candidate.path, start.value())) return {};
    if (recognise(candidate.path, start.value()) == TemplateDialect::TerraformPlan)
      most = kPlanBytes;
  }
  Result<std::string> text = files.read(candidate.path, most);
  if (!text)
    return {.is_template = candidate.bytes > kTemplateBytes ||
                           is_named_for_templates(file_name_of(candidate.path)),
            .reason = text.error()};
  if (!is_template(candidate.path, text.value())) return {};
  return {true, std::move(text.value()), {}};
}

enum class SoughtFiles : std::uint8_t { Templates, Sources };

class Search {
 public:
  Search(const FileSystem& files, const SearchRequest& request, SoughtFiles sought)
      : files_(files), request_(request), sought_(sought) {}
  std::set<std::string> all();
  void folder(const std::string& start);
  void file(const std::string& path);
  void look(SearchResult& result);
  std::vector<std::string> paths() const;

 private:
  void entries_of(const std::string& here);
  void entry(const std::string& here, const Entry& entry);
  bool assembly(const std::string& folder);
  void add_outputs(const std::string& folder, bool of_app);
  bool may_be_sought(std::string_view name) const {
    return sought_ == SoughtFiles::Templates ? may_be_template(name) : dialect_of(name).has_value();
  }
  bool excluded(std::string_view path, bool is_folder) const {
    return request_.excluded && request_.excluded(path, is_folder);
  }

  const FileSystem& files_;
  const SearchRequest& request_;
  const SoughtFiles sought_;
  IgnoredPaths ignored_{files_, kGitIgnore};
  std::vector<std::string> open_ = {};
  std::set<std::string> searched_ = {};
  std::map<std::string, std::uint64_t> candidates_ = {};
  std::set<std::string> assemblies_ = {};
  SearchResult found_ = {};  // besides the candidates
};

// The folders that are meant, and with them the projects of the files that are named.
std::set<std::string> Search::all() {
  std::set<std::string> folders(request_.folders.begin(), request_.folders.end());
  std::map<std::string_view, std::string> projects;  // by the folder of a file
  for (const std::string& file : request_.files) {
    const auto [known, is_new] = projects.try_emplace(folder_of(file));
    if (is_new) known->second = project_folder(files_, file);
    folders.insert(known->second);
  }
  for (const std::string& each : folders) folder(each);
  for (const std::string& each : request_.files) file(each);
  return folders;
}

std::vector<std::string> Search::paths() const {
  std::vector<std::string> all;
  for (const auto& [path, bytes] : candidates_)
    if (may_be_sought(file_name_of(path))) all.push_back(path);
  return all;
}

void Search::folder(const std::string& start) {
  if (excluded(start, true)) return;
  open_.push_back(start);
  while (!open_.empty()) {
    const std::string here = std::move(open_.back());
    open_.pop_back();
    if (searched_.insert(here).second) entries_of(here);
  }
}

void Search::entries_of(const std::string& here) {
  const std::vector<Entry> entries = files_.list(here);
  if (entries.empty() && request_.why_unlisted)
    if (const std::string why = request_.why_unlisted(here); !why.empty())
      found_.unsearched.push_back({here, cat("the folder cannot be searched: ", why)});
  const auto holds = [&entries](std::string_view name) {
    return std::ranges::binary_search(entries, name, {}, &Entry::name);
  };
  if (holds("manifest.json") && looks_synthesised(entries) && assembly(here)) return;
  add_outputs(here, holds("cdk.json"));
  // In a virtual environment, what it was made with; a project may lie beside it.
  const bool is_environment = holds("pyvenv.cfg");
  // "template.yaml.full" beside "template.yaml": a copy, or what the other is made of.
  const auto is_beside = [&](std::string_view name) {
    const std::string_view stem = name.substr(0, name.size() - extension_of(name).size());
    return !is_one_of(kTemplateEndings, extension_of(name)) &&
           is_one_of(kTemplateEndings, extension_of(stem)) && holds(stem);
  };
  for (const Entry& each : entries)
    if (!is_beside(each.name) &&
        (!is_environment || !is_one_of(known::environment_folders(), each.name)))
      entry(here, each);
}

constexpr std::string_view kTemplateEnd = ".template.json";

// Takes what a manifest of CDK's names; false: there is none.
bool Search::assembly(const std::string& folder) {
  const std::vector<AssemblyFolder> found = read_assemblies(files_, folder);
  for (const AssemblyFolder& each : found)
    for (const CloudAssembly::Stack& stack : each.content.stacks) {
      const std::string path = join_path(each.path, stack.template_file);
      file(path);
      if (!path.ends_with(kTemplateEnd)) continue;
      const std::string assets =
          cat(path.substr(0, path.size() - kTemplateEnd.size()), ".assets.json");
      if (const Result<std::string> text = files_.read(assets, kTemplateBytes))
        for (const std::string& nested : read_nested_templates(text.value()))
          file(join_path(each.path, nested));
    }
  if (!found.empty()) assemblies_.insert(folder);
  return !found.empty();
}

void Search::add_outputs(const std::string& folder, bool of_app) {
  if (of_app) {
    const std::string path = join_path(folder, output_of_app(files_, folder));
    if (files_.kind(path) == EntryKind::Folder && !excluded(path, true)) {
      ignored_.forget_above(path);
      open_.push_back(path);
    }
  }
  for (const std::string_view output : kHiddenOutputs)
    if (const std::string path = join_path(folder, output); files_.kind(path) == EntryKind::File)
      file(path);
}

void Search::entry(const std::string& here, const Entry& entry) {
  const bool is_folder = entry.kind == EntryKind::Folder;
  if (is_folder ? !is_searched_folder(entry.name) : !may_be_sought(entry.name)) return;
  std::string path = join_path(here, entry.name);
  if (request_.reads_ignore_files && ignored_.ignores(path, is_folder)) return;
  if (entry.link) {  // goes by its target's name, and never leads back up
    std::string target = files_.resolved(path);
    if (target.empty() || is_below(here, target)) return;
    for (const std::string_view name : split(target, '/'))
      if (!is_searched_folder(name)) return;
    // A configuration is all files of its folder: what several share by links is a part of each.
    if (is_folder || !is_terraform_name(entry.name)) path = std::move(target);
  }
  if (excluded(path, is_folder)) return;
  if (is_folder && std::ranges::count(path, '/') >= kDeepest) {
    constexpr std::string_view kTooDeep = "nested more than 200 folders deep: not searched";
    static_assert(kNestingDepth == 200);
    found_.unsearched.push_back({path, std::string(kTooDeep)});
    return;
  }
  if (is_folder) {
    if (!is_kept_by_a_test(files_, path)) open_.push_back(std::move(path));
  } else {
    if (is_docker_file(entry.name)) found_.docker_files.push_back(path);
    if (!words_of_other_tool(entry.name).empty()) found_.other_tools.push_back(path);
    candidates_.emplace(std::move(path), entry.bytes);
  }
}

void Search::file(const std::string& path) {
  if (excluded(path, false)) return;
  // A configuration is all files of its folder.
  const bool whole = is_terraform_name(path);
  for (const Entry& entry : files_.list(folder_of(path)))
    if (entry.name == file_name_of(path) ||
        (whole && entry.kind == EntryKind::File && is_terraform_name(entry.name)))
      candidates_.emplace(join_path(folder_of(path), entry.name), entry.bytes);
}

void Search::look(SearchResult& result) {
  result = std::move(found_);
  std::ranges::sort(result.unsearched, {}, &Unread::path);
  std::ranges::sort(result.docker_files);
  std::ranges::sort(result.other_tools);
  std::vector<Candidate> candidates;
  for (const auto& [path, bytes] : candidates_) candidates.push_back({path, bytes});
  std::vector<Look> looks(candidates.size());
  in_parallel(request_.workers, candidates.size(),
              [&](std::size_t i) { looks[i] = look_into(files_, candidates[i]); });
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (!looks[i].reason.empty()) {
      result.unread.push_back(
          {candidates[i].path, std::move(looks[i].reason), looks[i].is_template});
    } else if (looks[i].is_template) {
      result.templates.push_back({candidates[i].path, std::move(looks[i].text)});
    }
  }
  result.assemblies.assign(assemblies_.begin(), assemblies_.end());
  result.looked_at = candidates.size();
}

bool holds_project(const FileSystem& files, std::string_view folder) {
  const std::vector<Entry> entries = files.list(folder);
  for (const Entry& entry : entries)
    if (entry.kind == EntryKind::File && is_tool_file(entry.name)) return true;
  for (const Entry& entry : entries)
    if (entry.kind == EntryKind::File && may_be_template(entry.name) &&
        look_into(files, {join_path(folder, entry.name), entry.bytes}).is_template)
      return true;
  return false;
}

}  // namespace

bool is_searched_folder(std::string_view name) {
  return !name.starts_with('.') && name != "node_modules" && name != "__pycache__" &&
         name != "__snapshots__";  // of tests
}

std::optional<std::string> project_above(const FileSystem& files, std::string_view folder) {
  for (;; folder = folder_of(folder)) {
    if (holds_project(files, folder)) return std::string(folder);
    if (folder.empty()) return std::nullopt;
  }
}

std::string project_folder(const FileSystem& files, std::string_view file) {
  return project_above(files, folder_of(file)).value_or(std::string(folder_of(file)));
}

std::string_view words_of_other_tool(std::string_view name) {
  const auto* const row = known::row_of(known::unread_tools(), name);
  return row == nullptr ? std::string_view() : (*row)[1];
}

SearchResult find_templates(const FileSystem& files, const SearchRequest& request) {
  SearchResult result;
  Search search(files, request, SoughtFiles::Templates);
  const std::set<std::string> folders = search.all();
  search.look(result);
  result.folders.assign(folders.begin(), folders.end());
  return result;
}

std::vector<std::string> find_sources(const FileSystem& files, const SearchRequest& request) {
  Search search(files, request, SoughtFiles::Sources);
  search.all();
  return search.paths();
}

}  // namespace fnlint
