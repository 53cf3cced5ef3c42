// Calls: of methods, blocks and what the language itself does by calls.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Calls in a class body that say something of the class and run nothing.
constexpr std::array<std::string_view, 20> kDeclarations{
    "attr",          "attr_accessor",        "attr_reader",     "attr_writer",     "cattr_accessor",
    "class_attribute", "extend",             "include",         "mattr_accessor",  "module_function",
    "prepend",       "private",              "private_class_method", "private_constant", "protected",
    "public",        "public_class_method",  "refine",          "undef_method",    "using"};

bool is_require(std::string_view name) {
  return name == "require" || name == "require_relative" || name == "load";
}

}  // namespace

ExprId RubyLowering::identifier(NodeId node) {
  if (const VariableId variable = local(node); variable.exists()) {
    const std::string_view name = text(node);
    if (name == "it" && out_.string(out_.variable(variable).name) == "it")
      feature("it-parameter", "3.4", node);
    if (name.size() == 2 && name[0] == '_' && name[1] >= '1' && name[1] <= '9')
      feature("numbered-parameters", "2.7", node);
    return out_.variable(variable, range(node));
  }
  return bare_call(node, text(node));
}

ExprId RubyLowering::bare_call(NodeId node, std::string_view name) {
  const Range where = range(node);
  if (name == "__FILE__") return builtin(name, where);
  if (const std::optional<ExprId> value = language_call(node, name)) return *value;
  const RbClassId type = self_class();
  if (type != kNoRuby && has_attribute(type, name, self_is_class()))
    return out_.member(self(where), name, where);
  return out_.result(out_.call(own_method(name, where), {}, where), where);
}

// `a.b(c)[d].e` nests to the left: without recursion.
ExprId RubyLowering::postfix(NodeId node) {
  std::vector<NodeId> links;
  for (;;) {
    const bool is_call = kind(node) == Rb::Call;
    const NodeId inner = !is_call                               ? child(node, RbField::Object)
                         : scopes_.class_at(node) == kNoRuby ? child(node, RbField::Receiver)
                                                                : kNoNode;
    if (!is(inner, Rb::Call) && !is(inner, Rb::ElementReference)) break;
    links.push_back(node);
    node = inner;
  }
  ExprId value = kind(node) == Rb::Call ? call(node, {}) : element_reference(node, {});
  for (std::size_t done = 1; !links.empty(); links.pop_back(), ++done) {
    if (done % kChainLinks == 0) value = kept(value, range(links.back()));
    value = kind(links.back()) == Rb::Call ? call(links.back(), value)
                                           : element_reference(links.back(), value);
  }
  return value;
}

// `given`: the object that is called, where it is evaluated already.
ExprId RubyLowering::call(NodeId node, ExprId given) {
  const Range where = range(node);
  if (const RbClassId type = scopes_.class_at(node); type != kNoRuby) return made_class(node, type);
  const NodeId receiver = child(node, RbField::Receiver), method = child(node, RbField::Method);
  if (method == kNoNode)  // `f.(x)`
    return plain_call(node, given.exists() ? given : expression_or_null(receiver, node),
                      CallMode::Plain);
  if (kind(method) == Rb::Super) return super_call(node);
  const NodeId block = child(node, RbField::Block);
  const RbLoop loop = ruby_loop(nodes_, text_, node);
  if (loop != RbLoop::None && scopes_.loop_at(block) != nullptr) return loop_call(node, given, loop);
  const std::string_view name = text(method);
  if (receiver == kNoNode) {
    if (const std::optional<ExprId> value = language_call(node, name)) return *value;
    return plain_call(node, own_method(name, where), CallMode::Plain);
  }
  const bool bare = child(node, RbField::Arguments) == kNoNode && block == kNoNode;
  if (kind(receiver) == Rb::Self && bare && self_class() != kNoRuby &&
      has_attribute(self_class(), name, self_is_class()))
    return out_.member(self(where), name, where);
  if (kind(receiver) == Rb::Self && self_class() == kNoRuby && name != "class")
    return plain_call(node, own_method(name, where), CallMode::Plain);
  const ExprId object = given.exists() ? given : expression(receiver);
  if (const std::optional<ExprId> value = receiver_call(node, name, object)) return *value;
  const NodeId how = child(node, RbField::Operator);
  const bool optional = how != kNoNode && text(how) == "&.";
  if (bare && reads_attribute(receiver, name)) return out_.member(object, name, where, optional);
  return plain_call(node, out_.member(object, name, where, optional), CallMode::Plain);
}

