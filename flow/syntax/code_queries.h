#pragma once

#include "core/small_stack.h"
#include "model/code.h"
#include "model/language_traits.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// Questions to one file's code form that need no values.

// Asked by link/, too; all else of that kind is a trait.
constexpr bool has_overloads(Language language) { return traits(language).has_overloads; }
constexpr bool has_error_values(Language language) { return traits(language).errors_are_values; }
constexpr bool raises_if_missing(Language language) { return traits(language).raises_if_missing; }
constexpr bool shares_defaults(Language language) { return traits(language).shares_defaults; }
// Of a return there: whether an error may take its place, which is asked right before it in the
// same statement, or given by a call that is returned whole.
bool is_beside_error(const CodeFacts& code, OpId exit);
// Of an error that is returned there: what is returned with it, which is evaluated right before it.
ExprId value_beside_error(const CodeFacts& code, OpId exit);
// The ops of a region end in what raises, or ends the process, whatever way is taken to there.
bool surely_raises(const CodeFacts& code, OpId first, OpId end);
// The op only assigns what stands there: a constant, a variable, a member of one, what operators make
// of such; or reads a member by a method. That what has the members is there, is taken for granted.
bool cannot_raise(const CodeFacts& code, OpId op);
// An import that is a statement, or a call: it runs where it stands, and may find nothing to load.
bool loads_where_it_stands(const CodeFacts& code, const Import& row);
// What every runtime of the language has is there, whatever the code prepares for.
bool is_in_all_runtimes(const CodeFacts& code, const Import& row);
// Names that an import binds and an assignment, too: `except ImportError: lib = None`. Before:
// there is an assignment in front of the import, which may then fail and leave that as it was.
enum class AlsoAssigned : std::uint8_t { No, Yes, Before };
std::vector<AlsoAssigned> imports_also_assigned(const CodeFacts& code);
// What each variable is given, by its index, where one assignment alone gives it anything.
std::vector<ExprId> sole_values(const CodeFacts& code);
// What each variable is an element of, by its index, where one loop alone gives it anything.
std::vector<ExprId> iterated(const CodeFacts& code);
// The call that each function is handed to where it is written, by its index.
std::vector<OpId> passed_to(const CodeFacts& code);
// The types of errors that a handler takes, as they are written; none: it takes any.
std::vector<std::string_view> caught_types(const CodeFacts& code, const Catch& handler);
// Whether the code looks at the call's error at all.
bool reads_error(const CodeFacts& code, OpId call);
// A test that nothing passes where a runtime loads the file: `if __name__ == "__main__":`, or what
// is false as it is written, which the same becomes of other languages.
bool is_of_program_alone(const CodeFacts& code, const Op& branch);
// `save` of `save` and of `orders.save`, as it is written; empty: it is neither a variable nor a
// member.
std::string_view name_of(const CodeFacts& code, const Expr& row);
std::string_view name_of(const CodeFacts& code, ExprId expr);  // of none, too
// Whether a call puts something into what it is called on: `waiting.push(one)`, `rows.put(key,
// one)`.
bool puts_into_receiver(const CodeFacts& code, const Call& call);
// What stands in an expression beside its operands: x of x.a, x[0], x[0:1].
constexpr bool has_base(ExprKind kind) {
  return kind == ExprKind::Member || kind == ExprKind::Index || kind == ExprKind::Part ||
         kind == ExprKind::TypeTest;
}
// Calls visit for the expression and each of its parts.
template <class Visit>
void visit_parts(const CodeFacts& code, ExprId expr, const Visit& visit) {
  SmallStack<ExprId> open;
  open.push(expr);
  while (!open.empty()) {
    const Expr& row = code.exprs[open.pop().index];
    visit(row);
    if (has_base(row.kind)) open.push(ExprId{row.ref});
    for (const Operand& operand : code.operands_of(row.operands)) {
      if (operand.key.exists()) open.push(operand.key);
      if (operand.value.exists()) open.push(operand.value);
    }
  }
}
// Calls visit for the expressions that an op reads or writes itself (not those of nested ops).
template <class Visit>
void visit_expressions(const CodeFacts& code, OpId id, const Visit& visit) {
  const Op& op = code.ops[id.index];
  const auto take = [&](ExprId expr) {
    if (expr.exists()) visit(expr);
  };
  switch (op.kind) {
    case OpKind::Assign:
      take(code.assigns[op.detail].target);
      take(code.assigns[op.detail].value);
      break;
    case OpKind::Call:
      take(code.calls[op.detail].callee);
      for (const Operand& operand : code.operands_of(code.calls[op.detail].arguments)) {
        take(operand.key);
        take(operand.value);
      }
      break;
    case OpKind::Await: take(code.awaits[op.detail].value); break;
    case OpKind::Yield: take(code.yields[op.detail].value); break;
    case OpKind::Branch: take(code.branches[op.detail].condition); break;
    case OpKind::Loop:
      take(code.loops[op.detail].target);
      take(code.loops[op.detail].subject);
      break;
    case OpKind::Exit: take(code.exits[op.detail].value); break;
    case OpKind::Define: {
      const Class& type = code.classes[code.defines[op.detail].type.index];
      for (std::uint32_t i = 0; i < type.bases.count; ++i) take(code.bases[type.bases.first + i]);
      break;
    }
    case OpKind::Try:
    case OpKind::Block:
    case OpKind::Opaque: break;
  }
}
// Every variable that stands in the expression.
void add_variables(const CodeFacts& code, ExprId expr, std::vector<VariableId>& out);
// Every op whose result stands in the expression.
void add_results(const CodeFacts& code, ExprId expr, std::vector<OpId>& out);
// Whether the expression is that variable, and no more.
bool is_variable(const CodeFacts& code, ExprId expr, VariableId variable);
// The variable at the root of a target: x of x.a[0].b. No id when the root is no variable.
VariableId root_variable(const CodeFacts& code, ExprId target);
// Variables that ops in [first, end) bind (`assigned`), and those whose contents they may change
// (`touched`); sorted.
struct WrittenVariables {
  std::vector<VariableId> assigned = {}, touched = {};
};
WrittenVariables written_variables(const CodeFacts& code, OpId first, OpId end);
// Those that a loop's turn hands on to the next one: what is assigned only where the loop is left
// (`found = True; break`) has its old value in each turn. Sorted.
std::vector<VariableId> carried_variables(const CodeFacts& code, OpId loop);
// Whether what the ops inside of another one assign to a variable is an empty list, or the variable
// with more added.
bool only_grows(const CodeFacts& code, OpId op, VariableId variable);
// Whether nothing but an `await` takes the call's result, or nothing at all.
bool is_only_awaited(const CodeFacts& code, OpId call);
// Whether one of these methods ("a|b") is called on what the call gives, or further along that
// chain: on a variable that holds it, too.
bool is_followed_by(const CodeFacts& code, OpId call, std::string_view methods);
// Whether the function can be called with so many arguments; names count as given.
bool takes(const CodeFacts& code, const Function& function, std::size_t given);
// Of methods of that name in the same class, where a language has several, one that takes so many
// arguments; the method itself where it does, or none does.
FunctionId overload_taking(const CodeFacts& code, FunctionId method, std::size_t given);
// All of them.
std::vector<FunctionId> overloads_taking(const CodeFacts& code, FunctionId method,
                                         std::size_t given);
