// The shared lowering of languages with nested block scopes, as a base class for each of them.
#pragma once

#include "core/limits.h"
#include "frontends/source/common/code_builder.h"
#include "frontends/source/common/scoped_syntax.h"
#include "frontends/source/common/source_file.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fnlint {

// Lowers languages whose names live in nested blocks (Java, C#, Go, Rust, ...): scopes, functions
// and closures, classes, control flow and expressions once for all of them, over the kinds of
// scoped_syntax.h. A language derives from it: its table names the kinds, its overrides lower what
// it alone has and pass on the rest.
//
// Functions are written one after another: a body waits in a work list until the function around
// it is done. Parts: scoped_{lowering,names,statements,conditions,expressions,calls,classes}.cpp.
// Of overloads, each is also the member "name/N" for N parameters; the first is "name".
class ScopedLowering {
 public:
  ScopedLowering(CodeBuilder& out, const SourceFile& file);
  virtual ~ScopedLowering() = default;
  ScopedLowering(const ScopedLowering&) = delete;
  ScopedLowering& operator=(const ScopedLowering&) = delete;
  void lower_file();

 protected:
  using ScopeId = std::uint32_t;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // --- What a language says.
  // Names of the file before anything runs: package, imports, classes, functions.
  virtual void declare_file(NodeId file) = 0;
  // The ops of the module's initialiser; by default each child is a statement.
  virtual void file_body(NodeId file);
  virtual void statement_of(NodeId node);
  virtual ExprId expression_of(NodeId node);
  // A type as far as the imports show it.
  virtual TypeId type_of(NodeId node);
  // A name that no scope has: by default an implicit import.
  virtual ExprId unknown_name(std::string_view name, NodeId node);
  // Whether a node of the language's own kinds becomes an op, whatever is in it.
  virtual bool makes_op(NodeId) const { return false; }
  // What a node dereferences: p of `*p`; or none.
  [[nodiscard]] virtual NodeId dereferenced(NodeId) const { return kNoNode; }
  // Whether what is inside runs elsewhere: a function or class of the language's own kinds.
  virtual bool is_own_function(NodeId) const { return false; }
  // A literal without its quotes and escapes.
  virtual std::string literal_text(NodeId node) const;
  // Names a parameter binds, its type, default and whether it takes the rest.
  struct ParameterParts {
    NodeId name = kNoNode, type = kNoNode, fallback = kNoNode;
    RestKind rest{};
  };
  virtual ParameterParts parameter_parts(NodeId node) const;
  // The nodes of a parameter list that are parameters.
  virtual std::vector<NodeId> parameter_nodes(NodeId list) const;
  // Where a function's parameters stand.
  [[nodiscard]] virtual NodeId parameter_list(NodeId function) const {
    return child(function, SynField::Parameters);
  }
  // The condition or the alternative of an `if`, where the grammar wraps them.
  [[nodiscard]] virtual NodeId arm_part(NodeId arm, SynField part) const {
    return child(arm, part);
  }
  // Body of a function: statements, or an expression whose value is returned.
  virtual void function_body(NodeId function, NodeId body);
  virtual std::uint8_t function_flags(NodeId) const { return 0; }
  virtual std::uint32_t class_flags(NodeId) const { return 0; }
  // The receiver's name in messages.
  [[nodiscard]] virtual std::string_view receiver_name() const { return "this"; }
  // One member of a class body, before the class's functions are made.
  enum class MemberKind : std::uint8_t {
    None,
    Field,
    Method,
    Declared,  // a method without a body
    Constructor,
    Class,
    InstanceBlock,
    StaticBlock
  };
  struct Member {
    MemberKind kind{};
    NodeId node = kNoNode;  // what is lowered
    std::string name = {};
    NodeId name_node = kNoNode, type = kNoNode, value = kNoNode;  // of a field: one declarator
    bool is_static = false, is_constant = false, is_pointer = false;
    bool is_required = false;   // of a class that is read of data
    bool starts_empty = false;  // a field without a value holds null, or the zero of its type
    FunctionKind function_kind = FunctionKind::Method;  // of a method
    std::vector<NodeId> annotations = {};
    FunctionId function = {};
    std::uint32_t inner = kNone;  // of a class
  };
  virtual std::vector<Member> class_members(NodeId) { return {}; }
  virtual std::vector<NodeId> base_types(NodeId) const { return {}; }
  // Whether a member of a class around is seen by its bare name.
  [[nodiscard]] virtual bool has_bare_members() const { return true; }
  // Ops that the language wants at the beginning of each ClassInit or InstanceInit: returns whether
  // there are any (asked before) or writes them.
  virtual bool has_class_prologue(std::uint32_t, FunctionKind) const { return false; }
  virtual void class_prologue(std::uint32_t, FunctionKind) {}

