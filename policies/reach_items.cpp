// Names of values, triggers, statements, effects and imports.

#include "checks/state/done_once.h"
#include "checks/view/limited_action.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/words.h"
#include "policies/reach.h"
#include "tables/models.h"
#include "tables/platform.h"
#include "tables/quotas.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint::reach {

// --- of values
namespace {

// The reference that a value is, or the only one in an ARN: "arn:aws:dynamodb:…:table/${Orders}".
ValueId reference_in(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Reference)) return value;
  if (!pool.is(value, ValueKind::Pattern)) return {};
  const auto parts = pool.operands(value);
  if (!as_text(pool, parts.front()).value_or("").starts_with("arn:")) return {};
  ValueId found;
  for (const ValueId part : parts) {
    if (!pool.is(part, ValueKind::Reference)) continue;
    if (found.exists()) return {};
    found = part;
  }
  return found;
}

}  // namespace

void resource(const PolicyView& view, const Item& item, Reached& to) {
  if (const ValueId named = reference_in(view.pool, item.value); named.exists())
    to.items.push_back(resource_item(view.project.stacks.meant(
        ResourceId{static_cast<std::uint32_t>(view.pool[named].ref)})));
  else
    to.items.push_back(unknown_item(ItemType::Resource));
}

void by_default(const PolicyView& view, const Item& item, Reached& to) {
  const Property* const row = item.path.empty() ? nullptr : view.property(item.resource, item.path);
  to.items.push_back(flag_item(row != nullptr && row->by_default));
}

void replaceable(const PolicyView& view, const Item& item, Reached& to) {
  const Property* const row = item.path.empty() ? nullptr : view.property(item.resource, item.path);
  const ValuePool& pool = *view.project.pool;
  to.items.push_back(
      flag_item(row != nullptr && (pool[row->value].uncertainty & kOverridable) != 0));
}

// What a reference stands for where it is deployed.
void gives(const PolicyView& view, const Item& item, Reached& to) {
  constexpr std::array<std::string_view, 4> kWords{"name", "arn", "url", "id"};  // of RefGives
  Item made = unknown_item(ItemType::Scalar);
  if (view.pool.is(item.value, ValueKind::Reference)) {
    const Resource& resource = view.project.stacks[view.project.stacks.meant(
        ResourceId{static_cast<std::uint32_t>(view.pool[item.value].ref)})];
    const std::string attribute = lower(view.pool.text(item.value));
    const ResourceType* const type = find_resource_type(view.pool[resource.type]);
    if (attribute == "arn")
      made = text_item("arn");
    else if (!attribute.empty())
      made = text_item(view.pool.text(item.value));
    else if (type != nullptr && !resource.external)
      made = text_item(kWords[static_cast<std::size_t>(type->ref)]);
    made.where = item.where;
    made.resource = item.resource;
    made.path = item.path;
  }
  to.items.push_back(std::move(made));
}

// What stands behind the reference that a text begins with, as in "${Bucket.Arn}/*".
void rest(const PolicyView& view, const Item& item, Reached& to) {
  Item made = unknown_item(ItemType::Scalar);
  const ValuePool& pool = view.pool;
  const bool is_text = pool.is(item.value, ValueKind::Pattern);
  const std::span<const ValueId> parts =
      is_text ? pool.operands(item.value) : std::span(&item.value, 1);
  if (!parts.empty() && pool.is(parts[0], ValueKind::Reference)) {
    std::string all;
    bool is_known = true;
    for (const ValueId part : parts.subspan(1)) {
      const auto text = as_text(pool, part);
      is_known = is_known && text.has_value();
      all += text.value_or("");
    }
    if (is_known) made = text_item(view.keep(all));
    made.where = item.where;
    made.resource = item.resource;
    made.path = item.path;
  }
  to.items.push_back(std::move(made));
}

