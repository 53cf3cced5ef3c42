// Functions over texts with holes: replace, split, strip, slice, format.

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Texts : public ValuesTest {};

TEST_F(Texts, replace_in_a_literal_replaces_all_or_the_first_few) {
  EXPECT_EQ(call("replace", {text("a-b-c"), text("-"), text("+")}), text("a+b+c"));
  EXPECT_EQ(call("replace", {text("a-b-c"), text("-"), text("+"), number(1)}), text("a+b-c"));
  EXPECT_EQ(call("replace", {text("a-b-c"), text("-"), text("+"), number(-1)}), text("a+b+c"));
  EXPECT_EQ(call("replace", {text("abc"), text("x"), text("y")}), text("abc"));
}

TEST_F(Texts, lower_and_upper_know_the_text_of_a_truth_value_in_any_language) {
  EXPECT_EQ(call("lower", {call("to_text", {pool.boolean(false)})}), text("false"));
  EXPECT_EQ(call("upper", {call("to_text", {pool.boolean(true)})}), text("TRUE"));
  EXPECT_EQ(call("lower", {pool.boolean(true)}), text("true"));
}

TEST_F(Texts, replace_puts_holes_in) {
  EXPECT_EQ(call("replace", {text("a/KEY"), text("KEY"), hole("h")}), pattern("a/{h}"));
}

TEST_F(Texts, replace_changes_the_known_prefix_of_a_pattern) {
  const ValueId value =
      call("replace", {pattern("incoming/{h}.jpg"), text("incoming/"), text("done/")});
  EXPECT_EQ(show(value), "done/${replace(event h, incoming/, done/)}.jpg");
  EXPECT_EQ(uncertainty(value), 0);
}

TEST_F(Texts, replace_of_the_first_leaves_the_rest_as_it_is) {
  EXPECT_EQ(call("replace", {pattern("incoming/{h}"), text("incoming/"), text("done/"), number(1)}),
            pattern("done/{h}"));
}

TEST_F(Texts, replace_changes_the_known_suffix_of_a_pattern) {
  const ValueId value =
      call("replace", {pattern("{h}.jpg"), text(".jpg"), text(".png"), number(1)});
  EXPECT_EQ(value, pattern("{h}.png"));
}

TEST_F(Texts, replace_within_a_hole_leaves_the_known_ends) {
  const ValueId value = call("replace", {pattern("data/{h}.csv"), text("raw"), text("clean")});
  EXPECT_EQ(show(value), "data/${replace(event h, raw, clean)}.csv");
  EXPECT_EQ(uncertainty(value), 0);
}

// The prefix ends with "/", with which "/raw/" may begin: all outcomes keep "data/".
TEST_F(Texts, replace_across_the_border_of_a_hole_may_keep_the_known_ends) {
  const ValueId value = call("replace", {pattern("data/{h}"), text("/raw/"), text("/clean/")});
  EXPECT_EQ(ask("starts_with", {value, text("data/")}), Answer::Yes);
  EXPECT_EQ(uncertainty(value), 0);
}

TEST_F(Texts, replace_across_the_border_of_a_hole_gives_every_outcome) {
  const ValueId value = call("replace", {pattern("data/{h}"), text("/raw/"), text(":")});
  EXPECT_EQ(kind(value), ValueKind::OneOf);
  EXPECT_EQ(uncertainty(value), kConditional);
  EXPECT_EQ(ask("starts_with", {value, text("data/")}), Answer::Unknown);
  EXPECT_EQ(ask("starts_with", {value, text("data")}), Answer::Yes);
}

TEST_F(Texts, replace_waits_for_holes_that_are_still_replaced) {
  EXPECT_EQ(kind(call("replace", {pattern("x/{?p}"), text("raw/"), text("clean/")})),
            ValueKind::Computed);
  EXPECT_EQ(kind(call("replace", {parameter("p"), text("raw/"), text("clean/")})),
            ValueKind::Computed);
}

TEST_F(Texts, replace_leaves_a_hole_that_cannot_hold_the_text) {
  const ValueId name = call("basename", {hole("h")});
  EXPECT_EQ(call("replace", {name, text("raw/"), text("clean/")}), name);
}

