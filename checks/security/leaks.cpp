// What is written to the log is kept there, for all who can read it; and a certificate that nobody
// verifies lets others read what is sent.

#include "checks/event/event_writers.h"
#include "checks/security/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/credential_entries.h"
#include "tables/secrets.h"
#include "values/pool.h"
#include "values/secret_text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// What a text that is logged is made of, with the names of the members that lead to each part, the
// last one first. What is cut out of it, counted or hashed is not in it.
class LoggedParts {
 public:
  using Visit = std::function<void(ValueId part, const std::vector<std::string>& names)>;
  LoggedParts(const ValuePool& pool, Visit visit) : pool_(pool), visit_(std::move(visit)) {}

  void walk(ValueId value) {
    constexpr int kSteps = 2048;
    if (!value.exists() || ++steps_ > kSteps) return;
    switch (pool_[value].kind) {
      case ValueKind::Hole: return visit_(value, names_);
      case ValueKind::Pattern:
      case ValueKind::List:
      case ValueKind::Task:
      case ValueKind::OneOf: return walk_all(value);
      case ValueKind::Record: return names_.empty() ? walk_all(value) : void();
      case ValueKind::Computed: return walk_computed(value);
      default: return;
    }
  }

 private:
  void walk_all(ValueId value) {
    for (const ValueId one : pool_.operands(value)) walk(one);
  }

  void walk_computed(ValueId value) {
    const auto operands = pool_.operands(value);
    switch (pool_.opcode(value)) {
      case Opcode::Concat:
      case Opcode::Add:
      case Opcode::Format:
      case Opcode::Printf:
      case Opcode::Modulo:
      case Opcode::Join:
      case Opcode::OrDefault: return walk_all(value);
      case Opcode::ToText:
      case Opcode::JsonEncode:
      case Opcode::JsonDecode:
      case Opcode::Trim:
      case Opcode::Where:
      case Opcode::Element:
      case Opcode::First:
      case Opcode::Base64Decode: return walk(operands[0]);
      case Opcode::Member:
      case Opcode::Index:
      case Opcode::Get: {
        const auto name = operands.size() > 1 ? as_text(pool_, operands[1]) : std::nullopt;
        return walk_named(operands[0], name);
      }
      case Opcode::Call:  // answer.secretString()
        if (pool_.opcode(operands[0]) == Opcode::Method &&
            (operands.size() < 2 || pool_.operands(operands[1]).empty()))
          walk_named(pool_.operands(operands[0])[0],
                     as_text(pool_, pool_.operands(operands[0])[1]));
        return;
      default: return;
    }
  }

  void walk_named(ValueId whole, std::optional<std::string_view> name) {
    if (name) names_.emplace_back(*name);
    walk(whole);
    if (name) names_.pop_back();
  }

  const ValuePool& pool_;
  const Visit visit_;
  std::vector<std::string> names_ = {};
  int steps_ = 0;
};

// Whether a value that is logged may be a credential as it is: no literal, which secrets-in-source
// tells of, and not whether there is one, or what is left of it.
bool may_be_credential(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Unknown:
    case ValueKind::Object: return true;
    case ValueKind::Hole: return pool[value].origin != Origin::Event;
    case ValueKind::Pattern:
    case ValueKind::Computed: {
      constexpr std::array kWhole{Opcode::None, Opcode::Concat, Opcode::OrDefault, Opcode::Format};
      constexpr std::array kFirst{Opcode::Member, Opcode::Index, Opcode::Get, Opcode::ToText,
                                  Opcode::JsonDecode};
      const Opcode opcode = pool.opcode(value);
      if (opcode == Opcode::Call) return true;  // whatever it is given
      const auto is_it = [&](ValueId part) { return may_be_credential(pool, part); };
      if (std::ranges::find(kFirst, opcode) != kFirst.end()) return is_it(pool.operands(value)[0]);
      return std::ranges::find(kWhole, opcode) != kWhole.end() &&
             std::ranges::any_of(pool.operands(value), is_it);
    }
    default: return false;
  }
}