  // What lowers a part of anything: one level deeper, and no deeper than kNestingDepth.
  void statement(NodeId node);
  ExprId expression(NodeId node);
  TypeId type(NodeId node);

  // --- Nodes.
  [[nodiscard]] Syn kind(NodeId node) const {
    return node == kNoNode ? Syn::None : static_cast<Syn>(nodes_[node].kind);
  }
  [[nodiscard]] bool is(NodeId node, Syn what) const { return kind(node) == what; }
  [[nodiscard]] SynField field(NodeId node) const {
    return static_cast<SynField>(nodes_[node].field);
  }
  [[nodiscard]] NodeId child(NodeId node, SynField what) const {
    return node == kNoNode ? kNoNode : nodes_.child(node, static_cast<std::uint8_t>(what));
  }
  [[nodiscard]] NodeId child(NodeId node, Syn what) const;  // the first of that kind
  [[nodiscard]] NodeId first(NodeId node) const {
    return node == kNoNode ? kNoNode : nodes_.first_child(node);
  }
  [[nodiscard]] NodeId last(NodeId node) const;
  [[nodiscard]] SyntaxNodes::Children children(NodeId node) const { return nodes_.children(node); }
  [[nodiscard]] std::vector<NodeId> children_of(NodeId node, Syn what) const;
  [[nodiscard]] Range range(NodeId node) const {
    return node == kNoNode ? Range{} : nodes_[node].range;
  }
  [[nodiscard]] std::string_view text(NodeId node) const {
    const Range at = range(node);
    return text_.substr(at.begin, at.end - at.begin);
  }
  // Something in it becomes an op; a function inside does not count.
  [[nodiscard]] bool has_ops(NodeId node) const {
    return node != kNoNode && (marks_[node] & kOps) != 0;
  }
  // A token or modifier of that text among the children, or among those of Modifiers.
  [[nodiscard]] bool has_modifier(NodeId node, std::string_view word) const;
  [[nodiscard]] virtual std::vector<NodeId> annotations_of(NodeId node) const;
  [[nodiscard]] NodeId unwrapped(NodeId node) const;  // without parentheses and casts

  // --- Names. What a scope knows is seen from its declaration on.
  struct Binding {
    VariableId variable = {};      // or a member of a class:
    std::uint32_t in_class = kNone;  // row of classes_
    bool is_static = false;
    bool exists() const { return variable.exists() || in_class != kNone; }
  };
  ScopeId open_scope();  // inside the current one; set scope_ back to leave it
  [[nodiscard]] ScopeId scope_around(ScopeId scope) const { return scopes_[scope].parent; }
  void bind(std::string_view name, Binding binding);
  [[nodiscard]] Binding find(std::string_view name) const;
  [[nodiscard]] bool is_bound_here(std::string_view name) const;  // in the innermost scope
  VariableId declare_local(std::string_view name, std::uint16_t flags = 0, TypeId type = {});
  VariableId declare_module(std::string_view name, std::uint16_t flags,
                            VariableKind kind = VariableKind::Module);
  // An import that binds a name of the file ("" for none), and its row.
  VariableId add_import(std::string_view local, std::string_view module, std::string_view name,
                        std::uint32_t flags, Range where);
  VariableId implicit_import(std::string_view name, Range where);  // one a name
  // A member of an imported module that may lead to another file: one row a path.
  VariableId import_member(std::string_view module, std::string_view name, Range where,
                           std::string_view local = {});
  VariableId builtin(std::string_view name);  // of `<builtins>`
  ExprId name_value(std::string_view name, NodeId node);
  ExprId binding_value(const Binding& binding, std::string_view name, Range where);
  // The type that a dotted name stands for.
  TypeId named_type(std::string_view dotted, const std::vector<TypeId>& arguments, Range where);
  [[nodiscard]] std::string import_path(VariableId variable) const;  // "a.b.C", or nothing

