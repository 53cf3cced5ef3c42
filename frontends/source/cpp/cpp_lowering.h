// C++ in the code form: namespaces, declarations, pointers and value semantics.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/cpp/cpp_known.h"
#include "frontends/source/cpp/cpp_syntax.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What C++ alone has. Definitions stand in cpp_{lowering,names,types,declarations,classes,
// functions,statements,expressions,calls,streams}.cpp.
//
// Names of namespaces are known by their whole path: the module variable "shop::cache". What the
// file does not have itself is an implicit import of the dotted path as it is written, after
// aliases: "Aws.S3.S3Client". Namespaces that the file opens or uses are star imports; its
// includes are imports for their effect.
//
// Pointers, references and smart pointers are what they point to: `*p`, `&x` and `->` say nothing
// more. What copies a container or an object of the file is a Choose, which has no place.
class CppLowering : public ScopedLowering {
 public:
  CppLowering(CodeBuilder& out, const SourceFile& file, const CppKnown& known)
      : ScopedLowering(out, file), known_(known) {}

 protected:
  void declare_file(NodeId file) override;
  void file_body(NodeId file) override;
  void statement_of(NodeId node) override;
  ExprId expression_of(NodeId node) override;
  TypeId type_of(NodeId node) override;
  ExprId unknown_name(std::string_view name, NodeId node) override;
  ExprId called_name(NodeId name) override;
  bool is_not(std::string_view op) const override { return op == "!" || op == "not"; }
  bool is_and(std::string_view op) const override { return op == "&&" || op == "and"; }
  bool is_or(std::string_view op) const override { return op == "||" || op == "or"; }
  bool makes_op(NodeId node) const override;
  bool is_own_function(NodeId node) const override;
  std::string literal_text(NodeId node) const override;
  [[nodiscard]] std::string_view member_name(NodeId name) const override;
  [[nodiscard]] NodeId parameter_list(NodeId function) const override;
  [[nodiscard]] NodeId arm_part(NodeId arm, SynField part) const override;
  [[nodiscard]] NodeId dereferenced(NodeId node) const override;
  void function_body(NodeId function, NodeId body) override;
  void assign_to(NodeId target, ExprId value, Range where) override;
  std::vector<Member> class_members(NodeId node) override;
  std::vector<NodeId> base_types(NodeId node) const override;
  ExprId field_value(const Member& member) override;

 private:
  using Path = std::vector<std::string>;  // a::b::c without template arguments

  [[nodiscard]] bool is(NodeId node, Cpp what) const {
    return node != kNoNode && nodes_[node].kind == static_cast<std::uint8_t>(what);
  }
  using ScopedLowering::is;
  [[nodiscard]] NodeId child(NodeId node, Cpp what) const {
    return ScopedLowering::child(node, static_cast<Syn>(what));
  }
  [[nodiscard]] NodeId child(NodeId node, CppField what) const {
    return ScopedLowering::child(node, static_cast<SynField>(what));
  }
  using ScopedLowering::child;
  [[nodiscard]] bool has_word(NodeId node, Cpp kind, std::string_view word) const;
  [[nodiscard]] bool is_before_body(NodeId node, std::string_view word) const;

  // --- Declarators (cpp_types.cpp).
  struct Declarator {
    NodeId name = kNoNode;      // none: abstract
    NodeId function = kNoNode;  // its function declarator, unless it is a pointer to a function
    NodeId binding = kNoNode;   // [a, b]
    NodeId value = kNoNode;     // what it is initialised with
    bool pointer = false, reference = false, array = false, constant_pointer = false;
    bool cast = false;  // operator T()
  };
  [[nodiscard]] Declarator declarator(NodeId node) const;
  // The declarators of a declaration, each with its value.
  [[nodiscard]] std::vector<Declarator> declarators(NodeId declaration) const;

  // --- Types (cpp_types.cpp).
  enum class Shape : std::uint8_t {
    Unknown,  // auto, template parameters
    Scalar,   // numbers, enumerations
    Text,
    Stream,
    List,
    Map,
    Pointer,  // a smart pointer, as declared
    Object,
  };
  struct TypeShape {
    Shape shape = Shape::Unknown;
    NodeId node = kNoNode;     // the type itself, or what a smart pointer points to
    NodeId element = kNoNode;  // of a list: what it holds
  };
  static constexpr std::size_t kAliasSteps = 8;
  [[nodiscard]] TypeShape shape_of(NodeId type_node, std::size_t aliases = 0) const;
  [[nodiscard]] NodeId pointee(NodeId type_node) const;  // of a smart pointer; or none
  [[nodiscard]] static Shape shape_of_name(std::string_view name);
  [[nodiscard]] static bool is_number_type(std::string_view path);
  TypeId declared_type(NodeId type_node);
  // An object of that type made from these arguments; none: by default.
  ExprId made_of(NodeId type_node, NodeId arguments, Range where);
  ExprId default_value(NodeId type_node, const Declarator& what, Range where);
  // What a declarator is initialised with; no id where nothing is.
  ExprId initial_value(NodeId type_node, const Declarator& what, Range where);
  ExprId braces(NodeId node, Shape shape);
  [[nodiscard]] bool is_copied(NodeId type_node, const Declarator& what) const;
  ExprId copy_of(ExprId value, Range where);

