// Runs the parser and watches what it reads, reports and allocates, so that a text which is no code
// ends at a budget instead of running for minutes, the same on every machine.

#include "frontends/source/common/syntax.h"

#include "frontends/source/common/syntax_memory.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace fnlint {

namespace {

// A scanner may look ahead from every token to the end of a text (Python's over lines that go on);
// the parser's own count of operations does not see that. So the text is handed out in pieces: code
// takes up to eight reads of each piece (what stands at its edges is read several times).
constexpr std::size_t kPiece = 8192;  // bytes
constexpr std::uint64_t kPiecesAtLeast = 1'000, kReadsOfPiece = 50;

struct Input {
  std::string_view text;
  std::uint64_t pieces_left = 0;
};

const char* read(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* length) {
  Input& input = *static_cast<Input*>(payload);
  if (offset >= input.text.size() || input.pieces_left == 0) {
    *length = 0;
    return "";
  }
  --input.pieces_left;
  *length = static_cast<std::uint32_t>(std::min(input.text.size() - offset, kPiece));
  return input.text.data() + offset;
}

// The parser reports after every 100 operations of its own: real code needs one to three operations
// a byte, so a report every 40 bytes or more. Text that is no code at all takes more, and each
// costs more the longer the stretch that the parser cannot make sense of.
constexpr std::uint32_t kCodeAdvance = 40;           // bytes from one report to the next
constexpr std::uint64_t kReportsWithErrors = 4'000;  // that advance less, once there is an error
// Real code takes up to 200 bytes of memory a byte of text, dense data up to 410; recovery that
// copies what it has skipped, time and again, gives back many times what real code does (100).
constexpr std::uint64_t kMemory = 32U << 20U, kHeldPerByte = 500, kGivenBackPerByte = 100;

class Budget {
 public:
  explicit Budget(std::size_t size)
      : reports_left_(10'000 + size / 4),
        held_(kMemory + kHeldPerByte * size),
        given_back_(kMemory + kGivenBackPerByte * size) {}

  bool is_spent(const TSParseState& state) {
    const bool advances = state.current_byte_offset >= reached_ + kCodeAdvance;
    if (reports_left_ == 0 || errors_left_ == 0 || memory_.held() > held_ ||
        memory_.given_back() > given_back_)
      return true;
    --reports_left_;
    if (state.has_error && !advances) --errors_left_;
    reached_ = std::max(reached_, state.current_byte_offset);
    return false;
  }

 private:
  std::uint64_t reports_left_, held_, given_back_;
  std::uint64_t errors_left_ = kReportsWithErrors;
  std::uint32_t reached_ = 0;
  SyntaxMemory memory_ = {};
};

bool is_spent(TSParseState* state) {
  return static_cast<Budget*>(state->payload)->is_spent(*state);
}

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

// tree-sitter recurses over what is open where a text can be read in several ways. Brackets are
// counted wherever they stand, in texts too: no code comes near.
bool opens_too_many(std::string_view text) {
  constexpr std::ptrdiff_t kOpenBrackets = 20'000;
  std::ptrdiff_t open = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') ++open;
    if ((c == ')' || c == ']' || c == '}') && open > 0) --open;
    if (open > kOpenBrackets) return true;
  }
  return false;
}

}  // namespace

SyntaxTree parse_syntax(const TSLanguage* language, std::string_view text) {
  if (opens_too_many(text)) return nullptr;
  Budget budget(text.size());  // before the parser: it counts what that allocates
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language)) return nullptr;
  Input input{text, kPiecesAtLeast + text.size() / kPiece * kReadsOfPiece};
  const TSInput source{&input, read, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, is_spent};
  SyntaxTree tree(ts_parser_parse_with_options(parser.get(), nullptr, source, options));
  return input.pieces_left == 0 ? nullptr : std::move(tree);
}

}  // namespace fnlint
