// Handlers, build constraints and imports of Go modules.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

constexpr std::string_view kMain = "package main\n\nfunc main() {\n\tlambda.Start(handle)\n}\n";

TEST(GoFiles, TheHandlerIsTheMainOfTheCodesFolder) {
  Sources sources;
  sources.file("fn/go.mod", "module example.com/fn\n").file("fn/main.go", std::string(kMain));
  EXPECT_EQ(sources.handler(Language::Go, "fn", "bootstrap"), "fn/main.go: its entry");
  EXPECT_EQ(sources.handler(Language::Go, "fn", "main"), "fn/main.go: its entry");
}

TEST(GoFiles, TheMainMayStandInAnyFileOfThePackage) {
  Sources sources;
  sources.file("fn/handler.go", "package main\n\nfunc handle() {}\n")
      .file("fn/start.go", std::string(kMain))
      .file("fn/start_test.go", std::string(kMain))
      .file("fn/start_windows.go", std::string(kMain))
      .file("fn/local.go", cat("//go:build !lambda.norpc && linux\n\n", kMain));
  EXPECT_EQ(sources.handler(Language::Go, "fn", "bootstrap"), "fn/start.go: its entry");
  EXPECT_EQ(sources.implicit(Language::Go, "fn", "fn/start.go", "handle"), "fn/handler.go");
  EXPECT_EQ(sources.implicit(Language::Go, "fn", "fn/start.go", "elsewhere"),
            "library elsewhere");
}

TEST(GoFiles, LinesOfOlderGoSayWhatIsBuilt) {
  Sources sources;
  sources.file("fn/start.go", cat("// +build linux,!windows darwin\r\n\r\n", kMain))
      .file("fn/generate.go", cat("// +build ignore\n\n", kMain))
      .file("fn/local.go", cat("// +build linux\n// +build !linux\n\n", kMain))
      .file("fn/both.go", cat("//go:build windows\n// +build linux\n\n", kMain));
  EXPECT_EQ(sources.handler(Language::Go, "fn", "bootstrap"), "fn/start.go: its entry");
}

TEST(GoFiles, OutputsAreNamedLikeTheFolderOfTheirMain) {
  Sources sources;
  sources.file("go.mod", "module example.com/app\n")
      .file("cmd/put-item/main.go", std::string(kMain))
      .file("cmd/get-item/main.go", std::string(kMain));
  EXPECT_EQ(sources.handler(Language::Go, "bin/put-item", "bootstrap"),
            "cmd/put-item/main.go: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Go, "build/get-item.zip", "bootstrap"),
            "cmd/get-item/main.go: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Go, "bin", "get_item"),
            "cmd/get-item/main.go: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Go, "bin", "bootstrap", "PutItemFunction"),
            "cmd/put-item/main.go: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Go, "bin", "bootstrap", "Other"),
            "none: which of 2 programs it runs is not declared in the template");
}

TEST(GoFiles, FilesOfOneFolderWithAMainEachAreProgramsOfTheirOwn) {
  Sources sources;
  sources.file("api/local.go", "package main\n\nfunc main() {\n\tserve()\n}\n")
      .file("api/handlers/orders.go", std::string(kMain))
      .file("api/handlers/sign_in.go", std::string(kMain))
      .file("api/handlers/shared.go", "package main\n\nfunc handle() {}\n");
  EXPECT_EQ(sources.handler(Language::Go, "api", "bin/sign_in"),
            "api/handlers/sign_in.go: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Go, "api", "bin/orders"),
            "api/handlers/orders.go: its entry, likely");
  EXPECT_EQ(sources.implicit(Language::Go, "api", "api/handlers/orders.go", "handle"),
            "api/handlers/shared.go");
}

