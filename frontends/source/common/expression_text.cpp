// Prints operands within a budget, as shared ones could unfold without end, and renames what would
// be ambiguous: hidden variables, temporaries, unnamed functions.

#include "frontends/source/common/expression_text.h"

#include "core/limits.h"
#include "core/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

constexpr std::size_t kExpressionBytes = 4000;  // shared operands could multiply without end

bool is_one_word(std::string_view text) {
  const auto part = [](char c) {
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), part);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// Names in the input may hold anything; what is no word is quoted.
std::string name_text(std::string_view name) {
  return is_one_word(name) ? std::string(name) : quoted(name);
}

// By OperatorKind: as it stands between operands, and its name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kOperatorTexts = {{
    {"not", "Not"},       {"and", "And"},         {"or", "Or"},          {"==", "Equal"},
    {"!=", "NotEqual"},   {"<", "Less"},          {"<=", "LessEqual"},   {"in", "In"},
    {"+", "Add"},         {"-", "Subtract"},      {"*", "Multiply"},     {"/", "Divide"},
    {"%", "Modulo"},      {"??", "Coalesce"},     {"//", "FloorDivide"}, {"**", "Power"},
    {"&", "BitAnd"},      {"|", "BitOr"},         {"^", "BitXor"},       {"<<", "ShiftLeft"},
    {">>", "ShiftRight"}, {"lays out", "Format"},
}};

}  // namespace

std::string path_text(std::string_view path) {
  std::string out(path);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  return out;
}
std::string_view operator_name(OperatorKind kind) {
  return kOperatorTexts[static_cast<std::size_t>(kind) % kOperatorTexts.size()].second;
}

ExpressionText::ExpressionText(const CodeFacts& facts, FunctionId standing_in)
    : facts_(facts), current_(standing_in) {
  name_functions();
  name_variables();
}

void ExpressionText::name_functions() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < facts_.functions.size(); ++i) {
    const Function& row = facts_.functions[i];
    std::string name = row.name.exists() ? path_text(string(row.name)) : "";
    if (row.kind == FunctionKind::ModuleInit) name = "module";
    if (name.empty()) name = cat("L", i);
    if (row.owner.exists() && row.owner.index < facts_.classes.size()) {
      const std::string owner = path_text(string(facts_.classes[row.owner.index].name));
      if (row.kind == FunctionKind::ClassInit) name = "class";
      if (row.kind == FunctionKind::InstanceInit) name = "instance";
      name = cat(owner, ".", name);
    }
    names.push_back(std::move(name));
  }
  std::set<std::string> taken;
  for (std::size_t i = 0; i < names.size(); ++i)
    labels_.push_back(taken.insert(names[i]).second ? names[i] : cat(names[i], "~", i));
}

void ExpressionText::name_variables() {
  std::map<std::pair<FunctionId, StringId>, std::uint32_t> counts;
  locals_.resize(facts_.functions.size());
  for (std::uint32_t i = 0; i < facts_.variables.size(); ++i) {
    const Variable& row = facts_.variables[i];
    owned_.insert({row.owner, row.name});
    earlier_.push_back(counts[{row.owner, row.name}]++);
    const bool listed = row.kind != VariableKind::Parameter && row.kind != VariableKind::Receiver;
    if (listed && !string(row.name).empty() && row.owner.index < locals_.size())
      locals_[row.owner.index].push_back(VariableId{i});
  }
}

// Without them a name could be the module's as well.
std::string ExpressionText::locals(FunctionId id) const {
  std::string text;
  for (const VariableId local : locals_[id.index])
    text += cat(text.empty() ? " locals " : ", ", variable(local));
  return text;
}

std::string ExpressionText::label(FunctionId id) const {
  return id.index < labels_.size() ? labels_[id.index] : "?";
}

std::string ExpressionText::expression(ExprId id, bool nested) {
  if (!id.exists()) return "";
  if (id.index >= facts_.exprs.size()) return "?";
  if (depth_ == 0) budget_ = kExpressionBytes;
  if (depth_ > kNestingDepth * 4 || budget_ == 0) return "...";
  ++depth_;
  std::string text = expr_of(facts_.exprs[id.index], id, nested);
  --depth_;
  budget_ -= std::min<std::size_t>(budget_, 8);
  return text;
}

