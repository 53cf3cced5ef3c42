// The fuzz targets, and the form of their inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fnlint::fuzz {

inline constexpr std::string_view kFileMark = "==== ";  // before the path of a file of a project

// What a target does with one input. It returns, or a sanitizer or a broken promise ends the
// process: nothing that is fed in may crash, and what a frontend makes must be valid.
struct Target {
  std::string_view name = {};
  void (*run)(std::string_view input) = nullptr;
};

// source, template, package: a line with the file's name, then its content.
// code_bytes: the bytes of a code form, as another process would hand them over.
// project: files, each behind a line "==== path".
std::span<const Target> frontend_targets();
Target project_target();

// An input of `source`, `template` and `package`, and a part of one of `project`.
std::string named_input(std::string_view path, std::string_view content);
std::string project_part(std::string_view path, std::string_view content);

}  // namespace fnlint::fuzz
