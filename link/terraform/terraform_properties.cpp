#include "core/text.h"
#include "link/stacks/cut_resources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_conditions.h"
#include "link/terraform/terraform_archives.h"
#include "link/terraform/terraform_builders.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_locator.h"
#include "link/terraform/terraform_versions.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// Properties of resources: arguments and blocks of the configuration, and what a plan says, under
// the paths of CloudFormation.
namespace fnlint::stacks {

namespace {

// Of a row of the tree that is made for a property.
constexpr std::uint64_t kLocatedSteps = 8;

bool is_plain(const Expr& expr) {
  return expr.kind == ExprKind::Text || expr.kind == ExprKind::Number ||
         expr.kind == ExprKind::Bool;
}

// The equals signs of a block stand below each other: a key ends where its value is about to begin,
// so that it is seen to stand beside it however long the other keys are.
Span up_to_value(Span key, const Span& value) {
  constexpr std::uint32_t kWidest = 80;
  const bool beside = value.file == key.file && value.range.begin > key.range.end &&
                      value.range.begin - key.range.end <= kWidest;
  if (beside) key.range.end = value.range.begin - 1;
  return key;
}

std::string camel(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

constexpr std::string_view kCloudControl = "awscc_";

bool is_cloud_control(std::string_view native) { return native.starts_with(kCloudControl); }

// "awscc_lambda_event_source_mapping" of "AWS::Lambda::EventSourceMapping",
// "awscc_docdb_db_cluster" of "AWS::DocDB::DBCluster": the service is one word.
std::string cloud_control_name(std::string_view type) {
  const std::vector<std::string_view> parts = split(type, ':');
  if (parts.size() != 5) return {};
  std::string out = cat(kCloudControl, lower(parts[2]), "_");
  const std::string_view name = parts[4];
  const auto is_upper = [&](std::size_t i) { return name[i] >= 'A' && name[i] <= 'Z'; };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins = i > 0 && is_upper(i) &&
                        (!is_upper(i - 1) || (i + 1 < name.size() && !is_upper(i + 1)));
    if (begins) out += '_';
    out += lower(name.substr(i, 1));
  }
  return out;
}

std::string below(std::string_view path, std::string_view name) {
  return path.empty() ? std::string(name) : cat(path, ".", name);
}

}  // namespace

const TerraformProperty* TerraformLocator::property(std::string_view native) const {
  if (row_ == nullptr) return nullptr;
  const auto found = std::ranges::find(row_->properties, native, &TerraformProperty::native);
  return found != row_->properties.end() ? &*found : nullptr;
}

ValueId TerraformLocator::unless_unset(std::string_view native, ValueId value) {
  if (row_ == nullptr) return value;
  const auto row = std::ranges::find(row_->unset, native, &Rename::native);
  if (row == row_->unset.end()) return value;
  const auto of_one = [&](ValueId one) {
    return as_text(pool_, one) == row->canonical ? pool_.absent() : one;
  };
  if (!pool_.is(value, ValueKind::OneOf)) return of_one(value);
  std::vector<Alternative> chosen;
  for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
    chosen.push_back({of_one(pool_.operands(value)[i]), pool_.guards(value)[i]});
  return pool_.one_of(chosen);
}

PropertyBuilder& TerraformLocator::child(PropertyBuilder& parent, std::string_view name) {
  const auto known = std::ranges::find(parent.children, name, &PropertyBuilder::name);
  if (known != parent.children.end()) return *known;
  return parent.children.emplace_back(PropertyBuilder{
      .name = std::string(name), .when = parent.when, .otherwise = parent.otherwise});
}

PropertyBuilder& TerraformLocator::at_path(PropertyBuilder& root, std::string_view path) {
  PropertyBuilder* made = &root;
  for (const std::string_view part : split(path, '.')) made = &child(*made, part);
  return *made;
}

bool TerraformLocator::is_blocks(const ExprClosure& at, std::string_view name) const {
  const Expr& expr = build_.expr(at);
  if (expr.kind == ExprKind::List && expr.detail != 0) return true;
  if (!cloud_control_ && !build_[at.text].source->path.ends_with(".json")) return false;
  if (is_one_of(known::map_arguments(), name)) return false;
  if (expr.kind == ExprKind::Record) return true;
  if (expr.kind != ExprKind::List || build_.operands(at).empty()) return false;
  const ExprClosure first = build_.operand(at, 0);
  return first.exists() && build_.expr(first).kind == ExprKind::Record;
}

void TerraformLocator::body(PropertyBuilder& to, const ExprClosure& record,
                            const std::string& native, const std::string& path) {
  const Slice<Operand> slice = build_.expr(record).operands;
  const TemplateFacts& facts = build_.facts(record.text);
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i)
    entry(to, record, facts.operands[i], facts.operand_ranges[i], native, path);
}

