// Where what a library is given may do harm if a stranger chose it.
#include "flow/models/library_sinks.h"

#include "core/text.h"
#include "flow/engine/member_lookup.h"
#include "flow/models/library_select.h"
#include "flow/state/project_object.h"
#include "flow/syntax/missing_item.h"
#include "model/language_traits.h"
#include "tables/credential_entries.h"
#include "values/compute.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace fnlint {

namespace {

constexpr std::uint32_t mask_of(Origin origin) { return 1U << static_cast<unsigned>(origin); }

// Marks that say something by themselves, whatever was given: certificates are not verified, a
// token is; an answer is dropped; several statements are taken for one; so many connections are
// held; a key is taken.
constexpr bool decides_by_itself(std::string_view kind) {
  return kind == "tls" || kind == kVerified || kind == kDroppedAnswer || kind == "stacked" ||
         kind == "pool" || kind == kGivenSecret || kind == kGivenPassword;
}

// A log gets what is a credential by the name of its entry: `{headers: {Authorization: ...}}`.
bool logs_credential(const ValuePool& pool, std::string_view kind, ValueId value) {
  bool found = false;
  if (kind == "log")
    for_each_below(pool, value, [&](ValueId id) {
      if (pool.is(id, ValueKind::Record))
        for (const StringId name : pool.names(id)) found = found || carries_credential(pool[name]);
    });
  return found;
}

// Go: what prints a struct prints its fields, unless the struct has a method that says otherwise.
bool prints_fields(const LibraryCall& call, ValueId object) {
  constexpr auto kOwn = std::to_array<std::string_view>(
      {"String", "Error", "Format", "GoString", "MarshalJSON", "MarshalText"});
  ValuePool& pool = call.engine.pool();
  return project_object(pool, object).kind == ProjectObject::Kind::Instance &&
         !pool.operands(object).empty() && std::ranges::none_of(kOwn, [&](std::string_view name) {
           const ValueId own = call.engine.members().called_member(object, name);
           return own.exists() && pool.is(own, ValueKind::Function);
         });
}

// What is logged, with such structs as records of what is seen of them.
ValueId as_printed(const LibraryCall& call, ValueId value, int depth = 4) {
  ValuePool& pool = call.engine.pool();
  if (depth == 0 || !value.exists() || !traits(call.language).types_are_structs) return value;
  if (pool.is(value, ValueKind::Object))
    return prints_fields(call, value) ? as_printed(call, pool.operands(value)[0], depth - 1) : value;
  const bool is_list = pool.is(value, ValueKind::List);
  if (!is_list && !pool.is(value, ValueKind::Record)) return value;
  std::vector<NamedValue> entries;
  std::vector<ValueId> elements;
  const std::vector<ValueId> parts(pool.operands(value).begin(), pool.operands(value).end());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ValueId part = as_printed(call, parts[i], depth - 1);
    if (is_list) elements.push_back(part);
    else entries.push_back({pool.names(value)[i], part});
  }
  const bool more = pool[value].ref != 0;
  return is_list ? pool.list(elements, more) : pool.record(entries, more);
}

// Whether a caller, a module or the event may still bring such a value.
bool may_bring_harm(const ValuePool& pool, std::string_view kind, ValueId value) {
  constexpr std::uint32_t kBringing = mask_of(Origin::Event) | mask_of(Origin::Secret) |
                                      mask_of(Origin::Environment) | mask_of(Origin::Parameter) |
                                      mask_of(Origin::Receiver) | mask_of(Origin::Capture) |
                                      mask_of(Origin::Global) | mask_of(Origin::Field);
  return decides_by_itself(kind) || (pool.origins(value) & kBringing) != 0 || pool.waits(value) ||
         logs_credential(pool, kind, value);
}

// `z.coerce.number().int()`: what it lets through is no text of a stranger's choice.
bool lets_through_harmless(const ValuePool& pool, Language language, ValueId schema) {
  if (!schema.exists() || !pool.is(schema, ValueKind::Object)) return false;
  const std::string_view path = pool.text(schema);
  for (std::size_t end = path.find("()"); end != path.npos; end = path.find("()", end + 2)) {
    const LibraryModel* const row = find_model_any(language, path.substr(0, end));
    if (row != nullptr && row->cleans == "all") return true;
  }
  return false;
}

