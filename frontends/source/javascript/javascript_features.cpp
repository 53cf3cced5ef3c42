// The table of features with their versions, and a look into regular expressions, which the grammar
// takes as one token.

#include "frontends/source/javascript/javascript_features.h"

#include <array>

namespace fnlint {

namespace {

// Versions: MDN's browser-compat-data, "nodejs" (mdn/browser-compat-data javascript/). Where a
// feature came back to an older line, the oldest line is named (import attributes: 18.20, 20.10).
constexpr std::array<JsFeatureRow, kJsFeatures> kFeatures = {{
    {JsFeature::AsyncFunction, "async-function", "7.6"},
    {JsFeature::AsyncIteration, "async-iteration", "10.0"},
    {JsFeature::AwaitUsing, "await-using", "24.0"},
    {JsFeature::BigInt, "bigint", "10.4"},
    {JsFeature::BrandCheck, "private-name-in", "16.4"},
    {JsFeature::ClassField, "class-fields", "12.0"},
    {JsFeature::DynamicImport, "dynamic-import", "12.17"},
    {JsFeature::ExportNamespace, "export-namespace", "12.17"},
    {JsFeature::ImportAttributes, "import-attributes", "18.20"},
    {JsFeature::LogicalAssignment, "logical-assignment", "15.0"},
    {JsFeature::Modules, "modules", "12.17"},
    {JsFeature::NullishCoalescing, "nullish-coalescing", "14.0"},
    {JsFeature::NumericSeparator, "numeric-separators", "12.5"},
    {JsFeature::ObjectSpread, "object-spread", "8.3"},
    {JsFeature::OptionalCatchBinding, "optional-catch-binding", "10.0"},
    {JsFeature::OptionalChaining, "optional-chaining", "14.0"},
    {JsFeature::Power, "exponentiation", "7.0"},
    {JsFeature::PrivateField, "private-fields", "12.0"},
    {JsFeature::PrivateMethod, "private-methods", "14.6"},
    {JsFeature::RegexDotAll, "regex-dot-all", "8.10"},
    {JsFeature::RegexIndices, "regex-indices", "16.0"},
    {JsFeature::RegexLookbehind, "regex-lookbehind", "8.10"},
    {JsFeature::RegexModifiers, "regex-modifiers", "23.0"},
    {JsFeature::RegexNamedGroups, "regex-named-groups", "10.0"},
    {JsFeature::RegexSets, "regex-sets", "20.0"},
    {JsFeature::StaticBlock, "static-block", "16.11"},
    {JsFeature::TopLevelAwait, "top-level-await", "14.8"},
    {JsFeature::Using, "using", "24.0"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFeatures.size(); ++i)
    if (static_cast<std::size_t>(kFeatures[i].feature) != i) return false;
  return true;
}
static_assert(in_order());

// What stands behind "(?" of a group.
void add_group(std::string_view rest, std::vector<JsFeature>& features) {
  if (rest.starts_with("<=") || rest.starts_with("<!")) {
    features.push_back(JsFeature::RegexLookbehind);
  } else if (rest.starts_with("<")) {
    features.push_back(JsFeature::RegexNamedGroups);
  } else if (!rest.empty() && std::string_view("ims-").find(rest.front()) != rest.npos) {
    features.push_back(JsFeature::RegexModifiers);
  }
}

}  // namespace

const JsFeatureRow& js_feature(JsFeature feature) {
  return kFeatures[static_cast<std::size_t>(feature)];
}

std::vector<JsFeature> regex_features(std::string_view literal) {
  std::vector<JsFeature> features;
  const std::size_t last_slash = literal.rfind('/');
  if (last_slash == std::string_view::npos || last_slash == 0) return features;
  const std::string_view flags = literal.substr(last_slash + 1);
  const auto has_flag = [&](char flag) { return flags.find(flag) != std::string_view::npos; };
  if (has_flag('v')) features.push_back(JsFeature::RegexSets);
  if (has_flag('d')) features.push_back(JsFeature::RegexIndices);
  if (has_flag('s')) features.push_back(JsFeature::RegexDotAll);

  const std::string_view pattern = literal.substr(1, last_slash - 1);
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(' && pattern.substr(i + 1).starts_with('?')) {
      add_group(pattern.substr(i + 2), features);
    }
  }
  return features;
}

}  // namespace fnlint
