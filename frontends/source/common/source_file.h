// The steps from a text to facts that are the same in every language.
#pragma once

#include "frontends/source/common/code_builder.h"
#include "frontends/source/common/syntax_nodes.h"

#include <functional>
#include <string>
#include <string_view>

namespace fnlint {

// What is the same for every grammar: limits, bytes that are not UTF-8, syntax errors as problems,
// suppression comments. `lower` writes the file's functions; function 0 first.
struct SourceFile {
  const SyntaxNodes& nodes;
  std::string_view text = {};
};
struct SourceReader {
  Language language{};
  const Grammar& grammar;
  std::function<void(CodeBuilder&, const SourceFile&)> lower;
  // True: a fault that is no mistake of the user's (syntax newer than the grammar); said otherwise.
  std::function<bool(CodeBuilder&, const SyntaxNodes&, const SyntaxFault&)> is_known = {};
  // Before anything is lowered: what the grammar misreads, or fields that it does not have.
  std::function<void(SyntaxNodes&, std::string_view text)> mend = {};
  // Of a text with faults: the same with something in place of each gap of the grammar that may
  // have made one, byte for byte. It is read instead where it has fewer faults, and lowered with
  // the text.
  std::function<std::string(std::string_view text, const SyntaxNodes&)> bridged = {};
  // Nodes of this kind that a suppression comment looks into rather than covers: blocks.
  std::uint8_t block_kind = kOtherNode;
};

// Never throws and always returns facts: whatever cannot be read is a problem at its place.
CodeFacts read_source(std::string_view text, const SourceReader& reader);

}  // namespace fnlint
