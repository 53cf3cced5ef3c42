// Objects of the project's classes: which constructors run, and the fields that they set.
#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/calls/dispatch.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/sites.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <utility>

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

// Of several constructors the one that takes the arguments, else the one with the most parameters:
// whatever else makes the object gives all that it asks for.
FunctionId constructor_for(const ValuePool& pool, const CodeFacts& code, ClassId type,
                           ValueId arguments) {
  const Class& row = code.classes[type.index];
  FunctionId best;
  bool best_fits = false;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId method = code.methods[row.methods.first + i];
    const Function& function = code.functions[method.index];
    if (function.kind != FunctionKind::Constructor) continue;
    const bool fits = takes(code, function, pool.operands(arguments).size());
    const bool larger = !best.exists() || !traits(code.language).has_overloads ||
                        function.parameters.count > code.functions[best.index].parameters.count;
    if (!best.exists() || (fits && !best_fits) || (fits == best_fits && larger)) {
      best = method;
      best_fits = fits;
    }
  }
  return best;
}

// Whether a step calls a method of that name: of the base class, `<super>`, or of another
// constructor of the same class, `<this>`.
bool is_call_of(const ValuePool& pool, const Step& step, std::string_view name) {
  return step.kind == StepKind::Call && is_method(pool, step.subject) &&
         pool.text(pool.operands(step.subject)[1]) == name;
}

bool has_field(const std::vector<NamedValue>& fields, StringId name) {
  return std::ranges::find(fields, name, &NamedValue::name) != fields.end();
}

// One object as it is made.
class Construction {
 public:
  Construction(Engine& engine, const CallInput& invocation, int depth)
      : engine_(engine),
        pool_(engine.pool()),
        invocation_(invocation),
        depth_(depth),
        type_(project_object(pool_, invocation.callee)),
        code_(engine.facts(type_.module)),
        site_(pack(invocation.at)),
        path_(object_path("instance", type_.module, type_.type.index)) {}
  Construction(const Construction&) = delete;
  Construction& operator=(const Construction&) = delete;

  CallResult run();

 private:
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return engine_.facts(module); }
  ValueId member_by_value();
  void begin();
  ValueId kept_by_class();
  void add_left_fields();
  // Runs the constructors of a class; the arguments of its base class's: none where there is no
  // such class, or nothing calls that.
  std::optional<ValueId> run_class(ProjectObject type, ValueId arguments, ProjectObject& parent);
  FunctionId run_constructors(ProjectObject type, ValueId arguments);
  void run_function(ModuleId module, FunctionId function, ValueId arguments);
  void take(Step step);
  void take_field(Step step);
  void add_declared_fields(ProjectObject type, ValueId arguments);
  void add_declared_defaults(ProjectObject type);
  void add_initialized();
  ProjectObject parent_of(ProjectObject type);
  void settle_where_it_stays();
  ValueId whole_object();

  Engine& engine_;
  ValuePool& pool_;
  const CallInput& invocation_;
  const int depth_;
  const ProjectObject type_;
  const CodeFacts& code_;
  const std::uint64_t site_;
  const std::string path_;
  ValueId made_at_;  // what the object's place is called while it is made
  std::vector<NamedValue> fields_;
  std::size_t of_derived_ = 0;  // fields that classes below the one at work have set
  ValueId super_arguments_;     // of a call of the base class's constructor
  ValueId this_arguments_;      // of a call of another constructor of the same class
  ValueId stays_;               // where the class keeps the object; no id: it does not
  std::vector<Step> left_;      // in the fields of one that stays
  CallResult out_;
};

CallResult Construction::run() {
  if (const ValueId member = member_by_value(); member.exists()) {
    out_.value = member;
    return std::move(out_);
  }
  begin();
  ProjectObject at = type_;
  ValueId arguments = invocation_.arguments;
  for (int depth_left = kBaseClasses; depth_left > 0; --depth_left) {
    ProjectObject parent;
    const std::optional<ValueId> of_parent = run_class(at, arguments, parent);
    if (!of_parent) break;
    arguments = *of_parent;
    of_derived_ = fields_.size();
    at = parent;
  }
  if (traits(code_.language).has_object_initializers) add_initialized();
  if (stays_.exists()) settle_where_it_stays();
  out_.value = whole_object();
  return std::move(out_);
}

