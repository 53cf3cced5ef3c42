#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/work_shares.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_roots.h"
#include "tables/known.h"
#include "tables/tables.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_set>

// Terraform's modules: which folder or row of the registry a call means, and which files of values
// are taken.
namespace fnlint::stacks {

namespace {

// What a module's caller gives it, by the name of the input.
using BoundInputs = std::unordered_map<std::string_view, ExprClosure>;

constexpr std::uint32_t kModuleDepth = 16;
constexpr std::size_t kTerraformModules = 20'000;

bool is_values(std::string_view path) {
  return path.ends_with(".tfvars") || path.ends_with(".tfvars.json");
}

// Values that are taken without being asked for, in the order in which later ones win.
int order_of_values(std::string_view path) {
  const std::string_view name = file_name_of(path);
  if (name == "terraform.tfvars") return 0;
  if (name == "terraform.tfvars.json") return 1;
  if (name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json")) return 2;
  return -1;
}

// The folders that hold configuration, with their texts in the order of their paths.
TerraformFolders folders_of(const LinkContext& build, bool values) {
  TerraformFolders folders;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i) {
    const TemplateSource& source = *build.texts[i].source;
    if (source.fragment || source.facts->dialect != TemplateDialect::Terraform) continue;
    if (source.stand_in) continue;
    if (is_values(source.path) == values)
      folders[std::string(folder_of(source.path))].push_back(TextId{i});
  }
  return folders;
}

void read_rows(LinkContext& build, ScopeId id, TextId text) {
  Scope& scope = build[id];
  TerraformModule& module = *module_at(build, id);
  const TemplateFacts& facts = build.facts(text);
  for (std::uint32_t i = 0; i < facts.inputs.size(); ++i)
    scope.inputs.emplace(facts.string(facts.inputs[i].name), RowAt{text, i});
  for (std::uint32_t i = 0; i < facts.mappings.size(); ++i)
    scope.mappings.emplace(facts.string(facts.mappings[i].name), RowAt{text, i});
  for (std::uint32_t i = 0; i < facts.outputs.size(); ++i)
    scope.outputs.emplace(facts.string(facts.outputs[i].name), RowAt{text, i});
  for (std::uint32_t i = 0; i < facts.declarations.size(); ++i) {
    const Declaration& declaration = facts.declarations[i];
    if (facts.string(declaration.type) == kTerraformBackend)
      module.backend = {text, i};
    else if (facts.string(declaration.type) == kTerraformProvider)
      module.providers.push_back({text, i});
    else
      module.instances.emplace(facts.string(declaration.address),
                               Instances{.text = text, .declaration = &declaration});
  }
}

// Makes every instance of a module, and those of the modules that it calls.
void make_all(LinkContext& build, ScopeId id) {
  const std::vector<TextId> texts = build[id].texts;
  for (const TextId text : texts)
    for (const Declaration& declaration : build.facts(text).declarations)
      static_cast<void>(instances_of(build, id, build.facts(text).string(declaration.address)));
}

ScopeId add_module(LinkContext& build, const std::vector<TextId>& texts, ScopeId parent,
                   std::string name, std::unique_ptr<TerraformModule> module, BoundInputs bound) {
  const ScopeId id{static_cast<std::uint32_t>(build.scopes.size())};
  Scope& scope = build.scopes.emplace_back();
  scope.text = texts.front();
  scope.parent = parent;
  scope.bound = std::move(bound);
  scope.depth = parent.exists() ? build[parent].depth + 1 : 0;
  scope.texts = texts;
  auto& modules = build.terraform->by_scope;
  modules.resize(build.scopes.size());
  modules[id.index] = std::move(module);
  fnlint::Scope shown{.file = build[texts.front()].source->file};
  if (parent.exists()) shown.parent = parent.index;
  shown.name = std::move(name);
  shown.dialect = static_cast<std::uint16_t>(build.facts(texts.front()).dialect);
  for (const TextId text : texts) {
    build.instantiated[text.index] = true;
    shown.complete = shown.complete && build.facts(text).complete;
  }
  build.stacks.scopes.push_back(shown);
  for (const TextId text : texts) read_rows(build, id, text);
  return id;
}

bool calls_itself(const LinkContext& build, ScopeId id, std::string_view folder) {
  for (; id.exists(); id = build.scopes[id.index].parent)
    if (build.scopes[id.index].is_module() && !module_of(build, id).stand_in &&
        module_of(build, id).folder == folder)
      return true;
  return false;
}

// Keys whose text is known after a deployment alone are told apart: "[...]", "[... 2]".
std::string key_text(const ValuePool& pool, const Instances& of, const Instance& row) {
  if (of.form == InstanceForm::One) return {};
  if (const auto text = as_text(pool, row.key))
    return of.form == InstanceForm::Counted ? cat("[", *text, "]") : cat("[\"", *text, "\"]");
  std::size_t unknown = 1;
  for (const Instance& before : of.rows) {
    if (before.key == row.key) break;
    if (!as_text(pool, before.key)) ++unknown;
  }
  return unknown == 1 ? std::string("[...]") : cat("[... ", unknown, "]");
}

// The arguments of a module call, in the caller's terms.
BoundInputs arguments_of(const LinkContext& build, const ExprClosure& body) {
  BoundInputs bound;
  for (const Operand& operand : build.operands(body)) {
    ExprClosure given = body;
    given.expr = operand.value;
    if (operand.name.exists() && operand.spread == 0)
      bound.emplace(build.facts(body.text).string(operand.name), given);
  }
  return bound;
}

// What stands in objects that are given to it: `zip = { runtime = "nodejs22.x", handler = ... }`.
std::vector<Operand> told_in_objects(const LinkContext& build, const ExprClosure& body) {
  std::vector<Operand> found;
  for (const Operand& operand : build.operands(body)) {
    ExprClosure given = body;
    given.expr = operand.value;
    if (!operand.name.exists() || build.expr(given).kind != ExprKind::Record) continue;
    const std::string_view name = build.facts(body.text).string(operand.name);
    const auto has = [name](std::string_view word) { return name.find(word) != name.npos; };
    if (has("env") || has("variables") || has("tags")) continue;  // of names that are the user's
    for (const Operand& inner : build.operands(given))
      if (inner.name.exists() && inner.spread == 0) found.push_back(inner);
  }
  return found;
}

void add_told_in_objects(const LinkContext& build, const ExprClosure& body, BoundInputs& bound) {
  for (const Operand& inner : told_in_objects(build, body)) {
    ExprClosure given = body;
    given.expr = inner.value;
    bound.emplace(build.facts(body.text).string(inner.name), given);
  }
}

// Whether a module is told what only a function is told: a runtime by its identifier, or the name
// of a handler, beside that of a function or where its code is. What runs elsewhere names a runtime
// that Lambda does not have.
bool describes_function(const LinkContext& build, const Instances& of, std::string_view source) {
  // "owner/name/provider" of a registry.
  const bool of_others = std::ranges::count(source, '/') == 2 && source.find(':') == source.npos &&
                         !source.starts_with('.') && !source.ends_with("/aws");
  if (of_others) return false;
  const ExprClosure body{of.text, of.declaration->body};
  bool runtime = false, handler = false, rest = false;
  std::vector<Operand> told(build.operands(body).begin(), build.operands(body).end());
  for (const Operand& inner : told_in_objects(build, body)) {
    const std::string_view name = build.facts(of.text).string(inner.name);
    if (name == "runtime" || name == "handler") told.push_back(inner);
  }
  for (const Operand& operand : told) {
    if (!operand.name.exists()) continue;
    const std::string_view name = build.facts(of.text).string(operand.name);
    if (is_one_of(known::module_container_arguments(), name)) return false;
    const auto has = [name](std::string_view word) { return name.find(word) != name.npos; };
    ExprClosure given = body;
    given.expr = operand.value;
    const auto text = build.literal(given);
    const bool is_runtime = name == "runtime" || name.ends_with("_runtime");
    if (is_runtime && text && find_runtime(*text) == nullptr) return false;
    runtime |= is_runtime && text;
    handler |= (is_one_of(known::module_handler_arguments(), name) || has("lambda_handler") ||
                has("function_handler") || has("handler_function")) &&
               (!text || !text->empty());
    rest |= name == "name" || std::ranges::any_of(known::module_code_words(), has);
  }
  return rest && (runtime || handler);
}

// The scope of one instance of a module call; none where its files are not in the run.
void make_module(LinkContext& build, ScopeId caller, const Instances& of, Instance& row) {
  const Declaration& declaration = *of.declaration;
  const TemplateFacts& facts = build.facts(of.text);
  const std::string name(facts.string(declaration.address).substr(std::size("module.") - 1));
  const std::string_view source = literal_source(build, of.text, declaration);
  const Span where = build.span(of.text, declaration.name_range);
  const TerraformModule& outer = module_of(build, caller);
  auto module = std::make_unique<TerraformModule>();
  module->prefix = cat(outer.prefix, "module.", name, key_text(build.pool, of, row), ".");
  module->root = outer.root;
  module->exists = row.exists;
  module->planned = outer.planned;
  module->uncalled = outer.uncalled;
  module->by_default = outer.by_default & kUncertain;
  std::vector<TextId> texts;
  const auto& folders = build.terraform->folders;
  const bool local = is_local(folders, outer.folder, source);
  if (local) {
    module->folder = module_folder(outer.folder, source);
    const auto found = folders.find(module->folder);
    if (found != folders.end()) texts = found->second;
  } else {
    module->stand_in = true;
    module->call = where;
    const auto found = build.templates.find(stand_in_path(source));
    if (found != build.templates.end()) texts = {found->second};
  }
  std::uint8_t uncertainty = 0;
  if (texts.empty()) {
    build.unresolved(UnresolvedKind::Include,
                     local            ? cat("the module ", source, " is not in the run")
                     : source.empty() ? std::string("the module's source cannot be determined")
                                      : cat("the module ", source, " is not read"),
                     where);
    build.open_calls.push_back({caller, {of.text, declaration.body, row.bindings}, where});
    const auto found = build.templates.find(cat("(registry)/", kAnyFunctionModule));
    if (found == build.templates.end() || !describes_function(build, of, source)) return;
    texts = {found->second};
    module->stand_in = true;
    module->call = where;
    uncertainty = kHeuristic;
  }
  if (calls_itself(build, caller, module->folder) && !module->stand_in) {
    build.problem(where, "this module calls itself");
    return;
  }
  if (build[caller].depth >= kModuleDepth || build.scopes.size() >= kTerraformModules) {
    build.problem(where, "too many modules; this one is left out");
    return;
  }
  const ExprClosure body{of.text, declaration.body, row.bindings};
  auto arguments = arguments_of(build, body);
  if (uncertainty != 0) add_told_in_objects(build, body, arguments);
  for (auto& [argument, value] : arguments) value.uncertainty |= uncertainty;
  row.scope = add_module(build, texts, caller, name, std::move(module), std::move(arguments));
  make_all(build, row.scope);
}

void make_resource(LinkContext& build, ScopeId id, const Instances& of, Instance& row) {
  const TemplateFacts& facts = build.facts(of.text);
  const std::string_view type = facts.string(of.declaration->type);
  constexpr std::uint64_t kSteps = 16;  // of a row of its own, with what belongs to it
  if (build.nodes_left == 0) return;
  build.nodes_left -= std::min(build.nodes_left, kSteps);
  const TerraformModule& module = module_of(build, id);
  Resource resource{.exists = row.exists};
  resource.name = module.stand_in ? module.call : build.span(of.text, of.declaration->name_range);
  resource.where = module.stand_in ? module.call : build.span(of.text, of.declaration->where);
  const std::string address = cat(module.prefix, facts.string(of.declaration->address),
                                  key_text(build.pool, of, row));
  row.resource = build.add_resource(
      id, address, type, resource,
      {.text = of.text, .declaration = of.declaration, .bindings = row.bindings});
}

// False: there are more of them than are followed.
bool add_instance(LinkContext& build, Instances& of, ValueId key, ValueId value, GuardId exists) {
  constexpr std::uint64_t kSteps = 4;
  ValuePool& pool = build.pool;
  of.open = of.open || build.nodes_left == 0;
  if (build.nodes_left == 0) return false;
  build.nodes_left -= std::min(build.nodes_left, kSteps);
  Instance row{.key = key, .exists = exists};
  if (of.form == InstanceForm::Counted) {
    const std::array entries{NamedValue{pool.string("index"), key}};
    row.bindings = bind(build, "count", pool.record(entries), {});
  } else if (of.form == InstanceForm::Keyed) {
    const std::array entries{NamedValue{pool.string("key"), key},
                             NamedValue{pool.string("value"), value}};
    row.bindings = bind(build, "each", pool.record(entries), {});
  }
  of.rows.push_back(row);
  return true;
}

// One way that a count or for_each may come out.
void add_counted(LinkContext& build, Instances& of, ValueId value, GuardId exists, Span where) {
  ValuePool& pool = build.pool;
  const auto number = as_integer(pool, value);
  const std::int64_t count = number.value_or(1);
  if (!number && !pool.is(value, ValueKind::Null)) of.open = true;
  for (std::int64_t i = 0; i < count; ++i) {
    if (i == static_cast<std::int64_t>(kInstances)) {
      build.problem(where, cat("this makes more than ", kInstances, " instances"));
      of.open = true;
      return;
    }
    const ValueId key = pool.number(i);
    // Rows of a count stand in the order of their numbers.
    const auto row = static_cast<std::size_t>(i);
    if (row < of.rows.size())
      of.rows[row].exists = {};  // in several ways
    else if (!add_instance(build, of, key, {}, exists))
      return;
  }
}

void add_keyed(LinkContext& build, Instances& of, const Elements& elements, GuardId exists,
               Span where) {
  of.open = of.open || !elements.known;
  std::unordered_set<std::uint32_t> known;
  for (const Instance& row : of.rows) known.insert(row.key.index);
  for (const Element& element : elements.rows) {
    if (of.rows.size() == kInstances) {
      build.problem(where, cat("this makes more than ", kInstances, " instances"));
      of.open = true;
      return;
    }
    // The keys of a set are its elements.
    const ValueId key = elements.list ? element.value : element.key;
    if (!known.insert(key.index).second) continue;
    if (!add_instance(build, of, key, element.value, exists)) return;
  }
}

void count_instances(LinkContext& build, ScopeId scope, Instances& of) {
  ValuePool& pool = build.pool;
  const ExprClosure attributes{of.text, of.declaration->attributes};
  ExprClosure each = build.entry(attributes, "count");
  of.form = each.exists() ? InstanceForm::Counted : InstanceForm::Keyed;
  if (!each.exists()) each = build.entry(attributes, "for_each");
  if (!each.exists()) {
    of.form = InstanceForm::One;
    of.rows.push_back({});
    return;
  }
  ValueId value = value_of(build, scope, each);
  const Span where = build.span(each);
  // A value keeps only the first of many; how many there are is written.
  if (of.form == InstanceForm::Counted && build.function(each) == "length" &&
      !as_integer(pool, value)) {
    const Elements all = elements_written(build, {scope, build.operand(each, 0)});
    if (all.known) value = pool.number(static_cast<std::int64_t>(all.rows.size()));
  }
  const auto add = [&](ValueId one, GuardId when) {
    if (of.form == InstanceForm::Counted)
      add_counted(build, of, one, when, where);
    else
      add_keyed(build, of, elements_of(build, one), when, where);
  };
  if (of.form == InstanceForm::Keyed && (build.pool[value].uncertainty & kCut) != 0) {
    add_keyed(build, of, elements_written(build, {scope, each}), {}, where);
    return;
  }
  if (pool.is(value, ValueKind::OneOf)) {
    const std::size_t count = pool.operands(value).size();
    for (std::size_t i = 0; i < count; ++i) add(pool.operands(value)[i], pool.guards(value)[i]);
  } else {
    add(value, {});
  }
}

// Whether a folder has no configuration, nor any folder between it and that one.
bool is_of(const LinkContext& build, std::string_view folder, std::string_view above) {
  for (std::string_view at = folder; at != above; at = folder_of(at)) {
    if (build.terraform->folders.contains(std::string(at))) return false;
    if (at.empty()) return false;
  }
  return true;
}

// What files of values beside a root module give to its inputs.
void read_values(LinkContext& build, const TerraformFolders& files, TerraformModule& module) {
  // Folders with nothing but values belong to the configuration above them.
  for (const auto& [folder, texts] : files) {
    const bool below = !folder.empty() && folder != module.folder &&
                       (module.folder.empty() || folder.starts_with(cat(module.folder, "/")));
    if (!below || !is_of(build, folder, module.folder)) continue;
    module.choices.insert(module.choices.end(), texts.begin(), texts.end());
  }
  const auto found = files.find(module.folder);
  if (found == files.end()) return;
  std::vector<TextId> taken;
  for (const TextId text : found->second)
    if (order_of_values(build[text].source->path) >= 0)
      taken.push_back(text);
    else
      module.choices.push_back(text);
  std::ranges::stable_sort(taken, {},
                           [&](TextId id) { return order_of_values(build[id].source->path); });
  for (const TextId text : taken) {
    build.instantiated[text.index] = true;
    const TemplateFacts& facts = build.facts(text);
    for (std::uint32_t i = 0; i < facts.mappings.size(); ++i)
      module.values[facts.string(facts.mappings[i].name)].push_back({text, i});
  }
}

std::string_view without_key(std::string_view address) {
  return address.substr(0, address.find('['));
}

// The root module that a plan is of: one that declares every resource that the plan has outside of
// modules. The one beside the plan goes first.
std::string planned_folder(const LinkContext& build, const TerraformFolders& folders,
                           const TerraformCallers& called, TextId plan) {
  const TemplateFacts& facts = build.facts(plan);
  const auto is_of = [&](const std::vector<TextId>& texts) {
    std::set<std::string_view> declared;
    for (const TextId text : texts)
      for (const Declaration& row : build.facts(text).declarations)
        declared.insert(build.facts(text).string(row.address));
    return !declared.empty() &&
           std::ranges::all_of(facts.declarations, [&](const Declaration& row) {
             std::string_view address = without_key(facts.string(row.address));
             if (address.starts_with("module."))
               address = address.substr(0, address.find('.', std::size("module.") - 1));
             return declared.contains(address);
           });
  };
  const std::string beside(folder_of(build[plan].source->path));
  const auto own = folders.find(beside);
  if (own != folders.end() && is_of(own->second)) return beside;
  for (const auto& [folder, texts] : folders)
    if (!called.contains(folder) && is_of(texts)) return folder;
  return "(none)";
}

struct Plans {
  std::map<std::string, TextId, std::less<>> by_folder = {};
  std::vector<TextId> alone = {};
};
Plans plans_of(LinkContext& build, const TerraformFolders& folders,
               const TerraformCallers& called) {
  Plans plans;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i) {
    const TemplateSource& source = *build.texts[i].source;
    if (source.facts->dialect != TemplateDialect::TerraformPlan) continue;
    const std::string folder = planned_folder(build, folders, called, TextId{i});
    if (folder == "(none)" || !plans.by_folder.emplace(folder, TextId{i}).second)
      plans.alone.push_back(TextId{i});
    build.instantiated[i] = true;
  }
  return plans;
}

// The files of modules that nothing deploys, which no other module has.
void note_uncalled_files(LinkContext& build) {
  std::set<FileId> uncalled, deployed;
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i)
    if (const TerraformModule& module = module_of(build, ScopeId{i}); !module.stand_in)
      for (const TextId text : build.scopes[i].texts)
        (module.uncalled ? uncalled : deployed).insert(build[text].source->file);
  std::ranges::set_difference(uncalled, deployed, std::back_inserter(build.stacks.uncalled_files));
}

