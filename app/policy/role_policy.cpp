// The least that the role of a function has to allow, by the facts that the checks of roles go by.
#include "app/policy/role_policy.h"

#include "app/pictures/named_functions.h"
#include "app/policy/policy_statements.h"
#include "checks/role/role_uses.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "link/handler/own_credentials.h"
#include "link/handler/sdk_names.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "tables/policy_forms.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

// All names of members below, and the first words of texts.
void add_marks(const ValuePool& pool, ValueId value, std::set<std::string, std::less<>>& marks) {
  for_each_below(pool, value, [&](ValueId id) {
    if (pool.is(id, ValueKind::Record))
      for (const StringId name : pool.names(id)) marks.emplace(pool[name]);
    if (const auto text = as_text(pool, id)) {
      std::string word(trim(*text).substr(0, trim(*text).find_first_of(" \n\t(")));
      for (char& c : word)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      marks.insert(std::move(word));
    }
  });
}

class PolicyMaker {
 public:
  PolicyMaker(const Project& project, const RelationsTo& relations, const LambdaFunction& function)
      : project_(project),
        pool_(*project.pool),
        relations_(relations),
        function_(function),
        declared_(project.stacks.functions[function.declared]),
        arns_(project) {
    policy_.function = &function;
    policy_.role = declared_.role;
  }
  RolePolicy make() {
    add_calls();
    add_layers();
    add_sources();
    add_targets();
    add_properties();
    add_log();
    add_unknown();
    compare();
    policy_.statements = statements_.settled(project_);
    return std::move(policy_);
  }

 private:
  void add_call(const Effect& effect, std::string_view words);
  void add_calls();
  void add_init();
  void add_requests();
  void add_action(const Effect& effect, std::string_view action, const PolicyArns& on,
                  const PolicyReason& reason);
  [[nodiscard]] bool may_be_role(ValueId value, bool is_plain) const;
  void add_passed(const Effect& effect, std::string_view action, const PolicyReason& reason);
  void add_passed_with(const Effect& effect, std::string_view action, const PolicyReason& reason);
  void add_key(ResourceId target, std::string_view operation, const PolicyReason& reason);
  void add_layers();
  void add_sources();
  void add_sources_of(std::span<const SourceRights> rights);
  void add_targets();
  void add_properties();
  void add_log();
  void add_unknown();
  void compare();
  [[nodiscard]] bool acts_for_others(const Effect& effect) const;
  [[nodiscard]] std::vector<std::string> chosen(std::string_view alternatives, const Effect& effect,
                                                bool& is_open) const;
  [[nodiscard]] static bool is_covered(const NotFollowed& part);
  void add_idle_clients();
  void leave_out(std::string_view what, Span where);
  void note(std::vector<RoleNote>& notes, std::string text, Span where) {
    RoleNote row{std::move(text), where};
    if (std::ranges::find(notes, row) == notes.end()) notes.push_back(std::move(row));
  }

  const Project& project_;
  const ValuePool& pool_;
  const RelationsTo& relations_;
  const LambdaFunction& function_;
  const DeclaredFunction& declared_;
  const ArnMaker arns_;
  RolePolicy policy_ = {};
  PolicyStatements statements_ = {};
};

// Of "a|b" those that the call's members, or its statement, ask for. None of them does: all.
std::vector<std::string> PolicyMaker::chosen(std::string_view alternatives, const Effect& effect,
                                             bool& is_open) const {
  std::vector<std::string> all, meant;
  std::set<std::string, std::less<>> marks;
  const auto names = split(alternatives, '|');
  if (names.size() > 1 && effect.arguments.exists()) add_marks(pool_, effect.arguments, marks);
  for (const std::string_view name : names) {
    all.emplace_back(name);
    for (const ChosenAction& row : chosen_actions())
      if (row.action == name && marks.contains(row.by)) meant.emplace_back(name);
  }
  is_open = names.size() > 1 && meant.empty();
  return meant.empty() ? all : meant;
}

