// What programs in Python have of their own: data classes, whose constructors nobody writes.
#include "core/text.h"
#include "flow/program/interpret.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kField = "dataclasses.field";
constexpr int kDataBases = 16;

// Called once the fields are filled.
constexpr std::array<std::string_view, 2> kBehindFields{"__post_init__", "__attrs_post_init__"};

}  // namespace

bool Interpreter::has_own_constructor(DatumId type) const {
  const Datum& row = (*this)[type];
  const CodeFacts& code = facts(row.module);
  const Class& definition = code.classes[row.type.index];
  for (std::uint32_t i = 0; i < definition.methods.count; ++i)
    if (code.functions[code.methods[definition.methods.first + i].index].kind ==
        FunctionKind::Constructor)
      return true;
  return false;
}

// field(default=..., init=False); no id: the attribute is no such description.
DatumId Interpreter::described_field(DatumId type, std::string_view name) {
  const DatumId attribute = class_member(type, name, {});
  if (!attribute.exists()) return {};
  const DatumId value = settled(attribute);
  return is(value, DatumKind::Object) && (*this)[value].text == kField ? value : DatumId{};
}

// The fields of a class and of its bases, theirs first, as its constructor takes them.
std::vector<std::string> Interpreter::data_fields(DatumId type) {
  std::vector<DatumId> chain;
  for (int i = 0; i < kDataBases && is(type, DatumKind::Class); ++i) {
    chain.insert(chain.begin(), type);
    type = (*this)[type].receiver;
  }
  std::vector<std::string> names;
  for (const DatumId one : chain) {
    const Datum row = (*this)[one];
    const CodeFacts& code = facts(row.module);
    const Slice<Field> fields = code.classes[row.type.index].fields;
    for (std::uint32_t i = 0; i < fields.count; ++i) {
      const Field& field = code.fields[fields.first + i];
      if (!field.type.exists()) continue;  // a class's own variable
      const std::string_view path = code.string(code.types[field.type.index].path);
      std::string name(code.string(field.name));
      const bool is_of_all = path == "ClassVar" || path == "typing.ClassVar";
      if (!is_of_all && std::ranges::find(names, name) == names.end())
        names.push_back(std::move(name));
    }
  }
  return names;
}

// Whether what it is given without names goes into its fields: no base of a library takes it.
bool Interpreter::takes_fields(DatumId type) const {
  for (int i = 0; i < kDataBases && is(type, DatumKind::Class); ++i) type = (*this)[type].receiver;
  return !type.exists() || (*this)[type].text.ends_with("NamedTuple");
}

// Data(a, size=b): fields in order or by name, then those that have a default.
void Interpreter::fill_data(DatumId object_id, DatumId type, const Arguments& arguments,
                            CodePlace where) {
  const bool by_place = takes_fields(type);
  std::size_t next = 0;
  std::vector<std::string> taken;
  for (const std::string& name : data_fields(type)) {
    const DatumId described = described_field(type, name);
    const Slot* init = described.exists() ? slot(described, "init") : nullptr;
    const bool is_given = init == nullptr || !is(settled(init->value), DatumKind::Bool) ||
                          (*this)[settled(init->value)].truth;
    const std::string place = is_given && by_place ? std::to_string(next++) : std::string();
    const auto found = std::ranges::find_if(arguments.given, [&](const Slot& one) {
      return one.name == name || (!place.empty() && one.name == place);
    });
    if (found != arguments.given.end()) {
      set(object_id, name, found->value, found->key, found->where);
      taken.push_back(found->name);
      continue;
    }
    if (!described.exists()) continue;  // a plain default is the class's own member
    const Slot* fallback = slot(described, "default");
    const Slot* factory = slot(described, "default_factory");
    if (fallback != nullptr)
      set(object_id, name, fallback->value, where, where);
    else if (factory != nullptr)
      set(object_id, name, call(factory->value, {}, where), where, where);
  }
  Arguments rest;
  for (const Slot& one : arguments.given) {
    if (std::ranges::find(taken, one.name) != taken.end()) continue;
    const bool is_position = !one.name.empty() && one.name[0] >= '0' && one.name[0] <= '9';
    if (is_position)
      rest.given.push_back(one);
    else
      set(object_id, one.name, one.value, one.key, one.where);
  }
  if (!rest.given.empty() && by_place)
    host_.missed(*this, "a constructor that is not written", rest, where);
}

void Interpreter::run_behind_fields(DatumId object_id, DatumId type, CodePlace where) {
  if (has_own_constructor(type)) return;
  for (const std::string_view name : kBehindFields)
    if (const DatumId method = class_member(type, name, object_id);
        is(method, DatumKind::Function))
      call(method, {}, where);
}

}  // namespace fnlint
