// What a container gives: providers are called with what they ask for, once a component.
#include "flow/engine/container.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/state/module_row.h"
#include "model/language_traits.h"
#include "values/sites.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fnlint {

namespace {

constexpr int kGuessedParts = 4;  // of an object, one in another
// What a build makes of a component, and what it gives before the component is built.
constexpr std::string_view kGeneratedComponent = "component";

std::uint64_t scope_key(ProjectObject component) {
  return component.kind == ProjectObject::Kind::None ? UINT64_MAX : key_of(component);
}

// A text, a number: of these there are many, and who asks for one asks by a name.
bool is_plain_data(std::string_view path) {
  return path.find('.') == path.npos || path.starts_with("java.") || path.starts_with("kotlin.");
}

}  // namespace

ValueId guessed_parts(ValuePool& pool, ValueId value, int depth) {
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Function) return value;
  const bool is_whole = kind == ValueKind::Object || kind == ValueKind::Record;
  if (!is_whole || pool.operands(value).empty() || depth > kGuessedParts)
    return pool.with_uncertainty(value, kHeuristic);
  const std::vector<ValueId> old(pool.operands(value).begin(), pool.operands(value).end());
  if (kind == ValueKind::Object) {
    std::vector<ValueId> parts;
    for (const ValueId one : old) parts.push_back(guessed_parts(pool, one, depth + 1));
    return pool.with_uncertainty(pool.object(pool[value].ref, std::string(pool.text(value)), parts),
                              kHeuristic);
  }
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < old.size(); ++i) {
    const StringId name = pool.names(value)[i];
    entries.push_back({name, guessed_parts(pool, old[i], depth + 1)});
  }
  return pool.record(entries, pool[value].ref != 0);
}

// While it lives, what is typed is what this component gives.
class Container::InComponent {
 public:
  InComponent(Container& container, ProjectObject component)
      : container_(container), outer_(container.component_) {
    move_to(component);
  }
  ~InComponent() { move_to(outer_); }
  InComponent(const InComponent&) = delete;
  InComponent& operator=(const InComponent&) = delete;

 private:
  void move_to(ProjectObject component) {
    const std::uint64_t from = scope_key(container_.component_), to = scope_key(component);
    container_.component_ = component;
    if (from == to) return;
    TypeResolver::Known known = std::move(container_.aside_[to]);
    container_.aside_[from] = container_.types_.exchange(std::move(known));
  }
  Container& container_;
  const ProjectObject outer_;
};

// What a provider gives, called with what it asks for; nothing while it is being asked.
const Container::Provided& Container::given_by_provider(const Provider& provider) {
  const std::uint64_t at = provider.function.exists()
                               ? pack({provider.module, provider.function})
                               : pack(provider.at) | (std::uint64_t{1} << 63U);
  const auto [row, added] = given_.try_emplace({scope_key(component_), at});
  Provided& given = row->second;
  if (!added || !context_.may_nest()) return given;
  const WalkContext::Nested deeper(context_);
  std::vector<Step>* const outer = std::exchange(provided_steps_, &given.steps);
  if (provider.made.kind == ProjectObject::Kind::Class) {
    given.value = provided(provider.made);
    if (!given.value.exists()) given.value = types_.instance_of(provider.made);
  } else {
    call_provider(provider, given);
  }
  provided_steps_ = outer;
  return given;
}

void Container::call_provider(const Provider& provider, Provided& given) {
  const CodeFacts& code = program_.facts(provider.module);
  const Function& method = code.functions[provider.function.index];
  const bool is_empty = !method.first.exists() || method.first == method.end;
  if (is_empty && method.parameters.count == 1)  // @Binds hands on what it is given
    given.value = given_to(provider.module, code.parameters[method.parameters.first]);
  if (is_empty) return;
  std::vector<NamedValue> captures;
  if (method.kind == FunctionKind::ClassMethod)
    captures.push_back(
        {pool_.string(kThis), analysis_.class_value(provider.module, provider.owner.type)});
  else if (method.kind != FunctionKind::StaticMethod)
    captures.push_back({pool_.string(kThis), types_.instance_of(provider.owner)});
  CallResult outcome = analysis_.call(
      {.callee = pool_.function(pack({provider.module, provider.function}), captures),
       .arguments = pool_.record({})},
      1);
  given.value = outcome.value;
  std::ranges::move(outcome.steps, std::back_inserter(given.steps));
}

// What a parameter is given by whoever makes things by their types.
ValueId Container::given_to(ModuleId module, const Parameter& parameter) {
  const CodeFacts& code = program_.facts(module);
  const Variable& variable = code.variables[parameter.variable.index];
  const ValueId given =
      provided(module, variable.type, parameter.annotations, code.string(variable.name));
  return given.exists() ? given : types_.typed(module, variable.type);
}

