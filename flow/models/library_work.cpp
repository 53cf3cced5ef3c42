// Work, requests and objects made to be kept, as steps of the caller.
#include "flow/models/library_work.h"

#include "flow/models/fluent.h"
#include "flow/models/library_sinks.h"

#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

bool is_kept(LibraryClass kind) {
  return kind == LibraryClass::Client || kind == LibraryClass::Session ||
         kind == LibraryClass::Pool;
}

void add_made(const LibraryCall& call, std::uint32_t library, CallResult& out) {
  Step step;
  step.kind = StepKind::Make;
  step.library = library;
  step.at = call.invocation.at;
  step.value = out.value;
  step.arguments = call.invocation.arguments;
  // `builder.region(r).build()` is given nothing: the builder was told.
  const ValuePool& pool = call.engine.pool();
  const bool is_told_before =
      call.receiver.exists() && is_fluent(call.engine.base(), call.receiver) &&
      pool.is(call.receiver, ValueKind::Object) && !pool.operands(call.receiver).empty() &&
      pool.is(step.arguments, ValueKind::Record) && pool.operands(step.arguments).empty();
  if (is_told_before) step.arguments = pool.operands(call.receiver)[0];
  out.steps.push_back(std::move(step));
}

// The family of an object that is no part or result of one.
const LibraryFamily* family_of(const std::string& path) {
  const LibraryFamily* family = find_library_family(path);
  if (family == nullptr || path.size() <= family->begins.size() + family->ends.size())
    return nullptr;
  std::string_view name(path);
  name.remove_prefix(family->begins.size());
  name.remove_suffix(family->ends.size());
  return name.find_first_of("()?") == std::string_view::npos ? family : nullptr;
}

}  // namespace

void add_work(const LibraryCall& call, std::uint32_t library, CallResult& out) {
  Step step;
  step.kind = StepKind::Work;
  step.library = library;
  step.at = call.invocation.at;
  if (call.receiver.exists()) step.subject = call.receiver;
  step.arguments = call.invocation.arguments;
  out.steps.push_back(std::move(step));
}

bool is_never_sent(const LibraryCall& call, const LibraryModel& model, ValueId members) {
  const CallSite at = call.invocation.at;
  if (!model.unsent || !at.op.exists()) return false;
  const CodeFacts& code = call.engine.facts(at.module);
  const std::uint32_t given = code.calls[code.ops[at.op.index].detail].arguments.count;
  const bool is_told =
      given > 1 || (given == 1 && !call.engine.pool().is(members, ValueKind::Record));
  return !is_told && is_only_awaited(code, at.op);
}

void add_request(const LibraryCall& call, CallResult& out) {
  Step step;
  step.kind = StepKind::Request;
  step.at = call.invocation.at;
  if (call.receiver.exists()) step.subject = call.receiver;
  step.value = call.engine.pool().text_value(call.path);
  step.arguments = call.invocation.arguments;
  out.steps.push_back(std::move(step));
}

void add_own_steps(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const auto row = static_cast<std::uint32_t>(&model - library_models().data());
  // A builder is none yet, and what a client gives is a part of it: `client.table(name)`.
  const bool of_client = call.receiver.exists() && !is_fluent(call.engine.base(), call.receiver) &&
                         library_class(call.engine, call.receiver) == LibraryClass::Client;
  const bool is_free = !model.owns.empty() && !select(call, model.owns).exists();
  const bool is_made =
      is_kept(model.kind) && !model.attribute && !model.fluent && !of_client && !is_free;
  if (is_made || model.lends) add_made(call, row, out);
  if (!model.work.empty()) add_work(call, row, out);
  add_wait(call, model, out);
  add_sinks(call, model, out);
}

void add_family_steps(const LibraryCall& call, CallResult& out) {
  const LibraryFamily* made = family_of(call.engine.library_path(out.value));
  const bool by_new = call.invocation.mode == CallMode::Construct;
  if (made != nullptr && is_kept(made->kind) && !made->fluent &&
      (by_new || (!call.receiver.exists() && made->ends != "()")))
    add_made(call, UINT32_MAX, out);
  if (!call.receiver.exists()) return;
  const LibraryFamily* asked = family_of(call.engine.library_path(call.receiver));
  if (asked != nullptr && asked->requests) add_work(call, UINT32_MAX, out);
}

}  // namespace fnlint
