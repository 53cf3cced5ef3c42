// Expressions: calls, members, operators.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

ExprId CSharpLowering::expression_of(NodeId node) {
  if (node == kNoNode) return ScopedLowering::expression_of(node);
  const Range where = range(node);
  if (nodes_[node].kind >= static_cast<std::uint8_t>(Syn::Own)) return own_expression(node);
  switch (kind(node)) {
    case Syn::New: return construct_new(node);
    case Syn::Number: return number(node);
    case Syn::Call: return call_expression(node);
    case Syn::QualifiedType: return type_value(type(node), where);
    case Syn::WrappedType: return type_value(type(node), where);
    case Syn::Name:
      if (stands_for_type(node)) return out_.variable(types_.find(text(node))->second, where);
      break;
    case Syn::Unary: {
      const std::string_view written = text(node);
      const NodeId operand = last(node);
      if (operand == kNoNode) break;
      if (written.starts_with("++") || written.starts_with("--")) {
        const ExprId target = expression(operand);
        out_.assign(target, out_.number("1", where), where, AssignMode::Update,
                    written[0] == '+' ? OperatorKind::Add : OperatorKind::Subtract);
        return target;
      }
      if (written[0] == '&' || written[0] == '*') return expression(operand);
      break;
    }
    default: break;
  }
  return ScopedLowering::expression_of(node);
}

// A type of the file, where its name is not that of a property whose members are meant.
bool CSharpLowering::stands_for_type(NodeId name) const {
  const auto row = types_.find(text(name));
  if (row == types_.end() || !names_type(name)) return false;
  const Binding found = find(text(name));
  if (found.in_class == kNone) return !found.exists() || found.variable == row->second;
  const NodeId member = child(parent(name), SynField::Name);
  for (const ClassScope& type : classes_) {
    if (type.variable != row->second) continue;
    for (const Member& one : type.members)
      if (one.is_static && member != kNoNode && one.name == member_name(member)) return true;
  }
  return false;
}

ExprId CSharpLowering::own_expression(NodeId node) {
  const Range where = range(node);
  switch (own(node)) {
    case Cs::Predefined: return type_value(type(node), where);
    case Cs::AliasName: {
      const NodeId name = child(node, SynField::Name);
      return name == kNoNode ? out_.unknown("name", where) : expression(name);
    }
    case Cs::Postfix: return postfix(node);
    case Cs::As: return expression_or_unknown(child(node, SynField::Left), node);
    case Cs::IsPattern: {
      const ExprId subject = expression_or_unknown(child(node, SynField::Object), node);
      return pattern(subject, child(node, SynField::Pattern));
    }
    case Cs::ElementAccess: {
      const ExprId base = expression_or_unknown(child(node, SynField::Object), node);
      const NodeId list = child(node, SynField::Index);
      return element(base, children_of(list, Syn::Argument), where);
    }
    case Cs::ConditionalAccess: {
      const NodeId binding = last(node);
      const ExprId base = expression_or_unknown(child(node, SynField::Condition), node);
      if (is(binding, Cs::ElementBinding))
        return element(base, children_of(binding, Syn::Argument), where, true);
      const NodeId name = child(binding, SynField::Name);
      return out_.member(base, name == kNoNode ? "" : member_name(name), where, true);
    }
    case Cs::TargetNew:
      return construct_of(target_type(node), child(node, Syn::Arguments),
                          own_child(node, Cs::Initializer), where);
    case Cs::AnonymousObject: return anonymous_object(node);
    case Cs::ArrayNew: {
      const NodeId list = own_child(node, Cs::Initializer);
      return list == kNoNode ? out_.list({}, where) : initializer_value(list);
    }
    case Cs::Initializer:
    case Cs::Collection: return initializer_value(node);
    case Cs::With: return with(node);
    case Cs::AnonymousMethod: return closure(node);
    case Cs::VerbatimText:
    case Cs::RawText: return out_.text(literal_text(node), where);
    case Cs::Interpolated: return interpolated(node);
    case Cs::Boolean: return out_.boolean(text(node) == "true", where);
    case Cs::Default: return out_.null(where);
    case Cs::TypeOf: return type_value(type(child(node, SynField::Type)), where);
    case Cs::SizeOf: return out_.unknown("size of a type", where);
    case Cs::Declaration: {
      const NodeId name = child(node, SynField::Name);
      if (name == kNoNode) return out_.unknown("declaration", where);
      const TypeId declared = type(child(node, SynField::Type));
      return out_.variable(declare_named(name, declared), where);
    }
    case Cs::Tuple: return tuple(node);
    case Cs::SwitchExpression: return switch_expression(node);
    case Cs::Query: return query(node);
    case Cs::PreprocIf:
      for (const NodeId at : children(node))
        if (field(at) != SynField::Condition && field(at) != SynField::Alternative)
          return expression(at);
      return out_.unknown("a symbol of the build", where);
    case Cs::RangeExpression: return out_.unknown("range", where);
    case Cs::Discard: return out_.unknown("_", where);
    default: break;
  }
  return ScopedLowering::expression_of(node);
}

