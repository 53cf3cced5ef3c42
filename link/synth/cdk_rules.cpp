#include "core/text.h"
#include "link/synth/cdk_addresses.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <cctype>

// A rule of data/cdk_constructs.yaml put to one use: its arguments by name, and its steps in order.
namespace fnlint::cdk {

namespace {

bool is_position(std::string_view name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) != 0;
}
bool is_rest(std::string_view take) { return take.ends_with("..."); }
// "grantee" of "grantee=identity": what the rule calls an argument, before what programs do.
std::string_view bare(std::string_view take) {
  take = take.substr(0, take.find('='));
  return is_rest(take) ? take.substr(0, take.size() - 3) : take;
}
// Where a statement is added to what keeps statements of its own; empty: it does not.
std::string_view statements_of(std::string_view type) {
  if (type == "AWS::IAM::Role") return "Policies[+].PolicyDocument.Statement[+]";
  const bool is_policy = type == "AWS::IAM::Policy" || type == "AWS::IAM::ManagedPolicy";
  return is_policy ? "PolicyDocument.Statement[+]" : "";
}
bool takes_name(std::string_view take, std::string_view given) {
  if (bare(take) == given) return true;
  const std::size_t equals = take.find('=');
  if (equals == std::string_view::npos) return false;
  const std::vector<std::string_view> names = split(take.substr(equals + 1), '|');
  return std::ranges::find(names, given) != names.end();
}

}  // namespace

const PlacedDatum* CdkApp::Names::find(std::string_view name) const {
  for (const auto& [key, value] : rows)
    if (key == name) return &value;
  return nullptr;
}
void CdkApp::Names::put(std::string_view name, PlacedDatum value) {
  for (auto& [key, old] : rows)
    if (key == name) {
      old = value;
      return;
    }
  rows.emplace_back(name, value);
}

// Arguments by the names that the rule gives them; those that are given by other names, as Python's
// properties are, are members of the last one.
CdkApp::Names CdkApp::names_of(const CdkRule& rule, const Arguments& arguments) {
  Names names;
  std::vector<Slot> loose;
  for (const Slot& one : arguments.given) {
    std::size_t position = rule.takes.size();
    if (is_position(one.name)) {
      position = static_cast<std::size_t>(std::atoi(one.name.c_str()));
      if (!rule.takes.empty() && position + 1 >= rule.takes.size() && is_rest(rule.takes.back())) {
        const std::string_view name = bare(rule.takes.back());
        if (names.find(name) == nullptr) names.put(name, {p_->list({}), one.key, one.where});
        p_->append(names.find(name)->value, one.value, one.where);
        continue;
      }
    } else {
      const std::string name = camel(one.name);
      const auto takes = [&](std::string_view take) {
        return takes_name(take, name) || takes_name(take, one.name);
      };
      position = static_cast<std::size_t>(std::ranges::find_if(rule.takes, takes) -
                                          rule.takes.begin());
      if (position == rule.takes.size()) {
        if (name != "scope" && name != "id") loose.push_back(one);
        continue;
      }
    }
    if (position < rule.takes.size())
      names.put(bare(rule.takes[position]), {one.value, one.key, one.where});
  }
  if (!loose.empty() && !rule.takes.empty()) {
    const std::string_view last = bare(rule.takes.back());
    const bool known = names.find(last) != nullptr &&
                       p_->is(p_->settled(names.find(last)->value), DatumKind::Record);
    if (!known || !is_rest(rule.takes.back())) {
      const CodePlace where = loose.front().where;
      if (known)
        for (const Slot& one : (*p_)[p_->settled(names.find(last)->value)].slots)
          loose.push_back(one);
      names.put(last, {p_->record(std::move(loose)), where, where});
    }
  }
  return names;
}

std::uint32_t CdkApp::made_row(DatumId object) const {
  object = p_->settled(object);
  if (!object.exists()) return UINT32_MAX;
  const auto found = rows_.find(object.index);
  return found != rows_.end() ? found->second : UINT32_MAX;
}

DatumId CdkApp::add_made(std::string address, std::string_view type, CodePlace where,
                         DatumId object) {
  if (address.empty()) address = "?";
  if (!addresses_.contains(object.index)) {
    address = free_address(taken_, std::move(address));
    addresses_[object.index] = address;
  }
  SynthesisedResource row{
      .address = address, .type = std::string(type), .where = where, .name = where};
  row.properties = p_->record({});
  row.metadata = p_->record({});
  row.exists = p_->path();
  rows_[object.index] = static_cast<std::uint32_t>(made_.size());
  made_.push_back(std::move(row));
  return made_.back().properties;
}

