#include "flow/engine.h"

#include "core/text.h"
#include "flow/body.h"
#include "flow/code_queries.h"
#include "flow/library_call.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace fnlint {

namespace {

constexpr std::string_view kThis = "<this>";
constexpr int kNesting = 64;
constexpr int kBaseClasses = 8;

std::string object_path(std::string_view kind, ModuleId module, std::uint32_t index) {
  return cat(kind, ':', module.index, ':', index);
}

// Where a value could still turn into something of the project once it is substituted.
bool is_open(const ValuePool& pool, ValueId value) {
  bool open = false;
  for_each_below(pool, value, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Hole) return;
    const Origin origin = pool[id].origin;
    if (origin == Origin::Parameter || origin == Origin::Receiver || origin == Origin::Capture ||
        origin == Origin::Global)
      open = true;
  });
  return open;
}

// A call's place as a value, so that a call kept for later still knows where it stands.
ValueId site_value(ValuePool& pool, CallSite at) {
  return pool.text_value(cat(at.module.index, ':', at.op.index));
}
CallSite call_site_of(const ValuePool& pool, ValueId value) {
  const std::vector<std::string_view> parts = split(pool.text(value), ':');
  CallSite at;
  if (parts.size() != 2) return at;
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), at.module.index);
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), at.op.index);
  return at;
}

}  // namespace

bool is_method(const ValuePool& pool, ValueId callee) {
  return pool[callee].kind == ValueKind::Computed && pool.text(callee) == "method";
}
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name) {
  const std::array<ValueId, 2> operands{receiver, name};
  return pool.computed("method", operands);
}

ProjectObject project_object(const ValuePool& pool, ValueId value) {
  if (pool[value].kind != ValueKind::Object) return {};
  const std::vector<std::string_view> parts = split(pool.text(value), ':');
  if (parts.size() != 3) return {};
  ProjectObject object;
  if (parts[0] == "module") object.kind = ProjectObject::Kind::Module;
  if (parts[0] == "class") object.kind = ProjectObject::Kind::Class;
  if (parts[0] == "instance") object.kind = ProjectObject::Kind::Instance;
  if (object.kind == ProjectObject::Kind::None) return {};
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), object.module.index);
  std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), object.type.index);
  return object;
}

Engine::Engine(ValuePool& pool, const Program& program)
    : pool_(pool),
      program_(program),
      modules_(program.modules.size()),
      later_(program.modules.size()) {}

void Engine::begin_second_round() {
  second_round_ = true;
  summaries_.clear();
  classes_.clear();
  for (std::vector<ValueId>& functions : later_) functions.clear();
  for (ModuleState& module : modules_) {
    module.started = module.done = false;
    module.initialiser = {};
  }
}

// --- Modules and their variables.

void Engine::index_module(ModuleId id) {
  if (std::exchange(modules_[id.index].indexed, true)) return;
  const CodeFacts& code = facts(id);
  for (std::uint32_t i = 0; i < code.imports.size(); ++i)
    if (code.imports[i].local.exists())
      modules_[id.index].imports.try_emplace(code.imports[i].local.index, i);
  const std::vector<bool> rebound = rebound_module_variables(code);
  for (std::uint32_t v = 0; v < rebound.size(); ++v) {
    if (code.variables[v].owner.index == 0)
      modules_[id.index].names.try_emplace(std::string(code.string(code.variables[v].name)),
                                           VariableId{v});
    if (rebound[v]) modules_[id.index].globals[v].rebound = true;
  }
}

void Engine::run_initialiser(ModuleId id) {
  ModuleState& module = modules_[id.index];
  if (module.started) return;
  module.started = true;
  index_module(id);
  ++nesting_;
  BodyResult result = walk_body(*this, {id, FunctionId{0}});
  --nesting_;
  module.initialiser = std::move(result.summary);
  for (const auto& [variable, value] : result.variables)
    module.globals[variable.index].initial = value;
  module.done = true;
}

std::uint32_t Engine::import_of(ModuleId module, VariableId variable) {
  index_module(module);
  const auto found = modules_[module.index].imports.find(variable.index);
  return found == modules_[module.index].imports.end() ? UINT32_MAX : found->second;
}

