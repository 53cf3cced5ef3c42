#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "values/number_text.h"

#include <array>
#include <cmath>

// What functions of the CDK's own library give: schedules, filters of events and messages, ARNs.
namespace fnlint::cdk {

namespace {

std::string rate_text(double seconds) {
  const auto words = [](double count, std::string_view unit) {
    return cat("rate(", number_text(count), ' ', unit, count == 1 ? ")" : "s)");
  };
  if (std::fmod(seconds, 86400) == 0) return words(seconds / 86400, "day");
  if (std::fmod(seconds, 3600) == 0) return words(seconds / 3600, "hour");
  return words(seconds / 60, "minute");
}

}  // namespace

DatumId CdkApp::call_value(const std::string& path, const Arguments& arguments) {
  const auto argument = [&](std::size_t i) -> DatumId {
    const std::string name = std::to_string(i);
    for (const Slot& one : arguments.given)
      if (one.name == name) return p_->settled(one.value);
    return {};
  };
  const DatumId first = argument(0);
  static constexpr std::array<std::pair<std::string_view, double>, 9> kUnits{
      {{"Duration.seconds", 1},
       {"Duration.minutes", 60},
       {"Duration.hours", 3600},
       {"Duration.days", 86400},
       {"Duration.millis", 0.001},
       {"Size.mebibytes", 1},
       {"Size.gibibytes", 1024},
       {"Size.kibibytes", 1.0 / 1024},
       {"Size.tebibytes", 1048576}}};
  for (const auto& [name, factor] : kUnits) {
    if (path != name || !first.exists()) continue;
    const double times = factor;
    return each(first, [&](DatumId one) {
      if (p_->is(one, DatumKind::Number)) return p_->number((*p_)[one].number * times);
      return times == 1 && p_->is(one, DatumKind::Token) ? one : p_->unknown("a duration or size");
    });
  }
  if (path.ends_with("Schedule.rate") || path.ends_with("ScheduleExpression.rate"))
    return p_->is(first, DatumKind::Number) ? p_->text(rate_text((*p_)[first].number))
                                            : p_->unknown("a rate");
  if (path.ends_with("Schedule.expression") || path.ends_with("ScheduleExpression.expression"))
    return first;
  if (path.ends_with("Schedule.cron") || path.ends_with("ScheduleExpression.cron")) {
    const DatumId options = first.exists() ? first : p_->record(arguments.given);
    const auto field = [&](std::string_view name, std::string_view otherwise) {
      const DatumId one = entry(options, name).value;
      return one.exists() ? p_->concat({p_->settled(one)}) : p_->text(std::string(otherwise));
    };
    const bool has_week_day = entry(options, "weekDay").value.exists();
    const DatumId space = p_->text(" ");
    return p_->concat({p_->text("cron("), field("minute", "*"), space, field("hour", "*"), space,
                       field("day", has_week_day ? "?" : "*"), space, field("month", "*"), space,
                       field("weekDay", "?"), space, field("year", "*"), p_->text(")")});
  }
  if (path == "Arn.format" && first.exists()) return formatted_arn(first);
  if (path.starts_with("Fn.") || path.starts_with("awsssm."))
    return function_value(path, first, argument(1));
  return filter_value(path, arguments, first);
}

DatumId CdkApp::function_value(const std::string& path, DatumId first, DatumId second) {
  if (!first.exists()) return {};
  if (path == "Fn.importValue") return p_->token("Fn::ImportValue", std::array{plain(*p_, first)});
  if (path == "Fn.ref") return p_->token("Ref", std::array{first});
  if (path == "Fn.getAtt" && second.exists())
    return p_->token("Fn::GetAtt", std::array{first, second});
  if (path == "Fn.join" && second.exists())
    return p_->token("Fn::Join", std::array{first, plain(*p_, second)});
  if (path == "Fn.select" && second.exists())
    return p_->token("Fn::Select", std::array{first, plain(*p_, second)});
  if (path == "Fn.split" && second.exists())
    return p_->token("Fn::Split", std::array{first, plain(*p_, second)});
  if (path.starts_with("awsssm.StringParameter.value") && second.exists())
    return p_->token("Fn::Resolve", std::array{p_->text("ssm"), plain(*p_, second)});
  return {};
}

// Patterns of events and subscriptions.
DatumId CdkApp::filter_value(const std::string& path, const Arguments& arguments, DatumId first) {
  if (path == "awslambda.FilterCriteria.filter" && first.exists())
    return p_->record({{.name = "Pattern", .value = plain(*p_, first)}});
  if (path == "awslambda.FilterRule.isEqual" && first.exists()) return p_->list({{.value = first}});
  if (path == "awslambda.FilterRule.or" || path == "awssns.FilterOrPolicy.filter")
    return p_->list(arguments.given);
  if (path == "awslambda.FilterRule.exists")
    return p_->list({{.value = p_->record({{.name = "exists", .value = p_->boolean(true)}})}});
  if (path == "awslambda.FilterRule.notExists")
    return p_->list({{.value = p_->record({{.name = "exists", .value = p_->boolean(false)}})}});
  const auto rule = [&](std::string_view word, DatumId value) {
    return p_->list({{.value = p_->record({{.name = std::string(word), .value = value}})}});
  };
  if (path == "awslambda.FilterRule.notEquals" && first.exists())
    return rule("anything-but", p_->list({{.value = first}}));
  if (path == "awslambda.FilterRule.null") return p_->list({{.value = p_->null()}});
  if (path == "awslambda.FilterRule.empty") return p_->list({{.value = p_->text("")}});
  if (path == "awslambda.FilterRule.between" && arguments.given.size() == 2)
    return rule("numeric", p_->list({{.value = p_->text(">")},
                                     {.value = first},
                                     {.value = p_->text("<=")},
                                     {.value = arguments.given[1].value}}));
  if (path == "awslambda.FilterRule.beginsWith" && first.exists())
    return p_->list({{.value = p_->record({{.name = "prefix", .value = first}})}});
  if (path.starts_with("awsevents.Match.")) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMatches{
        {{"prefix", "prefix"},
         {"suffix", "suffix"},
         {"prefixEqualsIgnoreCase", "prefix"},
         {"wildcard", "wildcard"},
         {"equalsIgnoreCase", "equals-ignore-case"}}};
    const std::string_view name = std::string_view(path).substr(path.rfind('.') + 1);
    for (const auto& [method_name, word] : kMatches)
      if (name == method_name && first.exists())
        return p_->list({{.value = p_->record({{.name = std::string(word), .value = first}})}});
    if (name == "exactString" && first.exists()) return p_->list({{.value = first}});
    if (name == "exists" || name == "doesNotExist")
      return p_->list(
          {{.value = p_->record({{.name = "exists", .value = p_->boolean(name == "exists")}})}});
    if (name == "anythingBut") {
      const DatumId all = p_->list(arguments.given);
      return p_->list({{.value = p_->record({{.name = "anything-but", .value = all}})}});
    }
    return p_->unknown(cat("a pattern of ", path));
  }
  if (path.starts_with("awssns.SubscriptionFilter."))
    return subscription_filter(std::string_view(path).substr(path.rfind('.') + 1),
                               first.exists() ? first : p_->record(arguments.given));
  return {};
}

