// Which parts of a value differ from one delivery of an event to the next (times, random values,
// request ids), and where an operation's tokens and statements stand in its arguments.

#include "checks/idempotency/idempotency_view.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/compute.h"
#include "values/update_expression.h"
#include "values/value_memo.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What each delivery of one event has anew, by the last names of its path, and whether that is
// sure.
struct VolatileField {
  std::string_view name = {}, words = {};
  Confidence confidence{};
  bool shared = false;
};
constexpr std::array kVolatileFields{
    VolatileField{"receiptHandle", "the receipt handle", Confidence::Certain},
    VolatileField{"ApproximateReceiveCount", "the receive count", Confidence::Certain},
    VolatileField{"SentTimestamp", "the time of sending", Confidence::Possible, true},
};

// However a language spells it, and whatever is made of it: aws_request_id, getAwsRequestId,
// request_id.to_string.
bool is_request_id(std::string_view context_path) {
  return std::ranges::any_of(split(context_path, '.'), [](std::string_view part) {
    std::string name;
    for (const char letter : lower(part))
      if (letter != '_') name += letter;
    return name.ends_with("requestid");
  });
}

std::optional<UnsteadyPart> unsteady_leaf(const Project& project, const LambdaFunction& function,
                                          const DeliverySource& source, ValueId id) {
  const ValuePool& pool = *project.pool;
  const Value& value = pool[id];
  if (value.kind != ValueKind::Hole) return std::nullopt;
  const Span where = value_site(function, value.ref);
  switch (value.origin) {
    case Origin::Fresh: return UnsteadyPart{"a random value", Confidence::Certain, where};
    // Of what precision the time is, is not known: the day may be meant.
    case Origin::Clock: return UnsteadyPart{"the current time", Confidence::Likely, where};
    case Origin::Context:
      if (source.keeps_id || !is_request_id(pool.text(id))) return std::nullopt;
      return UnsteadyPart{"the id of the invocation", Confidence::Certain, {}};
    case Origin::Event:
      for (const VolatileField& field : kVolatileFields)
        if (pool.text(id).ends_with(field.name))
          return UnsteadyPart{.words = std::string(field.words),
                              .confidence = field.confidence,
                              .shared = field.shared};
      return std::nullopt;
    default: return std::nullopt;
  }
}

// Looks for it in all parts of a value, but not into what a time is cut to, which is the same for
// all of a day or an hour, nor into the question that stored data answers.
class UnsteadyParts {
 public:
  UnsteadyParts(const Project& project, const LambdaFunction& function,
                const DeliverySource& source)
      : project_(project), function_(function), source_(source) {}
  void look_into(ValueId value) {
    if (seen_.find(value) != nullptr) return;
    seen_.add(value, value);
    const ValuePool& pool = *project_.pool;
    if (const TimeCut cut = cut_time(pool, value); cut != TimeCut::None)
      return take(part_of_time(value, cut));
    take(unsteady_leaf(project_, function_, source_, value));
    if (is_stored_data(pool, value)) return;
    for (const ValueId below : pool.operands(value)) look_into(below);
  }
  // The one of which it is surest.
  std::optional<UnsteadyPart> found = {};

 private:
  void take(std::optional<UnsteadyPart> part) {
    if (part && (!found || part->confidence > found->confidence)) found = std::move(part);
  }
  [[nodiscard]] UnsteadyPart part_of_time(ValueId value, TimeCut cut) const {
    UnsteadyPart part{"the day", Confidence::Possible, {}, " on another day"};
    if (cut == TimeCut::ToHour) part = {"the hour", Confidence::Possible, {}, " in another hour"};
    for_each_below(*project_.pool, value, [&](ValueId id) {
      if (const auto time = unsteady_leaf(project_, function_, source_, id); time)
        part.where = time->where;
    });
    return part;
  }

  const Project& project_;
  const LambdaFunction& function_;
  const DeliverySource& source_;
  ValueMemo seen_;
};

// What a member says, of each alternative, or with `meaning` ("='POST'") stands for. False: it may
// be nothing, so that the next one says it.
bool add_given(const ValuePool& pool, ValueId value, std::string_view meaning,
               std::vector<std::string>& texts) {
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Null || kind == ValueKind::Absent) return false;
  if (kind == ValueKind::OneOf) {
    bool is_given = true;
    for (const ValueId one : pool.operands(value))
      is_given = add_given(pool, one, meaning, texts) && is_given;
    return is_given;
  }
  if (meaning.empty()) {
    const std::vector<std::string> said = whole_texts(pool, value);
    texts.insert(texts.end(), said.begin(), said.end());
  } else {
    texts.emplace_back(meaning.substr(2, meaning.size() - 3));
  }
  return true;
}

}  // namespace

