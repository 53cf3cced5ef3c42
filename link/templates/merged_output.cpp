// Compares which resources each template declares, and takes the parts of one only if together they
// are all of it.

#include "link/templates/merged_output.h"

#include "core/text.h"
#include "link/templates/same_template.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kDeclaring = 64;  // texts with one resource in common: generated, or samples

using Declaring = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

std::uint64_t key_of(const TemplateFacts& facts, const Declaration& row) {
  return hash_of(facts.string(row.type), hash_of(facts.string(row.address)));
}

// The texts below its folder whose resources are all in it; none, where these are not all of its
// own, or one is in two of them.
std::vector<std::uint32_t> merged_into(const LinkContext& build, const Declaring& declaring,
                                       TextId output) {
  const TemplateFacts& facts = build.facts(output);
  const std::string_view folder = folder_of(build[output].source->path);
  const std::string below = folder.empty() ? std::string() : cat(folder, "/");
  const auto declaring_it = [&](const Declaration& row) -> const std::vector<std::uint32_t>& {
    return declaring.at(key_of(facts, row));
  };
  std::map<std::uint32_t, std::size_t> shared;
  for (const Declaration& row : facts.declarations) {
    if (declaring_it(row).size() > kDeclaring) return {};
    for (const std::uint32_t text : declaring_it(row))
      if (build.texts[text].source->path.starts_with(below)) ++shared[text];
  }
  std::erase_if(shared, [&](const auto& one) {
    const std::size_t size = build.facts(TextId{one.first}).declarations.size();
    return one.second != size || size == facts.declarations.size();
  });
  const auto in_one = [&](const Declaration& row) {
    return std::ranges::count_if(declaring_it(row),
                                 [&](std::uint32_t text) { return shared.contains(text); }) == 1;
  };
  if (!std::ranges::all_of(facts.declarations, in_one)) return {};
  std::vector<std::uint32_t> parts;
  for (const auto& [text, count] : shared) parts.push_back(text);
  return parts;
}

}  // namespace

std::vector<bool> merged_texts(const LinkContext& build) {
  std::vector<bool> merged(build.texts.size(), false);
  Declaring declaring;
  std::vector<TextId> templates;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i) {
    if (!is_stack_template(build, TextId{i})) continue;
    templates.push_back(TextId{i});
    const TemplateFacts& facts = build.facts(TextId{i});
    for (const Declaration& row : facts.declarations) declaring[key_of(facts, row)].push_back(i);
  }
  for (const TextId text : templates)
    for (const std::uint32_t part : merged_into(build, declaring, text)) merged[part] = true;
  return merged;
}

}  // namespace fnlint::stacks