  // --- Names (cpp_names.cpp).
  [[nodiscard]] Path path_of(NodeId node) const;
  void mark_spaces();
  [[nodiscard]] const Path& namespace_of(NodeId node) const { return spaces_[space_of_[node]]; }
  static std::string dotted_path(const Path& path);
  static Path path_in(std::string_view text);
  [[nodiscard]] static bool is_all_caps(std::string_view name);
  struct Global {
    VariableId variable = {};
    std::uint32_t in_class = kNone;  // a class of the file: row of classes_
    bool declared_only = false;      // a prototype, an `extern`, a class without a body
    bool is_enum = false;
    Shape shape = Shape::Unknown;            // of a typedef
    Path alias = {};                         // what it stands for
    NodeId type = kNoNode;                   // of an alias: the whole type
    std::string literal = {};                // of a macro: its text
    std::vector<VariableId> overloads = {};  // of a function: parallel to `functions`
    std::vector<NodeId> functions = {};
  };
  [[nodiscard]] const Global* global(const Path& path, NodeId at, std::string& found) const;
  // Follows aliases: the path that a written one stands for.
  [[nodiscard]] Path unaliased(Path path, NodeId at) const;
  [[nodiscard]] bool is_own_class(NodeId type_node) const;  // a class of the file
  // The path that a compiler found there; empty: not known.
  [[nodiscard]] Path known_path(NodeId at) const;
  ExprId path_value(const Path& path, NodeId node);
  ExprId literal_value(std::string_view literal, Range where);
  [[nodiscard]] bool is_template_parameter(std::string_view name) const {
    return template_parameters_.contains(name);
  }
  // Of a template, and no compiler says what all its instances have there.
  [[nodiscard]] bool is_unknown_parameter(std::string_view name, NodeId at) const {
    return is_template_parameter(name) && known_path(at).empty();
  }
  // The class of a variable as a compiler found it; none: not known.
  TypeId known_type(NodeId name);
  void use_namespace(const Path& path, Range where);

  // --- Files (cpp_declarations.cpp).
  struct OutsideMember {  // C::f() {...} or T C::x = ... outside of C
    NodeId node = kNoNode;
    Path owner = {};  // as it is written
    Declarator what = {};
    NodeId type = kNoNode;
    std::uint32_t row = kNone;  // its class
  };
  void declare_in(NodeId container, const Path& around, bool hidden);
  void declare(NodeId node, const Path& around, bool hidden);
  void declare_type(NodeId node, const Path& around, bool hidden);
  void declare_enum(NodeId node, const Path& around, bool hidden);
  void declare_declaration(NodeId node, const Path& around, bool hidden);
  void declare_function(NodeId node, const Path& around, bool hidden);
  void declare_alias(NodeId node, const Path& around);
  void declare_macro(NodeId node);
  struct StaticLocal {
    NodeId node = kNoNode, type = kNoNode;
    Declarator what = {};
    VariableId variable = {};
  };
  void declare_static_locals();
  void adopt_outside_members();
  void add_outside_methods(std::uint32_t row, const std::vector<std::uint32_t>& rows);
  [[nodiscard]] std::uint32_t class_at(const Path& path, NodeId at) const;
  [[nodiscard]] std::size_t prototype_parameters(const Member& member) const;
  [[nodiscard]] Range main_range() const;
  [[nodiscard]] bool is_free_of_locals(NodeId value, NodeId function);
  struct Span {
    NodeId first = kNoNode, last = 0;
  };
  // Where a function declares each of its names.
  const std::map<std::string_view, Span>& locals_of(NodeId function);
  void file_variable(NodeId node);
  void file_enum(NodeId node);
  [[nodiscard]] std::vector<NodeId> live_children(NodeId container) const;

