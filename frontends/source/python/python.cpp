// Joins grammar, scopes and lowering, and bridges gaps of the grammar.

#include "frontends/source/python/python.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/python/python_lowering.h"

#include <algorithm>
#include <string>

namespace fnlint {

namespace {

// `return 1, *[2]`, `pair = 1, *[2]`: starred elements of a tuple without parentheses, which the
// grammar does not read everywhere. In place of the star of each that stands on a line with a fault
// a sign, which the grammar reads wherever the language has such an element.
std::string with_signs_for_stars(std::string_view text, const SyntaxNodes& nodes) {
  std::string other(text);
  for (const SyntaxFault& fault : nodes.faults()) {
    const std::size_t before =
        fault.where.begin == 0 ? text.npos : text.rfind('\n', fault.where.begin - 1);
    const std::size_t end = std::min(text.find('\n', fault.where.end), text.size());
    int depth = 0;         // of brackets that open on the line
    std::size_t last = 0;  // what stands before, blanks aside, ends there
    for (std::size_t at = before == text.npos ? 0 : before + 1; at < end; ++at) {
      const char here = text[at];
      if (here == '\n') depth = 0;
      if (here == '(' || here == '[' || here == '{') ++depth;
      if (here == ')' || here == ']' || here == '}') --depth;
      const bool is_star = here == '*' && !text.substr(at).starts_with("**");
      const std::string_view left = text.substr(0, last);
      const bool begins = left.ends_with(',') || left.ends_with('=') || left.ends_with("return") ||
                          left.ends_with("yield");
      if (is_star && begins && depth <= 0) other[at] = '+';
      if (here != ' ' && here != '\t') last = at + 1;
    }
  }
  return other;
}

}  // namespace

CodeFacts lower_python(std::string_view text) {
  bool said_default = false;
  SourceReader reader{.language = Language::Python,
                      .grammar = python_grammar(),
                      .lower =
                          [](CodeBuilder& out, const SourceFile& file) {
                            const PythonScopes scopes(out, file.nodes, file.text);
                            PythonLowering(out, file.nodes, scopes, file.text).lower_file();
                          },
                      .is_known = {},
                      .mend = {},
                      .bridged = with_signs_for_stars,
                      .block_kind = static_cast<std::uint8_t>(Py::Block)};
  // A default of a type parameter, `[T = int]`, is newer than the grammar.
  reader.is_known = [&](CodeBuilder& out, const SyntaxNodes& nodes, const SyntaxFault& fault) {
    const bool is_default = fault.parent != kNoNode && fault.missing.empty() &&
                            static_cast<Py>(nodes[fault.parent].kind) == Py::TypeParameter;
    if (is_default && !said_default)
      out.add_feature("type-parameter-defaults", "3.13", fault.where);
    said_default = said_default || is_default;
    return is_default;
  };
  return read_source(text, reader);
}

}  // namespace fnlint
