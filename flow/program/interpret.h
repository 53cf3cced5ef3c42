// The interpreter for programs that describe a deployment, such as CDK apps.
#pragma once

#include "flow/syntax/program.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fnlint {

// Runs a program of the project over the code form, as far as that is known without running it:
// functions of the project are entered, loops over known lists are unrolled, what is not known is a
// value of its own. A branch that is not decided is followed both ways; what either does holds
// under a condition. Libraries are the host's.
using DatumId = Id<struct DatumTag>;
using FrameId = Id<struct FrameTag>;
using ConditionId = Id<struct ConditionTag>;

enum class DatumKind : std::uint8_t {
  Absent,  // undefined, a parameter that is not given
  Null,
  Bool,
  Number,
  Text,
  List,      // slots
  Record,    // slots by name
  Function,  // a closure; `receiver` where it is bound to one
  Class,     // of the project: slots are its members, `receiver` its base
  Object,   // slots are its fields; text: the library's class that it is, or that its class extends
  Super,    // of an object, seen from the class `home`
  Library,  // text: path
  Module,   // of the project
  Token,    // a value that a deployment gives: text is a function, slots its operands
  Choice,   // slots: where the condition holds, and where it does not
  Unknown,  // text: why
};

// Known to the deployment, if to anybody.
constexpr bool is_deployed(DatumKind kind) {
  return kind == DatumKind::Token || kind == DatumKind::Unknown;
}

struct CodePlace {
  ModuleId module = {};
  Range range = {};
};
struct Slot {
  std::string name = {};
  DatumId value = {};
  CodePlace key = {}, where = {};
};

struct Datum {
  DatumKind kind{};
  bool truth = false;
  bool open = false;       // List, Record: more may follow that is not known
  std::uint32_t path = 0;  // what held where it was made: row of Interpreter's paths
  double number = 0;
  std::string text = {};
  std::vector<Slot> slots = {};
  FunctionRef function = {};
  FrameId frame = {};  // Function, Class: where it was made
  DatumId receiver = {}, home = {};
  ModuleId module = {};
  ClassId type = {};
  ConditionId condition = {};
  std::uint32_t row = UINT32_MAX;  // the host's own
  CodePlace where = {};
};

// One condition of the path to where the program is.
struct PathTest {
  ConditionId condition = {};
  bool holds = true;
  OpId until = {};  // the loop or block after which it says nothing; none: the function
  ExitKind left{};  // how the other way left it
};

struct Arguments {
  std::vector<Slot> given = {};  // names: "0", "1", ... or as given
  bool open = false;             // more may follow that is not known
};

class Interpreter;

// A call of what is not the project's.
struct LibraryUse {
  std::string path = {};  // of a function or class; of a method: its name
  DatumId receiver = {};  // of a method
  DatumId self = {};      // the object of a project's class that extends the library's
  const Arguments& arguments;
  bool constructs = false;
  Language language{};
  CodePlace where = {};
};

class InterpreterHost {
 public:
  virtual ~InterpreterHost() = default;
  virtual DatumId call(Interpreter& program, const LibraryUse& use) = 0;
  // Of a library's object or path. No id: it has none of that name that the host knows.
  virtual DatumId member(Interpreter& program, DatumId object, std::string_view name) = 0;
  // The program sets a member of a library's object. False: the object keeps it like any other.
  virtual bool assign(Interpreter&, DatumId, std::string_view, const Slot&) { return false; }
  // One name for all that programs and languages call a library's function, class or enumerator.
  virtual std::string canonical(std::string_view path) { return std::string(path); }
  // A call of what is not known: it may do anything with what it is given.
  virtual void missed(Interpreter&, std::string_view /*why*/, const Arguments&, CodePlace) {}
  // Whether a value is of a library's type; nothing: that is not known.
  virtual std::optional<bool> is_a(Interpreter&, DatumId, std::string_view) { return {}; }
  // The directory of a module, or its file, as the program would see it.
  virtual std::string file_of(ModuleId module) = 0;
};

class Interpreter {
 public:
  Interpreter(const Program& program, InterpreterHost& host) : program_(program), host_(host) {}

