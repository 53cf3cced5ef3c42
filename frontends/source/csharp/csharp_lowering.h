// C# in the code form: members, properties, patterns, queries and top-level statements.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/csharp/csharp_syntax.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// Parts: csharp_{file,classes,types,statements,patterns,expressions,construction,queries,literals}
// .cpp.
class CSharpLowering final : public ScopedLowering {
 public:
  using ScopedLowering::ScopedLowering;

 private:
  [[nodiscard]] bool is(NodeId node, Cs what) const {
    return node != kNoNode && nodes_[node].kind == static_cast<std::uint8_t>(what);
  }
  using ScopedLowering::is;
  [[nodiscard]] Cs own(NodeId node) const { return static_cast<Cs>(nodes_[node].kind); }
  [[nodiscard]] NodeId parent(NodeId node) const { return nodes_[node].parent; }
  [[nodiscard]] NodeId own_child(NodeId node, Cs what) const;

  // --- The file.
  void declare_file(NodeId file) override;
  void file_body(NodeId file) override;
  void add_using(NodeId node);
  void find_types(NodeId node, const std::string& space);
  void collect_statements(NodeId node, std::vector<NodeId>& statements) const;
  void call_main(Range where);

  // --- Classes.
  std::vector<Member> class_members(NodeId node) override;
  void add_members(NodeId body, std::vector<Member>& members);
  void add_fields(NodeId node, std::vector<Member>& members);
  void add_property(NodeId node, std::vector<Member>& members);
  void add_accessors(NodeId node, std::string_view name, std::vector<Member>& members);
  void add_method(NodeId node, std::vector<Member>& members);
  void add_primary_parameters(NodeId node, std::vector<Member>& members);
  std::vector<NodeId> base_types(NodeId node) const override;
  bool has_class_prologue(std::uint32_t row, FunctionKind part) const override;
  void class_prologue(std::uint32_t row, FunctionKind part) override;
  [[nodiscard]] NodeId primary_parameters(NodeId type) const;
  void primary_constructor(NodeId list);
  void constructor_initializer(NodeId node);
  // Whether the class may have members that this file does not show.
  [[nodiscard]] bool is_open_class(std::uint32_t row) const;

  // --- Functions.
  void function_body(NodeId function, NodeId body) override;
  std::uint8_t function_flags(NodeId node) const override;
  std::uint32_t class_flags(NodeId node) const override;
  bool is_own_function(NodeId node) const override;
  bool makes_op(NodeId node) const override;
  std::vector<NodeId> parameter_nodes(NodeId list) const override;
  ParameterParts parameter_parts(NodeId node) const override;
  void setter_parameter();
  [[nodiscard]] bool yields(NodeId node) const;

  // --- Names and types.
  ExprId unknown_name(std::string_view name, NodeId node) override;
  std::string_view member_name(NodeId name) const override;
  [[nodiscard]] bool is_called(NodeId name) const;
  [[nodiscard]] bool names_type(NodeId name) const;
  [[nodiscard]] bool stands_for_type(NodeId name) const;
  ExprId own_member(std::string_view name, Range where);
  [[nodiscard]] bool inherits(std::uint32_t row, std::string_view name,
                              std::size_t depth = 0) const;
  TypeId type_of(NodeId node) override;
  TypeId type_named(std::string_view dotted, const std::vector<TypeId>& arguments, Range where);
  VariableId type_variable(std::string_view name, Range where);
  ExprId type_value(TypeId type, Range where);
  TypeId target_type(NodeId node, std::size_t depth = 0);
  TypeId member_type(std::string_view name);
  TypeId element_type(NodeId node, std::size_t depth);
  TypeId returned_type(NodeId node);
  [[nodiscard]] std::string dotted(NodeId node) const;

  // --- Statements.
  void statement_of(NodeId node) override;
  void block_statements(NodeId node) override;
  void run(const std::vector<NodeId>& statements);
  void run_from(const std::vector<NodeId>& statements, std::size_t first);
  std::vector<ExprId> local_declaration(NodeId node);
  [[nodiscard]] NodeId declarator_value(NodeId declarator) const;
  [[nodiscard]] NodeId given_type(NodeId value) const;
  void hoist(const std::vector<NodeId>& statements);
  void using_statement(NodeId node);
  void dispose(const std::vector<ExprId>& objects, bool awaits, Range where);
  void for_each(NodeId node);
  void switch_statement(NodeId node);
  void preprocessor_branches(NodeId node);
  void rethrow_unless(NodeId filter);

  // --- Patterns: a test without effect; what they bind is assigned first.
  ExprId pattern(ExprId subject, NodeId node);
  ExprId constant_pattern(ExprId subject, NodeId node);
  ExprId recursive_pattern(ExprId subject, NodeId node);
  ExprId list_pattern(ExprId subject, NodeId node);
  ExprId all_of(const std::vector<ExprId>& tests, Range where);
  void bind_pattern(NodeId name, ExprId subject, TypeId type);
  VariableId declare_named(NodeId name, TypeId type);
  void declare_condition(NodeId condition);
  void take_apart(NodeId target, ExprId value, Range where);
  ExprId switch_expression(NodeId node);
  ExprId arm_test(ExprId subject, NodeId holder);

  // --- Expressions.
  ExprId expression_of(NodeId node) override;
  ExprId own_expression(NodeId node);
  void assign_to(NodeId target, ExprId value, Range where) override;
  ExprId call_expression(NodeId node);
  ExprId link_call(NodeId link, ExprId callee) override;
  void take_out_arguments(NodeId call, ExprId value);
  ExprId element(ExprId base, const std::vector<NodeId>& arguments, Range where,
                 bool optional = false);
  ExprId postfix(NodeId node);
  ExprId tuple(NodeId node);
  ExprId query(NodeId node);

  // --- Construction.
  ExprId construct_new(NodeId node);
  ExprId construct_of(TypeId type, NodeId arguments_node, NodeId initializer, Range where);
  ExprId initializer_value(NodeId node);  // a List or a Record
  [[nodiscard]] bool sets_members(NodeId initializer) const;
  void member_entries(NodeId initializer, std::vector<Operand>& entries);
  ExprId anonymous_object(NodeId node);
  ExprId with(NodeId node);

  // --- Literals.
  std::string literal_text(NodeId node) const override;
  ExprId interpolated(NodeId node);
  [[nodiscard]] std::string_view layout_of(NodeId interpolation) const;
  ExprId laid_out(std::string_view layout, ExprId value, Range where);
  [[nodiscard]] std::string time_layout_of(NodeId call) const;
  ExprId number(NodeId node);

  // By name: the node of the type that one must have, or none.
  std::map<std::string, NodeId, std::less<>> type_parameters_ = {};
  std::map<std::string, VariableId, std::less<>> types_ = {};  // that the file declares
  std::vector<std::pair<NodeId, VariableId>> declared_ = {};   // top-level types, in order
  std::vector<std::uint32_t> rows_ = {};
  std::unordered_map<NodeId, VariableId> declared_before_ = {};  // by the node of the name
  bool has_package_ = false, has_static_using_ = false;
};

}  // namespace fnlint
