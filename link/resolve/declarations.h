// What a source declares, without the cost of parsing it.
#pragma once

#include "link/resolve/source_dialect.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A name that a file declares at its outermost level, or at that of a namespace.
struct Declared {
  std::string space = {};  // the package or namespace that it is in: "com.example", "Shop.Orders"
  std::string name = {};
  bool is_type = false;
  bool is_abstract = false;  // an interface, or a class that others are to complete
};

struct Declarations {
  std::string package = {};           // the first package or namespace
  std::vector<Declared> names = {};   // in the file's order
  std::vector<std::string> stars = {};  // what a whole project imports: C#'s `global using A.B;`
};

// What a file declares, by a quick scan of its words that parses nothing: comments, texts and the
// insides of bodies are passed over. Good enough to know which file to parse.
Declarations scan_declarations(std::string_view text, SourceDialect dialect);

// "IStore": an interface, by the custom that everybody keeps in .NET.
bool is_interface_name(std::string_view name);

}  // namespace fnlint
