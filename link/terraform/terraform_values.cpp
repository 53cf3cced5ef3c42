#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_json.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_state.h"
#include "link/terraform/terraform_types.h"
#include "values/functions.h"

#include <algorithm>
#include <array>

// What an expression of Terraform is: references to variables, locals, modules and instances.
namespace fnlint::stacks {

namespace {

constexpr std::size_t kFollowed = 64;  // names from one to the next
// Stands for more instances than a value keeps.
constexpr std::string_view kMany = "terraform_instances";

const Instances* many_instances(LinkContext& build, ValueId value) {
  const ValuePool& pool = build.pool;
  if (pool.opcode(value) != Opcode::Many) return nullptr;
  const auto scope = as_integer(pool, pool.operands(value)[0]);
  return instances_of(build, ScopeId{static_cast<std::uint32_t>(scope.value_or(0))},
                      as_text(pool, pool.operands(value)[1]).value_or(""));
}

ValueId instance_value(LinkContext& build, ValueId many, std::size_t row) {
  ValuePool& pool = build.pool;
  const ScopeId scope{
      static_cast<std::uint32_t>(as_integer(pool, pool.operands(many)[0]).value_or(0))};
  const std::string_view address = as_text(pool, pool.operands(many)[1]).value_or("");
  const Instance& of = instances_of(build, scope, address)->rows[row];
  return of.resource.exists() ? pool.reference(of.resource, "")
                              : stand_for(build.pool, scope, address, row);
}

std::string_view text_operand(const LinkContext& build, const ExprClosure& at, std::size_t i) {
  return build.literal(build.operand(at, i)).value_or(std::string_view{});
}

ScopedExpr mapping_named(const LinkContext& build, ScopeId scope, TextId text,
                         std::string_view name) {
  const TemplateFacts& facts = build.facts(text);
  for (const NamedExpr& row : facts.mappings)
    if (facts.string(row.name) == name) return {scope, {text, row.value}};
  return {};
}

// Whether a deployment takes the input from one of several files.
bool is_chosen(const LinkContext& build, ScopeId id, std::string_view name) {
  const Scope& scope = build.scopes[id.index];
  if (!scope.is_module() || scope.parent.exists()) return false;
  return std::ranges::any_of(module_of(build, id).choices, [&](TextId text) {
    return mapping_named(build, id, text, name).exists();
  });
}

// What an input is where no file of those that one is chosen of gives it.
ScopedExpr unchosen_definition(const LinkContext& build, ScopeId id, std::string_view name) {
  const Scope& scope = build.scopes[id.index];
  const auto& values = module_of(build, id).values;
  const auto given = values.find(name);
  if (given != values.end()) {
    const RowAt& at = given->second.back();
    return {id, {at.text, build.facts(at.text).mappings[at.row].value}};
  }
  const auto row = scope.inputs.find(name);
  if (row == scope.inputs.end()) return {};
  return {id, {row->second.text, build.facts(row->second.text).inputs[row->second.row].fallback}};
}

// One alternative for each file. Values that Terraform takes by itself may be all there is.
ValueId chosen_value(LinkContext& build, ScopeId id, std::string_view name) {
  ValuePool& pool = build.pool;
  std::vector<TextId> files = module_of(build, id).choices;
  if (!module_of(build, id).values.empty()) files.push_back({});
  std::vector<StringId> domain;
  for (const TextId text : files)
    domain.push_back(
        pool.string(text.exists() ? std::string_view(build[text].source->path) : "none"));
  const std::uint32_t choice = pool.choice(id.index, "file of values", domain);
  const ScopedExpr otherwise = unchosen_definition(build, id, name);
  std::vector<Alternative> ways;
  for (std::size_t i = 0; i < files.size() && i < 63; ++i) {
    ScopedExpr given;
    if (files[i].exists()) given = mapping_named(build, id, files[i], name);
    if (!given.exists()) given = otherwise;
    const ValueId value = given.exists() ? placed_value(build, given)
                                         : pool.hole(Origin::TemplateInput, name, id.index);
    ways.push_back({pool.with_uncertainty(value, kOverridable),
                    pool.guard({Test{choice, std::uint64_t{1} << i}})});
  }
  return pool.one_of(ways);
}

class TerraformEvaluation : public ExprContext {
 public:
  TerraformEvaluation(LinkContext& build, ScopeId scope, const ExprClosure& start)
      : build_(build), scope_(scope), at_(start) {}

