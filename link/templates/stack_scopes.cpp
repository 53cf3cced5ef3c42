// Decides which texts are roots, nests stacks and modules, unrolls loops, and makes rows for all
// that conditions allow.

#include "link/templates/stack_scopes.h"

#include "core/text.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/cloudformation/snapshots.h"
#include "link/resolve/archive_names.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_inputs.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/cut_resources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parted_templates.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/stack_inputs.h"
#include "link/stacks/stack_texts.h"
#include "link/stacks/work_shares.h"
#include "link/templates/duplicate_definitions.h"
#include "link/templates/nested_templates.h"
#include "link/templates/template_parts.h"
#include "link/terraform/terraform.h"
#include "values/whole_text.h"

#include <algorithm>
#include <set>

namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kStackDepth = 16;
constexpr std::size_t kStackScopes = 2000;

// What one copy of something inside loops is called.
struct Copy {
  std::string name = {};
  BindingId bindings = {};
};

// The loops around something, outermost first.
std::vector<const ForEach*> loops_around(const TemplateFacts& facts, LoopId loop) {
  std::vector<const ForEach*> around;
  for (LoopId id = loop; id.exists() && around.size() < 8; id = facts.loops[id.index].outer)
    around.insert(around.begin(), &facts.loops[id.index]);
  return around;
}

std::vector<BindingId> loop_bindings(LinkContext& build, ScopeId scope, TextId text, LoopId loop) {
  std::vector<BindingId> bindings{BindingId{}};
  const TemplateFacts& facts = build.facts(text);
  for (const ForEach* each : loops_around(facts, loop)) {
    std::vector<BindingId> next;
    const std::string_view variable = facts.string(each->variable);
    for (const BindingId outer : bindings) {
      const ExprClosure collection{text, each->collection, outer};
      for (const ValueId element : loop_elements(build, scope, collection, variable)) {
        if (next.size() == kLoopCopies) {
          build.problem(build.span(text, each->where),
                        cat("this loop makes more than ", kLoopCopies, " copies"));
          return next;
        }
        next.push_back({static_cast<std::uint32_t>(build.bindings.size())});
        build.bindings.push_back({variable, element, outer});
      }
    }
    bindings = std::move(next);
  }
  return bindings;
}

// Every copy of something that stands outside of loops, or inside.
std::vector<Copy> copies(LinkContext& build, ScopeId scope, TextId text, StringId name,
                         ExprId in_loop, LoopId loop) {
  if (!loop.exists()) return {{std::string(build.facts(text).string(name)), {}}};
  std::vector<Copy> found;
  for (const BindingId bindings : loop_bindings(build, scope, text, loop)) {
    const ValueId value = value_of(build, scope, {text, in_loop, bindings});
    found.push_back({whole_words(build.pool, value), bindings});
  }
  return found;
}

void add_rows(LinkContext& build, ScopeId scope, TextId text, const std::vector<NamedExpr>& rows,
              std::unordered_map<std::string_view, RowAt>& to) {
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const NamedExpr& row = rows[i];
    for (const Copy& copy : copies(build, scope, text, row.name, row.name_in_loop, row.loop))
      to.emplace(build.pool[build.pool.string(copy.name)], RowAt{text, i, copy.bindings});
  }
}

// Dialects whose scopes are made of several files, none of which names the others.
bool is_of_parts(TemplateDialect dialect) {
  return dialect == TemplateDialect::LambdaApi || dialect == TemplateDialect::Chalice;
}

// The folder whose parts are one scope: that of answers of the Lambda API, a snapshot of an
// account; that of a Chalice app, whose settings lie in a folder of their own.
std::string_view whole_of(const LinkContext& build, TextId text) {
  const std::string_view folder = folder_of(build[text].source->path);
  return file_name_of(folder) == ".chalice" ? folder_of(folder) : folder;
}

bool is_chalice(const LinkContext& build, TextId text) {
  return build.facts(text).dialect == TemplateDialect::Chalice;
}
bool is_chalice_program(const LinkContext& build, TextId text) {
  return is_chalice(build, text) && build[text].source->path.ends_with(".py");
}