std::string ExpressionText::expr_of(const Expr& row, ExprId id, bool nested) {
  const auto at = [&](std::uint32_t i) { return facts_.operands[row.operands.first + i].value; };
  const ExprId base{row.ref};
  switch (row.kind) {
    case ExprKind::Unknown: return cat("unknown(", path_text(string(row.name)), ")");
    case ExprKind::Null: return "null";
    case ExprKind::Bool: return row.detail != 0 ? "true" : "false";
    case ExprKind::Number: return path_text(string(row.name));
    case ExprKind::Text: return quoted(string(row.name));
    case ExprKind::Variable: return variable(VariableId{row.ref});
    case ExprKind::Result: return cat("r", row.ref);
    case ExprKind::ErrorOf: return cat("error(r", row.ref, ")");
    case ExprKind::Member: {
      const std::string_view name = string(row.name);
      const bool plain = is_one_word(name) || (name.starts_with('<') && name.ends_with('>'));
      return cat(expression(base, true), row.detail != 0 ? "?." : ".",
                 plain ? path_text(name) : quoted(name));
    }
    case ExprKind::Index: return cat(expression(base, true), "[", expression(at(0)), "]");
    case ExprKind::Part:
      return cat(expression(base, true), "[", expression(at(0)), ":", expression(at(1)),
                 at(2).exists() ? ":" : "", expression(at(2)), "]");
    case ExprKind::Concat: return cat("concat(", operands(row.operands), ")");
    case ExprKind::Operator: return operation(row, nested);
    case ExprKind::Choose: return cat("choose(", operands(row.operands), ")");
    case ExprKind::List: return cat("[", operands(row.operands), "]");
    case ExprKind::Record: return cat("{", operands(row.operands), "}");
    case ExprKind::Function: return cat("function ", label(FunctionId{row.ref}));
    case ExprKind::TypeTest:
      return cat(nested ? "(" : "", expression(base, true), " is ", path_text(string(row.name)),
                 nested ? ")" : "");
    case ExprKind::Apply: return cat(path_text(string(row.name)), "(", operands(row.operands), ")");
    case ExprKind::Comprehend: return cat("comprehend(", operands(row.operands), ")");
  }
  return cat("?", id.index);
}

std::string ExpressionText::operation(const Expr& row, bool nested) {
  const std::string_view word = kOperatorTexts[row.detail % kOperatorTexts.size()].first;
  const auto at = [&](std::uint32_t i) {
    return expression(facts_.operands[row.operands.first + i].value, true);
  };
  std::string text =
      row.operands.count < 2 ? cat(word, " ", at(0)) : cat(at(0), " ", word, " ", at(1));
  return nested ? cat("(", text, ")") : text;
}

std::string ExpressionText::operand(const Operand& row) {
  std::string text;
  if (row.spread == 1) text += "...";
  if (row.spread == 2) text += "**";
  if (row.spread == kLeftOutOfSpread) {
    const std::string name =
        row.key.exists() ? cat("[", expression(row.key), "]") : name_text(string(row.name));
    return cat("without ", name);
  }
  if (row.name.exists())
    text += cat(name_text(string(row.name)), ": ");
  else if (row.key.exists())
    text += cat("[", expression(row.key), "]: ");
  return text + expression(row.value);
}

std::string ExpressionText::operands(Slice<Operand> slice) {
  std::string text;
  for (std::uint32_t i = 0; i < slice.count; ++i)
    text += cat(i > 0 ? ", " : "", operand(facts_.operands[slice.first + i]));
  return text;
}

std::string ExpressionText::variable(VariableId id) const {
  if (id.index >= facts_.variables.size()) return "?";
  const Variable& row = facts_.variables[id.index];
  const std::string_view name = string(row.name);
  std::string text = name.empty() ? cat("$", id.index) : path_text(name);
  if (!name.empty()) text.append(earlier_[id.index], '\'');  // block and comprehension scopes
  const bool bare =
      row.owner == current_ || (row.owner.index == 0 && !owned_.contains({current_, row.name}));
  return bare ? text : cat(text, "@", label(row.owner));
}

std::string ExpressionText::type(TypeId id) {
  if (id.index >= facts_.types.size()) return "?";
  const Type& row = facts_.types[id.index];
  std::string text = path_text(string(row.path));
  if (row.arguments.count == 0 || depth_ > kNestingDepth) return text;
  ++depth_;
  text += "[";
  for (std::uint32_t i = 0; i < row.arguments.count; ++i)
    text += cat(i > 0 ? ", " : "", type(facts_.type_arguments[row.arguments.first + i]));
  --depth_;
  return text + "]";
}

}  // namespace fnlint
