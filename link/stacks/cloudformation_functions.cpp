// The intrinsic functions one by one, each also with operands that are unknown or a choice.

#include "link/stacks/cloudformation_functions.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parameter_store.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/stack_exchange.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_inputs.h"
#include "link/stacks/stack_json.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

// One expression under evaluation.
class Evaluation : public ExprContext {
 public:
  Evaluation(LinkContext& the_build, ScopeId the_scope, const ExprClosure& start,
             FurtherFunction further)
      : build(the_build), scope(the_scope), at_(start), further_(further) {}

  ValueId leaf(ExprId id, const Expr& expr) override;
  ValueId apply(ExprId id, const Expr& expr) override;

  ValueId value(const ExprClosure& at) {
    if (!at.exists()) return build.pool.absent();
    if (at.text != at_.text || at.bindings != at_.bindings) return value_of(build, scope, at);
    return evaluate(build.pool, build[at.text].tables, at.expr, *this);
  }
  ValueId value(const ExprClosure& at, std::size_t operand) {
    return value(build.operand(at, operand));
  }

  LinkContext& build;
  ScopeId scope;

 private:
  ExprClosure at_;
  FurtherFunction further_;  // may be null
};

using Function = ValueId (*)(Evaluation&, const ExprClosure&);

ValueId apply_ref(Evaluation& eval, const ExprClosure& at) {
  const auto name = as_text(eval.build.pool, eval.value(at, 0));
  if (!name) return eval.build.pool.unknown("the name in this Ref cannot be determined");
  return ref_value(eval.build, eval.scope, *name, at);
}

ValueId apply_get_att(Evaluation& eval, const ExprClosure& at) {
  const auto resource = as_text(eval.build.pool, eval.value(at, 0));
  const auto attribute = as_text(eval.build.pool, eval.value(at, 1));
  if (!resource || !attribute)
    return eval.build.pool.unknown("the names in this Fn::GetAtt are not known");
  return attribute_value(eval.build, eval.scope, *resource, *attribute, at);
}

ValueId apply_sub(Evaluation& eval, const ExprClosure& at) { return eval.value(at, 0); }

ValueId apply_if(Evaluation& eval, const ExprClosure& at) {
  LinkContext& build = eval.build;
  const Condition condition = condition_of_choice(build, eval.scope, at);
  if (condition.decided) return eval.value(at, *condition.decided ? 1 : 2);
  const auto branch = [&](std::size_t operand, bool holds) {
    const ValueId value = eval.value(at, operand);
    return Alternative{condition.open ? build.pool.with_uncertainty(value, kConditional) : value,
                       guard_of(build.pool, condition, holds)};
  };
  const std::array<Alternative, 2> branches{branch(1, true), branch(2, false)};
  return build.pool.one_of(branches);
}

ValueId apply_condition(Evaluation& eval, const ExprClosure& at) {
  LinkContext& build = eval.build;
  const Condition condition = condition_of(build, eval.scope, at);
  if (condition.decided) return build.pool.boolean(*condition.decided);
  const std::array<Alternative, 2> branches{
      Alternative{build.pool.boolean(true), guard_of(build.pool, condition, true)},
      Alternative{build.pool.boolean(false), guard_of(build.pool, condition, false)}};
  return build.pool.one_of(branches);
}

// A literal list's items are joined one by one: a list value holds no more than some dozens.
ValueId join(Evaluation& eval, const ExprClosure& at) {
  ValuePool& pool = eval.build.pool;
  const ValueId separator = eval.value(at, 0);
  const ExprClosure list = eval.build.operand(at, 1);
  std::vector<ValueId> parts;
  const auto add = [&](ValueId item) {
    if (pool.is(item, ValueKind::Absent)) return;
    if (!parts.empty()) parts.push_back(separator);
    parts.push_back(item);
  };
  if (list.exists() && eval.build.expr(list).kind == ExprKind::List) {
    for (std::size_t i = 0; i < eval.build.operands(list).size(); ++i) {
      const ValueId item = eval.value(list, i);
      if (!pool.is(item, ValueKind::List)) {
        add(item);
      } else {
        for (const ValueId inner : pool.operands(item)) add(inner);
      }
    }
    return pool.concat(parts);
  }
  return compute(pool, Opcode::Join, std::array{separator, eval.value(list)});
}