bool PolicyMaker::acts_for_others(const Effect& effect) const {
  return function_.all_clients == ActsAs::Other ||
         client_acts_as(pool_, function_, effect.object) == ActsAs::Other;
}

void PolicyMaker::leave_out(std::string_view what, Span where) {
  note(policy_.left_out, cat(what, ": made with other credentials than the function's role has"),
       where);
}

void PolicyMaker::add_call(const Effect& effect, std::string_view words) {
  const Operation& operation = operations()[effect.operation];
  if (operation.actions.empty()) return;
  const std::string what =
      words.empty() ? std::string(operation.id) : cat(words, " (", operation.id, ")");
  if (acts_for_others(effect)) return leave_out(what, effect.where);
  if ((effect.uncertainty & kClosedWay) != 0)
    return note(policy_.left_out,
                cat(what, ": the template's variables or routes close the way to it"),
                effect.where);
  const PolicyReason reason{what, effect.where, effect.path};
  for (const std::string_view alternatives : operation.actions) {
    bool is_open = false;
    for (const std::string& action : chosen(alternatives, effect, is_open)) {
      PolicyArns on = arns_.of_call(effect, action);
      if (is_open)
        on.remarks.push_back(
            cat("which of ", replace_all(alternatives, "|", ", "), " the call needs is not known"));
      if ((effect.uncertainty & kHeuristic) != 0)
        on.remarks.push_back(cat("that ", what, " is called was told by names alone"));
      add_action(effect, action, on, reason);
    }
  }
  if (effect.target.exists()) add_key(effect.target, operation.id, reason);
  add_passed(effect, operation.actions[0], reason);
  add_passed_with(effect, operation.actions[0], reason);
}

// With what the call's members ask for besides.
void PolicyMaker::add_action(const Effect& effect, std::string_view action, const PolicyArns& on,
                             const PolicyReason& reason) {
  std::set<std::string, std::less<>> members;
  if (effect.arguments.exists())
    for_each_below(pool_, effect.arguments, [&](ValueId id) {
      if (!pool_.is(id, ValueKind::Record)) return;
      for (std::size_t i = 0; i < pool_.names(id).size(); ++i)
        if (!pool_.is(pool_.operands(id)[i], ValueKind::Absent))
          members.emplace(pool_[pool_.names(id)[i]]);
    });
  bool is_replaced = false;
  for (const ImpliedAction& row : implied_actions()) {
    if (row.action != action || !members.contains(row.member)) continue;
    is_replaced = is_replaced || row.instead;
    const PolicyArns anywhere{
        .arns = {{{.part = ArnPart::Any}}},
        .remarks = {cat("with ", row.member, ", ", row.needs, " is done to no resource")}};
    statements_.add(RightUse::Calls, row.needs, row.anywhere ? anywhere : on, reason);
  }
  if (!is_replaced) statements_.add(RightUse::Calls, action, on, reason);
}

// `is_plain`: of a member whose name has other meanings, "role" of a message in a conversation.
bool PolicyMaker::may_be_role(ValueId value, bool is_plain) const {
  const Value& row = pool_[value];
  if (const auto text = as_text(pool_, value)) return text->starts_with("arn:");
  if (row.kind == ValueKind::Pattern) return may_be_role(pool_.operands(value)[0], is_plain);
  if (row.kind == ValueKind::Reference)
    return row.ref < project_.stacks.resources.size() &&
           project_.stacks[ResourceId{static_cast<std::uint32_t>(row.ref)}].kind ==
               ResourceKind::Role;
  if (row.kind != ValueKind::Hole) return false;
  return !is_plain || row.origin == Origin::Environment || row.origin == Origin::TemplateInput;
}

