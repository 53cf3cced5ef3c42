// A secret that is rotated while an execution environment keeps its old value is refused there
// until the environment ends.

#include "checks/secrets/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/secrets.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_fetch(std::uint32_t operation) {
  if (operation == UINT32_MAX) return false;
  const auto& fetches = secret_tables().fetches;
  return std::ranges::find(fetches, operations()[operation].id) != fetches.end();
}

bool is_secret_store(std::uint32_t operation) {
  return operations()[operation].service == "secretsmanager";
}

// --- Which secrets are rotated

class RotatedSecrets {
 public:
  explicit RotatedSecrets(const Project& project) : project_(project) {
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
      const ResourceId id{i};
      if (type_of(id) != "AWS::SecretsManager::RotationSchedule") continue;
      const Property* named = property_of(project, id, "SecretId");
      if (named != nullptr) rotations_.emplace_back(id, secret_in(named->value));
    }
  }

  // The secret that a value names, as far as the project declares it.
  [[nodiscard]] ResourceId secret_in(ValueId value) const {
    const ValuePool& pool = *project_.pool;
    ResourceId secret;
    if (!value.exists()) return secret;
    for_each_below(pool, value, [&](ValueId id) {
      if (pool[id].kind != ValueKind::Reference || pool[id].ref >= project_.stacks.resources.size())
        return;
      secret = attached(ResourceId{static_cast<std::uint32_t>(pool[id].ref)});
    });
    const auto name = as_text(pool, value);
    if (secret.exists() || !name) return secret;
    for (std::uint32_t i = 0; i < project_.stacks.resources.size(); ++i) {
      const Resource& row = project_.stacks.resources[i];
      if (row.kind == ResourceKind::Secret && row.physical_name.exists() &&
          as_text(pool, row.physical_name) == name)
        secret = ResourceId{i};
    }
    return secret;
  }

  // What rotates it; none: nothing in the project does.
  [[nodiscard]] ResourceId rotation_of(ResourceId secret) const {
    for (const auto& [rotation, of] : rotations_)
      if (secret.exists() && of == secret) return rotation;
    return {};
  }

  // The platform makes and rotates it: the password of a database's main user.
  [[nodiscard]] bool is_managed(ValueId value) const {
    const ValuePool& pool = *project_.pool;
    bool managed = false;
    if (value.exists())
      for_each_below(pool, value, [&](ValueId id) {
        managed = managed || (pool[id].kind == ValueKind::Reference &&
                              lower(pool.text(id)).find("masterusersecret") != std::string::npos);
      });
    return managed;
  }

 private:
  [[nodiscard]] std::string_view type_of(ResourceId id) const {
    return (*project_.pool)[project_.stacks[id].type];
  }

  // An attachment gives the secret's own name.
  [[nodiscard]] ResourceId attached(ResourceId id) const {
    if (type_of(id) != "AWS::SecretsManager::SecretTargetAttachment") return id;
    const Property* named = property_of(project_, id, "SecretId");
    const ValuePool& pool = *project_.pool;
    if (named == nullptr || pool[named->value].kind != ValueKind::Reference) return id;
    return ResourceId{static_cast<std::uint32_t>(pool[named->value].ref)};
  }

  const Project& project_;
  std::vector<std::pair<ResourceId, ResourceId>> rotations_ = {};  // and the secret
};

// --- Which values are kept, and how

enum class Keeping : std::uint8_t { Not, Forever, Unknown };

bool remembers_forever(std::string_view path) {
  if (path.ends_with("()")) path.remove_suffix(2);
  const auto& forever = secret_tables().forever;
  return std::ranges::find(forever, path) != forever.end();
}

// Something that outlives the invocation was asked first.
Keeping keeping_of(const ValuePool& pool, const std::vector<Fact>& holds) {
  Keeping keeping = Keeping::Not;
  for (const Fact& fact : holds) {
    bool lasting = false, clock = false, once = false, forever = false, library = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      const Value& row = pool[id];
      once = once || is_guard(pool, id, "once");
      if (row.kind == ValueKind::Object) library = true;
      if (row.kind != ValueKind::Hole) return;
      clock = clock || row.origin == Origin::Clock;
      lasting = lasting || row.origin == Origin::Global || row.origin == Origin::Capture ||
                row.origin == Origin::Field;
      if (row.origin == Origin::Library) {
        library = true;
        forever = forever || remembers_forever(pool.text(id));
      }
    });
    if (clock || (once && !forever) || (library && !once)) return Keeping::Unknown;
    if (lasting || once) keeping = Keeping::Forever;
  }
  return keeping;
}

