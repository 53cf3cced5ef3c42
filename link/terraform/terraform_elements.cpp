#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/terraform/terraform_evaluation.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// Collections as long as they are written: a value keeps only the first of many.
namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kElementSteps = 16;  // from a name to what is written

class WrittenElements {
 public:
  explicit WrittenElements(LinkContext& build) : build_(build), pool_(build.pool) {}

  Elements read(const ScopedExpr& collection, std::uint32_t depth) {
    const ScopedExpr at = followed(build_, collection);
    if (!at.exists() || depth > kElementSteps) return {};
    const Expr& expr = build_.expr(at.written);
    const std::string_view function = build_.function(at.written);
    if (expr.kind == ExprKind::Record) return record(at);
    if (expr.kind == ExprKind::List && expr.detail == 0) return list(at);
    if (expr.kind == ExprKind::Comprehend && expr.detail <= 1) return comprehended(at, depth);
    if (function == "toset" || function == "tolist" || function == "tomap" ||
        function == "distinct")
      return read({at.scope, build_.operand(at.written, 0), at.uncertainty}, depth + 1);
    if (function == "merge" || function == "concat") return joined(at, depth);
    const ValueId value = placed_value(build_, at);
    Elements found = elements_of(build_, value);
    found.list = pool_.is(value, ValueKind::List);
    return found;
  }

 private:
  ValueId value(const ScopedExpr& at, const ExprClosure& written) {
    return pool_.with_uncertainty(value_of(build_, at.scope, written), at.uncertainty);
  }

  Elements record(const ScopedExpr& at) {
    Elements found;
    const Slice<Operand> slice = build_.expr(at.written).operands;
    for (std::uint32_t i = 0; i < slice.count; ++i) {
      const Operand operand = build_.facts(at.written.text).operands[slice.first + i];
      ExprClosure entry = at.written;
      entry.expr = operand.value;
      if (!entry.exists() || operand.spread != 0) continue;
      std::optional<std::string> name;
      if (operand.name.exists()) name = build_.facts(at.written.text).string(operand.name);
      if (operand.key.exists()) {
        ExprClosure key = at.written;
        key.expr = operand.key;
        if (const auto text = as_text(pool_, value_of(build_, at.scope, key))) name = *text;
      }
      if (name)
        found.rows.push_back({pool_.text_value(*name), value(at, entry)});
      else
        found.known = false;
    }
    return found;
  }

  Elements list(const ScopedExpr& at) {
    Elements found{.list = true};
    const std::size_t count = build_.operands(at.written).size();
    for (std::size_t i = 0; i < count; ++i)
      found.rows.push_back(
          {pool_.number(static_cast<std::int64_t>(i)), value(at, build_.operand(at.written, i))});
    return found;
  }

