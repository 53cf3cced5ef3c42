// The language version that a compiled handler needs, as its build file says.
#pragma once

#include "link/resolve/build_facts.h"

#include <string>
#include <string_view>

namespace fnlint {

// The version that a function's sources are compiled for, where the build says one.
struct CompiledTarget {
  std::string name = {};   // "Java 21", ".NET 8.0"; empty: not known
  std::string since = {};  // the first version of the runtime that can load it: "21", "8.0"
  std::string file = {};   // that says so
};

// Of a Maven or Gradle module, or of what stands above it up to the run's root. What is said of
// Java's compiler is nothing for a handler in Kotlin.
CompiledTarget java_target(BuildFacts& builds, std::string_view module,
                           std::string_view handler_file);
// Of the one project of .NET in the folder.
CompiledTarget dotnet_target(BuildFacts& builds, std::string_view folder,
                             std::string_view handler_file);

}  // namespace fnlint
