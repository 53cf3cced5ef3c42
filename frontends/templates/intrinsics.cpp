// The table of intrinsic functions.

#include "frontends/templates/intrinsics.h"

#include <algorithm>
#include <array>

namespace fnlint {
namespace {

using enum OperandForm;

// AWS CloudFormation user guide, "Intrinsic function reference", with AWS::LanguageExtensions.
constexpr std::array kIntrinsics{
    Intrinsic{"Ref", "Ref", Name, 1, 1, "a name"},
    Intrinsic{"GetAtt", "Fn::GetAtt", GetAtt, 2, 2, "a resource and an attribute"},
    Intrinsic{"Sub", "Fn::Sub", Sub, 1, 2, "a text, or a list of a text and a map of variables"},
    Intrinsic{"Join", "Fn::Join", List, 2, 2, "a separator and a list"},
    Intrinsic{"If", "Fn::If", If, 3, 3, "a condition's name and two values"},
    Intrinsic{"Select", "Fn::Select", List, 2, 2, "an index and a list"},
    Intrinsic{"Split", "Fn::Split", List, 2, 2, "a separator and a text"},
    Intrinsic{"FindInMap", "Fn::FindInMap", FindInMap, 3, 4, "a map and two keys"},
    Intrinsic{"ImportValue", "Fn::ImportValue", One, 1, 1, "a name"},
    Intrinsic{"GetStackOutput", "Fn::GetStackOutput", Fields, 1, 1,
              "a map of StackName and OutputName"},
    Intrinsic{"Base64", "Fn::Base64", One, 1, 1, "a text"},
    Intrinsic{"GetAZs", "Fn::GetAZs", One, 1, 1, "a region"},
    Intrinsic{"Cidr", "Fn::Cidr", List, 2, 3, "a block, a count and bits"},
    Intrinsic{"Equals", "Fn::Equals", List, 2, 2, "two values"},
    Intrinsic{"And", "Fn::And", Conditions, 2, 10, "2 to 10 conditions"},
    Intrinsic{"Or", "Fn::Or", Conditions, 2, 10, "2 to 10 conditions"},
    Intrinsic{"Not", "Fn::Not", Conditions, 1, 1, "a list of one condition"},
    Intrinsic{"Length", "Fn::Length", One, 1, 1, "a list"},
    Intrinsic{"ToJsonString", "Fn::ToJsonString", One, 1, 1, "a value"},
    Intrinsic{"Transform", "Fn::Transform", Transform, 1, 1, "a map of Name and Parameters"},
};
constexpr Intrinsic kCondition{"Condition", "Condition", Name, 1, 1, "a condition's name"};

}  // namespace

const Intrinsic* intrinsic_of_tag(std::string_view tag) {
  if (!tag.starts_with('!')) return nullptr;
  tag.remove_prefix(1);
  if (tag == kCondition.tag) return &kCondition;
  const auto found = std::ranges::find(kIntrinsics, tag, &Intrinsic::tag);
  return found == kIntrinsics.end() ? nullptr : &*found;
}

const Intrinsic* intrinsic_of_key(std::string_view key) {
  if (key != "Ref" && !key.starts_with("Fn::")) return nullptr;
  const auto found = std::ranges::find(kIntrinsics, key, &Intrinsic::name);
  return found == kIntrinsics.end() ? nullptr : &*found;
}

const Intrinsic& condition_reference() { return kCondition; }

}  // namespace fnlint
