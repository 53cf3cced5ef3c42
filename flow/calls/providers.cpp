// Containers of dependencies: what they hand out for a declared type, by the methods and bindings
// of the project that provide it.

#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/state/module_row.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "values/compute.h"
#include "values/sites.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kProviderModules = 256;  // of one component
constexpr int kNestedArguments = 8;            // of a generic type
// What a build makes of a component, and what it gives before the component is built.
constexpr std::string_view kGeneratedComponent = "component";

std::uint64_t class_key(ProjectObject type) {
  return (static_cast<std::uint64_t>(type.module.index) << 32U) | type.type.index;
}

std::uint64_t scope_key(ProjectObject component) {
  return component.kind == ProjectObject::Kind::None ? UINT64_MAX : class_key(component);
}

std::string_view word_at_end(std::string_view path) { return path.substr(path.rfind('.') + 1); }

// Whether an annotation is that one, by its own import or a star import of its package.
bool is_noted(const CodeFacts& code, const Annotation& note, std::string_view path) {
  const std::string_view written = code.string(note.path);
  if (written == path) return true;
  if (written != word_at_end(path)) return false;
  const std::string_view package = path.substr(0, path.size() - written.size() - 1);
  return std::ranges::any_of(code.imports, [&](const Import& row) {
    return (row.flags & kStar) != 0 && code.string(row.module) == package;
  });
}

std::span<const Annotation> notes_of(const CodeFacts& code, Slice<Annotation> notes) {
  return std::span(code.annotations).subspan(notes.first, notes.count);
}

bool is_noted(const CodeFacts& code, Slice<Annotation> notes, std::string_view path) {
  return std::ranges::any_of(notes_of(code, notes),
                             [&](const Annotation& note) { return is_noted(code, note, path); });
}

bool is_any_noted(const CodeFacts& code, Slice<Annotation> notes,
                  std::span<const std::string_view> paths) {
  return notes.count > 0 && std::ranges::any_of(paths, [&](std::string_view path) {
           return is_noted(code, notes, path);
         });
}

bool has_conditions(const CodeFacts& code, Slice<Annotation> notes) {
  return std::ranges::any_of(notes_of(code, notes), [&](const Annotation& note) {
    const std::string_view written = code.string(note.path);
    return std::ranges::any_of(known::dependency_conditions(), [&](std::string_view begin) {
      return written.starts_with(begin) ||
             (written.find('.') == written.npos && word_at_end(begin) != "" &&
              written.starts_with(word_at_end(begin)) &&
              is_noted(code, note, cat(begin.substr(0, begin.rfind('.') + 1), written)));
    });
  });
}

// The annotation that makes a method of such a class a provider; empty: none does.
std::string_view providing_note(const CodeFacts& code, const Class& type, const Function& method) {
  for (const auto& [note, of_class] : known::dependency_providers())
    if (is_noted(code, method.annotations, note) &&
        (of_class == "-" || is_noted(code, type.annotations, of_class)))
      return note;
  return {};
}

// Beans have names, and are found by their types all the same; elsewhere a name is part of the
// type.
bool has_names_aside(std::string_view note) {
  return note.starts_with("org.springframework.") || note.starts_with("io.micronaut.");
}

// A text, a number: of these there are many, and who asks for one asks by a name.
bool is_plain_data(std::string_view path) {
  return path.find('.') == path.npos || path.starts_with("java.") || path.starts_with("kotlin.");
}

bool is_empty_body(const Function& method) {
  return !method.first.exists() || method.first == method.end;
}

// `bind(X.class)` of a call; no id: it is another call.
ExprId bound_by(const CodeFacts& code, ExprId expr) {
  if (!expr.exists() || code.exprs[expr.index].kind != ExprKind::Result) return {};
  const Op& op = code.ops[code.exprs[expr.index].ref];
  if (op.kind != OpKind::Call) return {};
  const Call& call = code.calls[op.detail];
  const std::string_view name = name_of(code, call.callee);
  return name == "bind" && call.arguments.count == 1 ? code.operands_of(call.arguments)[0].value
                                                     : ExprId{};
}