ExprId RubyLowering::plain_call(NodeId node, ExprId callee, CallMode mode) {
  std::vector<Operand> operands;
  if (kind(node) == Rb::Call) {
    const NodeId list = child(node, RbField::Arguments);
    if (list != kNoNode) operands = arguments(list);
    add_block(node, operands);
  }
  return out_.result(out_.call(callee, operands, range(node), mode), range(node));
}

// `CART.items`, where a class of the file declares the attribute: a place, so that a change of the
// list is one of the cart. Of what lives long; locals may be anything by that name.
bool RubyLowering::reads_attribute(NodeId receiver, std::string_view name) const {
  switch (kind(receiver)) {
    case Rb::Constant:
    case Rb::ScopeResolution:
    case Rb::GlobalVariable:
    case Rb::InstanceVariable:
    case Rb::ClassVariable: return scopes_.declares_attribute(name);
    default: return false;
  }
}

// What the language itself does by names without an object.
std::optional<ExprId> RubyLowering::language_call(NodeId node, std::string_view name) {
  const Range where = range(node);
  const NodeId list = kind(node) == Rb::Call ? child(node, RbField::Arguments) : kNoNode;
  const NodeId block = kind(node) == Rb::Call ? child(node, RbField::Block) : kNoNode;
  const RbScopeKind here = scopes_.scope(scopes_.self_scope(scope_)).kind;
  if (name == "raise" || name == "fail") {
    raise_call(node);
    return out_.null(where);
  }
  if (is_require(name) && import_call(node, name)) return out_.boolean(true, where);
  if (name == "method" && list != kNoNode)
    if (const std::optional<std::string> method = symbol_argument(node))
      return own_method(*method, where);
  if ((name == "lambda" || name == "proc") && block != kNoNode) {
    const FunctionId function = scopes_.function_at(block);
    return function.exists() ? out_.function(function, where) : out_.unknown("block", where);
  }
  if (name == "block_given?") {
    const VariableId given = scopes_.block_of(scope_);
    if (!given.exists()) return out_.boolean(false, where);
    return out_.operation(OperatorKind::NotEqual, out_.variable(given, where), out_.null(where),
                          where);
  }
  if (name == "exit" || name == "exit!" || name == "abort") {
    const std::vector<Operand> given = list == kNoNode ? std::vector<Operand>{} : arguments(list);
    out_.call(builtin(name, where), given, where);
    out_.exit(ExitKind::Stop, {}, {}, where);
    return out_.null(where);
  }
  const bool in_class = here == RbScopeKind::Class || here == RbScopeKind::Singleton;
  if (in_class && std::ranges::find(kDeclarations, name) != kDeclarations.end()) {
    if (list != kNoNode)
      for (const NodeId argument : nodes_.children(list))
        if (has_ops(argument)) element(argument);  // `private def f`
    return out_.null(where);
  }
  if (in_class && (name == "alias_method" || name == "define_method") && list != kNoNode) {
    const std::optional<std::string> made = symbol_argument(node);
    const NodeId first = nodes_.first_child(list);
    const NodeId second = nodes_.next_sibling(first);
    const std::optional<std::string> old =
        second == kNoNode ? std::nullopt : plain_text(second);
    const FunctionId function = block == kNoNode ? FunctionId{} : scopes_.function_at(block);
    ExprId value;
    if (function.exists())
      value = out_.function(function, where);
    else if (old)
      value = out_.member(self(where), *old, where);
    if (made && value.exists()) out_.assign(out_.member(self(where), *made, where), value, where);
    if (made) return out_.null(where);
  }
  if (name == "new" && self_class() != kNoRuby && self_is_class())
    return plain_call(node, self(where), CallMode::Construct);
  return std::nullopt;
}

