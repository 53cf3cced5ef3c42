// Machine code for another processor or system than the function runs on.
#pragma once

#include "model/package.h"

#include <optional>
#include <string_view>

namespace fnlint {

// How many bytes of a file say what it is.
inline constexpr std::size_t kNativeBytes = 64;

// What a file of machine code is for, by its first bytes; nothing for other files.
struct NativeForm {
  std::string machine = {};  // "x86_64", "arm64", else another machine's or system's name
  bool linux = true;
};
std::optional<NativeForm> native_form(std::string_view start);

}  // namespace fnlint
