// SST's components (v3): as the CDK's constructs, from the same table; what is no table is here.
#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

// What a bucket tells of, unless it is said.
constexpr std::array<std::string_view, 6> kAllEvents{
    "s3:ObjectCreated:*", "s3:ObjectRemoved:*",       "s3:ObjectRestore:*",
    "s3:ObjectTagging:*", "s3:LifecycleExpiration:*", "s3:ObjectAcl:Put"};

// "5 minutes" in seconds, "1 GB" in megabytes.
std::optional<double> amount(std::string_view text,
                             std::span<const std::pair<std::string_view, double>> units) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto number = double_of(text.substr(0, space));
  for (const auto& [unit, times] : units)
    if (number && text.substr(space + 1).starts_with(unit)) return *number * times;
  return std::nullopt;
}
constexpr std::pair<std::string_view, double> kTimes[] = {
    {"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}};
constexpr std::pair<std::string_view, double> kSizes[] = {{"MB", 1}, {"GB", 1024}};

// "1 week" in days; "forever" is none.
DatumId days_kept(Interpreter& program, std::optional<std::string_view> text) {
  const CdkValue* days = text ? find_cdk_value(cat("sst.Retention.", *text)) : nullptr;
  if (days != nullptr) return program.text(std::string(days->text));
  return text == "forever" ? DatumId{} : program.unknown("how long a log is kept");
}

// The properties of a function, but for its handler and runtime.
DatumId without_handler(Interpreter& program, DatumId given) {
  const Datum record = program[program.settled(given)];
  if (record.kind != DatumKind::Record) return given;
  std::vector<Slot> slots;
  std::ranges::copy_if(record.slots, std::back_inserter(slots), [](const Slot& one) {
    return one.name != "handler" && one.name != "runtime";
  });
  return program.record(std::move(slots), record.open);
}

// "new-and-old-images"
std::string in_capitals(std::string_view text) {
  std::string name(text);
  for (char& c : name)
    c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

}  // namespace

// $config({ app, run }), $interpolate`...`, $concat(a, b), $jsonStringify(x)
DatumId CdkApp::sst_call(const LibraryUse& use) {
  const std::vector<Slot>& given = use.arguments.given;
  if (use.path == "$config" && !given.empty())
    return p_->call_method(given[0].value, "run", {}, use.where);
  if (use.path == "$concat") {
    std::vector<DatumId> parts;
    for (const Slot& one : given) parts.push_back(one.value);
    return p_->concat(std::move(parts));
  }
  if (use.path == "$jsonStringify") return json_text(use.arguments);
  if (use.path == "$transform") {
    note("what $transform changes cannot be determined", use.where);
    const DatumId cls = given.empty() ? DatumId{} : p_->settled(given[0].value);
    const bool is_known = cls.exists() && p_->is(cls, DatumKind::Library);
    transformed_.emplace_back(is_known ? cdk_path((*p_)[cls].text) : std::string(), use.where);
  }
  return p_->unknown(cat("what ", use.path, " gives"));
}

// sst.aws.Bus.subscribe(name, arn, handler): of what is not the program's. Its functions are.
DatumId CdkApp::sst_static(const LibraryUse& use) {
  note(cat("what ", use.path, " subscribes to cannot be determined"), use.where);
  const DatumId made = p_->object(use.path, {});
  for (const Slot& one : use.arguments.given)
    if (entry(one.value, "handler").value.exists()) sst_function(one.value, made);
  return made;
}

DatumId CdkApp::apply_call(const CdkRule& rule, const LibraryUse& use, std::vector<Slot> given) {
  Arguments arguments;
  for (std::size_t i = 0; i < given.size(); ++i) {
    arguments.given.push_back(given[i]);
    arguments.given.back().name = std::to_string(i);
  }
  Names names = names_of(rule, arguments);
  names.self = use.receiver;
  names.where = use.where;
  return apply(rule, names);
}

// subscribe(name, handler, options) or, as it was, subscribe(handler, options).
DatumId CdkApp::sst_method(const LibraryUse& use, const std::string& cls, std::string_view name) {
  std::vector<Slot> given = use.arguments.given;
  if (cls == "sst.Bucket" && name == "notify") {
    const DatumId all = given.empty() ? DatumId{} : entry(given[0].value, "notifications").value;
    if (!all.exists() || !p_->is(p_->settled(all), DatumKind::List))
      note("what a bucket tells of cannot be determined", use.where);
    else
      for (const Slot& one : std::vector<Slot>((*p_)[p_->settled(all)].slots))
        sst_notify(use, p_->settled(one.value));
    return p_->absent();
  }
  if (!name.starts_with("subscribe")) return {};
  const auto text = [&](std::size_t i) {
    return i < given.size() ? p_->text_of(given[i].value) : std::nullopt;
  };
  const bool has_name = given.size() > 1 && text(0) &&
                        text(0)->find('.') == std::string_view::npos &&
                        (text(1) || entry(given[1].value, "handler").value.exists() ||
                         p_->is(p_->settled(given[1].value), DatumKind::Object) ||
                         p_->is(p_->settled(given[1].value), DatumKind::Token));
  if (has_name) given.erase(given.begin());
  if (cls == "sst.Bucket" && name == "subscribe" && !given.empty()) {
    std::vector<Slot> item{{.name = "function", .value = given[0].value}};
    if (given.size() > 1 && p_->is(p_->settled(given[1].value), DatumKind::Record))
      for (const Slot& one : (*p_)[p_->settled(given[1].value)].slots) item.push_back(one);
    sst_notify(use, p_->record(std::move(item)));
    return p_->absent();
  }
  if (const CdkRule* rule = rule_of(CdkUse::Call, cls, name))
    return apply_call(*rule, use, std::move(given));
  return {};
}

// Each of a notification's events, for CloudFormation has one in each.
bool CdkApp::sst_notify(const LibraryUse& use, DatumId options) {
  // To a function, a queue or a topic.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTo{
      {{"function", "sst.Bucket.notification"},
       {"queue", "sst.Bucket.queueNotification"},
       {"topic", "sst.Bucket.topicNotification"}}};
  PlacedDatum handler;
  const CdkRule* rule = nullptr;
  for (const auto& [member_name, path] : kTo) {
    if (handler.value.exists()) continue;
    handler = entry(options, member_name);
    rule = find_cdk_rule(CdkUse::Call, path);
  }
  if (rule == nullptr || !handler.value.exists()) return false;
  const bool is_function = rule->path == kTo[0].second;
  const DatumId function = is_function ? sst_function(p_->settled(handler.value), use.receiver)
                                       : p_->settled(handler.value);
  std::vector<DatumId> events;
  const DatumId given = entry(options, "events").value;
  if (given.exists() && p_->is(p_->settled(given), DatumKind::List))
    for (const Slot& one : (*p_)[p_->settled(given)].slots) events.push_back(one.value);
  if (!given.exists())
    for (const std::string_view one : kAllEvents) events.push_back(p_->text(std::string(one)));
  for (const DatumId event : events)
    apply_call(*rule, use,
               {{"0", function, handler.key, handler.where},
                {"1", event, handler.key, handler.where},
                {"2", options, handler.key, handler.where}});
  return true;
}

// transform: { route: { handler: ... } }, { function: ... }, among what the component was made
// with.
DatumId CdkApp::transform_of_functions(DatumId component) {
  const Slot* const made = component.exists() ? p_->slot(component, "<args>") : nullptr;
  if (made == nullptr) return {};
  for (const Slot& given : std::vector<Slot>((*p_)[made->value].slots)) {
    const DatumId transform = entry(given.value, "transform").value;
    if (!transform.exists()) continue;
    for (const std::string_view part : {"route", "function", "handler", "subscriber"})
      if (const DatumId value = entry(transform, part).value; value.exists()) return value;
  }
  return {};
}

// A function that is there, or that is written in its place: a handler, or properties with one.
DatumId CdkApp::sst_function(DatumId given, DatumId component) {
  const DatumId value = given.exists() ? p_->settled(given) : p_->absent();
  const bool is_handler = p_->is(value, DatumKind::Text);
  if (is_handler && p_->text_of(value)->starts_with("arn:")) return value;
  if (!is_handler && !p_->is(value, DatumKind::Record)) return value;
  const CodePlace where = p_->place();
  DatumId properties =
      is_handler ? p_->record({{.name = "handler", .value = value, .key = where, .where = where}})
                 : value;
  // What the component does to its functions, whoever writes them.
  if (const DatumId transform = transform_of_functions(component); transform.exists()) {
    std::vector<Slot> slots = (*p_)[properties].slots;
    slots.push_back({.name = "transform", .value = transform, .key = where, .where = where});
    properties = p_->record(std::move(slots));
  }
  const std::string above = address_of(component);
  const std::string id = cat(above, above.empty() ? "" : "/", "Handler", ++subscribers_);
  Arguments arguments;
  arguments.given = {{.name = "0", .value = p_->text(id), .key = where, .where = where},
                     {.name = "1", .value = properties, .key = where, .where = where}};
  const LibraryUse use{.path = "sst.aws.Function",
                       .arguments = arguments,
                       .constructs = true,
                       .language = p_->language(),
                       .where = where};
  return construct(cdk_path(use.path), use, {});
}

// "packages/functions/src/orders.main": the folder of the file, and "orders.main" in it. A bundle
// is deployed as it is; of Go and Rust the handler is the program's folder.
DatumId CdkApp::sst_handler(std::string_view part, DatumId properties) {
  const DatumId handler = entry(properties, "handler").value,
                bundle = entry(properties, "bundle").value;
  const DatumId runtime = entry(properties, "runtime").value;
  const std::string language(runtime.exists() ? p_->text_of(runtime).value_or("")
                                              : std::string_view("nodejs"));
  const bool compiled = language.starts_with("go") || language == "rust";
  if (part == "build") {
    if (bundle.exists() || language.empty()) return {};
    return p_->text(language.starts_with("go")   ? "go"
                    : language == "rust"         ? "rust-cargolambda"
                    : language.starts_with("py") ? "cdk"
                                                 : "esbuild");
  }
  const auto text = handler.exists() ? p_->text_of(handler) : std::nullopt;
  if (!text) return p_->unknown("an unknown handler");
  if (bundle.exists()) return part == "code" ? path_below_app(p_->settled(bundle)) : handler;
  if (compiled) return part == "code" ? path_below_app(handler) : p_->text("bootstrap");
  const std::string folder =
      language.starts_with("py") ? python_root(*text) : std::string(folder_of(*text));
  if (part == "code") return path_below_app(p_->text(folder.empty() ? "." : folder));
  return p_->text(std::string(text->substr(folder.empty() ? 0 : folder.size() + 1)));
}

// Of Python the folder next above the handler that says what it needs is packaged whole. Source:
// sst/v2 packages/sst/src/runtime/handlers/python.ts (findSrc); v3 packages/sst/src/runtime/python.
std::string CdkApp::python_root(std::string_view handler) const {
  for (std::string folder(folder_of(handler));; folder = std::string(folder_of(folder))) {
    for (const char* name : {"requirements.txt", "Pipfile", "poetry.lock", "pyproject.toml"})
      if (files_.kind(join_path(app_.folder, join_path(folder, name))) == EntryKind::File)
        return folder;
    if (folder.empty()) return std::string(folder_of(handler));
  }
}

DatumId CdkApp::sst_filter(std::string_view filter, DatumId given) {
  if (filter == "code" || filter == "handler" || filter == "build")
    return sst_handler(filter, given);
  if (filter == "any")  // every event of a bus
    return p_->list({{.value = p_->record({{.name = "prefix", .value = p_->text("")}})}});
  const auto text = p_->text_of(given);
  if (filter == "runtime") {
    if (!text) return plain(*p_, given);
    return p_->text(text->starts_with("go") || *text == "rust" ? "provided.al2023"
                                                               : std::string(*text));
  }
  if (filter == "duration" || filter == "size") {
    if (p_->is(given, DatumKind::Number)) return given;
    std::optional<double> known;
    if (text) known = filter == "size" ? amount(*text, kSizes) : amount(*text, kTimes);
    return known ? p_->number(*known) : p_->unknown("a duration or size");
  }
  if (filter == "retention") return days_kept(*p_, text);
  if (filter == "bare") return without_handler(*p_, given);
  if (filter == "stream") {  // true: both images
    if (p_->is(given, DatumKind::Bool))
      return (*p_)[given].truth ? p_->text("NEW_AND_OLD_IMAGES") : DatumId{};
    return sst_filter("upper", given);
  }
  if (filter == "upper") return text ? p_->text(in_capitals(*text)) : plain(*p_, given);
  if (filter == "statements") {
    const DatumId actions = entry(given, "actions").value, on = entry(given, "resources").value;
    const DatumId effect = entry(given, "effect").value;
    const bool denies = effect.exists() && p_->text_of(effect).value_or("") == "deny";
    if (!actions.exists() || !on.exists()) return p_->unknown("a permission");
    return p_->record({{.name = "Effect", .value = p_->text(denies ? "Deny" : "Allow")},
                       {.name = "Action", .value = plain(*p_, actions)},
                       {.name = "Resource", .value = plain(*p_, on)}});
  }
  if (filter == "filters") {  // patterns, as they are
    Arguments one;
    one.given = {{.name = "0", .value = given}};
    const DatumId pattern = json_text(one);
    return p_->record(
        {{.name = "Pattern", .value = pattern.exists() ? pattern : p_->unknown("a filter")}});
  }
  if (filter == "key-rules") {
    const DatumId prefix = entry(given, "filterPrefix").value,
                  suffix = entry(given, "filterSuffix").value;
    std::vector<Slot> rules;
    for (const auto& [name, value] : {std::pair{"prefix", prefix}, std::pair{"suffix", suffix}})
      if (value.exists())
        rules.push_back({.value = p_->record({{.name = "Name", .value = p_->text(name)},
                                              {.name = "Value", .value = plain(*p_, value)}})});
    const DatumId old = entry(given, "filters").value;  // [{ name: "key", prefix, suffix }]
    if (old.exists()) return key_rules(old);
    return rules.empty() ? DatumId{} : p_->list(std::move(rules));
  }
  return p_->unknown(cat("'", filter, "' of a value"));
}

}  // namespace fnlint::cdk
