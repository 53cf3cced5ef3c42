#pragma once

#include "core/span.h"
#include "model/document.h"
#include "model/finding.h"
#include "model/resources.h"
#include "model/settings.h"
#include "policies/expression.h"

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A rule that is data: which resources it is about, what is asked of them, and what is said where
// the answer is not as it should be.
namespace fnlint {

enum class Operator : std::uint8_t {
  Exists,
  Equals,
  NotEquals,
  In,
  NotIn,
  Matches,  // a regular expression, somewhere in the text
  NotMatches,
  StartsWith,
  EndsWith,
  Contains,  // a part of a text, or an item of a list
  LessThan,
  AtMost,
  MoreThan,
  AtLeast,
  HasType,  // text, number, bool, list, map
};

enum class ConditionKind : std::uint8_t { All, Any, Not, Some, Every, None, Compare };
struct Condition {
  ConditionKind kind = ConditionKind::All;
  std::vector<Condition> parts = {};  // of Not, Some, Every and None: one
  ItemPath over = {};                 // Some, Every, None
  Operator by{};
  Expression left = {}, right = {};
  bool wanted = true;   // Exists
  bool absent = false;  // what a comparison says where what is compared is not there
  bool of_subject = false;                // the answer is the same for all items of the subject
  std::vector<std::string> options = {};  // In, NotIn: literal ones, sorted
  std::shared_ptr<const re2::RE2> regex = {};
};

struct PolicyNote {
  ItemPath at = {};
  TextTemplate text = {};
};

// What settles a finding, in terms of the property at which it stands.
struct PolicyFix {
  bool removes = false;  // takes it out; else it gets the value
  std::string value = {};
  FixSafety safety = FixSafety::Unsafe;
};

struct Policy {
  std::string_view rule = {};  // its id, which outlives it
  Range written = {};          // in the text that it was read from
  std::vector<ResourceKind> kinds = {};
  std::vector<std::string> types = {};  // of CloudFormation; "AWS::ApiGateway::*"
  std::vector<std::string> tools = {};  // none: all
  ItemPath each = {};                   // from the resource to what is asked; no steps: itself
  bool has_where = false, has_wrong = false;
  Condition where = {}, wrong = {};
  TextTemplate message = {};
  TextTemplate remedy = {};  // no texts: the rule's own
  ItemPath at = {};  // no steps: what decided
  std::vector<PolicyNote> related = {};
  bool once = false;   // one finding for all of a template
  bool guess = false;  // likely at most
  Needs needs = 0;
  std::optional<Severity> severity = {};
  std::optional<PolicyFix> fix = {};
};

using Policies = std::vector<std::shared_ptr<const Policy>>;

// Reads the policy of a rule, or a list of them; `rule` is looked at for as long as they live. What
// is not understood is a problem at its place in the text, and then there are none. `remedy` is the
// rule's, where its words name what they are about.
Policies read_policies(std::string_view rule, const Document& document, NodeId node,
                       Problems& problems, NodeId remedy = {});

// What policies report of a project. Those that are given back looked at more than kPolicyItems, or
// at more than kPathItems at once: of what was left nothing is told.
Policies run_policies(const Policies& policies, const Project& project, const Settings& settings,
                      Findings& out);

}  // namespace fnlint
