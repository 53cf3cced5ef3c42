// Which resources the statements of a policy name: as narrow as code and templates say, no
// narrower.
#include "app/policy/policy_arns.h"

#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/glob.h"
#include "core/text.h"
#include "tables/iam_actions.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "tables/templates.h"
#include "values/actions.h"

#include <algorithm>

namespace fnlint {

namespace {

// Secrets have six characters behind their name. Source: AWS Secrets Manager User Guide, "What's in
// a Secrets Manager secret", Secret ARN.
constexpr std::string_view kBehindSecret = "-??????";

void add_text(PolicyArn& arn, std::string_view text) {
  if (text.empty()) return;
  if (!arn.empty() && arn.back().part == ArnPart::Text)
    arn.back().text += text;
  else
    arn.push_back({.part = ArnPart::Text, .text = std::string(text)});
}

void add_piece(PolicyArn& arn, const ArnPiece& piece) {
  if (piece.part == ArnPart::Text) return add_text(arn, piece.text);
  const bool again = piece.part == ArnPart::Any && !arn.empty() && arn.back().part == ArnPart::Any;
  if (!again) arn.push_back(piece);
}

void add_all(PolicyArn& arn, const PolicyArn& more) {
  for (const ArnPiece& piece : more) add_piece(arn, piece);
}

// What a form's "{AWS::Region}" stands for.
ArnPart pseudo_part(std::string_view name) {
  if (name == "AWS::Partition") return ArnPart::Partition;
  if (name == "AWS::Region") return ArnPart::Region;
  return name == "AWS::AccountId" ? ArnPart::Account : ArnPart::Any;
}

// "arn:+:sqs:+:+:*" of the tables.
PolicyArn arn_of_form(std::string_view form) {
  PolicyArn arn;
  int colons = 0;
  for (const char c : form) {
    if (c == ':') ++colons;
    if (c == '+' && colons < 5)
      add_piece(arn, {.part = colons == 1   ? ArnPart::Partition
                              : colons == 3 ? ArnPart::Region
                                            : ArnPart::Account});
    else if (c == '+' || c == '*')
      add_piece(arn, {.part = ArnPart::Any});
    else
      add_text(arn, std::string_view(&c, 1));
  }
  return arn;
}

// A form with the name in the place of the first part that is not said, behind service and account.
PolicyArn named_form(std::string_view form, const PolicyArn& name) {
  PolicyArn named;
  bool is_named = false;
  for (const ArnPiece& piece : arn_of_form(form)) {
    if (piece.part == ArnPart::Any && !is_named)
      add_all(named, name);
    else
      add_piece(named, piece);
    is_named = is_named || piece.part == ArnPart::Any;
  }
  return named;
}

ActionForms forms_of(std::string_view action) {
  const std::size_t colon = std::min(action.find(':'), action.size());
  const std::string_view prefix = action.substr(0, colon);
  const std::string_view name = action.substr(std::min(colon + 1, action.size()));
  ActionForms found;
  for (const auto rows : {iam_resources(), further_iam_resources()})
    for (const IamResources& row : rows) {
      if (row.prefix != prefix) continue;
      found.known = true;
      if (!lists_action(row.actions, name)) continue;
      found.optional = found.optional || row.arn.starts_with('?');
      found.forms.push_back(row.arn.starts_with('?') ? row.arn.substr(1) : row.arn);
    }
  return found;
}

const ResourceType* type_with_arn(ResourceKind kind) {
  for (const ResourceType& row : resource_types())
    if (row.kind == kind && !row.arn.empty()) return &row;
  return nullptr;
}

std::string_view service_in(std::string_view form) {
  const std::vector<std::string_view> parts = split(form.substr(form.find('}') + 1), ':');
  return parts.size() > 1 ? parts[1] : std::string_view();
}

// A form of a type in the tables' way: "arn:*:s3:::*".
std::string glob_of(std::string_view form) {
  std::string glob;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] == '{') {
      at = std::min(form.find('}', at), form.size() - 1);
      glob += '*';
    } else {
      glob += form[at] == '+' ? '*' : form[at];
    }
  }
  return glob;
}

bool is_open_record(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Record) && pool[value].ref == 1;
}

// "an S3 bucket" where its name is not known.
std::string not_known(const ValuePool& pool, ValueId value, std::string_view what) {
  if (!value.exists()) return cat("which ", what, " is not known");
  return cat("which ", what, " is not known: ", describe(pool, value));
}

}  // namespace

ArnMaker::ArnMaker(const Project& project) : project_(project), pool_(*project.pool) {}