const Summary& Engine::initialiser(ModuleId id) {
  run_initialiser(id);
  return modules_[id.index].initialiser;
}

GlobalState& Engine::global_state(ModuleId module, VariableId variable) {
  return modules_[module.index].globals[variable.index];
}

ValueId Engine::global_place(ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  return pool_.hole(Origin::Global, code.string(code.variables[variable.index].name),
                    (static_cast<std::uint64_t>(module.index) << 32U) | variable.index);
}

ValueId Engine::global(ModuleId module, VariableId variable) {
  if (nesting_ < kNesting) run_initialiser(module);
  const GlobalState& state = modules_[module.index].globals[variable.index];
  const ValueId place = global_place(module, variable);
  if (!state.initial.exists() && !state.rebound) return place;
  ValueId value = state.initial;
  if (state.changed_inside && value.exists()) {
    const Value& row = pool_[value];
    const std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    if (row.kind == ValueKind::List) value = pool_.list(operands, true);
    if (row.kind == ValueKind::Record) {
      std::vector<NamedValue> entries;
      for (std::size_t i = 0; i < operands.size(); ++i)
        entries.push_back({pool_.names(value)[i], operands[i]});
      value = pool_.record(entries, true);
    }
  }
  if (!state.rebound) return value;
  wants_second_round_ = !second_round_;
  std::vector<Alternative> alternatives;
  if (value.exists()) alternatives.push_back({value, {}});
  for (const ValueId stored : state.stored) alternatives.push_back({stored, {}});
  alternatives.push_back({place, {}});  // so that tests of it can be told from others
  return pool_.one_of(alternatives);
}

ValueId Engine::module_member(ModuleId id, std::string_view name) {
  const CodeFacts& code = facts(id);
  run_initialiser(id);
  if (code.language == Language::JavaScript) {
    const auto found = modules_[id.index].names.find("exports");
    if (found == modules_[id.index].names.end()) return {};
    const ValueId exports = global(id, found->second);
    if (name == "*") return exports;
    const ValueId value = member_of(exports, name);
    const bool there =
        !(pool_[value].kind == ValueKind::Absent || pool_[value].kind == ValueKind::Computed);
    if (there) return value;
    if (name == "default") return exports;  // a CommonJS module: what it exports is the default
    for (std::size_t i = 0; i < code.imports.size(); ++i) {
      const Import& row = code.imports[i];
      if ((row.flags & kStar) == 0 || (row.flags & kReexport) == 0) continue;
      const ImportTarget& target = program_.modules[id.index].imports[i];
      if (target.module.exists() && target.module != id && nesting_ < kNesting) {
        ++nesting_;
        const ValueId inner = exported(target.module, name);
        --nesting_;
        if (inner.exists()) return inner;
      }
    }
    return {};
  }
  const auto found = modules_[id.index].names.find(std::string(name));
  if (found != modules_[id.index].names.end()) return global(id, found->second);
  for (std::size_t i = 0; i < code.imports.size(); ++i) {  // from x import *
    const Import& row = code.imports[i];
    const ImportTarget& target = program_.modules[id.index].imports[i];
    if ((row.flags & kStar) == 0 || !target.module.exists() || target.module == id ||
        nesting_ >= kNesting)
      continue;
    ++nesting_;
    const ValueId inner = exported(target.module, name);
    --nesting_;
    if (inner.exists()) return inner;
  }
  return {};
}

ValueId Engine::exported(ModuleId module, std::string_view name) {
  return module_member(module, name);
}

ValueId Engine::import_value(ModuleId module, const Import& row, std::size_t index) {
  const CodeFacts& code = facts(module);
  const ImportTarget& target = program_.modules[module.index].imports[index];
  const std::string_view name = code.string(row.name);
  if (target.module.exists()) {
    const bool javascript = facts(target.module).language == Language::JavaScript;
    if (target.whole && !javascript)
      return pool_.object(0, object_path("module", target.module, 0));
    if (nesting_ >= kNesting) return pool_.hole(Origin::Outside, target.path);
    ++nesting_;
    const ValueId value =
        exported(target.module, javascript && (name.empty() || target.whole) ? "*" : name);
    --nesting_;
    if (value.exists()) return value;
    return pool_.hole(Origin::Outside, cat("import ", name));
  }
  const std::string path = target.path;
  if (path == "__name__") return pool_.text_value("<imported>");
  if (path == "undefined") return pool_.absent();
  return pool_.hole(Origin::Library, path);
}

