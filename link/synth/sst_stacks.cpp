// SST 1 and 2: stacks are functions, and constructs are the CDK's with functions that are written
// in their place. What constructs make is in the same table; what is no table is here.
#include "core/text.h"
#include "link/synth/cdk_app.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

constexpr std::string_view kDefaults = "<defaults>", kFunctions = "<functions>",
                           kPermitted = "<permitted>";
// Properties that a function has beside those of its stack, not in their place.
constexpr std::array<std::string_view, 3> kAdded{"bind", "layers", "permissions"};
// "addDefaultFunctionEnv": the property that it adds to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAdders{
    {{"addDefaultFunctionEnv", "environment"},
     {"addDefaultFunctionPermissions", "permissions"},
     {"addDefaultFunctionBinding", "bind"},
     {"addDefaultFunctionLayers", "layers"}}};

std::vector<Slot> slots_of(const Interpreter& program, DatumId holder, std::string_view name) {
  const Slot* list = holder.exists() ? program.slot(holder, name) : nullptr;
  return list != nullptr ? program[list->value].slots : std::vector<Slot>{};
}

void keep(Interpreter& program, DatumId holder, std::string_view name, Slot one) {
  if (program.slot(holder, name) == nullptr)
    program.change(holder).slots.push_back({std::string(name), program.list({}), {}, {}});
  program.change(program.slot(holder, name)->value).slots.push_back(std::move(one));
}

}  // namespace

// export default { config, stacks(app) }, or a function of the application.
void CdkApp::start(Interpreter& program) {
  p_ = &program;
  if (!app_.is_sst) return;
  const DatumId exported =
      program.settled(program.member(program.module_value(program.entry()), "default"));
  const bool has_stacks =
      program.is(exported, DatumKind::Record) && program.slot(exported, "stacks") != nullptr;
  if (!has_stacks && !program.is(exported, DatumKind::Function)) return;
  const DatumId stage = input("stage", {});
  DatumId called = program.unknown("the name of the app");
  if (has_stacks && program.slot(exported, "config") != nullptr) {
    Arguments given;
    given.given = {{.name = "0", .value = program.record({{.name = "stage", .value = stage}})}};
    const DatumId own = entry(program.call_method(exported, "config", given, {}), "name").value;
    if (own.exists()) called = own;
  }
  sst_application_ =
      program.object("sst/constructs.App", {{.name = "stage", .value = stage},
                                            {.name = "name", .value = called},
                                            {.name = "local", .value = program.boolean(false)},
                                            {.name = "mode", .value = program.text("deploy")}});
  Arguments application;
  application.given = {{.name = "0", .value = sst_application_}};
  if (has_stacks)
    program.call_method(exported, "stacks", application, {});
  else
    program.call(exported, application, {});
}

// use(Orders): what the stack's function gave.
DatumId CdkApp::stacks_call(const LibraryUse& use, std::string_view name) {
  if ((name != "use" && name != "getStack" && name != "dependsOn") || use.arguments.given.empty())
    return {};
  const Datum& wanted = (*p_)[p_->settled(use.arguments.given[0].value)];
  for (const auto& [function, result] : stack_results_)
    if (name == "use" && wanted.kind == DatumKind::Function && wanted.function == function)
      return result;
  return p_->unknown(cat("what ", name, " of a stack gives"));
}

// The stack of a function has those of the application, as they are when it begins.
void CdkApp::inherit_defaults(DatumId stack) {
  if (!sst_application_.exists()) return;
  p_->set(stack, "stage", entry(sst_application_, "stage").value, {}, {});
  for (Slot one : slots_of(*p_, sst_application_, kDefaults)) {
    if (p_->is(p_->settled(one.value), DatumKind::Function)) {
      Arguments given;
      given.given = {{.name = "0", .value = stack}};
      one.value = p_->call(one.value, given, one.where);
    }
    keep(*p_, stack, kDefaults, one);
  }
}