// `Step("pack")` of an enumeration gives the member of that value: as the class's row says that is
// called; `Rule { it > 0 }` of an interface with one function is that function. No id: the class is
// neither, or has methods of its own.
ValueId Construction::member_by_value() {
  const Class& row = code_.classes[type_.type.index];
  const ValueId arguments = invocation_.arguments;
  if (traits(code_.language).functions_are_interfaces && (row.flags & kAbstractClass) != 0 &&
      pool_.operands(arguments).size() == 1 &&
      pool_.is(pool_.operands(arguments)[0], ValueKind::Function))
    return pool_.operands(arguments)[0];
  for (std::uint32_t i = 0; row.methods.count == 0 && i < row.bases.count; ++i) {
    const std::string path =
        engine_.library_path(engine_.constant(type_.module, code_.bases[row.bases.first + i]));
    const LibraryModel* model = path.empty() ? nullptr : find_library_model(code_.language, path);
    if (model == nullptr || model->returns != "0") continue;
    const ValueId given = named_entry(pool_, arguments, "0");
    if (!given.exists() || pool_.constant(given) || model->cleans != "all") return given;
    return compute(pool_, Opcode::Converted, std::span(&given, 1));  // one that the class names
  }
  return {};
}

void Construction::begin() {
  const FunctionId loads = code_.classes[type_.type.index].class_init;
  const CallSite at = invocation_.at;
  const bool is_own_constant = loads.exists() && at.module == type_.module &&
                               code_.functions[loads.index].first <= at.op &&
                               at.op < code_.functions[loads.index].end;
  if (is_own_constant) fields_.push_back({pool_.string(kOwnConstant), pool_.number(at.op.index)});
  made_at_ = pool_.hole(Origin::Field, "<new>", site_);
  stays_ = kept_by_class();
  if (stays_.exists()) add_left_fields();
}

// `def __new__(cls): if cls._one is None: cls._one = super().__new__(cls); return cls._one`: where
// the class keeps what it gives; no id: it makes another object each time.
ValueId Construction::kept_by_class() {
  const std::string_view making = traits(code_.language).maker_method;
  if (making.empty()) return {};
  const ValueId maker = engine_.members().class_member(type_, making, invocation_.callee);
  if (!maker.exists() || !pool_.is(maker, ValueKind::Function)) return {};
  const VariableId variable = engine_.modules().named(
      type_.module, code_.string(code_.classes[type_.type.index].name));
  if (!variable.exists()) return {};
  CallInput call = invocation_;
  call.callee = maker;
  call.receiver_place = engine_.modules().place(type_.module, variable);
  CallResult outcome = call_function(engine_, call, depth_ + 1);
  if (!outcome.place.exists() || base_of(pool_, outcome.place) != call.receiver_place) return {};
  // The library's own maker; and what the class keeps, and what it sets in that, is no change of
  // one that is there: it begins.
  std::erase_if(outcome.steps, [&](const Step& step) {
    return is_call_of(pool_, step, making) ||
           (step.kind == StepKind::Store && step.subject == outcome.place);
  });
  const auto begins = [&](const Step& step) {
    return step.kind == StepKind::Store && step.value.exists() && is_field(pool_, step.subject) &&
           pool_.operands(step.subject)[0] == outcome.place;
  };
  for (const Step& step : outcome.steps)
    if (begins(step)) fields_.push_back({pool_[pool_.operands(step.subject)[1]].text, step.value});
  std::erase_if(outcome.steps, begins);
  std::ranges::move(outcome.steps, std::back_inserter(out_.steps));
  return outcome.place;
}

