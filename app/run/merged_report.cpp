// Renumbers the files of several runs into one report, and adds rules, unread code and pictures.

#include "app/run/merged_report.h"

#include "app/files/day.h"
#include "app/files/paths.h"
#include "app/pictures/graph_picture.h"
#include "core/text.h"
#include "frontends/packages/manifests.h"
#include "link/resolve/languages.h"
#include "report/arrange.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace fnlint {

namespace {

// Moves places from a run's files to the report's.
class Shift {
 public:
  explicit Shift(std::size_t by) : by_(static_cast<std::uint32_t>(by)) {}
  void operator()(Span& where) const {
    if (where.file.exists()) where.file.index += by_;
  }
  void operator()(Finding& finding) const {
    (*this)(finding.where);
    (*this)(finding.related);
    (*this)(finding.flow);
  }
  void operator()(std::vector<PlacedText>& places) const {
    for (PlacedText& place : places) (*this)(place.where);
  }
  void operator()(InitPicture& picture) const {
    for (InitRow& row : picture.rows) {
      (*this)(row.where);
      (*this)(row.chain);
    }
    (*this)(picture.sdks);
    (*this)(picture.work);
  }

 private:
  std::uint32_t by_;
};

// What code hosts resolve a path against: the repository, else the working directory.
std::string host_path(const std::string& absolute, const std::string& base) {
  return is_below(absolute, base) ? relative_path(absolute, base) : absolute;
}

std::string category_of(const std::vector<ProjectRun>& runs, const std::string& base) {
  if (runs.size() != 1 || runs[0].run.folders.size() != 1) return {};
  const std::string folder = join_path(runs[0].target.root, runs[0].run.folders[0]);
  return is_below(folder, base) ? relative_path(folder, base) : std::string{};
}

void add_rules(Report& report, const std::vector<ReportedRule>& rules) {
  for (const ReportedRule& rule : rules)
    if (find_rule(report, rule.rule->id) == nullptr)
      report.rules.insert(std::ranges::upper_bound(report.rules, rule.rule->id, {},
                                                   [](const auto& row) { return row.rule->id; }),
                          rule);
}

// Where a path goes on inside of an archive.
std::size_t archive_end(const std::string& path) {
  constexpr std::string_view kArchive = ".zip/";
  for (std::size_t at = path.find(kArchive); at != path.npos; at = path.find(kArchive, at + 1)) {
    const std::size_t end = at + kArchive.size() - 1;
    std::error_code none;
    if (std::filesystem::is_regular_file(path.substr(0, end), none)) return end;
  }
  return path.size();
}

// What a file is written in, the most particular first. Templates that are programs are CDK's.
std::vector<std::string_view> written_in(std::string_view path, std::string_view text) {
  if (const auto dialect = dialect_of(path)) {
    switch (std::ranges::find(dialect_rows(), *dialect, &DialectRow::dialect)->language) {
      case Language::Python: return {"python", "cdk"};
      case Language::JavaScript: return {"javascript", "cdk"};
      case Language::Java: return {"java", "cdk"};
      case Language::Go: return {"go", "cdk"};
      case Language::CSharp: return {"csharp", "cdk"};
      case Language::Ruby: return {"ruby"};
      case Language::Rust: return {"rust"};
      case Language::Cpp: return {"cpp"};
      case Language::Unknown: return {};
    }
  }
  const std::string_view name = file_name_of(path);
  if (const ManifestForm* form = manifest_form(name)) {
    switch (form->registry) {
      case Registry::Python: return {"python"};
      case Registry::Npm: return {"javascript"};
      case Registry::Maven: return {"java"};
      case Registry::RubyGems: return {"ruby"};
      case Registry::NuGet: return {"csharp"};
      default: return {};
    }
  }
  if (name.ends_with(".tf") || name.ends_with(".tf.json")) return {"terraform"};
  if (name.starts_with("serverless")) return {"serverless", "cloudformation"};
  if (text.find("AWS::Serverless") != text.npos) return {"sam", "cloudformation"};
  return {"cloudformation"};
}

void add_files(Report& report, const ProjectRun& project, const std::string& base,
               const std::string& working_directory) {
  const SourceFiles& files = project.run.files;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    const std::string absolute = join_path(project.target.root, files.path(FileId{i}));
    const std::size_t inner = archive_end(absolute);
    report.files.push_back(
        {.path = relative_path(absolute, working_directory),
         .repository_path = host_path(absolute.substr(0, inner), base),
         .text = files.text(FileId{i}),
         .inner = inner < absolute.size() ? absolute.substr(inner + 1) : std::string(),
         .written_in = written_in(absolute, files.text(FileId{i}))});
  }
  report.files_read += files.size();
  report.functions += project.run.functions;
  report.templates += project.run.templates;
}

