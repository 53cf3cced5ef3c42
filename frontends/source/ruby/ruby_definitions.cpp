// Methods and classes.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <algorithm>

namespace fnlint {

ExprId RubyLowering::method_definition(NodeId node) {
  const Range where = range(node);
  const NodeId name = child(node, RbField::Name), body = child(node, RbField::Body);
  const FunctionId function = scopes_.function_at(node);
  if (!function.exists() || name == kNoNode) {
    too_deep(node);
    return out_.unknown("method", where);
  }
  const bool is_endless = body != kNoNode && kind(body) != Rb::BodyStatement;
  if (is_endless) feature("endless-method", "3.0", node);
  if (!out_.function(function).owner.exists())
    if (const VariableId variable = scopes_.global(text(name)); variable.exists())
      out_.assign(out_.variable(variable, range(name)), out_.function(function, where), where);
  return out_.text(text(name), where);
}

bool RubyLowering::is_named_by_path(const RbClass& type) const {
  if (type.outer == kNoRuby) return false;
  const std::vector<RbClassId>& inner = scopes_.classes()[type.outer].inner;
  return std::ranges::any_of(
      inner, [&](RbClassId row) { return scopes_.classes()[row].id == type.id; });
}

void RubyLowering::class_definition(NodeId node) {
  const RbClassId type = scopes_.class_at(node);
  if (type == kNoRuby) return too_deep(node);
  const RbClass* row = &scopes_.classes()[type];
  if (row->first != node) return;  // a further body: it runs with the first
  if (!is_named_by_path(*row)) return define(*row, node);
  // `class A::B`: A's initialiser defines it. Where no body of A stands in the file, here.
  do row = &scopes_.classes()[row->outer];
  while (is_named_by_path(*row));
  if (row->first == kNoNode && defined_.insert(row->id.index).second) define(*row, node);
}

ExprId RubyLowering::made_class(NodeId node, RbClassId type) {
  const RbClass& row = scopes_.classes()[type];
  if (row.first != node) return class_value(type, range(node));
  const Range where = range(node);
  bases_[row.id.index] = base_values(row);
  return out_.result(out_.define(row.id, where), where);
}

std::vector<ExprId> RubyLowering::base_values(const RbClass& type) {
  std::vector<ExprId> bases;
  for (const auto& [node, scope] : type.bases) {
    if (has_ops(node)) continue;
    const RbClassId known = known_class(node, scope);
    bases.push_back(known != kNoRuby
                        ? out_.variable(scopes_.classes()[known].variable, range(node))
                        : expression(node));
  }
  return bases;
}

// The class is a variable of the module or a member of the class around; by its whole path it is a
// variable too, so that other files find it.
void RubyLowering::define(const RbClass& type, NodeId node) {
  const Range where = range(node);
  bases_[type.id.index] = base_values(type);
  const ExprId made = out_.result(out_.define(type.id, where), where);
  const bool nested = type.outer != kNoRuby && function_ == scopes_.classes()[type.outer].init;
  out_.assign(nested ? out_.member(self(where), type.name, where)
                     : out_.variable(type.variable, where),
              made, where);
  if (nested || function_.index != 0) return;
  const std::string prefix = cat(type.path, '.');
  for (const RbClass& inner : scopes_.classes()) {
    if (!inner.path.starts_with(prefix)) continue;
    const ExprId holder = out_.variable(scopes_.classes()[inner.outer].variable, where);
    out_.assign(out_.variable(inner.variable, where), out_.member(holder, inner.name, where),
                where);
  }
}

void RubyLowering::alias(NodeId node) {
  const NodeId made = child(node, RbField::Name), old = child(node, RbField::Alias);
  if (made == kNoNode || old == kNoNode || self_class() == kNoRuby) return;
  const Range where = range(node);
  const auto name = [&](NodeId at) {
    return kind(at) == Rb::SimpleSymbol ? text(at).substr(1) : text(at);
  };
  out_.assign(out_.member(self(where), name(made), where),
              out_.member(self(where), name(old), where), where);
}

}  // namespace fnlint
