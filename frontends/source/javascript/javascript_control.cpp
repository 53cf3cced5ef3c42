#include "frontends/source/javascript/javascript_lowering.h"

#include <algorithm>
#include <utility>

// JavaScript's control flow: tests that run code only sometimes, branches, loops, switches, try.
namespace fnlint {

namespace {
constexpr std::size_t kNestedArms = 32;  // of an if with its `else if`s
}

// Leaves `target` when the condition's truth is `when`; goes on after it otherwise. A test that
// runs code only sometimes is control flow, so that each part that was passed holds in what it
// guards.
void JavaScriptLowering::jump(JsId condition, bool when, OpId target) {
  const Level level(depth_);
  const JsId node = unwrapped(condition);
  if (!node.exists() || too_deep(node)) return;
  const Range where = tree_.range(node);
  const Js op = tree_.kind(tree_.child(node, JsField::Operator));
  if (tree_.has(node, kJsJumps) && op == Js::Not)
    return jump(tree_.child(node, JsField::Argument), !when, target);
  if (tree_.has(node, kJsJumps)) {
    const std::vector<JsId> parts = parts_of_test(node, op);
    const bool any_leaves = when == (op == Js::OrOr);  // each part alone decides to leave
    const OpId inner = any_leaves ? target : code_.open_block("", where);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i)
      jump(parts[i], any_leaves ? when : !when, inner);
    jump(parts.back(), when, target);
    if (!any_leaves) code_.close(inner);
    return;
  }
  const ExprId test = expression(node);
  const OpId branch = code_.open_branch(test, where);
  if (!when) code_.otherwise(branch);
  code_.exit(ExitKind::Break, target, {}, where);
  code_.close(branch);
}

// a, b, c of a && b && c. What comes before the first part that runs code stays one.
std::vector<JsId> JavaScriptLowering::parts_of_test(JsId node, Js op) const {
  std::vector<JsId> parts;
  while (tree_.has(node, kJsJumps) && tree_.kind(tree_.child(node, JsField::Operator)) == op) {
    parts.push_back(tree_.child(node, JsField::Right));
    node = unwrapped(tree_.child(node, JsField::Left));
  }
  parts.push_back(node);
  std::reverse(parts.begin(), parts.end());
  return parts;
}

JavaScriptLowering::Condition JavaScriptLowering::open_condition(JsId condition, bool when,
                                                                 Range where, bool has_else) {
  Condition open{.outer = {}, .inner = {}, .where = where, .jumps = tree_.has(condition, kJsJumps)};
  if (open.jumps) {
    open.outer = code_.open_block("", where);
    if (has_else) open.inner = code_.open_block("", where);
    jump(condition, !when, has_else ? open.inner : open.outer);
    return open;
  }
  ExprId test = expression(condition);
  if (!when) test = code_.operation(OperatorKind::Not, test, {}, code_.range(test));
  open.outer = code_.open_branch(test, where);
  return open;
}

void JavaScriptLowering::begin_else(Condition& condition) {
  if (!condition.jumps) return code_.otherwise(condition.outer);
  code_.exit(ExitKind::Break, condition.outer, {}, condition.where);
  code_.close(condition.inner);
}

void JavaScriptLowering::close_condition(const Condition& condition) {
  code_.close(condition.outer);
}

