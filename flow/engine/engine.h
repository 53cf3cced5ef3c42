// Function summaries on demand, and what applying one to a call's arguments takes and gives.
#pragma once

#include "core/limits.h"
#include "flow/engine/providers.h"
#include "flow/state/facts.h"
#include "flow/state/project_object.h"
#include "flow/state/stored_entries.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/program.h"
#include "model/summary.h"
#include "tables/models.h"
#include "values/pool.h"
#include "values/transfer.h"

#include <tsl/robin_map.h>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fnlint {

// What a call is given.
struct CallInput {
  ValueId callee = {};
  ValueId arguments = {};  // Record: "0", "1", ... and names
  ValueId places =
      {};  // Record, parallel names: where an argument's object lives, where that outlives the call
  ValueId receiver_place = {};
  CallMode mode{};
  CallSite at = {};
  bool in_init = false;  // stands in a module's initialiser
  FunctionId from = {};  // the function of `at` in which it stands
  bool by_runtime = false;  // for an event: it has these arguments each time
  bool in_event = false;    // by what the runtime calls: no caller is left that may be an initialiser
};
// A change of an object that the caller may hold: of the receiver, or of an argument.
struct Change {
  bool into_receiver = true;
  std::string argument = {};
  StoreKind how{};
  ValueId key = {}, value = {};
};
// What a call does and gives. `steps` are in the caller's terms.
struct Outcome {
  ValueId value = {};
  std::vector<Step> steps = {};
  std::vector<Change> changes = {};
  ValueId place = {};    // of the value, where that lives longer than the call
  ValueId invoked = {};  // what the callbacks that it ran gave
  FactSet on_return = {};
  std::vector<ValueId> sets = {};  // variables and fields that are assigned when it returns
  bool returns = true;
  bool understood = true;  // false: nothing is known of the callee
  bool gives_receiver = false;  // the value is the receiver, changed
  bool task = false;       // the value must be awaited, or work is left running
  FactSet task_holds = {};  // hold if any is
  // The call leaves something running that its value is not awaited for: the row that says so.
  std::uint32_t started = UINT32_MAX;
  bool told_by_callback = false;  // `started`: a callback is told of the end
  bool guessed_task = false;      // a task by the method's name alone
  bool task_of_callback = false;  // a callback's own, beside the one that it follows
  // The value is a list of tasks, which nobody waits for by waiting for the list: the row.
  std::uint32_t task_list = UINT32_MAX;
  std::vector<ValueId> asked = {}, needed = {};  // given values: may be missing, must be there
};

// An instance of a handler's class, which lives as long as the module, and where it lives.
struct HandlerObject {
  ValueId instance = {}, place = {};
  std::vector<Step> steps = {};  // of its construction, at init
  std::vector<Unfollowed> unfollowed = {};
};

// When a server calls what an application registered for its own life: as it starts, as it stops,
// or around both (a generator, which yields in between).
enum class HookTime : std::uint8_t { Start, Stop, Around };
struct AppHook {
  HookTime time{};
  ValueId function = {};
  friend bool operator==(const AppHook&, const AppHook&) = default;
};

// A function that a library calls when an event comes, and what it gives it where that is known.
struct LaterCall {
  ValueId function = {};
  ValueId arguments = {};
  ClassId handler = {};  // of a class of the same module: it is called for that handler alone
};

// A module variable, once its module's initialiser has run.
struct GlobalState {
  ValueId initial = {};
  bool rebound = false;  // a function other than the initialiser assigns it
  std::vector<ValueId> stored =
      {};  // what those assignments stored, where that is free of their own parameters
  StoredEntries inside = {};  // of its contents, which functions change
};

struct LibraryCall;  // flow/engine/library_call.h

// Makes a Summary of each function that something reaches, callees first, over the code form and
// the library models. Knows no template. One engine serves one program; serial.
class Engine {
 public:
  Engine(ValuePool& pool, const Program& program);

