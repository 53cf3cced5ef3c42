// Builtin functions of the interpreted program, by their names in each language, and the dispatch
// of methods on texts, lists and records.

#include "flow/program/interpret_builtins.h"

#include "core/text.h"
#include "model/language_traits.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fnlint {

DatumId Builtins::of_first(Method method) {
  const DatumId first = argument(0);
  if (!first.exists()) return p_.unknown("a function without an argument");
  if (!p_.is(first, DatumKind::Record) && !p_.is(first, DatumKind::List) &&
      !p_.is(first, DatumKind::Class))
    return p_.unknown("a function of an unknown record");
  Builtins inner(p_, first, arguments_, where_);
  return (inner.*method)();
}

DatumId Builtins::object_keys() { return of_first(&Builtins::keys); }
DatumId Builtins::object_values() { return of_first(&Builtins::values); }
DatumId Builtins::object_entries() {
  return of_first(p_.is(argument(0), DatumKind::List) ? &Builtins::pairs_of_list
                                                      : &Builtins::pairs);
}

DatumId Builtins::enumerated() { return of_first(&Builtins::pairs_of_list); }
DatumId Builtins::first() { return argument(0).exists() ? argument(0) : p_.absent(); }
DatumId Builtins::assigned() {
  const DatumId target = argument(0);
  if (!p_.is(target, DatumKind::Record)) return p_.unknown("Object.assign");
  for (std::size_t i = 1; argument(i).exists(); ++i) {
    const DatumId other = argument(i);
    if (!p_.is(other, DatumKind::Record)) p_.change(target).open = true;
    if (p_.is(other, DatumKind::Record))
      for (const Slot& each : std::vector<Slot>(p_[other].slots))
        p_.set(target, each.name, each.value, each.key, each.where);
  }
  return target;
}

DatumId Builtins::from_entries() {
  const DatumId list = argument(0);
  std::vector<Slot> out;
  if (!p_.is(list, DatumKind::List)) return p_.record({}, list.exists());
  for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
    const Datum row = p_[p_.settled(one.value)];
    const auto name = row.slots.size() == 2 ? p_.name_of(row.slots[0].value) : std::nullopt;
    if (!name) return p_.record({}, true);
    out.push_back({std::string(*name), row.slots[1].value, row.slots[0].where, row.slots[1].where});
  }
  return p_.record(std::move(out), p_[list].open);
}

DatumId Builtins::empty_record() {
  return argument(0).exists() && p_.is(argument(0), DatumKind::List) ? from_entries()
                                                                     : p_.record({});
}

DatumId Builtins::python_dict() {
  std::vector<Slot> out;
  bool is_open = arguments_.open;
  for (const Slot& one : arguments_.given) {
    if (one.name != "0") {
      out.push_back(one);
      continue;
    }
    const DatumId other = p_.settled(one.value);
    if (p_.is(other, DatumKind::Record)) out = p_[other].slots;
    is_open = is_open || !p_.is(other, DatumKind::Record);
  }
  return p_.record(std::move(out), is_open);
}

// The module's own names, as a record of them.
DatumId Builtins::own_module() { return p_.module_value(where_.module); }
DatumId Builtins::named_member() {
  const auto name = word(1);
  if (!name) return p_.unknown("a member with an unknown name");
  const DatumId found = p_.member(argument(0), *name);
  return p_.is(found, DatumKind::Absent) && argument(2).exists() ? argument(2) : found;
}

DatumId Builtins::list_of() {
  const DatumId from = argument(0);
  if (!from.exists()) return p_.list({});
  if (p_.is(from, DatumKind::List)) return p_.list(p_[from].slots, p_[from].open);
  if (p_.is(from, DatumKind::Record)) return of_first(&Builtins::keys);
  return p_.list({}, true);
}

// Of a data class: what it says of one of its fields.
DatumId Builtins::data_field() { return p_.object("dataclasses.field", arguments_.given); }

DatumId Builtins::as_text() {
  return argument(0).exists() ? p_.concat({argument(0)}) : p_.text("");
}
DatumId Builtins::as_number() {
  const DatumId value = argument(0);
  if (p_.is(value, DatumKind::Number)) return value;
  if (const auto known = word(0))
    if (const auto parsed = double_of(normal_number(trim(*known)))) return p_.number(*parsed);
  if (p_.is(value, DatumKind::Token)) return value;
  return p_.unknown("a number that is read from a text");
}

DatumId Builtins::largest() {
  return picked([](double a, double b) { return std::max(a, b); });
}
DatumId Builtins::smallest() {
  return picked([](double a, double b) { return std::min(a, b); });
}
// Of halves the languages differ.
DatumId Builtins::rounded() {
  return rounded_by([](double one) { return std::floor(one + 0.5); });
}
DatumId Builtins::rounded_up() {
  return rounded_by([](double one) { return std::ceil(one); });
}
DatumId Builtins::rounded_down() {
  return rounded_by([](double one) { return std::floor(one); });
}

