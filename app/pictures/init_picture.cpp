// Lists the imports and calls of a cold start in order, adds up their cost, and advises on the
// worst.

#include "app/pictures/init_picture.h"

#include "checks/init/init_costs.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string_view use_words(ImportUse use) {
  switch (use) {
    case ImportUse::Never: return "nothing uses it";
    case ImportUse::Unseen: return "what uses it is unknown";
    case ImportUse::SomePaths: return "some paths use it";
    case ImportUse::EveryPath: return "every path uses it";
  }
  return {};
}

// How the costliest import becomes cheaper.
std::string advice_on(const InitCost& cost) {
  std::string words = cat(cost.import->path, ". ");
  switch (cost.import->use) {
    case ImportUse::Never: return words + "Remove the import.";
    case ImportUse::Unseen: words += "Import it where it is used"; break;
    case ImportUse::SomePaths: words += "Import it inside the function that uses it"; break;
    case ImportUse::EveryPath: words += "Every path needs it: import the narrower module"; break;
  }
  return cost.row->lighter.empty()
             ? words + "."
             : words + cat(", or use something lighter: ", cost.row->lighter, ".");
}

// Imports are listed as they are loaded.
std::size_t place_among(const LambdaFunction& function, const InitRow& row) {
  const auto found = std::ranges::find_if(function.imports, [&](const InitImport& import) {
    return import.path == row.name && import.where == row.where;
  });
  return static_cast<std::size_t>(found - function.imports.begin());
}

void add_costs(const Project& project, const LambdaFunction& function, InitPicture& picture) {
  const std::vector<InitCost> costs = init_costs(project, function);
  const InitCost* worst = nullptr;
  for (const InitCost& cost : costs) {
    picture.rows.push_back({.name = cost.import->path,
                            .use = std::string(use_words(cost.import->use)),
                            .ms = cost.ms,
                            .mb = cost.mb,
                            .where = cost.import->where,
                            .chain = cost.import->chain});
    picture.total += cost.ms;
    if (worst == nullptr || cost.ms > worst->ms) worst = &cost;
  }
  for (const InitImport& import : function.imports) {
    if (is_whole_sdk(function, import))
      picture.sdks.push_back({import.where, cat("all of ", import.path)});
    picture.others +=
        std::ranges::none_of(costs, [&](const InitCost& one) { return one.import == &import; });
    picture.unused += is_unused(function, import);
  }
  if (worst != nullptr) picture.advice = advice_on(*worst);
  std::ranges::sort(picture.rows, {},
                    [&](const InitRow& row) { return place_among(function, row); });
}

}  // namespace

std::string_view shown_name(const Project& project, const LambdaFunction& function) {
  const StringId shown = project.stacks[function.resource].shown;
  return shown.exists() ? (*project.pool)[shown] : std::string_view(function.name);
}

InitPicture init_picture(const Project& project, const LambdaFunction& function,
                         const Settings& settings) {
  InitPicture picture{.function = std::string(shown_name(project, function)),
                      .budget = settings.init_total_ms};
  const bool is_measured =
      function.language == Language::Python || function.language == Language::JavaScript;
  if (!is_measured)
    picture.unknown = kNoInitCosts;
  else if (!function.resolved)
    picture.unknown = cat("handler not found: ", function.unresolved);
  else
    add_costs(project, function, picture);
  for (const CodeCall& call : function.init_work)
    if (call.phase != CallPhase::Invocation) picture.work.push_back({call.where, call.name});
  return picture;
}

}  // namespace fnlint
