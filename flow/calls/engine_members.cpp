#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/calls/configured_values.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "flow/state/module_row.h"
#include "flow/state/opened.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/pointers.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/languages.h"
#include "values/where.h"

#include <algorithm>

// What a member of a value is: of an instance, its classes, of a module, of a library.
namespace fnlint {

namespace {

constexpr std::uint32_t kBases = 16;  // of one class
constexpr int kNestedBases = 2;       // to evaluate one: `class A(B.x)`, `class B(C.x)`
// In Engine::in_progress_, beside functions: classes of which a base is being evaluated.
constexpr std::uint64_t kBaseOf = std::uint64_t{1} << 63U;

// A function, or several of one name.
bool is_function(const ValuePool& pool, ValueId value) {
  if (pool[value].kind == ValueKind::OneOf)
    return std::ranges::all_of(pool.operands(value), [&](ValueId one) {
      return pool[one].kind == ValueKind::Function;
    });
  return pool[value].kind == ValueKind::Function;
}

// The last method, "put/2" of several of that name, is one of those that "put" may be.
void add_overload(ValuePool& pool, std::vector<NamedValue>& attributes) {
  const NamedValue last = attributes.back();
  if (!is_function(pool, last.value)) return;
  const std::string_view name = pool[last.name];
  const std::string_view base = name.substr(0, name.find('/'));
  for (std::size_t i = 0; i + 1 < attributes.size(); ++i)
    if (pool[attributes[i].name] == base && is_function(pool, attributes[i].value)) {
      attributes[i].value = pool.join(attributes[i].value, last.value);
      if (name == base) attributes.pop_back();
      return;
    }
}

// The object that is a receiver's part by the name of base class `nth`: an embedded struct of Go.
ValueId embedded(const ValuePool& pool, const CodeFacts& code, const Class& type, std::uint32_t nth,
                 ValueId receiver) {
  const Expr& base = code.exprs[code.bases[type.bases.first + nth].index];
  if (!traits(code.language).types_are_structs || base.kind != ExprKind::Variable ||
      !receiver.exists() || project_object(pool, receiver).kind != ProjectObject::Kind::Instance ||
      pool.operands(receiver).empty())
    return {};
  std::string_view name = code.string(code.variables[base.ref].name);
  name = name.substr(name.rfind('.') + 1);
  const ValueId fields = pool.operands(receiver)[0];
  for (std::size_t i = 0; i < pool.names(fields).size(); ++i)
    if (pool[pool.names(fields)[i]] == name && pool[pool.operands(fields)[i]].kind == ValueKind::Object)
      return pool.operands(fields)[i];
  return {};
}

}  // namespace

ValueId Engine::class_or(ValueId place, ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  const ExprId value = modules_[module.index].sole_values[variable.index];
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Result) return place;
  const Op& op = code.ops[code.exprs[value.index].ref];
  return op.kind == OpKind::Define ? class_value(module, code.defines[op.detail].type) : place;
}

ValueId Engine::class_value(ModuleId module, ClassId type) {
  const std::uint64_t key = pack(module, type);
  const auto found = classes_.find(key);
  if (found != classes_.end()) return found->second;
  const std::string path = object_path("class", module, type.index);
  const Class& row = facts(module).classes[type.index];
  const ValueId begun = pool_.record(own_static_methods(pool_, facts(module), module, row), true);
  classes_[key] = pool_.object(key, path, std::span(&begun, 1));
  std::vector<NamedValue> attributes;
  if (row.class_init.exists() && nesting_ < kNesting) {
    for (const Step& step : summary({module, row.class_init}).steps) {
      if (step.kind != StepKind::Store || !step.subject.exists() || !step.value.exists()) continue;
      if (pool_.opcode(step.subject) != Opcode::Member) continue;
      const StringId name = pool_[pool_.operands(step.subject)[1]].text;
      attributes.push_back({name, step.value});
      if (traits(facts(module).language).has_overloads) add_overload(pool_, attributes);
    }
  }
  for (NamedValue& attribute : attributes)
    if (pool_[attribute.value].kind != ValueKind::Function)
      attribute.value = static_attribute({ProjectObject::Kind::Class, module, type},
                                         pool_[attribute.name], attribute.value);
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = facts(module).fields[row.fields.first + i];
    const StringId name = pool_.string(facts(module).string(field.name));
    const bool known = std::any_of(attributes.begin(), attributes.end(),
                                   [&](const NamedValue& one) { return one.name == name; });
    if (field.is_static == 0 || known) continue;
    const ValueId value =
        static_attribute({ProjectObject::Kind::Class, module, type}, pool_[name], {});
    if (value.exists()) attributes.push_back({name, value});
  }
  const ValueId record = pool_.record(attributes, true, attributes.size());  // all of its methods
  const ValueId value = pool_.object(key, path, std::span(&record, 1));
  classes_[key] = value;
  return value;
}

