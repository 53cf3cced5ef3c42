// Copies the tables of a code form to bytes and back, and refuses bytes of another layout.

#include "model/code_bytes.h"

#include <cstring>
#include <limits>
#include <type_traits>

namespace fnlint {

namespace {

constexpr std::uint32_t kVersion = 1;

// Calls visit(table) for each table of rows that are copied as they are.
template <class Facts, class Visit>
void each_table(Facts& facts, const Visit& visit) {
  visit(facts.strings);
  visit(facts.exprs);
  visit(facts.operands);
  visit(facts.ops);
  visit(facts.assigns);
  visit(facts.calls);
  visit(facts.awaits);
  visit(facts.yields);
  visit(facts.blocks);
  visit(facts.defines);
  visit(facts.branches);
  visit(facts.loops);
  visit(facts.tries);
  visit(facts.catches);
  visit(facts.exits);
  visit(facts.opaques);
  visit(facts.variables);
  visit(facts.written);
  visit(facts.parameters);
  visit(facts.types);
  visit(facts.type_arguments);
  visit(facts.functions);
  visit(facts.classes);
  visit(facts.bases);
  visit(facts.methods);
  visit(facts.fields);
  visit(facts.imports);
  visit(facts.annotations);
  visit(facts.op_ranges);
  visit(facts.expr_ranges);
  visit(facts.operand_ranges);
  visit(facts.function_ranges);
  visit(facts.function_name_ranges);
  visit(facts.features);
  visit(facts.handler_comments);
}

// Changes when a table is added or a row grows or shrinks.
std::uint64_t layout() {
  std::uint64_t seed = 14695981039346656037ULL ^ kVersion;
  CodeFacts facts;
  each_table(facts, [&](const auto& table) {
    using Row = typename std::remove_cvref_t<decltype(table)>::value_type;
    static_assert(std::is_trivially_copyable_v<Row>);
    seed = (seed ^ (sizeof(Row) << 8U ^ alignof(Row))) * 1099511628211ULL;
  });
  return seed;
}

class Writer {
 public:
  template <class Row>
  void plain(const Row& row) {
    out_.append(reinterpret_cast<const char*>(&row), sizeof row);
  }
  void text(std::string_view text) {
    plain(static_cast<std::uint64_t>(text.size()));
    out_.append(text);
  }
  template <class Row>
  void table(const std::vector<Row>& rows) {
    plain(static_cast<std::uint64_t>(rows.size()));
    if (!rows.empty())
      out_.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class Row>
  bool plain(Row& row) {
    if (rest_.size() < sizeof row) return false;
    std::memcpy(&row, rest_.data(), sizeof row);
    rest_.remove_prefix(sizeof row);
    return true;
  }
  bool text(std::string& text) {
    std::uint64_t size = 0;
    if (!plain(size) || size > rest_.size()) return false;
    text.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }
  template <class Row>
  bool table(std::vector<Row>& rows) {
    std::uint64_t count = 0;
    if (!plain(count) || count > rest_.size() / sizeof(Row)) return false;
    rows.resize(count);
    if (count > 0) std::memcpy(rows.data(), rest_.data(), count * sizeof(Row));
    rest_.remove_prefix(count * sizeof(Row));
    return true;
  }
  [[nodiscard]] bool ended() const { return rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

bool read_suppression(Reader& in, SuppressionComment& row) {
  std::uint8_t reach = 0;
  std::uint64_t rules = 0;
  if (!in.plain(reach) || reach > static_cast<std::uint8_t>(SuppressionReach::File) ||
      !in.plain(rules) || rules > in.left())
    return false;
  row.reach = static_cast<SuppressionReach>(reach);
  for (std::uint64_t i = 0; i < rules; ++i)
    if (!in.text(row.rules.emplace_back())) return false;
  return in.text(row.reason) && in.plain(row.where) && in.plain(row.covers);
}

// Strings are the one table whose rows are read before validate() can be asked.
bool has_sound_strings(const CodeFacts& facts) {
  for (const Range at : facts.strings)
    if (at.begin > at.end || at.end > facts.text.size()) return false;
  return !facts.package.exists() || facts.package.index < facts.strings.size();
}

}  // namespace

std::string code_bytes(const CodeFacts& facts) {
  Writer out;
  out.plain(layout());
  out.plain(facts.language);
  out.plain(facts.package);
  out.text(facts.text);
  each_table(facts, [&](const auto& table) { out.table(table); });
  out.plain(static_cast<std::uint64_t>(facts.suppressions.size()));
  for (const SuppressionComment& row : facts.suppressions) {
    out.plain(static_cast<std::uint8_t>(row.reach));
    out.plain(static_cast<std::uint64_t>(row.rules.size()));
    for (const std::string& rule : row.rules) out.text(rule);
    out.text(row.reason);
    out.plain(row.where);
    out.plain(row.covers);
  }
  out.plain(static_cast<std::uint64_t>(facts.problems.size()));
  for (const Problem& row : facts.problems) {
    out.plain(row.where);
    out.text(row.message);
  }
  return out.take();
}

std::optional<CodeFacts> read_code_bytes(std::string_view bytes) {
  Reader in(bytes);
  CodeFacts facts;
  std::uint64_t mark = 0, suppressions = 0, problems = 0;
  std::uint8_t language = 0;
  if (!in.plain(mark) || mark != layout() || !in.plain(language) ||
      language > static_cast<std::uint8_t>(Language::Cpp) || !in.plain(facts.package) ||
      !in.text(facts.text))
    return std::nullopt;
  facts.language = static_cast<Language>(language);
  bool whole = true;
  each_table(facts, [&](auto& table) { whole = whole && in.table(table); });
  if (!whole || !has_sound_strings(facts)) return std::nullopt;
  if (!in.plain(suppressions) || suppressions > in.left()) return std::nullopt;
  for (std::uint64_t i = 0; i < suppressions; ++i)
    if (!read_suppression(in, facts.suppressions.emplace_back())) return std::nullopt;
  if (!in.plain(problems) || problems > in.left()) return std::nullopt;
  for (std::uint64_t i = 0; i < problems; ++i) {
    Problem& row = facts.problems.emplace_back();
    if (!in.plain(row.where) || !in.text(row.message)) return std::nullopt;
  }
  return in.ended() ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace fnlint
