// Plans as templates: planned values, and, where a value is only known after apply, the reference
// in the configuration that it comes from.

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/finish.h"
#include "frontends/templates/template_builder.h"
#include "frontends/templates/terraform.h"
#include "frontends/templates/terraform_json.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

// What a plan has besides the values that are planned and the configuration: mostly the same again.
constexpr std::array<std::string_view, 8> kLeftOut{
    "resource_changes", "prior_state",   "resource_drift",     "relevant_attributes",
    "output_changes",   "provider_schemas", "checks", "proposed_unknown"};
constexpr std::size_t kReferenceSteps = 16;  // from a module's variable to what it is given

// A module of the plan's configuration, and the one that calls it.
struct Configured {
  NodeId module = {};
  NodeId call = {};
  const Configured* caller = nullptr;
  std::string prefix = {};  // "module.a."
};

class TerraformPlan {
 public:
  TerraformPlan(TemplateBuilder& builder, const Document& document)
      : builder_(builder), document_(document) {}

  void read(NodeId root);

 private:
  NodeId find(NodeId map, std::string_view key) const {
    return map.exists() ? document_.find(map, key) : NodeId{};
  }
  std::string_view text(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::Text
               ? std::string_view(document_[node].text)
               : std::string_view{};
  }
  std::span<const NodeId> items(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::List
               ? document_.items_of(document_[node])
               : std::span<const NodeId>{};
  }
  void collect(NodeId module);
  void module(NodeId planned, const Configured& configured);
  void resource(NodeId planned, const Configured& configured);
  ExprId value(NodeId node, NodeId expressions, const Configured& in, bool top);
  ExprId record(NodeId node, NodeId expressions, const Configured& in);
  ExprId referenced(NodeId expression, const Configured& in, Range where, std::size_t step);
  ExprId reference(std::string_view written, const Configured& in, Range where, std::size_t step);
  // What the configuration says of a resource of a module: "aws_sqs_queue.jobs".
  NodeId expressions_of(NodeId module, const std::string& resource);
  Configured inner(const Configured& outer, std::string_view address) const;

  TemplateBuilder& builder_;
  const Document& document_;
  std::vector<std::string> addresses_ = {};  // of all planned resources, sorted
  std::map<std::uint32_t, std::map<std::string, NodeId>> configured_ = {};  // by module
};

void TerraformPlan::collect(NodeId planned) {
  std::vector<NodeId> open{planned};
  while (!open.empty()) {
    const NodeId here = open.back();
    open.pop_back();
    for (const NodeId row : items(find(here, "resources")))
      addresses_.emplace_back(text(find(row, "address")));
    for (const NodeId child : items(find(here, "child_modules"))) open.push_back(child);
  }
  std::ranges::sort(addresses_);
}

// "aws_sqs_queue.jobs.arn" of that module, where it is one planned resource; `module.x.out` and
// `var.x` lead to what they are given.
ExprId TerraformPlan::reference(std::string_view written, const Configured& in, Range where,
                                std::size_t step) {
  const std::vector<std::string_view> parts = split(written, '.');
  if (step > kReferenceSteps || parts.size() < 2) return {};
  if (parts[0] == "var") {
    if (in.caller == nullptr) return {};
    return referenced(find(find(in.call, "expressions"), parts[1]), *in.caller, where, step + 1);
  }
  if (parts[0] == "module" && parts.size() > 2) {
    const NodeId call = find(find(in.module, "module_calls"), parts[1].substr(0, parts[1].find('[')));
    const Configured target{find(call, "module"), call, &in, cat(in.prefix, "module.", parts[1], ".")};
    const NodeId output = find(find(target.module, "outputs"), parts[2]);
    return referenced(find(output, "expression"), target, where, step + 1);
  }
  constexpr std::array<std::string_view, 7> kOthers{"data", "local",     "each", "count",
                                                    "path", "terraform", "self"};
  if (std::ranges::find(kOthers, parts[0]) != kOthers.end()) return {};
  const std::string type = cat(in.prefix, parts[0]);
  const std::string address = cat(type, ".", parts[1]);
  auto known = std::ranges::lower_bound(addresses_, address);
  if (known == addresses_.end() || (*known != address && !known->starts_with(cat(address, "["))))
    return {};
  const std::string name = known->substr(type.size() + 1);
  const std::array names{builder_.text(type, where), builder_.text(name, where)};
  ExprId value = builder_.apply("resource.", names, where);
  if (parts.size() > 2)
    value = builder_.form(
        {.kind = ExprKind::Member, .ref = value.index, .name = builder_.string(parts[2])}, {}, where);
  return value;
}

ExprId TerraformPlan::referenced(NodeId expression, const Configured& in, Range where,
                                 std::size_t step) {
  const auto references = items(find(expression, "references"));
  if (references.empty()) {
    const NodeId constant = find(expression, "constant_value");
    return constant.exists() ? value(constant, {}, in, false) : ExprId{};
  }
  // The first is the whole, those that it begins with follow.
  const std::string_view first = text(references.front());
  for (const NodeId other : references)
    if (!first.starts_with(text(other))) return {};
  return reference(first, in, where, step);
}