  // The value that a module gives under a name once it is loaded. No id: there is none.
  ValueId exported(ModuleId module, std::string_view name);
  // Whether the module's initialiser has been summarised without an end by an unconditional raise.
  const Summary& initialiser(ModuleId module);
  // A type with arguments: a client of something, of a table's rows, is its maker's alone.
  [[nodiscard]] bool is_generic(ModuleId module, TypeId type) const;
  // A client that a member is by the declared types of what it is read of; no id: nothing says so.
  ValueId declared_client(ValueId base, std::string_view name);
  // Where a module keeps what it gives under a name; no id: in no variable of its own.
  ValueId exported_place(ModuleId module, std::string_view name);
  // A factory of closures that live as long as the module.
  bool is_called_at_init_only(FunctionRef function) const;
  const Summary& summary(FunctionRef function);
  // The same, of what the runtime calls: its arguments are known from the beginning.
  const Summary& entered(FunctionRef function, ValueId arguments);
  // Limits that what was called since they were last taken came to: CutFlags.
  std::uint8_t take_cuts() { return std::exchange(cuts_, std::uint8_t{0}); }
  void note_cut(std::uint8_t limits) { cuts_ |= limits; }
  // Calls of libraries that nothing is known of, made since they were last taken: each library
  // once.
  std::vector<Unfollowed> take_unfollowed() { return std::exchange(unfollowed_, {}); }
  void note_unfollowed(std::string_view library, CallSite at);
  void note_unfollowed(const std::vector<Unfollowed>& of_callee);
  // What calling this value does. Used by the walk of bodies, and by the join for handlers.
  Outcome call(const CallInput& invocation, int depth);

  // A call that is kept until its callee, or what it depends on, is known.
  Outcome call_unknown(const CallInput& invocation);

  // Functions that initialisers handed to a library to be called later (routes): for handlers of
  // these modules.
  const std::vector<LaterCall>& later(ModuleId module) const { return later_[module.index]; }
  // Functions that a module handed to a library for the life of its application.
  const std::vector<AppHook>& hooks(ModuleId module) { return hooks_[module.index]; }
  // What a module's initialiser (main, called at its end) handed to the runtime to be called with
  // each event: `entry` of a library model. A function, or an object with a method for it.
  const std::vector<ValueId>& entries(ModuleId module) { return entries_[module.index]; }
  // The one instance of a handler's class: constructed without arguments when it is first asked for.
  const HandlerObject& handler_object(ModuleId module, ClassId type);
  // Objects of the class are made anew for each request: by a framework that calls their methods.
  void set_per_request(ProjectObject type);
  [[nodiscard]] bool is_per_request(ProjectObject type) const;
  // The import row that binds a variable; no row: UINT32_MAX.
  std::uint32_t import_of(ModuleId module, VariableId variable);
  AlsoAssigned also_assigned(ModuleId module, VariableId variable);
  // What holds where an import that stands in a part of a branch of the module's initialiser is
  // executed; nothing: it never is.
  std::optional<FactSet> loaded_where(ModuleId module, const Import& row);
  // What a part of a branch of the module's initialiser begins with.
  void note_arm(ModuleId module, OpId branch, bool holds, bool reachable, const FactSet& facts);
  // What the imports bind a variable to: of several, each where its own part of a branch is taken.
  ValueId imported(ModuleId module, VariableId variable);
  void add_later(ModuleId module, LaterCall call) { later_[module.index].push_back(call); }
  // Whose registration it is that stands in `written`: that of the module whose initialiser asks
  // for it, `exports.handler = pipeline(work)`, and not of the one that all of them ask.
  [[nodiscard]] ModuleId registrant(bool in_init, ModuleId written) const {
    return in_init && initialising_.exists() ? initialising_ : written;
  }
  [[nodiscard]] bool is_registered(ValueId function) const;
  void add_hook(ModuleId module, AppHook hook);
  void add_entry(ModuleId module, ValueId function);
  // Calls that hand functions to a library which no row describes: it may call them at once, or
  // keep them for later (routes, commands of a bot, dependencies of a route).
  void add_handover(CallSite at) { handovers_.insert(at); }
  bool hands_over(CallSite at) const { return handovers_.contains(at); }

