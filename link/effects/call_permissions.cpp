// Matches actions and ARNs of statements with the targets of calls, holes included; No only if they
// differ whatever a deployment gives.

#include "link/effects/call_permissions.h"

#include "core/glob.h"
#include "core/text.h"
#include "link/effects/function_scope.h"
#include "link/stacks/arn.h"
#include "link/stacks/names.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "tables/templates.h"
#include "values/actions.h"
#include "values/alignment.h"
#include "values/answers.h"
#include "values/question.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::uint8_t kReplaceable = kOverridable | kConditional | kHeuristic | kBrokenSource;

// The service in "arn:{AWS::Partition}:SERVICE:...".
std::string_view service_of_arn(std::string_view form) {
  const std::size_t partition = form.find('}');
  if (partition == form.npos || partition + 2 > form.size()) return {};
  const std::string_view rest = form.substr(partition + 2);
  return rest.substr(0, rest.find(':'));
}

const ResourceType* type_with_arn(ResourceKind kind) {
  for (const ResourceType& row : resource_types())
    if (row.kind == kind && !row.arn.empty()) return &row;
  return nullptr;
}

// What Ref and Fn::GetAtt give that is the resource itself: its name, ARN or address.
bool is_itself(std::string_view attribute) {
  const std::string word = lower(attribute);
  return word.empty() ||
         (word.find("stream") == word.npos && (word.ends_with("arn") || word.ends_with("id") ||
                                               word.ends_with("name") || word.ends_with("url")));
}

}  // namespace

ValueId member_of(const ValuePool& pool, ValueId record, std::string_view name) {
  if (!record.exists() || pool[record].kind != ValueKind::Record) return {};
  for (std::size_t i = 0; i < pool.names(record).size(); ++i)
    if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

CallPermissions::CallPermissions(ValuePool& pool, const Stacks& stacks)
    : pool_(pool), stacks_(stacks) {
  for (const Statement& row : stacks.statements) statements_[row.role].push_back(&row);
  read_resource_policies();
}

// An Allow for more than services. What cannot be read may be one.
bool CallPermissions::may_grant(ResourceId policy, std::string_view document) const {
  const Slice<Property> rows = stacks_[policy].properties;
  const std::string below = cat(document, '.');
  bool written = false, readable = false;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = stacks_.properties[i];
    const std::string_view path = pool_[row.path];
    written = written || path == document;
    if (!path.starts_with(below)) continue;
    readable = true;
    const std::size_t at = path.rfind(".Principal");
    if (at == path.npos) continue;
    const std::string_view kind = path.substr(at + std::string_view(".Principal").size());
    const bool is_map = kind.empty() && pool_.is(row.value, ValueKind::Record);
    if (is_map || (!kind.empty() && !kind.starts_with(".AWS") && !kind.starts_with("s"))) continue;
    const Property* effect =
        find_property(pool_, stacks_, policy, cat(path.substr(0, at), ".Effect"));
    if (effect == nullptr || as_text(pool_, effect->value) != "Deny") return true;
  }
  return written && !readable;
}

void CallPermissions::read_resource_policies() {
  for (std::uint32_t i = 0; i < stacks_.resources.size(); ++i) {
    const ResourceId id{i};
    for (const ResourcePolicy& form : resource_policies()) {
      if (pool_[stacks_[id].type] != form.type && pool_[stacks_[id].native_type] != form.type)
        continue;
      if (!may_grant(id, form.document)) continue;
      if (form.target.empty()) {
        shared_.insert(id);
        continue;
      }
      bool any = false;
      const std::string below = cat(form.target, '.');
      const Slice<Property> rows = stacks_[id].properties;
      for (std::uint32_t k = rows.first; k < rows.first + rows.count; ++k) {
        const std::string_view path = pool_[stacks_.properties[k].path];
        if (path != form.target && !path.starts_with(below)) continue;
        for (const Match& match :
             find_resource(pool_, stacks_, stacks_.properties[k].value, ResourceKind::Other)) {
          shared_.insert(match.resource);
          any = true;
        }
      }
      if (!any)
        for (const ResourceKind kind :
             {ResourceKind::Bucket, ResourceKind::Queue, ResourceKind::Topic, ResourceKind::Secret,
              ResourceKind::Bus, ResourceKind::Stream, ResourceKind::Table})
          if (form.type.find(kind == ResourceKind::Bucket   ? "S3"
                             : kind == ResourceKind::Queue  ? "SQS"
                             : kind == ResourceKind::Topic  ? "SNS"
                             : kind == ResourceKind::Secret ? "Secrets"
                                                            : "Events") != form.type.npos)
            any_shared_.insert(kind);
    }
  }
}