TEST_F(Texts, replace_of_a_regular_expression_literal_reads_its_anchors) {
  const ValueId regex = pool.unknown("regex /^incoming\\//");
  EXPECT_EQ(call("replace", {pattern("incoming/{h}"), regex, text("out/"), number(1)}),
            pattern("out/{h}"));
  const ValueId folding = pool.unknown("regex /^INCOMING\\//i");
  EXPECT_EQ(kind(call("replace", {pattern("incoming/{h}"), folding, text("out/"), number(1)})),
            ValueKind::Computed);
}

TEST_F(Texts, regex_replace_at_an_end_is_exact) {
  const ValueId key = pattern("incoming/{h}.jpg");
  EXPECT_EQ(call("regex_replace", {key, text("^incoming/"), text("out/")}), pattern("out/{h}.jpg"));
  EXPECT_EQ(call("regex_replace", {key, text("\\.jpg$"), text(".png")}),
            pattern("incoming/{h}.png"));
  EXPECT_EQ(call("regex_replace", {key, text("^other/"), text("out/")}), key);
}

TEST_F(Texts, regex_replace_elsewhere_is_a_hole) {
  const ValueId key = pattern("incoming/{h}.jpg");
  EXPECT_EQ(kind(call("regex_replace", {key, text("[^a-z]"), text("_")})), ValueKind::Computed);
  EXPECT_EQ(kind(call("regex_replace", {key, text("incoming"), text("_")})), ValueKind::Computed);
  EXPECT_EQ(kind(call("regex_replace", {key, text("^(incoming)/"), text("$1-")})),
            ValueKind::Computed);
}

TEST_F(Texts, regex_replace_that_depends_on_a_hole_gives_both_outcomes) {
  const ValueId value =
      call("regex_replace", {pattern("{h}.jpg"), text("^incoming/"), text("out/")});
  EXPECT_EQ(show(value), "out/${strip_prefix(event h, incoming/)}.jpg or ${event h}.jpg");
  EXPECT_EQ(uncertainty(value), kConditional);
}

TEST_F(Texts, strip_prefix_and_suffix_are_exact_on_known_ends) {
  const ValueId key = pattern("incoming/{h}.jpg");
  EXPECT_EQ(call("strip_prefix", {key, text("incoming/")}), pattern("{h}.jpg"));
  EXPECT_EQ(call("strip_prefix", {key, text("other/")}), key);
  EXPECT_EQ(call("strip_suffix", {key, text(".jpg")}), pattern("incoming/{h}"));
  EXPECT_EQ(call("strip_suffix", {key, text(".png")}), key);
  EXPECT_EQ(call("strip_prefix", {pattern("{?p}/x"), parameter("p")}), text("/x"));
}

TEST_F(Texts, strip_prefix_of_what_may_begin_with_it) {
  const ValueId value = call("strip_prefix", {pattern("in{h}.jpg"), text("incoming/")});
  EXPECT_EQ(show(value), "${strip_prefix(event h, coming/)}.jpg or in${event h}.jpg");
  EXPECT_EQ(show(call("strip_prefix", {pattern("{h}.jpg"), text("in/")})),
            "${strip_prefix(event h, in/)}.jpg");
}

TEST_F(Texts, strip_takes_characters_from_the_ends) {
  EXPECT_EQ(call("strip", {text("  a b ")}), text("a b"));
  EXPECT_EQ(call("trim", {text("\ta\n")}), text("a"));
  EXPECT_EQ(call("lstrip", {text("//a/"), text("/")}), text("a/"));
  EXPECT_EQ(call("rstrip", {text("//a/"), text("/")}), text("//a"));
  EXPECT_EQ(call("strip", {text("   ")}), text(""));
}

TEST_F(Texts, strip_is_exact_where_a_literal_stops_it) {
  EXPECT_EQ(call("trim", {pattern("in/{h}.jpg")}), pattern("in/{h}.jpg"));
  EXPECT_EQ(call("lstrip", {pattern("/in/{h}"), text("/")}), pattern("in/{h}"));
  EXPECT_EQ(show(call("lstrip", {pattern("{h}.jpg"), text("/")})), "${lstrip(event h, /)}.jpg");
}

// The characters are a set: they go on being stripped behind the prefix.
TEST_F(Texts, lstrip_with_a_prefix_eats_into_the_hole) {
  EXPECT_EQ(show(call("lstrip", {pattern("incoming/{h}.jpg"), text("incoming/")})),
            "${lstrip(event h, incoming/)}.jpg");
}

