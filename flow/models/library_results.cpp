// What a library's call gives, as its row says.

#include "core/text.h"
#include "flow/engine/class_notes.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "values/conditions.h"
#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

ValueId compute_with_regex(ValuePool& pool, std::string_view name, std::vector<ValueId> operands) {
  bool has_regex = false;
  // `text.match(regex)`, or `regex.match(text)`
  if (name.starts_with("matches") && operands.size() == 2 && is_regex_literal(pool, operands[0]) &&
      !is_regex_literal(pool, operands[1]))
    std::swap(operands[0], operands[1]);
  for (ValueId& operand : operands) {
    if (!is_regex_literal(pool, operand)) continue;
    const std::string_view literal = pool.text(operand).substr(kRegexMark.size());
    const std::size_t end = std::min(literal.rfind('/'), literal.size());
    const bool folds = name.starts_with("matches") && literal.substr(end).find('i') != literal.npos;
    operand =
        pool.text_value(cat(folds ? "(?i)" : "", replace_all(literal.substr(0, end), "\\/", "/")));
    has_regex = true;
  }
  if (has_regex && name == "replace" && operands.size() >= 3) {
    operands.resize(3);
    return compute(pool, Opcode::RegexReplace, operands);
  }
  return compute(pool, name, operands);
}

// What the invoked function says of an element holds of those that are kept.
ValueId kept_of(const LibraryCall& call, const LibraryModel& model, ValueId value) {
  ValuePool& pool = call.engine.pool();
  // `(left > 0).then(|| next)`; the `then` of a future has no test.
  if (model.keeps == "test")
    return call.receiver.exists() && (is_test(pool, call.receiver) || pool.is(call.receiver, ValueKind::Bool))
               ? choose(pool, call.receiver, value, pool.null())
               : value;
  if (!call.result.exists()) return value;
  const std::string_view function = model.keeps == "fails" ? "not" : "truthy";
  const ValueId test = compute(pool, function, std::span(&call.result, 1));
  const bool several =
      model.times == Times::Each && model.computes.empty() && !model.returns.ends_with("[]");
  if (several && is_textual(pool, value))
    return choose(pool, test, value, pool.null());  // Optional
  if (several) return filtered(pool, value, test);
  // `name.takeIf { ... }`: it, or nothing.
  if (model.times != Times::Each) return choose(pool, test, value, pool.null());
  const ValueId found = where(pool, value, std::span(&test, 1));
  // Of those that are written down there may be none: what is found is something, where it is.
  return or_nothing(pool, found, truth(pool, test));
}

// What a callback gave for each element: there is one where the list has one.
ValueId each_result(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const std::string_view of = model.with.substr(0, model.with.find("[]"));
  const ValueId list = select(call, of);
  if (!list.exists()) return pool.list(std::span(&call.result, 1), true);
  const ValueId has_items = compute(pool, Opcode::HasItems, std::span(&list, 1));
  const Fact fact{has_items, true};
  const bool is_known = truth(pool, has_items) == Answer::Yes;
  const ValueId one = is_known ? call.result : given(pool, call.result, std::span(&fact, 1));
  return many(pool, std::span(&one, 1));
}

// What a row computes; no id: nothing that it is of is there.
ValueId computed_by(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  std::vector<ValueId> operands;
  for (const std::string_view selector : split(model.of, ',')) {
    ValueId value = select(call, selector);
    if (!value.exists()) break;
    if (pool.is(value, ValueKind::Object))
      if (const ValueId text = call.engine.members().text_of(value); text.exists()) value = text;
    operands.push_back(value);
  }
  if (model.computes == "has" && operands.size() == 2)
    if (const ValueId asked = asked_variable(pool, operands[1], operands[0]); asked.exists())
      return asked;
  if (model.computes == "any_of" && operands.size() == 1 && model.of.find(',') != model.of.npos)
    return compute(pool, Opcode::HasItems, operands);  // `list.Any()`
  // `outcome.GetItem()`, `node.get()`: no part of it is asked for.
  const bool picks = model.computes == "index" || model.computes == "get";
  if (operands.empty() || (picks && operands.size() == 1))
    return operands.empty() ? ValueId{} : operands[0];
  return compute_with_regex(pool, model.computes, std::move(operands));
}

