// Macros: those of the language by what they do, others as calls of what they name.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 4> kRaising = {"panic", "todo", "unimplemented",
                                                      "unreachable"};
// Their first argument must hold. `ensure` is what libraries of errors call theirs.
constexpr std::array<std::string_view, 3> kRequiring = {"assert", "debug_assert", "ensure"};
constexpr std::array<std::string_view, 4> kRequiringEqual = {"assert_eq", "debug_assert_eq",
                                                             "assert_ne", "debug_assert_ne"};
constexpr std::array<std::string_view, 4> kPrinting = {"print", "println", "eprint", "eprintln"};
constexpr std::array<std::string_view, 12> kOfTheCompiler = {
    "cfg",          "column",       "compile_error", "env",         "file",        "include",
    "include_bytes", "include_str", "line",          "module_path", "option_env", "stringify"};

}  // namespace

std::string_view RustLowering::macro_name(NodeId node) const {
  const NodeId name = child(node, SynField::Function);
  if (name == kNoNode) return {};
  const std::string_view written = text(name);
  const std::size_t colon = written.rfind(':');
  return colon == std::string_view::npos ? written : written.substr(colon + 1);
}

NodeId RustLowering::macro_tokens(NodeId node) const {
  return child(node, static_cast<Syn>(Rs::Tokens));
}

// f(a, name = b)
std::vector<Operand> RustLowering::macro_arguments(NodeId tokens) {
  std::vector<Operand> given;
  if (tokens == kNoNode) return given;
  for (const NodeId node : children(tokens)) {
    Operand row;
    NodeId value = node;
    if (is(node, Rs::Assign)) {
      const NodeId name = child(node, SynField::Left);
      value = child(node, SynField::Right);
      if (name != kNoNode) row.name = out_.string(text(name));
    }
    if (value == kNoNode || is(value, Rs::Attribute)) continue;
    if (is_item(value) || is(value, Rs::Let)) {
      statement(value);
      continue;
    }
    row.value = expression(value);
    given.push_back(row);
  }
  return given;
}

ExprId RustLowering::macro_value(NodeId node) {
  const Range where = range(node);
  const std::string_view name = macro_name(node);
  const NodeId tokens = macro_tokens(node);
  std::vector<NodeId> parts;
  if (tokens != kNoNode)
    for (const NodeId part : children(tokens)) parts.push_back(part);
  const NodeId written = child(node, SynField::Function);
  // `let format = ...` beside `format!(...)`: macros have names of their own.
  const VariableId found = find(name).variable;
  const bool is_own = written != kNoNode && find(name).exists() &&
                      !(found.exists() && out_.facts().variables[found.index].owner.exists());
  if (is_own) {
    // a macro that is imported under a name of the language
  } else if (name == "format" || name == "format_args") {
    return formatted(parts, 0, where);
  } else if (name == "vec") {
    if (parts.size() == 1 && is(parts[0], Syn::List)) return expression(parts[0]);
    return out_.list(macro_arguments(tokens), where);
  } else if (name == "matches") {
    return parts.size() == 1 ? matches(parts[0]) : out_.unknown("matches", where);
  } else if (is_one_of(kRaising, name)) {
    out_.panic(formatted(parts, 0, where), where);
    return out_.null(where);
  } else if (is_one_of(kRequiring, name) || is_one_of(kRequiringEqual, name)) {
    return require_or_raise(node, name);
  } else if (is_one_of(kPrinting, name)) {
    return call_of(out_.variable(builtin(name), where),
                   {{.name = {}, .key = {}, .value = formatted(parts, 0, where), .spread = 0}},
                   where);
  } else if (name == "write" || name == "writeln") {
    if (parts.empty()) return out_.null(where);
    const ExprId target = expression(parts[0]);
    const ExprId value = formatted(parts, 1, where);
    const ExprId method = out_.member(target, "write_str", where);
    if (appends(method, value, where)) return out_.null(where);
    return call_of(method, {{.name = {}, .key = {}, .value = value, .spread = 0}}, where);
  } else if (name == "concat") {
    std::vector<ExprId> texts;
    for (const Operand& row : macro_arguments(tokens)) texts.push_back(row.value);
    return out_.concat(texts, where);
  } else if (name == "dbg" || name == "try") {
    const std::vector<Operand> given = macro_arguments(tokens);
    return given.empty() ? out_.null(where) : given[0].value;
  } else if (name == "join" || name == "try_join") {  // all at once
    std::vector<Operand> given = macro_arguments(tokens);
    for (Operand& row : given)
      row.value = out_.result(out_.await(row.value, out_.range(row.value)), out_.range(row.value));
    return out_.list(given, where);
  } else if (name == "select" || name == "select_biased") {
    for (const NodeId part : parts) statement(part);
    return out_.unknown("what came first", where);
  } else if (is_one_of(kOfTheCompiler, name)) {
    return out_.unknown(cat(name, "!"), where);
  }
  const ExprId callee = written == kNoNode ? out_.unknown("macro", where) : path_value(written);
  return call_of(callee, macro_arguments(tokens), where);
}

