#include "frontends/source/syntax.h"

#include <algorithm>
#include <cstdint>

namespace fnlint {

namespace {

struct Input {
  std::string_view text;
};

const char* read(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* length) {
  const std::string_view text = static_cast<Input*>(payload)->text;
  if (offset >= text.size()) {
    *length = 0;
    return "";
  }
  *length = static_cast<std::uint32_t>(text.size() - offset);
  return text.data() + offset;
}

// The parser reports every 100 operations of its own. Real code needs under three operations a
// byte.
struct Budget {
  std::uint64_t reports_left;
};
bool is_spent(TSParseState* state) {
  auto* budget = static_cast<Budget*>(state->payload);
  if (budget->reports_left == 0) return true;
  --budget->reports_left;
  return false;
}

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

}  // namespace

SyntaxTree parse_syntax(const TSLanguage* language, std::string_view text) {
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language)) return nullptr;
  Input input{text};
  Budget budget{10'000 + text.size() * 2};
  const TSInput source{&input, read, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, is_spent};
  return SyntaxTree(ts_parser_parse_with_options(parser.get(), nullptr, source, options));
}

}  // namespace fnlint
