// Measures the parser's work by its allocations, where its own count of steps says nothing.
#pragma once

#include <cstdint>

namespace fnlint {

// What the parser allocates while this lives, on this thread, in bytes that it asked for: the same
// on every machine. Its work outside of what it reports as operations is copying, and a copy is
// allocated first.
class SyntaxMemory {
 public:
  SyntaxMemory();
  ~SyntaxMemory();
  SyntaxMemory(const SyntaxMemory&) = delete;
  SyntaxMemory& operator=(const SyntaxMemory&) = delete;

  [[nodiscard]] std::uint64_t held() const { return asked_for_ - given_back_; }
  [[nodiscard]] std::uint64_t given_back() const { return given_back_; }

 private:
  friend struct SyntaxAllocator;
  std::uint64_t asked_for_ = 0, given_back_ = 0;
  SyntaxMemory* outer_ = nullptr;
};

}  // namespace fnlint
