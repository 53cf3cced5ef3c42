#include "core/characters.h"
#include "core/encoding.h"
#include "frontends/templates/lambda_api.h"
#include "frontends/templates/lambda_api_forms.h"

#include <algorithm>
#include <cstring>

// Whether a text is an answer of the Lambda API, by the keys of its outermost object.
namespace fnlint {

namespace {

constexpr std::size_t kKeys = 64;  // at the top of a text: no answer has as many

// The keys of the outermost object; of a list: those of its first item. Only a look: what is no
// JSON gives what is met before its error.
std::vector<std::string_view> top_keys(std::string_view text) {
  std::vector<std::string_view> keys;
  std::size_t depth = 0, wanted = 1;
  for (std::size_t at = text.find_first_of("{}[]\""); at < text.size();
       at = text.find_first_of("{}[]\"", at)) {
    const char sign = text[at];
    if (sign == '"') {
      const std::size_t begin = ++at;
      while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
      if (at >= text.size()) return keys;
      std::size_t colon = at + 1;
      while (colon < text.size() && is_blank(text[colon])) ++colon;
      const bool is_key = depth == wanted && colon < text.size() && text[colon] == ':';
      if (is_key) keys.push_back(text.substr(begin, at - begin));
      if (keys.size() > kKeys) return {};
    } else if (sign == '[' && depth == 0) {
      wanted = 2;
      ++depth;
    } else if (sign == '{' || sign == '[') {
      if (++depth == 1) wanted = 1;
    } else if (depth > 0 && --depth < wanted && !keys.empty()) {
      return keys;  // the first object ends
    }
    ++at;
  }
  return keys;
}

}  // namespace

const ApiForm* form_of(const std::vector<std::string_view>& keys) {
  const auto has = [&](std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
  };
  for (const ApiForm& form : api_forms()) {
    if (!std::ranges::all_of(form.needs, has)) continue;
    if (!form.any.empty() && std::ranges::none_of(form.any, has)) continue;
    const auto known = [&](std::string_view key) {
      return std::ranges::find(form.needs, key) != form.needs.end() ||
             std::ranges::find(form.any, key) != form.any.end() ||
             std::ranges::find(form.may, key) != form.may.end();
    };
    if (form.strict && !std::ranges::all_of(keys, known)) continue;
    return &form;
  }
  return nullptr;
}

TemplateDialect recognise_lambda_api(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  // A search at the speed of memory rules out nearly everything.
  const auto holds = [text](std::string_view word) {
    return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
  };
  if (!holds("Function") && !holds("Concurren") && !holds("RevisionId") && !holds("LayerVersion"))
    return TemplateDialect::Unknown;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || (text[start] != '{' && text[start] != '['))
    return TemplateDialect::Unknown;
  const ApiForm* form = form_of(top_keys(text));
  if (form == nullptr) return TemplateDialect::Unknown;
  const bool proven = form->sign.empty() || text.find(form->sign) != std::string_view::npos;
  return proven ? TemplateDialect::LambdaApi : TemplateDialect::Unknown;
}

}  // namespace fnlint
