// Does a method have a signature that the runtime can call as a handler?
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Whether a method of these parameter types has one of the forms in which the runtime calls handlers
// (HandlerContract::forms): types by their last words, an empty one where it is not known; "*" is
// any type, but for the context's where others stand beside it.
bool has_handler_form(std::span<const std::string> types, std::span<const std::string_view> forms,
                      std::string_view context);

}  // namespace fnlint
