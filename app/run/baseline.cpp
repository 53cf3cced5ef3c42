// Prints and parses baseline files, one finding a line for readable diffs.

#include "app/run/baseline.h"

#include "app/configuration/configuration.h"
#include "core/encoding.h"
#include "core/json.h"
#include "core/text.h"
#include "report/words.h"

#include <algorithm>
#include <tuple>

namespace fnlint {

namespace {

constexpr int kVersion = 1;

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string line_of(const KnownFinding& one) {
  return cat("    {\"path\": ", json_text(one.path), ", \"rule\": ", json_text(one.rule),
             one.function.empty() ? "" : cat(", \"function\": ", json_text(one.function)),
             ", \"confidence\": ", json_text(word_of(one.confidence)),
             ", \"fingerprint\": ", json_text(one.fingerprint),
             ", \"message\": ", json_text(one.message), "}");
}

std::string text_at(const nlohmann::json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string baseline_text(std::vector<KnownFinding> findings) {
  std::ranges::stable_sort(findings, {}, [](const KnownFinding& one) {
    return std::tie(one.path, one.rule, one.fingerprint);
  });
  std::string text = cat("{\n  \"version\": ", kVersion, ",\n  \"findings\": [");
  for (std::size_t i = 0; i < findings.size(); ++i)
    text += cat(i == 0 ? "\n" : ",\n", line_of(findings[i]));
  return text + (findings.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

Result<std::vector<KnownFinding>> read_baseline(std::string_view text) {
  const nlohmann::json document = parse_json(text);
  if (document.is_discarded()) return Error{"is not JSON"};
  if (!document.is_object() || !document.contains("findings") || !document["findings"].is_array())
    return Error{"is not a baseline: it has no list of findings"};
  if (!document.contains("version") || document["version"] != kVersion)
    return Error{cat("is not a baseline of version ", kVersion, ", the only one that can be read")};
  std::vector<KnownFinding> findings;
  for (const nlohmann::json& row : document["findings"]) {
    KnownFinding one{.fingerprint = text_at(row, "fingerprint"),
                     .rule = text_at(row, "rule"),
                     .path = text_at(row, "path"),
                     .message = text_at(row, "message"),
                     .function = text_at(row, "function")};
    if (one.fingerprint.empty() || one.rule.empty())
      return Error{cat("finding ", findings.size() + 1, " of the baseline has no ",
                       one.rule.empty() ? "rule" : "fingerprint")};
    one.confidence = confidence_of(text_at(row, "confidence")).value_or(Confidence::Certain);
    findings.push_back(std::move(one));
  }
  return findings;
}

}  // namespace fnlint
