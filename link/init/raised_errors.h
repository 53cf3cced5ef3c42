// Which errors can a call raise? A call graph by names, cheap and on the safe side.
#pragma once

#include "flow/syntax/program.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Which errors of the project's own classes, or of a library's, may come of a call, in the modules
// of one unit of Python: a call graph by the last names of functions and callees alone, as class
// hierarchy analysis has it (Dean, Grove, Chambers: Optimization of Object-Oriented Programs,
// ECOOP '95), but over all classes. It leaves out functions that are kept under another name.
class RaisedErrors {
 public:
  RaisedErrors(const Program& program, std::uint32_t unit);
  // Whether a class of that name is the unit's own: only its code raises it.
  [[nodiscard]] bool has_class(std::string_view name) const {
    return bases_.contains(std::string(name));
  }
  // Whether the call may raise an error of that class, or of one that derives from it.
  [[nodiscard]] bool may_raise(const CodeFacts& code, OpId call, std::string_view error);
  // Whether the call may come to code that is not the unit's own, which raises what it will.
  [[nodiscard]] bool may_leave(const CodeFacts& code, OpId call) const;

 private:
  // Of all functions of one name.
  struct Named {
    std::set<std::string> calls = {};   // names that are called or handed over
    std::set<std::string> raises = {};  // names of classes, or of variables
    bool raises_any = false;
    bool leaves = false;  // it may come to code that is not the unit's own
  };
  void add_module(const CodeFacts& code);
  void add_body(const CodeFacts& code, const Function& function, Named& to) const;
  struct Raisers {
    std::set<std::string> names = {};  // of functions that may raise it
    bool implicitly = false;           // one of them runs without a call that is written down
  };
  const Raisers& raisers(const std::string& error);
  // Adds the callers of those that are open, and theirs.
  void add_callers(std::vector<std::string> open, Raisers& found) const;

  std::map<std::string, Named> functions_ = {};
  std::map<std::string, std::vector<std::string>> callers_ = {};
  std::map<std::string, std::set<std::string>> bases_ = {};  // by class
  std::map<std::string, Raisers> raisers_ = {};              // by class
};

}  // namespace fnlint
