#pragma once

#include "core/span.h"
#include "model/dependencies.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// An import that leads to no file of the project.
struct LibraryImport {
  std::string module = {};  // as written: "google.cloud", "@aws-sdk/client-s3"
  std::string name = {};    // the symbol; empty: the module itself
  bool at_init = false;     // it runs before the first event
  bool optional = false;    // the code does without it: it is tried, or tested for
  Span where = {};
};

// Every library that a function's modules import, when they are loaded or later.
struct CodeImports {
  std::vector<LibraryImport> rows = {};
  bool by_name = false;  // something is loaded whose name the code computes
};

}  // namespace fnlint