  // --- Functions.
  // Reserves a function for a node; its body is written later, seeing what is bound by now.
  FunctionId define_function(NodeId node, std::string_view name, FunctionKind kind,
                             NodeId name_node = kNoNode);
  void add_parameters(FunctionId function, NodeId list);
  // A lambda, a function expression. Hoisted: it sees what the block around declares after it, too.
  ExprId closure(NodeId node, std::string_view name = {}, bool is_hoisted = false);
  ExprId receiver(Range where);  // `this`, where there is one
  virtual void block_statements(NodeId node);  // in a scope of its own

  // --- Classes.
  struct ClassScope {
    ClassId id = {};
    NodeId node = kNoNode;
    std::string name = {};
    VariableId variable = {};  // that holds the class
    ScopeId scope = 0;         // of its members
    std::vector<Member> members = {};
  };
  // Names the class, its members and the classes inside it; define_class writes its ops where it
  // stands, after those of the classes inside. All but local classes are module variables.
  std::uint32_t declare_class(NodeId node, std::string_view name, VariableId variable);
  void define_class(std::uint32_t row);
  ExprId class_value(std::uint32_t row, Range where);
  [[nodiscard]] virtual NodeId annotation_name(NodeId note) const {
    return child(note, SynField::Name);
  }
  [[nodiscard]] virtual NodeId annotation_arguments(NodeId note) const {
    const NodeId list = child(note, SynField::Arguments);
    if (list != kNoNode) return list;
    return child(note, Syn::Arguments);  // a grammar may have no field for it
  }
  // What a declaration is annotated with, as far as it is pure.
  Slice<Annotation> annotations(const std::vector<NodeId>& nodes);
  ExprId anonymous_class(NodeId node);  // base_types() says what it extends
  virtual ExprId field_value(const Member& member);
  virtual ExprId empty_value(const Member& member);  // of a field that starts_empty
  ExprId annotated(ExprId value, const std::vector<NodeId>& notes);
  [[nodiscard]] std::size_t parameter_count(NodeId function) const;
  virtual void class_body(std::uint32_t row, FunctionKind part);

  // --- Statements.
  void if_statement(NodeId node);
  void while_loop(NodeId node, NodeId condition, NodeId body, bool at_least_once);
  void for_loop(NodeId node);
  // Inside an open loop; `continue` goes on with what comes after the body.
  void loop_body(NodeId body, OpId loop, const std::function<void()>& after = {});
  // Each element of `subject` is bound by `bind_target`, then the body runs.
  void each_loop(NodeId node, ExprId subject, const std::function<ExprId()>& bind_target,
                 const std::function<void()>& body, bool awaits = false);
  void try_statement(NodeId node);
  // Runs the rest of a block between try and finally { closing() }.
  void guarded(Range where, const std::function<void()>& rest,
               const std::function<void()>& closing);
  virtual void catch_types(NodeId clause, std::vector<TypeId>& types);
  void jump_statement(NodeId node, bool leaves);
  void labeled(NodeId node);
  // Arms in order: the first whose test holds runs and leaves. No test: always.
  struct Arm {
    std::function<ExprId()> test = {};
    std::function<void()> body = {};
    Range where = {};
  };
  void choose_arm(Range where, const std::vector<Arm>& arms, bool takes_break = false);
  // The same with arms that run into the next unless they leave.
  struct FallingArm {
    std::vector<ExprId> tests = {};
    bool is_default = false, falls = false;
    std::function<void()> body = {};
    Range where = {};
  };
  void falling_arms(Range where, const std::vector<FallingArm>& arms);
  [[nodiscard]] bool completes(NodeId statement, std::size_t depth = 0) const;
  void opaque(NodeId node);   // what is not understood: its parts are lowered all the same
  void salvage(NodeId node);  // of a syntax error
  void implicit_call(ExprId object, std::string_view method, Range where);

  // --- Conditions. Each part that was passed holds in what it guards.
  void when(NodeId condition, bool holds, const std::function<void()>& then,
            const std::function<void()>& otherwise, Range where);
  void jump(NodeId condition, bool holds, OpId target);
  [[nodiscard]] bool jumps(NodeId condition) const;
  virtual bool is_and(std::string_view op) const { return op == "&&"; }
  virtual bool is_or(std::string_view op) const { return op == "||"; }
  virtual bool is_not(std::string_view op) const { return op == "!"; }
  // Of a Unary: the field, or what stands before the operand.
  [[nodiscard]] std::string_view prefix_of(NodeId unary) const;

