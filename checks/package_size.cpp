// The platform unpacks a function and its layers together, and refuses more than 250 MB.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1048576.0);
}

std::string largest_words(const ContentSize& size) {
  if (size.largest.empty()) return {};
  std::string words = " Largest:";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, size.largest.size()); ++i)
    words += cat(i > 0 ? ", " : " ", size.largest[i].first, " ", megabytes(size.largest[i].second));
  return words + ".";
}

struct Limit {
  std::uint64_t bytes = 0, warn = 0;
};
// Nothing, a warning, or an error.
std::optional<Severity> exceeds(std::uint64_t bytes, const Limit& limit) {
  if (bytes > limit.bytes) return Severity::Error;
  if (bytes >= limit.warn && limit.warn < limit.bytes) return Severity::Warning;
  return std::nullopt;
}

void report_package(const Project& project, const LambdaFunction& function, const Limit& limit,
                    Severity severity, Findings& findings) {
  Finding finding;
  finding.rule = "package-oversized";
  finding.severity = severity;
  finding.function = function.name;
  finding.message =
      cat("'", function.name, "' unpacks to ", megabytes(function.size.bytes), "; the limit is ",
          megabytes(limit.bytes), ".", largest_words(function.size));
  finding.where = project.stacks.functions[function.declared].code.where;
  finding.identity = function.name;
  findings.push_back(std::move(finding));
}

void report_layers(const Project& project, const LambdaFunction& function, std::uint64_t total,
                   const Limit& limit, Severity severity, Findings& findings) {
  const Property* layers = property_of(project, function.resource, "Layers");
  if (layers == nullptr) return;
  Finding finding;
  finding.rule = "layer-oversized";
  finding.severity = severity;
  finding.function = function.name;
  std::string parts;
  if (function.size.source != SizeSource::Unknown)
    parts = cat("its own ", megabytes(function.size.bytes));
  for (const LayerUse& layer : function.layers) {
    if (layer.size.source == SizeSource::Unknown) continue;
    parts += cat(parts.empty() ? "" : ", ", "'", name_of(project, layer.layer), "' ",
                 megabytes(layer.size.bytes));
    finding.related.push_back(
        {project.stacks[layer.layer].name, cat("'", name_of(project, layer.layer), "' unpacks to ",
                                               megabytes(layer.size.bytes), ".")});
  }
  finding.message = cat("'", function.name, "' and its layers unpack to ", megabytes(total), " (",
                        parts, "); the limit is ", megabytes(limit.bytes), ".");
  finding.where = layers->key.file.exists() ? layers->key : layers->where;
  finding.identity = function.name;
  findings.push_back(std::move(finding));
}

}  // namespace

void package_size(const Project& project, const Settings& settings, Findings& findings) {
  Limit limit;
  limit.bytes = static_cast<std::uint64_t>(settings.package_bytes);
  limit.warn = limit.bytes / 100 * static_cast<std::uint64_t>(settings.package_warn_percent);
  if (settings.package_warn_percent >= 100) limit.warn = limit.bytes;
  for (const LambdaFunction& function : project.functions) {
    if (project.stacks.functions[function.declared].image) continue;
    const std::uint64_t own = function.size.source == SizeSource::Unknown ? 0 : function.size.bytes;
    const std::optional<Severity> alone = exceeds(own, limit);
    if (alone) report_package(project, function, limit, *alone, findings);
    std::uint64_t total = own;
    bool any_layer = false;
    for (const LayerUse& layer : function.layers) {
      any_layer = any_layer || layer.size.source != SizeSource::Unknown;
      total += layer.size.source == SizeSource::Unknown ? 0 : layer.size.bytes;
    }
    if (!any_layer || alone) continue;
    if (const std::optional<Severity> together = exceeds(total, limit))
      report_layers(project, function, total, limit, *together, findings);
  }
}

}  // namespace fnlint
