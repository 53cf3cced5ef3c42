// Handlers of JavaScript in workspaces, of unknown runtimes and of images.

#include "link/resolve/handler_files.h"
#include "link/resolve/image_code.h"
#include "link/resolve/program_files.h"

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

struct Found {
  HandlerFile file = {};
  std::string text = {};
};
Found find(const StackProject& project, const std::string& path, std::string_view handler,
           std::string_view runtime) {
  DialectSet all;
  all.set();
  CodeLocation code;
  code.path = path;
  code.kind = project.kind(path) == EntryKind::Folder ? CodeKind::Folder : CodeKind::Unknown;
  BuildFacts builds(project);
  Languages languages(builds);
  Found found;
  found.file = find_handler(
      project, languages,
      {code, path, handler, runtime, "Fn", {}, [](std::string_view) { return std::string(); }},
      all);
  found.text = found.file.path.empty() ? cat("none: ", found.file.reason) : found.file.path;
  if (found.file.guess) found.text += ", likely";
  return found;
}

std::string module_of(const StackProject& project, std::string_view from, std::string_view name) {
  BuildFacts builds(project);
  return ProgramFiles(builds).find(from, name);
}

TEST(HandlerFiles, PackagesOfTheRepositoryAreFoundByTheirNames) {
  const auto file = [](std::string_view where, std::string_view text) {
    StackProject project;
    project.file(std::string(where), std::string(text));
    project.file("packages/shared/common/package.json",
                 R"({"name": "@acme/common", "main": "lib/index.js"})");
    project.file("packages/shared/common/src/index.ts", "");
    return module_of(project, "services/a/serverless.ts", "@acme/common");
  };
  const std::string found = "packages/shared/common/src/index.ts";
  EXPECT_EQ(file("package.json", R"({"workspaces": ["packages/**/*"]})"), found);
  EXPECT_EQ(file("package.json", R"({"workspaces": {"packages": ["packages/shared/*"]}})"), found);
  EXPECT_EQ(file("lerna.json", R"({"packages": ["packages/**"]})"), found);
  EXPECT_EQ(file("pnpm-workspace.yaml", "packages:\n  - packages/*/*\n"), found);
  EXPECT_EQ(file("package.json", R"({"workspaces": ["apps/*"]})"), "");
}

TEST(HandlerFiles, AWorkspacesRootIsAnyFolderAboveTheFile) {
  const auto file = [](std::string_view where, std::string_view text) {
    StackProject project;
    project.file(std::string(where), std::string(text));
    project.file("shop/backend/packages/common/package.json", R"({"name": "@acme/common"})");
    project.file("shop/backend/packages/common/src/index.ts", "");
    return module_of(project, "shop/backend/api/src/app.ts", "@acme/common");
  };
  const std::string found = "shop/backend/packages/common/src/index.ts";
  EXPECT_EQ(file("shop/backend/package.json", R"({"workspaces": ["packages/*"]})"), found);
  EXPECT_EQ(file("shop/package.json", R"({"workspaces": ["backend/packages/*"]})"), found);
  EXPECT_EQ(file("shop/backend/lerna.json", R"({"packages": ["packages/*"]})"), found);
  EXPECT_EQ(file("shop/pnpm-workspace.yaml", "packages: [\"**\"]\n"), found);
  EXPECT_EQ(file("shop/frontend/package.json", R"({"workspaces": ["../backend/packages/*"]})"), "");
}

TEST(HandlerFiles, OfWorkspacesInEachOtherTheNearestGoesBefore) {
  StackProject project;
  project.file("package.json", R"({"workspaces": ["libs/*"]})");
  project.file("libs/log/package.json", R"({"name": "log"})").file("libs/log/index.ts", "");
  project.file("libs/db/package.json", R"({"name": "db"})").file("libs/db/index.ts", "");
  project.file("backend/package.json", R"({"workspaces": ["libs/*"]})");
  project.file("backend/libs/log/package.json", R"({"name": "log"})");
  project.file("backend/libs/log/index.ts", "");
  BuildFacts builds(project);
  ProgramFiles files(builds);
  EXPECT_EQ(files.find("backend/app.ts", "log"), "backend/libs/log/index.ts");
  EXPECT_EQ(files.find("backend/app.ts", "db"), "libs/db/index.ts");
  EXPECT_EQ(files.find("other/app.ts", "log"), "libs/log/index.ts");
}

TEST(HandlerFiles, OfABuiltPackageTheSourcesAreRead) {
  StackProject project;
  project.file("package.json", R"({"workspaces": ["packages/*"]})");
  project.file("packages/a/package.json", R"({"name": "a", "main": "./lib/index.js"})");
  project.file("packages/a/lib/index.js", "").file("packages/a/src/index.ts", "");
  project.file("packages/b/package.json", R"({"name": "b", "main": "lib/index.js"})");
  project.file("packages/b/lib/index.js", "");
  EXPECT_EQ(module_of(project, "app.ts", "a"), "packages/a/src/index.ts");
  EXPECT_EQ(module_of(project, "app.ts", "b"), "packages/b/lib/index.js");
}

TEST(HandlerFiles, AnUnknownRuntimeIsWhatTheHandlerFits) {
  StackProject project;
  project.file("a/app.rb", "").file("b/src/acme/App.java", "package acme;\nclass App {}\n");
  EXPECT_EQ(find(project, "a", "app.handler", "").text, "a/app.rb");
  EXPECT_EQ(find(project, "b", "acme.App::handle", "").text, "b/src/acme/App.java");
}

TEST(HandlerFiles, WhatIsNotFoundIsSaidByALanguageThatTheHandlerFits) {
  StackProject project;
  project.file("a/Fn.csproj", "<Project/>").file("a/F.cs", "namespace Fn; class F {}");
  EXPECT_EQ(find(project, "a", "Fn::Fn.Other::Get", "").text, "none: no type 'Fn.Other' in 'a'");
}

TEST(HandlerFiles, WhatIsNotFoundOfAnUnknownRuntimeMayBeOfSeveralLanguages) {
  StackProject project;
  project.file("a/other.txt", "");
  EXPECT_EQ(find(project, "a", "app.handler", "").text,
            "none: no file of the handler 'app.handler' in 'a', whose runtime is unknown");
}

TEST(HandlerFiles, AScriptIsNoSource) {
  StackProject project;
  project.file("a/run.sh", "exec node index.js\n").file("a/index.js", "");
  const Found found = find(project, "a", "run.sh", "nodejs22.x");
  EXPECT_EQ(found.text, "none: 'run.sh' in 'a' is not source code that fnlint reads");
  EXPECT_EQ(found.file.lack, ResolutionFailure::Code);
}

TEST(HandlerFiles, AProgramIsWhatTheFolderHolds) {
  StackProject project;
  project.file("go/main.go", "package main\nfunc main() {}\n")
      .file("rust/Cargo.toml", "[package]\nname = \"fn\"\n")
      .file("rust/src/main.rs", "fn main() {}")
      .file("cpp/main.cpp", "int main() {}")
      .file("net/Fn.csproj", "<Project/>")
      .file("net/Program.cs", "await LambdaBootstrapBuilder.Create(f).Build().RunAsync();")
      .file("shell/bootstrap", "#!/bin/sh");
  const auto program = [&](const std::string& folder) {
    return find(project, folder, "bootstrap", "provided.al2023");
  };
  EXPECT_EQ(program("go").text, "go/main.go");
  EXPECT_EQ(program("rust").text, "rust/src/main.rs");
  EXPECT_EQ(program("cpp").text, "cpp/main.cpp");
  EXPECT_EQ(program("net").text, "net/Program.cs, likely");
  EXPECT_EQ(program("shell").text,
            "none: 'bootstrap' in 'shell' is not source code that fnlint reads");
  EXPECT_EQ(program("shell").file.lack, ResolutionFailure::Code);
}

TEST(HandlerFiles, APathMayBeWrittenFromAFolderAbove) {
  StackProject project;
  project.file("deploy/template.yaml", "")
      .file("api/build.gradle", "")
      .file("api/src/main/java/acme/App.java", "package acme;\nclass App {}\n");
  EXPECT_EQ(find(project, "deploy/api/build/distributions/api.zip", "acme.App", "java21").text,
            "api/src/main/java/acme/App.java, likely");
}

std::string image_handler(const FileSystem& files, std::string context) {
  CodeLocation code;
  code.path = std::move(context);
  BuildFacts builds(files);
  return image_code(builds, code).handler;
}

TEST(HandlerFiles, AnImageNamesItsCommandOrItsProgram) {
  StackProject project;
  project.file("a/Dockerfile", "FROM x AS build\nCMD [\"build\"]\nFROM y\nCMD [\"app.handler\"]\n")
      .file("b/Dockerfile", "FROM y\nENTRYPOINT [ \"/main\" ]\n");
  EXPECT_EQ(image_handler(project, "a"), "app.handler");
  EXPECT_EQ(image_handler(project, "b"), "/main");
  EXPECT_EQ(image_handler(project, "c"), "");
  project.file("d/Dockerfile.arm64", "FROM y\nCMD [\"app.handler\"]\n");
  EXPECT_EQ(image_handler(project, "d"), "app.handler");
  project.file("d/other.Dockerfile", "FROM y\nCMD [\"other.handler\"]\n");
  EXPECT_EQ(image_handler(project, "d"), "");
  project.file("e/Dockerfile",
               "FROM y\nENTRYPOINT [\"python\", \"-m\", \"awslambdaric\", \"a.b\"]\n");
  EXPECT_EQ(image_handler(project, "e"), "a.b");
}

TEST(HandlerFiles, AnImagesCodeIsWhatItCopies) {
  StackProject project;
  project
      .file(
          "shop/Dockerfile",
          "FROM public.ecr.aws/lambda/python:3.12\nCOPY services/orders/ ./\nCOPY lib/util.py .\n")
      .file("shop/services/orders/app.py", "")
      .file("shop/lib/util.py", "");
  CodeLocation code;
  code.path = "shop";
  BuildFacts builds(project);
  const ImageCode image = image_code(builds, code);
  EXPECT_EQ(image.runtime, "python3.12");
  EXPECT_EQ(image.roots, (std::vector<std::string>{"shop/services/orders", "shop/lib", "shop"}));
}

}  // namespace
}  // namespace fnlint::test
