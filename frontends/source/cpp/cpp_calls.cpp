// Calls: casts and factories that only look like calls, overloads, what a call leaves in its
// arguments.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 6> kCasts{"static_cast",         "dynamic_cast",
                                                 "const_cast",          "reinterpret_cast",
                                                 "static_pointer_cast", "dynamic_pointer_cast"};

// Templates that make the object of their first argument's type: how many arguments come before
// those of the constructor.
std::optional<std::size_t> factory(std::string_view name) {
  struct Row {
    std::string_view name;
    std::size_t skipped;
  };
  static constexpr Row kRows[] = {{"make_unique", 0},     {"make_shared", 0}, {"make_optional", 0},
                                  {"allocate_shared", 1}, {"MakeUnique", 1},  {"MakeShared", 1}};
  for (const Row& row : kRows)
    if (row.name == name) return row.skipped;
  return std::nullopt;
}

}  // namespace

ExprId CppLowering::cpp_call(NodeId node) {
  const NodeId function = child(node, SynField::Function);
  const NodeId callee = unwrapped(function);
  if (is(callee, Cpp::Primitive)) {  // int(x)
    const NodeId list = child(node, SynField::Arguments);
    return expression_or_unknown(list == kNoNode ? kNoNode : first(list), node);
  }
  if (is(callee, Cpp::TemplateFunction) || is(callee, Cpp::Qualified) || is(callee, Syn::Name)) {
    const Path path = path_of(callee);
    if (!path.empty()) {
      const ExprId special = special_call(node, path, callee);
      if (special.exists()) return special;
    }
  }
  if (const ExprId changed = text_change(node, callee); changed.exists()) return changed;
  const ExprId value = chain(node);
  after_call(node);
  return value;
}

// name.append(x): a text is a value, so that this is an assignment. No id: nothing of the kind.
ExprId CppLowering::text_change(NodeId node, NodeId callee) {
  if (!is(callee, Syn::Member)) return {};
  const NodeId object = unwrapped(child(callee, SynField::Object));
  if (!is(object, Syn::Name)) return {};
  const Binding bound = find(text(object));
  if (!bound.variable.exists()) return {};
  const bool stream = streams_.contains(bound.variable.index);
  if (!stream && !texts_.contains(bound.variable.index)) return {};
  const std::string_view method = member_name(child(callee, SynField::Name));
  const NodeId list = child(node, SynField::Arguments);
  const std::vector<Operand> given =
      list != kNoNode && first(list) != kNoNode ? arguments(list) : std::vector<Operand>{};
  const Range where = range(node);
  const ExprId place = out_.variable(bound.variable, range(object));
  const auto set = [&](ExprId value, AssignMode mode) {
    out_.assign(pointed(place, where), value, where, mode, OperatorKind::Add);
    return place;
  };
  const bool appends =
      stream ? method == "write" || method == "put" : method == "append" || method == "push_back";
  if (appends && given.size() == 1) return set(given[0].value, AssignMode::Update);
  if (stream) {
    if (appends)
      return set(given.empty() ? out_.unknown("text", where) : given[0].value, AssignMode::Update);
    if (method == "str" && given.size() == 1) return set(given[0].value, AssignMode::Set);
    return {};
  }
  if (method == "clear") return set(out_.text("", where), AssignMode::Set);
  if (method == "assign" && given.size() == 1) return set(given[0].value, AssignMode::Set);
  constexpr std::string_view kChanges[] = {"append",  "assign", "insert",  "erase",
                                           "replace", "resize", "pop_back"};
  if (std::find(std::begin(kChanges), std::end(kChanges), method) == std::end(kChanges)) return {};
  std::vector<Operand> sources{{.value = place}};
  sources.insert(sources.end(), given.begin(), given.end());
  const ExprId changed = out_.unknown("a text that is changed in place", where);
  return set(call_of(changed, sources, where, CallMode::Implicit), AssignMode::Set);
}

// A cast, a factory, a construction, or a call of one of the file's functions; no id: none of
// these.
ExprId CppLowering::special_call(NodeId node, const Path& path, NodeId function) {
  const Range where = range(node);
  const NodeId list = child(node, SynField::Arguments);
  NodeId tail = function;
  while (is(tail, Cpp::Qualified)) tail = child(tail, SynField::Name);
  if (is(tail, Cpp::DependentName)) tail = last(tail);
  if (is(tail, Cpp::TemplateFunction)) {
    const bool cast = std::find(kCasts.begin(), kCasts.end(), path.back()) != kCasts.end();
    if (cast) return expression_or_unknown(list == kNoNode ? kNoNode : first(list), node);
    const NodeId made = pointee(tail);
    const std::optional<std::size_t> skipped = factory(path.back());
    if (skipped && made != kNoNode) return made_by_factory(made, list, *skipped, where);
  }
  std::string found;
  const Path real = unaliased(path, function);
  const Global* known = global(real, function, found);
  if (path.size() == 1)
    if (const Binding bound = find(path[0]);
        bound.exists() && (known == nullptr || known->variable != bound.variable))
      return {};
  if (known == nullptr && shape_of_name(real.back()) == Shape::Text) return text_made(list, where);
  if (known != nullptr && known->in_class != kNone)
    return call_of(class_value(known->in_class, where), arguments(list), where,
                   CallMode::Construct);
  if (known == nullptr || known->functions.empty()) return {};
  const Global callee = *known;
  const std::vector<Operand> given = arguments(list);
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < callee.functions.size(); ++i)
    if (parameter_count(callee.functions[i]) == given.size()) {
      chosen = i;
      break;
    }
  const ExprId value =
      call_of(out_.variable(callee.overloads[chosen], range(function)), given, where);
  written_arguments(node, given, callee.functions[chosen]);
  return value;
}

