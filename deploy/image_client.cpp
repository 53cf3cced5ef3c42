// Reads a Dockerfile's stages and the texts of its context for anything that brings a runtime
// interface client.

#include "deploy/image_client.h"

#include "core/limits.h"
#include "core/text.h"
#include "tables/packages.h"

#include <algorithm>
#include <set>
#include <string>

namespace fnlint {

namespace {

constexpr std::size_t kContextBytes = 1U << 17U;
constexpr std::size_t kContextFiles = 400;

bool names_client(std::string_view text) {
  const std::string small = lower(text);
  return std::ranges::any_of(client_words(),
                             [&](std::string_view word) { return small.find(word) != small.npos; });
}

// "python" of "docker.io/library/python:3.12-slim@sha256:..."; empty: an image of somebody else.
std::string_view official_name(std::string_view image) {
  image = image.substr(0, image.find('@'));
  for (const std::string_view start :
       {"docker.io/library/", "docker.io/", "library/", "public.ecr.aws/docker/library/"})
    if (image.starts_with(start)) {
      image.remove_prefix(start.size());
      break;
    }
  const std::string_view name = image.substr(0, image.find(':'));
  return name.find('/') == name.npos ? name : std::string_view{};
}

// Whether something in the folders that the image is made of names a client, in any text of theirs
// but a large one.
class Context {
 public:
  explicit Context(const FileSystem& files) : files_(files) {}

  bool names_client_below(const std::string& folder, int depth) {
    if (!seen_.insert(folder).second) return false;
    for (const Entry& entry : files_.list(folder)) {
      const std::string path = join_path(folder, entry.name);
      if (entry.kind == EntryKind::Folder && depth > 0 && entry.name != "node_modules" &&
          entry.name != ".git" && names_client_below(path, depth - 1))
        return true;
      if (entry.kind == EntryKind::File && names_client_in(path)) return true;
    }
    return false;
  }
  bool names_client_in(const std::string& path) {
    if (++read_ > kContextFiles) return true;  // nobody knows
    const Result<std::string> text = files_.read_start(path, kContextBytes);
    return text && names_client(text.value());
  }

 private:
  const FileSystem& files_;
  std::set<std::string> seen_;
  std::size_t read_ = 0;
};

// "app.handler": no program, but what a client loads.
bool is_handler(std::string_view word) {
  return word.find('.') != word.npos && word.find('/') == word.npos && !word.ends_with(".py") &&
         !word.ends_with(".js") && !word.ends_with(".rb") && !word.ends_with(".mjs") &&
         !word.ends_with(".cjs") && !word.ends_with(".sh");
}

}  // namespace

ImageClient image_client(const FileSystem& files, const CodeLocation& code, std::string_view text,
                         const Dockerfile& file, const DockerStage& stage) {
  const std::string_view base = bottom_stage(file, stage).base;
  if (!runtime_of_image(base).empty()) return ImageClient::Brought;
  if (!is_one_of(bare_images(), official_name(base))) return ImageClient::Unknown;
  if (names_client(text)) return ImageClient::Perhaps;
  // What the client of a stage or image that is copied from brings is not known.
  for (const DockerStage& one : file.stages)
    for (const DockerCopy& copy : one.copies) {
      const bool of_stage = std::ranges::any_of(file.stages, [&](const DockerStage& other) {
        return lower(other.name) == lower(copy.from);
      });
      if (!copy.from.empty() && !is_digits(copy.from) && !of_stage) return ImageClient::Perhaps;
    }
  Context context(files);
  if (context.names_client_below(code.path, 3)) return ImageClient::Perhaps;
  const std::vector<std::string>& program =
      stage.entry_point.empty() ? stage.command : stage.entry_point;
  return !program.empty() && is_handler(program.front()) ? ImageClient::Lacking
                                                         : ImageClient::Unknown;
}

}  // namespace fnlint
