// Methods of a typed event or context: accessors, and a collection's ways to its elements.
#include "core/text.h"
#include "flow/calls/dispatch.h"
#include "flow/engine/reads.h"
#include "flow/models/events.h"
#include "flow/models/fluent.h"
#include "model/language_traits.h"
#include "tables/events.h"
#include "values/compute.h"

#include <cctype>

namespace fnlint {

CallResult call_event(Engine& engine, const CallInput& invocation, ValueId receiver, ValueId name) {
  ValuePool& pool = engine.pool();
  const Language spoken = engine.context().language();
  CallResult out;
  const std::string method(pool.text(name));
  if (!traits(spoken).declares_types) return out;
  if (pool[receiver].origin == Origin::Context) {
    if (pool.operands(invocation.arguments).empty()) out.value = member(pool, receiver, method);
    return out;
  }
  const auto names = pool.names(invocation.arguments);
  const auto values = pool.operands(invocation.arguments);
  if (values.size() == 1 && pool[names[0]] == "0" && gives_element(method)) {
    const ValueId at = values[0];
    const bool by_name = pool[at].kind == ValueKind::Text;
    out.value = by_name ? member(pool, receiver, std::string(pool.text(at)))
                        : engine.members().index_of(receiver, at);
    return out;
  }
  if (!values.empty()) return out;
  out.value = event_member(pool, spoken, receiver, method);
  if (out.value.exists() && gives_decoded(member_form(member_name(method, "get"))))
    add_read(pool, pool.computed(kDecoded, std::span(&out.value, 1)), invocation.at, true,
             out.steps);
  if (out.value.exists()) return out;
  if (gives_element(method)) {
    out.value = element(pool, receiver);
    return out;
  }
  const LibraryModel* row = find_library_model(spoken, cat("*.", method));
  if (row != nullptr && row->computes != "index") return out;  // of an event: no entry of a map
  std::string field = member_name(method, "get");
  if (field != method)
    field[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(field[0])));
  out.value = member(pool, receiver, field);
  return out;
}

}  // namespace fnlint
