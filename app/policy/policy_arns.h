// The resources of policy statements, independent of any template language.
#pragma once

#include "model/project.h"
#include "tables/templates.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A part of an ARN, before it is known in which language of templates it will stand.
enum class ArnPart : std::uint8_t {
  Text,
  Partition,
  Region,
  Account,
  Arn,    // of `resource`
  Name,   // of `resource`
  Input,  // of a template: `text` is its name
  Any,    // "*"
};
struct ArnPiece {
  ArnPart part{};
  std::string text = {};
  ResourceId resource = {};
  friend auto operator<=>(const ArnPiece&, const ArnPiece&) = default;
};
using PolicyArn = std::vector<ArnPiece>;

struct PolicyArns {
  std::vector<PolicyArn> arns = {};
  std::vector<std::string> remarks = {};  // what of them is not known, or why they are all
};

// What the tables say that an action is done to.
struct ActionForms {
  bool known = false;     // the service is in the tables
  bool optional = false;  // it may also be done to no resource
  std::vector<std::string_view> forms = {};
};

// What the statements of a policy name.
class ArnMaker {
 public:
  explicit ArnMaker(const Project& project);

  // What a call is done to, of what IAM asks for one of its actions.
  [[nodiscard]] PolicyArns of_call(const Effect& effect, std::string_view action) const;
  // A resource, or what lies below it: "/stream/*".
  [[nodiscard]] PolicyArn of_resource(ResourceId resource, std::string_view below = {}) const;
  // What a value names: an ARN, else the name of such a resource.
  [[nodiscard]] PolicyArns of_value(ValueId value, ResourceKind kind) const;
  // Whatever an action is done to; `why`: which of it is not known.
  [[nodiscard]] PolicyArns of_action(std::string_view action, std::string_view why) const;
  // The ARN of what is of this type and has the name.
  [[nodiscard]] static PolicyArn with_name(std::string_view form, const PolicyArn& name);
  [[nodiscard]] static PolicyArn with_name_of(const ResourceType& type, const PolicyArn& name);
  [[nodiscard]] PolicyArn name_of_resource(ResourceId resource) const;

 private:
  [[nodiscard]] bool is_of_service(const PolicyArn& arn, const ActionForms& forms) const;
  [[nodiscard]] ResourceKind kind_of(const Effect& effect, std::string_view action) const;
  [[nodiscard]] PolicyArns target_of(const Effect& effect, std::string_view action) const;
  [[nodiscard]] PolicyArns direct_target(const Effect& effect, std::string_view action) const;
  [[nodiscard]] PolicyArn of_case(ValueId value, ResourceKind kind, std::string& open) const;
  void append(ValueId value, PolicyArn& arn) const;
  [[nodiscard]] std::vector<PolicyArn> below_of(const Effect& effect, std::string_view action,
                                                std::vector<std::string>& remarks) const;
  [[nodiscard]] std::vector<PolicyArn> texts_of(ValueId value) const;

  const Project& project_;
  const ValuePool& pool_;
};

}  // namespace fnlint
