// Event graphs as DOT, as Mermaid and as a page.

#include "report/graph.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

GraphPicture loop() {
  GraphPicture picture{.title = "1 function"};
  picture.nodes.push_back({.name = "Thumbs \"v2\"",
                           .kind = "function",
                           .path = "template.yaml",
                           .line = 5,
                           .level = "error",
                           .findings = {"error: </script> [loop-s3-recursion]"}});
  picture.nodes.push_back({.name = "Uploads", .kind = "bucket", .path = "template.yaml", .line = 3});
  picture.edges.push_back({.from = 1, .to = 0, .kind = GraphEdgeKind::Trigger, .in_loop = true});
  picture.edges.push_back({.from = 0,
                           .to = 1,
                           .kind = GraphEdgeKind::Effect,
                           .label = "s3.PutObject <b>",
                           .path = "app.py",
                           .line = 9,
                           .in_loop = true});
  return picture;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Graph, in_dot_quotes_names_and_colours_findings) {
  const std::string dot = dot_graph(loop());
  EXPECT_TRUE(has(dot, R"(n0 [label="Thumbs \"v2\"")")) << dot;
  EXPECT_TRUE(has(dot, R"(n1 [label="Uploads" shape="cylinder")")) << dot;
  EXPECT_TRUE(has(dot, R"(n0 -> n1 [label="s3.PutObject <b>" style=bold color="#c0392b"];)")) << dot;
}

TEST(Graph, in_mermaid_writes_its_own_signs_as_entities) {
  const std::string mermaid = mermaid_graph(loop());
  EXPECT_TRUE(has(mermaid, R"(n0("Thumbs #quot;v2#quot;"))")) << mermaid;
  EXPECT_TRUE(has(mermaid, R"(n0 ==>|"s3.PutObject #lt;b#gt;"| n1)")) << mermaid;
  EXPECT_TRUE(has(mermaid, "class n0 error")) << mermaid;
}

TEST(Graph, as_a_page_stands_alone_and_keeps_its_data_inside_the_script) {
  GraphPicture picture = loop();
  picture.base = "../shop";
  const std::string page = html_graph(picture);
  EXPECT_TRUE(has(page, R"("link":"../shop/app.py")"));
  EXPECT_FALSE(has(page, "src=\"http"));
  EXPECT_TRUE(has(page, R"(\u003c/script> [loop-s3-recursion])")) << "a name cannot end the script";
}

TEST(Graph, as_a_page_links_to_files_whatever_they_are_called) {
  GraphPicture picture = loop();
  picture.edges[0].path = "javascript:alert(1)/a#b.yaml";
  EXPECT_TRUE(has(html_graph(picture), R"("link":"javascript%3Aalert(1)/a%23b.yaml")"));
}

}  // namespace
}  // namespace fnlint
