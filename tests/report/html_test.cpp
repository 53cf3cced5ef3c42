// The format "html": one page that needs nothing else, and shows what a project says as text alone.
#include "report/html.h"

#include "report/sha256.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace fnlint::html_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t at = text.find(begin);
  if (at == text.npos) return {};
  const std::size_t from = at + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

std::string page_of(Sample& sample, const TextStyle& style = {}) {
  return html_report(sample.arranged(), style);
}

// What the script draws.
nlohmann::json data_of(const std::string& page) {
  return nlohmann::json::parse(
      between(page, "<script id=\"data\" type=\"application/json\">", "</script>"));
}

Pictures pictures() {
  Pictures pictures;
  pictures.graph.nodes = {{.name = "Thumbs", .kind = "function", .path = "a.yaml", .line = 2},
                          {.name = "Photos", .kind = "bucket", .path = "a.yaml", .line = 9}};
  pictures.graph.edges = {{.from = 0,
                           .to = 1,
                           .kind = GraphEdgeKind::Effect,
                           .label = "s3.PutObject",
                           .path = "app.py",
                           .line = 3,
                           .in_loop = true}};
  pictures.inits = {{.function = "Thumbs",
                     .rows = {{.name = "pandas", .use = "every path uses it", .ms = 500, .mb = 64}},
                     .total = 500,
                     .budget = 1000,
                     .advice = "pandas. Import less."},
                    {.function = "Quick"}};
  pictures.packages = {{.users = {"Thumbs"},
                        .bytes = 3 << 20,
                        .estimated = 1 << 20,
                        .parts = {{"src", 2 << 20}},
                        .planned = {{"pandas", 1 << 20}},
                        .unneeded = {{"src/tests", 1 << 20, "tests"}}},
                       {.users = {"Quick"}, .unknown = "is bundled when it is built"}};
  return pictures;
}

TEST(Html, HasFindingsByFunctionWithTheirLinesAndSteps) {
  Sample sample = two_findings();
  const std::string page = page_of(sample);
  EXPECT_TRUE(has(page, "<h3>Thumbs <span class=\"count\">1</span></h3>"));
  EXPECT_TRUE(has(page, "<h3>Not about a single function <span class=\"count\">1</span></h3>"));
  EXPECT_TRUE(has(page, "<mark>nodejs12.x</mark> # é😀</code>"))
      << "the line, and what is meant in it";
  EXPECT_TRUE(has(page,
                  "<ol class=\"flow\">\n<li><span>Photos starts Thumbs</span> "
                  "<a class=\"place\" href=\"my%20app/a,b:c.yaml#L2\">"));
  EXPECT_TRUE(has(page, "<b>What to do</b> Write to another bucket.</p>"));
  EXPECT_LT(page.find("id=\"f-"), page.find("loop-s3-recursion"));
  EXPECT_LT(page.find("Thumbs writes 100%"), page.find("nodejs12.x ended")) << "the worst first";
}

TEST(Html, LinksFromWhereItIsKept) {
  Sample sample = two_findings();
  sample.report.pictures = pictures();
  const std::string page = page_of(sample, {.way = "../shop"});
  EXPECT_TRUE(has(page, "href=\"../shop/src/app.py#L2\""));
  EXPECT_TRUE(has(page, "\"link\":\"../shop/app.py\""));
}

TEST(Html, IsWholeWithoutNetworkAndRunsItsOwnScriptAlone) {
  Sample sample = two_findings();
  const std::string page = page_of(sample);
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n"));
  const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'sha256-")) << policy;
  EXPECT_FALSE(has(policy, "unsafe"));
  EXPECT_TRUE(has(policy, sha256_base64(between(page, "</script>\n<script>", "</script>"))));
  EXPECT_TRUE(has(policy, sha256_base64(between(page, "<style>", "</style>"))));
  EXPECT_FALSE(has(page, " src=")) << "nothing is loaded";
  EXPECT_FALSE(has(page, "<link"));
  EXPECT_FALSE(has(page, " style=\"")) << "the policy would forbid it";
  EXPECT_EQ(count(page, "<script"), 2U);
}

