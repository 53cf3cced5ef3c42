#include "core/text.h"
#include "flow/interpret.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cctype>

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
  [[nodiscard]] std::optional<double> amount(std::size_t i) const {
    const DatumId value = argument(i);
    if (!p_.is(value, DatumKind::Number)) return std::nullopt;
    return p_[value].number;
  }
  [[nodiscard]] std::vector<Slot> items() const { return p_[base_].slots; }
  DatumId open() { return p_.unknown("a method of a list that is not known"); }
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
  DatumId itself() { return base_; }
  DatumId lower_case() { return p_.text(lower(text())); }
  DatumId upper_case() {
    std::string out = text();
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return p_.text(std::move(out));
  }
  DatumId capital() {
    std::string out = lower(text());
    if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
    return p_.text(std::move(out));
  }
  DatumId trimmed() { return p_.text(std::string(trim(text()))); }
  DatumId pieces() {
    const auto by = word(0);
    if (!by || by->empty()) return open();
    std::vector<std::string_view> out;
    const std::string all = text();
    std::size_t from = 0;
    for (std::size_t at = all.find(*by); at != std::string::npos && out.size() < 2000;
         at = all.find(*by, from)) {
      out.push_back(std::string_view(all).substr(from, at - from));
      from = at + by->size();
    }
    out.push_back(std::string_view(all).substr(from));
    return texts(out);
  }
  DatumId replaced() {
    const auto from = word(0), to = word(1);
    if (!from || !to || from->empty()) return p_.unknown("a text that is replaced by a pattern");
    const std::string all = text();
    if (p_.spoken() == Language::Python) return p_.text(replace_all(all, *from, *to));
    const std::size_t at = all.find(*from);
    return at == std::string::npos
               ? base_
               : p_.text(all.substr(0, at) + *to + all.substr(at + from->size()));
  }
  DatumId all_replaced() {
    const auto from = word(0), to = word(1);
    if (!from || !to || from->empty()) return p_.unknown("a text that is replaced by a pattern");
    return p_.text(replace_all(text(), *from, *to));
  }
  DatumId starts() {
    const auto with = word(0);
    return with ? p_.boolean(text().starts_with(*with)) : p_.unknown("a test of a text");
  }
  DatumId ends() {
    const auto with = word(0);
    return with ? p_.boolean(text().ends_with(*with)) : p_.unknown("a test of a text");
  }
  DatumId holds() { return p_.contains(argument(0), base_); }
  DatumId position() {
    const auto of = word(0);
    if (!of) return p_.unknown("a position");
    const std::size_t at = text().find(*of);
    return p_.number(at == std::string::npos ? -1 : static_cast<double>(at));
  }
  DatumId text_part() {
    const double size = static_cast<double>(text().size());
    double from = amount(0).value_or(0), to = amount(1).value_or(size);
    if (from < 0) from += size;
    if (to < 0) to += size;
    from = std::clamp(from, 0.0, size);
    to = std::clamp(to, from, size);
    return p_.text(text().substr(static_cast<std::size_t>(from),
                                 static_cast<std::size_t>(to) - static_cast<std::size_t>(from)));
  }
  DatumId character() {
    const auto at = argument(0).exists() ? amount(0) : std::optional(0.0);
    return at ? p_.character(base_, *at) : p_.unknown("a character of a text");
  }
  DatumId joined_with() {  // ", ".join(list)
    return joined(argument(0), text());
  }
  DatumId text_concat() {
    std::vector<DatumId> parts{base_};
    for (std::size_t i = 0; argument(i).exists(); ++i) parts.push_back(argument(i));
    return p_.concat(std::move(parts));
  }
  DatumId formatted() {  // "{}-{name}".format(...)
    std::vector<DatumId> parts;
    std::string run;
    const std::string all = text();
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((all[i] == '{' || all[i] == '}') && i + 1 < all.size() && all[i + 1] == all[i]) {
        run += all[i++];
      } else if (all[i] == '{') {
        const std::size_t end = all.find('}', i);
        if (end == std::string::npos) return p_.unknown("a format");
        const std::string name = all.substr(i + 1, end - i - 1);
        parts.push_back(p_.text(std::exchange(run, {})));
        const DatumId value = name.empty() ? argument(next++) : given(name);
        if (!value.exists()) return p_.unknown("a format");
        parts.push_back(value);
        i = end;
      } else {
        run += all[i];
      }
    }
    parts.push_back(p_.text(run));
    return p_.concat(std::move(parts));
  }
  DatumId file_parent() { return p_.text(std::string(folder_of(text()))); }
  DatumId path_below() {
    std::string path = text();
    for (std::size_t i = 0; argument(i).exists(); ++i) {
      const auto part = word(i);
      if (!part) return p_.unknown("a path that is not known");
      path = join_path(path, *part);
    }
    return p_.text(std::move(path));
  }
  DatumId padded() {
    const auto size = amount(0);
    const auto with = word(1);
    std::string out = text();
    if (!size || *size > 1000) return p_.unknown("a text");
    while (static_cast<double>(out.size()) < *size)
      out.insert(0, with && !with->empty() ? with->substr(0, 1) : " ");
    return p_.text(std::move(out));
  }

  // Lists.
  DatumId pushed() {
    for (std::size_t i = 0; argument(i).exists(); ++i) p_.append(base_, argument(i), where_);
    return p_.absent();
  }
  DatumId extended() {
    const DatumId other = argument(0);
    if (!p_.is(other, DatumKind::List)) {
      p_.change(base_).open = true;
      return p_.absent();
    }
    for (const Slot& one : std::vector<Slot>(p_[other].slots))
      p_.append(base_, one.value, one.where);
    return p_.absent();
  }
  DatumId concatenated() {
    std::vector<Slot> out = items();
    bool is_open = p_[base_].open;
    for (std::size_t i = 0; argument(i).exists(); ++i) {
      const Datum row = p_[argument(i)];
      if (row.kind == DatumKind::List) {
        out.insert(out.end(), row.slots.begin(), row.slots.end());
        is_open = is_open || row.open;
      } else {
        out.push_back({.value = argument(i)});
      }
    }
    return p_.list(std::move(out), is_open);
  }
  // Of a list that is not known: once, for some element that there may be.
  template <class Each>
  void for_items(Each each) {
    std::size_t i = 0;
    for (const Slot& one : items()) each(one, i++);
    if (!p_[base_].open) return;
    const ConditionId some = p_.condition_of(p_.unknown("whether there is an element"));
    const std::size_t before = p_.enter(some, true);
    each(Slot{.value = p_.unknown("an element of a list that is not known")}, i);
    p_.leave(before);
  }
  DatumId for_each() {
    for_items([&](const Slot& one, std::size_t i) { apply(argument(0), one.value, i); });
    return p_.absent();
  }
  DatumId mapped() {
    std::vector<Slot> out;
    for_items([&](const Slot& one, std::size_t i) {
      out.push_back(
          {.value = apply(argument(0), one.value, i), .key = one.key, .where = one.where});
    });
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId flat_mapped() { return flattened(mapped()); }
  DatumId flat() { return flattened(base_); }
  DatumId flattened(DatumId list) {
    std::vector<Slot> out;
    bool is_open = p_[list].open;
    for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
      const Datum row = p_[p_.settled(one.value)];
      if (row.kind == DatumKind::List) {
        out.insert(out.end(), row.slots.begin(), row.slots.end());
        is_open = is_open || row.open;
      } else {
        out.push_back(one);
      }
    }
    return p_.list(std::move(out), is_open);
  }
  DatumId filtered() {
    std::vector<Slot> out;
    bool is_open = p_[base_].open;
    std::size_t i = 0;
    for (const Slot& one : items()) {
      const DatumId keep = p_.truth(apply(argument(0), one.value, i++));
      if (!p_.is(keep, DatumKind::Bool)) {
        is_open = true;
      } else if (p_[keep].truth) {
        out.push_back(one);
      }
    }
    return p_.list(std::move(out), is_open);
  }
  DatumId found() {
    std::size_t i = 0;
    for (const Slot& one : items()) {
      const DatumId keep = p_.truth(apply(argument(0), one.value, i++));
      if (!p_.is(keep, DatumKind::Bool)) return p_.unknown("an element that is looked for");
      if (p_[keep].truth) return one.value;
    }
    return p_[base_].open ? p_.unknown("an element that is looked for") : p_.absent();
  }
  DatumId any() {
    bool is_open = p_[base_].open;
    std::size_t i = 0;
    for (const Slot& one : items()) {
      const DatumId is = p_.truth(apply(argument(0), one.value, i++));
      if (!p_.is(is, DatumKind::Bool)) {
        is_open = true;
      } else if (p_[is].truth) {
        return is;
      }
    }
    return is_open ? p_.unknown("a test of a list") : p_.boolean(false);
  }
  DatumId reduced() {
    DatumId value = argument(1);
    std::size_t i = 0;
    for (const Slot& one : items()) {
      if (!value.exists()) {
        value = one.value;
        continue;
      }
      Arguments arguments;
      arguments.given = {
          {"0", value}, {"1", one.value}, {"2", p_.number(static_cast<double>(i++))}};
      value = p_.call(argument(0), arguments, where_);
    }
    return value.exists() ? value : p_.absent();
  }
  DatumId list_joined() {
    const auto by = word(0);
    return joined(base_, by.value_or(","));
  }
  DatumId joined(DatumId list, const std::string& by) {
    if (!p_.is(list, DatumKind::List) || p_[list].open) return open();
    std::vector<DatumId> parts;
    for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
      if (!parts.empty()) parts.push_back(p_.text(by));
      parts.push_back(one.value);
    }
    return p_.concat(std::move(parts));
  }
  DatumId list_part() {
    const std::vector<Slot> all = items();
    const double size = static_cast<double>(all.size());
    double from = amount(0).value_or(0), to = amount(1).value_or(size);
    if (from < 0) from += size;
    if (to < 0) to += size;
    from = std::clamp(from, 0.0, size);
    to = std::clamp(to, from, size);
    return p_.list({all.begin() + static_cast<std::ptrdiff_t>(from),
                    all.begin() + static_cast<std::ptrdiff_t>(to)},
                   p_[base_].open);
  }
  DatumId pairs_of_list() {  // entries(), enumerate()
    std::vector<Slot> out;
    std::size_t i = 0;
    for (const Slot& one : items())
      out.push_back({.value = pair(p_.number(static_cast<double>(i++)), one.value)});
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId reversed() {
    std::vector<Slot> out = items();
    std::ranges::reverse(out);
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId popped() {
    if (p_[base_].slots.empty()) return none_left();
    const DatumId last = p_[base_].slots.back().value;
    p_.change(base_).slots.pop_back();
    return last;
  }
  DatumId shifted() {
    if (p_[base_].slots.empty()) return none_left();
    const DatumId first = p_[base_].slots.front().value;
    p_.change(base_).slots.erase(p_.change(base_).slots.begin());
    return first;
  }
  DatumId none_left() {
    return p_[base_].open ? p_.unknown("an element of a list that is not known") : p_.absent();
  }

  // Records.
  DatumId pair(DatumId first, DatumId second) {
    return p_.list({{.value = first}, {.value = second}});
  }
  DatumId keys() {
    std::vector<Slot> out;
    for (const Slot& one : items()) out.push_back({.value = p_.text(one.name), .where = one.key});
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId values() {
    std::vector<Slot> out;
    for (const Slot& one : items()) out.push_back({.value = one.value, .where = one.where});
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId pairs() {
    std::vector<Slot> out;
    for (const Slot& one : items()) out.push_back({.value = pair(p_.text(one.name), one.value)});
    return p_.list(std::move(out), p_[base_].open);
  }
  DatumId got() {
    const auto name = word(0);
    if (!name) return p_.unknown("an entry whose name is not known");
    if (const Slot* one = p_.slot(base_, *name)) return one->value;
    if (p_[base_].open) return p_.unknown(cat("'", *name, "' of a record that is not known"));
    return argument(1).exists() ? argument(1) : p_.absent();
  }
  DatumId entry_set() {
    const auto name = word(0);
    if (name && argument(1).exists())
      p_.set(base_, *name, argument(1), where_, where_);
    else
      p_.change(base_).open = true;
    return base_;
  }
  DatumId updated() {
    for (const Slot& one : arguments_.given) {
      if (one.name != "0") {
        p_.set(base_, one.name, one.value, one.key, one.where);
        continue;
      }
      const DatumId other = p_.settled(one.value);
      if (!p_.is(other, DatumKind::Record)) p_.change(base_).open = true;
      if (p_.is(other, DatumKind::Record))
        for (const Slot& each : std::vector<Slot>(p_[other].slots))
          p_.set(base_, each.name, each.value, each.key, each.where);
    }
    return p_.absent();
  }
  DatumId copied() {
    return p_.is(base_, DatumKind::List) ? p_.list(items(), p_[base_].open)
                                         : p_.record(items(), p_[base_].open);
  }

  // Functions.
  DatumId of_first(Method method) {
    const DatumId first = argument(0);
    if (!first.exists()) return p_.unknown("a function without an argument");
    if (!p_.is(first, DatumKind::Record) && !p_.is(first, DatumKind::List) &&
        !p_.is(first, DatumKind::Class))
      return p_.unknown("a function of a record that is not known");
    Builtins inner(p_, first, arguments_, where_);
    return (inner.*method)();
  }
  DatumId object_keys() { return of_first(&Builtins::keys); }
  DatumId object_values() { return of_first(&Builtins::values); }
  DatumId object_entries() {
    return of_first(p_.is(argument(0), DatumKind::List) ? &Builtins::pairs_of_list
                                                        : &Builtins::pairs);
  }
  DatumId enumerated() { return of_first(&Builtins::pairs_of_list); }
  DatumId first() { return argument(0).exists() ? argument(0) : p_.absent(); }
  DatumId assigned() {
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
  DatumId from_entries() {
    const DatumId list = argument(0);
    std::vector<Slot> out;
    if (!p_.is(list, DatumKind::List)) return p_.record({}, list.exists());
    for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
      const Datum row = p_[p_.settled(one.value)];
      const auto name = row.slots.size() == 2 ? p_.text_of(row.slots[0].value) : std::nullopt;
      if (!name) return p_.record({}, true);
      out.push_back(
          {std::string(*name), row.slots[1].value, row.slots[0].where, row.slots[1].where});
    }
    return p_.record(std::move(out), p_[list].open);
  }
  DatumId empty_record() {
    return argument(0).exists() && p_.is(argument(0), DatumKind::List) ? from_entries()
                                                                       : p_.record({});
  }
  DatumId python_dict() {
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
  DatumId own_module() { return p_.module_value(where_.module); }
  DatumId named_member() {
    const auto name = word(1);
    if (!name) return p_.unknown("a member whose name is not known");
    const DatumId found = p_.member(argument(0), *name);
    return p_.is(found, DatumKind::Absent) && argument(2).exists() ? argument(2) : found;
  }
  DatumId list_of() {
    const DatumId from = argument(0);
    if (!from.exists()) return p_.list({});
    if (p_.is(from, DatumKind::List)) return p_.list(p_[from].slots, p_[from].open);
    if (p_.is(from, DatumKind::Record)) return of_first(&Builtins::keys);
    return p_.list({}, true);
  }
  DatumId as_text() { return argument(0).exists() ? p_.concat({argument(0)}) : p_.text(""); }
  DatumId as_number() {
    const DatumId value = argument(0);
    if (p_.is(value, DatumKind::Number)) return value;
    if (const auto known = word(0))
      if (const auto parsed = double_of(normal_number(trim(*known)))) return p_.number(*parsed);
    if (p_.is(value, DatumKind::Token)) return value;
    return p_.unknown("a number that is read from a text");
  }
  DatumId as_truth() { return argument(0).exists() ? p_.truth(argument(0)) : p_.boolean(false); }
  DatumId size_of() {
    const DatumId value = argument(0);
    if (!value.exists()) return p_.unknown("a length");
    const DatumId size = p_.builtin_member(value, "length");
    return size.exists() ? size : p_.unknown("a length");
  }
  DatumId range() {
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
  DatumId zipped() {
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
  DatumId path_joined() {
    std::string path;
    for (std::size_t i = 0; argument(i).exists(); ++i) {
      const auto part = word(i);
      if (!part) return p_.unknown("a path that is not known");
      path = path.empty() ? *part : join_path(path, *part);
    }
    return p_.text(normal_path(path));
  }
  DatumId path_folder() {
    const auto path = word(0);
    return path ? p_.text(std::string(folder_of(*path))) : p_.unknown("a path that is not known");
  }
  DatumId path_name() {
    const auto path = word(0);
    if (!path) return p_.unknown("a path that is not known");
    std::string name(file_name_of(*path));
    if (const auto ending = word(1); ending && name.ends_with(*ending))
      name.resize(name.size() - ending->size());
    return p_.text(std::move(name));
  }
  DatumId environment() {
    LibraryUse use{.path = "<env>", .arguments = arguments_, .where = where_};
    return p_.host_.call(p_, use);
  }
  DatumId working_folder() {
    LibraryUse use{.path = "<cwd>", .arguments = arguments_, .where = where_};
    return p_.host_.call(p_, use);
  }
  DatumId file_of_url() {  // of import.meta.url, hardly of anything else
    return word(0) ? argument(0) : p_.text(p_.host_.file_of(where_.module));
  }
  DatumId nothing() { return p_.absent(); }
  DatumId json() {
    Arguments arguments = arguments_;
    const LibraryUse use{.path = "<json>", .arguments = arguments, .where = where_};
    const DatumId value = p_.host_.call(p_, use);
    return value.exists() ? value : p_.unknown("JSON that is written by the program");
  }

  Interpreter& p_;
  const DatumId base_;
  const Arguments& arguments_;
  const CodePlace where_;
};

std::span<const Builtins::Row> Builtins::text_methods() {
  static constexpr std::array kRows{
      Row{"toString", &Builtins::itself},
      Row{"valueOf", &Builtins::itself},
      Row{"toLowerCase", &Builtins::lower_case},
      Row{"lower", &Builtins::lower_case},
      Row{"toLocaleLowerCase", &Builtins::lower_case},
      Row{"toUpperCase", &Builtins::upper_case},
      Row{"upper", &Builtins::upper_case},
      Row{"capitalize", &Builtins::capital},
      Row{"trim", &Builtins::trimmed},
      Row{"strip", &Builtins::trimmed},
      Row{"split", &Builtins::pieces},
      Row{"replace", &Builtins::replaced},
      Row{"replaceAll", &Builtins::all_replaced},
      Row{"startsWith", &Builtins::starts},
      Row{"startswith", &Builtins::starts},
      Row{"endsWith", &Builtins::ends},
      Row{"endswith", &Builtins::ends},
      Row{"includes", &Builtins::holds},
      Row{"indexOf", &Builtins::position},
      Row{"find", &Builtins::position},
      Row{"slice", &Builtins::text_part},
      Row{"charAt", &Builtins::character},
      Row{"at", &Builtins::character},
      Row{"substring", &Builtins::text_part},
      Row{"join", &Builtins::joined_with},
      Row{"concat", &Builtins::text_concat},
      Row{"format", &Builtins::formatted},
      Row{"padStart", &Builtins::padded},
      Row{"resolve", &Builtins::itself},
      Row{"absolute", &Builtins::itself},
      Row{"as_posix", &Builtins::itself},
      Row{"joinpath", &Builtins::path_below},
  };
  return kRows;
}
std::span<const Builtins::Row> Builtins::list_methods() {
  static constexpr std::array kRows{
      Row{"push", &Builtins::pushed},
      Row{"append", &Builtins::pushed},
      Row{"add", &Builtins::pushed},
      Row{"unshift", &Builtins::pushed},
      Row{"extend", &Builtins::extended},
      Row{"concat", &Builtins::concatenated},
      Row{"forEach", &Builtins::for_each},
      Row{"map", &Builtins::mapped},
      Row{"flatMap", &Builtins::flat_mapped},
      Row{"flat", &Builtins::flat},
      Row{"filter", &Builtins::filtered},
      Row{"find", &Builtins::found},
      Row{"some", &Builtins::any},
      Row{"reduce", &Builtins::reduced},
      Row{"join", &Builtins::list_joined},
      Row{"slice", &Builtins::list_part},
      Row{"includes", &Builtins::holds},
      Row{"has", &Builtins::holds},
      Row{"entries", &Builtins::pairs_of_list},
      Row{"values", &Builtins::itself},
      Row{"sort", &Builtins::itself},
      Row{"reverse", &Builtins::reversed},
      Row{"pop", &Builtins::popped},
      Row{"shift", &Builtins::shifted},
      Row{"copy", &Builtins::copied},
  };
  return kRows;
}
std::span<const Builtins::Row> Builtins::record_methods() {
  static constexpr std::array kRows{
      Row{"keys", &Builtins::keys},      Row{"values", &Builtins::values},
      Row{"items", &Builtins::pairs},    Row{"entries", &Builtins::pairs},
      Row{"get", &Builtins::got},        Row{"pop", &Builtins::got},
      Row{"set", &Builtins::entry_set},  Row{"setdefault", &Builtins::entry_set},
      Row{"update", &Builtins::updated}, Row{"copy", &Builtins::copied},
      Row{"has", &Builtins::holds},      Row{"hasOwnProperty", &Builtins::holds},
  };
  return kRows;
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
  if (language_ == Language::Go)
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
      return row.open ? unknown("the length of a list that is not known")
                      : number(static_cast<double>(row.slots.size()));
    if (row.kind == DatumKind::Record && slot(base, name) == nullptr && !row.open)
      return number(static_cast<double>(row.slots.size()));
  }
  if (row.kind == DatumKind::Text)
    if (const DatumId part = part_of_path(row.text, name); part.exists()) return part;
  if (name == "value" && (row.kind == DatumKind::Text || row.kind == DatumKind::Number))
    return base;  // of an enumeration
  return {};
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
