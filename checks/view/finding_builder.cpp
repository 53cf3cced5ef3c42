// Fills in what follows from the parts: confidence from uncertainty, the identity, steps from
// paths.

#include "checks/view/finding_builder.h"

#include "checks/view/project_view.h"
#include "values/confidence.h"

#include <algorithm>
#include <cstdint>

namespace fnlint {

FindingBuilder::FindingBuilder(std::string_view rule, Confidence confidence)
    : finding_{.rule = rule, .confidence = confidence} {}

FindingBuilder::FindingBuilder(std::string_view rule, int uncertainty)
    : FindingBuilder(rule, confidence_of(static_cast<std::uint8_t>(uncertainty))) {}

FindingBuilder&& FindingBuilder::with(Confidence confidence) {
  finding_.confidence = confidence;
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::with(int uncertainty) {
  return with(confidence_of(static_cast<std::uint8_t>(uncertainty)));
}

FindingBuilder&& FindingBuilder::at_most(Confidence confidence) {
  return with(std::min(finding_.confidence, confidence));
}

FindingBuilder&& FindingBuilder::grade(std::optional<Severity> severity) {
  finding_.severity = severity;
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::grade_if(bool when, Severity severity) {
  return when ? grade(severity) : std::move(*this);
}

FindingBuilder&& FindingBuilder::about(const LambdaFunction& function) {
  finding_.declared = function.declared;
  return about(function.name);
}

FindingBuilder&& FindingBuilder::about(const Project& project, ResourceId function) {
  return about(name_of(project, function));
}

FindingBuilder&& FindingBuilder::about(std::string function) {
  finding_.function = std::move(function);
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::at(Span where) {
  finding_.where = where;
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::at(const Property& property) { return at(anchor_of(property)); }

FindingBuilder&& FindingBuilder::settled_by(std::string remedy) {
  finding_.remedy = std::move(remedy);
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::related(PlacedText place) {
  finding_.related.push_back(std::move(place));
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::given_at(const Property& property) {
  add_given(property, finding_);
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::along(const std::vector<PlacedText>& path) {
  for (const PlacedText& one : path) {
    std::string words = one.message + '.';
    if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    step(one.where, words);
  }
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::with_steps(const std::vector<PlacedText>& path) {
  finding_.flow.insert(finding_.flow.end(), path.begin(), path.end());
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::from_handler(const LambdaFunction& function,
                                              const std::vector<PlacedText>& path) {
  step(function.handler_where, "The handler of '", function.name, "' begins here.");
  return along(path);
}

FindingBuilder&& FindingBuilder::caused_by(Cause cause) {
  finding_.cause = std::move(cause);
  return std::move(*this);
}

FindingBuilder&& FindingBuilder::fix(Fix fix) {
  finding_.fixes.push_back(std::move(fix));
  return std::move(*this);
}

FindingBuilder::operator Finding() && {
  if (!is_identified_) finding_.identity = finding_.function;
  return std::move(finding_);
}

}  // namespace fnlint