// The row that a name of the rule stands for.
std::uint32_t CdkApp::row_of(std::string_view subject, const Names& names) const {
  if (subject.empty()) {
    if (names.made != UINT32_MAX) return names.made;
    if (const PlacedDatum* target = names.find("target")) return made_row(target->value);
    return made_row(names.self);
  }
  DatumId object;
  if (subject == "this") {
    object = names.self;
  } else if (const PlacedDatum* row = names.find(subject)) {
    object = p_->settled(row->value);
  }
  if (!object.exists() && names.self.exists())
    if (const Slot* field = p_->slot(names.self, subject)) object = p_->settled(field->value);
  return object.exists() ? made_row(object) : UINT32_MAX;
}

DatumId CdkApp::apply(const CdkRule& rule, Names& names) {
  if (++depth_ > 24) {
    --depth_;
    return p_->unknown("constructs that are nested too deeply");
  }
  DatumId gives = p_->absent();
  for (std::size_t i = 0; i < rule.steps.size(); ++i) {
    const CdkStep& step = rule.steps[i];
    switch (step.kind) {
      case CdkStepKind::Make: make(step, names); break;
      case CdkStepKind::Set: set(step, names, false); break;
      case CdkStepKind::Metadata: set(step, names, true); break;
      case CdkStepKind::Field: set_field(step, names); break;
      case CdkStepKind::Attach: attach(step, names); break;
      case CdkStepKind::Grant: grant(step, names); break;
      case CdkStepKind::Gives: gives = value(step.value, names).value; break;
      case CdkStepKind::Let: names.put(step.path, value(step.value, names)); break;
      case CdkStepKind::Like: like(step, names); break;
      case CdkStepKind::Each: apply_to_each(step, names); break;
      case CdkStepKind::Permit: permit(names.self, value(step.value, names), names.where); break;
      case CdkStepKind::End: break;
      case CdkStepKind::If:
      case CdkStepKind::Unless: {
        const DatumId given = p_->settled(value(step.value, names).value);
        const bool is_given =
            given.exists() && !p_->is(given, DatumKind::Absent) && !p_->is(given, DatumKind::Null);
        if (is_given == (step.kind == CdkStepKind::If)) break;
        int depth = 1;
        while (depth > 0 && i + 1 < rule.steps.size()) {
          const CdkStepKind next = rule.steps[++i].kind;
          if (next == CdkStepKind::If || next == CdkStepKind::Unless) ++depth;
          if (next == CdkStepKind::End) --depth;
        }
        break;
      }
    }
  }
  --depth_;
  return gives.exists() ? gives : p_->absent();
}

// The class of what a rule makes beside its construct, for the methods that programs call on it.
std::string_view class_of_made(std::string_view type) {
  const auto* const row = known::row_of(known::made_classes(), type);
  return row != nullptr ? (*row)[1] : "<made>";
}

// "Version{name}" with what the names stand for.
void CdkApp::make(const CdkStep& step, Names& names) {
  std::string id;
  for (std::size_t i = 0; i < step.path.size(); ++i) {
    const std::size_t end = step.path[i] == '{' ? step.path.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      id += step.path[i];
      continue;
    }
    const DatumId part = value(step.path.substr(i + 1, end - i - 1), names).value;
    id += part.exists() ? p_->text_of(part).value_or("*") : std::string_view("*");
    i = end;
  }
  DatumId object;
  if (id.empty()) {
    object = names.self;
    add_made(address_of(object), step.value, names.where, object);
  } else {
    const PlacedDatum* target = names.find("target");
    const DatumId above = target != nullptr ? p_->settled(target->value) : names.self;
    object = p_->object(std::string(class_of_made(step.value)), {{"<of>", names.self}});
    std::string address = address_of(above);
    if (const Slot* api = p_->slot(above, "api"); api != nullptr && address.empty())
      address = address_of(p_->settled(api->value));
    add_made(address.empty() ? id : cat(address, '/', id), step.value, names.where, object);
  }
  names.made = made_row(object);
  names.put("made", {object, names.where, names.where});
  if (!step.subject.empty()) names.put(step.subject, {object, names.where, names.where});
}

// What a class of the CDK makes, made as this construct.
void CdkApp::like(const CdkStep& step, const Names& names) {
  const CdkRule* rule = find_cdk_rule(CdkUse::New, step.path);
  if (rule == nullptr) return;
  Names inner;
  inner.self = names.self;
  inner.where = names.where;
  for (const std::string_view name : {"scope", "id"})
    if (const PlacedDatum* row = names.find(name)) inner.put(name, *row);
  const PlacedDatum properties = step.value.empty() ? PlacedDatum{} : value(step.value, names);
  inner.put("props", properties.value.exists()
                         ? properties
                         : PlacedDatum{p_->record({}), names.where, names.where});
  apply(*rule, inner);
}

