// Joins grammar and lowering; macros are expanded in between.

#include "frontends/source/rust/rust.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/rust/rust_lowering.h"
#include "frontends/source/rust/rust_macros.h"

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
