#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"

#include <array>
#include <map>
#include <set>

// Statements and documents of policies as constructs of the CDK write them.
namespace fnlint::cdk {

DatumId CdkApp::statement(DatumId given) {
  return each(given, [&](DatumId object) {
    if (!p_->is(object, DatumKind::Object)) return plain(*p_, object);
    if (class_of(object) == "awsiam.PolicyStatement.fromJson") {
      const PlacedDatum json = entry(object, "0");
      return json.value.exists() ? plain(*p_, json.value) : p_->unknown("a statement");
    }
    std::vector<Slot> out;
    for (const auto& [name, member_name] : known::statement_members()) {
      const PlacedDatum one = entry(object, name);
      if (one.value.exists())
        out.push_back({std::string(member_name), plain(*p_, one.value), one.key, one.where});
    }
    if (out.empty()) return p_->unknown("a statement");
    if (const PlacedDatum whom = entry(object, "principals"); whom.value.exists())
      out.push_back({"Principal", principals(whom.value), whom.key, whom.where});
    if (!entry(object, "effect").value.exists())
      out.insert(out.begin(), {.name = "Effect", .value = p_->text("Allow")});
    return p_->record(std::move(out));
  });
}

// Whom an object of the CDK stands for: what a permission names.
DatumId CdkApp::principal(DatumId given) {
  return each(given, [&](DatumId one) {
    if (!p_->is(one, DatumKind::Object)) return plain(*p_, one);
    if (made_row(one) != UINT32_MAX) return arn_of(one);
    const auto* const row = known::row_of(known::principals(), class_of(one));
    if (row == nullptr) return p_->unknown("a principal");
    if (!(*row)[2].ends_with('.')) return p_->text(std::string((*row)[2]));
    DatumId named = entry(one, "0").value;
    if (!named.exists()) named = entry(one, (*row)[2].substr(0, (*row)[2].size() - 1)).value;
    return named.exists() ? plain(*p_, named) : p_->unknown("a principal");
  });
}

// The same as a policy writes it: {Service: ...}. Of several, each below its own name.
DatumId CdkApp::principals(DatumId given) {
  std::map<std::string, std::vector<Slot>> named;
  std::vector<DatumId> open{p_->settled(given)};
  while (!open.empty()) {
    const DatumId at = open.back();
    open.pop_back();
    const Datum row = (*p_)[at];
    const std::string cls = row.kind == DatumKind::Object ? class_of(at) : std::string();
    const Slot* own = cls == "awsiam.CompositePrincipal" ? p_->slot(at, "<args>") : nullptr;
    if (own != nullptr || (row.kind == DatumKind::List && !row.open)) {
      const std::vector<Slot> parts = own != nullptr ? (*p_)[own->value].slots : row.slots;
      for (const Slot& one : parts) open.push_back(p_->settled(one.value));
      continue;
    }
    const auto* const known = known::row_of(known::principals(), cls);
    const bool is_role = known == nullptr && made_row(at) != UINT32_MAX;
    if (known == nullptr && !is_role) return p_->unknown("a principal");
    named[is_role ? "AWS" : std::string((*known)[1])].push_back(
        {.value = principal(at), .key = row.where, .where = row.where});
  }
  std::vector<Slot> out;
  for (auto& [name, all] : named)
    out.push_back({name, all.size() == 1 ? all.front().value : p_->list(all), all.front().key,
                   all.front().where});
  return out.empty() ? p_->unknown("a principal") : p_->record(std::move(out));
}

DatumId CdkApp::statements(DatumId list) {
  if (!list.exists()) return p_->list({}, true);
  const DatumId all = statement(list);
  return p_->is(all, DatumKind::List) ? all : p_->list({{.value = all}});
}

DatumId CdkApp::key_rules(DatumId filters) {
  std::vector<Slot> out;
  const Datum list = (*p_)[p_->settled(filters)];
  if (list.kind != DatumKind::List) return {};
  for (const Slot& one : list.slots)
    for (const std::string_view name : {"prefix", "suffix"}) {
      const PlacedDatum text = entry(one.value, name);
      if (!text.value.exists()) continue;
      const DatumId rule = p_->record({{.name = "Name", .value = p_->text(std::string(name))},
                                       {"Value", plain(*p_, text.value), text.key, text.where}});
      out.push_back({.value = rule, .key = text.key, .where = text.where});
    }
  if (out.empty() && !list.open) return {};
  return p_->list(std::move(out), list.open);
}

DatumId CdkApp::event_pattern(DatumId given) {
  return each(given, [&](DatumId pattern) {
    if (!p_->is(pattern, DatumKind::Record) && !p_->is(pattern, DatumKind::Object))
      return plain(*p_, pattern);
    std::vector<Slot> out;
    for (const auto& [name, member_name] : known::event_pattern_members()) {
      const PlacedDatum one = entry(pattern, name);
      if (one.value.exists())
        out.push_back({std::string(member_name), plain(*p_, one.value), one.key, one.where});
    }
    return p_->record(std::move(out), (*p_)[pattern].open);
  });
}

// What stands in place of the event, where the program writes it down: TaskInput.fromObject({...}).
DatumId CdkApp::input_object(DatumId given) {
  return each(given, [&](DatumId input) {
    const bool is_object =
        p_->is(input, DatumKind::Object) && class_of(input).ends_with("Input.fromObject");
    return is_object ? plain(*p_, entry(input, "0").value) : DatumId{};
  });
}

// The state of an object that a rule of the table made a task of: `<task>` is the integration.
DatumId CdkApp::task_state(DatumId task) {
  const Slot* action = p_->slot(task, "<task>");
  const auto name = action != nullptr ? p_->text_of(action->value) : std::nullopt;
  if (!name) return {};
  std::vector<Slot> arguments;
  CodePlace key = (*p_)[task].where, where = key;
  for (const Slot& one : std::vector<Slot>((*p_)[task].slots)) {
    if (!one.name.starts_with("<with>")) continue;
    key = one.key;
    where = one.where;
    const DatumId value = plain(*p_, one.value);
    if (one.name == "<with>" && p_->is(value, DatumKind::Record))
      for (const Slot& inner : std::vector<Slot>((*p_)[value].slots)) arguments.push_back(inner);
    else if (one.name.size() > 7)
      arguments.push_back({one.name.substr(7), value, one.key, one.where});
  }
  return p_->record(
      {{.name = "Type", .value = p_->text("Task")},
       {.name = "Resource",
        .value = p_->text(cat("arn:aws:states:::", *name)),
        .key = key,
        .where = where},
       {.name = "Parameters",
        .value = p_->record(std::move(arguments)),
        .key = key,
        .where = where},
       {.name = "End", .value = p_->boolean(true)}},
      true);  // addRetry() and addCatch() may have been called of it, and some retry by themselves
}

// What a definition's tasks do, from what its states are chained by; or the definition of a file.
DatumId CdkApp::definition(DatumId start) {
  const DatumId given = p_->settled(start);
  if (p_->is(given, DatumKind::Object)) {
    const std::string cls = class_of(given);
    const bool is_file = cls.ends_with(".DefinitionBody.fromFile");
    if (is_file || cls.ends_with(".DefinitionBody.fromString")) {
      Arguments arguments;
      arguments.given = {{.name = "0", .value = entry(given, "0").value}};
      if (is_file) arguments.given[0].value = file_object(arguments);
      return parsed(arguments);
    }
  }
  std::vector<DatumId> open{given};
  std::set<std::uint32_t> seen;
  std::vector<Slot> states;
  while (!open.empty() && seen.size() < 2000) {
    const DatumId at = p_->settled(open.back());
    open.pop_back();
    if (!at.exists() || !seen.insert(at.index).second) continue;
    const Datum row = (*p_)[at];
    if (row.kind == DatumKind::List || row.kind == DatumKind::Choice ||
        row.kind == DatumKind::Record) {
      for (const Slot& one : row.slots) open.push_back(one.value);
      continue;
    }
    if (row.kind != DatumKind::Object || made_row(at) != UINT32_MAX) continue;
    for (const Slot& one : row.slots)
      if (one.name == "<args>" || one.name == "<links>") open.push_back(one.value);
    const DatumId state = task_state(at);
    if (state.exists())
      states.push_back({cat("Task", states.size()), state, row.where, row.where});
  }
  if (states.empty()) return {};
  const DatumId first = p_->text(states.front().name);
  return p_->record({{.name = "StartAt", .value = first},
                     {.name = "States", .value = p_->record(std::move(states))}});
}

}  // namespace fnlint::cdk
