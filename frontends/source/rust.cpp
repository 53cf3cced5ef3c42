#include "frontends/source/rust.h"

#include "frontends/source/rust_lowering.h"
#include "frontends/source/rust_macros.h"
#include "frontends/source/source_file.h"

namespace fnlint {

CodeFacts lower_rust(std::string_view text) {
  return read_source(text, {.language = Language::Rust,
                            .grammar = rust_grammar(),
                            .lower =
                                [](CodeBuilder& out, const SourceFile& file) {
                                  SyntaxNodes nodes = file.nodes;
                                  expand_macros(nodes, file.text);
                                  RustLowering(out, {nodes, file.text}).lower_file();
                                },
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
