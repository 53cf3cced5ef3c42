// What a random program really does: the truth that findings are held to.
#pragma once

#include "tests/metamorphic/program_tree.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fnlint::test {

// The body of a message of the queue.
struct Sent {
  std::string kind = {};
  bool flag = false;
  int n = 0;

  auto operator<=>(const Sent&) const = default;
};
std::string sent_text(const Sent& message);

// Whether the program's own messages can keep it running for ever.
enum class End : std::uint8_t {
  Always,   // every chain of messages has one
  Counted,  // whether a chain has one depends on the number that it begins to count from
  Never
};
struct Truth {
  End end = End::Always;
  std::vector<Sent> chain = {};  // messages, each of which makes the program send the next one
  bool sends_by_all = false;     // every place that sends does so in some run
};

// Runs the program on every message that it could tell apart, and on those that it sends. Nothing:
// a run has read what does not exist, so that languages would differ.
std::optional<Truth> truth_of(const GeneratedProgram& program);

}  // namespace fnlint::test
