// One walk over the tree that binds variables, finds classes, methods and closures, and knows which
// methods with blocks are loops.

#include "frontends/source/ruby/ruby_scopes.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

NodeId field_of(const SyntaxNodes& nodes, NodeId node, RbField field) {
  return nodes.child(node, static_cast<std::uint8_t>(field));
}
std::string_view text_of(const SyntaxNodes& nodes, std::string_view text, NodeId node) {
  const Range at = nodes[node].range;
  return text.substr(at.begin, at.end - at.begin);
}

struct LoopName {
  std::string_view name;
  RbLoop loop;
};
constexpr std::array<LoopName, 15> kLoops{{
    {"each", RbLoop::Each},
    {"each_entry", RbLoop::Each},
    {"reverse_each", RbLoop::Each},
    {"each_value", RbLoop::Each},
    {"each_key", RbLoop::Each},
    {"each_line", RbLoop::Each},
    {"each_with_index", RbLoop::WithIndex},
    {"each_pair", RbLoop::Pairs},
    {"each_slice", RbLoop::Slices},
    {"each_cons", RbLoop::Slices},
    {"times", RbLoop::Counted},
    {"upto", RbLoop::Counted},
    {"downto", RbLoop::Counted},
    {"step", RbLoop::Counted},
    {"loop", RbLoop::Endless},
}};

}  // namespace

RbLoop ruby_loop(const SyntaxNodes& nodes, std::string_view text, NodeId call) {
  const NodeId method = field_of(nodes, call, RbField::Method);
  const NodeId block = field_of(nodes, call, RbField::Block);
  if (method == kNoNode || block == kNoNode) return RbLoop::None;
  const std::string_view name = text_of(nodes, text, method);
  const bool has_receiver = field_of(nodes, call, RbField::Receiver) != kNoNode;
  for (const LoopName& row : kLoops)
    if (row.name == name && has_receiver == (row.loop != RbLoop::Endless)) return row.loop;
  return RbLoop::None;
}

bool makes_ruby_class(const SyntaxNodes& nodes, std::string_view text, NodeId call) {
  const NodeId receiver = field_of(nodes, call, RbField::Receiver);
  const NodeId method = field_of(nodes, call, RbField::Method);
  if (receiver == kNoNode || method == kNoNode) return false;
  const std::string_view name = text_of(nodes, text, receiver);
  const std::string_view how = text_of(nodes, text, method);
  if (name == "Data") return how == "define";
  return how == "new" && (name == "Struct" || name == "Class" || name == "Module");
}

RubyScopes::RubyScopes(CodeBuilder& out, const SyntaxNodes& nodes, std::string_view text)
    : out_(out),
      nodes_(nodes),
      text_(text),
      variables_(nodes.size(), VariableId{}),
      function_at_(nodes.size(), FunctionId{}) {
  match_heredocs();
  const Range all{0, static_cast<std::uint32_t>(text.size())};
  const FunctionId module = out.add_function("", {}, FunctionKind::ModuleInit, all, {});
  functions_.push_back({.node = 0});
  scopes_.push_back({.kind = RbScopeKind::Module, .function = module});
  open_.push_back({UINT32_MAX, 0});
  walk();
  collect_attributes();
  mark_broken();
}

void RubyScopes::walk() {
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    while (open_.back().end <= node) open_.pop_back();
    visit(node);
  }
}

