// What an image will contain and start, as far as its Dockerfile says.
#pragma once

#include "core/problem.h"
#include "core/span.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// COPY and ADD; names of variables are replaced where their values are known.
struct DockerCopy {
  std::string from = {};  // another stage or image; empty: the build's context
  std::vector<std::string> sources = {};
  std::string to = {};  // absolute, by the working directory
  Range where = {};
};

struct DockerStage {
  std::string name = {};
  std::string base = {};                   // the image, or an earlier stage's name
  std::uint32_t base_stage = UINT32_MAX;   // row, where it is an earlier stage
  std::string platform = {};               // "linux/arm64"
  Range base_where = {};
  std::vector<DockerCopy> copies = {};     // its own
  std::vector<std::string> runs = {};      // the texts of RUN
  // What holds at its end, what it inherits included.
  std::vector<std::string> entry_point = {}, command = {};
  Range command_where = {};
  std::string folder = "/";  // WORKDIR
  std::map<std::string, std::string, std::less<>> environment = {};
};

struct Dockerfile {
  std::vector<DockerStage> stages = {};
  Problems problems = {};
  // The stage that is built; null when there is none of that name.
  [[nodiscard]] const DockerStage* built(std::string_view target) const;
};

// Instructions are read, nothing is run. `arguments` replace the defaults of ARG.
Dockerfile read_dockerfile(std::string_view text,
                           const std::map<std::string, std::string, std::less<>>& arguments = {});

// The runtime that a base image of Lambda's holds, "python3.12"; empty for any other image.
std::string runtime_of_image(std::string_view image);
// The image below all of a stage's ancestors, with where it is named.
const DockerStage& bottom_stage(const Dockerfile& file, const DockerStage& stage);

// Paths of the context that end below `folder` of a stage, copied from stage to stage: what lies
// there at run time. A file that is copied under its own name is its folder.
std::vector<std::string> copied_into(const Dockerfile& file, const DockerStage& stage,
                                     std::string_view folder);

}  // namespace fnlint
