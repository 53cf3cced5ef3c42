// Compares parameter types, as far as they are known, with each signature that a runtime accepts.

#include "values/handler_forms.h"

#include "core/text.h"

#include <algorithm>
#include <vector>

namespace fnlint {

bool has_handler_form(std::span<const std::string> types, std::span<const std::string_view> forms,
                      std::string_view context) {
  return std::ranges::any_of(forms, [&](std::string_view form) {
    const std::vector<std::string_view> wanted =
        form.empty() ? std::vector<std::string_view>{} : split(form, ',');
    if (types.size() != wanted.size()) return false;
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::string_view one = trim(wanted[i]);
      const bool is_any = one == "*" && (types.size() == 1 || types[i] != context);
      if (!types[i].empty() && !is_any && types[i] != one) return false;
    }
    return true;
  });
}

}  // namespace fnlint