  ValueId member_of(ValueId base, std::string_view name);
  ValueId member_of_each(ValueId base, std::string_view name);
  // What a library says that an operator, by its name in values/compute.h, gives over its object,
  // and what the object is as a text. No id: no row says so.
  ValueId operated(std::string_view function, ValueId left, ValueId right);
  ValueId text_of(ValueId object);
  ValueId index_of(ValueId base, ValueId index);
  // A function that an object of JavaScript holds, called on it: `routes.pay(event)`. Any other
  // value is as it is.
  ValueId bound_to_record(ValueId function, ValueId record);
  // A receiver as the base class has it, in a method of this class.
  ValueId super_of(ValueId receiver, ModuleId module, ClassId type);
  // The library path by which a model would know this value: empty when it has none.
  std::string library_path(ValueId value) const;
  // What a module variable holds; one that an import binds and assignments, too, is any of these.
  ValueId global(ModuleId module, VariableId variable);
  ValueId global_place(ModuleId module, VariableId variable);
  // What the module variable holds that a place is; no id: it is none.
  ValueId held_at(ValueId place);
  GlobalState& global_state(ModuleId module, VariableId variable);
  // Whether functions assign the module variable that a place is.
  bool is_rebound(ValueId place);
  // Whether functions of the module's unit other than constructors assign a field of that name, of
  // whatever object.
  bool is_assigned_field(ModuleId module, std::string_view name);
  // Expressions that stand in another value as a part of it: `[one]`, `{user: one}`, `one || two`.
  const std::vector<bool>& parts_of_values(ModuleId module);
  const std::vector<bool>& reads_to_release(ModuleId module);
  // What calls gave that parameters' defaults are made of, where these live as long as the module.
  void keep_default(CallSite call, ValueId given) { defaults_[pack(call)] = given; }
  [[nodiscard]] ValueId kept_default(CallSite call) const {
    const auto found = defaults_.find(pack(call));
    return found == defaults_.end() ? ValueId{} : found->second;
  }
  // Another module's function binds the variable anew.
  void add_rebound(ModuleId module, GlobalState& global) {
    if (!global.rebound) want_second_round(module);
    global.rebound = true;
  }
  // A function changes what is inside of the module variable that a place is a part of.
  void add_stored(ValueId place, ValueId key, ValueId value, StoreKind how);
  // The same of a module that does so while it is loaded, so that it is there for all that follow.
  void add_registered(ValueId place, ValueId key, ValueId value, StoreKind how);
  ValueId import_value(ModuleId module, const Import& row, std::size_t index);
  ValueId class_value(ModuleId module, ClassId type);
  // A class's member as it is written there or in a base class, whatever it is read of; no id:
  // none.
  ValueId written_member(ProjectObject type, std::string_view name) {
    return class_member(type.module, type.type, name, {}, 0);
  }
  // The value that a declared type stands for: an object of a library, an instance of a class of
  // the project (of an interface: of the one class that implements it). No id: it says nothing.
  ValueId typed(ModuleId module, TypeId type);
  // The same, but for what a container of dependencies provides: of a class itself.
  ValueId typed_alone(ModuleId module, TypeId type);
  // What such a container gives for a class: `injector.getInstance(Orders.class)`. No id: nothing
  // says what.
  ValueId object_for(ModuleId module, ValueId type);
  // The value, or what its declared type stands for where nothing is known of it.
  ValueId refined(ValueId value, ModuleId module, TypeId type);
  // The same of what was open when its type was met.
  ValueId declared_later(ValueId value, std::string_view place);
  // A class by what an expression or a type names; none: it is no class of the project.
  ProjectObject named_class(ModuleId module, VariableId variable, std::string_view inner);
  // Of a name that neither its file nor its package has: the class of a base class, which classes
  // below that name without it.
  ProjectObject inherited_class(ModuleId module, VariableId variable);
  // ... and the field or property of `receiver` that a base class has; no id: none.
  ValueId inherited_field(FunctionRef from, VariableId variable, ValueId receiver);
  // What becomes of the calls' results inside their functions.
  const CallUses& uses_in(ModuleId module);
  // An asynchronous function of which something may still run when the call has returned.
  bool leaves_task(FunctionRef function);
  [[nodiscard]] bool has_cold_tasks(ModuleId module) const;
  // Variables of enclosing functions that the function, or one inside it, uses.
  const std::vector<VariableId>& captures(FunctionRef function);
  ValueId substitute(ValueId value, const Substitution& substitution);
  // What an unknown call does by its receiver's declared type, where nobody is left to tell more of
  // the receiver; none: that says nothing.
  std::optional<Outcome> settled(const Step& step);
  // A Computed of this name anew, with what modules and library models know.
  ValueId recompute(std::string_view name, std::span<const ValueId> operands, int depth);

