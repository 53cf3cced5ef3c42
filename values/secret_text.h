// The detector of credentials that are written into code or templates.
#pragma once

#include "model/secret.h"
#include "model/value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

// Whether a text is a credential, and by what one knows it.
namespace fnlint {

// Why a text is taken for a credential.
struct SecretSign {
  const SecretForm* form = nullptr;  // it has this form, or ...
  const SecretName* name = nullptr;  // ... its name says so, and it looks like one
  std::optional<std::int32_t> last_day = {};  // it is good until then, since 1970-01-01
  std::uint8_t uncertainty = 0;         // neither is a proof; uncertain: the name alone says so
};

// Tells credentials from other texts by their forms, their names and their entropy. Expressions are
// compiled when a text has what they look for.
class SecretReader {
 public:
  explicit SecretReader(const SecretTables& tables);
  ~SecretReader();
  SecretReader(const SecretReader&) = delete;
  SecretReader& operator=(const SecretReader&) = delete;

  // `name`: of what takes the text; may be empty. Holes of the text are written "${}". `host`: what
  // a password is for, where that is known.
  [[nodiscard]] std::optional<SecretSign> read(std::string_view name, std::string_view text,
                                               std::string_view host = {}) const;
  // By its form alone.
  [[nodiscard]] std::optional<SecretSign> by_form(std::string_view text) const;
  // Whether a name says which host something is for.
  [[nodiscard]] bool names_host(std::string_view name) const;
  // What the name says; null: nothing.
  [[nodiscard]] const SecretName* named(std::string_view name) const;

 private:
  [[nodiscard]] const re2::RE2& expression(std::size_t row, std::string_view regex) const;
  enum class Host : std::uint8_t { Unknown, Own, Foreign };
  [[nodiscard]] Host host_of(std::string_view text) const;
  [[nodiscard]] bool matches(std::size_t row, std::span<const std::string_view> rows,
                             std::string_view text) const;
  [[nodiscard]] bool is_safe(std::string_view text) const;
  [[nodiscard]] bool is_sample(std::string_view text, Host host) const;
  // "reset_password" is something to do.
  [[nodiscard]] bool is_of_a_deed(std::string_view name, const SecretName& row) const;

  const SecretTables& tables_;
  mutable std::vector<std::unique_ptr<re2::RE2>> compiled_;  // forms, safe values,
                                                             // samples, sequences, hosts
};

// Bits a byte, by Shannon.
double entropy_of(std::string_view text);
// Long, of several kinds of characters in no order: made by a machine.
bool looks_random(std::string_view text);

}  // namespace fnlint
