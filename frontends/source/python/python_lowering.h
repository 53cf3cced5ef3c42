// Python's own lowering: its scopes are functions and classes, not blocks.
#pragma once

#include "core/limits.h"
#include "frontends/source/common/code_builder.h"
#include "frontends/source/python/python_literals.h"
#include "frontends/source/python/python_scopes.h"
#include "frontends/source/python/python_syntax.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fnlint {

// Walks the statements of one file and writes their ops: one function after another, each in
// evaluation order. The parts are in python_*.cpp, named after what they lower.
class PythonLowering {
 public:
  PythonLowering(CodeBuilder& out, const SyntaxNodes& nodes, const PythonScopes& scopes,
                 std::string_view text);
  void lower_file();

 private:
  struct Jumps {  // where `break` and `continue` lead
    OpId leaves = {}, repeats = {};
  };
  struct Capture {  // what a pattern binds when it matches
    NodeId name = kNoNode;
    ExprId value = {};
  };
  struct StringBody {
    StringPrefix prefix = {};
    Range range = {};              // between the quotes
    std::string_view quotes = {};  // that it begins with: one, or three
  };
  // Bits of marks_: what is known of a node before it is lowered.
  enum Mark : std::uint8_t { kHasOps = 1, kTypeTestCall = 2, kFormatCall = 4, kImportCall = 8 };
  class Deeper {  // one level of nesting, for as long as it lives
   public:
    explicit Deeper(std::size_t& depth) : depth_(++depth) {}
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    std::size_t& depth_;
  };

  // python_lowering.cpp
  void mark_nodes();
  void mark_named_imports();
  void lower_function(FunctionId function);
  void lower_body(NodeId node);
  void set_parameters(FunctionId function);
  void too_deep(NodeId node);
  void salvage(NodeId node);
  void salvage_parts(NodeId node);
  void opaque(NodeId node, bool lists_all);
  void export_names(NodeId list);
  void python2(std::string_view what, NodeId node);
  void feature(std::string_view name, std::string_view since, NodeId node);

  // python_statements.cpp
  void statement(NodeId node);
  void simple_statement(NodeId node);
  void expression_statement(NodeId node);
  [[nodiscard]] bool is_plain_string(NodeId node) const;
  void if_statement(NodeId node);
  void flat_if(NodeId node);
  ExprId test(NodeId condition, NodeId holder);
  std::uint32_t import_flags_under(NodeId condition, bool holds) const;
  void block(NodeId node, std::uint32_t import_flags);
  void return_statement(NodeId node);
  void raise_statement(NodeId node);
  void assert_statement(NodeId node);
  void delete_target(NodeId node);
  void print_statement(NodeId node);
  void exec_statement(NodeId node);
  void type_alias(NodeId node);
  void type_call_assignment(NodeId node);
  ExprId type_chain(NodeId node, std::uint32_t begin);

  // python_regions.cpp
  void while_statement(NodeId node);
  void for_statement(NodeId node);
  void loop_body(NodeId node, OpId loop, OpId around, NodeId body);
  void try_statement(NodeId node);
  void except_clause(NodeId node, OpId attempt, OpId around);
  [[nodiscard]] bool is_lower_name(NodeId node) const;
  std::vector<TypeId> caught_types(const std::vector<NodeId>& values);
  [[nodiscard]] bool is_parenthesized(NodeId clause) const;
  void with_statement(NodeId node);
  std::vector<TypeId> suppressed_types(NodeId item);
  ExprId enter(NodeId item, bool is_async);
  ExprId implicit_call(ExprId object, std::string_view method, bool is_async, Range where);

