// Fault injection: rules are asked for faults that were put into clean projects.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace fnlint::test {

// A clean project with one fault put into it: what an operator of operators.yaml makes of one place.
struct Mutant {
  std::string rule = {};      // that must report it
  std::string name = {};      // "raise-provisioned template.yaml:31"
  std::string selection = {};  // what it is linted with
  // Whole texts of the files that differ, by their paths; sizes of those that are made empty but for
  // their size; and paths that are gone.
  std::map<std::string, std::string> texts = {};
  std::map<std::string, std::uint64_t> sizes = {};
  std::vector<std::string> removed = {};
  // Lines at which a finding is in the right place: path, first, last.
  struct Lines {
    std::string path = {};
    int first = 0, last = 0;
  };
  std::vector<Lines> places = {};
};

struct Operator;  // of operators.yaml

// What operators.yaml makes of a project, in the order of its operators. Where an operator has more
// places in a project than `sites`, the file's seed chooses.
std::vector<Mutant> mutants_of(const std::filesystem::path& project);

// Names of all operators, with the rule of each and what it does.
struct OperatorText {
  std::string name = {}, rule = {}, does = {};
};
std::vector<OperatorText> operator_texts();

}  // namespace fnlint::test