// What the constructor of an object that its class keeps may find in the fields that it sets: what
// an earlier one has left there, or what the class, or `__new__`, gives it.
void Construction::add_left_fields() {
  const FunctionId constructor = constructor_for(pool_, code_, type_.type, pool_.record({}));
  for (const std::string_view name : fields_set_by(code_, constructor)) {
    const ValueId left = pool_.hole(Origin::Field, name, site_);
    const StringId id = pool_.string(name);
    const auto known = std::ranges::find(fields_, id, &NamedValue::name);
    const ValueId first =
        known != fields_.end() ? known->value : engine_.written_member(type_, name);
    const ValueId either = first.exists() ? pool_.join(first, left) : left;
    if (known != fields_.end())
      known->value = either;
    else
      fields_.push_back({id, either});
  }
}

std::optional<ValueId> Construction::run_class(ProjectObject type, ValueId arguments,
                                               ProjectObject& parent) {
  const CodeFacts& code = facts(type.module);
  const FunctionId constructor = run_constructors(type, arguments);
  if (!constructor.exists()) {
    add_declared_fields(type, arguments);
    add_declared_defaults(type);
  }
  parent = parent_of(type);
  if (parent.kind != ProjectObject::Kind::Class) {
    const bool is_open =
        traits(code.language).fields_are_open && code.classes[type.type.index].bases.count > 0;
    if (is_open && !constructor.exists()) add_named_fields(pool_, arguments, fields_);
    return std::nullopt;
  }
  const ValueId given = std::exchange(super_arguments_, ValueId{});
  if (!constructor.exists()) return arguments;
  // A constructor that is written calls that of the base class; or that is implied.
  if (!given.exists() && !traits(code.language).has_overloads) return std::nullopt;
  return given.exists() ? given : pool_.record({});
}

FunctionId Construction::run_constructors(ProjectObject type, ValueId arguments) {
  const CodeFacts& code = facts(type.module);
  const FunctionId first = code.classes[type.type.index].instance_init;
  if (first.exists()) run_function(type.module, first, arguments);
  const FunctionId constructor = constructor_for(pool_, code, type.type, arguments);
  if (constructor.exists()) run_function(type.module, constructor, arguments);
  for (int others = 0; this_arguments_.exists() && others < kBaseClasses; ++others) {
    const ValueId given = std::exchange(this_arguments_, ValueId{});
    const FunctionId other = constructor_for(pool_, code, type.type, given);
    if (other != constructor) run_function(type.module, other, given);
  }
  return constructor;
}

void Construction::run_function(ModuleId module, FunctionId function, ValueId arguments) {
  const ValueId fields = pool_.record(fields_, true);
  const ValueId itself = pool_.object(site_, path_, std::span(&fields, 1));
  const NamedValue receiver{pool_.string(kThis), itself};
  CallInput inner = invocation_;
  inner.arguments = arguments;
  inner.callee = pool_.function(pack({module, function}), std::span(&receiver, 1));
  inner.receiver_place = made_at_;
  CallResult outcome = call_function(engine_, inner, depth_ + 1);
  for (Step& step : outcome.steps) take(std::move(step));
}

// What a constructor does: it sets fields, calls other constructors, and what else it does stays.
void Construction::take(Step step) {
  const bool is_member =
      step.kind == StepKind::Store && pool_.opcode(step.subject) == Opcode::Member;
  if (is_member && pool_.operands(step.subject)[0] == made_at_)
    take_field(std::move(step));
  else if (is_call_of(pool_, step, kSuper))
    super_arguments_ = step.arguments;
  else if (is_call_of(pool_, step, kThis))
    this_arguments_ = step.arguments;
  else if (step.kind != StepKind::Store || !has_origin(pool_, step.subject, Origin::Field))
    out_.steps.push_back(std::move(step));
}

