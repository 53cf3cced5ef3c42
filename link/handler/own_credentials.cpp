// Clients that do not act as the role of their function: given other credentials, one by one or all.
#include "link/handler/own_credentials.h"

#include "core/text.h"
#include "flow/models/library_select.h"
#include "tables/environment.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "values/client_settings.h"
#include "values/sites.h"

#include <algorithm>

namespace fnlint {

namespace {

// What rows tell of the configuration of all clients.
constexpr std::string_view kCredentials = "credentials=";

bool is_of_all_clients(std::string_view path) {
  const LibraryModel* row = find_library_model(Language::Unknown, path);
  return row != nullptr && row->tells.starts_with(kCredentials);
}

// "Credentials.new()" of "aws_sdk_s3.config.Credentials.new()": what says which object it is.
std::string_view last_parts(std::string_view path) {
  const std::size_t folder = path.rfind('/');
  if (folder != path.npos) path.remove_prefix(folder + 1);
  const std::size_t last = path.rfind('.');
  const std::size_t before = last == path.npos || last == 0 ? path.npos : path.rfind('.', last - 1);
  return before == path.npos ? path : path.substr(before + 1);
}

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(
      words, [text](std::string_view word) { return text.find(word) != text.npos; });
}

class OthersCredentials {
 public:
  // `addresses`: whether one at which something else stands counts.
  explicit OthersCredentials(const ValuePool& pool, bool addresses = true)
      : pool_(pool), addresses_(addresses) {}

  // What is not known to be given is not.
  [[nodiscard]] bool in(ValueId value) const {
    if (!value.exists()) return false;
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) {
      if (pool_.is(id, ValueKind::Record))
        found = found || in_record(id);
      else if (pool_.is(id, ValueKind::Object))
        found = found || is_provider(id) || has_keys(id) || sets_address(id);
    });
    return found;
  }
  [[nodiscard]] bool given(std::string_view name, ValueId value) const {
    const ValueKind kind = pool_[value].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) return false;
    const std::string word = setting_word(name);
    if (names_address(word)) return addresses_ && is_address(value);
    if (!names_credentials(word)) return false;
    return !has_credentials(value) || in(value);  // of what is known, that decides
  }

  // Whether every client that the value may be is sent elsewhere.
  [[nodiscard]] bool is_surely_elsewhere(ValueId value) const {
    int steps = 0;
    return is_surely_elsewhere(value, steps);
  }

 private:
  // A value of more parts than that may be anywhere.
  [[nodiscard]] bool is_surely_elsewhere(ValueId value, int& steps) const {
    constexpr int kSteps = 512;
    if (++steps > kSteps) return true;
    const auto parts = pool_.operands(value);
    const auto is_it = [&](ValueId one) { return is_surely_elsewhere(one, steps); };
    switch (pool_[value].kind) {
      case ValueKind::OneOf: return std::ranges::all_of(parts, is_it);
      case ValueKind::Object: return sets_address(value) || std::ranges::any_of(parts, is_it);
      case ValueKind::Computed: return !parts.empty() && is_it(parts[0]);
      case ValueKind::Record:
        for (std::size_t i = 0; i < parts.size(); ++i)
          if (names_address(setting_word(pool_[pool_.names(value)[i]])) && is_address(parts[i]))
            return true;
        return std::ranges::any_of(parts, is_it);
      default: return false;
    }
  }
  [[nodiscard]] static bool names_address(std::string_view word) {
    return word.find("endpoint") != word.npos || word == "serviceurl";
  }
  [[nodiscard]] bool in_record(ValueId record) const {
    for (std::size_t i = 0; i < pool_.names(record).size(); ++i)
      if (given(pool_[pool_.names(record)[i]], pool_.operands(record)[i])) return true;
    return false;
  }
  // Those of the function's role, by the SDK's own name for that.
  [[nodiscard]] bool is_of_role(ValueId object) const {
    return has_any(pool_.text(object), providers_of_role());
  }
  [[nodiscard]] bool is_credentials(ValueId object) const {
    const std::string_view path = pool_.text(object);
    if (project_object(pool_, object).kind != ProjectObject::Kind::None) return false;
    return library_class(path) != LibraryClass::Client &&
           has_any(setting_word(last_parts(path)), kProviders);
  }
  [[nodiscard]] bool has_credentials(ValueId value) const {
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) {
      found = found || (pool_.is(id, ValueKind::Object) && (is_of_role(id) || is_credentials(id)));
    });
    return found;
  }
  // Of what only hands on (a cache, an option), those decide that it is given.
  [[nodiscard]] bool is_provider(ValueId object) const {
    if (is_of_role(object) || !is_credentials(object)) return false;
    if (setting_word(pool_.text(object)).find("assumerole") != std::string::npos) return true;
    return std::ranges::none_of(pool_.operands(object),
                                [this](ValueId part) { return has_credentials(part); });
  }
  // `new AmazonS3Client(id, key)`: a constructor whose row says by which argument.
  [[nodiscard]] bool has_keys(ValueId object) const {
    constexpr std::string_view kKeys = "keys=";
    std::string_view path = pool_.text(object);
    if (!path.ends_with("()") || pool_.operands(object).empty()) return false;
    path.remove_suffix(2);
    const LibraryModel* row = find_library_model(Language::Unknown, path);
    if (row == nullptr || !row->tells.starts_with(kKeys)) return false;
    const ValueId arguments = pool_.operands(object)[0];
    return named_entry(pool_, arguments, row->tells.substr(kKeys.size())).exists() &&
           !has_credentials(arguments);
  }
  // `from_env().endpoint_url("http://localhost:4566")`
  [[nodiscard]] bool sets_address(ValueId object) const {
    std::string_view path = pool_.text(object);
    path.remove_prefix(path.rfind('.') == path.npos ? 0 : path.rfind('.'));
    const std::string word = setting_word(path);
    if (!addresses_) return false;
    if (has_any(word, kResolvers)) return true;  // nobody knows where that leads
    return word.find("endpoint") != std::string::npos &&
           std::ranges::any_of(pool_.operands(object), [this](ValueId given) {
             return pool_.is(given, ValueKind::Record) && is_address(given);
           });
  }
  // One of AWS itself is none of another's, and one that may be left out is none.
  [[nodiscard]] bool is_address(ValueId value) const {
    const auto parts = pool_.operands(value);
    switch (pool_[value].kind) {
      case ValueKind::Text:
      case ValueKind::Pattern: return !is_empty(value) && !has_text(value, kAws);
      case ValueKind::OneOf:
        return std::ranges::all_of(parts, [this](ValueId one) { return is_address(one); });
      case ValueKind::Computed:  // `env.ENDPOINT || "http://localhost:4566"`
        return pool_.opcode(value) == Opcode::OrDefault && is_address(parts[1]);
      case ValueKind::Object:
      case ValueKind::Record:
        return std::ranges::any_of(parts, [this](ValueId one) { return is_address(one); });
      default: return false;
    }
  }
  [[nodiscard]] bool is_empty(ValueId value) const {
    return pool_.is(value, ValueKind::Text) && pool_.text(value).empty();
  }
  [[nodiscard]] bool has_text(ValueId value, std::string_view part) const {
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) {
      found = found || (pool_.is(id, ValueKind::Text) &&
                        pool_.text(id).find(part) != std::string_view::npos);
    });
    return found;
  }

  static constexpr std::string_view kAws = ".amazonaws.com";
  static constexpr std::string_view kResolvers[] = {"endpointresolver", "endpointprovider"};
  static constexpr std::string_view kProviders[] = {"credential", "assumerole", "profile"};
  const ValuePool& pool_;
  const bool addresses_;
};

