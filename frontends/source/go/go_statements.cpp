// Statements: declarations, assignments, loops, defer.
#include "frontends/source/go/go_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

void GoLowering::statement_of(NodeId node) {
  switch (kind(node)) {
    case Syn::Block: {
      const ScopeId around = scope_;
      scope_ = open_scope();
      statements(statements_of(node));
      scope_ = around;
      return;
    }
    case Syn::If: return if_chain(node);
    case Syn::For: return for_statement(node);
    case Syn::Assignment: return assign_statement(node);
    case Syn::Return: return return_statement(node);
    case Syn::Function:
    case Syn::Method: return;  // inside another: a broken file
    default: break;
  }
  switch (go_kind(node)) {
    case GoSyn::StatementList: return statements(statements_of(node));
    case GoSyn::ShortVariables: return short_variables(node);
    case GoSyn::ConstGroup: {
      for (const NodeId spec : children_of(node, own(GoSyn::ConstSpec)))
        for (const NodeId name : named(spec, SynField::Name))
          declare_local(text(name), kConstant);
      return constants(node);
    }
    case GoSyn::VarGroup:
      for (const NodeId spec : children(node)) statement(spec);
      return;
    case GoSyn::VarSpec: return variables(node, false);
    case GoSyn::TypeGroup: return local_types(node);
    case GoSyn::Switch: return switch_statement(node);
    case GoSyn::TypeSwitch: return type_switch(node);
    case GoSyn::Select: return select_statement(node);
    case GoSyn::Send: return send(node);
    case GoSyn::Receive: return receive_into(node, has_token(node, ":="));
    case GoSyn::Defer: return deferred(node, [] {});
    case GoSyn::GoStatement: {
      const NodeId call = unwrapped(first(node));
      if (!is(call, Syn::Call) || is_special_call(call)) {
        if (call != kNoNode) statement(call);
        return;
      }
      const ExprId callee = expression_or_unknown(callee_node(call), call);
      const std::vector<Operand> given = arguments(child(call, SynField::Arguments));
      out_.call(callee, given, range(node), CallMode::Detached);
      return;
    }
    case GoSyn::Fallthrough:
    case GoSyn::Empty:
    case GoSyn::ImportList:
    case GoSyn::PackageClause: return;
    default: return ScopedLowering::statement_of(node);
  }
}

bool GoLowering::has_token(NodeId node, std::string_view token) const {
  const NodeId left = child(node, SynField::Left), right = child(node, SynField::Right);
  if (left == kNoNode || right == kNoNode) return false;
  const std::uint32_t from = range(left).end, to = range(right).begin;
  return from < to && text_.substr(from, to - from).find(token) != std::string_view::npos;
}

// A deferred call runs when what follows it in its block is done.
void GoLowering::statements(const std::vector<NodeId>& nodes, std::size_t from) {
  const Deeper deeper(depth_);
  const std::size_t failed = failed_.size();
  for (std::size_t i = from; i < nodes.size(); ++i) {
    if (is_go(nodes[i], GoSyn::Defer) && depth_ < kNestingDepth) {
      deferred(nodes[i], [&] { statements(nodes, i + 1); });
      break;
    }
    statement(nodes[i]);
  }
  failed_.resize(failed);
}

bool is_name_of_error(std::string_view name) {
  const std::string word = lower(name);
  return word.starts_with("err") || word.ends_with("err") || word.ends_with("error");
}

// `err := errors.New("...")` is one for the rest of its block; another value may be none. What has
// no such name is made in the same ways, and is none: `request := &Request{}`, `s3.New(session)`.
void GoLowering::remember_errors(const std::vector<NodeId>& targets,
                                 const std::vector<NodeId>& given) {
  std::vector<std::string_view> made;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!is(targets[i], Syn::Name)) continue;
    if (given.size() == targets.size() && is_name_of_error(text(targets[i])) &&
        is_surely_error(given[i]))
      made.push_back(text(targets[i]));
    std::ranges::replace(failed_, text(targets[i]), std::string_view());
  }
  failed_.insert(failed_.end(), made.begin(), made.end());
}

// What is called, and with what, is evaluated where `defer` stands.
void GoLowering::deferred(NodeId node, const std::function<void()>& rest) {
  const NodeId call = unwrapped(first(node));
  if (!is(call, Syn::Call) || is_special_call(call))
    return guarded(range(node), rest, [&] {
      if (call != kNoNode) statement(call);
    });
  const ExprId callee = expression_or_unknown(callee_node(call), call);
  const std::vector<Operand> given = arguments(child(call, SynField::Arguments));
  guarded(range(node), rest, [&] { out_.call(callee, given, range(call)); });
}

// --- if

