// Which of a repository's programs is a function's bootstrap?
#pragma once

#include "link/resolve/candidates.h"
#include "link/resolve/languages.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A program that a build makes of a project: Go's main packages, Cargo's and CMake's targets.
struct Executable {
  std::string name = {};
  std::string file = {};    // with its main
  std::string folder = {};  // of its sources
};

// Which of a project's programs a function runs. Null: cannot be told.
using ChosenExecutable = Candidate<const Executable*>;
ChosenExecutable choose_executable(BuildFacts& builds, const HandlerQuery& query,
                                   const std::vector<Executable>& all);

// The one that a script packs into an archive of that name; null: none does, or several.
ChosenExecutable packed_executable(BuildFacts& builds, const std::vector<Executable>& all,
                                   std::string_view archive);

// The one that is called like a handler that names a program, "bin/graphql"; null: it names none.
const Executable* named_executable(const std::vector<Executable>& all, std::string_view handler);

// The recipe of sam build's target for the function, in the Makefile of its code's folder; empty:
// there is none.
std::string make_recipe(BuildFacts& builds, const HandlerQuery& query);
std::vector<std::string_view> recipe_words(std::string_view recipe);  // without quotes and '='

// Names that the template gives the function's program, surest first.
std::vector<std::string> program_names(const HandlerQuery& query);

// Takes the chosen program as the handler; else says that there is none of these words.
void take_executable(const ChosenExecutable& chosen, const std::vector<Executable>& all,
                     const HandlerQuery& query, std::string_view words, HandlerFile& found);

}  // namespace fnlint
