// Calls on receivers of unknown type, recognised as operations of an SDK.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// An SDK operation that a call on an unknown receiver must be, by its method's name and the members
// it is given.
struct SdkGuess {
  std::uint32_t operation = UINT32_MAX;
  ValueId target = {}, key = {}, members = {};
};
SdkGuess guess_sdk_call(Engine& engine, const Step& step);

}  // namespace fnlint
