// Which Dockerfile of the project is an image built from?
#pragma once

#include "core/files.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A Dockerfile of the project whose command is a handler.
struct ImageSource {
  std::string path = {};     // of the Dockerfile
  std::string context = {};  // the folder that its COPY instructions start from
  std::vector<std::string> names =
      {};  // its folder's; that in its own: "api.Dockerfile", "Dockerfile.api"
  std::vector<std::string> roots = {};  // of ImageCode
};

// The Dockerfiles of a project, by what the images that are built from them may be called.
class ImageSources {
 public:
  explicit ImageSources(const FileSystem& files) : files_(files) {}
  // The one that an image of these names is built from, the likeliest name first: called so, else
  // by a part of the name ("shop-loader": loader); of several the nearest to `near`. Null: none, or
  // more than one.
  const ImageSource* find(std::span<const std::string> names, std::string_view near);
  // By what it holds: the nearest with the module of the handler that the function names in place
  // of the image's own; of a function that names none, the only one of the project. Null: as above.
  const ImageSource* find_with(std::string_view handler, std::string_view near);

 private:
  void list();

  const FileSystem& files_;
  std::optional<std::vector<ImageSource>> all_ = {};
};

}  // namespace fnlint
