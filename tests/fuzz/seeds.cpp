// seeds TARGET FIXTURES FOLDER: the files or cases of FIXTURES as inputs of a target, one a file.

#include "core/text.h"
#include "frontends/source/python/python.h"
#include "model/code_bytes.h"
#include "tests/fuzz/targets.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What a file adds to which input.
void add(std::map<fs::path, std::string>& inputs, std::string_view target, const fs::path& inside,
         const std::string& content) {
  if (target == "project") {
    if (std::distance(inside.begin(), inside.end()) < 3) return;
    auto part = inside.begin();
    const fs::path folder = *part++ / *part++;
    inputs[folder] += fnlint::fuzz::project_part(fs::relative(inside, folder).string(), content);
  } else if (target == "code_bytes") {
    if (inside.extension() == ".py")
      inputs[inside] = fnlint::code_bytes(fnlint::lower_python(content));
  } else {
    inputs[inside] = fnlint::fuzz::named_input(inside.filename().string(), content);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "usage: fuzz_seeds TARGET FIXTURES FOLDER\n";
    return 2;
  }
  const fs::path fixtures = arguments[2], folder = arguments[3];
  std::map<fs::path, std::string> inputs;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fixtures))
    if (entry.is_regular_file())
      add(inputs, arguments[1], fs::relative(entry.path(), fixtures), content_of(entry.path()));
  fs::create_directories(folder);
  std::size_t number = 0;
  for (const auto& [path, input] : inputs)
    std::ofstream(folder / std::to_string(++number), std::ios::binary) << input;
  return 0;
}
