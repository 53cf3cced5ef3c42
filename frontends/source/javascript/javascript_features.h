// Since which version of Node.js is there a piece of syntax?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fnlint {

// Syntax that some Node.js runtime of Lambda does not have.
enum class JsFeature : std::uint8_t {
  AsyncFunction,
  AsyncIteration,
  AwaitUsing,
  BigInt,
  BrandCheck,
  ClassField,
  DynamicImport,
  ExportNamespace,
  ImportAttributes,
  LogicalAssignment,
  Modules,
  NullishCoalescing,
  NumericSeparator,
  ObjectSpread,
  OptionalCatchBinding,
  OptionalChaining,
  Power,
  PrivateField,
  PrivateMethod,
  RegexDotAll,
  RegexIndices,
  RegexLookbehind,
  RegexModifiers,
  RegexNamedGroups,
  RegexSets,
  StaticBlock,
  TopLevelAwait,
  Using,
};
inline constexpr std::size_t kJsFeatures = static_cast<std::size_t>(JsFeature::Using) + 1;

struct JsFeatureRow {
  JsFeature feature{};
  std::string_view name = {};
  std::string_view since = {};  // Node.js
};
const JsFeatureRow& js_feature(JsFeature feature);

// What a literal "/pattern/flags" uses.
std::vector<JsFeature> regex_features(std::string_view literal);

}  // namespace fnlint
