// Methods of texts.

#include "core/text.h"
#include "flow/program/interpret_builtins.h"
#include "model/language_traits.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace fnlint {

DatumId Builtins::itself() { return base_; }
DatumId Builtins::lower_case() { return p_.text(lower(text())); }
DatumId Builtins::upper_case() {
  std::string out = text();
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return p_.text(std::move(out));
}

DatumId Builtins::capital() {
  std::string out = lower(text());
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return p_.text(std::move(out));
}

DatumId Builtins::trimmed() { return p_.text(std::string(trim(text()))); }
DatumId Builtins::pieces() {
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

DatumId Builtins::replaced() {
  const auto from = word(0), to = word(1);
  if (!from || !to || from->empty()) return p_.unknown("a text that is replaced by a pattern");
  const std::string all = text();
  if (traits(p_.language()).replaces_all) return p_.text(replace_all(all, *from, *to));
  const std::size_t at = all.find(*from);
  return at == std::string::npos ? base_
                                 : p_.text(all.substr(0, at) + *to + all.substr(at + from->size()));
}

DatumId Builtins::all_replaced() {
  const auto from = word(0), to = word(1);
  if (!from || !to || from->empty()) return p_.unknown("a text that is replaced by a pattern");
  return p_.text(replace_all(text(), *from, *to));
}

DatumId Builtins::starts() {
  const auto with = word(0);
  return with ? p_.boolean(text().starts_with(*with)) : p_.unknown("a test of a text");
}

DatumId Builtins::ends() {
  const auto with = word(0);
  return with ? p_.boolean(text().ends_with(*with)) : p_.unknown("a test of a text");
}

DatumId Builtins::holds() { return p_.contains(argument(0), base_); }
DatumId Builtins::position() {
  const auto of = word(0);
  if (!of) return p_.unknown("a position");
  const std::size_t at = text().find(*of);
  return p_.number(at == std::string::npos ? -1 : static_cast<double>(at));
}

DatumId Builtins::text_part() {
  const double size = static_cast<double>(text().size());
  double from = amount(0).value_or(0), to = amount(1).value_or(size);
  if (from < 0) from += size;
  if (to < 0) to += size;
  from = std::clamp(from, 0.0, size);
  to = std::clamp(to, from, size);
  return p_.text(text().substr(static_cast<std::size_t>(from),
                               static_cast<std::size_t>(to) - static_cast<std::size_t>(from)));
}

DatumId Builtins::character() {
  const auto at = argument(0).exists() ? amount(0) : std::optional(0.0);
  return at ? p_.character(base_, *at) : p_.unknown("a character of a text");
}

DatumId Builtins::joined_with() {  // ", ".join(list)
  return joined(argument(0), text());
}

DatumId Builtins::text_concat() {
  std::vector<DatumId> parts{base_};
  for (std::size_t i = 0; argument(i).exists(); ++i) parts.push_back(argument(i));
  return p_.concat(std::move(parts));
}

DatumId Builtins::formatted() {  // "{}-{name}".format(...)
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

DatumId Builtins::file_parent() { return p_.text(std::string(folder_of(text()))); }
DatumId Builtins::path_below() {
  std::string path = text();
  for (std::size_t i = 0; argument(i).exists(); ++i) {
    const auto part = word(i);
    if (!part) return p_.unknown("an unknown path");
    path = join_path(path, *part);
  }
  return p_.text(std::move(path));
}

DatumId Builtins::padded() {
  const auto size = amount(0);
  const auto with = word(1);
  std::string out = text();
  if (!size || *size > 1000) return p_.unknown("a text");
  while (static_cast<double>(out.size()) < *size)
    out.insert(0, with && !with->empty() ? with->substr(0, 1) : " ");
  return p_.text(std::move(out));
}

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

}  // namespace fnlint
