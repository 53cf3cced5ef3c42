// Names each text by the variable, field, entry or argument that takes it, and has the shared
// reader judge the two together.

#include "link/code/secret_literals.h"

#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/models.h"
#include "tables/secrets.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::size_t kShortest = 6, kLongest = 16'384;
constexpr std::size_t kFoundInFile = 100;
constexpr int kInside = 4;  // choices and alternatives around a literal

// What names the texts of one file: the variable, field, entry or argument that takes each.
class NamesOfTexts {
 public:
  explicit NamesOfTexts(const CodeFacts& facts) : facts_(facts), names_(facts.exprs.size()) {
    for (const Assign& row : facts.assigns)
      if (row.mode != AssignMode::Delete && row.value.exists())
        give(row.value, name_of(row.target), 0);
    for (const Operand& row : facts.operands) {
      if (!row.value.exists()) continue;
      std::string_view name = facts.string(row.name);
      if (name.empty()) name = text_of(row.key);
      if (!name.empty()) give(row.value, name, 0);
    }
    for (const Call& row : facts.calls) give_arguments(row);
    for (const Parameter& row : facts.parameters)
      if (row.fallback.exists() && row.variable.exists())
        give(row.fallback, facts.string(facts.variables[row.variable.index].name), 0);
  }
  [[nodiscard]] std::string_view operator[](std::size_t expr) const { return names_[expr]; }

 private:
  [[nodiscard]] std::string_view text_of(ExprId id) const {
    return id.exists() && facts_.exprs[id.index].kind == ExprKind::Text
               ? facts_.string(facts_.exprs[id.index].name)
               : std::string_view{};
  }
  [[nodiscard]] std::string_view name_of(ExprId id) const {
    if (!id.exists()) return {};
    const Expr& expr = facts_.exprs[id.index];
    switch (expr.kind) {
      case ExprKind::Variable: return facts_.string(facts_.variables[expr.ref].name);
      case ExprKind::Member: return facts_.string(expr.name);
      case ExprKind::Index: {
        const auto operands = facts_.operands_of(expr.operands);
        return operands.empty() ? std::string_view{} : text_of(operands.front().value);
      }
      case ExprKind::Text: return facts_.string(expr.name);
      default: return {};
    }
  }
  // get("DB_PASSWORD", "..."): the name of one, where it says nothing itself.
  void give_arguments(const Call& row) {
    const auto arguments = facts_.operands_of(row.arguments);
    for (std::size_t i = 1; i < arguments.size(); ++i)
      if (arguments[i].value.exists() && !arguments[i].name.exists())
        give(arguments[i].value, text_of(arguments[i - 1].value), 0);
  }
  // What a name is given to may choose between texts: `read || "..."`, where what is read may name
  // them as well.
  void give(ExprId value, std::string_view name, int depth) {
    if (depth > kInside) return;
    const Expr& expr = facts_.exprs[value.index];
    if (expr.kind == ExprKind::Text && names_[value.index].empty()) names_[value.index] = name;
    const bool chooses = expr.kind == ExprKind::Choose ||
                         (expr.kind == ExprKind::Operator &&
                          (static_cast<OperatorKind>(expr.detail) == OperatorKind::Or ||
                           static_cast<OperatorKind>(expr.detail) == OperatorKind::Coalesce));
    if (!chooses) return;
    for (const Operand& operand : facts_.operands_of(expr.operands)) {
      if (!operand.value.exists()) continue;
      give(operand.value, name, depth + 1);
    }
  }

  const CodeFacts& facts_;
  std::vector<std::string_view> names_;  // by expression
};

std::string_view name_of_entry(const CodeFacts& facts, const Operand& row) {
  if (row.name.exists() || !row.key.exists()) return facts.string(row.name);
  const Expr& key = facts.exprs[row.key.index];
  return key.kind == ExprKind::Text ? facts.string(key.name) : std::string_view{};
}

// Whether one of the entries is the text, or chooses it.
bool gives_text(const CodeFacts& facts, std::span<const Operand> entries, ExprId text) {
  return std::ranges::any_of(entries, [&](const Operand& row) {
    if (!row.value.exists()) return false;
    if (row.value == text) return true;
    const Expr& value = facts.exprs[row.value.index];
    const auto inside = facts.operands_of(value.operands);
    return value.kind == ExprKind::Operator &&
           std::ranges::find(inside, text, &Operand::value) != inside.end();
  });
}

// Whether the text is an entry of a record that also has two of these: `{apiKey: "...", appId:
// ...}`.
bool is_beside(const CodeFacts& facts, ExprId text, std::span<const std::string_view> names) {
  constexpr std::ptrdiff_t kEnough = 2;
  return std::ranges::any_of(facts.exprs, [&](const Expr& record) {
    if (record.kind != ExprKind::Record) return false;
    const auto entries = facts.operands_of(record.operands);
    return gives_text(facts, entries, text) &&
           std::ranges::count_if(entries, [&](const Operand& row) {
             return std::ranges::find(names, name_of_entry(facts, row)) != names.end();
           }) >= kEnough;
  });
}

