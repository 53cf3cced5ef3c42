// References, conditions and mappings that a template of CloudFormation or SAM names and nothing
// in it declares. What is evaluated says so where it is; outputs, conditions and what no deployment
// of the run chooses are read here, as they are written.

#include "core/limits.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_faults.h"

namespace fnlint::stacks {

namespace {

class UndeclaredNames {
 public:
  UndeclaredNames(LinkContext& build, ScopeId scope) : build_(build), scope_(scope) {}

  void read() {
    const TextId text = build_[scope_].text;
    const TemplateFacts& facts = build_.facts(text);
    for (const Declaration& row : facts.declarations) {
      if (row.condition.exists()) {
        const ExprClosure name = build_.entry({text, row.attributes}, "Condition");
        condition(facts.string(row.condition),
                  name.exists() ? build_.span(name) : build_.span(text, row.name_range));
      }
      below({text, row.body}, 0);
      below({text, row.attributes}, 0);
    }
    for (const NamedExpr& row : facts.outputs) {
      below({text, row.value}, 0);
      below({text, row.export_name}, 0);
      if (row.condition.exists())
        condition(facts.string(row.condition), build_.span(text, row.where));
    }
    is_condition_ = true;
    for (const NamedExpr& row : facts.conditions) below({text, row.value}, 0);
  }

 private:
  void below(const ExprClosure& at, std::uint32_t depth) {
    if (!at.exists() || depth > kNestingDepth) return;
    const Expr& expr = build_.expr(at);
    if (expr.kind == ExprKind::Apply) {
      const std::string_view function = build_.function(at);
      if (function == "Fn::Transform") return;  // what a macro makes of it is not known
      const ExprClosure named = build_.operand(at, 0);
      const auto name = build_.literal(named);
      if (name) read_function(function, *name, at, named);
    }
    for (std::size_t i = 0; i < build_.operands(at).size(); ++i)
      below(build_.operand(at, i), depth + 1);
  }

  void read_function(std::string_view function, std::string_view name, const ExprClosure& at,
                     const ExprClosure& named) {
    if (function == "Ref" || function == "Fn::GetAtt") {
      if (!is_declared(name)) note_nothing_named(build_, scope_, name, build_.span(at));
    } else if (function == "Fn::If" || (function == "Condition" && is_condition_)) {
      condition(name, build_.span(named));
    } else if (function == "Fn::FindInMap" && build_.operands(at).size() == 3) {
      if (!build_[scope_].mappings.contains(name))
        note_nothing_named(build_, scope_, name, build_.span(named));
    }
  }

  void condition(std::string_view name, Span where) {
    if (!build_[scope_].conditions.contains(name)) note_nothing_named(build_, scope_, name, where);
  }

  bool is_declared(std::string_view name) {
    const Scope& scope = build_[scope_];
    if (scope.resources.contains(name) || scope.inputs.contains(name) ||
        scope.dropped.contains(name) || name.starts_with("AWS::") ||
        scope.resources.contains(name.substr(0, name.find('.'))))
      return true;
    const auto named = dialect_of(build_, scope.text).named;
    return named != nullptr && named(build_, scope_, name).exists();
  }

  LinkContext& build_;
  ScopeId scope_;
  bool is_condition_ = false;  // in the section of that name: elsewhere an IAM policy has such keys
};

}  // namespace

void judge_names(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    const ScopeId scope{i};
    const TextId text = build[scope].text;
    if (!text.exists() || build[scope].superseded) continue;
    const TemplateDialect dialect = build.facts(text).dialect;
    if (dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam)
      UndeclaredNames(build, scope).read();
  }
}

}  // namespace fnlint::stacks