// The name of an entry that holds a credential, of what is logged as a whole: `{headers:
// {Authorization: ...}}`, `auth.bearer`. Empty: there is none.
std::string credential_entry(const ValuePool& pool, ValueId value, int depth = 6) {
  if (!value.exists() || depth == 0) return {};
  const auto operands = pool.operands(value);
  const ValueKind kind = pool[value].kind;
  const bool is_text = kind == ValueKind::Computed && (pool.opcode(value) == Opcode::JsonEncode ||
                                                       pool.opcode(value) == Opcode::ToText);
  if (kind != ValueKind::Record && kind != ValueKind::List && kind != ValueKind::OneOf &&
      kind != ValueKind::Pattern && !is_text)
    return {};
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::string_view name =
        kind == ValueKind::Record ? pool[pool.names(value)[i]] : std::string_view();
    if (!name.empty() && carries_credential(name) && may_be_credential(pool, operands[i]))
      return std::string(name);
    if (std::string found = credential_entry(pool, operands[i], depth - 1); !found.empty())
      return found;
  }
  return {};
}

// The value, or all that a store answers; not a secret's name, version or user.
bool is_value_of_secret(const SecretReader& reader, const std::vector<std::string>& names) {
  constexpr auto kValues = std::to_array<std::string_view>(
      {"secretstring", "secretbinary", "value", "plaintext", "parameter", "parameters"});
  if (names.empty()) return true;
  const std::string_view last = names.front();
  std::string plain = replace_all(lower(last), "_", "");  // getSecretString, secret_string
  if (plain.starts_with("get")) plain.erase(0, 3);
  return std::ranges::find(kValues, plain) != kValues.end() || reader.named(last) != nullptr;
}

// "getparametersbypath" of "ssm.GetParametersByPath" and of
// "boto3.client(ssm).get_parameters_by_path".
std::string plain_operation(std::string_view words) { return replace_all(lower(words), "_", ""); }

// A parameter store keeps much that is no secret: it is one where it is asked to be decrypted, by
// the call that gave it where that is known, else by those of its operation. Of several that ask
// for some as they are, any may have given it.
bool decrypts(const ValuePool& pool, const LambdaFunction& function, ValueId parameter) {
  constexpr std::string_view kService = "ssm.", kReads = "ssm.GetParameter";  // and its siblings
  const Span site = site_of(function, pool[parameter].ref);
  const auto is_there = [&](const Effect& effect) { return effect.where == site; };
  const bool is_known = site.file.exists() && std::ranges::any_of(function.effects, is_there);
  const std::string asked = plain_operation(pool.text(parameter));
  std::string operation;
  std::vector<const Effect*> reads;
  for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *all) {
      const std::string_view id = operations()[effect.operation].id;
      if (!id.starts_with(kReads) || (is_known && !is_there(effect))) continue;
      reads.push_back(&effect);
      std::string plain = plain_operation(id.substr(kService.size()));
      if (plain.size() > operation.size() && asked.find(plain) != asked.npos)
        operation = std::move(plain);
    }
  bool decrypts = false, keeps = false;
  for (const Effect* const read : reads) {
    const std::string_view id = operations()[read->operation].id;
    if (!operation.empty() && plain_operation(id.substr(kService.size())) != operation) continue;
    const ValueId flag =
        read->arguments.exists() ? entry_of(pool, read->arguments, "WithDecryption") : ValueId{};
    const bool asks = pool.is(flag, ValueKind::Bool) && as_text(pool, flag) != "false";
    (asks ? decrypts : keeps) = true;
  }
  return decrypts && !keeps;
}

class Leaks {
 public:
  Leaks(const Project& project, Findings& findings)
      : project_(project),
        pool_(*project.pool),
        writers_(project),
        reader_(secret_tables()),
        findings_(findings) {}

  void check(const LambdaFunction& function) {
    bool told = false;
    std::set<Span> secrets;
    for (const CodeCall& call : function.sinks) {
      const std::string_view kind = pool_.text(call.key);
      if (kind == "tls" && !is_plain_request(function, call))
        add(function, call, "security-tls-unverified", call.uncertainty, words_of_tls(call.name));
      if (kind != "log") continue;
      if (!told) told = check_event(function, call);
      if (!secrets.contains(call.where) && check_secret(function, call)) secrets.insert(call.where);
    }
    if (!told) check_layers(function);
    check_variable(function);
    check_environment(function);
  }

