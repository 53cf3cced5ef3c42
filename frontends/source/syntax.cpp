#include "frontends/source/syntax.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>

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
// Recovery may also copy all that it has skipped, time and again, inside single operations that do
// advance (80 kB of quotation marks take 100 s): processor time is a backstop that only such text
// meets.
using Clock = std::chrono::steady_clock;
constexpr double kBytesPerSecond = 500'000;
double thread_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
struct Budget {
  std::uint64_t reports_left = 0;
  double seconds_left = 0;
  std::uint64_t errors_left = kReportsWithErrors;
  std::uint32_t reached = 0;
  double started = thread_seconds();
  // The wall's clock is never behind the processor's, and cheap to ask.
  Clock::time_point first_look = Clock::now() + std::chrono::seconds(1);

  [[nodiscard]] bool is_late() const {
    return Clock::now() > first_look && thread_seconds() - started > seconds_left;
  }
};
bool is_spent(TSParseState* state) {
  auto* budget = static_cast<Budget*>(state->payload);
  const bool advances = state->current_byte_offset >= budget->reached + kCodeAdvance;
  if (budget->reports_left == 0 || budget->errors_left == 0 || budget->is_late()) return true;
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
  Budget budget{.reports_left = 10'000 + text.size() / 4,
                .seconds_left = 1 + static_cast<double>(text.size()) / kBytesPerSecond};
  const TSInput source{&input, read, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, is_spent};
  return SyntaxTree(ts_parser_parse_with_options(parser.get(), nullptr, source, options));
}

}  // namespace fnlint