// --- Members.

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

// --- Summaries and calls.

const Summary& Engine::summary(FunctionRef ref) {
  static const Summary kUnknown{
      .steps = {}, .returned = {}, .on_return = {}, .evidence = kCut, .returns = true};
  const std::uint64_t key = pack(ref);
  const auto found = summaries_.find(key);
  if (found != summaries_.end()) return found->second;
  if (nesting_ >= kNesting || !in_progress_.insert(key).second) return kUnknown;
  ++nesting_;
  BodyResult result = walk_body(*this, ref);
  --nesting_;
  in_progress_.erase(key);
  return summaries_.emplace(key, std::move(result.summary)).first->second;
}

ValueId Engine::substitute(ValueId value, const Substitution& substitution) {
  return value.exists() ? Substituter(pool_, substitution)(value) : value;
}

Outcome Engine::call(const CallInput& invocation, int depth) {
  if (depth > static_cast<int>(kCallDepth)) return call_unknown(invocation);
  const ValueKind kind = pool_[invocation.callee].kind;
  if (is_method(pool_, invocation.callee)) return call_method(invocation, depth);
  if (kind == ValueKind::OneOf) return call_alternatives(invocation, depth);
  if (kind == ValueKind::Function) return call_function(invocation, depth);
  if (kind == ValueKind::Object &&
      project_object(pool_, invocation.callee).kind == ProjectObject::Kind::Class)
    return construct(invocation, depth);
  return call_library(invocation, depth);
}

// A method by its name: the receiver tells whether it is the project's own, a library's, or any
// value's.
Outcome Engine::call_method(const CallInput& invocation, int depth) {
  const ValueId receiver = pool_.operands(invocation.callee)[0];
  const ValueId name = pool_.operands(invocation.callee)[1];
  CallInput settled = invocation;
  if (pool_[receiver].kind == ValueKind::OneOf) {
    std::vector<Alternative> methods;
    const std::vector<ValueId> receivers(pool_.operands(receiver).begin(),
                                         pool_.operands(receiver).end());
    const std::vector<GuardId> guards(pool_.guards(receiver).begin(), pool_.guards(receiver).end());
    for (std::size_t i = 0; i < receivers.size(); ++i) {
      const ValueKind kind = pool_[receivers[i]].kind;
      if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;  // it would raise
      methods.push_back({method_value(pool_, receivers[i], name), guards[i]});
    }
    if (methods.empty()) return call_unknown(invocation);
    settled.callee = pool_.one_of(methods);
    return pool_[settled.callee].kind == ValueKind::OneOf ? call_alternatives(settled, depth)
                                                          : call_method(settled, depth);
  }
  const ValueId member = member_of(receiver, std::string(pool_.text(name)));
  const ValueKind kind = pool_[member].kind;
  const bool is_own = kind == ValueKind::Function || kind == ValueKind::OneOf ||
                      project_object(pool_, member).kind == ProjectObject::Kind::Class;
  if (!is_own) return call_library(invocation, depth);
  settled.callee = member;
  return call(settled, depth + 1);
}

Outcome Engine::call_alternatives(const CallInput& invocation, int depth) {
  Outcome all;
  all.understood = false;
  std::vector<Alternative> values;
  std::vector<Step> unsettled;
  const std::vector<ValueId> callees(pool_.operands(invocation.callee).begin(),
                                     pool_.operands(invocation.callee).end());
  const std::vector<GuardId> guards(pool_.guards(invocation.callee).begin(),
                                    pool_.guards(invocation.callee).end());
  for (std::size_t i = 0; i < callees.size(); ++i) {
    const ValueKind kind = pool_[callees[i]].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;
    CallInput one = invocation;
    one.callee = callees[i];
    Outcome outcome = call(one, depth + 1);
    if (!outcome.understood) {
      unsettled.insert(unsettled.end(), outcome.steps.begin(), outcome.steps.end());
      continue;
    }
    if (outcome.value.exists()) values.push_back({outcome.value, guards[i]});
    all.understood = true;
    all.changes = outcome.changes;
    all.steps.insert(all.steps.end(), outcome.steps.begin(), outcome.steps.end());
  }
  if (!all.understood) all.steps = std::move(unsettled);
  all.value = values.empty() ? pool_.unknown("nothing callable") : pool_.one_of(values);
  return all;
}