// What says more comes first: of Chalice the program, to which the others only add.
std::vector<TextId> parts_of(const LinkContext& build, TextId text) {
  std::vector<TextId> all;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i)
    if (build.facts(TextId{i}).dialect == build.facts(text).dialect &&
        whole_of(build, TextId{i}) == whole_of(build, text))
      all.push_back(TextId{i});
  std::ranges::stable_partition(all, [&](TextId part) { return is_chalice_program(build, part); });
  return all;
}

// The template and the files that it includes as sections.
std::vector<TextId> texts_of(const LinkContext& build, TextId text) {
  if (is_of_parts(build.facts(text).dialect)) return parts_of(build, text);
  if (!build.parts->of[text.index].empty()) return build.parts->of[text.index];
  std::vector<TextId> all{text};
  std::set<std::uint32_t> seen{text.index};
  for (std::size_t i = 0; i < all.size() && i < 64; ++i) {
    const TemplateFacts& facts = build.facts(all[i]);
    for (const Wanted& wanted : facts.wanted) {
      const bool variable = wanted.kind == WantedKind::Variable;
      if (!variable && (wanted.kind != WantedKind::Include || !wanted.section.exists())) continue;
      // A service's files are named from the service's folder.
      const TextId from = variable ? text : all[i];
      const std::string path =
          join_path(folder_of(build[from].source->path), facts.string(wanted.path));
      const auto found = build.fragments.find(
          variable ? variable_key(path)
                   : fragment_key(path, true, facts.string(wanted.section)));
      if (found != build.fragments.end() && seen.insert(found->second.index).second)
        all.push_back(found->second);
    }
  }
  return all;
}

void note_missing_includes(LinkContext& build, TextId text) {
  const TemplateFacts& facts = build.facts(text);
  for (const Wanted& wanted : facts.wanted) {
    if (wanted.kind != WantedKind::Include || !wanted.section.exists()) continue;
    const std::string path =
        join_path(folder_of(build[text].source->path), facts.string(wanted.path));
    if (!build.fragments.contains(fragment_key(path, true, facts.string(wanted.section))))
      build.unresolved(UnresolvedKind::Include,
                       cat("the included file ", facts.string(wanted.path), " was not read"),
                       build.span(text, wanted.where));
  }
}

void read_sections(LinkContext& build, ScopeId id, TextId text) {
  Scope& scope = build[id];
  const TemplateFacts& facts = build.facts(text);
  for (std::uint32_t i = 0; i < facts.inputs.size(); ++i)
    scope.inputs.emplace(facts.string(facts.inputs[i].name), RowAt{text, i});
  for (const auto& [name, value] : build[text].compared) {
    std::vector<StringId>& domain = scope.domains[name];
    const StringId literal = build.pool.string(value);
    if (std::ranges::find(domain, literal) == domain.end()) domain.push_back(literal);
  }
  for (std::uint32_t i = 0; i < facts.mappings.size(); ++i)
    scope.mappings.emplace(facts.string(facts.mappings[i].name), RowAt{text, i});
}

void read_loop_sections(LinkContext& build, ScopeId id, TextId text) {
  const TemplateFacts& facts = build.facts(text);
  add_rows(build, id, text, facts.conditions, build[id].conditions);
  add_rows(build, id, text, facts.outputs, build[id].outputs);
}

// Is the declaration's condition one that can hold? Sets the guard under which it does.
bool may_exist(LinkContext& build, ScopeId id, TextId text, const Declaration& declaration,
               GuardId& exists) {
  const Scope& scope = build[id];
  if (scope.stack.exists()) exists = build.resource(scope.stack).exists;
  if (!declaration.condition.exists()) return true;
  const std::string_view name = build.facts(text).string(declaration.condition);
  const Condition condition =
      condition_named(build, id, name, build.span(text, declaration.name_range));
  if (condition.decided) return *condition.decided;
  const auto when = both(build, exists, guard_of(build.pool, condition, true));
  if (!when) return false;
  exists = *when;
  return true;
}

// What settings or a merged template say of a function of the program: of every_hour, which is the
// resource EveryHour.
void add_to_function(LinkContext& build, ScopeId id, const ExprClosure& said,
                     std::string_view name) {
  for (std::uint32_t i = build[id].first_resource; i < build.stacks.resources.size(); ++i)
    if (is_same_name(build.address(ResourceId{i}), name))
      return build.draft(ResourceId{i}).further.push_back(said);
}

