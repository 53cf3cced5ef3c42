#pragma once

#include "core/text.h"
#include "tables/known.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace fnlint {

// Whether an entry of this name, of a request or its headers, holds what one is let in with:
// "Authorization", "x-api-key", "client_secret".
inline bool carries_credential(std::string_view name) {
  std::string word = lower(name);
  std::erase_if(word, [](char c) { return c == '_' || c == '-'; });
  return std::ranges::find(known::credential_entries(), word) != known::credential_entries().end();
}

}  // namespace fnlint