constexpr int kGuessedParts = 4;  // of an object, one in another

}  // namespace

ValueId guessed_parts(ValuePool& pool, ValueId value, int depth) {
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Function) return value;
  const bool is_whole = kind == ValueKind::Object || kind == ValueKind::Record;
  if (!is_whole || pool.operands(value).empty() || depth > kGuessedParts)
    return pool.with_evidence(value, kHeuristic);
  const std::vector<ValueId> old(pool.operands(value).begin(), pool.operands(value).end());
  if (kind == ValueKind::Object) {
    std::vector<ValueId> parts;
    for (const ValueId one : old) parts.push_back(guessed_parts(pool, one, depth + 1));
    return pool.with_evidence(pool.object(pool[value].ref, std::string(pool.text(value)), parts),
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
class Engine::InComponent {
 public:
  InComponent(Engine& engine, ProjectObject component)
      : engine_(engine), outer_(engine.component_) {
    move_to(component);
  }
  ~InComponent() { move_to(outer_); }
  InComponent(const InComponent&) = delete;
  InComponent& operator=(const InComponent&) = delete;

 private:
  void move_to(ProjectObject component) {
    const std::uint64_t from = scope_key(engine_.component_), to = scope_key(component);
    engine_.component_ = component;
    if (from == to) return;
    engine_.aside_[from] = {std::move(engine_.typed_), std::move(engine_.instances_)};
    std::tie(engine_.typed_, engine_.instances_) = std::move(engine_.aside_[to]);
  }
  Engine& engine_;
  const ProjectObject outer_;
};

void Engine::add_bindings(ModuleId module, ProviderIndex& index) {
  const CodeFacts& code = facts(module);
  for (const Function& function : code.functions) {
    if (!function.owner.exists() || code.string(function.name) != "configure") continue;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      if (code.ops[at.index].kind != OpKind::Call) continue;
      const Call& call = code.calls[code.ops[at.index].detail];
      const Expr& callee = code.exprs[call.callee.index];
      if (callee.kind != ExprKind::Member || code.string(callee.name) != "to" ||
          call.arguments.count != 1)
        continue;
      const ExprId bound = bound_by(code, ExprId{callee.ref});
      if (!bound.exists()) continue;
      const ProjectObject type = class_of(module, bound);
      const ProjectObject made = class_of(module, code.operands_of(call.arguments)[0].value);
      if (type.kind != ProjectObject::Kind::Class || made.kind != ProjectObject::Kind::Class)
        continue;
      const CodeFacts& home = facts(type.module);
      index[std::string(home.string(home.classes[type.type.index].name))].push_back(
          {.module = module,
           .owner = {ProjectObject::Kind::Class, module, function.owner},
           .bound = type,
           .made = made,
           .at = {module, at}});
    }
  }
}

const ProviderIndex& Engine::providers_in(std::uint32_t unit) {
  const auto [row, added] = providers_.try_emplace(unit);
  ProviderIndex& index = row->second;
  if (!added) return index;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    if (!traits(code.language).injects_components) continue;
    for (std::uint32_t c = 0; c < code.classes.size(); ++c) {
      const Class& type = code.classes[c];
      for (const Slice<FunctionId> methods : {type.methods, type.declared_methods})
        for (std::uint32_t i = 0; i < methods.count; ++i) {
          const FunctionId id = code.methods[methods.first + i];
          const Function& method = code.functions[id.index];
          if (method.annotations.count == 0 || !method.returns.exists()) continue;
          const std::string_view note = providing_note(code, type, method);
          if (note.empty()) continue;
          const std::string_view path = code.string(code.types[method.returns.index].path);
          index[std::string(word_at_end(path))].push_back(
              {.module = module,
               .function = id,
               .owner = {ProjectObject::Kind::Class, module, ClassId{c}},
               .note = note,
               .is_conditional = has_conditions(code, method.annotations) ||
                                 has_conditions(code, type.annotations)});
        }
    }
    add_bindings(module, index);
  }
  return index;
}

