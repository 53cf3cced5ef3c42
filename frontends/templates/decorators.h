// Decorated functions of a Python module, for frameworks that declare triggers this way.
#pragma once

#include "core/span.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a decorator's argument says without running the program.
struct PythonValue {
  enum class Kind : std::uint8_t { Unknown, Text, Number, List, Environment };
  Kind kind{};
  std::string text = {};  // Text, Number; Environment: the variable's name
  std::vector<PythonValue> items = {};
  Range where = {};
  [[nodiscard]] bool is_none() const { return kind == Kind::Unknown && text == "None"; }
};
struct PythonArgument {
  std::string name = {};  // empty: by its position
  PythonValue value = {};
};
// "@app.on_s3_event(bucket='photos')".
struct Decorator {
  std::string method = {};  // "on_s3_event"
  std::vector<PythonArgument> arguments = {};
  Range where = {};
  // By its name, or its position where that is given.
  [[nodiscard]] const PythonValue* argument(std::string_view name,
                                            std::size_t position = SIZE_MAX) const;
};
struct Decorated {
  std::string name = {};
  Range name_range = {};
  std::vector<Decorator> decorators = {};
};

// The functions of a module that stand under decorators of the form @object.method(...), in order.
// A look at the text, not a parse of it: literals, module constants that are texts, and os.environ
// are understood, all else is Unknown. Never fails.
[[nodiscard]] std::vector<Decorated> read_decorated_functions(std::string_view text);

}  // namespace fnlint