  // --- Expressions.
  ExprId expression_or_unknown(NodeId node, NodeId holder) {
    return node == kNoNode ? out_.unknown("missing", range(holder)) : expression(node);
  }
  ExprId chain(NodeId node);  // of Calls and Members
  // A Member that is a name of its own, reached through an import or a package; none by default.
  virtual ExprId qualified(NodeId) { return {}; }
  // A Call that is none, such as a conversion; none by default.
  virtual ExprId own_call(NodeId) { return {}; }
  virtual ExprId called_name(NodeId name);  // f in f(x)
  virtual ExprId link_call(NodeId link, ExprId callee);  // the call itself
  [[nodiscard]] virtual std::string_view member_name(NodeId name) const { return text(name); }
  [[nodiscard]] virtual bool is_optional(NodeId) const { return false; }  // a?.b
  ExprId call_of(ExprId callee, const std::vector<Operand>& arguments, Range where,
                 CallMode mode = CallMode::Plain);
  std::vector<Operand> arguments(NodeId list);
  ExprId construct(NodeId node);
  ExprId binary(NodeId node);
  virtual ExprId combine(std::string_view op, ExprId left, ExprId right, Range where);
  ExprId concat(ExprId left, ExprId right, Range where);
  ExprId conditional(NodeId node);
  ExprId short_circuit(NodeId left, NodeId right, std::string_view op, Range where);
  ExprId assignment(NodeId node);
  // The expression of what an assignment writes; `around` says where, if there is nothing.
  ExprId target_place(NodeId node, NodeId around);
  // The place that an assignment writes; none: a pattern of the language (override assign_to).
  virtual void assign_to(NodeId target, ExprId value, Range where);
  ExprId type_test(NodeId node);
  // A temporary that `fill` assigns, and its value.
  ExprId temporary(Range where, const std::function<void(ExprId)>& fill);
  ExprId kept(ExprId value, Range where);  // in a temporary: it may change before it is read
  [[nodiscard]] bool is_text(ExprId value) const;
  static std::optional<OperatorKind> operator_of(std::string_view op);

  // --- Where `break` and `continue` lead.
  struct Jump {
    std::string label = {};
    OpId broken = {}, continued = {};
    bool continue_leaves = false;  // `continued` is a Block that is left
    bool takes_break = true;
  };
  std::vector<Jump> jumps_ = {};
  std::string next_label_ = {};  // of the statement that follows

  class Deeper {  // one level of nesting, for as long as it lives
   public:
    explicit Deeper(std::size_t& depth) : depth_(++depth) {}
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    std::size_t& depth_;
  };
  ExprId too_deep(NodeId node);

  CodeBuilder& out_;
  const SyntaxNodes& nodes_;
  std::string_view text_;
  std::deque<ClassScope> classes_ = {};
  ScopeId scope_ = 0;
  std::uint32_t class_ = kNone;  // the class whose code is being written
  std::size_t depth_ = 0;

 private:
  enum Mark : std::uint8_t { kOps = 1, kContinues = 2 };
  struct Scope {
    ScopeId parent = kNone;
    std::size_t seen = SIZE_MAX;  // bindings of the scopes around that were made by then
    std::unordered_map<std::string_view, std::vector<std::pair<std::size_t, Binding>>> names = {};
  };
  struct Work {  // a function whose body is still to be written
    FunctionId function = {};
    NodeId node = kNoNode;
    ScopeId scope = 0;
    std::uint32_t in_class = kNone;
  };
  void mark_nodes();
  void mark_broken();
  void mark_written();  // kWrittenByInner
  void write(const Work& work);
  void add_work(FunctionId function, NodeId node);
  std::vector<NodeId> parts_of(NodeId condition, bool of_and) const;
  Field field_of(const Member& member);
  // What a class has above it, and those of them that are given types.
  std::pair<std::vector<ExprId>, std::vector<TypeId>> bases_of(NodeId node);
  void class_functions(std::uint32_t row);
  std::string_view stored(std::string_view name);

  std::vector<std::uint8_t> marks_ = {};
  std::vector<Scope> scopes_ = {};
  std::deque<std::string> names_ = {};  // that the text does not hold
  std::size_t bindings_ = 0;
  std::deque<Work> work_ = {};
  std::unordered_map<std::string, VariableId> implicit_ = {}, builtins_ = {};
  std::unordered_map<std::uint32_t, std::string> import_paths_ = {};  // by variable
  bool said_too_deep_ = false;
};

// "a\n\u0041": without the escapes of C and its heirs.
std::string unescaped(std::string_view text);

}  // namespace fnlint