void GoLowering::if_chain(NodeId node) {
  const ScopeId around = scope_;
  const std::size_t failed = failed_.size();
  scope_ = open_scope();
  if (const NodeId before = child(node, SynField::Init); before != kNoNode) statement(before);
  const NodeId condition = child(node, SynField::Condition);
  const NodeId otherwise = child(node, SynField::Alternative);
  // `err != nil`, alone or as a part of &&: what holds of err in the block.
  for (NodeId part = unwrapped(condition); is(part, Syn::Binary);) {
    const std::string_view op = text(child(part, SynField::Operator));
    const NodeId left = unwrapped(child(part, SynField::Left));
    if (op == "!=" && is(unwrapped(child(part, SynField::Right)), Syn::Null))
      failed_.push_back(text(left));
    if (op != "&&") break;
    const NodeId right = unwrapped(child(part, SynField::Right));
    if (is(right, Syn::Binary) && text(child(right, SynField::Operator)) == "!=" &&
        is(unwrapped(child(right, SynField::Right)), Syn::Null))
      failed_.push_back(text(unwrapped(child(right, SynField::Left))));
    part = left;
  }
  std::function<void()> next;
  if (otherwise != kNoNode)
    next = [&] {
      failed_.resize(failed);
      statement(otherwise);
    };
  when(condition, true, [&] { block_statements(child(node, SynField::Consequence)); }, next,
       range(node));
  failed_.resize(failed);
  scope_ = around;
}

// --- for

void GoLowering::for_statement(NodeId node) {
  const NodeId body = child(node, SynField::Body);
  NodeId head = kNoNode;
  for (const NodeId at : children(node))
    if (at != body) head = at;
  if (is_go(head, GoSyn::RangeClause)) return range_loop(node, head);
  if (!is_go(head, GoSyn::ForClause)) return while_loop(node, head, body, false);
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (const NodeId before = child(head, SynField::Init); before != kNoNode) statement(before);
  const NodeId condition = child(head, SynField::Condition);
  const NodeId update = child(head, SynField::Update);
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, range(node));
  if (condition != kNoNode && !is(unwrapped(condition), Syn::True)) jump(condition, false, loop);
  std::function<void()> after;
  if (update != kNoNode) after = [&] { statement(update); };
  loop_body(body, loop, after);
  out_.close(loop);
  scope_ = around;
}

// A map is walked as a list of [key, value]; of anything else, the first variable is a position,
// but for channels and functions, which give elements alone.
void GoLowering::range_loop(NodeId loop, NodeId clause) {
  const NodeId body = child(loop, SynField::Body), source = child(clause, SynField::Right);
  const std::vector<NodeId> targets = items(child(clause, SynField::Left));
  const bool declares = has_token(clause, ":=");
  const Range where = range(clause);
  const NodeId type = static_type(source), form = underlying(type);
  const bool is_map = is_go(form, GoSyn::MapType);
  const bool gives_elements = is_go(form, GoSyn::ChannelType) || is_go(form, GoSyn::FunctionType) ||
                              is(unwrapped(source), Syn::Call);
  ExprId subject = expression_or_unknown(source, clause);
  if (is_go(form, GoSyn::ChannelType)) out_.await(subject, where);
  if (is_map && !targets.empty())
    subject = call_of(out_.variable(builtin("range"), where),
                      {{.name = {}, .key = {}, .value = subject, .spread = 0}}, where,
                      CallMode::Implicit);
  const bool by_value = targets.size() < 2 && gives_elements && !is_map;
  NodeId direct = kNoNode;  // a new variable that takes the element itself
  if (declares && !is_map && targets.size() == 2) direct = targets[1];
  if (declares && by_value && targets.size() == 1) direct = targets[0];
  if (direct != kNoNode && text(direct) == "_") direct = kNoNode;
  ExprId element;
  each_loop(
      loop, subject,
      [&] {
        if (direct == kNoNode)
          return element = out_.variable(out_.temporary(out_.current()), where);
        const VariableId variable = declare_local(text(direct));
        remember_type(variable, element_type(type));
        remember_copy(variable, element_type(type));
        return element = out_.variable(variable, range(direct));
      },
      [&] {
        for (std::size_t i = 0; i < targets.size() && i < 2; ++i) {
          if (targets[i] == direct || text(targets[i]) == "_") continue;
          ExprId value = element;
          if (is_map)
            value = out_.index(element, out_.number(i == 0 ? "0" : "1", where), where);
          else if (i == 0 && !by_value)
            value = out_.unknown("position", range(targets[i]));
          store(targets[i], value, declares, range(targets[i]),
                i == 1 ? element_type(type) : kNoNode);
        }
        block_statements(body);
      });
}

// --- Declarations.

