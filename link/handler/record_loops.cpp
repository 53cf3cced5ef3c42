// Finds the loops around reads of a record, and the returns and exits that leave these.

#include "link/handler/record_loops.h"

#include "flow/syntax/failure_forms.h"
#include "flow/syntax/left_loops.h"
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
  own_reads_.insert(step.via.empty() ? step.at : step.via.front());
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
  settle_left(function);
}

// The innermost loop around what is read of a record goes over the records, or over a part of one.
void RecordLoops::settle_left(LambdaFunction& function) const {
  std::set<CallSite> loops;
  for (const CallSite& read : own_reads_) {
    const CallSite loop = loop_around(read);
    if (!loop.op.exists()) continue;
    const CodeFacts& code = engine_.facts(loop.module);
    const std::vector<OpId> around = ops_holding(code, read.op);
    const auto inner = std::ranges::find_if(around.rbegin(), around.rend(), [&](OpId op) {
      return code.ops[op.index].kind == OpKind::Loop;
    });
    if (inner != around.rend() && *inner == loop.op) loops.insert(loop);
  }
  for (const CallSite& loop : loops)
    if (const OpId left = left_for_one(engine_.facts(loop.module), loop.op); left.exists())
      function.left_records.push_back({span_of_call(modules_, {.module = loop.module, .op = left}),
                                       span_of_call(modules_, loop)});
}

}  // namespace fnlint
