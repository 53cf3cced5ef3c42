// JavaScript's and TypeScript's own lowering; hoisting and chains do not fit the shared one.
#pragma once

#include "frontends/source/common/code_builder.h"
#include "frontends/source/javascript/javascript_dialect.h"
#include "frontends/source/javascript/javascript_features.h"
#include "frontends/source/javascript/javascript_names.h"
#include "frontends/source/javascript/javascript_tree.h"

#include <bitset>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fnlint {

// Walks one JsTree and writes its code form. One file of definitions per subject:
// javascript_{lowering,statements,control,switch,expressions,operators,calls,interop,literals,
// assignments,functions,classes,modules,exports,types,declarations,jsx}.cpp.
class JavaScriptLowering {
 public:
  JavaScriptLowering(const JsTree& tree, JavaScriptDialect dialect);
  CodeFacts run();

 private:
  // A function whose body is still to be written.
  struct Body {
    FunctionId function = {};
    JsId node = {};  // the function, or the class of a ClassInit or InstanceInit
    ScopeId scope = {};
    std::uint32_t class_row = UINT32_MAX;
  };
  struct ClassMember {
    JsId node = {};
    std::vector<JsId> decorators = {};
    FunctionId function = {};  // of a method
    JsId key = {};             // its name, where that does not stand in the node
    bool is_static = false, is_setter = false, is_constructor = false;
  };
  struct ClassParts {
    JsId node = {};
    std::vector<ClassMember> members = {};
  };
  // Where `break` and `continue` lead.
  struct Target {
    std::vector<std::string_view> labels = {};
    OpId broken = {};     // what `break` leaves
    OpId continued = {};  // what `continue` goes on with, or the Block that it leaves
    bool takes_break = true, continue_leaves = false;
  };
  struct PendingExport {
    std::string name = {};
    VariableId variable = {};
    Range where = {};
  };
  struct ImportedName {
    std::string module = {}, name = {};
  };
  struct Getter {  // of esbuild's __export
    ExprId object = {};
    std::string name = {};
    JsId value = {};
    ScopeId scope = {};
  };
  // What `export` adds to: the module, or a namespace.
  struct Exports {
    ExprId object = {};
    std::vector<PendingExport> rows = {};
  };
  // An open `if`: a Branch, or Blocks that its tests leave.
  struct Condition {
    OpId outer = {}, inner = {};
    Range where = {};
    bool jumps = false;
  };
  struct Resource {  // of a `using` declaration
    OpId attempt = {};
    ExprId variable = {};
    Range where = {};
    bool awaits = false;
  };
  struct SwitchArm {
    std::vector<ExprId> tests = {};
    JsId node = {};  // the case whose body it is
    bool is_default = false, falls_into_next = false;
  };
  struct ParameterParts {
    JsId pattern = {}, fallback = {}, type = {};
    RestKind rest{};
  };
  struct PrototypeMethod {
    JsId key = {}, function = {};
  };
  enum class Special : std::uint8_t {
    None,
    Require,
    DynamicImport,
    ImportDefault,
    ImportNamespace,
    ExportStar,
    CreateBinding,
    DefineProperty,
    DefineGetters,
    AsExports,
    Awaiter,
    AsyncWrapper,
  };
  class Level;  // counts nesting

  // javascript_lowering.cpp
  void lower_module();
  void lower(const Body& body);
  void finish(CodeFacts& facts);
  bool too_deep(JsId node);
  void feature(JsFeature feature, Range where);
  void feature(JsFeature used, JsId node) { feature(used, tree_.range(node)); }

  // javascript_scopes.cpp
  void hoist_variables(JsId body, ScopeId scope);
  void declare_block(JsId block, ScopeId scope);
  void declare_statement(JsId statement, ScopeId scope);
  void declare_pattern(JsId pattern, ScopeId scope, VariableKind kind, std::uint16_t flags);
  std::vector<JsId> pattern_names(JsId pattern) const;

