// SAM's configuration file as TOML.

#include "core/limits.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/documents/readable_text.h"
#include "frontends/documents/samconfig_settings.h"
#include "frontends/documents/scalar_places.h"
#include "frontends/documents/toml.h"

#include <algorithm>

namespace fnlint {
namespace {

// toml++ counts lines and characters from 1.
std::uint32_t offset_of(const toml::source_position& at, std::string_view text,
                        const Lines& lines) {
  if (at.line == 0) return 0;
  if (at.line > lines.count()) return static_cast<std::uint32_t>(text.size());
  std::size_t offset = lines.start(at.line);
  const auto continues = [&] {
    return (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
  };
  for (toml::source_index left = at.column; left > 1 && offset < text.size(); --left) {
    do ++offset;
    while (offset < text.size() && continues());
  }
  return static_cast<std::uint32_t>(offset);
}

class TomlSettings : public SamSettings {
 public:
  TomlSettings(std::string_view text, toml::table&& root, std::string_view environment)
      : text_(text), lines_(text), root_(std::move(root)) {
    environment_ = root_[environment].as_table();
  }
  [[nodiscard]] bool has_environment() const override { return environment_ != nullptr; }
  [[nodiscard]] std::vector<std::string> commands() const override {
    std::vector<std::string> names;
    if (environment_ == nullptr) return names;
    for (const auto& [key, value] : *environment_) names.emplace_back(key.str());
    std::ranges::sort(names);
    return names;
  }

  [[nodiscard]] Setting find(std::string_view command, std::string_view name) const override {
    if (environment_ == nullptr) return {};
    const toml::node* node = (*environment_)[command]["parameters"][name].node();
    if (node == nullptr) return {};
    Setting setting;
    setting.exists = true;
    setting.range = range_of(*node);
    if (node->is_string()) {
      setting.texts.push_back(located(*node));
    } else if (const toml::array* list = node->as_array(); list != nullptr) {
      for (const toml::node& item : *list) {
        if (item.is_string()) {
          setting.texts.push_back(located(item));
        } else {
          setting.well_formed = false;
        }
      }
    } else if (const toml::table* table = node->as_table(); table != nullptr) {
      for (const auto& [key, value] : *table) {
        setting.table.emplace_back(std::string(key.str()), located(value));
      }
    } else {
      setting.well_formed = false;
    }
    return setting;
  }

 private:
  [[nodiscard]] Range range_of(const toml::node& node) const {
    const std::uint32_t begin = offset_of(node.source().begin, text_, lines_);
    return {begin, std::max(begin, offset_of(node.source().end, text_, lines_))};
  }
  [[nodiscard]] LocatedText located(const toml::node& node) const {
    LocatedText result;
    result.range = range_of(node);
    const std::string_view raw =
        text_.substr(result.range.begin, result.range.end - result.range.begin);
    const toml::value<std::string>* string = node.as_string();
    if (string == nullptr) {  // a number, a boolean: as written
      result.text = trim(raw);
      return result;
    }
    result.text = string->get();
    const bool multi = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    Range inner{result.range.begin + (multi ? 3U : 1U), result.range.end - (multi ? 3U : 1U)};
    if (inner.begin > inner.end) return result;
    // A line break right after the opening quotes is no part of the text.
    if (multi && text_[inner.begin] == '\r') ++inner.begin;
    if (multi && text_[inner.begin] == '\n') ++inner.begin;
    place_flow_text(text_, inner, result.text,
                    raw.starts_with('"') ? Escapes::Backslash : Escapes::None, LineBreaks::Keep,
                    result.places);
    return result;
  }

  std::string_view text_;
  Lines lines_;
  toml::table root_;
  const toml::table* environment_ = nullptr;
};

}  // namespace

std::unique_ptr<SamSettings> open_toml_settings(std::string_view text, std::string_view environment,
                                                Problems& problems) {
  if (text.size() > kSourceBytes) {
    problems.push_back({{}, cat("larger than ", kSourceBytes >> 20U, " MB: not read")});
    return nullptr;
  }
  toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    const std::uint32_t at = offset_of(error.source().begin, text, Lines(text));
    problems.push_back(
        {character_at(text, at), cat("not readable as TOML: ", error.description())});
    return nullptr;
  }
  return std::make_unique<TomlSettings>(text, std::move(parsed).table(), environment);
}

}  // namespace fnlint