bool Engine::is_same_type(ModuleId one, TypeId left, ModuleId other, TypeId right, int depth) {
  const ProjectObject mine = declared_class(one, left), its = declared_class(other, right);
  if (mine.kind != its.kind || mine.module != its.module || mine.type != its.type) return false;
  const CodeFacts& here = facts(one);
  const CodeFacts& there = facts(other);
  if (mine.kind == ProjectObject::Kind::None) {
    const std::string path = declared_path(one, left);
    if (path != declared_path(other, right)) return false;
    if (path.empty() && word_at_end(here.string(here.types[left.index].path)) !=
                            word_at_end(there.string(there.types[right.index].path)))
      return false;
  }
  const Slice<TypeId> given = here.types[left.index].arguments;
  const Slice<TypeId> wanted = there.types[right.index].arguments;
  if (given.count != wanted.count || depth > kNestedArguments) return false;
  for (std::uint32_t i = 0; i < given.count; ++i)
    if (!is_same_type(one, here.type_arguments[given.first + i], other,
                      there.type_arguments[wanted.first + i], depth + 1))
      return false;
  return true;
}

bool Engine::gives(const Provider& provider, const Asked& asked) {
  const CodeFacts& code = facts(asked.module);
  const bool is_generic = asked.type.exists() && code.types[asked.type.index].arguments.count > 0;
  const ProjectObject own =
      asked.type.exists() ? declared_class(asked.module, asked.type) : asked.own;
  if (provider.bound.kind == ProjectObject::Kind::Class)
    return !is_generic && own.module == provider.bound.module && own.type == provider.bound.type &&
           own.kind == ProjectObject::Kind::Class;
  const CodeFacts& home = facts(provider.module);
  const TypeId given = home.functions[provider.function.index].returns;
  if (asked.type.exists()) return is_same_type(asked.module, asked.type, provider.module, given, 0);
  if (home.types[given.index].arguments.count > 0) return false;
  const ProjectObject type = declared_class(provider.module, given);
  if (own.kind == ProjectObject::Kind::Class)
    return type.kind == own.kind && type.module == own.module && type.type == own.type;
  return type.kind == ProjectObject::Kind::None &&
         declared_path(provider.module, given) == asked.path;
}

// The text that tells it apart from others of its type; none: nothing does.
std::optional<std::string> Engine::dependency_name(ModuleId module, Slice<Annotation> notes) {
  const CodeFacts& code = facts(module);
  for (const Annotation& note : notes_of(code, notes)) {
    const bool names = std::ranges::any_of(known::dependency_names(), [&](std::string_view path) {
      return is_noted(code, note, path);
    });
    if (!names || note.arguments.count == 0) continue;
    const ValueId text =
        default_value(*this, {module, FunctionId{0}}, code.operands_of(note.arguments)[0].value);
    if (const auto written = text.exists() ? as_text(pool_, text) : std::nullopt)
      return std::string(*written);
    return std::string("?");
  }
  return std::nullopt;
}

// A bean's own name: that its annotation gives, or the method's.
std::string Engine::bean_name(const Provider& provider) {
  const CodeFacts& code = facts(provider.module);
  const Function& method = code.functions[provider.function.index];
  for (const Annotation& note : notes_of(code, method.annotations)) {
    if (!is_noted(code, note, provider.note)) continue;
    for (const Operand& given : code.operands_of(note.arguments)) {
      const std::string_view key = code.string(given.name);
      if (!key.empty() && key != "name" && key != "value") continue;
      const ValueId text = default_value(*this, {provider.module, FunctionId{0}}, given.value);
      const ValueId one =
          text.exists() && pool_.is(text, ValueKind::List) && pool_.operands(text).size() == 1
              ? pool_.operands(text)[0]
              : text;
      if (const auto written = one.exists() ? as_text(pool_, one) : std::nullopt)
        return std::string(*written);
    }
  }
  return std::string(code.string(method.name));
}

bool Engine::agrees(const Provider& provider, const std::optional<std::string>& name) {
  if (!provider.function.exists()) return !name;
  const CodeFacts& code = facts(provider.module);
  const std::optional<std::string> own =
      dependency_name(provider.module, code.functions[provider.function.index].annotations);
  if (!has_names_aside(provider.note)) return own == name;
  return !name || *name == own.value_or(bean_name(provider));
}

