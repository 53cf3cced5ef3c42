// Recognises, by words in their names, the settings that make a client act under other credentials.

#include "values/client_settings.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace fnlint {

std::string setting_word(std::string_view name) {
  std::string word = lower(name);
  std::erase(word, '_');
  return word;
}

bool names_credentials(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kWords{
      "credential", "accesskey", "sessiontoken", "assumerole", "profilename", "botocoresession"};
  const std::string word = setting_word(name);
  return word == "profile" || std::ranges::any_of(kWords, [&](std::string_view part) {
           return word.find(part) != word.npos;
         });
}

}  // namespace fnlint