 private:
  // All of what an API, an authorizer or a trigger of a user pool is sent, or one of its parts that
  // has a person's data.
  bool check_event(const LambdaFunction& function, const CodeCall& call) {
    constexpr auto kParts = std::to_array<std::string_view>(
        {"", "headers", "multiValueHeaders", "body", "request", "request.userAttributes"});
    if (call.name.ends_with("debug") || call.name.ends_with("trace")) return false;
    const auto* logged = kParts.end();
    LoggedParts(pool_, [&](ValueId part, const std::vector<std::string>& names) {
      if (pool_[part].origin == Origin::Event && names.empty())
        logged = std::min(logged, std::ranges::find(kParts, pool_.text(part)));
    }).walk(call.value);
    if (logged == kParts.end()) return false;
    const std::optional<EventWriter> writer = writers_.of(function, *logged);
    if (!writer || writer->trigger == nullptr || !writers_.is_request(*writer->trigger))
      return false;
    const auto uncertainty = static_cast<std::uint8_t>(call.uncertainty | writer->uncertainty);
    const std::string_view secrets =
        *logged == "body" || logged->starts_with("request.") ? ""
        : is_of_user_pool(*writer->trigger)                  ? "its codes and "
                                                             : "its tokens, cookies and ";
    add(function, call, "security-event-logged", uncertainty,
        cat("'", call.name, "' writes ", writer->field, " to the log: ", secrets,
            "what it says of people may be read by all who can read the log."));
    return true;
  }

  [[nodiscard]] bool is_of_user_pool(const Relation& trigger) const {
    return trigger.from.exists() &&
           project_.stacks[trigger.from].kind == ResourceKind::UserPool;
  }

  // A logger's layer around the handler that is told to write the event: `log_event=True`.
  void check_layers(const LambdaFunction& function) {
    const std::optional<EventWriter> writer = writers_.of(function, "");
    if (!writer || writer->trigger == nullptr || !writers_.is_request(*writer->trigger)) return;
    for (const Safeguard& layer : function.safeguards) {
      const LibraryModel& row = library_models()[layer.library];
      const ValueId event =
          row.guard == "log-context" ? entry_of(pool_, layer.told, "event") : ValueId{};
      if (!event.exists() || as_text(pool_, event) != "true") continue;
      CodeCall call;
      call.where = layer.where;
      call.path = layer.path;
      call.name = row.path;
      add(function, call, "security-event-logged",
          static_cast<std::uint8_t>(layer.uncertainty | writer->uncertainty),
          cat("This layer writes ", writer->field,
              " to the log: its tokens, cookies and what it says of people stay there for all who "
              "can read it."));
      return;
    }
  }

  bool check_secret(const LambdaFunction& function, const CodeCall& call) {
    // Of several, the most secret one is named.
    std::string words;
    std::uint8_t uncertainty = call.uncertainty;
    bool found = false;
    ValueId parameter;
    LoggedParts(pool_, [&](ValueId part, const std::vector<std::string>& names) {
      const Value& row = pool_[part];
      if (row.origin != Origin::Secret || !is_value_of_secret(reader_, names) ||
          (names.empty() && asks_for_secret(call)))
        return;
      const std::string path = lower(pool_.text(part));
      const bool stored = path.find("parameter") != path.npos && path.find("secret") == path.npos;
      if (!stored)
        parameter = {};
      else if (!found)
        parameter = part;
      found = true;
    }).walk(call.value);
    if (found) words = parameter.exists() ? "the value of a parameter" : "the value of a secret";
    if (parameter.exists() && !decrypts(pool_, function, parameter)) uncertainty |= kUncertain;
    if (!found && call.arguments.exists()) {
      const SecretName* gravest = nullptr;
      LoggedParts(pool_, [&](ValueId part, const std::vector<std::string>& names) {
        if (pool_[part].origin != Origin::Environment || !names.empty()) return;
        if (gravest == nullptr && lets_into_database(function, pool_.text(part)))
          words = cat("the variable ", pool_.text(part), " with what lets into a database");
        // The name of a secret is called like one, too.
        const SecretName* const called = reader_.named(pool_.text(part));
        if (called == nullptr || called->random || (gravest != nullptr && gravest <= called))
          return;
        gravest = called;
        words = cat("the variable ", pool_.text(part));
      }).walk(call.arguments);
      if (!words.empty()) uncertainty |= kHeuristic;
    }
    if (words.empty()) {
      const std::string entry = credential_entry(pool_, call.value);
      if (entry.empty()) return false;
      uncertainty |= kHeuristic;
      words = cat("'", entry, "' of what it is given");
    }
    add(function, call, "secrets-logged", uncertainty,
        cat("'", call.name, "' writes ", words, " to the log: all who can read the log have it."));
    return true;
  }

