// Rust in the code form: blocks as values, patterns, results, paths, macros.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/rust/rust_syntax.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// What Rust has beyond the kit: blocks as values, patterns, results, paths, macros. Parts:
// rust_{items,paths,values,matches,patterns,expressions,macro_calls}.cpp.
//
// A Result or Option is its value: Ok(x), Some(x) and e? are x, None is null. Where a program looks
// at the error itself, the call stands in a Try: `match f() { Ok(x) => a, Err(e) => b }` is a Try
// around f() whose Catch is b.
class RustLowering : public ScopedLowering {
 public:
  RustLowering(CodeBuilder& out, const SourceFile& file) : ScopedLowering(out, file) {}

 protected:
  void declare_file(NodeId file) override;
  void file_body(NodeId file) override;
  void statement_of(NodeId node) override;
  ExprId expression_of(NodeId node) override;
  TypeId type_of(NodeId node) override;
  [[nodiscard]] bool makes_op(NodeId node) const override;
  [[nodiscard]] NodeId dereferenced(NodeId node) const override;
  [[nodiscard]] bool is_own_function(NodeId node) const override;
  [[nodiscard]] std::string literal_text(NodeId node) const override;
  void function_body(NodeId function, NodeId body) override;
  [[nodiscard]] std::uint8_t function_flags(NodeId node) const override;
  [[nodiscard]] std::string_view receiver_name() const override { return "self"; }
  [[nodiscard]] bool has_bare_members() const override { return false; }
  std::vector<Member> class_members(NodeId node) override;
  std::vector<NodeId> base_types(NodeId node) const override;
  ExprId field_value(const Member& member) override;

 private:
  [[nodiscard]] bool is(NodeId node, Syn what) const { return ScopedLowering::is(node, what); }
  [[nodiscard]] bool is(NodeId node, Rs what) const {
    return node != kNoNode && nodes_[node].kind == static_cast<std::uint8_t>(what);
  }
  [[nodiscard]] Rs rust(NodeId node) const { return static_cast<Rs>(nodes_[node].kind); }

  // --- Items: rust_items.cpp
  struct Items {  // of a block, a file or a mod: the scope that they are in, and what runs
    std::vector<NodeId> functions = {}, types = {}, values = {};
    std::vector<std::pair<NodeId, ScopeId>> mods = {};
  };
  struct Implementation {
    NodeId node = kNoNode;
    std::string_view type = {};
    ScopeId scope = 0;
  };
  void declare_items(NodeId holder);
  void declare_item(NodeId node);
  void declare_type(NodeId node);
  void define_items(NodeId holder);
  void define_function_item(NodeId node);
  void static_item(NodeId node);
  [[nodiscard]] std::vector<NodeId> items_of(NodeId holder) const;
  [[nodiscard]] bool is_test_only(NodeId attribute) const;
  [[nodiscard]] bool is_item(NodeId node) const;
  [[nodiscard]] std::string_view type_name(NodeId type) const;
  void use_clause(NodeId node, std::string path);
  void add_use(std::string_view local, std::string_view path, Range where);
  void method_member(NodeId item, std::vector<Member>& members) const;
  void enum_members(NodeId body, std::vector<Member>& members) const;

  // --- Paths and types: rust_paths.cpp
  struct Place {  // what a path begins with, and what follows
    VariableId variable = {};
    std::uint32_t in_class = kNone;  // Self
    std::size_t used = 0;            // segments
  };
  using Segments = std::vector<std::string_view>;
  [[nodiscard]] Segments segments_of(NodeId node) const;
  Place place_of(const Segments& path, Range where, bool is_type);
  ExprId path_value(NodeId node);
  ExprId path_value(const Segments& path, Range where);
  ExprId with_type(ExprId value, NodeId callee);
  [[nodiscard]] bool has_default(NodeId attribute) const;
  [[nodiscard]] bool is_defaulted(NodeId item) const;
  [[nodiscard]] bool is_optional(NodeId type) const;
  TypeId path_type(const Segments& path, const std::vector<TypeId>& arguments, Range where);
  [[nodiscard]] std::uint32_t class_named(VariableId variable) const;

