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

// The parser reports after every 100 operations of its own: real code needs one to three operations
// a byte, so a report every 40 bytes or more. Text that is no code at all takes more, and each
// costs more the longer the stretch that the parser cannot make sense of.
constexpr std::uint32_t kCodeAdvance = 40;           // bytes from one report to the next
constexpr std::uint64_t kReportsWithErrors = 4'000;  // that advance less, once there is an error
struct Budget {
  std::uint64_t reports_left = 0;
  std::uint64_t errors_left = kReportsWithErrors;
  std::uint32_t reached = 0;
};
bool is_spent(TSParseState* state) {
  auto* budget = static_cast<Budget*>(state->payload);
  const bool advances = state->current_byte_offset >= budget->reached + kCodeAdvance;
  if (budget->reports_left == 0 || budget->errors_left == 0) return true;
  --budget->reports_left;
  if (state->has_error && !advances) --budget->errors_left;
  budget->reached = std::max(budget->reached, state->current_byte_offset);
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
  Budget budget{.reports_left = 10'000 + text.size() / 4};
  const TSInput source{&input, read, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, is_spent};
  return SyntaxTree(ts_parser_parse_with_options(parser.get(), nullptr, source, options));
}

}  // namespace fnlint