// The entries of Globals, and those of each section.
void note_globals(const LinkContext& build, const ExprClosure& at, std::string_view section,
                  std::vector<PlacedName>& names) {
  if (!at.exists() || build.expr(at).kind != ExprKind::Record) return;
  const TemplateFacts& facts = build.facts(at.text);
  const Slice<Operand> rows = build.expr(at).operands;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Operand& operand = facts.operands[i];
    if (operand.spread != 0) continue;
    const std::string_view name = facts.string(operand.name);
    names.push_back({cat(section, section.empty() ? "" : ".", name),
                     build.span(at.text, facts.operand_ranges[i])});
    if (section.empty()) note_globals(build, {at.text, operand.value}, name, names);
  }
}

void declare_resources(LinkContext& build, ScopeId id, TextId text) {
  const TemplateFacts& facts = build.facts(text);
  for (const Declaration& declaration : facts.declarations) {
    Resource row;
    if (!may_exist(build, id, text, declaration, row.exists)) {
      build[id].dropped.insert(facts.string(declaration.address));
      continue;
    }
    row.name = build.span(text, declaration.name_range);
    row.where = build.span(text, declaration.where);
    const std::string_view type = facts.string(declaration.type);
    if (is_chalice(build, text) && !is_chalice_program(build, text) &&
        (type.empty() || facts.globals.exists())) {
      add_to_function(build, id, {text, declaration.body}, facts.string(declaration.address));
      continue;
    }
    for (const Copy& copy : copies(build, id, text, declaration.address,
                                   declaration.address_in_loop, declaration.loop)) {
      if (build.nodes_left == 0) return;
      --build.nodes_left;
      const ResourceBuilder draft{
          .text = text, .declaration = &declaration, .bindings = copy.bindings};
      const ResourceId made = build.add_resource(id, copy.name, type, row, draft);
      // Several files about one thing say different parts of it.
      if (is_of_parts(facts.dialect) && build.draft(made).declaration != &declaration)
        build.draft(made).further.push_back({text, declaration.body, copy.bindings});
    }
  }
}

ScopeId add_scope(LinkContext& build, TextId text, ScopeId parent, ResourceId stack,
                  std::unordered_map<std::string_view, ExprClosure> bound) {
  const ScopeId id{static_cast<std::uint32_t>(build.scopes.size())};
  Scope& scope = build.scopes.emplace_back();
  scope.text = text;
  scope.parent = parent;
  scope.stack = stack;
  scope.bound = std::move(bound);
  scope.depth = parent.exists() ? build[parent].depth + 1 : 0;
  build.instantiated[text.index] = true;
  fnlint::Scope shown{.file = build[text].source->file};
  if (parent.exists()) shown.parent = parent.index;
  if (stack.exists()) shown.name = build.address(stack);
  shown.complete = build.facts(text).complete;
  const std::string_view path = build[text].source->path;
  shown.may_be_completed =
      file_name_of(path).starts_with("serverless.template") || build.parts->alone[text.index] ||
      build.files.kind(join_path(folder_of(path), ".chalice")) == EntryKind::Folder;
  shown.dialect = static_cast<std::uint16_t>(build.facts(text).dialect);
  const std::vector<TextId> texts = texts_of(build, text);
  for (const TextId part : texts) {
    shown.transformed = shown.transformed || !build.facts(part).transforms.empty();
    shown.rewritten = shown.rewritten || has_macros(build, part);
    note_globals(build, {part, build.facts(part).globals}, "", shown.globals);
  }
  build.stacks.scopes.push_back(std::move(shown));
  if (is_of_parts(build.facts(text).dialect) || !build.parts->of[text.index].empty())
    for (const TextId part : texts) build.instantiated[part.index] = true;
  for (const TextId part : texts) read_sections(build, id, part);
  for (const TextId part : texts) read_loop_sections(build, id, part);
  scope.first_resource = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (const TextId part : texts) declare_resources(build, id, part);
  if (build.facts(text).dialect == TemplateDialect::ServerlessFramework)
    declare_service(build, id);
  scope.end_resource = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (const TextId part : texts) note_missing_includes(build, part);
  return id;
}