TEST(GoFiles, AMakefileSaysWhatIsBuilt) {
  Sources sources;
  sources.file("go.mod", "module example.com/app\n")
      .file("Makefile",
            "build-First:\n\tgo build -o $(ARTIFACTS_DIR)/bootstrap ./functions/two\n\n"
            "build-Second:\n\tgo build -o $(ARTIFACTS_DIR)/bootstrap ./functions/one\n")
      .file("functions/one/main.go", std::string(kMain))
      .file("functions/two/main.go", std::string(kMain));
  sources.build_method("makefile");
  EXPECT_EQ(sources.handler(Language::Go, "", "bootstrap", "First"),
            "functions/two/main.go: its entry");
  EXPECT_EQ(sources.handler(Language::Go, "", "bootstrap", "Second"),
            "functions/one/main.go: its entry");
}

TEST(GoFiles, ImportsBelowTheModulesPathAreTheProjects) {
  Sources sources;
  sources
      .file("go.mod",
            "module example.com/app\n\nreplace (\n\texample.com/shared v1.0.0 => ./shared\n)\n")
      .file("store/store.go", "package store\n\n"
                              "var (\n\ttable, key = \"t\", \"k\"\n\tCount int\n)\n"
                              "type Item struct{ ID string }\nfunc (i Item) Save() {}\n")
      .file("store/put.go", "package store\n\nfunc Put(key string) error { return nil }\n")
      .file("shared/go.mod", "module example.com/shared\n")
      .file("shared/log/log.go", "package log\n\nfunc Print() {}\n");
  const auto import = [&](std::string_view module, std::string_view name) {
    return sources.import(Language::Go, "", "main.go", module, name);
  };
  EXPECT_EQ(import("example.com/app/store", "Put"), "store/put.go");
  EXPECT_EQ(import("example.com/app/store", "Count"), "store/store.go");
  EXPECT_EQ(import("example.com/app/store", "key"), "store/store.go");
  EXPECT_EQ(import("example.com/app/store", "Item"), "store/store.go");
  EXPECT_EQ(import("example.com/app/store", "Save"), "library ");
  EXPECT_EQ(import("example.com/shared/log", "Print"), "shared/log/log.go");
  EXPECT_EQ(import("github.com/aws/aws-sdk-go-v2/service/s3", "NewFromConfig"),
            "library github.com/aws/aws-sdk-go-v2/service/s3.NewFromConfig");
}

TEST(GoFiles, LibrariesGoWithoutTheirMajorVersion) {
  Sources sources;
  sources.file("go.mod", "module example.com/app/v2\n")
      .file("v2.go", "package app\n\nfunc Two() {}\n");
  const auto import = [&](std::string_view module, std::string_view name) {
    return sources.import(Language::Go, "", "main.go", module, name);
  };
  EXPECT_EQ(import("github.com/stripe/stripe-go/v76/charge", "New"),
            "library github.com/stripe/stripe-go/charge.New");
  EXPECT_EQ(import("gopkg.in/yaml.v3", "Unmarshal"), "library gopkg.in/yaml.Unmarshal");
  EXPECT_EQ(import("github.com/aws/aws-sdk-go-v2/aws", "String"),
            "library github.com/aws/aws-sdk-go-v2/aws.String");
  EXPECT_EQ(import("example.com/app/v2", "Two"), "v2.go");
}

TEST(GoFiles, AFileBringsTheRestOfItsPackage) {
  Sources sources;
  sources.file("store/a.go", "package store\n")
      .file("store/b.go", "package store\n")
      .file("store/a_test.go", "package store\n")
      .file("main.go", std::string(kMain));
  EXPECT_EQ(sources.companions(Language::Go, "store/a.go"), "store/b.go");
  EXPECT_EQ(sources.companions(Language::Go, "main.go"), "");
}

TEST(GoFiles, AWorkspaceJoinsModules) {
  Sources sources;
  sources.file("go.work", "go 1.22\n\nuse (\n\t./fn\n\t./lib // shared\n)\n")
      .file("fn/go.mod", "module example.com/fn\n")
      .file("fn/main.go", std::string(kMain))
      .file("lib/go.mod", "module example.com/lib\n")
      .file("lib/lib.go", "package lib\n\nfunc Do() {}\n");
  EXPECT_EQ(sources.import(Language::Go, "fn", "fn/main.go", "example.com/lib", "Do"),
            "lib/lib.go");
}

}  // namespace
}  // namespace fnlint::test
