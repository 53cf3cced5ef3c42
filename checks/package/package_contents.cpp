// What lies in a package, and nobody needs or can load: tests and caches, machine code for another
// processor.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::uint64_t kUnneededBytes = 1U << 20U;

FindingBuilder finding_of(std::string_view rule, const Project& project,
                          const LambdaFunction& function) {
  return FindingBuilder(rule).about(function).at(code_place(project, function));
}

void report_unneeded(const Project& project, const PackageUsers& users, Findings& findings) {
  std::uint64_t total = 0;
  std::vector<const UnneededPart*> parts;
  for (const UnneededPart& part : users.package->unneeded) {
    total += part.bytes;
    parts.push_back(&part);
  }
  // Without a template nobody says what the package is made of.
  const auto is_by_form = [&](const LambdaFunction* function) {
    return project.stacks.functions[function->declared].by_form;
  };
  if (total <= kUnneededBytes || std::ranges::all_of(users.functions, is_by_form)) return;
  std::ranges::stable_sort(parts, std::ranges::greater{}, &UnneededPart::bytes);
  constexpr std::size_t kNamed = 3;
  auto finding =
      finding_of("package-unneeded-files", project, *users.functions.front())
          .at_most(users.package->may_leave_out ? Confidence::Possible : Confidence::Certain)
          .says("The package of '", users.functions.front()->name, "' holds ", megabytes(total),
                " that no invocation needs:");
  for (std::size_t i = 0; i < std::min(kNamed, parts.size()); ++i)
    finding.adds(i == 0 ? " " : ", ", parts[i]->path, " (", parts[i]->words, ", ",
                 megabytes(parts[i]->bytes), ")");
  findings.push_back(
      finding.adds(parts.size() > kNamed ? cat(" and ", parts.size() - kNamed, " more.") : "."));
}

std::string_view holder_of(const NativeFile& file) {
  const std::string_view path = file.path;
  const std::size_t at = path.rfind("node_modules/");
  std::size_t from = at == path.npos ? 0 : at + 13;
  std::size_t end = path.find('/', from);
  if (at != path.npos && path.substr(from).starts_with('@') && end != path.npos)
    end = path.find('/', end + 1);
  return path.substr(0, end);
}

bool fits(const NativeFile& file, std::string_view machine) {
  return file.linux && file.machine == machine;
}

// Machine code of one package of several platforms is chosen from when it is loaded: what is wrong
// is one that has none that fits.
void report_natives(const Project& project, const LambdaFunction& function,
                    const std::vector<NativeFile>& files, std::string_view where_words,
                    Findings& findings) {
  const std::string machine = architecture_of(project, function);
  if (machine != "x86_64" && machine != "arm64") return;
  std::map<std::string_view, bool> any_fits;
  for (const NativeFile& file : files) any_fits[holder_of(file)] |= fits(file, machine);
  const NativeFile* first = nullptr;
  std::size_t count = 0;
  bool surely = false;
  for (const NativeFile& file : files) {
    const std::string_view name = file_name_of(file.path);
    const bool is_bootstrap = file.path == "bootstrap";
    if (fits(file, machine) || (any_fits[holder_of(file)] && !is_bootstrap)) continue;
    ++count;
    // A program without a suffix may be a tool that nothing calls.
    const bool loaded = is_bootstrap || name.find('.') != name.npos;
    if (first == nullptr || (loaded && !surely)) first = &file;
    surely = surely || loaded;
  }
  if (first == nullptr) return;
  const std::string more = count > 1 ? cat(" (and ", count - 1, " more)") : std::string();
  const std::string what =
      cat("'", first->path, "'", more, where_words, " is built for ", first->machine);
  const std::string& path = project.stacks.functions[function.declared].code.path;
  findings.push_back(
      finding_of("package-native-architecture", project, function)
          .says(what, "; '", function.name, "' runs on ",
                first->linux ? std::string_view(machine) : "Linux", ".")
          .with(surely ? Confidence::Certain : Confidence::Likely)
          .caused_by({.key = cat(what, " in ", path), .subject = function.name, .apart = 1}));
}

void report_image(const Project& project, const LambdaFunction& function, Findings& findings) {
  const std::string_view platform = function.package->image.platform;
  const std::string machine = architecture_of(project, function);
  const std::string_view built = platform.starts_with("linux/amd64") ? "x86_64"
                                 : platform.starts_with("linux/arm64") ? "arm64"
                                                                       : "";
  if (built.empty() || machine.empty() || built == machine) return;
  findings.push_back(finding_of("package-native-architecture", project, function)
                         .at(function.package->image.where)
                         .says("The image is built for ", platform, "; '", function.name,
                               "' runs on ", machine, "."));
}

}  // namespace

void package_contents(const Project& project, const Settings&, Findings& findings) {
  for (const PackageUsers& users : package_users(project))
    if (!users.package->unneeded.empty()) report_unneeded(project, users, findings);
  for (const LambdaFunction& function : project.functions) {
    if (function.package) {
      report_natives(project, function, function.package->natives, "", findings);
      report_image(project, function, findings);
    }
    for (const LayerUse& layer : function.layers)
      if (layer.package)
        report_natives(project, function, layer.package->natives,
                       cat(" of the layer '", name_of(project, layer.layer), "'"), findings);
  }
}

}  // namespace fnlint