  // --- Values of blocks: rust_values.cpp
  struct Sink {  // where the value of an expression goes
    enum class Kind : std::uint8_t { Drop, Return, Store };
    Kind kind{};
    ExprId target = {};
  };
  void deliver(NodeId node, const Sink& sink);
  void give(ExprId value, Range where, const Sink& sink);
  void give_result(NodeId call, const Sink& sink);
  void return_test(NodeId node);
  void block(NodeId node, const Sink& sink);
  void block_contents(NodeId node, const Sink& sink);
  [[nodiscard]] NodeId tail_of(NodeId block) const;
  [[nodiscard]] NodeId sole_value(NodeId block) const;
  [[nodiscard]] NodeId block_of(NodeId node) const;  // of `unsafe { }`, `else { }`
  [[nodiscard]] bool is_flow(NodeId node) const;
  [[nodiscard]] bool is_constructor(NodeId node, std::string_view name) const;
  void if_value(NodeId node, const Sink& sink);
  void while_value(NodeId node);
  void loop_value(NodeId node, const Sink& sink);
  void for_value(NodeId node);
  void labeled_block(NodeId node, NodeId label, const Sink& sink);
  void break_value(NodeId node);
  void continue_value(NodeId node);
  void let_statement(NodeId node);
  void let_name(NodeId name, NodeId value, NodeId written, Range where);
  void ignored(NodeId value);
  [[nodiscard]] NodeId made_optional(NodeId node) const;
  void let_else(NodeId node, NodeId pattern, NodeId value, NodeId otherwise);
  [[nodiscard]] std::string_view label_of(NodeId node) const;
  void note_shared(VariableId variable, NodeId type, NodeId value);
  [[nodiscard]] static bool is_counted(std::string_view type) {
    return type == "Arc" || type == "Rc";
  }
  bool has_shared_part(std::string_view type);
  void note_fallible(VariableId variable, ExprId value, NodeId node);

  // --- Patterns: rust_patterns.cpp
  struct Capture {
    NodeId name = kNoNode;
    ExprId value = {};
  };
  using Captures = std::vector<Capture>;
  // What must hold for a match; none where every value matches.
  ExprId pattern(NodeId node, ExprId subject, Captures& captures);
  ExprId pattern_of(NodeId node, ExprId subject, Captures& captures);
  ExprId name_pattern(NodeId node, ExprId subject, Captures& captures);
  ExprId variant_pattern(NodeId node, ExprId subject, Captures& captures);
  ExprId struct_pattern(NodeId node, ExprId subject, Captures& captures);
  ExprId elements_pattern(NodeId node, ExprId subject, Captures& captures, ExprId matches,
                          NodeId skipped);
  ExprId range_pattern(NodeId node, ExprId subject);
  ExprId both(ExprId left, ExprId right, Range where);
  void bind_captures(const Captures& captures);
  void destructure(NodeId pattern, ExprId value, Range where);
  ExprId failed(ExprId subject, bool holds, Range where);
  [[nodiscard]] NodeId bound_name(NodeId pattern) const;
  enum class Outcome : std::uint8_t { Any, Good, Bad };  // Ok(p), Err(p)
  [[nodiscard]] Outcome outcome_of(NodeId pattern) const;
  [[nodiscard]] NodeId inner_pattern(NodeId pattern) const;

  // --- Tests and matches: rust_matches.cpp
  [[nodiscard]] bool needs_require(NodeId condition) const;
  [[nodiscard]] bool asks_result(NodeId node, bool& of_error, NodeId& subject) const;
  void require(NodeId condition, OpId failed);
  void require_match(NodeId pattern, NodeId value, OpId failed);
  void require_result(NodeId pattern, NodeId value, bool of_error, OpId failed);
  bool require_prefix(NodeId pattern, NodeId value, OpId failed);
  void test_match(NodeId pattern, ExprId subject, OpId failed, Range where);
  void branch_on(NodeId condition, const std::function<void()>& then,
                 const std::function<void()>& otherwise, Range where);
  void match_value(NodeId node, const Sink& sink);
  void match_result(NodeId node, NodeId subject, const std::vector<NodeId>& arms,
                    const Sink& sink);
  bool arm(NodeId node, NodeId pattern, ExprId subject, OpId done, const Sink& sink,
           bool is_last);
  [[nodiscard]] bool can_fail(NodeId value) const;

