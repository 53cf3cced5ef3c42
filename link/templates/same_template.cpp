// Compares declarations pair by pair, with uploaded addresses in the place of files.

#include "link/templates/same_template.h"

#include "core/limits.h"
#include "core/text.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kCompared = 1U << 20U;  // expressions of one pair of templates

bool is_file(std::string_view key) { return is_one_of(known::packaged_properties(), key); }

std::string_view scalar(const TemplateFacts& facts, const Expr& expr) {
  const bool plain = expr.kind == ExprKind::Text || expr.kind == ExprKind::Number ||
                     expr.kind == ExprKind::Bool;
  return plain ? facts.string(expr.name) : std::string_view{};
}

bool is_address(const TemplateFacts& facts, const Expr& expr) {
  const std::string_view text = scalar(facts, expr);
  return expr.kind == ExprKind::Record || text.find("://") != std::string_view::npos ||
         text.find(".dkr.ecr.") != std::string_view::npos;
}

class Comparison {
 public:
  Comparison(const TemplateFacts& copy, const TemplateFacts& source)
      : copy_(copy), source_(source) {}

  bool same_declarations();
  [[nodiscard]] bool uploaded() const { return uploaded_; }

 private:
  bool same(ExprId a, ExprId b, std::size_t depth);
  bool same_record(const Expr& a, const Expr& b, bool files, std::size_t depth);
  bool same_operands(const Expr& a, const Expr& b, std::size_t depth);
  bool same_file(ExprId a, ExprId b, std::size_t depth);

  const TemplateFacts& copy_;
  const TemplateFacts& source_;
  std::uint32_t left_ = kCompared;
  bool uploaded_ = false;
};

bool Comparison::same(ExprId a, ExprId b, std::size_t depth) {
  if (a.exists() != b.exists()) return false;
  if (!a.exists()) return true;
  if (depth > kNestingDepth || left_ == 0) return false;
  --left_;
  const Expr& one = copy_[a];
  const Expr& other = source_[b];
  const std::string_view text = scalar(copy_, one);
  if (text.data() != nullptr) return text == scalar(source_, other);
  if (one.kind != other.kind || copy_.string(one.name) != source_.string(other.name)) return false;
  return one.kind == ExprKind::Record ? same_record(one, other, false, depth)
                                      : same_operands(one, other, depth);
}

bool Comparison::same_operands(const Expr& a, const Expr& b, std::size_t depth) {
  const auto here = copy_.operands_of(a.operands), there = source_.operands_of(b.operands);
  if (here.size() != there.size()) return false;
  for (std::size_t i = 0; i < here.size(); ++i)
    if (!same(here[i].value, there[i].value, depth + 1)) return false;
  return true;
}

// Where an upload has taken a file's place.
bool Comparison::same_file(ExprId a, ExprId b, std::size_t depth) {
  if (same(a, b, depth)) return true;
  if (!a.exists() || !b.exists()) return false;
  if (!is_address(copy_, copy_[a]) || is_address(source_, source_[b])) return false;
  uploaded_ = true;
  return true;
}

bool Comparison::same_record(const Expr& a, const Expr& b, bool files, std::size_t depth) {
  const auto here = copy_.operands_of(a.operands), there = source_.operands_of(b.operands);
  if (here.size() != there.size()) return false;
  for (std::size_t i = 0; i < here.size(); ++i) {
    // Packaging keeps the order; where keys are sorted anew they are looked for.
    const std::string_view key = copy_.string(here[i].name);
    const Operand* other = source_.string(there[i].name) == key ? &there[i] : nullptr;
    if (other == nullptr) {
      const auto found = std::ranges::find_if(
          there, [&](const Operand& one) { return source_.string(one.name) == key; });
      if (found == there.end()) return false;
      other = &*found;
    }
    const bool equal = files && is_file(key) ? same_file(here[i].value, other->value, depth)
                                             : same(here[i].value, other->value, depth + 1);
    if (!equal) return false;
  }
  return true;
}

bool Comparison::same_declarations() {
  std::map<std::string_view, const Declaration*> others;
  for (const Declaration& row : source_.declarations) others[source_.string(row.address)] = &row;
  if (others.size() != copy_.declarations.size()) return false;
  for (const Declaration& row : copy_.declarations) {
    const auto found = others.find(copy_.string(row.address));
    if (found == others.end()) return false;
    const Declaration& other = *found->second;
    if (copy_.string(row.type) != source_.string(other.type)) return false;
    if (row.body.exists() != other.body.exists()) return false;
    if (!row.body.exists()) continue;
    const Expr& body = copy_[row.body];
    const Expr& other_body = source_[other.body];
    if (body.kind != ExprKind::Record || other_body.kind != ExprKind::Record) return false;
    if (!same_record(body, other_body, true, 0)) return false;
  }
  return same(copy_.globals, source_.globals, 0);
}

// What templates with the same resources have in common.
std::uint64_t key_of(const TemplateFacts& facts) {
  std::uint64_t key = facts.declarations.size();
  for (const Declaration& row : facts.declarations)
    key += hash_of(facts.string(row.type), hash_of(facts.string(row.address)));
  return key;
}

bool is_copy(const LinkContext& build, TextId copy, TextId source) {
  const std::string_view here = folder_of(build[copy].source->path),
                         there = folder_of(build[source].source->path);
  const bool beside = here == there;
  if (!beside && !there.empty() && !here.starts_with(cat(there, "/"))) return false;
  Comparison comparison(build.facts(copy), build.facts(source));
  if (!comparison.same_declarations()) return false;
  // Of two that are wholly the same the first is the source.
  return comparison.uploaded() || (beside && source.index < copy.index);
}

}  // namespace

bool is_stack_template(const LinkContext& build, TextId text) {
  const TemplateDialect dialect = build.facts(text).dialect;
  return !build[text].source->fragment && !build.facts(text).declarations.empty() &&
         (dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam);
}

std::vector<TextId> copies_of(const LinkContext& build) {
  std::vector<TextId> sources(build.texts.size());
  std::map<std::uint64_t, std::vector<TextId>> alike;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i)
    if (is_stack_template(build, TextId{i}))
      alike[key_of(build.facts(TextId{i}))].push_back(TextId{i});
  constexpr std::size_t kMany = 64;  // of one form: generated, and no copies of one another
  for (const auto& [key, texts] : alike) {
    if (texts.size() > kMany) continue;
    for (const TextId copy : texts)
      for (const TextId source : texts)
        if (copy != source && !sources[copy.index].exists() && !sources[source.index].exists() &&
            is_copy(build, copy, source))
          sources[copy.index] = source;
  }
  return sources;
}

bool is_synthesised(const LinkContext& build, TextId text) {
  if (build[text].source->constructs != nullptr) return true;
  const TemplateFacts& facts = build.facts(text);
  if (std::ranges::any_of(facts.inputs, [&](const Input& input) {
        return facts.string(input.name) == "BootstrapVersion";
      }))
    return true;
  return std::ranges::any_of(facts.declarations, [&](const Declaration& row) {
    const ExprClosure metadata = build.entry({text, row.attributes}, "Metadata");
    return build.entry(metadata, "aws:cdk:path").exists();
  });
}

}  // namespace fnlint::stacks