namespace {

// A variable of a module, handed on or not, that no call of the module gives.
bool is_module_default(const LinkContext& build, ScopedExpr at) {
  while (at.exists() && build.function(at.written) == "var.") {
    const Scope& scope = build.scopes[at.scope.index];
    const std::string_view name = build.literal(build.operand(at.written, 0)).value_or("");
    const auto bound = scope.bound.find(name);
    if (bound == scope.bound.end()) return scope.parent.exists() && scope.inputs.contains(name);
    at = {scope.parent, bound->second};
  }
  return false;
}

}  // namespace

void TerraformLocator::entry(PropertyBuilder& to, const ExprClosure& record, const Operand& operand,
                             Range key, const std::string& native, const std::string& path) {
  ExprClosure written = record;
  written.expr = operand.value;
  if (!written.exists() || !operand.name.exists()) return;
  const std::string_view name = build_.facts(record.text).string(operand.name);
  const std::string own = below(native, name);
  const TerraformProperty* known = property(own);
  std::string canonical = known != nullptr ? std::string(known->canonical) : camel(name);
  const std::string prefix = cat(path, ".");
  if (!path.empty() && canonical.starts_with(prefix)) canonical.erase(0, prefix.size());
  const bool document =
      row_ != nullptr && std::ranges::find(row_->documents, own) != row_->documents.end();
  PropertyBuilder made{.native = own, .when = to.when, .otherwise = to.otherwise};
  const bool is_map = is_one_of(known::map_arguments(), name);
  if (is_map && build_.expr(written).kind == ExprKind::List && build_.expr(written).detail != 0 &&
      build_.operands(written).size() == 1)
    written = build_.operand(written, 0);
  const ScopedExpr at{scope_, written};
  const TerraformModule& module = module_of(build_, scope_);
  made.where = terraform_span(build_, at);
  made.key = module.stand_in ? module.call
                             : up_to_value(build_.span(record.text, key), made.where);
  if (document) {
    this->document(made, at, 0);
  } else if (is_blocks(written, name)) {
    const bool items = cloud_control_ && build_.expr(written).kind == ExprKind::List;
    blocks(made, written, own, below(path, canonical), items || (known != nullptr && known->list));
  } else {
    value(made, at, 0);
    made.by_default = is_module_default(build_, at);
    if (module.stand_in) made.key = made.where;  // the argument of the call, where it is one
    if (made.value.exists()) made.value = unless_unset(own, made.value);
  }
  const bool gone =
      made.children.empty() && made.value.exists() &&
      (pool_.is(made.value, ValueKind::Null) || pool_.is(made.value, ValueKind::Absent));
  if (gone || (!made.value.exists() && made.children.empty() && !made.list)) return;
  PropertyBuilder& place = at_path(to, canonical);
  made.name = place.name;
  // What stands below already, by a path of its own, stays.
  made.children.insert(made.children.end(), std::make_move_iterator(place.children.begin()),
                       std::make_move_iterator(place.children.end()));
  place = std::move(made);
}