  // Runs the module as a program.
  [[nodiscard]] ModuleId entry() const { return entry_; }
  void run(ModuleId entry);
  // Why it did not come to its end; empty: it did.
  [[nodiscard]] const std::string& stopped() const { return stopped_; }
  // Where it raises, whatever it is given; no module: nowhere.
  [[nodiscard]] CodePlace raised() const { return raised_; }
  // Bytes that the host keeps count as the program's own.
  void hold(std::size_t bytes) { bytes_ += bytes; }
  // No further values should be made.
  [[nodiscard]] bool exhausted() const { return bytes_ >= kBytes; }

  [[nodiscard]] const Datum& operator[](DatumId id) const { return data_[id.index]; }
  [[nodiscard]] Datum& change(DatumId id) { return data_[id.index]; }
  [[nodiscard]] const Program& program() const { return program_; }

  // Values.
  DatumId absent() { return simple(DatumKind::Absent); }
  DatumId null() { return simple(DatumKind::Null); }
  DatumId boolean(bool value);
  DatumId number(double value);
  DatumId text(std::string value);
  DatumId list(std::vector<Slot> items, bool open = false);
  DatumId record(std::vector<Slot> entries, bool open = false);
  DatumId token(std::string_view function, std::span<const DatumId> operands);
  DatumId unknown(std::string why);
  DatumId library(std::string path);
  DatumId object(std::string path, std::vector<Slot> fields);
  DatumId choice(ConditionId condition, DatumId yes, DatumId no);
  DatumId module_value(ModuleId module);

  // The value where the program is: of a choice that the path decides, its branch.
  [[nodiscard]] DatumId settled(DatumId id) const;
  [[nodiscard]] bool is(DatumId id, DatumKind kind) const {
    return id.exists() && data_[id.index].kind == kind;
  }
  [[nodiscard]] std::optional<std::string_view> text_of(DatumId id) const;
  [[nodiscard]] const Slot* slot(DatumId id, std::string_view name) const;
  // The name of the entry under a key: its text, also of a number.
  [[nodiscard]] std::optional<std::string> name_of(DatumId key);
  // Sets an entry, as far as the path to here goes beyond where the holder was made.
  void set(DatumId holder, std::string_view name, DatumId value, CodePlace key, CodePlace where);
  void append(DatumId list, DatumId value, CodePlace where);
  // The entries of a value after those that are there, of the same name in their place.
  void spread_into(std::vector<Slot>& entries, DatumId value, bool& open);
  // Under a key that is a value. False: which entry that is, is not known, or it is none.
  bool set_under(DatumId holder, DatumId key, const Slot& entry);
  DatumId member(DatumId base, std::string_view name);
  DatumId concat(std::vector<DatumId> parts);
  DatumId equal(DatumId a, DatumId b);
  DatumId negated(DatumId a);
  DatumId printed(const Arguments& arguments);  // a format with its values, as Go's fmt has them
  DatumId call(DatumId callee, const Arguments& arguments, CodePlace where);
  DatumId call_method(DatumId base, std::string_view name, const Arguments& arguments,
                      CodePlace where);
  DatumId construct(DatumId type, const Arguments& arguments, CodePlace where);

  // Conditions.
  [[nodiscard]] const std::vector<PathTest>& path() const { return path_; }
  [[nodiscard]] DatumId test_of(ConditionId id) const { return conditions_[id.index]; }
  [[nodiscard]] std::size_t condition_count() const { return conditions_.size(); }
  // Whether a value counts as true; Token or Unknown where that is not known.
  DatumId truth(DatumId value);
  // The condition that a test stands for. Nothing: it is decided, see truth().
  ConditionId condition_of(DatumId test);
  // The same, of what a negation negates: the condition, and what it has to be.
  std::pair<ConditionId, bool> decision_of(DatumId test);
  // Goes on under one more condition, until leave().
  std::size_t enter(ConditionId condition, bool holds);
  void leave(std::size_t depth) { path_.resize(depth); }

  [[nodiscard]] CodePlace place() const { return place_; }
  [[nodiscard]] Language language() const { return language_; }