// The host that stands beside a password, in a record or among arguments; empty: none that is
// known.
std::string_view host_beside(const CodeFacts& facts, const SecretReader& reader, ExprId text) {
  const auto host_among = [&](std::span<const Operand> entries) {
    for (const Operand& row : entries)
      if (row.value.exists() && facts.exprs[row.value.index].kind == ExprKind::Text &&
          reader.names_host(name_of_entry(facts, row)))
        return facts.string(facts.exprs[row.value.index].name);
    return std::string_view{};
  };
  for (const Expr& record : facts.exprs)
    if (record.kind == ExprKind::Record)
      if (const auto entries = facts.operands_of(record.operands); gives_text(facts, entries, text))
        return host_among(entries);
  for (const Call& call : facts.calls)
    if (const auto given = facts.operands_of(call.arguments); gives_text(facts, given, text))
      return host_among(given);
  return {};
}

}  // namespace

SecretLiterals::SecretLiterals() : reader_(secret_tables()) {}

std::uint32_t SecretLiterals::number_of(std::string_view text) {
  const auto next = static_cast<std::uint32_t>(texts_.size());
  return texts_.try_emplace(std::string(text), next).first->second;
}

void SecretLiterals::add(const WantedSource& source, const ModuleInfo& module) {
  if (module.facts == nullptr || is_of_tests(source.path) || !read_.insert(source).second) return;
  const CodeFacts& facts = *module.facts;
  const NamesOfTexts names(facts);
  std::size_t found = 0;
  for (std::size_t i = 0; i < facts.exprs.size() && found < kFoundInFile; ++i) {
    if (facts.exprs[i].kind != ExprKind::Text) continue;
    const std::string_view text = facts.string(facts.exprs[i].name);
    if (text.size() < kShortest || text.size() > kLongest) continue;
    const ExprId literal{static_cast<std::uint32_t>(i)};
    const SecretName* const called = names[i].empty() ? nullptr : reader_.named(names[i]);
    const bool may_be_word = called != nullptr && called->chosen;
    const auto sign = reader_.read(
        names[i], text, may_be_word ? host_beside(facts, reader_, literal) : std::string_view{});
    if (!sign || (sign->uncertainty & kUncertain) != 0) continue;
    if (sign->form != nullptr && !sign->form->public_beside.empty() &&
        is_beside(facts, literal, sign->form->public_beside))
      continue;
    SecretLiteral row;
    row.name = std::string(names[i]);
    row.text = number_of(text);
    if (sign->form != nullptr) row.kind = std::string(sign->form->id);
    row.last_day = sign->last_day;
    row.uncertainty = sign->uncertainty;
    if (sign->form == nullptr) row.uncertainty |= kHeuristic;
    row.where = {module.file, facts.expr_ranges[i]};
    ++found;
    found_.push_back(std::move(row));
  }
}

namespace {

// The texts that a value may be; more than one: which, is decided elsewhere.
std::vector<ValueId> texts_in(const ValuePool& pool, ValueId value) {
  std::vector<ValueId> open{value}, found;
  for (std::size_t i = 0; i < open.size() && i < kCollectionItems; ++i) {
    const ValueId one = open[i];
    const Opcode opcode = pool.opcode(one);
    if (pool.is(one, ValueKind::Text)) found.push_back(one);
    if (!pool.is(one, ValueKind::OneOf) && opcode != Opcode::OrDefault && opcode != Opcode::Where)
      continue;
    const auto operands =
        pool.operands(one).first(opcode == Opcode::Where ? 1 : pool.operands(one).size());
    open.insert(open.end(), operands.begin(), operands.end());
  }
  return found;
}

}  // namespace

void SecretLiterals::add_given(const ValuePool& pool, const CodeCall& call) {
  const std::string_view kind = pool.text(call.key);
  if ((kind != kGivenSecret && kind != kGivenPassword) || !call.value.exists()) return;
  const std::vector<ValueId> texts = texts_in(pool, call.value);
  for (const ValueId one : texts) {
    const std::string_view text = pool.text(one);
    if (text.size() < kShortest || text.size() > kLongest) continue;
    const auto sign = reader_.read(kind, text);
    // What has a form of its own is told where it stands.
    if (!sign || sign->form != nullptr || (sign->uncertainty & kUncertain) != 0) continue;
    SecretLiteral row;
    row.name = std::string(kind);
    row.given_to = call.name;
    row.text = number_of(text);
    row.uncertainty = static_cast<std::uint8_t>(sign->uncertainty | call.uncertainty | kHeuristic);
    if (texts.size() > 1 || one != call.value) row.uncertainty |= kConditional;
    row.where = call.where;
    const auto is_told = [&](const SecretLiteral& other) {
      return other.text == row.text && other.where.file == row.where.file;
    };
    if (std::ranges::none_of(found_, is_told)) found_.push_back(std::move(row));
  }
}

}  // namespace fnlint
