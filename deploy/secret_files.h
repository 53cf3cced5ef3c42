// Credentials that are about to be deployed along with the code.
#pragma once

#include "core/span.h"
#include "values/secret_text.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

inline constexpr std::size_t kSecretFileBytes = 1U << 16U;

// Whether a file of a package is one of those that are looked into, by its path.
bool may_hold_secret(std::string_view path);

struct FoundSecret {
  std::string words = {};  // "a private key"
  bool sure = false;
  Range where = {};
};

// The first credential in files that hold settings, keys or data.
class SecretFinder {
 public:
  SecretFinder();
  [[nodiscard]] std::optional<FoundSecret> find(std::string_view path, std::string_view text) const;

 private:
  [[nodiscard]] std::optional<SecretSign> read(std::string_view window, std::string_view line,
                                               bool settings) const;
  SecretReader reader_;
};

}  // namespace fnlint
