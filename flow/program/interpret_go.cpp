// What programs in Go have of their own: structs with embedded ones, and the standard library.
#include "core/characters.h"
#include "core/text.h"
#include "flow/program/interpret.h"
#include "model/language_traits.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

constexpr int kEmbedded = 8;  // structs inside one another

std::string last_name(std::string_view path) {
  return std::string(path.substr(path.rfind('.') + 1));
}

// "%-8.3s": what stands between the sign and the letter.
struct Verb {
  std::string flags = {};
  std::size_t width = 0;
  bool has_precision = false;
  char letter = 0;
  std::size_t end = 0;  // behind the letter
};
Verb verb_at(std::string_view format, std::size_t at) {
  Verb verb;
  while (at < format.size() && std::string_view("-+# 0").find(format[at]) != std::string_view::npos)
    verb.flags += format[at++];
  while (at < format.size() && is_digit(format[at]) && verb.width < 1000)
    verb.width = verb.width * 10 + static_cast<std::size_t>(format[at++] - '0');
  if (at < format.size() && format[at] == '.') {
    verb.has_precision = true;
    ++at;
    while (at < format.size() && is_digit(format[at])) ++at;
  }
  verb.letter = at < format.size() ? format[at] : '\0';
  verb.end = at + 1;
  return verb;
}

}  // namespace

// --- Structs.

// T{a, b} and T{Name: a}: fields in order or by name; one that is embedded is named by its type.
void Interpreter::fill_struct(DatumId object_id, DatumId type, const Arguments& arguments) {
  const Datum row = (*this)[type];
  initialise(object_id, type);
  const CodeFacts& code = facts(row.module);
  const Slice<Field> fields = code.classes[row.type.index].fields;
  for (const Slot& one : arguments.given) {
    std::string name = one.name;
    if (!name.empty() && is_digit(name[0])) {
      const std::size_t at = static_cast<std::size_t>(std::atoi(name.c_str()));
      if (at >= fields.count) continue;
      name = code.string(code.fields[fields.first + at].name);
    }
    set(object_id, name, one.value, one.key, one.where);
  }
}

// The values of a struct's embedded fields, in order.
std::vector<DatumId> Interpreter::embedded(DatumId object_id) const {
  std::vector<DatumId> found;
  const Datum& row = (*this)[object_id];
  if (row.kind != DatumKind::Object || !row.type.exists()) return found;
  const CodeFacts& code = facts(row.module);
  if (!traits(code.language).types_are_structs) return found;
  const Class& type = code.classes[row.type.index];
  for (std::uint32_t i = 0; i < type.fields.count; ++i) {
    const Field& field = code.fields[type.fields.first + i];
    const std::string_view name = code.string(field.name);
    if (!field.type.exists()) continue;
    const std::string_view path = code.string(code.types[field.type.index].path);
    const Slot* value = slot(object_id, name);
    if (value != nullptr && last_name(path) == name) found.push_back(settled(value->value));
  }
  return found;
}

// What a library sees of a struct of the program: the library's object inside.
DatumId Interpreter::library_part(DatumId given) const {
  DatumId value = settled(given);
  for (int i = 0; i < kEmbedded && is(value, DatumKind::Object); ++i) {
    DatumId inner;
    for (const DatumId one : embedded(value))
      if (!inner.exists() && is(one, DatumKind::Object)) inner = one;
    if (!inner.exists()) break;
    value = inner;
  }
  return value;
}

// A field that was not given has the zero value of its type.
DatumId Interpreter::zero_field(DatumId object_id, std::string_view name) {
  const Datum row = (*this)[object_id];
  const CodeFacts& code = facts(row.module);
  const Class& type = code.classes[row.type.index];
  for (std::uint32_t i = 0; i < type.fields.count; ++i) {
    const Field& field = code.fields[type.fields.first + i];
    if (code.string(field.name) != name || !field.type.exists() || field.is_pointer != 0) continue;
    const std::string_view path = code.string(code.types[field.type.index].path);
    if (path == "bool") return boolean(false);
    if (path.starts_with("int") || path.starts_with("uint") || path.starts_with("float"))
      return number(0);
  }
  return absent();
}

