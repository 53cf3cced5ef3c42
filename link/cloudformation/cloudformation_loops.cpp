#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"

// Fn::ForEach and files that a template takes in: what each turn of a loop gives.
namespace fnlint::stacks {

namespace {

constexpr std::uint8_t kIncludes = 4;  // files deep

}  // namespace

std::vector<ValueId> loop_elements(LinkContext& build, ScopeId scope, const ExprClosure& collection,
                                   std::string_view variable) {
  const ValueId value = value_of(build, scope, collection);
  std::vector<ValueId> elements;
  if (build.pool.is(value, ValueKind::List)) {
    for (const ValueId item : build.pool.operands(value))
      if (!build.pool.is(item, ValueKind::Absent)) elements.push_back(item);
    if (build.pool[value].ref == 0) return elements;
    // More than a list value holds: the rest is read from where they are written.
    if (collection.exists() && build.expr(collection).kind == ExprKind::List) {
      elements.clear();
      for (std::size_t i = 0; i < build.operands(collection).size() && i <= kLoopCopies; ++i)
        elements.push_back(value_of(build, scope, build.operand(collection, i)));
    }
    return elements;
  }
  const ValueId hole = build.pool.hole(Origin::Element, variable, collection.expr.index);
  elements.push_back(build.pool.with_uncertainty(hole, kConditional));
  return elements;
}

std::vector<ExprClosure> loop_turns(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  std::vector<ExprClosure> turns;
  const auto variable = build.literal(build.operand(at, 0));
  if (!variable) return turns;
  std::vector<ValueId> elements = loop_elements(build, scope, build.operand(at, 1), *variable);
  if (elements.size() > kLoopCopies) {
    build.problem(build.span(at), cat("this loop makes more than ", kLoopCopies, " copies"));
    elements.resize(kLoopCopies);
  }
  for (const ValueId element : elements) {
    const BindingId bindings{static_cast<std::uint32_t>(build.bindings.size())};
    build.bindings.push_back({*variable, element, at.bindings});
    ExprClosure turn = build.operand(at, 2);
    turn.bindings = bindings;
    if (turn.exists()) turns.push_back(turn);
  }
  return turns;
}

std::optional<ExprClosure> included(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  const auto name = build.literal(build.operand(at, 0));
  const ExprClosure parameters = build.operand(at, 1);
  if (!name || *name != "AWS::Include" || !parameters.exists()) {
    build.unresolved(UnresolvedKind::Include,
                     cat("the transform ", name.value_or("here"), " is unknown"), build.span(at));
    return std::nullopt;
  }
  for (const Operand& operand : build.operands(parameters)) {
    if (build.facts(at.text).string(operand.name) != "Location") continue;
    ExprClosure location = parameters;
    location.expr = operand.value;
    const auto path = as_text(build.pool, value_of(build, scope, location));
    if (!path) break;
    const std::string full = join_path(folder_of(build[at.text].source->path), *path);
    const auto found = build.fragments.find(fragment_key(full, false, {}));
    if (found == build.fragments.end() || at.includes >= kIncludes) {
      build.unresolved(UnresolvedKind::Include, cat("the included file ", *path, " was not read"),
                       build.span(at));
      return std::nullopt;
    }
    ExprClosure content = at;
    content.text = found->second;
    content.expr = build.facts(found->second).fragment;
    ++content.includes;
    return content;
  }
  build.unresolved(UnresolvedKind::Include,
                   "the location of the included file cannot be determined", build.span(at));
  return std::nullopt;
}

}  // namespace fnlint::stacks
