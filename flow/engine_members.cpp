#include "core/text.h"
#include "flow/body.h"
#include "flow/code_queries.h"
#include "flow/engine.h"
#include "flow/library_call.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr int kBaseClasses = 8;

}  // namespace

ValueId Engine::class_value(ModuleId module, ClassId type) {
  const std::uint64_t key = (static_cast<std::uint64_t>(module.index) << 32U) | type.index;
  const auto found = classes_.find(key);
  if (found != classes_.end()) return found->second;
  const std::string path = object_path("class", module, type.index);
  classes_[key] = pool_.object(key, path);
  std::vector<NamedValue> attributes;
  const FunctionId init = facts(module).classes[type.index].class_init;
  if (init.exists() && nesting_ < kNesting) {
    for (const Step& step : summary({module, init}).steps) {
      if (step.kind != StepKind::Store || !step.subject.exists() || !step.value.exists()) continue;
      const Value& place = pool_[step.subject];
      if (place.kind != ValueKind::Computed || pool_.text(step.subject) != "member") continue;
      attributes.push_back({pool_[pool_.operands(step.subject)[1]].text, step.value});
    }
  }
  const ValueId record = pool_.record(attributes, true);
  const ValueId value = pool_.object(key, path, std::span(&record, 1));
  classes_[key] = value;
  return value;
}

ValueId Engine::class_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                             int depth) {
  if (depth > kBaseClasses) return {};
  const ValueId value = class_value(module, type);
  ValueId found;
  if (!pool_.operands(value).empty()) {
    const ValueId record = pool_.operands(value)[0];
    const auto names = pool_.names(record);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (pool_[names[i]] == name) found = pool_.operands(record)[i];
  }
  if (found.exists()) {
    if (pool_[found].kind != ValueKind::Function) return found;
    const FunctionRef ref = unpack(pool_[found].ref);
    const Function& function = facts(ref.module).functions[ref.function.index];
    if (function.kind == FunctionKind::StaticMethod || (function.flags & kArrow) != 0) return found;
    std::vector<NamedValue> captures;
    for (std::size_t i = 0; i < pool_.operands(found).size(); ++i)
      captures.push_back({pool_.names(found)[i], pool_.operands(found)[i]});
    captures.push_back(
        {pool_.string(kThis), function.kind == FunctionKind::ClassMethod ? value : receiver});
    const ValueId bound = pool_.function(pool_[found].ref, captures);
    if (function.kind == FunctionKind::Accessor && nesting_ < kNesting)
      return call({.callee = bound, .arguments = pool_.record({})}, depth + 1).value;
    return bound;
  }
  const Class& row = facts(module).classes[type.index];
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ValueId base =
        default_value(*this, {module, FunctionId{0}}, facts(module).bases[row.bases.first + i]);
    const ProjectObject parent = base.exists() ? project_object(pool_, base) : ProjectObject{};
    if (parent.kind != ProjectObject::Kind::Class) continue;
    const ValueId inherited = class_member(parent.module, parent.type, name, receiver, depth + 1);
    if (inherited.exists()) return inherited;
  }
  return {};
}

ValueId Engine::instance_member(ValueId object, std::string_view name) {
  const auto operands = pool_.operands(object);
  if (!operands.empty()) {
    const ValueId fields = operands[0];
    const auto names = pool_.names(fields);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (pool_[names[i]] == name) return pool_.operands(fields)[i];
  }
  const ProjectObject row = project_object(pool_, object);
  return class_member(row.module, row.type, name, object, 0);
}

std::string Engine::library_path(ValueId id) const {
  const Value& value = pool_[id];
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library)
    return std::string(pool_.text(id));
  if (value.kind == ValueKind::Object)
    return project_object(pool_, id).kind == ProjectObject::Kind::None ? std::string(pool_.text(id))
                                                                       : std::string();
  if (value.kind == ValueKind::Computed &&
      (pool_.text(id) == "member" || pool_.text(id) == "method")) {
    const std::string base = library_path(pool_.operands(id)[0]);
    if (!base.empty()) return cat(base, '.', pool_.text(pool_.operands(id)[1]));
  }
  return {};
}

ValueId Engine::member_of(ValueId base, std::string_view name) {
  const Value value = pool_[base];
  switch (value.kind) {
    case ValueKind::OneOf: {
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
      if (pool_.text(base) == "member" && !library_path(base).empty())
        return library_member(base, name);
      break;
    case ValueKind::Hole:
      if (value.origin == Origin::Library) {
        const std::string_view path = pool_[value.text];
        if (name == "default") return base;
        if (path == "process.env") return environment_value(pool_, pool_.text_value(name), {});
        if (path.starts_with("<folder>")) return folder_member(path, name);
        return pool_.hole(Origin::Library, cat(path, '.', name));
      }
      if (value.origin == Origin::Event) {
        std::string_view owner = pool_[value.text];
        if (owner.ends_with("[]")) owner.remove_suffix(2);
        owner = owner.substr(owner.rfind('.') + 1);
        const EventAttribute* attribute = find_event_attribute(cat(owner, '.', name));
        if (attribute == nullptr) attribute = find_event_attribute(name);
        if (attribute != nullptr) {
          ValueId at = base;
          for (std::string_view part : split(attribute->path, '.')) {
            const bool each = part.ends_with("[]");
            at = member(pool_, at, each ? part.substr(0, part.size() - 2) : part);
            if (each) at = element(pool_, at);
          }
          return at;
        }
      }
      break;
    default: break;
  }
  return member(pool_, base, name);
}

ValueId Engine::index_of(ValueId base, ValueId at) {
  const Value& value = pool_[base];
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library) {
    const std::string_view path = pool_[value.text];
    if (path == "process.env" || path == "os.environ") return environment_value(pool_, at, {});
  }
  const std::optional<std::string_view> name = as_text(pool_, at);
  const bool named = name && pool_[at].kind == ValueKind::Text;
  if (named && (value.kind == ValueKind::Object || value.kind == ValueKind::OneOf))
    return member_of(base, std::string(*name));
  return index(pool_, base, at);
}

// A member of a library's object: an attribute that a model describes, else the path one step on.
ValueId Engine::library_member(ValueId base, std::string_view name) {
  const std::string path = cat(library_path(base), '.', name);
  const LibraryModel* model = find_model_any(Language::Unknown, path);
  if (model != nullptr && model->attribute) {
    const CallInput invocation{.callee = base,
                               .arguments = pool_.record({}),
                               .places = {},
                               .receiver_place = {},
                               .mode = {},
                               .at = {},
                               .in_init = false};
    const LibraryCall call{.engine = *this,
                           .invocation = invocation,
                           .language = model->language,
                           .path = path,
                           .method = {},
                           .receiver = base,
                           .depth = 0,
                           .result = {}};
    return apply_model(call, *model).value;
  }
  const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
  return pool_.computed("member", operands);
}

// A Python folder without __init__.py: its modules are found by path, in whichever unit read them.
ValueId Engine::folder_member(std::string_view path, std::string_view name) {
  const std::string base = cat(path.substr(std::string_view("<folder>").size()), '/', name);
  for (const std::string& file : {cat(base, ".py"), cat(base, "/__init__.py")})
    for (const ProgramUnit& unit : program_.units)
      if (const auto found = unit.modules.find(file); found != unit.modules.end())
        return pool_.object(0, object_path("module", found->second, 0));
  return pool_.hole(Origin::Library, cat("<folder>", base));
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