// Those that have an annotation which whoever asks has, too: a qualifier of the project's.
void Engine::keep_marked(const Asked& asked, std::vector<const Provider*>& found) {
  const CodeFacts& code = facts(asked.module);
  const auto is_marked = [&](const Provider* one) {
    if (!one->function.exists()) return false;
    const CodeFacts& home = facts(one->module);
    const Slice<Annotation> marks = home.functions[one->function.index].annotations;
    return std::ranges::any_of(notes_of(code, asked.notes), [&](const Annotation& note) {
      return std::ranges::any_of(notes_of(home, marks), [&](const Annotation& mark) {
        return home.string(mark.path) == code.string(note.path);
      });
    });
  };
  if (std::ranges::any_of(found, is_marked))
    std::erase_if(found, [&](const Provider* one) { return !is_marked(one); });
}

// The classes whose methods a component hands out: those that its annotation names, and theirs.
const ComponentScope& Engine::scope_of(ProjectObject component) {
  const auto [row, added] = component_scopes_.try_emplace(class_key(component));
  ComponentScope& scope = row->second;
  if (!added) return scope;
  std::vector<ProjectObject> open{component};
  const auto add = [&](ModuleId module, ExprId expr) {
    const ProjectObject type = class_of(module, expr);
    if (type.kind != ProjectObject::Kind::Class)
      scope.is_whole = false;
    else if (scope.classes.insert(class_key(type)).second)
      open.push_back(type);
  };
  for (std::size_t i = 0; i < open.size() && i < kProviderModules; ++i) {
    const ProjectObject at = open[i];
    const CodeFacts& code = facts(at.module);
    for (const Annotation& note : notes_of(code, code.classes[at.type.index].annotations)) {
      const std::string_view word = word_at_end(code.string(note.path));
      if (word == "Subcomponent" || word == "MergeSubcomponent" || word == "MergeComponent")
        scope.is_whole = false;
      for (const Operand& given : code.operands_of(note.arguments)) {
        const std::string_view key = code.string(given.name);
        if (key != "modules" && key != "includes") continue;
        const Expr& value = code.exprs[given.value.index];
        if (value.kind != ExprKind::List) {
          add(at.module, given.value);
          continue;
        }
        for (const Operand& one : code.operands_of(value.operands)) add(at.module, one.value);
      }
    }
  }
  return scope;
}

// The one that gives what is asked for; null: none does, or any of several.
const Provider* Engine::provider_of(const Asked& asked, bool& guessed) {
  const std::uint32_t unit = program_.modules[asked.module.index].unit;
  const ProviderIndex& index = providers_in(unit);
  if (index.empty()) return nullptr;
  const auto row = index.find(asked.word);
  if (row == index.end()) return nullptr;
  const std::optional<std::string> name = dependency_name(asked.module, asked.notes);
  if (!name && asked.is_data) return nullptr;
  std::vector<const Provider*> found;
  for (const Provider& one : row->second)
    if (gives(one, asked) && agrees(one, name)) found.push_back(&one);
  keep_marked(asked, found);
  guessed = false;
  if (component_.kind != ProjectObject::Kind::None) {
    const ComponentScope& scope = scope_of(component_);
    const auto is_outside = [&](const Provider* one) {
      return !scope.classes.contains(class_key(one->owner));
    };
    if (std::ranges::all_of(found, is_outside)) {
      if (scope.is_whole) return nullptr;
      guessed = true;
    } else {
      std::erase_if(found, is_outside);
    }
  }
  if (found.size() > 1 && !asked.name.empty())
    if (const auto called =
            [&](const Provider* one) {
              return has_names_aside(one->note) && bean_name(*one) == asked.name;
            };
        std::ranges::count_if(found, called) == 1)
      std::erase_if(found, [&](const Provider* one) { return !called(one); });
  if (found.size() != 1) return nullptr;
  guessed = guessed || found.front()->is_conditional;
  return found.front();
}

