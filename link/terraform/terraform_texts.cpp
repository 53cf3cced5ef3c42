#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_texts.h"
#include "link/terraform/terraform_evaluation.h"

// Long texts of Terraform at full length, with the place of each part.
namespace fnlint::stacks {

namespace {

constexpr std::string_view kTemplateText = "templatefile";

// A text as long as it is, of whatever it is put together from.
class TextAssembly {
 public:
  TextAssembly(LinkContext& build, TextId from) : build_(build) { result.from = from; }

  void add(ScopedExpr at, std::uint32_t depth);
  LongText result;

 private:
  void add_value(ValueId value);
  void add_place();
  LinkContext& build_;
  std::uint32_t part_ = 0;  // where the innermost part begins that stands in the text's own file
};

// What another file has, or a value, lies where it is put in.
void TextAssembly::add_place() {
  result.places.push_back({static_cast<std::uint32_t>(result.text.size()), part_});
}

void TextAssembly::add_value(ValueId value) {
  const ValuePool& pool = build_.pool;
  if (const auto text = as_text(pool, value)) {
    result.text += *text;
  } else if (pool.is(value, ValueKind::Pattern)) {
    for (const ValueId part : pool.operands(value)) add_value(part);
  } else {
    // Terraform refuses null in a text: where this is read, there is something.
    const bool nothing = pool.is(value, ValueKind::Absent) || pool.is(value, ValueKind::Null);
    result.text += hole_mark(result.holes.size());
    result.holes.push_back(nothing ? build_.pool.unknown("null in a text") : value);
  }
}

void TextAssembly::add(ScopedExpr at, std::uint32_t depth) {
  if (!at.exists()) return;
  if (depth > kNestingDepth || result.text.size() > kSourceBytes || build_.nodes_left == 0) {
    result.known = false;
    return;
  }
  --build_.nodes_left;
  const auto note_part = [&] {
    if (at.written.text == result.from)
      part_ = build_.facts(result.from).expr_ranges[at.written.expr.index].begin;
  };
  note_part();
  at = followed(build_, at);
  note_part();
  const Expr& row = build_.expr(at.written);
  const std::string_view function = build_.function(at.written);
  const auto begin = static_cast<std::uint32_t>(result.text.size());
  const auto note_elsewhere = [&] {
    result.elsewhere.push_back({begin, static_cast<std::uint32_t>(result.text.size())});
  };
  if (row.kind == ExprKind::Text) {
    if (at.written.text == result.from)
      add_locations(build_, at.written, result.text.size(), result.places);
    else
      add_place();
    result.text += build_.facts(at.written.text).string(row.name);
    if (at.written.text != result.from) note_elsewhere();
  } else if (row.kind == ExprKind::Concat) {
    const std::size_t count = build_.operands(at.written).size();
    for (std::size_t i = 0; i < count; ++i)
      add({at.scope, build_.operand(at.written, i)}, depth + 1);
  } else if (function == "choose.") {
    // Which one it will be is open: the first says more.
    ScopedExpr way{at.scope, build_.operand(at.written, 1)};
    const bool nothing = build_.expr(way.written).kind == ExprKind::Null;
    if (nothing) way.written = build_.operand(at.written, 2);
    add(way, depth + 1);
  } else if (function == "templatefile") {
    const ScopedExpr text = template_text(build_, at);
    if (text.exists())
      add(text, depth + 1);
    else
      result.known = false;
  } else if (function == "file") {
    const auto written =
        as_text(build_.pool, value_of(build_, at.scope, build_.operand(at.written, 0)));
    const auto path = written ? terraform_path(build_, at.scope, *written) : std::nullopt;
    const auto text = path ? build_.files.read(*path, kSourceBytes)
                           : Result<std::string>(Error{"not known"});
    add_place();
    if (text)
      result.text += text.value();
    else
      result.known = false;
    note_elsewhere();
  } else {
    add_place();
    add_value(placed_value(build_, at));
    note_elsewhere();
  }
}

}  // namespace

LongText terraform_text(LinkContext& build, const ScopedExpr& at) {
  TextAssembly assembly(build, at.written.text);
  assembly.add(at, 0);
  return std::move(assembly.result);
}

std::optional<std::string> terraform_path(const LinkContext& build, ScopeId scope,
                                          std::string_view written) {
  if (written.starts_with('/') || written.starts_with('~')) return std::nullopt;
  std::string path = normal_path(join_path(module_of(build, scope).root, written));
  if (path == ".." || path.starts_with("../") || path.starts_with('/')) return std::nullopt;
  return path == "." ? std::string() : path;
}

ScopedExpr template_text(LinkContext& build, const ScopedExpr& call) {
  // "Recursive calls to templatefile are not permitted" (developer.hashicorp.com, templatefile).
  if (build.facts(call.written.text).fragment.exists()) return {};
  ValuePool& pool = build.pool;
  const auto written = as_text(pool, value_of(build, call.scope, build.operand(call.written, 0)));
  const auto path = written ? terraform_path(build, call.scope, *written) : std::nullopt;
  if (!path) return {};
  const auto found = build.fragments.find(fragment_key(*path, true, kTemplateText));
  if (found == build.fragments.end()) return {};
  ExprClosure text{found->second, build.facts(found->second).fragment};
  if (!text.exists()) return {};
  const ValueId variables = value_of(build, call.scope, build.operand(call.written, 1));
  if (pool.is(variables, ValueKind::Record)) {
    const std::size_t count = pool.operands(variables).size();
    for (std::size_t i = 0; i < count; ++i)
      text.bindings = bind(build, pool[pool.names(variables)[i]], pool.operands(variables)[i],
                           text.bindings);
  }
  return {call.scope, text};
}

}  // namespace fnlint::stacks