// Roles that a service is given to work with have to be handed on by right.
void PolicyMaker::add_passed(const Effect& effect, std::string_view action,
                             const PolicyReason& reason) {
  const std::string_view service = action.substr(0, action.find(':'));
  if (!effect.arguments.exists() || service == "sts" || service == "iam") return;
  for_each_below(pool_, effect.arguments, [&](ValueId id) {
    if (!pool_.is(id, ValueKind::Record)) return;
    for (std::size_t i = 0; i < pool_.names(id).size(); ++i) {
      const std::string name = lower(pool_[pool_.names(id)[i]]);
      const ValueId role = pool_.operands(id)[i];
      if (!is_one_of(passed_members(), name) || !may_be_role(role, name == "role")) continue;
      PolicyArns on = arns_.of_value(role, ResourceKind::Role);
      const PolicyReason passes{cat(reason.what, " hands a role on"), reason.where, reason.path};
      statements_.add(RightUse::Calls, "iam:PassRole", on, passes);
    }
  });
}

// A task runs with the roles of its definition.
void PolicyMaker::add_passed_with(const Effect& effect, std::string_view action,
                                  const PolicyReason& reason) {
  for (const PassedProperties& row : passed_properties()) {
    if (row.action != action) continue;
    const ValueId value = effect.target_value;
    const bool is_known = value.exists() && pool_.is(value, ValueKind::Reference) &&
                          pool_[value].ref < project_.stacks.resources.size();
    const PolicyReason passes{cat(reason.what, " hands roles on"), reason.where, reason.path};
    if (!is_known)
      return statements_.add(RightUse::Calls, "iam:PassRole",
                             arns_.of_action("iam:PassRole", "which roles it has is not known"),
                             passes);
    const ResourceId target{static_cast<std::uint32_t>(pool_[value].ref)};
    for (const std::string_view name : row.properties)
      if (const Property* const role = property_of(project_, target, name))
        statements_.add(RightUse::Calls, "iam:PassRole",
                        arns_.of_value(role->value, ResourceKind::Role), passes);
  }
}

void PolicyMaker::add_key(ResourceId target, std::string_view operation,
                          const PolicyReason& reason) {
  const KeyUse use = key_use(project_, project_.stacks.meant(target), operation);
  if (use.needs == nullptr) return;
  PolicyArns on{.arns = {arns_.of_resource(use.key)},
                .remarks = {cat("'", name_of(project_, target), "' is encrypted with this key")}};
  if (!use.by_roles) on.remarks.emplace_back("the key's own policy has a word in it as well");
  for (const std::string_view action : use.needs->actions)
    statements_.add(RightUse::Keys, action, on, reason);
}

void PolicyMaker::add_calls() {
  for (const auto* const list : {&function_.effects, &function_.unknown_calls})
    for (const Effect& effect : *list) add_call(effect, {});
  add_init();
  add_requests();
}

void PolicyMaker::add_init() {
  for (const CodeCall& call : function_.init_work) {
    if (call.operation == UINT32_MAX) continue;
    const Effect effect{.operation = call.operation,
                        .target = call.target,
                        .target_value = call.value,
                        .key = call.key,
                        .arguments = call.arguments,
                        .uncertainty = call.uncertainty,
                        .where = call.where,
                        .path = call.path};
    add_call(effect, "while the code is loaded");
  }
}

// What no row of operations() describes: its action has the operation's name, in the service's
// list.
void PolicyMaker::add_requests() {
  for (const Effect& effect : function_.requests) {
    if (effect.operation != UINT32_MAX) {
      add_call(effect, effect.receiver);
      continue;
    }
    const SdkName name = sdk_name(effect.receiver);
    const std::vector<std::string> actions = actions_of(name);
    if (actions.empty()) {
      const bool is_local = changes_itself_alone(name.operation) || name.operation.empty();
      if (!is_local && name.operation != "getcalleridentity")
        note(policy_.unknown, cat("what ", effect.receiver, " needs"), effect.where);
      continue;
    }
    if (acts_for_others(effect)) {
      leave_out(effect.receiver, effect.where);
      continue;
    }
    const PolicyReason reason{effect.receiver, effect.where, effect.path};
    for (const std::string& action : actions)
      statements_.add(RightUse::Calls, action, arns_.of_call(effect, action), reason);
    add_passed(effect, actions[0], reason);
  }
}

