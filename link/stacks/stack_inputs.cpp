// Takes what a caller binds, what is given from outside, or the default, typed as the parameter is,
// and collects the domains of choices beforehand.

#include "link/stacks/stack_inputs.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parameter_store.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

// What templates compare pseudo parameters with.
struct PseudoDomains {
  std::unordered_map<std::string_view, std::vector<StringId>> by_name = {};
};

namespace {

constexpr std::uint64_t kAnyOther = std::uint64_t{1} << 63U;

// The name that an expression refers to by Ref; empty for anything else.
std::string_view referred(const LinkContext& build, const ExprClosure& at) {
  if (!at.exists() || build.function(at) != "Ref") return {};
  return build.literal(build.operand(at, 0)).value_or(std::string_view{});
}

void compare_operands(const LinkContext& build, Text& text, const ExprClosure& at) {
  for (const unsigned left : {0U, 1U}) {
    const std::string_view name = referred(build, build.operand(at, left));
    if (name.empty()) continue;
    const ExprClosure literal = build.operand(at, 1 - left);
    if (!literal.exists()) continue;
    const ExprKind kind = build.expr(literal).kind;
    if (kind == ExprKind::Text || kind == ExprKind::Number)
      text.compared.emplace_back(name, build.facts(at.text).string(build.expr(literal).name));
    if (kind == ExprKind::Bool)
      text.compared.emplace_back(name, build.expr(literal).detail != 0 ? "true" : "false");
  }
}

// The names of a map's entries are what its key is compared with.
void compare_keys(const LinkContext& build, Text& text, const ExprClosure& at) {
  const TemplateFacts& facts = build.facts(at.text);
  const std::string_view first = referred(build, build.operand(at, 1));
  const std::string_view second = referred(build, build.operand(at, 2));
  const auto map = build.literal(build.operand(at, 0));
  if (!map || (first.empty() && second.empty())) return;
  const auto found = std::ranges::find_if(
      facts.mappings, [&](const NamedExpr& row) { return facts.string(row.name) == *map; });
  if (found == facts.mappings.end() || !found->value.exists()) return;
  for (const Operand& entry : facts.operands_of(facts[found->value].operands)) {
    if (!first.empty()) text.compared.emplace_back(first, facts.string(entry.name));
    if (second.empty() || !entry.value.exists()) continue;
    for (const Operand& inner : facts.operands_of(facts[entry.value].operands))
      text.compared.emplace_back(second, facts.string(inner.name));
  }
}

bool gives_list(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<") ||
         type.find("Value<List<") != type.npos ||
         type.find("Value<CommaDelimitedList") != type.npos;
}

ValueId typed(ValuePool& pool, std::string_view type, std::string_view text) {
  if (type == "Number") return pool.number(trim(text));
  if (!gives_list(type)) return pool.text_value(text);
  std::vector<ValueId> items;
  if (!text.empty())
    for (std::string_view item : split(text, ',')) {
      if (item.ends_with('\\')) item.remove_suffix(1);  // for the command line: "a\\,b"
      items.push_back(pool.text_value(trim(item)));
    }
  return pool.list(items);
}

ValueId retyped(ValuePool& pool, std::string_view type, ValueId value) {
  const auto text = as_text(pool, value);
  if (!text || !gives_list(type)) return value;
  return pool.with_uncertainty(typed(pool, type, *text), pool[value].uncertainty);
}

const std::string* given_value(const LinkContext& build, const Scope& scope,
                               std::string_view name) {
  const std::string key(name);
  const std::string& path = build[scope.text].source->path;
  if (const std::string* given = build.parameters.given_to(path, key)) return given;
  if (scope.parent.exists()) return nullptr;
  const auto by_template = build.parameters.by_template.find(path);
  if (by_template == build.parameters.by_template.end()) return nullptr;
  const auto found = by_template->second.find(key);
  return found == by_template->second.end() ? nullptr : &found->second;
}

struct Declared {
  const TemplateFacts* facts = nullptr;
  const Input* input = nullptr;
  ExprClosure at = {};  // of the fallback
};
std::optional<Declared> declared(const LinkContext& build, const Scope& scope,
                                 std::string_view name) {
  const auto found = scope.inputs.find(name);
  if (found == scope.inputs.end()) return std::nullopt;
  const TemplateFacts& facts = build.facts(found->second.text);
  const Input& input = facts.inputs[found->second.row];
  return Declared{&facts, &input, {found->second.text, input.fallback}};
}

std::vector<std::string_view> allowed_values(const Declared& input) {
  std::vector<std::string_view> values;
  for (std::uint32_t i = 0; i < input.input->allowed.count; ++i) {
    const ExprId id = input.facts->allowed[input.input->allowed.first + i];
    if (!id.exists()) continue;
    const Expr& expr = (*input.facts)[id];
    if (expr.kind == ExprKind::Text || expr.kind == ExprKind::Number)
      values.push_back(input.facts->string(expr.name));
    if (expr.kind == ExprKind::Bool) values.push_back(expr.detail != 0 ? "true" : "false");
  }
  return values;
}

std::vector<StringId> domain_of(LinkContext& build, const Scope& scope, std::string_view name,
                                const Declared& input) {
  std::vector<StringId> domain;
  const auto add = [&](std::string_view value) {
    const StringId id = build.pool.string(value);
    if (std::ranges::find(domain, id) == domain.end()) domain.push_back(id);
  };
  for (const std::string_view value : allowed_values(input)) add(value);
  if (input.at.exists()) {
    const auto text = as_text(build.pool, value_of(build, {}, input.at));
    if (text) add(*text);
  }
  const auto found = scope.domains.find(name);
  if (input.input->allowed.count == 0 && found != scope.domains.end())
    for (const StringId value : found->second) add(build.pool[value]);
  return domain;
}

// One of AllowedValues, the default first.
ValueId one_of_allowed(ValuePool& pool, const InputState& state, std::string_view type,
                       std::span<const std::string_view> allowed, std::string_view fallback) {
  std::vector<std::string_view> ordered(allowed.begin(), allowed.end());
  const auto first = std::ranges::find(ordered, fallback);
  if (first != ordered.end()) std::rotate(ordered.begin(), first, first + 1);
  if (ordered.size() > kAlternatives)
    return pool.with_uncertainty(typed(pool, type, fallback), kOverridable | kCut);
  std::vector<Alternative> alternatives;
  const OpenInput input{*state.choice, state.closed};
  for (const std::string_view value : ordered) {
    const ValueId item = pool.with_uncertainty(typed(pool, type, value), kOverridable);
    const auto test = test_of(pool, input, value);
    alternatives.push_back({item, test ? pool.guard({*test}) : GuardId{}});
  }
  return pool.one_of(alternatives);
}

// Conditions that ask for the default alone ask whether a deployment gives something: what holds
// where it does is not said of the default.
ValueId given_or_default(const LinkContext& build, ScopeId scope, std::string_view name,
                         ValueId fallback, const InputState& state) {
  const ValueId own = build.pool.with_uncertainty(fallback, kOverridable);
  const OpenInput input{*state.choice, state.closed};
  const auto text = as_text(build.pool, fallback);
  const auto asked = build[scope].domains.find(name);
  const auto test = text ? test_of(build.pool, input, *text) : std::nullopt;
  if (!test || asked == build[scope].domains.end() || asked->second.size() != 1 ||
      build.pool[asked->second[0]] != *text)
    return own;
  const ValueId given = build.pool.hole(Origin::TemplateInput, name, scope.index);
  return build.pool.one_of(
      std::array{Alternative{own, build.pool.guard({*test})},
                 Alternative{given, build.pool.guard({other_values(build.pool, input, *test)})}});
}

ValueId default_value(LinkContext& build, ScopeId scope, std::string_view name,
                      const Declared& input, const InputState& state) {
  const std::string_view type = input.facts->string(input.input->type);
  if (!input.at.exists()) {
    if (type.starts_with("AWS::SSM::Parameter::Value"))
      return build.pool.hole(Origin::Outside, cat("ssm:", name), scope.index);
    return build.pool.hole(Origin::TemplateInput, name, scope.index);
  }
  const ValueId fallback = value_of(build, {}, input.at);
  const auto text = as_text(build.pool, fallback);
  if (type.starts_with("AWS::SSM::Parameter::Value") && text)
    return build.pool.with_uncertainty(
        retyped(build.pool, type, parameter_store_value(build, *text)), kOverridable);
  const auto allowed = allowed_values(input);
  // A default that repeats the name holds the place of what a deployment gives: Amplify writes it.
  if (text && *text == name && allowed.empty())
    return build.pool.hole(Origin::TemplateInput, name, scope.index);
  if (text && allowed.size() > 1) return one_of_allowed(build.pool, state, type, allowed, *text);
  return given_or_default(build, scope, name, retyped(build.pool, type, fallback), state);
}

// A parameter's value, and whether it is still open.
ValueId decide(LinkContext& build, ScopeId id, std::string_view name, const Declared& input,
               InputState& state) {
  Scope& scope = build[id];
  const std::string_view type = input.facts->string(input.input->type);
  if (const auto bound = scope.bound.find(name); bound != scope.bound.end()) {
    const ValueId value = value_of(build, scope.parent, bound->second);
    if (!build.pool.is(value, ValueKind::Absent)) {
      const bool literal = as_text(build.pool, value).has_value();
      if (literal && (build.pool[value].uncertainty & kOverridable) != 0)
        state.choice = build.pool.choice(id.index, name, domain_of(build, scope, name, input));
      return retyped(build.pool, type, value);
    }
  }
  if (const std::string* given = given_value(build, scope, name)) {
    if (type.starts_with("AWS::SSM::Parameter::Value"))
      return retyped(build.pool, type, parameter_store_value(build, *given));
    return typed(build.pool, type, *given);
  }
  state.choice = build.pool.choice(id.index, name, domain_of(build, scope, name, input));
  state.closed = input.input->allowed.count > 0;
  return default_value(build, id, name, input, state);
}

bool is_pseudo(std::string_view name) { return is_one_of(known::pseudo_parameters(), name); }

// What every stack has its own of.
bool of_stack(std::string_view name) {
  return name == "AWS::StackId" || name == "AWS::StackName" || name == "AWS::NotificationARNs";
}

InputState& state_of(LinkContext& build, ScopeId id, std::string_view name) {
  InputState& state = build[id].input_states[name];
  if (state.progress != Progress::Untouched) return state;
  state.progress = Progress::Begun;
  const std::optional<Declared> input = declared(build, build[id], name);
  if (input) {
    // References into an unordered_map stay valid while it grows.
    state.value = decide(build, id, name, *input, state);
  } else if (is_pseudo(name)) {
    const std::uint64_t own = of_stack(name) ? id.index + 1 : 0;
    state.value = build.pool.hole(Origin::Pseudo, name, own);
    const auto domain = build.pseudo_domains->by_name.find(name);
    if (domain != build.pseudo_domains->by_name.end())
      state.choice = build.pool.choice(of_stack(name) ? id.index : 0, name, domain->second);
  }
  state.progress = Progress::Done;
  return state;
}

}  // namespace

