// DynamoDB reads the expressions of a request when it gets it, and refuses what it cannot read: a
// word that it keeps for itself, a name or a value that is not defined, or not used.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/table_keys.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/dynamodb_expression.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kExpressionNames = "ExpressionAttributeNames",
                           kExpressionValues = "ExpressionAttributeValues";

struct ExpressionMember {
  std::string_view name = {};
  ExpressionKind kind{};
};
constexpr std::array kExpressionMembers{
    ExpressionMember{"UpdateExpression", ExpressionKind::Update},
    ExpressionMember{"ConditionExpression", ExpressionKind::Condition},
    ExpressionMember{"FilterExpression", ExpressionKind::Condition},
    ExpressionMember{"KeyConditionExpression", ExpressionKind::KeyCondition},
    ExpressionMember{"ProjectionExpression", ExpressionKind::Projection},
};

// The attributes of the key that a request asks by: the table's, or its index's.
std::vector<std::string_view> key_asked(const Project& project, ResourceId table, ValueId index) {
  if (!index.exists()) return table_key(project, table);
  const auto wanted = as_text(*project.pool, index);
  return wanted ? index_key(project, table, *wanted) : std::vector<std::string_view>{};
}

// The expressions of one request, or of one entry of it.
class Expressions {
 public:
  Expressions(const Project& project, const LambdaFunction& function, const Effect& effect,
              ValueId request, Findings& findings)
      : project_(project),
        pool_(*project.pool),
        function_(function),
        effect_(effect),
        request_(request),
        findings_(findings) {}

  void check() {
    bool all_known = pool_[request_].ref == 0 && !member(kRest).exists() && !member("**").exists();
    for (const ExpressionMember& one : kExpressionMembers) {
      const ValueId given = member(one.name);
      if (!given.exists() || pool_.is(given, ValueKind::Null) || pool_.is(given, ValueKind::Absent))
        continue;
      all_known = check_text(one, given) && all_known;
    }
    if (faulty_ || !any_) return;
    check_defined(kExpressionNames, names_, all_known);
    check_defined(kExpressionValues, values_, all_known);
  }

 private:
  // However the language writes it.
  [[nodiscard]] ValueId member(std::string_view name) const {
    const ValueId exact = entry_of(pool_, request_, name);
    if (exact.exists() || function_.language != Language::Ruby) return exact;
    for (const StringId id : pool_.names(request_))
      if (flat_name(pool_[id]) == flat_name(name)) return entry_of(pool_, request_, pool_[id]);
    return {};
  }
  FindingBuilder finding(std::string_view about, Confidence confidence) const {
    FindingBuilder built("handler-dynamodb-expression-invalid",
                         effect_.uncertainty & ~(kUncertain | kConditional));
    built.at_most(confidence)
        .about(function_)
        .at(effect_.where)
        .identified(function_.name, ' ', operations()[effect_.operation].id, ' ', about)
        .with_steps(effect_.path);
    return built;
  }

  // Whether all of it is known.
  bool check_text(const ExpressionMember& one, ValueId given) {
    if (const auto text = as_text(pool_, given)) {
      take(one, *text, Confidence::Certain, false);
      return true;
    }
    if (pool_.is(given, ValueKind::OneOf)) {
      for (const ValueId way : pool_.operands(given))
        if (const auto text = as_text(pool_, way)) take(one, *text, Confidence::Likely, true);
    } else if (pool_.is(given, ValueKind::Pattern) && one.kind == ExpressionKind::Update) {
      const auto first = as_text(pool_, pool_.operands(given)[0]);
      if (first && begins_no_clause(*first)) {
        faulty_ = true;
        findings_.push_back(finding(one.name, Confidence::Certain)
                                .says(one.name, " of ", operations()[effect_.operation].id,
                                      " begins with '", *first,
                                      "', and not with SET, REMOVE, ADD "
                                      "or DELETE: DynamoDB refuses the request."));
      }
    }
    return false;
  }
  // `is_way`: one of several, of which more may come.
  void take(const ExpressionMember& one, std::string_view text, Confidence confidence,
            bool is_way) {
    any_ = true;
    const DynamoExpression read = dynamo_expression(text, one.kind);
    if (!read.fault.empty()) {
      if (is_way) return;
      faulty_ = true;
      // `${name}` in plain quotes: forgotten backticks, or what a tool fills in before the code is
      // deployed.
      if (text.find("${") != text.npos) confidence = Confidence::Possible;
      findings_.push_back(finding(one.name, confidence)
                              .says(one.name, " of ", operations()[effect_.operation].id,
                                    " cannot be read, ", read.fault,
                                    ": DynamoDB refuses the request."));
      return;
    }
    check_words(one, read, confidence);
    if (one.kind == ExpressionKind::KeyCondition) check_keys(read, confidence);
    add(names_, read.names);
    add(values_, read.values);
  }
  static void add(std::vector<std::string_view>& all, const std::vector<std::string_view>& more) {
    for (const std::string_view name : more)
      if (!is_one_of(all, name)) all.push_back(name);
  }

