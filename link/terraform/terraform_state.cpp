// Compares the backend that a data source asks for with those of the run's root modules.

#include "link/terraform/terraform_state.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::string_view kState = "terraform_state";
constexpr std::string_view kLocalState = "terraform.tfstate";

// The settings of a backend, and the folder that paths in it begin at.
struct Kept {
  std::string_view backend = {};
  ScopedExpr settings = {};
  std::string folder = {};
};

// An argument, below a block where the name has a dot; as a block or as a map.
ValueId setting(LinkContext& build, const Kept& kept, std::string_view name) {
  ScopedExpr at = kept.settings;
  for (const std::string_view part : split(name, '.')) {
    if (at.exists() && build.expr(at.written).kind == ExprKind::List)
      at.written = build.operand(at.written, 0);
    if (!at.exists()) return build.pool.absent();
    at = followed(build, {at.scope, build.entry(at.written, part), at.uncertainty});
  }
  return at.exists() ? placed_value(build, at) : build.pool.absent();
}

std::optional<std::string> text_of(LinkContext& build, const Kept& kept, std::string_view name) {
  const auto text = as_text(build.pool, setting(build, kept, name));
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

// Where a state of the backend `local` lies, from the run's root.
std::string state_file(LinkContext& build, const Kept& kept) {
  return normal_path(
      join_path(kept.folder, text_of(build, kept, "path").value_or(std::string(kLocalState))));
}

// Whether both say the same place; nothing where that is open.
std::optional<bool> same_place(LinkContext& build, const Kept& one, const Kept& other) {
  const bool both_terraform = (one.backend == "remote" || one.backend == "cloud") &&
                              (other.backend == "remote" || other.backend == "cloud");
  if (one.backend != other.backend && !both_terraform) return false;
  const auto* const row = known::row_of(known::backends(), one.backend);
  if (row == nullptr) return std::nullopt;
  if (one.backend == "local") return state_file(build, one) == state_file(build, other);
  for (const std::string_view name : std::span(*row).subspan(2)) {
    if (name.empty()) continue;
    const auto a = text_of(build, one, name), b = text_of(build, other, name);
    if (a && b && *a != *b) return false;
  }
  const ValueId a = setting(build, one, (*row)[1]), b = setting(build, other, (*row)[1]);
  if (build.pool.is(a, ValueKind::Absent) || build.pool.is(b, ValueKind::Absent))
    return std::nullopt;
  switch (equal(build.pool, a, b)) {
    case Answer::Yes: return true;
    case Answer::No: return false;
    default: return std::nullopt;
  }
}

Kept kept_of(const LinkContext& build, ScopeId root) {
  const TerraformModule& module = module_of(build, root);
  if (!module.backend.text.exists()) return {.backend = "local", .folder = module.folder};
  const TemplateFacts& facts = build.facts(module.backend.text);
  const Declaration& row = facts.declarations[module.backend.row];
  return {facts.string(row.address), {root, {module.backend.text, row.body}}, module.folder};
}

Kept wanted_by(LinkContext& build, const ScopedExpr& body) {
  Kept kept{.folder = module_of(build, body.scope).root};
  const ValueId name = value_of(build, body.scope, build.entry(body.written, "backend"));
  kept.backend = build.pool[build.pool.string(as_text(build.pool, name).value_or(""))];
  kept.settings = followed(build, {body.scope, build.entry(body.written, "config")});
  if (kept.settings.exists() && build.expr(kept.settings.written).kind == ExprKind::List)
    kept.settings.written = build.operand(kept.settings.written, 0);
  return kept;
}

ScopeId root_of(const LinkContext& build, ScopeId scope) {
  while (build.scopes[scope.index].parent.exists()) scope = build.scopes[scope.index].parent;
  return scope;
}

// Of those whose place is the one that is asked for; else of those that do not say theirs.
StateOwners owners_of(LinkContext& build, const ScopedExpr& body) {
  const Kept wanted = wanted_by(build, body);
  const ScopeId own = root_of(build, body.scope);
  std::vector<ScopeId> sure, open;
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    const Scope& scope = build.scopes[i];
    if (!scope.is_module() || scope.parent.exists() || ScopeId{i} == own) continue;
    const auto same = same_place(build, wanted, kept_of(build, ScopeId{i}));
    if (same.value_or(false)) sure.push_back(ScopeId{i});
    if (!same) open.push_back(ScopeId{i});
  }
  return {sure.size() == 1, sure.empty() ? open : sure};
}

// Of several, the one whose folder is called as the data source is.
ScopeId only_one(const LinkContext& build, const std::vector<ScopeId>& scopes,
                 std::string_view name) {
  if (scopes.size() == 1) return scopes.front();
  ScopeId found;
  for (const ScopeId scope : scopes) {
    if (file_name_of(module_of(build, scope).folder) != name) continue;
    if (found.exists()) return {};
    found = scope;
  }
  return found;
}

}  // namespace

bool is_state(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Computed) && pool.text(value) == kState;
}

ValueId state_of(LinkContext& build, const ScopedExpr& body, std::string_view address) {
  ValuePool& pool = build.pool;
  const std::string key = cat(address, "#", body.written.bindings.index);
  auto& states = module_at(build, body.scope)->states;
  if (!states.contains(key)) {
    StateOwners owners = owners_of(build, body);
    states.emplace(key, std::move(owners));
  }
  return pool.computed(kState,
                       std::array{pool.number(static_cast<std::int64_t>(body.scope.index)),
                                  pool.text_value(address), pool.text_value(key)});
}

ValueId state_output(LinkContext& build, ValueId state, std::string_view name) {
  ValuePool& pool = build.pool;
  const auto text = [&](std::size_t i) {
    return std::string(as_text(pool, pool.operands(state)[i]).value_or(""));
  };
  const ScopeId asking{
      static_cast<std::uint32_t>(as_integer(pool, pool.operands(state)[0]).value_or(0))};
  const std::string address = text(1);
  const StateOwners owners = module_at(build, asking)->states[text(2)];
  std::vector<ScopeId> with_output;
  for (const ScopeId root : owners.roots)
    if (build[root].outputs.contains(name)) with_output.push_back(root);
  const std::size_t dot = address.rfind('.');
  const ScopeId found =
      only_one(build, with_output, std::string_view(address).substr(dot + 1));
  if (found.exists()) {
    const ValueId value = module_output(build, found, name);
    return owners.exact ? value : pool.with_uncertainty(value, kHeuristic);
  }
  const Instances* of = instances_of(build, asking, address);
  const std::string why =
      with_output.empty()
          ? cat("no root module of the run gives out ", name, ", for which ", address, " asks")
          : cat("several root modules may be the one that ", address, " means");
  if (of != nullptr)
    build.unresolved_once(asking, UnresolvedKind::Import, why,
                          build.span(of->text, of->declaration->name_range));
  return pool.hole(Origin::Outside, cat(address, ".outputs.", name), asking.index);
}

}  // namespace fnlint::stacks
