#include "core/text.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_faults.h"
#include "link/terraform/terraform.h"
#include "values/compute.h"

#include <algorithm>
#include <set>
#include <string>

// What has to be there before a resource is made: what is said of it, and what its properties refer
// to.
namespace fnlint::stacks {

namespace {

ResourceId declared_as(const LinkContext& build, ScopeId scope, std::string_view name) {
  const auto found = build[scope].resources.find(name);
  return found == build[scope].resources.end() ? ResourceId{} : found->second;
}

void read_depends_on(LinkContext& build, ResourceId id, const ExprClosure& names) {
  std::vector<ExprClosure> items{names};
  if (build.expr(names).kind == ExprKind::List) {
    items.clear();
    for (std::size_t i = 0; i < build.operands(names).size(); ++i)
      items.push_back(build.operand(names, i));
  }
  const ScopeId scope = build.draft(id).scope;
  for (const ExprClosure& item : items) {
    const auto name = build.literal(item);
    const ResourceId to = name ? declared_as(build, scope, *name) : ResourceId{};
    build.stacks.dependencies.push_back({id, to, {}, build.span(item)});
    if (name && !to.exists() && !build[scope].dropped.contains(*name))
      note_nothing_named(build, scope, *name, build.span(item));
  }
}

// Addresses, of which each may stand for several resources.
void read_terraform_depends_on(LinkContext& build, ResourceId id, const ExprClosure& addresses) {
  const ValueId value = value_of(build, build.draft(id).scope, addresses);
  bool any = false;
  for_each_below(build.pool, value, [&](ValueId one) {
    const Value& row = build.pool[one];
    if (row.kind == ValueKind::List) return;
    const bool known = row.kind == ValueKind::Reference && row.ref < build.stacks.resources.size();
    build.stacks.dependencies.push_back(
        {id,
         known ? ResourceId{static_cast<std::uint32_t>(row.ref)} : ResourceId{},
         {},
         build.span(addresses)});
    any = true;
  });
  if (!any) build.stacks.dependencies.push_back({id, {}, {}, build.span(addresses)});
}

// The references below an expression, as they are written: what conditions choose is left out.
class References {
 public:
  References(LinkContext& build, ResourceId from) : build_(build), from_(from) {}
  void read(const ExprClosure& at, StringId property, std::uint32_t depth = 0);

 private:
  void add(const ExprClosure& at, StringId property);
  void add_address(const ExprClosure& at, StringId property);
  void add_local(const ExprClosure& at, StringId property, std::uint32_t depth);

  LinkContext& build_;
  ResourceId from_;
  std::set<std::string> locals_ = {};  // that were read
};

void References::add(const ExprClosure& at, StringId property) {
  const auto name = build_.literal(build_.operand(at, 0));
  if (!name) return;
  const ResourceId to = declared_as(build_, build_.draft(from_).scope, *name);
  if (to.exists()) build_.stacks.dependencies.push_back({from_, to, property, build_.span(at)});
}

// All instances of what stands under an address of Terraform.
void References::add_address(const ExprClosure& at, StringId property) {
  const auto type = build_.literal(build_.operand(at, 0)),
             name = build_.literal(build_.operand(at, 1));
  if (!type || !name) return;
  for (const ResourceId to :
       resources_under(build_, build_.draft(from_).scope, cat(*type, '.', *name)))
    if (to != from_) build_.stacks.dependencies.push_back({from_, to, property, build_.span(at)});
}

void References::add_local(const ExprClosure& at, StringId property, std::uint32_t depth) {
  const auto name = build_.literal(build_.operand(at, 0));
  if (!name || !locals_.insert(std::string(*name)).second) return;
  const ExprClosure local = local_value(build_, build_.draft(from_).scope, *name);
  if (local.exists()) read(local, property, depth + 1);
}

void References::read(const ExprClosure& at, StringId property, std::uint32_t depth) {
  if (!at.exists() || depth > kNestingDepth) return;
  const Expr& expr = build_.expr(at);
  if (expr.kind == ExprKind::Apply) {
    const std::string_view function = build_.function(at);
    if (function == "Ref" || function == "Fn::GetAtt") add(at, property);
    if (function == "resource.") add_address(at, property);
    if (function == "local.") add_local(at, property, depth);
    if (function == "Fn::If" || function == "Fn::Transform") return;
  }
  if (expr.kind == ExprKind::Member || expr.kind == ExprKind::Index) {
    ExprClosure base = at;
    base.expr = ExprId{expr.ref};
    read(base, property, depth + 1);
  }
  for (std::size_t i = 0; i < build_.operands(at).size(); ++i)
    read(build_.operand(at, i), property, depth + 1);
}

void read_references(LinkContext& build, ResourceId id, const ExprClosure& body) {
  if (!body.exists() || build.expr(body).kind != ExprKind::Record) return;
  const Slice<Operand> slice = build.expr(body).operands;
  References references(build, id);
  for (std::uint32_t k = slice.first; k < slice.first + slice.count; ++k) {
    const Operand& operand = build.facts(body.text).operands[k];
    if (!operand.name.exists()) continue;
    ExprClosure value = body;
    value.expr = operand.value;
    references.read(value, build.pool.string(build.facts(body.text).string(operand.name)));
  }
}

bool is_cloudformation(const LinkContext& build, const ResourceBuilder& draft) {
  const TemplateDialect dialect = build.facts(draft.text).dialect;
  return dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam;
}

}  // namespace

void read_dependencies(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceBuilder draft = build.drafts[i];
    const ResourceId id{i};
    if (draft.declaration == nullptr || build.superseded(id)) continue;
    if (build.facts(draft.text).dialect == TemplateDialect::Terraform)
      read_references(build, id, build.body(draft));
    const ExprClosure attributes{draft.text, draft.declaration->attributes, draft.bindings};
    if (!attributes.exists()) continue;
    if (const ExprClosure names = build.entry(attributes, "DependsOn"); names.exists())
      read_depends_on(build, id, names);
    else if (const ExprClosure addresses = build.entry(attributes, "depends_on");
             addresses.exists())
      read_terraform_depends_on(build, id, addresses);
    if (draft.bindings.exists() || !is_cloudformation(build, draft)) continue;
    read_references(build, id, build.body(draft));
    read_references(build, id, globals_of(build, id));
  }
  std::ranges::sort(build.stacks.dependencies);
}

}  // namespace fnlint::stacks
