// Interns texts and appends expressions, up to the limit on how large a template may grow.

#include "frontends/templates/template_builder.h"

#include "core/text.h"

namespace fnlint {
namespace {

constexpr std::uint32_t kFree = UINT32_MAX;
constexpr std::size_t kFirstSlots = 256;

std::uint32_t row(std::size_t size) { return static_cast<std::uint32_t>(size); }

}  // namespace

StringId TemplateBuilder::string(std::string_view text) {
  if (facts.strings.size() * 2 >= slots_.size()) grow_slots();
  std::size_t slot = hash_of(text) & (slots_.size() - 1);
  for (; slots_[slot] != kFree; slot = (slot + 1) & (slots_.size() - 1)) {
    if (facts.string(StringId{slots_[slot]}) == text) return StringId{slots_[slot]};
  }
  const StringId id{row(facts.strings.size())};
  slots_[slot] = id.index;
  const std::uint32_t begin = row(facts.text.size());
  facts.text += text;
  facts.strings.push_back({begin, row(facts.text.size())});
  return id;
}

void TemplateBuilder::grow_slots() {
  slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, kFree);
  for (std::uint32_t id = 0; id < facts.strings.size(); ++id) {
    std::size_t slot = hash_of(facts.string(StringId{id})) & (slots_.size() - 1);
    while (slots_[slot] != kFree) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = id;
  }
}

ExprId TemplateBuilder::unknown(std::string_view why, Range where) {
  return add(ExprKind::Unknown, where, string(why));
}

ExprId TemplateBuilder::wrong(Range where, std::string message) {
  const ExprId id = unknown(message, where);
  problem(where, std::move(message));
  return id;
}

ExprId TemplateBuilder::overflow(Range where) {
  if (!overflow_.exists()) {
    const std::string message = cat("more than ", kExpandedNodes, " values; not read further");
    overflow_ = unknown(message, where);
    facts.problems.push_back({where, message});
    facts.complete = false;
  }
  return overflow_;
}

ExprId TemplateBuilder::boolean(bool value, Range where) {
  return add(ExprKind::Bool, where, string(value ? "true" : "false"), value ? 1 : 0);
}

ExprId TemplateBuilder::number(std::string_view literal, Range where) {
  return add(ExprKind::Number, where, string(literal));
}

ExprId TemplateBuilder::text(std::string_view text, Range where, std::span<const TextPlace> rows) {
  const ExprId id = add(ExprKind::Text, where, string(text));
  const bool plain = rows.empty() || (rows.size() == 1 && rows[0].text_begin == 0 &&
                                      rows[0].file_begin == where.begin);
  if (plain) return id;
  facts.expr_places[id.index] = {row(facts.text_places.size()), row(rows.size())};
  facts.text_places.insert(facts.text_places.end(), rows.begin(), rows.end());
  return id;
}

ExprId TemplateBuilder::list(std::span<const ExprId> items, Range where) {
  return add_with(ExprKind::List, where, items);
}

void TemplateBuilder::add(std::vector<Written>& entries, std::string_view name, ExprId value,
                          Range where) {
  if (!value.exists()) return;
  Written row;
  row.operand.name = string(name);
  row.operand.value = value;
  row.range = where;
  entries.push_back(row);
}

ExprId TemplateBuilder::record(std::span<const Written> entries, Range where) {
  return add_with(ExprKind::Record, where, entries);
}

ExprId TemplateBuilder::concat(std::span<const Written> parts, Range where) {
  return add_with(ExprKind::Concat, where, parts);
}

ExprId TemplateBuilder::apply(std::string_view function, std::span<const ExprId> operands,
                              Range where) {
  return add_with(ExprKind::Apply, where, operands, string(function));
}

ExprId TemplateBuilder::form(const Expr& given, std::span<const Operand> operands, Range where) {
  const ExprId id = add(given.kind, where, given.name, given.detail);
  Expr& expr = facts.exprs.back();
  expr.ref = given.ref;
  expr.operands = {row(facts.operands.size()), row(operands.size())};
  facts.operands.insert(facts.operands.end(), operands.begin(), operands.end());
  facts.operand_ranges.resize(facts.operands.size());
  return id;
}

ExprId TemplateBuilder::add(ExprKind kind, Range where, StringId name, std::uint8_t detail) {
  const ExprId id{row(facts.exprs.size())};
  facts.exprs.push_back({.kind = kind, .detail = detail, .name = name});
  facts.expr_ranges.push_back(where);
  facts.expr_places.emplace_back();
  return id;
}

ExprId TemplateBuilder::add_with(ExprKind kind, Range where, std::span<const Written> operands,
                                 StringId name) {
  const ExprId id = add(kind, where, name);
  facts.exprs.back().operands = {row(facts.operands.size()), row(operands.size())};
  for (const Written& written : operands) {
    facts.operands.push_back(written.operand);
    facts.operand_ranges.push_back(written.range);
  }
  return id;
}

ExprId TemplateBuilder::add_with(ExprKind kind, Range where, std::span<const ExprId> operands,
                                 StringId name) {
  const ExprId id = add(kind, where, name);
  facts.exprs.back().operands = {row(facts.operands.size()), row(operands.size())};
  for (const ExprId operand : operands) {
    facts.operands.push_back({.value = operand});
    facts.operand_ranges.emplace_back();
  }
  return id;
}

}  // namespace fnlint
