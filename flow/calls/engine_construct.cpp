// Objects of the project's classes: which constructors run, and the fields that they set.
#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/sites.h"

#include <algorithm>
#include <set>
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

// The names that a constructor sets in its object.
std::vector<std::string_view> fields_set_by(const CodeFacts& code, FunctionId constructor) {
  std::vector<std::string_view> names;
  if (!constructor.exists()) return names;
  const Function& function = code.functions[constructor.index];
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const ExprId target = code.assigns[code.ops[at.index].detail].target;
    if (!target.exists() || code.exprs[target.index].kind != ExprKind::Member) continue;
    const Expr& base = code.exprs[code.exprs[target.index].ref];
    if (base.kind == ExprKind::Variable && VariableId{base.ref} == function.receiver)
      names.push_back(code.string(code.exprs[target.index].name));
  }
  return names;
}

// The fields that an earlier constructor may have left, as far as facts of steps ask for them.
std::set<StringId> left_fields_asked(ValuePool& pool, std::uint64_t site,
                                     std::span<const Step> steps) {
  std::set<StringId> names;
  for (const Step& step : steps)
    for (const Fact& fact : step.holds)
      for_each_below(pool, fact.test, [&](ValueId id) {
        const Value& row = pool[id];
        if (row.kind == ValueKind::Hole && row.origin == Origin::Field && row.ref == site)
          names.insert(row.text);
      });
  return names;
}

// What is said of an object while it is made, of where it stays.
void move_to(ValuePool& pool, ValueId made, ValueId stays, std::vector<Step>& steps) {
  Substitution moved;
  moved.leaf = [&](ValueId leaf) { return leaf == made ? stays : ValueId{}; };
  Substituter substituter(pool, moved);
  for (Step& step : steps) {
    if (step.subject.exists()) step.subject = substituter(step.subject);
    for (Fact& fact : step.holds) fact.test = substituter(fact.test);
    for (ValueId& place : step.sets) place = substituter(place);
    std::ranges::sort(step.holds);
    std::ranges::sort(step.sets);
  }
}

}  // namespace

// `def __new__(cls): if cls._one is None: cls._one = super().__new__(cls); return cls._one`: where
// the class keeps what it gives; no id: it makes another object each time. What `__new__` does is
// added to `steps`, what it gives the fields of a new object to `first`.
ValueId Engine::kept_by_class(const CallInput& construction, ProjectObject type,
                              std::vector<Step>& steps, std::vector<NamedValue>& first, int depth) {
  const std::string_view making = traits(facts(type.module).language).maker_method;
  if (making.empty()) return {};
  const ValueId maker = class_member(type.module, type.type, making, construction.callee, 0);
  if (!maker.exists() || !pool_.is(maker, ValueKind::Function)) return {};
  const CodeFacts& code = facts(type.module);
  const auto& names = modules_[type.module.index].names;
  const auto variable = names.find(code.string(code.classes[type.type.index].name));
  if (variable == names.end()) return {};
  CallInput call = construction;
  call.callee = maker;
  call.receiver_place = global_place(type.module, variable->second);
  Outcome outcome = call_function(call, depth + 1);
  if (!outcome.place.exists() || root_of(pool_, outcome.place) != call.receiver_place) return {};
  std::erase_if(outcome.steps, [&](const Step& step) {  // the library's own maker
    return step.kind == StepKind::Call && is_method(pool_, step.subject) &&
           pool_.text(pool_.operands(step.subject)[1]) == making;
  });
  // What the class keeps, and what it sets in that, is no change of one that is there: it begins.
  std::erase_if(outcome.steps, [&](const Step& step) {
    return step.kind == StepKind::Store && step.subject == outcome.place;
  });
  const auto begins = [&](const Step& step) {
    return step.kind == StepKind::Store && step.value.exists() && is_field(pool_, step.subject) &&
           pool_.operands(step.subject)[0] == outcome.place;
  };
  for (const Step& step : outcome.steps)
    if (begins(step)) first.push_back({pool_[pool_.operands(step.subject)[1]].text, step.value});
  std::erase_if(outcome.steps, begins);
  std::ranges::move(outcome.steps, std::back_inserter(steps));
  return outcome.place;
}

