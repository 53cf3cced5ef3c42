#include "tables/cdk_filters.h"

#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// What `data/cdk_constructs.yaml` writes after a bar: "props.topic | arn".
namespace fnlint::cdk {

// One use of a filter, and what the filters do; `first`: of what stands before the bar.
struct CdkApp::Filter {
  CdkApp& app;
  std::string_view name, argument;
  const std::vector<PlacedDatum>& heads;
  const Names& names;
  DatumId first = {};

  [[nodiscard]] Interpreter& program() const { return *app.p_; }
  [[nodiscard]] DatumId settled() const { return program().settled(first); }
  [[nodiscard]] DatumId text(std::string_view one) const {
    return program().text(std::string(one));
  }
  [[nodiscard]] DatumId member(std::string_view of) const { return app.entry(first, of).value; }
  [[nodiscard]] std::string text_or(DatumId one, std::string_view otherwise) const {
    return std::string(one.exists() ? program().text_of(one).value_or(otherwise) : otherwise);
  }
  // Of what was made, where it is of that type; null: it is not, or has no such property.
  [[nodiscard]] const Slot* property_of(DatumId made, std::string_view property,
                                        std::string_view type = {}) const {
    const std::uint32_t row = made.exists() ? app.made_row(made) : UINT32_MAX;
    if (row == UINT32_MAX || (!type.empty() && app.made_[row].type != type)) return nullptr;
    return program().slot(app.made_[row].properties, property);
  }
  // The number, or each of several, in other units.
  [[nodiscard]] DatumId scaled(double by, double per) const {
    return app.each(first, [&](DatumId one) {
      return program().is(one, DatumKind::Number)
                 ? program().number(program()[one].number * by / per)
                 : one;
    });
  }
  [[nodiscard]] DatumId arn_and(std::string_view end) const {
    return program().concat({app.arn_of(settled()), text(end)});
  }

  // Of a table whose import tells of none: nothing.
  [[nodiscard]] DatumId indexes() const {
    return program().slot(settled(), "<NoIndexes>") != nullptr ? DatumId{} : arn_and("/index/*");
  }