  // python_match.cpp
  void match_statement(NodeId node);
  void case_clause(NodeId node, ExprId subject, OpId around);
  ExprId pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId sequence_pattern(const std::vector<NodeId>& elements, ExprId subject,
                          std::vector<Capture>& captures, Range where);
  ExprId mapping_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId class_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId union_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures);
  ExprId value_pattern(NodeId node, bool negative, ExprId subject);
  ExprId dotted_value(NodeId node);
  ExprId key_of(NodeId node);
  ExprId both(ExprId left, ExprId right, Range where);

  // python_targets.cpp
  void assignment(NodeId node);
  void augmented_assignment(NodeId node);
  void annotate(NodeId target, NodeId type);
  void assign_target(NodeId target, ExprId value, Range where);
  void assign_each(const std::vector<NodeId>& targets, NodeId values, Range where, NodeId pattern);
  void unpack(NodeId target, ExprId value, Range where);
  [[nodiscard]] bool is_split(ExprId value) const;
  void require_length(ExprId list, std::size_t names, Range where);
  ExprId place(NodeId target);  // none: not a place, or a pattern
  ExprId loop_target(NodeId target);
  void take_apart(NodeId target, ExprId element, Range where);
  [[nodiscard]] bool may_change(NodeId target, NodeId value) const;
  [[nodiscard]] bool rebinds(NodeId pattern, ExprId value) const;
  ExprId kept(ExprId value, Range where);
  ExprId stored(ExprId value, Range where);
  [[nodiscard]] bool is_constant(ExprId value) const;
  [[nodiscard]] bool is_temporary(ExprId value) const;
  [[nodiscard]] NodeId ungrouped(NodeId node) const;
  [[nodiscard]] bool is_pattern(NodeId node) const;
  [[nodiscard]] std::vector<NodeId> elements_of(NodeId node) const;

  // python_expressions.cpp
  ExprId expression(NodeId node);
  ExprId expression_of(NodeId node);
  ExprId too_deep_value(NodeId node);
  ExprId fragment(NodeId node);
  ExprId name_for(StringId name, Range where, bool is_target);
  ExprId unary(NodeId node);
  ExprId binary(NodeId node);
  ExprId binary_link(NodeId node, ExprId left, std::vector<ExprId>& parts);
  ExprId flush_concat(ExprId left, std::vector<ExprId>& parts, Range where);
  [[nodiscard]] bool is_text(ExprId value) const;
  void add_parts(ExprId value, std::vector<ExprId>& parts);
  ExprId boolean_chain(NodeId node);
  ExprId boolean_link(NodeId node, ExprId left);
  ExprId comparison(NodeId node);
  ExprId compare(Py how, ExprId left, ExprId right, Range where);
  ExprId conditional(NodeId node);
  ExprId named_expression(NodeId node);
  ExprId sequence(NodeId node);
  ExprId dictionary(NodeId node);
  ExprId comprehension(NodeId node);
  OpId comprehension_loop(NodeId clause, PyScopeId subject_scope, PyScopeId inner);
  ExprId lambda(NodeId node);
  ExprId await_expression(NodeId node);
  ExprId yield_expression(NodeId node);
  Operand element(NodeId node);

  // python_calls.cpp
  [[nodiscard]] std::uint8_t special_call(NodeId call) const;
  [[nodiscard]] bool names_types(NodeId node) const;
  ExprId postfix(NodeId node);
  ExprId apply_link(NodeId link, ExprId base);
  ExprId subscript(NodeId node, ExprId base);
  ExprId slice(NodeId node, ExprId base, Range where);
  ExprId call(NodeId node, ExprId callee);
  ExprId super_value(NodeId call, Range where);
  std::vector<Operand> arguments(NodeId list);
  ExprId special(NodeId node);
  ExprId type_test(NodeId node);
  ExprId type_tests(NodeId type, ExprId subject, Range where);
  ExprId dynamic_import(NodeId node);

  // python_text.cpp
  ExprId string(NodeId node);
  [[nodiscard]] StringBody string_body(NodeId node) const;
  void string_parts(NodeId node, std::string& literal, Range& literal_range,
                    std::vector<ExprId>& parts);
  void newer_interpolation(NodeId node, std::string_view quotes);
  void interpolation(NodeId node, std::string& literal, Range& literal_range,
                     std::vector<ExprId>& parts);
  [[nodiscard]] bool is_template(NodeId node) const;
  void flush_text(std::string& literal, Range& literal_range, std::vector<ExprId>& parts);
  std::optional<std::string> plain_text(NodeId node) const;  // of a string without fields
  ExprId format_call(NodeId node);
  ExprId percent(NodeId node, ExprId format, NodeId arguments);
  ExprId formatted(const std::vector<FormatPiece>& pieces, const std::vector<Operand>& values,
                   Range where);
  ExprId laid_out(std::string_view layout, ExprId value, Range where);
  ExprId field_value(const FormatPiece& piece, const std::vector<Operand>& values,
                     std::size_t& next, Range where);

  // python_definitions.cpp
  void decorated_definition(NodeId node);
  void function_definition(NodeId node, NodeId holder);
  void class_definition(NodeId node, NodeId holder);
  void lower_fallbacks(FunctionId function);
  std::vector<ExprId> decorator_values(NodeId holder, bool in_class);
  ExprId decorated(ExprId value, const std::vector<ExprId>& decorators, NodeId holder);
  std::vector<ExprId> base_classes(NodeId node);
  std::vector<Field> class_fields(NodeId body, FunctionId init);

  // python_imports.cpp
  void import_statement(NodeId node);
  void import_from(NodeId node, std::string_view module);
  [[nodiscard]] bool is_meant_unused(NodeId node) const;
  void add_import(VariableId local, std::string_view module, std::string_view name,
                  std::uint32_t flags, NodeId node);
  VariableId imported_variable(std::string_view name);
  VariableId builtin(StringId name);
  TypeId type(NodeId node);
  TypeId type_of(NodeId node);
  TypeId class_type(NodeId node);
  TypeId generic(NodeId base, const std::vector<NodeId>& arguments);
  TypeId union_of(NodeId left, NodeId right);
  TypeId quoted_type(std::string_view& rest, std::size_t depth);
  std::string type_path(NodeId node);  // of a dotted name; empty for anything else
  std::string resolved_path(std::string_view dotted, bool is_annotation);

  [[nodiscard]] Py kind(NodeId node) const { return static_cast<Py>(nodes_[node].kind); }
  [[nodiscard]] bool is(NodeId node, Py what) const {
    return node != kNoNode && kind(node) == what;
  }
  [[nodiscard]] NodeId child(NodeId node, PyField field) const {
    return nodes_.child(node, static_cast<std::uint8_t>(field));
  }
  [[nodiscard]] Range range(NodeId node) const { return nodes_[node].range; }
  [[nodiscard]] std::string_view text(NodeId node) const {
    const Range at = nodes_[node].range;
    return text_.substr(at.begin, at.end - at.begin);
  }
  // Without the star that the grammar takes for a part of `*a.b()`.
  [[nodiscard]] Range link_range(NodeId node) const {
    Range at = nodes_[node].range;
    while (at.begin < at.end && text_[at.begin] == '*') ++at.begin;
    return at;
  }
  [[nodiscard]] bool has_ops(NodeId node) const { return (marks_[node] & kHasOps) != 0; }
  [[nodiscard]] ExprId expression_or_unknown(NodeId node, NodeId holder) {
    return node == kNoNode ? out_.unknown("missing", range(holder)) : expression(node);
  }

  CodeBuilder& out_;
  const SyntaxNodes& nodes_;
  const PythonScopes& scopes_;
  std::string_view text_;
  std::vector<VariableId> imported_;
  std::vector<std::uint8_t> marks_;                         // by node
  std::vector<std::vector<ExprId>> fallbacks_;              // by function, then by parameter
  std::unordered_map<std::uint32_t, VariableId> builtins_;  // by name
  std::set<std::string_view> features_;  // said already, as are the remains of Python 2
  const StringId no_name_;               // of temporaries
  bool said_too_deep_ = false;

  // The function that is being lowered.
  FunctionId function_ = {};
  PyScopeId scope_ = 0;
  std::vector<Jumps> jumps_;
  std::uint32_t import_flags_ = 0;
  std::unordered_set<std::uint32_t> assigned_;  // a class body's names that have a value by now
  std::size_t depth_ = 0;
  std::vector<NodeId> links_;  // of the postfix chains that are open
};

// Whether a type's path says that the variable is set once.
bool is_final(std::string_view path);

}  // namespace fnlint