ValueId Engine::bound_parameter(const CodeFacts& code, FunctionRef ref, std::size_t position,
                                ValueId arguments, std::size_t shift) {
  const Function& function = code.functions[ref.function.index];
  const Parameter& parameter = code.parameters[function.parameters.first + position];
  const std::string_view name = code.string(code.variables[parameter.variable.index].name);
  const auto names = pool_.names(arguments);
  const auto values = pool_.operands(arguments);
  const std::string wanted = std::to_string(position - shift);
  std::vector<ValueId> rest;
  ValueId spread, named_spread;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view given = pool_[names[i]];
    if (given == "*") spread = values[i];
    if (given == "**") named_spread = values[i];
    if (parameter.rest == RestKind::None && (given == wanted || (!name.empty() && given == name)))
      return values[i];
    std::size_t number = 0;
    const auto parsed = std::from_chars(given.data(), given.data() + given.size(), number);
    if (parsed.ptr == given.data() + given.size() && number + shift >= position)
      rest.push_back(values[i]);
  }
  if (parameter.rest == RestKind::Positional) return pool_.list(rest, spread.exists());
  if (parameter.rest == RestKind::Named) {
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (const std::string_view given = pool_[names[i]];
          !given.empty() && (given[0] < '0' || given[0] > '9') && given[0] != '*')
        entries.push_back({names[i], values[i]});
    return pool_.record(entries, named_spread.exists());
  }
  if (named_spread.exists() && !name.empty()) {
    const ValueId value = member_of(named_spread, name);
    if (pool_[value].kind != ValueKind::Absent) return value;
  }
  if (spread.exists()) {
    const ValueId place = pool_.number(static_cast<std::int64_t>(position - shift));
    return index_of(spread, place);
  }
  if (parameter.fallback.exists()) return default_value(*this, ref, parameter.fallback);
  return pool_.absent();
}

// A partial application: what was bound comes before the call's own arguments.
CallInput Engine::with_bound(const CallInput& invocation) {
  CallInput full = invocation;
  const ValueId callee = invocation.callee;
  for (std::size_t i = 0; i < pool_.operands(callee).size(); ++i) {
    if (pool_[pool_.names(callee)[i]] != "<bound>") continue;
    const std::vector<ValueId> bound(pool_.operands(pool_.operands(callee)[i]).begin(),
                                     pool_.operands(pool_.operands(callee)[i]).end());
    std::vector<NamedValue> arguments;
    for (std::size_t k = 0; k < bound.size(); ++k)
      arguments.push_back({pool_.string(std::to_string(k)), bound[k]});
    const std::vector<StringId> names(pool_.names(invocation.arguments).begin(),
                                      pool_.names(invocation.arguments).end());
    for (std::size_t k = 0; k < names.size(); ++k) {
      std::size_t number = 0;
      const std::string_view name = pool_[names[k]];
      const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
      const bool positional = !name.empty() && parsed.ptr == name.data() + name.size();
      const StringId moved =
          positional ? pool_.string(std::to_string(number + bound.size())) : names[k];
      arguments.push_back({moved, pool_.operands(invocation.arguments)[k]});
    }
    full.arguments = pool_.record(arguments);
    full.places = pool_.record({});
  }
  return full;
}

