// The one way to make a finding, so that all have a place, an identity and a confidence.
#pragma once

#include "core/text.h"
#include "model/finding.h"
#include "model/project.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// Makes a finding, and is the only one to do so:
//
//   findings.push_back(FindingBuilder("event-fifo-order-lost", uncertainty)
//                          .about(function)
//                          .at(returned.where)
//                          .says("After a message of ", source, " has failed, …")
//                          .related(trigger.where, "This sends batches of a FIFO queue."));
//
// Texts are given in parts, as to `cat`. Without `identified`, the finding is recognised by the
// name of its function.
class FindingBuilder {
 public:
  explicit FindingBuilder(std::string_view rule, Confidence confidence = Confidence::Certain);
  FindingBuilder(std::string_view rule, int uncertainty);  // kHeuristic, kCut, ...

  FindingBuilder&& with(Confidence confidence);
  FindingBuilder&& with(int uncertainty);
  FindingBuilder&& at_most(Confidence confidence);
  FindingBuilder&& grade(std::optional<Severity> severity);  // in place of the rule's own
  FindingBuilder&& grade_if(bool when, Severity severity);

  FindingBuilder&& about(const LambdaFunction& function);
  FindingBuilder&& about(const Project& project, ResourceId function);
  FindingBuilder&& about(std::string function);
  FindingBuilder&& at(Span where);
  FindingBuilder&& at(const Property& property);  // as anchor_of

  template <class... Parts>
  FindingBuilder&& says(const Parts&... parts) {
    finding_.message = cat(parts...);
    return std::move(*this);
  }
  template <class... Parts>
  FindingBuilder&& adds(const Parts&... parts) {  // to what it says
    finding_.message += cat(parts...);
    return std::move(*this);
  }
  template <class... Parts>
  FindingBuilder&& identified(const Parts&... parts) {
    finding_.identity = cat(parts...);
    is_identified_ = true;
    return std::move(*this);
  }

  template <class... Parts>
  FindingBuilder&& related(Span where, const Parts&... parts) {
    finding_.related.push_back({where, cat(parts...)});
    return std::move(*this);
  }
  FindingBuilder&& settled_by(std::string remedy);  // in place of the rule's remedy
  FindingBuilder&& related(PlacedText place);
  template <class... Parts>
  FindingBuilder&& related_if(bool when, Span where, const Parts&... parts) {
    if (when) related(where, parts...);
    return std::move(*this);
  }
  // Where the value stands, if that is not where its key does: at the call of a module.
  FindingBuilder&& given_at(const Property& property);

  // How it comes to that: the calls, or imports, on the way ...
  FindingBuilder&& along(const std::vector<PlacedText>& path);
  // ... and what is at its end, where there is a way.
  template <class... Parts>
  FindingBuilder&& along(const std::vector<PlacedText>& path, Span where, const Parts&... last) {
    along(path);
    return finding_.flow.empty() ? std::move(*this) : step(where, last...);
  }
  // The same with the words of the steps as they are.
  FindingBuilder&& with_steps(const std::vector<PlacedText>& path);
  template <class... Parts>
  FindingBuilder&& with_steps(const std::vector<PlacedText>& path, Span where,
                              const Parts&... last) {
    with_steps(path);
    return finding_.flow.empty() ? std::move(*this) : step(where, last...);
  }
  FindingBuilder&& from_handler(const LambdaFunction& function,
                                const std::vector<PlacedText>& path);
  template <class... Parts>
  FindingBuilder&& step(Span where, const Parts&... parts) {
    finding_.flow.push_back({where, cat(parts...)});
    return std::move(*this);
  }
  // A call of the function: the finding is where it stands, recognised by its name, with the way
  // from the handler to it.
  template <class... Parts>
  FindingBuilder&& at_call(const LambdaFunction& function, const CodeCall& call,
                           const Parts&... what) {
    about(function).at(call.where).identified(function.name, ':', call.name);
    return from_handler(function, call.path).step(call.where, what...);
  }

  FindingBuilder&& caused_by(Cause cause);
  FindingBuilder&& fix(Fix fix);

  operator Finding() &&;

 private:
  Finding finding_;
  bool is_identified_ = false;
};

}  // namespace fnlint