// What a hash is of that Terraform computes of a text.
void text_hashed(const PolicyView& view, const Item& item, Reached& to) {
  constexpr std::array<std::string_view, 6> kHashes{"base64sha256", "base64sha512", "md5",
                                                    "sha1",         "sha256",       "sha512"};
  const ValuePool& pool = view.pool;
  if (!pool.is(item.value, ValueKind::Computed) || pool.operands(item.value).size() != 1 ||
      std::ranges::find(kHashes, pool.text(item.value)) == kHashes.end())
    return;
  Item made = item;
  made.value = pool.operands(item.value)[0];
  to.items.push_back(made);
}

// The names in a map, each at its place.
void keys(const PolicyView& view, const Item& item, Reached& to) {
  const ValuePool& pool = view.pool;
  if (pool.is(item.value, ValueKind::List)) {
    to.open = to.open || pool[item.value].ref == 1;
    for (const ValueId pair : pool.operands(item.value)) {
      const ValueId key = entry_of(pool, pair, "Key");
      if (const auto name = key.exists() ? as_text(pool, key) : std::nullopt)
        to.items.push_back(text_item(*name));
      else
        to.open = true;
    }
    return;
  }
  if (!item.value.exists() || !pool.is(item.value, ValueKind::Record)) {
    to.open = to.open || (item.value.exists() &&
                          (pool.is(item.value, ValueKind::Unknown) || !pool.constant(item.value)));
    return;
  }
  to.open = to.open || pool[item.value].ref == 1;
  for (const StringId name : pool.names(item.value)) {
    if (pool[name] == kRest) continue;
    Item key = text_item(pool[name]);
    key.resource = item.resource;
    if (!item.path.empty()) key.path = view.keep(item.path, '.', pool[name]);
    if (const Property* const row =
            key.path.empty() ? nullptr : view.property(item.resource, key.path))
      key.where = row->key.file.exists() ? row->key : row->where;
    to.items.push_back(std::move(key));
  }
}

namespace {

// --- of triggers
std::string_view word_of_invocation(Invocation invocation) {
  switch (invocation) {
    case Invocation::Synchronous: return "synchronous";
    case Invocation::Asynchronous: return "asynchronous";
    case Invocation::Polled: return "polled";
    default: return "";
  }
}

}  // namespace

void trigger_source(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.trigger->from.exists()
                         ? resource_item(view.project.stacks.meant(item.trigger->from))
                         : unknown_item(ItemType::Resource));
}
void trigger_kind(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.trigger->from.exists()
                         ? text_item(word_of(view.project.stacks[item.trigger->from].kind))
                         : unknown_item(ItemType::Scalar));
}
void trigger_function(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(resource_item(view.project.stacks.meant(item.trigger->to)));
}
void trigger_by(const PolicyView&, const Item& item, Reached& to) {
  if (item.trigger->declared_by.exists())
    to.items.push_back(resource_item(item.trigger->declared_by));
}
void trigger_invocation(const PolicyView&, const Item& item, Reached& to) {
  const std::string_view word = word_of_invocation(item.trigger->invocation);
  to.items.push_back(word.empty() ? unknown_item(ItemType::Scalar) : text_item(word));
}
void trigger_failures(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.trigger->batch_failures));
}
void trigger_qualifier(const PolicyView& view, const Item& item, Reached& to) {
  if (item.trigger->qualifier.exists())
    to.items.push_back(text_item(view.pool[item.trigger->qualifier]));
}

namespace {

// --- of statements
void add_values(const PolicyView& view, const Item& item, Slice<ValueId> rows, Reached& to) {
  const Stacks& stacks = view.project.stacks;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
    to.items.push_back(value_item(stacks.statement_values[i], i < stacks.statement_places.size()
                                                                  ? stacks.statement_places[i]
                                                                  : item.where));
}

}  // namespace