void TerraformLocator::blocks(PropertyBuilder& made, const ExprClosure& list,
                              const std::string& native, const std::string& path, bool as_list) {
  made.list = as_list;
  struct Item {
    ScopedExpr body = {};
    GuardId when = {};
    std::vector<Alternative> otherwise = {};
  };
  std::vector<Item> items;
  const auto add = [&](const ExprClosure& item) {
    if (item.exists() && build_.expr(item).kind == ExprKind::Record)
      items.push_back({{scope_, item}, made.when, made.otherwise});
  };
  if (build_.expr(list).kind == ExprKind::Record) add(list);
  const Slice<Operand> slice =
      build_.expr(list).kind == ExprKind::List ? build_.expr(list).operands : Slice<Operand>{};
  for (std::uint32_t i = 0; i < slice.count; ++i) {
    const ExprClosure item = build_.operand(list, i);
    if (!item.exists()) continue;
    if (build_.expr(item).kind != ExprKind::Comprehend) {
      add(item);
      continue;
    }
    // dynamic "NAME": its content once for each element.
    const std::string_view iterator = build_.facts(item.text).string(build_.expr(item).name);
    const ValueId collection = value_of(build_, scope_, build_.operand(item, 0));
    const bool several = pool_.is(collection, ValueKind::OneOf);
    const std::size_t ways = several ? pool_.operands(collection).size() : 1;
    std::vector<Elements> elements;
    for (std::size_t w = 0; w < ways; ++w)
      elements.push_back(elements_of(build_, several ? pool_.operands(collection)[w] : collection,
                                     {scope_, build_.operand(item, 0)}));
    const auto is_any = [&](std::size_t w) {
      const std::vector<Element>& rows = elements[w].rows;
      return !elements[w].known && rows.size() == 1 && rows[0].key == rows[0].value;
    };
    for (std::size_t w = 0; w < ways; ++w) {
      made.open = made.open || !elements[w].known;
      for (const Element& element : elements[w].rows) {
        if (build_.nodes_left == 0) return;
        --build_.nodes_left;
        ExprClosure content = build_.operand(item, 1);
        const std::array entries{NamedValue{pool_.string("key"), element.key},
                                 NamedValue{pool_.string("value"), element.value}};
        content.bindings = bind(build_, iterator, pool_.record(entries), item.bindings);
        const std::size_t before = items.size();
        add(content);
        if (items.size() == before) continue;
        Item& made_here = items.back();
        // Of what is not known there may be none.
        if (is_any(w))
          made_here.otherwise.push_back({pool_.unknown("a block of what is not known"), {}});
        if (!several) continue;
        const auto when = both(build_, made.when, pool_.guards(collection)[w]);
        if (!when) {
          items.pop_back();
          continue;
        }
        made_here.when = *when;
        for (std::size_t other = 0; other < ways; ++other)
          if (other != w)
            made_here.otherwise.push_back(
                {elements[other].rows.empty() && elements[other].known
                     ? pool_.absent()
                     : pool_.unknown("a block of another branch"),
                 pool_.guards(collection)[other]});
      }
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!as_list) {
      if (i > 0) break;
      made.when = items[i].when;
      made.otherwise = items[i].otherwise;
      body(made, items[i].body.written, native, path);
      continue;
    }
    PropertyBuilder row{.name = std::to_string(i),
             .native = native,
             .when = items[i].when,
             .otherwise = items[i].otherwise};
    row.key = row.where = terraform_span(build_, items[i].body);
    body(row, items[i].body.written, native, path);
    made.children.push_back(std::move(row));
  }
}

void TerraformLocator::children_of(PropertyBuilder& made, ValueId from, GuardId when,
                                   std::uint32_t depth) {
  if (depth > kNestingDepth || build_.nodes_left == 0) return;
  build_.nodes_left -= std::min(build_.nodes_left, kLocatedSteps);
  if (pool_.is(from, ValueKind::OneOf)) {
    const std::size_t count = pool_.operands(from).size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto both_hold = both(build_, when, pool_.guards(from)[i]);
      if (both_hold) children_of(made, pool_.operands(from)[i], *both_hold, depth + 1);
    }
    return;
  }
  const bool record = pool_.is(from, ValueKind::Record);
  if (!record && !pool_.is(from, ValueKind::List)) return;
  const std::size_t count = pool_.operands(from).size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = record ? pool_[pool_.names(from)[i]] : std::string_view{};
    if (name == kRest) continue;
    PropertyBuilder& row = child(made, record ? std::string(name) : std::to_string(i));
    const ValueId one = pool_.operands(from)[i];
    if (!row.where.file.exists()) {
      row.key = row.where = made.where;
      row.native = record ? below(made.native, name) : made.native;
      row.when = when;
      row.value = one;
    } else if (row.value.exists()) {
      // The same entry in another branch.
      const std::array ways{Alternative{row.value, row.when}, Alternative{one, when}};
      row.value = pool_.one_of(ways);
    }
    children_of(row, one, when, depth + 1);
  }
}

