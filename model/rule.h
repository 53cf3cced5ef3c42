#pragma once

#include "model/finding.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>

// What a rule is, apart from the program that finds it.
namespace fnlint {

enum class Profile : std::uint8_t { Default, Strict, Security, Cost, Observability };
enum class RuleMaker : std::uint8_t { Check, Policy, App };

// The languages and template tools that a remedy may have words of its own for.
inline constexpr std::array<std::string_view, 13> kRemedyWords{
    "python", "javascript", "java",           "go",  "csharp",     "ruby",      "rust",
    "cpp",    "cdk",        "cloudformation", "sam", "serverless", "terraform"};
struct Remedy {
  std::string_view of = {};  // one of kRemedyWords
  std::string_view text = {};
};

// A rule's identity: one file of rules/, as constant data. Lists are in the file's order.
struct Rule {
  std::string_view id = {};
  std::string_view category = {};  // the id's first word
  Severity severity = Severity::Warning;
  Profile profile = Profile::Default;
  std::optional<Profile> notes = {};  // the profile of what its check gives as a note
  RuleMaker made_by = RuleMaker::Check;
  bool fixable = false;   // some of its findings come with a fix
  bool security = false;  // shown as a security result where a format tells them apart
  std::string_view since = {};
  std::string_view title = {};
  std::string_view why = {};
  std::string_view remedy = {};  // whatever the file is written in
  std::span<const Remedy> remedies = {};
  std::string_view bad_example = {};  // cases of fixtures/ID/
  std::string_view good_example = {};
  std::span<const std::string_view> aliases =
      {};  // other tools' rules that this one covers, "checkov:CKV_AWS_116"
  std::string_view policy = {};                    // made_by Policy: its map, as JSON
  std::span<const std::string_view> sources = {};  // what its facts rest on
};

}  // namespace fnlint