  // javascript_statements.cpp
  void statements(JsId block, JsField field = JsField::None);
  void hoist_functions(JsId block, JsField field = JsField::None);
  void hoist_function(JsId declaration);
  void statement(JsId node);
  void simple_statement(JsId node);
  void block(JsId node);
  void expression_statement(JsId node);
  void variable_declaration(JsId node);
  void declarator(JsId node, Range statement, bool is_var);
  bool begin_using(JsId node, std::vector<Resource>& open);
  Resource resource(JsId node, JsId name, JsId value, bool awaits);
  Resource resource(JsId node, ExprId variable, bool awaits);
  void end_using(std::vector<Resource>& open);
  std::optional<std::pair<JsId, bool>> using_assignment(JsId statement) const;
  void jump_statement(JsId node, ExitKind kind);
  void try_statement(JsId node);
  void with_statement(JsId node);

  // javascript_control.cpp
  std::vector<JsId> parts_of_test(JsId node, Js op) const;
  void jump(JsId condition, bool when, OpId target);
  Condition open_condition(JsId condition, bool when, Range where, bool has_else);
  void begin_else(Condition& condition);
  void close_condition(const Condition& condition);
  void if_statement(JsId node);
  bool asks_for_main(JsId comparison);
  bool is_main_test(JsId condition);
  bool always_holds(JsId condition) const;
  void loop_body(JsId body, OpId loop, bool has_tail);
  void while_statement(JsId node);
  void do_statement(JsId node);
  void for_statement(JsId node);
  void for_in_statement(JsId node);
  void labeled_statement(JsId node);
  Target target(OpId broken, OpId continued, bool continue_leaves);

  // javascript_switch.cpp
  void switch_statement(JsId node);
  std::vector<SwitchArm> switch_parts(JsId body, ExprId subject, bool is_true);
  void switch_arms(const std::vector<SwitchArm>& arms);
  JsId last_statement(JsId parent, JsField field) const;
  bool runs_through(JsId arm) const;
  bool completes(JsId node, std::size_t depth) const;
  ExprId any_of(const std::vector<ExprId>& tests, Range where);

  // javascript_expressions.cpp
  ExprId expression(JsId node);
  ExprId plain_expression(JsId node);
  ExprId named_expression(JsId value, std::string_view name, Range name_range);
  void effect(JsId node);
  bool conditional_effect(JsId node);
  [[nodiscard]] JsId unwrapped(JsId node) const;
  ExprId identifier(JsId node);
  VariableId class_of_static(JsId node);
  ExprId this_value(Range where);
  ExprId opaque(JsId node);
  ExprId await_expression(JsId node);
  ExprId yield_expression(JsId node);
  ExprId sequence(JsId node, bool wants_value);
  [[nodiscard]] bool is_stable(ExprId value) const;
  ExprId cut(ExprId value, std::size_t& links);
  ExprId spill(ExprId value);
  ExprId kept(ExprId value, bool needed) {
    return needed && !is_stable(value) ? spill(value) : value;
  }

  // javascript_operators.cpp
  ExprId binary(JsId node);
  ExprId combine(Js op, ExprId left, ExprId right, Range where);
  ExprId short_circuit(Js op, ExprId left, JsId right, Range where);
  ExprId instance_of(ExprId left, JsId right, Range where);
  ExprId ternary(JsId node);
  ExprId chosen(ExprId test, JsId then, JsId otherwise, Range where);  // no node: null
  ExprId spread_value(JsId node);
  ExprId unary(JsId node);
  ExprId update(JsId node, bool wants_value);
  [[nodiscard]] bool is_text(ExprId value) const;
  void add_concat_parts(ExprId value, std::vector<ExprId>& parts) const;
  [[nodiscard]] bool is_dead(Js op, ExprId left) const;

  // javascript_calls.cpp
  ExprId chain(JsId node);
  ExprId chain_base(JsId node);
  ExprId call(JsId node, ExprId callee);
  ExprId construct(JsId node);
  ExprId subscript(JsId node, ExprId base);
  std::vector<Operand> operands(JsId list);
  bool is_module_exports(JsId node);