  ValuePool& pool() { return pool_; }
  const ValuePool& pool() const { return pool_; }
  const Program& program() const { return program_; }
  const CodeFacts& facts(ModuleId id) const { return program_.facts(id); }
  Language language(ModuleId id) const { return program_.facts(id).language; }
  // Of the function that is being followed.
  [[nodiscard]] Language spoken() const { return spoken_; }
  Language speak(Language language) { return std::exchange(spoken_, language); }
  // Units of which a second round would know more: functions assign their modules' variables.
  [[nodiscard]] const std::set<std::uint32_t>& wants_second_round() const {
    return assigned_units_;
  }
  // Whether its unit is one of them, and the first round is not over: what is found now is not all.
  [[nodiscard]] bool is_walked_again(ModuleId module) const {
    return !second_round_ && assigned_units_.contains(program_.modules[module.index].unit);
  }
  // What was made of these units is forgotten.
  void begin_second_round();
  // The program has grown by units of their own: their modules are walked in a first round.
  void begin_units();
  // What is called from here on counts against a new kFollowedCalls: once for each function that is
  // joined.
  void begin_function() { calls_left_ = kFollowedCalls; }
  // What was made of the units so far is forgotten.
  void end_units();
  // Takes what functions of its units keep in module variables from an engine that has not ended
  // them, for whoever asks for those units again.
  void keep_stored(const Engine& other, ValueTransfer& transfer);
  // Takes what another engine of the program keeps so, of whose pool this one's is a copy.
  void keep_stored(const Engine& other);

  // What `type_is` asks of a class of the project, as third operand: itself and all below it. No
  // id: it is none, or of an interface that any class may have without saying so.
  ValueId classes_that_are(ModuleId module, std::string_view type);