TEST_F(Texts, lower_and_upper_change_literals_and_wrap_holes) {
  EXPECT_EQ(call("lower", {text("ABC")}), text("abc"));
  EXPECT_EQ(call("upper", {text("abc")}), text("ABC"));
  EXPECT_EQ(show(call("lower", {pattern("In/{h}.JPG")})), "in/${lower(event h)}.jpg");
  EXPECT_EQ(call("lower", {call("lower", {hole("h")})}), call("lower", {hole("h")}));
  EXPECT_EQ(kind(call("lower", {text("\xC3\x89")})), ValueKind::Computed);
}

TEST_F(Texts, url_decoding_changes_no_key) {
  EXPECT_EQ(call("url_decode", {hole("h")}), hole("h"));
  EXPECT_EQ(call("url_decode", {pattern("a/{h}")}), pattern("a/{h}"));
  EXPECT_EQ(kind(call("url_decode", {text("a%20b")})), ValueKind::Computed);
  EXPECT_EQ(call("url_encode", {text("a-b_1.txt")}), text("a-b_1.txt"));
  EXPECT_EQ(kind(call("url_encode", {text("a b")})), ValueKind::Computed);
}

TEST_F(Texts, to_text_of_a_text_is_the_text) {
  EXPECT_EQ(call("to_text", {hole("h")}), hole("h"));
  EXPECT_EQ(call("to_text", {number(5)}), text("5"));
}

TEST_F(Texts, json_that_is_encoded_is_decoded_again) {
  const ValueId value = record({{"a", hole("h")}});
  EXPECT_EQ(call("json_decode", {call("json_encode", {value})}), value);
  EXPECT_EQ(call("json_decode", {text("{\"a\": [1, null]}")}),
            record({{"a", list({number(1), pool.null()})}}));
  EXPECT_EQ(kind(call("json_decode", {text("no json")})), ValueKind::Computed);
}

TEST_F(Texts, what_a_message_carries_as_a_text_is_read_as_its_part) {
  const ValueId body = pool.hole(Origin::Event, "Records[].body");
  EXPECT_EQ(call("json_decode", {body}), body);
  const ValueId message = pool.hole(Origin::Event, "Records[].Sns.Message");
  EXPECT_EQ(call("json_decode", {message}), message);
  EXPECT_EQ(kind(call("json_decode", {pool.hole(Origin::Event, "Records[].id")})),
            ValueKind::Computed);
}

TEST_F(Texts, what_is_only_kept_keeps_its_operands) {
  EXPECT_EQ(show(call("hash", {hole("h")})), "hash(event h)");
  EXPECT_EQ(show(call("base64", {text("a")})), "base64(a)");
  EXPECT_EQ(show(call("no_such_function", {text("a"), number(1)})), "no_such_function(a, 1)");
}

TEST_F(Texts, functions_distribute_over_alternatives_with_their_guards) {
  const std::array alternatives{Alternative{text("A"), guard("Stage", 0)},
                                Alternative{text("B"), guard("Stage", 1)}};
  const ValueId value = call("lower", {pool.one_of(alternatives)});
  EXPECT_EQ(show(value), "a or b");
  EXPECT_EQ(pool.guards(value)[1], guard("Stage", 1));
}

TEST_F(Texts, functions_of_too_many_alternatives_stay_and_are_cut) {
  const ValueId eight = one_of(
      {text("1"), text("2"), text("3"), text("4"), text("5"), text("6"), text("7"), text("8")});
  const ValueId value = call("replace", {eight, eight, eight});
  EXPECT_EQ(kind(value), ValueKind::Computed);
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
}

TEST_F(Texts, functions_of_huge_literals_are_not_computed) {
  const ValueId huge = text(std::string(1U << 20U, 'a'));
  EXPECT_EQ(kind(call("replace", {huge, text("a"), text("b")})), ValueKind::Computed);
  EXPECT_TRUE((uncertainty(call("lower", {text(std::string(5000, 'A'))})) & kCut) != 0);
}

// --- split and join

