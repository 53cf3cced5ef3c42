// Normalises names, paths and methods as the framework does, character by character.

#include "link/serverless/serverless_names.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

std::string first_upper(std::string text) {
  if (!text.empty()) text[0] = to_upper(text[0]);
  return text;
}

std::string label_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_letter_or_digit(c)) out += c;
  return out;
}

// One part of a path: "{userId}" is "UseridVar".
std::string path_part(std::string_view part) {
  std::string text = replace_all(lower(part), "-", "Dash");
  const std::size_t open = text.find('{'), close = text.rfind('}');
  if (open != text.npos && close != text.npos && close > open)
    text = cat(text.substr(0, open), text.substr(open + 1, close - open - 1), "Var",
               text.substr(close + 1));
  return first_upper(label_of(text));
}

}  // namespace

std::string normal_name(std::string_view name) {
  return first_upper(replace_all(replace_all(name, "-", "Dash"), "_", "Underscore"));
}

std::string normal_word(std::string_view name) { return first_upper(label_of(name)); }

std::string normal_path_name(std::string_view path) {
  std::string out;
  for (const std::string_view part : split(path, '/')) out += path_part(part);
  return out;
}

std::string normal_method(std::string_view method) { return first_upper(lower(method)); }

std::string normal_route(std::string_view route) {
  std::string out;
  for (const char c : route) {
    if (c == '$') out += 'S';
    else if (c == '/') out += "Slash";
    else if (c == '-') out += "Dash";
    else if (c == '_') out += "Underscore";
    else if (c == '.') out += "Period";
    else out += c;
  }
  return out;
}

std::string filled_name(std::string_view form,
                        std::span<const std::pair<std::string_view, std::string>> parts) {
  std::string out;
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t close = form[at] == '{' ? form.find('}', at) : form.npos;
    if (close == form.npos) {
      out += form[at++];
      continue;
    }
    const std::string_view name = form.substr(at + 1, close - at - 1);
    const auto part =
        std::ranges::find_if(parts, [&](const auto& one) { return one.first == name; });
    if (part != parts.end()) out += part->second;
    at = close + 1;
  }
  return out;
}

}  // namespace fnlint::stacks
