#include "core/text.h"
#include "link/terraform/terraform_evaluation.h"

#include <algorithm>
#include <set>

// Files of variables that a wrapper copies into the folders which ask for them.
namespace fnlint::stacks {

namespace {

// A file of variables alone.
bool declares_variables_alone(const LinkContext& build, TextId text) {
  const TemplateFacts& facts = build.facts(text);
  return !facts.inputs.empty() && facts.declarations.empty() && facts.mappings.empty() &&
         facts.outputs.empty() && facts.dialect == TemplateDialect::Terraform;
}

std::set<std::string_view> declared_variables(const LinkContext& build,
                                              const std::vector<TextId>& texts) {
  std::set<std::string_view> names;
  for (const TextId text : texts)
    for (const Input& row : build.facts(text).inputs)
      names.insert(build.facts(text).string(row.name));
  return names;
}

// Variables that a folder's files ask for, and none of them declares.
std::set<std::string_view> missing_variables(const LinkContext& build,
                                             const std::vector<TextId>& texts,
                                             const std::set<std::string_view>& declared) {
  std::set<std::string_view> names;
  for (const TextId text : texts) {
    const TemplateFacts& facts = build.facts(text);
    for (const Expr& expr : facts.exprs) {
      if (expr.kind != ExprKind::Apply || facts.string(expr.name) != "var.") continue;
      const auto operands = facts.operands_of(expr.operands);
      if (operands.empty() || !operands.front().value.exists()) continue;
      const Expr& name = facts[operands.front().value];
      if (name.kind == ExprKind::Text && !declared.contains(facts.string(name.name)))
        names.insert(facts.string(name.name));
    }
  }
  return names;
}

}  // namespace

void share_variables(const LinkContext& build, TerraformFolders& folders) {
  std::vector<std::pair<TextId, std::set<std::string_view>>> shared;
  for (const auto& [folder, texts] : folders)
    if (std::ranges::all_of(texts, [&](TextId t) { return declares_variables_alone(build, t); }))
      for (const TextId text : texts) shared.emplace_back(text, declared_variables(build, {text}));
  for (auto& [folder, texts] : folders) {
    const std::set<std::string_view> declared = declared_variables(build, texts);
    const std::set<std::string_view> missing = missing_variables(build, texts, declared);
    if (missing.empty()) continue;
    std::vector<TextId> found;
    for (const auto& [text, names] : shared) {
      const bool all = std::ranges::includes(names, missing);
      const bool clashes =
          std::ranges::any_of(declared, [&](std::string_view one) { return names.contains(one); });
      if (all && !clashes) found.push_back(text);
    }
    if (found.size() == 1) texts.push_back(found.front());
  }
}

}  // namespace fnlint::stacks