void read_plan(const LinkContext& build, TextId plan, TerraformModule& module) {
  const TemplateFacts& facts = build.facts(plan);
  auto planned = std::make_shared<TerraformPlanned>();
  planned->text = plan;
  for (const Declaration& row : facts.declarations)
    planned->rows.emplace(facts.string(row.address), &row);
  module.planned = std::move(planned);
  for (std::uint32_t i = 0; i < facts.mappings.size(); ++i)
    module.values[facts.string(facts.mappings[i].name)].push_back({plan, i});
}

}  // namespace

const TerraformModule& module_of(const LinkContext& build, ScopeId scope) {
  static const TerraformModule kNone;
  const auto& all = build.terraform->by_scope;
  const bool is_module = scope.index < all.size() && all[scope.index] != nullptr;
  return is_module ? *all[scope.index] : kNone;
}

TerraformModule* module_at(LinkContext& build, ScopeId scope) {
  auto& all = build.terraform->by_scope;
  return scope.index < all.size() ? all[scope.index].get() : nullptr;
}

bool is_uncalled(const LinkContext& build, ScopeId scope) {
  return module_of(build, scope).uncalled;
}

std::string stand_in_path(std::string_view source) {
  const RegistryModule* known = find_registry_module(source);
  return known != nullptr ? cat("(registry)/", known->source) : std::string();
}

