#pragma once

#include "model/code.h"

#include <cstdint>
#include <vector>

namespace fnlint {

// Questions to one file's code form that need no values.

// Whether functions of one name that differ in their parameters stand beside each other.
constexpr bool has_overloads(Language language) {
  return language == Language::Java || language == Language::CSharp || language == Language::Cpp;
}
// Whether an attribute is read by a call without arguments, and a function is called by its method
// "call"; a class's own methods may stand beside its instances' of the same name, as "self.name";
// entries that no parameter is named after are one argument.
constexpr bool sends_messages(Language language) { return language == Language::Ruby; }
// Whether a call that fails gives an error beside its value and goes on.
constexpr bool has_error_values(Language language) { return language == Language::Go; }
// Whether an entry that a record does not have raises when it is read by its name.
constexpr bool raises_if_missing(Language language) { return language == Language::Python; }
// Whether a method that is read of its class takes its object as the first argument.
constexpr bool takes_receiver_first(Language language) { return language == Language::Python; }
// Whether a parameter's default is one object for all calls.
constexpr bool shares_defaults(Language language) { return language == Language::Python; }
// The ops of a region end in what raises, or ends the process, whatever way is taken to there.
bool surely_raises(const CodeFacts& code, OpId first, OpId end);
// Whether the code looks at the call's error at all.
bool reads_error(const CodeFacts& code, OpId call);
// The expressions that an op reads or writes itself (not those of nested ops).
std::vector<ExprId> expressions_of(const CodeFacts& code, OpId op);
// Every variable that stands in the expression, in order of appearance.
void add_variables(const CodeFacts& code, ExprId expr, std::vector<VariableId>& out);
// Every op whose result stands in the expression.
void add_results(const CodeFacts& code, ExprId expr, std::vector<OpId>& out);
// The variable at the root of a target: x of x.a[0].b. No id when the root is no variable.
VariableId root_variable(const CodeFacts& code, ExprId target);
// Variables that ops in [first, end) bind (`assigned`), and those whose contents they may change
// (`touched`); sorted.
struct WrittenVariables {
  std::vector<VariableId> assigned = {}, touched = {};
};
WrittenVariables written_variables(const CodeFacts& code, OpId first, OpId end);
// What becomes of a call's result inside its function: nothing reads it, it is what the function
// returns, or anything else.
enum class ResultUse : std::uint8_t { Dropped, Returned, Used };
struct CallUses {
  std::vector<ResultUse> results = {};    // by op
  std::vector<std::uint32_t> reads = {};  // how often each variable is read
  bool detaches = false;                  // some call is Detached
};
CallUses call_uses(const CodeFacts& code);
// Whether the function can be called with so many arguments; names count as given.
bool takes(const CodeFacts& code, const Function& function, std::size_t given);
// For each function: the variables of enclosing functions, the module's own excepted, that it or a
// function inside it uses.
std::vector<std::vector<VariableId>> all_captures(const CodeFacts& code);
// Functions other than the initialiser that bind a module variable anew: one bit for each variable.
std::vector<bool> rebound_module_variables(const CodeFacts& code);

}  // namespace fnlint
