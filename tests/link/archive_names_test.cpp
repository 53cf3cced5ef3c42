// Which folder an archive is made of, by their names.
#include "link/resolve/archive_names.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

const std::vector<std::string> kFiles{
    "source/es_loader/index.py",         "source/tests/es_loader/index.py",
    "source/lambda/report-maker/src/index.py", "source/handlers/me/info/show/index.py",
    "a/loader/index.py",                 "b/loader/index.py",
    "source/lambda/index.py",            "source/lambda/runner/main.py"};
const std::vector<std::string> kModules{"index.py"};

std::vector<std::string> of(std::string_view archive, std::string_view near = "deployment") {
  return folders_named_after(kFiles, kModules, archive, near);
}

TEST(ArchiveNames, AreThoseOfFolders) {
  EXPECT_EQ(of("%%SOLUTION%%/v1.2.0/es_loader.zip"), std::vector<std::string>{"source/es_loader"});
  EXPECT_EQ(of("es-loader.zip"), std::vector<std::string>{"source/es_loader"});
  EXPECT_EQ(of("es_loader_v0.2.zip"), std::vector<std::string>{"source/es_loader"});
  EXPECT_EQ(of("ReportMaker.zip"), std::vector<std::string>{"source/lambda/report-maker/src"});
  EXPECT_EQ(of("deploy/me_info_show.zip"),
            std::vector<std::string>{"source/handlers/me/info/show"});
}

TEST(ArchiveNames, ThatSayNothingAreReadWithTheFolderAbove) {
  EXPECT_EQ(of("packages/es_loader/lambda.zip"), std::vector<std::string>{"source/es_loader"});
  EXPECT_TRUE(of("packages/key_maker/lambda.zip").empty());
  EXPECT_EQ(of("source/lambda.zip"), std::vector<std::string>{"source/lambda"});
}

TEST(ArchiveNames, MayBeThoseOfSeveralFolders) {
  EXPECT_EQ(of("loader.zip"), (std::vector<std::string>{"a/loader", "b/loader"}));
  EXPECT_EQ(of("loader.zip", "b/deployment"), std::vector<std::string>{"b/loader"});
}

TEST(ArchiveNames, SayNothingWhereNoFolderIsCalledSo) {
  EXPECT_TRUE(of("orders.zip").empty());
  EXPECT_TRUE(of("loader2.zip").empty());
  EXPECT_TRUE(of(".zip").empty());
  EXPECT_EQ(of("assets/lambda.zip"), std::vector<std::string>{"source/lambda"});
}

}  // namespace
}  // namespace fnlint