// app.stack(function Orders({ stack, app }) { ... }, { id })
DatumId CdkApp::begin_stack(const LibraryUse& use) {
  if (use.arguments.given.empty()) return p_->absent();
  const Slot function = use.arguments.given[0];
  const DatumId callee = p_->settled(function.value);
  const DatumId named =
      use.arguments.given.size() > 1 ? entry(use.arguments.given[1].value, "id").value : DatumId{};
  std::string id(named.exists() ? p_->text_of(named).value_or("*") : std::string_view{});
  const Datum row = (*p_)[callee];
  if (row.kind != DatumKind::Function) {
    note("what stacks the app has cannot be determined", use.where);
    return p_->absent();
  }
  const CodeFacts& code = p_->program().facts(row.function.module);
  if (id.empty()) id = code.string(code.functions[row.function.function.index].name);
  Arguments made;
  made.given = {{.name = "0", .value = sst_application_}, {.name = "1", .value = p_->text(id)}};
  const LibraryUse begins{.path = "aws-cdk-lib.Stack",
                          .arguments = made,
                          .constructs = true,
                          .language = p_->language(),
                          .where = use.where};
  const DatumId stack = construct("Stack", begins, {});
  Arguments context;
  context.given = {{.name = "0",
                    .value = p_->record({{.name = "stack", .value = stack},
                                         {.name = "app", .value = sst_application_}})}};
  const DatumId result = p_->call(callee, context, use.where);
  stack_results_.emplace_back(row.function, result);
  return sst_application_;
}

DatumId CdkApp::stacks_method(const LibraryUse& use, const std::string& cls,
                              std::string_view name) {
  const bool is_app = use.receiver == sst_application_;
  if (is_app && name == "stack") return begin_stack(use);
  if (is_app || cls == "Stack") {
    Slot given = use.arguments.given.empty() ? Slot{} : use.arguments.given[0];
    const auto* const adder =
        std::ranges::find(kAdders, name, &std::pair<std::string_view, std::string_view>::first);
    const bool adds = adder != kAdders.end();
    if (!given.value.exists() || (!adds && name != "setDefaultFunctionProps"))
      return is_app ? p_->absent() : DatumId{};
    if (adds)
      given.value = p_->record({{std::string(adder->second), given.value, given.key, given.where}});
    keep(*p_, use.receiver, kDefaults, given);
    return p_->absent();
  }
  if (!cls.starts_with(kSstStacks)) return {};
  if (name == "bind" || name == "attachPermissions") {
    permit_all(use);
    return p_->absent();
  }
  if (name != "getFunction" || use.arguments.given.empty()) return {};
  const auto key = p_->text_of(use.arguments.given[0].value);
  for (const Slot& one : slots_of(*p_, use.receiver, kFunctions))
    if (key && one.name == *key) return one.value;
  return {};
}

// What the function has of both: its own in place of the other's, but for what adds up.
DatumId CdkApp::merged_properties(DatumId base, DatumId own) {
  std::vector<Slot> slots;
  bool open = false;
  p_->spread_into(slots, base, open);
  std::vector<Slot> mine;
  p_->spread_into(mine, own, open);
  for (Slot& one : mine) {
    const auto old = std::ranges::find(slots, one.name, &Slot::name);
    if (old == slots.end()) {
      slots.push_back(one);
      continue;
    }
    const bool adds = std::ranges::find(kAdded, one.name) != kAdded.end();
    const auto all = p_->text_of(old->value);
    if (one.name == "environment" || (adds && !all && !p_->text_of(one.value))) {
      std::vector<Slot> both;
      bool more = false;
      p_->spread_into(both, old->value, more);
      p_->spread_into(both, one.value, more);
      one.value = adds ? p_->list(std::move(both), more) : p_->record(std::move(both), more);
    } else if (adds && all) {
      continue;  // "*"
    }
    *old = one;
  }
  return p_->record(std::move(slots), open);
}