void add_step(const LibraryCall& call, std::string_view kind, ValueId value, const Step& done,
              CallResult& out) {
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

// Of what a schema of several fields has read, each by its own: `z.object({size: z.number()})`.
void add_fields(const LibraryCall& call, const LibraryModel& model, const Step& done,
                CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId whole = select(call, model.returns);
  if (!whole.exists() || !call.receiver.exists() || !pool.is(call.receiver, ValueKind::Object) ||
      pool.operands(call.receiver).empty())
    return;
  const ValueId fields = named_entry(pool, pool.operands(call.receiver)[0], "0");
  if (!fields.exists() || !pool.is(fields, ValueKind::Record)) return;
  const std::vector<StringId> names(pool.names(fields).begin(), pool.names(fields).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool harmless = lets_through_harmless(pool, call.language, pool.operands(fields)[i]);
    const ValueId field = call.engine.member_of(whole, std::string(pool[names[i]]));
    add_step(call, cat(kCleaned, harmless ? kHarmlessField : kCheckedField), field, done, out);
  }
}

// A pattern that fits whatever text it is given, as far as a few say: `(.*)`, `[^/]*$`.
bool always_finds(ValuePool& pool, ValueId found) {
  if (!pool.is(found, ValueKind::Computed) || pool.operands(found).size() < 2) return false;
  const ValueId pattern = pool.operands(found)[1];
  const auto fits = [&](std::string_view text) {
    const std::array<ValueId, 2> operands{pool.text_value(text), pattern};
    return truth(pool, compute(pool, pool.opcode(found), operands)) == Answer::Yes;
  };
  return fits("") || (fits("x") && fits("0") && fits("-"));
}

// Told where the function uses the result at once as if something had been found.
void add_search(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const CallSite at = call.invocation.at;
  if (model.nothing.empty() || !at.module.exists()) return;
  ValuePool& pool = call.engine.pool();
  const std::string_view of = model.of.empty() ? "receiver" : model.of;
  const std::size_t comma = std::min(of.find(','), of.size());
  ValueId searched = select(call, of.substr(0, comma));
  if (searched.exists() && comma < of.size() && is_regex_literal(pool, searched))
    searched = select(call, of.substr(comma + 1));
  if (!searched.exists() || pool.constant(searched)) return;
  const Range used = search_use(call.engine.facts(at.module), at.op, model.nothing);
  if (used.begin == used.end || (out.value.exists() && always_finds(pool, out.value))) return;
  Step done;
  done.library = static_cast<std::uint32_t>(&model - library_models().data());
  add_step(call, kSearch, searched, done, out);
}

}  // namespace

bool may_do_harm(const ValuePool& pool, std::string_view kind, ValueId value) {
  constexpr std::uint32_t kChosen =
      mask_of(Origin::Event) | mask_of(Origin::Secret) | mask_of(Origin::Environment);
  return decides_by_itself(kind) || (value.exists() && ((pool.origins(value) & kChosen) != 0 ||
                                                        logs_credential(pool, kind, value)));
}

void add_sinks(const LibraryCall& call, std::string_view sinks, const Step& done, CallResult& out) {
  constexpr std::string_view kWhen = " when ";
  if (sinks.empty() || sinks == "none") return;
  for (const std::string_view one : split(sinks, ',')) {
    const std::size_t when = one.find(kWhen);
    const std::string_view use = one.substr(0, when);
    const std::size_t equals = std::min(use.find('='), use.size());
    const std::string_view kind = use.substr(0, equals);
    ValueId value = equals == use.size() ? done.value : select(call, use.substr(equals + 1));
    if (kind == "log") value = as_printed(call, value);
    if (!value.exists() || !may_bring_harm(call.engine.pool(), kind, value)) continue;
    if (when != one.npos && !is_met(call, one.substr(when + kWhen.size()))) continue;
    add_step(call, kind, value, done, out);
  }
}

void add_sinks(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  add_search(call, model, out);
  Step done;
  done.library = static_cast<std::uint32_t>(&model - library_models().data());
  if (model.operation.empty() && model.command.empty()) add_sinks(call, model.sink, done, out);
  if (model.cleans.empty() || !out.value.exists()) return;
  // Of an object, its own path says what it is clean of.
  ValuePool& pool = call.engine.pool();
  if (model.cleans == "checked") add_fields(call, model, done, out);
  const ValueId given = out.value;
  if (pool.is(given, ValueKind::Object) || pool.constant(given)) return;
  if (model.cleans != "all") return add_step(call, cat(kCleaned, model.cleans), given, done, out);
  // What is converted is another value than the text, of which the call says that it may be such.
  add_step(call, cat(kCleaned, "checked"), given, done, out);
  out.value = compute(pool, Opcode::Converted, std::span(&given, 1));
}

}  // namespace fnlint
