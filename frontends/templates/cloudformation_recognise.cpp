#include "core/characters.h"
#include "core/encoding.h"
#include "frontends/templates/cloudformation.h"

#include <cstring>

// Whether a text is a template of CloudFormation, by a look that parses nothing.
namespace fnlint {
namespace {

constexpr std::string_view kSection = "Resources";
// CodeDeploy's AppSpec has Resources, too, and begins with a version, which no template has.
constexpr std::string_view kVersion = "version";

// memmem: a search of the whole text at the speed of memory, which string_view::find is not where
// the first letter is frequent.
std::size_t find(std::string_view text, std::string_view word, std::size_t from = 0) {
  if (from >= text.size()) return std::string_view::npos;
  const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// Whether a colon follows, perhaps after blanks.
bool is_key(std::string_view text, std::size_t end) {
  while (end < text.size() && is_blank(text[end])) ++end;
  return end < text.size() && text[end] == ':';
}

// A key of the outermost object. One pass, however often the word occurs.
bool has_json_key(std::string_view text, std::string_view name) {
  std::size_t depth = 0;
  for (std::size_t at = text.find_first_of("{}[]\""); at < text.size();
       at = text.find_first_of("{}[]\"", at)) {
    if (text[at] == '"') {
      const std::size_t begin = ++at;
      for (at = text.find_first_of("\\\"", at); at < text.size() && text[at] == '\\';
           at = text.find_first_of("\\\"", at + 2)) {
      }
      if (at >= text.size()) return false;
      if (depth == 1 && text.substr(begin, at - begin) == name && is_key(text, at + 1)) {
        return true;
      }
    } else if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if (depth > 0) {
      --depth;
    }
    ++at;
  }
  return false;
}

// Of the first line that holds a key: what the outermost map is indented by.
std::size_t outer_indentation(std::string_view text) {
  for (std::size_t line = 0; line < text.size();) {
    std::size_t at = line;
    while (at < text.size() && text[at] == ' ') ++at;
    const bool content = at < text.size() && !is_blank(text[at]) && text[at] != '#' &&
                         text[at] != '%' && text.substr(line, 3) != "---";
    if (content) return at - line;
    line = std::min(text.find('\n', line), text.size() - 1) + 1;
  }
  return 0;
}

bool has_yaml_key(std::string_view text, std::string_view name) {
  const std::size_t indentation = outer_indentation(text);
  for (std::size_t at = find(text, name); at != std::string_view::npos;
       at = find(text, name, at + 1)) {
    std::size_t begin = at, end = at + name.size();
    const bool quoted = begin > 0 && (text[begin - 1] == '"' || text[begin - 1] == '\'') &&
                        end < text.size() && text[end] == text[begin - 1];
    if (quoted) {
      --begin;
      ++end;
    }
    const std::size_t key = begin;
    while (begin > 0 && text[begin - 1] == ' ') --begin;
    const bool starts_line = begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '\r';
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    const bool ends_key = end < text.size() && text[end] == ':' &&
                          (end + 1 == text.size() || is_blank(text[end + 1]));
    if (starts_line && ends_key && key - begin == indentation) return true;
  }
  return false;
}

bool contains(std::string_view text, std::string_view word) {
  return find(text, word) != std::string_view::npos;
}

}  // namespace

TemplateDialect recognise_cloudformation(std::string_view text) {
  if (text.starts_with("#!")) return TemplateDialect::Unknown;  // a program that writes one
  if (!contains(text, kSection)) return TemplateDialect::Unknown;
  const bool types = contains(text, "AWS::");
  if (!types && !contains(text, "AWSTemplateFormatVersion") && !contains(text, "Custom::")) {
    return TemplateDialect::Unknown;
  }
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::string_view content = text.substr(mark);
  const std::size_t start = content.find_first_not_of(" \t\r\n");
  const bool braces = content[start] == '{';
  const auto has_key = [&](std::string_view name) {
    return braces ? has_json_key(content, name) : has_yaml_key(content, name);
  };
  if (!has_key(kSection) && !(braces && contains(content, "{Resources:")))
    return TemplateDialect::Unknown;
  if (has_key(kVersion)) return TemplateDialect::Unknown;
  return contains(text, "AWS::Serverless") ? TemplateDialect::Sam : TemplateDialect::CloudFormation;
}

}  // namespace fnlint
