// Chooses between the JSON and the YAML reader, and lets YAML read what is almost JSON.

#include "frontends/documents/document.h"

#include "core/encoding.h"

namespace fnlint {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

// JSON, or a JSON text with a mistake in it; YAML's flow style ({a: b}) is neither. What is valid
// as both may go either way.
bool begins_as_json(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = without_blanks(text);
  if (text.empty() || (text[0] != '{' && text[0] != '[')) return false;
  while (!text.empty() && (text[0] == '{' || text[0] == '[')) text = without_blanks(text.substr(1));
  return text.empty() || text[0] == '"' || text[0] == '}' || text[0] == ']';
}

}  // namespace

Document read_document(std::string_view text, YamlWords words) {
  if (!begins_as_json(text)) return read_yaml(text, words);
  Document json = read_json(text);
  if (json.complete) return json;
  // A comma too many, or a comment, is wrong in JSON but does not hide what YAML can still read.
  Document yaml = read_yaml(text, words);
  if (!yaml.complete || yaml.roots.empty()) return json;
  yaml.problems.insert(yaml.problems.begin(), json.problems.back());
  return yaml;
}

}  // namespace fnlint
