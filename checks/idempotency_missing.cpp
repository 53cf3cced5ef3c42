// Most sources deliver at least once: sooner or later the same event comes again. What must not
// happen twice needs something that remembers that it has happened.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Types of a handler's parameter that name a source which delivers at least once.
constexpr std::array kEventTypes{std::string_view("SQSEvent"),
                                 std::string_view("SqsEvent"),
                                 std::string_view("SNSEvent"),
                                 std::string_view("SnsEvent"),
                                 std::string_view("S3Event"),
                                 std::string_view("KinesisEvent"),
                                 std::string_view("DynamoDBEvent"),
                                 std::string_view("KinesisStreamEvent"),
                                 std::string_view("DynamoDBStreamEvent"),
                                 std::string_view("EventBridgeEvent"),
                                 std::string_view("ScheduledEvent"),
                                 std::string_view("MSKEvent"),
                                 std::string_view("S3CreateEvent")};

struct Source {
  std::string words = {};  // "queue 'Charges'"
  Span where = {};
  std::uint8_t evidence = 0;
};

std::optional<Source> at_least_once(const Project& project, const LambdaFunction& function) {
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Trigger || relation.to != function.resource) continue;
    if (relation.invocation != Invocation::Asynchronous &&
        relation.invocation != Invocation::Polled)
      continue;
    Source source{"an event source", relation.where, relation.evidence};
    const std::string name = name_of(project, relation.from);
    if (relation.from.exists() &&
        name.find(' ') != std::string::npos)  // a source that no template names
      source.words =
          cat("an ", kind_words(project.stacks[relation.from].kind), " outside the project");
    else if (relation.from.exists())
      source.words = cat(kind_words(project.stacks[relation.from].kind), " '",
                         name_of(project, relation.from), "'");
    if (!project.pool->always(relation.when)) source.evidence |= kConditional;
    return source;
  }
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Trigger && relation.to == function.resource)
      return std::nullopt;
  for (const std::string& type : function.event_types) {
    const std::string_view name = std::string_view(type).substr(type.rfind('.') + 1);
    if (std::ranges::find(kEventTypes, name) != kEventTypes.end())
      return Source{cat("a source of '", name, "'"), {}, kHeuristic};
  }
  return std::nullopt;
}

bool is_fresh(const ValuePool& pool, ValueId value) {
  return value.exists() &&
         (has_origin(pool, value, Origin::Fresh) || has_origin(pool, value, Origin::Clock));
}

// Values under a path of the operation's members: "Entries[].MessageDeduplicationId".
ValueId member_at(const ValuePool& pool, ValueId members, std::string_view path) {
  ValueId at = members;
  for (std::string_view part : split(path, '.')) {
    const bool each = part.ends_with("[]");
    if (each) part.remove_suffix(2);
    at = entry_of(pool, at, part);
    if (!at.exists()) return {};
    if (each) {
      if (pool[at].kind != ValueKind::List || pool.operands(at).empty()) return {};
      at = pool.operands(at)[0];
    }
  }
  return at;
}

// A FIFO queue or topic that compares contents, and a content that is the same again.
bool is_compared(const Project& project, const Operation& operation, const Effect& effect) {
  const bool has_ids = std::ranges::any_of(operation.repeat_members, [](std::string_view member) {
    return member.ends_with("MessageDeduplicationId");
  });
  if (!has_ids || !effect.target.exists() || is_fresh(*project.pool, effect.key)) return false;
  const Property* compares = property_of(project, effect.target, "ContentBasedDeduplication");
  return compares != nullptr &&
         lower(as_text(*project.pool, compares->value).value_or("")) == "true";
}

// A token that the service remembers, or a header of that meaning.
bool has_token(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  for (const std::string_view token : operation.repeat_members)
    if (member_at(pool, effect.arguments, token).exists()) return true;
  bool found = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      if (pool[id].kind != ValueKind::Record) return;
      for (const StringId name : pool.names(id))
        found = found || lower(pool[name]).find("idempotency") != std::string::npos;
    });
  return found;
}

bool is_conditional(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  for (const std::string_view member : split(operation.condition, '|'))
    if (!member.empty() && member_at(pool, effect.arguments, member).exists()) return true;
  return false;
}

