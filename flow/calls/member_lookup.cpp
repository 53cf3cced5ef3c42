// Looks up members by what their values are: through bases of classes, modules, rows of libraries.
#include "flow/engine/member_lookup.h"

#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/calls/configured_values.h"
#include "flow/calls/left_by_methods.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/events.h"
#include "flow/models/fluent.h"
#include "flow/state/havoc.h"
#include "flow/state/module_row.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/pointers.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

namespace fnlint {

namespace {

constexpr int kComputingBases = 8;  // bases of bases

// A function, or several of one name.
bool is_callee(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::OneOf)) return pool.is(value, ValueKind::Function);
  return std::ranges::all_of(pool.operands(value),
                             [&](ValueId one) { return pool.is(one, ValueKind::Function); });
}

}  // namespace

MemberLookup::MemberLookup(const CodeBase& base, ClassTable& classes, TypeResolver& types,
                           Container& container, SummaryStore& summaries, Analysis& analysis)
    : base_(base),
      pool_(base.pool),
      context_(base.context),
      classes_(classes),
      types_(types),
      container_(container),
      summaries_(summaries),
      analysis_(analysis) {}

void MemberLookup::forget(const IsForgotten& is_forgotten) {
  accessed_.clear();
  forget_of_modules(classes_made_, is_forgotten);
}

std::string MemberLookup::library_path(ValueId value) const {
  return fnlint::library_path(pool_, context_.language(), value);
}

namespace {

// What the object itself holds under a name; no id: nothing.
ValueId own_field(const ValuePool& pool, ValueId object, std::string_view name) {
  const auto operands = pool.operands(object);
  if (operands.empty()) return {};
  const auto names = pool.names(operands[0]);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (pool[names[i]] == name) return pool.operands(operands[0])[i];
  return {};
}

}  // namespace

ValueId MemberLookup::instance_member(ValueId object, std::string_view name) {
  const ProjectObject row = project_object(pool_, object);
  ValueId found = own_field(pool_, object, name);
  if (!found.exists()) found = class_member(row, name, object);
  if (found.exists() && pool_[found].kind == ValueKind::Function) return found;
  // What nothing that is seen sets is put there by something that is not: an injected dependency.
  ModuleId home = row.module;
  const Field* field = classes_.field(row, name, home);
  if (field == nullptr) return found;
  const CodeFacts& code = facts(row.module);
  const bool is_exact = traits(code.language).null_fields_stay_null;
  const bool is_assigned =
      base_.index.assigned_members(row.module).contains(cat(row.type.index, ':', name));
  const bool starts_empty = found.exists() && pool_[found].kind == ValueKind::Null && !is_exact;
  const ValueId seen = starts_empty && !is_assigned ? ValueId{} : found;
  if (!seen.exists())
    if (const ValueId setting = configured_value(base_, analysis_, home, field->annotations);
        setting.exists())
      return setting;
  if (!seen.exists() && field->annotations.count > 0)
    if (const ValueId given = container_.provided(home, field->type, field->annotations, name);
        given.exists())
      return given;
  if (const ValueId declared = types_.refined(seen, home, field->type); declared.exists())
    found = declared;
  if (is_exact || !is_assigned ||
      (found.exists() && has_origin(pool_, found, Origin::Global)))
    return found;
  // Methods assign it: what an earlier call left there is as likely as what it began with.
  const std::string_view class_name = code.string(code.classes[row.type.index].name);
  const ValueId later =
      pool_.hole(Origin::Field, cat(class_name, '.', name), pack(row.module, row.type));
  return found.exists() ? pool_.join(found, later) : later;
}

// What a function or class was called when it was written; no id: it is neither.
ValueId MemberLookup::written_name(ValueId callable) {
  const ProjectObject type = project_object(pool_, callable);
  if (type.kind == ProjectObject::Kind::Class) {
    const CodeFacts& code = facts(type.module);
    return pool_.text_value(code.string(code.classes[type.type.index].name));
  }
  if (!pool_.is(callable, ValueKind::Function)) return {};
  const FunctionRef ref = unpack(pool_[callable].ref);
  const CodeFacts& code = facts(ref.module);
  return pool_.text_value(code.string(code.functions[ref.function.index].name));
}

ValueId MemberLookup::member_of_each(ValueId base, std::string_view name) {
  std::vector<Alternative> alternatives;
  const std::vector<ValueId> operands(pool_.operands(base).begin(), pool_.operands(base).end());
  const std::vector<GuardId> guards(pool_.guards(base).begin(), pool_.guards(base).end());
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const ValueKind kind = pool_[operands[i]].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;  // it would raise
    alternatives.push_back({member_of(operands[i], name), guards[i]});
  }
  return alternatives.empty() ? pool_.absent() : pool_.one_of(alternatives);
}

// What an object has itself; of the project's, no id where it has nothing of that name.
ValueId MemberLookup::member_of_object(ValueId base, std::string_view name) {
  const ProjectObject object = project_object(pool_, base);
  switch (object.kind) {
    case ProjectObject::Kind::Module: return analysis_.exported(object.module, name);
    case ProjectObject::Kind::Class: return class_member(object, name, base);
    case ProjectObject::Kind::Instance: return instance_member(base, name);
    case ProjectObject::Kind::None: return library_member(base, name);
  }
  return {};
}