const Instances* instances_of(LinkContext& build, ScopeId id, std::string_view address) {
  TerraformModule* const own = module_at(build, id);
  if (own == nullptr) return nullptr;
  auto& all = own->instances;
  const auto found = all.find(address);
  if (found == all.end()) return nullptr;
  Instances& of = found->second;
  if (of.progress != Progress::Untouched) return &of;
  of.progress = Progress::Begun;
  count_instances(build, id, of);
  const std::string_view type = build.facts(of.text).string(of.declaration->type);
  const GuardId outer = module_of(build, id).exists;  // of the calls that lead to the module
  const TerraformModule& module = module_of(build, id);
  const bool resource = type != "module" && !type.starts_with("data.");
  std::erase_if(of.rows, [&](Instance& row) {
    // A plan knows which ones there will be.
    if (resource && module.planned && !module.stand_in && !of.open &&
        !module.planned->rows.contains(cat(module.prefix, address, key_text(build.pool, of, row))))
      return true;
    const auto when = both(build, outer, row.exists);
    if (when) row.exists = *when;
    return !when;
  });
  of.progress = Progress::Done;
  for (Instance& row : of.rows) {
    if (type == "module")
      make_module(build, id, of, row);
    else if (!type.starts_with("data."))
      make_resource(build, id, of, row);
  }
  return &of;
}