// What the language does by methods of any object.
std::optional<ExprId> RubyLowering::receiver_call(NodeId node, std::string_view name,
                                                  ExprId object) {
  const Range where = range(node);
  const NodeId list = child(node, RbField::Arguments);
  const NodeId first = list == kNoNode ? kNoNode : nodes_.first_child(list);
  if (name == "new") return plain_call(node, object, CallMode::Construct);
  if (name == "nil?" && first == kNoNode)
    return out_.operation(OperatorKind::Equal, object, out_.null(where), where);
  if ((name == "is_a?" || name == "kind_of?" || name == "instance_of?") && first != kNoNode) {
    const std::optional<std::string> path = constant_path(first);
    if (path) return out_.type_test(object, *path, where);
    return out_.unknown("type test", where);
  }
  if (name == "dig" && first != kNoNode) return dig(node, object);
  if (name == "class" && is(child(node, RbField::Receiver), Rb::Self) && self_class() != kNoRuby)
    return self_is_class() ? self(where) : class_value(self_class(), where);
  if (name == "method" && first != kNoNode)
    if (const std::optional<std::string> method = symbol_argument(node))
      return out_.member(object, *method, where);
  const bool sends = name == "send" || name == "public_send" || name == "__send__";
  if (sends && first != kNoNode)
    if (const std::optional<std::string> method = symbol_argument(node)) {
      std::vector<Operand> operands = arguments(list);
      operands.erase(operands.begin());
      add_block(node, operands);
      return out_.result(out_.call(out_.member(object, *method, where), operands, where), where);
    }
  return std::nullopt;
}

// `a.dig(:b, 0)` reads a[:b][0], where each may be missing.
ExprId RubyLowering::dig(NodeId node, ExprId object) {
  ExprId at = object;
  for (const NodeId key : nodes_.children(child(node, RbField::Arguments))) {
    if (kind(key) == Rb::HeredocBody) continue;
    if (kind(key) == Rb::SplatArgument) return out_.unknown("dig", range(node));
    at = out_.index(at, expression(key), range(node));
  }
  return at;
}

std::optional<std::string> RubyLowering::symbol_argument(NodeId call) const {
  const NodeId list = child(call, RbField::Arguments);
  const NodeId first = list == kNoNode ? kNoNode : nodes_.first_child(list);
  return first == kNoNode ? std::nullopt : plain_text(first);
}

// --- Arguments and blocks.

std::vector<Operand> RubyLowering::arguments(NodeId list) {
  std::vector<Operand> operands, entries;
  bool computed = false;
  for (const NodeId node : nodes_.children(list)) {
    switch (kind(node)) {
      case Rb::BlockArgument:
      case Rb::HeredocBody:
      case Rb::Operator: break;
      case Rb::ForwardArgument:
        for (const char* rest : {"*", "**"})
          if (const VariableId variable = scopes_.resolve(scope_, rest); variable.exists())
            operands.push_back({.value = out_.variable(variable, range(node)),
                                .spread = rest[1] == '*' ? 2U : 1U});
        break;
      case Rb::Pair:
      case Rb::HashSplatArgument:
        entries.push_back(entry(node));
        computed = computed || entries.back().key.exists();
        break;
      default: operands.push_back(element(node)); break;
    }
  }
  if (computed)  // a hash with keys that are not names
    operands.push_back({.value = out_.record(entries, range(list))});
  else
    operands.insert(operands.end(), entries.begin(), entries.end());
  return operands;
}

