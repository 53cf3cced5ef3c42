// Compares the places of syntax errors with those of declarations, and opens the properties of what
// they may have hit.

#include "link/stacks/cut_resources.h"

#include "tables/templates.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

// Declarations stand one after the other, and nothing else says anything of them.
bool is_declared_in_place(TemplateDialect dialect) {
  return dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam ||
         dialect == TemplateDialect::Terraform || dialect == TemplateDialect::TerraformPlan;
}

// Globals are the last section that was read, or were still to come.
bool lacks_globals(const TemplateFacts& facts) {
  if (!facts.globals.exists()) return true;
  const std::uint32_t begin = facts.expr_ranges[facts.globals.index].begin;
  return facts.declarations.empty() || facts.declarations.back().where.begin < begin;
}

// Whether a mistake falls into the declaration: no other one begins between them.
bool is_hit(const TemplateFacts& facts, const Declaration& row) {
  const std::size_t next = static_cast<std::size_t>(&row - facts.declarations.data()) + 1;
  const std::uint32_t end =
      next < facts.declarations.size() ? facts.declarations[next].where.begin : UINT32_MAX;
  return std::ranges::any_of(facts.problems, [&](const Problem& problem) {
    return problem.where.begin >= row.where.begin && problem.where.begin < end;
  });
}

// Whether something between its first line and its last could not be read: it may say anything.
bool is_broken(const TemplateFacts& facts, const Range& whole) {
  return std::ranges::any_of(facts.problems, [&](const Problem& each) {
    return each.where.begin >= whole.begin && each.where.begin < whole.end;
  });
}

}  // namespace

bool is_cut(const LinkContext& build, const ResourceBuilder& draft) {
  if (draft.declaration == nullptr) return false;
  const TemplateFacts& facts = build.facts(draft.text);
  if (facts.dialect == TemplateDialect::Terraform ||
      facts.dialect == TemplateDialect::TerraformPlan)
    if (is_broken(facts, draft.declaration->where)) return true;
  if (facts.complete) return false;
  if (!is_declared_in_place(facts.dialect)) return true;
  const bool of_sam = find_sam_resource(facts.string(draft.declaration->type)) != nullptr;
  return (of_sam && lacks_globals(facts)) || is_hit(facts, *draft.declaration);
}

bool has_macros(const LinkContext& build, TextId text) {
  const TemplateFacts& facts = build.facts(text);
  return std::ranges::any_of(facts.transforms, [&](StringId transform) {
    return !facts.string(transform).starts_with("AWS::");
  });
}

Node with_unread(LinkContext& build, Node root, Span where) {
  LocatedTree& tree = build.properties;
  const std::uint32_t top = root ? root.row() : tree.open("", {}, {});
  Property rest{.path = build.pool.string(kRest)};
  rest.key = rest.where = where;
  const std::uint32_t row = tree.open(kRest, rest, {});
  tree.close(row, build.pool.unknown("a part of it could not be read"));
  tree.close(top, root ? root.value() : build.pool.record({}, true));
  return tree.node(top);
}

}  // namespace fnlint::stacks
