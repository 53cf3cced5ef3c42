// Handlers and includes of C++ programs, with CMake and without.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test::cpp_files_test {
namespace {

Sources project() {
  Sources sources;
  sources
      .file("CMakeLists.txt", "project(hello LANGUAGES CXX)\nset(SOURCES main.cpp store.cpp)\n"
                              "add_executable(${PROJECT_NAME} ${SOURCES})\n"
                              "add_executable(other \"other.cpp\")\n")
      .file("main.cpp", "#include \"store.h\"\nint main() { return 0; }\n")
      .file("other.cpp", "int main(int argc, char** argv) { return 0; }\n")
      .file("store.h", "#pragma once\nnamespace shop {\nint put(int key);\nclass Store {};\n}\n")
      .file("store.cpp", "#include \"store.h\"\nint shop_count = 0;\nnamespace shop {\n"
                         "int put(int key) { return key; }\n"
                         "void Store::save(int key) const {}\n}\n"
                         "static int local() { return 1; }\n");
  return sources;
}

TEST(CppFiles, TheHandlerIsTheProgramThatCMakeNames) {
  EXPECT_EQ(project().handler(Language::Cpp, "build/hello.zip", "hello"),
            "main.cpp: its entry, likely");
  EXPECT_EQ(project().handler(Language::Cpp, "build/other.zip", "bootstrap"),
            "other.cpp: its entry, likely");
}

TEST(CppFiles, WithoutCMakeTheOnlyMain) {
  Sources sources;
  sources.file("fn/app.cc", "int main() {}").file("fn/util.cc", "int util() { return 1; }");
  EXPECT_EQ(sources.handler(Language::Cpp, "fn", "bootstrap"), "fn/app.cc: its entry");
}

TEST(CppFiles, IncludesAndDefinitions) {
  Sources sources = project();
  EXPECT_EQ(sources.import(Language::Cpp, "", "main.cpp", "store.h", ""), "store.h itself");
  EXPECT_EQ(sources.import(Language::Cpp, "", "main.cpp", "aws/core/Aws.h", ""),
            "library aws/core/Aws.h");
  sources.star("shop");
  const auto implicit = [&](std::string_view name) {
    return sources.implicit(Language::Cpp, "", "main.cpp", name);
  };
  EXPECT_EQ(implicit("put"), "store.cpp: shop::put");
  EXPECT_EQ(implicit("shop.put"), "store.cpp: shop::put");
  // The source completes the class, and inherits what its header has of it.
  EXPECT_EQ(implicit("Store"), "store.cpp: shop::Store");
  EXPECT_EQ(implicit("Store.save"), "store.cpp: shop::Store.save");
  EXPECT_EQ(implicit("Store.make"), "store.cpp: shop::Store.make");
  EXPECT_EQ(implicit("printf"), "library printf");
}

}  // namespace
}  // namespace fnlint::test::cpp_files_test