// Stack.formatArn({service, resource, resourceName, ...})
DatumId CdkApp::formatted_arn(DatumId given) {
  const DatumId parts = p_->settled(given);
  if (!p_->is(parts, DatumKind::Record) && !p_->is(parts, DatumKind::Object))
    return p_->unknown("the parts of an ARN");
  const auto part = [&](std::string_view name, std::string_view pseudo) {
    const DatumId one = entry(parts, name).value;
    if (one.exists()) return plain(*p_, one);
    return pseudo.empty() ? p_->text("")
                          : p_->token("Ref", std::array{p_->text(cat("AWS::", pseudo))});
  };
  const DatumId colon = p_->text(":"), name = entry(parts, "resourceName").value;
  const DatumId format = entry(parts, "arnFormat").value;
  const auto form = format.exists() ? p_->text_of(plain(*p_, format)) : std::nullopt;
  if (format.exists() && !form) return p_->unknown("an ARN of an unknown form");
  const bool by_colon = form && form->starts_with("COLON");
  std::vector<DatumId> all{p_->text("arn:"),           part("partition", "Partition"), colon,
                           part("service", ""),        colon, part("region", "Region"), colon,
                           part("account", "AccountId"), colon, part("resource", "")};
  if (name.exists()) {
    all.push_back(p_->text(by_colon ? ":" : "/"));
    all.push_back(plain(*p_, name));
  }
  return p_->concat(std::move(all));
}

// SubscriptionFilter.stringFilter({allowlist, ...}) and its kin.
DatumId CdkApp::subscription_filter(std::string_view kind, DatumId options) {
  std::vector<Slot> out;
  const auto condition = [&](std::string_view word, DatumId value) {
    out.push_back({.value = p_->record({{.name = std::string(word), .value = value}})});
  };
  if (kind == "existsFilter" || kind == "notExistsFilter") {
    condition("exists", p_->boolean(kind == "existsFilter"));
    return p_->list(std::move(out));
  }
  const auto given = [&](std::string_view name) {
    const DatumId one = entry(options, name).value;
    return one.exists() ? plain(*p_, one) : DatumId{};
  };
  const auto each_of = [&](std::string_view name, std::string_view word) {
    const DatumId list = given(name);
    if (p_->is(list, DatumKind::List))
      for (const Slot& one : std::vector<Slot>((*p_)[list].slots))
        word.empty() ? out.push_back({.value = one.value}) : condition(word, one.value);
    else if (list.exists())
      out.push_back({.value = list});
  };
  if (kind == "stringFilter") {
    for (const std::string_view name : {"allowlist", "whitelist"}) each_of(name, "");
    for (const std::string_view name : {"denylist", "blacklist"})
      if (const DatumId list = given(name); list.exists()) condition("anything-but", list);
    each_of("matchPrefixes", "prefix");
    each_of("matchSuffixes", "suffix");
    return p_->list(std::move(out));
  }
  if (kind != "numericFilter") return p_->unknown("a filter of a subscription");
  const auto numeric = [&](std::initializer_list<std::pair<std::string_view, DatumId>> tests) {
    std::vector<Slot> parts;
    for (const auto& [word, value] : tests) {
      parts.push_back({.value = p_->text(std::string(word))});
      parts.push_back({.value = value});
    }
    condition("numeric", p_->list(std::move(parts)));
  };
  if (const DatumId list = given("allowlist"); p_->is(list, DatumKind::List))
    for (const Slot& one : std::vector<Slot>((*p_)[list].slots)) numeric({{"=", one.value}});
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTests{
      {{"greaterThan", ">"},
       {"greaterThanOrEqualTo", ">="},
       {"lessThan", "<"},
       {"lessThanOrEqualTo", "<="}}};
  for (const auto& [name, word] : kTests)
    if (const DatumId bound = given(name); bound.exists()) numeric({{word, bound}});
  for (const std::string_view name : {"between", "betweenStrict"})
    if (const DatumId range = given(name); range.exists())
      if (const DatumId low = entry(range, "start").value, high = entry(range, "stop").value;
          low.exists() && high.exists())
        name == "between" ? numeric({{">=", low}, {"<=", high}})
                          : numeric({{">", low}, {"<", high}});
  return p_->list(std::move(out));
}

}  // namespace fnlint::cdk
