#include "link/init_work.h"

#include "link/handler_calls.h"
#include "link/init_modules.h"
#include "tables/models.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// `urllib.request.Request(url)` describes a request; nothing is sent yet.
bool only_describes(const Step& step) {
  if (step.kind != StepKind::Effect || step.library == UINT32_MAX) return false;
  std::string_view path = library_models()[step.library].path;
  path.remove_prefix(path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.') + 1);
  return !path.empty() && path.front() >= 'A' && path.front() <= 'Z';
}

}  // namespace

void add_init_work(Engine& engine, const LinkedCode& code, const FunctionScope& scope,
                   std::span<const ModuleInfo> modules, LambdaFunction& function) {
  if (!function.resolved) return;
  const ModuleId first = code.functions[function.declared].module;
  for (const LoadedModule& loaded : modules_at_init(code.program, modules, first)) {
    const std::vector<Step> steps = engine.initialiser(loaded.module).steps;
    for (const Step& step : steps) {
      const bool takes_time = step.kind == StepKind::Effect || step.kind == StepKind::Work;
      if (!takes_time || only_describes(step)) continue;
      std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, 0);
      if (!call) continue;
      std::vector<PlacedText> path = loaded.chain;
      std::ranges::move(call->path, std::back_inserter(path));
      call->path = std::move(path);
      function.init_work.push_back(std::move(*call));
    }
  }
}

}  // namespace fnlint
