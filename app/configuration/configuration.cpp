// Severities and confidences by their words.

#include "app/configuration/configuration.h"

namespace fnlint {

std::optional<Severity> severity_of(std::string_view word) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "note") return Severity::Note;
  return {};
}

std::optional<Confidence> confidence_of(std::string_view word) {
  if (word == "certain") return Confidence::Certain;
  if (word == "likely") return Confidence::Likely;
  if (word == "possible") return Confidence::Possible;
  return {};
}

}  // namespace fnlint
