// The fuzz target of whole projects: every rule over several files at once.

#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"
#include "tests/fuzz/targets.h"

#include <map>
#include <vector>

namespace fnlint::fuzz {

namespace {

std::map<std::string, std::string> project_files(std::string_view input) {
  std::map<std::string, std::string> files;
  std::string path;
  for (const std::string_view line : split(input, '\n')) {
    if (line.starts_with(kFileMark))
      path = line.substr(kFileMark.size());
    else if (!path.empty())
      files[path] += cat(line, '\n');
  }
  return files;
}

void run_project(std::string_view input) {
  const test::MemoryFileSystem files(project_files(input));
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.possible = true;
  options.chain_ends = true;
  (void)run_pipeline(options, files);
}

}  // namespace

Target project_target() { return {"project", run_project}; }

}  // namespace fnlint::fuzz
