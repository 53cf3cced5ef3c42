// Lints cases of fixtures/ before and after a rewriting, and compares what is reported.
#pragma once

#include "tests/metamorphic/rewritings.h"

#include <filesystem>
#include <string>
#include <vector>

namespace fnlint::test {

// A finding or a problem, as a report tells of it.
struct Told {
  std::string rule = {}, severity = {}, confidence = {};
  Place place = {};
  int column = 0;
  std::string message = {};
  std::vector<Place> related = {};  // what else it speaks of
};

// A case of fixtures/, and what it gives as it is.
struct RewrittenCase {
  std::string group = {}, name = {};
  std::string selection = {}, today = {};
  Files files = {};  // those that are text
  std::vector<Told> told = {};

  [[nodiscard]] std::filesystem::path folder() const;
};

// Cases that show a rule: fires-…, silent-…, unknown-….
std::vector<std::string> names_of_cases(const std::string& group);
std::vector<std::string> groups_of_cases();
RewrittenCase read_case(const std::string& group, const std::string& name);
// What a rewriting of it gives.
std::vector<Told> told_of(const RewrittenCase& original, const Rewritten& rewritten);

// Sources that could be parsed, and cannot any more.
std::vector<std::string> broken_sources(const RewrittenCase& original, const Rewritten& rewritten);

// What is told of one and not of the other, a line each, with "-" for what is gone and "+" for what
// is new; places are those of the rewritten project.
std::vector<std::string> changes(const RewrittenCase& original, const Rewritten& rewritten,
                                 const std::vector<Told>& told, bool with_messages);

}  // namespace fnlint::test
