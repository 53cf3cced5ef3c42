// The table of conventions (order and types of event, context and outputs), and values of event and
// context made to fit a handler's parameters.

#include "link/code/handler_arguments.h"

#include "core/text.h"
#include "link/resolve/declarations.h"
#include "link/resolve/library_names.h"
#include "tables/code_words.h"
#include "tables/languages.h"
#include "values/handler_forms.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace fnlint {

namespace {

// How the runtime of a language hands the event over. Types are told by the last part of their
// name.
struct HandlerConvention {
  Language language{};
  std::span<const std::string_view> contexts = {};  // types of the context
  std::span<const std::string_view> outputs = {};   // types of what the answer is written to
  std::span<const std::string_view> wrappers = {};  // types that hold the event and the context
  bool typed = true;     // parameters are told by their types; else the event is the first
  bool by_name = false;  // keyword arguments `event` and `context`
  bool objects = false;  // the runtime makes an object of the handler's class
  // What is of a type "IName" is no data: what calls the handler gives the service that it
  // declares.
  bool injects_interfaces = false;
  std::span<const std::string_view> entry_methods = {};  // of an object that is handed over
  bool extracts = false;  // a route's parameter of some types is a part of the request
};

constexpr std::string_view kJavaContexts[] = {"Context", "ExecutionContext"};
constexpr std::string_view kJavaOutputs[] = {"OutputStream"};
constexpr std::string_view kGoContexts[] = {"Context"};
constexpr std::string_view kCSharpContexts[] = {"ILambdaContext"};
constexpr std::string_view kCSharpOutputs[] = {"CancellationToken"};
constexpr std::string_view kRustContexts[] = {"Context"};
constexpr std::string_view kRustWrappers[] = {"LambdaEvent"};

constexpr std::string_view kGoEntries[] = {"Invoke"};
constexpr std::string_view kRustEntries[] = {"call"};

constexpr HandlerConvention kConventions[] = {
    {.language = Language::Python, .typed = false},
    {.language = Language::JavaScript, .typed = false},
    {.language = Language::Java,
     .contexts = kJavaContexts,
     .outputs = kJavaOutputs,
     .objects = true},
    {.language = Language::Go, .contexts = kGoContexts, .entry_methods = kGoEntries},
    {.language = Language::CSharp,
     .contexts = kCSharpContexts,
     .outputs = kCSharpOutputs,
     .objects = true,
     .injects_interfaces = true},
    {.language = Language::Ruby, .typed = false, .by_name = true},
    {.language = Language::Rust,
     .contexts = kRustContexts,
     .wrappers = kRustWrappers,
     .entry_methods = kRustEntries,
     .extracts = true},
    {.language = Language::Cpp},
};

const HandlerConvention* convention_of(Language language) {
  const auto* const found = std::ranges::find(kConventions, language, &HandlerConvention::language);
  return found == std::end(kConventions) ? nullptr : found;
}

class HandlerArguments {
 public:
  explicit HandlerArguments(Engine& engine)
      : engine_(engine),
        pool_(engine.pool()),
        event_(pool_.hole(Origin::Event, "")),
        context_(pool_.hole(Origin::Context, "")) {}

  // The event, then the context.
  ValueId in_order() {
    const std::array<NamedValue, 2> values{NamedValue{pool_.string("0"), event_},
                                           NamedValue{pool_.string("1"), context_}};
    return pool_.record(values);
  }

  ValueId by_name() {
    const std::array<NamedValue, 2> values{NamedValue{pool_.string("event"), event_},
                                           NamedValue{pool_.string("context"), context_}};
    return pool_.record(values);
  }

  // Ruby puts what is given by names into a positional parameter's Hash.
  ValueId in_one() {
    const std::array<NamedValue, 1> values{NamedValue{pool_.string("0"), by_name()}};
    return pool_.record(values);
  }

  ValueId by_type(FunctionRef handler_ref, const HandlerConvention& convention) {
    const CodeFacts& code = engine_.facts(handler_ref.module);
    const Function& handler = code.functions[handler_ref.function.index];
    std::vector<NamedValue> named;
    for (std::uint32_t i = 0; i < handler.parameters.count; ++i) {
      const Parameter& parameter = code.parameters[handler.parameters.first + i];
      const TypeId declared = code.variables[parameter.variable.index].type;
      const std::string_view type = declared.exists()
                                        ? last_part(code.string(code.types[declared.index].path))
                                        : std::string_view{};
      ValueId value = extracted(code, parameter, type, convention);
      if (!value.exists()) value = value_for(type, convention);
      if (value == event_ && convention.injects_interfaces && is_interface_name(type))
        if (const ValueId service = engine_.types().typed(handler_ref.module, declared); service.exists())
          value = service;
      named.push_back({pool_.string(std::to_string(i)), value});
    }
    return pool_.record(named);
  }

 private:
  // The part of a request that a route's parameter is made of, by its type or by what is written
  // around its name; no id: nothing says so.
  ValueId extracted(const CodeFacts& code, const Parameter& parameter, std::string_view type,
                    const HandlerConvention& convention) {
    if (!convention.extracts) return {};
    const std::string_view around =
        parameter.annotations.count == 0
            ? std::string_view{}
            : code.string(code.annotations[parameter.annotations.first].path);
    const auto* row = known::row_of(known::request_extractors(), around.empty() ? type : around);
    if (row == nullptr) return {};
    const std::string_view part = (*row)[1];
    return part.empty() ? pool_.hole(Origin::Outside, type) : engine_.member_of(event_, part);
  }

