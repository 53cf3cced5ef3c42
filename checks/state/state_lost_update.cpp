// An item that is read, changed and written back: of two runs at once, the second write undoes the
// first, unless a condition refuses it.

#include "checks/idempotency/idempotency_view.h"
#include "checks/state/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Its events come one after another, as far as the templates say: of a clock, of a FIFO queue, of
// a shard of a stream.
bool comes_in_turn(const Project& project, const Relation& trigger) {
  if (!trigger.from.exists()) return false;
  const ResourceKind kind = project.stacks[trigger.from].kind;
  return kind == ResourceKind::Schedule || kind == ResourceKind::Stream ||
         kind == ResourceKind::Table ||
         (kind == ResourceKind::Queue &&
          property_of(project, trigger.from, "FifoQueue") != nullptr);
}

enum class AtOnce : std::uint8_t { No, Perhaps, Yes };
AtOnce runs_at_once(const Project& project, const RelationsTo& relations,
                    const LambdaFunction& function) {
  const Property* const reserved =
      property_of(project, function.resource, "ReservedConcurrentExecutions");
  const auto limit = reserved != nullptr ? as_integer(*project.pool, reserved->value)
                                         : std::optional<std::int64_t>();
  if (limit && *limit <= 1) return AtOnce::No;
  bool any = false, all_in_turn = true;
  for (const Relation* relation : relations[function.resource]) {
    if (relation->kind != RelationKind::Trigger) continue;
    any = true;
    all_in_turn = all_in_turn && comes_in_turn(project, *relation);
  }
  if (any && all_in_turn) return AtOnce::No;
  return any && (reserved == nullptr || limit) ? AtOnce::Yes : AtOnce::Perhaps;
}

// What the text begins with, as far as it is written down.
std::string_view start_of(const ValuePool& pool, ValueId text) {
  if (pool.is(text, ValueKind::Pattern) && !pool.operands(text).empty())
    text = pool.operands(text)[0];
  return pool.is(text, ValueKind::Text) ? pool.text(text) : std::string_view();
}

class LostUpdates {
 public:
  LostUpdates(const Project& project, const LambdaFunction& function, AtOnce at_once)
      : project_(project), pool_(*project.pool), function_(function), at_once_(at_once) {}

  void check(const Effect& write, Findings& findings) {
    const std::string_view id = operations()[write.operation].id;
    const bool is_item = id == "dynamodb.PutItem" || id == "dynamodb.UpdateItem";
    if ((!is_item && !is_object(write)) || (write.flags & kGuessed) != 0 ||
        is_conditional(pool_, operations()[write.operation], write) || is_under_lock(write) ||
        told_.contains(write.where))
      return;
    const Effect* nearest = nullptr;
    for (const std::vector<Effect>* all : {&function_.effects, &function_.unknown_calls})
      for (const Effect& read : *all)
        if (!label_of(read, write, is_item).empty() &&
            (nearest == nullptr || is_nearer(read, *nearest, write)))
          nearest = &read;
    if (nearest == nullptr) return;
    told_.insert(write.where);
    tell(*nearest, write, label_of(*nearest, write, is_item), findings);
  }

