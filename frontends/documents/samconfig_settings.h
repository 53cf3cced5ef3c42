// SAM's settings as a lookup that hides whether they stand in TOML or YAML.
#pragma once

#include "model/document.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// A text of a configuration file, with the places of its bytes.
struct LocatedText {
  std::string text = {};
  Range range = {};
  std::vector<Segment> places = {};
  [[nodiscard]] Range part(std::size_t begin, std::size_t end) const;
};

// One setting of a SAM configuration file: a text, a list of texts, or a table of texts.
struct Setting {
  bool exists = false;
  bool well_formed = true;
  Range range = {};
  std::vector<LocatedText> texts = {};
  std::vector<std::pair<std::string, LocatedText>> table = {};
};

// The table [environment.COMMAND.parameters] of a SAM configuration file, whatever its format.
class SamSettings {
 public:
  virtual ~SamSettings() = default;
  [[nodiscard]] virtual bool has_environment() const = 0;
  [[nodiscard]] virtual std::vector<std::string> commands() const = 0;  // in a fixed order
  [[nodiscard]] virtual Setting find(std::string_view command, std::string_view name) const = 0;
};

[[nodiscard]] std::unique_ptr<SamSettings> open_toml_settings(std::string_view text,
                                                              std::string_view environment,
                                                              Problems& problems);
[[nodiscard]] std::unique_ptr<SamSettings> open_yaml_settings(std::string_view text,
                                                              std::string_view environment,
                                                              Problems& problems);

}  // namespace fnlint