// merge(a, b): of an entry that several have, the last one's.
void TerraformLocator::merged(PropertyBuilder& made, const ScopedExpr& at, std::uint32_t depth) {
  const std::size_t count = build_.operands(at.written).size();
  for (std::size_t i = 0; i < count; ++i) {
    PropertyBuilder part{.native = made.native, .where = made.where, .when = made.when};
    value(part, {at.scope, build_.operand(at.written, i), at.uncertainty}, depth + 1);
    for (PropertyBuilder& row : part.children) {
      PropertyBuilder& known = child(made, row.name);
      known = std::move(row);
    }
  }
}

void TerraformLocator::value(PropertyBuilder& made, const ScopedExpr& given, std::uint32_t depth) {
  if (depth > kNestingDepth || build_.nodes_left == 0) {
    made.value = pool_.with_uncertainty(pool_.unknown("a value that is too large"), kCut);
    return;
  }
  build_.nodes_left -= std::min(build_.nodes_left, kLocatedSteps);
  const ValueId whole = placed_value(build_, given);
  made.value = whole;
  const ScopedExpr at = followed(build_, given);
  if (!at.exists()) return;
  const Expr& expr = build_.expr(at.written);
  // What a module is handed has its place at the call; the key stays in the module.
  if (at.scope != given.scope && is_plain(expr)) made.where = terraform_span(build_, at);
  if (expr.kind == ExprKind::Record && !pool_.is(whole, ValueKind::OneOf)) {
    const Slice<Operand> slice = expr.operands;
    const TemplateFacts& facts = build_.facts(at.written.text);
    for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
      const Operand operand = facts.operands[i];
      ExprClosure written = at.written;
      written.expr = operand.value;
      if (!written.exists()) continue;
      std::string name(facts.string(operand.name));
      if (operand.key.exists()) {
        ExprClosure key = at.written;
        key.expr = operand.key;
        const auto text = as_text(pool_, value_of(build_, at.scope, key));
        if (!text) continue;
        name = *text;
      }
      const ScopedExpr one{at.scope, written, at.uncertainty};
      PropertyBuilder row{.name = name, .native = below(made.native, name), .when = made.when};
      const TerraformModule& module = module_of(build_, at.scope);
      row.where = terraform_span(build_, one);
      row.key = module.stand_in
                    ? module.call
                    : up_to_value(build_.span(at.written.text, facts.operand_ranges[i]), row.where);
      value(row, one, depth + 1);
      if (pool_.is(row.value, ValueKind::Null) || pool_.is(row.value, ValueKind::Absent)) continue;
      child(made, name) = std::move(row);
    }
  } else if (expr.kind == ExprKind::List && expr.detail == 0) {
    const std::size_t count = build_.operands(at.written).size();
    for (std::size_t i = 0; i < count; ++i) {
      const ScopedExpr one{at.scope, build_.operand(at.written, i), at.uncertainty};
      if (!one.exists()) continue;
      PropertyBuilder row{.name = std::to_string(i), .native = made.native, .when = made.when};
      row.key = row.where = terraform_span(build_, one);
      value(row, one, depth + 1);
      made.children.push_back(std::move(row));
    }
  } else if (build_.function(at.written) == "merge") {
    merged(made, at, depth);
    if (made.children.empty()) children_of(made, whole, made.when, depth);
  } else {
    children_of(made, whole, made.when, depth);
  }
}

// --- JSON in arguments

