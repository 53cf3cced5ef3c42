// Finds and reads configuration files folder by folder, resolves `extend`, loads the project's own
// rules, and reports keys without effect.

#include "app/configuration/configurations.h"

#include "app/configuration/configuration_keys.h"
#include "app/configuration/configuration_reading.h"
#include "app/files/discovery.h"
#include "app/files/disk_file_system.h"
#include "app/files/paths.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "tables/tables.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kLongestChain = 32;  // of files that extend one another

// Whether the folder has an entry of that name, wherever that leads.
bool has_entry(const std::string& folder, std::string_view name) {
  std::error_code none;
  const auto type = std::filesystem::symlink_status(join_path(folder, name), none).type();
  return type != std::filesystem::file_type::not_found && type != std::filesystem::file_type::none;
}

// The folder's own configuration; empty: it has none. Two of them are one too many.
Result<std::string> own_configuration(const std::string& folder) {
  std::string path;
  for (const std::string_view name : kConfigurationFiles) {
    if (!has_entry(folder, name)) continue;
    if (!path.empty())
      return Error{cat(path, ": there is ", name, " as well: keep only one of them")};
    path = join_path(folder, name);
  }
  return path;
}

std::vector<ReportedRule> rules_of(const Selectors& selectors, const RuleRegistry& registry) {
  std::vector<ReportedRule> selected;
  for (const Rule& rule : registry.rules()) {
    if (!is_selected(rule, selectors) && !are_notes_selected(rule, selectors)) continue;
    ReportedRule row{&rule, rule.severity};
    for (const Levels* const levels : {&selectors.levels, &selectors.levels_here})
      if (const GivenLevel given = given_level(*levels, rule); given.level) {
        row.severity = *given.level;
        row.configured = true;
      }
    selected.push_back(row);
  }
  return selected;
}

// What is wrong with the first selector that names nothing; empty: nothing is.
std::string mistake_in(const CommandLine& line, const RuleRegistry& registry) {
  std::vector<std::string> selectors;
  for (const auto* list : {&line.select, &line.ignore, &line.extend_select})
    selectors.insert(selectors.end(), list->begin(), list->end());
  for (const auto& [selector, level] : line.severity) selectors.push_back(selector);
  for (const auto& [glob, listed] : line.per_path_ignores)
    selectors.insert(selectors.end(), listed.begin(), listed.end());
  for (const std::string& selector : selectors)
    if (std::string error = selector_error(selector, registry.rules()); !error.empty())
      return error;
  return {};
}

