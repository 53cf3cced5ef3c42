// The languages' own libraries, as far as the interpreter knows them.
#pragma once

#include "flow/program/interpret.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What every program of a language has without a library: methods of texts, lists and records, and
// the few functions and modules that programs which describe a deployment use. Names of several
// languages stand side by side, where they mean the same.
class Builtins {
 public:
  Builtins(Interpreter& program, DatumId base, const Arguments& arguments, CodePlace where)
      : p_(program), base_(base), arguments_(arguments), where_(where) {}

  using Method = DatumId (Builtins::*)();
  struct Row {
    std::string_view name;
    Method method;
  };
  static std::span<const Row> text_methods();
  static std::span<const Row> list_methods();
  static std::span<const Row> record_methods();
  static std::span<const Row> functions();

 private:
  [[nodiscard]] DatumId argument(std::size_t i) const {
    const std::string wanted = std::to_string(i);
    for (const Slot& one : arguments_.given)
      if (one.name == wanted) return p_.settled(one.value);
    return {};
  }
  [[nodiscard]] DatumId given(std::string_view name) const {
    for (const Slot& one : arguments_.given)
      if (one.name == name) return p_.settled(one.value);
    return {};
  }
  [[nodiscard]] const std::string& text() const { return p_[base_].text; }
  [[nodiscard]] std::optional<std::string> word(std::size_t i) const {
    const DatumId value = argument(i);
    if (!value.exists()) return std::nullopt;
    const auto known = p_.text_of(value);
    return known ? std::optional(std::string(*known)) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> key(std::size_t i) const {
    const DatumId value = argument(i);
    return value.exists() ? p_.name_of(value) : std::nullopt;
  }
  [[nodiscard]] std::optional<double> amount(std::size_t i) const {
    const DatumId value = argument(i);
    if (!p_.is(value, DatumKind::Number)) return std::nullopt;
    return p_[value].number;
  }
  [[nodiscard]] std::vector<Slot> items() const { return p_[base_].slots; }
  DatumId open() { return p_.unknown("a method of an unknown list"); }
  DatumId apply(DatumId function, DatumId item, std::size_t i) {
    Arguments arguments;
    arguments.given = {{"0", item}, {"1", p_.number(static_cast<double>(i))}};
    return p_.call(function, arguments, where_);
  }
  DatumId texts(const std::vector<std::string_view>& words) {
    std::vector<Slot> out;
    for (const std::string_view one : words) out.push_back({.value = p_.text(std::string(one))});
    return p_.list(std::move(out));
  }

  // Texts.
  DatumId itself();
  DatumId lower_case();
  DatumId upper_case();
  DatumId capital();
  DatumId trimmed();
  DatumId pieces();
  DatumId replaced();
  DatumId all_replaced();
  DatumId starts();
  DatumId ends();
  DatumId holds();
  DatumId position();
  DatumId text_part();
  DatumId character();
  DatumId joined_with();
  DatumId text_concat();
  DatumId formatted();
  DatumId file_parent();
  DatumId path_below();
  DatumId padded();

  // Lists.
  DatumId pushed();
  DatumId added();
  DatumId extended();
  DatumId concatenated();
  // Of a list that is not known: once, for some element that there may be.
  template <class Each>
  void for_items(Each each) {
    std::size_t i = 0;
    for (const Slot& one : items()) each(one, i++);
    if (!p_[base_].open) return;
    const ConditionId some = p_.condition_of(p_.unknown("whether there is an element"));
    const std::size_t before = p_.enter(some, true);
    each(Slot{.value = p_.unknown("an element of an unknown list")}, i);
    p_.leave(before);
  }
  DatumId for_each();
  DatumId for_each_entry();
  DatumId mapped();
  DatumId flat_mapped();
  DatumId flat();
  DatumId flattened(DatumId list);
  DatumId filtered();
  DatumId found();
  DatumId any();
  DatumId reduced();
  DatumId list_joined();
  DatumId joined(DatumId list, const std::string& by);
  DatumId list_part();
  DatumId pairs_of_list();
  DatumId reversed();
  DatumId popped();
  DatumId shifted();
  DatumId none_left();

  // Records.
  DatumId pair(DatumId first, DatumId second);
  DatumId keys();
  DatumId values();
  DatumId pairs();
  DatumId got();
  DatumId taken_out();
  DatumId entry_set();
  DatumId entry_added();
  DatumId updated();
  DatumId copied();

  // Functions.
  DatumId of_first(Method method);
  DatumId object_keys();
  DatumId object_values();
  DatumId object_entries();
  DatumId enumerated();
  DatumId first();
  DatumId data_field();
  DatumId assigned();
  DatumId from_entries();
  DatumId empty_record();
  DatumId python_dict();
  // The module's own names, as a record of them.
  DatumId own_module();
  DatumId named_member();
  DatumId list_of();
  DatumId as_text();
  DatumId as_number();
  // Of numbers that are all known.
  template <class Pick>
  DatumId picked(Pick pick) {
    if (!amount(0) || arguments_.open) return p_.unknown("a number that is computed");
    double out = *amount(0);
    for (std::size_t i = 1; argument(i).exists(); ++i) {
      if (!amount(i)) return p_.unknown("a number that is computed");
      out = pick(out, *amount(i));
    }
    return p_.number(out);
  }
  template <class Round>
  DatumId rounded_by(Round round) {
    return amount(0) && !argument(1).exists() ? p_.number(round(*amount(0)))
                                              : p_.unknown("a number that is computed");
  }
  DatumId largest();
  DatumId smallest();
  DatumId rounded();
  DatumId rounded_up();
  DatumId rounded_down();
  DatumId as_truth();
  DatumId size_of();
  DatumId range();
  DatumId zipped();
  DatumId path_joined();
  DatumId path_folder();
  DatumId path_name();
  DatumId environment();
  DatumId working_folder();
  DatumId file_of_url();
  DatumId nothing();
  DatumId json();

  Interpreter& p_;
  const DatumId base_;
  const Arguments& arguments_;
  const CodePlace where_;
};

}  // namespace fnlint
