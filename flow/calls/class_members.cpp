// Members of classes: what a class's body leaves in it, what its bases have, how methods are bound.
#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/calls/left_by_methods.h"
#include "flow/engine/library_call.h"
#include "flow/engine/member_lookup.h"
#include "flow/state/havoc.h"
#include "flow/state/module_row.h"
#include "model/hole_at.h"
#include "model/language_traits.h"

#include <algorithm>
#include <array>
#include <span>

namespace fnlint {

namespace {

constexpr std::uint32_t kBases = 16;     // of one class
constexpr std::size_t kNestedBases = 2;  // to evaluate one: `class A(B.x)`, `class B(C.x)`
constexpr int kAccessors = 6;            // properties that are read in properties

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
    if (pool[pool.names(fields)[i]] == name &&
        pool[pool.operands(fields)[i]].kind == ValueKind::Object)
      return pool.operands(fields)[i];
  return {};
}

}  // namespace

ValueId MemberLookup::class_value(ModuleId module, ClassId type) {
  const std::uint64_t key = pack(module, type);
  const auto found = classes_made_.find(key);
  if (found != classes_made_.end()) return found->second;
  const std::string path = object_path("class", module, type.index);
  const Class& row = facts(module).classes[type.index];
  const ValueId begun = pool_.record(own_static_methods(pool_, facts(module), module, row), true);
  classes_made_[key] = pool_.object(key, path, std::span(&begun, 1));
  std::vector<NamedValue> attributes = loaded_attributes(module, row);
  const ProjectObject itself{ProjectObject::Kind::Class, module, type};
  for (NamedValue& attribute : attributes)
    if (pool_[attribute.value].kind != ValueKind::Function)
      attribute.value = static_attribute(itself, pool_[attribute.name], attribute.value);
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = facts(module).fields[row.fields.first + i];
    const StringId name = pool_.string(facts(module).string(field.name));
    if (field.is_static == 0 ||
        std::ranges::find(attributes, name, &NamedValue::name) != attributes.end())
      continue;
    const ValueId value = static_attribute(itself, pool_[name], {});
    if (value.exists()) attributes.push_back({name, value});
  }
  const ValueId record = pool_.record(attributes, true, attributes.size());  // all of its methods
  const ValueId value = pool_.object(key, path, std::span(&record, 1));
  classes_made_[key] = value;
  return value;
}

// What stands in the class's body, as it is left there once that has run.
std::vector<NamedValue> MemberLookup::loaded_attributes(ModuleId module, const Class& row) {
  std::vector<NamedValue> attributes;
  if (!row.class_init.exists() || !context_.may_nest()) return attributes;
  for (const Step& step : analysis_.summary({module, row.class_init}).steps) {
    if (step.kind != StepKind::Store || !step.subject.exists() || !step.value.exists()) continue;
    if (pool_.opcode(step.subject) != Opcode::Member) continue;
    const StringId name = pool_[pool_.operands(step.subject)[1]].text;
    attributes.push_back({name, step.value});
    if (traits(facts(module).language).has_overloads) add_overload(pool_, attributes);
  }
  return attributes;
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
ValueId MemberLookup::static_attribute(ProjectObject type, std::string_view name, ValueId initial) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  TypeId declared;
  for (std::uint32_t i = 0; i < row.fields.count; ++i)
    if (const Field& field = code.fields[row.fields.first + i]; code.string(field.name) == name)
      declared = field.type;
  if (!initial.exists()) initial = value_at_first(pool_, code, declared);
  const bool is_filled = base_.index.is_reassigned(type, cat("[]", name)) ||
                         base_.index.assigned_members(type.module)
                             .contains(cat(type.type.index, ":[]", name));
  if (initial.exists() && is_filled) initial = havocked(pool_, initial);
  if (!base_.index.is_reassigned(type, name)) {
    const bool starts_empty = initial.exists() && pool_[initial].kind == ValueKind::Null;
    const ValueId object =
        types_.refined(starts_empty ? ValueId{} : initial, type.module, declared);
    return object.exists() ? object : initial;
  }
  const VariableId variable = base_.modules.named(type.module, code.string(row.name));
  if (!variable.exists()) return initial;
  std::vector<Alternative> alternatives;
  if (initial.exists()) alternatives.push_back({initial, {}});
  if (const ValueId object = types_.typed(type.module, declared); object.exists())
    alternatives.push_back({object, {}});
  const std::array<ValueId, 2> operands{base_.modules.place(type.module, variable),
                                        pool_.text_value(name)};
  alternatives.push_back({pool_.computed(Opcode::Member, operands), {}});
  return pool_.one_of(alternatives);
}