Outcome Engine::call_function(const CallInput& given, int depth) {
  const CallInput invocation = with_bound(given);
  const FunctionRef ref = unpack(pool_[invocation.callee].ref);
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const std::vector<StringId> capture_names(pool_.names(invocation.callee).begin(),
                                            pool_.names(invocation.callee).end());
  const std::vector<ValueId> capture_values(pool_.operands(invocation.callee).begin(),
                                            pool_.operands(invocation.callee).end());
  const auto captured = [&](std::string_view name) -> ValueId {
    for (std::size_t i = capture_names.size(); i-- > 0;)
      if (pool_[capture_names[i]] == name) return capture_values[i];
    return {};
  };
  FactSet guards;
  for (std::size_t i = 0; i < capture_names.size(); ++i)
    if (pool_[capture_names[i]] == "<guard>") add_fact(guards, {capture_values[i], true});

  const std::size_t shift = 0;
  const auto parameter = [&](ValueId leaf, ValueId arguments) -> ValueId {
    if (pool_[leaf].ref != pack(ref)) return {};
    std::size_t position = 0;
    const std::string_view text = pool_.text(leaf);
    std::from_chars(text.data(), text.data() + text.size(), position);
    return position < function.parameters.count
               ? bound_parameter(code, ref, position, arguments, shift)
               : ValueId{};
  };
  const Summary& callee = summary(ref);
  Substitution values;
  values.leaf = [&](ValueId leaf) -> ValueId {
    const Value& value = pool_[leaf];
    if (value.kind != ValueKind::Hole) return {};
    if (value.origin == Origin::Parameter) return parameter(leaf, invocation.arguments);
    if (value.origin == Origin::Receiver && value.ref == pack(ref)) return captured(kThis);
    if (value.origin == Origin::Capture) return captured(std::to_string(value.ref));
    if (value.origin == Origin::Global) {
      const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
      const VariableId variable{static_cast<std::uint32_t>(value.ref)};
      if (!modules_[module.index].done) return {};
      const ValueId now = global(module, variable);
      return now == leaf ? ValueId{} : now;
    }
    return {};
  };
  values.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    return recompute(name, operands, depth);
  };
  Substitution places;
  places.leaf = [&](ValueId leaf) -> ValueId {
    const Value& value = pool_[leaf];
    if (value.kind != ValueKind::Hole) return {};
    if (value.origin == Origin::Parameter && value.ref == pack(ref)) {
      if (!invocation.places.exists()) return pool_.absent();
      const auto names = pool_.names(invocation.places);
      std::size_t position = 0;
      const std::string_view text = pool_.text(leaf);
      std::from_chars(text.data(), text.data() + text.size(), position);
      const Parameter& row = code.parameters[function.parameters.first + position];
      const std::string_view name = code.string(code.variables[row.variable.index].name);
      for (std::size_t i = 0; i < names.size(); ++i)
        if (pool_[names[i]] == name || pool_[names[i]] == std::to_string(position - shift))
          return pool_.operands(invocation.places)[i];
      const bool is_given =
          pool_[bound_parameter(code, ref, position, invocation.arguments, shift)].kind !=
          ValueKind::Absent;
      if (code.language == Language::Python && row.fallback.exists() && is_given) {
        for (const StringId id : pool_.names(invocation.arguments))
          if (pool_[id] == name || pool_[id] == std::to_string(position - shift))
            return pool_.absent();
        return pool_.hole(Origin::Global, cat("default of ", name),
                          pack(ref) ^ (std::uint64_t{1} << 63U));
      }
      return pool_.absent();
    }
    if (value.origin == Origin::Receiver && value.ref == pack(ref))
      return invocation.receiver_place.exists() ? invocation.receiver_place : pool_.absent();
    return {};
  };
  places.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    if (name == "member" && pool_[operands[0]].kind == ValueKind::Absent) return operands[0];
    return pool_.computed(name, operands);
  };

  Outcome out;
  replay_steps(callee, values, places, invocation, guards, depth, out);
  Substituter substituter(pool_, values);
  out.value = callee.returned.exists() ? substituter(callee.returned) : pool_.absent();
  for (const Fact& fact : callee.on_return)
    assume(pool_, out.on_return, substituter(fact.test), fact.holds);
  for (const Fact& guard : guards) add_fact(out.on_return, guard);
  out.returns = callee.returns;
  out.understood = callee.evidence == 0 || !callee.steps.empty() || callee.returned.exists();
  if ((callee.evidence & kCut) != 0) out.value = pool_.with_evidence(out.value, kCut);
  return out;
}

