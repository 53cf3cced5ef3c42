// Handlers, modules and imports of Cargo packages.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

Sources workspace() {
  Sources sources;
  sources
      .file("Cargo.toml", "[workspace]\nmembers = [\n  \"put-item\",\n  \"shared\",\n]\n"
                          "[workspace.dependencies]\nshared = { path = \"shared\" }\n")
      .file("put-item/Cargo.toml",
            "[package]\nname = \"put-item\"\n\n[dependencies]\nshared = { workspace = true }\n"
            "aws-sdk-s3 = \"1\"\n")
      .file("put-item/src/main.rs", "mod util;\nuse util::*;\nfn main() {}\n")
      .file("put-item/src/util.rs", "pub mod inner;\npub fn put() {}\npub static COUNT: u32 = 0;\n")
      .file("put-item/src/util/inner.rs", "pub struct Row;\n")
      .file("shared/Cargo.toml", "[package]\nname = \"shared\"\n")
      .file("shared/src/lib.rs", "pub mod store;\npub fn log() {}\n")
      .file("shared/src/store/mod.rs", "pub struct Store;\n");
  return sources;
}

TEST(RustFiles, TheHandlerIsTheMainOfTheCodesPackage) {
  EXPECT_EQ(workspace().handler(Language::Rust, "put-item", "bootstrap"),
            "put-item/src/main.rs: its entry");
  EXPECT_EQ(workspace().handler(Language::Rust, "target/lambda/put-item", "bootstrap"),
            "put-item/src/main.rs: its entry, likely");
  EXPECT_EQ(workspace().handler(Language::Rust, "put-item/target/lambda/put-item/bootstrap.zip",
                                "bootstrap"),
            "put-item/src/main.rs: its entry, likely");
}

TEST(RustFiles, ProgramsOfOnePackageAreToldByTheirNames) {
  Sources sources;
  sources.file("rust/Cargo.toml",
               "[package]\nname = \"app\"\n\n[[bin]]\nname = \"first\"\npath = \"src/one.rs\"\n"
               "[[bin]]\nname = \"second\"\n")
      .file("rust/src/one.rs", "fn main() {}")
      .file("rust/src/bin/second.rs", "fn main() {}")
      .file("rust/src/bin/third/main.rs", "fn main() {}");
  EXPECT_EQ(sources.handler(Language::Rust, "rust/target/lambda/third", "bootstrap"),
            "rust/src/bin/third/main.rs: its entry, likely");
  EXPECT_EQ(sources.handler(Language::Rust, "rust", "bootstrap"),
            "none: which of 3 programs it runs is not declared in the template");
  sources.entry_point("first");
  EXPECT_EQ(sources.handler(Language::Rust, "rust", "bootstrap"), "rust/src/one.rs: its entry");
}

TEST(RustFiles, PathsLeadThroughModules) {
  Sources sources = workspace();
  const auto import = [&](std::string_view from, std::string_view module, std::string_view name) {
    return sources.import(Language::Rust, "put-item", cat("put-item/src/", from), module, name);
  };
  EXPECT_EQ(import("main.rs", "crate.util", "put"), "put-item/src/util.rs: put");
  EXPECT_EQ(import("main.rs", "util", "put"), "put-item/src/util.rs: put");
  EXPECT_EQ(import("main.rs", "util.inner", "Row"), "put-item/src/util/inner.rs: Row");
  EXPECT_EQ(import("util/inner.rs", "super", "put"), "put-item/src/util.rs: put");
  EXPECT_EQ(import("util.rs", "self.inner", "Row"), "put-item/src/util/inner.rs: Row");
  EXPECT_EQ(import("main.rs", "crate", "util"), "put-item/src/util.rs itself");
  EXPECT_EQ(import("main.rs", "shared.store", "Store"), "shared/src/store/mod.rs: Store");
  EXPECT_EQ(import("main.rs", "shared", "log"), "shared/src/lib.rs: log");
  EXPECT_EQ(import("main.rs", "aws_sdk_s3", "Client"), "library aws_sdk_s3.Client");
}

TEST(RustFiles, NamesThatAStarBrings) {
  Sources sources = workspace();
  sources.star("util");
  const auto implicit = [&](std::string_view name) {
    return sources.implicit(Language::Rust, "put-item", "put-item/src/main.rs", name);
  };
  EXPECT_EQ(implicit("COUNT"), "put-item/src/util.rs");
  EXPECT_EQ(implicit("println"), "library println");
}

}  // namespace
}  // namespace fnlint::test
