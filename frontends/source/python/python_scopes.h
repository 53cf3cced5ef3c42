// Name resolution for Python, and all functions and classes of a file, before anything is lowered.
#pragma once

#include "core/limits.h"
#include "frontends/source/common/code_builder.h"
#include "frontends/source/python/python_syntax.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fnlint {

using PyScopeId = std::uint32_t;
inline constexpr std::uint32_t kPyClassAttribute = UINT32_MAX;  // in place of a variable

enum class PyScopeKind : std::uint8_t { Module, Function, Class, Comprehension };
struct PyScope {
  PyScopeKind kind{};
  PyScopeId parent = 0;
  FunctionId function = {};  // whose ops stand in it
  std::size_t depth = 0;
};

struct PyParameter {
  VariableId variable = {};
  NodeId fallback = kNoNode, type = kNoNode, pattern = kNoNode;  // pattern: of Python 2, `(a, b)`
  RestKind rest{};
};

// One function, lambda or class body; by FunctionId.
struct PyFunction {
  NodeId node = 0;  // function_definition, lambda, class_definition or module
  NodeId body = kNoNode;
  PyScopeId scope = 0, outer = 0;
  bool is_setter = false;  // a property's second function: the name stays the getter's
  std::vector<PyParameter> parameters = {};
};

// What a name stands for.
struct PyName {
  VariableId variable = {};      // none: a builtin, or nothing that the file shows
  bool class_attribute = false;  // a member of the class around, not a variable
};

// Which name is which variable, by Python's rules: a name that a function binds anywhere is its
// own unless declared global or nonlocal; class bodies are seen by no function inside them;
// comprehensions have a scope of their own. Makes all functions, classes and variables of a file,
// in the order of the text, in one walk over its nodes.
class PythonScopes {
 public:
  PythonScopes(CodeBuilder& out, const SyntaxNodes& nodes, std::string_view text);

  [[nodiscard]] PyName resolve(PyScopeId scope, StringId name) const;
  // The variable that an import in a class body binds under that name.
  [[nodiscard]] VariableId class_import(PyScopeId scope, StringId name) const {
    const auto row = class_imports_.find(key(scope, name));
    return row == class_imports_.end() ? VariableId{} : VariableId{row->second};
  }
  [[nodiscard]] const PyScope& scope(PyScopeId id) const { return scopes_[id]; }
  // Definitions and comprehensions nested deeper than kNestingDepth are passed over: they open
  // nothing.
  [[nodiscard]] bool is_passed_over(NodeId node) const { return at_[node] == UINT32_MAX; }
  // The scope that a comprehension opens.
  [[nodiscard]] PyScopeId scope_at(NodeId comprehension) const { return at_[comprehension]; }
  // Of a function_definition, lambda or class_definition (there: its ClassInit).
  [[nodiscard]] FunctionId function_at(NodeId definition) const {
    return FunctionId{at_[definition]};
  }
  [[nodiscard]] const std::deque<PyFunction>& functions() const { return functions_; }
  [[nodiscard]] const std::vector<FunctionId>& methods(ClassId type) const {
    return methods_[type.index];
  }
  // "boto3", "os.path", ".models.Order": what an import binds to that variable, or nothing.
  [[nodiscard]] std::string_view import_path(VariableId variable) const;

 private:
  enum class Declared : std::uint8_t { Global, Nonlocal };
  struct Binding {
    PyScopeId scope = 0;
    StringId name = {};
    VariableKind kind{};
    std::string import_path = {};
  };
  struct Pending {  // a scope that opens when the walk reaches `first`
    NodeId first = 0;
    PyScopeId scope = 0;
  };
  struct Open {
    NodeId end = 0;
    PyScopeId scope = 0;
  };

  void walk();
  void visit(NodeId node);
  void mark_broken(NodeId holder);
  void add_function(NodeId node, FunctionKind kind, std::string_view name, NodeId name_node);
  void define_function(NodeId node);
  void define_lambda(NodeId node);
  void define_class(NodeId node);
  FunctionKind method_kind(NodeId node, std::string_view name, PyFunction& function) const;
  void add_parameters(FunctionId function, NodeId list, bool has_receiver);
  [[nodiscard]] NodeId annotated_call(NodeId type) const;
  void add_parameter(FunctionId function, NodeId node, bool is_receiver);
  void open_comprehension(NodeId node);

  void bind(NodeId identifier, VariableKind kind = VariableKind::Local);
  void bind_targets(NodeId target, VariableKind kind = VariableKind::Local);
  void bind_in(PyScopeId scope, StringId name, VariableKind kind, std::string import_path = {});
  void bind_imports(NodeId statement, std::string_view module);
  void bind_capture(NodeId node);
  void bind_type_alias(NodeId statement);
  void declare(NodeId statement, Declared how);
  void settle();
  VariableId attribute_for(const Binding& binding, PyScopeId scope);
  VariableId variable_for(const Binding& binding, PyScopeId scope);
  [[nodiscard]] PyScopeId nonlocal_scope(PyScopeId from, StringId name) const;

  [[nodiscard]] bool is_too_deep() const { return scopes_[current()].depth >= kNestingDepth; }
  [[nodiscard]] PyScopeId current() const { return open_.back().scope; }
  [[nodiscard]] Py kind(NodeId node) const { return static_cast<Py>(nodes_[node].kind); }
  [[nodiscard]] NodeId child(NodeId node, PyField field) const {
    return nodes_.child(node, static_cast<std::uint8_t>(field));
  }
  [[nodiscard]] std::string_view text(NodeId node) const {
    const Range at = nodes_[node].range;
    return text_.substr(at.begin, at.end - at.begin);
  }
  static std::uint64_t key(PyScopeId scope, StringId name) {
    return (std::uint64_t{scope} << 32U) | name.index;
  }

  CodeBuilder& out_;
  const SyntaxNodes& nodes_;
  std::string_view text_;
  std::deque<PyScope> scopes_;
  std::deque<PyFunction> functions_;
  std::vector<std::vector<FunctionId>> methods_;  // by class
  std::vector<std::uint32_t> at_;  // by node: a scope or a function, as the node's kind says
  std::vector<Open> open_;
  std::vector<Pending> pending_;
  std::vector<Binding> bindings_;
  std::unordered_map<std::uint64_t, std::uint32_t> names_;  // to a variable, or kPyClassAttribute
  std::unordered_map<std::uint64_t, std::uint32_t> class_imports_;
  std::unordered_map<std::uint64_t, Declared> declared_;
  std::unordered_map<std::uint32_t, std::string> import_paths_;  // by variable
};

// What a decorator makes of a method: "staticmethod", "x.setter"; nothing for other decorators.
std::optional<FunctionKind> method_decorator(std::string_view decorator);

// "a.b" of module and name as an import statement has them: "." and "x" make ".x".
std::string joined_path(std::string_view module, std::string_view name);

}  // namespace fnlint
