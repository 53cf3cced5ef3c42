// The platform unpacks a function and its layers together, and refuses more than 250 MB.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string largest_words(const ContentSize& size) {
  if (size.largest.empty()) return {};
  std::string words = " Largest:";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, size.largest.size()); ++i)
    words += cat(i > 0 ? ", " : " ", size.largest[i].first, " ", megabytes(size.largest[i].second));
  return words + ".";
}

struct SizeLimit {
  std::uint64_t bytes = 0, warn = 0;
};
// Nothing, a warning, or an error.
std::optional<Severity> exceeds(std::uint64_t bytes, const SizeLimit& limit) {
  if (bytes > limit.bytes) return Severity::Error;
  if (bytes >= limit.warn && limit.warn < limit.bytes) return Severity::Warning;
  return std::nullopt;
}

// What is not there yet is estimated, and at most likely.
std::uint64_t all_of(const ContentSize& size) {
  return size.source == SizeSource::Unknown ? 0 : size.bytes + size.estimated;
}
std::string estimate_words(std::uint64_t estimated) {
  if (estimated == 0) return {};
  return cat(" At least ", megabytes(estimated), " of that is estimated from the manifests.");
}

// Those whose size is known. Nobody gives a function the same content twice: such layers are one of
// which it is not known when it is made anew.
std::vector<const LayerUse*> counted_layers(const LambdaFunction& function) {
  std::vector<const LayerUse*> counted;
  for (const LayerUse& layer : function.layers) {
    const auto is_same = [&](const LayerUse* other) { return other->package == layer.package; };
    if (layer.size.source != SizeSource::Unknown &&
        (layer.package == nullptr || std::ranges::none_of(counted, is_same)))
      counted.push_back(&layer);
  }
  return counted;
}

bool may_be_less(const LambdaFunction& function) {
  return function.package && function.package->may_leave_out;
}

void report_package(const Project& project, const LambdaFunction& function, const SizeLimit& limit,
                    Severity severity, Findings& findings) {
  const bool measured = function.size.bytes > limit.bytes;
  const bool is_sure = measured || function.size.estimated == 0;
  const std::string words =
      cat(" unpacks to ", megabytes(all_of(function.size)), "; the limit is ",
          megabytes(limit.bytes), ".", largest_words(function.size),
          estimate_words(measured ? 0 : function.size.estimated));
  const CodeLocation& code = project.stacks.functions[function.declared].code;
  findings.push_back(
      FindingBuilder("package-oversized", may_be_less(function) ? Confidence::Possible
                                          : is_sure             ? Confidence::Certain
                                                                : Confidence::Likely)
          .about(function)
          .at(code.where)
          .says("'", function.name, "'", words)
          .grade(severity)
          .caused_by({.key = cat(code.path, words), .subject = function.name, .apart = 1}));
}

void report_layers(const Project& project, const LambdaFunction& function, std::uint64_t total,
                   const SizeLimit& limit, Severity severity, Findings& findings) {
  const Property* layers = property_of(project, function.resource, "Layers");
  if (layers == nullptr) return;
  std::string parts;
  if (function.size.source != SizeSource::Unknown)
    parts = cat("its own ", megabytes(all_of(function.size)));
  std::uint64_t estimated = all_of(function.size) - (parts.empty() ? 0 : function.size.bytes);
  auto finding = FindingBuilder("layer-oversized")
                     .about(function)
                     .at(layers->key.file.exists() ? layers->key : layers->where);
  for (const LayerUse* layer : counted_layers(function)) {
    estimated += layer->size.estimated;
    parts += cat(parts.empty() ? "" : ", ", "'", name_of(project, layer->layer), "' ",
                 megabytes(all_of(layer->size)));
    finding.related(project.stacks[layer->layer].name, "'", name_of(project, layer->layer),
                    "' unpacks to ", megabytes(all_of(layer->size)), ".");
  }
  const bool measured = total - estimated > limit.bytes;
  if (!measured && estimated > 0) finding.with(Confidence::Likely);
  if (may_be_less(function)) finding.at_most(Confidence::Possible);
  findings.push_back(finding
                         .says("'", function.name, "' and its layers unpack to ", megabytes(total),
                               " (", parts, "); the limit is ", megabytes(limit.bytes), ".",
                               estimate_words(measured ? 0 : estimated))
                         .grade(severity)
                         .caused_by({.key = parts, .subject = function.name, .apart = 1}));
}

}  // namespace

void package_size(const Project& project, const Settings& settings, Findings& findings) {
  SizeLimit limit;
  limit.bytes = static_cast<std::uint64_t>(settings.package_bytes);
  limit.warn = limit.bytes / 100 * static_cast<std::uint64_t>(settings.package_warn_percent);
  if (settings.package_warn_percent >= 100) limit.warn = limit.bytes;
  for (const LambdaFunction& function : project.functions) {
    if (project.stacks.functions[function.declared].image) continue;
    const std::uint64_t own = all_of(function.size);
    const std::optional<Severity> alone = exceeds(own, limit);
    if (alone) report_package(project, function, limit, *alone, findings);
    std::uint64_t total = own;
    const std::vector<const LayerUse*> layers = counted_layers(function);
    for (const LayerUse* layer : layers) total += all_of(layer->size);
    if (layers.empty() || alone) continue;
    if (const std::optional<Severity> together = exceeds(total, limit))
      report_layers(project, function, total, limit, *together, findings);
  }
}

}  // namespace fnlint