void Engine::replay_steps(const Summary& callee, const Substitution& values,
                          const Substitution& places, const CallInput& invocation,
                          std::span<const Fact> guards, int depth, Outcome& out) {
  Substituter substituter(pool_, values);
  Substituter placer(pool_, places);
  const std::vector<Step> steps = callee.steps;  // the table may grow while callees are walked
  for (const Step& step : steps) {
    if (out.steps.size() >= kSummarySteps) return;
    if (step.via.size() >= kCallDepth) continue;
    Step mine = step;
    mine.holds.clear();
    bool possible = true;
    for (const Fact& fact : step.holds)
      possible = possible && assume(pool_, mine.holds, substituter(fact.test), fact.holds);
    if (!possible) continue;
    for (const Fact& guard : guards) add_fact(mine.holds, guard);
    if (step.kind == StepKind::Store) {
      mine.subject = placer(step.subject);
      ValueId root = mine.subject;
      while (pool_[root].kind == ValueKind::Computed && !pool_.operands(root).empty())
        root = pool_.operands(root)[0];
      if (pool_[root].kind == ValueKind::Absent) continue;  // an object of the callee's own
    } else if (step.subject.exists()) {
      mine.subject = substituter(step.subject);
    }
    for (ValueId* part : {&mine.key, &mine.value, &mine.arguments, &mine.result})
      if (part->exists()) *part = substituter(*part);
    mine.via.clear();
    if (invocation.at.module.exists()) mine.via.push_back(invocation.at);
    mine.via.insert(mine.via.end(), step.via.begin(), step.via.end());
    if (step.kind != StepKind::Call) {
      out.steps.push_back(std::move(mine));
      continue;
    }
    CallInput settled{.callee = mine.subject,
                      .arguments = mine.arguments,
                      .places = {},
                      .receiver_place = {},
                      .mode = CallMode::Plain,
                      .at = mine.at};
    if (is_method(pool_, mine.subject)) {
      const ValueId at = step.value.exists() ? placer(step.value) : ValueId{};
      if (at.exists() && pool_[at].kind != ValueKind::Absent) settled.receiver_place = at;
    }
    Outcome inner = call(settled, depth + 1);
    for (Step& deeper : inner.steps) {
      if (out.steps.size() >= kSummarySteps) return;
      std::vector<CallSite> via = mine.via;
      via.insert(via.end(), deeper.via.begin(), deeper.via.end());
      deeper.via = std::move(via);
      deeper.flags = static_cast<std::uint16_t>(deeper.flags | mine.flags);
      FactSet holds = mine.holds;
      for (const Fact& fact : deeper.holds) add_fact(holds, fact);
      deeper.holds = std::move(holds);
      out.steps.push_back(std::move(deeper));
    }
  }
}

ValueId Engine::recompute(std::string_view name, std::span<const ValueId> operands, int depth) {
  if (name == "member") return member_of(operands[0], std::string(pool_.text(operands[1])));
  if (name == "index") return index_of(operands[0], operands[1]);
  if (name == "element") return element(pool_, operands[0]);
  if (name == "method") return pool_.computed(name, operands);
  if (name == "call" && operands.size() >= 2) {
    CallInput invocation{.callee = operands[0], .arguments = operands[1]};
    if (operands.size() > 2) invocation.at = call_site_of(pool_, operands[2]);
    if (depth > static_cast<int>(kCallDepth) || is_open(pool_, operands[0]))
      return pool_.computed(name, operands);
    return call(invocation, depth + 1).value;
  }
  return compute(pool_, name, operands);
}