// Chains of `else if` are as long as people like: they are no recursion, and long ones are one
// Block of Branches that leave it.
void JavaScriptLowering::if_statement(JsId node) {
  std::vector<JsId> arms{node};
  JsId otherwise;
  for (;;) {
    otherwise = tree_.first_child(tree_.child(arms.back(), JsField::Alternative));
    if (tree_.kind(otherwise) != Js::IfStatement) break;
    arms.push_back(otherwise);
  }
  const bool is_flat = arms.size() > kNestedArms;
  const OpId around = is_flat ? code_.open_block("", tree_.range(node)) : OpId{};
  std::vector<Condition> open;
  for (const JsId arm : arms) {
    const JsId test = tree_.child(arm, JsField::Condition);
    const JsId then = tree_.child(arm, JsField::Consequence);
    const bool has_else = !is_flat && tree_.child(arm, JsField::Alternative).exists();
    open.push_back(open_condition(test, true, tree_.range(arm), has_else));
    guarded_depth_ += is_main_test(test) ? 1 : 0;
    if (then.exists()) statement(then);
    guarded_depth_ -= is_main_test(test) ? 1 : 0;
    if (has_else) begin_else(open.back());
    if (!is_flat) continue;
    code_.exit(ExitKind::Break, around, {}, tree_.range(arm));
    close_condition(open.back());
    open.pop_back();
  }
  if (otherwise.exists()) statement(otherwise);
  for (; !open.empty(); open.pop_back()) close_condition(open.back());
  if (is_flat) code_.close(around);
}

// `require.main === module`, `import.meta.url === pathToFileURL(process.argv[1]).href`: whether the
// file is the program. A runtime loads it, and is the program itself.
bool JavaScriptLowering::asks_for_main(JsId comparison) {
  const Js op = tree_.kind(tree_.child(comparison, JsField::Operator));
  if (op != Js::EqualEqual && op != Js::NotEqual) return false;
  std::string_view one = tree_.text(tree_.child(comparison, JsField::Left));
  std::string_view other = tree_.text(tree_.child(comparison, JsField::Right));
  if (one > other) std::swap(one, other);
  if (one == "module" && other == "require.main") return true;
  constexpr std::string_view kOwn = "import.meta.", kProgram = "process.argv";
  return (one.find(kOwn) != one.npos && other.find(kProgram) != other.npos) ||
         (other.find(kOwn) != other.npos && one.find(kProgram) != one.npos);
}

bool JavaScriptLowering::is_main_test(JsId condition) {
  const JsId node = unwrapped(condition);
  return tree_.kind(node) == Js::Binary && asks_for_main(node) &&
         tree_.kind(tree_.child(node, JsField::Operator)) == Js::EqualEqual;
}

bool JavaScriptLowering::always_holds(JsId condition) const {
  const JsId node = unwrapped(condition);
  switch (tree_.kind(node)) {
    case Js::None:
    case Js::EmptyStatement:
    case Js::True: return true;
    case Js::Number: return tree_.text(node).find_first_of("123456789") != std::string_view::npos;
    default: return false;
  }
}

JavaScriptLowering::Target JavaScriptLowering::target(OpId broken, OpId continued,
                                                      bool continue_leaves) {
  return {.labels = std::exchange(labels_, {}),
          .broken = broken,
          .continued = continued,
          .takes_break = true,
          .continue_leaves = continue_leaves};
}

// With a tail (an update, the test of do-while), `continue` leaves a Block around the body.
void JavaScriptLowering::loop_body(JsId body, OpId loop, bool has_tail) {
  const bool wraps = has_tail && tree_.has(body, kJsContinue);
  const OpId block = wraps ? code_.open_block("", tree_.range(body)) : loop;
  targets_.push_back(target(loop, block, wraps));
  if (body.exists()) statement(body);
  targets_.pop_back();
  if (wraps) code_.close(block);
}

void JavaScriptLowering::while_statement(JsId node) {
  const OpId loop = code_.open_loop(LoopKind::Forever, {}, {}, tree_.range(node));
  const JsId condition = tree_.child(node, JsField::Condition);
  if (!always_holds(condition)) jump(condition, false, loop);
  loop_body(tree_.child(node, JsField::Body), loop, false);
  code_.close(loop);
}

void JavaScriptLowering::do_statement(JsId node) {
  const OpId loop = code_.open_loop(LoopKind::Forever, {}, {}, tree_.range(node));
  loop_body(tree_.child(node, JsField::Body), loop, true);
  const JsId condition = tree_.child(node, JsField::Condition);
  if (!always_holds(condition)) jump(condition, false, loop);
  code_.close(loop);
}

