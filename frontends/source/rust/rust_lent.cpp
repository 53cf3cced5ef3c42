// Variables that a call is lent to change: `fill(&mut body)`. What it leaves there is not known
// behind it; of a function that is followed the walk knows better.
#include "core/text.h"
#include "frontends/source/rust/rust_lowering.h"

#include <utility>

namespace fnlint {

// `&mut T`, `&'a mut T`
bool RustLowering::is_mutable_reference(std::string_view written) {
  if (!written.starts_with('&')) return false;
  written = trim(written.substr(1));
  if (written.starts_with('\'')) {
    const std::size_t end = written.find(' ');
    if (end == written.npos) return false;
    written = trim(written.substr(end));
  }
  return written.starts_with("mut ");
}

ExprId RustLowering::referred(NodeId node) {
  lend(node);
  return expression_or_unknown(child(node, SynField::Value), node);
}

void RustLowering::lend(NodeId node) {
  const NodeId around = nodes_[node].parent;
  const bool is_given = is(around, Syn::Arguments), is_kept = is(around, Rs::Initializer);
  if (!is_given && !is_kept) return;
  const bool is_reference = is(node, Rs::Reference);
  const NodeId name = is_reference ? child(node, SynField::Value) : node;
  if (!is(name, Syn::Name)) return;
  const VariableId variable = find(text(name)).variable;
  if (!variable.exists() || out_.variable(variable).owner != out_.current()) return;
  const bool is_lent = is_reference ? is_mutable_reference(text(node))
                                    : is_given && references_.contains(variable.index);
  if (is_lent) lent_.push_back({variable, range(name), is_kept});
}

void RustLowering::take_back() {
  for (const Lent& one : std::exchange(lent_, {})) {
    if (out_.variable(one.variable).owner != out_.current()) {
      lent_.push_back(one);
      continue;
    }
    const ExprId variable = out_.variable(one.variable, one.where);
    out_.assign(
        references_.contains(one.variable.index) ? out_.member(variable, "*", one.where) : variable,
        out_.unknown(one.is_kept ? "kept by its address" : "written through its address",
                     one.where),
        one.where);
  }
}

// What a closure moves is its own copy, or nobody else's any more.
ExprId RustLowering::closure_value(NodeId node) {
  const ExprId made = closure(node);
  if (text(node).starts_with("move")) out_.mark(FunctionId{out_.expr(made).ref}, kCopies);
  return made;
}

}  // namespace fnlint
