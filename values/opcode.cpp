// Finds an opcode by its name, quickly, since every computed value asks for it.

#include "values/opcode.h"

#include <tsl/robin_map.h>

namespace fnlint {
namespace {

// The names are few, and asked for with each value that is computed.
struct NameHash {
  std::size_t operator()(std::string_view name) const {
    if (name.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return ((at(0) * 31U + at(name.size() / 2)) * 31U + at(name.size() - 1)) * 31U + name.size();
  }
};

}  // namespace

Opcode opcode_of(std::string_view name) {
  using Opcodes = tsl::robin_map<std::string_view, Opcode, NameHash>;
  static const Opcodes kOpcodes = [] {
    Opcodes opcodes;
    for (std::size_t i = 0; i < kOpcodeNames.size(); ++i)
      opcodes.emplace(kOpcodeNames[i], static_cast<Opcode>(i + 1));
    return opcodes;
  }();
  const auto found = kOpcodes.find(name);
  return found == kOpcodes.end() ? Opcode::None : found->second;
}

}  // namespace fnlint
