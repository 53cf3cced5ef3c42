// Matches what is asked of a container with the methods and bindings of the project that provide
// it, as their annotations say.
#include "flow/modules/provider_table.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "values/compute.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

constexpr std::size_t kProviderModules = 256;  // of one component
constexpr int kExtended = 8;                   // interfaces that one extends, one above another

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

}  // namespace

void ProviderTable::add_bindings(ModuleId module, Index& index) {
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
      const ProjectObject type = classes_.written(module, bound);
      const ProjectObject made =
          classes_.written(module, code.operands_of(call.arguments)[0].value);
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

void ProviderTable::add_methods(ModuleId module, Index& index) {
  const CodeFacts& code = facts(module);
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
}

const ProviderTable::Index& ProviderTable::providers_in(std::uint32_t unit) {
  const auto [row, added] = providers_.try_emplace(unit);
  Index& index = row->second;
  if (!added) return index;
  for (const ModuleId module : program_.modules_of(unit)) {
    if (!traits(facts(module).language).injects_components) continue;
    add_methods(module, index);
    add_bindings(module, index);
  }
  return index;
}

bool ProviderTable::gives(const Provider& provider, const Asked& asked) {
  const CodeFacts& code = facts(asked.module);
  const bool is_generic = asked.type.exists() && code.types[asked.type.index].arguments.count > 0;
  const ProjectObject own =
      asked.type.exists() ? classes_.declared(asked.module, asked.type) : asked.own;
  if (provider.bound.kind == ProjectObject::Kind::Class)
    return !is_generic && own.module == provider.bound.module && own.type == provider.bound.type &&
           own.kind == ProjectObject::Kind::Class;
  const CodeFacts& home = facts(provider.module);
  const TypeId given = home.functions[provider.function.index].returns;
  if (asked.type.exists())
    return classes_.is_same_type(asked.module, asked.type, provider.module, given, 0);
  if (home.types[given.index].arguments.count > 0) return false;
  const ProjectObject type = classes_.declared(provider.module, given);
  if (own.kind == ProjectObject::Kind::Class)
    return type.kind == own.kind && type.module == own.module && type.type == own.type;
  return type.kind == ProjectObject::Kind::None &&
         classes_.declared_path(provider.module, given) == asked.path;
}

// The text that tells it apart from others of its type; none: nothing does.
std::optional<std::string> ProviderTable::dependency_name(ModuleId module,
                                                          Slice<Annotation> notes) {
  const CodeFacts& code = facts(module);
  for (const Annotation& note : notes_of(code, notes)) {
    const bool names = std::ranges::any_of(known::dependency_names(), [&](std::string_view path) {
      return is_noted(code, note, path);
    });
    if (!names || note.arguments.count == 0) continue;
    const ValueId text = evaluation_.constant(module, code.operands_of(note.arguments)[0].value);
    if (const auto written = text.exists() ? as_text(pool_, text) : std::nullopt)
      return std::string(*written);
    return std::string("?");
  }
  return std::nullopt;
}

// A bean's own name: that its annotation gives, or the method's.
std::string ProviderTable::bean_name(const Provider& provider) {
  const CodeFacts& code = facts(provider.module);
  const Function& method = code.functions[provider.function.index];
  for (const Annotation& note : notes_of(code, method.annotations)) {
    if (!is_noted(code, note, provider.note)) continue;
    for (const Operand& given : code.operands_of(note.arguments)) {
      const std::string_view key = code.string(given.name);
      if (!key.empty() && key != "name" && key != "value") continue;
      const ValueId text = evaluation_.constant(provider.module, given.value);
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

bool ProviderTable::agrees(const Provider& provider, const std::optional<std::string>& name) {
  if (!provider.function.exists()) return !name;
  const CodeFacts& code = facts(provider.module);
  const std::optional<std::string> own =
      dependency_name(provider.module, code.functions[provider.function.index].annotations);
  if (!has_names_aside(provider.note)) return own == name;
  return !name || *name == own.value_or(bean_name(provider));
}

// Those that have an annotation which whoever asks has, too: a qualifier of the project's.
void ProviderTable::keep_marked(const Asked& asked, std::vector<const Provider*>& found) {
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
const ProviderTable::Scope& ProviderTable::scope_of(ProjectObject component) {
  const auto [row, added] = scopes_.try_emplace(key_of(component));
  Scope& scope = row->second;
  if (!added) return scope;
  std::vector<ProjectObject> open{component};
  const auto add = [&](ModuleId module, ExprId expr) {
    const ProjectObject type = classes_.written(module, expr);
    if (type.kind != ProjectObject::Kind::Class)
      scope.is_whole = false;
    else if (scope.classes.insert(key_of(type)).second)
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

bool ProviderTable::keep_of_component(ProjectObject component, std::vector<const Provider*>& found,
                                      bool& guessed) {
  if (component.kind == ProjectObject::Kind::None) return true;
  const Scope& scope = scope_of(component);
  const auto is_outside = [&](const Provider* one) {
    return !scope.classes.contains(key_of(one->owner));
  };
  if (!std::ranges::all_of(found, is_outside)) {
    std::erase_if(found, is_outside);
    return true;
  }
  guessed = true;
  return !scope.is_whole;
}

ProviderTable::Choice ProviderTable::provider_of(const Asked& asked, ProjectObject component) {
  const Index& index = providers_in(program_.modules[asked.module.index].unit);
  if (index.empty()) return {};
  const auto row = index.find(asked.word);
  if (row == index.end()) return {};
  const std::optional<std::string> name = dependency_name(asked.module, asked.notes);
  if (!name && asked.is_data) return {};
  std::vector<const Provider*> found;
  for (const Provider& one : row->second)
    if (gives(one, asked) && agrees(one, name)) found.push_back(&one);
  keep_marked(asked, found);
  bool guessed = false;
  if (!keep_of_component(component, found, guessed)) return {};
  const auto is_called_so = [&](const Provider* one) {
    return has_names_aside(one->note) && bean_name(*one) == asked.name;
  };
  if (found.size() > 1 && !asked.name.empty() && std::ranges::count_if(found, is_called_so) == 1)
    std::erase_if(found, [&](const Provider* one) { return !is_called_so(one); });
  if (found.size() != 1) return {};
  return {found.front(), guessed || found.front()->is_conditional};
}

bool ProviderTable::provides(ModuleId module, std::string_view word) {
  const Index& index = providers_in(program_.modules[module.index].unit);
  return !index.empty() && index.contains(std::string(word));
}

bool ProviderTable::is_wrapper(ModuleId module, TypeId type) {
  return std::ranges::find(known::dependency_wrappers(), classes_.declared_path(module, type)) !=
         known::dependency_wrappers().end();
}

void ProviderTable::end_units() {
  providers_.clear();
  scopes_.clear();
}

bool ProviderTable::is_component(ProjectObject type) const {
  if (type.kind == ProjectObject::Kind::None || type.kind == ProjectObject::Kind::Module)
    return false;
  const CodeFacts& code = facts(type.module);
  return traits(code.language).injects_components &&
         is_any_noted(code, code.classes[type.type.index].annotations,
                      known::dependency_components());
}

std::optional<FunctionRef> ProviderTable::component_method(ProjectObject type, std::string_view name,
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
  for (std::uint32_t i = 0; depth < kExtended && i < row.bases.count; ++i)
    if (const ProjectObject base = classes_.written(type.module, code.bases[row.bases.first + i]);
        base.kind == ProjectObject::Kind::Class)
      if (const auto found = component_method(base, name, depth + 1)) return found;
  return std::nullopt;
}

}  // namespace fnlint