bool reads_a_mark(const ValuePool& pool, ValueId test) {
  bool reads = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Object || !has_origin(pool, id, Origin::Event)) return;
    const std::string path = lower(pool.text(id));
    for (const std::string_view word :
         {"get_item", "getitem", "getcommand", ".get()", "query", ".exists()", "sismember",
          "head_object", "headobject", ".set()", "setnx", "documentclient().get"})
      reads = reads || path.find(word) != std::string::npos;
  });
  return reads;
}

// Something that remembers stands before the effect on every path to it.
bool is_guarded(const Project& project, const LambdaFunction& function, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const Property* disabled = property_of(project, function.resource,
                                         "Environment.Variables.POWERTOOLS_IDEMPOTENCY_DISABLED");
  const bool switched_off = disabled != nullptr &&
                            lower(as_text(pool, disabled->value).value_or("")) != "false" &&
                            as_text(pool, disabled->value).value_or("") != "0";
  for (const Fact& fact : effect.holds) {
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      if (pool[id].kind != ValueKind::Computed) return;
      const bool remembers = pool.text(id) == "guarded" && !pool.operands(id).empty() &&
                             pool.text(pool.operands(id)[0]) == "idempotency";
      if (remembers && !switched_off) found = true;
      if (pool.text(id) == "succeeded") found = true;
    });
    if (found || reads_a_mark(pool, fact.test)) return true;
  }
  return false;
}

std::string expression_text(const ValuePool& pool, const Operation& operation,
                            const Effect& effect) {
  if (operation.expression.empty()) return {};
  for (const std::string_view path : split(operation.expression, '|')) {
    const ValueId value = member_at(pool, effect.arguments, path);
    if (value.exists()) return describe(pool, value);
  }
  return {};
}

bool expression_differs(const std::string& text) {
  static const RE2 kAdds(
      R"((?i)(^|\s)ADD\s+[#:\w]|list_append|\S+\s*=\s*(if_not_exists\s*\([^)]*\)|[#\w.]+)\s*[+-])");
  return RE2::PartialMatch(text, kAdds);
}
// An update among the entries of a transaction.
bool entry_differs(const ValuePool& pool, const Effect& effect) {
  bool differs = false;
  if (!effect.arguments.exists()) return differs;
  for_each_below(pool, effect.arguments, [&](ValueId id) {
    const ValueId expression = entry_of(pool, id, "UpdateExpression");
    differs = differs || (expression.exists() && expression_differs(describe(pool, expression)));
  });
  return differs;
}
bool sql_differs(const std::string& text) {
  static const RE2 kInsert(R"((?i)^\s*INSERT\s+INTO\b)"),
      kSafe(R"((?i)ON\s+CONFLICT|ON\s+DUPLICATE|INSERT\s+IGNORE|WHERE\s+NOT\s+EXISTS)"),
      kGrows(R"((?i)^\s*UPDATE\b.*\bSET\b.*?(\w+)\s*=\s*\w+\s*[+-])");
  return (RE2::PartialMatch(text, kInsert) && !RE2::PartialMatch(text, kSafe)) ||
         RE2::PartialMatch(text, kGrows);
}

// What an item is stored under: the table's own key attributes where the table is known, else what
// is named like a key.
bool item_key_is_fresh(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  if (!effect.key.exists()) return false;
  if (pool[effect.key].kind != ValueKind::Record) return is_fresh(pool, effect.key);
  std::vector<std::string> keys;
  if (effect.target.exists() && project.stacks[effect.target].kind == ResourceKind::Table)
    for (int i = 0; i < 2; ++i)
      if (const Property* name =
              property_of(project, effect.target, cat("KeySchema.", i, ".AttributeName")))
        keys.emplace_back(as_text(pool, name->value).value_or(""));
  for (std::size_t i = 0; i < pool.names(effect.key).size(); ++i) {
    const std::string_view name = pool[pool.names(effect.key)[i]];
    const std::string small = lower(name);
    const bool is_key = keys.empty() ? small == "id" || small == "pk" || small == "sk" ||
                                           small == "key" || small.ends_with("id")
                                     : std::ranges::find(keys, name) != keys.end();
    if (is_key && is_fresh(pool, pool.operands(effect.key)[i])) return true;
  }
  return false;
}

