// Dependency injection: the terms in which a request to a container is matched with what provides
// it.
#pragma once

#include "flow/state/project_object.h"
#include "model/code.h"
#include "model/summary.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// What a container of dependencies hands out: a method that provides, or `bind(bound).to(made)`.
struct Provider {
  ModuleId module = {};
  FunctionId function = {};  // none: a binding
  ProjectObject owner = {};  // the class that it stands in
  ProjectObject bound = {}, made = {};
  CallSite at = {};            // of a binding
  std::string_view note = {};  // the annotation that makes it one
  bool is_conditional = false;
};
using ProviderIndex = std::unordered_map<std::string, std::vector<Provider>>;  // by last words

// What is asked of a container.
struct Asked {
  ModuleId module = {};  // of whoever asks
  TypeId type = {};      // none: `own`, or the library's type at `path`
  ProjectObject own = {};
  std::string word = {}, path = {};
  Slice<Annotation> notes = {};  // of the parameter, field or method that asks
  std::string_view name = {};    // likewise
  bool is_data = false;
};

struct Provided {
  ValueId value = {};
  std::vector<Step> steps = {};  // that providing it takes
};

// The classes whose methods a component hands out.
struct ComponentScope {
  std::set<std::uint64_t> classes = {};
  bool is_whole = true;  // no class is missing
};

// A value, and what it is made of, as far as that was guessed: a client's table.
ValueId guessed_parts(ValuePool& pool, ValueId value, int depth);

}  // namespace fnlint