bool is_dropped(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::Clear || change.how == StoreKind::Delete ||
         change.how == StoreKind::Remove ||
         (change.value.exists() &&
          (pool.is(change.value, ValueKind::Null) || pool.is(change.value, ValueKind::Absent)));
}

// A store keeps what was fetched, and nothing takes that away again.
bool is_kept_for_good(const ValuePool& pool, const LambdaFunction& function) {
  bool kept = false;
  for (const StateChange& change : function.changes) {
    if (is_dropped(pool, change)) return false;
    if (change.value.exists() && has_origin(pool, change.value, Origin::Clock)) return false;
    kept = kept || (change.value.exists() && has_origin(pool, change.value, Origin::Secret));
  }
  return kept;
}

struct Fetch {
  std::uint32_t operation = UINT32_MAX;
  ValueId named = {};
  ResourceId target = {};
  std::uint8_t uncertainty = 0;
  Span where = {};
  const std::vector<PlacedText>* path = nullptr;
};

// Fetches whose results stay for good; none where some other fetch may bring a newer value.
std::vector<Fetch> kept_fetches(const ValuePool& pool, const LambdaFunction& function) {
  std::vector<Fetch> kept;
  bool once = false, stored = false;
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) {
      if (!is_fetch(effect.operation)) continue;
      if (keeping_of(pool, effect.holds) != Keeping::Forever) return {};
      const bool by_guard = std::ranges::any_of(
          effect.holds, [&](const Fact& fact) { return is_guard(pool, fact.test, "once"); });
      (by_guard ? once : stored) = true;
      kept.push_back({.operation = effect.operation,
                      .named = effect.target_value,
                      .target = effect.target,
                      .uncertainty = static_cast<std::uint8_t>(effect.uncertainty & ~kUncertain),
                      .where = effect.where,
                      .path = &effect.path});
    }
  if (stored && !once && !is_kept_for_good(pool, function)) return {};
  for (const CodeCall& call : function.init_work)
    if (is_fetch(call.operation) &&
        (call.phase == CallPhase::Load || call.phase == CallPhase::Construct))
      kept.push_back({.operation = call.operation,
                      .named = call.value,
                      .uncertainty = static_cast<std::uint8_t>(call.uncertainty & ~kUncertain),
                      .where = call.where,
                      .path = &call.path});
  return kept;
}

void report(const Project& project, const RotatedSecrets& rotated, const LambdaFunction& function,
            const Fetch& fetch, const Settings& settings, Findings& findings) {
  const ResourceId secret = fetch.target.exists() ? fetch.target : rotated.secret_in(fetch.named);
  const ResourceId rotation = rotated.rotation_of(secret);
  const bool declared = secret.exists() && !project.stacks[secret].external;
  std::uint8_t uncertainty = fetch.uncertainty;
  std::string rotates = "the secret is rotated";
  if (!rotation.exists() && !rotated.is_managed(fetch.named)) {
    const bool asked = settings.secrets_rotate != 0;
    if (!asked && (declared || !is_secret_store(fetch.operation))) return;
    if (!asked) uncertainty |= kUncertain;
    rotates = "the secret may be rotated";
  }
  auto finding = FindingBuilder("secrets-cached-forever", uncertainty)
                     .about(function)
                     .at(fetch.where)
                     .says("'", function.name, "' keeps what it fetches here (",
                           operations()[fetch.operation].id,
                           ") for as long as its environment lives, but ", rotates,
                           ": from then on the old value is refused. Fetch it again after a "
                           "few minutes, or when it is refused.")
                     .identified(function.name, ':', operations()[fetch.operation].id)
                     .with_steps(*fetch.path, fetch.where, "The value is fetched.");
  if (rotation.exists()) finding.related(project.stacks[rotation].name, "This rotates the secret.");
  findings.push_back(std::move(finding));
}

}  // namespace

void secrets_cached_forever(const Project& project, const Settings& settings, Findings& findings) {
  const RotatedSecrets rotated(project);
  for (const LambdaFunction& function : project.functions)
    for (const Fetch& fetch : kept_fetches(*project.pool, function))
      report(project, rotated, function, fetch, settings, findings);
}

}  // namespace fnlint