// The block is the argument "block", whatever the method calls it.
void RubyLowering::add_block(NodeId node, std::vector<Operand>& operands) {
  const Range where = range(node);
  if (const NodeId block = child(node, RbField::Block); block != kNoNode) {
    const FunctionId function = scopes_.function_at(block);
    operands.push_back({.name = out_.string("block"),
                        .value = function.exists() ? out_.function(function, range(block))
                                                   : out_.unknown("block", where)});
    return;
  }
  const NodeId list = child(node, RbField::Arguments);
  if (list == kNoNode) return;
  for (const NodeId argument : nodes_.children(list)) {
    const bool forwards = kind(argument) == Rb::ForwardArgument;
    if (kind(argument) != Rb::BlockArgument && !forwards) continue;
    const VariableId own = scopes_.block_of(scope_);
    ExprId value;
    if (!forwards) value = block_value(argument);
    if (!value.exists() && own.exists()) value = out_.variable(own, range(argument));
    if (value.exists()) operands.push_back({.name = out_.string("block"), .value = value});
    return;
  }
}

ExprId RubyLowering::block_value(NodeId argument) {
  if (const FunctionId function = scopes_.function_at(argument); function.exists())
    return out_.function(function, range(argument));
  const NodeId inner = nodes_.first_child(argument);
  if (inner == kNoNode) feature("anonymous-block", "3.1", argument);
  return inner == kNoNode ? ExprId{} : expression(inner);
}

ExprId RubyLowering::yield_call(NodeId node) {
  const NodeId list = nodes_.first_child(node);
  std::vector<Operand> operands;
  if (list != kNoNode) operands = arguments(list);
  const VariableId block = scopes_.block_of(scope_);
  const ExprId callee =
      block.exists() ? out_.variable(block, range(node)) : builtin("yield", range(node));
  return out_.result(out_.call(callee, operands, range(node)), range(node));
}

// A constructor calls that of the base class, a method the one of its name. `super` alone passes on
// what the method was given.
ExprId RubyLowering::super_call(NodeId node) {
  const Range where = range(node);
  const FunctionId method = scopes_.scope(scopes_.self_scope(scope_)).function;
  const bool constructs = out_.function(method).kind == FunctionKind::Constructor;
  const bool is_method = out_.function(method).owner.exists();
  const std::string name(out_.string(out_.function(method).name));
  ExprId callee = is_method ? out_.member(self(where), "<super>", where) : builtin("super", where);
  if (is_method && !constructs) callee = out_.member(callee, name, where);
  if (kind(node) == Rb::Call) return plain_call(node, callee, CallMode::Plain);
  std::vector<Operand> operands;
  for (const RbParameter& parameter : scopes_.functions()[method.index].parameters) {
    const ExprId value = out_.variable(parameter.variable, where);
    Operand operand{.value = value};
    if (parameter.rest == RestKind::Positional) operand.spread = 1;
    if (parameter.rest == RestKind::Named) operand.spread = 2;
    if (parameter.is_keyword) operand.name = out_.variable(parameter.variable).name;
    operands.push_back(operand);
  }
  if (const VariableId block = scopes_.block_of(scope_); block.exists())
    operands.push_back({.name = out_.string("block"), .value = out_.variable(block, where)});
  return out_.result(out_.call(callee, operands, where), where);
}

// `raise`, `raise "text"`, `raise Failed, "text"`, `raise Failed.new("text")`.
void RubyLowering::raise_call(NodeId node) {
  const Range where = range(node);
  const NodeId list = kind(node) == Rb::Call ? child(node, RbField::Arguments) : kNoNode;
  const NodeId first = list == kNoNode ? kNoNode : nodes_.first_child(list);
  ExprId value;
  const bool is_class =
      first != kNoNode && (kind(first) == Rb::Constant || kind(first) == Rb::ScopeResolution);
  if (is_class) {
    const ExprId type = expression(first);
    std::vector<Operand> operands = arguments(list);
    operands.erase(operands.begin());
    value = out_.result(out_.call(type, operands, where, CallMode::Construct), where);
  } else if (first != kNoNode) {
    const std::vector<Operand> operands = arguments(list);
    if (!operands.empty()) value = operands[0].value;
  }
  out_.exit(ExitKind::Raise, {}, value, where);
}

