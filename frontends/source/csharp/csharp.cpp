// Joins grammar and lowering, and hides the directives of file-based programs from the grammar.

#include "frontends/source/csharp/csharp.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/csharp/csharp_lowering.h"

#include <string>

namespace fnlint {

namespace {

// `#:package X` and the like, which only `dotnet run` reads, are comments to the grammar.
std::string without_directives(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("#:"); at != std::string::npos; at = out.find("#:", at + 2))
    if (at == 0 || out[at - 1] == '\n') out.replace(at, 2, "//");
  return out;
}

}  // namespace

CodeFacts lower_csharp(std::string_view text) {
  const SourceReader reader{.language = Language::CSharp,
                            .grammar = csharp_grammar(),
                            .lower =
                                [](CodeBuilder& out, const SourceFile& file) {
                                  CSharpLowering(out, file).lower_file();
                                },
                            .is_known = {},
                            .mend = mend_patterns,
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)};
  const bool has_directives =
      text.starts_with("#:") || text.find("\n#:") != std::string_view::npos;
  return has_directives ? read_source(without_directives(text), reader)
                        : read_source(text, reader);
}

}  // namespace fnlint
