#include "values/client_settings.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace fnlint {

bool names_credentials(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWords{"credential", "accesskey", "sessiontoken",
                                                          "profilename"};
  std::string word = lower(name);
  std::erase(word, '_');
  return word == "profile" || std::ranges::any_of(kWords, [&](std::string_view part) {
           return word.find(part) != word.npos;
         });
}

}  // namespace fnlint
