#pragma once

#include "values/pool.h"

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// What is said of a function's variables as a whole. What it rests on is of the kinds that may hide
// a name.
struct EnvironmentBlock {
  bool known = true;  // there are no names but those of the properties and `named`
  std::uint8_t uncertainty = 0;
  std::set<std::string_view> named = {};  // with values that are not known yet, too
  // Something beside the template may set others: a script, whoever may change the function's
  // configuration, an image that was not read.
  bool open_beside = false;
};
// By the template alone.
EnvironmentBlock environment_block(const ValuePool& pool, const Stacks& stacks,
                                   ResourceId function);

// Whose variables may come from elsewhere: found once for all functions.
class OtherSetters {
 public:
  OtherSetters(const ValuePool& pool, const Stacks& stacks);
  [[nodiscard]] bool may_set(const Stacks& stacks, ResourceId function) const;

 private:
  void add_resources(const ValuePool& pool, std::span<const ValueId> resources);

  bool any_ = false;                   // a role allows to change any function ...
  std::set<std::uint64_t> functions_;  // ... or these
  std::set<FileId> parts_;  // templates that name what they do not declare: parts of others
};

// What the function's image sets; not known: nobody has read it.
struct ImageVariables {
  bool known = false;
  std::span<const std::string> names = {};
};
// By the template and by all else that is known to set variables of a deployed function. What its
// own code loads is not asked.
EnvironmentBlock deployed_environment(const ValuePool& pool, const Stacks& stacks,
                                      const DeclaredFunction& function, const ImageVariables& image,
                                      const OtherSetters& others);

}  // namespace fnlint