DatumId Builtins::as_truth() {
  return argument(0).exists() ? p_.truth(argument(0)) : p_.boolean(false);
}
DatumId Builtins::size_of() {
  const DatumId value = argument(0);
  if (!value.exists()) return p_.unknown("a length");
  const DatumId size = p_.builtin_member(value, "length");
  return size.exists() ? size : p_.unknown("a length");
}

DatumId Builtins::range() {
  double from = 0, to = 0, by = 1;
  if (!amount(0)) return p_.list({}, true);
  if (amount(1)) {
    from = *amount(0);
    to = *amount(1);
  } else {
    to = *amount(0);
  }
  by = amount(2).value_or(1);
  std::vector<Slot> out;
  if (by == 0) return p_.list({}, true);
  for (double i = from; (by > 0 ? i < to : i > to) && out.size() < Interpreter::kItems; i += by)
    out.push_back({.value = p_.number(i)});
  return p_.list(std::move(out));
}

DatumId Builtins::zipped() {
  std::vector<Slot> out;
  for (std::size_t i = 0;; ++i) {
    std::vector<Slot> row;
    for (std::size_t k = 0; argument(k).exists(); ++k) {
      const Datum& list = p_[argument(k)];
      if (list.kind != DatumKind::List || i >= list.slots.size())
        return p_.list(std::move(out), list.kind != DatumKind::List);
      row.push_back(list.slots[i]);
    }
    if (row.empty()) return p_.list({});
    out.push_back({.value = p_.list(std::move(row))});
  }
}

DatumId Builtins::path_joined() {
  std::string path;
  for (std::size_t i = 0; argument(i).exists(); ++i) {
    const auto part = word(i);
    if (!part) return p_.unknown("an unknown path");
    path = path.empty() ? *part : join_path(path, *part);
  }
  return p_.text(normal_path(path));
}

DatumId Builtins::path_folder() {
  const auto path = word(0);
  return path ? p_.text(std::string(folder_of(*path))) : p_.unknown("an unknown path");
}

DatumId Builtins::path_name() {
  const auto path = word(0);
  if (!path) return p_.unknown("an unknown path");
  std::string name(file_name_of(*path));
  if (const auto ending = word(1); ending && name.ends_with(*ending))
    name.resize(name.size() - ending->size());
  return p_.text(std::move(name));
}

DatumId Builtins::environment() {
  LibraryUse use{.path = "<env>", .arguments = arguments_, .where = where_};
  return p_.host_.call(p_, use);
}

DatumId Builtins::working_folder() {
  LibraryUse use{.path = "<cwd>", .arguments = arguments_, .where = where_};
  return p_.host_.call(p_, use);
}

DatumId Builtins::file_of_url() {  // of import.meta.url, hardly of anything else
  return word(0) ? argument(0) : p_.text(p_.host_.file_of(where_.module));
}

DatumId Builtins::nothing() { return p_.absent(); }
DatumId Builtins::json() {
  Arguments arguments = arguments_;
  const LibraryUse use{.path = "<json>", .arguments = arguments, .where = where_};
  const DatumId value = p_.host_.call(p_, use);
  return value.exists() ? value : p_.unknown("JSON that is written by the program");
}

std::span<const Builtins::Row> Builtins::functions() {
  static constexpr std::array kRows{
      Row{"Object.keys", &Builtins::object_keys},
      Row{"Object.values", &Builtins::object_values},
      Row{"Object.entries", &Builtins::object_entries},
      Row{"Object.assign", &Builtins::assigned},
      Row{"Object.fromEntries", &Builtins::from_entries},
      Row{"Object.freeze", &Builtins::first},
      Row{"Array.from", &Builtins::list_of},
      Row{"Map", &Builtins::empty_record},
      Row{"Set", &Builtins::list_of},
      Row{"JSON.stringify", &Builtins::json},
      Row{"json.dumps", &Builtins::json},
      Row{"String", &Builtins::as_text},
      Row{"str", &Builtins::as_text},
      Row{"Number", &Builtins::as_number},
      Row{"parseInt", &Builtins::as_number},
      Row{"parseFloat", &Builtins::as_number},
      Row{"int", &Builtins::as_number},
      Row{"float", &Builtins::as_number},
      Row{"Math.max", &Builtins::largest},
      Row{"Math.min", &Builtins::smallest},
      Row{"Math.round", &Builtins::rounded},
      Row{"Math.ceil", &Builtins::rounded_up},
      Row{"Math.floor", &Builtins::rounded_down},
      Row{"math.ceil", &Builtins::rounded_up},
      Row{"math.floor", &Builtins::rounded_down},
      Row{"max", &Builtins::largest},
      Row{"min", &Builtins::smallest},
      Row{"Boolean", &Builtins::as_truth},
      Row{"bool", &Builtins::as_truth},
      Row{"len", &Builtins::size_of},
      Row{"range", &Builtins::range},
      Row{"enumerate", &Builtins::enumerated},
      Row{"zip", &Builtins::zipped},
      Row{"list", &Builtins::list_of},
      Row{"tuple", &Builtins::list_of},
      Row{"set", &Builtins::list_of},
      Row{"sorted", &Builtins::list_of},
      Row{"dict", &Builtins::python_dict},
      Row{"globals", &Builtins::own_module},
      Row{"getattr", &Builtins::named_member},
      Row{"print", &Builtins::nothing},
      Row{"console.log", &Builtins::nothing},
      Row{"path.join", &Builtins::path_joined},
      Row{"path.resolve", &Builtins::path_joined},
      Row{"path.normalize", &Builtins::path_joined},
      Row{"path.dirname", &Builtins::path_folder},
      Row{"path.basename", &Builtins::path_name},
      Row{"os.path.join", &Builtins::path_joined},
      Row{"os.path.dirname", &Builtins::path_folder},
      Row{"os.path.basename", &Builtins::path_name},
      Row{"os.path.abspath", &Builtins::path_joined},
      Row{"os.path.realpath", &Builtins::path_joined},
      Row{"os.path.normpath", &Builtins::path_joined},
      Row{"pathlib.Path", &Builtins::path_joined},
      Row{"pathlib.PurePath", &Builtins::path_joined},
      Row{"os.getcwd", &Builtins::working_folder},
      Row{"process.cwd", &Builtins::working_folder},
      Row{"pathlib.Path.cwd", &Builtins::working_folder},
      Row{"os.environ.get", &Builtins::environment},
      Row{"os.getenv", &Builtins::environment},
      Row{"url.fileURLToPath", &Builtins::file_of_url},
      Row{"copy.deepcopy", &Builtins::first},
      Row{"dataclasses.field", &Builtins::data_field},
      Row{"Promise.all", &Builtins::first},
  };
  return kRows;
}

