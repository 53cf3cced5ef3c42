#include "frontends/documents/document.h"
#include "frontends/documents/samconfig_settings.h"

// SAM's configuration file as YAML.
namespace fnlint {
namespace {

class YamlSettings : public SamSettings {
 public:
  YamlSettings(Document document, std::string_view environment) : document_(std::move(document)) {
    if (!document_.roots.empty()) {
      environment_ = document_.find(document_.roots.front(), environment);
    }
  }
  [[nodiscard]] bool has_environment() const override {
    return environment_.exists() && document_[environment_].kind == NodeKind::Map;
  }
  [[nodiscard]] std::vector<std::string> commands() const override {
    std::vector<std::string> names;
    if (!has_environment()) return names;
    for (const MapEntry& entry : document_.entries_of(document_[environment_])) {
      names.push_back(entry.key);
    }
    return names;
  }

  [[nodiscard]] Setting find(std::string_view command, std::string_view name) const override {
    if (!has_environment()) return {};
    const NodeId parameters = document_.find(document_.find(environment_, command), "parameters");
    const NodeId id = document_.find(parameters, name);
    if (!id.exists() || document_[id].kind == NodeKind::Null) return {};
    const Node& node = document_[id];
    Setting setting;
    setting.exists = true;
    setting.range = node.range;
    if (node.kind == NodeKind::Map) {
      for (const MapEntry& entry : document_.entries_of(node)) {
        setting.table.emplace_back(entry.key, located(entry.value, setting.well_formed));
      }
    } else if (node.kind == NodeKind::List) {
      for (const NodeId item : document_.items_of(node)) {
        setting.texts.push_back(located(item, setting.well_formed));
      }
    } else {
      setting.texts.push_back(located(id, setting.well_formed));
    }
    return setting;
  }

 private:
  [[nodiscard]] LocatedText located(NodeId id, bool& well_formed) const {
    const Node& node = document_[id];
    LocatedText result{node.text, node.range, {}};
    if (node.kind == NodeKind::List || node.kind == NodeKind::Map) {
      well_formed = false;
      return result;
    }
    for (std::uint32_t i = 0; i < node.segments.count; ++i) {
      result.places.push_back(document_.segments[node.segments.first + i]);
    }
    if (result.places.empty()) result.places.push_back({0, document_.file_offset(id, 0)});
    return result;
  }

  Document document_;
  NodeId environment_ = {};
};

}  // namespace

std::unique_ptr<SamSettings> open_yaml_settings(std::string_view text, std::string_view environment,
                                                Problems& problems) {
  Document document = read_yaml(text);
  problems.insert(problems.end(), document.problems.begin(), document.problems.end());
  return std::make_unique<YamlSettings>(std::move(document), environment);
}

}  // namespace fnlint