void RubyScopes::visit(NodeId node) {
  switch (kind(node)) {
    case Rb::Method:
    case Rb::SingletonMethod: return define_method(node);
    case Rb::Lambda: return define_closure(node, child(node, RbField::Parameters));
    case Rb::Block:
    case Rb::DoBlock: return define_block(node);
    case Rb::BlockArgument: return define_symbol_block(node);
    case Rb::Class:
    case Rb::Module: return define_class(node);
    case Rb::SingletonClass: return define_singleton(node);
    case Rb::Call:
      if (child(node, RbField::Receiver) == kNoNode) return directive(node);
      if (makes_ruby_class(nodes_, text_, node) && child(node, RbField::Block) == kNoNode)
        define_made_class(node, kNoNode);
      return;
    case Rb::Assignment:
    case Rb::OperatorAssignment:
      return bind_target(child(node, RbField::Left));
    case Rb::For: return bind_target(child(node, RbField::Pattern));
    case Rb::ExceptionVariable: return bind_target(nodes_.first_child(node));
    case Rb::InClause:
    case Rb::MatchPattern:
    case Rb::TestPattern: return bind_pattern(child(node, RbField::Pattern));
    case Rb::Yield: return uses_block(current());
    case Rb::InstanceVariable:
      if (scopes_[self_scope(current())].type == kNoRuby) bind_global(text(node), 0);
      return;
    case Rb::ClassVariable:
      if (scopes_[self_scope(current())].type == kNoRuby) bind_global(text(node), 0);
      return;
    case Rb::HashKeySymbol: variables_[node] = resolve(current(), text(node)); return;
    case Rb::Identifier:
      variables_[node] = resolve(current(), text(node));
      if (!variables_[node].exists()) implicit_parameter(node);
      if (text(node) == "module_function") modes_[current()] = 'f';
      return;
    default: return;
  }
}

// --- Scopes and names.

RbScopeId RubyScopes::add_scope(RbScope scope) {
  scope.depth = scopes_[scope.parent].depth + 1;
  scopes_.push_back(scope);
  return static_cast<RbScopeId>(scopes_.size() - 1);
}

void RubyScopes::enter(NodeId node, RbScopeId scope) { open_.push_back({nodes_[node].next, scope}); }

RbScopeId RubyScopes::self_scope(RbScopeId scope) const {
  while (scopes_[scope].kind == RbScopeKind::Block) scope = scopes_[scope].parent;
  return scope;
}

VariableId RubyScopes::resolve(RbScopeId scope, std::string_view name) const {
  const StringId id = out_.string(name);
  for (;; scope = scopes_[scope].parent) {
    const auto row = names_.find(key(scope, id));
    if (row != names_.end()) return row->second;
    if (scopes_[scope].kind != RbScopeKind::Block) return {};
  }
}

VariableId RubyScopes::global(std::string_view name) const {
  const auto row = globals_.find(std::string(name));
  return row == globals_.end() ? VariableId{} : row->second;
}

RbClassId RubyScopes::class_named(std::string_view path) const {
  const auto row = class_rows_.find(std::string(path));
  return row == class_rows_.end() ? kNoRuby : row->second;
}

VariableId RubyScopes::block_of(RbScopeId scope) const {
  const auto row = blocks_.find(self_scope(scope));
  return row == blocks_.end() ? VariableId{} : row->second;
}

VariableId RubyScopes::bind(RbScopeId scope, std::string_view name, VariableKind variable_kind) {
  const bool of_file = scopes_[scope].kind == RbScopeKind::Module;
  const VariableId made = out_.add_variable(name, scopes_[scope].function,
                                            of_file ? VariableKind::Module : variable_kind);
  names_[key(scope, out_.string(name))] = made;
  return made;
}

VariableId RubyScopes::bind_global(std::string_view name, std::uint16_t flags) {
  const auto [row, added] = globals_.try_emplace(std::string(name));
  if (added) row->second = out_.add_variable(name, FunctionId{0}, VariableKind::Module, flags);
  return row->second;
}

void RubyScopes::bind_target(NodeId target) {
  if (target == kNoNode) return;
  switch (kind(target)) {
    case Rb::Identifier:
      if (!resolve(current(), text(target)).exists())
        bind(current(), text(target), VariableKind::Local);
      return;
    case Rb::Constant: {
      const RbScope& scope = scopes_[self_scope(current())];
      if (scope.kind == RbScopeKind::Class && scope.type != kNoRuby)
        classes_[scope.type].constants.insert(std::string(text(target)));
      else
        bind_global(text(target), kOfFile);
      return;
    }
    case Rb::GlobalVariable: bind_global(text(target), kExported); return;
    case Rb::ScopeResolution:
      if (child(target, RbField::Scope) == kNoNode && child(target, RbField::Name) != kNoNode)
        bind_global(text(child(target, RbField::Name)), kOfFile);
      return;
    case Rb::LeftAssignmentList:
    case Rb::DestructuredLeftAssignment:
    case Rb::RestAssignment:
      for (NodeId at = target + 1; at < nodes_[target].next; at = nodes_[at].next) {
        const Rb inner = kind(at);
        const bool is_list = inner == Rb::DestructuredLeftAssignment || inner == Rb::RestAssignment;
        if (is_list) {  // deeper lists are met by the same walk: no recursion over the input
          for (NodeId below = at + 1; below < nodes_[at].next; ++below)
            if (kind(below) == Rb::Identifier && (kind(nodes_[below].parent) == Rb::RestAssignment ||
                                                  kind(nodes_[below].parent) ==
                                                      Rb::DestructuredLeftAssignment))
              bind_target(below);
        } else if (inner == Rb::Identifier || inner == Rb::Constant ||
                   inner == Rb::GlobalVariable) {
          bind_target(at);
        }
      }
      return;
    default: return;
  }
}

