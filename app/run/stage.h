// The stages of a run, in their order, as the user, `--timing` and a recorded question name them.
#pragma once

#include <cstdint>
#include <string_view>

namespace fnlint {

enum class Stage : std::uint8_t {
  Discover,
  Templates,
  Programs,
  Link,
  Handlers,
  Code,
  Join,
  Events,
  Packages,
  Checks
};

struct StageWords {
  std::string_view timed = {};
  std::string_view doing = {};  // what the line of progress says; empty: it goes on as it is ...
  std::string_view of = {};     // ... and what it counts
};

constexpr StageWords stage_words(Stage stage) {
  switch (stage) {
    case Stage::Discover: return {"discover", "looking for templates", "files"};
    case Stage::Templates: return {"compile templates", "reading templates", "files"};
    case Stage::Programs: return {"run programs"};
    case Stage::Link: return {"link templates", "linking templates"};
    case Stage::Handlers: return {"look for handlers", "looking for handlers", "files"};
    case Stage::Code: return {"compile code", "reading code", "files"};
    case Stage::Join: return {"join"};
    case Stage::Events: return {"find loops", "following events"};
    case Stage::Packages: return {"measure packages", "measuring packages"};
    case Stage::Checks: break;
  }
  return {"checks", "checking", "rules"};
}

// Several of them.
class Stages {
 public:
  constexpr Stages() = default;
  constexpr explicit Stages(Stage stage)
      : bits_(static_cast<std::uint16_t>(1U << static_cast<unsigned>(stage))) {}
  constexpr void add(Stages others) { bits_ = static_cast<std::uint16_t>(bits_ | others.bits_); }
  [[nodiscard]] constexpr bool has(Stage stage) const { return (bits_ & Stages(stage).bits_) != 0; }
  [[nodiscard]] std::uint16_t& bits() { return bits_; }

 private:
  std::uint16_t bits_ = 0;
};

}  // namespace fnlint