  ValueId value_for(std::string_view type, const HandlerConvention& convention) {
    if (is_one_of(convention.contexts, type)) return context_;
    if (is_one_of(convention.outputs, type)) return pool_.hole(Origin::Outside, type);
    if (!is_one_of(convention.wrappers, type)) return event_;
    const std::array<NamedValue, 2> parts{NamedValue{pool_.string("payload"), event_},
                                          NamedValue{pool_.string("context"), context_}};
    return pool_.record(parts);
  }

  Engine& engine_;
  ValuePool& pool_;
  ValueId event_, context_;
};

}  // namespace

bool makes_objects(Language language) {
  const HandlerConvention* convention = convention_of(language);
  return convention != nullptr && convention->objects;
}

namespace {

std::vector<std::string> types_of_parameters(const CodeFacts& code, const Function& function) {
  std::vector<std::string> types;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const VariableId variable = code.parameters[function.parameters.first + i].variable;
    const TypeId type = code.variables[variable.index].type;
    types.emplace_back(type.exists() ? last_part(code.string(code.types[type.index].path))
                                     : std::string_view{});
  }
  return types;
}

}  // namespace

// Of several, the one with the most parameters among those that it can call, where a context at the
// end counts as one more.
ValueId runtime_choice(Engine& engine, ValueId handler) {
  const ValuePool& pool = engine.pool();
  if (!handler.exists() || pool[handler].kind == ValueKind::Function) return handler;
  if (pool[handler].kind != ValueKind::OneOf) return {};
  ValueId chosen;
  std::size_t most = 0;
  for (const ValueId one : pool.operands(handler)) {
    if (pool[one].kind != ValueKind::Function) continue;
    const FunctionRef ref = unpack(pool[one].ref);
    const CodeFacts& code = engine.facts(ref.module);
    const auto types = types_of_parameters(code, code.functions[ref.function.index]);
    const HandlerContract* contract = find_handler_contract(code.language);
    const bool known = contract != nullptr && !contract->forms.empty();
    if (known && !has_handler_form(types, contract->forms, contract->context)) continue;
    const bool by_context = known && !types.empty() && types.back() == contract->context;
    const std::size_t weight = types.size() + (by_context ? 1 : 0);
    if (chosen.exists() && weight <= most) continue;
    chosen = one;
    most = weight;
  }
  return chosen;
}

ValueId callable_in(Engine& engine, ValueId value) {
  ValuePool& pool = engine.pool();
  value = without_conditions(pool, value);
  for (int depth = 0; value.exists() && depth < 8; ++depth) {
    const Value row = pool[value];
    if (row.kind == ValueKind::Function) return value;
    const std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
    if (row.kind == ValueKind::OneOf) {
      ValueId next;
      for (const ValueId one : operands)
        if (const ValueId found = callable_in(engine, one); found.exists() && !next.exists())
          next = found;
      return next;
    }
    if (row.kind != ValueKind::Object || operands.empty()) return {};
    // An application is no wrapper of the functions that it was made with.
    if (library_class(pool.text(value)) == LibraryClass::Client) return {};
    if (project_object(pool, value).kind == ProjectObject::Kind::Instance) {
      const ValueId call = engine.member_of(value, "__call__");
      return pool[call].kind == ValueKind::Function ? call : ValueId{};
    }
    ValueId next;
    const bool is_chain = operands.size() > 1 && pool.is(operands[1], ValueKind::Object) &&
                          pool.text(operands[1]) == pool.text(value);
    if (!is_chain && pool[operands[0]].kind == ValueKind::Record)
      for (const ValueId argument : pool.operands(operands[0]))
        if (const ValueId found = callable_in(engine, argument); found.exists()) {
          next = found;
          break;
        }
    if (next.exists()) return next;
    value = operands.size() > 1 ? operands[1] : ValueId{};
  }
  return {};
}

ValueId entry_function(Engine& engine, ValueId entry) {
  if (const ValueId function = callable_in(engine, entry); function.exists()) return function;
  const ProjectObject object = project_object(engine.pool(), entry);
  if (object.kind != ProjectObject::Kind::Instance) return {};
  const HandlerConvention* convention = convention_of(engine.language(object.module));
  if (convention == nullptr) return {};
  for (const std::string_view name : convention->entry_methods)
    if (const ValueId method = runtime_choice(engine, engine.member_of(entry, name));
        method.exists() && engine.pool()[method].kind == ValueKind::Function)
      return method;
  return {};
}

ValueId handler_arguments(Engine& engine, ValueId handler) {
  ValuePool& pool = engine.pool();
  HandlerArguments arguments(engine);
  if (!handler.exists() || pool[handler].kind != ValueKind::Function) return arguments.in_order();
  const FunctionRef ref = unpack(pool[handler].ref);
  const CodeFacts& code = engine.facts(ref.module);
  const HandlerConvention* convention = convention_of(code.language);
  const Function& function = code.functions[ref.function.index];
  const bool named =
      convention != nullptr && convention->by_name && function.parameters.count > 0 &&
      is_one_of(
          std::array<std::string_view, 2>{"event", "context"},
          code.string(
              code.variables[code.parameters[function.parameters.first].variable.index].name));
  if (named) return arguments.by_name();
  const bool collects = function.parameters.count > 0 &&
                        code.parameters[function.parameters.first].rest == RestKind::Named;
  if (convention != nullptr && convention->by_name)
    return collects ? arguments.by_name() : arguments.in_one();
  if (convention == nullptr || !convention->typed) return arguments.in_order();
  return arguments.by_type(ref, *convention);
}

}  // namespace fnlint
