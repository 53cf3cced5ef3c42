#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/cdk.h"
#include "tables/known.h"
#include "tables/schemas.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <cctype>

// Constructs that are no rows: outputs, parameters, mappings, and L1 classes by CloudFormation's
// names.
namespace fnlint::cdk {

DatumId CdkApp::special_construct(const std::string& cls, const LibraryUse& use, DatumId self) {
  if (cls == "CfnOutput") {
    const PlacedDatum props = entry(p_->slot(self, "<args>")->value, "2");
    const DatumId holder = props.value.exists() ? props.value : p_->slot(self, "<args>")->value;
    const PlacedDatum value = entry(holder, "value");
    if (value.value.exists())
      outputs_.push_back(
          {address_of(self), value.value, entry(holder, "exportName").value, use.where});
    return self;
  }
  if (cls == "CfnParameter") {
    const PlacedDatum props = entry(p_->slot(self, "<args>")->value, "2");
    const DatumId holder = props.value.exists() ? props.value : p_->slot(self, "<args>")->value;
    const DatumId fallback = entry(holder, "default").value;
    const std::string address = address_of(self);
    std::string name = address.substr(address.rfind('/') + 1);
    // Stacks may each have one of that name.
    for (const ProgramInput& other : inputs_)
      if (other.name == name) name = address;
    const DatumId value = input(name, fallback);
    if (const DatumId hidden = entry(holder, "noEcho").value; hidden.exists()) {
      const DatumId truth = p_->truth(hidden);
      const auto row = std::ranges::find(inputs_, name, &ProgramInput::name);
      row->secret = p_->is(truth, DatumKind::Bool) && (*p_)[truth].truth;
    }
    for (const std::string_view field :
         {"valueAsString", "valueAsNumber", "valueAsList", "value", "ref"})
      p_->change(self).slots.push_back({.name = std::string(field), .value = value});
    return self;
  }
  return {};
}

namespace {


}  // namespace

std::string cloudformation_type(std::string_view cls) {
  const std::string name = last_of(cls);
  if (!name.starts_with("Cfn") || !cls.starts_with("aws")) return {};
  const std::string_view service = cls.substr(3, cls.find('.') - 3);
  const CdkService* known = find_cdk_service(service);
  std::string type =
      known != nullptr ? cat("AWS::", known->name, "::", name.substr(3)) : std::string();
  for (const ResourceType& row : resource_types()) {
    const std::vector<std::string_view> parts = split(row.type, ':');
    if (parts.size() != 5) continue;
    const bool is_sam = service == "sam" && parts[2] == "Serverless";
    if (!is_sam && lower(parts[2]) != service) continue;
    if (name.substr(3) == parts[4]) return std::string(row.type);
    type = cat(parts[0], "::", parts[2], "::", name.substr(3));
  }
  return type;
}

namespace {

// What CloudFormation calls a property that CDK writes with other capitals (principalOrgId); null:
// not known.
const SchemaProperty* schema_property(std::uint16_t shape, std::string_view name) {
  for (const SchemaProperty& one : schema_shape(shape).properties)
    if (lower(one.name) == lower(name)) return &one;
  return nullptr;
}

}  // namespace

// Names as CloudFormation writes them; `own`: below here they are the user's. `shape`: the schema
// of what is given.
DatumId CdkApp::capital(DatumId given, const std::string& type, bool own, int depth,
                        std::uint16_t shape) {
  if (const ResourceSchema* const schema = depth == 0 ? find_resource_schema(type) : nullptr)
    shape = schema->shape;
  DatumId value = p_->settled(given);
  // A record that is written as a class: CfnSchedule.TargetProperty(arn=...).
  if (p_->is(value, DatumKind::Object) && made_row(value) == UINT32_MAX &&
      (*p_)[value].text.ends_with("Property"))
    if (const Slot* arguments = p_->slot(value, "<args>")) value = p_->settled(arguments->value);
  const Datum row = (*p_)[value];
  const bool is_holder = row.kind == DatumKind::Record || row.kind == DatumKind::List;
  if (!is_holder || depth > kDeepest || p_->exhausted()) return value;
  std::vector<Slot> out;
  for (const Slot& one : row.slots) {
    std::string key = camel(one.name), small = key;
    if (!small.empty())
      small[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(small[0])));
    const bool inner_own = is_one_of(known::own_name_maps(), small) && small != "environment";
    if (own) key = one.name;
    std::uint16_t inner = row.kind == DatumKind::List ? schema_shape(shape).of : 0;
    if (!own && !key.empty()) {
      key[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(key[0])));
      const CdkName* name = find_cdk_name(cat(type, '.', key));
      if (name == nullptr) name = find_cdk_name(key);
      if (name != nullptr) key = name->name;
      if (const SchemaProperty* const property = schema_property(shape, key)) {
        key = property->name;
        inner = property->shape;
      }
    }
    out.push_back(
        {key, capital(one.value, type, own || inner_own, depth + 1, inner), one.key, one.where});
  }
  return row.kind == DatumKind::List ? p_->list(std::move(out), row.open)
                                     : p_->record(std::move(out), row.open);
}

