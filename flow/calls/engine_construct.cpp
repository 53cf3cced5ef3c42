// Objects of the project's classes: which constructors run, and the fields that they set.
#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "values/sites.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

// A library's base class takes by name what the object has: rows of tables, messages.
void add_named_fields(ValuePool& pool, ValueId arguments, std::vector<NamedValue>& fields) {
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i) {
    NamedValue given{pool.names(arguments)[i], pool.operands(arguments)[i]};
    if (pool[given.name] == "**") given.name = pool.string(kRest);
    const bool is_there = std::ranges::find(fields, given.name, &NamedValue::name) != fields.end();
    if (!position_of(pool[given.name]) && !is_there) fields.push_back(given);
  }
}

}  // namespace

// A class that writes no constructor and declares fields takes them in order, or by name: a data
// class.
void Engine::add_declared_fields(const Class& type, const CodeFacts& code, ValueId arguments,
                                 std::vector<NamedValue>& fields) {
  std::size_t position = 0;
  const ValueId rest = named_entry(pool_, arguments, "**");
  for (std::uint32_t i = 0; i < type.fields.count; ++i) {
    const Field& field = code.fields[type.fields.first + i];
    if (field.is_static != 0 && code.language != Language::Python) continue;
    const std::string_view name = code.string(field.name);
    const std::string place = std::to_string(position++);
    ValueId given = named_entry(pool_, arguments, name);
    if (!given.exists()) given = named_entry(pool_, arguments, place);
    if (!given.exists() && rest.exists()) given = member_of(rest, name);
    if (given.exists() && !pool_.is(given, ValueKind::Absent))
      fields.push_back({pool_.string(name), given});
  }
}

void Engine::add_declared_defaults(const CallInput& construction, ModuleId module, ClassId type,
                                   std::vector<NamedValue>& fields, std::vector<Step>& steps) {
  const CodeFacts& code = facts(module);
  if (code.language != Language::Python) return;
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const std::string name(code.string(code.fields[row.fields.first + i].name));
    const StringId id = pool_.string(name);
    if (std::ranges::find(fields, id, &NamedValue::name) != fields.end()) continue;
    const ValueId value = declared_default(*this, construction, module, type, name, steps);
    if (value.exists()) fields.push_back({id, value});
  }
}

// Of several constructors the one that takes the arguments, else the one with the most parameters:
// whatever else makes the object gives all that it asks for.
FunctionId Engine::constructor_for(ModuleId module, ClassId type, ValueId arguments) const {
  const CodeFacts& code = facts(module);
  const Class& row = code.classes[type.index];
  FunctionId best;
  bool best_fits = false;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId method = code.methods[row.methods.first + i];
    const Function& function = code.functions[method.index];
    if (function.kind != FunctionKind::Constructor) continue;
    const bool fits = takes(code, function, pool_.operands(arguments).size());
    const bool larger = !best.exists() || !has_overloads(code.language) ||
                        function.parameters.count > code.functions[best.index].parameters.count;
    if (!best.exists() || (fits && !best_fits) || (fits == best_fits && larger)) {
      best = method;
      best_fits = fits;
    }
  }
  return best;
}

// Members that are set once the constructor is through.
void Engine::add_initialized(ProjectObject type, ValueId arguments,
                             std::vector<NamedValue>& fields) {
  for (std::size_t i = 0; i < pool_.operands(arguments).size(); ++i) {
    const NamedValue given{pool_.names(arguments)[i], pool_.operands(arguments)[i]};
    const std::string name(pool_[given.name]);
    ModuleId home = type.module;
    if (!position_of(name) && declared_field(type, name, home) != nullptr) fields.push_back(given);
  }
}

// `Step("pack")` of an enumeration gives the member of that value: as the class's row says that is
// called; `Rule { it > 0 }` of an interface with one function is that function. No id: the class is
// neither, or has methods of its own.
ValueId Engine::member_by_value(ProjectObject type, ValueId arguments) {
  const Class& row = facts(type.module).classes[type.type.index];
  if (facts(type.module).language == Language::Java && (row.flags & kAbstractClass) != 0 &&
      pool_.operands(arguments).size() == 1 &&
      pool_.is(pool_.operands(arguments)[0], ValueKind::Function))
    return pool_.operands(arguments)[0];
  for (std::uint32_t i = 0; row.methods.count == 0 && i < row.bases.count; ++i) {
    const ExprId base = facts(type.module).bases[row.bases.first + i];
    const std::string path = library_path(default_value(*this, {type.module, FunctionId{0}}, base));
    const LibraryModel* model =
        path.empty() ? nullptr : find_library_model(facts(type.module).language, path);
    if (model == nullptr || model->returns != "0") continue;
    const ValueId given = named_entry(pool_, arguments, "0");
    if (!given.exists() || pool_.constant(given) || model->cleans != "all") return given;
    return compute(pool_, Opcode::Converted, std::span(&given, 1));  // one that the class names
  }
  return {};
}