  // javascript_interop.cpp
  std::string string_value(JsId node) const;
  std::optional<std::string> literal_text(JsId node) const;
  JsId argument(JsId call, std::size_t position) const;
  static Special helper_of(std::string_view name);
  Special special_of(JsId call);
  bool fits(Special helper, JsId call);
  bool is_require(JsId call);
  ExprId special_call(Special kind, JsId node);
  ExprId required(JsId call, std::string_view module, std::string_view name,
                  std::uint32_t how = 0);
  ExprId import_helper(JsId node, Special kind);
  JsId described_value(JsId descriptor) const;
  JsId returned_value(JsId function) const;
  void define_getters(JsId node);
  void flush_getters();
  JsId awaited_generator(JsId function);
  ExprId generator_as_async(JsId generator);

  // javascript_literals.cpp
  ExprId template_literal(JsId node);
  ExprId regex(JsId node);
  ExprId number(JsId node);
  ExprId object(JsId node);
  Operand object_entry(JsId node);
  Operand method_entry(JsId node);
  std::optional<std::string> property_name(JsId key) const;
  void set_key(Operand& entry, JsId key);

  // javascript_assignments.cpp
  ExprId assignment(JsId node);
  ExprId augmented_assignment(JsId node);
  ExprId assignment_target(JsId node);
  ExprId written_name(JsId node);
  void store(ExprId target, ExprId value, Range where, AssignMode mode = AssignMode::Set,
             OperatorKind update = OperatorKind::Add);
  void mark_exported(const Expr& member, ExprId value);
  static OperatorKind updated_by(Js op);
  void logical_assignment(Js op, ExprId target, JsId right, Range where);
  std::pair<std::string, Range> name_of_target(JsId node) const;
  ExprId kept_source(ExprId value);
  void destructure(JsId pattern, ExprId source, AssignMode mode);
  void destructure_object(JsId pattern, ExprId source, AssignMode mode);
  void destructure_array(JsId pattern, ExprId source, AssignMode mode);
  void take(JsId target, ExprId value, JsId fallback, AssignMode mode);
  [[nodiscard]] static bool is_pattern(Js kind);

  // javascript_functions.cpp
  FunctionId add_function(JsId node, std::string_view name, Range name_range, FunctionKind kind,
                          ClassId owner = {});
  ExprId function_expression(JsId node, std::string_view name, Range name_range);
  void function_body(const Body& body);
  std::vector<ParameterParts> parameter_parts(JsId function) const;
  void parameters(FunctionId id, const std::vector<ParameterParts>& parts);
  void parameter_properties(JsId function);
  bool is_parameter_property(JsId parameter) const;
  void bind_own_name(const Body& body);
  Range function_name_range(JsId node) const;

  // javascript_classes.cpp
  ExprId class_value(JsId node, std::string_view name, Range name_range, JsId decorated);
  void class_declaration(JsId node, JsId decorated);
  std::vector<ExprId> class_bases(JsId node);
  ClassParts class_members(JsId node, ClassId owner, std::vector<Field>& fields,
                           std::vector<FunctionId>& methods);
  void add_method(ClassMember& member, ClassId owner);
  void add_parameter_fields(JsId constructor, std::vector<Field>& fields);
  Field field_row(JsId node);
  JsId field_key(JsId field) const;
  bool is_static(JsId member) const;
  bool decorates_parameters(JsId method) const;
  void use_injected_types(const ClassParts& parts, bool is_decorated);
  void class_functions(ClassId id, ClassParts parts, Range name_range);
  void class_init_body(const Body& body);
  void instance_init_body(const Body& body);
  void method_assignment(const ClassMember& member, ExprId receiver);
  void field_assignment(JsId field, ExprId receiver);
  ExprId member_target(ExprId receiver, JsId key, bool is_setter);
  std::vector<ExprId> decorators(JsId node);
  std::vector<ExprId> decorators_of(const std::vector<JsId>& rows);
  ExprId decorate(const std::vector<ExprId>& wrappers, ExprId value, JsId node);

