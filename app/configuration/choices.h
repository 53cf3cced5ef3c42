// Wording of errors about a word that is not among the known ones.
#pragma once

#include "core/text.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// "error, warning or note".
inline std::string choice_of(const std::vector<std::string_view>& words) {
  std::string listed;
  for (std::size_t i = 0; i < words.size(); ++i)
    listed += cat(i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
  return listed;
}

// "; did you mean 'error'?"; empty: no word is near.
inline std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view close = nearest(word, known);
  return close.empty() ? std::string{} : cat("; did you mean '", close, "'?");
}

}  // namespace fnlint
