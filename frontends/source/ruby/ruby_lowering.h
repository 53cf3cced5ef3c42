// Ruby's own lowering: every statement has a value, and blocks are closures.
#pragma once

#include "core/limits.h"
#include "frontends/source/common/code_builder.h"
#include "frontends/source/ruby/ruby_scopes.h"
#include "frontends/source/ruby/ruby_syntax.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// Walks the statements of one Ruby file and writes their ops: one function after another, each in
// evaluation order. The parts are in ruby_*.cpp, named after what they lower.
class RubyLowering {
 public:
  RubyLowering(CodeBuilder& out, const SyntaxNodes& nodes, const RubyScopes& scopes,
               std::string_view text);
  void lower_file();

 private:
  // Every statement has a value. Where the value of the last one goes: nowhere, to the caller, or
  // into a variable.
  struct Sink {
    enum class Kind : std::uint8_t { Nothing, Return, Keep } kind{};
    ExprId kept = {};
  };
  struct Jumps {  // where `break` and `next` lead
    OpId leaves = {}, repeats = {};
  };
  struct Capture {  // what a pattern binds when it matches
    VariableId variable = {};
    ExprId value = {};
  };
  static constexpr std::size_t kChainLinks = 64;  // of one expression
  class Deeper {  // one level of nesting, for as long as it lives
   public:
    explicit Deeper(std::size_t& depth) : depth_(++depth) {}
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    std::size_t& depth_;
  };

  // ruby_lowering.cpp
  void mark_nodes();
  [[nodiscard]] bool is_an_op(NodeId node) const;
  void lower_function(FunctionId function);
  void lower_module();
  void lower_class(const RbClass& type);
  void set_parameters(const RbFunction& row);
  void symbol_block(NodeId node);
  void too_deep(NodeId node);
  void salvage(NodeId node);
  void salvage_parts(NodeId node);
  void opaque(NodeId node, bool lists_all);
  [[nodiscard]] VariableId local(NodeId identifier) const;
  void feature(std::string_view name, std::string_view since, NodeId node);

  // ruby_statements.cpp
  void statements(NodeId holder, Sink sink);
  void statement(NodeId node, Sink sink);
  void statement_of(NodeId node, Sink sink);
  void give(ExprId value, Sink sink, NodeId node);
  void give_nothing(Sink sink, NodeId node);
  void body_or_nothing(NodeId body, Sink sink, NodeId holder);
  void if_statement(NodeId node, Sink sink);
  void choose(NodeId condition, bool when, NodeId then, NodeId otherwise, Sink sink, NodeId node);
  [[nodiscard]] bool needs_jumps(NodeId condition) const;
  void leave_if(NodeId condition, bool when, OpId block);
  void while_statement(NodeId node);
  void for_statement(NodeId node);
  void case_statement(NodeId node, Sink sink);
  ExprId when_condition(NodeId clause, ExprId subject);
  ExprId when_pattern(NodeId pattern, ExprId subject);
  void jump_statement(NodeId node);
  ExprId jump_value(NodeId node);
  void begin_statement(NodeId node, Sink sink);
  void protected_body(NodeId node, Sink sink);
  void rescue_clause(NodeId node, OpId attempt, OpId around, Sink sink);
  void rescue_modifier(NodeId node, Sink sink);
  [[nodiscard]] bool holds_below(NodeId node, Rb what) const;