 private:
  struct Return {
    std::vector<PathTest> path = {};
    DatumId value = {};
  };
  struct Frame {
    FunctionRef function = {};
    FrameId parent = {};
    DatumId home = {};  // the class whose method this is
    DatumId receiver = {};
    std::unordered_map<std::uint32_t, DatumId> variables = {};
    std::unordered_map<std::uint32_t, std::uint32_t> paths = {};  // where each was bound first
    std::unordered_map<std::uint32_t, DatumId> results = {};
    std::vector<Return> returns = {};
    std::vector<Slot> yields = {};
    std::size_t path = 0;
  };
  struct Assumed {
    std::vector<PathTest> path = {};
    bool holds = true;
  };
  struct ModuleRun {
    bool begun = false;
    FrameId frame = {};
    DatumId exports = {};
    std::unordered_map<std::uint32_t, std::uint32_t> imports = {};  // variable to row
    std::unordered_map<std::string_view, VariableId> names = {};
  };
  // How a region was left.
  struct Flow {
    bool falls = true;
    ExitKind kind{};
    OpId target = {};
  };

  // interpret.cpp: ops
  void start_main(ModuleId entry);
  Flow region(FrameId frame, OpId first, OpId end);
  Flow step(FrameId frame, OpId at);
  Flow branch(FrameId frame, OpId at);
  Flow loop(FrameId frame, OpId at);
  Flow each(FrameId frame, OpId at, DatumId subject);
  Flow forever(FrameId frame, OpId at);
  Flow attempt(FrameId frame, OpId at);
  Flow exit(FrameId frame, OpId at);
  void assign(FrameId frame, OpId at);
  void call_op(FrameId frame, OpId at);
  Flow behind_block(std::size_t before, OpId block, const Flow& flow);
  void drop_tests(std::size_t from, OpId until, bool iteration_only);
  void join_paths(std::size_t before, ConditionId condition, const std::vector<PathTest>& yes,
                  const std::vector<PathTest>& no);
  bool spend();
  void stop(std::string why);
  void keep_result(FrameId frame, OpId op, DatumId value);
  void function_body(FrameId frame);

  // interpret_values.cpp: values
  std::uint32_t here();
  DatumId guarded(std::uint32_t made, DatumId value, DatumId old);
  DatumId add(Datum datum);
  DatumId simple(DatumKind kind);
  void assume(const PathTest& test);
  [[nodiscard]] std::optional<bool> decided(ConditionId condition) const;
  std::string key_of(DatumId id, int depth) const;

  // interpret_expressions.cpp
  DatumId evaluate(FrameId frame, ExprId expr);
  DatumId evaluate_row(FrameId frame, ExprId id, const Expr& expr);
  DatumId literal_list(FrameId frame, const Expr& expr);
  DatumId literal_record(FrameId frame, const Expr& expr);
  DatumId part(FrameId frame, const Expr& expr);
  DatumId index(DatumId base, DatumId key);
  DatumId operate(FrameId frame, const Expr& expr);
  DatumId compute(OperatorKind kind, DatumId a, DatumId b);
  DatumId contains(DatumId item, DatumId holder);
  DatumId either(FrameId frame, const Expr& expr);
  DatumId choose(FrameId frame, const Expr& expr);
  // The operation on both ways of a choice.
  DatumId lifted(DatumId choice, const std::function<DatumId(DatumId)>& make);
  DatumId part_of_path(std::string path, std::string_view name);
  DatumId character(DatumId text, double at);

  // interpret_calls.cpp: functions, classes, modules
  DatumId read(FrameId frame, VariableId id);
  void bind(FrameId frame, VariableId id, DatumId value);
  FrameId owner_frame(FrameId frame, FunctionId owner) const;
  void run_module(ModuleId module);
  DatumId exported(ModuleId module, std::string_view name, int depth);
  DatumId import_value(ModuleId module, std::uint32_t row);
  DatumId data_of_file(const std::string& file, const std::string& name);
  DatumId closure(FrameId frame, FunctionId function);
  DatumId define(FrameId frame, ClassId type);
  std::optional<bool> is_named(DatumId value, std::string_view type) const;
  FunctionId overload_of(FunctionRef called, const Arguments& arguments) const;
  void initialise_class(FrameId frame, DatumId type);
  void declared_region(FrameId frame, const Function& body, bool declares);
  static bool is_assigned_result(const CodeFacts& code, OpId at_op, OpId result);
  DatumId call_function(DatumId function, const Arguments& arguments, CodePlace where);
  DatumId settle_promise(DatumId base, std::string_view name, const Arguments& arguments,
                         CodePlace where);
  DatumId not_understood(const std::string& why, const Arguments& arguments, CodePlace where);
  DatumId call_library(std::string path, DatumId receiver, const Arguments& arguments,
                       CodePlace where, bool constructs);
  void construct_into(DatumId object, DatumId type, const Arguments& arguments, CodePlace where);
  void initialise(DatumId object, DatumId type);
  void bind_parameters(FrameId frame, const Arguments& arguments);
  DatumId class_member(DatumId type, std::string_view name, DatumId receiver);
  [[nodiscard]] bool is_filled_by_library(DatumId type) const;
  DatumId returned(FrameId frame);
  DatumId home_of(FrameId frame) const;
  DatumId super_of(FrameId frame, DatumId receiver);
  DatumId member_of(FrameId frame, ExprId base, std::string_view name);
  DatumId keys_of(DatumId value);
  std::string library_base(DatumId type) const;
  Arguments arguments_of(FrameId frame, const Call& row);

