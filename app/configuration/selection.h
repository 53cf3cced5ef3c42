// Which rules are on, and at which level, by configuration and command line.
#pragma once

#include "model/rule.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What a selector names: a rule's id, another tool's id for it ("checkov:CKV_AWS_116" or
// "CKV_AWS_116"), what ids begin with ("loop-s3"; a category is such a beginning), a profile
// ("default"), "ALL". The narrower wins where one list takes what another leaves out: of
// beginnings the longer one, whose value is Beginning and its length.
enum class Narrowness : std::uint16_t { None, All, Profile, Beginning, Rule = UINT16_MAX };
Narrowness names_rule(std::string_view selector, const Rule& rule);

// Those that a selector may name.
std::vector<std::string_view> profile_names();
// "observability" is what the rules of that category are about, whichever other profile has them.
bool is_of_profile(const Rule& rule, Profile profile);

// Empty when the selector names something; else what is wrong with it, with a suggestion.
std::string selector_error(std::string_view selector, std::span<const Rule> rules);

// A level that a rule is given; nothing: it is off.
using Level = std::optional<Severity>;
using Levels = std::vector<std::pair<std::string, Level>>;  // by selector, in order

// What a list of levels says of a rule: its narrowest entry, of several the last.
struct GivenLevel {
  Narrowness narrowness = Narrowness::None;  // None: it says nothing
  Level level = {};
};
GivenLevel given_level(const Levels& levels, const Rule& rule);

// "error", "warning", "note", "off"; nothing for another word.
std::optional<Level> level_named(std::string_view word);
std::string_view name_of(const Level& level);

// What configuration and command line say. The command line's select takes the place of the
// configuration's, and its lists win over the configuration's where they are equally narrow.
struct Selectors {
  std::vector<std::string> select = {}, ignore = {};            // of the configuration
  std::vector<std::string> select_here = {}, ignore_here = {};  // of the command line
  std::vector<std::string> extend_here = {};
  Levels levels = {}, levels_here = {};  // "off" is an ignore
};

// Without any select the profile `default` is.
bool is_selected(const Rule& rule, const Selectors& selectors);
// The same of what the rule's check gives as notes, which may be of another profile.
bool are_notes_selected(const Rule& rule, const Selectors& selectors);

}  // namespace fnlint