// Names that a pattern binds: identifiers, `name:` without a pattern, `=> name`, `*rest`.
void RubyScopes::bind_pattern(NodeId pattern) {
  if (pattern == kNoNode) return;
  for (NodeId at = pattern; at < nodes_[pattern].next; ++at) {
    const Rb parent = kind(nodes_[at].parent);
    if (kind(at) == Rb::ExpressionReferencePattern || kind(at) == Rb::VariableReferencePattern) {
      at = nodes_[at].next - 1;
      continue;
    }
    if (kind(at) == Rb::HashKeySymbol && parent == Rb::KeywordPattern &&
        child(nodes_[at].parent, RbField::Value) == kNoNode &&
        !resolve(current(), text(at)).exists())
      bind(current(), text(at), VariableKind::Local);
    if (kind(at) == Rb::Identifier && parent != Rb::Call) bind_target(at);
  }
}

// --- Functions.

FunctionId RubyScopes::add_function(NodeId node, FunctionKind function_kind, std::string_view name,
                                    NodeId name_node) {
  const FunctionId parent = scopes_[current()].function;
  const Range at = name_node == kNoNode ? Range{nodes_[node].range.begin, nodes_[node].range.begin}
                                        : nodes_[name_node].range;
  const FunctionId made =
      out_.add_function(name, parent, function_kind, nodes_[node].range, at);
  functions_.push_back({.node = node});
  function_at_[node] = made;
  return made;
}

void RubyScopes::define_method(NodeId node) {
  if (scopes_[current()].depth >= kNestingDepth) return;
  const NodeId name_node = child(node, RbField::Name);
  std::string name = name_node == kNoNode ? std::string() : std::string(text(name_node));
  if (!name.empty() && name.back() == '=' && name_node != kNoNode &&
      kind(name_node) == Rb::Setter)
    setters_.insert(name);
  RbScopeId around = self_scope(current());
  while (scopes_[around].kind == RbScopeKind::Method) around = self_scope(scopes_[around].parent);
  const RbScope holder = scopes_[around];
  RbClassId type = holder.type;
  const NodeId object = child(node, RbField::Object);
  if (object != kNoNode && kind(object) == Rb::Constant) {
    const RbClassId named = class_named(text(object));
    if (named != kNoRuby) type = named;
  }
  const bool of_object = kind(node) == Rb::SingletonMethod && type != kNoRuby;
  const bool is_static = of_object || holder.kind == RbScopeKind::Singleton ||
                         (modes_.contains(around) && modes_.at(around) == 'f');
  FunctionKind function_kind = FunctionKind::Plain;
  if (type != kNoRuby)
    function_kind = is_static              ? FunctionKind::ClassMethod
                    : name == "initialize" ? FunctionKind::Constructor
                                           : FunctionKind::Method;
  const FunctionId made = add_function(node, function_kind, name, name_node);
  const RbScopeId scope = add_scope({.kind = RbScopeKind::Method,
                                     .parent = around,
                                     .function = made,
                                     .type = type,
                                     .is_static = is_static});
  functions_[made.index].scope = scope;
  if (type == kNoRuby) {
    const VariableId variable = bind_global(name, kOfFile);
    out_.mark(variable, kOfFile);
  } else {
    RbClass& row = classes_[type];
    const VariableId receiver = out_.add_variable("self", made, VariableKind::Receiver);
    out_.set(made, &Function::receiver, receiver);
    out_.set(made, &Function::owner, row.id);
    (is_static ? row.static_methods : row.methods).emplace_back(made, name);
    (is_static ? row.static_names : row.method_names).insert(name);
  }
  const NodeId parameters = child(node, RbField::Parameters);
  enter(node, scope);
  add_parameters(functions_[made.index].parameters, parameters, scope, VariableKind::Parameter);
}