namespace {

// What a field holds that nothing is assigned to, by its declared type; no id: that is not said.
ValueId value_at_first(ValuePool& pool, const CodeFacts& code, TypeId type) {
  if (!traits(code.language).primitives_begin_as_zero || !type.exists()) return {};
  const std::string_view path = code.string(code.types[type.index].path);
  if (path == "boolean" || path == "bool") return pool.boolean(false);
  for (const std::string_view number : {"int", "long", "short", "byte", "double", "float"})
    if (path == number) return pool.number("0");
  return {};
}

}  // namespace

// A static field that is assigned later may hold that as well, under the name that its places have;
// what is put into one later, may be there.
ValueId Engine::static_attribute(ProjectObject type, std::string_view name, ValueId initial) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  TypeId declared;
  for (std::uint32_t i = 0; i < row.fields.count; ++i)
    if (const Field& field = code.fields[row.fields.first + i]; code.string(field.name) == name)
      declared = field.type;
  if (!initial.exists()) initial = value_at_first(pool_, code, declared);
  const bool is_filled = is_reassigned(type, cat("[]", name)) ||
                         assigned_members(type.module).contains(cat(type.type.index, ":[]", name));
  if (initial.exists() && is_filled) initial = opened(pool_, initial);
  if (!is_reassigned(type, name)) {
    const bool starts_empty = initial.exists() && pool_[initial].kind == ValueKind::Null;
    const ValueId object = refined(starts_empty ? ValueId{} : initial, type.module, declared);
    return object.exists() ? object : initial;
  }
  index_module(type.module);
  const auto& names = modules_[type.module.index].names;
  const auto variable = names.find(std::string(code.string(row.name)));
  if (variable == names.end()) return initial;
  std::vector<Alternative> alternatives;
  if (initial.exists()) alternatives.push_back({initial, {}});
  if (const ValueId object = typed(type.module, declared); object.exists())
    alternatives.push_back({object, {}});
  const std::array<ValueId, 2> operands{global_place(type.module, variable->second),
                                        pool_.text_value(name)};
  alternatives.push_back({pool_.computed(Opcode::Member, operands), {}});
  return pool_.one_of(alternatives);
}

// A method as what it is read of gives it: with its receiver, an accessor already called.
ValueId Engine::bound_method(ValueId found, ValueId owner, ValueId receiver, int depth) {
  const FunctionRef ref = unpack(pool_[found].ref);
  const Function& function = facts(ref.module).functions[ref.function.index];
  if (function.kind == FunctionKind::StaticMethod || (function.flags & kArrow) != 0) return found;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(found).size(); ++i)
    captures.push_back({pool_.names(found)[i], pool_.operands(found)[i]});
  const bool of_class = function.kind == FunctionKind::ClassMethod &&
                        project_object(pool_, receiver).kind != ProjectObject::Kind::Class;
  const ValueId self = initialising_.exists() ? receiver : as_left_by_methods(receiver, ref);
  captures.push_back({pool_.string(kThis), of_class ? owner : self});
  const ValueId bound = pool_.function(pool_[found].ref, captures);
  if (function.kind != FunctionKind::Accessor || nesting_ >= kNesting || accessors_ >= kAccessors)
    return bound;
  if (const auto known = accessed_.find(bound.index); known != accessed_.end())
    return known->second;
  const bool is_whole = accessors_ == 0 && !in_progress_.contains(pack(ref));
  ++accessors_;  // one that reads itself would never end
  const ValueId given = call({.callee = bound, .arguments = pool_.record({})}, depth + 1).value;
  --accessors_;
  if (is_whole) accessed_.emplace(bound.index, given);
  return given;
}