  // ruby_patterns.cpp
  void case_match(NodeId node, Sink sink);
  void one_line_match(NodeId node, bool raises);
  ExprId pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId array_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId hash_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId either(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId class_test(NodeId node, ExprId subject);
  ExprId both(ExprId left, ExprId right, Range where);
  void bind(const std::vector<Capture>& captures, Range where);

  // ruby_assignments.cpp
  ExprId assignment(NodeId node);
  ExprId operator_assignment(NodeId node);
  ExprId logical_assignment(NodeId node, ExprId target, bool absent);
  ExprId place(NodeId target);
  ExprId index_place(NodeId target);
  void assign_target(NodeId target, ExprId value, Range where);
  void assign_list(NodeId list, ExprId value, Range where);
  void take_apart(NodeId pattern, ExprId value, Range where);
  void assign_parameters(const std::vector<RbParameter>& parameters, ExprId element, Range where);
  ExprId instance_variable(std::string_view name, Range where);
  ExprId global_variable(std::string_view name, Range where);
  ExprId class_variable(std::string_view name, Range where);

  // ruby_expressions.cpp
  ExprId expression(NodeId node);
  ExprId expression_of(NodeId node);
  ExprId value_of_statement(NodeId node);
  ExprId expression_or_null(NodeId node, NodeId holder);
  ExprId binary(NodeId node);
  ExprId binary_link(NodeId node, ExprId left);
  ExprId operation(std::string_view how, ExprId left, ExprId right, NodeId node);
  [[nodiscard]] bool asks_for_main(NodeId node) const;
  ExprId logical(NodeId node, ExprId left, bool both_needed);
  ExprId unary(NodeId node);
  ExprId is_defined(NodeId operand, Range where);
  ExprId conditional(NodeId node);
  ExprId array(NodeId node);
  ExprId word_array(NodeId node);
  ExprId hash(NodeId node);
  Operand entry(NodeId node);
  Operand element(NodeId node);
  ExprId element_reference(NodeId node, ExprId given);
  ExprId part(NodeId range_node, ExprId base, Range where);
  ExprId kept(ExprId value, Range where);
  ExprId stored(ExprId value, Range where);
  [[nodiscard]] bool is_text(ExprId value) const;

  // ruby_names.cpp
  ExprId constant(std::string_view name, NodeId node);
  ExprId scope_resolution(NodeId node);
  std::optional<std::string> constant_path(NodeId node) const;
  ExprId class_value(RbClassId type, Range where);
  ExprId self(Range where);
  [[nodiscard]] RbClassId self_class() const;
  [[nodiscard]] bool self_is_class() const;
  ExprId builtin(std::string_view name, Range where);
  ExprId outside(std::string_view name, Range where);
  TypeId type(NodeId node);
  ExprId own_method(std::string_view name, Range where);
  [[nodiscard]] bool declares(RbClassId type, std::string_view name, bool is_static,
                              std::size_t& seen, bool& open) const;
  [[nodiscard]] bool has_attribute(RbClassId type, std::string_view name, bool is_static) const;
  [[nodiscard]] bool has_attribute(RbClassId type, std::string_view name, bool is_static,
                                   std::size_t& seen) const;
  [[nodiscard]] RbClassId known_class(NodeId node, RbScopeId scope) const;
  [[nodiscard]] std::string field_name(std::string_view variable, RbClassId type,
                                       bool is_static) const;

  // ruby_calls.cpp
  ExprId postfix(NodeId node);
  ExprId call(NodeId node, ExprId given);
  ExprId identifier(NodeId node);
  ExprId bare_call(NodeId node, std::string_view name);
  std::optional<ExprId> language_call(NodeId node, std::string_view name);
  std::optional<ExprId> receiver_call(NodeId node, std::string_view name, ExprId receiver);
  [[nodiscard]] bool reads_attribute(NodeId receiver, std::string_view name) const;
  ExprId plain_call(NodeId node, ExprId callee, CallMode mode);
  ExprId super_call(NodeId node);
  void raise_call(NodeId node);
  bool import_call(NodeId node, std::string_view how);
  ExprId dig(NodeId node, ExprId receiver);
  std::vector<Operand> arguments(NodeId list);
  void add_block(NodeId call, std::vector<Operand>& operands);
  ExprId block_value(NodeId argument);
  ExprId loop_call(NodeId node, ExprId given, RbLoop how);
  ExprId yield_call(NodeId node);
  ExprId made_class(NodeId node, RbClassId type);
  std::optional<std::string> symbol_argument(NodeId call) const;

  // ruby_definitions.cpp
  ExprId method_definition(NodeId node);
  void class_definition(NodeId node);
  void define(const RbClass& type, NodeId node);
  std::vector<ExprId> base_values(const RbClass& type);
  [[nodiscard]] bool is_named_by_path(const RbClass& type) const;
  void alias(NodeId node);

  // ruby_text.cpp
  ExprId string(NodeId node);
  ExprId string_of(NodeId node, std::string_view quote);
  ExprId heredoc(NodeId node);
  ExprId interpolation(NodeId node);
  std::optional<std::string> plain_text(NodeId node) const;
  std::optional<std::string> key_text(NodeId node) const;

  [[nodiscard]] Rb kind(NodeId node) const { return static_cast<Rb>(nodes_[node].kind); }
  [[nodiscard]] bool is(NodeId node, Rb what) const { return node != kNoNode && kind(node) == what; }
  [[nodiscard]] NodeId child(NodeId node, RbField field) const {
    return nodes_.child(node, static_cast<std::uint8_t>(field));
  }
  [[nodiscard]] bool fills(NodeId node, RbField field) const {
    return nodes_[node].field == static_cast<std::uint8_t>(field);
  }
  [[nodiscard]] Range range(NodeId node) const { return nodes_[node].range; }
  [[nodiscard]] std::string_view text(NodeId node) const {
    const Range at = nodes_[node].range;
    return text_.substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] bool has_ops(NodeId node) const { return has_ops_[node]; }

  CodeBuilder& out_;
  const SyntaxNodes& nodes_;
  const RubyScopes& scopes_;
  std::string_view text_;
  std::vector<bool> has_ops_;                                 // by node
  std::unordered_map<std::string, VariableId> imported_ = {};  // builtins and outside names
  std::unordered_map<std::uint32_t, std::vector<ExprId>> bases_ = {};  // by ClassId
  std::set<std::uint32_t> defined_ = {};  // classes that only paths name
  std::set<std::string_view> features_ = {};                  // said already
  bool said_too_deep_ = false;

  // The function that is being lowered.
  FunctionId function_ = {};
  RbScopeId scope_ = 0;
  std::vector<Jumps> jumps_ = {};
  std::vector<OpId> retries_ = {};
  std::size_t depth_ = 0;
};

// A literal's text without its escapes. `raw`: only \\ and the quote are escaped.
std::string ruby_unescaped(std::string_view escape, bool raw);

}  // namespace fnlint
