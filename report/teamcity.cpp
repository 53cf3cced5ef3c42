// https://www.jetbrains.com/help/teamcity/service-messages.html
#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/unicode.h"
#include "report/words.h"

#include <fmt/format.h>

#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kLongestMessage = 4000, kLongestTitle = 255;  // TeamCity's own limits

void append_unit(std::string& out, std::uint32_t unit) { out += fmt::format("|0x{:04X}", unit); }

// The agent reads a log in its machine's encoding: what is not ASCII is written as UTF-16 units.
std::string teamcity_value(std::string_view text, std::size_t longest) {
  const std::string line = shortened(one_line(text), longest);
  std::string out;
  for (std::string_view rest = line; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    if (point >= 0x10000) {
      append_unit(out, 0xD800U + ((point - 0x10000U) >> 10U));
      append_unit(out, 0xDC00U + ((point - 0x10000U) & 0x3FFU));
    } else if (point >= 0x80) {
      append_unit(out, point);
    } else {
      if (std::string_view("|'[]").find(static_cast<char>(point)) != std::string_view::npos)
        out += '|';
      out += static_cast<char>(point);
    }
  }
  return out;
}

std::string_view teamcity_severity(Severity level) {
  return level == Severity::Error ? "ERROR" : level == Severity::Warning ? "WARNING" : "INFO";
}

std::string inspection_type(const Report& report, std::string_view id) {
  const ReportedRule* const rule = find_rule(report, id);
  const std::string_view title =
      rule == nullptr ? "Input that could not be read" : rule->rule->title;
  const std::string why = rule == nullptr
                              ? "What cannot be read is not checked."
                              : cat(sentence(rule->rule->why), ' ', rule_page(*rule->rule));
  return cat("##teamcity[inspectionType id='", teamcity_value(id, kLongestTitle), "' name='",
             teamcity_value(title, kLongestTitle), "' description='",
             teamcity_value(why, kLongestMessage), "' category='fnlint']\n");
}

}  // namespace

std::string teamcity_report(const Report& report) {
  Places places(report);
  std::string text;
  std::set<std::string_view> known;
  for (const Row& row : rows_of(report, places)) {
    if (known.insert(row.rule).second) text += inspection_type(report, row.rule);
    text += cat("##teamcity[inspection typeId='", teamcity_value(row.rule, kLongestTitle),
                "' message='", teamcity_value(in_full(row), kLongestMessage), "' file='",
                teamcity_value(row.path, kLongestMessage), "' line='", row.region.begin.line,
                "' SEVERITY='", teamcity_severity(row.level), "']\n");
  }
  if (const std::string words = unread_words(report); !words.empty())
    text += cat("##teamcity[message text='fnlint: ", teamcity_value(words, kLongestMessage),
                "' status='WARNING']\n");
  return text;
}

}  // namespace fnlint
