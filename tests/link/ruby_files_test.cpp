// Handlers, required files and constants of Ruby.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test::ruby_files_test {
namespace {

Sources project() {
  Sources sources;
  sources.file("fn/app.rb", "require_relative 'lib/store'\ndef handler(event:, context:)\nend\n")
      .file("fn/lib/store.rb", "module Shop\n  class Store\n  end\nend\n$cache = {}\nLIMIT = 3\n")
      .file("fn/lib/tools.rb", "def put(key)\nend\n");
  return sources;
}

TEST(RubyFiles, AHandlerIsAMethodOfAFileOrOfAClass) {
  EXPECT_EQ(project().handler(Language::Ruby, "fn", "app.handler"), "fn/app.rb: handler");
  EXPECT_EQ(project().handler(Language::Ruby, "fn", "lib/store.Shop::Store.call"),
            "fn/lib/store.rb: Shop.Store.call");
  EXPECT_EQ(project().handler(Language::Ruby, "fn", "other.handler"),
            "none: no file 'other.rb' in 'fn'");
  EXPECT_EQ(project().handler(Language::Ruby, "fn", "handler"),
            "none: the handler 'handler' is not of the form file.method");
}

TEST(RubyFiles, FilesAreRequiredFromBesideTheFunctionAndItsLib) {
  const auto import = [](std::string_view module) {
    return project().import(Language::Ruby, "fn", "fn/app.rb", module, "");
  };
  EXPECT_EQ(import("./lib/store"), "fn/lib/store.rb itself");
  EXPECT_EQ(import("lib/store"), "fn/lib/store.rb itself");
  EXPECT_EQ(import("store"), "fn/lib/store.rb itself");
  EXPECT_EQ(import("aws-sdk-s3"), "library aws-sdk-s3");
}

TEST(RubyFiles, ConstantsGlobalsAndMethodsOfOtherFiles) {
  const auto implicit = [](std::string_view name) {
    return project().implicit(Language::Ruby, "fn", "fn/app.rb", name);
  };
  EXPECT_EQ(implicit("Shop"), "fn/lib/store.rb");
  EXPECT_EQ(implicit("LIMIT"), "fn/lib/store.rb");
  EXPECT_EQ(implicit("$cache"), "fn/lib/store.rb");
  EXPECT_EQ(implicit("put"), "fn/lib/tools.rb");
  EXPECT_EQ(implicit("Shop.Store"), "fn/lib/store.rb: Shop.Store");
  EXPECT_EQ(implicit("Store"), "library Store");
  EXPECT_EQ(implicit("Unheard"), "library Unheard");
}

}  // namespace
}  // namespace fnlint::test::ruby_files_test
