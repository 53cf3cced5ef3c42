#include "app/rule_pages.h"

#include "app/run.h"
#include "app/selection.h"
#include "core/text.h"
#include "report/report.h"
#include "report/words.h"
#include "tables/tables.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace fnlint {

namespace {

constexpr std::size_t kWidth = 80;

std::string_view word_of(Profile profile) {
  switch (profile) {
    case Profile::Default: return "default";
    case Profile::Strict: return "strict";
    case Profile::Security: return "security";
    case Profile::Cost: return "cost";
  }
  return {};
}

// Lines of at most kWidth columns, each after `indent`; `first` stands in place of the first one's.
std::string wrapped(std::string_view text, std::string_view indent, std::string_view first) {
  std::string out, line(first);
  bool begun = false;
  for (const std::string_view part : split(text, '\n')) {
    for (const std::string_view word : split(part, ' ')) {
      if (word.empty()) continue;
      if (begun && line.size() + 1 + word.size() > kWidth) {
        out += line + '\n';
        line = indent;
        begun = false;
      }
      line += cat(begun ? " " : "", word);
      begun = true;
    }
  }
  return out + line + '\n';
}

void section(std::ostream& out, std::string_view title, std::string_view text) {
  if (!text.empty()) out << '\n' << title << '\n' << wrapped(text, "  ", "  ");
}

void list(std::ostream& out, std::string_view title, std::span<const std::string_view> rows) {
  if (rows.empty()) return;
  out << '\n' << title << '\n';
  for (const std::string_view row : rows) out << wrapped(row, "    ", "  - ");
}

const Rule* find_named(std::string_view name) {
  if (const Rule* const rule = find_rule(name)) return rule;
  for (const Rule& rule : rules())
    if (names_rule(name, rule) == Narrowness::Rule) return &rule;
  return nullptr;
}

}  // namespace

int explain_command(const std::string& name, Console& console) {
  const Rule* const rule = find_named(name);
  if (rule == nullptr) {
    std::vector<std::string_view> ids;
    for (const Rule& each : rules()) ids.push_back(each.id);
    const std::string_view close = nearest(name, ids);
    say(console,
        cat("no rule is named '", name, '\'',
            close.empty() ? "; `fnlint rules` lists them" : cat("; did you mean '", close, "'?")));
    return kCouldNotRun;
  }
  std::ostream& out = console.out;
  out << rule->id << '\n' << wrapped(rule->title, "", "") << '\n';
  out << "Level " << word_of(rule->severity) << ", profile " << word_of(rule->profile) << ", since "
      << rule->since << '\n';
  section(out, "Why", rule->why);
  section(out, "How to mend it", rule->remedy);
  list(out, "Covers, of other tools", rule->aliases);
  list(out, "Sources", rule->sources);
  out << "\nTo suppress one: a comment `fnlint: ignore[" << rule->id << "] reason`\n"
      << rule_page(rule->id) << '\n';
  return kNothingFound;
}

int rules_command(OutputFormat format, Console& console) {
  if (format == OutputFormat::Text) {
    std::size_t longest = 0;
    for (const Rule& rule : rules()) longest = std::max(longest, rule.id.size());
    for (const Rule& rule : rules())
      console.out << fmt::format("{:{}}  {:7}  {:8}  {}\n", rule.id, longest,
                                 word_of(rule.severity), word_of(rule.profile), rule.title);
    return kNothingFound;
  }
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule& rule : rules())
    list.push_back({{"id", rule.id},
                    {"category", rule.category},
                    {"severity", word_of(rule.severity)},
                    {"profile", word_of(rule.profile)},
                    {"security", rule.security},
                    {"since", rule.since},
                    {"title", rule.title},
                    {"why", rule.why},
                    {"remedy", rule.remedy},
                    {"aliases", rule.aliases},
                    {"sources", rule.sources},
                    {"fixable", false},
                    {"url", rule_page(rule.id)}});
  console.out << list.dump(2) << '\n';
  return kNothingFound;
}

}  // namespace fnlint