// Of a configuration, or of the arguments of what takes one. What is not known may be any.
ActsAs by_settings(const ValuePool& pool, ValueId given) {
  const auto yes = [](bool others) { return others ? ActsAs::Other : ActsAs::Role; };
  switch (pool[given].kind) {
    case ValueKind::Null:
    case ValueKind::Absent:
    case ValueKind::Bool:
    case ValueKind::Number: return ActsAs::Role;
    case ValueKind::Object: return yes(OthersCredentials(pool).in(given));
    case ValueKind::OneOf:
      for (const ValueId way : pool.operands(given))
        if (!OthersCredentials(pool).in(way) && by_settings(pool, way) == ActsAs::Other)
          return ActsAs::Other;
      return acts_as(pool, given);
    case ValueKind::Record: break;
    default: return ActsAs::Other;
  }
  if (pool[given].ref == 1) return ActsAs::Other;
  const OthersCredentials all(pool);
  ActsAs found = ActsAs::Role;
  for (std::size_t i = 0; i < pool.names(given).size(); ++i) {
    const std::string_view name = pool[pool.names(given)[i]];
    const ValueId value = pool.operands(given)[i];
    const bool by_position = !name.empty() && name.front() >= '0' && name.front() <= '9';
    found = std::max(found, by_position ? by_settings(pool, value)
                                        : yes(all.given(name, value) || all.in(value)));
  }
  return found;
}

// "aws-sdk.config" of the place of `AWS.config`; empty: it is none of a library's.
std::string path_of(Engine& engine, ValueId place) {
  const ValuePool& pool = engine.pool();
  const auto parts = pool.operands(place);
  if (const ValueId held = engine.loader().held_at(place); held.exists()) return engine.library_path(held);
  if (!pool.is(place, ValueKind::Computed) || parts.size() < 2) return engine.library_path(place);
  const std::string base = path_of(engine, parts[0]);
  const std::optional<std::string_view> name = as_text(pool, parts[1]);
  return base.empty() || !name ? std::string() : cat(base, '.', *name);
}