// std::string(x)
ExprId CppLowering::text_made(NodeId list, Range where) {
  const std::vector<Operand> given = arguments(list);
  if (given.empty()) return out_.text("", where);
  if (given.size() > 1 && out_.expr(given.front().value).kind == ExprKind::Number)
    return out_.unknown("repeated text", where);
  return given.front().value;
}

ExprId CppLowering::made_by_factory(NodeId made, NodeId list, std::size_t skipped, Range where) {
  std::vector<Operand> given = arguments(list);
  given.erase(given.begin(),
              given.begin() + static_cast<std::ptrdiff_t>(std::min(skipped, given.size())));
  const Path path = path_of(made);
  switch (shape_of(made).shape) {
    case Shape::Stream:
    case Shape::Text: return given.empty() ? out_.text("", where) : given.front().value;
    case Shape::List: return given.size() == 1 ? given.front().value : out_.list({}, where);
    case Shape::Map: return given.size() == 1 ? given.front().value : out_.record({}, where);
    case Shape::Scalar: return given.empty() ? out_.number("0", where) : given.front().value;
    default: break;
  }
  if (path.empty()) return out_.unknown("an object", where);
  return call_of(path_value(path, made), given, where, CallMode::Construct);
}

// What a function of the file may write by its reference parameters is not known afterwards.
void CppLowering::written_arguments(NodeId node, const std::vector<Operand>& given,
                                    NodeId function) {
  const NodeId list = parameter_list(function);
  if (list == kNoNode) return;
  const std::vector<NodeId> parameters = parameter_nodes(list);
  for (std::size_t i = 0; i < given.size() && i < parameters.size(); ++i) {
    const Declarator what = declarator(child(parameters[i], CppField::Declarator));
    const bool constant = has_word(parameters[i], Cpp::Qualifier, "const");
    if (constant || (!what.reference && !what.pointer)) continue;
    const NodeId type_node = child(parameters[i], SynField::Type);
    const Shape shape = shape_of(type_node).shape;
    const bool plain = shape == Shape::Text || shape == Shape::Scalar;
    if (plain) set_by_call(given[i].value, given, range(node));
  }
}

// What a parameter refers to may be written by whoever is given it.
void CppLowering::hand_on(NodeId name) {
  const VariableId variable = find(text(name)).variable;
  if (!variable.exists() || !references_.contains(variable.index) ||
      out_.variable(variable).owner != out_.current() ||
      out_.variable(variable).kind != VariableKind::Parameter)
    return;
  const bool is_plain = texts_.contains(variable.index) ||
                        is_number_type(out_.type_path(out_.variable(variable).type));
  if (is_plain)
    out_.assign(out_.member(out_.variable(variable, range(name)), "*", range(name)),
                out_.unknown("what a call leaves here", range(name)), range(name));
}

// f(a, out) sets a local that nothing has set before.
void CppLowering::after_call(NodeId node) {
  const NodeId list = child(node, SynField::Arguments);
  if (list == kNoNode) return;
  for (const NodeId argument : children(list))
    if (is(argument, Syn::Name)) hand_on(argument);
  if (unset_.empty()) return;
  for (const NodeId argument : children(list)) {
    const NodeId plain =
        is(argument, Cpp::PointerExpression) ? child(argument, SynField::Object) : argument;
    if (!is(plain, Syn::Name)) continue;
    const Binding bound = find(text(plain));
    if (!bound.variable.exists() || !unset_.contains(bound.variable.index)) continue;
    const TypeId declared = out_.variable(bound.variable).type;
    const std::string_view path = out_.type_path(declared);
    const std::string_view name = path.substr(path.rfind('.') + 1);
    const bool plain_value = is_number_type(path) || shape_of_name(name) == Shape::Text ||
                             is(argument, Cpp::PointerExpression);
    if (!plain_value) continue;
    std::vector<Operand> others;
    for (const NodeId other : children(list))
      if (other != argument && !has_ops(other) && !is(other, Syn::Text) && !is(other, Syn::Number))
        others.push_back({.value = expression(other)});
    set_by_call(out_.variable(bound.variable, range(plain)), others, range(node));
  }
}

void CppLowering::set_by_call(ExprId place, const std::vector<Operand>& given, Range where) {
  const Expr row = out_.expr(place);
  if (row.kind != ExprKind::Variable) return;
  const Variable variable = out_.variable(VariableId{row.ref});
  if (variable.owner != out_.current() || variable.kind != VariableKind::Local) return;
  unset_.erase(row.ref);
  std::vector<Operand> sources;
  for (const Operand& one : given)
    if (one.value != place) sources.push_back({.value = one.value});
  const ExprId set = out_.unknown("what a call leaves here", where);
  const ExprId value = sources.empty() ? set : call_of(set, sources, where, CallMode::Implicit);
  out_.assign(out_.variable(VariableId{row.ref}, where), value, where);
}

}  // namespace fnlint
