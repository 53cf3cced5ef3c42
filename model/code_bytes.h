// How a code form travels between processes.
#pragma once

#include "model/code.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// One file's facts as bytes, for another process or a cache of this machine: tables as they lie in
// memory, behind a mark that changes with their layout. Not for other machines.
std::string code_bytes(const CodeFacts& facts);
// Nothing: other bytes than code_bytes() of this build wrote, or not all of them. What is returned
// has whole tables; whether their rows agree is for validate() to say.
std::optional<CodeFacts> read_code_bytes(std::string_view bytes);

}  // namespace fnlint