TEST(Html, HashesAsTheStandardSays) {
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(sha256_base64(std::string(64, 'a')), "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=");
}

// What a project calls its files, functions and values is text, wherever it stands.
TEST(Html, ShowsHostileTextAsText) {
  const std::string evil =
      "</script><script>alert(1)</script><!--\"'><img onerror=x>\xE2\x80\xA8`${1}";
  Sample sample;
  const FileId file = sample.file("a\"><script>.py", "x = '" + evil + "'\n");
  Finding& finding = sample.add("loop-s3-recursion", sample.at(file, evil), evil);
  finding.function = evil;
  finding.flow = {{sample.at(file, "x"), evil}};
  finding.related = {{sample.at(file, "x"), "b" + evil}};
  sample.report.problems = {{sample.at(file, "x"), evil}};
  sample.report.unresolved = {{{UnresolvedKind::CodeLocation, evil, evil, sample.at(file, "x")}}};
  sample.report.category = evil;
  Pictures& drawn = sample.report.pictures = pictures();
  drawn.graph.nodes[0].name = drawn.graph.nodes[0].kind = drawn.graph.edges[0].label = evil;
  drawn.graph.nodes[0].findings = {evil};
  drawn.inits[0].function = drawn.inits[0].rows[0].name = drawn.inits[0].advice = evil;
  drawn.inits[1].unknown = drawn.packages[1].unknown = drawn.packages[0].users[0] = evil;
  drawn.packages[0].parts[0].path = drawn.packages[0].unneeded[0].words = evil;
  const std::string page = page_of(sample);
  EXPECT_EQ(count(page, "<script"), 2U);
  EXPECT_EQ(count(page, "</script"), 2U);
  EXPECT_FALSE(has(page, "<!--"));
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page.substr(0, page.find("<script")), "\"'>")) << "no attribute ends early";
  EXPECT_TRUE(has(data_of(page)["graph"]["nodes"][0]["name"].get<std::string>(),
                  "</script><script>alert(1)</script><!--"))
      << "and all of it is there";
  EXPECT_FALSE(has(page, "\xE2\x80\xA8")) << "a line end of JavaScript's";
}

TEST(Html, LeadsToFilesWhateverTheyAreCalled) {
  Sample sample;
  const FileId file = sample.file("javascript:alert(1)", "x\n");
  sample.add("runtime-deprecated", sample.at(file, "x"), "m");
  EXPECT_FALSE(has(page_of(sample), "href=\"javascript:"));
}

// A key of several lines, and one that is silenced.
TEST(Html, HidesSecrets) {
  Sample sample;
  const FileId file =
      sample.file("a.py", "a = '''AKIAFIRST\nSECONDLINE'''\nb = f(\"AKIAOTHER\", x)\n");
  sample.add("secrets-in-env", sample.at(file, "AKIAFIRST\nSECONDLINE"), "a key");
  sample.add("runtime-deprecated", sample.at(file, "SECONDLINE"), "old");
  Finding& loop = sample.add("loop-s3-recursion", sample.at(file, "f("), "loop");
  loop.flow = {{sample.at(file, "x"), "a step"}};
  sample.report.suppressed = {
      {.finding = {.finding = {.rule = "secrets-in-env", .where = sample.at(file, "AKIAOTHER")}}}};
  const std::string page = page_of(sample);
  for (const char* secret : {"AKIAFIRST", "SECONDLINE", "AKIAOTHER"})
    EXPECT_FALSE(has(page, secret)) << secret;
  EXPECT_TRUE(has(page, "b = <mark>f(</mark>&quot;*********&quot;, x)"));
}

TEST(Html, SaysThatNothingWasFound) {
  Sample sample;
  const std::string page = page_of(sample);
  EXPECT_TRUE(has(page, "<title>fnlint: 0 findings</title>"));
  EXPECT_TRUE(has(page, "Nothing was found in what was read."));
  EXPECT_TRUE(has(page, "Everything that was found was read."));
  EXPECT_EQ(data_of(page)["graph"]["nodes"].size(), 0U);
}

