// Request fields and headers that carry credentials.
#pragma once

#include "core/text.h"
#include "tables/known.h"

#include <string_view>

namespace fnlint {

// Whether an entry of this name, of a request or its headers, holds what one is let in with:
// "Authorization", "x-api-key", "client_secret".
inline bool carries_credential(std::string_view name) {
  return is_one_of(known::credential_entries(), flat_name(name));
}

}  // namespace fnlint
