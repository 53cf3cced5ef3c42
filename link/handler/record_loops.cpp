#include "link/handler/record_loops.h"

#include "flow/syntax/failure_forms.h"
#include "link/handler/call_places.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

namespace {

// "Records[].body": below any of the records.
constexpr std::string_view kRecord = "Records[]";

bool is_of_record(const ValuePool& pool, ValueId value) {
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                      pool.text(id).starts_with(kRecord));
  });
  return found;
}

}  // namespace

void RecordLoops::note_read(const Step& step) {
  if (!step.value.exists() || !is_of_record(engine_.pool(), step.value)) return;
  reads_.insert(step.at);
  reads_.insert(step.via.begin(), step.via.end());
}

void RecordLoops::note_return(const Step& step, std::size_t at) {
  returns_.push_back({.at = at, .site = step.at});
}

// The outermost of the loops over elements around a return in which something of one record is
// read; no op: none.
CallSite RecordLoops::loop_around(CallSite site) const {
  if (site.module.index >= modules_.size() || !site.op.exists()) return {};
  const CodeFacts& code = engine_.facts(site.module);
  for (const OpId op : ops_holding(code, site.op)) {
    const Op& row = code.ops[op.index];
    if (row.kind != OpKind::Loop || code.loops[row.detail].kind != LoopKind::Each) continue;
    const bool reads = std::ranges::any_of(reads_, [&](const CallSite& read) {
      return read.module == site.module && op < read.op && read.op < row.end;
    });
    if (reads) return {.module = site.module, .op = op};
  }
  return {};
}

void RecordLoops::settle(LambdaFunction& function) const {
  for (const Return& returned : returns_)
    if (const CallSite loop = loop_around(returned.site); loop.op.exists())
      function.returns[returned.at].skips_rest_of = span_of_call(modules_, loop);
}

}  // namespace fnlint