bool differs_when_repeated(const Project& project, const Operation& operation,
                           const Effect& effect) {
  const ValuePool& pool = *project.pool;
  switch (operation.repeat) {
    case Repeat::Same: return false;
    case Repeat::Differs: return true;
    case Repeat::ByKey: return item_key_is_fresh(project, effect);
    case Repeat::ByExpression: return expression_differs(expression_text(pool, operation, effect));
    case Repeat::ByName: return true;  // the token that makes it safe was looked for before
    case Repeat::BySql: return sql_differs(expression_text(pool, operation, effect));
    case Repeat::Batch: return is_fresh(pool, effect.key) || entry_differs(pool, effect);
    case Repeat::ByMethod: {
      const std::string method = lower(expression_text(pool, operation, effect));
      return method == "post" || method == "patch";
    }
  }
  return false;
}

bool is_grave(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (operation.grave || operation.repeat == Repeat::ByExpression) return true;
  if (operation.repeat == Repeat::Batch && entry_differs(pool, effect)) return true;
  return std::ranges::any_of(operation.grave_members, [&](std::string_view member) {
    return entry_of(pool, effect.arguments, member).exists();
  });
}

// "sends a message to 'Orders'", "sends an e-mail", "publishes a message to something outside the
// project".
std::string effect_words(const Project& project, const Effect& effect) {
  const std::string_view words = operations()[effect.operation].words;
  if (effect.target.exists()) return cat(words, " '", name_of(project, effect.target), "'");
  const bool through =
      words.ends_with(" through") || words.ends_with(" in") || words.ends_with(" on");
  if (through) return std::string(words.substr(0, words.rfind(' ')));
  const bool open = words.ends_with(" to") || words.ends_with(" of") || words.ends_with(" from");
  return open ? cat(words, " something outside the project") : std::string(words);
}

void report(const Project& project, const LambdaFunction& function, const Source& source,
            const std::vector<const Effect*>& effects, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const auto grave = std::ranges::find_if(effects, [&](const Effect* effect) {
    return is_grave(pool, operations()[effect->operation], *effect);
  });
  const Effect& worst = grave != effects.end() ? **grave : *effects.front();
  const Operation& operation = operations()[worst.operation];
  std::uint8_t evidence =
      static_cast<std::uint8_t>(source.evidence | (worst.evidence & (kHeuristic | kBrokenSource)));
  if ((worst.flags & kUnderUnknownTest) != 0) evidence |= kConditional;
  Finding finding;
  finding.rule = "idempotency-missing";
  finding.confidence = confidence_of(evidence);
  finding.severity = grave != effects.end() ? Severity::Error : Severity::Warning;
  finding.message = cat("'", function.name, "' gets events from ", source.words,
                        " at least once, and ", effect_words(project, worst), " (", operation.id,
                        ") with nothing that stops a second delivery from doing it again.");
  finding.where = function.handler_where;
  finding.function = function.name;
  finding.identity = function.name;
  if (source.where.file.exists())
    finding.flow.push_back(
        {source.where, cat("'", function.name, "' gets events from ", source.words, ".")});
  finding.flow.push_back({function.handler_where, "The handler begins here."});
  for (const PlacedText& call : worst.path)
    finding.flow.push_back({call.where, "The handler goes on here."});
  finding.flow.push_back({worst.where, cat("It ", effect_words(project, worst), ".")});
  for (const Effect* effect : effects)
    finding.related.push_back({effect->where, cat("It ", effect_words(project, *effect),
                                                  "; a second delivery does it again.")});
  findings.push_back(std::move(finding));
}

}  // namespace

void idempotency_missing(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    const std::optional<Source> source = at_least_once(project, function);
    if (!source) continue;
    std::vector<const Effect*> effects;
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls}) {
      for (const Effect& effect : *list) {
        const Operation& operation = operations()[effect.operation];
        if ((effect.flags & kInInit) != 0 || is_conditional(pool, operation, effect)) continue;
        if (!differs_when_repeated(project, operation, effect) ||
            has_token(pool, operation, effect) || is_compared(project, operation, effect))
          continue;
        if (!is_guarded(project, function, effect)) effects.push_back(&effect);
      }
    }
    if (!effects.empty()) report(project, function, *source, effects, findings);
  }
}

}  // namespace fnlint