// A name or ARN with an alias or version, which rights on the function alone do not cover.
bool CallPermissions::is_qualified(ValueId name) const {
  if (!name.exists()) return false;
  std::vector<ValueId> parts{name};
  if (pool_.is(name, ValueKind::Pattern))
    parts.assign(pool_.operands(name).begin(), pool_.operands(name).end());
  const Value& first = pool_[parts.front()];
  const bool begins_with_function = first.kind == ValueKind::Reference &&
                                    first.ref < stacks_.resources.size() &&
                                    stacks_.resources[first.ref].kind == ResourceKind::Function;
  if (begins_with_function && parts.size() > 1) {
    const auto rest = as_text(pool_, parts[1]);
    return rest && rest->starts_with(':');
  }
  return parts.size() == 1 && first.kind == ValueKind::Reference &&
         first.ref < stacks_.resources.size() &&
         (stacks_.resources[first.ref].kind == ResourceKind::Alias ||
          stacks_.resources[first.ref].kind == ResourceKind::Version);
}

CallPermissions::Target CallPermissions::target_of(const Effect& effect,
                                                   std::string_view action) const {
  const Operation& operation = operations()[effect.operation];
  Target target{.kind = operation.target_kind};
  const ResourceType* const type = type_with_arn(target.kind);
  if (target.kind == ResourceKind::Other || type == nullptr ||
      service_of_arn(type->arn) != action.substr(0, action.find(':')))
    return target;
  if (effect.target.exists()) {
    target.resource = effect.target;
    target.arn = arn_of(pool_, stacks_, effect.target);
  } else if (effect.target_value.exists() && as_text(pool_, effect.target_value)) {
    target.arn = arn_with_name(pool_, *type, name_in(pool_, effect.target_value, target.kind));
  }
  if (target.kind == ResourceKind::Function && is_qualified(effect.target_value))
    target.between = ":";
  for (const BelowTarget& row : below_targets()) {
    if (!row.with.empty()) {
      const ValueId member = member_of(pool_, effect.arguments, row.with);
      if (!member.exists() || pool_.is(member, ValueKind::Absent) ||
          pool_.is(member, ValueKind::Null))
        continue;
    }
    for (const std::string_view glob : row.actions)
      if (matches_ignoring_case(glob, action)) target.between = row.between;
  }
  return target;
}

// How many parts both begin with that hold the same, whatever it is.
std::size_t CallPermissions::shared_start(std::span<const ValueId> parts,
                                          const Target& target) const {
  if (!pool_.is(target.arn, ValueKind::Pattern)) return 0;
  const auto others = pool_.operands(target.arn);
  std::size_t shared = 0;
  while (shared < parts.size() && shared < others.size() && parts[shared] == others[shared] &&
         pool_.identified(parts[shared]) && !pool_.is(parts[shared], ValueKind::Reference))
    ++shared;
  return shared;
}

