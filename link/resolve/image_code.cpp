// Takes the handler out of CMD and ENTRYPOINT, and traces the runtime's folder back to the context.

#include "link/resolve/image_code.h"

#include "core/text.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint {

namespace {

// Programs that load the handler which is their last argument: the runtimes' interface clients.
bool is_client(std::string_view word) {
  return std::ranges::any_of(known::runtime_interface_clients(), [&](std::string_view name) {
    return word.find(name) != word.npos;
  });
}

std::string handler_of(const DockerStage& stage) {
  const std::vector<std::string>& program = stage.entry_point;
  if (!stage.command.empty()) {
    // A command that starts a client by itself.
    for (std::size_t i = 0; i + 1 < stage.command.size(); ++i)
      if (is_client(stage.command[i])) return stage.command.back();
    return stage.command.front();
  }
  for (std::size_t i = 0; i + 1 < program.size(); ++i)
    if (is_client(program[i])) return program.back();
  return program.empty() ? std::string() : program.front();
}

}  // namespace

// "Dockerfile", else the only one of another name: "Dockerfile.arm64", "api.Dockerfile",
// "dockerfile".
std::string docker_file(const FileSystem& files, std::string_view context) {
  constexpr std::string_view kName = "dockerfile";
  std::string usual = join_path(context, "Dockerfile");
  if (files.kind(usual) == EntryKind::File) return usual;
  std::vector<std::string> others;
  for (const Entry& entry : files.list(context))
    if (entry.kind == EntryKind::File && lower(entry.name).find(kName) != std::string::npos)
      others.push_back(join_path(context, entry.name));
  return others.size() == 1 ? others.front() : usual;
}

ImageCode image_code(BuildFacts& builds, const CodeLocation& code) {
  const FileSystem& files = builds.files();
  ImageCode image;
  image.roots.push_back(code.path);
  const std::string path =
      code.docker_file.empty() ? docker_file(files, code.path) : code.docker_file;
  const Dockerfile* file = builds.docker_file(path);
  const DockerStage* stage = file == nullptr ? nullptr : file->built(code.docker_target);
  if (stage == nullptr) return image;
  image.handler = handler_of(*stage);
  image.runtime = runtime_of_image(bottom_stage(*file, *stage).base);
  for (const auto& [name, value] : stage->environment) image.variables.push_back(name);
  std::vector<std::string> roots;
  const auto add = [&](std::string root) {
    if (std::ranges::find(roots, root) == roots.end()) roots.push_back(std::move(root));
  };
  for (const std::string& copied : copied_into(*file, *stage, stage->folder)) {
    const std::string place = join_path(code.path, copied);
    if (files.kind(place) == EntryKind::Folder) add(place);
    if (files.kind(place) == EntryKind::File) add(std::string(folder_of(place)));
  }
  add(code.path);
  image.roots = std::move(roots);
  const std::string below = cat(stage->folder, stage->folder.ends_with('/') ? "" : "/");
  for (const DockerCopy& copy : stage->copies) {
    if (!copy.from.empty() || copy.sources.size() != 1 || !copy.to.starts_with(below)) continue;
    const std::string& source = copy.sources.front();
    const std::string name = copy.to.substr(below.size()), place = join_path(code.path, source);
    const bool is_renamed = !extension_of(name).empty() &&
                            extension_of(name) == extension_of(source) &&
                            file_name_of(name) != file_name_of(source);
    if (is_renamed && files.kind(place) == EntryKind::File) image.renamed.emplace_back(name, place);
  }
  return image;
}

// `COPY orders/main.py ./app.py`: of "app.handler" the file is orders/main.py.
std::vector<std::string> roots_of_image(ImageCode image, std::string& handler) {
  for (const auto& [name, file] : image.renamed) {
    const std::string_view module =
        std::string_view(name).substr(0, name.size() - extension_of(name).size());
    const std::string start = cat(replace_all(module, "/", "."), '.');
    if (!replace_all(handler, "/", ".").starts_with(start)) continue;
    std::string_view stem = file_name_of(file);
    stem.remove_suffix(extension_of(stem).size());
    handler = cat(stem, '.', std::string_view(handler).substr(start.size()));
    image.roots.insert(image.roots.begin(), std::string(folder_of(file)));
    break;
  }
  return std::move(image.roots);
}

}  // namespace fnlint