// A function that stands in a Python class in place of what was written there gets what that would
// get, before its arguments; no id: nothing. Of the class itself a method is read as it is.
ValueId Engine::given_first(ProjectObject type, std::string_view name, ValueId owner,
                            ValueId receiver) const {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const Function& written = code.functions[code.methods[row.methods.first + i].index];
    if (code.string(written.name) != name) continue;
    if (written.kind == FunctionKind::ClassMethod) return owner;
    const bool is_of_class = project_object(pool_, receiver).kind == ProjectObject::Kind::Class;
    return written.kind == FunctionKind::Method && !is_of_class ? receiver : ValueId{};
  }
  return {};
}

// What the class itself says of a member; no id: nothing.
ValueId Engine::own_member(ProjectObject type, std::string_view name, ValueId receiver, int depth) {
  const ValueId value = class_value(type.module, type.type);
  ValueId found;
  if (!pool_.operands(value).empty()) {
    const ValueId record = pool_.operands(value)[0];
    const auto names = pool_.names(record);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (pool_[names[i]] == name) found = pool_.operands(record)[i];
  }
  if (!found.exists() || !receiver.exists()) return found;
  const auto bound = [&](ValueId one) {
    const FunctionRef ref = unpack(pool_[one].ref);
    const CodeFacts& code = facts(ref.module);
    const bool stands_in = traits(code.language).takes_receiver_first &&
                           code.functions[ref.function.index].kind == FunctionKind::Plain;
    const ValueId object = stands_in ? given_first(type, name, value, receiver) : receiver;
    return object.exists() ? bound_method(one, value, object, depth) : one;
  };
  if (pool_[found].kind == ValueKind::Function) return bound(found);
  if (!is_function(pool_, found)) return found;
  std::vector<Alternative> overloads;
  const std::vector<ValueId> all(pool_.operands(found).begin(), pool_.operands(found).end());
  for (const ValueId one : all) overloads.push_back({bound(one), {}});
  return pool_.one_of(overloads);
}

ValueId Engine::class_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                             int depth) {
  if (depth > kBaseClasses) return {};
  const ProjectObject whole{ProjectObject::Kind::Class, module, type};
  if (traits(facts(module).language).sends_messages && receiver.exists() &&
      project_object(pool_, receiver).kind == ProjectObject::Kind::Class)
    if (const ValueId own = own_member(whole, cat("self.", name), receiver, depth); own.exists())
      return own;
  if (const ValueId own = own_member(whole, name, receiver, depth); own.exists()) return own;
  for (const ProjectObject part : parts_of(whole))
    if (const ValueId other = own_member(part, name, receiver, depth); other.exists()) return other;
  return base_member(module, type, name, receiver, depth);
}

namespace {

// Rows of a library's class, of which classes of the project are: the object, or class, that the
// method is called on is "receiver.receiver".
bool asks_for_receiver(const LibraryModel& row) {
  constexpr std::string_view kOfProject = "receiver.receiver";
  return row.target.find(kOfProject) != row.target.npos ||
         row.returns.find(kOfProject) != row.returns.npos;
}

ValueId inherited_part(ValuePool& pool, std::string_view path, ValueId receiver) {
  const std::array<ValueId, 2> operands{pool.record({}), receiver};
  return pool.object(pool[receiver].ref, path, operands);
}

}  // namespace

