// Collects where credentials were found, and masks these lines in every excerpt.

#include "report/secrets.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

Secrets::Secrets(const Report& report, Places& places) {
  const auto look = [&](const Finding& finding) {
    if (!finding.rule.starts_with("secrets-in-")) return;
    add(finding.where, places);
    for (const PlacedText& each : finding.related) add(each.where, places);
    for (const PlacedText& each : finding.flow) add(each.where, places);
  };
  for (const ReportedFinding& one : report.findings) look(one.finding);
  for (const SuppressedFinding& one : report.suppressed) look(one.finding.finding);
}

// A key may have many lines.
void Secrets::add(const Span& where, Places& places) {
  const Region region = places.region(where);
  for (std::uint32_t line = region.begin.line; line <= region.end.line; ++line)
    rows_[{where.file, line}].push_back(where.range);
}

void Secrets::hide(FileId file, std::uint32_t line, std::uint32_t start, std::string& text) const {
  const auto found = rows_.find({file, line});
  if (found == rows_.end()) return;
  std::vector<Range> hidden;
  for (const Range& range : found->second)
    hidden.push_back({std::max(range.begin, start) - start, std::max(range.end, start) - start});
  for (std::size_t open = text.find_first_of("\"'`"); open != text.npos;) {
    const std::size_t close = std::min(text.find(text[open], open + 1), text.size());
    const std::string_view before = trim(std::string_view(text).substr(0, open));
    const bool is_key = close + 1 < text.size() && text[close + 1] == ':' &&
                        (before.empty() || before.ends_with('{') || before.ends_with(','));
    if (!is_key)
      hidden.push_back({static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(close)});
    open = close < text.size() ? text.find_first_of("\"'`", close + 1) : text.npos;
  }
  for (const Range& range : hidden)
    for (std::size_t i = range.begin; i < std::min<std::size_t>(range.end, text.size()); ++i)
      if (text[i] != ' ') text[i] = '*';
}

}  // namespace fnlint
