// What a comment for another linter means for ours.
#pragma once

#include "app/configuration/other_mark_table.h"
#include "model/rule.h"
#include "model/settings.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A mark that a comment has.
struct OtherMark {
  const MarkRow* row = nullptr;
  std::vector<std::string> ids = {};
  bool all = false;        // of the tool's ids
  bool inverted = false;   // all but those
  std::string words = {};  // as written
};

// Those of a comment, its own signs included, that still count on that day.
std::vector<OtherMark> marks_in(std::string_view comment, Day today);
MarkReach reach_of(const OtherMark& mark);
// Whether both are of one tool.
bool same_tool(const OtherMark& a, const OtherMark& b);
// The ids of the rules that have one of the tool's ids as an alias, those that it names.
std::vector<std::string> rules_of(const OtherMark& mark, std::span<const Rule> rules);

// The same of ids that stand elsewhere, in a template's Metadata or a tool's configuration.
std::vector<std::string> rules_of(std::string_view tool, IdForm form,
                                  std::span<const std::string> ids, std::span<const Rule> rules);

// Whether the text has a word of any mark: others need not be looked at.
bool has_mark_words(std::string_view text);

}  // namespace fnlint
