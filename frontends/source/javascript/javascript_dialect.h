// JavaScript, TypeScript or TSX: which grammar reads a file.
#pragma once

#include <cstdint>

namespace fnlint {

// What a file may be written in; each has a grammar of its own.
enum class JavaScriptDialect : std::uint8_t { JavaScript, TypeScript, Tsx };

}  // namespace fnlint
