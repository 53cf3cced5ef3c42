// What cannot work in loaded code, function by function.
#pragma once

#include "link/code/loaded_function.h"
#include "link/init/module_faults.h"
#include "link/init/own_code.h"
#include "model/project.h"

#include <map>
#include <vector>

namespace fnlint {

// What of the modules that a function loads cannot work: files with syntax errors beside the
// handler's own, names that nothing defines, what own code does not have. Python and JavaScript as
// written; compilers refuse the same elsewhere.
class CodeFaults {
 public:
  explicit CodeFaults(const LinkedCode& code) : code_(code), own_(code.program) {}

  // Fills `function.code_faults` and `lost_runs`.
  void add(const LoadedFunction& loaded, std::span<const ModuleInfo> modules,
           LambdaFunction& function);
  // The units before: what was found in their modules is kept until then.
  void forget();

 private:
  const std::vector<ModuleFault>& faults_of(ModuleId module);
  void add_lost_runs(std::span<const ModuleInfo> modules, LambdaFunction& function);

  const LinkedCode& code_;
  OwnCode own_;
  std::map<ModuleId, std::vector<ModuleFault>> found_ = {};
};

}  // namespace fnlint
