// Reads manifests of cdk.out, and maps the stack traces in them from the machine that ran the app
// to the project's sources.

#include "app/files/cloud_assemblies.h"

#include "core/limits.h"
#include "core/lines.h"
#include "core/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kAssemblies = 1000;
constexpr std::size_t kPlacedFiles = 2000;  // of one app's program

// Files of the machine that ran the program, as files of this project.
class Machine {
 public:
  Machine(const FileSystem& files, std::string folder)
      : files_(files), folder_(std::move(folder)) {}

  // Every file votes for the folders of that machine that may be a folder of this project.
  void vote(const std::string& file);
  void settle();
  // Empty where the project has none.
  [[nodiscard]] std::string local(const std::string& file) const;

 private:
  const FileSystem& files_;
  std::string folder_;  // the app's own, in this project
  std::set<std::string> seen_ = {};
  std::map<std::pair<std::string, std::string>, std::size_t> votes_ = {};  // (there, here)
  std::pair<std::string, std::string> settled_ = {};
};

// No code of the app: the runtime's own, and installed packages.
bool is_foreign(std::string_view file) {
  return file.find('/') == std::string_view::npos || file.starts_with("node:") ||
         file.find("/node_modules/") != std::string_view::npos;
}

void Machine::vote(const std::string& file) {
  if (is_foreign(file) || seen_.size() >= kPlacedFiles || !seen_.insert(file).second) return;
  // The longest end of its path that is there, from the app's folder or one above it.
  for (std::string here = folder_;; here = std::string(folder_of(here))) {
    for (std::size_t at = file.find('/'); at != std::string::npos; at = file.find('/', at + 1)) {
      if (files_.kind(join_path(here, file.substr(at + 1))) != EntryKind::File) continue;
      ++votes_[{file.substr(0, at + 1), here}];
      return;
    }
    if (here.empty()) return;
  }
}

void Machine::settle() {
  std::size_t most = 0;
  for (const auto& [folders, count] : votes_) {
    if (count <= most) continue;
    most = count;
    settled_ = folders;
  }
}

std::string Machine::local(const std::string& file) const {
  if (settled_.first.empty() || is_foreign(file) || !file.starts_with(settled_.first)) return {};
  const std::string path = join_path(settled_.second, file.substr(settled_.first.size()));
  if (files_.kind(path) != EntryKind::File) return {};
  // Lines of what a compiler wrote are not those of its source.
  if (path.ends_with(".js") &&
      files_.kind(cat(path.substr(0, path.size() - 3), ".ts")) == EntryKind::File)
    return {};
  return path;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || c == '.';
}

// The call or construction that begins there: "new lambda.Function".
std::optional<Range> range_at(std::string_view text, const Lines& lines, const TraceFrame& frame) {
  if (frame.line == 0 || frame.line > lines.count()) return std::nullopt;
  const std::string_view line = lines.line(frame.line);
  const std::size_t at = lines.offset({frame.line, frame.column}) - lines.start(frame.line);
  if (at >= line.size()) return std::nullopt;
  std::size_t end = at;
  if (line.substr(at).starts_with("new ")) end += 4;
  while (end < line.size() && is_word(line[end])) ++end;
  const auto begin = static_cast<std::uint32_t>(lines.start(frame.line) + at);
  const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(end - at, 1));
  if (begin + length > text.size()) return std::nullopt;
  return Range{begin, begin + length};
}

// The texts of the app's program, with their lines.
class CdkProgram {
 public:
  CdkProgram(const FileSystem& files, SourceFiles& sources) : files_(files), sources_(sources) {}

  std::optional<Span> place(const std::string& path, const TraceFrame& frame) {
    const auto [row, is_new] = lines_.try_emplace(path);
    if (is_new) read(path, row->second);
    const File& file = row->second;
    if (!file.lines) return std::nullopt;
    const auto range = range_at(sources_.text(file.id), *file.lines, frame);
    return range ? std::optional(Span{file.id, *range}) : std::nullopt;
  }

