// Go in the code form: packages, results with errors, composite literals, channels, static types.
#pragma once

#include "frontends/source/common/scoped_lowering.h"
#include "frontends/source/go/go_syntax.h"

#include <map>
#include <optional>
#include <set>

namespace fnlint {

// Lowers Go. What it has beyond the shared mechanism: errors and other results that stand beside
// the value (model/code.h: ErrorOf), composite literals, packages, channels. Static types are
// followed as far as the file shows them, as the nodes that write them.
//
// Parts: go_{lowering,types,results,statements,choices,expressions,literals}.cpp.
class GoLowering : public ScopedLowering {
 public:
  using ScopedLowering::ScopedLowering;

 protected:
  void declare_file(NodeId file) override;
  void file_body(NodeId file) override;
  void statement_of(NodeId node) override;
  ExprId expression_of(NodeId node) override;
  TypeId type_of(NodeId node) override;
  ExprId unknown_name(std::string_view name, NodeId node) override;
  [[nodiscard]] bool makes_op(NodeId node) const override;
  [[nodiscard]] NodeId dereferenced(NodeId node) const override;
  void assign_to(NodeId target, ExprId value, Range where) override;
  [[nodiscard]] std::string literal_text(NodeId node) const override;
  void function_body(NodeId function, NodeId body) override;
  ExprId qualified(NodeId member) override;  // pkg.Name
  ExprId own_call(NodeId call) override;     // builtins and conversions
  ExprId link_call(NodeId link, ExprId callee) override;
  void hand_on(NodeId name);
  void keep_address(NodeId node, NodeId operand);
  ExprId combine(std::string_view op, ExprId left, ExprId right, Range where) override;
  std::vector<Member> class_members(NodeId spec) override;
  [[nodiscard]] std::vector<NodeId> base_types(NodeId spec) const override;

 private:
  [[nodiscard]] static Syn own(GoSyn what) { return static_cast<Syn>(what); }
  [[nodiscard]] bool is_go(NodeId node, GoSyn what) const { return kind(node) == own(what); }
  [[nodiscard]] GoSyn go_kind(NodeId node) const { return static_cast<GoSyn>(kind(node)); }
  [[nodiscard]] std::vector<NodeId> all_children(NodeId node) const;
  [[nodiscard]] std::vector<NodeId> items(NodeId list) const;  // of an ExpressionList or one
  [[nodiscard]] std::vector<NodeId> named(NodeId node, SynField what) const;
  [[nodiscard]] std::vector<NodeId> statements_of(NodeId node) const;

  // --- The file.
  void declare_imports(NodeId file);
  void declare_import(NodeId spec, const std::set<std::string, std::less<>>& used);
  void declare_values(NodeId group);
  void declare_types(NodeId group);
  void define_types();
  void package_variables(NodeId file);
  std::vector<NodeId> in_order_of_use(const std::vector<NodeId>& specs) const;
  [[nodiscard]] std::string_view receiver_type(NodeId method) const;
  void declare_parameters(NodeId function);

  // --- Types as the file writes them.
  [[nodiscard]] NodeId bare_type(NodeId type) const;    // without pointers and parentheses
  [[nodiscard]] NodeId underlying(NodeId type) const;   // through names that the file declares
  [[nodiscard]] NodeId static_type(NodeId expression, int depth = 0) const;
  [[nodiscard]] NodeId field_type(NodeId owner, std::string_view name) const;
  [[nodiscard]] NodeId element_type(NodeId type) const;
  [[nodiscard]] NodeId method_of(NodeId owner, std::string_view name) const;
  [[nodiscard]] NodeId called_function(NodeId call, int depth = 0) const;  // a node with parameters and results
  [[nodiscard]] bool is_class(NodeId type) const;           // values of it are made by Construct
  [[nodiscard]] bool is_type_name(NodeId node) const;
  [[nodiscard]] bool is_struct(NodeId node, int depth = 0) const;  // itself, no pointer to one
  [[nodiscard]] std::string_view type_word(NodeId type) const;  // "error", "string"
  ExprId zero_value(NodeId type, Range where);
  void remember_type(VariableId variable, NodeId type);

