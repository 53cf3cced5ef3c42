// Where what a library is given may do harm if a stranger chose it.
#include "flow/models/library_sinks.h"

#include "core/text.h"
#include "flow/models/library_select.h"

namespace fnlint {

namespace {

constexpr std::uint32_t mask_of(Origin origin) { return 1U << static_cast<unsigned>(origin); }

// Marks that say something by themselves, whatever was given: certificates are not verified, or a
// token is.
constexpr bool decides_by_itself(std::string_view kind) {
  return kind == "tls" || kind == "verified";
}

// Whether a caller, a module or the event may still bring such a value.
bool may_bring_harm(const ValuePool& pool, std::string_view kind, ValueId value) {
  constexpr std::uint32_t kBringing = mask_of(Origin::Event) | mask_of(Origin::Secret) |
                                      mask_of(Origin::Environment) | mask_of(Origin::Parameter) |
                                      mask_of(Origin::Receiver) | mask_of(Origin::Capture) |
                                      mask_of(Origin::Global) | mask_of(Origin::Field);
  return decides_by_itself(kind) || (pool.origins(value) & kBringing) != 0 || pool.waits(value);
}

void add_step(const LibraryCall& call, std::string_view kind, ValueId value, const Step& done,
              Outcome& out) {
  Step step;
  step.kind = StepKind::Sink;
  step.flags = done.flags;
  step.model = done.model;
  step.library = done.library;
  step.at = call.invocation.at;
  step.key = call.engine.pool().text_value(kind);
  step.value = value;
  out.steps.push_back(std::move(step));
}

}  // namespace

bool may_do_harm(const ValuePool& pool, std::string_view kind, ValueId value) {
  constexpr std::uint32_t kChosen =
      mask_of(Origin::Event) | mask_of(Origin::Secret) | mask_of(Origin::Environment);
  return decides_by_itself(kind) || (value.exists() && (pool.origins(value) & kChosen) != 0);
}

void add_sinks(const LibraryCall& call, std::string_view sinks, const Step& done, Outcome& out) {
  constexpr std::string_view kWhen = " when ";
  if (sinks.empty() || sinks == "none") return;
  for (const std::string_view one : split(sinks, ',')) {
    const std::size_t when = one.find(kWhen);
    const std::string_view use = one.substr(0, when);
    const std::size_t equals = std::min(use.find('='), use.size());
    const std::string_view kind = use.substr(0, equals);
    const ValueId value = equals == use.size() ? done.value : select(call, use.substr(equals + 1));
    if (!value.exists() || !may_bring_harm(call.engine.pool(), kind, value)) continue;
    if (when != one.npos && !is_met(call, one.substr(when + kWhen.size()))) continue;
    add_step(call, kind, value, done, out);
  }
}

void add_sinks(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  Step done;
  done.library = static_cast<std::uint32_t>(&model - library_models().data());
  if (model.operation.empty() && model.command.empty()) add_sinks(call, model.sink, done, out);
  if (model.cleans.empty() || !out.value.exists()) return;
  // Of an object, its own path says what it is clean of.
  const ValuePool& pool = call.engine.pool();
  const bool passes = !pool.is(out.value, ValueKind::Object) && !pool.constant(out.value);
  if (passes) add_step(call, cat(kCleaned, model.cleans), out.value, done, out);
}

}  // namespace fnlint