// x++, x--; x! is x.
ExprId CSharpLowering::postfix(NodeId node) {
  const Range where = range(node);
  const ExprId target = expression_or_unknown(first(node), node);
  const std::string_view written = text(node);
  if (written.ends_with('!')) return target;
  const ExprKind form = out_.expr(target).kind;
  if (form != ExprKind::Variable && form != ExprKind::Member && form != ExprKind::Index)
    return target;
  out_.assign(target, out_.number("1", where), where, AssignMode::Update,
              written.ends_with("++") ? OperatorKind::Add : OperatorKind::Subtract);
  return target;
}

// a[i], a["key"], a[^1], a[1..^2], a[i, j]
ExprId CSharpLowering::element(ExprId base, const std::vector<NodeId>& arguments, Range where,
                               bool optional) {
  if (arguments.empty() || last(arguments[0]) == kNoNode)
    return out_.index(base, out_.unknown("index", where), where);
  const auto place = [&](NodeId node) {
    if (!is(node, Syn::Unary) || !text(node).starts_with('^')) return expression(node);
    const ExprId back = expression_or_unknown(last(node), node);
    if (out_.expr(back).kind != ExprKind::Number) return out_.unknown("index", range(node));
    return out_.number(cat("-", out_.string(out_.expr(back).name)), range(node));
  };
  const NodeId node = last(arguments[0]);
  if (is(node, Cs::RangeExpression)) {
    ExprId from, to;
    bool is_end = false;
    for (const NodeId at : children(node)) {
      if (is(at, Syn::Operator)) is_end = true;
      else (is_end ? to : from) = place(at);
    }
    return out_.part(base, from, to, {}, where);
  }
  const ExprId at = place(node);
  if (arguments.size() > 1) {
    for (std::size_t i = 1; i < arguments.size(); ++i)
      if (has_ops(arguments[i])) expression_or_unknown(last(arguments[i]), arguments[i]);
    return out_.index(base, out_.unknown("index", where), where);
  }
  const Expr row = out_.expr(at);
  if (row.kind == ExprKind::Text) return out_.entry(base, row.name, where, optional);
  return out_.index(base, at, where, optional);
}

// A list; a record of places and names where its parts have these.
ExprId CSharpLowering::tuple(NodeId node) {
  std::vector<Operand> parts, named;
  for (const NodeId part : children(node)) {
    const NodeId name = child(part, SynField::Name), value = last(part);
    if (value == kNoNode) continue;
    const ExprId lowered = expression(value);
    const StringId place = out_.string(std::to_string(parts.size()));
    parts.push_back({.name = {}, .key = {}, .value = lowered, .spread = 0});
    named.push_back({.name = place, .key = {}, .value = lowered, .spread = 0});
    if (name != kNoNode)
      named.push_back({.name = out_.string(text(name)), .key = {}, .value = lowered, .spread = 0});
  }
  const bool has_names = named.size() > parts.size();
  return has_names ? out_.record(named, range(node)) : out_.list(parts, range(node));
}

void CSharpLowering::assign_to(NodeId target, ExprId value, Range where) {
  if (is(target, Cs::Tuple)) return take_apart(target, value, where);
  if (is(target, Cs::Discard) || (is(target, Syn::Name) && text(target) == "_" &&
                                  !find("_").exists()))
    return static_cast<void>(out_.evaluate(value, where));
  ScopedLowering::assign_to(target, value, where);
}

// nameof(a.B) is a text.
ExprId CSharpLowering::call_expression(NodeId node) {
  const NodeId callee = child(node, SynField::Function);
  if (is(callee, Syn::Name) && text(callee) == "nameof" && !find("nameof").exists()) {
    const NodeId argument = last(child(node, SynField::Arguments));
    std::string name = argument == kNoNode ? std::string() : dotted(argument);
    return out_.text(name.substr(name.rfind('.') + 1), range(node));
  }
  if (const std::string layout = time_layout_of(node); !layout.empty())
    if (const NodeId time = child(callee, SynField::Object); time != kNoNode)
      return laid_out(layout, expression(time), range(node));
  const ExprId value = ScopedLowering::expression_of(node);
  take_out_arguments(node, value);
  return value;
}

