// Parse throughput a language: what reading a file to its facts costs beside tree-sitter alone.
//
//   fnlint_parse_benchmark [--seconds N] FOLDER...
//
// Reads the sources below the folders first, then measures one thread over each language's files.
#include "core/limits.h"
#include "frontends/source/common/syntax.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_cpp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_kotlin();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_rust();
const TSLanguage* tree_sitter_typescript();
}

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Subject {
  std::string_view name = {};
  std::vector<std::string_view> extensions = {};
  const TSLanguage* (*grammar)() = nullptr;
  fnlint::CodeFacts (*lower)(std::string_view) = nullptr;
  std::vector<std::string> files = {};
  std::size_t bytes = 0;
};

fnlint::CodeFacts javascript(std::string_view text) {
  return fnlint::lower_javascript(text, fnlint::JavaScriptDialect::JavaScript);
}
fnlint::CodeFacts cpp(std::string_view text) { return fnlint::lower_cpp(text); }
fnlint::CodeFacts typescript(std::string_view text) {
  return fnlint::lower_javascript(text, fnlint::JavaScriptDialect::TypeScript);
}

std::vector<Subject> subjects() {
  return {{"Python", {".py"}, tree_sitter_python, fnlint::lower_python},
          {"JavaScript", {".js", ".mjs", ".cjs"}, tree_sitter_javascript, javascript},
          {"TypeScript", {".ts"}, tree_sitter_typescript, typescript},
          {"Java", {".java"}, tree_sitter_java, fnlint::lower_java},
          {"Kotlin", {".kt"}, tree_sitter_kotlin, fnlint::lower_kotlin},
          {"Go", {".go"}, tree_sitter_go, fnlint::lower_go},
          {"C#", {".cs"}, tree_sitter_c_sharp, fnlint::lower_csharp},
          {"Ruby", {".rb"}, tree_sitter_ruby, fnlint::lower_ruby},
          {"Rust", {".rs"}, tree_sitter_rust, fnlint::lower_rust},
          {"C++", {".cpp", ".cc", ".h", ".hpp"}, tree_sitter_cpp, cpp}};
}

void read_folder(const fs::path& folder, std::vector<Subject>& all) {
  std::error_code none;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                           none),
       end;
       at != end; at.increment(none)) {
    if (!at->is_regular_file(none)) continue;
    const std::string extension = at->path().extension().string();
    for (Subject& subject : all)
      for (const std::string_view one : subject.extensions) {
        if (one != extension) continue;
        std::ifstream in(at->path(), std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (text.size() > fnlint::kSourceBytes) continue;
        subject.bytes += text.size();
        subject.files.push_back(std::move(text));
      }
  }
}

// MB a second, over as many rounds as fit.
template <class Run>
double speed(const Subject& subject, double seconds, Run run) {
  const auto begin = Clock::now();
  std::size_t bytes = 0;
  double passed = 0;
  do {
    for (const std::string& text : subject.files) run(text);
    bytes += subject.bytes;
    passed = std::chrono::duration<double>(Clock::now() - begin).count();
  } while (passed < seconds);
  return static_cast<double>(bytes) / passed / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 1;
  std::vector<Subject> all = subjects();
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
      seconds = std::atof(argv[++i]);
    else
      read_folder(argv[i], all);
  }
  std::printf("%-12s %7s %8s %14s %14s %7s\n", "language", "files", "MB", "parse, MB/s",
              "facts, MB/s", "ratio");
  for (const Subject& subject : all) {
    if (subject.files.empty()) continue;
    const double parse = speed(subject, seconds, [&](const std::string& text) {
      fnlint::parse_syntax(subject.grammar(), text);
    });
    const double facts =
        speed(subject, seconds, [&](const std::string& text) { subject.lower(text); });
    std::printf("%-12s %7zu %8.2f %14.1f %14.1f %7.2f\n", std::string(subject.name).c_str(),
                subject.files.size(), static_cast<double>(subject.bytes) / 1e6, parse, facts,
                parse / facts);
  }
}