void RubyScopes::define_closure(NodeId node, NodeId parameters) {
  if (scopes_[current()].depth >= kNestingDepth) return;
  const FunctionId made = add_function(node, FunctionKind::Plain, "block", kNoNode);
  out_.mark(made, kArrow);
  const RbScope& around = scopes_[current()];
  const RbScopeId scope = add_scope({.kind = RbScopeKind::Block,
                                     .parent = current(),
                                     .function = made,
                                     .type = around.type,
                                     .is_static = around.is_static});
  functions_[made.index].scope = scope;
  if (parameters == kNoNode) implicit_[scope] = node;
  enter(node, scope);
  add_parameters(functions_[made.index].parameters, parameters, scope, VariableKind::Parameter);
}

void RubyScopes::define_block(NodeId node) {
  const NodeId holder = nodes_[node].parent;
  if (holder == kNoNode || kind(holder) == Rb::Lambda) return;
  const NodeId parameters = child(node, RbField::Parameters);
  if (kind(holder) == Rb::Call && makes_ruby_class(nodes_, text_, holder))
    return define_made_class(holder, node);
  const bool is_loop =
      kind(holder) == Rb::Call && ruby_loop(nodes_, text_, holder) != RbLoop::None;
  if (!is_loop) return define_closure(node, parameters);
  if (scopes_[current()].depth >= kNestingDepth) return;
  const RbScope& around = scopes_[current()];
  const RbScopeId scope = add_scope({.kind = RbScopeKind::Block,
                                     .parent = current(),
                                     .function = around.function,
                                     .type = around.type,
                                     .is_static = around.is_static});
  if (parameters == kNoNode) implicit_[scope] = node;
  enter(node, scope);
  RbLoopBlock& loop = loops_[node];
  loop.scope = scope;
  std::vector<RbParameter> rows;
  add_parameters(rows, parameters, scope, VariableKind::Element);
  loops_[node].parameters = std::move(rows);
}

// `&:name` is the block { |x| x.name }.
void RubyScopes::define_symbol_block(NodeId node) {
  const NodeId symbol = nodes_.first_child(node);
  if (symbol == kNoNode || kind(symbol) != Rb::SimpleSymbol) return;
  if (scopes_[current()].depth >= kNestingDepth) return;
  const FunctionId made = add_function(node, FunctionKind::Plain, "block", kNoNode);
  out_.mark(made, kArrow);
  const RbScopeId scope = add_scope(
      {.kind = RbScopeKind::Block, .parent = current(), .function = made});
  functions_[made.index].scope = scope;
  functions_[made.index].parameters.push_back(
      {.variable = out_.add_variable("it", made, VariableKind::Parameter)});
}

// A block whose parameters are `_1`, `_2` or `it`.
void RubyScopes::implicit_parameter(NodeId identifier) {
  const std::string_view name = text(identifier);
  const bool numbered = name.size() == 2 && name[0] == '_' && name[1] >= '1' && name[1] <= '9';
  if (!numbered && name != "it") return;
  const NodeId parent = nodes_[identifier].parent;
  if (parent != kNoNode && kind(parent) == Rb::Call &&
      nodes_[identifier].field == static_cast<std::uint8_t>(RbField::Method))
    return;
  RbScopeId scope = current();
  while (scopes_[scope].kind == RbScopeKind::Block && !implicit_.contains(scope))
    scope = scopes_[scope].parent;
  const auto block = implicit_.find(scope);
  if (block == implicit_.end()) return;
  const FunctionId own = function_at_[block->second];
  std::vector<RbParameter>& rows =
      own.exists() ? functions_[own.index].parameters : loops_[block->second].parameters;
  const std::size_t count = numbered ? static_cast<std::size_t>(name[1] - '0') : 1;
  while (rows.size() < count) {
    const std::string next = numbered ? cat('_', rows.size() + 1) : std::string("it");
    rows.push_back({.variable = bind(
                        scope, next, own.exists() ? VariableKind::Parameter : VariableKind::Element)});
  }
  variables_[identifier] = resolve(current(), name);
}

