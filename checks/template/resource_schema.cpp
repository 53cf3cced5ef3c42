// Properties of resources against CloudFormation's own schemas: the deployment refuses what does
// not fit, often after it has made half of the stack.

#include "checks/template/refused_values.h"
#include "checks/template/rules.h"
#include "checks/template/schema_values.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/limits.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/known.h"
#include "tables/schemas.h"
#include "values/number_text.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

// What is asked of a resource: names only where the template writes CloudFormation's (or SAM's) own
// properties, values in all tools.
struct SchemaAsked {
  bool names = false, values = false;
  bool by_native = false;  // paths as the template spells them
  bool by_program = false;
  bool alone = false;  // what is not written here stands nowhere
  bool may_be_given = false;  // ... but in what a deployment gives to inputs
  std::uint8_t uncertainty = 0;
};

struct SchemaEntry {
  std::string_view name = {};
  ValueId value = {};
};

class SchemaWalk {
 public:
  SchemaWalk(const Project& project, PlacedFindings& placed, Findings& out, SchemaValues& values)
      : project_(project), pool_(*project.pool), placed_(placed), out_(out), values_(values) {}

  void resource(ResourceId id, const ResourceSchema& schema, const SchemaAsked& asked);

 private:
  struct At {
    std::string path = {};
    const Property* row = nullptr;  // the nearest that has one
    std::vector<Test> tests = {};
    std::uint8_t uncertainty = 0;
    std::size_t depth = 0;
  };
  At below(const At& at, std::string_view name) const;
  void value(ValueId value, const SchemaShape& shape, const At& at);
  void one(ValueId value, const SchemaShape& shape, const At& at);
  void object(const std::vector<SchemaEntry>& entries, bool open, const SchemaShape& shape,
              const At& at);
  void names(const std::vector<SchemaEntry>& entries, bool open, const SchemaShape& shape,
             const At& at);
  void unknown(std::string_view name, const SchemaShape& shape, const At& at);
  void missing(const std::vector<SchemaEntry>& entries, const SchemaShape& shape, const At& at,
               std::string_view in_its_place);
  void require(const std::vector<SchemaEntry>& entries, std::span<const std::string_view> names,
               const At& at, std::string_view in_its_place = {});
  // Of several findings with one `cause` the first is told, with the places of the others.
  void add(std::string_view rule, std::string message, const At& at, const Property* row,
           Span where, std::string_view cause = {});
  [[nodiscard]] bool is_told_elsewhere(std::string_view path) const;

  const Project& project_;
  const ValuePool& pool_;
  PlacedFindings& placed_;
  Findings& out_;
  SchemaValues& values_;
  ResourceId id_ = {};
  std::string_view type_ = {};
  SchemaAsked asked_ = {};
  bool has_told_elsewhere_ = false;  // some properties of the type
  tsl::robin_map<std::string_view, const Property*> rows_ = {};
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string>> told_ = {};
};

std::string_view spelled_path(const ValuePool& pool, const Property& row, bool native) {
  return pool[native && row.native_path.exists() ? row.native_path : row.path];
}

// A path with any item of a list as the first: "FileSystemConfigs.1.Arn".
std::string first_of_list(std::string_view path) {
  std::string first;
  for (const std::string_view part : split(path, '.'))
    first += cat(first.empty() ? "" : ".", is_digits(part) ? "0" : part);
  return first;
}

bool SchemaWalk::is_told_elsewhere(std::string_view path) const {
  if (!has_told_elsewhere_) return false;
  const std::string first = first_of_list(path);
  const auto is_this = [&](const auto& row) {
    return row[0] == type_ && (first == row[1] || first.starts_with(cat(row[1], ".")));
  };
  return std::ranges::any_of(known::properties_told_elsewhere(), is_this);
}

SchemaWalk::At SchemaWalk::below(const At& at, std::string_view name) const {
  At next{at.path.empty() ? std::string(name) : cat(at.path, '.', name), at.row, at.tests,
          at.uncertainty, at.depth + 1};
  if (const auto row = rows_.find(next.path); row != rows_.end()) next.row = row->second;
  return next;
}

