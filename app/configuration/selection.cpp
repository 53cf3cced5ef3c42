// Compares selectors by how narrow they are, so that the most specific statement about a rule
// decides.

#include "app/configuration/selection.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::pair<std::string_view, Profile>, 5> kProfileNames{
    {{"default", Profile::Default},
     {"strict", Profile::Strict},
     {"security", Profile::Security},
     {"cost", Profile::Cost},
     {"observability", Profile::Observability}}};

bool is_alias(std::string_view selector, const Rule& rule) {
  return std::ranges::any_of(rule.aliases, [selector](std::string_view alias) {
    const std::size_t colon = alias.find(':');
    return alias == selector ||
           (colon != std::string_view::npos && alias.substr(colon + 1) == selector);
  });
}

Narrowness narrowest(const std::vector<std::string>& selectors, const Rule& rule) {
  Narrowness found = Narrowness::None;
  for (const std::string& selector : selectors) found = std::max(found, names_rule(selector, rule));
  return found;
}

// "loop-" is "loop": what follows in an id is a word of its own either way.
Narrowness begins_id(std::string_view beginning, std::string_view id) {
  if (!id.starts_with(beginning)) return Narrowness::None;
  if (beginning.ends_with('-')) beginning.remove_suffix(1);
  if (beginning.empty()) return Narrowness::None;
  return static_cast<Narrowness>(static_cast<std::uint16_t>(Narrowness::Beginning) +
                                 beginning.size());
}

// As an ignore. What the command line says of a rule's level goes before the configuration.
Narrowness narrowest_off(const Levels& levels, const Rule& rule) {
  const GivenLevel given = given_level(levels, rule);
  return given.level ? Narrowness::None : given.narrowness;
}

constexpr std::array<std::pair<std::string_view, Level>, 4> kLevelNames{
    {{"error", Severity::Error},
     {"warning", Severity::Warning},
     {"note", Severity::Note},
     {"off", std::nullopt}}};

}  // namespace

Narrowness names_rule(std::string_view selector, const Rule& rule) {
  if (selector == rule.id || is_alias(selector, rule)) return Narrowness::Rule;
  if (selector == "ALL") return Narrowness::All;
  if (const Narrowness named = begins_id(selector, rule.id); named != Narrowness::None)
    return named;
  const bool profile = std::ranges::any_of(kProfileNames, [&](const auto& row) {
    return row.first == selector && is_of_profile(rule, row.second);
  });
  return profile ? Narrowness::Profile : Narrowness::None;
}

bool is_of_profile(const Rule& rule, Profile profile) {
  return rule.profile == profile ||
         (profile == Profile::Observability && rule.category == "observability");
}

std::vector<std::string_view> profile_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, profile] : kProfileNames) names.push_back(name);
  return names;
}

std::string selector_error(std::string_view selector, std::span<const Rule> rules) {
  const auto named = [selector](const Rule& rule) {
    return names_rule(selector, rule) != Narrowness::None;
  };
  const auto is_profile = [selector](const auto& row) { return row.first == selector; };
  if (selector == "ALL" || std::ranges::any_of(kProfileNames, is_profile) ||
      std::ranges::any_of(rules, named))
    return {};
  std::vector<std::string_view> known{"ALL"};
  for (const auto& [name, profile] : kProfileNames) known.push_back(name);
  for (const Rule& rule : rules) {
    known.push_back(rule.id);
    for (std::size_t at = rule.id.find('-'); at != std::string_view::npos;
         at = rule.id.find('-', at + 1))
      known.push_back(rule.id.substr(0, at));
  }
  const std::string_view close = nearest(selector, known);
  return cat("no rule, category or profile is named '", selector, '\'',
             close.empty() ? "; `fnlint rules` lists them" : cat("; did you mean '", close, "'?"));
}

GivenLevel given_level(const Levels& levels, const Rule& rule) {
  GivenLevel given;
  for (const auto& [selector, level] : levels) {
    const Narrowness named = names_rule(selector, rule);
    if (named != Narrowness::None && named >= given.narrowness) given = {named, level};
  }
  return given;
}

std::optional<Level> level_named(std::string_view word) {
  const auto* const row =
      std::ranges::find(kLevelNames, word, &decltype(kLevelNames)::value_type::first);
  return row == kLevelNames.end() ? std::nullopt : std::optional<Level>(row->second);
}

std::string_view name_of(const Level& level) {
  return std::ranges::find(kLevelNames, level, &decltype(kLevelNames)::value_type::second)->first;
}

bool is_selected(const Rule& rule, const Selectors& selectors) {
  static const std::vector<std::string> kByDefault{"default"};
  Narrowness configured = Narrowness::None;
  Narrowness here = narrowest(selectors.select_here, rule);
  if (selectors.select_here.empty())
    configured = narrowest(selectors.select.empty() ? kByDefault : selectors.select, rule);
  here = std::max(here, narrowest(selectors.extend_here, rule));

  const bool is_graded_here =
      given_level(selectors.levels_here, rule).narrowness != Narrowness::None;
  const Narrowness ignored =
      std::max(narrowest(selectors.ignore, rule),
               is_graded_here ? Narrowness::None : narrowest_off(selectors.levels, rule));
  const Narrowness ignored_here =
      std::max(narrowest(selectors.ignore_here, rule), narrowest_off(selectors.levels_here, rule));
  const Narrowness taken = std::max(configured, here);
  if (taken == Narrowness::None || ignored_here >= taken) return false;
  return here >= ignored || configured > ignored;
}

bool are_notes_selected(const Rule& rule, const Selectors& selectors) {
  Rule notes = rule;
  notes.profile = rule.notes.value_or(rule.profile);
  return is_selected(notes, selectors);
}

}  // namespace fnlint