// With what its stack and the application set for all functions.
DatumId CdkApp::stacks_properties(DatumId function, DatumId given) {
  DatumId properties = given.exists() ? p_->settled(given) : p_->record({});
  std::vector<Slot> defaults = slots_of(*p_, stack_of(function), kDefaults);
  std::ranges::reverse(defaults);
  for (const Slot& one : defaults) properties = merged_properties(one.value, properties);
  if (!p_->is(properties, DatumKind::Record)) return properties;
  std::vector<Slot> slots = (*p_)[properties].slots;
  for (Slot& one : slots)
    if (one.name == "architecture" && p_->text_of(one.value).value_or("") == "arm_64")
      one.value = p_->text("arm64");
  return p_->record(std::move(slots), (*p_)[properties].open);
}

// What is given: its name, the function or what stands for it, and what its construct sets for all
// of them. "src/a.main", { handler }, { function: ... }, { cdk: { function } }, a function that is
// there.
DatumId CdkApp::stacks_function(std::span<const PlacedDatum> given, DatumId component) {
  if (given.size() < 2 || !given[1].value.exists()) return {};
  DatumId item = p_->settled(given[1].value);
  const CodePlace where = given[1].where.module.exists() ? given[1].where : p_->place();
  if (p_->is(item, DatumKind::Record)) {
    const DatumId inner = entry(item, "function").value, cdk = entry(item, "cdk").value;
    const DatumId own = cdk.exists() ? entry(cdk, "function").value : DatumId{};
    if (own.exists() || inner.exists()) item = p_->settled(own.exists() ? own : inner);
  }
  const std::string name(given[0].value.exists() ? p_->text_of(given[0].value).value_or("*")
                                                 : std::string_view{});
  if (p_->is(item, DatumKind::Text))
    item = p_->record({{.name = "handler", .value = item, .key = where, .where = where}});
  if (p_->is(item, DatumKind::Record)) {
    for (const PlacedDatum& all : given.subspan(2))
      if (all.value.exists()) item = merged_properties(p_->settled(all.value), item);
    Arguments made;
    made.given = {
        {"0", component, where, where},
        {"1", p_->text(replace_all(replace_all(name, " ", "_"), "/", "--")), where, where},
        {"2", item, where, where}};
    const LibraryUse use{.path = "sst/constructs.Function",
                         .arguments = made,
                         .constructs = true,
                         .language = p_->language(),
                         .where = where};
    item = construct(cdk_path(use.path), use, {});
  } else if (!p_->is(item, DatumKind::Object)) {
    note("a function of this construct cannot be determined", where);
    return item;
  }
  const std::size_t space = name.find('_');
  keep(*p_, component, kFunctions,
       {name.substr(space == std::string::npos ? 0 : space + 1), item, where, where});
  for (const Slot& one : slots_of(*p_, component, kPermitted))
    permit(item, {one.value, one.key, one.where}, one.where);
  return item;
}

// What a source of events is made with: CDK's properties, and SST's filters.
DatumId CdkApp::stacks_source(std::span<const PlacedDatum> given) {
  const DatumId filters =
      given.size() > 1 && given[1].value.exists() ? p_->settled(given[1].value) : DatumId{};
  std::vector<Slot> slots{{.name = "startingPosition", .value = p_->text("LATEST")}};
  if (filters.exists())
    slots.push_back({"filters",
                     each(filters, [&](DatumId one) { return sst_filter("filters", one); }),
                     given[1].key, given[1].where});
  bool open = false;
  if (!given.empty() && given[0].value.exists()) p_->spread_into(slots, given[0].value, open);
  return p_->record(std::move(slots), open);
}