ValueId Engine::base_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                            int depth) {
  const Class& row = facts(module).classes[type.index];
  // A class of which a base is just being evaluated has none as yet: `class Order(Order.Model)`.
  const std::uint64_t key = kBaseOf | pack(module, type);
  const auto nested = std::distance(in_progress_.lower_bound(kBaseOf), in_progress_.end());
  if (nested > kNestedBases || in_progress_.contains(key)) return {};
  for (std::uint32_t i = 0; i < std::min(row.bases.count, kBases); ++i) {
    const ValueId part = embedded(pool_, facts(module), row, i, receiver);
    if (part.exists()) return member_of(part, name);
    in_progress_.insert(key);
    const ValueId base =
        default_value(*this, {module, FunctionId{0}}, facts(module).bases[row.bases.first + i]);
    in_progress_.erase(key);
    const ProjectObject parent = base.exists() ? project_object(pool_, base) : ProjectObject{};
    const std::string of_library = base.exists() ? library_path(base) : std::string();
    const std::string made = of_library.empty() ? std::string() : cat(of_library, "()");
    for (const std::string& path : {of_library, made}) {
      const LibraryModel* model =
          path.empty() || (path == made && !receiver.exists())
              ? nullptr
              : find_library_model(facts(module).language, cat(path, '.', name));
      if (model == nullptr) continue;
      if (receiver.exists() && asks_for_receiver(*model))
        return member_of(inherited_part(pool_, path, receiver), name);
      return member_of(path == made ? pool_.hole(Origin::Library, made) : base, name);
    }
    if (parent.kind != ProjectObject::Kind::Class) continue;
    const ValueId inherited = class_member(parent.module, parent.type, name, receiver, depth + 1);
    if (inherited.exists()) return inherited;
  }
  return {};
}

ValueId Engine::super_of(ValueId receiver, ModuleId module, ClassId type) {
  const std::array<ValueId, 2> operands{
      receiver, pool_.text_value(cat(kSuper, module.index, ':', type.index))};
  return pool_.computed(Opcode::Member, operands);
}