// "aws_lambda.CfnFunction": CloudFormation's own properties, written small.
DatumId CdkApp::low_level(const std::string& cls, const LibraryUse& use, DatumId self) {
  std::string type = cloudformation_type(cls);
  PlacedDatum properties = entry(p_->slot(self, "<args>")->value, "2");
  if (cls == "CfnResource") {
    type = std::string(p_->text_of(entry(properties.value, "type").value).value_or(""));
    properties = entry(properties.value, "properties");
  }
  if (type.empty()) return {};
  const DatumId record = add_made(address_of(self), type, use.where, self);
  std::vector<Slot> rest = p_->is(p_->settled(properties.value), DatumKind::Record)
                               ? (*p_)[p_->settled(properties.value)].slots
                               : std::vector<Slot>{};
  for (const Slot& one : use.arguments.given)
    if (!one.name.empty() && std::isalpha(static_cast<unsigned char>(one.name[0])) != 0 &&
        one.name != "scope" && one.name != "id")
      rest.push_back(one);
  const DatumId whole = capital(p_->record(std::move(rest)), type, cls == "CfnResource", 0);
  for (const Slot& one : std::vector<Slot>((*p_)[whole].slots))
    p_->change(record).slots.push_back(one);
  return self;
}

// A table of the template: new CfnMapping(this, "M", {mapping}), setValue, findInMap.
DatumId CdkApp::mapping(const LibraryUse& use, std::string_view name) {
  const std::vector<Slot>& given = use.arguments.given;
  const bool sets = name == "setValue";
  if ((!sets && name != "findInMap") || given.size() < (sets ? 3U : 2U)) return {};
  const auto first = p_->text_of(given[0].value), second = p_->text_of(given[1].value);
  if (!first || !second) return {};
  const std::string key = cat("<map>", *first, '/', *second);
  if (sets) {
    p_->set(use.receiver, key, given[2].value, use.where, use.where);
    return p_->absent();
  }
  if (const Slot* known = p_->slot(use.receiver, key)) return p_->settled(known->value);
  const DatumId rows = entry(use.receiver, "mapping").value;
  const DatumId row = rows.exists() ? entry(rows, *first).value : DatumId{};
  return row.exists() ? entry(row, *second).value : DatumId{};
}

// Constructs of a pattern library: what it makes beside the function is not known; the function has
// the properties that it is given.
void CdkApp::pattern_function(const LibraryUse& use, DatumId self) {
  const DatumId given = p_->slot(self, "<args>")->value;
  const PlacedDatum own = entry(given, "2");
  const DatumId properties = own.value.exists() ? own.value : given;
  if (const PlacedDatum known = entry(properties, "existingLambdaObj"); known.value.exists()) {
    p_->set(self, "lambdaFunction", known.value, known.key, known.where);
    return;
  }
  const PlacedDatum made = entry(properties, "lambdaFunctionProps");
  if (!made.value.exists()) return;
  Arguments arguments;
  arguments.given = {{"0", self, use.where, use.where},
                     {.name = "1", .value = p_->text("LambdaFunction")},
                     {"2", made.value, made.key, made.where}};
  const LibraryUse inner{.path = "aws-cdk-lib.aws-lambda.Function",
                         .arguments = arguments,
                         .constructs = true,
                         .language = use.language,
                         .where = use.where};
  const DatumId function = construct(cdk_path(inner.path), inner, {});
  p_->set(self, "lambdaFunction", function, made.key, made.where);
}

}  // namespace fnlint::cdk
