// event-batch-wrong-identifier: how a handler names the records that failed.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/summarised_lists.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

constexpr std::string_view kFailedItems = "batchItemFailures", kIdentifier = "itemIdentifier";
// What methods of a response, that are given the identifiers alone, call them.
constexpr std::array<std::string_view, 2> kNames{"failure", "failures"};
constexpr int kFieldWrappings = 8;  // of one value

// Lower case without '_': one member, in all languages' spellings.
std::string plain_form(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '_') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// An object's members, or its fields, where these are known; else the value itself.
ValueId content_of(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Object) || pool.operands(value).empty()) return value;
  const ValueId members = pool.operands(value)[0];
  return pool.is(members, ValueKind::Record) ? members : value;
}

// `raw`: the runtime is given what the code writes, and no class says what a name becomes.
ValueId entry_named(const ValuePool& pool, ValueId value, std::string_view name, bool raw) {
  const ValueId record = content_of(pool, value);
  if (!pool.is(record, ValueKind::Record)) return {};
  if (raw && record == value) return entry_of(pool, record, name);
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i)
    if (plain_form(pool[pool.names(record)[i]]) == plain_form(name))
      return pool.operands(record)[i];
  return {};
}

// The value itself: not the tests under which it is met, its copy as a text, or what stands in for
// it where there is none.
ValueId unwrapped(const ValuePool& pool, ValueId value) {
  for (int i = 0; i < kFieldWrappings && pool.is(value, ValueKind::Computed); ++i) {
    const Opcode opcode = pool.opcode(value);
    if (opcode != Opcode::Where && opcode != Opcode::Given && opcode != Opcode::ToText &&
        opcode != Opcode::OrDefault)
      break;
    value = pool.operands(value)[0];
  }
  return value;
}

class Identifiers {
 public:
  Identifiers(const Project& project, const LambdaFunction& function, const TriggerShape& of)
      : project_(project),
        pool_(*project.pool),
        function_(function),
        of_(of),
        shape_(*of.shape),
        is_raw_(reads_raw_events(function.language)) {}

  // Whether a finding was added.
  bool check(Findings& findings) const {
    for (const ReturnedValue& returned : function_.returns) {
      if (!returned.value.exists()) continue;
      std::vector<Failure> failures;
      add_failures(returned.value, failures, 0);
      for (const Failure& failure : failures) {
        const std::optional<Wrong> wrong = wrong_in(failure);
        if (!wrong) continue;
        findings.push_back(finding_of(returned, *wrong));
        return true;
      }
    }
    return false;
  }

 private:
  struct Wrong {
    ValueId value = {};  // what a failure is named by; no id: nothing
    std::string words = {};
  };
  struct Failure {
    ValueId value = {};
    bool is_name = false;  // what it is named by, and no object that has it
  };

  // What lists, or alternatives of lists, have in them.
  void add_elements(ValueId list, bool names, std::vector<Failure>& out, int depth) const {
    list = unwrapped(pool_, list);
    if (depth > kFieldWrappings) return;
    const Value& row = pool_[list];
    if (row.kind == ValueKind::OneOf || row.kind == ValueKind::List || is_summarised(pool_, list))
      for (const ValueId one : pool_.operands(list)) add_elements(one, names, out, depth + 1);
    else
      out.push_back({list, names});
  }

  void add_failures(ValueId answer, std::vector<Failure>& out, int depth) const {
    answer = unwrapped(pool_, answer);
    if (pool_.is(answer, ValueKind::OneOf) && depth < kFieldWrappings) {
      for (const ValueId one : pool_.operands(answer)) add_failures(one, out, depth + 1);
      return;
    }
    const ValueId list = entry_named(pool_, answer, kFailedItems, is_raw_);
    if (list.exists()) add_elements(list, false, out, 0);
    if (!pool_.is(answer, ValueKind::Object)) return;
    for (const std::string_view name : kNames)
      if (const ValueId named = entry_named(pool_, answer, name, is_raw_); named.exists())
        add_elements(named, true, out, 0);
  }

  // The field of a record that is given as its identifier, or as nothing: who is told of nothing
  // counts the batch as failed all the same. No id: it may be the right one.
  [[nodiscard]] ValueId wrong_field(ValueId named) const {
    named = unwrapped(pool_, named);
    const Value& row = pool_[named];
    if (row.kind == ValueKind::OneOf) {
      ValueId found;
      for (const ValueId one : pool_.operands(named)) {
        if (pool_[one].kind == ValueKind::Null) continue;
        const ValueId field = wrong_field(one);
        if (!field.exists()) return {};
        found = field;
      }
      return found;
    }
    const bool is_of_record = row.kind == ValueKind::Hole && row.origin == Origin::Event &&
                              pool_.text(named).starts_with(kRecord);
    return is_of_record && field_of(named) != shape_.identifier ? named : ValueId{};
  }

  [[nodiscard]] std::string_view field_of(ValueId named) const {
    return pool_.text(named).substr(kRecord.size());
  }

  // Nothing: the failure may name its record.
  [[nodiscard]] std::optional<Wrong> wrong_in(const Failure& failure) const {
    const ValueId value = failure.value;
    const ValueId named = failure.is_name ? value : entry_named(pool_, value, kIdentifier, is_raw_);
    if (!named.exists()) {
      const bool is_known = pool_.is(value, ValueKind::Record) && pool_[value].ref == 0;
      return is_known ? std::optional<Wrong>({{}, cat("no '", kIdentifier, "'")}) : std::nullopt;
    }
    const ValueId field = wrong_field(named);
    if (!field.exists()) return std::nullopt;
    return Wrong{field, cat("'", field_of(field), "'")};
  }

  // Where the field is read the last time: what was done with it before was something else. Else
  // where the handler returns.
  [[nodiscard]] Span place_of(const ReturnedValue& returned, const Wrong& wrong) const {
    Span where = returned.where;
    for (const InputRead& read : function_.reads)
      if (wrong.value.exists() && pool_.is(read.value, ValueKind::Hole) &&
          event_path(pool_, read) == pool_.text(wrong.value))
        where = read.where;
    return where;
  }

  [[nodiscard]] Finding finding_of(const ReturnedValue& returned, const Wrong& wrong) const {
    std::uint8_t uncertainty =
        static_cast<std::uint8_t>(of_.trigger->uncertainty | returned.uncertainty);
    if (!pool_.always(of_.trigger->when)) uncertainty |= kConditional;
    const Span where = place_of(returned, wrong);
    return FindingBuilder("event-batch-wrong-identifier", uncertainty)
        .about(function_)
        .at(where)
        .says("A failure of ", words_of_source(project_, *of_.trigger), " is reported by ",
              wrong.words, " where the record's '", shape_.identifier,
              "' is expected: the whole batch counts as failed.")
        .related_if(where != returned.where, returned.where, "The failures are returned here.");
  }

  static constexpr std::string_view kRecord = "Records[].";
  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  const TriggerShape& of_;
  const SentEvent& shape_;
  const bool is_raw_;
};

}  // namespace

void event_batch_identifiers(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    for (const TriggerShape& one : trigger_shapes(project, relations, function))
      if (one.shape != nullptr && !one.shape->identifier.empty() && one.trigger->batch_failures &&
          Identifiers(project, function, one).check(findings))
        break;
  }
}

}  // namespace fnlint