class Split : public ValuesTest {
 protected:
  ValueId split(ValueId value, std::string_view separator) {
    return call("split", {value, text(separator)});
  }
  ValueId item(ValueId value, std::int64_t at) { return index(pool, value, number(at)); }
};

TEST_F(Split, of_a_literal_is_a_list) {
  EXPECT_EQ(show(split(text("a/b/c"), "/")), "[a, b, c]");
  EXPECT_EQ(show(call("split", {text("a/b/c"), text("/"), number(1)})), "[a, b/c]");
  EXPECT_EQ(show(call("rsplit", {text("a/b/c"), text("/"), number(1)})), "[a/b, c]");
  EXPECT_EQ(kind(split(text("abc"), "")), ValueKind::Computed);
}

TEST_F(Split, gives_the_known_items_at_both_ends_of_a_pattern) {
  const ValueId items = split(pattern("in/raw/{h}/out.jpg"), "/");
  EXPECT_EQ(item(items, 0), text("in"));
  EXPECT_EQ(item(items, 1), text("raw"));
  EXPECT_EQ(item(items, -1), text("out.jpg"));
}

TEST_F(Split, gives_an_item_that_is_not_known_without_the_separator) {
  const ValueId first = item(split(pattern("x-{h}/b"), "/"), 0);
  EXPECT_EQ(ask("starts_with", {first, text("x-")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {first, text("/")}), Answer::No);
  const ValueId last = item(split(pattern("in/{h}.jpg"), "/"), -1);
  EXPECT_EQ(ask("ends_with", {last, text(".jpg")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {last, text("/")}), Answer::No);
}

TEST_F(Split, once_gives_the_rest_with_its_holes) {
  EXPECT_EQ(item(call("split", {pattern("in/{h}.jpg"), text("/"), number(1)}), 1),
            pattern("{h}.jpg"));
  EXPECT_EQ(item(call("split", {pattern("in/{h}.jpg"), text("/"), number(1)}), -1),
            pattern("{h}.jpg"));
}

TEST_F(Split, from_the_end_once_gives_what_stands_before) {
  EXPECT_EQ(item(call("rsplit", {pattern("in/{h}.jpg"), text("."), number(1)}), 0),
            pattern("in/{h}"));
  const ValueId before = item(call("rsplit", {pattern("in/a-{h}"), text("/"), number(1)}), 0);
  EXPECT_EQ(ask("starts_with", {before, text("in")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {before, text("in/")}), Answer::Unknown);
}

TEST_F(Split, knows_that_there_are_no_more_items) {
  EXPECT_EQ(item(split(text("a/b"), "/"), 2), pool.absent());
}

TEST_F(Split, by_several_bytes_does_not_look_past_a_hole) {
  const ValueId first = item(split(pattern("a-{h}b"), "--"), 0);
  EXPECT_EQ(ask("starts_with", {first, text("a")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {first, text("a-")}), Answer::Unknown);
}

TEST_F(Split, and_slice_and_join_takes_the_folder_away) {
  const ValueId rest = part(pool, split(pattern("in/{h}.jpg"), "/"), number(1), {});
  EXPECT_EQ(call("join", {text("/"), rest}), pattern("{h}.jpg"));
  EXPECT_EQ(call("join", {text("/"), split(hole("h"), "/")}), hole("h"));
}

TEST_F(Split, counts_its_pieces_as_far_as_they_are_certain) {
  const auto pieces = [&](ValueId value) { return call("length", {split(value, "/")}); };
  const ValueId folder = item(split(hole("h"), "/"), 0), name = item(split(hole("h"), "/"), 1);
  EXPECT_EQ(pieces(text("a/b")), number(2));
  EXPECT_EQ(pieces(pool.concat(std::array{folder, text("/thumbs/"), name})), number(3));
  EXPECT_EQ(pieces(pattern("in/{h}/x/y")), call("add", {pieces(hole("h")), number(3)}));
  EXPECT_EQ(pieces(pattern("a{h}b")),
            pool.computed("length", std::array{split(pattern("a{h}b"), "/")}));
  EXPECT_EQ(call("count", {pattern("in/{h}"), text("/")}), pieces(hole("h")));
  EXPECT_EQ(call("count", {text("a--b"), text("--")}), number(1));
  EXPECT_EQ(call("length", {split(pattern("a-{h}b"), "--")}),
            pool.computed("length", std::array{split(pattern("a-{h}b"), "--")}));
}

TEST_F(Split, join_puts_the_separator_between_the_items) {
  EXPECT_EQ(call("join", {text("-"), list({text("a"), hole("h"), number(3)})}), pattern("a-{h}-3"));
  EXPECT_EQ(call("join", {text("-"), list({})}), text(""));
  const ValueId open = call("join", {text("-"), list({text("a")}, true)});
  EXPECT_EQ(ask("starts_with", {open, text("a")}), Answer::Yes);
  EXPECT_EQ(ask("equal", {open, text("a")}), Answer::Unknown);
}

// --- format

class Format : public ValuesTest {};

TEST_F(Format, fills_braces_in_order_by_number_and_by_name) {
  EXPECT_EQ(call("format", {text("{}/{}.txt"), text("a"), hole("h")}), pattern("a/{h}.txt"));
  EXPECT_EQ(call("format", {text("{1}-{0}"), text("a"), text("b")}), text("b-a"));
  EXPECT_EQ(call("format", {text("{key}!"), record({{"key", hole("h")}})}), pattern("{h}!"));
  EXPECT_EQ(call("format", {text("{{}}"), text("a")}), text("{}"));
}

TEST_F(Format, fills_percent_signs) {
  EXPECT_EQ(call("format", {text("%s/%d%%"), hole("h"), number(5)}), pattern("{h}/5%"));
  EXPECT_EQ(call("format", {text("%(key)s"), record({{"key", text("a")}})}), text("a"));
}

TEST_F(Format, leaves_braces_alone_in_printf) {
  EXPECT_EQ(call("printf", {text("{%s}: %2$d%n"), hole("h"), number(5)}),
            concat({text("{"), hole("h"), text("}: 5\n")}));
  EXPECT_EQ(call("printf", {text("{plain}")}), text("{plain}"));
}

TEST_F(Format, collects_the_pieces_of_a_builder) {
  const std::array pieces{text("a-"), hole("h")};
  EXPECT_EQ(call("collected", {pool.list(pieces)}), pattern("a-{h}"));
  EXPECT_EQ(call("collected", {hole("h")}), hole("h"));
}

TEST_F(Format, splits_into_at_most_so_many_pieces) {
  const std::array two{text("a"), text("b/c")};
  const std::array all{text("a"), text("b"), text("c")};
  EXPECT_EQ(call("split_n", {text("a/b/c"), text("/"), number(2)}), pool.list(two));
  EXPECT_EQ(call("split_n", {text("a/b/c"), text("/"), number(-1)}), pool.list(all));
}

TEST_F(Format, keeps_what_is_laid_out_as_a_hole) {
  EXPECT_EQ(show(call("format", {text("a-%05d"), number(7)})), "a-${format(%05d, 7)}");
  EXPECT_EQ(show(call("format", {text("a-{:>8}"), text("x")})), "a-${format(:>8, x)}");
}

TEST_F(Format, makes_a_hole_of_an_argument_that_is_missing) {
  const ValueId value = call("format", {
                                           text("a-{}"),
                                       });
  EXPECT_EQ(ask("starts_with", {value, text("a-")}), Answer::Yes);
  EXPECT_EQ(equal(pool, value, value), Answer::Unknown);
}

TEST_F(Format, does_not_read_a_broken_template) {
  EXPECT_EQ(kind(call("format", {text("a-{"), text("x")})), ValueKind::Computed);
  EXPECT_EQ(kind(call("format", {text("100%"), text("x")})), ValueKind::Computed);
}

TEST_F(Format, cuts_at_a_separator_and_says_whether_it_was_there) {
  const std::array parts{text("a"), text("b/c"), pool.boolean(true)};
  EXPECT_EQ(call("cut", {text("a/b/c"), text("/")}), pool.list(parts));
  EXPECT_EQ(index(pool, call("cut", {text("abc"), text("/")}), number(2)), pool.boolean(false));
  EXPECT_EQ(call("cut_prefix", {text("in/a"), text("in/")}), text("a"));
  EXPECT_EQ(call("cut_prefix", {text("out/a"), text("in/")}), pool.null());
  EXPECT_EQ(call("cut_suffix", {text("a.csv"), text(".csv")}), text("a"));
}

}  // namespace
}  // namespace fnlint