// What a provider gives, called with what it asks for; nothing while it is being asked.
const Provided& Engine::given_by_provider(const Provider& provider) {
  const std::uint64_t at = provider.function.exists()
                               ? pack({provider.module, provider.function})
                               : pack(provider.at) | (std::uint64_t{1} << 63U);
  const auto [row, added] = given_.try_emplace({scope_key(component_), at});
  Provided& given = row->second;
  if (!added || nesting_ >= kNesting) return given;
  ++nesting_;
  std::vector<Step>* const outer = std::exchange(provided_steps_, &given.steps);
  if (provider.made.kind == ProjectObject::Kind::Class) {
    given.value = provided(provider.made);
    if (!given.value.exists()) given.value = instance_of(provider.made);
  } else {
    const CodeFacts& code = facts(provider.module);
    const Function& method = code.functions[provider.function.index];
    const bool hands_on = is_empty_body(method) && method.parameters.count == 1;  // @Binds
    if (hands_on) {
      const Parameter& parameter = code.parameters[method.parameters.first];
      given.value = given_to(provider.module, parameter);
    } else if (!is_empty_body(method)) {
      std::vector<NamedValue> captures;
      if (method.kind == FunctionKind::ClassMethod)
        captures.push_back(
            {pool_.string(kThis), class_value(provider.module, provider.owner.type)});
      else if (method.kind != FunctionKind::StaticMethod)
        captures.push_back({pool_.string(kThis), instance_of(provider.owner)});
      Outcome outcome =
          call({.callee = pool_.function(pack({provider.module, provider.function}), captures),
                .arguments = pool_.record({})},
               1);
      given.value = outcome.value;
      std::ranges::move(outcome.steps, std::back_inserter(given.steps));
    }
  }
  provided_steps_ = outer;
  --nesting_;
  return given;
}

// What a parameter is given by whoever makes things by their types.
ValueId Engine::given_to(ModuleId module, const Parameter& parameter) {
  const CodeFacts& code = facts(module);
  const Variable& variable = code.variables[parameter.variable.index];
  const ValueId given =
      provided(module, variable.type, parameter.annotations, code.string(variable.name));
  return given.exists() ? given : typed(module, variable.type);
}

ValueId Engine::provided(ProjectObject type) {
  const CodeFacts& code = facts(type.module);
  if (!traits(code.language).injects_components) return {};
  return provided({.module = type.module,
                   .own = {ProjectObject::Kind::Class, type.module, type.type},
                   .word = std::string(code.string(code.classes[type.type.index].name))});
}

