// Reads facts of texts, places and constructs, and notes problems once.

#include "link/stacks/stack_build.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint::stacks {

ExprClosure LinkContext::entry(const ExprClosure& record, std::string_view key) const {
  if (!record.exists() || expr(record).kind != ExprKind::Record) return {};
  for (const Operand& operand : operands(record)) {
    if (operand.spread != 0 || facts(record.text).string(operand.name) != key) continue;
    ExprClosure found = record;
    found.expr = operand.value;
    return found;
  }
  return {};
}

Span LinkContext::span(TextId text, Range range) const {
  const TemplateSource& source = *texts[text.index].source;
  const auto after = std::ranges::upper_bound(source.pieces, range.begin, {}, &SourcePiece::begin);
  if (after == source.pieces.begin()) return {source.file, range};
  const SourcePiece& piece = *(after - 1);
  return {piece.file, {range.begin - piece.begin, range.end - piece.begin}};
}

ExprClosure LinkContext::body(const ResourceBuilder& of) const {
  if (of.declaration == nullptr) return {};
  return {of.text, of.declaration->body, of.bindings};
}

const Construct* LinkContext::construct(ResourceId id) const {
  const ResourceBuilder& of = drafts[id.index];
  const Constructs* constructs =
      of.text.exists() ? texts[of.text.index].source->constructs : nullptr;
  if (constructs == nullptr) return nullptr;
  const auto found = constructs->find(address(id));
  return found == constructs->end() ? nullptr : &found->second;
}

std::string_view LinkContext::metadata(ResourceId id, std::string_view name) const {
  const ResourceBuilder& of = drafts[id.index];
  if (of.declaration == nullptr) return {};
  const ExprClosure rows = entry({of.text, of.declaration->attributes, of.bindings}, "Metadata");
  return literal(entry(rows, name)).value_or(std::string_view{});
}

std::string_view LinkContext::construct_path(ResourceId id) const {
  if (const std::string_view path = metadata(id, "aws:cdk:path"); !path.empty()) return path;
  const Construct* made = construct(id);
  return made != nullptr ? std::string_view(made->path) : std::string_view{};
}

void LinkContext::unresolved(UnresolvedKind kind, std::string reason, Span where,
                       std::string_view function_name) {
  std::uint64_t key = hash_of(reason, static_cast<std::uint64_t>(kind) + 1469598103934665603ULL);
  key = hash_of(
      cat(where.file.index, ":", where.range.begin, ":", where.range.end, ":", function_name), key);
  if (!noted.insert(key).second) return;
  stacks.unresolved.push_back({kind, std::move(reason), std::string(function_name), where});
}

void LinkContext::unresolved_once(ScopeId scope, UnresolvedKind kind, std::string reason,
                                  Span where) {
  if (noted.insert(hash_of(reason, hash_of(cat("scope ", scope.index)))).second)
    stacks.unresolved.push_back({kind, std::move(reason), {}, where});
}

std::string variable_key(std::string_view path) { return cat(path, "\n${}"); }

std::string fragment_key(std::string_view path, bool has_section, std::string_view section) {
  return has_section ? cat(path, "\n", section) : std::string(path);
}

}  // namespace fnlint::stacks