void SchemaWalk::add(std::string_view rule, std::string message, const At& at, const Property* row,
                     Span where, std::string_view cause) {
  const bool is_place_shared = rule == "config-missing-property";
  if (!told_.emplace(rule, where.file.index, where.range.begin, is_place_shared ? at.path : "")
           .second)
    return;
  // What AWS SAM hands on as it is, its schema does not always have.
  const bool is_guess = asked_.by_native && at.depth > 1;
  const bool is_function = project_.stacks[id_].kind == ResourceKind::Function;
  auto finding =
      FindingBuilder(rule, at.uncertainty | asked_.uncertainty | (is_guess ? kHeuristic : 0))
          .about(project_, is_function ? id_ : ResourceId{})
          .at(where)
          .says(message)
          .identified(name_of(project_, id_), ':', at.path);
  if (!cause.empty())
    finding.caused_by({.key = std::string(cause), .apart = 1, .also = "The same name stands here."});
  if (row != nullptr)
    placed_.add(id_, *row, std::move(finding));
  else
    out_.push_back(std::move(finding));
}

// Every branch of the value that the template leaves open.
void SchemaWalk::value(ValueId value, const SchemaShape& shape, const At& at) {
  if (!value.exists() || shape.kind == SchemaKind::Any || at.depth > kNestingDepth) return;
  std::vector<ValueCase> cases = cases_of(pool_, value);
  std::erase_if(cases, [&](ValueCase& way) {
    const auto tests = both(at.tests, way.tests);
    if (tests) way.tests = *tests;
    return !tests;
  });
  for (const ValueCase& way : cases) {
    At inside = at;
    inside.tests = way.tests;
    // What the parts of a map rest on is told of them.
    inside.uncertainty |=
        static_cast<std::uint8_t>(way.uncertainty & ~pool_[way.value].uncertainty);
    if (cases.size() > 1) inside.uncertainty |= kConditional;
    one(way.value, shape, inside);
  }
}

// Of an enumeration of the CDK that no row knows: what it stands for is not known.
bool is_member_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }) && !is_digits(text);
}

void SchemaWalk::one(ValueId value, const SchemaShape& shape, const At& at) {
  const Value& given = pool_[value];
  // "*" stands for what a program's stacks are called.
  const std::string_view text = as_text(pool_, value).value_or("");
  if (asked_.by_program && (is_member_name(text) || text.find('*') != text.npos)) return;
  auto wrong = values_.wrong_type(value, shape, asked_.names);
  const bool told = asked_.values && is_told_elsewhere(at.path);
  if (told && wrong && double_of(normal_number(trim(text)))) wrong.reset();  // it is of that value
  // What an API takes for nothing, its resource's schema may refuse: Terraform asks the API.
  const bool is_nothing =
      asked_.may_be_given && pool_.is(value, ValueKind::List) && pool_.operands(value).empty();
  if (!wrong && asked_.values && !told && !is_nothing) wrong = values_.wrong_content(value, shape);
  if (wrong && at.row != nullptr) {
    At here = at;
    here.uncertainty |= given.uncertainty;
    // An input's default that has another form stands for what a deployment gives.
    if (wrong->by_form && (here.uncertainty & kOverridable) != 0) here.uncertainty |= kUncertain;
    const bool exact = spelled_path(pool_, *at.row, asked_.by_native) == at.path;
    const std::string_view shown = exact ? spelled_path(pool_, *at.row, true) : at.path;
    add(wrong->rule,
        cat('\'', shown, "' of '", name_of(project_, id_), "' ", wrong->words,
            wrong->words.ends_with('?') ? "" : "."),
        here, at.row, anchor_of(*at.row));
    return;
  }
  if (given.kind == ValueKind::List && shape.kind == SchemaKind::List && shape.of != 0) {
    std::size_t number = 0;
    for (const ValueId item : pool_.operands(value)) {
      const At inside = below(at, std::to_string(number++));
      // A list in a list of texts adds its entries.
      if (!pool_.is(item, ValueKind::List)) this->value(item, schema_shape(shape.of), inside);
    }
  }
  if (given.kind != ValueKind::Record || told || is_intrinsic(pool_, value)) return;
  std::vector<SchemaEntry> entries;
  for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
    entries.push_back({pool_[pool_.names(value)[i]], pool_.operands(value)[i]});
  object(entries, given.ref == 1, shape, at);
}

