// What holds while code is walked: the language, the initialiser and the depth that the walk is in,
// and the limits that it came to.
#pragma once

#include "core/limits.h"
#include "model/code.h"
#include "model/summary.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What a walk did not come to.
struct Missed {
  std::uint8_t cuts = 0;                     // CutFlags
  std::vector<Unfollowed> unfollowed = {};  // each library once, sorted
};

class WalkContext {
 public:
  // The language of the function that is being followed.
  [[nodiscard]] Language language() const { return language_; }
  Language exchange_language(Language language) { return std::exchange(language_, language); }

  // The module whose initialiser is being walked; none: no initialiser is.
  [[nodiscard]] ModuleId initialising() const { return initialising_; }
  ModuleId initialise(ModuleId module) { return std::exchange(initialising_, module); }
  // Whose registration it is that stands in `written`: that of the module whose initialiser asks
  // for it, `exports.handler = pipeline(work)`, and not of the one that all of them ask.
  [[nodiscard]] ModuleId registrant(bool in_init, ModuleId written) const {
    return in_init && initialising_.exists() ? initialising_ : written;
  }

  // Calls of calls that are still followed, whatever they do: a bound on the machine's own stack.
  [[nodiscard]] bool may_nest() const { return nesting_ < kNesting; }
  // One call more, while it lives.
  class Nested {
   public:
    explicit Nested(WalkContext& context) : context_(context) { ++context_.nesting_; }
    ~Nested() { --context_.nesting_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    WalkContext& context_;
  };

  // What is called from here on counts against a new kFollowedCalls: once for each function that is
  // joined.
  void begin_function() { calls_left_ = kFollowedCalls; }
  // Takes one call of that depth from them; false: none is left.
  bool spend_call(int depth);

  // Limits that what was called since they were last taken came to: CutFlags.
  std::uint8_t take_cuts() { return std::exchange(missed_.cuts, std::uint8_t{0}); }
  void note_cut(std::uint8_t limits) { missed_.cuts |= limits; }
  // Calls of libraries that nothing is known of, made since they were last taken.
  std::vector<Unfollowed> take_unfollowed() { return std::exchange(missed_.unfollowed, {}); }
  void note_unfollowed(const std::vector<Unfollowed>& of_callee);
  // Both, in place of what was noted before.
  Missed exchange_missed(Missed missed) { return std::exchange(missed_, std::move(missed)); }

 private:
  static constexpr int kNesting = 64;
  Language language_ = Language::Unknown;
  ModuleId initialising_ = {};
  int nesting_ = 0;
  std::size_t calls_left_ = kFollowedCalls;
  Missed missed_;
};

}  // namespace fnlint
