// Resources of Pulumi's AWS provider, which SST's programs have as `aws`: it is made of
// Terraform's, so that the rows of Terraform's types say what CloudFormation calls them and their
// arguments. Source: Pulumi, "AWS (Classic)": bridged from terraform-provider-aws; names in camel
// case, blocks that may be repeated in the plural.
#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"
#include "tables/tables.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

std::string pascal(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

std::string path_below(std::string_view path, std::string_view name) {
  return path.empty() ? std::string(name) : cat(path, '.', name);
}

// "sqs.Queue": aws_sqs_queue; "ec2.Subnet": aws_subnet; "s3.BucketV2": aws_s3_bucket.
const TerraformResource* row_of_class(std::string_view cls) {
  if (!cls.starts_with(kProvider)) return nullptr;
  cls.remove_prefix(kProvider.size());
  const std::size_t dot = cls.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view module = cls.substr(0, dot);
  std::string_view name = cls.substr(dot + 1);
  if (name.size() > 2 && name.ends_with("V2")) name.remove_suffix(2);
  const auto* const row = known::row_of(known::provider_classes(), cat(module, '.', name));
  if (row != nullptr) return find_terraform_resource((*row)[1]);
  const TerraformResource* const found =
      find_terraform_resource(cat("aws_", lower(module), '_', snake(name)));
  return found != nullptr ? found : find_terraform_resource(cat("aws_", snake(name)));
}

const TerraformProperty* property_of(const TerraformResource& row, std::string_view native) {
  const auto found = std::ranges::find(row.properties, native, &TerraformProperty::native);
  return found == row.properties.end() ? nullptr : &*found;
}

// Whether the row says anything of it or of what is below it.
bool names_argument(const TerraformResource& row, std::string_view native) {
  const std::string inner = cat(native, '.');
  return std::ranges::any_of(row.properties, [&](const TerraformProperty& one) {
    return one.native == native || one.native.starts_with(inner);
  });
}

// The argument as Terraform has it: a block's name is in the singular there.
std::string native_name(const TerraformResource& row, const std::string& above,
                        std::string_view name) {
  std::string own = path_below(above, snake(name));
  if (const auto* const other = known::row_of(known::provider_arguments(), cat(row.type, '.', own)))
    return std::string((*other)[1]);
  if (names_argument(row, own)) return own;
  const auto singular = [&](std::string_view ending, std::string_view instead) {
    return own.ends_with(ending) ? cat(own.substr(0, own.size() - ending.size()), instead)
                                 : std::string();
  };
  for (const std::string& one : {singular("ies", "y"), singular("es", ""), singular("s", "")})
    if (!one.empty() && names_argument(row, one)) return one;
  return own;
}

// The address that a reference gives, also `${role.name}` alone; empty: it is none.
std::string referred(const Interpreter& program, DatumId value) {
  const Datum& row = program[value];
  if (row.kind != DatumKind::Token || row.slots.empty()) return {};
  if (row.text != "Fn::Join")
    return std::string(program.text_of(row.slots[0].value).value_or(std::string_view()));
  std::string found;
  for (const Slot& part : program[program.settled(row.slots.back().value)].slots) {
    const auto text = program.text_of(part.value);
    if (text && text->empty()) continue;
    const std::string one = text ? std::string() : referred(program, part.value);
    if (one.empty() || !found.empty()) return {};
    found = one;
  }
  return found;
}

// A choice of maps or lists, whose names are not CloudFormation's.
bool chooses_blocks(const Interpreter& program, const Datum& row) {
  return row.kind == DatumKind::Choice && std::ranges::any_of(row.slots, [&](const Slot& way) {
           const DatumKind kind = program[program.settled(way.value)].kind;
           return kind == DatumKind::Record || kind == DatumKind::List || kind == DatumKind::Choice;
         });
}

// What gives a role its rights, or may: where it is not known which, all of them are open.
bool is_of_roles(std::string_view cls) { return cls.starts_with(cat(kProvider, "iam.")); }

}  // namespace

// JSON.stringify({...}): the document itself.
DatumId CdkApp::document_of(DatumId given) {
  const DatumId value = p_->settled(given);
  if (const auto source = documents_.find(value.index); source != documents_.end())
    return source->second;
  if (!p_->text_of(value)) return plain(*p_, value);
  Arguments text;
  text.given = {{.name = "0", .value = value}};
  return parsed(text);
}

