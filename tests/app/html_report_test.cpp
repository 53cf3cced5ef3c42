// The page of --output-format html has what the application knows of the model beside findings.
#include "tests/app/program.h"

#include <gtest/gtest.h>

namespace fnlint::html_report_test {
namespace {

using test::kClean;
using test::Program;

const std::string kThumbs =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  Photos:\n"
    "    Type: AWS::S3::Bucket\n"
    "  Thumbs:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      Handler: app.handler\n"
    "      Runtime: python3.13\n"
    "      CodeUri: src\n"
    "      Events:\n"
    "        Upload:\n"
    "          Type: S3\n"
    "          Properties: {Bucket: !Ref Photos, Events: s3:ObjectCreated:*}\n";
const std::string kCode =
    "import boto3\nimport pandas\ns3 = boto3.client('s3')\n\n\n"
    "def handler(event, context):\n"
    "    s3.put_object(Bucket='x', Body=str(pandas.DataFrame(event)), Key='a')\n";

nlohmann::json data_of(const std::string& page) {
  const std::string_view begin = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

TEST(HtmlReport, DrawsTheModel) {
  Program program;
  program.folder.write("shop/template.yaml", kThumbs);
  program.folder.write("shop/src/app.py", kCode);
  program.folder.write("shop/src/tests/data.json", std::string(5000, ' '));
  program.folder.write("out/other.txt", "");
  program({"--output-format", "html", "--output-file", "out/page.html", "shop"});
  const std::string page = program.folder.read("out/page.html");
  const nlohmann::json data = data_of(page);
  ASSERT_EQ(data["graph"]["nodes"].size(), 2U) << page;
  EXPECT_EQ(data["graph"]["nodes"][0]["name"], "Thumbs");
  EXPECT_EQ(data["graph"]["nodes"][0]["link"], "../shop/template.yaml");
  EXPECT_NE(page.find("<b>pandas</b><br><span class=\"about\">every path uses it"), page.npos);
  EXPECT_NE(page.find("href=\"../shop/src/app.py#L2\""), page.npos) << "where it is imported";
  EXPECT_EQ(data["packages"][0]["parts"][0]["path"], "tests");
  EXPECT_EQ(data["packages"][0]["unneeded"][0]["bytes"], 5000);
}

// What the configuration asks for is drawn as well, of each project that is linted.
TEST(HtmlReport, IsTheSameWhereTheConfigurationNamesIt) {
  Program program;
  for (const char* project : {"one", "two"}) {
    program.folder.write(std::string(project) + "/template.yaml", kClean);
    program.folder.write(std::string(project) + "/.fnlint.yaml", "output-format: html\n");
  }
  program({"one", "two"});
  const nlohmann::json data = data_of(program.out.str());
  ASSERT_EQ(data["graph"]["nodes"].size(), 2U);
  EXPECT_EQ(data["graph"]["nodes"][0]["path"], "one/template.yaml");
  EXPECT_EQ(data["graph"]["nodes"][1]["path"], "two/template.yaml");
  const std::string first = program.out.str();
  program({"one", "two"});
  EXPECT_EQ(program.out.str(), first);
}

}  // namespace
}  // namespace fnlint::html_report_test