// What a library has under its path.
ValueId MemberLookup::member_of_path(ValueId base, std::string_view name) {
  const std::string_view path = pool_[pool_[base].text];
  if (name == "default") return base;
  if (path == "process.env" &&
      find_model_any(context_.language(), cat(path, '.', name)) == nullptr)
    return environment_value(pool_, pool_.text_value(name), {});
  if (path.starts_with("<folder>")) return folder_member(path, name);
  // SST: Resource.Photos.name, which the deployment puts beside the environment.
  for (const std::string_view linked : known::linked_resources())
    if (path.starts_with(linked))
      return environment_value(
          pool_, pool_.text_value(cat("Resource.", path.substr(linked.size()), '.', name)), {});
  const std::string whole = cat(path, '.', name);
  const LibraryModel* model = find_model_any(context_.language(), whole);
  if (model != nullptr && model->attribute) return library_member(base, name);
  return pool_.hole(Origin::Library, whole);
}

// What more is known of a value than that it has a member of that name; no id: nothing.
ValueId MemberLookup::known_member(ValueId base, std::string_view name) {
  switch (pool_[base].kind) {
    case ValueKind::OneOf: return member_of_each(base, name);
    case ValueKind::Object: return member_of_object(base, name);
    case ValueKind::Computed:
      if (is_super(pool_, base))
        if (const ValueId found = super_member(base, name); found.exists()) return found;
      return pool_.opcode(base) == Opcode::Member && !library_path(base).empty()
                 ? library_member(base, name)
                 : ValueId{};
    case ValueKind::Hole:
      if (pool_[base].origin == Origin::Library) return member_of_path(base, name);
      return pool_[base].origin == Origin::Event
                 ? event_member(pool_, context_.language(), base, name)
                 : ValueId{};
    case ValueKind::Text:
    case ValueKind::Number:
      return !name.empty() && name == traits(context_.language()).worth_attribute ? base
                                                                                  : ValueId{};
    default: return {};
  }
}

ValueId MemberLookup::member_of(ValueId base, std::string_view name) {
  if (name == kPointee) return base;
  if (name == kTypeof) return member(pool_, base, name);
  if (!name.empty() && name == traits(context_.language()).name_attribute)
    if (const ValueId written = written_name(base); written.exists()) return written;
  if (name.starts_with(kSuper)) {
    const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
    return pool_.computed(Opcode::Member, operands);
  }
  if (is_where(pool_, base)) {
    const auto parts = pool_.operands(base);
    return where(pool_, member_of(parts[0], name), parts.subspan(1));
  }
  if (const ValueId known = known_member(base, name); known.exists()) return known;
  const ValueId found = member(pool_, base, name);
  return is_getter(found) ? bound_method(found, base, base, 0) : found;
}

// `get client() {...}` of an object that is written down.
bool MemberLookup::is_getter(ValueId value) const {
  if (!pool_.is(value, ValueKind::Function)) return false;
  const FunctionRef ref = unpack(pool_[value].ref);
  const Function& row = facts(ref.module).functions[ref.function.index];
  return row.kind == FunctionKind::Accessor && !row.owner.exists();
}

ValueId MemberLookup::index_of(ValueId base, ValueId at) {
  if (is_where(pool_, base)) {
    const auto parts = pool_.operands(base);
    return where(pool_, index_of(parts[0], at), parts.subspan(1));
  }
  const Value& value = pool_[base];
  const bool is_library = value.kind == ValueKind::Hole || value.kind == ValueKind::Object;
  if (is_library && is_whole_environment(pool_, base)) return environment_value(pool_, at, {});
  const std::optional<std::string_view> name = as_text(pool_, at);
  const bool is_position = pool_[at].kind == ValueKind::Number &&
                           project_object(pool_, base).kind == ProjectObject::Kind::Instance;
  if (is_position)
    return member_of(base, std::string(pool_.text(at)));  // of a struct without names
  const bool named = name && pool_[at].kind == ValueKind::Text;
  const ProjectObject object = project_object(pool_, base);
  if (named && object.kind == ProjectObject::Kind::Instance &&
      traits(facts(object.module).language).entries_are_no_members) {
    const ValueId entry = own_field(pool_, base, *name);  // what its class declares is no entry
    return entry.exists() ? entry : index(pool_, base, at);
  }
  if (named && (value.kind == ValueKind::Object || value.kind == ValueKind::OneOf))
    return member_of(base, std::string(*name));
  return index(pool_, base, at);
}

// A member of a library's object: an attribute that a model describes, else the path one step on.
ValueId MemberLookup::library_member(ValueId base, std::string_view name) {
  const std::string path = cat(library_path(base), '.', name);
  const LibraryModel* model = find_model_any(context_.language(), path);
  if (const ValueId set = fluent_member(base_, base, name); set.exists()) return set;
  if (model != nullptr && model->attribute) return analysis_.attribute_of(base, *model, path, {});
  const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
  return pool_.computed(Opcode::Member, operands);
}