  void check_words(const ExpressionMember& one, const DynamoExpression& read,
                   Confidence confidence) {
    std::string words;
    for (const std::string_view name : read.attributes)
      if (is_one_of(known::dynamodb_reserved_words(), lower(name)))
        words += cat(words.empty() ? "'" : ", '", name, '\'');
    if (words.empty()) return;
    faulty_ = true;
    findings_.push_back(finding(words, confidence)
                            .says(one.name, " of ", operations()[effect_.operation].id, " names ",
                                  words,
                                  ", which DynamoDB reserves: it refuses the request. An "
                                  "attribute of that name goes by a '#name' of ",
                                  kExpressionNames, '.'));
  }

  // The attribute that a key condition names, by itself or by "#name".
  [[nodiscard]] std::string_view attribute_of(std::string_view name) const {
    if (!name.starts_with('#')) return name;
    const ValueId names = member(kExpressionNames);
    if (!names.exists() || !pool_.is(names, ValueKind::Record)) return {};
    const ValueId value = entry_of(pool_, names, name);
    return value.exists() ? as_text(pool_, value).value_or("") : std::string_view();
  }
  void check_keys(const DynamoExpression& read, Confidence confidence) {
    // Whatever the path, the text is refused; but of several tables one may have such a key.
    if ((effect_.uncertainty & (kUncertain | kConditional)) != 0) confidence = Confidence::Likely;
    const ValueId index = member("IndexName");
    const std::vector<std::string_view> key = key_asked(project_, effect_.target, index);
    if (key.empty()) return;
    for (const std::string_view name : read.keys) {
      const std::string_view attribute = attribute_of(name);
      if (attribute.empty() || is_one_of(key, attribute)) continue;
      faulty_ = true;
      std::string known;
      for (const std::string_view one : key) known += cat(known.empty() ? "'" : ", '", one, '\'');
      findings_.push_back(
          finding(attribute, confidence)
              .says("This query's key condition names '", attribute, "', and the key of ",
                    index.exists() ? cat("index '", as_text(pool_, index).value_or(""), "' of ")
                                   : std::string(),
                    '\'', name_of(project_, effect_.target), "' is ", known,
                    ": DynamoDB refuses the request."));
    }
  }

  // What the expressions name and the map has not, and what it has and no expression names.
  void check_defined(std::string_view map, const std::vector<std::string_view>& used,
                     bool all_known) {
    const ValueId given = member(map);
    const bool is_there =
        given.exists() && !pool_.is(given, ValueKind::Absent) && !pool_.is(given, ValueKind::Null);
    if (!is_there && !all_known) return;
    if (is_there && !pool_.is(given, ValueKind::Record)) return;
    // What is put in on some ways alone may not be seen where it does not stand there whole.
    const bool is_whole =
        effect_.members_whole &&
        (!is_there || (pool_[given].ref == 0 && !entry_of(pool_, given, kRest).exists()));
    std::string lacking, left;
    for (const std::string_view name : used)
      if (is_whole && (!is_there || !entry_of(pool_, given, name).exists()))
        lacking += cat(lacking.empty() ? "'" : ", '", name, '\'');
    if (is_there && all_known)
      for (const StringId id : pool_.names(given))
        if (pool_[id].starts_with(map == kExpressionNames ? '#' : ':') &&
            !is_one_of(used, pool_[id]))
          left += cat(left.empty() ? "'" : ", '", pool_[id], '\'');
    const Confidence confidence = effect_.members_whole ? Confidence::Certain : Confidence::Likely;
    if (!lacking.empty())
      findings_.push_back(finding(lacking, Confidence::Certain)
                              .says("An expression of ", operations()[effect_.operation].id,
                                    " names ", lacking, ", which ", map,
                                    " does not define: DynamoDB refuses the request."));
    if (!left.empty())
      findings_.push_back(finding(left, confidence)
                              .says(map, " of ", operations()[effect_.operation].id, " defines ",
                                    left,
                                    ", which no expression uses: DynamoDB refuses the "
                                    "request."));
  }

  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  const Effect& effect_;
  const ValueId request_;
  Findings& findings_;
  std::vector<std::string_view> names_ = {}, values_ = {};
  bool any_ = false, faulty_ = false;
};

// What has expressions of its own: the request, or entries of one.
std::vector<ValueId> requests_in(const ValuePool& pool, const Effect& effect) {
  std::vector<ValueId> requests;
  const auto take = [&](ValueId one) {
    if (one.exists() && pool.is(one, ValueKind::Record)) requests.push_back(one);
  };
  take(effect.arguments);
  if (requests.empty()) return requests;
  const ValueId entries = entry_of(pool, effect.arguments, "TransactItems");
  if (entries.exists() && pool.is(entries, ValueKind::List))
    for (const ValueId entry : pool.operands(entries)) {
      if (!pool.is(entry, ValueKind::Record)) continue;
      for (const ValueId one : pool.operands(entry)) take(one);
    }
  const ValueId tables = entry_of(pool, effect.arguments, "RequestItems");
  if (tables.exists() && pool.is(tables, ValueKind::Record))
    for (const ValueId one : pool.operands(tables)) take(one);
  return requests;
}

}  // namespace

void handler_dynamodb_expressions(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        if (operations()[effect.operation].service != "dynamodb" || !effect.arguments.exists() ||
            told.contains(effect.where))
          continue;
        const std::size_t before = findings.size();
        for (const ValueId request : requests_in(*project.pool, effect))
          Expressions(project, function, effect, request, findings).check();
        if (findings.size() > before) told.insert(effect.where);
      }
}

}  // namespace fnlint