 private:
  // How the write rests on the read; empty: it does not.
  [[nodiscard]] std::string_view label_of(const Effect& read, const Effect& write,
                                          bool is_item) const {
    if (is_item) return is_read_of(read, write) ? how(read, write) : "";
    if (is_after_failure(pool_, write.holds))
      return "";  // a cache that is filled where it has none
    return is_object_of(read, write) ? how_object(read, write) : "";
  }
  static bool is_object(const Effect& write) {
    const std::string_view id = operations()[write.operation].id;
    return id == "s3.PutObject" || id == "s3.Upload";
  }
  // The object that an event of the bucket names has its own invocation.
  [[nodiscard]] bool is_of_event(ValueId key) const {
    bool found = false;
    for_each_below(pool_, key, [&](ValueId id) {
      found = found || (pool_.is(id, ValueKind::Hole) && pool_[id].origin == Origin::Event &&
                        pool_.text(id).find("s3.object") != std::string_view::npos);
    });
    return found || has_origin(pool_, key, Origin::Fresh) ||
           has_origin(pool_, key, Origin::Context);
  }
  [[nodiscard]] bool is_object_of(const Effect& read, const Effect& write) const {
    const bool same = write.target.exists()
                          ? read.target == write.target
                          : write.target_value.exists() && read.target_value == write.target_value;
    return operations()[read.operation].id == "s3.GetObject" && same && read.order < write.order &&
           read.key.exists() && write.key.exists() && !is_of_event(read.key) &&
           (read.key == write.key || says_own_key(read, write));
  }
  // "sessions/${session.id}.json", which was read as "sessions/${event.id}.json": the document has
  // its own name in it.
  [[nodiscard]] bool says_own_key(const Effect& read, const Effect& write) const {
    const auto asked = pool_.operands(read.key), written = pool_.operands(write.key);
    if (!pool_.is(read.key, ValueKind::Pattern) || !pool_.is(write.key, ValueKind::Pattern) ||
        asked.size() != written.size())
      return false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const std::string_view name = field_name(asked[i]);
      const bool is_same = asked[i] == written[i];
      if (!is_same && (name.empty() || name != field_name(written[i]) || !answers(written[i], read)))
        return false;
    }
    return true;
  }
  // Of what is read: "id" of `event.order.id`.
  [[nodiscard]] std::string_view field_name(ValueId value) const {
    if (pool_.is(value, ValueKind::Hole)) {
      const std::string_view path = pool_.text(value);
      return path.substr(path.rfind('.') + 1);
    }
    const auto operands = pool_.operands(value);
    const bool is_field = pool_.is(value, ValueKind::Computed) && operands.size() > 1 &&
                          pool_.is(operands[1], ValueKind::Text);
    return is_field ? pool_.text(operands[1]) : std::string_view();
  }
  // A document that is read and made again: a change within it is not seen in its value.
  [[nodiscard]] std::string_view how_object(const Effect& read, const Effect& write) const {
    const ValueId body =
        write.arguments.exists() ? entry_of(pool_, write.arguments, "Body") : ValueId{};
    if (!body.exists() || !answers(body, read)) return "";
    bool adds = false;
    for_each_below(pool_, body, [&](ValueId id) {
      adds = adds || (pool_.is(id, ValueKind::Pattern) && answers(id, read));
    });
    if (adds) return "the text as it was read, with more added";
    return has_opcode(pool_, body, Opcode::JsonEncode)
               ? "the whole document as it was read, with changes"
               : "";
  }
  // A write under a condition before it may be a lock.
  [[nodiscard]] bool is_under_lock(const Effect& write) const {
    const auto locks = [&](const Effect& other) {
      return other.order < write.order &&
             is_conditional(pool_, operations()[other.operation], other);
    };
    return std::ranges::any_of(function_.effects, locks) ||
           std::ranges::any_of(function_.unknown_calls, locks) || !function_.safeguards.empty();
  }
  [[nodiscard]] bool is_read_of(const Effect& read, const Effect& write) const {
    const bool same = write.target.exists()
                          ? read.target == write.target
                          : write.target_value.exists() && read.target_value == write.target_value;
    return operations()[read.operation].id == "dynamodb.GetItem" && same &&
           read.order < write.order && read.key.exists() && write.key.exists() &&
           !exclude_each_other(pool_, read.holds, write.holds);
  }
  // Made on each way that leads to the write, or the later of two.
  [[nodiscard]] static bool is_nearer(const Effect& one, const Effect& other, const Effect& write) {
    const bool is_before = all_hold(one.holds, write.holds);
    const bool is_other_before = all_hold(other.holds, write.holds);
    return is_before == is_other_before ? one.order > other.order : is_before;
  }
  [[nodiscard]] bool answers(ValueId whole, const Effect& read) const {
    bool found = false;
    for_each_below(pool_, whole, [&](ValueId id) {
      found = found || (is_stored_data(pool_, id) && is_given(pool_, id, read.key));
    });
    return found;
  }

  // What is made of the answer is written back; empty: nothing is.
  [[nodiscard]] std::string_view how(const Effect& read, const Effect& write) const {
    const bool is_same_item = is_key_of(pool_, read.key, write.key);
    const RepeatOutcome again = is_same_item || is_rewritten(read, write)
                            ? with_what_is_stored(project_, function_, write)
                            : RepeatOutcome::Same;
    if (again == RepeatOutcome::AddsToStored)
      return "a number that is made of the one that was read";
    if (again == RepeatOutcome::AppendsToStored)
      return "a list that is made of the one that was read";
    if (is_same_item && sets_what_was_read(read, write))
      return "a value that is made of the one that was read";
    if (is_rewritten(read, write)) return "the whole item as it was read, with changes";
    const bool puts = operations()[write.operation].id == "dynamodb.PutItem";
    if (puts && is_same_item && is_refused_where_found(read, write))
      return "an item where none was found";
    return "";
  }
  // `SET tags = :tags`, and `:tags` is made of the tags that were read.
  [[nodiscard]] bool sets_what_was_read(const Effect& read, const Effect& write) const {
    if (!write.arguments.exists()) return false;
    const ValueId values = member_at(pool_, write.arguments, "ExpressionAttributeValues");
    if (!values.exists()) return false;
    return std::ranges::any_of(fields_set(pool_, write), [&](const FieldSet& set) {
      const ValueId value = entry_of(pool_, values, set.placeholder);
      return value.exists() && is_made_of(value, set.field, read);
    });
  }
  [[nodiscard]] bool is_made_of(ValueId value, std::string_view field, const Effect& read) const {
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) {
      if (found || id == value) return;  // written back as it is
      const auto operands = pool_.operands(id);
      const bool is_field = pool_.is(id, ValueKind::Object)
                                ? pool_.text(id).ends_with(cat('.', field))
                                : pool_.is(id, ValueKind::Computed) && operands.size() > 1 &&
                                      pool_.is(operands[1], ValueKind::Text) &&
                                      pool_.text(operands[1]) == field;
      found = is_field && answers(id, read);
    });
    return found;
  }
  // `{...item, name}`, under the key that it was read by.
  [[nodiscard]] bool is_rewritten(const Effect& read, const Effect& write) const {
    const auto is_so = [&](ValueId item) {
      if (!pool_.is(item, ValueKind::Record)) return false;
      const ValueId rest = entry_of(pool_, item, kRest);
      return rest.exists() && answers(rest, read) && keeps_key(item, read);
    };
    return pool_.is(write.key, ValueKind::OneOf)
               ? std::ranges::any_of(pool_.operands(write.key), is_so)
               : is_so(write.key);
  }
  // "SIG#7" where "ARC#3" was read.
  [[nodiscard]] bool names_another_item(ValueId written, ValueId read) const {
    const std::string_view one = start_of(pool_, written), other = start_of(pool_, read);
    return !one.starts_with(other) && !other.starts_with(one);
  }
  [[nodiscard]] bool keeps_key(ValueId item, const Effect& read) const {
    if (!pool_.is(read.key, ValueKind::Record)) return false;
    const auto names = pool_.names(read.key);
    const auto values = pool_.operands(read.key);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const ValueId given = entry_of(pool_, item, pool_[names[i]]);
      if (!given.exists() || given == values[i]) continue;
      if (names_another_item(given, values[i]) || !answers(given, read)) return false;
    }
    return true;
  }
  // `if (found) return {statusCode: 409}`, and a put.
  [[nodiscard]] bool is_refused_where_found(const Effect& read, const Effect& write) const {
    return std::ranges::any_of(write.holds, [&](const Fact& fact) {
      if (!answers(fact.test, read) || !finds_nothing(pool_, fact)) return false;
      return std::ranges::any_of(function_.returns, [&](const ReturnedValue& returned) {
        const ValueId status = pool_.is(returned.value, ValueKind::Record)
                                   ? entry_of(pool_, returned.value, "statusCode")
                                   : ValueId{};
        const auto code = status.exists() ? as_integer(pool_, status) : std::nullopt;
        return code && *code >= 400 && *code < 500 &&
               std::ranges::find(returned.holds, Fact{fact.test, !fact.holds}) !=
                   returned.holds.end();
      });
    });
  }

  void tell(const Effect& read, const Effect& write, std::string_view words, Findings& findings) {
    constexpr std::uint8_t kUndecided = kUncertain | kConditional;
    const std::uint8_t both = read.uncertainty | write.uncertainty;
    auto uncertainty = static_cast<std::uint8_t>(both & ~kUndecided);
    // Who has an item alone may seldom ask twice at once.
    const bool is_shared = !has_origin(pool_, read.key, Origin::Event);
    if (at_once_ != AtOnce::Yes || !is_shared || (both & kUndecided) != 0)
      uncertainty |= kHeuristic;
    const std::string table =
        write.target.exists() ? cat(" of '", name_of(project_, write.target), "'") : std::string();
    const std::string_view what = is_object(write) ? "object" : "item";
    findings.push_back(
        FindingBuilder("state-lost-update", uncertainty)
            .about(function_)
            .at(write.where)
            .says(
                "This writes an ", what, table,
                " that was read before, under no condition: ", words,
                ". Of two runs at once both read the same, and the second write undoes the first.")
            .identified(function_.name, ' ', operations()[write.operation].id)
            .with_steps(write.path)
            .related(read.where, "The ", what, " is read here."));
  }

  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  AtOnce at_once_;
  std::set<Span> told_ = {};
};

}  // namespace

void state_lost_update(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    const AtOnce at_once = runs_at_once(project, relations, function);
    if (at_once == AtOnce::No) continue;
    LostUpdates updates(project, function, at_once);
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& write : *all) updates.check(write, findings);
  }
}

}  // namespace fnlint