// "{}: {name} {0}" with its arguments.
ExprId RustLowering::formatted(const std::vector<NodeId>& arguments, std::size_t from,
                               Range where) {
  if (from >= arguments.size()) return out_.text("", where);
  const NodeId format = arguments[from];
  std::vector<ExprId> values;
  std::vector<std::pair<std::string_view, ExprId>> named;
  for (std::size_t i = from + 1; i < arguments.size(); ++i) {
    if (is(arguments[i], Rs::Assign)) {
      const NodeId name = child(arguments[i], SynField::Left);
      const ExprId value = expression_or_unknown(child(arguments[i], SynField::Right), arguments[i]);
      if (name != kNoNode) named.emplace_back(text(name), value);
      values.push_back(value);
    } else {
      values.push_back(expression(arguments[i]));
    }
  }
  if (!is(format, Syn::Text) && !is(format, Rs::RawText)) return expression(format);
  const std::string pattern = literal_text(format);
  std::vector<ExprId> parts;
  std::string literal;
  std::size_t next = 0;
  const auto flush = [&] {
    if (!literal.empty()) parts.push_back(out_.text(literal, range(format)));
    literal.clear();
  };
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool doubled = i + 1 < pattern.size() && pattern[i + 1] == c;
    if ((c != '{' && c != '}') || doubled) {
      literal += c;
      if ((c == '{' || c == '}') && doubled) ++i;
      continue;
    }
    const std::size_t close = c == '{' ? pattern.find('}', i) : std::string::npos;
    if (close == std::string::npos) continue;
    std::string field = pattern.substr(i + 1, close - i - 1);
    field = field.substr(0, field.find(':'));
    i = close;
    flush();
    ExprId value;
    const bool is_number = !field.empty() && field[0] >= '0' && field[0] <= '9';
    if (field.empty()) {
      if (next < values.size()) value = values[next];
      ++next;
    } else if (is_number) {
      const std::size_t at = field.size() < 4 ? std::stoul(field) : values.size();
      if (at < values.size()) value = values[at];
    } else {
      for (const auto& [name, given] : named)
        if (name == field) value = given;
      if (!value.exists()) {
        const Binding found = find(field);
        if (found.exists()) value = binding_value(found, field, range(format));
      }
    }
    parts.push_back(value.exists() ? value : out_.unknown("format argument", range(format)));
  }
  flush();
  if (parts.empty()) return out_.text("", where);
  if (parts.size() == 1 && out_.expr(parts[0]).kind == ExprKind::Text) return parts[0];
  return out_.concat(parts, where);
}

// {"key": value} as expand_macros() leaves it: ("key", value) each.
ExprId RustLowering::pair_list(NodeId list) {
  std::vector<Operand> entries;
  std::vector<Range> key_ranges;
  for (const NodeId pair : children(list)) {
    const NodeId key = first(pair), value = last(pair);
    if (!is(pair, Rs::Tuple) || key == kNoNode || value == key) continue;
    Operand row;
    if (is(key, Syn::Text) || is(key, Rs::RawText))
      row.name = out_.string(literal_text(key));
    else
      row.key = expression(key);
    row.value = expression(value);
    entries.push_back(row);
    key_ranges.push_back(range(key));
  }
  return out_.record(entries, range(list), key_ranges);
}

// matches!(a, p if c), which expand_macros() leaves as a match of two arms.
ExprId RustLowering::matches(NodeId node) {
  const Range where = range(node);
  const NodeId subject = child(node, SynField::Value), body = child(node, SynField::Body);
  const NodeId arm = body == kNoNode ? kNoNode : first(body);
  const NodeId target = arm == kNoNode ? kNoNode : child(arm, SynField::Pattern);
  if (subject == kNoNode || target == kNoNode) return out_.unknown("matches", where);
  const NodeId guard = child(target, SynField::Condition);
  if (guard == kNoNode && (outcome_of(target) == Outcome::Any || !can_fail(subject))) {
    const ExprId given = expression(subject);
    const ExprKind form = out_.expr(given).kind;
    const bool is_plain = form == ExprKind::Variable || form == ExprKind::Result;
    Captures captures;
    const ExprId test = pattern(target, is_plain ? given : kept(given, where), captures);
    return test.exists() ? test : out_.boolean(true, where);
  }
  return temporary(where, [&](ExprId value) {
    const ScopeId around = scope_;
    scope_ = open_scope();
    out_.assign(value, out_.boolean(false, where), where, AssignMode::Declare);
    const OpId failed = out_.open_block("", where);
    require_match(target, subject, failed);
    if (guard != kNoNode) require(guard, failed);
    out_.assign(value, out_.boolean(true, where), where);
    out_.close(failed);
    scope_ = around;
  });
}

ExprId RustLowering::require_or_raise(NodeId node, std::string_view name) {
  const Range where = range(node);
  std::vector<NodeId> parts;
  if (const NodeId tokens = macro_tokens(node); tokens != kNoNode)
    for (const NodeId part : children(tokens)) parts.push_back(part);
  if (parts.empty()) return out_.null(where);
  if (is_one_of(kRequiring, name)) {
    branch_on(
        parts[0], [] {}, [&] { out_.exit(ExitKind::Raise, {}, {}, where); }, where);
    return out_.null(where);
  }
  if (parts.size() < 2) return out_.null(where);
  const ExprId left = expression(parts[0]);
  const ExprId right = expression(parts[1]);
  const bool wants_equal = name.ends_with("_eq");
  const OpId branch = out_.open_branch(
      out_.operation(wants_equal ? OperatorKind::NotEqual : OperatorKind::Equal, left, right, where),
      where);
  out_.exit(ExitKind::Raise, {}, {}, where);
  out_.close(branch);
  return out_.null(where);
}

}  // namespace fnlint