// What remembers which events were handled has a table for it.
void PolicyMaker::add_layers() {
  constexpr std::array<std::string_view, 4> kPurposes{"records", "completes", "forgets",
                                                      "looks_up"};
  for (const Safeguard& guard : function_.safeguards)
    for (const std::string_view purpose : kPurposes) {
      const ValueId told = guard.told.exists() ? entry_of(pool_, guard.told, purpose) : ValueId{};
      const auto id = told.exists() ? as_text(pool_, told) : std::nullopt;
      const Operation* const operation = id ? find_operation(*id) : nullptr;
      if (operation == nullptr) continue;
      const ValueId table = entry_of(pool_, guard.told, "table");
      add_call({.operation = static_cast<std::uint32_t>(operation - operations().data()),
                .target = guard.table,
                .target_value = table,
                .where = guard.where,
                .path = guard.path},
               "what keeps events from being handled twice");
    }
}

void PolicyMaker::add_sources_of(std::span<const SourceRights> rights) {
  for (const PolledSource& polled :
       polled_sources(project_, relations_, function_.resource, rights)) {
    const ResourceId source = polled.trigger->from;
    const std::string_view below = polled.rights->part == "stream" ? "/stream/*" : "";
    const PolicyReason reason{
        cat("the event source mapping reads the ", kind_label(project_.stacks[source].kind), " '",
            name_of(project_, source), "'"),
        polled.trigger->where};
    for (const std::string_view actions : polled.rights->actions)
      statements_.add(RightUse::Sources, actions.substr(0, actions.find('|')),
                      {.arns = {arns_.of_resource(source, below)}}, reason);
    if (project_.stacks[source].kind == ResourceKind::Queue)
      add_key(source, "sqs.ReceiveMessage", reason);
  }
}

void PolicyMaker::add_sources() {
  add_sources_of(source_rights());
  add_sources_of(further_source_rights());
}

void PolicyMaker::add_targets() {
  for (const EventTargets& given : event_targets(project_, relations_, function_.resource))
    for (const EventTarget& one : given.targets) {
      PolicyArns on = one.on.exists() ? PolicyArns{.arns = {arns_.of_resource(one.on)}}
                                      : arns_.of_value(one.named.value, one.kind);
      if (one.kind == ResourceKind::Bucket && one.on.exists())
        on.arns = {arns_.of_resource(one.on, "/*")};
      const PolicyReason reason{"Lambda sends what failed or finished there",
                                given.property->where};
      statements_.add(RightUse::Targets, one.right->action, on, reason);
      if (one.on.exists() && one.kind == ResourceKind::Queue)
        add_key(one.on, "sqs.SendMessage", reason);
      if (one.on.exists() && one.kind == ResourceKind::Topic)
        add_key(one.on, "sns.Publish", reason);
    }
}

void PolicyMaker::add_properties() {
  for (const PropertyRights& row : property_rights()) {
    const Property* const property = property_of(project_, function_.resource, row.property);
    if (property == nullptr || pool_.is(property->value, ValueKind::Absent)) continue;
    if (!row.value.empty() && as_text(pool_, property->value) != row.value) continue;
    for (const std::string_view action : row.actions)
      statements_.add(RightUse::Platform, action, arns_.of_action(action, {}),
                      {cat("Lambda does it for ", row.words), property->key});
  }
}