 private:
  class Application;  // flow/calls/engine_apply.cpp
  struct TypeName {
    std::uint32_t import = UINT32_MAX;  // the row of imports that it begins with
    std::string inner = {};             // what is named in that
    bool is_whole = false;              // the path begins with the import's own
  };
  TypeName name_of(ModuleId module, TypeId id);
  // The path by which library models know a declared type; empty: it is the project's.
  std::string declared_path(ModuleId module, TypeId id);
  // What declarations say that an expression is: a library's type by its path, a class of the
  // project.
  struct StaticType {
    std::string path = {};
    ProjectObject own = {};
    ModuleId module = {};  // where it is declared, with what it is made of: `List<Order>`
    TypeId type = {};
  };
  StaticType declared_as(ModuleId module, TypeId type);
  StaticType static_type(ModuleId module, ExprId expr, int depth);
  StaticType found_static_type(ModuleId module, ExprId expr, int depth);
  StaticType type_of_call(ModuleId module, const Call& call, int depth);
  StaticType type_given(ModuleId module, const Call& call, std::string_view gives);
  StaticType type_of_own_call(ProjectObject own, std::string_view name);
  // Of what it holds, where it is a list, a stream, a map's values or an Optional.
  StaticType element_type(ModuleId module, ExprId expr, int depth);
  StaticType found_element_type(ModuleId module, ExprId expr, int depth);
  StaticType type_of_parameter(ModuleId module, VariableId variable, int depth);
  StaticType type_of_result(ModuleId module, FunctionId function, int depth);
  // A method of what nothing but a declaration knows: of a class of the project, or of a library
  // that computes. None: it says nothing either.
  std::optional<Outcome> call_declared(const LibraryCall& call, bool settled);
  // Containers of dependencies: flow/calls/providers.cpp.
  class InComponent;
  ValueId wrapped(ModuleId module, TypeId type, Slice<Annotation> notes);
  const ProviderIndex& providers_in(std::uint32_t unit);
  void add_bindings(ModuleId module, ProviderIndex& index);
  bool is_same_type(ModuleId one, TypeId left, ModuleId other, TypeId right, int depth);
  bool gives(const Provider& provider, const Asked& asked);
  std::optional<std::string> dependency_name(ModuleId module, Slice<Annotation> notes);
  std::string bean_name(const Provider& provider);
  bool agrees(const Provider& provider, const std::optional<std::string>& name);
  void keep_marked(const Asked& asked, std::vector<const Provider*>& found);
  const ComponentScope& scope_of(ProjectObject component);
  const Provider* provider_of(const Asked& asked, bool& guessed);
  const Provided& given_by_provider(const Provider& provider);
  ValueId given_to(ModuleId module, const Parameter& parameter);
  ValueId provided(ProjectObject type);  // a class
  ValueId provided(const Asked& asked);
  ValueId provided(ModuleId module, TypeId type, Slice<Annotation> notes, std::string_view name);
  bool is_component(ProjectObject type);
  // What a build makes of a component; no id: the symbol is none.
  ValueId generated_component(const ImportTarget& target, std::string_view symbol);
  void forget_given();      // of the round
  void forget_providers();  // of the units
  std::optional<FunctionRef> component_method(ProjectObject type, std::string_view name, int depth);
  // A method that a container writes. None: it is another one.
  std::optional<Outcome> call_component(const CallInput& invocation, ValueId receiver,
                                        std::string_view name);
  [[nodiscard]] bool is_typed_alone(ValueId value, bool settled) const;
  bool is_generated(ProjectObject type, std::string_view method);
  bool is_component(ProjectObject type, std::string_view method);
  bool is_written(ProjectObject type, std::string_view method);
  // The row of a method by its name alone, or by its receiver's declared type; null: none.
  const LibraryModel* model_by_name(const LibraryCall& call);
  bool answers_for_nothing(const CallInput& invocation, ValueId receiver);
  std::optional<Outcome> made_of_name(const CallInput& invocation);
  // The class of the project that a declaration names; none: it names another.
  ProjectObject declared_class(ModuleId module, TypeId id);
  ProjectObject class_in_bases(ProjectObject type, std::string_view name, int depth);
  // The class of a library that computes, which the project's derives from; no id: none.
  ValueId computing_base(ProjectObject type, int depth);
  ValueId classes_that_are(ProjectObject wanted);
  ValueId named_below(ProjectObject wanted);
  struct ModuleState {
    bool started = false, done = false;
    Summary initialiser = {};
    std::unordered_map<std::uint32_t, GlobalState> globals = {};
    // While the unit is in work: its own variables by name; rows of imports by the variable that
    // they bind, UINT32_MAX for others.
    tsl::robin_map<std::string_view, VariableId> names = {};
    std::vector<std::uint32_t> imports = {};
    std::vector<AlsoAssigned> also_assigned = {};
    std::vector<ExprId> sole_values = {};
    std::vector<ExprId> iterated = {};
    std::vector<OpId> passed_to = {};
    std::unordered_map<std::uint32_t, StaticType> static_types = {}, element_types = {};
    bool indexed = false;
    std::set<std::string> assigned_members = {};
    bool members_indexed = false;
    std::vector<bool> parts_of_values = {}, reads_to_release = {};
    std::map<std::pair<OpId, bool>, std::optional<FactSet>> arms =
        {};  // of its initialiser's branches
  };
  void want_second_round(ModuleId module) {
    if (!second_round_) assigned_units_.insert(program_.modules[module.index].unit);
  }
  std::vector<ValueId> imported_in_parts(ModuleId module);
  ValueId asked_of_made(Opcode asked, std::span<const ValueId> operands);
  template <class Forgets>
  void forget_summaries(const Forgets& forgets);
  void run_initialiser(ModuleId module);
  ValueId assigned_global(ModuleId module, VariableId variable);
  // The class that a variable names and nothing else, also while the class is being made.
  ValueId class_or(ValueId place, ModuleId module, VariableId variable);
  void mark_changed_inside(ModuleId id);
  template <class Note>  // bool(StoredEntries&): whether there is more
  void note_inside(ValueId place, const Note& note);
  ValueId written_place(ModuleId id, ExprId expr);
  void index_module(ModuleId module);
  ValueId module_member(ModuleId module, std::string_view name);
  ValueId starred(ModuleId id, std::string_view name);
  ValueId as_changed_since(ModuleId id, std::string_view name, ValueId exported_value);
  ValueId library_member(ValueId base, std::string_view name);
  CallInput with_bound(const CallInput& invocation);
  CallInput with_given_receiver(const CallInput& invocation);
  CallInput with_receiver_first(const CallInput& invocation, ValueId receiver);
  CallInput with_first_as_receiver(const CallInput& invocation, ValueId function);
  CallInput with_receiver_and_list(const CallInput& invocation, ValueId function);
  Outcome decorate(const CallInput& invocation, int depth);
  ValueId folder_member(std::string_view path, std::string_view name);
  ValueId written_name(ValueId callable);
  ValueId instance_member(ValueId object, std::string_view name);
  ValueId called_member(ValueId receiver, std::string_view name, ModuleId caller = {});
  // What the base classes of a class have; `value`: a receiver as its base class has it.
  ValueId base_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                      int depth);
  ValueId super_member(ValueId value, std::string_view name);
  // Of a class or its bases, bound to the receiver, where there is one.
  ValueId class_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                       int depth);
  [[nodiscard]] bool wraps(const CallInput& annotation) const;
  Outcome call_method(const CallInput& invocation, int depth);
  Outcome call_on_alternatives(const CallInput& invocation, int depth);
  ValueId attribute_of(ValueId base, const LibraryModel& model, const std::string& path,
                       std::span<const NamedValue> arguments);
  Outcome call_under_conditions(const CallInput& invocation, ValueId callee,
                                std::span<const ValueId> tests, int depth);
  ValueId component_read(const CallInput& invocation, ValueId receiver, ValueId member);
  bool is_attribute(ValueId receiver, ValueId member) const;
  ValueId loose_entries(const CodeFacts& code, const Function& function, std::size_t position,
                        ValueId arguments);
  Outcome call_function(const CallInput& invocation, int depth);
  Outcome call_event(const CallInput& invocation, ValueId receiver, ValueId name);
  ValueId event_member(ValueId event, std::string_view name);
  ValueId static_attribute(ProjectObject type, std::string_view name, ValueId initial);
  ValueId member_by_value(ProjectObject type, ValueId arguments);
  Outcome construct(const CallInput& invocation, int depth);
  ValueId kept_by_class(const CallInput& construction, ProjectObject type, std::vector<Step>& steps,
                        std::vector<NamedValue>& first, int depth);
  void add_left_fields(ProjectObject type, std::uint64_t site, std::vector<NamedValue>& fields);
  void add_initialized(ProjectObject type, ValueId arguments, std::vector<NamedValue>& fields);
  FunctionId constructor_for(ModuleId module, ClassId type, ValueId arguments) const;
  [[nodiscard]] bool is_overload(ValueId callee) const;
  bool may_be(ValueId value, ModuleId module, TypeId id);
  [[nodiscard]] bool is_object(ValueId declared) const;
  [[nodiscard]] std::string_view declared_type(ValueId value) const;
  bool takes_values(FunctionRef ref, ValueId arguments);
  ValueId overload_for(ValueId callees, ValueId arguments);
  ValueId bound_method(ValueId function, ValueId owner, ValueId receiver, int depth);
  [[nodiscard]] bool is_getter(ValueId value) const;
  ValueId instance_of(ProjectObject type);
  ValueId any_instance(ProjectObject type, std::span<const ProjectObject> all);
  // The classes that can stand for an abstract one, a few at most; the class itself otherwise.
  // `as`: the type as the asking module writes it, whose arguments choose among them.
  std::vector<ProjectObject> implementers_of(ProjectObject type, ModuleId asking = {},
                                             TypeId as = {});
  bool derives_as(ProjectObject one, ProjectObject base, ModuleId module, TypeId as);
  ValueId bare_instance(ProjectObject made);
  ValueId made_instance(ProjectObject made, bool guessed);
  const std::set<std::string>& written_methods(std::uint32_t unit);
  // The call that a method of a function that is a value makes of just that function.
  std::optional<CallInput> call_by_method(ValueId function, std::string_view method,
                                          const CallInput& invocation);
  // A function of the unit that is called as a method of its first argument; no id: none.
  ValueId extension_method(ValueId receiver, std::string_view name, const CallInput& invocation);
  bool is_service(ValueId declared);
  bool is_plain(ValueId declared);
  ProjectObject class_of(ModuleId module, ExprId expr);
  ProjectObject declared_class(ValueId value, int depth);
  ProjectObject class_named(ModuleId module, std::string_view name);
  const std::vector<ProjectObject>& parts_of(ProjectObject type);
  [[nodiscard]] ValueId given_first(ProjectObject type, std::string_view name, ValueId owner,
                                    ValueId receiver) const;
  ValueId own_member(ProjectObject type, std::string_view name, ValueId receiver, int depth);
  const Field* declared_field(ProjectObject type, std::string_view name, ModuleId& module);
  void index_subclasses(std::uint32_t unit);
  const std::set<std::string>& assigned_members(ModuleId module);
  ValueId with_opened_fields(ValueId instance, int depth = 0);
  ValueId as_left_by_methods(ValueId object, FunctionRef method);
  bool is_reassigned(ProjectObject type, std::string_view field);
  void add_declared_fields(const Class& type, const CodeFacts& code, ValueId arguments,
                           std::vector<NamedValue>& fields);
  void add_declared_defaults(const CallInput& construction, ModuleId module, ClassId type,
                             std::vector<NamedValue>& fields, std::vector<Step>& steps);
  Outcome call_library(const CallInput& invocation, int depth);
  // What holds once a call has come back; false: it never does.
  ValueId promise_of(const Outcome& outcome);
  void add_got(const LibraryCall& call, const LibraryModel& row, Outcome& out);
  Outcome call_alternatives(const CallInput& invocation, int depth);
  ValueId bound_parameter(const CodeFacts& code, FunctionRef function, std::size_t position,
                          ValueId arguments);

  std::optional<Summary> walked(FunctionRef function, std::span<const ValueId> given);

  struct Entered {
    ValueId arguments = {};
    Summary summary = {};
  };
  ValuePool& pool_;
  const Program& program_;
  std::vector<ModuleState> modules_;
  std::vector<std::vector<LaterCall>> later_;
  std::vector<std::vector<AppHook>> hooks_;
  std::unordered_map<std::uint64_t, Summary> summaries_;
  std::unordered_map<std::uint64_t, Entered> entered_;
  std::unordered_map<std::uint64_t, ValueId> returned_places_;  // of functions: Registry::get()
  std::set<std::uint64_t> in_progress_;
  // How many calls of a site to one callee are being settled inside of each other.
  std::map<std::pair<std::uint64_t, std::uint32_t>, int> settling_;
  std::unordered_map<std::uint64_t, std::vector<VariableId>> captures_;
  std::unordered_map<std::uint32_t, ValueId> accessed_;  // what accessors give, by the bound method
  std::unordered_map<std::uint64_t, ValueId> defaults_;
  std::unordered_map<std::uint64_t, ValueId> classes_;
  std::unordered_map<std::uint64_t, std::set<std::uint64_t>> callers_;  // initialisers as 0
  std::unordered_map<std::uint64_t, ValueId> typed_, instances_, classes_below_;
  std::unordered_map<std::uint64_t, ProjectObject> declared_;
  std::unordered_map<std::uint32_t, ProviderIndex> providers_;  // by unit
  std::unordered_map<std::uint64_t, ComponentScope> component_scopes_;
  ProjectObject component_ = {};  // of which is asked what it provides
  std::map<std::pair<std::uint64_t, std::uint64_t>, Provided> given_;  // by it and the provider
  // What was typed within the other components.
  std::map<std::uint64_t, std::pair<std::unordered_map<std::uint64_t, ValueId>,
                                    std::unordered_map<std::uint64_t, ValueId>>>
      aside_;
  std::vector<Step>* provided_steps_ = nullptr;  // where what providers do is kept, if anywhere
  std::unordered_map<std::uint64_t, HandlerObject> handlers_;
  std::set<std::uint64_t> per_request_;  // classes, by the same keys
  std::unordered_map<std::uint64_t, std::vector<ProjectObject>> subclasses_;
  std::set<std::uint32_t> units_with_subclasses_;
  // By unit and name: functions that are called as methods of their first argument.
  std::unordered_map<std::uint32_t, std::unordered_map<std::string, std::vector<FunctionRef>>>
      extensions_;
  std::unordered_map<std::uint32_t, std::set<std::string>> written_methods_;  // by unit
  std::unordered_map<std::uint64_t, std::vector<ProjectObject>> parts_;
  std::unordered_map<std::uint32_t, std::set<std::string, std::less<>>>
      assigned_fields_;  // by unit
  std::unordered_map<std::uint32_t, std::unordered_set<std::string>>
      members_assigned_in_;  // likewise: of variables of modules, by their names
  std::vector<std::vector<ValueId>> entries_;
  std::set<CallSite> handovers_;
  ModuleId initialising_ = {};
  Language spoken_ = Language::Unknown;
  std::unordered_map<std::uint32_t, CallUses> call_uses_;  // by module
  std::size_t first_open_ = 0;  // the first module of the units in work
  int nesting_ = 0, accessors_ = 0;
  std::uint8_t cuts_ = 0;
  std::vector<Unfollowed> unfollowed_;
  std::map<std::uint64_t, ProjectObject> inherited_classes_;  // by module and variable
  std::size_t calls_left_ = kFollowedCalls;
  std::set<std::uint32_t> assigned_units_;
  bool second_round_ = false;
};

