// A layer that remembers what was handled protects only as it is told: by which key, for how long,
// in which table, around what.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/yes_no.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What Powertools do where they are not told otherwise, in Python and TypeScript alike.
constexpr std::string_view kDefaultExpiryAttribute = "expiration";
constexpr std::int64_t kDefaultExpirySeconds = 3600;
// "A maximum age of six hours" of events in the queue for asynchronous invocation.
constexpr std::int64_t kDefaultEventAgeSeconds = 21600;
constexpr std::int64_t kDefaultVisibilitySeconds = 30;
// `data` of a layer whose key is made of the one argument, or of the one that its declaration
// marks.
constexpr std::string_view kOnlyArgument = "only";

class Layer {
 public:
  Layer(const Project& project, const LambdaFunction& function, const Safeguard& guard,
        Findings& findings)
      : project_(project),
        pool_(*project.pool),
        function_(function),
        guard_(guard),
        findings_(findings) {}

  void check_table();
  void check_rights();
  void check_call();
  void check_key(const DeliverySource& source);
  void check_expiry(const RelationsTo& relations, const DeliverySource& source);

 private:
  [[nodiscard]] ValueId told(std::string_view name) const {
    return entry_of(pool_, guard_.told, name);
  }
  // All that it was told is known: not where a static configuration was not found.
  [[nodiscard]] bool is_plain() const;
  [[nodiscard]] bool is_around_handler() const { return !guard_.called.file.exists(); }
  [[nodiscard]] ValueId data() const;
  [[nodiscard]] ValueId part_of_data(std::string_view path) const;
  [[nodiscard]] Span site_of(std::string_view name) const;
  [[nodiscard]] Confidence confidence(std::uint8_t more = 0) const {
    return confidence_of(static_cast<std::uint8_t>(guard_.uncertainty | more));
  }
  void report(std::string_view rule, Confidence confidence, Span where, std::string message,
              std::optional<Severity> severity = {});

  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  const Safeguard& guard_;
  Findings& findings_;
};

void Layer::report(std::string_view rule, Confidence confidence, Span where, std::string message,
                   std::optional<Severity> severity) {
  findings_.push_back(FindingBuilder(rule, confidence)
                          .about(function_)
                          .at(where)
                          .says(message)
                          .grade(severity)
                          .related_if(where.file != guard_.where.file ||
                                          where.range.begin != guard_.where.range.begin,
                                      guard_.where, "The layer is here."));
}

bool Layer::is_plain() const {
  if (pool_[guard_.told].kind != ValueKind::Record || pool_[guard_.told].ref == 1) return false;
  const ValueId config = told("config"), store = told("store");
  if (!store.exists() || (config.exists() && pool_[config].kind != ValueKind::Object)) return false;
  return pool_[store].kind == ValueKind::Object || pool_[store].kind == ValueKind::Text;
}

// The call that made the layer's configuration, else the layer itself.
Span Layer::site_of(std::string_view name) const {
  const ValueId value = told(name);
  if (!value.exists() || pool_[value].kind != ValueKind::Object) return guard_.where;
  const Span where = value_site(function_, pool_[value].ref);
  return where.file.exists() ? where : guard_.where;
}

// What the layer makes its key of: what it was told, or an argument; no id: not known.
ValueId Layer::data() const {
  if (const ValueId payload = told("payload"); payload.exists()) return payload;
  const ValueId which = told("data");
  std::string name = "0";
  if (which.exists()) {
    const std::optional<std::string_view> text = as_text(pool_, which);
    const std::optional<std::int64_t> number = as_integer(pool_, which);
    if (!text && !number) return {};
    const bool is_one_of_many = text == kOnlyArgument && !is_around_handler() &&
                                entry_of(pool_, guard_.arguments, "1").exists();
    if (is_one_of_many) return {};
    if (text != kOnlyArgument) name = text ? std::string(*text) : std::to_string(*number);
  }
  return entry_of(pool_, guard_.arguments, name);
}

// What a path of names leads to in the data, where the code puts that together itself; no id: it
// does not, or the path is more than names.
ValueId Layer::part_of_data(std::string_view path) const {
  ValueId part = data();
  for (const std::string_view name : split(path, '.'))
    part = part.exists() ? entry_of(pool_, part, name) : part;
  return part;
}