  // --- Classes (cpp_classes.cpp).
  void add_class_member(NodeId node, std::string_view class_name, std::vector<Member>& members,
                        std::size_t depth = 0) const;
  [[nodiscard]] Declarator field_declarator(const Member& member) const;
  void note_initialised_fields();
  [[nodiscard]] bool is_inline(const Member& member) const;
  [[nodiscard]] NodeId partial_name(NodeId node) const;

  // --- Functions (cpp_functions.cpp).
  void add_cpp_parameters(NodeId list);
  void member_initializers(NodeId list);
  [[nodiscard]] NodeId function_declarator(NodeId function) const;
  [[nodiscard]] const Member* field_named(std::string_view name) const;
  ExprId lambda(NodeId node);
  std::vector<Operand> arguments_in(NodeId list);  // an argument list or braces

  // --- Statements (cpp_statements.cpp).
  [[nodiscard]] bool has_own_statement(NodeId node) const;
  void own_statement(NodeId node);
  void declaration(NodeId node);
  void local_variable(NodeId node, NodeId type_node, const Declarator& what);
  void static_local(NodeId node, NodeId type_node, const Declarator& what);
  void structured_binding(NodeId node, const Declarator& what);
  void bind_parts(NodeId binding, ExprId value, bool entries, Range where);
  void range_for(NodeId node);
  void switch_statement(NodeId node);
  void cpp_try(NodeId node);
  ExprId returned_braces(NodeId node);
  ExprId returned_value(NodeId value, NodeId node);
  [[nodiscard]] bool makes_stream(NodeId value) const;
  void conditional_statements(NodeId node);
  [[nodiscard]] NodeId condition(NodeId statement) const;
  [[nodiscard]] Declarator constructed_local(NodeId node, const Declarator& what) const;

  // --- Expressions (cpp_expressions.cpp, cpp_calls.cpp, cpp_streams.cpp).
  [[nodiscard]] bool has_own_expression(NodeId node) const;
  ExprId own_expression(NodeId node);
  ExprId cpp_call(NodeId node);
  ExprId special_call(NodeId node, const Path& path, NodeId function);
  ExprId text_change(NodeId node, NodeId callee);
  ExprId text_made(NodeId list, Range where);
  ExprId made_by_factory(NodeId made, NodeId list, std::size_t skipped, Range where);
  void written_arguments(NodeId node, const std::vector<Operand>& given, NodeId function);
  void after_call(NodeId node);
  void hand_on(NodeId name);
  void set_by_call(ExprId place, const std::vector<Operand>& given, Range where);
  ExprId partial_base(NodeId name);
  [[nodiscard]] bool is_reference_name(NodeId name) const;
  ExprId extracted(ExprId stream, const std::vector<NodeId>& rights, Range where);
  [[nodiscard]] bool is_stream_field(NodeId base) const;
  ExprId stream_chain(NodeId node);
  [[nodiscard]] bool is_stream_chain(NodeId node, bool discarded) const;
  ExprId cpp_assignment(NodeId node);
  ExprId text_of_parts(NodeId node);
  ExprId pointed(ExprId place, Range where);

  const CppKnown& known_;
  std::map<std::string, Global, std::less<>> globals_ = {};  // by whole path: "a::b::c"
  std::vector<Path> used_namespaces_ = {}, spaces_ = {};
  std::vector<std::uint32_t> space_of_ = {};  // by node: row of spaces_
  std::set<std::string, std::less<>> starred_ = {}, template_parameters_ = {};
  std::set<std::string, std::less<>> namespaces_ = {};  // that the file opens
  std::vector<OutsideMember> outside_ = {};
  std::vector<NodeId> order_ = {};  // what file_body lowers, in order
  std::vector<std::pair<NodeId, VariableId>> functions_ = {};
  std::vector<std::uint32_t> file_classes_ = {};  // rows of classes_
  std::map<NodeId, VariableId> variables_ = {};   // of declarators' names
  // Classes that are known from outside alone: first member's node to rows of outside_.
  std::map<NodeId, std::vector<std::uint32_t>> partial_ = {};
  std::set<NodeId> partial_bases_ = {};          // their names: the class where it is declared
  std::vector<StaticLocal> static_locals_ = {};  // that the module makes
  std::set<std::uint32_t> references_ = {}, pointers_ = {}, streams_ = {}, texts_ = {},
                          unset_ = {};  // by variable
  // By the class's name.
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> initialised_ = {};
  std::map<NodeId, std::map<std::string_view, Span>> locals_ = {};  // by function
  std::set<NodeId> done_statics_ = {};                              // initialised by the module
  VariableId main_ = {};
};

}  // namespace fnlint