PolicyArn ArnMaker::with_name(std::string_view form, const PolicyArn& name) {
  PolicyArn arn;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '{') {
      add_text(arn, form.substr(at, 1));
      continue;
    }
    const std::size_t end = std::min(form.find('}', at), form.size() - 1);
    const std::string_view word = form.substr(at + 1, end - at - 1);
    if (word == "name") {
      PolicyArn own = name;  // "/shop/key" of parameters, whose ARN has that slash
      const bool twice = !arn.empty() && arn.back().text.ends_with('/') && !own.empty() &&
                         own.front().text.starts_with('/');
      if (twice) own.front().text.erase(0, 1);
      add_all(arn, own);
    } else {
      add_piece(arn, {.part = pseudo_part(word)});
    }
    at = end;
  }
  return arn;
}

PolicyArn ArnMaker::with_name_of(const ResourceType& type, const PolicyArn& name) {
  PolicyArn whole = name;
  if (type.kind == ResourceKind::Secret) add_text(whole, kBehindSecret);
  return with_name(type.arn, whole);
}

PolicyArn ArnMaker::name_of_resource(ResourceId resource) const {
  const ValueId given = project_.stacks[resource].physical_name;
  PolicyArn name;
  if (given.exists() && !pool_.is(given, ValueKind::Absent)) append(given, name);
  const bool is_known = !name.empty() && std::ranges::none_of(name, [](const ArnPiece& piece) {
    return piece.part == ArnPart::Any;
  });
  return is_known ? name : PolicyArn{};
}

PolicyArn ArnMaker::of_resource(ResourceId resource, std::string_view below) const {
  const ResourceId own = project_.stacks.meant(resource);
  PolicyArn arn;
  if (project_.stacks[own].external) {
    std::string open;
    arn = of_case(project_.stacks[own].physical_name, project_.stacks[own].kind, open);
  } else {
    arn.push_back({.part = ArnPart::Arn, .text = {}, .resource = own});
  }
  for (std::size_t i = 0; i < below.size(); ++i) {
    if (below[i] == '*')
      add_piece(arn, {.part = ArnPart::Any});
    else
      add_text(arn, below.substr(i, 1));
  }
  return arn;
}

// The parts of a text: what is not known of it is "*".
void ArnMaker::append(ValueId value, PolicyArn& arn) const {
  const Value& row = pool_[value];
  if (const auto text = as_text(pool_, value)) return add_text(arn, *text);
  if (row.kind == ValueKind::Pattern) {
    for (const ValueId part : pool_.operands(value)) append(part, arn);
    return;
  }
  if (row.kind == ValueKind::Reference && row.ref < project_.stacks.resources.size()) {
    const ResourceId resource =
        project_.stacks.meant(ResourceId{static_cast<std::uint32_t>(row.ref)});
    const std::string attribute = lower(pool_.text(value));
    const ResourceType* const type = find_resource_type(type_of(project_, resource));
    const bool gives_arn = type != nullptr && type->ref == RefGives::Arn && attribute.empty();
    const bool is_arn = gives_arn || attribute == "arn";
    const bool is_name = !gives_arn && (attribute.empty() || attribute == "name" ||
                                        attribute == "id" || attribute == "bucket" ||
                                        attribute == "function_name" || attribute == "queuename");
    const bool is_url = type != nullptr && type->ref == RefGives::Url && attribute.empty();
    if (project_.stacks[resource].external && (is_arn || is_name))
      return append(project_.stacks[resource].physical_name, arn);
    if ((is_arn || is_name) && !is_url)
      return add_piece(arn, {.part = is_arn ? ArnPart::Arn : ArnPart::Name, .resource = resource});
  }
  if (row.kind == ValueKind::Hole && row.origin == Origin::Pseudo)
    return add_piece(arn, {.part = pseudo_part(pool_.text(value))});
  if (row.kind == ValueKind::Hole && row.origin == Origin::TemplateInput)
    return add_piece(arn, {.part = ArnPart::Input, .text = std::string(pool_.text(value))});
  add_piece(arn, {.part = ArnPart::Any});
}

// One thing that names a resource of a kind; `open` says what is not known of it.
PolicyArn ArnMaker::of_case(ValueId value, ResourceKind kind, std::string& open) const {
  const ResourceType* const type = type_with_arn(kind);
  PolicyArn name;
  append(value, name);
  const std::string begin =
      !name.empty() && name.front().part == ArnPart::Text ? name.front().text : std::string();
  const bool is_whole = begin.starts_with("arn:") || name.front().part == ArnPart::Arn;
  const bool is_input = name.size() == 1 && name.front().part == ArnPart::Input;
  const std::string word = is_input ? lower(name.front().text) : std::string();
  const bool by_arn = type != nullptr && type->ref == RefGives::Arn && !word.ends_with("name");
  if (is_whole || type == nullptr || (is_input && (word.ends_with("arn") || by_arn))) return name;
  const bool is_address = begin.starts_with("http") || word.ends_with("url");
  if (is_address) {  // of a queue: its name is the last part
    const ArnPiece& last = name.back();
    const std::size_t slash = last.part == ArnPart::Text ? last.text.rfind('/') : std::string::npos;
    name = slash == std::string::npos
               ? PolicyArn{{.part = ArnPart::Any}}
               : PolicyArn{{.part = ArnPart::Text, .text = last.text.substr(slash + 1)}};
  }
  const bool is_any = name.size() == 1 && name.front().part == ArnPart::Any;
  if (is_any || is_address) open = not_known(pool_, value, kind_label(kind));
  return is_any ? with_name(type->arn, name) : with_name_of(*type, name);
}