ValueId Container::provided(ProjectObject type) {
  const CodeFacts& code = program_.facts(type.module);
  if (!traits(code.language).injects_components) return {};
  return provided({.module = type.module,
                   .own = {ProjectObject::Kind::Class, type.module, type.type},
                   .word = std::string(code.string(code.classes[type.type.index].name))});
}

ValueId Container::provided(const Asked& asked) {
  const auto [provider, guessed] = providers_.provider_of(asked, component_);
  if (provider == nullptr) return {};
  const Provided& given = given_by_provider(*provider);
  if (!given.value.exists() || is_unsettled(pool_, given.value)) return {};
  if (provided_steps_ != nullptr && provided_steps_ != &given.steps)
    for (Step step : given.steps) {
      if (guessed) step.flags |= kGuessed;
      provided_steps_->push_back(std::move(step));
    }
  return guessed ? guessed_parts(pool_, given.value, 0) : given.value;
}

ValueId Container::provided(ModuleId module, TypeId type, Slice<Annotation> notes,
                            std::string_view name) {
  const CodeFacts& code = program_.facts(module);
  if (!type.exists() || !traits(code.language).injects_components) return {};
  if (code.types[type.index].arguments.count == 1)
    if (const ValueId later = wrapped(module, type, notes); later.exists()) return later;
  const std::string_view path = code.string(code.types[type.index].path);
  const std::string_view word = word_at_end(path);
  if (!providers_.provides(module, word)) return {};
  const bool is_data = classes_.declared(module, type).kind == ProjectObject::Kind::None &&
                       is_plain_data(classes_.declared_path(module, type));
  return provided({.module = module,
                   .type = type,
                   .word = std::string(word),
                   .notes = notes,
                   .name = name,
                   .is_data = is_data});
}

// `Provider<Desk>`, `Lazy<Desk>`: what gives the object once it is asked; no id: it is another
// type.
ValueId Container::wrapped(ModuleId module, TypeId type, Slice<Annotation> notes) {
  const CodeFacts& code = program_.facts(module);
  if (!providers_.is_wrapper(module, type)) return {};
  const TypeId held = code.type_arguments[code.types[type.index].arguments.first];
  ValueId given = provided(module, held, notes, {});
  if (!given.exists()) given = types_.typed_alone(module, held);
  if (!given.exists()) return {};
  const NamedValue argument{pool_.string("0"), given};
  const ValueId record = pool_.record(std::span(&argument, 1));
  return pool_.object(kOutsideSite | (std::uint64_t{module.index} << 32U) | type.index,
                      cat(classes_.declared_path(module, type), "()"), std::span(&record, 1));
}

ValueId Container::object_for(ModuleId module, ValueId type) {
  const ProjectObject own = project_object(pool_, type);
  if (own.kind == ProjectObject::Kind::Class) {
    const ValueId given = provided(own);
    return given.exists() ? given : types_.instance_of(own);
  }
  const std::string path = library_path(pool_, context_.language(), type);
  if (path.empty()) return {};
  return provided({.module = module, .word = std::string(word_at_end(path)), .path = path});
}

ValueId Container::generated_component(const ImportTarget& target, std::string_view symbol) {
  if (!target.generated) return {};
  const ProjectObject type = classes_.in_module(target.module, symbol);
  if (!providers_.is_component(type)) return {};
  const ValueId place = pool_.text_value(cat(type.module.index, ':', type.type.index));
  return pool_.computed(kGeneratedComponent, std::span(&place, 1));
}

std::optional<CallResult> Container::call_component(const CallInput& invocation, ValueId receiver,
                                                 std::string_view name) {
  if (pool_.is(receiver, ValueKind::Computed) && pool_.text(receiver) == kGeneratedComponent) {
    const auto place = module_row(pool_.text(pool_.operands(receiver)[0]));
    if (!place) return {};
    CallResult out;
    const bool is_built = name == "create" || name == "build";
    const ProjectObject made{ProjectObject::Kind::Class, place->module, ClassId{place->index}};
    out.value = is_built ? types_.bare_instance(made) : receiver;
    return out;
  }
  const ProjectObject type = project_object(pool_, receiver);
  if (type.kind != ProjectObject::Kind::Instance || !providers_.is_component(type)) return {};
  const auto method = providers_.component_method(type, name);
  if (!method) return {};
  const CodeFacts& code = program_.facts(method->module);
  const Function& row = code.functions[method->function.index];
  CallResult out;
  if (row.returns.exists()) {
    const InComponent scope(*this, {ProjectObject::Kind::Class, type.module, type.type});
    std::vector<Step>* const outer = std::exchange(provided_steps_, &out.steps);
    out.value = provided(method->module, row.returns, row.annotations, name);
    if (!out.value.exists()) out.value = types_.typed(method->module, row.returns);
    provided_steps_ = outer;
  }
  if (!out.value.exists()) out.value = given_by(pool_, invocation);
  for (Step& step : out.steps) step.via.insert(step.via.begin(), invocation.at);
  return out;
}

void Container::forget_given() {
  given_.clear();
  aside_.clear();
}

}  // namespace fnlint