void collect_comparisons(LinkContext& build, TextId id) {
  Text& text = build.texts[id.index];
  const TemplateFacts& facts = *text.source->facts;
  for (std::uint32_t row = 0; row < facts.exprs.size(); ++row) {
    const ExprClosure at{id, ExprId{row}};
    const std::string_view function = build.function(at);
    if (function == "Fn::Equals") compare_operands(build, text, at);
    if (function == "Fn::FindInMap") compare_keys(build, text, at);
  }
  for (const auto& [name, value] : text.compared) {
    if (!is_pseudo(name)) continue;
    std::vector<StringId>& domain = build.pseudo_domains->by_name[name];
    const StringId literal = build.pool.string(value);
    if (std::ranges::find(domain, literal) == domain.end()) domain.push_back(literal);
  }
}

ValueId input_value(LinkContext& build, ScopeId scope, std::string_view name) {
  if (name == "AWS::NoValue") return build.pool.absent();
  const bool known = build[scope].inputs.contains(name) || is_pseudo(name);
  if (!known) return {};
  const InputState& state = state_of(build, scope, name);
  if (state.progress != Progress::Done)
    return build.pool.unknown(cat("the parameter ", name, " depends on itself"));
  return state.value;
}

std::optional<OpenInput> open_input(LinkContext& build, ScopeId scope, std::string_view name) {
  if (!build[scope].inputs.contains(name) && !is_pseudo(name)) return std::nullopt;
  const InputState& state = state_of(build, scope, name);
  if (state.progress != Progress::Done || !state.choice) return std::nullopt;
  return OpenInput{*state.choice, state.closed};
}

std::optional<Test> test_of(ValuePool& pool, const OpenInput& input, std::string_view value) {
  const std::vector<StringId>& domain = pool.choice_row(input.choice).domain;
  for (std::size_t i = 0; i < domain.size() && i < 63; ++i)
    if (pool[domain[i]] == value) return Test{input.choice, std::uint64_t{1} << i};
  return std::nullopt;
}

Test other_values(ValuePool& pool, const OpenInput& input, const Test& test) {
  const std::size_t count = pool.choice_row(input.choice).domain.size();
  std::uint64_t all = count >= 63 ? kAnyOther - 1 : (std::uint64_t{1} << count) - 1;
  if (!input.closed || count > 63) all |= kAnyOther;
  return {test.choice, all & ~test.allowed};
}

}  // namespace fnlint::stacks
