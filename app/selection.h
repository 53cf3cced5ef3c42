#pragma once

#include "model/rule.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a selector names: a rule's id, another tool's id for it ("checkov:CKV_AWS_116" or
// "CKV_AWS_116"), a category ("loop" or "loop-"), a profile ("default"), "ALL". The narrower wins
// where one list takes what another leaves out.
enum class Narrowness : std::uint8_t { None, All, Profile, Category, Rule };
Narrowness names_rule(std::string_view selector, const Rule& rule);

// Those that a selector may name.
std::vector<std::string_view> profile_names();

// Empty when the selector names something; else what is wrong with it, with a suggestion.
std::string selector_error(std::string_view selector, std::span<const Rule> rules);

// What configuration and command line say. The command line's select takes the place of the
// configuration's, and its lists win over the configuration's where they are equally narrow.
struct Selectors {
  std::vector<std::string> select = {}, ignore = {};            // of the configuration
  std::vector<std::string> select_here = {}, ignore_here = {};  // of the command line
  std::vector<std::string> extend_here = {};
};

// Without any select the profile `default` is.
bool is_selected(const Rule& rule, const Selectors& selectors);
// The same of what the rule's check gives as notes, which may be of another profile.
bool are_notes_selected(const Rule& rule, const Selectors& selectors);

}  // namespace fnlint
