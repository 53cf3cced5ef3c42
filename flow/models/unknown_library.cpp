// A library that no row describes: what it may do with what it is given.
#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "flow/models/given_functions.h"
#include "flow/models/library_select.h"
#include "flow/models/library_work.h"
#include "flow/models/unread_functions.h"
#include "model/language_traits.h"
#include "tables/libraries.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// An operation that no row describes: a client's method, or a command.
bool is_request(const LibraryCall& call) {
  if (!is_of_sdk(call.path)) return false;
  const bool of_client =
      call.receiver.exists() && library_class(call.engine, call.receiver) == LibraryClass::Client;
  return of_client || last_of(call.path).ends_with("Command");
}

// By which a client makes the requests of all its operations; null: they are sent at once.
const LibraryModel* request_maker(const LibraryCall& call) {
  const std::string_view path = call.path;
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos
             ? nullptr
             : find_model_any(call.language, cat(path.substr(0, dot), ".makeRequest"));
}

void ask_service(const LibraryCall& call, CallResult& out) {
  const LibraryModel* const maker = request_maker(call);
  if (maker != nullptr && is_never_sent(call, *maker, select(call, "0")))
    out.started = static_cast<std::uint32_t>(maker - library_models().data());
  else
    add_request(call, out);
}

// A decorator that nobody knows is taken to call what it decorates; no id: it decorates nothing
// that can be called.
ValueId decorated_by_unknown(const LibraryCall& call) {
  if (call.invocation.mode != CallMode::Decorator) return {};
  const ValuePool& pool = call.engine.pool();
  const ValueId decorated = select(call, "0");
  const ValueId function = function_in(pool, decorated);
  const bool is_class = decorated.exists() &&
                        project_object(pool, decorated).kind == ProjectObject::Kind::Class;
  return is_class ? decorated : function;
}

// What nobody knows of it; empty: it is known to do nothing here.
std::string_view unknown_here(const LibraryCall& call) {
  // A literal of a library's type runs none of its code.
  const bool is_literal =
      call.invocation.mode == CallMode::Construct && traits(call.language).constructs_by_literals;
  return is_literal || only_computes_here(call) || acts_outside_here(call)
             ? std::string_view()
             : unknown_in(call.language, call.path);
}

// Of a client of a service that is not known: a later stage may guess.
void add_guessable(const LibraryCall& call, CallResult& out) {
  if (call.path.find("(?)") == std::string::npos) return;
  Step step;
  step.kind = StepKind::Call;
  step.at = call.invocation.at;
  step.subject = call.invocation.callee;
  step.arguments = call.invocation.arguments;
  out.steps.push_back(std::move(step));
}

}  // namespace

CallResult unknown_library_call(const LibraryCall& call) {
  ValuePool& pool = call.engine.pool();
  CallResult out;
  out.understood = false;
  if (const ValueId decorated = decorated_by_unknown(call); decorated.exists()) {
    out.value = decorated;
    return out;
  }
  const std::string_view unknown = unknown_here(call);
  if (!unknown.empty())
    call.engine.context().note_unfollowed(
        {{.callee = pool.string(unknown), .at = call.invocation.at}});
  out.value = make_object(call, cat(call.path, "()"));
  add_handed_over(pool, call.invocation, out.steps);
  add_family_steps(call, out);
  if (is_request(call)) ask_service(call, out);
  if (!unknown.empty()) open_given(call, out);
  const std::vector<ValueId> given(pool.operands(call.invocation.arguments).begin(),
                                   pool.operands(call.invocation.arguments).end());
  if (given.size() == 1 && pool[given[0]].kind == ValueKind::Function &&
      is_fluent(call.engine.base(), out.value)) {  // a request that the function fills
    const ValueId nothing = pool.record({});
    const ValueId empty =
        pool.object(call_site(call), cat(call.path, "()"), std::span(&nothing, 1));
    out.value = filled_by(call, given[0], empty, out);
    return out;
  }
  if (fills_requests(call)) {
    for (const ValueId one : given)
      if (pool[one].kind == ValueKind::Function) filled_anew(call, one, out);
    return out;
  }
  add_guessable(call, out);
  run_made_of(call, out);
  run_callbacks(call, out);
  return out;
}

}  // namespace fnlint