ValueId split_text(Evaluation& eval, const ExprClosure& at) {
  const ValueId parts = arn_parts(eval.build, eval.value(at, 1), eval.value(at, 0));
  if (parts.exists()) return parts;
  return compute(eval.build.pool, "split", std::array{eval.value(at, 1), eval.value(at, 0)});
}

ValueId apply_select(Evaluation& eval, const ExprClosure& at) {
  ValuePool& pool = eval.build.pool;
  ValueId position = eval.value(at, 0);
  if (const auto number = as_integer(pool, position))
    position = pool.with_uncertainty(pool.number(*number), pool[position].uncertainty);
  return index(pool, eval.value(at, 1), position);
}

ValueId apply_base64(Evaluation& eval, const ExprClosure& at) {
  return compute(eval.build.pool, "base64", std::array{eval.value(at, 0)});
}
ValueId length_of(Evaluation& eval, const ExprClosure& at) {
  return compute(eval.build.pool, "length", std::array{eval.value(at, 0)});
}
ValueId apply_to_json(Evaluation& eval, const ExprClosure& at) {
  return json_text(eval.build.pool, eval.value(at, 0));
}
ValueId apply_cidr(Evaluation& eval, const ExprClosure& at) {
  std::vector<ValueId> operands;
  for (std::size_t i = 0; i < eval.build.operands(at).size(); ++i)
    operands.push_back(eval.value(at, i));
  return eval.build.pool.computed("cidr", operands);
}
ValueId apply_get_azs(Evaluation& eval, const ExprClosure& at) {
  return eval.build.pool.computed("availability_zones", std::array{eval.value(at, 0)});
}

ValueId apply_import(Evaluation& eval, const ExprClosure& at) {
  return imported_value(eval.build, eval.value(at, 0), eval.build.span(at));
}

ValueId apply_resolve(Evaluation& eval, const ExprClosure& at) {
  ValuePool& pool = eval.build.pool;
  const std::string service(as_text(pool, eval.value(at, 0)).value_or(""));
  const ValueId reference = eval.value(at, 1);
  if (service != "ssm")
    return pool.hole(Origin::Secret, cat(service, ":", whole_words(pool, reference)));
  const auto name = as_text(pool, reference);
  if (!name) return parameter_store_value(eval.build, reference);
  // "name:version"; the version is left out for the newest.
  return parameter_store_value(eval.build, name->substr(0, name->find(':')));
}

ValueId apply_transform(Evaluation& eval, const ExprClosure& at) {
  if (const auto content = included(eval.build, eval.scope, at)) return eval.value(*content);
  return eval.build.pool.unknown("made by a transform");
}

ValueId apply_for_each(Evaluation& eval, const ExprClosure& at) {
  std::vector<NamedValue> entries;
  ValuePool& pool = eval.build.pool;
  for (const ExprClosure& turn : loop_turns(eval.build, eval.scope, at)) {
    const ValueId record = eval.value(turn);
    if (!pool.is(record, ValueKind::Record)) continue;
    for (std::size_t i = 0; i < pool.operands(record).size(); ++i)
      entries.push_back({pool.names(record)[i], pool.operands(record)[i]});
  }
  return pool.record(entries);
}

// --- Fn::FindInMap

struct MapKeys {
  std::vector<Alternative> names = {};  // texts
  bool any = false;                     // not known at all
};

const Operand* entry_named(const LinkContext& build, const ExprClosure& record,
                           std::string_view name) {
  for (const Operand& operand : build.operands(record))
    if (build.facts(record.text).string(operand.name) == name) return &operand;
  return nullptr;
}

// A key that an open input gives may be any of the map's names.
MapKeys keys_of(Evaluation& eval, const ExprClosure& key, const ExprClosure& map) {
  LinkContext& build = eval.build;
  MapKeys keys;
  if (key.exists() && build.function(key) == "Ref") {
    const auto name = build.literal(build.operand(key, 0));
    const auto input = name && !bound_value(build, key.bindings, *name).exists()
                           ? open_input(build, eval.scope, *name)
                           : std::nullopt;
    if (input) {
      for (const Operand& entry : build.operands(map)) {
        const std::string_view text = build.facts(map.text).string(entry.name);
        const auto test = test_of(build.pool, *input, text);
        if (test) keys.names.push_back({build.pool.text_value(text), build.pool.guard({*test})});
      }
      const bool pseudo = name->starts_with("AWS::");
      const bool fits = !keys.names.empty() && keys.names.size() <= kAlternatives;
      if (fits || pseudo) return keys;
      keys.names.clear();  // too many: the default alone
    }
  }
  const ValueId value = eval.value(key);
  if (build.pool.is(value, ValueKind::OneOf)) {
    for (std::size_t i = 0; i < build.pool.operands(value).size(); ++i)
      keys.names.push_back({build.pool.operands(value)[i], build.pool.guards(value)[i]});
  } else {
    keys.names.push_back({value, {}});
  }
  return keys;
}

