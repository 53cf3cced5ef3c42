// Prints rules as pages, tables or JSON, those of the current project included.

#include "app/commands/rule_pages.h"

#include "app/configuration/configurations.h"
#include "app/configuration/selection.h"
#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "core/text.h"
#include "report/report.h"
#include "report/words.h"
#include "tables/tables.h"

#include <fmt/core.h>
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
    case Profile::Observability: return "observability";
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

// The rules of the project that the current folder is in.
std::shared_ptr<const RuleRegistry> rules_here(Console& console) {
  const Result<std::vector<Target>> targets = targets_of({}, console.working_directory);
  if (!targets || targets.value().empty()) return std::make_shared<const RuleRegistry>();
  const CommandLine line;
  const Configurations configurations(targets.value().front(), line, console.working_directory);
  if (!configurations.error().empty()) say(console, configurations.error());
  return configurations.registry();
}

const Rule* find_named(std::string_view name, const RuleRegistry& registry) {
  if (const Rule* const rule = registry.find(name)) return rule;
  for (const Rule& rule : registry.rules())
    if (names_rule(name, rule) == Narrowness::Rule) return &rule;
  return nullptr;
}

std::vector<const Rule*> rules_named(std::span<const std::string> selectors,
                                     const RuleRegistry& registry) {
  std::vector<const Rule*> named;
  for (const Rule& rule : registry.rules())
    if (selectors.empty() || std::ranges::any_of(selectors, [&rule](const std::string& selector) {
          return names_rule(selector, rule) != Narrowness::None;
        }))
      named.push_back(&rule);
  return named;
}

void print_table(const std::vector<const Rule*>& listed, std::ostream& out) {
  std::size_t longest = 0;
  for (const Rule* const rule : listed) longest = std::max(longest, rule->id.size());
  for (const Rule* const rule : listed)
    out << fmt::format("{:{}}  {:7}  {:8}  {}\n", rule->id, longest, word_of(rule->severity),
                       word_of(rule->profile), rule->title);
}

nlohmann::ordered_json remedies_of(const Rule& rule) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const Remedy& remedy : rule.remedies) out[std::string(name_of_remedy(remedy))] = remedy.text;
  return out;
}

}  // namespace

int explain_command(const std::string& name, Console& console) {
  const std::shared_ptr<const RuleRegistry> registry = rules_here(console);
  const Rule* const rule = find_named(name, *registry);
  if (rule == nullptr) {
    const std::vector<const Rule*> listed = rules_named({&name, 1}, *registry);
    if (listed.empty()) {
      say(console, selector_error(name, registry->rules()));
      return kCouldNotRun;
    }
    print_table(listed, console.out);
    return kNothingFound;
  }
  std::ostream& out = console.out;
  out << rule->id << '\n' << wrapped(rule->title, "", "") << '\n';
  out << "Level " << word_of(rule->severity) << ", profile " << word_of(rule->profile)
      << (rule->notes ? cat(" (notes: ", word_of(*rule->notes), ')') : std::string())
      << (rule->since.empty() ? ", of this project" : ", since ") << rule->since << '\n';
  section(out, "Why", rule->why);
  section(out, "How to fix it", rule->remedy);
  for (const Remedy& remedy : rule->remedies)
    out << wrapped(cat(name_of_remedy(remedy), ": ", remedy.text), "    ", "  - ");
  list(out, "Rules of other tools that it covers", rule->aliases);
  list(out, "Sources", rule->sources);
  out << "\nTo suppress a finding, write a comment: `fnlint: ignore[" << rule->id << "] reason`\n";
  if (!rule->since.empty()) out << rule_page(*rule) << '\n';
  return kNothingFound;
}

int rules_command(const CommandLine& line, Console& console) {
  const std::shared_ptr<const RuleRegistry> registry = rules_here(console);
  for (const std::string& selector : line.paths) {
    const std::string error = selector_error(selector, registry->rules());
    if (error.empty()) continue;
    say(console, error);
    return kCouldNotRun;
  }
  std::vector<const Rule*> listed = rules_named(line.paths, *registry);
  std::erase_if(listed, [&](const Rule* rule) {
    return line.profile && !is_of_profile(*rule, *line.profile);
  });
  if (line.list_format == ListFormat::Text) {
    print_table(listed, console.out);
    return kNothingFound;
  }
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule* const each : listed) {
    const Rule& rule = *each;
    list.push_back({{"id", rule.id},
                    {"category", rule.category},
                    {"severity", word_of(rule.severity)},
                    {"profile", word_of(rule.profile)},
                    {"security", rule.security},
                    {"since", rule.since},
                    {"title", rule.title},
                    {"why", rule.why},
                    {"remedy", rule.remedy},
                    {"remedies", remedies_of(rule)},
                    {"aliases", rule.aliases},
                    {"sources", rule.sources},
                    {"fixable", rule.fixable},
                    {"url", rule_page(rule)}});
  }
  console.out << list.dump(2) << '\n';
  return kNothingFound;
}

}  // namespace fnlint