// A member that an embedded struct has.
DatumId Interpreter::promoted(DatumId object_id, std::string_view name) {
  if (calls_ >= kFrames || nesting_ > kNested) return {};
  for (const DatumId one : embedded(object_id)) {
    if (is(one, DatumKind::Absent) || is(one, DatumKind::Null)) continue;
    ++nesting_;
    const DatumId value = member(one, name);
    --nesting_;
    if (value.exists() && !is(value, DatumKind::Absent) && !is(value, DatumKind::Unknown))
      return value;
  }
  return {};
}

// Methods of a type may stand in any file of its package.
DatumId Interpreter::elsewhere_in_package(DatumId type, std::string_view name, DatumId receiver) {
  const Datum row = (*this)[type];
  const std::string wanted = cat(row.text, " (methods)");
  const std::string folder(folder_of(host_.file_of(row.module)));
  for (std::uint32_t i = 0; i < program_.modules.size(); ++i) {
    const ModuleId module{i};
    if (module == row.module || !traits(facts(module).language).packages_are_folders) continue;
    if (folder_of(host_.file_of(module)) != folder || !spend()) continue;
    const DatumId part = exported(module, wanted, 0);
    if (!is(part, DatumKind::Class) || slot(part, name) == nullptr) continue;
    return class_member(part, name, receiver);
  }
  return {};
}

// --- The standard library.

// fmt.Sprintf
DatumId Interpreter::printed(const Arguments& arguments) {
  const auto argument = [&](std::size_t i) {
    const std::string wanted = std::to_string(i);
    for (const Slot& one : arguments.given)
      if (one.name == wanted) return settled(one.value);
    return DatumId{};
  };
  const DatumId first = argument(0);
  const auto known = first.exists() ? text_of(first) : std::nullopt;
  if (!known || arguments.open) return unknown("an unknown format");
  const std::string format(*known);
  std::vector<DatumId> parts;
  std::string run;
  std::size_t next = 1;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      run += format[i];
      continue;
    }
    const Verb verb = verb_at(format, i + 1);
    i = verb.end - 1;
    if (verb.letter == '%') {
      run += '%';
      continue;
    }
    const DatumId value = argument(next++);
    if (!value.exists() || verb.has_precision) return unknown("a format");
    if (!run.empty()) parts.push_back(text(std::exchange(run, {})));
    if (verb.letter == 'q') parts.push_back(text("\""));
    if (verb.width > 0) {
      const DatumId whole = concat({value});
      const auto short_text = text_of(whole);
      if (!short_text || verb.flags.find('-') != std::string::npos) return unknown("a format");
      std::string padded(*short_text);
      const char fill = verb.flags.find('0') != std::string::npos ? '0' : ' ';
      if (padded.size() < verb.width) padded.insert(0, verb.width - padded.size(), fill);
      parts.push_back(text(std::move(padded)));
    } else {
      parts.push_back(value);
    }
    if (verb.letter == 'q') parts.push_back(text("\""));
  }
  if (!run.empty()) parts.push_back(text(run));
  return concat(std::move(parts));
}

