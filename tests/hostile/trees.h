// Projects that grow to any size, to show that work grows no faster.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace fnlint::hostile {

// A tree that was made to break a linter: files by their paths.
struct Tree {
  std::string name = {};
  std::map<std::string, std::string> files = {};
};

// How large they are: the links of a chain and the levels of a nesting; the levels of what is twice
// as much at each of them.
struct Size {
  std::size_t many = 100'000, levels = 60;  // as large as the limits on files let in
};

// Chains, nestings and doublings of every language and template tool. Deterministic.
std::vector<Tree> source_trees(Size size);
std::vector<Tree> template_trees(Size size);
std::vector<Tree> program_trees(Size size);

std::string times(std::size_t count, const std::string& text);

// A SAM template with one function, and the files of its code below src/.
Tree function_tree(std::string name, const std::string& runtime, const std::string& handler,
                   const std::string& path, std::string text);

}  // namespace fnlint::hostile
