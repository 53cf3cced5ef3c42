#pragma once

#include "core/limits.h"
#include "frontends/source/common/code_builder.h"
#include "frontends/source/ruby/ruby_syntax.h"

#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Ruby's scopes before it is lowered: which names, methods and classes each has, and what a block
// sees of those around it.
namespace fnlint {

using RbScopeId = std::uint32_t;
using RbClassId = std::uint32_t;
inline constexpr std::uint32_t kNoRuby = UINT32_MAX;

// Singleton: the body of `class << self`. Block: sees the names of the scope around.
enum class RbScopeKind : std::uint8_t { Module, Class, Singleton, Method, Block };
struct RbScope {
  RbScopeKind kind{};
  RbScopeId parent = 0;
  FunctionId function = {};  // whose ops stand in it
  RbClassId type = kNoRuby;  // whose body or method it is in
  bool is_static = false;    // Method: `self` is the class
  std::size_t depth = 0;
};

struct RbParameter {
  VariableId variable = {};
  NodeId fallback = kNoNode, pattern = kNoNode;
  RestKind rest{};
  bool is_keyword = false;
};

// A method, block or lambda with a body of its own, or the initialiser of a file or class.
struct RbFunction {
  NodeId node = kNoNode;
  RbScopeId scope = 0;
  RbClassId type = kNoRuby;  // ClassInit: of this class
  std::vector<RbParameter> parameters = {};
};

// A block that runs where it stands: the body of a loop.
struct RbLoopBlock {
  RbScopeId scope = 0;
  std::vector<RbParameter> parameters = {};
};

// A class or module, all of its bodies in the file taken together.
struct RbClass {
  ClassId id = {};
  std::string name = {}, path = {};  // "Store", "Shop.Store"
  RbClassId outer = kNoRuby;
  FunctionId init = {};
  VariableId variable = {};  // of the module, named by the path
  NodeId first = kNoNode;    // where it is defined; none: only as a part of another's path
  std::vector<NodeId> bodies = {};
  std::vector<std::pair<NodeId, RbScopeId>> bases = {};  // expressions: superclass and mixins
  std::vector<RbClassId> inner = {};                     // named by a path: `class A::B`
  std::vector<std::pair<FunctionId, std::string>> methods = {}, static_methods = {};
  std::set<std::string> method_names = {}, static_names = {};
  std::set<std::string> attributes = {}, static_attributes = {};
  std::set<std::string> constants = {};
  std::vector<std::string> fields = {};  // of a Struct
};

// Which name is which variable, by Ruby's rules: a name is a variable behind the first place that
// assigns it, in its method and the blocks inside; any other is a call. Makes all functions,
// classes and named variables of a file, in the order of the text, in one walk over its nodes.
class RubyScopes {
 public:
  RubyScopes(CodeBuilder& out, const SyntaxNodes& nodes, std::string_view text);

  // The local variable that an identifier names; none: a call.
  [[nodiscard]] VariableId variable_at(NodeId identifier) const { return variables_[identifier]; }
  [[nodiscard]] FunctionId function_at(NodeId node) const { return function_at_[node]; }
  [[nodiscard]] RbClassId class_at(NodeId node) const {
    const auto row = class_at_.find(node);
    return row == class_at_.end() ? kNoRuby : row->second;
  }
  [[nodiscard]] const RbLoopBlock* loop_at(NodeId block) const {
    const auto row = loops_.find(block);
    return row == loops_.end() ? nullptr : &row->second;
  }
  [[nodiscard]] const RbScope& scope(RbScopeId id) const { return scopes_[id]; }
  [[nodiscard]] RbScopeId singleton_at(NodeId node) const { return singleton_at_.at(node); }
  [[nodiscard]] const std::deque<RbFunction>& functions() const { return functions_; }
  [[nodiscard]] const std::deque<RbClass>& classes() const { return classes_; }
  // The innermost scope that has a `self` of its own.
  [[nodiscard]] RbScopeId self_scope(RbScopeId scope) const;
  [[nodiscard]] VariableId resolve(RbScopeId scope, std::string_view name) const;
  // "$x", "@x" of the file itself, a constant or method of the file: a variable of the module.
  [[nodiscard]] VariableId global(std::string_view name) const;
  [[nodiscard]] RbClassId class_named(std::string_view path) const;
  // The method's block, where it has a name or is yielded to.
  [[nodiscard]] VariableId block_of(RbScopeId scope) const;
  [[nodiscard]] bool has_setter(std::string_view name) const {
    return setters_.contains(std::string(name));
  }
  // Whether a class of the file has the attribute, and none a method of that name.
  [[nodiscard]] bool declares_attribute(std::string_view name) const {
    return attributes_.contains(std::string(name));
  }
  [[nodiscard]] NodeId heredoc_body(NodeId beginning) const {
    const auto row = heredocs_.find(beginning);
    return row == heredocs_.end() ? kNoNode : row->second;
  }