Range range_at(std::string_view text, const SaidAt& origin) {
  std::size_t at = 0;
  for (std::size_t line = 1; line < origin.line && at < text.size(); ++line)
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  const std::size_t begin = std::min(at + origin.column - 1, text.size());
  const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

const ReportedRule* InEffect::rule(std::string_view id) const {
  const auto found = std::ranges::lower_bound(
      rules, id, {}, [](const ReportedRule& row) { return std::string_view(row.rule->id); });
  return found != rules.end() && found->rule->id == id ? &*found : nullptr;
}

Settings InEffect::settings(Day today) const {
  Settings settings = content.settings;
  settings.today = today;
  return settings;
}

Configurations::Configurations(const Target& target, const CommandLine& line,
                               const std::string& working_directory)
    : line_(line), root_(target.root), working_directory_(working_directory) {
  top_ = top_of(root_);
  // `init` is still to write it.
  const bool has_none = line.isolated || line.command == Command::Init;
  is_alone_ = has_none || !line.config.empty();
  std::string path;
  if (!line.config.empty() && !has_none) {
    path = join_path(working_directory, line.config);
    if (const std::string folder = real_path(std::string(folder_of(path))); !folder.empty())
      path = join_path(folder, file_name_of(path));
    if (!is_below(path, top_)) top_ = folder_of(path);
  } else if (!has_none) {
    Result<std::string> own = own_configuration(root_);
    if (!own) error_ = own.error();
    if (own) path = std::move(own.value());
  }
  load_rules(line.isolated ? std::string() : path, line.isolated);
  add("", path, root_);
  if (error_.empty()) error_ = mistake_in(line, *registry_);
}

// A file or folder beside the configuration; else an npm package, or what lies in one, where Node
// finds it.
std::string Configurations::rules_path(const FileSystem& disk, const std::string& folder,
                                       const std::string& name) const {
  std::string own = relative_path(join_path(folder, name), root_);
  if (disk.kind(own) != EntryKind::Missing || name.starts_with('.')) return own;
  for (std::string_view at = folder; is_below(at, top_); at = folder_of(at)) {
    std::string in_package =
        relative_path(join_path(std::string(at), cat("node_modules/", name)), root_);
    if (disk.kind(in_package) != EntryKind::Missing) return in_package;
    if (at.empty() || at == top_) break;
  }
  return own;
}

// What the configuration may name, its own rules included, is read before it is.
void Configurations::load_rules(const std::string& path, bool none) {
  registry_ = std::make_shared<const RuleRegistry>();
  if (none) return;
  const DiskFileSystem disk(root_, {top_});
  std::vector<std::string> named;
  if (!path.empty()) {
    const std::string folder(folder_of(path));
    const Result<std::string> text =
        DiskFileSystem(folder.empty() ? "/" : folder).read(file_name_of(path), kTemplateBytes);
    const Document document = read_yaml(text ? text.value() : std::string());
    const NodeId list =
        document.roots.empty() ? NodeId{} : document.find(document.roots.front(), "rules");
    if (list.exists() && document[list].kind == NodeKind::List)
      for (const NodeId one : document.items_of(document[list]))
        named.push_back(rules_path(disk, folder, document[one].text));
    else if (list.exists() && document[list].kind == NodeKind::Text)
      named.push_back(rules_path(disk, folder, document[list].text));
  }
  Result<std::shared_ptr<const RuleRegistry>> loaded = RuleRegistry::load(disk, named);
  if (loaded) registry_ = loaded.value();
  if (!loaded && error_.empty()) error_ = loaded.error();
}

std::string Configurations::shown(const std::string& path) const {
  return relative_path(path, working_directory_);
}

void Configurations::add(const std::string& folder, const std::string& path,
                         const std::string& base) {
  InEffect row{.folder = folder, .path = path};
  std::vector<std::string> open;
  if (!path.empty() && error_.empty()) {
    Result<Configuration> read = this->read(path, base, open, row.text);
    if (!read) error_ = read.error();
    if (read) row.content = std::move(read.value());
  }
  row.selectors = {row.content.select,  row.content.ignore,   line_.select,  line_.ignore,
                   line_.extend_select, row.content.severity, line_.severity};
  row.least = line_.confidence.value_or(row.content.confidence.value_or(Confidence::Likely));
  row.rules = rules_of(row.selectors, *registry_);
  all_.push_back(std::move(row));
}

// What is there and does not count would be worse than an error: its user relies on it.
Result<Configuration> Configurations::read(const std::string& path, const std::string& base,
                                           std::vector<std::string>& open,
                                           std::string& text) const {
  if (std::ranges::find(open, path) != open.end())
    return Error{cat(shown(path), ", which extends what extends it")};
  if (open.size() == kLongestChain)
    return Error{cat(shown(path), ": more than ", kLongestChain, " files extend one another")};
  const std::string folder(folder_of(path)), name(file_name_of(path));
  // What extends others may lead to any folder below the top, a link within its own alone.
  const DiskFileSystem disk{folder.empty() ? "/" : folder};
  if (disk.kind(name) == EntryKind::Missing && has_entry(folder, name))
    return Error{cat(shown(path),
                     " cannot be read: it is not a file, or it is a link that leads out of its "
                     "folder or nowhere")};
  Result<std::string> read = disk.read(name, kTemplateBytes);
  if (!read) return Error{cat(shown(path), ' ', read.error())};
  text = as_utf8(std::move(read.value()));
  open.push_back(path);
  Result<Configuration> content =
      read_configuration(text, registry_->rules(),
                         {.file = path, .base = base, .extended = [&](const std::string& named) {
                            return extended(path, named, open);
                          }});
  open.pop_back();
  if (!content) return Error{cat(shown(path), ':', content.error())};
  return content;
}

Result<Configuration> Configurations::extended(const std::string& from, const std::string& named,
                                               std::vector<std::string>& open) const {
  const std::string path = join_path(folder_of(from), named);
  const std::string folder = real_path(std::string(folder_of(path)));
  if (!is_below(path, top_) || (!folder.empty() && !is_below(folder, top_)))
    return Error{cat(named, ", which is not read: it lies outside of ",
                     shown(top_).empty() ? "the current folder" : shown(top_))};
  std::string text;
  return read(path, std::string(folder_of(path)), open, text);
}

Configurations::Found Configurations::find(std::string_view folder) {
  if (folder.empty() || is_alone_) return {&all_.front(), is_alone_};
  if (const auto known = by_folder_.find(folder); known != by_folder_.end()) return known->second;
  Found found = find(folder_of(folder));
  if (!is_searched_folder(file_name_of(folder))) found.is_closed = true;
  if (!found.is_closed && error_.empty()) {
    const std::string absolute = join_path(root_, folder);
    const Result<std::string> own = own_configuration(absolute);
    if (!own) error_ = own.error();
    if (own && !own.value().empty()) {
      add(std::string(folder), own.value(), absolute);
      all_.back().above = found.nearest;
      found.nearest = &all_.back();
    }
  }
  by_folder_.emplace(folder, found);
  return found;
}

const InEffect& Configurations::of_folder(std::string_view folder) { return *find(folder).nearest; }

const InEffect& Configurations::of(std::string_view file) { return of_folder(folder_of(file)); }

std::vector<IdleKey> idle_parameters(const Configurations& configurations, const Target& target,
                                     const std::set<std::string, std::less<>>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  std::vector<IdleKey> idle;
  for (const InEffect& each : configurations.all()) {
    const bool is_read = std::ranges::any_of(target.folders, [&](const std::string& folder) {
      return folder.empty() || is_below(each.folder, folder);
    });
    const bool is_own = is_below(each.path, join_path(target.root, each.folder));
    if (!is_read || !is_own) continue;
    for (const auto& [name, value] : each.content.parameters) {
      const auto said = each.content.said.find(cat("parameters.", name));
      if (known.contains(name) || said == each.content.said.end() || said->second.file != each.path)
        continue;
      const std::string_view close = nearest(name, names);
      idle.push_back({join_path(each.folder, file_name_of(each.path)), each.text,
                      range_at(each.text, said->second),
                      cat("no template has a parameter '", name, '\'',
                          close.empty() ? std::string() : cat("; did you mean '", close, "'?"))});
    }
  }
  return idle;
}

std::vector<IdleKey> idle_keys(const Configurations& configurations) {
  std::vector<IdleKey> idle;
  for (const InEffect& each : configurations.all()) {
    if (each.above == nullptr) continue;
    for (const ConfigurationKey& key : configuration_keys()) {
      const auto said = each.content.said.find(key.name);
      if (!key.of_run || said == each.content.said.end() || said->second.file != each.path)
        continue;
      idle.push_back({join_path(each.folder, file_name_of(each.path)), each.text,
                      range_at(each.text, said->second),
                      cat('\'', key.name,
                          "' has no effect here: it is about a run as a whole, and "
                          "only the configuration of its root can say it")});
    }
  }
  return idle;
}

}  // namespace fnlint