bool goes_by_clock(const Project& project, const DeliverySource& source) {
  if (source.trigger == nullptr || !source.trigger->from.exists()) return false;
  // The filter of a rule that goes by the clock is Absent; of sources that have none there is no value.
  const ValueId filter = source.trigger->filter;
  return project.stacks[source.trigger->from].kind == ResourceKind::Schedule ||
         (filter.exists() && (*project.pool)[filter].kind == ValueKind::Absent);
}

const Property* switched_off(const Project& project, const LambdaFunction& function) {
  const ValuePool& pool = *project.pool;
  const Property* disabled = property_of(project, function.resource,
                                         "Environment.Variables.POWERTOOLS_IDEMPOTENCY_DISABLED");
  if (disabled == nullptr) return nullptr;
  const std::optional<std::string_view> text = as_text(pool, disabled->value);
  if (!text && pool[disabled->value].kind == ValueKind::Unknown) return nullptr;
  const std::string word = lower(text.value_or(""));
  return word == "false" || word == "0" ? nullptr : disabled;
}

// Values under a path of the operation's members: "Entries[].MessageDeduplicationId".
ValueId member_at(const ValuePool& pool, ValueId members, std::string_view path) {
  ValueId at = members;
  for (std::string_view part : split(path, '.')) {
    const bool each = part.ends_with("[]");
    if (each) part.remove_suffix(2);
    const bool is_object =
        at.exists() && pool.is(at, ValueKind::Object) && !pool.operands(at).empty();
    at = entry_of(pool, is_object ? pool.operands(at)[0] : at, part);
    if (!at.exists()) return {};
    if (each) {
      if (pool[at].kind != ValueKind::List || pool.operands(at).empty()) return {};
      at = pool.operands(at)[0];
    }
  }
  return at;
}

std::vector<std::string> statements_of(const ValuePool& pool, const Operation& operation,
                                       const Effect& effect) {
  if (operation.expression.empty()) return {};
  std::vector<std::string> texts;
  for (const std::string_view one : split(operation.expression, '|')) {
    if (one.front() == '\'') {
      texts.emplace_back(one.substr(1, one.size() - 2));
      break;
    }
    const std::size_t mark = std::min(one.find('='), one.size());
    const ValueId value = member_at(pool, effect.arguments, one.substr(0, mark));
    if (value.exists() && add_given(pool, value, one.substr(mark), texts)) return texts;
  }
  return texts;
}

std::string statement_of(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  const std::vector<std::string> all = statements_of(pool, operation, effect);
  return all.empty() ? std::string() : std::string(trim(all.front()));
}

std::vector<FieldSet> fields_set(const ValuePool& pool, const Effect& update) {
  const std::string statement = statement_of(pool, operations()[update.operation], update);
  const ValueId names = member_at(pool, update.arguments, "ExpressionAttributeNames");
  std::vector<FieldSet> sets;
  for (const auto& [field, value] : update_expression(statement).fields) {
    if (!is_placeholder(value) || !std::ranges::all_of(field, is_expression_word)) continue;
    const std::string_view last = field.substr(field.rfind('.') + 1);
    const ValueId name = names.exists() ? entry_of(pool, names, last) : ValueId{};
    const auto known = name.exists() ? as_text(pool, name) : std::nullopt;
    sets.push_back({std::string(known.value_or(last)), std::string(value)});
  }
  return sets;
}

Span value_site(const LambdaFunction& function, std::uint64_t ref) {
  const auto found = std::ranges::lower_bound(function.value_sites, ref, {},
                                              &std::pair<std::uint64_t, Span>::first);
  return found != function.value_sites.end() && found->first == ref ? found->second : Span{};
}

std::optional<UnsteadyPart> unsteady_part(const Project& project, const LambdaFunction& function,
                                          const DeliverySource& source, ValueId value) {
  const ValuePool& pool = *project.pool;
  if (!value.exists()) return std::nullopt;
  UnsteadyParts parts(project, function, source);
  parts.look_into(value);
  std::optional<UnsteadyPart> found = std::move(parts.found);
  // `order.id or uuid4()`: only where the first is missing.
  const Value& whole = pool[value];
  const bool is_choice = whole.kind == ValueKind::OneOf || pool.opcode(value) == Opcode::OrDefault;
  if (!found || !is_choice) return found;
  const bool always = std::ranges::all_of(pool.operands(value), [&](ValueId one) {
    return unsteady_part(project, function, source, one).has_value();
  });
  if (!always) found->confidence = Confidence::Possible;
  return found;
}

}  // namespace fnlint