  std::string_view prototype_owner(JsId node) const;
  std::vector<PrototypeMethod> prototype_methods(JsId object) const;
  std::pair<std::string_view, std::vector<PrototypeMethod>> added_to_prototype(
      JsId statement) const;
  std::string_view with_other_prototype(JsId statement) const;
  std::set<std::string_view> declared_constructors(JsId program) const;
  void collect_prototypes(JsId program);
  void add_prototype_methods(std::string_view name, ClassId owner, ClassParts& parts,
                             std::vector<FunctionId>& methods);
  ExprId constructor_class(JsId node, std::string_view name, Range name_range);

  // javascript_modules.cpp
  void declare_imports(JsId program);
  void import_statement(JsId node);
  void import_names(JsId clause, std::string_view module, std::uint32_t flags, Range where);
  VariableId add_import(std::string_view local, std::string_view module, std::string_view name,
                        std::uint32_t flags, Range where);
  void import_alias(JsId node);
  ExprId alias_path(JsId node);
  bool is_type_only(JsId node) const;

  // javascript_exports.cpp
  void export_statement(JsId node);
  void export_from(JsId node);
  void export_names(JsId clause);
  void export_declaration(JsId node, JsId declaration);
  void export_value(JsId node, JsId value);
  std::vector<JsId> declared_names(JsId declaration) const;
  void add_export(std::string_view name, VariableId variable, Range where);
  void flush_exports();
  std::string export_name(JsId node) const;

  // javascript_types.cpp
  TypeId type_of(JsId type);
  const ImportedName* imported_name(VariableId variable) const;
  TypeId type_with_arguments(const std::string& path, JsId list);
  TypeId joined_type(JsId node, std::string_view path);
  std::string type_path(JsId node);
  void set_type(VariableId variable, JsId annotation);
  void set_class_type(VariableId variable, JsId annotation);
  void use_types(JsId subtree);
  void mark_type_names();

  // javascript_declarations.cpp
  void enum_declaration(JsId node);
  std::vector<Operand> enum_entries(JsId node, std::string_view name);
  void namespace_declaration(JsId node);
  bool is_instantiated(JsId body) const;
  bool is_first_part(ExprId target);
  ExprId namespace_object(JsId name);

  // javascript_jsx.cpp
  ExprId jsx(JsId node);
  ExprId jsx_type(JsId opening);
  [[nodiscard]] std::set<std::string_view> jsx_factories() const;
  std::vector<Operand> jsx_attributes(JsId opening);
  ExprId jsx_value(JsId node);
  std::vector<Operand> jsx_children(JsId element);

  [[nodiscard]] bool is_module_level() const { return code_.current() == module_; }
  [[nodiscard]] bool is_typescript() const { return dialect_ != JavaScriptDialect::JavaScript; }
  ExprId exports_value(Range where) { return code_.variable(exports_variable_, where); }

  const JsTree& tree_;
  JavaScriptDialect dialect_;
  CodeBuilder code_;
  JavaScriptNames names_;
  std::deque<Body> work_;
  std::deque<ClassParts> classes_;
  std::bitset<kJsFeatures> features_;

  // Of the whole file.
  FunctionId module_ = {};
  VariableId exports_variable_ = {};
  bool is_module_ = false;                                    // has import or export statements
  std::unordered_map<std::uint32_t, ImportedName> imported_;  // by VariableId
  std::vector<VariableId> implicit_globals_;
  std::vector<VariableId> merged_;  // what a class, function, enum or namespace has set already
  std::unordered_map<std::string_view, std::vector<PrototypeMethod>> prototypes_;
  std::set<std::uint32_t> prototype_statements_;  // by JsId
  std::vector<Getter> getters_;
  VariableId exported_object_ = {};  // esbuild's: what module.exports was set to
  bool reported_depth_ = false, has_jsx_ = false;

  // Of the function being written.
  ScopeId scope_ = {};
  std::vector<Target> targets_;
  std::vector<std::string_view> labels_;  // for the next statement
  Exports* exports_ = nullptr;
  Exports module_exports_;
  Range require_range_ = {};  // the declaration that a require() stands in directly
  std::size_t depth_ = 0;
  std::size_t fallback_depth_ = 0, guarded_depth_ = 0;  // inside catch; inside `require.main` test
  bool yields_are_awaits_ = false;
};

class JavaScriptLowering::Level {
 public:
  explicit Level(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace fnlint