// `skipped`: parts of a target's one ARN that the glob begins with.
Answer CallPermissions::matches_arn(const std::string& glob, const Target& target,
                                    std::size_t skipped) const {
  if (!target.arn.exists() || pool_.is(target.arn, ValueKind::Absent)) return Answer::Unknown;
  std::vector<ValueId> names{target.arn};
  if (pool_.is(target.arn, ValueKind::OneOf))
    names.assign(pool_.operands(target.arn).begin(), pool_.operands(target.arn).end());
  bool all = true;
  for (const ValueId name : names) {
    std::vector<Piece> pieces = pieces_of(pool_, name);
    pieces.erase(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(skipped));
    if (!target.between.empty()) {
      pieces.push_back({target.between, {}, false});
      pieces.push_back({{}, {}, true});
    }
    const Answer one = matches(pieces, glob);
    if (one == Answer::Unknown) return one;
    if (one == Answer::Yes && names.size() == 1) return one;
    all = all && one == Answer::No;
  }
  return all ? Answer::No : Answer::Unknown;
}

// One resource of a statement, which is no choice. No is said only where the two differ whatever
// their holes hold.
CallPermissions::Judgement CallPermissions::covers_one(ValueId value, const Target& target) const {
  const auto uncertainty = static_cast<std::uint8_t>(pool_[value].uncertainty & kReplaceable);
  std::vector<ValueId> parts{value};
  if (pool_.is(value, ValueKind::Pattern))
    parts.assign(pool_.operands(value).begin(), pool_.operands(value).end());
  std::string glob;
  bool open = false;
  const std::size_t shared = shared_start(parts, target);
  for (std::size_t i = shared; i < parts.size(); ++i) {
    const Value& part = pool_[parts[i]];
    if (const auto text = as_text(pool_, parts[i])) {
      if (text->find("${") != text->npos) open = true;
      // What stands for an ARN to come: of no service, it would allow nothing.
      if (i == 0 && !text->starts_with("arn:") && !text->starts_with('*'))
        return {Answer::Unknown, uncertainty};
      glob += *text;
      continue;
    }
    const bool pseudo = part.kind == ValueKind::Hole && part.origin == Origin::Pseudo;
    if (part.kind != ValueKind::Reference) {
      open = open || !pseudo;
      glob += '*';
      continue;
    }
    bool is_target = false, is_known = false;
    for (const Match& match : find_resource(pool_, stacks_, parts[i], ResourceKind::Other)) {
      const bool same = match.resource == target.resource ||
                        (target.resource.exists() &&
                         stacks_[match.resource].physical_name ==
                             stacks_[target.resource].physical_name &&
                         pool_.is(stacks_[match.resource].physical_name, ValueKind::Text));
      is_target = is_target || same;
      is_known = is_known || !stacks_[match.resource].external;
    }
    const std::string_view attribute = pool_.text(parts[i]);
    if (is_target) {
      if (!is_itself(attribute)) return {Answer::No, uncertainty};
      const ResourceId named{static_cast<std::uint32_t>(part.ref)};
      const bool by_alias = target.kind == ResourceKind::Function &&
                            named.index < stacks_.resources.size() &&
                            stacks_[named].kind != ResourceKind::Function;
      if (by_alias) return {Answer::Unknown, uncertainty};  // which of its aliases is not asked
      std::string rest;
      bool whole = true;
      for (std::size_t k = i + 1; k < parts.size(); ++k) {
        const auto text = as_text(pool_, parts[k]);
        whole = whole && text.has_value();
        rest += text ? *text : std::string_view("*");
      }
      if (target.between.empty()) {
        const bool only_below = whole && rest.starts_with('/') && target.kind != ResourceKind::Bus;
        return {only_below ? Answer::No : Answer::Yes, uncertainty};
      }
      const bool reaches = !whole || rest.starts_with('*') || rest.starts_with(target.between) ||
                           rest.starts_with("/*");
      const bool is_whole =
          rest.starts_with('*') || rest == cat(target.between, "*") || rest == "/*" || rest.empty();
      const Answer reached = reaches ? Answer::Yes : Answer::No;
      return {.answer = reached, .uncertainty = uncertainty, .in_part = !is_whole};
    }
    // Another resource of the same kind, by what is its own.
    const ResourceId other{static_cast<std::uint32_t>(part.ref)};
    if (target.resource.exists() && is_known && is_itself(attribute) &&
        other.index < stacks_.resources.size() && stacks_[other].kind == target.kind &&
        !stacks_[target.resource].external)
      return {Answer::No, uncertainty};
    open = true;
    glob += '*';
  }
  const Answer answer = matches_arn(glob, target, shared);
  if (answer == Answer::No) return {answer, uncertainty};
  return {open ? Answer::Unknown : answer, uncertainty};
}

