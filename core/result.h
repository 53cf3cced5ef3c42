// Failures of the machine as return values, since exceptions do not leave a folder.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace fnlint {

struct Error {
  std::string message = {};
};

// A value, or why there is none: for failures of the machine (an unreadable file, a corrupt
// archive), not for input that is merely wrong: that becomes a Problem at a place.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  explicit operator bool() const { return content_.index() == 0; }
  [[nodiscard]] T& value() { return std::get<0>(content_); }
  [[nodiscard]] const T& value() const { return std::get<0>(content_); }
  [[nodiscard]] const std::string& error() const { return std::get<1>(content_).message; }

 private:
  std::variant<T, Error> content_;
};

}  // namespace fnlint
