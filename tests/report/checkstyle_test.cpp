// Reports in Checkstyle's XML.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <pugixml.hpp>

namespace fnlint::checkstyle_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

TEST(Checkstyle, IsAnElementAFileWithItsErrors) {
  Sample sample = two_findings();
  EXPECT_EQ(
      checkstyle_report(sample.arranged()),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<checkstyle version=\"4.3\">\n"
      "  <file name=\"src/app.py\">\n"
      "    <error line=\"2\" column=\"1\" severity=\"error\" message=\"Thumbs writes 100% of "
      "Photos, its trigger. Write to another bucket.\" source=\"fnlint.loop-s3-recursion\" />\n"
      "  </file>\n"
      "  <file name=\"my app/a,b:c.yaml\">\n"
      "    <error line=\"1\" column=\"10\" severity=\"warning\" message=\"nodejs12.x ended in "
      "2023. Use its successor.\" source=\"fnlint.runtime-deprecated\" />\n"
      "    <error line=\"2\" column=\"5\" severity=\"warning\" message=\"no such parameter.\" "
      "source=\"fnlint.problem\" />\n"
      "  </file>\n"
      "</checkstyle>\n");
}

TEST(Checkstyle, ACleanRunIsAnEmptyDocument) {
  Sample sample;
  EXPECT_EQ(checkstyle_report(sample.arranged()),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\" />\n");
}

// XML 1.0 has no place for most of them, not even as references.
TEST(Checkstyle, CharactersThatXmlDoesNotHaveAreReplaced) {
  Sample sample;
  const FileId file = sample.file("a<\x01>&\"'\xFF.py", "x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "\x1b[31m <b> \xEF\xBF\xBE & \xC3");
  const std::string text = checkstyle_report(sample.arranged());
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_EQ(text.find("&#"), std::string::npos) << text;
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(text.c_str()));
  const pugi::xml_node read = document.child("checkstyle").child("file");
  EXPECT_STREQ(read.attribute("name").value(), "a<>&\"'\uFFFD.py");
  EXPECT_STREQ(read.child("error").attribute("message").value(),
               "[31m <b> \uFFFD & \uFFFD. Write to another bucket.");
}

TEST(Checkstyle, WhatCouldNotBeReadIsAnError) {
  Sample sample = blind();
  EXPECT_NE(
      checkstyle_report(sample.arranged())
          .find("<error line=\"3\" column=\"11\" severity=\"error\" message=\"not readable as "
                "YAML.\" source=\"fnlint.problem\" />"),
      std::string::npos);
}

}  // namespace
}  // namespace fnlint::checkstyle_test
