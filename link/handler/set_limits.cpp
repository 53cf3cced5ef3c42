// Looks for assignments to the members that a library's row has its limits in, in the functions of
// the request and of the calls that lead to it.
#include "link/handler/set_limits.h"

#include "core/text.h"
#include "flow/state/named_entry.h"
#include "values/compute.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool sets_member(const CodeFacts& code, const Function& function, std::string_view name) {
  for (std::uint32_t at = function.first.index; at < function.end.index; ++at) {
    if (code.ops[at].kind != OpKind::Assign) continue;
    const ExprId target = code.assigns[code.ops[at].detail].target;
    if (!target.exists()) continue;  // nothing takes it
    const Expr& row = code.exprs[target.index];
    if (row.kind == ExprKind::Member && code.string(row.name) == name) return true;
  }
  return false;
}

bool is_set_around(std::span<const ModuleInfo> modules, CallSite at, std::string_view name) {
  if (at.module.index >= modules.size() || !at.op.exists() ||
      modules[at.module.index].facts == nullptr)
    return false;
  const CodeFacts& code = *modules[at.module.index].facts;
  return std::ranges::any_of(code.functions, [&](const Function& one) {
    return one.first.index <= at.op.index && at.op.index < one.end.index &&
           sets_member(code, one, name);
  });
}

}  // namespace

ValueId with_set_limits(ValuePool& pool, std::span<const ModuleInfo> modules, const Step& step,
                        const LibraryModel& row, ValueId object) {
  constexpr std::string_view kReceiver = "receiver.";
  if (!object.exists() || !pool.is(object, ValueKind::Object) || pool.operands(object).empty())
    return object;
  for (std::string_view one : split(row.timeout, '|')) {
    if (!one.starts_with(kReceiver)) continue;
    one = one.substr(kReceiver.size());
    one = one.substr(0, one.find('*'));
    const ValueId made_with = pool.operands(object)[0];
    const auto sets = [&](CallSite at) { return is_set_around(modules, at, one); };
    if (one.find('.') != one.npos || !pool.is(made_with, ValueKind::Record) ||
        named_entry(pool, made_with, one).exists() ||
        (!sets(step.at) && std::ranges::none_of(step.via, sets)))
      continue;
    const ValueId with = with_entry(pool, made_with, pool.text_value(one),
                                    pool.unknown("a limit that is set where it is used"));
    const std::string path(pool.text(object));
    object = pool.object(pool[object].ref, path, std::span(&with, 1));
  }
  return object;
}

}  // namespace fnlint
