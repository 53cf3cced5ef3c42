// Reads manifest and notes as JSON, follows only names that stay in the folder, parses traces.

#include "frontends/templates/cloud_assembly.h"

#include "core/json.h"
#include "core/text.h"

#include <charconv>

namespace fnlint {

namespace {

using nlohmann::json;

constexpr std::size_t kFrames = 64;  // of one trace

const json* member(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::string json_text(const json& object, const char* key) {
  const json* found = member(object, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

// A name inside the assembly's own folder.
bool stays_inside(std::string_view path) {
  const std::string normal = normal_path(path);
  return !normal.empty() && normal != "." && !normal.starts_with("..") &&
         !normal.starts_with('/');
}

void add_frames(const json* lines, std::vector<TraceFrame>& frames) {
  if (lines == nullptr || !lines->is_array()) return;
  for (const json& line : *lines) {
    if (frames.size() == kFrames) return;
    if (!line.is_string()) continue;
    TraceFrame frame = read_trace_line(line.get_ref<const std::string&>());
    if (frame.line > 0) frames.push_back(std::move(frame));
  }
}

void add_note(std::string_view path, const json& entries, std::vector<ConstructNote>& notes) {
  if (!entries.is_array()) return;
  ConstructNote note;
  note.path = path.starts_with('/') ? path.substr(1) : path;
  for (const json& entry : entries) {
    const std::string type = json_text(entry, "type");
    if (type == "aws:cdk:logicalId") {
      note.logical_id = json_text(entry, "data");
      add_frames(member(entry, "trace"), note.frames);
    } else if (type == "aws:cdk:creationStack") {  // since version 2.27x, without being asked for
      add_frames(member(entry, "data"), note.frames);
    } else if (type == "aws:cdk:templateFile") {
      note.template_file = json_text(entry, "data");
    }
  }
  const bool says = !note.logical_id.empty() || !note.template_file.empty();
  if (says) notes.push_back(std::move(note));
}

void add_notes(const json& metadata, std::vector<ConstructNote>& notes) {
  if (!metadata.is_object()) return;
  for (const auto& [path, entries] : metadata.items()) add_note(path, entries, notes);
}

void add_artifact(const std::string& id, const json& artifact, CloudAssembly& assembly) {
  const std::string type = json_text(artifact, "type");
  const json* properties = member(artifact, "properties");
  const json none;
  if (type == "aws:cloudformation:stack") {
    assembly.valid = true;
    const std::string file = json_text(properties != nullptr ? *properties : none, "templateFile");
    if (!stays_inside(file)) return;
    // Stacks of a stage are displayed as "Prod/Media (Prod-Media)".
    std::string path = json_text(artifact, "displayName");
    path = path.substr(0, path.find(" ("));
    assembly.stacks.push_back({normal_path(file), path.empty() ? id : std::move(path)});
    if (const json* metadata = member(artifact, "metadata")) add_notes(*metadata, assembly.notes);
    const std::string further = json_text(artifact, "additionalMetadataFile");
    if (stays_inside(further)) assembly.metadata_files.push_back(normal_path(further));
  } else if (type == "cdk:cloud-assembly") {
    assembly.valid = true;
    const std::string folder =
        json_text(properties != nullptr ? *properties : none, "directoryName");
    if (stays_inside(folder)) assembly.assemblies.push_back(normal_path(folder));
  }
}

std::uint32_t number(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

}  // namespace

CloudAssembly read_cloud_assembly(std::string_view manifest) {
  CloudAssembly assembly;
  const json document = parse_json(manifest);
  const json* artifacts = member(document, "artifacts");
  if (artifacts == nullptr || !artifacts->is_object() || json_text(document, "version").empty())
    return assembly;
  for (const auto& [id, artifact] : artifacts->items()) add_artifact(id, artifact, assembly);
  return assembly;
}

std::vector<std::string> read_nested_templates(std::string_view assets) {
  std::vector<std::string> templates;
  const json document = parse_json(assets);
  const json* files = member(document, "files");
  if (files == nullptr || !files->is_object()) return templates;
  for (const auto& [hash, asset] : files->items()) {
    const json* source = member(asset, "source");
    const std::string path = source != nullptr ? json_text(*source, "path") : std::string();
    if (path.ends_with(".nested.template.json") && stays_inside(path))
      templates.push_back(normal_path(path));
  }
  return templates;
}

std::vector<ConstructNote> read_construct_notes(std::string_view metadata) {
  std::vector<ConstructNote> notes;
  add_notes(parse_json(metadata), notes);
  return notes;
}

TraceFrame read_trace_line(std::string_view line) {
  const std::size_t open = line.rfind('(');
  std::string_view place = open == std::string_view::npos ? trim(line) : line.substr(open + 1);
  if (place.starts_with("at ")) place.remove_prefix(3);
  if (place.ends_with(')')) place.remove_suffix(1);
  if (place.starts_with("file://")) place.remove_prefix(7);
  const std::size_t column = place.rfind(':');
  if (column == std::string_view::npos || column == 0) return {};
  const std::size_t row = place.rfind(':', column - 1);
  if (row == std::string_view::npos) return {};
  TraceFrame frame{std::string(place.substr(0, row)),
                   number(place.substr(row + 1, column - row - 1)),
                   number(place.substr(column + 1))};
  if (frame.column == 0) frame.line = 0;
  return frame;
}

}  // namespace fnlint
