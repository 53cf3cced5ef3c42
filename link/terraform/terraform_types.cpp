// Walks a type and a value together, and adds what the type gives by default.

#include "link/terraform/terraform_types.h"

#include "core/limits.h"
#include "link/stacks/dialects.h"

namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kTypeDepth = 32;

class TypeDefaults {
 public:
  TypeDefaults(LinkContext& build, ScopeId scope)
      : build_(build), pool_(build.pool), scope_(scope) {}

  ValueId filled(const ExprClosure& type, ValueId value, std::uint32_t depth) {
    if (!type.exists() || depth > kTypeDepth || build_.nodes_left == 0) return value;
    --build_.nodes_left;
    if (pool_.is(value, ValueKind::OneOf)) return alternatives(type, value, depth);
    const std::string_view form = build_.function(type);
    if (form == "object") return object(build_.operand(type, 0), value, depth);
    if (form == "map" || form == "list" || form == "set")
      return each(build_.operand(type, 0), value, depth);
    return value;
  }

 private:
  ValueId alternatives(const ExprClosure& type, ValueId value, std::uint32_t depth) {
    std::vector<Alternative> ways;
    const std::size_t count = pool_.operands(value).size();
    for (std::size_t i = 0; i < count; ++i)
      ways.push_back(
          {filled(type, pool_.operands(value)[i], depth + 1), pool_.guards(value)[i]});
    return pool_.one_of(ways);
  }

  ValueId each(const ExprClosure& type, ValueId value, std::uint32_t depth) {
    const bool open = pool_[value].ref != 0;
    std::vector<ValueId> items;
    std::vector<NamedValue> named;
    if (pool_.is(value, ValueKind::List)) {
      for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
        items.push_back(filled(type, pool_.operands(value)[i], depth + 1));
      return pool_.list(items, open);
    }
    if (!pool_.is(value, ValueKind::Record)) return value;
    for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
      named.push_back({pool_.names(value)[i], filled(type, pool_.operands(value)[i], depth + 1)});
    return pool_.record(named, open);
  }

  ValueId object(const ExprClosure& attributes, ValueId value, std::uint32_t depth) {
    if (!attributes.exists() || build_.expr(attributes).kind != ExprKind::Record ||
        !pool_.is(value, ValueKind::Record))
      return value;
    const bool open = pool_[value].ref != 0;
    std::vector<NamedValue> out;
    for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
      out.push_back({pool_.names(value)[i], pool_.operands(value)[i]});
    const Slice<Operand> slice = build_.expr(attributes).operands;
    for (std::uint32_t i = 0; i < slice.count; ++i) {
      const Operand& operand =
          build_.facts(attributes.text).operands[slice.first + i];
      if (!operand.name.exists()) continue;
      const std::string_view name = build_.facts(attributes.text).string(operand.name);
      ExprClosure type = attributes;
      type.expr = operand.value;
      const ValueId given = member(pool_, value, name);
      // Of a value that is known in part, nothing is known to be missing.
      if (open && !is_there(value, name)) continue;
      out.push_back({pool_.string(name), attribute(type, given, pool_[value].uncertainty, depth)});
    }
    return pool_.record(out, open);
  }

  ValueId attribute(const ExprClosure& written, ValueId given, std::uint8_t uncertainty,
                    std::uint32_t depth) {
    ExprClosure type = written;
    ExprClosure fallback;
    if (type.exists() && build_.function(type) == "optional") {
      fallback = build_.operand(written, 1);
      type = build_.operand(written, 0);
    }
    const bool missing = pool_.is(given, ValueKind::Absent) || pool_.is(given, ValueKind::Null);
    if (!missing) return filled(type, given, depth + 1);
    if (!fallback.exists()) return pool_.with_uncertainty(pool_.null(), uncertainty);
    return pool_.with_uncertainty(filled(type, value_of(build_, scope_, fallback), depth + 1),
                               uncertainty);
  }

  [[nodiscard]] bool is_there(ValueId record, std::string_view name) const {
    for (const StringId one : pool_.names(record))
      if (pool_[one] == name) return true;
    return false;
  }

  LinkContext& build_;
  ValuePool& pool_;
  ScopeId scope_;
};

}  // namespace

ValueId with_type_defaults(LinkContext& build, ScopeId scope, const ExprClosure& type,
                           ValueId value) {
  return TypeDefaults(build, scope).filled(type, value, 0);
}

ValueId type_default_of(LinkContext& build, ScopeId scope, const ExprClosure& type,
                        std::string_view attribute) {
  if (!type.exists() || build.function(type) != "object") return {};
  const ExprClosure one = build.entry(build.operand(type, 0), attribute);
  if (!one.exists()) return {};
  if (build.function(one) != "optional") return build.pool.unknown("what a deployment gives");
  const ValueId value =
      member(build.pool, with_type_defaults(build, scope, type, build.pool.record({})), attribute);
  return build.pool.is(value, ValueKind::Null) ? ValueId{} : value;
}

ValueId attribute_unless_null(LinkContext& build, ScopeId scope, const ExprClosure& at,
                              ValueId null, std::string_view attribute) {
  if (!build.pool.is(null, ValueKind::Null) || build.terraform->tried != 0) return {};
  if (build.function(at) != "var." || (build.pool[null].uncertainty & kOverridable) == 0) return {};
  const auto row = build[scope].inputs.find(build.literal(build.operand(at, 0)).value_or(""));
  if (row == build[scope].inputs.end()) return {};
  const TemplateFacts& facts = build.facts(row->second.text);
  const Slice<ExprId> type = facts.inputs[row->second.row].allowed;
  if (type.count == 0) return {};
  const ValueId value =
      type_default_of(build, scope, {row->second.text, facts.allowed[type.first]}, attribute);
  return value.exists() ? build.pool.with_uncertainty(value, kOverridable) : ValueId{};
}

}  // namespace fnlint::stacks