  ValueId leaf(ExprId, const Expr& expr) override {
    return build_.pool.unknown(build_.facts(at_.text).string(expr.name));
  }
  ValueId apply(ExprId id, const Expr& expr) override;
  ValueId member_of(ValuePool&, ValueId base, std::string_view name) override {
    return attribute_of(build_, base, name);
  }
  ValueId member_at(ValuePool& pool, ExprId written, ValueId base, std::string_view name) override {
    ExprClosure at = at_;
    at.expr = written;
    const ValueId given = attribute_unless_null(build_, scope_, at, base, name);
    return given.exists() ? given : member_of(pool, base, name);
  }
  ValueId index_of(ValuePool& pool, ValueId base, ValueId index) override;

 private:
  ValueId value(const ExprClosure& at) { return value_of(build_, scope_, at); }
  ValueId name(const ExprClosure& at);
  ValueId instances(const ExprClosure& at, std::string_view address);
  ValueId path(std::string_view name);
  ValueId choose(const ExprClosure& at);
  ValueId equals(const ExprClosure& at);
  ValueId comprehend(const ExprClosure& at);
  ValueId comprehend_over(const ExprClosure& at, ValueId collection);
  ValueId call(const ExprClosure& at, std::string_view name);
  // --parameter and configuration: for every root module.
  const std::string* given_value(std::string_view name) const {
    const auto row = build_.parameters.given.find(std::string(name));
    return row == build_.parameters.given.end() || build_.scopes[scope_.index].parent.exists()
               ? nullptr
               : &row->second;
  }
  void note_undeclared(const ExprClosure& at, std::string_view key);
  ValueId typed(std::string_view name, const std::string& text);
  ValueId formed(std::string_view name, ValueId given);