PolicyArns ArnMaker::of_value(ValueId value, ResourceKind kind) const {
  PolicyArns found;
  for (const ValueCase& one : cases_of(pool_, value)) {
    std::string open;
    PolicyArn arn = of_case(one.value, kind, open);
    if (std::ranges::find(found.arns, arn) == found.arns.end())
      found.arns.push_back(std::move(arn));
    if (!open.empty()) found.remarks.push_back(std::move(open));
  }
  return found;
}

PolicyArns ArnMaker::of_action(std::string_view action, std::string_view why) const {
  const ActionForms forms = forms_of(action);
  const bool is_open = forms.forms.empty() || forms.optional ||
                       std::ranges::find(forms.forms, "*") != forms.forms.end();
  PolicyArns found;
  if (!is_open) {
    for (const std::string_view form : forms.forms) found.arns.push_back(arn_of_form(form));
    if (!why.empty()) found.remarks.emplace_back(why);
    return found;
  }
  found.arns.push_back({{.part = ArnPart::Any}});
  if (forms.forms.empty() && forms.known)
    found.remarks.push_back(cat("IAM restricts ", action, " to no resource"));
  else if (forms.forms.empty())
    found.remarks.push_back(
        cat("which resources ", action, " can be restricted to is in no table"));
  else
    found.remarks.push_back(
        cat(why.empty() ? "" : why, why.empty() ? "" : "; ", "IAM can restrict ", action, " to ",
            forms.forms.front() == "*" ? std::string_view("resources of several kinds")
                                       : std::string_view(glob_of(forms.forms.front()))));
  return found;
}

// Texts that a value may be, as pieces.
std::vector<PolicyArn> ArnMaker::texts_of(ValueId value) const {
  std::vector<PolicyArn> all;
  for (const ValueCase& one : cases_of(pool_, value)) {
    PolicyArn text;
    append(one.value, text);
    if (std::ranges::find(all, text) == all.end()) all.push_back(std::move(text));
  }
  return all;
}

// What an action asks for below the call's target: an object, an index, a version. Empty: itself.
std::vector<PolicyArn> ArnMaker::below_of(const Effect& effect, std::string_view action,
                                          std::vector<std::string>& remarks) const {
  for (const BelowTarget& row : below_targets()) {
    const bool is_meant = std::ranges::any_of(
        row.actions, [&](std::string_view glob) { return matches_ignoring_case(glob, action); });
    if (!is_meant) continue;
    ValueId name = effect.key;
    if (!row.with.empty()) {
      name = effect.arguments.exists() ? entry_of(pool_, effect.arguments, row.with) : ValueId{};
      if (!name.exists() && is_open_record(pool_, effect.arguments)) {
        remarks.push_back(cat("whether the call has ", row.with, " is not known"));
        PolicyArn any;
        add_text(any, row.between);
        add_piece(any, {.part = ArnPart::Any});
        return {{}, any};
      }
      if (!name.exists() || pool_.is(name, ValueKind::Absent) || pool_.is(name, ValueKind::Null))
        continue;
    }
    std::vector<PolicyArn> all;
    std::vector<PolicyArn> names = name.exists() ? texts_of(name) : std::vector<PolicyArn>{};
    if (names.empty()) names.push_back({{.part = ArnPart::Any}});
    for (const PolicyArn& one : names) {
      PolicyArn below;
      add_text(below, row.between);
      add_all(below, one);
      all.push_back(std::move(below));
    }
    return all;
  }
  return {};
}

// A role that a job is given is nothing that the job is done to.
bool ArnMaker::is_of_service(const PolicyArn& arn, const ActionForms& forms) const {
  const auto service_at = [](std::string_view text) {
    const std::vector<std::string_view> parts = split(text, ':');
    return parts.size() > 2 ? parts[2] : std::string_view();
  };
  std::string_view service = service_at(arn.front().text);
  if (arn.front().resource.exists()) {
    const ResourceType* const type = find_resource_type(type_of(project_, arn.front().resource));
    service = type == nullptr ? std::string_view() : service_in(type->arn);
  }
  return service.empty() || forms.forms.empty() ||
         std::ranges::any_of(forms.forms, [&](std::string_view form) {
           return form == "*" || service_at(form) == service;
         });
}