Outcome Engine::construct(const CallInput& invocation, int depth) {
  const ProjectObject type = project_object(pool_, invocation.callee);
  if (const ValueId member = member_by_value(type, invocation.arguments); member.exists()) {
    Outcome out;
    out.value = member;
    return out;
  }
  const std::uint64_t site = pack(invocation.at);
  const std::string path = object_path("instance", type.module, type.type.index);
  std::vector<NamedValue> fields;
  Outcome out;
  ValueId super_arguments;  // of a call of the base class's constructor
  ValueId this_arguments;   // of a call of another constructor of the same class
  std::size_t of_derived = 0;  // fields that classes below this one have set
  const CodeFacts& own = facts(type.module);
  const FunctionId loads = own.classes[type.type.index].class_init;
  if (loads.exists() && invocation.at.module == type.module &&
      own.functions[loads.index].first <= invocation.at.op &&
      invocation.at.op < own.functions[loads.index].end)
    fields.push_back({pool_.string(kOwnConstant), pool_.number(invocation.at.op.index)});
  const auto run = [&](ModuleId module, FunctionId function, ValueId arguments) {
    const ValueId bare_fields = pool_.record(fields, true);
    const ValueId bare = pool_.object(site, path, std::span(&bare_fields, 1));
    const NamedValue receiver{pool_.string(kThis), bare};
    CallInput inner = invocation;
    inner.arguments = arguments;
    inner.callee = pool_.function(pack({module, function}), std::span(&receiver, 1));
    inner.receiver_place = pool_.hole(Origin::Field, "<new>", site);
    Outcome outcome = call_function(inner, depth + 1);
    for (Step& step : outcome.steps) {
      const bool is_member =
          step.kind == StepKind::Store && pool_.opcode(step.subject) == Opcode::Member;
      if (is_member && pool_.operands(step.subject)[0] == inner.receiver_place) {
        if (!step.value.exists()) continue;  // a field that is deleted again
        if ((step.flags & kInRestore) != 0) out.steps.push_back(step);  // not by the construction alone
        const StringId name = pool_[pool_.operands(step.subject)[1]].text;
        // A base class, made after its own kind here, does not set what the derived one has set.
        const auto set = std::span(fields).first(of_derived);
        const bool known = std::ranges::find(set, name, &NamedValue::name) != set.end();
        if (!known) fields.push_back({name, step.value});
      } else if (step.kind == StepKind::Call && is_method(pool_, step.subject) &&
                 pool_.text(pool_.operands(step.subject)[1]) == kSuper) {
        super_arguments = step.arguments;
      } else if (step.kind == StepKind::Call && is_method(pool_, step.subject) &&
                 pool_.text(pool_.operands(step.subject)[1]) == "<this>") {
        this_arguments = step.arguments;
      } else if (step.kind != StepKind::Store || !has_origin(pool_, step.subject, Origin::Field)) {
        out.steps.push_back(std::move(step));
      }
    }
  };
  ModuleId module = type.module;
  ClassId class_id = type.type;
  ValueId arguments = invocation.arguments;
  for (int depth_left = kBaseClasses; depth_left > 0; --depth_left) {
    const Class& row = facts(module).classes[class_id.index];
    if (row.instance_init.exists()) run(module, row.instance_init, arguments);
    const FunctionId constructor = constructor_for(module, class_id, arguments);
    if (constructor.exists()) run(module, constructor, arguments);
    for (int others = 0; this_arguments.exists() && others < kBaseClasses; ++others) {
      const ValueId given = std::exchange(this_arguments, ValueId{});
      const FunctionId other = constructor_for(module, class_id, given);
      if (other != constructor) run(module, other, given);
    }
    if (!constructor.exists()) {
      add_declared_fields(row, facts(module), arguments, fields);
      add_declared_defaults(invocation, module, class_id, fields, out.steps);
    }
    ProjectObject parent;
    for (std::uint32_t i = 0; i < row.bases.count && parent.kind == ProjectObject::Kind::None;
         ++i) {
      const ValueId base =
          default_value(*this, {module, FunctionId{0}}, facts(module).bases[row.bases.first + i]);
      if (base.exists()) parent = project_object(pool_, base);
    }
    if (parent.kind != ProjectObject::Kind::Class) {
      const bool is_open = facts(module).language == Language::Python && row.bases.count > 0;
      if (is_open && !constructor.exists()) add_named_fields(pool_, arguments, fields);
      break;
    }
    // A constructor that is written calls that of the base class; or that is implied.
    if (constructor.exists() && !super_arguments.exists() &&
        !has_overloads(facts(module).language))
      break;
    if (constructor.exists())
      arguments = super_arguments.exists() ? super_arguments : pool_.record({});
    super_arguments = {};
    of_derived = fields.size();
    module = parent.module;
    class_id = parent.type;
  }
  if (has_object_initializers(facts(type.module).language))
    add_initialized(type, invocation.arguments, fields);
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

}  // namespace fnlint
