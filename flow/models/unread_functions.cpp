// Side effects of code that is not read: records that are passed to it are opened, and a builder
// that it fills may have any member.

#include "flow/models/unread_functions.h"

#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "model/language_traits.h"

#include <string>
#include <string_view>

namespace fnlint {

void open_given(const LibraryCall& call, CallResult& out) {
  if (!traits(call.language).hands_on_records) return;
  const ValuePool& pool = call.engine.pool();
  const ValueId arguments = call.invocation.arguments;
  for (std::size_t i = 0; arguments.exists() && i < pool.operands(arguments).size(); ++i) {
    const ValueId given = pool.operands(arguments)[i];
    if (pool.is(given, ValueKind::Record) && pool[given].ref != 1)
      out.changes.push_back({.into_receiver = false,
                             .argument = std::string(pool[pool.names(arguments)[i]]),
                             .how = StoreKind::Update});
  }
}

bool fill_receiver(const LibraryCall& call, ValueId function, CallResult& out) {
  constexpr std::string_view kAny = "**";
  if (!function.exists() || !is_fluent(call.engine.base(), call.receiver)) return false;
  ValuePool& pool = call.engine.pool();
  if (const ValueId known = function_in(pool, function); known.exists()) {
    out.value = filled_by(call, known, call.receiver, out);
    return true;
  }
  const ValueId value = pool.unknown("what a function that is not read sets");
  out.value = with_member(call.engine.base(), call.receiver, kAny, value);
  out.returns_receiver = true;
  out.changes.push_back({.into_receiver = true,
                         .argument = {},
                         .how = StoreKind::Assign,
                         .key = pool.text_value(kAny),
                         .value = value});
  return true;
}

}  // namespace fnlint