  // By its name, unless the template shows that there is no password in it.
  [[nodiscard]] bool lets_into_database(const LambdaFunction& function,
                                        std::string_view variable) const {
    const std::string name = lower(variable);
    const auto ends_it = [&](std::string_view end) {
      return name == end || (name.ends_with(end) && name[name.size() - end.size() - 1] == '_');
    };
    if (std::ranges::none_of(secret_tables().connections, ends_it)) return false;
    const Property* const row =
        property_of(project_, function.resource, cat("Environment.Variables.", variable));
    const auto text = row == nullptr ? std::nullopt : as_text(pool_, row->value);
    return !text || text->empty() || pool_[row->value].uncertainty != 0 ||
           text->find('@') != text->npos || lower(*text).find("password=") != text->npos;
  }

  // To an address of http:// there is no certificate that could be verified.
  [[nodiscard]] bool is_plain_request(const LambdaFunction& function, const CodeCall& call) const {
    const auto is_plain = [&](const Effect& effect) {
      if (effect.where != call.where || !effect.target_value.exists()) return false;
      const bool in_parts = pool_.is(effect.target_value, ValueKind::Pattern);
      const auto text =
          as_text(pool_, in_parts ? pool_.operands(effect.target_value)[0] : effect.target_value);
      return text && text->starts_with("http://");
    };
    return std::ranges::any_of(function.effects, is_plain) ||
           std::ranges::any_of(function.unknown_calls, is_plain) ||
           std::ranges::any_of(function.requests, is_plain);
  }

  // An answer that is logged where it was tested: mostly because there is nothing in it.
  [[nodiscard]] bool asks_for_secret(const CodeCall& call) const {
    return std::ranges::any_of(call.holds, [&](const Fact& fact) {
      return has_origin(pool_, fact.test, Origin::Secret);
    });
  }

  [[nodiscard]] static std::string words_of_tls(std::string_view name) {
    return cat("'", name,
               "' does not verify the certificate of the other side: whoever answers in its name "
               "reads and changes what is sent, credentials included.");
  }

  // NODE_TLS_REJECT_UNAUTHORIZED=0 in the template, or set by the code.
  void check_variable(const LambdaFunction& function) {
    const Property* row = property_of(project_, function.resource,
                                      "Environment.Variables.NODE_TLS_REJECT_UNAUTHORIZED");
    if (row == nullptr || as_text(pool_, row->value) != "0") return;
    findings_.push_back(FindingBuilder("security-tls-unverified", pool_[row->value].uncertainty)
                            .about(function)
                            .at(*row)
                            .says("NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the verification of "
                                  "certificates for all connections of the function: whoever "
                                  "answers in another side's name reads and changes what is sent.")
                            .identified(function.name, ":variable"));
  }
  void check_environment(const LambdaFunction& function) {
    for (const StateChange& change : function.changes) {
      const std::string key =
          change.key.exists() ? std::string(as_text(pool_, change.key).value_or("")) : "";
      const bool is_it = change.name.ends_with("NODE_TLS_REJECT_UNAUTHORIZED") ||
                         key == "NODE_TLS_REJECT_UNAUTHORIZED";
      if (!is_it || !change.value.exists() || as_text(pool_, change.value) != "0") continue;
      CodeCall call;
      call.where = change.where;
      call.path = change.path;
      call.name = "NODE_TLS_REJECT_UNAUTHORIZED = 0";
      add(function, call, "security-tls-unverified", 0, words_of_tls(call.name));
    }
  }

  void add(const LambdaFunction& function, const CodeCall& call, std::string_view rule,
           std::uint8_t uncertainty, std::string message) {
    findings_.push_back(FindingBuilder(rule, uncertainty)
                            .about(function)
                            .at(call.where)
                            .says(message)
                            .identified(function.name, ':', call.name)
                            .with_steps(call.path, call.where, "This call does it."));
  }

  const Project& project_;
  const ValuePool& pool_;
  const EventWriters writers_;
  const SecretReader reader_;
  Findings& findings_;
};

}  // namespace

void leaks(const Project& project, const Settings&, Findings& findings) {
  Leaks check(project, findings);
  for (const LambdaFunction& function : project.functions) check.check(function);
}

}  // namespace fnlint