  DatumId given() const;
  DatumId topic(bool is_wanted) const;
  DatumId nodejs_handler() const;
  DatumId python_handler() const;
  DatumId rust_folder() const;
  DatumId inline_code(bool of_file) const;
  DatumId inline_handler() const;
  DatumId attribute_of(DatumId given, std::string_view wanted) const;
  DatumId function_of() const;
  DatumId if_true(bool wanted) const;
  DatumId by_truth(std::string_view yes, DatumId no) const;
  DatumId if_equal() const;
  DatumId by_case() const;
  DatumId folder() const;
  DatumId file() const;
  DatumId notifications() const;
  DatumId proxied() const;
  DatumId in_arn() const;
  DatumId invoke_uri() const;
  DatumId alias_resource() const;
  DatumId execute_arn() const;
  DatumId api_resource() const;
  DatumId weights() const;
  DatumId latest() const;
  DatumId inline_policies() const;
  DatumId method_settings() const;
  DatumId settings_of(const PlacedDatum& options, std::string_view path) const;
  DatumId secret_text() const;
  DatumId instance(std::string_view cls, std::vector<Slot> fields) const;
  DatumId made_of() const;
  DatumId of_class() const;
};

// The first that the program gives.
DatumId CdkApp::Filter::given() const {
  for (const PlacedDatum& one : heads)
    if (one.value.exists() && !program().is(program().settled(one.value), DatumKind::Absent))
      return one.value;
  return {};
}

// The ARN of the first that is a topic, or that is none.
DatumId CdkApp::Filter::topic(bool is_wanted) const {
  for (const PlacedDatum& one : heads) {
    if (!one.value.exists()) continue;
    const std::uint32_t row = app.made_row(one.value);
    const DatumId value = program().settled(one.value);
    const bool is_topic = row != UINT32_MAX ? app.made_[row].type == "AWS::SNS::Topic"
                                            : app.class_of(value) == "awssns.Topic";
    if (is_topic == is_wanted) return app.arn_of(value);
  }
  return {};
}

// The bundle is index.js; its source says more, where a handler's name can say it.
DatumId CdkApp::Filter::nodejs_handler() const {
  if (!first.exists()) return {};
  const DatumId path = member("entry"), handler = member("handler");
  const std::string whole = text_or(path, ""), file(file_name_of(whole));
  std::string stem = file.substr(0, file.rfind('.'));
  if (stem.empty() || stem.find('.') != std::string::npos) stem = "index";
  if (handler.exists() && !program().text_of(handler)) return handler;
  const std::string symbol = text_or(handler, "handler");
  return text(cat(stem, '.', symbol.substr(symbol.rfind('.') + 1)));
}

DatumId CdkApp::Filter::python_handler() const {
  if (!first.exists()) return {};
  const std::string file = text_or(member("index"), "index.py");
  return text(cat(file.substr(0, file.rfind('.')), '.', text_or(member("handler"), "handler")));
}

DatumId CdkApp::Filter::rust_folder() const {
  if (!first.exists()) return {};
  for (const std::string_view of : {"manifestPath", "entry", "directory"}) {
    const DatumId path = member(of);
    const auto one = path.exists() ? program().text_of(path) : std::nullopt;
    if (!one) continue;
    const bool is_file = one->ends_with(".toml") || one->ends_with(".rs");
    const std::string folder = is_file ? std::string(folder_of(*one)) : std::string(*one);
    return app.path_below_app(text(folder.empty() ? "." : folder));
  }
  return text(".");
}

DatumId CdkApp::Filter::inline_code(bool of_file) const {
  const DatumId code = settled();
  const bool is_file = program().is(code, DatumKind::Object) && program()[code].text == "<file>";
  if (is_file != of_file) return {};
  return is_file ? app.path_below_app(program().slot(code, "path")->value) : code;
}

// "index.handler" of a file of another name.
DatumId CdkApp::Filter::inline_handler() const {
  const auto path = program().text_of(first);
  const PlacedDatum* target = names.find("target");
  const Slot* handler = target != nullptr ? property_of(target->value, "Handler") : nullptr;
  const auto symbol = handler != nullptr ? program().text_of(handler->value) : std::nullopt;
  if (!path || !symbol) return {};
  const std::string file(file_name_of(*path));
  return text(cat(file.substr(0, file.rfind('.')), symbol->substr(symbol->rfind('.'))));
}

DatumId CdkApp::Filter::attribute_of(DatumId given, std::string_view wanted) const {
  return app.each(given, [&](DatumId one) {
    const std::uint32_t row = app.made_row(one);
    if (const Slot* own = program().slot(one, cat('<', wanted, '>'))) return own->value;
    if (row == UINT32_MAX) return app.arn_of(one);
    if (wanted != "FunctionName" || app.made_[row].type != "AWS::Lambda::Version")
      return app.reference(app.made_[row].address, wanted);
    const Slot* of = property_of(one, "FunctionName");
    return of != nullptr ? of->value : program().unknown("the function of a version");
  });
}

DatumId CdkApp::Filter::function_of() const {
  const Slot* of = property_of(first, "FunctionName", "AWS::Lambda::Version");
  return of != nullptr ? of->value : app.ref_of(settled());
}

DatumId CdkApp::Filter::if_true(bool wanted) const {
  const DatumId is = program().truth(first);
  return program().is(is, DatumKind::Bool) && program()[is].truth == wanted ? first : DatumId{};
}

DatumId CdkApp::Filter::by_truth(std::string_view yes, DatumId no) const {
  const DatumId is = program().truth(first), chosen = text(yes);
  if (program().is(is, DatumKind::Bool)) return program()[is].truth ? chosen : no;
  if (program().is(is, DatumKind::Unknown)) return is;
  // Nobody says that a context is not given: that chooses neither.
  if (first.exists() && context_of(program(), app.inputs_, program().settled(first)) != nullptr)
    return program().unknown("what a context switches");
  return program().choice(program().condition_of(is), chosen, no);
}

DatumId CdkApp::Filter::if_equal() const {
  const auto one = program().text_of(app.plain(program(), first));
  return one && *one == argument ? first : DatumId{};
}

DatumId CdkApp::Filter::by_case() const {
  return app.each(first, [&](DatumId one) {
    const auto setting = program().text_of(app.plain(program(), one));
    if (!setting) return program().unknown("one of several settings");
    for (const std::string_view row : split(argument, ' ')) {
      if (!row.starts_with(cat(*setting, '='))) continue;
      const std::string_view meant = row.substr(setting->size() + 1);
      return meant == "?" ? program().unknown("what the construct makes itself") : text(meant);
    }
    return program().absent();
  });
}

DatumId CdkApp::Filter::folder() const {
  const auto path = program().text_of(first);
  if (!path) return program().unknown("an unknown path");
  const std::string_view above = folder_of(*path);
  return app.path_below_app(text(above.empty() ? "." : above));
}

DatumId CdkApp::Filter::file() const {
  const auto path = program().text_of(first);
  return path ? text(file_name_of(*path)) : program().unknown("an unknown path");
}

DatumId CdkApp::Filter::notifications() const {
  std::vector<Slot> out;
  const PlacedDatum events = app.entry(first, "events"), filters = app.entry(first, "filters");
  if (events.value.exists())
    out.push_back({"Event", app.plain(program(), events.value), events.key, events.where});
  const DatumId rules = filters.value.exists() ? app.key_rules(filters.value) : DatumId{};
  if (rules.exists()) {
    const DatumId key = program().record({{.name = "Rules", .value = rules}});
    const DatumId s3 = program().record({{.name = "S3Key", .value = key}});
    out.push_back({"Filter", s3, filters.key, filters.where});
  }
  return program().record(std::move(out));
}

// LambdaRestApi: every method, unless the program says `proxy: false`.
DatumId CdkApp::Filter::proxied() const {
  const DatumId handler = member("handler"), proxy = member("proxy");
  const DatumId is = proxy.exists() ? program().truth(proxy) : program().boolean(true);
  return program().is(is, DatumKind::Bool) && !program()[is].truth ? DatumId{} : handler;
}

// "events event-bus/": of what has that name.
DatumId CdkApp::Filter::in_arn() const {
  const std::size_t space = argument.find(' ');
  return program().concat(
      {app.pseudo_arn(argument.substr(0, space)), text(argument.substr(space + 1)), first});
}

DatumId CdkApp::Filter::invoke_uri() const {
  return program().concat(
      {text("arn:aws:apigateway:"), program().token("Ref", std::array{text("AWS::Region")}),
       text(":lambda:path/2015-03-31/functions/"), app.arn_of(settled()), text("/invocations")});
}

DatumId CdkApp::Filter::alias_resource() const {
  const Slot* alias = property_of(first, "Name");
  const Slot* of = property_of(first, "FunctionName");
  if (alias == nullptr || of == nullptr) return program().unknown("the alias that is scaled");
  return program().concat({text("function:"), of->value, text(":"), alias->value});
}

DatumId CdkApp::Filter::execute_arn() const {
  const auto part = [&](std::string_view of, std::string_view otherwise) {
    const PlacedDatum* one = names.find(of);
    return one != nullptr ? app.plain(program(), one->value) : text(otherwise);
  };
  const DatumId path = part("path", "/*");
  return program().concat({app.pseudo_arn("execute-api"), app.ref_of(settled()), text("/"),
                           part("stage", "*"), text("/"), part("method", "*"), path});
}

DatumId CdkApp::Filter::api_resource() const {
  std::vector<Slot> fields{{.name = "api", .value = settled()}};
  for (const std::string_view of : {"integration", "handler", "methods"})
    if (const Slot* slot = program().slot(settled(), of))
      fields.push_back({.name = std::string(of), .value = slot->value});
  fields.push_back({.name = "<is>", .value = text("awsapigateway.Resource")});
  return program().object("aws-cdk-lib.aws-apigateway.Resource", std::move(fields));
}

// What an alias gives to other versions.
DatumId CdkApp::Filter::weights() const {
  return app.each(first, [&](DatumId item) {
    const PlacedDatum version = app.entry(item, "version"), weight = app.entry(item, "weight");
    if (!version.value.exists() || !weight.value.exists())
      return program().unknown("the weight of a version");
    const DatumId of = attribute_of(program().settled(version.value), "Version");
    return program().record(
        {{"FunctionVersion", of, version.key, version.where},
         {"FunctionWeight", app.plain(program(), weight.value), weight.key, weight.where}});
  });
}

// $LATEST of a function, which is no resource.
DatumId CdkApp::Filter::latest() const {
  const DatumId arn = arn_and(":$LATEST"), of = app.ref_of(settled());
  return instance("awslambda.Version", {{.name = "<Ref>", .value = arn},
                                        {.name = "<Arn>", .value = arn},
                                        {.name = "<FunctionName>", .value = of},
                                        {.name = "<Version>", .value = text("$LATEST")},
                                        {.name = "lambda", .value = settled()}});
}

DatumId CdkApp::Filter::inline_policies() const {
  const Datum row = program()[settled()];
  std::vector<Slot> out;
  for (const Slot& one : row.slots) {
    const DatumId list = app.statements(app.entry(one.value, "statements").value);
    const DatumId document = program().record({{.name = "Statement", .value = list}});
    const DatumId policy = program().record({{.name = "PolicyName", .value = text(one.name)},
                                             {.name = "PolicyDocument", .value = document}});
    out.push_back({.value = policy, .key = one.key, .where = one.where});
  }
  return program().list(std::move(out), row.kind != DatumKind::Record || row.open);
}

// Of one path, "/orders/POST": what a stage says of its methods.
DatumId CdkApp::Filter::settings_of(const PlacedDatum& options, std::string_view path) const {
  const std::size_t slash = path.rfind('/');
  const auto slot = [&](std::string_view key, DatumId value) {
    return Slot{std::string(key), value, options.key, options.where};
  };
  std::vector<Slot> out{
      slot("ResourcePath", text(slash == path.npos || slash == 0 ? "/" : path.substr(0, slash))),
      slot("HttpMethod", text(path.substr(slash == path.npos ? 0 : slash + 1)))};
  const std::size_t before = out.size();
  for (const auto& [member, property] : known::method_settings()) {
    const PlacedDatum one = app.entry(options.value, member);
    if (one.value.exists())
      out.push_back({std::string(property), app.plain(program(), one.value), one.key, one.where});
  }
  return out.size() > before ? program().record(std::move(out)) : DatumId{};
}

DatumId CdkApp::Filter::method_settings() const {
  std::vector<Slot> out;
  const auto add = [&](const PlacedDatum& options, std::string_view path) {
    const DatumId settings = settings_of(options, path);
    if (settings.exists())
      out.push_back({.value = settings, .key = options.key, .where = options.where});
  };
  const PlacedDatum& all = heads.front();
  add(all, "/*/*");
  const PlacedDatum paths = app.entry(first, "methodOptions");
  const DatumId methods = paths.value.exists() ? program().settled(paths.value) : DatumId{};
  const bool is_known = program().is(methods, DatumKind::Record);
  if (is_known)
    for (const Slot& one : std::vector<Slot>(program()[methods].slots))
      add({one.value, one.key, one.where}, one.name);
  const bool is_open = methods.exists() && (!is_known || program()[methods].open);
  return out.empty() && !is_open ? DatumId{} : program().list(std::move(out), is_open);
}

DatumId CdkApp::Filter::secret_text() const {
  return program().token("Fn::Resolve",
                         std::array{text("secretsmanager"), app.plain(program(), first)});
}

// An object of a class of the CDK that no program names.
DatumId CdkApp::Filter::instance(std::string_view cls, std::vector<Slot> fields) const {
  fields.push_back({.name = "<is>", .value = text(cls)});
  return program().object(cat("aws-cdk-lib.", cls), std::move(fields));
}

// An object of a class of the CDK, made with what stands before the bar.
DatumId CdkApp::Filter::made_of() const {
  std::vector<Slot> given;
  for (const PlacedDatum& one : heads)
    given.push_back({std::to_string(given.size()),
                     one.value.exists() ? one.value : program().absent(), one.key, one.where});
  return program().object(cat("aws-cdk-lib.", argument),
                          {{.name = "<args>", .value = program().record(std::move(given))}});
}

// What is of that class, or of one that extends it.
DatumId CdkApp::Filter::of_class() const {
  if (!program().is(settled(), DatumKind::Object)) return {};
  std::string cls = app.class_of(settled());
  for (int i = 0; i < kDeepest && !cls.empty(); ++i) {
    if (cls == argument) return settled();
    const CdkClass* row = find_cdk_class(cls);
    cls = row != nullptr ? std::string(row->base) : std::string();
  }
  return {};
}

namespace {

constexpr std::string_view kOfSst = "sst-";

constexpr bool is_own_of_sst(std::string_view name) {
  return name.starts_with(kOfSst) && name != "sst-function";
}

// Each name of the list has its row, but for those that sst_filter() has, and each row its name.
constexpr bool is_all(const auto& some, const auto& others) {
  const auto has = [](const auto& rows, std::string_view name) {
    return std::ranges::any_of(rows, [&](const auto& row) { return row.name == name; });
  };
  return std::ranges::all_of(kCdkFilters,
                             [&](std::string_view name) {
                               return is_own_of_sst(name) || has(some, name) || has(others, name);
                             }) &&
         std::ranges::all_of(some, [](const auto& row) { return is_cdk_filter(row.name); }) &&
         std::ranges::all_of(others, [](const auto& row) { return is_cdk_filter(row.name); });
}

}  // namespace

DatumId CdkApp::filtered(std::string_view filter, std::string_view argument,
                         std::vector<PlacedDatum>& heads, const Names& names) {
  struct Row {
    std::string_view name;
    DatumId (*gives)(const Filter&);
  };
  using F = const Filter&;
  // Of all that stands before the bar, there or not.
  static constexpr auto kOfAll = std::to_array<Row>({
      {"given", [](F f) { return f.given(); }},
      {"new", [](F f) { return f.made_of(); }},
      {"nodejs-handler", [](F f) { return f.nodejs_handler(); }},
      {"other", [](F f) { return f.topic(false); }},
      {"python-handler", [](F f) { return f.python_handler(); }},
      {"rust-folder", [](F f) { return f.rust_folder(); }},
      {"sst2-function", [](F f) { return f.app.stacks_function(f.heads, f.names.self); }},
      {"sst2-props",
       [](F f) {
         return f.app.stacks_properties(f.first, f.heads.size() > 1 ? f.heads[1].value : DatumId{});
       }},
      {"sst2-source", [](F f) { return f.app.stacks_source(f.heads); }},
      {"topic", [](F f) { return f.topic(true); }},
  });
  // Of the first, where it is there.
  static constexpr auto kOfFirst = std::to_array<Row>({
      {"alias-resource", [](F f) { return f.alias_resource(); }},
      {"api-resource", [](F f) { return f.api_resource(); }},
      {"arn",
       [](F f) { return f.app.each(f.first, [&](DatumId one) { return f.app.arn_of(one); }); }},
      {"asset",
       [](F f) {
         return f.app.each(f.first, [&](DatumId one) { return f.app.path_below_app(one); });
       }},
      {"attr", [](F f) { return f.attribute_of(f.first, f.argument); }},
      {"bytes", [](F f) { return f.scaled(1048576, 1); }},  // sizes are in MiB
      {"case", [](F f) { return f.by_case(); }},
      {"class", [](F f) { return f.of_class(); }},
      {"code", [](F f) { return f.app.code_object(f.first, f.names); }},
      {"construct",
       [](F f) { return f.program().is(f.settled(), DatumKind::Object) ? f.settled() : DatumId{}; }},
      {"context", [](F f) { return f.app.configured(f.text_or(f.first, "")); }},
      {"days", [](F f) { return f.scaled(1, 86400); }},
      {"definition", [](F f) { return f.app.definition(f.first); }},
      {"each", [](F f) { return f.app.plain(f.program(), f.first); }},
      {"event-pattern", [](F f) { return f.app.event_pattern(f.first); }},
      {"execute-arn", [](F f) { return f.execute_arn(); }},
      {"false", [](F f) { return f.if_true(false); }},
      {"file", [](F f) { return f.file(); }},
      {"folder", [](F f) { return f.folder(); }},
      {"function-arn",
       [](F f) {
         return f.program().concat({f.app.pseudo_arn("lambda"), f.text("function:"), f.first});
       }},
      {"function-of", [](F f) { return f.function_of(); }},
      {"hidden",
       [](F f) {
         return f.app.each(
             f.first, [&](DatumId) { return f.program().unknown("what another construct gives"); });
       }},
      {"if", [](F f) { return f.by_truth(f.argument, f.program().absent()); }},
      {"in-arn", [](F f) { return f.in_arn(); }},
      {"indexes", [](F f) { return f.indexes(); }},
      {"inline-file", [](F f) { return f.inline_code(true); }},
      {"inline-handler", [](F f) { return f.inline_handler(); }},
      {"inline-policies", [](F f) { return f.inline_policies(); }},
      {"inline-text", [](F f) { return f.inline_code(false); }},
      {"input-object", [](F f) { return f.app.input_object(f.first); }},
      {"invoke-uri", [](F f) { return f.invoke_uri(); }},
      {"is", [](F f) { return f.if_equal(); }},
      {"items", [](F f) { return f.app.items(f.first, f.argument); }},
      {"key-rules", [](F f) { return f.app.key_rules(f.first); }},
      {"latest", [](F f) { return f.latest(); }},
      {"last-part", [](F f) { return f.app.last_part(f.settled(), f.argument); }},
      {"made-secret",
       [](F f) {
         const DatumId named = f.text(cat("of ", f.app.address_of(f.settled())));
         return f.instance("awssecretsmanager.Secret", {{.name = "<Ref>", .value = named}});
       }},
      {"method-settings", [](F f) { return f.method_settings(); }},
      {"notifications", [](F f) { return f.notifications(); }},
      {"objects", [](F f) { return f.arn_and("/*"); }},
      {"own-logs",
       [](F f) {
         const DatumId group =
             f.program().concat({f.text("/aws/lambda/"), f.app.ref_of(f.settled())});
         return f.instance("awslogs.LogGroup", {{.name = "<Ref>", .value = group}});
       }},
      {"parts", [](F f) { return f.arn_and("/*"); }},
      {"principal", [](F f) { return f.app.principal(f.first); }},
      {"principals", [](F f) { return f.app.principals(f.first); }},
      {"proxied", [](F f) { return f.proxied(); }},
      {"ref",
       [](F f) { return f.app.each(f.first, [&](DatumId one) { return f.app.ref_of(one); }); }},
      {"secret-text", [](F f) { return f.secret_text(); }},
      {"secret-value",
       [](F f) { return f.instance("SecretValue", {{.name = "text", .value = f.secret_text()}}); }},
      {"sst-function", [](F f) { return f.app.sst_function(f.first, f.names.self); }},
      {"sst2-events", [](F f) { return f.app.stacks_events(f.first); }},
      {"statement", [](F f) { return f.app.statement(f.first); }},
      {"statements", [](F f) { return f.app.statements(f.first); }},
      {"switch", [](F f) { return f.by_truth("ENABLED", f.text("DISABLED")); }},
      {"true", [](F f) { return f.if_true(true); }},
      {"unknown", [](F f) { return f.program().unknown(f.text_or(f.first, "")); }},
      {"versions", [](F f) { return f.arn_and(":*"); }},
      {"weights", [](F f) { return f.weights(); }},
  });
  static_assert(is_all(kOfAll, kOfFirst));
  const Filter use{*this, filter, argument,
                   heads, names,  heads.empty() ? DatumId{} : heads.front().value};
  if (const auto* row = std::ranges::find(kOfAll, filter, &Row::name); row != kOfAll.end())
    return row->gives(use);
  if (!use.first.exists()) return {};
  if (const auto* row = std::ranges::find(kOfFirst, filter, &Row::name); row != kOfFirst.end())
    return row->gives(use);
  return each(use.first,
              [&](DatumId one) { return sst_filter(filter.substr(kOfSst.size()), one); });
}

}  // namespace fnlint::cdk