// For each function: the variables of enclosing functions, the module's own excepted, that it or a
// function inside it uses.
std::vector<std::vector<VariableId>> all_captures(const CodeFacts& code);
// Functions other than the initialiser that bind a module variable anew: one bit for each variable.
std::vector<bool> rebound_module_variables(const CodeFacts& code);
// The text that is written as the key of an entry: `record["name"]`; no id: another key, or no
// entry.
ExprId text_key(const CodeFacts& code, ExprId place);
// Fields and entries under a text that functions other than constructors assign, by their names.
void add_assigned_fields(const CodeFacts& code, std::set<std::string, std::less<>>& fields);
// Expressions that stand in the value of another as a part of it: one bit for each expression.
std::vector<bool> parts_of_values(const CodeFacts& code);
// Expressions of which nothing is learnt: what is closed, and what a test asks of which only that
// depends (`if (rows != null) rows.close()`). One bit for each expression.
std::vector<bool> reads_to_release(const CodeFacts& code);

// Whether something in the loop may end it before it comes to the last element.
bool may_end_early(const CodeFacts& code, OpId loop);

// Whether no round of the loops around `op`, of the function that begins at `first`, follows the
// one that does it: `for (...) if (fits) { op; return; }`.
bool leaves_loops(const CodeFacts& code, OpId first, OpId op);

}  // namespace fnlint