// The names of the process's variables that are set: one, or those of a map that is put there.
std::vector<std::string> names_set(const ValuePool& pool, const Step& store) {
  std::vector<std::string> names;
  const auto add = [&](ValueId name) {
    const std::optional<std::string_view> text = name.exists() ? as_text(pool, name) : std::nullopt;
    if (text) names.emplace_back(*text);
  };
  add(store.key);
  if (pool.is(store.subject, ValueKind::Computed) && pool.operands(store.subject).size() > 1)
    add(pool.operands(store.subject)[1]);
  if (store.value.exists() && pool.is(store.value, ValueKind::Record))
    for (const StringId name : pool.names(store.value)) names.emplace_back(pool[name]);
  return names;
}

bool is_environment(std::string_view path) {
  return path == "process.env" || path == "os.environ" || path == "ENV";
}
bool is_in_environment(std::string_view path) {
  return is_environment(path) || is_environment(path.substr(0, path.rfind('.')));
}

ActsAs after_store(Engine& engine, const Step& store) {
  const ValuePool& pool = engine.pool();
  const auto yes = [](bool others) { return others ? ActsAs::Other : ActsAs::Role; };
  if (!store.subject.exists()) return ActsAs::Role;
  const std::string path = path_of(engine, store.subject);
  if (path.empty()) return ActsAs::Role;
  if (is_in_environment(path))
    return yes(std::ranges::any_of(names_set(pool, store), [](const std::string& name) {
      return names_variable(variables_of_credentials(), name);
    }));
  if (is_of_all_clients(path)) {
    const std::optional<std::string_view> name =
        store.key.exists() ? as_text(pool, store.key) : std::nullopt;
    if (name) return yes(OthersCredentials(pool).given(*name, store.value));
    return store.value.exists() ? by_settings(pool, store.value) : ActsAs::Role;
  }
  const std::size_t dot = path.rfind('.');
  return yes(dot != path.npos && is_of_all_clients(path.substr(0, dot)) && store.value.exists() &&
             OthersCredentials(pool).given(std::string_view(path).substr(dot + 1), store.value));
}

// Of an object that is known by its declared type alone: one of its kind that the code makes.
bool is_like_others_client(const ValuePool& pool, const LambdaFunction& function,
                           ValueId declared) {
  const auto is_like = [&](const CodeCall& made) {
    return made.value.exists() && pool.is(made.value, ValueKind::Object) &&
           pool.text(made.value) == pool.text(declared) && OthersCredentials(pool).in(made.value);
  };
  return std::ranges::any_of(function.made, is_like) ||
         std::ranges::any_of(function.made_at_init, is_like);
}

// With the credentials of another role, which client uses them is not followed.
bool is_assumption(std::uint32_t operation) {
  return operation != UINT32_MAX && operations()[operation].service == "sts" &&
         !operations()[operation].lasting;
}

}  // namespace

ActsAs acts_as(const ValuePool& pool, ValueId client) {
  const OthersCredentials all(pool);
  if (!all.in(client)) return ActsAs::Role;
  const bool by_credentials = OthersCredentials(pool, false).in(client);
  return by_credentials || all.is_surely_elsewhere(client) ? ActsAs::Other : ActsAs::PerhapsRole;
}

std::vector<std::string> variables_set(Engine& engine, const Step& step) {
  // A default for where Lambda does not run it is made of what is there, or asks for that.
  constexpr std::uint32_t kEnvironment = 1U << static_cast<unsigned>(Origin::Environment);
  const ValuePool& pool = engine.pool();
  const auto asks = [&](ValueId value) {
    return value.exists() && (pool.origins(value) & kEnvironment) != 0;
  };
  if (asks(step.value) ||
      std::ranges::any_of(step.holds, [&](const Fact& fact) { return asks(fact.test); }))
    return {};
  const bool sets = step.kind == StepKind::Store && step.subject.exists() &&
                    step.store != StoreKind::Remove && step.store != StoreKind::Clear &&
                    step.store != StoreKind::SetIfAbsent &&
                    is_in_environment(path_of(engine, step.subject));
  return sets ? names_set(pool, step) : std::vector<std::string>{};
}

ActsAs all_clients_after(Engine& engine, const Step& step) {
  if (step.kind == StepKind::Store) return after_store(engine, step);
  const bool takes_settings = step.kind == StepKind::Make && step.library != UINT32_MAX &&
                              library_models()[step.library].tells.starts_with(kCredentials);
  return takes_settings ? by_settings(engine.pool(), step.arguments) : ActsAs::Role;
}

ActsAs client_acts_as(const ValuePool& pool, const LambdaFunction& function, ValueId client) {
  if (!client.exists()) return ActsAs::Role;
  bool others = false;
  for_each_below(pool, client, [&](ValueId id) {
    const bool declared = pool.is(id, ValueKind::Object) && (pool[id].ref & kOutsideSite) != 0;
    others = others || (declared && is_like_others_client(pool, function, id));
  });
  return others ? ActsAs::Other : acts_as(pool, client);
}

bool assumes_role(const LambdaFunction& function) {
  return std::ranges::any_of(function.effects,
                             [](const Effect& one) { return is_assumption(one.operation); }) ||
         std::ranges::any_of(function.init_work,
                             [](const CodeCall& one) { return is_assumption(one.operation); });
}

}  // namespace fnlint