 private:
  struct File {
    FileId id = {};
    std::optional<Lines> lines = {};
  };
  void read(const std::string& path, File& file) {
    file.id = sources_.find_read(path);
    if (!file.id.exists()) {
      Result<std::string> text = files_.read(path, kSourceBytes);
      if (!text) return;
      file.id = sources_.add(path, std::move(text.value()));
    }
    file.lines.emplace(sources_.text(file.id));
  }

  const FileSystem& files_;
  SourceFiles& sources_;
  std::map<std::string, File> lines_ = {};
};

std::vector<ConstructNote> notes_of(const AssemblyFolder& assembly, const FileSystem& files) {
  std::vector<ConstructNote> notes = assembly.content.notes;
  for (const std::string& name : assembly.content.metadata_files) {
    const Result<std::string> text = files.read(join_path(assembly.path, name), kPlanBytes);
    if (!text) continue;
    for (ConstructNote& note : read_construct_notes(text.value())) notes.push_back(std::move(note));
  }
  return notes;
}

// Stacks by the paths of their constructs, those of the notes among them: nested ones.
std::map<std::string, std::string> templates_by_path(const AssemblyFolder& assembly,
                                                     const std::vector<ConstructNote>& notes) {
  std::map<std::string, std::string> templates;
  for (const CloudAssembly::Stack& stack : assembly.content.stacks)
    templates[stack.path] = join_path(assembly.path, stack.template_file);
  for (const ConstructNote& note : notes)
    if (!note.template_file.empty())
      templates[note.path] = join_path(assembly.path, note.template_file);
  return templates;
}

// The template of the innermost stack around a construct.
std::string template_of(const std::map<std::string, std::string>& templates, std::string path) {
  while (!path.empty()) {
    if (const auto found = templates.find(path); found != templates.end()) return found->second;
    path = folder_of(path);
  }
  return {};
}

}  // namespace

std::vector<AssemblyFolder> read_assemblies(const FileSystem& files, const std::string& folder) {
  std::vector<AssemblyFolder> found;
  std::set<std::string> seen;
  std::vector<std::string> open{folder};
  while (!open.empty() && found.size() < kAssemblies) {
    const std::string path = std::move(open.back());
    open.pop_back();
    if (!seen.insert(files.resolved(path)).second) continue;
    const Result<std::string> text = files.read(join_path(path, "manifest.json"), kPlanBytes);
    if (!text) continue;
    AssemblyFolder row{path, read_cloud_assembly(text.value())};
    if (!row.content.valid) continue;
    for (const std::string& inner : row.content.assemblies) open.push_back(join_path(path, inner));
    found.push_back(std::move(row));
  }
  std::ranges::sort(found, {}, &AssemblyFolder::path);
  return found;
}

std::vector<TemplateConstructs> constructs_of(const std::vector<AssemblyFolder>& assemblies,
                                              const FileSystem& files, SourceFiles& sources) {
  if (assemblies.empty()) return {};
  std::vector<std::vector<ConstructNote>> notes;
  Machine machine(files, std::string(folder_of(assemblies.front().path)));
  for (const AssemblyFolder& assembly : assemblies) {
    notes.push_back(notes_of(assembly, files));
    for (const ConstructNote& note : notes.back())
      for (const TraceFrame& frame : note.frames) machine.vote(frame.file);
  }
  machine.settle();
  CdkProgram program(files, sources);
  std::map<std::string, Constructs> found;
  for (std::size_t i = 0; i < assemblies.size(); ++i) {
    const auto templates = templates_by_path(assemblies[i], notes[i]);
    for (const ConstructNote& note : notes[i]) {
      if (note.logical_id.empty()) continue;
      Construct made{.path = note.path};
      for (const TraceFrame& frame : note.frames) {
        const std::string path = machine.local(frame.file);
        const auto place = path.empty() ? std::nullopt : program.place(path, frame);
        if (!place) continue;
        made.where = *place;
        break;
      }
      found[template_of(templates, note.path)].emplace(note.logical_id, std::move(made));
    }
  }
  std::vector<TemplateConstructs> result;
  for (auto& [path, constructs] : found) result.push_back({path, std::move(constructs)});
  return result;
}

}  // namespace fnlint