// Calls of calls that are still followed, whatever they do: a bound on the machine's own stack.
inline constexpr int kNesting = 64;
inline constexpr int kAccessors = 6;  // properties that are read in properties
// The name under which a bound method captures its receiver.
inline constexpr std::string_view kThis = "<this>";

// A method that is called, by its receiver and name: kept apart from the member, which for an
// event's field is a path.
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name);
// What a call that waits for its callee gives.
ValueId given_by(ValuePool& pool, const CallInput& call);
// That it has come back.
ValueId returned_test(ValuePool& pool, const CallInput& call);
// Whether a value could still turn into something of the project once it is substituted.
bool is_open(const ValuePool& pool, ValueId value);
// An interface, a trait, an abstract class: methods without a body, and nothing to construct.
bool is_abstract(const CodeFacts& code, const Class& type);
// Nothing is known of it, and no caller will tell more.
bool is_unsettled(const ValuePool& pool, ValueId value);
// A value with the declared type that says what it is where nothing else does.
inline constexpr std::string_view kDeclared = "declared";

bool is_method(const ValuePool& pool, ValueId callee);
// Whether a method of functions calls them with a receiver that it is given: `f.call(object, a)`,
// `f.apply(object, [a])`.
bool hands_receiver(Language language, std::string_view method);
// Whether it is a receiver as its base class has it.
bool is_super(const ValuePool& pool, ValueId value);

// The place of a positional argument in a record of arguments: of "0", "1", ... None: it is named.
std::optional<std::size_t> position_of(std::string_view name);

// The position of the parameter that a hole stands for: its text is "0:name".
std::size_t position_of_hole(std::string_view text);

}  // namespace fnlint