// Each entry of a record by its name, each item of a list by its place.
void CdkApp::apply_to_each(const CdkStep& step, const Names& names) {
  const CdkRule* rule = find_cdk_rule(CdkUse::Call, step.path);
  const PlacedDatum found = value(step.value, names);
  if (rule == nullptr || !found.value.exists()) return;
  const DatumId all = p_->settled(found.value);
  const Datum row = (*p_)[all];
  const bool is_known = row.kind == DatumKind::Record || row.kind == DatumKind::List;
  if (!is_known || row.open) {
    note("some of the functions of this construct cannot be determined", names.where);
    if (const std::uint32_t made = row_of("", names); made != UINT32_MAX)
      open_indexes(made, names.where);
  }
  if (is_known)
    for (std::size_t i = 0; i < row.slots.size(); ++i)
      apply_to_one(*rule, row.kind == DatumKind::List ? std::to_string(i) : row.slots[i].name,
                   row.slots[i], names);
}

void CdkApp::apply_to_one(const CdkRule& rule, const std::string& name, const Slot& item,
                          const Names& outer) {
  const DatumId one = p_->settled(item.value);
  if (p_->is(one, DatumKind::Absent) || p_->exhausted()) return;
  if (p_->is(one, DatumKind::Choice)) {
    const Datum row = (*p_)[one];
    for (const bool holds : {true, false}) {
      const std::size_t before = p_->enter(row.condition, holds);
      apply_to_one(rule, name, {item.name, row.slots[holds ? 0 : 1].value, item.key, item.where},
                   outer);
      p_->leave(before);
    }
    return;
  }
  Arguments arguments;
  arguments.given = {{"0", p_->text(name), item.key, item.key}, {"1", one, item.key, item.where}};
  Names names = names_of(rule, arguments);
  for (const auto& [key, value] : outer.rows)
    if (names.find(key) == nullptr && key != "made") names.put(key, value);
  names.self = outer.self;
  names.where = item.key.module.exists() ? item.key : outer.where;
  apply(rule, names);
}

void CdkApp::set_field(const CdkStep& step, Names& names) {
  const PlacedDatum found = value(step.value, names);
  if (!found.value.exists()) return;
  std::string_view path = step.path;
  if (path.ends_with("[*]")) {
    path.remove_suffix(3);
    const PlacedDatum list = entry(names.self, path);
    const DatumId more = p_->settled(found.value);
    if (p_->is(p_->settled(list.value), DatumKind::List) && p_->is(more, DatumKind::List))
      for (const Slot& one : std::vector<Slot>((*p_)[more].slots))
        p_->append(p_->settled(list.value), one.value, one.where);
    else
      p_->set(names.self, path, found.value, found.key, found.where);
    return;
  }
  DatumId holder = names.self;
  if (const std::size_t dot = path.find('.'); dot != std::string_view::npos) {
    holder = own_child(holder, path.substr(0, dot), DatumKind::Record, found);
    path.remove_prefix(dot + 1);
  }
  p_->set(holder, path, found.value, found.key, found.where);
}

void CdkApp::set(const CdkStep& step, Names& names, bool metadata) {
  const std::uint32_t row = row_of(step.subject, names);
  if (row == UINT32_MAX) return;
  PlacedDatum found = value(step.value, names);
  if (!found.value.exists() || p_->is(p_->settled(found.value), DatumKind::Absent)) return;
  if (!found.where.module.exists()) found.where = names.where;
  if (!found.key.module.exists()) found.key = found.where;
  set_path(metadata ? made_[row].metadata : made_[row].properties, step.path, found, names);
}

// Containers on the way are there in any case; only what is set may hold under conditions.
// The record or list that a holder has under a name, the rules' own: made where it is not there.
DatumId CdkApp::own_child(DatumId holder, std::string_view name, DatumKind wanted,
                          const PlacedDatum& value) {
  const Slot* old = p_->slot(holder, name);
  DatumId child = old != nullptr ? old->value : DatumId{};
  while (child.exists() && p_->is(child, DatumKind::Choice)) {
    const Slot yes = (*p_)[child].slots[0], no = (*p_)[child].slots[1];
    const DatumKind kind = (*p_)[yes.value].kind;
    child = kind == DatumKind::Record || kind == DatumKind::List || kind == DatumKind::Choice
                ? yes.value
                : no.value;
  }
  const bool is_list = wanted == DatumKind::List;
  if (child.exists() && p_->is(child, wanted) && (old == nullptr || old->value == child)) {
    // The program's own record may be used elsewhere too: what is added is added to a copy.
    if ((*p_)[child].row == 1) return child;
    const Datum copy = (*p_)[child];
    child = is_list ? p_->list(copy.slots, copy.open) : p_->record(copy.slots, copy.open);
  } else if (!child.exists() || !p_->is(child, wanted)) {
    child = is_list ? p_->list({}) : p_->record({});
  }
  p_->change(child).row = 1;
  p_->change(child).path = (*p_)[holder].path;
  for (Slot& one : p_->change(holder).slots)
    if (one.name == name) {
      one.value = child;
      return child;
    }
  p_->change(holder).slots.push_back({std::string(name), child, value.key, value.where});
  return child;
}