// What the constructor of an object that its class keeps may find in the fields that it sets: what
// an earlier one has left there, or what the class, or `__new__`, gives it.
void Engine::add_left_fields(ProjectObject type, std::uint64_t site,
                             std::vector<NamedValue>& fields) {
  const FunctionId constructor = constructor_for(type.module, type.type, pool_.record({}));
  for (const std::string_view name : fields_set_by(facts(type.module), constructor)) {
    const ValueId left = pool_.hole(Origin::Field, name, site);
    const StringId id = pool_.string(name);
    const auto known = std::ranges::find(fields, id, &NamedValue::name);
    const ValueId first =
        known != fields.end() ? known->value : class_member(type.module, type.type, name, {}, 0);
    const ValueId either = first.exists() ? pool_.join(first, left) : left;
    if (known != fields.end())
      known->value = either;
    else
      fields.push_back({id, either});
  }
}

// A class that writes no constructor and declares fields takes them in order, or by name: a data
// class.
void Engine::add_declared_fields(const Class& type, const CodeFacts& code, ValueId arguments,
                                 std::vector<NamedValue>& fields) {
  std::size_t position = 0;
  const ValueId rest = named_entry(pool_, arguments, "**");
  for (std::uint32_t i = 0; i < type.fields.count; ++i) {
    const Field& field = code.fields[type.fields.first + i];
    if (field.is_static != 0 && !traits(code.language).makes_data_classes) continue;
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
  if (!traits(code.language).makes_data_classes) return;
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
    const bool larger = !best.exists() || !traits(code.language).has_overloads ||
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
  if (traits(facts(type.module).language).functions_are_interfaces &&
      (row.flags & kAbstractClass) != 0 && pool_.operands(arguments).size() == 1 &&
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
  const ValueId made_at = pool_.hole(Origin::Field, "<new>", site);
  ValueId stays = kept_by_class(invocation, type, out.steps, fields, depth);
  if (stays.exists()) add_left_fields(type, site, fields);
  std::vector<Step> left;  // in the fields of one that stays
  const auto run = [&](ModuleId module, FunctionId function, ValueId arguments) {
    const ValueId bare_fields = pool_.record(fields, true);
    const ValueId bare = pool_.object(site, path, std::span(&bare_fields, 1));
    const NamedValue receiver{pool_.string(kThis), bare};
    CallInput inner = invocation;
    inner.arguments = arguments;
    inner.callee = pool_.function(pack({module, function}), std::span(&receiver, 1));
    inner.receiver_place = made_at;
    Outcome outcome = call_function(inner, depth + 1);
    for (Step& step : outcome.steps) {
      const bool is_member =
          step.kind == StepKind::Store && pool_.opcode(step.subject) == Opcode::Member;
      if (is_member && pool_.operands(step.subject)[0] == inner.receiver_place) {
        if (!step.value.exists()) continue;  // a field that is deleted again
        if ((step.flags & kInRestore) != 0) out.steps.push_back(step);  // not by the construction alone
        if (left_fields_asked(pool_, site, {&step, 1}).empty()) stays = {};  // it begins anew
        if (stays.exists()) left.push_back(step);
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
      const bool is_open = traits(facts(module).language).fields_are_open && row.bases.count > 0;
      if (is_open && !constructor.exists()) add_named_fields(pool_, arguments, fields);
      break;
    }
    // A constructor that is written calls that of the base class; or that is implied.
    if (constructor.exists() && !super_arguments.exists() &&
        !traits(facts(module).language).has_overloads)
      break;
    if (constructor.exists())
      arguments = super_arguments.exists() ? super_arguments : pool_.record({});
    super_arguments = {};
    of_derived = fields.size();
    module = parent.module;
    class_id = parent.type;
  }
  if (traits(facts(type.module).language).has_object_initializers)
    add_initialized(type, invocation.arguments, fields);
  if (stays.exists()) {
    // What says that it was made before: of the other fields there may be many.
    const std::set<StringId> asked = left_fields_asked(pool_, site, left);
    std::ranges::copy_if(left, std::back_inserter(out.steps), [&](const Step& step) {
      return asked.contains(pool_[pool_.operands(step.subject)[1]].text);
    });
    move_to(pool_, made_at, stays, out.steps);
    out.place = stays;
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

}  // namespace fnlint