ValueId Engine::super_member(ValueId value, std::string_view name) {
  const auto place = module_row(pool_.text(pool_.operands(value)[1]).substr(kSuper.size()));
  if (!place) return {};
  return base_member(place->module, ClassId{place->index}, name, pool_.operands(value)[0], 0);
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

ValueId Engine::instance_member(ValueId object, std::string_view name) {
  const ProjectObject row = project_object(pool_, object);
  ValueId found = own_field(pool_, object, name);
  if (!found.exists()) found = class_member(row.module, row.type, name, object, 0);
  if (found.exists() && pool_[found].kind == ValueKind::Function) return found;
  // What nothing that is seen sets is put there by something that is not: an injected dependency.
  ModuleId home = row.module;
  const Field* field = declared_field(row, name, home);
  if (field == nullptr) return found;
  const CodeFacts& code = facts(row.module);
  const bool is_exact = traits(code.language).null_fields_stay_null;
  const bool is_assigned =
      assigned_members(row.module).contains(cat(row.type.index, ':', name));
  const bool starts_empty = found.exists() && pool_[found].kind == ValueKind::Null && !is_exact;
  const ValueId seen = starts_empty && !is_assigned ? ValueId{} : found;
  if (!seen.exists())
    if (const ValueId setting = configured_value(*this, home, field->annotations); setting.exists())
      return setting;
  if (!seen.exists() && field->annotations.count > 0)
    if (const ValueId given = provided(home, field->type, field->annotations, name); given.exists())
      return given;
  if (const ValueId declared = refined(seen, home, field->type); declared.exists())
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

std::string Engine::library_path(ValueId id) const {
  const Value& value = pool_[id];
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library)
    return std::string(pool_.text(id));
  if (value.kind == ValueKind::Object)
    return project_object(pool_, id).kind == ProjectObject::Kind::None ? std::string(pool_.text(id))
                                                                       : std::string();
  if (value.kind != ValueKind::Computed || pool_.operands(id).size() < 2) return {};
  const ValueId object = pool_.operands(id)[0];
  const bool is_member = pool_.opcode(id) == Opcode::Member || pool_.opcode(id) == Opcode::Method;
  // An operator that a row knows by its function's name: `Path("/tmp") / "x"`.
  const bool is_operator = pool_.operands(id).size() == 2 && pool_[object].kind != ValueKind::Hole;
  if (!is_member && !is_operator) return {};
  const std::string base = library_path(object);  // once: chains of members are long
  if (base.empty()) return {};
  if (is_member) return cat(base, '.', pool_.text(pool_.operands(id)[1]));
  const LibraryModel* row = find_model_any(spoken_, cat(base, '.', pool_.text(id)));
  const bool gives = row != nullptr && row->returns.starts_with('=');
  return gives ? std::string(row->returns.substr(1)) : std::string();
}

// What a function or class was called when it was written; no id: it is neither.
ValueId Engine::written_name(ValueId callable) {
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

ValueId Engine::member_of_each(ValueId base, std::string_view name) {
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

ValueId Engine::member_of(ValueId base, std::string_view name) {
  if (name == kPointee) return base;
  if (name == kTypeof) return member(pool_, base, name);
  if (!name.empty() && name == traits(spoken_).name_attribute)
    if (const ValueId written = written_name(base); written.exists()) return written;
  if (name.starts_with(kSuper)) {
    const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
    return pool_.computed(Opcode::Member, operands);
  }
  if (is_where(pool_, base)) {
    const auto parts = pool_.operands(base);
    return where(pool_, member_of(parts[0], name), parts.subspan(1));
  }
  const Value value = pool_[base];
  switch (value.kind) {
    case ValueKind::OneOf: return member_of_each(base, name);
    case ValueKind::Object: {
      const ProjectObject object = project_object(pool_, base);
      ValueId found;
      if (object.kind == ProjectObject::Kind::Module) found = module_member(object.module, name);
      if (object.kind == ProjectObject::Kind::Class)
        found = class_member(object.module, object.type, name, base, 0);
      if (object.kind == ProjectObject::Kind::Instance) found = instance_member(base, name);
      if (found.exists()) return found;
      if (object.kind == ProjectObject::Kind::None) return library_member(base, name);
      break;
    }
    case ValueKind::Computed:
      if (is_super(pool_, base))
        if (const ValueId found = super_member(base, name); found.exists()) return found;
      if (pool_.opcode(base) == Opcode::Member && !library_path(base).empty())
        return library_member(base, name);
      break;
    case ValueKind::Hole:
      if (value.origin == Origin::Library) {
        const std::string_view path = pool_[value.text];
        if (name == "default") return base;
        if (path == "process.env" && find_model_any(spoken_, cat(path, '.', name)) == nullptr)
          return environment_value(pool_, pool_.text_value(name), {});
        if (path.starts_with("<folder>")) return folder_member(path, name);
        // SST: Resource.Photos.name, which the deployment puts beside the environment.
        for (const std::string_view linked : known::linked_resources())
          if (path.starts_with(linked))
            return environment_value(
                pool_, pool_.text_value(cat("Resource.", path.substr(linked.size()), '.', name)),
                {});
        const std::string whole = cat(path, '.', name);
        const LibraryModel* model = find_model_any(spoken_, whole);
        if (model != nullptr && model->attribute) return library_member(base, name);
        return pool_.hole(Origin::Library, whole);
      }
      if (value.origin == Origin::Event)
        if (const ValueId field = event_member(base, name); field.exists()) return field;
      break;
    default: break;
  }
  const ValueId found = member(pool_, base, name);
  return is_getter(found) ? bound_method(found, base, base, 0) : found;
}

// `get client() {...}` of an object that is written down.
bool Engine::is_getter(ValueId value) const {
  if (!pool_.is(value, ValueKind::Function)) return false;
  const FunctionRef ref = unpack(pool_[value].ref);
  const Function& row = facts(ref.module).functions[ref.function.index];
  return row.kind == FunctionKind::Accessor && !row.owner.exists();
}

ValueId Engine::index_of(ValueId base, ValueId at) {
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
  if (is_position) return member_of(base, std::string(pool_.text(at)));  // of a struct without names
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
ValueId Engine::library_member(ValueId base, std::string_view name) {
  const std::string path = cat(library_path(base), '.', name);
  const LibraryModel* model = find_model_any(spoken_, path);
  if (const ValueId set = fluent_member(*this, base, name); set.exists()) return set;
  if (model != nullptr && model->attribute) return attribute_of(base, *model, path, {});
  const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
  return pool_.computed(Opcode::Member, operands);
}

// What a row gives of an object, without a call of the code.
ValueId Engine::attribute_of(ValueId base, const LibraryModel& model, const std::string& path,
                             std::span<const NamedValue> arguments) {
  const CallInput invocation{.callee = base,
                             .arguments = pool_.record(arguments),
                             .places = {},
                             .receiver_place = {},
                             .mode = {},
                             .at = {},
                             .in_init = false};
  const LibraryCall call{.engine = *this,
                         .invocation = invocation,
                         .language = model.language,
                         .path = path,
                         .method = {},
                         .receiver = base,
                         .depth = 0,
                         .result = {}};
  return apply_model(call, model).value;
}

ValueId Engine::operated(std::string_view function, ValueId left, ValueId right) {
  if (!pool_.is(left, ValueKind::Object)) return {};
  const std::string object = library_path(left);
  if (object.empty()) return {};
  const std::string path = cat(object, '.', function);
  const LibraryModel* row = find_model_any(spoken_, path);
  if (row == nullptr) return {};
  const NamedValue argument{pool_.string("0"), right};
  return attribute_of(left, *row, path, std::span(&argument, 1));
}

ValueId Engine::text_of(ValueId object) {
  const std::string path = library_path(object);
  if (path.empty()) return {};
  const std::string name = cat(path, ".__str__");
  const LibraryModel* row = find_model_any(spoken_, name);
  return row != nullptr ? attribute_of(object, *row, name, {}) : ValueId{};
}

// A Python folder without __init__.py: its modules are found by path, in whichever unit read them.
ValueId Engine::folder_member(std::string_view path, std::string_view name) {
  const std::string base = cat(path.substr(std::string_view("<folder>").size()), '/', name);
  for (const std::string& file : {cat(base, ".py"), cat(base, "/__init__.py")})
    for (const ProgramUnit& unit : program_.units | std::views::drop_while([this](const auto& one) {
                                     return one.end <= first_open_;
                                   }))
      if (const auto found = unit.modules.find(file); found != unit.modules.end())
        return pool_.object(0, object_path("module", found->second, 0));
  return pool_.hole(Origin::Library, cat("<folder>", base));
}

const CallUses& Engine::uses_in(ModuleId module) {
  const auto found = call_uses_.find(module.index);
  if (found != call_uses_.end()) return found->second;
  return call_uses_.emplace(module.index, call_uses(facts(module))).first->second;
}

// Whether asynchronous functions begin when they are awaited, and not before.
bool Engine::has_cold_tasks(ModuleId module) const {
  const HandlerContract* form = find_handler_contract(language(module));
  return form != nullptr && form->cold_tasks;
}

// Where nothing is awaited, all is done when the call returns; but what is cold has not begun.
bool Engine::leaves_task(FunctionRef ref) {
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  if ((function.flags & kAsync) == 0 || (function.flags & kGenerator) != 0) return false;
  if (has_cold_tasks(ref.module)) return true;
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Await) return true;
    if (op.kind == OpKind::Loop && code.loops[op.detail].awaits_each != 0) return true;
  }
  return false;
}

const std::vector<VariableId>& Engine::captures(FunctionRef ref) {
  const auto found = captures_.find(pack(ref));
  if (found != captures_.end()) return found->second;
  std::vector<std::vector<VariableId>> all = all_captures(facts(ref.module));
  for (std::uint32_t f = 0; f < all.size(); ++f)
    captures_[pack({ref.module, FunctionId{f}})] = std::move(all[f]);
  return captures_[pack(ref)];
}

}  // namespace fnlint