// What `require` loads may define any name.
bool RubyLowering::import_call(NodeId node, std::string_view how) {
  const std::optional<std::string> path =
      kind(node) == Rb::Call ? symbol_argument(node) : std::nullopt;
  if (!path) return false;
  const bool relative = how == "require_relative" && !path->starts_with("/");
  const std::string module = relative && !path->starts_with(".") ? cat("./", *path) : *path;
  out_.add_import({.local = {},
                   .module = out_.string(module),
                   .name = {},
                   .executed_in = function_,
                   .flags = kStar,
                   .where = range(node)});
  return true;
}

// --- Loops by a method's name: the block runs where it stands.

ExprId RubyLowering::loop_call(NodeId node, ExprId given, RbLoop how) {
  const NodeId receiver = child(node, RbField::Receiver), block = child(node, RbField::Block);
  const RbLoopBlock& row = *scopes_.loop_at(block);
  const Range where = range(node);
  ExprId object = given;
  if (!object.exists() && receiver != kNoNode) object = expression(receiver);
  if (object.exists()) object = kept(object, where);
  if (const NodeId list = child(node, RbField::Arguments); list != kNoNode) arguments(list);
  const std::string_view name = text(child(node, RbField::Method));
  const bool takes_apart = row.parameters.size() > 1 && how == RbLoop::Each;
  ExprId subject = object;
  if (how == RbLoop::Pairs || takes_apart || name == "each_value" || name == "each_key") {
    const std::string_view method =
        name == "each_value" ? "values" : name == "each_key" ? "keys" : "each_pair";
    const OpId call = out_.call(out_.member(object, method, where), {}, where, CallMode::Implicit);
    subject = out_.result(call, where);
  }
  if (how == RbLoop::Slices) subject = out_.list({{.value = object}}, where);
  if (how == RbLoop::Counted) subject = out_.unknown("range", where);
  const bool direct = row.parameters.size() == 1 && row.parameters[0].pattern == kNoNode &&
                      row.parameters[0].rest == RestKind::None;
  const ExprId target = direct ? out_.variable(row.parameters[0].variable, where)
                               : out_.variable(out_.temporary(function_), where);
  const OpId loop = how == RbLoop::Endless
                        ? out_.open_loop(LoopKind::Forever, {}, {}, where)
                        : out_.open_loop(LoopKind::Each, target, subject, where);
  if (how == RbLoop::WithIndex && row.parameters.size() > 1) {
    std::vector<RbParameter> first{row.parameters[0]};
    assign_parameters(first, target, where);
    out_.assign(out_.variable(row.parameters[1].variable, where), out_.unknown("index", where),
                where);
  } else if (!direct && how != RbLoop::Endless) {
    assign_parameters(row.parameters, target, where);
  }
  jumps_.push_back({.leaves = loop, .repeats = loop});
  if (const NodeId body = child(block, RbField::Body); body != kNoNode)
    body_or_nothing(body, {}, block);
  jumps_.pop_back();
  out_.close(loop);
  return object.exists() ? object : out_.null(where);
}

// A block with several parameters takes its one argument apart.
void RubyLowering::assign_parameters(const std::vector<RbParameter>& parameters, ExprId element,
                                     Range where) {
  std::size_t position = 0;
  for (const RbParameter& parameter : parameters) {
    const ExprId at = out_.number(std::to_string(position++), where);
    ExprId one = parameters.size() == 1              ? element
                 : parameter.rest == RestKind::None ? out_.index(element, at, where)
                                                    : out_.part(element, at, {}, {}, where);
    if (parameter.pattern != kNoNode) {
      take_apart(parameter.pattern, one, range(parameter.pattern));
      continue;
    }
    out_.assign(out_.variable(parameter.variable, where), one, where);
  }
}

}  // namespace fnlint