ExprId TerraformPlan::record(NodeId node, NodeId expressions, const Configured& in) {
  std::vector<Written> entries;
  const Range whole = document_[node].range;
  for (const MapEntry& entry : document_.entries_of(document_[node])) {
    const NodeId expression = find(expressions, entry.key);
    if (document_[entry.value].kind == NodeKind::Null) continue;
    Operand operand{.name = builder_.string(entry.key)};
    operand.value = value(entry.value, expression, in, true);
    entries.push_back({operand, entry.key_range});
  }
  // What is known after apply is not among the values: where it comes from is.
  if (expressions.exists() && document_[expressions].kind == NodeKind::Map) {
    for (const MapEntry& entry : document_.entries_of(document_[expressions])) {
      if (document_.find(node, entry.key).exists()) continue;
      if (document_[entry.value].kind != NodeKind::Map) continue;
      if (!find(entry.value, "references").exists()) continue;
      ExprId given = referenced(entry.value, in, whole, 0);
      if (!given.exists()) given = builder_.unknown("known after apply", whole);
      const Operand operand{.name = builder_.string(entry.key), .value = given};
      entries.push_back({operand, {whole.begin, whole.begin + 1}});
    }
  }
  return builder_.record(entries, whole);
}

ExprId TerraformPlan::value(NodeId node, NodeId expressions, const Configured& in, bool top) {
  const Node& row = document_[node];
  if (builder_.full()) return builder_.overflow(row.range);
  if (row.kind == NodeKind::Map) return record(node, {}, in);
  if (row.kind != NodeKind::List) return scalar_of(builder_, document_, node);
  const auto all = document_.items_of(row);
  const bool blocks = top && !all.empty() && std::ranges::all_of(all, [&](NodeId item) {
    return document_[item].kind == NodeKind::Map;
  });
  const auto written = items(expressions);
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // One block, or as many as are planned.
    const NodeId expression = i < written.size()      ? written[i]
                              : written.size() == 1   ? written[0]
                              : expressions.exists()  ? expressions
                                                      : NodeId{};
    operands.push_back(
        {.value = blocks ? record(all[i], expression, in) : value(all[i], {}, in, false)});
  }
  return builder_.form({.kind = ExprKind::List, .detail = blocks ? kBlocks : std::uint8_t{0}},
                       operands, row.range);
}

void TerraformPlan::resource(NodeId planned, const Configured& configured) {
  const std::string address(text(find(planned, "address")));
  const std::string type(text(find(planned, "type"))), name(text(find(planned, "name")));
  const NodeId values = find(planned, "values"), type_at = find(planned, "type");
  const MapEntry* named = document_.find_entry(planned, "address");
  // A plan may be cut off anywhere.
  if (address.empty() || !values.exists() || !type_at.exists() || named == nullptr) return;
  if (text(find(planned, "mode")) == "data" || document_[values].kind != NodeKind::Map) return;
  const NodeId expressions = expressions_of(configured.module, cat(type, ".", name));
  Declaration row{.address = builder_.string(address), .type = builder_.string(type)};
  row.body = record(values, expressions, configured);
  row.attributes = builder_.record({}, document_[values].range);
  row.name_range = document_[named->value].range;
  row.type_range = document_[type_at].range;
  row.where = document_[planned].range;
  builder_.facts.declarations.push_back(row);
}

NodeId TerraformPlan::expressions_of(NodeId module, const std::string& resource) {
  if (!module.exists()) return {};
  const auto [known, is_new] = configured_.try_emplace(module.index);
  if (is_new)
    for (const NodeId row : items(find(module, "resources")))
      known->second.emplace(cat(text(find(row, "type")), ".", text(find(row, "name"))),
                            find(row, "expressions"));
  const auto found = known->second.find(resource);
  return found != known->second.end() ? found->second : NodeId{};
}

// The configuration of a child by its address below the outer one: "module.a.module.b[0]".
Configured TerraformPlan::inner(const Configured& outer, std::string_view address) const {
  std::string_view own = address;
  if (own.starts_with(outer.prefix)) own.remove_prefix(outer.prefix.size());
  if (own.starts_with("module.")) own.remove_prefix(std::size("module.") - 1);
  const NodeId call = find(find(outer.module, "module_calls"), own.substr(0, own.find('[')));
  return {find(call, "module"), call, &outer, cat(address, ".")};
}

void TerraformPlan::module(NodeId planned, const Configured& configured) {
  for (const NodeId row : items(find(planned, "resources"))) resource(row, configured);
  for (const NodeId child : items(find(planned, "child_modules"))) {
    const Configured below = inner(configured, text(find(child, "address")));
    module(child, below);
  }
}

void TerraformPlan::read(NodeId root) {
  NodeId planned = find(root, "planned_values");
  if (!planned.exists()) planned = find(root, "values");
  planned = find(planned, "root_module");
  if (!planned.exists()) return;
  const NodeId variables = find(root, "variables");
  if (variables.exists() && document_[variables].kind == NodeKind::Map) {
    for (const MapEntry& entry : document_.entries_of(document_[variables])) {
      const NodeId given = find(entry.value, "value");
      if (!given.exists()) continue;
      NamedExpr row{.name = builder_.string(entry.key), .where = entry.key_range};
      row.value = value(given, {}, {}, false);
      builder_.facts.mappings.push_back(row);
    }
  }
  collect(planned);
  module(planned, {.module = find(find(root, "configuration"), "root_module")});
}

}  // namespace

TemplateDialect recognise_terraform_plan(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == text.npos || text[start] != '{') return TemplateDialect::Unknown;
  const std::string_view head = text.substr(start, 256);
  if (head.find("\"format_version\"") == head.npos &&
      head.find("\"terraform_version\"") == head.npos)
    return TemplateDialect::Unknown;
  const bool module = text.find("\"root_module\"") != text.npos ||
                      text.find("\"planned_values\"") != text.npos;
  return module ? TemplateDialect::TerraformPlan : TemplateDialect::Unknown;
}

TemplateFacts read_terraform_plan(std::string_view text) {
  TemplateBuilder builder;
  const Document document = read_json_without(text, kLeftOut);
  builder.facts.dialect = TemplateDialect::TerraformPlan;
  if (!document.roots.empty()) TerraformPlan(builder, document).read(document.roots.front());
  return finish(builder, document);
}

}  // namespace fnlint
