// Drives the lowering: marks what becomes an op, writes functions and classes one after another,
// and salvages sound pieces of what does not parse.

#include "frontends/source/ruby/ruby_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kRubyWrites = 64;

bool opens_function(Rb kind) {
  return kind == Rb::Lambda || kind == Rb::Method || kind == Rb::SingletonMethod ||
         kind == Rb::Block || kind == Rb::DoBlock;
}

}  // namespace

RubyLowering::RubyLowering(CodeBuilder& out, const SyntaxNodes& nodes, const RubyScopes& scopes,
                           std::string_view text)
    : out_(out), nodes_(nodes), scopes_(scopes), text_(text), has_ops_(nodes.size(), false) {
  mark_nodes();
}

// Children stand behind their parent, so one walk from the end knows what is below each node.
void RubyLowering::mark_nodes() {
  for (NodeId node = nodes_.size(); node-- > 0;) {
    if (is_an_op(node)) has_ops_[node] = true;
    const NodeId parent = nodes_[node].parent;
    if (has_ops_[node] && parent != kNoNode && !opens_function(kind(parent)))
      has_ops_[parent] = true;
    // What a heredoc interpolates runs where it begins.
    if (kind(node) == Rb::HeredocBeginning) {
      const NodeId body = scopes_.heredoc_body(node);
      if (body != kNoNode && has_ops_[body]) {
        has_ops_[node] = true;
        if (parent != kNoNode) has_ops_[parent] = true;
      }
    }
  }
}

bool RubyLowering::is_an_op(NodeId node) const {
  switch (kind(node)) {
    case Rb::Call: {
      const NodeId method = child(node, RbField::Method);
      const bool asks = child(node, RbField::Receiver) != kNoNode && method != kNoNode &&
                        child(node, RbField::Block) == kNoNode;
      return !asks || (text(method) != "nil?" && text(method) != "is_a?" &&
                       text(method) != "kind_of?" && text(method) != "instance_of?" &&
                       text(method) != "dig");
    }
    case Rb::Identifier: {
      const NodeId parent = nodes_[node].parent;
      return !scopes_.variable_at(node).exists() && !fills(node, RbField::Method) &&
             !fills(node, RbField::Name) && parent != kNoNode;
    }
    case Rb::HashKeySymbol: {  // `{key:}`
      const NodeId parent = nodes_[node].parent;
      return is(parent, Rb::Pair) && child(parent, RbField::Value) == kNoNode &&
             !scopes_.variable_at(node).exists();
    }
    case Rb::Binary: {
      const NodeId how = child(node, RbField::Operator);
      if (how == kNoNode) return false;
      const std::string_view token = text(how);
      return token == "<<" || token == "=~" || token == "!~" || token == "<=>" || token == "===";
    }
    case Rb::Yield:
    case Rb::Super:
    case Rb::Assignment:
    case Rb::OperatorAssignment:
    case Rb::Begin:
    case Rb::If:
    case Rb::Unless:
    case Rb::IfModifier:
    case Rb::UnlessModifier:
    case Rb::While:
    case Rb::Until:
    case Rb::WhileModifier:
    case Rb::UntilModifier:
    case Rb::For:
    case Rb::Case:
    case Rb::CaseMatch:
    case Rb::MatchPattern:
    case Rb::TestPattern:
    case Rb::RescueModifier:
    case Rb::Return:
    case Rb::Break:
    case Rb::Next:
    case Rb::Redo:
    case Rb::Retry:
    case Rb::Method:
    case Rb::SingletonMethod:
    case Rb::Class:
    case Rb::Module:
    case Rb::SingletonClass:
    case Rb::Subshell:
    case Rb::Error: return true;
    default: return false;
  }
}

void RubyLowering::lower_file() {
  for (std::uint32_t i = 0; i < scopes_.functions().size(); ++i) lower_function(FunctionId{i});
}

void RubyLowering::lower_function(FunctionId function) {
  const RbFunction& row = scopes_.functions()[function.index];
  function_ = function;
  scope_ = row.scope;
  jumps_.clear();
  retries_.clear();
  out_.begin_body(function);
  if (function.index == 0) {
    statements(0, {});
  } else if (row.type != kNoRuby) {
    lower_class(scopes_.classes()[row.type]);
  } else if (kind(row.node) == Rb::BlockArgument) {
    set_parameters(row);
    symbol_block(row.node);
  } else {
    set_parameters(row);
    NodeId body = child(row.node, RbField::Body);
    if (kind(row.node) == Rb::Lambda && body != kNoNode) body = child(body, RbField::Body);
    const FunctionKind how = out_.function(function).kind;
    const bool gives = how != FunctionKind::Constructor;
    body_or_nothing(body, {gives ? Sink::Kind::Return : Sink::Kind::Nothing, {}}, row.node);
  }
  out_.end_body();
}