TEST(Html, SaysWhatWasNotRead) {
  Sample sample = blind();
  const std::string page = page_of(sample);
  EXPECT_TRUE(has(page, "2 of 5 functions: code not found; 1 read in part."));
  EXPECT_TRUE(has(page, "<td>error</td><td>not readable as YAML</td>"));
  EXPECT_TRUE(has(page, "<td>src/apii is not there</td><td>Thumbs</td>"));
}

TEST(Html, ShowsWhatIsSilencedWhereAsked) {
  Sample sample = two_findings();
  sample.report.suppressed = {
      {.finding = {.finding = {.rule = "secrets-in-env", .message = "a key"}},
       .reason = "a test's"}};
  EXPECT_FALSE(has(page_of(sample), "a test&#39;s"));
  sample.report.show_suppressed = true;
  EXPECT_TRUE(has(page_of(sample), "<td>a test&#39;s</td>"));
}

TEST(Html, HasGraphColdStartsAndPackages) {
  Sample sample = two_findings();
  sample.report.pictures = pictures();
  const std::string page = page_of(sample);
  EXPECT_TRUE(data_of(page)["graph"]["edges"][0]["loop"]);
  EXPECT_TRUE(has(page, "<b>pandas</b><br><span class=\"about\">every path uses it</span>"));
  EXPECT_TRUE(has(page, "500 ms of 1000 ms"));
  EXPECT_TRUE(has(page, "loads nothing expensive: 1 function"));
  EXPECT_TRUE(has(page, "<b>Thumbs</b> <span>4.0 MB</span>"));
  EXPECT_TRUE(has(page, "<li><b>src/tests</b> 1.0 MB, tests</li>"));
  EXPECT_TRUE(has(page, "<li><b>Quick</b>: is bundled when it is built</li>"));
  EXPECT_EQ(data_of(page)["packages"][0]["planned"][0]["path"], "pandas");
}

// Of very many the worst are shown, and how many there are.
TEST(Html, StaysAPageWhereFindingsAreVeryMany) {
  Sample sample;
  const FileId file = sample.file("a.py", "x\n");
  for (int i = 0; i < 6000; ++i) sample.add("runtime-deprecated", sample.at(file, "x"), "old");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "the worst").confidence =
      Confidence::Certain;
  for (ReportedFinding& each : sample.report.findings)
    if (each.finding.message == "old") each.finding.confidence = Confidence::Possible;
  const std::string page = page_of(sample);
  EXPECT_TRUE(has(page, "The 5000 worst of 6001 findings"));
  EXPECT_TRUE(has(page, "the worst"));
  EXPECT_EQ(count(page, "<details class=\"finding"), 5000U);
  EXPECT_LT(page.size(), 6'000'000U);
}

TEST(Html, NamesEachFindingOnce) {
  Sample sample;
  const FileId one = sample.file("a.py", "x\n"), other = sample.file("b.py", "x\n");
  sample.add("runtime-deprecated", sample.at(one, "x"), "m");
  sample.add("runtime-deprecated", sample.at(other, "x"), "m");
  const std::string page = page_of(sample);
  const std::string id = between(page, "id=\"f-", "\"");
  EXPECT_EQ(count(page, "id=\"f-" + id + "\""), 1U) << "equal findings of two files";
  EXPECT_EQ(count(page, "id=\"f-"), 2U);
}

TEST(Html, OfAGraphHasThatSectionAlone) {
  const std::string page = html_graph(pictures().graph);
  EXPECT_TRUE(has(page, "<body class=\"drawing\">"));
  EXPECT_FALSE(has(page, "id=\"findings\""));
  EXPECT_EQ(data_of(page)["graph"]["edges"][0]["label"], "s3.PutObject");
}

}  // namespace
}  // namespace fnlint::html_test
