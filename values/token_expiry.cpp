// Decodes the payload of a JSON Web Token far enough to read when it expires.

#include "values/token_expiry.h"

#include "core/json.h"

#include <string>

namespace fnlint {

namespace {

constexpr std::int64_t kSecondsADay = 86'400;
constexpr std::int64_t kLatest = 100'000'000'000;  // of seconds; beyond, milliseconds are written

std::string decoded_base64url(std::string_view text) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const std::size_t digit = kCharacters.find(c);
    if (digit == kCharacters.npos) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xffU);
  }
  return out;
}

}  // namespace

std::optional<std::int32_t> token_expiry(std::string_view text) {
  constexpr std::string_view kBegin = ".eyJ";  // of the second part: {"
  const std::size_t dot = text.find(kBegin);
  if (dot == text.npos) return std::nullopt;
  const auto claims = parse_json(decoded_base64url(text.substr(dot + 1)));
  if (!claims.is_object()) return std::nullopt;
  const auto end = claims.find("exp");
  if (end == claims.end() || !end->is_number()) return std::nullopt;
  const double number = end->get<double>();
  if (number <= 0 || number > 1e15) return std::nullopt;
  auto seconds = static_cast<std::int64_t>(number);
  if (seconds > kLatest) seconds /= 1000;
  return static_cast<std::int32_t>(seconds / kSecondsADay);
}

}  // namespace fnlint
