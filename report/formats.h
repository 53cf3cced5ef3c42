// Output formats as the command line knows them: names, purposes, and what each leaves out.
#pragma once

#include "report/report.h"

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// A way to print a report. What it has no place for, the application says on standard error.
struct Format {
  std::string_view name = {};
  std::string_view use = {};  // what it is for, as the help says it
  std::string (*write)(const Report& report, const TextStyle& style) = nullptr;
  bool tells_problems = true;
  bool tells_unread = true;  // how many functions were not read
  bool tells_cut = false;    // that not all findings are told
  bool tells_statistics = false;
  bool tells_suppressed = false;
  bool draws = false;  // Report::pictures
};

// All of them, in the order in which they are told; the first is the one where none is named.
std::span<const Format> formats();
const Format* find_format(std::string_view name);  // null: there is none

}  // namespace fnlint
