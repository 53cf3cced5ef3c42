// Dependencies and code generation of a Maven or Gradle build, as far as they decide whether a
// class can be missing.
#pragma once

#include "link/resolve/build_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the files of a Maven or Gradle build say that decides which classes there are.
struct JavaBuild {
  // Groups of what it depends on, but for modules of the same build.
  std::vector<std::string> groups = {};
  bool generates = false;  // sources are made by a tool, or taken from elsewhere
};
// `module`: a folder with a build file; `build`: the folder of all that is built together with it.
JavaBuild read_java_build(BuildFacts& builds, const std::string& module,
                          const std::string& build);

// Whether annotation processors would give what they make of the one class the other's name.
bool is_made_of(std::string_view name, std::string_view of);

}  // namespace fnlint