void SchemaWalk::object(const std::vector<SchemaEntry>& entries, bool open,
                        const SchemaShape& shape, const At& at) {
  if (shape.kind == SchemaKind::Map && shape.of != 0)
    for (const SchemaEntry& entry : entries)
      value(entry.value, schema_shape(shape.of), below(at, entry.name));
  if (shape.kind != SchemaKind::Object) return;
  if (!shape.by_type.empty()) {
    const auto type = std::ranges::find(entries, "Type", &SchemaEntry::name);
    const auto text = type != entries.end() ? as_text(pool_, type->value) : std::nullopt;
    const auto row = std::ranges::find(shape.by_type, text.value_or(""), &SchemaProperty::name);
    if (row != shape.by_type.end()) object(entries, open, schema_shape(row->shape), at);
    return;
  }
  for (const SchemaEntry& entry : entries) {
    const auto row = std::ranges::find(shape.properties, entry.name, &SchemaProperty::name);
    if (row != shape.properties.end())
      value(entry.value, schema_shape(row->shape), below(at, entry.name));
  }
  if (asked_.names) names(entries, open, shape, at);
}

std::string_view likeliest_property(std::string_view name, const SchemaShape& shape) {
  std::vector<std::string_view> names;
  for (const SchemaProperty& property : shape.properties) names.push_back(property.name);
  return likeliest(name, names);
}

// Where one name is not known and one is missing, that is one mistake.
void SchemaWalk::names(const std::vector<SchemaEntry>& entries, bool open, const SchemaShape& shape,
                       const At& at) {
  std::vector<std::string_view> unknown_names, absent;
  for (const SchemaEntry& entry : entries)
    if (!shape.open && entry.name != kRest && !entry.name.starts_with("Fn::") &&
        std::ranges::find(shape.properties, entry.name, &SchemaProperty::name) ==
            shape.properties.end())
      unknown_names.push_back(entry.name);
  for (const SchemaProperty& property : shape.properties)
    if (property.required &&
        std::ranges::find(entries, property.name, &SchemaEntry::name) == entries.end())
      absent.push_back(property.name);
  const bool is_one = !open && unknown_names.size() == 1 && absent.size() == 1;
  const bool is_misspelt = is_one && likeliest_property(unknown_names[0], shape) == absent[0];
  if (!is_one || is_misspelt)
    for (const std::string_view name : unknown_names) unknown(name, shape, below(at, name));
  if (!open && !is_misspelt)
    missing(entries, shape, at, is_one ? unknown_names[0] : std::string_view());
}

void SchemaWalk::unknown(std::string_view name, const SchemaShape& shape, const At& at) {
  if (at.row != nullptr && at.row->inherited) return;  // config-sam-globals-invalid
  const std::string_view near = likeliest_property(name, shape);
  const std::string advice = near.empty() ? "." : cat("; did you mean '", near, "'?");
  const Span where = at.row != nullptr ? at.row->key : project_.stacks[id_].name;
  add("config-unknown-property",
      cat('\'', name_of(project_, id_), "' has '", at.path, "', which ", type_, " does not know",
          advice),
      at, at.row, where, cat(type_, ' ', name));
}

void SchemaWalk::missing(const std::vector<SchemaEntry>& entries, const SchemaShape& shape,
                         const At& at, std::string_view in_its_place) {
  for (const SchemaProperty& property : shape.properties)
    if (property.required) require(entries, std::array{property.name}, at, in_its_place);
  if (!shape.one_of.empty()) require(entries, shape.one_of, at);
}

// One of the names has to be there, in each branch.
void SchemaWalk::require(const std::vector<SchemaEntry>& entries,
                         std::span<const std::string_view> names, const At& at,
                         std::string_view in_its_place) {
  std::uint8_t uncertainty = at.uncertainty;
  At here = at;
  for (const std::string_view name : names) {
    const auto entry = std::ranges::find(entries, name, &SchemaEntry::name);
    if (entry == entries.end()) continue;
    bool absent = false;
    for (const ValueCase& way : cases_of(pool_, entry->value)) {
      if (!pool_.is(way.value, ValueKind::Absent) || !both(at.tests, way.tests)) continue;
      absent = true;
      uncertainty |= static_cast<std::uint8_t>(kConditional | way.uncertainty);
    }
    if (!absent) return;
    here = below(at, name);
  }
  std::string wanted;
  for (const std::string_view name : names)
    wanted +=
        cat(wanted.empty() ? "'" : " or '", at.path.empty() ? "" : cat(at.path, '.'), name, '\'');
  const Resource& row = project_.stacks[id_];
  here.uncertainty = uncertainty;
  here.path = wanted;
  add("config-missing-property",
      cat('\'', name_of(project_, id_), "' has no ", wanted, ", which ", type_, " requires",
          (uncertainty & kConditional) != 0 ? " in each branch"
          : in_its_place.empty()         ? ""
                                 : cat("; it has '", in_its_place, "', which is not known there"),
          "."),
      here, here.row, here.row != nullptr ? here.row->key : row.name);
}