void add_reported(Report& report, const ProjectRun& project, const Shift& shift) {
  for (ReportedFinding finding : project.findings) {
    shift(finding.finding);
    report.findings.push_back(std::move(finding));
  }
  for (SuppressedFinding suppressed : project.suppressed) {
    shift(suppressed.finding.finding);
    shift(suppressed.where);
    report.suppressed.push_back(std::move(suppressed));
  }
}

// What was not read, or not understood.
void add_unread(Report& report, const Run& run, const Shift& shift) {
  for (const LocatedProblem& problem : run.problems) {
    ReportedProblem row{problem.where, problem.message};
    if (run.broken.contains(row.where.file)) row.level = Severity::Error;
    shift(row.where);
    report.problems.push_back(std::move(row));
  }
  for (Unresolved unresolved : run.unresolved) {
    shift(unresolved.where);
    report.unresolved.push_back({std::move(unresolved)});
  }
  report.unread += run.unread;
  report.partly += run.partly;
  report.open += run.open;
}

// Rows of a graph's nodes and its paths become the report's.
void add_graph(GraphPicture graph, const std::string& root, const std::string& working_directory,
               GraphPicture& all) {
  const std::size_t first = all.nodes.size();
  const auto from_here = [&](std::string& path) {
    if (!path.empty()) path = relative_path(join_path(root, path), working_directory);
  };
  for (GraphNode& node : graph.nodes) {
    from_here(node.path);
    all.nodes.push_back(std::move(node));
  }
  for (GraphEdge& edge : graph.edges) {
    from_here(edge.path);
    edge.from += first;
    edge.to += first;
    all.edges.push_back(std::move(edge));
  }
}

void add_pictures(Report& report, const ProjectRun& project, const Shift& shift,
                  const std::string& working_directory) {
  GraphPicture graph = project.run.pictures.graph;
  add_findings(
      project.findings, [&](FileId file) { return std::string(project.run.files.path(file)); },
      graph);
  add_graph(std::move(graph), project.target.root, working_directory, report.pictures.graph);
  for (InitPicture init : project.run.pictures.inits) {
    shift(init);
    report.pictures.inits.push_back(std::move(init));
  }
  const std::vector<PackagePicture>& packages = project.run.pictures.packages;
  report.pictures.packages.insert(report.pictures.packages.end(), packages.begin(), packages.end());
  report.pictures.package_limit =
      std::max(report.pictures.package_limit, project.run.pictures.package_limit);
}

}  // namespace

Report merged_report(const std::vector<ProjectRun>& runs, const CommandLine& line,
                     const std::string& working_directory) {
  Report report{.show_unresolved = line.show_unresolved,
                .show_statistics = line.statistics,
                .show_suppressed = line.show_suppressed,
                .all_rules = line.sarif_all_rules,
                .today = date_of(line.today.value_or(today()))};
  std::string base = repository_of(working_directory);
  if (base.empty()) base = working_directory;
  for (const ProjectRun& project : runs) {
    const Shift shift(report.files.size());
    add_files(report, project, base, working_directory);
    add_rules(report, project.rules);
    add_reported(report, project, shift);
    add_unread(report, project.run, shift);
    add_pictures(report, project, shift, working_directory);
  }
  report.category = category_of(runs, base);
  report.sarif_category = line.sarif_category;
  arrange(report);
  if (line.max_findings) keep_worst(report, *line.max_findings);
  return report;
}

}  // namespace fnlint