void TerraformLocator::copy(PropertyBuilder& made, const Node& node, std::uint32_t depth) {
  if (depth > kNestingDepth) return;
  if (!node.has_children()) made.value = node.value();
  for (const Node& from : node.children()) {
    PropertyBuilder row{.name = std::string(from.name()), .native = made.native, .when = made.when};
    row.key = from.key();
    row.where = from.where();
    copy(row, from, depth + 1);
    made.children.push_back(std::move(row));
  }
  made.list = !made.children.empty() && made.children.front().name == "0";
}

// The expressions of a list, through what only puts lists together; false: there may be others.
bool TerraformLocator::listed(const ScopedExpr& given, std::vector<ScopedExpr>& out,
                              std::size_t depth) {
  const ScopedExpr at = followed(build_, given);
  if (!at.exists() || depth > 8) return false;
  const std::size_t count = build_.operands(at.written).size();
  if (build_.expr(at.written).kind == ExprKind::List) {
    for (std::size_t i = 0; i < count; ++i)
      out.push_back({at.scope, build_.operand(at.written, i), at.uncertainty});
    return true;
  }
  const std::string_view function = build_.function(at.written);
  constexpr std::array<std::string_view, 5> kLists{"compact", "concat", "distinct", "flatten",
                                                   "toset"};
  if (std::ranges::find(kLists, function) == kLists.end()) return false;
  bool known = true;
  for (std::size_t i = 0; i < count; ++i)
    known =
        listed({at.scope, build_.operand(at.written, i), at.uncertainty}, out, depth + 1) && known;
  return known;
}

// --- Rows

void TerraformLocator::use_plan(std::string_view address) {
  const auto& plan = module_of(build_, scope_).planned;
  if (!plan) return;
  const auto row = plan->rows.find(address);
  if (row != plan->rows.end()) plan_ = {plan->text, row->second->body};
}

// The literal at a native path of the plan; no id where there is none.
ValueId TerraformLocator::planned(std::string_view native) const {
  ExprClosure at = plan_;
  for (const std::string_view part : split(native, '.')) {
    if (!at.exists()) return {};
    if (build_.expr(at).kind == ExprKind::List) {
      if (build_.operands(at).size() != 1) return {};
      at = build_.operand(at, 0);
    }
    at = build_.entry(at, part);
  }
  if (!at.exists()) return {};
  const ExprKind kind = build_.expr(at).kind;
  if (kind != ExprKind::Text && kind != ExprKind::Number && kind != ExprKind::Bool) return {};
  return value_of(build_, scope_, at);
}

void TerraformLocator::leave_to_others(const ResourceBuilder& draft) {
  for (std::string& path : ignored_arguments(build_, draft))
    if (!is_one_of(known::code_arguments(), path) || path == kAllArguments)
      ignored_.push_back(std::move(path));
}

// What stands there may be what was written once: of what is named something else is sure to set
// it.
std::uint8_t TerraformLocator::resting_on(std::string_view native) const {
  std::uint8_t uncertainty = 0;
  for (const std::string& path : ignored_) {
    if (path == kAllArguments)
      uncertainty |= kOverridable;
    else if (native.starts_with(path) &&
             (native.size() == path.size() || native[path.size()] == '.'))
      uncertainty |= kUncertain;
  }
  return uncertainty;
}

void TerraformLocator::emit(LocatedTree& tree, PropertyBuilder& made, const std::string& path) {
  Property property{.path = pool_.string(path),
                    .key = made.key,
                    .where = made.where,
                    .by_default = made.by_default};
  if (!made.native.empty() && made.native != path) property.native_path = pool_.string(made.native);
  if (plan_.exists() && made.children.empty() && made.value.exists() && !made.native.empty()) {
    const bool settled = as_text(pool_, made.value) && pool_[made.value].uncertainty == 0;
    const bool reference = pool_.is(made.value, ValueKind::Reference);
    const ValueId known = settled || reference ? ValueId{} : planned(made.native);
    if (known.exists()) made.value = known;
  }
  const std::uint32_t row = tree.open(made.name, property, made.when);
  std::vector<NamedValue> named;
  std::vector<ValueId> items;
  for (PropertyBuilder& each : made.children) {
    if (!each.where.file.exists()) {  // a parent that only paths make
      each.key = made.where.file.exists() ? made.key : Span{};
      each.where = made.where;
      if (!each.children.empty() && each.children.front().where.file.exists()) {
        each.key = each.children.front().key;
        each.where = each.children.front().where;
      }
    }
    const std::uint32_t at = tree.size();
    emit(tree, each, below(path, each.name));
    const ValueId value = tree.node(at).value();
    named.push_back({pool_.string(each.name), value});
    items.push_back(value);
  }
  const bool composed = !made.value.exists();
  ValueId whole = !composed   ? made.value
                  : made.list ? pool_.list(items, made.open)
                              : pool_.record(named);
  if (!composed && !made.otherwise.empty()) {
    std::vector<Alternative> ways = made.otherwise;
    ways.push_back({whole, made.when});
    whole = pool_.one_of(ways);
  }
  if (!ignored_.empty() && whole.exists() && !made.native.empty())
    whole = pool_.with_uncertainty(whole, resting_on(made.native));
  tree.close(row, whole);
}