  Elements joined(const ScopedExpr& at, std::uint32_t depth) {
    Elements found{.list = build_.function(at.written) == "concat"};
    const std::size_t count = build_.operands(at.written).size();
    for (std::size_t i = 0; i < count; ++i) {
      const Elements part =
          read({at.scope, build_.operand(at.written, i), at.uncertainty}, depth + 1);
      found.known = found.known && part.known;
      // A later entry of a name wins; the number of items makes that no matter of time.
      found.rows.insert(found.rows.end(), part.rows.begin(), part.rows.end());
      if (found.rows.size() > 2 * kInstances) break;
    }
    if (found.list) {
      for (std::size_t i = 0; i < found.rows.size(); ++i)
        found.rows[i].key = pool_.number(static_cast<std::int64_t>(i));
    } else {
      for (std::size_t i = found.rows.size(); i-- > 0;) {
        const auto later = std::find_if(
            found.rows.begin(), found.rows.begin() + static_cast<std::ptrdiff_t>(i),
            [&](const Element& row) { return row.key == found.rows[i].key; });
        if (later == found.rows.begin() + static_cast<std::ptrdiff_t>(i)) continue;
        later->value = found.rows[i].value;
        found.rows.erase(found.rows.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    return found;
  }

  Elements comprehended(const ScopedExpr& at, std::uint32_t depth) {
    const Expr& expr = build_.expr(at.written);
    const bool record = expr.detail == 1;
    const std::string_view names = build_.facts(at.written.text).string(expr.name);
    const std::size_t comma = names.find(',');
    const ScopedExpr collection{at.scope, build_.operand(at.written, 0), at.uncertainty};
    Elements of = read(collection, depth + 1);
    if (comma != names.npos && of.list && is_set(build_, collection))
      for (Element& row : of.rows) row.key = row.value;
    Elements found{.known = of.known, .list = !record};
    for (const Element& element : of.rows) {
      if (build_.nodes_left == 0 || found.rows.size() > kInstances) break;
      --build_.nodes_left;
      ExprClosure turn = at.written;
      if (comma != names.npos)
        turn.bindings = bind(build_, names.substr(0, comma), element.key, turn.bindings);
      turn.bindings = bind(build_, comma == names.npos ? names : names.substr(comma + 1),
                           element.value, turn.bindings);
      std::uint8_t uncertainty = at.uncertainty;
      if (const ExprClosure condition = build_.operand(turn, 3); condition.exists()) {
        const Answer answer = truth(pool_, value_of(build_, at.scope, condition));
        if (answer == Answer::No) continue;
        if (answer == Answer::Unknown) uncertainty |= kConditional;
      }
      const ValueId one =
          pool_.with_uncertainty(value_of(build_, at.scope, build_.operand(turn, 1)), uncertainty);
      ValueId key = pool_.number(static_cast<std::int64_t>(found.rows.size()));
      if (record) {
        const auto text = as_text(pool_, value_of(build_, at.scope, build_.operand(turn, 2)));
        found.known = found.known && text.has_value();
        if (!text) continue;
        key = pool_.text_value(*text);
      }
      found.rows.push_back({key, one});
    }
    return found;
  }

  LinkContext& build_;
  ValuePool& pool_;
};

}  // namespace

bool is_set(LinkContext& build, const ScopedExpr& collection) {
  if (!collection.exists()) return false;
  if (build.function(collection.written) == "var.") {
    const auto& inputs = build[collection.scope].inputs;
    const Expr& row = build.expr(build.operand(collection.written, 0));
    const auto input = inputs.find(build.facts(collection.written.text).string(row.name));
    if (input != inputs.end()) {
      const TemplateFacts& facts = build.facts(input->second.text);
      if (facts.string(facts.inputs[input->second.row].type).starts_with("set(")) return true;
    }
  }
  const ScopedExpr at = followed(build, collection);
  return at.exists() && is_one_of(known::functions_of_sets(), build.function(at.written));
}

Elements elements_of(LinkContext& build, ValueId value, const ScopedExpr& collection) {
  Elements found = elements_of(build, value);
  if (!found.list || !is_set(build, collection)) return found;
  for (Element& row : found.rows) row.key = row.value;
  return found;
}

Elements elements_written(LinkContext& build, const ScopedExpr& collection) {
  return WrittenElements(build).read(collection, 0);
}

ValueId made_for(const LinkContext& build, ValueId instances, ValueId key) {
  ValuePool& pool = build.pool;
  if (!pool.is(instances, ValueKind::Record)) return {};
  const std::size_t count = pool.operands(instances).size();
  for (std::size_t i = 0; i < count; ++i) {
    const ValueId one = pool.operands(instances)[i];
    if (!pool.is(one, ValueKind::Reference)) continue;
    const ValueId each = bound_value(
        build, build.draft(ResourceId{static_cast<std::uint32_t>(pool[one].ref)}).bindings, "each");
    if (each.exists() && member(pool, each, "key") == key) return one;
  }
  return {};
}

BindingId bind(LinkContext& build, std::string_view variable, ValueId value, BindingId outer) {
  const BindingId id{static_cast<std::uint32_t>(build.bindings.size())};
  build.bindings.push_back({build.pool[build.pool.string(variable)], value, outer});
  return id;
}

}  // namespace fnlint::stacks