// Methods first: what the body calls may stand behind it.
void RubyLowering::lower_class(const RbClass& type) {
  std::vector<FunctionId> methods;
  const auto add = [&](FunctionId function, std::string_view name) {
    methods.push_back(function);
    const Range at = range(scopes_.functions()[function.index].node);
    out_.assign(out_.member(self(at), name, at), out_.function(function, at), at);
  };
  for (const auto& [function, name] : type.methods) add(function, name);
  // A method of the class beside one of its instances by the same name.
  for (const auto& [function, name] : type.static_methods)
    add(function, type.method_names.contains(name) ? cat("self.", name) : name);
  std::vector<Field> fields;
  for (const std::string& name : type.fields) {
    Field field;
    field.name = out_.string(name);
    fields.push_back(field);
  }
  for (const RbClassId inner : type.inner) {
    const RbClass& part = scopes_.classes()[inner];
    define(part, part.first == kNoNode ? scopes_.functions()[part.init.index].node : part.first);
  }
  out_.set_class(type.id, bases_[type.id.index], fields, methods);
  for (const NodeId body : type.bodies) body_or_nothing(body, {}, body);
}

void RubyLowering::set_parameters(const RbFunction& row) {
  std::vector<Parameter> parameters;
  for (const RbParameter& parameter : row.parameters) {
    const bool pure = parameter.fallback != kNoNode && !has_ops(parameter.fallback);
    parameters.push_back({.variable = parameter.variable,
                          .fallback = pure ? expression(parameter.fallback) : ExprId{},
                          .rest = parameter.rest});
  }
  const bool is_method = scopes_.scope(row.scope).kind == RbScopeKind::Method;
  if (const VariableId block = scopes_.block_of(row.scope); is_method && block.exists())
    parameters.push_back({.variable = block});
  out_.set_parameters(function_, parameters);
  if (std::ranges::none_of(row.parameters, &RbParameter::is_keyword))
    out_.mark(function_, kByPosition);
  for (const RbParameter& parameter : row.parameters) {
    if (parameter.pattern != kNoNode)
      take_apart(parameter.pattern, out_.variable(parameter.variable, range(parameter.pattern)),
                 range(parameter.pattern));
    if (parameter.fallback == kNoNode || !has_ops(parameter.fallback)) continue;
    const Range at = range(parameter.fallback);  // evaluated by each call that leaves it out
    const ExprId variable = out_.variable(parameter.variable, at);
    const OpId branch = out_.open_branch(
        out_.operation(OperatorKind::Equal, variable, out_.null(at), at), at);
    out_.assign(variable, expression(parameter.fallback), at);
    out_.close(branch);
  }
}

void RubyLowering::symbol_block(NodeId node) {
  const NodeId symbol = nodes_.first_child(node);
  const Range at = range(node);
  const ExprId object =
      out_.variable(scopes_.functions()[function_.index].parameters.front().variable, at);
  const OpId call = out_.call(out_.member(object, text(symbol).substr(1), at), {}, at);
  out_.exit(ExitKind::Return, {}, out_.result(call, at), at);
}

void RubyLowering::too_deep(NodeId node) {
  if (!said_too_deep_)
    out_.problem(range(node), cat("nested deeper than ", kNestingDepth, " levels"));
  said_too_deep_ = true;
  opaque(node, true);
}

// What the parser could not fit together: the pieces that are statements or expressions still
// count.
void RubyLowering::salvage(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  opaque(node, false);
  salvage_parts(node);
}
void RubyLowering::salvage_parts(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::Identifier) continue;
    if (const FunctionId own = scopes_.function_at(part);
        own.exists() && !is_ruby_statement(kind(part)))
      out_.evaluate(out_.function(own, range(part)), range(part));
    else if (is_ruby_statement(kind(part)))
      statement(part, {});
    else
      salvage_parts(part);
  }
}

// May write the names that stand in it: all of them where nothing in it is lowered, else only those
// that no statement or expression inside takes care of.
void RubyLowering::opaque(NodeId node, bool lists_all) {
  std::vector<VariableId> writes;
  const auto list = [&](NodeId at) {
    if (kind(at) != Rb::Identifier || writes.size() == kRubyWrites) return;
    const VariableId variable = local(at);
    if (variable.exists() && std::find(writes.begin(), writes.end(), variable) == writes.end())
      writes.push_back(variable);
  };
  if (lists_all)
    for (NodeId at = node; at < nodes_[node].next; ++at) list(at);
  else
    for (const NodeId at : nodes_.children(node)) list(at);
  out_.opaque(nodes_.name(node), writes, range(node));
}

// The variable that an identifier names; none: a call, or the parser broke its function apart.
VariableId RubyLowering::local(NodeId identifier) const {
  const VariableId variable = scopes_.variable_at(identifier);
  if (!variable.exists()) return {};
  const FunctionId owner = out_.variable(variable).owner;
  for (FunctionId at = function_; at.exists(); at = out_.function(at).parent)
    if (at == owner) return variable;
  return {};
}

void RubyLowering::feature(std::string_view name, std::string_view since, NodeId node) {
  if (features_.insert(name).second) out_.add_feature(name, since, range(node));
}

}  // namespace fnlint