// What a default of the function, or nothing, gives.
ValueId map_fallback(Evaluation& eval, const ExprClosure& at, std::string_view key) {
  if (eval.build.operands(at).size() > 3) return eval.value(at, 3);
  return eval.build.pool.unknown(cat("the map has no entry ", key));
}

ValueId map_entry(Evaluation& eval, const ExprClosure& at, const ExprClosure& first_level,
                  const Alternative& first) {
  LinkContext& build = eval.build;
  const auto name = as_text(build.pool, first.value);
  if (!name) return build.pool.unknown("a key of this Fn::FindInMap cannot be determined");
  const std::uint8_t uncertainty = build.pool[first.value].uncertainty;
  const Operand* entry = entry_named(build, first_level, *name);
  if (entry == nullptr || !entry->value.exists()) return map_fallback(eval, at, *name);
  ExprClosure second_level = first_level;
  second_level.expr = entry->value;
  std::vector<Alternative> found;
  for (const Alternative& second : keys_of(eval, build.operand(at, 2), second_level).names) {
    const auto inner_name = as_text(build.pool, second.value);
    const Operand* inner = inner_name ? entry_named(build, second_level, *inner_name) : nullptr;
    ValueId value = build.pool.unknown("a key of this Fn::FindInMap cannot be determined");
    if (inner != nullptr && inner->value.exists()) {
      ExprClosure leaf = second_level;
      leaf.expr = inner->value;
      value = eval.value(leaf);
    } else if (inner_name) {
      value = map_fallback(eval, at, *inner_name);
    }
    const std::uint8_t rests_on = uncertainty | build.pool[second.value].uncertainty;
    found.push_back({build.pool.with_uncertainty(value, rests_on), second.guard});
  }
  return build.pool.one_of(found);
}

ValueId apply_find_in_map(Evaluation& eval, const ExprClosure& at) {
  LinkContext& build = eval.build;
  const auto name = as_text(build.pool, eval.value(at, 0));
  const auto& mappings = build[eval.scope].mappings;
  const auto found = name ? mappings.find(*name) : mappings.end();
  if (found == mappings.end()) {
    if (build.operands(at).size() > 3) return eval.value(at, 3);
    return build.pool.unknown(cat("there is no mapping ", name.value_or("of this name")));
  }
  const NamedExpr& row = build.facts(found->second.text).mappings[found->second.row];
  const ExprClosure map{found->second.text, row.value, found->second.bindings};
  if (!map.exists()) return build.pool.unknown("the mapping is empty");
  std::vector<Alternative> results;
  for (const Alternative& key : keys_of(eval, build.operand(at, 1), map).names)
    results.push_back({map_entry(eval, at, map, key), key.guard});
  if (results.empty()) return build.pool.unknown("the mapping has no entry for any key");
  return build.pool.one_of(results);
}

struct FunctionRow {
  std::string_view name;
  Function function;
};
constexpr std::array<FunctionRow, 22> kIntrinsics{{
    {"Condition", apply_condition},
    {"Fn::And", apply_condition},
    {"Fn::Base64", apply_base64},
    {"Fn::Cidr", apply_cidr},
    {"Fn::Equals", apply_condition},
    {"Fn::FindInMap", apply_find_in_map},
    {"Fn::ForEach", apply_for_each},
    {"Fn::GetAZs", apply_get_azs},
    {"Fn::GetAtt", apply_get_att},
    {"Fn::If", apply_if},
    {"Fn::ImportValue", apply_import},
    {"Fn::Join", join},
    {"Fn::Length", length_of},
    {"Fn::Not", apply_condition},
    {"Fn::Or", apply_condition},
    {"Fn::Resolve", apply_resolve},
    {"Fn::Select", apply_select},
    {"Fn::Split", split_text},
    {"Fn::Sub", apply_sub},
    {"Fn::ToJsonString", apply_to_json},
    {"Fn::Transform", apply_transform},
    {"Ref", apply_ref},
}};

