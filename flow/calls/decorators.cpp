// Decorators that the project wrote.
#include "flow/engine/engine.h"
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

Outcome Engine::decorate(const CallInput& invocation, int depth) {
  const FunctionRef ref = unpack(pool_[invocation.callee].ref);
  const CodeFacts& code = facts(ref.module);
  CallInput inner = invocation;
  inner.mode = CallMode::Plain;
  const ValueId given = named_entry(pool_, invocation.arguments, "0");
  if (!traits(code.language).decorates_by_descriptor || !given.exists())
    return call_function(invocation, depth);
  const bool by_descriptor = pool_.is(given, ValueKind::Function) &&
                             code.functions[ref.function.index].parameters.count == kWithDescriptor;
  const std::uint64_t site = pack(invocation.at);
  const ValueId place = pool_.hole(Origin::Field, "<descriptor>", site);
  if (by_descriptor) {
    const FunctionRef method = unpack(pool_[given].ref);
    const CodeFacts& home = facts(method.module);
    const NamedValue held{pool_.string(kHeld), given};
    const std::array arguments{
        NamedValue{pool_.string("0"), pool_.absent()},
        NamedValue{pool_.string("1"),
                   pool_.text_value(home.string(home.functions[method.function.index].name))},
        NamedValue{pool_.string("2"), pool_.record(std::span(&held, 1))}};
    const NamedValue lives{pool_.string("2"), place};
    inner.arguments = pool_.record(arguments);
    inner.places = pool_.record(std::span(&lives, 1));
  }
  Outcome out = call_function(inner, depth);
  ValueId made = out.value;
  if (by_descriptor) {
    made = take_left(pool_, place, out.steps);
    const bool gives_another =
        !made.exists() && out.value.exists() && pool_.is(out.value, ValueKind::Record);
    if (gives_another) made = named_entry(pool_, out.value, kHeld);
  }
  out.value = !made.exists() || is_nullish(pool_, made) ? given : made;
  return out;
}

}  // namespace fnlint
