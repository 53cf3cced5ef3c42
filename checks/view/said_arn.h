// ARNs as text, to compare what a policy names with the resources that it could mean.
#pragma once

#include "model/project.h"

#include <string>

namespace fnlint {

// In an ARN: a name that is not known, without slash and colon.
inline constexpr char kUnknownName = '\x01';

// What a value says as an ARN, with kUnknownName for names that are not known; empty: not known.
class SaidArn {
 public:
  explicit SaidArn(const Project& project);
  [[nodiscard]] std::string of(ValueId value) const;

 private:
  [[nodiscard]] std::string pseudo(ValueId part) const;
  [[nodiscard]] std::string reference(ValueId value) const;

  const Project& project_;
  const ValuePool& pool_;
};

// The ARN of a resource by its name, with "+" for what is not known of the rest; empty: its name is
// not known as it is, or its type has no ARN that is made of it.
std::string arn_by_name(const Project& project, ResourceId resource);

}  // namespace fnlint