 private:
  static constexpr std::uint16_t kOfFile = kExported | kConstant;

  struct Open {
    NodeId end = 0;
    RbScopeId scope = 0;
  };

  void walk();
  void visit(NodeId node);
  void enter(NodeId node, RbScopeId scope);
  RbScopeId add_scope(RbScope scope);
  FunctionId add_function(NodeId node, FunctionKind kind, std::string_view name, NodeId name_node);
  void define_method(NodeId node);
  void define_closure(NodeId node, NodeId parameters);
  void define_block(NodeId node);
  void define_symbol_block(NodeId node);
  void define_class(NodeId node);
  void define_singleton(NodeId node);
  void define_made_class(NodeId call, NodeId block);
  RbClassId class_row(RbClassId outer, std::string_view name, NodeId node);
  RbClassId class_by_path(NodeId name, RbScopeId scope);
  void add_body(RbClassId type, NodeId node, NodeId body);
  void add_parameters(std::vector<RbParameter>& to, NodeId list, RbScopeId scope, VariableKind how);
  void add_parameter(std::vector<RbParameter>& to, NodeId node, RbScopeId scope, VariableKind how);
  void implicit_parameter(NodeId identifier);
  void directive(NodeId call);
  void make_static(RbClass& type, std::string_view name);
  void uses_block(RbScopeId scope);

  VariableId bind(RbScopeId scope, std::string_view name, VariableKind kind);
  void bind_target(NodeId target);
  void bind_pattern(NodeId node);
  VariableId bind_global(std::string_view name, std::uint16_t flags);
  void match_heredocs();
  void collect_attributes();
  void mark_broken();

  [[nodiscard]] RbScopeId current() const { return open_.back().scope; }
  [[nodiscard]] Rb kind(NodeId node) const { return static_cast<Rb>(nodes_[node].kind); }
  [[nodiscard]] NodeId child(NodeId node, RbField field) const {
    return nodes_.child(node, static_cast<std::uint8_t>(field));
  }
  [[nodiscard]] std::string_view text(NodeId node) const {
    const Range at = nodes_[node].range;
    return text_.substr(at.begin, at.end - at.begin);
  }
  static std::uint64_t key(RbScopeId scope, StringId name) {
    return (std::uint64_t{scope} << 32U) | name.index;
  }

  CodeBuilder& out_;
  const SyntaxNodes& nodes_;
  std::string_view text_;
  std::deque<RbScope> scopes_;
  std::deque<RbFunction> functions_;
  std::deque<RbClass> classes_;
  std::vector<VariableId> variables_;     // by node
  std::vector<FunctionId> function_at_;   // by node
  std::unordered_map<NodeId, RbClassId> class_at_;
  std::unordered_map<NodeId, RbLoopBlock> loops_;
  std::unordered_map<NodeId, RbScopeId> singleton_at_;
  std::unordered_map<NodeId, NodeId> heredocs_;
  std::unordered_map<RbScopeId, NodeId> implicit_;  // blocks without parameters, by scope
  std::unordered_map<RbScopeId, VariableId> blocks_;  // by the scope of a method
  std::unordered_map<RbScopeId, char> modes_;  // of a class body: 'f' after `module_function`
  std::vector<Open> open_;
  std::unordered_map<std::uint64_t, VariableId> names_;
  std::unordered_map<std::string, VariableId> globals_;
  std::unordered_map<std::string, RbClassId> class_rows_;
  std::set<std::string> setters_, attributes_;
};

// How a call with a literal block goes through it, where that is a loop of the language.
enum class RbLoop : std::uint8_t { None, Each, WithIndex, Pairs, Slices, Counted, Endless };
RbLoop ruby_loop(const SyntaxNodes& nodes, std::string_view text, NodeId call);
// `Struct.new`, `Data.define`, `Class.new` or `Module.new`.
bool makes_ruby_class(const SyntaxNodes& nodes, std::string_view text, NodeId call);

}  // namespace fnlint