// Of an operation whose target no template declares: by the ARN or name that it is given.
PolicyArns ArnMaker::direct_target(const Effect& effect, std::string_view action) const {
  const ValueId value = effect.target_value;
  if (value.exists()) {
    const ActionForms forms = forms_of(action);
    PolicyArns found;
    for (const PolicyArn& text : texts_of(value)) {
      const bool is_arn =
          !text.empty() &&
          (text.front().part == ArnPart::Arn ||
           (text.front().part == ArnPart::Text && text.front().text.starts_with("arn:")));
      const bool is_input = text.size() == 1 && text.front().part == ArnPart::Input &&
                            lower(text.front().text).ends_with("arn");
      if ((is_arn && is_of_service(text, forms)) || is_input) found.arns.push_back(text);
    }
    // A job has its queue, its template and its presets: IAM asks for all of them.
    if (!found.arns.empty() && forms.forms.size() > 1) {
      for (const std::string_view form : forms.forms)
        if (form != "*") found.arns.push_back(arn_of_form(form));
      found.remarks.emplace_back("IAM asks for each resource that the call names");
    }
    const bool is_plain = forms.forms.size() == 1 && !forms.optional && forms.forms[0] != "*";
    if (found.arns.empty() && is_plain && effect.operation == UINT32_MAX)
      for (const PolicyArn& text : texts_of(value))
        if (!text.empty() && text.front().part != ArnPart::Any)
          found.arns.push_back(named_form(forms.forms[0], text));
    if (!found.arns.empty()) return found;
  }
  return of_action(action, "what it is done to is not known");
}

// The kind of resource that a call works on; of what no row describes, that of the service's
// others.
ResourceKind ArnMaker::kind_of(const Effect& effect, std::string_view action) const {
  if (effect.target.exists()) return project_.stacks[project_.stacks.meant(effect.target)].kind;
  if (effect.operation != UINT32_MAX) return operations()[effect.operation].target_kind;
  const std::string_view prefix = action.substr(0, action.find(':'));
  for (const Operation& row : operations()) {
    const ResourceType* const type = type_with_arn(row.target_kind);
    if (type == nullptr || service_in(type->arn) != prefix) continue;
    const bool is_done_to_it = std::ranges::any_of(forms_of(action).forms, [&](auto form) {
      return glob_of(form).starts_with(glob_of(type->arn));
    });
    return is_done_to_it ? row.target_kind : ResourceKind::Other;
  }
  return ResourceKind::Other;
}

PolicyArns ArnMaker::target_of(const Effect& effect, std::string_view action) const {
  const ResourceKind kind = kind_of(effect, action);
  const ResourceType* const type = type_with_arn(kind);
  const std::string_view prefix = action.substr(0, action.find(':'));
  if (type == nullptr || service_in(type->arn) != prefix) return direct_target(effect, action);
  if (effect.target.exists()) return {.arns = {of_resource(effect.target)}};
  if (effect.target_value.exists() && !pool_.is(effect.target_value, ValueKind::Absent))
    return of_value(effect.target_value, kind);
  return {.arns = {with_name(type->arn, {{.part = ArnPart::Any}})},
          .remarks = {not_known(pool_, {}, kind_label(kind))}};
}

PolicyArns ArnMaker::of_call(const Effect& effect, std::string_view action) const {
  PolicyArns found = target_of(effect, action);
  const bool is_all =
      found.arns.size() == 1 && found.arns[0].size() == 1 && found.arns[0][0].part == ArnPart::Any;
  if (is_all) return found;
  std::vector<PolicyArn> below;
  if (effect.operation != UINT32_MAX) {
    below = below_of(effect, action, found.remarks);
  } else {  // by the forms of what the action is done to
    const ResourceType* const type = type_with_arn(kind_of(effect, action));
    const std::string own = type == nullptr ? std::string() : glob_of(type->arn);
    const std::vector<std::string_view> forms = forms_of(action).forms;
    for (const std::string_view form : forms) {
      const std::string glob = glob_of(form);
      if (own.empty() || !glob.starts_with(own) || glob == own) continue;
      if (std::ranges::any_of(forms, [&](std::string_view one) { return glob_of(one) == own; }))
        break;
      below.push_back(arn_of_form(glob.substr(own.size())));
    }
  }
  // Log streams: what is written to stands below the group.
  if (below.empty() && kind_of(effect, action) == ResourceKind::LogGroup)
    below.push_back({{.part = ArnPart::Text, .text = ":"}, {.part = ArnPart::Any}});
  if (below.empty()) return found;
  PolicyArns all{.arns = {}, .remarks = found.remarks};
  for (const PolicyArn& arn : found.arns)
    for (const PolicyArn& part : below) {
      PolicyArn one = arn;
      add_all(one, part);
      all.arns.push_back(std::move(one));
    }
  return all;
}

}  // namespace fnlint
