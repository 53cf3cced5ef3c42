// What manifests and lock files say, in one form for all package managers.
#pragma once

#include "core/problem.h"
#include "core/span.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// Where packages of one kind come from, with one rule for their names.
enum class Registry : std::uint8_t { Python, Npm, Maven, NuGet, Go, Cargo, RubyGems };

enum class DependencyUse : std::uint8_t {
  Runtime,
  Optional,     // an extra, a group that is asked for by name, an optional dependency
  Provided,     // peers, scope provided: someone else brings it
  Development,  // tests and tools
};
enum class VersionKnown : std::uint8_t {
  None,
  Range,   // `version` is the range as written
  Exact,   // the manifest pins it
  Locked,  // a lock file says which one was chosen
};

struct Dependency {
  std::string name = {};     // as its registry compares names
  std::string version = {};  // without what pins it
  VersionKnown known{};
  DependencyUse use{};
  bool direct = false;         // named by the manifest itself, not only by another dependency
  bool elsewhere = false;      // from a path, a repository or an address: its name may be a guess
  std::string condition = {};  // for some platforms or versions only; as written
  std::string path = {};       // where it will be installed, where the file says so
  std::vector<std::uint32_t> needs = {};  // rows
  std::vector<std::string> asked = {};    // the ranges that it was chosen for, where the lock says
  Range where = {};
};

// Another file that a manifest takes in, by its path from the manifest's folder.
struct IncludedManifest {
  std::string path = {};
  bool constrains = false;  // it limits versions, and names nothing that is installed
  Range where = {};
};

// What one manifest or lock file says.
struct DependencyList {
  Registry registry{};
  bool lock = false;      // versions that were chosen
  bool complete = false;  // what the dependencies need is listed as well
  bool readable = true;   // false: it was cut off, or is of a form that is not known
  std::vector<Dependency> rows = {};
  std::vector<IncludedManifest> includes = {};
  std::vector<std::string> workspaces = {};  // further projects that it speaks of
  Problems problems = {};
};

}  // namespace fnlint
