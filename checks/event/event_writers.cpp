// Looks up in the shape of the trigger's event whether a path is chosen by the sender or written by
// AWS, and puts the field and the sender into words.

#include "checks/event/event_writers.h"

#include "checks/event/event_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Whether the path is the field or stands below it: "body.title" of "body".
bool is_below(std::string_view path, std::string_view field) {
  return path.starts_with(field) &&
         (path.size() == field.size() || path[field.size()] == '.' || path[field.size()] == '[');
}

std::string_view last_part(std::string_view path) {
  while (path.ends_with("[]")) path.remove_suffix(2);
  return path.substr(path.find_last_of('.') + 1);
}

// What of a request the field is a part of.
std::string_view words_of_part(std::string_view field) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kParts{
      {{"body", "the body"},
       {"queryStringParameters", "the query"},
       {"multiValueQueryStringParameters", "the query"},
       {"rawQueryString", "the query"},
       {"pathParameters", "the path"},
       {"path", "the path"},
       {"rawPath", "the path"},
       {"headers", "the headers"},
       {"multiValueHeaders", "the headers"},
       {"cookies", "the cookies"}}};
  const auto* const found =
      std::ranges::find(kParts, field, &std::pair<std::string_view, std::string_view>::first);
  return found != kParts.end() ? found->second : std::string_view();
}

// "'title' of the body of POST /notes".
std::string words_of_field(std::string_view path, std::string_view field, std::string_view source) {
  while (path.ends_with("[]")) path.remove_suffix(2);
  const std::string_view part = words_of_part(field);
  const std::string_view name = last_part(path);
  if (path.empty()) return cat("the whole event of ", source);
  if (part.empty()) return cat("'", name, "' of what ", source, " sends");
  return path.size() == field.size() ? cat(part, " of ", source)
                                     : cat("'", name, "' of ", part, " of ", source);
}

// The field of those that who sends the event may write; empty: AWS writes it.
std::optional<std::string_view> chosen_field(const SentEvent& shape, std::string_view path) {
  if (path.empty()) return std::string_view();
  for (const std::string_view field : shape.chosen)
    if (is_below(path, field) || is_below(field, path)) return field;
  return std::nullopt;
}

// The form of what an API sends, where which of them is not known.
const SentEvent* request_shape(const Project& project, const Relation& trigger,
                               std::string_view path) {
  const bool is_api =
      trigger.from.exists() && project.stacks[trigger.from].kind == ResourceKind::Api &&
      type_of(project, trigger.declared_by).find("Authorizer") == std::string_view::npos;
  if (!is_api) return nullptr;
  for (const std::string_view name : {"http-proxy", "rest-proxy"})
    if (const SentEvent* shape = find_sent_event(name); chosen_field(*shape, path)) return shape;
  return nullptr;
}

// Where no trigger says who sends it: a field that only AWS writes, by its name. Names of one word
// ("id", "time") are also those that people choose: they are AWS's where all that the function
// reads is.
bool is_of_aws(const ValuePool& pool, const LambdaFunction& function, std::string_view path) {
  if (path.empty()) return false;
  const bool is_common = path.find_first_of(".[") == path.npos;
  const auto has_other = [&](const SentEvent& shape) {
    return std::ranges::any_of(function.reads, [&](const InputRead& read) {
      const auto other = event_path(pool, read);
      return other && !other->empty() && !may_have(shape, *other);
    });
  };
  const auto reads_more = [&] {
    return std::ranges::any_of(function.reads, [&](const InputRead& read) {
      const auto other = event_path(pool, read);
      return other && other->find_first_of(".[") != other->npos;
    });
  };
  if (is_common && !reads_more()) return false;
  const auto may_be = [&](const SentEvent& shape) {
    return may_have(shape, path) && !(is_common && has_other(shape));
  };
  const auto is_chosen = [&](const SentEvent& shape) {
    return may_be(shape) && chosen_field(shape, path).has_value();
  };
  return std::ranges::any_of(sent_events(), may_be) &&
         std::ranges::none_of(sent_events(), is_chosen);
}

}  // namespace

// "POST /notes"; empty: it is not known, or there are several.
std::string EventWriters::route_of(const Relation& trigger) const {
  const std::vector<RequestRoute> routes = routes_.of(trigger);
  if (routes.size() != 1 || routes[0].path.empty()) return {};
  return routes[0].method.empty() ? routes[0].path : cat(routes[0].method, ' ', routes[0].path);
}

bool EventWriters::is_request(const Relation& trigger) const {
  const SentEvent* shape = sent_shape(project_, trigger);
  if (shape == nullptr) return request_shape(project_, trigger, "") != nullptr;
  return shape->group == "http" || shape->response == ResponseForm::Policy ||
         shape->response == ResponseForm::SameRecord;
}

std::optional<EventWriter> EventWriters::by_trigger(const Relation& trigger,
                                                    std::string_view path) const {
  const SentEvent* shape = sent_shape(project_, trigger);
  if (shape == nullptr || shape->chosen.empty()) shape = request_shape(project_, trigger, path);
  if (shape == nullptr) return std::nullopt;
  const std::optional<std::string_view> field = chosen_field(*shape, path);
  if (!field) return std::nullopt;
  EventWriter writer{.trigger = &trigger};
  const std::string source = words_of_source(project_, trigger);
  const std::string route = shape->group == "http" ? route_of(trigger) : std::string();
  writer.field = words_of_field(path, *field, route.empty() ? source : route);
  writer.who = shape->chosen_by.empty() ? cat("whoever may send to ", source)
                                        : std::string(shape->chosen_by);
  writer.uncertainty = trigger.uncertainty;
  if (!shape->strangers) writer.uncertainty |= kHeuristic;
  if (!project_.pool->always(trigger.when)) writer.uncertainty |= kConditional;
  return writer;
}

std::optional<EventWriter> EventWriters::of(const LambdaFunction& function,
                                            std::string_view path) const {
  std::optional<EventWriter> found;
  const std::vector<TriggerShape> triggers = trigger_shapes(project_, relations_, function);
  // What a clock brings stands in the template.
  bool is_clean = !triggers.empty() && std::ranges::all_of(triggers, [&](const TriggerShape& one) {
    const ResourceKind kind =
        one.trigger->from.exists() ? project_.stacks[one.trigger->from].kind : ResourceKind::Other;
    return kind == ResourceKind::Schedule || kind == ResourceKind::Rule;
  });
  for (const TriggerShape& one : triggers) {
    std::optional<EventWriter> writer = by_trigger(*one.trigger, path);
    is_clean = is_clean || (!writer && one.shape != nullptr && may_have(*one.shape, path));
    if (writer && (!found || writer->uncertainty < found->uncertainty)) found = std::move(writer);
  }
  if (found || is_clean || is_of_aws(*project_.pool, function, path)) return found;
  const std::string_view name = last_part(path);
  return EventWriter{
      .field = name.empty() ? std::string("the whole event") : cat("'", name, "' of the event"),
      .who = triggers.empty() ? "whoever may invoke it" : "whoever sends the event",
      .uncertainty = kHeuristic};
}

}  // namespace fnlint