// provider.Get<T>().Run(), x = provider.Get<T>(): what it gives is a T, as a variable of that type.
ExprId CSharpLowering::link_call(NodeId link, ExprId callee) {
  const ExprId value = ScopedLowering::link_call(link, callee);
  if (const NodeId written = given_type(link); written != kNoNode)
    out_.give_type(value, type(written));
  const NodeId holder = parent(link);
  const bool has_place = is(holder, Syn::Member) || is(holder, Syn::Assignment);
  const NodeId given = has_place ? given_type(link) : kNoNode;
  if (given == kNoNode) return value;
  const VariableId object = out_.temporary(out_.current());
  out_.set(object, &Variable::type, type(given));
  out_.assign(out_.variable(object, range(link)), value, range(link));
  return out_.variable(object, range(link));
}

// x.TryGet(key, out var found): by the language's custom, what it looks for is what it gives. What
// a method of the same class assigns is not followed.
void CSharpLowering::take_out_arguments(NodeId call, ExprId value) {
  const NodeId list = child(call, SynField::Arguments);
  if (list == kNoNode) return;
  std::string_view method;
  const NodeId callee = child(call, SynField::Function);
  if (is(callee, Syn::Name)) method = text(callee);
  else if (const NodeId name = child(is(callee, Cs::ConditionalAccess) ? last(callee) : callee,
                                     SynField::Name);
           name != kNoNode)
    method = member_name(name);
  for (const NodeId argument : children_of(list, Syn::Argument)) {
    if (!has_modifier(argument, "out")) continue;
    const NodeId written = last(argument);
    NodeId name = written;
    if (is(written, Cs::Declaration)) name = child(written, SynField::Name);
    if (name == kNoNode || text(name) == "_" || is(written, Cs::Discard)) continue;
    const Range where = range(written);
    const ExprId given = method.starts_with("Try") && !is(callee, Syn::Name)
                             ? value
                             : out_.unknown("out argument", where);
    const ExprId place = name_value(text(name), name);
    const ExprKind form = out_.expr(place).kind;
    if (form == ExprKind::Variable || form == ExprKind::Member)
      out_.assign(place, given, where);
  }
}

// from x in xs where t let y = e select v: loops that add to a list.
ExprId CSharpLowering::query(NodeId node) {
  const Range where = range(node);
  const ScopeId around = scope_;
  std::vector<OpId> open;
  ExprId made = kept(out_.list({}, where), where);
  const auto walk = [&](NodeId name, ExprId subject, Range at) {
    scope_ = open_scope();
    const VariableId element = declare_local(name == kNoNode ? "_" : text(name));
    open.push_back(out_.open_loop(LoopKind::Each, out_.variable(element, at), subject, at));
  };
  const auto give = [&](ExprId value, Range at) {
    out_.assign(made, out_.list({{.name = {}, .key = {}, .value = value, .spread = 0}}, at), at,
                AssignMode::Update, OperatorKind::Add);
  };
  const auto close_all = [&] {
    for (; !open.empty(); open.pop_back()) out_.close(open.back());
    scope_ = around;
  };
  for (const NodeId clause : children(node)) {
    const Range at = range(clause);
    const NodeId value = last(clause);
    switch (own(clause)) {
      case Cs::FromClause:
        walk(child(clause, SynField::Name), expression_or_unknown(value, clause), at);
        continue;
      case Cs::JoinClause: {
        std::vector<NodeId> parts;
        for (const NodeId part : children(clause))
          if (field(part) != SynField::Type && !is(part, Cs::JoinInto)) parts.push_back(part);
        if (parts.size() < 2) continue;
        walk(parts[0], expression(parts[1]), at);
        if (parts.size() < 4) continue;
        const ExprId left = expression(parts[2]), right = expression(parts[3]);
        open.push_back(
            out_.open_branch(out_.operation(OperatorKind::Equal, left, right, at), at));
        if (const NodeId into = own_child(clause, Cs::JoinInto); first(into) != kNoNode)
          declare_local(text(first(into)));
        continue;
      }
      case Cs::LetClause: {
        const ExprId given = expression_or_unknown(value, clause);
        if (is(first(clause), Syn::Name)) {
          const VariableId local = declare_local(text(first(clause)));
          out_.assign(out_.variable(local, at), given, at, AssignMode::Declare);
        }
        continue;
      }
      case Cs::WhereClause:
        open.push_back(out_.open_branch(expression_or_unknown(value, clause), at));
        continue;
      case Cs::OrderByClause:
        for (const NodeId part : children(clause))
          if (has_ops(part)) expression(part);
        continue;
      case Cs::SelectClause:
      case Cs::GroupClause:
        give(expression_or_unknown(first(clause), clause), at);
        close_all();
        continue;
      default: break;
    }
    if (is(clause, Syn::Name)) {  // into x: the query goes on over what there is
      const ExprId before = made;
      made = kept(out_.list({}, at), at);
      walk(clause, before, at);
    }
  }
  close_all();
  return made;
}

}  // namespace fnlint
