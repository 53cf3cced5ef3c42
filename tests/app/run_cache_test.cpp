// What an earlier run has found is taken where nothing that it asked for has another answer now:
// the output is always that of a run without a cache.
#include "app/run/run_cache.h"

#include "app/files/cache_folder.h"
#include "app/run/run_bytes.h"
#include "core/text.h"
#include "report/formats.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace fnlint::run_cache_test {
namespace {

using test::Program;
using test::TemporaryFolder;
using Words = std::vector<std::string>;

const std::string kTemplate =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Parameters:\n"
    "  Size: {Type: Number, Default: 128}\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: src}\n";
const std::string kLeaky =
    "import other\n"
    "seen = []\n"
    "def handler(event, context):\n"
    "    seen.append(event)\n"
    "    return other.count(seen)\n";
const std::string kOther = "def count(seen):\n    return len(seen)\n";

// A project and a cache beside it.
class Project {
 public:
  Project() {
    write("template.yaml", kTemplate);
    write("src/app.py", kLeaky);
    write("src/other.py", kOther);
    program.directory = "shop";
    program.build = "one";
    program.variables["XDG_CACHE_HOME"] = program.folder.path("caches");
    kept();  // the first run, which fills it
  }
  void write(const std::string& file, std::string_view text) const {
    program.folder.write("shop/" + file, text);
  }
  // Lints; returns what --verbose says of the cache.
  std::string kept(const Words& more = {}, const std::string& format = "json") {
    Words arguments{"check", ".", "--output-format", format, "--verbose"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    code = program(arguments);
    const std::string said = program.err.str();
    const std::size_t at = said.find("cache: ");
    return at == std::string::npos ? "" : said.substr(at + 7, said.find('\n', at) - at - 7);
  }
  // The same, which has to say what a run without a cache says.
  std::string checked(const Words& more = {}, const std::string& format = "json") {
    std::string words = kept(more, format);
    const std::string out = program.out.str();
    const int with = code;
    Words without = more;
    without.emplace_back("--no-cache");
    EXPECT_EQ(kept(without, format), "");
    EXPECT_EQ(out, program.out.str()) << format;
    EXPECT_EQ(with, code);
    return words;
  }
  [[nodiscard]] std::vector<std::filesystem::path> entries() const {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = program.folder.path("caches/fnlint");
    if (!std::filesystem::exists(folder)) return files;
    for (const auto& each : std::filesystem::directory_iterator(folder))
      files.push_back(each.path());
    return files;
  }
  std::size_t findings() { return program.parsed()["findings"].size(); }

  Program program;
  int code = 0;
};

const std::string kNothingToKeep = "not kept: there is no function";

bool is_taken(const std::string& words) { return words.starts_with("taken from "); }

TEST(RunCache, TheSecondRunIsTheFirstOne) {
  Project project;
  ASSERT_EQ(project.code, kFindings) << project.program.err.str();
  EXPECT_EQ(project.findings(), 1U);
  EXPECT_TRUE(is_taken(project.checked()));
  EXPECT_EQ(project.entries().size(), 1U);
}

TEST(RunCache, EveryFormatIsTheSameToTheByte) {
  Project project;
  project.write("broken/template.yaml", test::kBroken);
  for (const Format& format : formats()) {
    project.kept({}, std::string(format.name));
    EXPECT_TRUE(
        is_taken(project.checked({"--show-unresolved", "--statistics"}, std::string(format.name))))
        << format.name;
  }
}

// Each change is told, and the run after it is taken again.
TEST(RunCache, WhatARunAskedForDecides) {
  struct Change {
    const char* what;
    std::function<void(Project&)> make;
  };
  const auto removes = [](const char* file) {
    return [file](Project& project) {
      std::filesystem::remove(project.program.folder.path(cat("shop/", file)));
    };
  };
  const auto writes = [](const char* file, std::string text) {
    return [file, text = std::move(text)](Project& project) { project.write(file, text); };
  };
  const Change changes[] = {
      {"the code", writes("src/app.py", kOther)},
      {"code of the same size", writes("src/app.py", replace_all(kLeaky, "append", "remove"))},
      {"a module", writes("src/other.py", "cache = {}\ndef count(seen):\n  cache[1] = seen\n")},
      {"a module that was not there", writes("src/other/__init__.py", "count = 1\n")},
      {"a module that is gone", removes("src/other.py")},
      {"the template", writes("template.yaml", replace_all(kTemplate, "3.12", "3.7"))},
      {"another template", writes("deep/er/template.yaml", test::kFound)},
      {"a template that is gone", removes("template.yaml")},
      {"a configuration", writes(".fnlint.yaml", "ignore: [state]\n")},
      {"a configuration below", writes("src/.fnlint.yaml", "ignore: [state]\n")},
      {"what is excluded", writes(".fnlint.yaml", "exclude: [src/app.py]\n")},
      {"a level", writes(".fnlint.yaml", "severity: {state-mutable-global: note}\n")},
      {"a parameter", writes(".fnlint.yaml", "parameters: {Size: '1'}\n")},
      {"git's ignored files", writes(".gitignore", "template.yaml\n")},
      {"our ignored files", writes(".fnlintignore", "src\n")},
      {"values of a tool", writes("samconfig.toml", "version = 0.1\n")},
      {"a package", writes("src/requirements.txt", "requests==2.0.0\n")},
  };
  for (const Change& change : changes) {
    SCOPED_TRACE(change.what);
    Project project;
    change.make(project);
    project.checked();
    const std::string words = project.checked();
    EXPECT_TRUE(is_taken(words) || words == kNothingToKeep) << words;
  }
}

TEST(RunCache, AnUnrelatedFileChangesNothing) {
  Project project;
  project.write("docs/pages/readme.txt", "Nobody asked for this one.\n");
  project.checked();
  project.write("docs/pages/readme.txt", "And nobody does now, though its folder is listed.\n");
  project.checked();
  EXPECT_TRUE(is_taken(project.checked()));
}

TEST(RunCache, AnOptionIsAnotherRun) {
  Project project;
  const Words options[] = {{"--select", "strict"},
                           {"--ignore", "state"},
                           {"--today", "2031-01-01"},
                           {"--parameter", "Size=256"},
                           {"--confidence", "possible"},
                           {"--exclude", "src"},
                           {"--isolated"},
                           {"--config-env", "live"}};
  for (const Words& option : options) {
    SCOPED_TRACE(option.front());
    project.checked(option);
    EXPECT_TRUE(is_taken(project.checked(option)));
  }
  EXPECT_TRUE(is_taken(project.checked()));
}

// What is made of the findings afterwards is done anew.
TEST(RunCache, AnOptionOfTheReportIsNot) {
  Project project;
  for (const Words& option : std::vector<Words>{{"--fail-on", "error"},
                                                {"--max-findings", "0"},
                                                {"--show-suppressed"},
                                                {"--threads", "1"}}) {
    SCOPED_TRACE(option.front());
    EXPECT_TRUE(is_taken(project.checked(option)));
  }
}

TEST(RunCache, ABaselineLeavesOutWhatTheCacheHas) {
  Project project;
  EXPECT_EQ(project.program({"baseline"}), kNothingFound) << project.program.err.str();
  project.write(".fnlint.yaml", "baseline: .fnlint-baseline.json\n");
  project.checked();
  EXPECT_TRUE(is_taken(project.checked()));
  EXPECT_EQ(project.code, kNothingFound);
  project.write(".fnlint-baseline.json", R"({"version": 1, "findings": []})");
  project.checked();
}

TEST(RunCache, AnotherProgramTakesNothing) {
  Project project;
  project.program.build = "another";
  EXPECT_TRUE(project.checked().starts_with("kept in "));
  project.program.build = "";  // not known
  EXPECT_EQ(project.checked(), "");
}

TEST(RunCache, WhatIsNotAsItWasWrittenIsWrittenAgain) {
  Project project;
  const std::string file = project.entries().at(0).string();
  const std::string whole =
      project.program.folder.read("caches/fnlint/" + file.substr(file.rfind('/') + 1));
  ASSERT_GT(whole.size(), 200U);
  std::string turned = whole;
  turned[150] = static_cast<char>(turned[150] ^ 1);
  for (const std::string& content :
       {std::string(), whole.substr(0, 100), turned, whole + "x", std::string("something else")}) {
    std::ofstream(file, std::ios::binary) << content;
    EXPECT_TRUE(project.checked().starts_with("kept in "));
    EXPECT_TRUE(is_taken(project.checked()));
  }
}

// The checksum holds, but what it is of is none of ours.
TEST(RunCache, BytesOfAnotherFormAreNotTaken) {
  const AskAgain same = [](const Question&, std::string*) { return true; };
  KeptRun kept{.questions = {{.about = Question::About::Read, .path = "a.py"}}};
  kept.run.files.add("a.py", "x = 1\n");
  kept.run.findings.push_back({.rule = "state-mutable-global", .where = {FileId{0}, {0, 1}}});
  const std::string whole = bytes_of(kept);
  ASSERT_TRUE(kept_run(whole, built_in_rules(), same));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(kept_run(whole.substr(0, size), built_in_rules(), same)) << size;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string turned = whole;
    turned[at] = static_cast<char>(turned[at] ^ 0x81);
    static_cast<void>(kept_run(turned, built_in_rules(), same));  // ends
  }
}

TEST(RunCache, AFolderThatCannotBeUsedIsNoMatter) {
  Project project;
  project.program.folder.write("file", "");
  project.program.variables["XDG_CACHE_HOME"] = project.program.folder.path("file/caches");
  EXPECT_TRUE(project.checked().starts_with("not kept: ")) << project.program.err.str();
  project.program.variables["XDG_CACHE_HOME"] = "relative";
  EXPECT_EQ(project.checked(), "off: neither XDG_CACHE_HOME nor HOME names a folder");
  project.program.variables["HOME"] = project.program.folder.path("home");
  EXPECT_TRUE(project.checked().starts_with("kept in " +
                                            project.program.folder.path("home/.cache/fnlint/")));
}

// A project may hold files of that name: they decide nothing.
TEST(RunCache, NoneIsTakenFromWhatIsLinted) {
  Project project;
  project.program.variables["XDG_CACHE_HOME"] = project.program.folder.path("shop/caches");
  EXPECT_TRUE(project.checked().ends_with("/shop/caches/fnlint lies in what is linted"));
  project.program.folder.link("elsewhere", project.program.folder.path("shop"));
  project.program.variables["XDG_CACHE_HOME"] = project.program.folder.path("elsewhere");
  EXPECT_TRUE(project.checked().ends_with("/elsewhere/fnlint lies in what is linted"));
}

TEST(RunCache, NoFunctionIsNothingToKeep) {
  Project project;
  std::filesystem::remove(project.program.folder.path("shop/template.yaml"));
  std::filesystem::remove(project.program.folder.path("shop/src/app.py"));
  EXPECT_EQ(project.checked(), kNothingToKeep);
}

TEST(RunCache, NobodyElseReadsIt) {
  const Project project;
  struct stat status = {};
  ASSERT_EQ(::stat(project.entries().at(0).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(project.program.folder.path("caches/fnlint").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(RunCache, TheUserMayNameTheFolderOrDoWithout) {
  Project project;
  const auto there = [&](const std::string& folder) {
    return std::filesystem::exists(project.program.folder.path(folder));
  };
  EXPECT_TRUE(project.kept({"--cache-dir", "../named"}).starts_with("kept in "));
  EXPECT_TRUE(there("named"));
  project.program.variables["FNLINT_CACHE_DIR"] = project.program.folder.path("by-variable");
  EXPECT_TRUE(project.kept().starts_with("kept in "));
  EXPECT_TRUE(there("by-variable"));
  project.program.variables["FNLINT_NO_CACHE"] = "1";
  EXPECT_EQ(project.kept(), "");
}

// Nothing is kept of a run on other files than the disk's, nor of one that is measured.
TEST(RunCache, SomeRunsAreMadeEachTime) {
  Project project;
  EXPECT_EQ(project.kept({"--timing"}), "");
  EXPECT_EQ(project.kept({"--log-file", "../log"}), "");
  project.program.input = kLeaky;
  EXPECT_NE(project.program({"check", "-", "--stdin-filename", "src/app.py", "--verbose"}), 2);
  EXPECT_EQ(project.program.err.str().find("cache:"), std::string::npos);
  EXPECT_EQ(project.entries().size(), 1U);
}

TEST(RunCache, SeveralAtOnceDoNotDisturbEachOther) {
  Project project;
  const std::string folder = project.program.folder.path("shop");
  const std::string expected = project.program.out.str();
  const auto lint = [&](std::string& out) {
    for (int i = 0; i < 5; ++i) {
      std::ostringstream printed, said;
      Console console{.out = printed,
                      .err = said,
                      .version = "1.2.3",
                      .working_directory = folder,
                      .variable =
                          [&](std::string_view name) {
                            return name == "HOME" ? project.program.folder.path("home") : "";
                          },
                      .build = "one"};
      run({"check", ".", "--output-format", "json"}, console);
      out = printed.str();
      std::error_code changed_meanwhile;
      std::filesystem::remove_all(project.program.folder.path("home/.cache/fnlint"),
                                  changed_meanwhile);
    }
  };
  std::string first, second;
  std::thread other([&] { lint(second); });
  lint(first);
  other.join();
  EXPECT_EQ(first, expected);
  EXPECT_EQ(second, expected);
}

TEST(CacheFolder, LinksAndOtherKeysAreNotRead) {
  const TemporaryFolder disk;
  const CacheFolder folder(disk.path("cache"));
  const Digest one{0, 1}, other{0, 2}, linked{0, 3};
  EXPECT_EQ(folder.write(one, "content"), "");
  EXPECT_EQ(folder.read(one), "content");
  EXPECT_EQ(folder.read(other), std::nullopt);
  std::filesystem::copy_file(folder.file_of(one), folder.file_of(other));
  EXPECT_EQ(folder.read(other), std::nullopt);
  std::filesystem::create_symlink(folder.file_of(one), folder.file_of(linked));
  EXPECT_EQ(folder.read(linked), std::nullopt);
  EXPECT_EQ(folder.write(linked, "in place of the link"), "");
  EXPECT_EQ(folder.read(linked), "in place of the link");
  EXPECT_EQ(folder.read(one), "content");
}

TEST(CacheFolder, WhatIsLongUnusedMakesRoom) {
  const TemporaryFolder disk;
  const CacheFolder folder(disk.path("cache"));
  disk.write("cache/notes.txt", std::string(1000, 'x'));
  const std::string content(CacheFolder::kBytes / 5, 'x');
  const auto key = [](std::uint64_t number) { return Digest{0, number}; };
  for (std::uint64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(folder.write(key(i), content), "");
    std::filesystem::last_write_time(folder.file_of(key(i)),
                                     std::filesystem::file_time_type::clock::now() -
                                         std::chrono::hours(10 - static_cast<int>(i)));
  }
  EXPECT_TRUE(folder.read(key(0)));  // is used again
  EXPECT_EQ(folder.write(key(4), content), "");
  EXPECT_EQ(folder.write(key(5), std::string(CacheFolder::kBytes / 2, 'x')), "it is too large");
  EXPECT_TRUE(folder.read(key(0)));
  EXPECT_FALSE(folder.read(key(1)));
  EXPECT_TRUE(folder.read(key(4)));
  EXPECT_EQ(disk.read("cache/notes.txt").size(), 1000U);
}

}  // namespace
}  // namespace fnlint::run_cache_test