// ["object_created"], else all that is made or removed.
DatumId CdkApp::stacks_events(DatumId item) {
  const DatumId given =
      p_->is(p_->settled(item), DatumKind::Record) ? entry(item, "events").value : DatumId{};
  if (!given.exists())
    return p_->list(
        {{.value = p_->text("s3:ObjectCreated:*")}, {.value = p_->text("s3:ObjectRemoved:*")}});
  return each(given, [&](DatumId one) {
    const DatumId name = sst_filter("upper", one);
    const auto text = p_->text_of(name);
    const CdkValue* known = text ? find_cdk_value(cat("awss3.EventType.", *text)) : nullptr;
    return known != nullptr ? p_->text(std::string(known->text)) : p_->unknown("an event");
  });
}

// Of a construct: of each of its functions, also of those to come.
void CdkApp::permit_all(const LibraryUse& use) {
  if (use.arguments.given.empty()) return;
  const Slot& given = use.arguments.given[0];
  const PlacedDatum all{given.value, given.key, given.where};
  if (class_of(use.receiver) == cat(kSstStacks, "Function"))
    return permit(use.receiver, all, use.where);
  keep(*p_, use.receiver, kPermitted, given);
  for (const Slot& one : slots_of(*p_, use.receiver, kFunctions)) permit(one.value, all, use.where);
}

// "*", or a list of services' names, actions, constructs, statements and [construct, "grantRead"].
void CdkApp::permit(DatumId function, const PlacedDatum& given, CodePlace where) {
  const std::uint32_t row = granted_row(function);
  if (row == UINT32_MAX || !given.value.exists()) return;
  const DatumId all = p_->settled(given.value);
  if (p_->is(all, DatumKind::Text))
    return permit_one(function, {"", all, given.key, given.where}, where);
  const Datum list = (*p_)[all];
  if (list.kind != DatumKind::List || list.open)
    add_statement(row, p_->unknown("permissions of a function"), where);
  if (list.kind == DatumKind::List)
    for (const Slot& one : list.slots) permit_one(function, one, where);
}

void CdkApp::permit_one(DatumId function, const Slot& one, CodePlace where) {
  const std::uint32_t row = granted_row(function);
  const DatumId value = p_->settled(one.value);
  const auto allow = [&](DatumId actions, DatumId resources) {
    add_statement(row,
                  p_->record({{.name = "Effect", .value = p_->text("Allow")},
                              {.name = "Action", .value = actions},
                              {.name = "Resource", .value = resources}}),
                  where);
  };
  if (const auto text = p_->text_of(value)) {
    const bool is_whole = *text == "*" || text->find(':') != std::string_view::npos;
    return allow(p_->text(is_whole ? std::string(*text) : cat(*text, ":*")), p_->text("*"));
  }
  const Datum item = (*p_)[value];
  if (item.kind == DatumKind::List && item.slots.size() == 2) {
    const auto name = p_->text_of(item.slots[1].value);
    Arguments to;
    to.given = {{"0", function, one.key, one.where}};
    if (name) p_->call_method(item.slots[0].value, *name, to, where);
    return;
  }
  if (item.kind == DatumKind::Record) {  // { resource, permissions: [{ actions, resources }] }
    const DatumId rows = entry(value, "permissions").value;
    if (rows.exists())
      each(rows, [&](DatumId part) {
        allow(plain(*p_, entry(part, "actions").value), plain(*p_, entry(part, "resources").value));
        return part;
      });
    return;
  }
  if (item.kind != DatumKind::Object) return add_statement(row, p_->unknown("a permission"), where);
  if (class_of(value) == "awsiam.PolicyStatement")
    return add_statement(row, statement(value), where);
  Names names;
  names.self = function;
  names.where = where;
  names.put("function", {function, where, where});
  if (const Slot* id = p_->slot(value, "sstName")) names.put("sstName", {id->value, where, where});
  // What a construct stands around, where it makes nothing itself.
  const DatumId inner = made_row(value) == UINT32_MAX ? entry(value, "cdk").value : DatumId{};
  const std::vector<Slot> parts =
      inner.exists() ? (*p_)[p_->settled(inner)].slots : std::vector<Slot>{};
  attach_one(parts.empty() ? value : parts.front().value, "link", names);
}

}  // namespace fnlint::cdk
