// Functions over paths with holes in them: names, folders, extensions, joins.

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Paths : public ValuesTest {};

TEST_F(Paths, basename_keeps_what_follows_the_last_slash) {
  EXPECT_EQ(call("basename", {text("a/b/c.txt")}), text("c.txt"));
  EXPECT_EQ(call("basename", {text("c.txt")}), text("c.txt"));
  EXPECT_EQ(call("basename", {pattern("{h}/out.jpg")}), text("out.jpg"));
}

TEST_F(Paths, basename_makes_a_hole_without_a_slash) {
  const ValueId name = call("basename", {pattern("incoming/{h}.jpg")});
  EXPECT_EQ(show(name), "${basename(event h)}.jpg");
  EXPECT_EQ(ask("starts_with", {name, text("incoming/")}), Answer::No);
  EXPECT_EQ(ask("starts_with", {name, text("incoming")}), Answer::Unknown);
  EXPECT_EQ(ask("ends_with", {name, text(".jpg")}), Answer::Yes);
}

TEST_F(Paths, basename_of_a_hole_with_a_literal_before_it_is_not_known_to_begin_so) {
  EXPECT_EQ(show(call("basename", {pattern("in/x-{h}")})), "basename(x-${event h})");
}

TEST_F(Paths, basename_of_a_basename_is_the_same) {
  const ValueId name = call("basename", {hole("h")});
  EXPECT_EQ(call("basename", {name}), name);
  EXPECT_EQ(call("basename", {concat({text("a/"), name})}), name);
}

TEST_F(Paths, basename_of_a_folder_is_left_to_the_language) {
  EXPECT_EQ(kind(call("basename", {text("a/b/")})), ValueKind::Computed);
}

TEST_F(Paths, parts_of_a_text_up_to_its_last_slash_or_dot_are_those_of_a_path) {
  const ValueId key = hole("h");
  const ValueId slash = call("last_index_of", {key, text("/")});
  const ValueId dot = call("last_index_of", {key, text(".")});
  EXPECT_EQ(show(call("part", {key, call("add", {slash, number(1)})})), "basename(event h)");
  EXPECT_EQ(show(call("part", {key, number(0), slash})), "dirname(event h)");
  EXPECT_EQ(show(call("part", {key, number(0), dot})), "without_extension(event h)");
  EXPECT_EQ(show(call("part", {key, dot})), "extension(event h)");
}

TEST_F(Paths, another_extension_takes_the_place_of_the_last) {
  EXPECT_EQ(call("with_extension", {text("a/b.jpg"), text(".png")}), text("a/b.png"));
  EXPECT_EQ(call("with_extension", {text("a/b.jpg"), text("png")}), text("a/b.png"));
  EXPECT_EQ(ask("ends_with", {call("with_extension", {hole("h"), text(".png")}), text(".jpg")}),
            Answer::No);
  EXPECT_EQ(call("regex_replace", {text("a/b.jpg"), text("\\.[^.]+$"), text(".png")}),
            text("a/b.png"));
}

TEST_F(Paths, the_last_piece_of_a_path_is_what_follows_its_last_slash) {
  const ValueId pieces = call("split", {text("in/a.jpg"), text("/")});
  EXPECT_EQ(call("last", {pieces}), text("a.jpg"));
  EXPECT_EQ(call("first", {pieces}), text("in"));
  const ValueId later = call("split", {pattern("in/{h}.jpg"), text("/")});
  EXPECT_EQ(ask("ends_with", {call("last", {later}), text(".jpg")}), Answer::Yes);
}

TEST_F(Paths, dirname_keeps_the_known_start) {
  EXPECT_EQ(call("dirname", {text("a/b/c.txt")}), text("a/b"));
  EXPECT_EQ(call("dirname", {text("/c.txt")}), text("/"));
  EXPECT_EQ(call("dirname", {pattern("{h}/out.jpg")}), hole("h"));
  const ValueId folder = call("dirname", {pattern("in/{h}.jpg")});
  EXPECT_EQ(ask("starts_with", {folder, text("in")}), Answer::Yes);
  EXPECT_EQ(kind(call("dirname", {text("c.txt")})), ValueKind::Computed);
}

TEST_F(Paths, extension_is_what_follows_the_last_dot_of_the_name) {
  EXPECT_EQ(call("extension", {text("a.b/c.tar.gz")}), text(".gz"));
  EXPECT_EQ(call("extension", {text("a.b/c")}), text(""));
  EXPECT_EQ(call("extension", {text("a/.profile")}), text(""));
  EXPECT_EQ(call("extension", {pattern("in/{h}.jpg")}), text(".jpg"));
  EXPECT_EQ(kind(call("extension", {pattern("in/{h}")})), ValueKind::Computed);
  EXPECT_EQ(ask("contains", {call("extension", {hole("h")}), text("/")}), Answer::No);
}