ValueId Evaluation::leaf(ExprId, const Expr& expr) {
  return build.pool.unknown(build.facts(at_.text).string(expr.name));
}

ValueId Evaluation::apply(ExprId id, const Expr& expr) {
  const std::string_view name = build.facts(at_.text).string(expr.name);
  const auto found = std::ranges::find(kIntrinsics, name, &FunctionRow::name);
  ExprClosure at = at_;
  at.expr = id;
  if (found == kIntrinsics.end() && further_ != nullptr && scope.exists())
    return further_(build, scope, at);
  if (found == kIntrinsics.end() || !scope.exists())
    return build.pool.unknown(cat("the function ", name, " is unknown"));
  return found->function(*this, at);
}

// Names that a resource's address may carry for what SAM makes of it: "Api.Stage".
ValueId generated_reference(const LinkContext& build, ScopeId scope, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == name.npos) return {};
  const auto& resources = build[scope].resources;
  const auto owner = resources.find(name.substr(0, dot));
  if (owner == resources.end()) return {};
  return build.pool.reference(owner->second, name.substr(dot + 1));
}

ValueId nothing_named(LinkContext& build, ScopeId scope, std::string_view name,
                      const ExprClosure& at) {
  // A program asks the machine that deploys it: whatever that says, it is the same wherever it
  // asks.
  if (build.facts(at.text).dialect == TemplateDialect::Chalice)
    return build.pool.hole(Origin::Outside, cat("env:", name));
  std::string why = build[scope].dropped.contains(name) ? cat(name, " is left out by its condition")
                                                        : cat("nothing is named ", name);
  if (!build[scope].dropped.contains(name)) note_nothing_named(build, scope, name, build.span(at));
  if (build.declared || !build[scope].asked_again)
    build.unresolved_once(scope, UnresolvedKind::Intrinsic, why, build.span(at));
  return build.pool.unknown(why);
}

}  // namespace

ValueId cloudformation_value(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  return cloudformation_value(build, scope, at, nullptr);
}

ValueId cloudformation_value(LinkContext& build, ScopeId scope, const ExprClosure& at,
                             FurtherFunction further) {
  Evaluation evaluation(build, scope, at, further);
  return evaluate(build.pool, build[at.text].tables, at.expr, evaluation);
}

ValueId bound_value(const LinkContext& build, BindingId bindings, std::string_view variable) {
  for (BindingId id = bindings; id.exists(); id = build.bindings[id.index].outer)
    if (build.bindings[id.index].variable == variable) return build.bindings[id.index].value;
  return {};
}

ValueId ref_value(LinkContext& build, ScopeId scope, std::string_view name, const ExprClosure& at) {
  if (const ValueId bound = bound_value(build, at.bindings, name); bound.exists()) return bound;
  if (const ValueId input = input_value(build, scope, name); input.exists()) return input;
  const auto& resources = build[scope].resources;
  if (const auto found = resources.find(name); found != resources.end())
    return build.pool.reference(found->second, "");
  if (const ValueId generated = generated_reference(build, scope, name); generated.exists())
    return generated;
  return nothing_named(build, scope, name, at);
}

ValueId attribute_value(LinkContext& build, ScopeId scope, std::string_view resource,
                        std::string_view attribute, const ExprClosure& at) {
  constexpr std::string_view kOutputs = "Outputs.";
  const auto& resources = build[scope].resources;
  const auto found = resources.find(resource);
  if (found == resources.end()) {
    const auto named = dialect_of(build, build[scope].text).named;
    const ResourceId made = named != nullptr ? named(build, scope, resource) : ResourceId{};
    if (made.exists()) return build.pool.reference(made, attribute);
    return nothing_named(build, scope, resource, at);
  }
  const auto child = build[scope].children.find(resource);
  if (child != build[scope].children.end() && attribute.starts_with(kOutputs))
    return output_value(build, child->second, attribute.substr(kOutputs.size()));
  return build.pool.reference(found->second, attribute);
}

}  // namespace fnlint::stacks
