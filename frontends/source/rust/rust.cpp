// Joins grammar and lowering; macros are expanded in between.

#include "frontends/source/rust/rust.h"

#include "core/characters.h"
#include "frontends/source/common/source_file.h"
#include "frontends/source/rust/rust_lowering.h"
#include "frontends/source/rust/rust_macros.h"

namespace fnlint {

namespace {

// `&raw` is a reference to what is called so, unless `const` or `mut` follows.
std::string without_references_to_raw(std::string_view text) {
  constexpr std::string_view kRaw = "&raw";
  std::string other(text);
  for (std::size_t at = text.find(kRaw); at != std::string_view::npos;
       at = text.find(kRaw, at + kRaw.size())) {
    std::size_t next = at + kRaw.size();
    if (next < text.size() && is_word(text[next])) continue;
    while (next < text.size() && is_blank(text[next])) ++next;
    const std::string_view rest = text.substr(next);
    if (!rest.starts_with("const ") && !rest.starts_with("mut ")) other[at + 1] = '_';
  }
  return other;
}

}  // namespace

CodeFacts lower_rust(std::string_view text) {
  return read_source(text, {.language = Language::Rust,
                            .grammar = rust_grammar(),
                            .lower =
                                [](CodeBuilder& out, const SourceFile& file) {
                                  SyntaxNodes nodes = file.nodes;
                                  expand_macros(nodes, file.text);
                                  RustLowering(out, {nodes, file.text}).lower_file();
                                },
                            .bridged = [](std::string_view whole, const SyntaxNodes&) {
                              return without_references_to_raw(whole);
                            },
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
