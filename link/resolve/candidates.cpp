// Puts a row of the table of guesses into words.

#include "link/resolve/candidates.h"

#include "core/text.h"

namespace fnlint {

Guess guess_by(const GuessRow& row, std::string_view name) {
  return {row.sign, row.score, replace_all(row.reason, "@", name)};
}

}  // namespace fnlint
