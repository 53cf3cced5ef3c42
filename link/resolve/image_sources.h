// Which Dockerfile of the project is an image built from?
#pragma once

#include "link/resolve/build_facts.h"
#include "link/resolve/candidates.h"

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

using ImageCandidate = std::optional<Candidate<const ImageSource*>>;

// The Dockerfiles of a project, by what the images that are built from them may be called.
class ImageSources {
 public:
  explicit ImageSources(BuildFacts& builds) : builds_(builds) {}
  // The one that an image of these names is built from, the likeliest name first: called so, else
  // by a part of the name ("shop-loader": loader); of several the nearest to `near`.
  ImageCandidate find(std::span<const std::string> names, std::string_view near);
  // By what it holds: the nearest with the module of the handler that the function names in place
  // of the image's own; of a function that names none, the only one of the project.
  ImageCandidate find_with(std::string_view handler, std::string_view near);

 private:
  void list();
  template <class Fits>
  std::vector<const ImageSource*> nearest_of(std::string_view near, const Fits& fits);

  BuildFacts& builds_;
  std::optional<std::vector<ImageSource>> all_ = {};
};

}  // namespace fnlint