ValueId Engine::provided(const Asked& asked) {
  bool guessed = false;
  const Provider* const provider = provider_of(asked, guessed);
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

ValueId Engine::provided(ModuleId module, TypeId type, Slice<Annotation> notes,
                         std::string_view name) {
  const CodeFacts& code = facts(module);
  if (!type.exists() || !traits(code.language).injects_components) return {};
  if (code.types[type.index].arguments.count == 1)
    if (const ValueId later = wrapped(module, type, notes); later.exists()) return later;
  const std::string_view path = code.string(code.types[type.index].path);
  const std::string_view word = word_at_end(path);
  const ProviderIndex& index = providers_in(program_.modules[module.index].unit);
  if (index.empty() || !index.contains(std::string(word))) return {};
  const bool is_data = declared_class(module, type).kind == ProjectObject::Kind::None &&
                       is_plain_data(declared_path(module, type));
  return provided({.module = module,
                   .type = type,
                   .word = std::string(word),
                   .notes = notes,
                   .name = name,
                   .is_data = is_data});
}

// `Provider<Desk>`, `Lazy<Desk>`: what gives the object once it is asked; no id: it is another
// type.
ValueId Engine::wrapped(ModuleId module, TypeId type, Slice<Annotation> notes) {
  const CodeFacts& code = facts(module);
  const std::string path = declared_path(module, type);
  if (std::ranges::find(known::dependency_wrappers(), path) == known::dependency_wrappers().end())
    return {};
  const TypeId held = code.type_arguments[code.types[type.index].arguments.first];
  ValueId given = provided(module, held, notes, {});
  if (!given.exists()) given = typed_alone(module, held);
  if (!given.exists()) return {};
  const NamedValue argument{pool_.string("0"), given};
  const ValueId record = pool_.record(std::span(&argument, 1));
  return pool_.object(kOutsideSite | (std::uint64_t{module.index} << 32U) | type.index,
                      cat(path, "()"), std::span(&record, 1));
}

ValueId Engine::object_for(ModuleId module, ValueId type) {
  const ProjectObject own = project_object(pool_, type);
  if (own.kind == ProjectObject::Kind::Class) {
    const ValueId given = provided(own);
    return given.exists() ? given : instance_of(own);
  }
  const std::string path = library_path(type);
  if (path.empty()) return {};
  return provided({.module = module, .word = std::string(word_at_end(path)), .path = path});
}

void Engine::forget_given() {
  given_.clear();
  aside_.clear();
}

void Engine::forget_providers() {
  providers_.clear();
  component_scopes_.clear();
}

bool Engine::is_component(ProjectObject type) {
  if (type.kind == ProjectObject::Kind::None || type.kind == ProjectObject::Kind::Module)
    return false;
  const CodeFacts& code = facts(type.module);
  return traits(code.language).injects_components &&
         is_any_noted(code, code.classes[type.type.index].annotations,
                      known::dependency_components());
}

ValueId Engine::generated_component(const ImportTarget& target, std::string_view symbol) {
  if (!target.generated) return {};
  const ProjectObject type = class_named(target.module, symbol);
  if (!is_component(type)) return {};
  const ValueId place = pool_.text_value(cat(type.module.index, ':', type.type.index));
  return pool_.computed(kGeneratedComponent, std::span(&place, 1));
}

// The method of a component, or of an interface that it extends, which the container writes.
std::optional<FunctionRef> Engine::component_method(ProjectObject type, std::string_view name,
                                                    int depth) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (const Slice<FunctionId> methods : {row.declared_methods, row.methods})
    for (std::uint32_t i = 0; i < methods.count; ++i) {
      const FunctionId id = code.methods[methods.first + i];
      const Function& method = code.functions[id.index];
      if (code.string(method.name) == name && is_empty_body(method) &&
          method.kind == FunctionKind::Method)
        return FunctionRef{type.module, id};
    }
  for (std::uint32_t i = 0; depth < kBaseClasses && i < row.bases.count; ++i)
    if (const ProjectObject base = class_of(type.module, code.bases[row.bases.first + i]);
        base.kind == ProjectObject::Kind::Class)
      if (const auto found = component_method(base, name, depth + 1)) return found;
  return std::nullopt;
}

std::optional<Outcome> Engine::call_component(const CallInput& invocation, ValueId receiver,
                                              std::string_view name) {
  if (pool_.is(receiver, ValueKind::Computed) && pool_.text(receiver) == kGeneratedComponent) {
    const auto place = module_row(pool_.text(pool_.operands(receiver)[0]));
    if (!place) return {};
    Outcome out;
    const bool is_built = name == "create" || name == "build";
    out.value =
        is_built ? bare_instance({ProjectObject::Kind::Class, place->module, ClassId{place->index}})
                 : receiver;
    return out;
  }
  const ProjectObject type = project_object(pool_, receiver);
  if (type.kind != ProjectObject::Kind::Instance || !is_component(type)) return {};
  const auto method = component_method(type, name, 0);
  if (!method) return {};
  const CodeFacts& code = facts(method->module);
  const Function& row = code.functions[method->function.index];
  Outcome out;
  if (row.returns.exists()) {
    const InComponent scope(*this, {ProjectObject::Kind::Class, type.module, type.type});
    std::vector<Step>* const outer = std::exchange(provided_steps_, &out.steps);
    out.value = provided(method->module, row.returns, row.annotations, name);
    if (!out.value.exists()) out.value = typed(method->module, row.returns);
    provided_steps_ = outer;
  }
  if (!out.value.exists()) out.value = given_by(pool_, invocation);
  for (Step& step : out.steps) step.via.insert(step.via.begin(), invocation.at);
  return out;
}

}  // namespace fnlint
