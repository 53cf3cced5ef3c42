// Imports of code that only a generator's run would create.
#pragma once

#include "link/resolve/build_facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Modules that a generator makes at build time, which are in no repository: by what the generator's
// own declaration or the command that runs it says of its output. What stands for them is a
// library.
class GeneratedModules {
 public:
  explicit GeneratedModules(BuildFacts& builds) : builds_(builds) {}
  // The library that a module of that path stands for; empty: nothing is known to make it.
  std::string library_of(std::string_view path);

 private:
  struct Output {
    std::string path = {};  // a file without its ending, or a folder of modules
    std::string library = {};
  };
  const std::vector<Output>& outputs();
  void add_declared(const std::string& path);
  void add_made(const BuildCommand& command);

  BuildFacts& builds_;
  std::optional<std::vector<Output>> outputs_ = {};
};

}  // namespace fnlint