DatumId Interpreter::builtin_method(DatumId base, std::string_view name, const Arguments& arguments,
                                    CodePlace where) {
  const DatumKind kind = (*this)[base].kind;
  std::span<const Builtins::Row> rows;
  if (kind == DatumKind::Text) rows = Builtins::text_methods();
  if (kind == DatumKind::List) rows = Builtins::list_methods();
  if (kind == DatumKind::Record) rows = Builtins::record_methods();
  const auto row = std::ranges::find(rows, name, &Builtins::Row::name);
  if (row != rows.end()) {
    Builtins call(*this, base, arguments, where);
    return (call.*row->method)();
  }
  if (kind == DatumKind::Number && name == "toString") return concat({base});
  if (kind == DatumKind::Token && (name == "toString" || name == "valueOf")) return base;
  if (name == "apply" && !arguments.given.empty() &&  // of what is there once it is deployed
      (kind == DatumKind::Token || kind == DatumKind::Text) &&
      is(settled(arguments.given[0].value), DatumKind::Function))
    return call(settled(arguments.given[0].value),
                {.given = {{.name = "0", .value = base}}, .open = false}, where);
  // What is given to something that is not known may still be run.
  if (kind == DatumKind::Unknown || kind == DatumKind::Token) {
    for (const Slot& one : arguments.given)
      if (is(settled(one.value), DatumKind::Function)) {
        const ConditionId some = condition_of(unknown("whether it is called"));
        const std::size_t before = enter(some, true);
        Arguments open;
        open.open = true;
        call(settled(one.value), open, where);
        leave(before);
      }
  }
  return {};
}

DatumId Interpreter::builtin_function(std::string_view path, const Arguments& arguments,
                                      CodePlace where) {
  if (traits(language_).library_functions_have_packages)
    if (const DatumId value = go_function(path, arguments, where); value.exists()) return value;
  const auto rows = Builtins::functions();
  const auto row = std::ranges::find(rows, path, &Builtins::Row::name);
  if (row == rows.end()) return {};
  Builtins call(*this, {}, arguments, where);
  return (call.*row->method)();
}

DatumId Interpreter::builtin_member(DatumId base, std::string_view name) {
  const Datum& row = (*this)[base];
  if (name == "length") {
    if (row.kind == DatumKind::Text) return number(static_cast<double>(row.text.size()));
    if (row.kind == DatumKind::List)
      return row.open ? unknown("the length of an unknown list")
                      : number(static_cast<double>(row.slots.size()));
    if (row.kind == DatumKind::Record && slot(base, name) == nullptr && !row.open)
      return number(static_cast<double>(row.slots.size()));
  }
  if (row.kind == DatumKind::Text)
    if (const DatumId part = part_of_path(row.text, name); part.exists()) return part;
  if (name == "value" && (row.kind == DatumKind::Text || row.kind == DatumKind::Number))
    return base;  // of an enumeration
  // What is given from outside may be a record, as the host knows.
  return row.kind == DatumKind::Token ? host_.member(*this, base, name) : DatumId{};
}

DatumId Interpreter::builtin_value(ModuleId module, std::string_view path) {
  if (path == "__dirname") return text(std::string(folder_of(host_.file_of(module))));
  if (path == "__filename" || path == "__file__") return text(host_.file_of(module));
  if (path == "__name__") return text(module == entry_ ? "__main__" : "module");
  if (path == "undefined") return absent();
  if (path == "$dev") return boolean(false);  // SST: what is deployed is read
  return {};
}

}  // namespace fnlint