void Layer::check_table() {
  if (!guard_.table.exists()) return;
  const Resource& table = project_.stacks[guard_.table];
  if (table.external || table.superseded) return;
  const Span where = table.name.range.end > table.name.range.begin ? table.name : table.where;
  const std::string name = name_of(project_, guard_.table);
  constexpr std::string_view rule = "idempotency-missing-ttl";
  const Property* block = property_of(project_, guard_.table, "TimeToLiveSpecification");
  const Property* enabled = property_of(project_, guard_.table, "TimeToLiveSpecification.Enabled");
  const ValueId on = enabled == nullptr ? ValueId{} : enabled->value;
  if (block == nullptr || is_no(pool_, on) ||
      (enabled == nullptr && pool_[block->value].kind == ValueKind::Absent)) {
    report(rule, confidence(), where,
           cat("'", name, "' is where '", function_.name,
               "' records what it has handled, but nothing is ever deleted from it: time to live "
               "is off."));
    return;
  }
  const Property* attribute =
      property_of(project_, guard_.table, "TimeToLiveSpecification.AttributeName");
  const ValueId expected = told("expiry_attribute");
  if (attribute == nullptr || !is_yes(pool_, on) || !is_plain()) return;
  const std::optional<std::string_view> has = as_text(pool_, attribute->value);
  const std::string_view wants = expected.exists()
                                     ? as_text(pool_, expected).value_or(std::string_view{})
                                     : kDefaultExpiryAttribute;
  if (!has || wants.empty() || *has == wants) return;
  report(rule, confidence(), where,
         cat("Items of '", name, "' expire by '", *has, "', but the layer of '", function_.name,
             "' writes '", wants, "': nothing is ever deleted."));
}

void Layer::check_rights() {
  if (guard_.missing_rights.empty()) return;
  struct Purpose {
    std::string_view name = {}, cause = {}, effect = {};
  };
  // The first of these that fails is the one that is seen.
  constexpr std::array kPurposes{
      Purpose{"records", "record that handling begins", "every event fails before it is handled"},
      Purpose{"completes", "record that handling is done",
              "each event fails after it is handled, and a later delivery does everything again"},
      Purpose{"looks_up", "look up earlier results",
              "a repeated event fails, and is delivered again"},
      Purpose{"forgets", "delete the record of a failed event",
              "a failed event still counts as being handled, and its retries are refused"}};
  for (const Purpose& purpose : kPurposes) {
    const auto missing =
        std::ranges::find(guard_.missing_rights, purpose.name, &MissingRight::purpose);
    if (missing == guard_.missing_rights.end()) continue;
    std::string others;
    for (const MissingRight& other : guard_.missing_rights)
      if (&other != &*missing) others += cat(others.empty() ? "" : ", ", other.action);
    return report(
        "idempotency-guard-ineffective", confidence(), guard_.where,
        cat("The role of '", function_.name, "' does not allow ", missing->action, " on '",
            name_of(project_, guard_.table), "', so the layer cannot ", purpose.cause, ": ",
            purpose.effect, ".", others.empty() ? "" : cat(" Also missing: ", others, ".")));
  }
}

void Layer::check_call() {
  if (is_around_handler()) return;
  constexpr std::string_view rule = "idempotency-guard-ineffective";
  const ValueId which = told("data");
  const std::optional<std::string_view> name =
      which.exists() ? as_text(pool_, which) : std::nullopt;
  const bool known = guard_.arguments.exists() &&
                     pool_[guard_.arguments].kind == ValueKind::Record &&
                     pool_[guard_.arguments].ref != 1 &&
                     !entry_of(pool_, guard_.arguments, "**").exists() &&
                     !entry_of(pool_, guard_.arguments, "*").exists();
  if (name && *name != kOnlyArgument && !as_integer(pool_, which) && known &&
      !entry_of(pool_, guard_.arguments, *name).exists() &&
      entry_of(pool_, guard_.arguments, "0").exists()) {
    report(rule, confidence(), guard_.called,
           cat("The layer around this function builds its key from the argument named '", *name,
               "', but the call passes it by position: the layer does not get it."));
    return;
  }
  const bool has_context = std::ranges::any_of(guard_.holds, [&](const Fact& fact) {
    return is_guard(pool_, fact.test, "idempotency-context");
  });
  if (has_context || guard_.by_library || !is_plain() || !guard_.table.exists()) return;
  report(rule, Confidence::Likely, guard_.where,
         cat("The layer does not know when '", function_.name,
             "' runs out of time, because the invocation's context is not registered with it: an "
             "event whose handling was cut off counts as being handled until its record expires, "
             "and retries end before that."));
}