void actions(const PolicyView& view, const Item& item, Reached& to) {
  add_values(view, item, item.statement->actions, to);
}
void limitable(const PolicyView& view, const Item& item, Reached& to) {
  Reached all;
  add_values(view, item, item.statement->actions, all);
  for (Item& one : all.items)
    if (const auto action = as_text(view.pool, one.value); action && can_be_limited(*action))
      to.items.push_back(std::move(one));
}
void resources(const PolicyView& view, const Item& item, Reached& to) {
  add_values(view, item, item.statement->resources, to);
}
namespace {

// Adds those of `all`, actions or resources, that go with one of `others`.
void add_matched(const PolicyView& view, const Item& item, Slice<ValueId> all,
                 Slice<ValueId> others, bool are_actions, Reached& to) {
  Reached wanted, beside;
  add_values(view, item, all, wanted);
  add_values(view, item, others, beside);
  const auto goes = [&](const Item& action, const Item& resource) {
    const auto name = as_text(view.pool, action.value);
    return name && is_on_all_of_kind(*name, literal_beginning(view.pool, resource.value),
                                     literal_ending(view.pool, resource.value));
  };
  for (Item& one : wanted.items)
    if (std::ranges::any_of(beside.items, [&](const Item& other) {
          return are_actions ? goes(one, other) : goes(other, one);
        }))
      to.items.push_back(std::move(one));
}

}  // namespace

void actions_on_all(const PolicyView& view, const Item& item, Reached& to) {
  add_matched(view, item, item.statement->actions, item.statement->resources, true, to);
}
void whole_kinds(const PolicyView& view, const Item& item, Reached& to) {
  add_matched(view, item, item.statement->resources, item.statement->actions, false, to);
}
void effect_word(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(text_item(item.statement->allows ? "Allow" : "Deny"));
}
void inverted(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->inverted));
}
void conditional(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->conditional));
}
void statement_written(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(!item.statement->named));
}
void statement_generated(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.statement->generated));
}
void statement_role(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(resource_item(item.statement->role));
}

// --- of effects and imports
void operation(const PolicyView&, const Item& item, Reached& to) {
  const std::uint32_t row = item.effect->operation;
  to.items.push_back(row < operations().size() ? text_item(operations()[row].id)
                                               : unknown_item(ItemType::Scalar));
}
void service(const PolicyView&, const Item& item, Reached& to) {
  const std::uint32_t row = item.effect->operation;
  to.items.push_back(row < operations().size() ? text_item(operations()[row].service)
                                               : unknown_item(ItemType::Scalar));
}
void target(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(item.effect->target.exists()
                         ? resource_item(view.project.stacks.meant(item.effect->target))
                         : unknown_item(ItemType::Resource));
}
void target_value(const PolicyView&, const Item& item, Reached& to) {
  if (item.effect->target_value.exists()) to.items.push_back(value_item(item.effect->target_value));
}
// Under the names that the operation has for them. What spreads in holds more than is written.
void arguments(const PolicyView& view, const Item& item, Reached& to) {
  const ValueId given = item.effect->arguments;
  const bool whole = given.exists() && !entry_of(view.pool, given, "**").exists();
  to.items.push_back(whole ? value_item(given, item.effect->where) : unknown_item(ItemType::Value));
}
void permission(const PolicyView&, const Item& item, Reached& to) {
  const Permission permission = item.effect->permission;
  to.items.push_back(permission == Permission::Unknown
                         ? unknown_item(ItemType::Scalar)
                         : text_item(permission == Permission::Allowed ? "allowed" : "missing"));
}
void import_name(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(text_item(item.import->path));
}

void in_loop(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item((item.effect->flags & kInLoop) != 0));
}
void at_once(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item((item.effect->flags & (kManyAtOnce | kDetached)) != 0));
}
void once(const PolicyView& view, const Item& item, Reached& to) {
  to.items.push_back(flag_item(
      is_done_once(view.pool, view.project.functions[item.function], asked_call(*item.effect))));
}
void failure(const PolicyView&, const Item& item, Reached& to) {
  const std::uint32_t flags = item.effect->flags;
  to.items.push_back(text_item((flags & kErrorsDropped) != 0 ? "dropped"
                               : (flags & kErrorsPass) != 0  ? "passes"
                                                             : "answered"));
}
void ends_loop(const PolicyView&, const Item& item, Reached& to) {
  to.items.push_back(flag_item(item.effect->ends_loop));
}

}  // namespace fnlint::reach
