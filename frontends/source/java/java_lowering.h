// Java in the code form: members, switches, method references.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/java/java_syntax.h"

#include <string>
#include <vector>

namespace fnlint {

// What Java alone has. Definitions stand in java_{lowering,declarations,switch}.cpp.
class JavaLowering : public ScopedLowering {
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
  ExprId qualified(NodeId member) override;
  bool makes_op(NodeId node) const override;
  bool is_own_function(NodeId node) const override;
  std::string literal_text(NodeId node) const override;
  ParameterParts parameter_parts(NodeId node) const override;
  std::vector<NodeId> parameter_nodes(NodeId list) const override;
  void catch_types(NodeId clause, std::vector<TypeId>& types) override;
  std::vector<Member> class_members(NodeId node) override;
  std::vector<NodeId> base_types(NodeId node) const override;
  ExprId empty_value(const Member& member) override;
  void function_body(NodeId function, NodeId body) override;
  std::uint8_t function_flags(NodeId node) const override;
  std::uint32_t class_flags(NodeId node) const override;

 private:
  [[nodiscard]] bool is(NodeId node, Java what) const {
    return node != kNoNode && nodes_[node].kind == static_cast<std::uint8_t>(what);
  }
  using ScopedLowering::is;
  [[nodiscard]] NodeId child(NodeId node, Java what) const;
  using ScopedLowering::child;
  void import_declaration(NodeId node);
  [[nodiscard]] bool is_broken_class(NodeId node) const;
  void add_members(NodeId body, bool is_interface, std::vector<Member>& members) const;
  void add_fields(NodeId node, bool is_interface, std::vector<Member>& members) const;
  [[nodiscard]] bool has_bases() const;

  ExprId method_reference(NodeId node);
  // A switch statement, or an expression whose arms give `target`.
  void switch_over(NodeId node, ExprId target);
  void falling_switch(NodeId node, ExprId subject, ExprId target);
  ExprId enum_constant(NodeId label);
  ExprId label_test(NodeId label, ExprId subject);
  ExprId pattern_test(NodeId pattern, ExprId subject);
  void rule_body(NodeId rule, ExprId target);

  std::vector<std::pair<std::string, VariableId>> static_imports_ = {};  // name ("" for all), class
  bool has_star_import_ = false;                                         // of a whole package
  std::vector<ExprId> yields_ = {};  // targets of the switch expressions that are open
};

}  // namespace fnlint