void SchemaWalk::resource(ResourceId id, const ResourceSchema& schema, const SchemaAsked& asked) {
  id_ = id;
  type_ = schema.type;
  asked_ = asked;
  has_told_elsewhere_ = std::ranges::any_of(known::properties_told_elsewhere(),
                                            [&](const auto& row) { return row[0] == type_; });
  rows_.clear();
  const Resource& resource = project_.stacks[id];
  std::vector<SchemaEntry> entries;
  bool open = false;
  for (std::uint32_t i = 0; i < resource.properties.count; ++i) {
    const Property& row = project_.stacks.properties[resource.properties.first + i];
    const std::string_view path = spelled_path(pool_, row, asked.by_native);
    rows_.emplace(path, &row);
    open = open || path == kRest;
    if (path.find('.') == path.npos) entries.push_back({path, row.value});
  }
  asked_.names = asked_.names && !open;  // what adds names may also take some
  At at;
  at.tests = tests_of(pool_, resource.exists);
  object(entries, open, schema_shape(schema.shape), at);
  if (open || !asked_.alone || asked_.by_native) return;
  if (asked_.may_be_given) at.uncertainty |= kOverridable;
  for (const auto& [type, names] : known::further_required())
    if (type == type_) require(entries, split(names, '|'), at);
}

// What the tool lets ask.
SchemaAsked schema_asked_of(const Project& project, const Resource& resource) {
  const Scope& scope = project.stacks.scopes[resource.scope];
  SchemaAsked asked{.values = true};
  const bool made = resource.generated || !scope.complete;
  switch (static_cast<TemplateDialect>(scope.dialect)) {
    case TemplateDialect::CloudFormation:
    case TemplateDialect::Sam: asked.names = asked.alone = !made; break;
    // What is null by an input's default is as if it were not written.
    case TemplateDialect::Terraform: asked.alone = asked.may_be_given = !made; break;
    case TemplateDialect::ServerlessFramework:
      // Its functions and layers are the framework's own, and state machines a plugin's; what the
      // service writes may be put over what the framework or another plugin makes.
      asked.names = !made && resource.kind != ResourceKind::Function &&
                    resource.kind != ResourceKind::Layer &&
                    resource.kind != ResourceKind::StateMachine;
      asked.uncertainty = asked.names ? kHeuristic : 0;
      break;
    case TemplateDialect::CdkProgram: asked.by_program = true; break;
    case TemplateDialect::LambdaApi:
    case TemplateDialect::Unknown: asked.values = false; break;
    default: break;
  }
  return asked;
}

}  // namespace

void resource_schema(const Project& project, const Settings&, Findings& out) {
  PlacedFindings placed(project);
  SchemaValues values(*project.pool);
  SchemaWalk walk(project, placed, out, values);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    const Resource& resource = project.stacks[id];
    if (resource.external || resource.superseded || resource.scope >= project.stacks.scopes.size())
      continue;
    const std::string_view type = (*project.pool)[resource.type];
    SchemaAsked asked = schema_asked_of(project, resource);
    const auto* const made = known::row_of(known::sam_made_types(), type);
    if (const ResourceSchema* schema = find_resource_schema(type); schema != nullptr) {
      SchemaAsked own = asked;
      own.by_native = type.starts_with("AWS::Serverless::");
      if (made != nullptr) own.values = false;
      if (own.names || own.values) walk.resource(id, *schema, own);
    }
    if (made == nullptr || !asked.values) continue;
    asked.names = asked.alone = false;  // SAM makes the rest
    if (const ResourceSchema* schema = find_resource_schema((*made)[1]))
      walk.resource(id, *schema, asked);
  }
  placed.move_to(out);
  refused_values(project, out);
}

}  // namespace fnlint
