// Lists Dockerfiles with what their images may be called, and chooses by name, by part of a name,
// or by the handler that they hold.

#include "link/resolve/image_sources.h"

#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/asset_sources.h"
#include "link/resolve/image_code.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kDockerfile = "dockerfile";
// Of the files whose path a handler names as it is.
constexpr std::array<std::string_view, 5> kHandlerEndings{".js", ".mjs", ".cjs", ".ts", ".rb"};

bool is_docker_file(std::string_view name) {
  const std::string plain = lower(name);
  return plain == kDockerfile || plain.starts_with("dockerfile.") || plain.ends_with(".dockerfile");
}

std::vector<std::string> names_of(std::string_view path) {
  std::vector<std::string> names;
  std::string_view name = file_name_of(path);
  if (lower(name).starts_with("dockerfile."))
    name.remove_prefix(kDockerfile.size() + 1);
  else
    name = name.substr(0, name.size() - std::min(name.size(), kDockerfile.size() + 1));
  if (!name.empty() && !is_one_of(known::plain_dockerfile_names(), name)) names.emplace_back(name);
  std::string_view folder = folder_of(path);
  while (is_one_of(known::plain_image_folders(), file_name_of(folder))) folder = folder_of(folder);
  if (!folder.empty()) names.emplace_back(file_name_of(folder));
  return names;
}

// "loader" of `module github.com/example/loader/v2`: what its own folder would be called.
std::string module_name_of(BuildFacts& builds, const std::string& folder) {
  constexpr std::string_view kModule = "module ";
  const std::string* text = builds.text(join_path(folder, "go.mod"));
  const std::size_t at = text != nullptr ? text->find(kModule) : std::string::npos;
  if (at == std::string::npos) return {};
  std::string_view path = std::string_view(*text).substr(at + kModule.size());
  path = trim(path.substr(0, path.find_first_of("\r\n")));
  const std::string_view last = file_name_of(path);
  const bool is_version = last.size() > 1 && last[0] == 'v' && is_digits(last.substr(1));
  return std::string(is_version ? file_name_of(folder_of(path)) : last);
}

// The nearest folder from the Dockerfile's own upwards that has what is copied.
std::optional<std::string> folder_with(const FileSystem& files, std::string_view folder,
                                       const std::vector<std::string>& copied) {
  return nearest_above(folder, [&](const std::string& at) {
    return std::ranges::all_of(copied, [&](const std::string& path) {
      return path.find('*') != path.npos || files.kind(join_path(at, path)) != EntryKind::Missing;
    });
  });
}

// Where all lies that any stage copies; a build may still have to make some of it.
std::string context_of(const FileSystem& files, std::string_view path, const Dockerfile& file,
                       const DockerStage& stage) {
  std::vector<std::string> copied;
  for (const DockerStage& one : file.stages)
    for (const DockerCopy& copy : one.copies)
      if (copy.from.empty())
        std::ranges::copy_if(copy.sources, std::back_inserter(copied),
                             [](const std::string& from) { return from.find("://") == from.npos; });
  const std::string folder(folder_of(path));
  if (const auto all = folder_with(files, folder, copied)) return *all;
  return folder_with(files, folder, copied_into(file, stage, stage.folder)).value_or(folder);
}

// Whether the words of one name are some of the other's: "loader" of "shop-loader".
bool is_part_of(std::string_view part, std::string_view name) {
  constexpr std::size_t kShortest = 3;
  const auto words = [](std::string_view text) {
    std::string plain = lower(text);
    std::ranges::replace(plain, '_', '-');
    return cat('-', plain, '-');
  };
  return part.size() >= kShortest && words(name).find(words(part)) != std::string::npos;
}

// Whether what is compiled there asks the runtime for its events: any other program is a server.
bool is_program_of_runtime(BuildFacts& builds, const std::string& context) {
  const std::string* module = builds.text(join_path(context, "go.mod"));
  return module != nullptr && module->find("github.com/aws/aws-lambda-go ") != std::string::npos;
}

// Whether one of the files that a handler of its form names lies where the image puts it.
bool holds_module(const FileSystem& files, const ImageSource& source, std::string_view handler) {
  const std::string_view module = handler.substr(0, handler.rfind('.'));
  std::string dotted(module);
  std::ranges::replace(dotted, '.', '/');
  return std::ranges::any_of(source.roots, [&](const std::string& root) {
    return files.kind(join_path(root, cat(dotted, ".py"))) == EntryKind::File ||
           std::ranges::any_of(kHandlerEndings, [&](std::string_view ending) {
             return files.kind(join_path(root, cat(module, ending))) == EntryKind::File;
           });
  });
}

}  // namespace

void ImageSources::list() {
  all_.emplace();
  const FileSystem& files = builds_.files();
  const auto skips = [&](std::string_view folder) {
    return lies_in_assembly(files, join_path(folder, "x"));
  };
  for (const std::string& path : files_called(files, "", is_docker_file, skips)) {
    const Dockerfile* file = builds_.docker_file(path);
    const DockerStage* stage = file == nullptr ? nullptr : file->built({});
    if (stage == nullptr) continue;
    ImageSource source{.path = path, .names = names_of(path)};
    source.context = context_of(files, path, *file, *stage);
    if (source.names.empty())
      if (std::string name = module_name_of(builds_, source.context); !name.empty())
        source.names.push_back(std::move(name));
    const ImageCode image =
        image_code(builds_, {.kind = CodeKind::Image, .path = source.context, .docker_file = path});
    // Of an image on Lambda's own, the functions may say which handler.
    if (image.handler.find_first_of(".:") != std::string::npos || !image.runtime.empty() ||
        is_program_of_runtime(builds_, source.context)) {
      source.roots = image.roots;
      all_->push_back(std::move(source));
    }
  }
}

// Of the images that fit the nearest to `near`.
template <class Fits>
std::vector<const ImageSource*> ImageSources::nearest_of(std::string_view near, const Fits& fits) {
  if (!all_) list();
  std::vector<std::string> paths;
  for (const ImageSource& source : *all_)
    if (fits(source)) paths.push_back(source.path);
  std::vector<const ImageSource*> found;
  for (const std::string& path : nearest(std::move(paths), near))
    found.push_back(&*std::ranges::find(*all_, path, &ImageSource::path));
  return found;
}

ImageCandidate ImageSources::find(std::span<const std::string> names, std::string_view near) {
  std::vector<Sign<const ImageSource*>> signs;
  const auto add = [&](const GuessRow& row, const std::string& name, const auto& is_alike) {
    signs.push_back({&row, name, [=, this] {
                       return nearest_of(near, [&](const ImageSource& source) {
                         return std::ranges::any_of(source.names, [&](const std::string& own) {
                           return is_alike(own, name);
                         });
                       });
                     }});
  };
  for (const std::string& name : names) {
    add(guesses::image_name(), name, is_same_name);
    add(guesses::part_of_image_name(), name, is_part_of);
  }
  return likeliest(std::move(signs));
}

ImageCandidate ImageSources::find_with(std::string_view handler, std::string_view near) {
  const bool names_file = handler.find('.') != handler.npos && handler.find(':') == handler.npos;
  const auto holding = [&] {
    return nearest_of(names_file ? near : "", [&](const ImageSource& source) {
      return !names_file || holds_module(builds_.files(), source, handler);
    });
  };
  return likeliest<const ImageSource*>(
      {{&guesses::image_with_handler(), std::string(handler), holding}});
}

}  // namespace fnlint