// aws.iam.getPolicyDocumentOutput({ statements: [{ actions, resources, principals }] })
DatumId CdkApp::policy_document(DatumId given) {
  const DatumId rows = entry(given, "statements").value;
  if (!rows.exists() || !p_->is(p_->settled(rows), DatumKind::List))
    return p_->unknown("a document of a policy");
  const DatumId all = each(rows, [&](DatumId one) {
    std::vector<Slot> out;
    if (!entry(one, "effect").value.exists())
      out.push_back({.name = "Effect", .value = p_->text("Allow")});
    for (const auto& [name, written] : known::provider_statement()) {
      const PlacedDatum part = entry(one, name);
      if (part.value.exists())
        out.push_back({std::string(written), plain(*p_, part.value), part.key, part.where});
    }
    // [{ type: "Service", identifiers: [...] }]
    const PlacedDatum whom = entry(one, "principals");
    std::vector<Slot> principals;
    if (whom.value.exists())
      each(whom.value, [&](DatumId row) {
        const DatumId type = entry(row, "type").value, who = entry(row, "identifiers").value;
        const auto name = type.exists() ? p_->text_of(type) : std::nullopt;
        if (name && who.exists())
          principals.push_back({std::string(*name), plain(*p_, who), whom.key, whom.where});
        return row;
      });
    if (whom.value.exists())
      out.push_back(
          {"Principal",
           principals.empty() ? p_->unknown("a principal") : p_->record(std::move(principals)),
           whom.key, whom.where});
    if (entry(one, "conditions").value.exists())
      out.push_back({.name = "Condition", .value = p_->unknown("a condition")});
    if (entry(one, "notPrincipals").value.exists())
      out.push_back({.name = "Principal", .value = p_->unknown("all but some")});
    return p_->record(std::move(out));
  });
  // Other documents add theirs.
  const DatumId document = p_->settled(given);
  const bool is_part = entry(given, "sourcePolicyDocuments").value.exists() ||
                       entry(given, "overridePolicyDocuments").value.exists() ||
                       (p_->is(document, DatumKind::Record) && (*p_)[document].open);
  if (!is_part || !p_->is(all, DatumKind::List))
    return p_->record({{.name = "Statement", .value = all}});
  std::vector<Slot> statements = (*p_)[all].slots;
  statements.push_back({.value = p_->unknown("statements of another document")});
  return p_->record({{.name = "Statement", .value = p_->list(std::move(statements), true)}});
}

// What a function of the provider gives: who deploys where, and documents.
DatumId CdkApp::provider_call(std::string_view path, const LibraryUse& use) {
  const std::vector<Slot>& given = use.arguments.given;
  std::string name = last_of(path);
  if (name.ends_with("Output")) name.resize(name.size() - 6);
  const auto pseudo = [&](std::string_view of) {
    return p_->token("Ref", std::array{p_->text(cat("AWS::", of))});
  };
  if (name == "getPolicyDocument" && !given.empty())
    return p_->record({{.name = "json", .value = policy_document(given[0].value)}});
  if (name == "getCallerIdentity")
    return p_->record({{.name = "accountId", .value = pseudo("AccountId")}}, true);
  if (name == "getRegion")
    return p_->record({{.name = "name", .value = pseudo("Region")},
                       {.name = "region", .value = pseudo("Region")}},
                      true);
  return p_->unknown(cat("what ", use.path, " gives"));
}

// One argument, at its place below `to`, whose own place is `base`.
void CdkApp::provider_argument(DatumId to, const Slot& one, const ProviderPlace& at) {
  const std::string native = native_name(at.row, at.native, one.name);
  const TerraformProperty* const known = property_of(at.row, native);
  const std::string path = known != nullptr
                               ? std::string(known->canonical)
                               : path_below(at.path, pascal(camel(last_of(native))));
  const std::string above = cat(at.base, '.');
  const std::string here =
      !at.base.empty() && path.starts_with(above) ? path.substr(above.size()) : path;
  Names names;
  const auto put = [&](DatumId value) { set_path(to, here, {value, one.key, one.where}, names); };
  const DatumId value = p_->settled(one.value);
  const Datum row = (*p_)[value];
  if (row.kind == DatumKind::Absent || row.kind == DatumKind::Null) return;
  if (std::ranges::find(at.row.documents, native) != at.row.documents.end())
    return put(document_of(value));
  if (is_one_of(known::map_arguments(), snake(one.name))) return put(plain(*p_, value));
  if (native == "filename") return put(provider_code(value));
  if (chooses_blocks(*p_, row)) return put(p_->unknown("what is given in one of two cases"));
  if (row.kind == DatumKind::Record) {
    if (row.open) return put(p_->unknown("what spreads in here"));
    for (const Slot& inner : row.slots)
      provider_argument(to, inner, {at.row, native, path, at.base});
    return;
  }
  const bool has_blocks = row.kind == DatumKind::List && !row.slots.empty() &&
                          std::ranges::all_of(row.slots, [&](const Slot& item) {
                            return p_->is(p_->settled(item.value), DatumKind::Record);
                          });
  if (!has_blocks) return put(plain(*p_, value));
  std::vector<Slot> items;
  for (const Slot& item : row.slots) {
    const DatumId made = p_->record({});
    for (const Slot& inner : std::vector<Slot>((*p_)[p_->settled(item.value)].slots))
      provider_argument(made, inner, {at.row, native, path, path});
    items.push_back({"", made, item.key, item.where});
  }
  put(p_->list(std::move(items), row.open));
}

DatumId provider_value(Interpreter& program, std::string_view path) {
  const std::string name = last_of(path);
  std::string written;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_dot = name[i] == 'd' && i > 0 && i + 1 < name.size() &&
                        std::isdigit(static_cast<unsigned char>(name[i - 1])) != 0;
    written += is_dot ? '.' : static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  if (path.starts_with(cat(kProvider, "lambda.Runtime.")) && find_runtime(written) != nullptr)
    return program.text(std::move(written));
  return program.unknown(cat(name, " of the provider"));
}