void JavaScriptLowering::for_statement(JsId node) {
  const ScopeId around = scope_;
  const std::vector<std::string_view> labels = std::exchange(labels_, {});
  const JsId first = tree_.child(node, JsField::Initializer);
  if (tree_.kind(first) == Js::LexicalDeclaration) {
    scope_ = names_.open(around, names_.function(around));
    declare_statement(first, scope_);
  }
  if (tree_.kind(first) == Js::LexicalDeclaration || tree_.kind(first) == Js::VariableDeclaration) {
    variable_declaration(first);
  } else if (first.exists() && tree_.kind(first) != Js::EmptyStatement) {
    effect(first);
  }
  const OpId loop = code_.open_loop(LoopKind::Forever, {}, {}, tree_.range(node));
  const JsId condition = tree_.child(node, JsField::Condition);
  if (!always_holds(condition)) jump(condition, false, loop);
  const JsId update = tree_.child(node, JsField::Increment);
  labels_ = labels;
  loop_body(tree_.child(node, JsField::Body), loop, update.exists());
  if (update.exists()) effect(update);
  code_.close(loop);
  scope_ = around;
}

// for-of, for-await and for-in; the last visits the pseudo member "<keys>".
void JavaScriptLowering::for_in_statement(JsId node) {
  const ScopeId around = scope_;
  const std::vector<std::string_view> labels = std::exchange(labels_, {});
  const JsId left = unwrapped(tree_.child(node, JsField::Left));
  const JsId right = tree_.child(node, JsField::Right);
  const JsId kind = tree_.child(node, JsField::Kind);
  const bool is_of = tree_.kind(tree_.child(node, JsField::Operator)) == Js::Of;
  const JsId await_token = tree_.child(node, Js::AwaitToken);
  const bool awaits = is_of && await_token.exists() && tree_.field(await_token) == JsField::None;
  if (awaits) feature(JsFeature::AsyncIteration, node);
  ExprId subject = right.exists() ? expression(right) : code_.unknown("syntax", tree_.range(node));
  if (!is_of) subject = code_.member(subject, "<keys>", code_.range(subject));

  if (kind.exists() && tree_.kind(kind) != Js::VarToken) {
    scope_ = names_.open(around, names_.function(around));
    declare_pattern(left, scope_, VariableKind::Local,
                    tree_.kind(kind) == Js::ConstToken ? kConstant : 0);
  }
  const Range where = tree_.range(left.exists() ? left : node);
  const bool is_name = tree_.kind(left) == Js::Identifier;
  const ExprId element =
      is_name ? written_name(left) : code_.variable(code_.temporary(code_.current()), where);
  const OpId loop = code_.open_loop(LoopKind::Each, element, subject, tree_.range(node), awaits);
  if (!is_name && left.exists())
    take(left, element, {}, kind.exists() ? AssignMode::Declare : AssignMode::Set);
  std::vector<Resource> resources;
  if (tree_.child(node, Js::UsingToken).exists())
    resources.push_back(resource(node, element, await_token.exists()));
  labels_ = labels;
  loop_body(tree_.child(node, JsField::Body), loop, false);
  end_using(resources);
  code_.close(loop);
  scope_ = around;
}

void JavaScriptLowering::labeled_statement(JsId node) {
  const JsId body = tree_.child(node, JsField::Body);
  const JsId label = tree_.child(node, JsField::Label);
  if (!body.exists()) return;
  if (label.exists()) labels_.push_back(tree_.text(label));
  switch (tree_.kind(body)) {
    case Js::ForStatement:
    case Js::ForInStatement:
    case Js::WhileStatement:
    case Js::DoStatement:
    case Js::SwitchStatement:
    case Js::LabeledStatement: return statement(body);
    default: break;
  }
  const OpId block = code_.open_block(label.exists() ? tree_.text(label) : "", tree_.range(node));
  Target left = target(block, {}, false);
  left.takes_break = false;  // only with its label
  targets_.push_back(std::move(left));
  statement(body);
  targets_.pop_back();
  code_.close(block);
}

}  // namespace fnlint
