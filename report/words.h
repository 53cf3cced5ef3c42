#pragma once

#include "model/finding.h"
#include "model/rule.h"

#include <string>
#include <string_view>

// Words that several formats have for the same.
namespace fnlint {

constexpr std::string_view word_of(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "note";
}
constexpr std::string_view word_of(Confidence confidence) {
  return confidence == Confidence::Certain  ? "certain"
         : confidence == Confidence::Likely ? "likely"
                                            : "possible";
}

// "Python", "Terraform".
std::string_view name_of_remedy(const Remedy& remedy);

// "1 finding", "3 findings".
std::string counted(std::size_t count, std::string_view noun);

// Trimmed, with a full stop where it ends without a mark.
std::string sentence(std::string_view text);
// At most so many bytes, the last three of them dots where something is left out.
std::string shortened(std::string_view text, std::size_t bytes);

}  // namespace fnlint
