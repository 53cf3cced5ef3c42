// Decorators that the project wrote.
#include "flow/calls/dispatch.h"
#include "flow/models/library_select.h"
#include "model/language_traits.h"
#include "values/functions.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kWithDescriptor = 3;  // parameters: target, key, descriptor
constexpr std::string_view kHeld = "value";

// What the steps leave in the entry of the object that lives at a place; they go no further.
ValueId take_left(const ValuePool& pool, ValueId place, std::vector<Step>& steps) {
  ValueId left;
  std::erase_if(steps, [&](const Step& step) {
    const bool is_entry = step.kind == StepKind::Store &&
                          pool.opcode(step.subject) == Opcode::Member &&
                          pool.operands(step.subject)[0] == place;
    if (is_entry && step.value.exists() && pool.text(pool.operands(step.subject)[1]) == kHeld)
      left = step.value;
    return is_entry;
  });
  return left;
}

}  // namespace

CallResult decorate(Engine& engine, const CallInput& invocation, int depth) {
  ValuePool& pool = engine.pool();
  const FunctionRef ref = unpack(pool[invocation.callee].ref);
  const CodeFacts& code = engine.facts(ref.module);
  CallInput inner = invocation;
  inner.mode = CallMode::Plain;
  const ValueId given = named_entry(pool, invocation.arguments, "0");
  if (!traits(code.language).decorates_by_descriptor || !given.exists())
    return call_function(engine, invocation, depth);
  const bool by_descriptor = pool.is(given, ValueKind::Function) &&
                             code.functions[ref.function.index].parameters.count == kWithDescriptor;
  const std::uint64_t site = pack(invocation.at);
  const ValueId place = pool.hole(Origin::Field, "<descriptor>", site);
  if (by_descriptor) {
    const FunctionRef method = unpack(pool[given].ref);
    const CodeFacts& home = engine.facts(method.module);
    const NamedValue held{pool.string(kHeld), given};
    const std::array arguments{
        NamedValue{pool.string("0"), pool.absent()},
        NamedValue{pool.string("1"),
                   pool.text_value(home.string(home.functions[method.function.index].name))},
        NamedValue{pool.string("2"), pool.record(std::span(&held, 1))}};
    const NamedValue lives{pool.string("2"), place};
    inner.arguments = pool.record(arguments);
    inner.places = pool.record(std::span(&lives, 1));
  }
  CallResult out = call_function(engine, inner, depth);
  ValueId made = out.value;
  if (by_descriptor) {
    made = take_left(pool, place, out.steps);
    const bool gives_another =
        !made.exists() && out.value.exists() && pool.is(out.value, ValueKind::Record);
    if (gives_another) made = named_entry(pool, out.value, kHeld);
  }
  out.value = !made.exists() || is_nullish(pool, made) ? given : made;
  return out;
}

}  // namespace fnlint