ValueId MemberLookup::operated(std::string_view function, ValueId left, ValueId right) {
  if (!pool_.is(left, ValueKind::Object)) return {};
  const std::string object = library_path(left);
  if (object.empty()) return {};
  const std::string path = cat(object, '.', function);
  const LibraryModel* row = find_model_any(context_.language(), path);
  if (row == nullptr) return {};
  const NamedValue argument{pool_.string("0"), right};
  return analysis_.attribute_of(left, *row, path, std::span(&argument, 1));
}

ValueId MemberLookup::text_of(ValueId object) {
  const std::string path = library_path(object);
  if (path.empty()) return {};
  const std::string name = cat(path, ".__str__");
  const LibraryModel* row = find_model_any(context_.language(), name);
  return row != nullptr ? analysis_.attribute_of(object, *row, name, {}) : ValueId{};
}

// A Python folder without __init__.py: its modules are found by path, in whichever unit read them.
ValueId MemberLookup::folder_member(std::string_view path, std::string_view name) {
  const std::string base = cat(path.substr(std::string_view("<folder>").size()), '/', name);
  for (const std::string& file : {cat(base, ".py"), cat(base, "/__init__.py")})
    for (const ProgramUnit& unit :
         base_.program.units | std::views::drop_while([this](const auto& one) {
           return one.end <= base_.modules.first_open();
         }))
      if (const auto found = unit.modules.find(file); found != unit.modules.end())
        return pool_.object(0, object_path("module", found->second, 0));
  return pool_.hole(Origin::Library, cat("<folder>", base));
}

ValueId MemberLookup::inherited_field(FunctionRef from, VariableId variable, ValueId receiver) {
  const CodeFacts& code = facts(from.module);
  if (!classes_.may_be_inherited(from.module, variable)) return {};
  FunctionId at = from.function;
  while (at.exists() && !code.functions[at.index].owner.exists())
    at = code.functions[at.index].parent;
  if (!at.exists()) return {};
  const ProjectObject type{ProjectObject::Kind::Class, from.module, code.functions[at.index].owner};
  ModuleId home = from.module;
  const std::string name(code.string(code.variables[variable.index].name));
  const Field* field = classes_.field(type, name, home);
  if (field == nullptr) return {};
  return at == from.function && receiver.exists() ? member_of(receiver, name)
                                                  : types_.typed(home, field->type);
}

ValueId MemberLookup::computing_base(ProjectObject type, int depth) {
  const bool has_bases =
      type.kind == ProjectObject::Kind::Instance || type.kind == ProjectObject::Kind::Class;
  if (!has_bases || !type.type.exists() || depth > kComputingBases) return {};
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ExprId base = code.bases[row.bases.first + i];
    if (const ProjectObject own = classes_.written(type.module, base); own.type.exists()) {
      if (const ValueId found = computing_base(own, depth + 1); found.exists()) return found;
      continue;
    }
    const Expr& named = code.exprs[base.index];
    const ExprId bare = named.kind == ExprKind::Index ? ExprId{named.ref} : base;
    const ValueId value = analysis_.constant(type.module, bare);
    const std::string path = value.exists() ? library_path(value) : std::string();
    if (!path.empty() && only_computes(code.language, path))
      return pool_.hole(Origin::Library, cat(path, "()"));
  }
  return {};
}

// Where methods may be called like fields, a call means the method.
ValueId MemberLookup::called_member(ValueId receiver, std::string_view name, ModuleId caller) {
  // What else was put into a dict is no method of it: `data.update(more)`.
  const bool is_dict = caller.exists() && traits(facts(caller).language).entries_are_no_members &&
                       pool_.is(receiver, ValueKind::Record) && pool_[receiver].ref != 0;
  if (is_dict && !named_entry(pool_, receiver, name).exists() &&
      find_library_model(facts(caller).language, cat("*.", name)) != nullptr)
    return pool_.absent();
  const ValueId member = member_of(receiver, name);
  const ProjectObject row = project_object(pool_, receiver);
  if (row.kind != ProjectObject::Kind::Instance || is_callee(pool_, member) ||
      !traits(facts(row.module).language).has_overloads)
    return member;
  const ValueId method = class_member(row, name, receiver);
  return method.exists() && is_callee(pool_, method) ? method : member;
}

ValueId MemberLookup::bound_to_record(ValueId function, ValueId record) {
  if (!pool_.is(function, ValueKind::Function) || !pool_.is(record, ValueKind::Record))
    return function;
  const FunctionRef ref = unpack(pool_[function].ref);
  const CodeFacts& code = facts(ref.module);
  const Function& row = code.functions[ref.function.index];
  const bool is_bound = std::ranges::any_of(pool_.names(function),
                                            [&](StringId name) { return pool_[name] == kThis; });
  const bool asks_receiver =
      traits(code.language).entries_get_receiver && row.receiver.exists() && !row.owner.exists();
  return asks_receiver && !is_bound ? bound_method(function, record, record, 0) : function;
}

}  // namespace fnlint
