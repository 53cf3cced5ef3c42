// fnlint_hostile PROGRAM [PART-OF-A-NAME]: lints each hostile tree beside a healthy project, as a
// user would, within 10 seconds of processor time and 1 GB, and says what went wrong. Exit code 0:
// nothing.

#include "tests/hostile/trees.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;

namespace fnlint::hostile {
namespace {

constexpr rlim_t kProcessorSeconds = 10;
constexpr long kResidentKilobytes = 1L << 20;

constexpr std::string_view kHealthyTemplate = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Photos: {Type: AWS::S3::Bucket, Properties: {BucketName: photos-of-the-house}}
  Healthy:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.7
      Handler: app.handler
      CodeUri: src/
      Events:
        Added: {Type: S3, Properties: {Bucket: !Ref Photos, Events: "s3:ObjectCreated:*"}}
)";
constexpr std::string_view kHealthyCode = R"(import boto3
s3 = boto3.client("s3")

def handler(event, context):
    s3.put_object(Bucket="photos-of-the-house", Key="a/b", Body=b"x")
)";

void write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Outcome {
  int status = 0;
  double seconds = 0;
  long kilobytes = 0;
  std::string output = {};
};

Outcome lint(const fs::path& program, const fs::path& folder, const fs::path& output) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit processor{kProcessorSeconds, kProcessorSeconds};
    ::setrlimit(RLIMIT_CPU, &processor);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    if (::chdir(folder.c_str()) == 0)
      ::execl(program.c_str(), program.c_str(), "check", ".", "--no-cache", "--select", "ALL",
              "--confidence", "possible", "--today", "2026-03-01", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  Outcome outcome;
  rusage used{};
  ::wait4(child, &outcome.status, 0, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  outcome.seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  outcome.kilobytes = used.ru_maxrss;
  outcome.output = content_of(output);
  return outcome;
}

// Empty: as it should be.
std::string fault_of(const Outcome& outcome) {
  if (WIFSIGNALED(outcome.status))
    return "ended by signal " + std::to_string(WTERMSIG(outcome.status));
  if (WEXITSTATUS(outcome.status) != 1)
    return "exit code " + std::to_string(WEXITSTATUS(outcome.status));
  for (const std::string_view rule : {"[loop-s3-recursion]", "[runtime-deprecated]"})
    if (outcome.output.find(rule) == std::string::npos)
      return "the neighbour lost " + std::string(rule);
  if (outcome.kilobytes > kResidentKilobytes) return "more than 1 GB";
  return {};
}

std::vector<Tree> all_trees() {
  std::vector<Tree> trees = source_trees({});
  for (auto* more : {template_trees, program_trees})
    for (Tree& tree : more({})) trees.push_back(std::move(tree));
  return trees;
}

int run(const fs::path& program, std::string_view part) {
  const fs::path root =
      fs::temp_directory_path() / ("fnlint-hostile-" + std::to_string(::getpid()));
  std::size_t tried = 0, failed = 0;
  for (const Tree& tree : all_trees()) {
    if (tree.name.find(part) == std::string::npos) continue;
    fs::remove_all(root);
    write(root / "run/healthy/template.yaml", kHealthyTemplate);
    write(root / "run/healthy/src/app.py", kHealthyCode);
    for (const auto& [path, text] : tree.files) write(root / "run/hostile" / path, text);
    const Outcome outcome = lint(program, root / "run", root / "output");
    const std::string fault = fault_of(outcome);
    ++tried;
    failed += fault.empty() ? 0 : 1;
    std::printf("%-44s %6.2f s %6ld MB  %s\n", tree.name.c_str(), outcome.seconds,
                outcome.kilobytes / 1024, fault.empty() ? "ok" : fault.c_str());
    std::fflush(stdout);
  }
  fs::remove_all(root);
  std::printf("%zu trees, %zu faults\n", tried, failed);
  return failed == 0 && tried > 0 ? 0 : 1;
}

}  // namespace
}  // namespace fnlint::hostile

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: fnlint_hostile PROGRAM [PART-OF-A-NAME]\n");
    return 2;
  }
  return fnlint::hostile::run(fs::absolute(arguments[1]), count > 2 ? arguments[2] : "");
}