// The group is made by the first that writes to it, where no template declares it.
void PolicyMaker::add_log() {
  const Resource& own = project_.stacks[function_.resource];
  const Property* const named = property_of(project_, function_.resource, "LoggingConfig.LogGroup");
  PolicyArns on;
  bool is_declared = false;
  if (named != nullptr) {
    on = arns_.of_value(named->value, ResourceKind::LogGroup);
    is_declared = pool_.is(named->value, ValueKind::Reference);
    for (PolicyArn& arn : on.arns)
      if (arn.size() == 1 && arn[0].part == ArnPart::Name) arn[0].part = ArnPart::Arn;
  } else {
    PolicyArn name{{.part = ArnPart::Text, .text = "/aws/lambda/"}};
    const PolicyArn given = arns_.name_of_resource(function_.resource);
    if (given.empty())
      name.push_back({.part = ArnPart::Name, .resource = function_.resource});
    else
      name.insert(name.end(), given.begin(), given.end());
    on.arns.push_back(ArnMaker::with_name(
        "arn:{AWS::Partition}:logs:{AWS::Region}:{AWS::AccountId}:log-group:{name}", name));
  }
  for (PolicyArn& arn : on.arns)
    if (arn.back().part != ArnPart::Arn) arn.push_back({.part = ArnPart::Text, .text = ":*"});
  const PolicyReason reason{"every function writes to its log", own.name};
  if (!is_declared) statements_.add(RightUse::Log, "logs:CreateLogGroup", on, reason);
  for (const std::string_view action : log_actions())
    statements_.add(RightUse::Log, action, on, reason);
}

// An operation of an SDK that the policy has an action for, or a method of what one gives.
bool PolicyMaker::is_covered(const NotFollowed& part) {
  if (part.part != UnknownPart::Library || sdk_name(part.what).prefix.empty()) return false;
  const std::size_t client = part.what.find("client(");
  const bool of_result =
      client != std::string::npos && part.what.find("()", client + 1) != std::string::npos;
  return of_result || !actions_of(sdk_name(part.what)).empty();
}

// Clients are made to be asked: where nothing that was read asks any, something else hands them on,
// a container or a framework.
void PolicyMaker::add_idle_clients() {
  if (statements_.have_calls()) return;
  for (const auto* const list : {&function_.made, &function_.made_at_init})
    for (const CodeCall& call : *list) {
      const bool is_client = call.value.exists() && pool_.is(call.value, ValueKind::Object) &&
                             class_of(pool_, call.value) == LibraryClass::Client;
      const std::string_view prefix =
          is_client ? sdk_name(cat(pool_.text(call.value), ".call")).prefix : std::string_view();
      if (!prefix.empty() && prefix != "sts")
        note(policy_.unknown, cat("what its client of ", prefix, " is used for"), call.where);
    }
}

void PolicyMaker::add_unknown() {
  if (!function_.resolved)
    note(policy_.unknown,
         cat("all of its code: ",
             function_.unresolved.empty() ? "the handler was not found" : function_.unresolved),
         project_.stacks[function_.resource].name);
  for (const NotFollowed& one : function_.not_followed)
    if (!is_covered(one)) note(policy_.unknown, label_of(one), one.where);
  add_idle_clients();
  if (function_.cut != 0)
    note(policy_.unknown, "what is beyond a limit: see --show-unresolved", function_.handler_where);
  if (assumes_role(function_))
    note(policy_.unknown, "which calls are made with the credentials of the role that it assumes",
         function_.handler_where);
}

void PolicyMaker::compare() {
  const auto miss = [&](const auto& call) {
    if (call.permission != Permission::Missing || call.missing_action.empty()) return;
    std::string row = call.missing_action;
    if (call.target.exists()) row += cat(" on ", name_of(project_, call.target));
    if (std::ranges::find(policy_.missing, row) == policy_.missing.end())
      policy_.missing.push_back(std::move(row));
  };
  for (const Effect& effect : function_.effects) miss(effect);
  for (const CodeCall& call : function_.init_work) miss(call);
  for (const UnusedRight& right : project_.unused_rights) {
    if (!right.untouched.empty() ||
        std::ranges::find(right.functions, function_.resource) == right.functions.end())
      continue;
    for (const std::string& action : right.actions)
      if (std::ranges::find(policy_.unneeded, action) == policy_.unneeded.end())
        policy_.unneeded.push_back(action);
  }
}

}  // namespace

RolePolicy role_policy(const Project& project, const RelationsTo& relations,
                       const LambdaFunction& function) {
  return PolicyMaker(project, relations, function).make();
}

}  // namespace fnlint