bool nests_itself(const LinkContext& build, ScopeId id, TextId text) {
  for (; id.exists(); id = build.scopes[id.index].parent)
    if (build.scopes[id.index].text == text) return true;
  return false;
}

// The scope of a nested stack whose template is in the run.
void add_child(LinkContext& build, ResourceId stack) {
  const ResourceBuilder draft = build.draft(stack);
  const ExprClosure body = build.body(draft);
  ExprClosure location = location_of(build, body);
  if (!location.exists()) return;
  const NestedTemplate found = nested_template(build, stack, location);
  if (!found.text.exists()) {
    const ValueId value = value_of(build, draft.scope, location);
    build.unresolved(UnresolvedKind::Include,
                     cat("the nested template ", describe(build.pool, value), " is not in the run"),
                     build.span(location));
    const ExprClosure given = build.entry(body, "Parameters");
    if (given.exists() && build.expr(given).kind == ExprKind::Record)
      build.open_calls.push_back({draft.scope, given, build.span(location)});
    return;
  }
  if (nests_itself(build, draft.scope, found.text)) {
    build.problem(build.span(location), "this stack nests itself");
    return;
  }
  if (build[draft.scope].depth >= kStackDepth || build.scopes.size() >= kStackScopes) {
    build.problem(build.span(location), "too many nested stacks; this one is left out");
    build.instantiated[found.text.index] = true;  // and is no stack of its own
    return;
  }
  const ScopeId child{static_cast<std::uint32_t>(build.scopes.size())};
  build[draft.scope].children.emplace(build.address(stack), child);
  const ExprClosure parameters = build.entry(body, "Parameters");
  std::unordered_map<std::string_view, ExprClosure> bound;
  if (parameters.exists() && build.expr(parameters).kind == ExprKind::Record) {
    for (const Operand& operand : build.operands(parameters)) {
      ExprClosure given = parameters;
      given.expr = operand.value;
      if (found.guessed) given.uncertainty |= kHeuristic;
      if (operand.spread == 0)
        bound.emplace(build.facts(parameters.text).string(operand.name), given);
    }
  }
  add_scope(build, found.text, draft.scope, stack, std::move(bound));
}

// A root stack and the stacks below it.
void add_root(LinkContext& build, WorkShares& shares, TextId text) {
  const std::size_t first = build.scopes.size();
  shares.begin(text);
  add_scope(build, text, {}, {}, {});
  for (std::size_t i = first; i < build.scopes.size(); ++i)
    for (std::uint32_t r = build.scopes[i].first_resource; r < build.scopes[i].end_resource; ++r)
      if (build.stacks.resources[r].kind == ResourceKind::Stack) add_child(build, ResourceId{r});
}

void add_roots(LinkContext& build, const std::set<std::string, std::less<>>& nested) {
  WorkShares shares(build);
  for (const bool whole : {true, false}) {
    if (!whole && build.scopes.size() >= kStackScopes) break;
    for (std::uint32_t i = 0; i < build.texts.size(); ++i) {
      const TemplateSource& source = *build.texts[i].source;
      if (source.fragment || build.instantiated[i]) continue;
      if (is_terraform(source.facts->dialect)) continue;
      if (is_serverless_compose(source)) continue;
      // What is left over after the roots nests itself in a circle.
      if (whole && nested.contains(source.path)) continue;
      if (const auto& parts = build.parts->of[i]; !parts.empty() && parts.front().index != i)
        continue;
      add_root(build, shares, TextId{i});
    }
  }
}

}  // namespace

void declare_stacks(LinkContext& build) {
  build.instantiated.assign(build.texts.size(), false);
  mark_copies(build);
  const auto nested = nested_paths(build);
  *build.parts = template_parts(build, nested);
  add_roots(build, nested);
  declare_terraform(build);
  declare_sam(build);
  find_twins(build);
  settle_snapshots(build);
  build.declared = true;
  // What asked for another stack while there were none yet asks again.
  for (Scope& scope : build.scopes)
    if (scope.is_module()) {
      scope.input_states.clear();
      scope.output_values.clear();
    }
}

}  // namespace fnlint::stacks