TEST_F(Paths, without_extension_keeps_the_folder) {
  EXPECT_EQ(call("without_extension", {text("a/b.jpg")}), text("a/b"));
  EXPECT_EQ(call("without_extension", {pattern("in/{h}.jpg")}), pattern("in/{h}"));
  EXPECT_EQ(show(call("without_extension", {pattern("in/{h}")})),
            "in/${without_extension(event h)}");
}

TEST_F(Paths, a_new_extension_changes_the_suffix) {
  const ValueId stem = call("without_extension", {pattern("in/{h}.jpg")});
  EXPECT_EQ(concat({stem, text(".png")}), pattern("in/{h}.png"));
}

TEST_F(Paths, stem_has_neither_folder_nor_extension) {
  EXPECT_EQ(call("stem", {text("a/b.jpg")}), text("b"));
  const ValueId stem = call("stem", {pattern("in/{h}.jpg")});
  EXPECT_EQ(ask("contains", {stem, text("/")}), Answer::No);
  EXPECT_EQ(ask("contains", {call("stem", {hole("h")}), text("/")}), Answer::No);
}

TEST_F(Paths, pairs_of_parts_are_lists) {
  EXPECT_EQ(show(call("split_extension", {text("a/b.jpg")})), "[a/b, .jpg]");
  EXPECT_EQ(show(call("split_path", {text("a/b.jpg")})), "[a, b.jpg]");
  EXPECT_EQ(member(pool, call("path_parse", {text("a/b.jpg")}), "name"), text("b"));
}

TEST_F(Paths, path_join_puts_slashes_between) {
  EXPECT_EQ(call("path_join", {text("a"), text("b"), text("c.txt")}), text("a/b/c.txt"));
  EXPECT_EQ(call("path_join", {text("a/"), text("b")}), text("a/b"));
  EXPECT_EQ(call("path_join", {text(""), text("b")}), text("b"));
  EXPECT_EQ(call("path_join", {text("out"), hole("h")}), pattern("out/{h}"));
  EXPECT_EQ(call("path_join", {list({text("a"), text("b")})}), text("a/b"));
}

TEST_F(Paths, path_join_begins_again_at_an_absolute_path) {
  EXPECT_EQ(call("path_join", {text("a"), text("/b"), text("c")}), text("/b/c"));
}

TEST_F(Paths, path_join_waits_for_holes_that_are_still_replaced) {
  EXPECT_EQ(kind(call("path_join", {text("out"), parameter("p")})), ValueKind::Computed);
  EXPECT_EQ(kind(call("path_join", {parameter("p"), text("x")})), ValueKind::Computed);
}

TEST_F(Paths, a_path_that_waits_is_joined_once_nothing_more_is_replaced) {
  const ValueId path = finished(pool, call("path_join", {text("out"), parameter("0:name")}));
  EXPECT_EQ(show(path), "out/${parameter name}");
  EXPECT_EQ(ask("starts_with", {path, text("out/")}), Answer::Yes);
}

TEST_F(Paths, basename_takes_a_suffix_away) {
  EXPECT_EQ(call("basename", {text("a/b.jpg"), text(".jpg")}), text("b"));
  EXPECT_EQ(show(call("basename", {pattern("in/{h}.jpg"), text(".jpg")})), "basename(event h)");
  EXPECT_EQ(call("basename", {text("a/.jpg"), text(".jpg")}), text(".jpg"));
}

TEST_F(Paths, the_normalising_join_takes_dots_and_double_slashes_out) {
  EXPECT_EQ(call("path_normal_join", {text("a/b"), text("../c")}), text("a/c"));
  EXPECT_EQ(call("path_normal_join", {text("/a//b/."), text("c/")}), text("/a/b/c/"));
  EXPECT_EQ(call("path_normal_join", {text("a"), text("/b")}), text("a/b"));
  EXPECT_EQ(call("path_normal_join", {text("a"), text("../..")}), text(".."));
  EXPECT_EQ(call("path_normal_join", {text("")}), text("."));
  EXPECT_EQ(call("path_normal_join", {text("out"), text("./"), hole("h")}), pattern("out/{h}"));
}

TEST_F(Paths, the_normalising_join_does_not_guess_what_a_hole_loses) {
  EXPECT_EQ(kind(call("path_normal_join", {text("a"), hole("h"), text("../b")})),
            ValueKind::Computed);
}

}  // namespace
}  // namespace fnlint