// Adds each of the value's items.
void CdkApp::append_all(DatumId list, const PlacedDatum& value) {
  const DatumId all = p_->settled(value.value);
  if (!p_->is(all, DatumKind::List)) return p_->append(list, all, value.where);
  for (const Slot& one : std::vector<Slot>((*p_)[all].slots))
    p_->append(list, one.value, one.where.module.exists() ? one.where : value.where);
  if ((*p_)[all].open) p_->change(list).open = true;
}

// Adds one item, which "[-]" finds again: the value, or a record to be filled.
void CdkApp::append_item(DatumId list, const PlacedDatum& value, bool is_value) {
  DatumId item = is_value ? value.value : p_->record({});
  if (is_value) {
    const DatumId one = p_->settled(value.value);
    if (p_->is(one, DatumKind::Record)) {
      item = p_->record((*p_)[one].slots, (*p_)[one].open);
      p_->change(item).row = 1;
    }
  } else {
    p_->change(item).row = 1;
  }
  p_->append(list, item, value.where);
  items_[list.index] = item;
}

// What "{name}" stands for, or the name itself; nothing: that is not known.
std::optional<std::string> CdkApp::name_of_part(std::string_view part, Names& names) {
  if (part.size() <= 2 || part.front() != '{') return std::string(part);
  const PlacedDatum key = this->value(part.substr(1, part.size() - 2), names);
  const auto text = key.value.exists() ? p_->text_of(key.value) : std::nullopt;
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

void CdkApp::set_path(DatumId holder, std::string_view path, const PlacedDatum& value,
                      Names& names) {
  for (;;) {
    const std::size_t dot = path.find('.');
    std::string_view part = path.substr(0, dot);
    const bool is_last = dot == std::string_view::npos;
    char item = 0;
    if (part.size() > 3 && part.ends_with(']')) {
      item = part[part.size() - 2];
      part.remove_suffix(3);
    }
    const std::optional<std::string> name = name_of_part(part, names);
    if (!name) {
      p_->change(holder).open = true;
      return;
    }
    if (item == 0 && is_last) return p_->set(holder, *name, value.value, value.key, value.where);
    if (item == 0) {
      holder = own_child(holder, *name, DatumKind::Record, value);
    } else {
      const DatumId list = own_child(holder, *name, DatumKind::List, value);
      if (item == '*') return append_all(list, value);
      if (item == '+') append_item(list, value, is_last);
      const auto last = items_.find(list.index);
      if (last == items_.end() || is_last) return;
      holder = last->second;
    }
    path = path.substr(dot + 1);
  }
}

void CdkApp::attach(const CdkStep& step, Names& names) {
  const DatumId what = p_->settled(value(step.value, names).value);
  if (!what.exists()) return;
  if (!step.path.empty()) {
    Names inner = names;
    inner.self = p_->settled(value(step.path, names).value);
    if (!inner.self.exists()) return;
    const CdkStep here{step.kind, step.subject, "", step.value};
    return attach(here, what, inner);
  }
  attach(step, what, names);
}

void CdkApp::attach(const CdkStep& step, DatumId what, Names& names) {
  std::string slot(step.subject);
  if (const PlacedDatum* named = names.find(slot))
    slot = std::string(p_->text_of(named->value).value_or(slot));
  if (p_->is(what, DatumKind::List)) {
    for (const Slot& one : std::vector<Slot>((*p_)[what].slots)) attach_one(one.value, slot, names);
    return;
  }
  attach_one(what, slot, names);
}

void CdkApp::attach_one(DatumId given, std::string_view slot, const Names& outer) {
  const DatumId what = p_->settled(given);
  if (p_->is(what, DatumKind::Choice)) {
    if (p_->exhausted()) return;
    const Datum row = (*p_)[what];
    for (const bool holds : {true, false}) {
      const std::size_t before = p_->enter(row.condition, holds);
      attach_one(row.slots[holds ? 0 : 1].value, slot, outer);
      p_->leave(before);
    }
    return;
  }
  if (!p_->is(what, DatumKind::Object)) {
    if (p_->is(what, DatumKind::Unknown))
      note(cat("what is attached cannot be determined: ", (*p_)[what].text), outer.where);
    return;
  }
  const std::string cls = class_of(what);
  const std::string path = cls.empty() ? (*p_)[what].text : cls;
  const CdkRule* rule = rule_of(CdkUse::Attach, path, "");
  if (rule == nullptr) {
    note(cat("what ", path, " adds cannot be determined"), (*p_)[what].where);
    const bool is_library = cls.empty() || slot == "link";
    const Handed to{.where = outer.where, .what = is_library ? Opened::All : Opened::Rights};
    return open_construct(p_->settled(outer.self), to);
  }
  Arguments arguments;
  if (const Slot* own = p_->slot(what, "<args>")) {
    arguments.given = (*p_)[p_->settled(own->value)].slots;
    // A construct that is attached itself.
    if (made_row(what) != UINT32_MAX) arguments.given.clear();
  }
  Names names = names_of(*rule, arguments);
  for (const auto& [name, value] : outer.rows)
    if (names.find(name) == nullptr && name != "made" && name != "target" && name != "id" &&
        name != "scope" && name != "props" && name != "options")
      names.put(name, value);
  names.self = what;
  names.where = outer.where;
  names.put("what", {what, outer.where, outer.where});
  names.put("target", {outer.self, outer.where, outer.where});
  names.put("slot", {p_->text(std::string(slot)), outer.where, outer.where});
  apply(*rule, names);
}

// What keeps the statements of what permissions are granted to: a policy of its own, else the role
// that stands behind it.
std::uint32_t CdkApp::granted_row(DatumId given) {
  DatumId grantee = p_->settled(given);
  for (int i = 0; i < 4 && p_->is(grantee, DatumKind::Object); ++i) {
    const std::uint32_t row = made_row(grantee);
    if (row != UINT32_MAX && !statements_of(made_[row].type).empty()) return row;
    const Slot* next = p_->slot(grantee, "role");
    if (next == nullptr) next = p_->slot(grantee, "<of>");
    if (next == nullptr) next = p_->slot(grantee, "lambda");
    if (next == nullptr) break;
    grantee = p_->settled(next->value);
  }
  return UINT32_MAX;
}

void CdkApp::add_statement(std::uint32_t row, DatumId statement, CodePlace where) {
  Names names;
  names.where = where;
  set_path(made_[row].properties, statements_of(made_[row].type), {statement, where, where}, names);
}

// What a list holds; of what is no list, itself.
void CdkApp::add_items(DatumId given, std::vector<Slot>& items) {
  if (!given.exists()) return;
  const DatumId list = p_->settled(given);
  const Datum row = (*p_)[list];
  if (row.kind != DatumKind::List) return items.push_back({.value = list});
  for (const Slot& one : row.slots) items.push_back({.value = one.value});
  if (row.open) items.push_back({.value = p_->unknown("further entries")});
}

void CdkApp::grant(const CdkStep& step, Names& names) {
  DatumId grantee = p_->settled(value(step.subject, names).value);
  if (!grantee.exists()) return;
  if (p_->is(grantee, DatumKind::Choice)) {
    if (p_->exhausted()) return;
    const Datum row = (*p_)[grantee];
    for (const bool holds : {true, false}) {
      const std::size_t before = p_->enter(row.condition, holds);
      Names inner = names;
      inner.put("<grantee>", {row.slots[holds ? 0 : 1].value, names.where, names.where});
      const CdkStep one{step.kind, "<grantee>", step.path, step.value};
      grant(one, inner);
      p_->leave(before);
    }
    return;
  }
  const std::uint32_t row = granted_row(grantee);
  if (row == UINT32_MAX) return;
  std::vector<Slot> actions, resources;
  for (const std::string_view action : split(step.path, ' ')) {
    if (action.find(':') != std::string_view::npos)
      actions.push_back({.value = p_->text(std::string(action))});
    else
      add_items(value(action, names).value, actions);  // of an argument
  }
  for (const std::string_view resource : split(step.value, ';')) {
    add_items(value(trim(resource), names).value, resources);
  }
  const DatumId statement =
      p_->record({{.name = "Effect", .value = p_->text("Allow")},
                  {.name = "Action", .value = p_->list(std::move(actions))},
                  {.name = "Resource", .value = p_->list(std::move(resources))}});
  add_statement(row, statement, names.where);
}

}  // namespace fnlint::cdk