// `-ldflags "-X main.key=..."`: a text of the package that nothing in the file assigns, nor takes
// the address of, is not surely empty. https://pkg.go.dev/cmd/link
bool GoLowering::is_set_by_linker(NodeId written, std::string_view name) {
  if (!is(written, Syn::TypeName) && !is(written, Syn::Name)) return false;
  return text(written) == "string" && !changed_names().contains(name);
}

const std::set<std::string_view>& GoLowering::changed_names() {
  if (changed_names_) return *changed_names_;
  std::set<std::string_view>& names = changed_names_.emplace();
  const auto add = [&](NodeId target) {
    target = unwrapped(target);
    if (is(target, Syn::Name)) names.insert(text(target));
  };
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    const bool is_range = is_go(node, GoSyn::RangeClause) && !has_token(node, ":=");
    if (is(node, Syn::Assignment) || is_range) {
      for (const NodeId target : items(child(node, SynField::Left))) add(target);
    } else if (is(node, Syn::Update)) {
      add(first(node));
    } else if (is(node, Syn::Unary) && text(child(node, SynField::Operator)) == "&") {
      add(last(node));
    }
  }
  return names;
}

void GoLowering::variables(NodeId spec, bool is_package) {
  const NodeId written = child(spec, SynField::Type);
  const std::vector<NodeId> names = named(spec, SynField::Name);
  const std::vector<NodeId> given = items(child(spec, SynField::Value));
  if (names.empty()) return;
  const Range where = range(spec);
  std::vector<ExprId> values;
  if (given.size() == 1 && (names.size() > 1 || is(unwrapped(given[0]), Syn::Call)))
    values = spread(given[0], names);
  else
    for (const NodeId one : given) values.push_back(expression(one));
  for (std::size_t i = 0; i < names.size(); ++i) {
    ExprId value = i < values.size() ? values[i] : ExprId{};
    if (!value.exists() && is_package && is_set_by_linker(written, text(names[i])))
      value = out_.unknown("what the linker may set", where);
    if (!value.exists()) value = zero_value(written, where);
    if (text(names[i]) == "_") {
      out_.evaluate(value, where);
      continue;
    }
    VariableId variable;
    if (is_package) {
      variable = find(text(names[i])).variable;
    } else {
      const TypeId declared = written == kNoNode ? TypeId{} : type(written);
      variable = declare_local(text(names[i]), 0, declared);
      remember_type(variable, written != kNoNode ? written
                              : given.size() == names.size() ? given[i]
                                                             : kNoNode);
      remember_copy(variable, given.size() == names.size() ? given[i] : kNoNode);
    }
    out_.assign(out_.variable(variable, range(names[i])), value, where, AssignMode::Declare);
  }
}

// Specs without values repeat those before them, one further in iota.
void GoLowering::constants(NodeId group) {
  NodeId repeated = kNoNode;
  iota_ = 0;
  for (const NodeId spec : children_of(group, own(GoSyn::ConstSpec))) {
    if (const NodeId values = child(spec, SynField::Value); values != kNoNode) repeated = values;
    const std::vector<NodeId> given = items(repeated), names = named(spec, SynField::Name);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const VariableId variable = find(text(names[i])).variable;
      if (!variable.exists() || i >= given.size()) continue;
      out_.assign(out_.variable(variable, range(names[i])), expression(given[i]), range(spec),
                  AssignMode::Declare);
    }
    ++iota_;
  }
}

void GoLowering::local_types(NodeId group) {
  for (const NodeId spec : children_of(group, own(GoSyn::TypeSpec))) {
    const NodeId name = child(spec, SynField::Name);
    if (name == kNoNode || !is_go(child(spec, SynField::Type), GoSyn::StructType)) continue;
    const VariableId variable = declare_local(text(name), kConstant);
    const std::uint32_t row = declare_class(spec, text(name), variable);
    classes_[row].scope = scope_;
    define_class(row);
  }
}

void GoLowering::short_variables(NodeId node) {
  const std::vector<NodeId> targets = items(child(node, SynField::Left));
  const std::vector<NodeId> given = items(child(node, SynField::Right));
  const Range where = range(node);
  if (targets.empty()) return;
  const bool spreads =
      given.size() == 1 && (targets.size() > 1 || is(unwrapped(given[0]), Syn::Call));
  std::vector<ExprId> values;
  std::vector<NodeId> types(targets.size(), kNoNode);
  if (spreads) {
    if (given[0] != kNoNode) types[0] = static_type(given[0]);
    values = spread(given[0], targets);
  } else {
    for (std::size_t i = 0; i < given.size() && i < targets.size(); ++i) {
      types[i] = given[i];
      values.push_back(expression(given[i]));
    }
  }
  for (std::size_t i = 0; i < targets.size() && i < values.size(); ++i) {
    const bool is_new = is(targets[i], Syn::Name) && !is_bound_here(text(targets[i]));
    store(targets[i], values[i], is_new, where, types[i]);
  }
  remember_errors(targets, given);
}