void RubyScopes::add_parameters(std::vector<RbParameter>& to, NodeId list, RbScopeId scope,
                                VariableKind how) {
  if (list == kNoNode) return;
  std::vector<RbParameter> rows;
  for (const NodeId node : nodes_.children(list)) {
    if (nodes_[node].field == static_cast<std::uint8_t>(RbField::Locals)) {
      bind(scope, text(node), VariableKind::Local);
      continue;
    }
    add_parameter(rows, node, scope, how);
  }
  to = std::move(rows);
}

void RubyScopes::add_parameter(std::vector<RbParameter>& to, NodeId node, RbScopeId scope,
                               VariableKind how) {
  const NodeId name_node = child(node, RbField::Name);
  const auto made = [&](std::string_view name) { return bind(scope, name, how); };
  switch (kind(node)) {
    case Rb::Identifier: to.push_back({.variable = made(text(node))}); return;
    case Rb::OptionalParameter:
    case Rb::KeywordParameter:
      if (name_node != kNoNode)
        to.push_back({.variable = made(text(name_node)),
                      .fallback = child(node, RbField::Value),
                      .is_keyword = kind(node) == Rb::KeywordParameter});
      return;
    case Rb::SplatParameter:
      to.push_back({.variable = made(name_node == kNoNode ? "*" : text(name_node)),
                    .rest = RestKind::Positional});
      return;
    case Rb::HashSplatParameter:
      to.push_back({.variable = made(name_node == kNoNode ? "**" : text(name_node)),
                    .rest = RestKind::Named});
      return;
    case Rb::ForwardParameter:
      to.push_back({.variable = made("*"), .rest = RestKind::Positional});
      to.push_back({.variable = made("**"), .rest = RestKind::Named});
      uses_block(scope);
      return;
    case Rb::BlockParameter: {
      uses_block(scope);
      const VariableId block = block_of(scope);
      if (block.exists() && name_node != kNoNode)
        names_[key(scope, out_.string(text(name_node)))] = block;
      return;
    }
    case Rb::DestructuredParameter: {
      to.push_back({.variable = made(""), .pattern = node});
      for (NodeId at = node + 1; at < nodes_[node].next; ++at)
        if (kind(at) == Rb::Identifier) bind(scope, text(at), VariableKind::Local);
      return;
    }
    default: return;
  }
}

// The method has a block as its last parameter, by whatever name.
void RubyScopes::uses_block(RbScopeId scope) {
  const RbScopeId method = self_scope(scope);
  if (scopes_[method].kind != RbScopeKind::Method || blocks_.contains(method)) return;
  blocks_[method] =
      out_.add_variable("block", scopes_[method].function, VariableKind::Parameter);
}

// --- What is found out before or after the walk.

void RubyScopes::collect_attributes() {
  for (const RbClass& type : classes_) {
    attributes_.insert(type.attributes.begin(), type.attributes.end());
    attributes_.insert(type.static_attributes.begin(), type.static_attributes.end());
  }
  for (const RbClass& type : classes_) {
    for (const std::string& name : type.method_names) attributes_.erase(name);
    for (const std::string& name : type.static_names) attributes_.erase(name);
  }
}

// Bodies stand behind the line of their beginnings, in the same order.
void RubyScopes::match_heredocs() {
  std::vector<NodeId> waiting;
  std::size_t met = 0;
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (kind(node) == Rb::HeredocBeginning) waiting.push_back(node);
    if (kind(node) == Rb::HeredocBody && met < waiting.size()) heredocs_[waiting[met++]] = node;
  }
}

void RubyScopes::mark_broken() {
  for (const SyntaxFault& fault : nodes_.faults()) {
    out_.mark(FunctionId{0}, kBroken);
    for (NodeId at = fault.parent; at != kNoNode; at = nodes_[at].parent) {
      if (function_at_[at].exists()) out_.mark(function_at_[at], kBroken);
      const RbClassId type = class_at(at);
      if (type != kNoRuby) out_.mark(classes_[type].init, kBroken);
    }
  }
}

}  // namespace fnlint