  // interpret_python.cpp
  [[nodiscard]] bool has_own_constructor(DatumId type) const;
  [[nodiscard]] bool takes_fields(DatumId type) const;
  DatumId described_field(DatumId type, std::string_view name);
  std::vector<std::string> data_fields(DatumId type);
  void fill_data(DatumId object_id, DatumId type, const Arguments& arguments, CodePlace where);
  void run_behind_fields(DatumId object_id, DatumId type, CodePlace where);

  // interpret_go.cpp
  void fill_struct(DatumId object, DatumId type, const Arguments& arguments);
  [[nodiscard]] std::vector<DatumId> embedded(DatumId object) const;
  [[nodiscard]] DatumId library_part(DatumId value) const;
  DatumId zero_field(DatumId object, std::string_view name);
  DatumId promoted(DatumId object, std::string_view name);
  DatumId elsewhere_in_package(DatumId type, std::string_view name, DatumId receiver);
  DatumId go_function(std::string_view path, const Arguments& arguments, CodePlace where);

  // interpret_builtins.cpp: what every program has. No id: no such function.
  friend class Builtins;
  DatumId builtin_value(ModuleId module, std::string_view path);
  DatumId builtin_function(std::string_view path, const Arguments& arguments, CodePlace where);
  DatumId unknown_method(DatumId base, std::string_view name, const Arguments& arguments,
                         CodePlace where);
  DatumId builtin_method(DatumId base, std::string_view name, const Arguments& arguments,
                         CodePlace where);
  DatumId builtin_member(DatumId base, std::string_view name);

  [[nodiscard]] const CodeFacts& facts(ModuleId id) const { return program_.facts(id); }
  [[nodiscard]] CodePlace place_of(FrameId frame, ExprId expr) const;
  Frame& at(FrameId id) { return frames_[id.index]; }

  const Program& program_;
  InterpreterHost& host_;
  std::deque<Datum> data_ = {};
  std::deque<Frame> frames_ = {};
  std::unordered_map<std::uint32_t, ModuleRun> modules_ = {};
  std::vector<DatumId> conditions_ = {};
  std::unordered_map<std::string, ConditionId> condition_keys_ = {};
  std::unordered_map<std::string, DatumId> tests_ = {};  // tokens that are tests
  std::vector<PathTest> path_ = {};
  std::unordered_map<std::uint32_t, std::vector<Assumed>> assumed_ = {};  // by condition
  std::optional<std::uint32_t> here_ = {};  // the path's row, while the path stays as it is
  std::map<std::vector<std::pair<ConditionId, bool>>, std::uint32_t> path_rows_ = {};
  std::vector<std::vector<std::pair<ConditionId, bool>>> paths_{{}};
  CodePlace place_ = {};
  Language language_ = Language::Unknown;
  std::uint64_t steps_left_ = kSteps;
  std::size_t bytes_ = 0;
  int calls_ = 0, nesting_ = 0;
  std::uint64_t entered_ = 0;  // functions of the project, so far
  bool outside_ = false;       // the last call entered none
  std::string stopped_ = {};
  CodePlace raised_ = {}, last_raise_ = {};
  ModuleId entry_ = {};

 public:
  static constexpr std::uint64_t kSteps = 2'000'000;
  static constexpr std::size_t kEntryBytes = 40;      // of a hash table
  static constexpr std::size_t kBytes = 256U << 20U;  // of all values, paths and frames
  static constexpr int kFrames = 64, kNested = 1200, kExprDepth = 200;
  static constexpr std::size_t kItems = 2000, kText = 1U << 16U;
};

}  // namespace fnlint