void GoLowering::remember_copy(VariableId variable, NodeId given) {
  if (is_go(unwrapped(given), GoSyn::Composite)) return;  // it is made here
  if (out_.variable(variable).owner.index != 0 && is_struct(given)) copies_.insert(variable.index);
}

void GoLowering::store(NodeId target, ExprId value, bool declares, Range where, NodeId written) {
  if (text(target) == "_") {
    const ExprKind form = out_.expr(value).kind;
    if (form != ExprKind::Result && form != ExprKind::ErrorOf && form != ExprKind::Unknown)
      out_.evaluate(value, where);
    return;
  }
  if (!declares || !is(target, Syn::Name)) return assign_to(target, value, where);
  const VariableId variable = declare_local(text(target));
  remember_type(variable, written);
  remember_copy(variable, written);
  out_.assign(out_.variable(variable, range(target)), value, where, AssignMode::Declare);
}

// A struct that another name was given is a copy, of which only what its fields point at is the
// other's: it is one from where a field of it, or its address, may be written.
void GoLowering::copy_before_change(NodeId target) {
  target = unwrapped(target);
  while (is(target, Syn::Member)) target = unwrapped(child(target, SynField::Object));
  if (!is(target, Syn::Name)) return;
  const VariableId variable = find(text(target)).variable;
  if (!variable.exists() || !copies_.contains(variable.index)) return;
  const Range where = range(target);
  const ExprId itself = out_.variable(variable, where);
  out_.assign(itself, out_.choose(out_.boolean(true, where), itself, out_.null(where), where),
              where);
}

void GoLowering::assign_to(NodeId target, ExprId value, Range where) {
  if (is(unwrapped(target), Syn::Member)) copy_before_change(target);
  ScopedLowering::assign_to(target, value, where);
}

void GoLowering::assign_statement(NodeId node) {
  const std::vector<NodeId> targets = items(child(node, SynField::Left));
  const std::vector<NodeId> given = items(child(node, SynField::Right));
  const Range where = range(node);
  std::string_view op = text(child(node, SynField::Operator));
  if (targets.empty() || given.empty()) return;
  if (op != "=") {
    if (op.ends_with('=')) op.remove_suffix(1);
    copy_before_change(targets[0]);
    const ExprId value = expression(given[0]), place = target_place(targets[0], node);
    const ExprKind form = out_.expr(place).kind;
    if (form != ExprKind::Variable && form != ExprKind::Member && form != ExprKind::Index) return;
    const std::optional<OperatorKind> how = operator_of(op);
    out_.assign(place, how ? value : out_.unknown("operator", where), where,
                how ? AssignMode::Update : AssignMode::Set, how.value_or(OperatorKind::Add));
    return;
  }
  if (given.size() == 1 && targets.size() == 1 && appends_to_itself(targets[0], given[0], where))
    return;
  const bool spreads =
      given.size() == 1 && (targets.size() > 1 || is(unwrapped(given[0]), Syn::Call));
  std::vector<ExprId> values;
  if (spreads) {
    values = spread(given[0], targets);
  } else {
    for (std::size_t i = 0; i < given.size() && i < targets.size(); ++i) {
      ExprId value = expression(given[i]);
      const ExprKind form = out_.expr(value).kind;
      const bool may_change = form != ExprKind::Result && form != ExprKind::Text &&
                              form != ExprKind::Number && form != ExprKind::Null;
      if (targets.size() > 1 && may_change) value = kept(value, range(given[i]));
      values.push_back(value);
    }
  }
  for (std::size_t i = 0; i < targets.size() && i < values.size(); ++i)
    store(targets[i], values[i], false, where);
  remember_errors(targets, given);
}

// x = append(x, a, b...): x grows.
bool GoLowering::appends_to_itself(NodeId target, NodeId value, Range where) {
  const NodeId call = unwrapped(value);
  if (!is(call, Syn::Call) || text(child(call, SynField::Function)) != "append" ||
      find("append").exists())
    return false;
  const std::vector<NodeId> given = all_children(child(call, SynField::Arguments));
  if (given.empty() || text(given[0]) != text(target)) return false;
  if (is(unwrapped(target), Syn::Member)) copy_before_change(target);
  for (std::size_t i = 1; i < given.size(); ++i) {
    const bool all = is(given[i], Syn::Spread);
    const NodeId one = all ? first(given[i]) : given[i];
    if (one == kNoNode) continue;
    const ExprId added = expression(one);
    const ExprId place = expression(given[0]);
    out_.call(out_.variable(builtin(all ? "append_all" : "append"), range(call)),
              {{.name = {}, .key = {}, .value = place, .spread = 0},
               {.name = {}, .key = {}, .value = added, .spread = 0}},
              where);
  }
  return true;
}

}  // namespace fnlint
