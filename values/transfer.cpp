// Rebuilds values, guards and texts of one pool in another, operand by operand, each once.

#include "values/transfer.h"

namespace fnlint {

StringId ValueTransfer::operator()(StringId text) {
  return !text.exists() || text.index < from_.kept_.strings ? text : to_.string(from_[text]);
}

std::uint32_t ValueTransfer::choice(std::uint32_t row) {
  if (row < from_.kept_.choices) return row;
  const Choice& choice = from_.choices_[row];
  std::vector<StringId> domain;
  for (const StringId text : choice.domain) domain.push_back((*this)(text));
  return to_.choice(choice.scope, from_[choice.subject], domain);
}

GuardId ValueTransfer::operator()(GuardId guard) {
  if (!guard.exists() || guard.index < from_.kept_.guards) return guard;
  std::vector<Test> tests = from_[guard].tests;
  for (Test& test : tests) test.choice = choice(test.choice);
  return to_.guard(std::move(tests));
}

ValueId ValueTransfer::operator()(ValueId value) {
  if (!value.exists() || value.index < from_.kept_.values) return value;
  const std::size_t row = value.index - from_.kept_.values;
  if (row >= brought_.size()) brought_.resize(from_.size() - from_.kept_.values);
  if (!brought_[row].exists()) brought_[row] = made_again(value);
  return brought_[row];
}

ValueId ValueTransfer::made_again(ValueId value) {
  Value row = from_[value];
  row.text = (*this)(row.text);
  if (row.kind == ValueKind::Unknown) row.ref = ++to_.unknowns_;  // its number is its pool's own
  std::vector<ValueId> operands;
  for (const ValueId id : from_.operands(value)) operands.push_back((*this)(id));
  std::vector<StringId> names;
  for (const StringId id : from_.names(value)) names.push_back((*this)(id));
  std::vector<GuardId> guards;
  for (const GuardId id : from_.guards(value)) guards.push_back((*this)(id));
  return to_.intern(row, operands, names, guards);
}

}  // namespace fnlint