  LinkContext& build_;
  ScopeId scope_;
  ExprClosure at_;
};

ValueId TerraformEvaluation::index_of(ValuePool& pool, ValueId base, ValueId position) {
  const auto text = as_text(pool, position);
  const bool list = pool.is(base, ValueKind::List);
  if (text && is_state(pool, base)) return state_output(build_, base, *text);
  if (const Instances* of = many_instances(build_, base); of != nullptr && text) {
    const auto is_key = [&](const Instance& row) { return as_text(pool, row.key) == text; };
    const auto row = std::ranges::find_if(of->rows, is_key);
    if (row == of->rows.end()) return of->open ? pool.unknown("one of many") : pool.absent();
    return instance_value(build_, base, static_cast<std::size_t>(row - of->rows.begin()));
  }
  if (!list && has_no_members(pool, base)) return pool.absent();
  if (text && list && !pool.is(position, ValueKind::Number)) position = pool.number(*text);
  if (text && pool.is(base, ValueKind::Record)) return member(pool, base, *text);
  if (const ValueId one = made_for(build_, base, position); !text && one.exists()) return one;
  return fnlint::index(pool, base, position);
}

ValueId TerraformEvaluation::name(const ExprClosure& at) {
  const std::string_view variable = text_operand(build_, at, 0);
  const ValueId bound = bound_value(build_, at.bindings, variable);
  return bound.exists() ? bound
                        : build_.pool.unknown(cat("nothing is named ", variable, " here"));
}

ValueId TerraformEvaluation::instances(const ExprClosure& at, std::string_view address) {
  const Instances* found = instances_of(build_, scope_, address);
  ValuePool& pool = build_.pool;
  if (found == nullptr) {
    std::string why = cat("nothing is named ", address);
    if (address.starts_with("aws_") || address.starts_with("data.aws_") ||
        address.starts_with("module."))
      note_nothing_named(build_, scope_, address, build_.span(at));
    build_.unresolved_once(scope_, UnresolvedKind::Intrinsic, why, build_.span(at));
    return pool.unknown(why);
  }
  if (found->progress != Progress::Done)
    return pool.unknown(cat("how many ", address, " there are depends on itself"));
  if (found->rows.size() > kCollectionItems)
    return pool.computed(
        Opcode::Many,
        std::array{pool.number(static_cast<std::int64_t>(scope_.index)), pool.text_value(address)});
  std::vector<NamedValue> named;
  std::vector<ValueId> items;
  for (std::size_t i = 0; i < found->rows.size(); ++i) {
    const Instance& row = found->rows[i];
    const ValueId one = row.resource.exists() ? pool.reference(row.resource, "")
                                              : stand_for(build_.pool, scope_, address, i);
    items.push_back(one);
    if (found->form == InstanceForm::Keyed)
      named.push_back({pool.string(as_text(pool, row.key).value_or("")), one});
  }
  switch (found->form) {
    case InstanceForm::One: return items.empty() ? pool.absent() : items.front();
    case InstanceForm::Counted: return pool.list(items, found->open);
    case InstanceForm::Keyed: return pool.record(named, found->open);
  }
  return pool.absent();
}

ValueId TerraformEvaluation::path(std::string_view name) {
  const TerraformModule& module = module_of(build_, scope_);
  if (name != "module" || module.folder == module.root) return build_.pool.text_value(".");
  // From the root module's folder to the module's.
  std::vector<std::string_view> from, to;
  if (!module.root.empty()) from = split(module.root, '/');
  if (!module.folder.empty()) to = split(module.folder, '/');
  std::size_t same = 0;
  while (same < from.size() && same < to.size() && from[same] == to[same]) ++same;
  std::string way;
  for (std::size_t i = same; i < from.size(); ++i) way += way.empty() ? ".." : "/..";
  for (std::size_t i = same; i < to.size(); ++i) way += cat(way.empty() ? "" : "/", to[i]);
  return build_.pool.text_value(way.empty() ? "." : way);
}

ValueId TerraformEvaluation::choose(const ExprClosure& at) {
  const Decision decision = decide(build_, {scope_, build_.operand(at, 0)});
  ValuePool& pool = build_.pool;
  if (decision.decided) return value(build_.operand(at, *decision.decided ? 1 : 2));
  const std::array ways{Alternative{value(build_.operand(at, 1)), decision.holds},
                        Alternative{value(build_.operand(at, 2)), decision.fails}};
  return pool.one_of(ways);
}

// Whatever is something is not null, and a resource's name is no empty text.
ValueId TerraformEvaluation::equals(const ExprClosure& at) {
  ValuePool& pool = build_.pool;
  std::array sides{value(build_.operand(at, 0)), value(build_.operand(at, 1))};
  const auto is_something = [&](ValueId id) {
    const ValueKind kind = pool[id].kind;
    return kind == ValueKind::Reference || kind == ValueKind::Pattern || kind == ValueKind::List ||
           kind == ValueKind::Record || kind == ValueKind::Text || kind == ValueKind::Number ||
           kind == ValueKind::Bool;
  };
  const std::uint8_t uncertainty = pool[sides[0]].uncertainty | pool[sides[1]].uncertainty;
  for (const unsigned i : {0U, 1U}) {
    const ValueId one = sides[i], other = sides[1 - i];
    const bool is_required =
        pool.is(other, ValueKind::Hole) && pool[other].origin == Origin::TemplateInput;
    if (is_nullish(pool, one) && is_nullish(pool, other))
      return pool.with_uncertainty(pool.boolean(true), uncertainty);
    if (is_nullish(pool, one) && (is_required || is_something(other)))  // hardly given as null
      return pool.with_uncertainty(pool.boolean(false),
                                is_required ? uncertainty | kHeuristic : uncertainty);
    const bool collection = pool.is(one, ValueKind::List) || pool.is(one, ValueKind::Record);
    const bool empty_text = pool.is(one, ValueKind::Text) && pool.text(one).empty();
    if (empty_text && pool.is(other, ValueKind::Reference)) return pool.boolean(false);
    if (collection && is_something(other) && pool[one].kind != pool[other].kind)
      return pool.with_uncertainty(pool.boolean(false), uncertainty);
  }
  // A number and its text are the same to those who compare them.
  const auto a = as_text(pool, sides[0]), b = as_text(pool, sides[1]);
  if (a && b) return pool.with_uncertainty(pool.boolean(*a == *b), uncertainty);
  return compute(pool, Opcode::Equal, sides);
}

ValueId TerraformEvaluation::comprehend(const ExprClosure& at) {
  ValuePool& pool = build_.pool;
  const ValueId collection = value(build_.operand(at, 0));
  if (!pool.is(collection, ValueKind::OneOf)) return comprehend_over(at, collection);
  std::vector<Alternative> ways;
  const std::size_t count = pool.operands(collection).size();
  for (std::size_t i = 0; i < count; ++i)
    ways.push_back(
        {comprehend_over(at, pool.operands(collection)[i]), pool.guards(collection)[i]});
  return pool.one_of(ways);
}

ValueId TerraformEvaluation::comprehend_over(const ExprClosure& at, ValueId collection) {
  constexpr std::uint8_t kRecord = 1, kGrouped = 2, kSplat = 4, kDynamic = 8;
  ValuePool& pool = build_.pool;
  const Expr& row = build_.expr(at);
  Elements elements;
  const ValueKind kind = pool[collection].kind;
  const bool single = (row.detail & kSplat) != 0 && kind != ValueKind::List;
  if (single && (kind == ValueKind::Null || kind == ValueKind::Absent)) return pool.list({});
  if (single)
    elements.rows.push_back({pool.number(0), collection});
  else
    elements = elements_of(build_, collection, {scope_, build_.operand(at, 0)});
  const std::string_view names = build_.facts(at.text).string(row.name);
  const std::size_t comma = names.find(',');
  std::vector<ValueId> items;
  std::vector<NamedValue> named;
  bool open = !elements.known;
  for (const Element& element : elements.rows) {
    open = open || build_.nodes_left == 0;
    if (build_.nodes_left == 0) break;
    --build_.nodes_left;
    ExprClosure turn = at;
    if ((row.detail & kDynamic) != 0) {
      const std::array entries{NamedValue{pool.string("key"), element.key},
                               NamedValue{pool.string("value"), element.value}};
      turn.bindings = bind(build_, names, pool.record(entries), at.bindings);
    } else if (comma == names.npos) {
      turn.bindings = bind(build_, names, element.value, at.bindings);
    } else {
      turn.bindings = bind(build_, names.substr(0, comma), element.key, at.bindings);
      turn.bindings = bind(build_, names.substr(comma + 1), element.value, turn.bindings);
    }
    std::uint8_t uncertainty = 0;
    if (const ExprClosure condition = build_.operand(turn, 3); condition.exists()) {
      const ValueId holds = value(condition);
      const Answer answer = truth(pool, holds);
      if (answer == Answer::No) continue;
      if (answer == Answer::Unknown) uncertainty = kConditional;
    }
    const ValueId one = pool.with_uncertainty(value(build_.operand(turn, 1)), uncertainty);
    if ((row.detail & kRecord) == 0) {
      items.push_back(one);
      continue;
    }
    const auto key = as_text(pool, value(build_.operand(turn, 2)));
    if (!key) {
      open = true;
      continue;
    }
    const StringId id = pool.string(*key);
    const auto known = std::ranges::find(named, id, &NamedValue::name);
    if ((row.detail & kGrouped) == 0) {
      named.push_back({id, one});
    } else if (known == named.end()) {
      named.push_back({id, pool.list(std::array{one})});
    } else {
      std::vector<ValueId> group(pool.operands(known->value).begin(),
                                 pool.operands(known->value).end());
      group.push_back(one);
      known->value = pool.list(group);
    }
  }
  if ((row.detail & kRecord) != 0) return pool.record(named, open);
  return pool.list(items, open);
}

ValueId TerraformEvaluation::call(const ExprClosure& at, std::string_view name) {
  FunctionCall call{.build = build_, .scope = scope_, .at = at};
  call.operand = [&](std::size_t i) { return value(build_.operand(at, i)); };
  if (!is_lazy_function(name)) {
    const Slice<Operand> slice = build_.expr(at).operands;
    for (std::uint32_t i = 0; i < slice.count; ++i) {
      const bool spread = build_.facts(at.text).operands[slice.first + i].spread != 0;
      const ValueId one = value(build_.operand(at, i));
      if (!spread) {
        call.arguments.push_back(one);
      } else if (build_.pool.is(one, ValueKind::List)) {
        const auto items = build_.pool.operands(one);
        call.arguments.insert(call.arguments.end(), items.begin(), items.end());
      } else {
        call.arguments.push_back(build_.pool.unknown("arguments that are not known"));
      }
    }
  }
  const bool tries = name == "try" || name == "can";
  if (tries) ++build_.terraform->tried;
  const ValueId result = terraform_function(call, name);
  if (tries) --build_.terraform->tried;
  if (result.exists()) return result;
  std::string why = cat("the function ", name, " is unknown");
  build_.unresolved_once(scope_, UnresolvedKind::Intrinsic, why, build_.span(at));
  return build_.pool.unknown(why);
}

ValueId TerraformEvaluation::typed(std::string_view name, const std::string& text) {
  ValuePool& pool = build_.pool;
  const auto row = build_[scope_].inputs.find(name);
  if (row == build_[scope_].inputs.end()) return pool.text_value(text);
  const TemplateFacts& facts = build_.facts(row->second.text);
  const std::string_view type = facts.string(facts.inputs[row->second.row].type);
  if (type == "number") return pool.number(trim(text));
  if (type == "bool") return pool.boolean(text == "true");
  if (type.empty() || type == "string") return pool.text_value(text);
  return json_value(build_, pool.text_value(text));
}

// A variable's value with what its type adds to it.
ValueId TerraformEvaluation::formed(std::string_view name, ValueId given) {
  const auto row = build_[scope_].inputs.find(name);
  if (row == build_[scope_].inputs.end()) return given;
  const TemplateFacts& facts = build_.facts(row->second.text);
  const Slice<ExprId> type = facts.inputs[row->second.row].allowed;
  if (type.count == 0) return given;
  return with_type_defaults(build_, scope_, {row->second.text, facts.allowed[type.first]}, given);
}

// "local.x", "var.x". Of a module without any variable of its own, a tool may bring them all.
void TerraformEvaluation::note_undeclared(const ExprClosure& at, std::string_view key) {
  if (key.starts_with("local.") || !build_[scope_].inputs.empty())
    note_nothing_named(build_, scope_, key, build_.span(at));
}

ValueId TerraformEvaluation::apply(ExprId id, const Expr& expr) {
  ExprClosure at = at_;
  at.expr = id;
  if (!scope_.exists()) return build_.pool.unknown("a value outside of any module");
  if (expr.kind == ExprKind::Comprehend) return comprehend(at);
  const std::string_view function = build_.facts(at.text).string(expr.name);
  const std::string_view first = text_operand(build_, at, 0);
  if (!function.ends_with('.')) return call(at, function);
  if (function == "var." || function == "local.") {
    // References into an unordered_map stay valid while it grows.
    const std::string_view key = build_.pool[build_.pool.string(cat(function, first))];
    InputState& state = build_[scope_].input_states[key];
    if (state.progress == Progress::Begun)
      return build_.pool.unknown(cat(key, " depends on itself"));
    if (state.progress == Progress::Done) return state.value;
    state.progress = Progress::Begun;
    const ScopedExpr found =
        definition_of(build_, scope_, function.substr(0, function.size() - 1), first);
    const std::string* given = function == "var." ? given_value(first) : nullptr;
    if (given != nullptr) {
      state.value = typed(first, *given);
    } else if (function == "var." && is_chosen(build_, scope_, first)) {
      state.value = chosen_value(build_, scope_, first);
    } else if (found.exists()) {
      state.value = placed_value(build_, found);
    } else if (function == "var." && build_[scope_].inputs.contains(first)) {
      state.value = build_.pool.hole(Origin::TemplateInput, first, scope_.index);
    } else {
      std::string why = cat("nothing is named ", key);
      note_undeclared(at, key);
      build_.unresolved_once(scope_, UnresolvedKind::Intrinsic, why, build_.span(at));
      // Wrappers write variables beside the files: it has one value, whatever that is.
      state.value = function == "var."
                        ? build_.pool.hole(Origin::TemplateInput, first, scope_.index)
                        : build_.pool.unknown(why);
    }
    if (function == "var.") state.value = formed(first, state.value);
    state.progress = Progress::Done;
    return state.value;
  }
  if (function == "name.") return name(at);
  if (function == "choose.") return choose(at);
  if (function == "equals.") return equals(at);
  if (function == "resource.")
    return instances(at, cat(first, ".", text_operand(build_, at, 1)));
  if (function == "data.")
    return instances(at, cat("data.", first, ".", text_operand(build_, at, 1)));
  if (function == "module.") return instances(at, cat("module.", first));
  if (function == "path.") return path(first);
  if (function == "terraform.")
    return build_.pool.with_uncertainty(build_.pool.hole(Origin::Pseudo, "terraform.workspace"), 0);
  return build_.pool.unknown("this cannot be determined");
}

ScopedExpr input_definition(LinkContext& build, ScopeId id, std::string_view name) {
  if (is_chosen(build, id, name)) return {};
  Scope& scope = build[id];
  const auto bound = scope.bound.find(name);
  if (bound != scope.bound.end()) return {scope.parent, bound->second};
  const auto row = scope.inputs.find(name);
  if (row == scope.inputs.end()) return {};
  const TerraformModule& module = module_of(build, id);
  if (scope.is_module() && !scope.parent.exists()) {
    const auto given = module.values.find(name);
    if (given != module.values.end()) {
      const RowAt& at = given->second.back();
      return {id, {at.text, build.facts(at.text).mappings[at.row].value}};
    }
  }
  const ExprId fallback = build.facts(row->second.text).inputs[row->second.row].fallback;
  if (!fallback.exists()) return {};
  // What a caller leaves to the default is decided; at the root a deployment may still give it.
  return {id, {row->second.text, fallback}, module.by_default};
}

}  // namespace

ExprClosure local_value(LinkContext& build, ScopeId scope, std::string_view name) {
  return definition_of(build, scope, "local", name).written;
}

ScopedExpr definition_of(LinkContext& build, ScopeId id, std::string_view what,
                         std::string_view name) {
  if (what == "var") return input_definition(build, id, name);
  const Scope& scope = build[id];
  const auto& rows = what == "output" ? scope.outputs : scope.mappings;
  const auto row = rows.find(name);
  if (row == rows.end()) return {};
  const TemplateFacts& facts = build.facts(row->second.text);
  const auto& table = what == "output" ? facts.outputs : facts.mappings;
  return {id, {row->second.text, table[row->second.row].value}};
}

ValueId placed_value(LinkContext& build, const ScopedExpr& at) {
  const ValueId value = value_of(build, at.scope, at.written);
  return at.uncertainty == 0 ? value : build.pool.with_uncertainty(value, at.uncertainty);
}

// The operand that coalesce() gives, the first that is there; or try(), the first that has a value,
// and be it null. None where that is not known.
ScopedExpr first_given(LinkContext& build, const ScopedExpr& call, bool takes_null) {
  const std::size_t count = build.operands(call.written).size();
  for (std::size_t i = 0; i < count; ++i) {
    const ScopedExpr operand{call.scope, build.operand(call.written, i)};
    const ValueId value = placed_value(build, operand);
    if (!value.exists() || build.pool.is(value, ValueKind::Unknown)) return {};
    const bool is_null = build.pool.is(value, ValueKind::Null) || as_text(build.pool, value) == "";
    if (build.pool.is(value, ValueKind::Absent)) continue;
    if (takes_null || !is_null) return operand;
  }
  return {};
}

ScopedExpr followed(LinkContext& build, ScopedExpr at) {
  for (std::size_t step = 0; step < kFollowed && at.exists(); ++step) {
    const Expr& row = build.expr(at.written);
    const std::string_view function = build.function(at.written);
    ScopedExpr next;
    if (function == "var." || function == "local.") {
      next = definition_of(build, at.scope, function.substr(0, function.size() - 1),
                           text_operand(build, at.written, 0));
      // A value that a deployment gives by name goes first.
      const std::string name(text_operand(build, at.written, 0));
      if (function == "var." && !build[at.scope].parent.exists() &&
          build.parameters.given.contains(name))
        return at;
    } else if (function == "choose.") {
      const Decision decision = decide(build, {at.scope, build.operand(at.written, 0)});
      if (!decision.decided) return at;
      next = {at.scope, build.operand(at.written, *decision.decided ? 1 : 2)};
    } else if (function == "sensitive" || function == "nonsensitive" || function == "tomap" ||
               function == "tolist" || function == "ephemeralasnull") {
      next = {at.scope, build.operand(at.written, 0)};
    } else if (function == "coalesce" || function == "try") {
      next = first_given(build, at, function == "try");
    } else if (row.kind == ExprKind::Member) {
      ExprClosure base = at.written;
      base.expr = ExprId{row.ref};
      const std::string name(build.facts(at.written.text).string(row.name));
      const ScopedExpr record = followed(build, {at.scope, base});
      if (!record.exists()) return at;
      if (build.function(record.written) == "module.") {
        const Instances* found = instances_of(
            build, record.scope, cat("module.", text_operand(build, record.written, 0)));
        if (found == nullptr || found->rows.size() != 1 || found->form != InstanceForm::One ||
            !found->rows[0].scope.exists())
          return at;
        next = definition_of(build, found->rows[0].scope, "output", name);
      } else {
        const ExprClosure entry = build.entry(record.written, name);
        if (!entry.exists()) return at;
        next = {record.scope, entry, record.uncertainty};
      }
    } else {
      return at;
    }
    if (!next.exists()) return at;
    next.uncertainty = static_cast<std::uint8_t>(next.uncertainty | at.uncertainty);
    at = next;
  }
  return at;
}

Elements elements_of(LinkContext& build, ValueId collection) {
  ValuePool& pool = build.pool;
  Elements found;
  const ValueKind kind = pool[collection].kind;
  if (const Instances* of = many_instances(build, collection)) {
    for (std::size_t i = 0; i < of->rows.size(); ++i)
      found.rows.push_back({of->rows[i].key, instance_value(build, collection, i)});
    found.known = !of->open;
    found.list = of->form == InstanceForm::Counted;
    return found;
  }
  if (kind == ValueKind::Null || kind == ValueKind::Absent) return found;
  const std::size_t count =
      kind == ValueKind::List || kind == ValueKind::Record ? pool.operands(collection).size() : 0;
  for (std::size_t i = 0; i < count; ++i) {
    const ValueId item = pool.operands(collection)[i];
    if (kind == ValueKind::List) {
      found.rows.push_back({pool.number(static_cast<std::int64_t>(i)), item});
      continue;
    }
    const std::string_view name = pool[pool.names(collection)[i]];
    if (name == kRest) continue;
    found.rows.push_back({pool.text_value(name), item});
  }
  found.list = kind == ValueKind::List;
  if (found.list || kind == ValueKind::Record) {
    found.known = pool[collection].ref == 0;
    return found;
  }
  found.known = false;
  const ValueId any = element(pool, collection);
  found.rows.push_back({any, any});
  return found;
}

ValueId terraform_value(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  TerraformEvaluation evaluation(build, scope, at);
  return evaluate(build.pool, build[at.text].tables, at.expr, evaluation);
}

}  // namespace fnlint::stacks
