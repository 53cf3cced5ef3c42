// Finds the type of Lambda or SAM that is nearest to one that does not exist.

#include "link/templates/unknown_types.h"

#include "core/text.h"
#include "tables/templates.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace fnlint::stacks {

namespace {

constexpr std::string_view kFunction = "Function";
constexpr std::string_view kServerless = "AWS::Serverless::";

bool is_declared_here(TemplateDialect dialect) {
  return dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam;
}

// The types of SAM and Lambda.
class OwnTypes {
 public:
  OwnTypes() {
    add("AWS::Serverless::Connector");  // which is no resource itself
    for (const ResourceType& row : resource_types()) add(row.type);
  }
  // What a type that does not exist was meant to be; empty: nobody knows.
  [[nodiscard]] std::string meant(std::string_view type) const {
    const auto parts = split(type, ':');  // "AWS", "", "Lambda", "", "Function"
    if (parts.size() != 5 || parts[0] != "AWS") return {};
    const auto own = names_.find(parts[2]);
    if (own != names_.end()) {
      const std::string_view name = nearest(parts[4], own->second);
      return name.empty() ? std::string() : cat("AWS::", parts[2], "::", name);
    }
    const std::string_view service = nearest(parts[2], {"Lambda", "Serverless"});
    return parts[4] != kFunction || service.empty() ? std::string()
                                                    : cat("AWS::", service, "::", kFunction);
  }
  [[nodiscard]] bool has(std::string_view type) const {
    return std::ranges::find(all_, type) != all_.end();
  }

 private:
  void add(std::string_view type) {
    all_.push_back(type);
    const auto parts = split(type, ':');
    if (parts.size() == 5 && (parts[2] == "Lambda" || parts[2] == "Serverless"))
      names_[parts[2]].push_back(parts[4]);
  }

  std::vector<std::string_view> all_ = {};
  std::map<std::string_view, std::vector<std::string_view>> names_ = {};  // by service
};

}  // namespace

void tell_unknown_types(LinkContext& build) {
  const OwnTypes types;
  for (const Text& text : build.texts) {
    const TemplateFacts& facts = *text.source->facts;
    if (!is_declared_here(facts.dialect)) continue;
    for (const Declaration& row : facts.declarations) {
      const std::string_view type = facts.string(row.type);
      if (type.empty() || types.has(type)) continue;
      // Of other services more types exist than are known here; SAM's are few.
      const std::string meant = types.meant(type);
      if (meant.empty() && !type.starts_with(kServerless)) continue;
      build.problem({text.source->file, row.type_range},
                    cat("there is no resource type ", type,
                        meant.empty() ? std::string() : cat("; did you mean ", meant, '?')));
    }
  }
}

}  // namespace fnlint::stacks
