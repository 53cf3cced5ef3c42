// Does a request leave the network for the public internet?
#pragma once

#include "values/pool.h"

#include <string_view>

namespace fnlint {

// The host of an address that begins with it in so many words ("https://api.shop.com/" + path) and
// that no network serves itself: it is on the internet. Empty: it may be anything else.
std::string_view public_host(const ValuePool& pool, ValueId address);

}  // namespace fnlint
