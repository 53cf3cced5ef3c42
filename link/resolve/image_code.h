// The handler and the folders of its code, as the Dockerfile of an image has them.
#pragma once

#include "link/resolve/build_facts.h"
#include "model/resources.h"

#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// What the Dockerfile of an image function says of its code.
struct ImageCode {
  std::string handler = {};  // that CMD names, else the program that it starts; may be empty
  std::string runtime = {};  // of the base image, where that is one of Lambda's
  // Folders whose files end where the runtime looks for the handler, likeliest first; relative to
  // the root.
  std::vector<std::string> roots = {};
  std::vector<std::string> variables = {};  // that ENV sets
  // Files that are copied there under another name: that, and the file.
  std::vector<std::pair<std::string, std::string>> renamed = {};
};
ImageCode image_code(BuildFacts& builds, const CodeLocation& code);

// The folders, and before them that of the handler's file where it has another name in the image:
// the handler is then called by its own.
std::vector<std::string> roots_of_image(ImageCode image, std::string& handler);

// The Dockerfile of a context: "Dockerfile", else the only one of another name.
std::string docker_file(const FileSystem& files, std::string_view context);

}  // namespace fnlint