void Construction::take_field(Step step) {
  if (!step.value.exists()) return;  // a field that is deleted again
  if ((step.flags & kInRestore) != 0) out_.steps.push_back(step);  // not by the construction alone
  if (left_fields_asked(pool_, site_, {&step, 1}).empty()) stays_ = {};  // it begins anew
  if (stays_.exists()) left_.push_back(step);
  const StringId name = pool_[pool_.operands(step.subject)[1]].text;
  // A base class, made after its own kind here, does not set what the derived one has set.
  const auto set = std::span(fields_).first(of_derived_);
  if (std::ranges::find(set, name, &NamedValue::name) == set.end())
    fields_.push_back({name, step.value});
}

// A class that writes no constructor and declares fields takes them in order, or by name: a data
// class.
void Construction::add_declared_fields(ProjectObject type, ValueId arguments) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  std::size_t position = 0;
  const ValueId rest = named_entry(pool_, arguments, "**");
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = code.fields[row.fields.first + i];
    if (field.is_static != 0 && !traits(code.language).makes_data_classes) continue;
    const std::string_view name = code.string(field.name);
    const std::string place = std::to_string(position++);
    ValueId given = named_entry(pool_, arguments, name);
    if (!given.exists()) given = named_entry(pool_, arguments, place);
    if (!given.exists() && rest.exists()) given = engine_.member_of(rest, name);
    if (given.exists() && !pool_.is(given, ValueKind::Absent))
      fields_.push_back({pool_.string(name), given});
  }
}

void Construction::add_declared_defaults(ProjectObject type) {
  const CodeFacts& code = facts(type.module);
  if (!traits(code.language).makes_data_classes) return;
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const std::string name(code.string(code.fields[row.fields.first + i].name));
    const StringId id = pool_.string(name);
    if (has_field(fields_, id)) continue;
    const ValueId value =
        declared_default(engine_, invocation_, type.module, type.type, name, out_.steps);
    if (value.exists()) fields_.push_back({id, value});
  }
}

// Members that are set once the constructor is through.
void Construction::add_initialized() {
  const ValueId arguments = invocation_.arguments;
  for (std::size_t i = 0; i < pool_.operands(arguments).size(); ++i) {
    const NamedValue given{pool_.names(arguments)[i], pool_.operands(arguments)[i]};
    const std::string name(pool_[given.name]);
    ModuleId home = type_.module;
    if (!position_of(name) && engine_.classes().field(type_, name, home) != nullptr)
      fields_.push_back(given);
  }
}

ProjectObject Construction::parent_of(ProjectObject type) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  ProjectObject parent;
  for (std::uint32_t i = 0; i < row.bases.count && parent.kind == ProjectObject::Kind::None; ++i) {
    const ValueId base = engine_.constant(type.module, code.bases[row.bases.first + i]);
    if (base.exists()) parent = project_object(pool_, base);
  }
  return parent;
}

// What says that it was made before: of the other fields there may be many.
void Construction::settle_where_it_stays() {
  const std::set<StringId> asked = left_fields_asked(pool_, site_, left_);
  std::ranges::copy_if(left_, std::back_inserter(out_.steps), [&](const Step& step) {
    return asked.contains(pool_[pool_.operands(step.subject)[1]].text);
  });
  move_to(pool_, made_at_, stays_, out_.steps);
  out_.place = stays_;
}

// Closures among the fields hold the object as it was before the others were set.
ValueId Construction::whole_object() {
  const ValueId record = pool_.record(fields_, true);
  const ValueId made = pool_.object(site_, path_, std::span(&record, 1));
  Substitution later;
  later.leaf = [&](ValueId leaf) {
    const Value& value = pool_[leaf];
    return value.kind == ValueKind::Object && value.ref == site_ && pool_.text(leaf) == path_
               ? made
               : ValueId{};
  };
  const ValueId whole = substituted(pool_, record, later);
  return pool_.object(site_, path_, std::span(&whole, 1));
}

}  // namespace

CallResult construct(Engine& engine, const CallInput& invocation, int depth) {
  return Construction(engine, invocation, depth).run();
}

}  // namespace fnlint