// new $util.asset.FileArchive("dist"); of an AssetArchive, the folder that is all of it.
DatumId CdkApp::provider_code(DatumId given) {
  const DatumId value = p_->settled(given);
  const Slot* const made = p_->is(value, DatumKind::Object) ? p_->slot(value, "<args>") : nullptr;
  const std::string kind = made != nullptr ? last_of((*p_)[value].text) : std::string();
  const DatumId first = made != nullptr ? entry(made->value, "0").value : DatumId{};
  if (first.exists() && (kind == "FileArchive" || kind == "FileAsset"))
    return path_below_app(p_->settled(first));
  if (first.exists() && kind == "AssetArchive")
    if (const DatumId root = entry(first, ".").value; root.exists()) return provider_code(root);
  return p_->unknown("code that is put together");
}

// An attachment adds to what its argument names, and is nothing by itself.
bool CdkApp::adds_to_owner(const TerraformResource& row, DatumId properties) {
  const auto* const part = known::row_of(known::provider_attachments(), row.type);
  if (part == nullptr) return false;
  const DatumId owner = entry(properties, (*part)[1]).value;
  const std::string address = owner.exists() ? referred(*p_, plain(*p_, owner)) : std::string();
  const auto target = std::ranges::find(made_, address, &SynthesisedResource::address);
  if (target == made_.end()) return false;
  const PlacedDatum given =
      (*part)[3].empty() ? PlacedDatum{properties, {}, {}} : entry(properties, (*part)[3]);
  if (!given.value.exists()) return false;
  DatumId value =
      is_one_of(row.documents, snake((*part)[3])) ? document_of(given.value) : given.value;
  if ((*part)[3].empty()) {
    const DatumId whole = p_->record({});
    for (const Slot& one : std::vector<Slot>((*p_)[p_->settled(properties)].slots))
      provider_argument(whole, one, {row, {}, {}, {}});
    value = whole;
  }
  Names names;
  set_path(target->properties, (*part)[2], {plain(*p_, value), given.key, given.where}, names);
  return true;
}

// new aws.sqs.Queue("Jobs", { visibilityTimeoutSeconds: 30 })
DatumId CdkApp::provider_resource(std::string_view cls, const LibraryUse& use, DatumId self) {
  if (!cls.starts_with(kProvider)) return {};
  const TerraformResource* const row = row_of_class(cls);
  const PlacedDatum given = entry(p_->slot(self, "<args>")->value, "1");
  const DatumId properties = given.value.exists() ? p_->settled(given.value) : p_->record({});
  if (row != nullptr && adds_to_owner(*row, properties)) return self;
  if (row == nullptr || row->is.empty()) {
    note(cat("what the resource ", use.path, " is to functions cannot be determined"), use.where);
    hand_to_construct(use, Opened::All);
    if (is_of_roles(cls)) transformed_.emplace_back(kAnyRole, use.where);
    return self;
  }
  const DatumId made = add_made(address_of(self), row->is, use.where, self);
  p_->change(self).slots.push_back({.name = "<native>", .value = p_->text(std::string(row->type))});
  if (!p_->is(properties, DatumKind::Record) || (*p_)[properties].open)
    p_->change(made).open = true;
  for (const Slot& one : std::vector<Slot>((*p_)[properties].slots))
    provider_argument(made, one, {*row, {}, {}, {}});
  const DatumId role = entry(properties, "role").value;
  const bool is_given =
      !(*p_)[made].open && std::ranges::none_of((*p_)[properties].slots, [&](const Slot& one) {
        return p_->is(p_->settled(one.value), DatumKind::Choice);
      });
  const bool is_whole = is_given && (!role.exists() || !referred(*p_, plain(*p_, role)).empty());
  if (is_of_roles(cls) && !is_whole) transformed_.emplace_back(kAnyRole, use.where);
  return self;
}

// What such a resource tells of itself once it is made: queue.arn, bucket.id.
DatumId CdkApp::provider_member(DatumId object, std::string_view name) {
  const Slot* const native = p_->slot(object, "<native>");
  const std::uint32_t made = made_row(object);
  const TerraformResource* const row =
      native != nullptr ? find_terraform_resource(*p_->text_of(native->value)) : nullptr;
  if (row == nullptr || made == UINT32_MAX) return {};
  const auto known = std::ranges::find(row->attributes, snake(name), &Rename::native);
  if (known != row->attributes.end()) return reference(made_[made].address, known->canonical);
  if (name == "id") return reference(made_[made].address, "");
  if (name == "arn") return reference(made_[made].address, "Arn");
  const PlacedDatum given = entry(p_->slot(object, "<args>")->value, "1");
  const PlacedDatum own = given.value.exists() ? entry(given.value, name) : PlacedDatum{};
  return own.value.exists() ? plain(*p_, own.value) : p_->unknown(cat(name, " of ", row->type));
}

}  // namespace fnlint::cdk
