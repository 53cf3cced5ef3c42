// A callback by which a long step says what it works on.
#pragma once

#include <functional>
#include <string_view>

namespace fnlint {

// Is told what is worked on from here on, in the thread that does so; may be empty.
using Begins = std::function<void(std::string_view what)>;

}  // namespace fnlint