// An object that was made with a value, as its only argument.
ValueId made_of(const LibraryCall& call, const LibraryModel& model, ValueId value) {
  ValuePool& pool = call.engine.pool();
  std::vector<NamedValue> arguments;
  if (value.exists()) arguments.push_back({pool.string("0"), value});
  const ValueId record = pool.record(arguments);
  return pool.object(call_site(call), expand_path(call, model.returns.substr(1)),
                     std::span(&record, 1));
}

constexpr std::string_view kAnew = "new ";

// An object of a class of the project that a mapper makes, or a list of such.
ValueId object_anew(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  std::string_view selector = model.returns.substr(kAnew.size());
  const bool is_list = selector.ends_with("[]");
  if (is_list) selector.remove_suffix(2);
  const ValueId type = select(call, selector);
  const ValueId object =
      type.exists() ? some_object_of(call.engine, type, call_site(call)) : ValueId{};
  if (!object.exists()) return {};
  // What is asked for may not be there: nothing is given, or an error raised; a list may be empty.
  if (!is_list) return pool.join(object, pool.null());
  const Fact there{pool.hole(Origin::CallResult, "found", call_site(call)), true};
  const ValueId one = given(pool, object, std::span(&there, 1));
  return many(pool, std::span(&one, 1));
}

// What a container of dependencies gives for a class that it is told.
constexpr std::string_view kProvided = "provided ";

}  // namespace

ValueId holds_nothing(const LibraryCall& call) {
  return compute(call.engine.pool(), "is_null", std::span(&call.receiver, 1));
}

namespace {

// What a row `returns` that selects it; no id: that is not there.
ValueId selected_result(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const ValueId value = select(call, model.returns);
  if (!value.exists()) return {};
  if (model.times == Times::Maybe && model.returns == "result")
    return choose(pool, holds_nothing(call), pool.null(), value);
  if (pool.is(value, ValueKind::Number) && model.returns.ends_with("|[]"))
    return pool.list({});  // a capacity
  if (!model.keeps.empty()) return kept_of(call, model, value);
  if (model.under.empty()) return value;
  const NamedValue row{pool.string(model.under), value};
  const ValueId record = pool.record(std::span(&row, 1), true);
  return model.fluent ? pool.object(call_site(call), kFilled, std::span(&record, 1)) : record;
}

// What a row `returns`; no id: it says nothing, or that is not there.
ValueId returned_by(const LibraryCall& call, const LibraryModel& model,
                    std::string_view positions) {
  if (model.returns.empty()) return {};
  if (model.returns.starts_with(kAnew)) return object_anew(call, model);
  if (model.returns.starts_with(kProvided)) {
    const ValueId type = select(call, model.returns.substr(kProvided.size()));
    const ModuleId asking = call.invocation.at.module;
    return type.exists() && asking.exists() ? call.engine.container().object_for(asking, type)
                                            : ValueId{};
  }
  if (model.returns.front() == '=')
    return model.computes.empty()
               ? make_object(call, expand_path(call, model.returns.substr(1)), positions)
               : made_of(call, model, computed_by(call, model));
  if (model.returns.starts_with("results") && call.result.exists())
    return each_result(call, model);
  return selected_result(call, model);
}

}  // namespace

ValueId result_of(const LibraryCall& call, const LibraryModel& model) {
  const std::string_view positions = model.operation.empty() ? model.positions : std::string_view();
  if (const ValueId value = returned_by(call, model, positions); value.exists()) return value;
  if (model.computes == "environment") {
    const ValueId variable = environment_of(call, model);  // none: all of it, read later
    return variable.exists() ? variable : make_object(call, cat(call.path, "()"));
  }
  if (!model.computes.empty())
    if (const ValueId value = computed_by(call, model); value.exists())
      return model.keeps.empty() ? value : kept_of(call, model, value);
  if (model.origin != Origin::None) return found_by(call, model.origin);
  return make_object(call, cat(call.path.empty() ? cat("*.", call.method) : call.path, "()"),
                     positions);
}

ValueId environment_of(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  std::vector<ValueId> operands;
  for (const std::string_view selector : split(model.of, ','))
    operands.push_back(select(call, selector));
  const bool is_named = !operands.empty() && operands[0].exists();
  if (!is_named && pool.operands(call.invocation.arguments).empty()) return {};
  if (!is_named) return pool.unknown(kUnnamedVariable);
  return environment_value(pool, operands[0], operands.size() > 1 ? operands[1] : ValueId{});
}

}  // namespace fnlint
