#include "core/text.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_faults.h"

#include <algorithm>
#include <array>

// The framework leaves out a setting of the network that has not both of its lists, and says
// nothing.
namespace fnlint::stacks {

namespace {

constexpr std::array<std::string_view, 2> kLists{"subnetIds", "securityGroupIds"};

// What an entry may stand for: of "${self:custom.vpc.${opt:stage}}", where no stage is known, each
// entry there.
std::vector<Followed> ways_of(LinkContext& build, ScopeId scope, const ExprClosure& value) {
  Followed found = resolved(build, scope, value);
  if (!found.nothing()) return {found};
  if (build.function(value) != "sls:self") return {};
  const ValueId address = value_of(build, scope, build.operand(value, 0));
  const auto text = as_text(build.pool, address);
  if (!text || (build.pool[address].uncertainty & kOverridable) == 0) return {};
  const std::string_view above = text->substr(0, std::min(text->rfind('.'), text->size()));
  std::vector<Followed> ways;
  for (const ServiceEntry& entry : entries_of(build, scope, service_path(build, scope, above)))
    ways.push_back(resolved(build, scope, entry.value));
  return ways;
}

// The list that is not there while the other one is; empty: both, none, or not known.
std::string_view lacking(LinkContext& build, ScopeId scope, const Followed& way,
                         const std::vector<ServiceEntry>& beside) {
  if (!way.written.exists() || build.expr(way.written).kind != ExprKind::Record) return {};
  for (const Operand& entry :
       build.facts(way.written.text).operands_of(build.expr(way.written).operands))
    if (entry.spread != 0) return {};
  std::vector<ServiceEntry> entries = entries_of(build, scope, way);
  entries.insert(entries.end(), beside.begin(), beside.end());
  std::array<bool, 2> there{};
  for (std::size_t i = 0; i < kLists.size(); ++i)
    there[i] = std::ranges::find(entries, kLists[i], &ServiceEntry::name) != entries.end();
  return there[0] == there[1] ? std::string_view() : kLists[there[0] ? 1 : 0];
}

const ServiceEntry* entry_named(const std::vector<ServiceEntry>& entries, std::string_view name) {
  const auto found = std::ranges::find(entries, name, &ServiceEntry::name);
  return found != entries.end() ? &*found : nullptr;
}

void tell_of(LinkContext& build, const Service& service, const ServiceEntry& vpc,
             ResourceId function, const std::vector<ServiceEntry>& beside) {
  std::string_view lack;
  const std::vector<Followed> ways = ways_of(build, service.scope, vpc.value);
  for (const Followed& way : ways) {
    const std::string_view one = lacking(build, service.scope, way, beside);
    if (one.empty() || (!lack.empty() && one != lack)) return;
    lack = one;
  }
  if (lack.empty()) return;
  // A plugin that is not known may bring what is not there.
  const bool sure = std::ranges::all_of(service.plugins, [](const std::string& plugin) {
    return find_serverless_plugin(plugin) != nullptr;
  });
  add_fault(build, {.kind = TemplateFaultKind::NetworkDropped,
                    .uncertainty = static_cast<std::uint8_t>(sure ? 0 : kHeuristic),
                    .resource = function,
                    .what = std::string(lack),
                    .where = vpc.key});
}

}  // namespace

void note_networks(LinkContext& build, const Service& service) {
  constexpr std::string_view kKey = "vpc";
  const auto is_about_networks = [&](const std::string& plugin) {
    return lower(plugin).find(kKey) != std::string::npos;
  };
  if (service.cut || std::ranges::any_of(service.plugins, is_about_networks)) return;
  const std::vector<ServiceEntry> provider =
      entries_of(build, service.scope, service_path(build, service.scope, "provider"));
  const ServiceEntry* const all = entry_named(provider, kKey);
  std::vector<ServiceEntry> of_all;
  if (all != nullptr)
    of_all = entries_of(build, service.scope, resolved(build, service.scope, all->value));
  bool is_told = false;
  for (const ServiceFunction& function : service.functions) {
    const std::vector<ServiceEntry> body =
        entries_of(build, service.scope, resolved(build, service.scope, function.entry.value));
    if (const ServiceEntry* own = entry_named(body, kKey)) {
      if (all == nullptr || !of_all.empty())
        tell_of(build, service, *own, function.function, of_all);
    } else if (all != nullptr && !is_told) {
      is_told = true;
      tell_of(build, service, *all, {}, {});
    }
  }
}

}  // namespace fnlint::stacks
