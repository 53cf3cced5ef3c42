// Kotlin in the code form: blocks as values, properties, objects, lambdas, `when`.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/kotlin/kotlin_syntax.h"

#include <set>
#include <string>
#include <vector>

namespace fnlint {

// What Kotlin alone has. Definitions stand in kotlin_{lowering,declarations,expressions}.cpp.
class KotlinLowering : public ScopedLowering {
 public:
  using ScopedLowering::ScopedLowering;

 protected:
  void declare_file(NodeId file) override;
  void file_body(NodeId file) override;
  void statement_of(NodeId node) override;
  ExprId expression_of(NodeId node) override;
  TypeId type_of(NodeId node) override;
  ExprId unknown_name(std::string_view name, NodeId node) override;
  ExprId called_name(NodeId name) override;
  ExprId qualified(NodeId member) override;  // a.b.C
  bool makes_op(NodeId node) const override;
  bool is_own_function(NodeId node) const override;
  ExprId link_call(NodeId link, ExprId callee) override;
  void assign_to(NodeId target, ExprId value, Range where) override;
  std::vector<NodeId> parameter_nodes(NodeId list) const override;
  ParameterParts parameter_parts(NodeId node) const override;
  void function_body(NodeId function, NodeId body) override;
  std::vector<Member> class_members(NodeId node) override;
  std::vector<NodeId> base_types(NodeId node) const override;
  ExprId field_value(const Member& member) override;
  std::uint8_t function_flags(NodeId node) const override;
  std::uint32_t class_flags(NodeId node) const override;
  void catch_types(NodeId clause, std::vector<TypeId>& types) override;
  bool is_optional(NodeId link) const override;
  std::string_view member_name(NodeId name) const override;

 private:
  [[nodiscard]] bool is_needed(NodeId parameter) const;
  [[nodiscard]] bool is(NodeId node, Kotlin what) const {
    return node != kNoNode && nodes_[node].kind == static_cast<std::uint8_t>(what);
  }
  using ScopedLowering::is;
  [[nodiscard]] NodeId child(NodeId node, Kotlin what) const {
    return ScopedLowering::child(node, static_cast<Syn>(what));
  }
  using ScopedLowering::child;
  [[nodiscard]] bool is_class(NodeId node) const {
    return is(node, Syn::Class) || is(node, Kotlin::Object) || is(node, Kotlin::Companion);
  }
  [[nodiscard]] std::string_view name_of(NodeId name) const;  // without the backticks
  [[nodiscard]] bool is_jump(NodeId node) const;
  void import_declaration(NodeId node);
  void add_members(NodeId body, bool is_static, std::vector<Member>& members) const;
  void add_property(NodeId node, bool is_static, std::vector<Member>& members) const;
  void property(NodeId node);  // a local one, or one of the file
  void bind_variables(NodeId pattern, ExprId value, Range where);
  void each(NodeId node);
  void local_class(NodeId node);

  ExprId in_test(NodeId node);
  ExprId unary(NodeId node);
  // The last expression of a block is its value.
  ExprId block_value(NodeId block, Range where);
  void assign_block(NodeId block, ExprId target, Range where);
  ExprId branches_value(NodeId node);
  ExprId when_value(NodeId node, ExprId target);
  ExprId when_test(NodeId entry, ExprId subject);
  ExprId try_value(NodeId node);
  [[nodiscard]] NodeId called_before_lambda(NodeId link) const;
  ExprId text_value(NodeId node);
  ExprId of_declared(ExprId value, NodeId type, Range where);
  ExprId infix(NodeId node);
  [[nodiscard]] std::vector<NodeId> annotations_of(NodeId node) const override;
  [[nodiscard]] NodeId annotation_name(NodeId note) const override;
  [[nodiscard]] NodeId annotation_arguments(NodeId note) const override;
  [[nodiscard]] bool is_class_literal(NodeId node) const;
  ExprId callable_reference(NodeId node);
  [[nodiscard]] VariableId lambda_receiver() const;

  std::set<std::uint32_t> receiver_lambdas_ = {};  // functions whose parameter is their `this`
};

}  // namespace fnlint