Outcome Engine::construct(const CallInput& invocation, int depth) {
  const ProjectObject type = project_object(pool_, invocation.callee);
  const std::uint64_t site =
      (static_cast<std::uint64_t>(invocation.at.module.index) << 32U) | invocation.at.op.index;
  const std::string path = object_path("instance", type.module, type.type.index);
  std::vector<NamedValue> fields;
  Outcome out;
  const auto run = [&](ModuleId module, FunctionId function) {
    const ValueId bare_fields = pool_.record(fields, true);
    const ValueId bare = pool_.object(site, path, std::span(&bare_fields, 1));
    const NamedValue receiver{pool_.string(kThis), bare};
    CallInput inner = invocation;
    inner.callee = pool_.function(pack({module, function}), std::span(&receiver, 1));
    inner.receiver_place = pool_.hole(Origin::Field, "<new>", site);
    Outcome outcome = call_function(inner, depth + 1);
    for (Step& step : outcome.steps) {
      const bool is_member = step.kind == StepKind::Store &&
                             pool_[step.subject].kind == ValueKind::Computed &&
                             pool_.text(step.subject) == "member";
      if (is_member && pool_.operands(step.subject)[0] == inner.receiver_place) {
        if (!step.value.exists()) continue;  // a field that is deleted again
        fields.push_back({pool_[pool_.operands(step.subject)[1]].text, step.value});
      } else if (step.kind != StepKind::Store || !has_origin(pool_, step.subject, Origin::Field)) {
        out.steps.push_back(std::move(step));
      }
    }
  };
  ModuleId module = type.module;
  ClassId class_id = type.type;
  for (int depth_left = kBaseClasses; depth_left > 0; --depth_left) {
    const Class& row = facts(module).classes[class_id.index];
    if (row.instance_init.exists()) run(module, row.instance_init);
    FunctionId constructor;
    for (std::uint32_t i = 0; i < row.methods.count; ++i) {
      const FunctionId method = facts(module).methods[row.methods.first + i];
      if (facts(module).functions[method.index].kind == FunctionKind::Constructor)
        constructor = method;
    }
    if (constructor.exists()) run(module, constructor);
    ProjectObject parent;
    for (std::uint32_t i = 0; i < row.bases.count && parent.kind == ProjectObject::Kind::None;
         ++i) {
      const ValueId base =
          default_value(*this, {module, FunctionId{0}}, facts(module).bases[row.bases.first + i]);
      if (base.exists()) parent = project_object(pool_, base);
    }
    if (parent.kind != ProjectObject::Kind::Class || constructor.exists()) break;
    module = parent.module;
    class_id = parent.type;
  }
  const ValueId record = pool_.record(fields, true);
  const ValueId made = pool_.object(site, path, std::span(&record, 1));
  // Closures among the fields hold the object as it was before the others were set.
  Substitution later;
  later.leaf = [&](ValueId leaf) {
    const Value& value = pool_[leaf];
    return value.kind == ValueKind::Object && value.ref == site && pool_.text(leaf) == path
               ? made
               : ValueId{};
  };
  const ValueId whole = substitute(record, later);
  out.value = pool_.object(site, path, std::span(&whole, 1));
  return out;
}

Outcome Engine::call_library(const CallInput& invocation, int depth) {
  const std::string path = library_path(invocation.callee);
  const bool is_method = fnlint::is_method(pool_, invocation.callee);
  const ValueId receiver = is_method ? pool_.operands(invocation.callee)[0] : ValueId{};
  const std::string method =
      is_method ? std::string(pool_.text(pool_.operands(invocation.callee)[1])) : std::string();
  const Language spoken =
      invocation.at.module.exists() ? language(invocation.at.module) : Language::Unknown;
  LibraryCall call{.engine = *this,
                   .invocation = invocation,
                   .language = spoken,
                   .path = path,
                   .method = method,
                   .receiver = receiver,
                   .depth = depth};
  const LibraryModel* exact = path.empty() ? nullptr : find_model_any(spoken, path);
  if (exact != nullptr) return apply_model(call, *exact);
  const LibraryModel* generic = is_method ? find_model_any(spoken, cat("*.", method)) : nullptr;
  if (is_method && is_open(pool_, receiver) && path.empty()) {
    const bool pure = generic != nullptr && generic->operation.empty() &&
                      generic->store == StoreHow::None && generic->invokes.empty() &&
                      generic->effect_of.empty();
    Outcome out = call_unknown(invocation);
    if (pure) out.steps.clear();
    if (generic != nullptr && !generic->invokes.empty()) {
      Outcome called = apply_model(call, *generic);
      called.value = out.value;
      return called;
    }
    return out;
  }
  if (generic != nullptr) return apply_model(call, *generic);
  if (!path.empty()) return unknown_library_call(call);
  return call_unknown(invocation);
}

Outcome Engine::call_unknown(const CallInput& invocation) {
  Outcome out;
  out.understood = false;
  const std::array<ValueId, 3> operands{invocation.callee, invocation.arguments,
                                        site_value(pool_, invocation.at)};
  out.value = pool_.computed("call", operands);
  Step step;
  step.kind = StepKind::Call;
  step.at = invocation.at;
  step.subject = invocation.callee;
  step.value = invocation.receiver_place;
  step.arguments = invocation.arguments;
  step.result = out.value;
  out.steps.push_back(std::move(step));
  return out;
}

}  // namespace fnlint