  // --- Expressions: rust_expressions.cpp
  ExprId postfix(NodeId node);
  ExprId path_call(NodeId node);
  bool appends(ExprId method, ExprId value, Range where);
  ExprId empty_collection(const Segments& path, Range where);
  [[nodiscard]] bool is_default(NodeId value) const;
  ExprId default_of(NodeId type, Range where);
  NodeId field_type(const Segments& path, std::string_view field);
  ExprId link(NodeId node, ExprId base);
  std::size_t build(NodeId base, const std::vector<NodeId>& links, ExprId& value);
  ExprId closure_value(NodeId node);
  ExprId async_block(NodeId node);
  ExprId construct_value(NodeId node);
  ExprId variant_value(NodeId node, const std::vector<Operand>& fields);
  ExprId list_value(NodeId node);
  ExprId index_value(NodeId node, ExprId object);
  ExprId range_of(NodeId node, ExprId base);
  ExprId unary_value(NodeId node);
  ExprId assign_value(NodeId node);
  ExprId assign_with(NodeId node);
  void assign_to(NodeId target, ExprId value, Range where) override;
  [[nodiscard]] std::string number_text(NodeId node) const;
  [[nodiscard]] NodeId unpacked(NodeId target, NodeId written) const;
  void rust_parameters(FunctionId function, NodeId list);

  void lower_statement(NodeId node);

  // --- What calls are lent: rust_lent.cpp
  [[nodiscard]] static bool is_mutable_reference(std::string_view written);
  ExprId referred(NodeId node);
  void lend(NodeId node);
  void take_back();

  // --- Macros: rust_macro_calls.cpp
  ExprId macro_value(NodeId node);
  [[nodiscard]] std::string_view macro_name(NodeId node) const;
  [[nodiscard]] NodeId macro_tokens(NodeId node) const;
  ExprId formatted(const std::vector<NodeId>& arguments, std::size_t from, Range where);
  ExprId pair_list(NodeId list);
  ExprId matches(NodeId node);
  ExprId require_or_raise(NodeId node, std::string_view name);
  std::vector<Operand> macro_arguments(NodeId tokens);

  struct Loop {  // `break value`
    OpId op = {};
    ExprId value = {};
  };
  struct Fallible {  // a variable that holds a call's Result as it came
    FunctionId function = {};
    OpId call = {};
  };
  std::vector<Loop> loops_ = {};
  std::unordered_map<std::uint32_t, Fallible> fallible_ = {};       // by variable
  std::unordered_map<NodeId, VariableId> item_variables_ = {};
  std::unordered_map<NodeId, std::uint32_t> item_classes_ = {};
  std::unordered_map<NodeId, ScopeId> mod_scopes_ = {};
  std::map<std::pair<ScopeId, std::string_view>, ScopeId> mods_ = {};  // by where it stands
  std::unordered_map<std::uint32_t, std::uint32_t> class_rows_ = {};   // by variable
  std::unordered_map<NodeId, std::vector<NodeId>> implementations_ = {};  // by the type's node
  std::map<std::string_view, NodeId> aliases_ = {};
  std::vector<NodeId> orphans_ = {};  // implementations of types of other files
  std::set<std::uint32_t> shared_ = {};  // an Arc, or what holds one: clone() is the same
  struct Lent {
    VariableId variable = {};
    Range where = {};
    bool is_kept = false;  // beyond the call
  };
  std::vector<Lent> lent_ = {};
  std::set<std::uint32_t> references_ = {};  // parameters
  VariableId main_ = {};
  Range main_name_ = {};
  bool main_is_async_ = false, has_star_ = false;
};

}  // namespace fnlint