std::vector<ResourceId> resources_under(LinkContext& build, ScopeId scope,
                                        std::string_view address) {
  std::vector<ResourceId> found;
  if (const Instances* const of = instances_of(build, scope, address))
    for (const Instance& row : of->rows)
      if (row.resource.exists()) found.push_back(row.resource);
  return found;
}

void declare_terraform(LinkContext& build) {
  // Stand-ins have no folder, and are no root.
  TerraformFolders folders = folders_of(build, false);
  const TerraformFolders values = folders_of(build, true);
  share_variables(build, folders);
  build.terraform->folders = {folders.begin(), folders.end()};
  const auto called = called_folders(build, folders);
  const Plans plans = plans_of(build, folders, called);
  UncalledModules uncalled(build, folders, values, called);
  WorkShares shares(build);
  const auto make_root = [&](ScopeId root) {
    shares.begin(root);
    make_all(build, root);
  };
  for (const TextId plan : plans.alone) {
    auto module = std::make_unique<TerraformModule>();
    module->folder = module->root = folder_of(build[plan].source->path);
    make_root(add_module(build, {plan}, {}, {}, std::move(module), {}));
  }
  const auto add_root = [&](const std::string& folder, const std::vector<TextId>& texts) {
    auto module = std::make_unique<TerraformModule>();
    module->folder = module->root = folder;
    read_values(build, values, *module);
    if (UnplannedRoots(build, folders).lacks_arguments(folder)) module->by_default |= kUncertain;
    module->uncalled = !plans.by_folder.contains(folder) && uncalled.contains(folder);
    if (const auto plan = plans.by_folder.find(folder); plan != plans.by_folder.end())
      read_plan(build, plan->second, *module);
    return add_module(build, texts, {}, {}, std::move(module), {});
  };
  // One root may ask for another's outputs: all of them are there before anything is made.
  std::vector<ScopeId> roots;
  for (const auto& [folder, texts] : folders)
    if (!called.contains(folder)) roots.push_back(add_root(folder, texts));
  for (const ScopeId root : roots) make_root(root);
  // What is left over after the roots is called no times (`count = 0`), or in a circle alone.
  std::set<std::string, std::less<>> reached;
  for (const auto& [folder, texts] : folders)
    if (build.instantiated[texts.front().index]) reached.insert(folder);
  for (bool more = true; more;) {
    more = false;
    for (const auto& [folder, callers] : called)
      if (std::ranges::any_of(callers, [&](const auto& one) { return reached.contains(one); }))
        more = reached.insert(folder).second || more;
  }
  for (const auto& [folder, texts] : folders)
    if (!reached.contains(folder) && !build.instantiated[texts.front().index])
      make_root(add_root(folder, texts));
  note_uncalled_files(build);
}

}  // namespace fnlint::stacks