std::string_view terraform_type(std::string_view native) {
  const TerraformResource* row = find_terraform_resource(native);
  if (row != nullptr && !row->is.empty()) return row->is;
  if (!is_cloud_control(native)) return native;
  for (const ResourceType& type : resource_types())
    if (cloud_control_name(type.type) == native) return type.type;
  return native;
}

void locate_terraform(LinkContext& build, ResourceId id) {
  const ResourceBuilder draft = build.draft(id);
  const std::string_view native = build.pool[build.resource(id).native_type];
  const GuardId when = build.resource(id).exists;
  TerraformLocator locator(build, draft.scope, find_terraform_resource(native), when,
                           is_cloud_control(native));
  locator.use_plan(build.address(id));
  locator.leave_to_others(draft);
  PropertyBuilder root{.when = when};
  locator.body(root, build.body(draft), "", "");
  if (const ScopedExpr tags = default_tags_of(build, id);
      tags.exists() && build.resource(id).kind == ResourceKind::Function)
    root.children.push_back({.name = "TagsAll",
                             .value = placed_value(build, tags),
                             .where = build.resource(id).name,
                             .when = when});
  if (build.resource(id).kind == ResourceKind::Function &&
      build.entry(build.body(draft), "source_code_hash").exists())
    if (const HashCompared compared = hash_compared(build, draft.scope);
        compared != HashCompared::Unknown)
      root.children.push_back(
          {.name = "HashComparedWith",
           .value = build.pool.text_value(compared == HashCompared::WithCode ? "code" : "argument"),
           .where = build.resource(id).name,
           .when = when});
  // What deploys the code besides Terraform knows of its hash.
  if (is_left_to_others(build, draft)) {
    std::erase_if(root.children,
                  [](const PropertyBuilder& one) { return one.name == "SourceCodeHash"; });
    root.children.push_back({.name = "SourceCodeHash",
                             .value = build.pool.unknown("changes of the code are ignored"),
                             .where = build.resource(id).name,
                             .when = when});
  }
  if (is_replaced_with_others(build, draft))
    root.children.push_back({.name = "ReplaceTriggeredBy",
                             .value = build.pool.unknown("it is made anew when others change"),
                             .where = build.resource(id).name,
                             .when = when});
  const std::uint32_t row = build.properties.size();
  locator.emit(build.properties, root, "");
  Node located = build.properties.node(row);
  if (is_cut(build, draft)) located = with_unread(build, located, build.resource(id).name);
  build.draft(id).properties = located;
  build.resource(id).properties = {row + 1, build.properties.size() - row - 1};
}

Span terraform_span(const LinkContext& build, const ScopedExpr& at) {
  const TerraformModule& module = module_of(build, at.scope);
  if (!module.stand_in) return build.span(at.written);
  // What the caller wrote, where it is only handed on.
  const std::string_view function = build.function(at.written);
  if (function == "var.") {
    const Scope& scope = build.scopes[at.scope.index];
    const auto bound = scope.bound.find(build.literal(build.operand(at.written, 0)).value_or(""));
    if (bound != scope.bound.end()) return terraform_span(build, {scope.parent, bound->second});
  }
  return module.call;
}

}  // namespace fnlint::stacks
