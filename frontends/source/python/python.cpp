#include "frontends/source/python/python.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/python/python_lowering.h"

namespace fnlint {

namespace {

// `return 1, *rest`, `pair = 1, *rest`: a starred element of a tuple without parentheses, which the
// grammar does not read everywhere.
bool has_starred_element(std::string_view text, Range where) {
  const auto before = [&](std::size_t at) {  // what stands before it, blanks aside
    const std::size_t last = at == 0 ? text.npos : text.find_last_not_of(" \t", at - 1);
    return last == text.npos ? at : last;
  };
  std::size_t star = text.find('*', where.begin);
  if (star >= where.end) star = before(where.begin);  // the fault may begin behind it
  const bool is_star =
      star < text.size() && text[star] == '*' && !text.substr(star).starts_with("**");
  return is_star && before(star) < star && text[before(star)] == ',';
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
                      .block_kind = static_cast<std::uint8_t>(Py::Block)};
  // A default of a type parameter, `[T = int]`, is newer than the grammar.
  reader.is_known = [&](CodeBuilder& out, const SyntaxNodes& nodes, const SyntaxFault& fault) {
    const bool is_default = fault.parent != kNoNode && fault.missing.empty() &&
                            static_cast<Py>(nodes[fault.parent].kind) == Py::TypeParameter;
    if (is_default && !said_default)
      out.add_feature("type-parameter-defaults", "3.13", fault.where);
    said_default = said_default || is_default;
    return is_default || has_starred_element(text, fault.where);
  };
  return read_source(text, reader);
}

}  // namespace fnlint