namespace {

// Functions that are methods of their first argument in other languages.
struct AsMethod {
  std::string_view path, method;
};
constexpr std::array<AsMethod, 12> kGoMethods{{{"strings.ToLower", "toLowerCase"},
                                               {"strings.ToUpper", "toUpperCase"},
                                               {"strings.TrimSpace", "trim"},
                                               {"strings.ReplaceAll", "replaceAll"},
                                               {"strings.Replace", "replaceAll"},
                                               {"strings.Split", "split"},
                                               {"strings.Join", "join"},
                                               {"strings.HasPrefix", "startsWith"},
                                               {"strings.HasSuffix", "endsWith"},
                                               {"strings.Contains", "includes"},
                                               {"slices.Contains", "includes"},
                                               {"append", "push"}}};

// Functions that another language has by another name.
constexpr std::array<AsMethod, 16> kSame{{{"os.Getenv", "os.getenv"},
                                          {"os.LookupEnv", "os.getenv"},
                                          {"os.Getwd", "os.getcwd"},
                                          {"path.Join", "path.join"},
                                          {"path/filepath.Join", "path.join"},
                                          {"path.Dir", "path.dirname"},
                                          {"path/filepath.Dir", "path.dirname"},
                                          {"path.Base", "path.basename"},
                                          {"path/filepath.Base", "path.basename"},
                                          {"path/filepath.Clean", "path.normalize"},
                                          {"strconv.Atoi", "int"},
                                          {"strconv.ParseInt", "int"},
                                          {"strconv.ParseFloat", "float"},
                                          {"strconv.Itoa", "str"},
                                          {"encoding/json.Marshal", "json.dumps"},
                                          {"encoding/json.MarshalIndent", "json.dumps"}}};

// They give nothing that a deployment could hold.
constexpr std::array<std::string_view, 5> kSilent{"fmt.Print", "fmt.Println", "fmt.Printf",
                                                  "fmt.Fprintf", "log."};

}  // namespace

DatumId Interpreter::go_function(std::string_view path, const Arguments& arguments,
                                 CodePlace where) {
  const auto argument = [&](std::size_t i) {
    return i < arguments.given.size() ? settled(arguments.given[i].value) : DatumId{};
  };
  if (path == "fmt.Sprintf") return printed(arguments);
  if (path == "fmt.Sprint" && arguments.given.size() == 1) return concat({argument(0)});
  for (const std::string_view one : kSilent)
    if (path == one || (one.ends_with('.') && path.starts_with(one))) return absent();
  if (path == "runtime.Caller") {
    std::vector<Slot> frame(4);
    frame[0].value = frame[2].value = unknown("a place in the program");
    frame[1].value = text(host_.file_of(where.module));
    frame[3].value = boolean(true);
    return list(std::move(frame));
  }
  if (path == "path/filepath.Abs" || path == "path/filepath.ToSlash" ||
      path == "path/filepath.FromSlash")
    return argument(0);
  if (path == "strings.TrimPrefix" || path == "strings.TrimSuffix") {
    const auto whole = text_of(argument(0)), part = text_of(argument(1));
    if (!whole || !part) return unknown("a part of a text");
    const bool is_prefix = path.ends_with("Prefix");
    const bool has = is_prefix ? whole->starts_with(*part) : whole->ends_with(*part);
    if (!has) return argument(0);
    return text(std::string(is_prefix ? whole->substr(part->size())
                                      : whole->substr(0, whole->size() - part->size())));
  }
  if (path == "append_all" && arguments.given.size() == 2)
    return builtin_method(argument(0), "extend",
                          {.given = {{.name = "0", .value = argument(1)}}, .open = false}, where);
  if (path == "range") return builtin_function("Object.entries", arguments, where);
  if (path == "strings.Replace" && is(argument(3), DatumKind::Number) &&
      (*this)[argument(3)].number >= 0)
    return unknown("a text that is replaced some times");
  const auto method = std::ranges::find(kGoMethods, path, &AsMethod::path);
  if (method != kGoMethods.end() && !arguments.given.empty()) {
    Arguments rest;
    for (std::size_t i = 1; i < arguments.given.size(); ++i) {
      rest.given.push_back(arguments.given[i]);
      rest.given.back().name = std::to_string(i - 1);
    }
    return builtin_method(argument(0), method->method, rest, where);
  }
  const auto same = std::ranges::find(kSame, path, &AsMethod::path);
  if (same != kSame.end()) return builtin_function(same->method, arguments, where);
  return {};
}

}  // namespace fnlint
