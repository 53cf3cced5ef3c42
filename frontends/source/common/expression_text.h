// The printer's lower half: expressions and names in words.
#pragma once

#include "model/code.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// Names that may hold anything, without control characters.
std::string path_text(std::string_view path);
std::string_view operator_name(OperatorKind kind);  // "Add"

// Expressions, variables, types and function names of one file in words, as seen from one of its
// functions. Keeps a view of the facts.
class ExpressionText {
 public:
  explicit ExpressionText(const CodeFacts& facts, FunctionId standing_in = {0});

  void stand_in(FunctionId function) { current_ = function; }
  std::string expression(ExprId id, bool nested = false);
  std::string operands(Slice<Operand> slice);
  std::string variable(VariableId id) const;
  std::string locals(FunctionId id) const;  // " locals a, b", or nothing
  std::string label(FunctionId id) const;
  std::string type(TypeId id);

 private:
  void name_functions();
  void name_variables();
  std::string expr_of(const Expr& row, ExprId id, bool nested);
  std::string operation(const Expr& row, bool nested);
  std::string operand(const Operand& row);
  [[nodiscard]] std::string_view string(StringId id) const { return facts_.string(id); }

  const CodeFacts& facts_;
  FunctionId current_ = {};
  std::vector<std::string> labels_;
  std::set<std::pair<FunctionId, StringId>> owned_;  // names of each function's variables
  std::vector<std::uint32_t> earlier_;  // by variable: how many of its function had its name before
  std::vector<std::vector<VariableId>> locals_;  // by function
  std::size_t depth_ = 0;
  std::size_t budget_ = 0;
};

}  // namespace fnlint