void Layer::check_key(const DeliverySource& source) {
  if (!is_plain()) return;
  constexpr std::string_view rule = "idempotency-unsafe-key";
  const ValueId key = told("key");
  const std::optional<std::string_view> path = key.exists() ? as_text(pool_, key) : std::nullopt;
  if (path && !path->empty()) {
    for (const std::string_view field : {"receiptHandle", "ApproximateReceiveCount"})
      if (path->find(field) != std::string_view::npos)
        report(rule, confidence(source.uncertainty), site_of("config"),
               cat("The layer of '", function_.name, "' builds its key from '", *path, "', and '",
                   field, "' differs with each delivery."));
    const ValueId named = part_of_data(*path);
    const auto part = named.exists() ? unsteady_part(project_, function_, source, named)
                                     : std::optional<UnsteadyPart>();
    if (part)
      report(rule, std::min(part->confidence, confidence(source.uncertainty)), guard_.where,
             cat("The layer of '", function_.name, "' builds its key from '", *path, "', and ",
                 part->words, " in it differs",
                 part->when.empty() ? " with each delivery" : part->when, "."));
    return;
  }
  if (key.exists()) return;
  const ValueId whole = data();
  if (!whole.exists()) return;
  const auto part = unsteady_part(project_, function_, source, whole);
  if (part)
    return report(rule, std::min(part->confidence, confidence(source.uncertainty)), guard_.where,
                  cat("The layer of '", function_.name, "' builds its key from ",
                      told("payload").exists() ? "the fields that it is given" : "its whole input",
                      ", and ", part->words, " in it differs",
                      part->when.empty() ? " with each delivery" : part->when, "."));
  const bool from_queue = source.trigger != nullptr && source.trigger->from.exists() &&
                          project_.stacks[source.trigger->from].kind == ResourceKind::Queue;
  const bool is_message = pool_[whole].kind == ValueKind::Hole &&
                          pool_[whole].origin == Origin::Event &&
                          (pool_.text(whole).empty() || pool_.text(whole) == "Records[]" ||
                           pool_.text(whole) == "Records");
  if (from_queue && is_message)
    report(rule, confidence(source.uncertainty), guard_.where,
           cat("The layer of '", function_.name,
               "' builds its key from the whole message, whose receipt handle and receive count "
               "differ with each delivery: a repeated message is never recognised. Use the "
               "message's id or its body."));
}

// Seconds after which the source may still deliver the same event; nothing: not known.
std::optional<std::int64_t> seconds_of_retries(const Project& project,
                                               const RelationsTo& relations,
                                               const LambdaFunction& function,
                                               const DeliverySource& source, std::string& words) {
  const ValuePool& pool = *project.pool;
  if (source.trigger == nullptr) return std::nullopt;
  const auto number = [&](ResourceId resource,
                          std::string_view path) -> std::optional<std::int64_t> {
    const Property* row = property_of(project, resource, path);
    return row == nullptr ? std::nullopt : as_integer(pool, row->value);
  };
  const ResourceId from = source.trigger->from;
  if (source.trigger->invocation == Invocation::Asynchronous) {
    std::int64_t age = kDefaultEventAgeSeconds;
    for (const Relation* const row : relations[function.resource]) {
      const Relation& relation = *row;
      if (relation.kind != RelationKind::Refines) continue;
      if (project.stacks[relation.from].kind != ResourceKind::EventInvokeConfig) continue;
      if (property_of(project, relation.from, "MaximumEventAgeInSeconds") == nullptr) continue;
      const auto own = number(relation.from, "MaximumEventAgeInSeconds");
      if (!own) return std::nullopt;
      age = *own;
    }
    words = cat("an event may be retried for ", age, " seconds");
    return age;
  }
  if (!from.exists() || project.stacks[from].kind != ResourceKind::Queue ||
      project.stacks[from].external)
    return std::nullopt;
  const auto receives = number(from, "RedrivePolicy.maxReceiveCount");
  const bool has_visibility = property_of(project, from, "VisibilityTimeout") != nullptr;
  const auto visibility =
      has_visibility ? number(from, "VisibilityTimeout") : kDefaultVisibilitySeconds;
  if (!receives || !visibility) return std::nullopt;
  words =
      cat("its queue may deliver a message ", *receives, " times, ", *visibility, " seconds apart");
  return *receives * *visibility;
}

void Layer::check_expiry(const RelationsTo& relations, const DeliverySource& source) {
  if (!is_plain()) return;
  const ValueId expiry = told("expiry");
  const std::optional<std::int64_t> seconds =
      expiry.exists() ? as_integer(pool_, expiry) : kDefaultExpirySeconds;
  std::string words;
  const auto needed = seconds_of_retries(project_, relations, function_, source, words);
  if (!seconds || !needed || *seconds >= *needed) return;
  const Confidence sure =
      expiry.exists()
          ? confidence(static_cast<std::uint8_t>(source.uncertainty | pool_[expiry].uncertainty))
          : Confidence::Possible;
  report("idempotency-expiry-too-short", sure, site_of("config"),
         cat("The layer of '", function_.name, "' forgets an event after ", *seconds,
             " seconds, but ", words, ": a later delivery is handled as a new one."));
}

}  // namespace

void idempotency_layers(const Project& project, const RelationsTo& relations, Findings& findings) {
  const DeliverySources all(project, relations);
  for (const LambdaFunction& function : project.functions) {
    if (function.safeguards.empty() || switched_off(project, function) != nullptr) continue;
    const std::vector<DeliverySource> sources = all.of(function);
    const auto renews_id = std::ranges::find(sources, false, &DeliverySource::keeps_id);
    const auto source = renews_id != sources.end() ? renews_id : sources.begin();
    for (const Safeguard& guard : function.safeguards) {
      if (library_models()[guard.library].guard != "idempotency") continue;
      Layer layer(project, function, guard, findings);
      layer.check_table();
      layer.check_rights();
      layer.check_call();
      if (sources.empty()) continue;
      layer.check_key(*source);
      layer.check_expiry(relations, *source);
    }
  }
}

}  // namespace fnlint