  // --- Results. How several of them travel as one value.
  enum class Shape : std::uint8_t {
    Unknown,
    None,
    One,
    Error,     // the error alone
    Value,     // one value, and the error beside it
    Values,    // a list, and the error beside it
    Optional,  // value, bool: null where the bool is false
    List,
  };
  struct Results {
    Shape shape = Shape::Unknown;
    std::vector<NodeId> types = {}, names = {};
  };
  [[nodiscard]] Results results_of(NodeId function) const;
  [[nodiscard]] bool is_optional_pair(NodeId function) const;
  [[nodiscard]] Results results_of_call(NodeId call, int depth = 0) const;
  // What the targets of `a, b, c = f()` get.
  std::vector<ExprId> spread(NodeId source, const std::vector<NodeId>& targets);
  std::vector<ExprId> spread_call(NodeId call, const std::vector<NodeId>& targets);
  void return_statement(NodeId node);
  void return_values(std::vector<ExprId> values, ExprId error, bool fails, NodeId node);
  ExprId error_value(NodeId node);
  [[nodiscard]] bool is_surely_error(NodeId node) const;
  [[nodiscard]] bool is_zero(NodeId node) const;
  [[nodiscard]] bool is_set_by_linker(NodeId written, std::string_view name);
  // What an assignment, an increment or an address in the file names.
  const std::set<std::string_view>& changed_names();
  [[nodiscard]] static bool names_error(std::string_view name);
  [[nodiscard]] static bool names_presence(std::string_view name);

  // --- Statements.
  void statements(const std::vector<NodeId>& nodes, std::size_t from = 0);
  void deferred(NodeId node, const std::function<void()>& rest);
  void if_chain(NodeId node);
  void for_statement(NodeId node);
  void range_loop(NodeId loop, NodeId clause);
  void variables(NodeId spec, bool is_package);
  void constants(NodeId group);
  void short_variables(NodeId node);
  void remember_errors(const std::vector<NodeId>& targets, const std::vector<NodeId>& given);
  void assign_statement(NodeId node);
  bool appends_to_itself(NodeId target, NodeId value, Range where);
  void store(NodeId target, ExprId value, bool declares, Range where, NodeId written = kNoNode);
  void remember_copy(VariableId variable, NodeId given);
  void copy_before_change(NodeId target);
  void local_types(NodeId group);
  void switch_statement(NodeId node);
  void type_switch(NodeId node);
  void select_statement(NodeId node);
  void send(NodeId node);
  void receive_into(NodeId node, bool declares);
  [[nodiscard]] bool has_token(NodeId node, std::string_view token) const;

  // --- Expressions.
  [[nodiscard]] bool is_special_call(NodeId node) const;
  [[nodiscard]] bool is_generic_call(NodeId node) const;
  [[nodiscard]] NodeId callee_node(NodeId call) const;  // without type arguments
  [[nodiscard]] bool is_instantiation(NodeId index) const;
  ExprId builtin_call(std::string_view name, NodeId node);
  ExprId appended(const std::vector<NodeId>& given, Range where);
  ExprId made(NodeId node, const std::vector<NodeId>& given);
  ExprId unary(NodeId node);
  ExprId received(NodeId channel, Range where);
  ExprId composite(NodeId node);
  ExprId literal_of(NodeId type, NodeId body, Range where);
  ExprId literal_element(NodeId element, NodeId type);
  ExprId constructed(NodeId type, NodeId body, Range where);
  ExprId record_of(NodeId body, NodeId value_type, bool by_name, Range where);

  std::unordered_map<std::uint32_t, std::string> packages_ = {};  // by variable: the module's path
  std::map<std::string, NodeId, std::less<>> functions_ = {}, types_ = {};
  std::map<std::string, std::map<std::string, NodeId, std::less<>>, std::less<>> methods_ = {};
  std::map<std::string, std::uint32_t, std::less<>> class_rows_ = {};
  std::vector<NodeId> initialisers_ = {};
  std::set<std::string, std::less<>> type_parameters_ = {};
  std::unordered_map<std::uint32_t, NodeId> variable_types_ = {};  // by variable
  std::set<std::uint32_t> copies_ = {};  // variables of functions that hold a copy of a struct
  std::optional<std::set<std::string_view>> changed_names_ = {};
  std::set<std::uint32_t> error_calls_ = {};   // that give an error, and nothing beside it
  std::vector<std::string_view> failed_ = {};  // errors that are not nil where we are
  Results results_ = {};                       // of the function being written
  std::vector<VariableId> result_variables_ = {};
  std::uint32_t iota_ = 0;
  bool is_main_ = false;
};

}  // namespace fnlint
