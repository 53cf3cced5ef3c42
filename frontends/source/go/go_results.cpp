// Several results, and errors among them.
#include "frontends/source/go/go_lowering.h"

#include <algorithm>
#include <array>

namespace fnlint {

GoLowering::Results GoLowering::results_of(NodeId function) const {
  Results results;
  const NodeId written = child(function, SynField::Result);
  if (is(written, Syn::Parameters)) {
    for (const NodeId one : children(written)) {
      const NodeId type = child(one, SynField::Type);
      if (!is(one, Syn::Parameter) || type == kNoNode) continue;
      const std::vector<NodeId> names = named(one, SynField::Name);
      for (std::size_t i = 0; i < std::max<std::size_t>(names.size(), 1); ++i)
        results.types.push_back(type);
      results.names.insert(results.names.end(), names.begin(), names.end());
    }
    if (results.names.size() != results.types.size()) results.names.clear();
  } else if (written != kNoNode) {
    results.types.push_back(written);
  }
  const std::size_t count = results.types.size();
  if (count == 0) {
    results.shape = Shape::None;
    return results;
  }
  const NodeId last = results.types.back();
  const bool has_error = is(last, Syn::TypeName) && text(last) == "error";
  const bool has_flag = is(last, Syn::TypeName) && text(last) == "bool";
  if (has_error)
    results.shape = count == 1 ? Shape::Error : count == 2 ? Shape::Value : Shape::Values;
  else if (count == 2 && has_flag && is_optional_pair(function))
    results.shape = Shape::Optional;
  else
    results.shape = count == 1 ? Shape::One : Shape::List;
  return results;
}

// (value, bool) where the bool tells whether there is a value: nothing real stands beside `false`.
bool GoLowering::is_optional_pair(NodeId function) const {
  const NodeId body = child(function, SynField::Body);
  if (body == kNoNode) return true;
  for (NodeId node = body; node < nodes_[body].next; ++node) {
    if (is(node, Syn::Lambda)) {
      node = nodes_[node].next - 1;
      continue;
    }
    if (!is(node, Syn::Return)) continue;
    const std::vector<NodeId> values = items(first(node));
    if (values.size() == 2 && is(values[1], Syn::False) && !is_zero(values[0])) return false;
  }
  return true;
}

GoLowering::Results GoLowering::results_of_call(NodeId call, int depth) const {
  const NodeId function = called_function(call, depth);
  return function == kNoNode ? Results{} : results_of(function);
}

bool GoLowering::names_error(std::string_view name) {
  return name == "e" || name.starts_with("err") || name.ends_with("err") || name.ends_with("Err") ||
         name.ends_with("Error") || name.ends_with("error");
}

bool GoLowering::names_presence(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kWords{
      "ok", "found", "exists", "exist", "present", "hit", "has", "loaded", "okay", "valid"};
  if (name == "_" || name.starts_with("ok") || name.ends_with("Ok") || name.ends_with("OK"))
    return true;
  return std::find(kWords.begin(), kWords.end(), name) != kWords.end() ||
         name.ends_with("Found") || name.ends_with("Exists") || name.starts_with("has");
}

// A value that stands for none: nil, "", 0, T{}.
bool GoLowering::is_zero(NodeId node) const {
  node = unwrapped(node);
  switch (kind(node)) {
    case Syn::Null:
    case Syn::False: return true;
    case Syn::Text: return literal_text(node).empty();
    case Syn::Number: return text(node) == "0";
    case Syn::Unary: return is_zero(last(node));
    case Syn::Member: return false;
    default: break;
  }
  if (!is_go(node, GoSyn::Composite)) return false;
  const NodeId body = child(node, SynField::Body);
  return body == kNoNode || first(body) == kNoNode;
}

// fmt.Errorf(..), &NotFound{}, ErrMissing, or a variable behind `if err != nil`.
bool GoLowering::is_surely_error(NodeId node) const {
  node = unwrapped(node);
  if (is(node, Syn::Unary)) return is_surely_error(last(node));
  if (is_go(node, GoSyn::Composite)) return true;
  if (is(node, Syn::Name) || is(node, Syn::Member)) {
    const std::string_view name =
        is(node, Syn::Name) ? text(node) : text(child(node, SynField::Name));
    if (std::find(failed_.begin(), failed_.end(), text(node)) != failed_.end()) return true;
    const Binding bound = is(node, Syn::Name) ? find(name) : Binding{};
    const bool is_global =
        is(node, Syn::Member) || !bound.exists() || out_.variable(bound.variable).owner.index == 0;
    const bool begins = name.starts_with("Err") || name.starts_with("err");
    const bool is_sentinel =
        begins && name.size() > 3 && name[3] >= 'A' && name[3] <= 'Z';
    return is_global && is_sentinel;
  }
  if (!is(node, Syn::Call)) return false;
  const NodeId callee = callee_node(node);
  const std::string_view name =
      is(callee, Syn::Member) ? text(child(callee, SynField::Name)) : text(callee);
  static constexpr std::array<std::string_view, 3> kMakers{"New", "Newf", "Errorf"};
  if (std::find(kMakers.begin(), kMakers.end(), name) != kMakers.end()) return true;
  const bool named = name.ends_with("Error") && name.size() > 5;
  const NodeId given = child(node, SynField::Arguments);
  if (given == kNoNode) return named;
  bool may_be_nil = false;  // Wrap(err) of none is none
  for (const NodeId one : children(given)) {
    const bool is_named = is(one, Syn::Name) || is(one, Syn::Member);
    if (is_named && is_surely_error(one)) return true;  // what is given an error wraps it
    may_be_nil = may_be_nil || (is(one, Syn::Name) && names_error(text(one)));
  }
  return named && !may_be_nil;
}

// An expression in an error's place.
ExprId GoLowering::error_value(NodeId node) {
  const NodeId inner = unwrapped(node);
  const ExprId value = expression(node);
  if (!is(inner, Syn::Call) || out_.expr(value).kind != ExprKind::Result) return value;
  const Shape shape = results_of_call(inner).shape;
  if (shape == Shape::Error) return out_.error_of(OpId{out_.expr(value).ref}, range(node));
  if (shape == Shape::One || is_surely_error(inner)) return value;
  return out_.error_of(OpId{out_.expr(value).ref}, range(node));
}

// --- a, b := source

std::vector<ExprId> GoLowering::spread(NodeId source, const std::vector<NodeId>& targets) {
  const NodeId node = unwrapped(source);
  const Range where = range(source);
  if ((is(node, Syn::Call) && !is_special_call(node)) || is_generic_call(node))
    return spread_call(node, targets);
  if (targets.size() == 2 && is(node, Syn::Index)) {
    const ExprId base = expression_or_unknown(child(node, SynField::Object), node);
    const ExprId key = expression_or_unknown(child(node, SynField::Index), node);
    return {out_.index(base, key, where), out_.operation(OperatorKind::In, key, base, where)};
  }
  if (targets.size() == 2 && is_go(node, GoSyn::Assertion)) {
    const ExprId value = expression_or_unknown(child(node, SynField::Object), node);
    const TypeId tested = type(child(node, SynField::Type));
    return {value, out_.type_test(value, out_.type_path(tested), where)};
  }
  std::vector<ExprId> values{expression(source)};
  while (values.size() < targets.size()) values.push_back(out_.unknown("second result", where));
  return values;
}

std::vector<ExprId> GoLowering::spread_call(NodeId call, const std::vector<NodeId>& targets) {
  const Range where = range(call);
  const Results results = results_of_call(call);
  const ExprId value = expression(call);
  const std::size_t count = targets.size();
  const Expr row = out_.expr(value);
  if (row.kind != ExprKind::Result)
    return std::vector<ExprId>(count, count == 1 ? value : out_.unknown("results", where));
  const OpId op{row.ref};
  const std::string_view last_name = text(targets.back());
  const std::string_view last_word = last_name.substr(last_name.rfind('.') + 1);
  Shape shape = results.shape;
  if (shape == Shape::Unknown || shape == Shape::None) {
    const bool fails = count == 1 ? last_word == "err" || last_word.ends_with("Err")
                                  : names_error(last_word);
    const bool maybe = count == 2 && names_presence(last_word);
    if (count == 1)
      shape = fails && !is_surely_error(call) ? Shape::Error : Shape::One;
    else if (fails || last_word == "_")
      shape = count == 2 ? Shape::Value : Shape::Values;
    else
      shape = maybe ? Shape::Optional : Shape::List;
  }
  std::vector<ExprId> values;
  const auto nth = [&](std::size_t i) {
    return out_.index(value, out_.number(std::to_string(i), where), where);
  };
  switch (shape) {
    case Shape::Error: values.push_back(out_.error_of(op, where)); break;
    case Shape::Value:
      values.push_back(value);
      values.push_back(out_.error_of(op, where));
      break;
    case Shape::Values:
      for (std::size_t i = 0; i + 1 < count; ++i) values.push_back(nth(i));
      values.push_back(out_.error_of(op, where));
      break;
    case Shape::Optional:
      values.push_back(value);
      values.push_back(out_.operation(OperatorKind::NotEqual, value, out_.null(where), where));
      break;
    case Shape::List:
      for (std::size_t i = 0; i < count; ++i) values.push_back(nth(i));
      break;
    default: values.push_back(value);
  }
  while (values.size() < count) values.push_back(out_.unknown("result", where));
  return values;
}

// --- return

void GoLowering::return_statement(NodeId node) {
  const Range where = range(node);
  const std::vector<NodeId> given = items(first(node));
  std::vector<ExprId> values;
  const bool has_error = results_.shape == Shape::Error || results_.shape == Shape::Value ||
                         results_.shape == Shape::Values;
  if (given.empty()) {  // what the named results hold
    for (const VariableId variable : result_variables_)
      values.push_back(out_.variable(variable, where));
    ExprId error;
    bool fails = false;
    if (has_error && !values.empty()) {
      error = values.back();
      values.pop_back();
      const std::string_view name = text(results_.names.back());
      fails = std::find(failed_.begin(), failed_.end(), name) != failed_.end();
    }
    return return_values(std::move(values), error, fails, node);
  }
  const bool passes_on = given.size() == 1 && results_.types.size() > 1;
  if (passes_on || results_.types.size() != given.size() || results_.types.empty()) {
    for (const NodeId one : given) values.push_back(expression(one));
    const bool splits = passes_on && results_.shape == Shape::Optional &&
                        is(unwrapped(given[0]), Syn::Call) &&
                        results_of_call(unwrapped(given[0])).shape == Shape::List;
    if (!splits) {
      out_.exit(ExitKind::Return, {}, values.empty() ? ExprId{} : values[0], where);
      return;
    }
    const ExprId list = values[0];
    values = {out_.index(list, out_.number("0", where), where),
              out_.index(list, out_.number("1", where), where)};
    return return_values(std::move(values), {}, false, node);
  }
  if (!has_error) {
    if (results_.shape == Shape::Optional && is(given[1], Syn::True)) {
      out_.exit(ExitKind::Return, {}, expression(given[0]), where);
      return;
    }
    for (const NodeId one : given) values.push_back(expression(one));
    return return_values(std::move(values), {}, false, node);
  }
  bool all_zero = given.size() > 1;
  for (std::size_t i = 0; i + 1 < given.size(); ++i) {
    values.push_back(expression(given[i]));
    all_zero = all_zero && is_zero(given[i]);
  }
  if (is(unwrapped(given.back()), Syn::Null))
    return return_values(std::move(values), {}, false, node);
  const bool fails = is_surely_error(given.back());
  return_values(std::move(values), error_value(given.back()), fails, node);
}

// An error that may be nil is asked first: beside it the values count only where it is.
void GoLowering::return_values(std::vector<ExprId> values, ExprId error, bool fails, NodeId node) {
  const Range where = range(node);
  if (fails) {
    // An answer beside it is not sent, and was meant to be.
    const ExprKind kind = values.size() == 1 ? out_.expr(values[0]).kind : ExprKind::Null;
    if (kind == ExprKind::Record || kind == ExprKind::Result || kind == ExprKind::Variable)
      out_.evaluate(values[0], where);
    out_.exit(ExitKind::Raise, {}, error, where);
    return;
  }
  if (error.exists()) {
    const OpId branch = out_.open_branch(
        out_.operation(OperatorKind::NotEqual, error, out_.null(where), where), where);
    out_.exit(ExitKind::Raise, {}, error, where);
    out_.close(branch);
  }
  ExprId value;
  if (results_.shape == Shape::Optional && values.size() == 2) {
    const Expr flag = out_.expr(values[1]);
    const bool is_false = flag.kind == ExprKind::Bool && flag.detail == 0;
    value = is_false ? out_.null(where)
                     : out_.choose(values[1], values[0], out_.null(where), where);
  } else if (values.size() == 1) {
    value = values[0];
  } else if (!values.empty()) {
    std::vector<Operand> elements;
    for (const ExprId one : values)
      elements.push_back({.name = {}, .key = {}, .value = one, .spread = 0});
    value = out_.list(elements, where);
  }
  out_.exit(ExitKind::Return, {}, value, where);
}

}  // namespace fnlint
