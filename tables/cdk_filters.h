// The filters of the language in which CDK constructs are described, shared by the generator and
// the linker.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace fnlint {

// What may stand behind a bar in a value of data/cdk_constructs.yaml: "props.topic | arn". The
// generator refuses any other name; link/synth/cdk_filters.cpp does not compile without one of
// these, nor with one more. Those of "sst-" are sst_filter()'s.
inline constexpr auto kCdkFilters = std::to_array<std::string_view>({
    "alias-resource",
    "api-resource",
    "arn",
    "asset",
    "attr",
    "bytes",
    "case",
    "class",
    "code",
    "construct",
    "context",
    "days",
    "definition",
    "each",
    "event-pattern",
    "execute-arn",
    "false",
    "file",
    "folder",
    "function-arn",
    "function-of",
    "given",
    "hidden",
    "if",
    "in-arn",
    "indexes",
    "inline-file",
    "inline-handler",
    "inline-policies",
    "inline-text",
    "input-object",
    "invoke-uri",
    "is",
    "items",
    "key-rules",
    "last-part",
    "latest",
    "made-secret",
    "method-settings",
    "new",
    "nodejs-handler",
    "notifications",
    "objects",
    "other",
    "own-logs",
    "parts",
    "principal",
    "principals",
    "proxied",
    "python-handler",
    "ref",
    "rust-folder",
    "secret-text",
    "secret-value",
    "sst-any",
    "sst-bare",
    "sst-build",
    "sst-code",
    "sst-duration",
    "sst-filters",
    "sst-function",
    "sst-handler",
    "sst-key-rules",
    "sst-retention",
    "sst-runtime",
    "sst-size",
    "sst-statements",
    "sst-stream",
    "sst-upper",
    "sst2-events",
    "sst2-function",
    "sst2-props",
    "sst2-source",
    "statement",
    "statements",
    "switch",
    "topic",
    "true",
    "unknown",
    "versions",
    "weights",
});
static_assert(std::ranges::is_sorted(kCdkFilters));

constexpr bool is_cdk_filter(std::string_view name) {
  return std::ranges::binary_search(kCdkFilters, name);
}

}  // namespace fnlint
