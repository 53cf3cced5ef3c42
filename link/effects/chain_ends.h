// Why a chain of events is no loop, for people who ask.
#pragma once

#include "link/effects/caused_event.h"

#include <set>
#include <string>
#include <tuple>

namespace fnlint {

// Keeps where chains of events ended that are no cycles, for who asks why (`explain --function`);
// nothing where nobody asks.
class ChainEnds {
 public:
  ChainEnds(const Project& project, bool asked) : project_(project), asked_(asked) {}

  [[nodiscard]] bool asked() const { return asked_; }
  // The effect of a function that the chains begin with from now on.
  void begin(std::uint32_t function, std::uint32_t effect) {
    function_ = function;
    effect_ = effect;
  }
  // `path`: the resources that the event came to, the last one not taken.
  void add(std::vector<ResourceId> path, std::string why, Span where);
  [[nodiscard]] std::vector<ChainEnd> take() { return std::move(ends_); }

  // "its filter ... does not take an event with the key ..."
  [[nodiscard]] std::string refusal(const Relation& relation, const CausedEvent& event) const;

 private:
  const Project& project_;
  bool asked_ = false;
  std::uint32_t function_ = UINT32_MAX, effect_ = UINT32_MAX;
  std::vector<ChainEnd> ends_ = {};
  std::set<std::tuple<std::uint32_t, std::uint32_t, Span, std::string>> known_ = {};
};

}  // namespace fnlint