// A method as what it is read of gives it: with its receiver, an accessor already called.
ValueId MemberLookup::bound_method(ValueId found, ValueId owner, ValueId receiver, int depth) {
  const FunctionRef ref = unpack(pool_[found].ref);
  const Function& function = facts(ref.module).functions[ref.function.index];
  if (function.kind == FunctionKind::StaticMethod || (function.flags & kArrow) != 0) return found;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(found).size(); ++i)
    captures.push_back({pool_.names(found)[i], pool_.operands(found)[i]});
  const bool of_class = function.kind == FunctionKind::ClassMethod &&
                        project_object(pool_, receiver).kind != ProjectObject::Kind::Class;
  const ValueId self = context_.initialising().exists() ? receiver
                                                        : as_after_methods(base_, receiver, ref);
  captures.push_back({pool_.string(kThis), of_class ? owner : self});
  const ValueId bound = pool_.function(pool_[found].ref, captures);
  if (function.kind != FunctionKind::Accessor || !context_.may_nest() || accessors_ >= kAccessors)
    return bound;
  if (const auto known = accessed_.find(bound.index); known != accessed_.end())
    return known->second;
  const bool is_whole = accessors_ == 0 && !summaries_.is_in_progress(ref);
  ++accessors_;  // one that reads itself would never end
  const ValueId given =
      analysis_.call({.callee = bound, .arguments = pool_.record({})}, depth + 1).value;
  --accessors_;
  if (is_whole) accessed_.emplace(bound.index, given);
  return given;
}

// A function that stands in a Python class in place of what was written there gets what that would
// get, before its arguments; no id: nothing. Of the class itself a method is read as it is.
ValueId MemberLookup::given_first(ProjectObject type, std::string_view name, ValueId owner,
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
ValueId MemberLookup::own_member(ProjectObject type, std::string_view name, ValueId receiver,
                                 int depth) {
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

ValueId MemberLookup::class_member(ProjectObject type, std::string_view name, ValueId receiver,
                                   int depth) {
  if (depth > kBaseClasses) return {};
  const ProjectObject whole{ProjectObject::Kind::Class, type.module, type.type};
  if (traits(facts(type.module).language).sends_messages && receiver.exists() &&
      project_object(pool_, receiver).kind == ProjectObject::Kind::Class)
    if (const ValueId own = own_member(whole, cat("self.", name), receiver, depth); own.exists())
      return own;
  if (const ValueId own = own_member(whole, name, receiver, depth); own.exists()) return own;
  for (const ProjectObject part : classes_.parts_of(whole))
    if (const ValueId other = own_member(part, name, receiver, depth); other.exists()) return other;
  return base_member(whole, name, receiver, depth);
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

ValueId MemberLookup::base_member(ProjectObject type, std::string_view name, ValueId receiver,
                                  int depth) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  // A class of which a base is just being evaluated has none as yet: `class Order(Order.Model)`.
  const std::uint64_t key = key_of(type);
  if (bases_in_progress_.size() > kNestedBases || bases_in_progress_.contains(key)) return {};
  for (std::uint32_t i = 0; i < std::min(row.bases.count, kBases); ++i) {
    const ValueId part = embedded(pool_, code, row, i, receiver);
    if (part.exists()) return member_of(part, name);
    bases_in_progress_.insert(key);
    const ValueId base = analysis_.constant(type.module, code.bases[row.bases.first + i]);
    bases_in_progress_.erase(key);
    if (!base.exists()) continue;
    const ValueId of_library = member_of_library_base(base, code.language, name, receiver);
    if (of_library.exists()) return of_library;
    const ProjectObject parent = project_object(pool_, base);
    if (parent.kind != ProjectObject::Kind::Class) continue;
    const ValueId inherited = class_member(parent, name, receiver, depth + 1);
    if (inherited.exists()) return inherited;
  }
  return {};
}

// What a library's class has that is a base: of the class itself, or of an object of it.
ValueId MemberLookup::member_of_library_base(ValueId base, Language language,
                                             std::string_view name, ValueId receiver) {
  const std::string of_class = library_path(base);
  if (of_class.empty()) return {};
  const std::string made = cat(of_class, "()");
  for (const std::string& path : {of_class, made}) {
    const LibraryModel* model = path == made && !receiver.exists()
                                    ? nullptr
                                    : find_library_model(language, cat(path, '.', name));
    if (model == nullptr) continue;
    if (receiver.exists() && asks_for_receiver(*model))
      return member_of(inherited_part(pool_, path, receiver), name);
    return member_of(path == made ? pool_.hole(Origin::Library, made) : base, name);
  }
  return {};
}

ValueId MemberLookup::super_member(ValueId value, std::string_view name) {
  const auto place = module_row(pool_.text(pool_.operands(value)[1]).substr(kSuper.size()));
  if (!place) return {};
  return base_member({ProjectObject::Kind::Class, place->module, ClassId{place->index}}, name,
                     pool_.operands(value)[0], 0);
}

}  // namespace fnlint
