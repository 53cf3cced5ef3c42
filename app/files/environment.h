// Options by environment variables, for CI and containers.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The variables of the environment, by name, whose names begin with FNLINT_.
using OwnVariables = std::map<std::string, std::string>;

// An option that a variable may say: "--fail-on" is FNLINT_FAIL_ON.
struct OptionByVariable {
  std::string name = {};               // "--fail-on"
  std::vector<std::string> also = {};  // "-q"
  bool is_flag = false;
  bool may_repeat = false;  // the variable has one value a line
  bool comes_last = false;  // what it says belongs to what is said before it
};

std::string variable_of(std::string_view option);

struct FromEnvironment {
  std::vector<std::string> arguments = {};            // with those that the variables say
  std::map<std::string, std::string> variables = {};  // by option, those that count
  std::string error = {};
};

// The arguments of a command line after those that variables say in place of options that it does
// not have. `exclusive` are groups of options of which only one can be meant: the command line's.
FromEnvironment with_environment(std::vector<std::string> arguments,
                                 const std::vector<OptionByVariable>& options,
                                 const std::vector<std::vector<std::string>>& exclusive,
                                 const OwnVariables& environment);

// Of variables that no option of any command has, those that look mistyped, each as a message.
std::vector<std::string> mistyped_variables(const OwnVariables& environment,
                                            const std::vector<std::string>& options);

}  // namespace fnlint