CallPermissions::Judgement CallPermissions::covers(ValueId value, const Target& target) const {
  if (as_text(pool_, value) == std::optional<std::string_view>("*")) return {Answer::Yes, 0};
  if (!target.arn.exists()) return {Answer::Unknown, 0};
  if (pool_.is(value, ValueKind::Hole) && target.resource.exists())  // named by the same parameter
    for (const Match& match : find_resource(pool_, stacks_, value, target.kind))
      if (match.resource == target.resource) return {Answer::Yes, match.uncertainty};
  if (!pool_.is(value, ValueKind::OneOf)) return covers_one(value, target);
  Judgement all{Answer::No, kConditional};
  for (const ValueId one :
       std::vector<ValueId>(pool_.operands(value).begin(), pool_.operands(value).end())) {
    const Judgement judged = covers(one, target);
    all.answer = either_of(all.answer, judged.answer);
    all.uncertainty = static_cast<std::uint8_t>(all.uncertainty | judged.uncertainty);
    all.in_part = all.in_part || judged.in_part;
  }
  return all;
}

// Both the action and the target are among those of the statement.
CallPermissions::Judgement CallPermissions::speaks_of(const Statement& row,
                                                      std::string_view action,
                                                      const Target& target) const {
  Answer acts = Answer::No;
  for (std::uint32_t i = 0; i < row.actions.count; ++i)
    acts = either_of(
        acts, action_matches(pool_, stacks_.statement_values[row.actions.first + i], action));
  if (acts == Answer::No) return {acts, 0};
  Judgement reaches{.answer = row.resources.count == 0 ? Answer::Unknown : Answer::No,
                    .in_part = true};  // until one of them covers all of it
  for (std::uint32_t i = 0; i < row.resources.count; ++i) {
    const Judgement one = covers(stacks_.statement_values[row.resources.first + i], target);
    if (one.answer == Answer::Yes && !one.in_part) reaches.in_part = false;
    reaches.answer = either_of(reaches.answer, one.answer);
    reaches.uncertainty |= one.uncertainty;
  }
  reaches.answer = both_of(acts, reaches.answer);
  return reaches;
}

CallPermissions::Judgement CallPermissions::allows(ResourceId role, std::string_view action,
                                                   const Target& target) const {
  Judgement all{Answer::No, 0};
  const auto found = statements_.find(role);
  if (found == statements_.end()) return all;
  for (const Statement* row : found->second) {
    if (row->inverted) {
      if (row->allows) all.answer = either_of(all.answer, Answer::Unknown);
      continue;
    }
    Judgement one = speaks_of(*row, action, target);
    if (!row->allows) {  // goes before every Allow; which key is asked for is not compared
      if (one.answer == Answer::Yes && !row->conditional && !one.in_part)
        return {.answer = Answer::No, .uncertainty = one.uncertainty, .denied = true};
      continue;
    }
    if (row->conditional && one.answer == Answer::Yes) one.answer = Answer::Unknown;
    all.answer = either_of(all.answer, one.answer);
    all.uncertainty |= one.uncertainty;
  }
  return all;
}

// "a|b": one of these.
CallPermissions::Judgement CallPermissions::judge_action(ResourceId role, const Effect& effect,
                                                         std::string_view actions,
                                                         std::string& missing) const {
  Judgement all{.answer = Answer::No, .denied = true};
  for (const std::string_view action : split(actions, '|')) {
    const Judgement one = allows(role, action, target_of(effect, action));
    all.answer = either_of(all.answer, one.answer);
    all.uncertainty |= one.uncertainty;
    all.denied = all.denied && one.denied;
    missing += missing.empty() ? std::string(action) : cat(" or ", action);
  }
  return all;
}

}  // namespace fnlint
