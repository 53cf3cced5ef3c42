// Notification filters and event patterns, on events that are known only in part.

#include "values/filter.h"

#include "tests/values/values_test.h"
#include "values/addresses.h"

namespace fnlint {
namespace {

class Notification : public ValuesTest {
 protected:
  ValueId filter(std::string_view type, std::string_view prefix, std::string_view suffix) {
    return record(
        {{"events", list({text(type)})}, {"prefix", text(prefix)}, {"suffix", text(suffix)}});
  }
  Answer takes(ValueId filter, std::string_view type, ValueId key) {
    return matches_notification(pool, filter, type, key);
  }
};

TEST_F(Notification, takes_a_family_of_event_types) {
  const ValueId created = record({{"events", list({text("s3:ObjectCreated:*")})}});
  EXPECT_EQ(takes(created, "s3:ObjectCreated:Put", text("a")), Answer::Yes);
  EXPECT_EQ(takes(created, "ObjectCreated:Copy", text("a")), Answer::Yes);
  EXPECT_EQ(takes(created, "s3:ObjectRemoved:Delete", text("a")), Answer::No);
  EXPECT_EQ(takes(created, "s3:ObjectTagging:Put", text("a")), Answer::No);
}

TEST_F(Notification, takes_one_event_type_exactly) {
  const ValueId put = record({{"events", list({text("s3:ObjectCreated:Put")})}});
  EXPECT_EQ(takes(put, "s3:ObjectCreated:Put", text("a")), Answer::Yes);
  EXPECT_EQ(takes(put, "s3:ObjectCreated:Copy", text("a")), Answer::No);
  EXPECT_EQ(takes(put, "s3:ObjectCreated:*", text("a")), Answer::Unknown);
}

TEST_F(Notification, takes_any_of_its_types) {
  const ValueId two =
      record({{"events", list({text("s3:ObjectCreated:Put"), text("s3:ObjectRemoved:*")})}});
  EXPECT_EQ(takes(two, "s3:ObjectRemoved:Delete", text("a")), Answer::Yes);
}

TEST_F(Notification, needs_both_prefix_and_suffix) {
  const ValueId jpgs = filter("s3:ObjectCreated:*", "uploads/", ".jpg");
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", pattern("uploads/{h}.jpg")), Answer::Yes);
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", pattern("thumbs/{h}.jpg")), Answer::No);
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", pattern("uploads/{h}.png")), Answer::No);
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", pattern("uploads/{h}")), Answer::Unknown);
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", pattern("thumbs/{h}")), Answer::No);
}

TEST_F(Notification, compares_keys_case_sensitively_and_with_leading_slashes) {
  const ValueId jpgs = filter("s3:ObjectCreated:*", "out/", ".JPG");
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", text("out/a.jpg")), Answer::No);
  EXPECT_EQ(takes(jpgs, "s3:ObjectCreated:Put", text("/out/a.JPG")), Answer::No);
}

TEST_F(Notification, without_conditions_takes_every_key) {
  const ValueId all = record({{"events", list({text("s3:ObjectCreated:*")})}});
  EXPECT_EQ(takes(all, "s3:ObjectCreated:Put", {}), Answer::Yes);
  EXPECT_EQ(takes(filter("s3:ObjectCreated:*", "", ""), "s3:ObjectCreated:Put", {}), Answer::Yes);
}

TEST_F(Notification, is_unknown_for_an_unknown_key_or_prefix) {
  EXPECT_EQ(takes(filter("s3:ObjectCreated:*", "in/", ""), "s3:ObjectCreated:Put", {}),
            Answer::Unknown);
  const ValueId open = record({{"events", list({text("s3:ObjectCreated:*")})},
                               {"prefix", pool.hole(Origin::TemplateInput, "Prefix")}});
  EXPECT_EQ(takes(open, "s3:ObjectCreated:Put", text("in/a")), Answer::Unknown);
  EXPECT_EQ(takes(open, "s3:ObjectRemoved:Delete", text("in/a")), Answer::No);
}

TEST_F(Notification, asks_what_is_known_of_a_key_that_still_waits) {
  const ValueId key = call("path_join", {text("done"), parameter("name")});
  EXPECT_EQ(takes(filter("s3:ObjectCreated:*", "in/", ""), "s3:ObjectCreated:Put", key),
            Answer::No);
}

// --- EventBridge patterns. The examples are this project's own; the meaning of each matcher is
// that of the EventBridge user guide, "Comparison operators".

class EventPattern : public ValuesTest {
 protected:
  Answer takes(std::string_view pattern, ValueId event) {
    const ValueId value = value_of_json(pool, pattern);
    EXPECT_TRUE(value.exists()) << pattern;
    return matches_event_pattern(pool, value, event);
  }
  Answer takes(std::string_view pattern, std::string_view event) {
    return takes(pattern, value_of_json(pool, event));
  }
  // One field "f" against one matcher.
  Answer field(std::string_view matcher, std::string_view value) {
    return takes("{\"f\": [" + std::string(matcher) + "]}", "{\"f\": " + std::string(value) + "}");
  }
};

TEST_F(EventPattern, compares_texts_exactly) {
  EXPECT_EQ(field(R"("shipped")", R"("shipped")"), Answer::Yes);
  EXPECT_EQ(field(R"("shipped")", R"("Shipped")"), Answer::No);
  EXPECT_EQ(field(R"("a", "b")", R"("b")"), Answer::Yes);
  EXPECT_EQ(field(R"("")", R"("")"), Answer::Yes);
}

TEST_F(EventPattern, compares_numbers_by_value_and_null_by_itself) {
  EXPECT_EQ(field("300", "3.0e2"), Answer::Yes);
  EXPECT_EQ(field("300", "301"), Answer::No);
  EXPECT_EQ(field("null", "null"), Answer::Yes);
  EXPECT_EQ(field("null", R"("")"), Answer::No);
  EXPECT_EQ(field("true", "true"), Answer::Yes);
}

TEST_F(EventPattern, needs_every_field_of_the_pattern) {
  constexpr std::string_view kPattern =
      R"({"source": ["acme.orders"], "detail": {"state": ["paid", "sent"], "total": [5]}})";
  EXPECT_EQ(
      takes(kPattern, R"({"source": "acme.orders", "detail": {"state": "sent", "total": 5}})"),
      Answer::Yes);
  EXPECT_EQ(
      takes(kPattern, R"({"source": "acme.orders", "detail": {"state": "open", "total": 5}})"),
      Answer::No);
  EXPECT_EQ(takes(kPattern, R"({"source": "acme.orders", "detail": {"state": "paid"}})"),
            Answer::No);
  EXPECT_EQ(takes(kPattern, R"({"source": "acme.orders"})"), Answer::No);
}

TEST_F(EventPattern, passes_over_fields_that_it_does_not_name) {
  EXPECT_EQ(takes(R"({"a": [1]})", R"({"a": 1, "b": {"c": 2}})"), Answer::Yes);
  EXPECT_EQ(takes("{}", R"({"a": 1})"), Answer::Yes);
}

TEST_F(EventPattern, takes_a_list_when_one_of_its_elements_fits) {
  EXPECT_EQ(field(R"("red", "blue")", R"(["green", "blue"])"), Answer::Yes);
  EXPECT_EQ(field(R"("red")", R"(["green", "blue"])"), Answer::No);
  EXPECT_EQ(field(R"("red")", "[]"), Answer::No);
}

TEST_F(EventPattern, takes_a_list_of_records_when_one_of_them_fits) {
  constexpr std::string_view kPattern = R"({"items": {"kind": ["book"], "count": [2]}})";
  EXPECT_EQ(takes(kPattern, R"({"items": [{"kind": "pen"}, {"kind": "book", "count": 2}]})"),
            Answer::Yes);
  EXPECT_EQ(takes(kPattern, R"({"items": [{"kind": "pen", "count": 2}, {"kind": "book"}]})"),
            Answer::No);
  EXPECT_EQ(takes(kPattern, R"({"items": []})"), Answer::No);
  EXPECT_EQ(takes(kPattern, R"({"items": [[{"kind": "book", "count": 2}]]})"), Answer::No);
}

TEST_F(EventPattern, compares_prefixes_and_suffixes) {
  EXPECT_EQ(field(R"({"prefix": "eu-"})", R"("eu-west-1")"), Answer::Yes);
  EXPECT_EQ(field(R"({"prefix": "eu-"})", R"("us-east-1")"), Answer::No);
  EXPECT_EQ(field(R"({"suffix": ".png"})", R"("a.png")"), Answer::Yes);
  EXPECT_EQ(field(R"({"prefix": {"equals-ignore-case": "EU-"}})", R"("eu-west-1")"), Answer::Yes);
  EXPECT_EQ(field(R"({"suffix": {"equals-ignore-case": ".png"}})", R"("A.PNG")"), Answer::Yes);
  EXPECT_EQ(field(R"({"prefix": "5"})", "5"), Answer::No);
}

TEST_F(EventPattern, compares_without_case) {
  EXPECT_EQ(field(R"({"equals-ignore-case": "Alice"})", R"("ALICE")"), Answer::Yes);
  EXPECT_EQ(field(R"({"equals-ignore-case": "Alice"})", R"("Bob")"), Answer::No);
}

TEST_F(EventPattern, reads_wildcards_and_their_escapes) {
  EXPECT_EQ(field(R"({"wildcard": "dir/*.png"})", R"("dir/a/b.png")"), Answer::Yes);
  EXPECT_EQ(field(R"({"wildcard": "dir/*.png"})", R"("dir/a.jpg")"), Answer::No);
  EXPECT_EQ(field(R"({"wildcard": "a\\*b"})", R"("a*b")"), Answer::Yes);
  EXPECT_EQ(field(R"({"wildcard": "a\\*b"})", R"("axb")"), Answer::No);
}

TEST_F(EventPattern, takes_anything_but) {
  EXPECT_EQ(field(R"({"anything-but": "test"})", R"("prod")"), Answer::Yes);
  EXPECT_EQ(field(R"({"anything-but": "test"})", R"("test")"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": 5})", "5"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": ["a", "b"]})", R"("b")"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": ["a", "b"]})", R"("c")"), Answer::Yes);
  EXPECT_EQ(field(R"({"anything-but": [1, 2]})", "3"), Answer::Yes);
  EXPECT_EQ(field(R"({"anything-but": {"prefix": "tmp/"}})", R"("tmp/a")"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": {"prefix": ["tmp/", "log/"]}})", R"("log/a")"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": {"suffix": ".txt"}})", R"("a.png")"), Answer::Yes);
  EXPECT_EQ(field(R"({"anything-but": {"wildcard": "*/lib/*"}})", R"("a/lib/b")"), Answer::No);
  EXPECT_EQ(field(R"({"anything-but": {"equals-ignore-case": ["A", "b"]}})", R"("B")"), Answer::No);
}

TEST_F(EventPattern, anything_but_needs_the_field) {
  EXPECT_EQ(takes(R"({"f": [{"anything-but": "a"}]})", "{}"), Answer::No);
}

TEST_F(EventPattern, compares_numbers_with_bounds) {
  EXPECT_EQ(field(R"({"numeric": [">", 0, "<=", 5]})", "5"), Answer::Yes);
  EXPECT_EQ(field(R"({"numeric": [">", 0, "<=", 5]})", "0"), Answer::No);
  EXPECT_EQ(field(R"({"numeric": ["=", 3.018e2]})", "301.8"), Answer::Yes);
  EXPECT_EQ(field(R"({"numeric": ["<", -1]})", "-2.5"), Answer::Yes);
  EXPECT_EQ(field(R"({"numeric": [">=", 10]})", R"("ten")"), Answer::No);
}

TEST_F(EventPattern, asks_whether_a_leaf_exists) {
  EXPECT_EQ(takes(R"({"f": [{"exists": true}]})", R"({"f": null})"), Answer::Yes);
  EXPECT_EQ(takes(R"({"f": [{"exists": true}]})", R"({"g": 1})"), Answer::No);
  EXPECT_EQ(takes(R"({"f": [{"exists": false}]})", R"({"g": 1})"), Answer::Yes);
  EXPECT_EQ(takes(R"({"f": [{"exists": false}]})", R"({"f": 1})"), Answer::No);
  EXPECT_EQ(takes(R"({"f": [{"exists": true}]})", R"({"f": {"g": 1}})"), Answer::No);
  EXPECT_EQ(takes(R"({"f": {"g": [{"exists": false}]}})", R"({"f": {"h": 1}})"), Answer::Yes);
  EXPECT_EQ(takes(R"({"f": {"g": [{"exists": false}]}})", "{}"), Answer::Yes);
  EXPECT_EQ(takes(R"({"f": [{"exists": false}]})", R"({"f": []})"), Answer::Yes);
}

TEST_F(EventPattern, compares_addresses_with_ranges) {
  EXPECT_EQ(field(R"({"cidr": "10.0.0.0/24"})", R"("10.0.0.255")"), Answer::Yes);
  EXPECT_EQ(field(R"({"cidr": "10.0.0.0/24"})", R"("10.0.1.0")"), Answer::No);
  EXPECT_EQ(field(R"({"cidr": "2001:db8::/32"})", R"("2001:db8:1::1")"), Answer::Yes);
  EXPECT_EQ(field(R"({"cidr": "2001:db8::/32"})", R"("2001:db9::1")"), Answer::No);
  EXPECT_EQ(field(R"({"cidr": "10.0.0.0/24"})", R"("not an address")"), Answer::No);
}

TEST_F(EventPattern, takes_either_side_of_an_or) {
  constexpr std::string_view kPattern =
      R"({"source": ["a"], "$or": [{"x": [1]}, {"y": [{"numeric": [">", 5]}], "z": [true]}]})";
  EXPECT_EQ(takes(kPattern, R"({"source": "a", "x": 1})"), Answer::Yes);
  EXPECT_EQ(takes(kPattern, R"({"source": "a", "y": 6, "z": true})"), Answer::Yes);
  EXPECT_EQ(takes(kPattern, R"({"source": "a", "y": 6, "z": false})"), Answer::No);
  EXPECT_EQ(takes(kPattern, R"({"source": "b", "x": 1})"), Answer::No);
}

TEST_F(EventPattern, is_unknown_where_the_event_is_not_known) {
  EXPECT_EQ(takes(R"({"f": ["a"]})", record({{"f", hole("h")}})), Answer::Unknown);
  EXPECT_EQ(takes(R"({"f": ["a"]})", record({}, true)), Answer::Unknown);
  EXPECT_EQ(takes(R"({"f": [{"exists": false}]})", record({}, true)), Answer::Unknown);
  EXPECT_EQ(takes(R"({"f": ["a"]})", hole("h")), Answer::Unknown);
  EXPECT_EQ(takes(R"({"f": ["a"], "g": ["b"]})", record({{"g", text("c")}}, true)), Answer::No);
  EXPECT_EQ(takes("{}", hole("h")), Answer::Yes);
}

TEST_F(EventPattern, asks_what_is_known_of_a_text_with_holes) {
  const ValueId event = record({{"key", pattern("out/{h}.png")}});
  EXPECT_EQ(takes(R"({"key": [{"prefix": "out/"}]})", event), Answer::Yes);
  EXPECT_EQ(takes(R"({"key": [{"prefix": "in/"}]})", event), Answer::No);
  EXPECT_EQ(takes(R"({"key": [{"wildcard": "*/*.png"}]})", event), Answer::Yes);
  EXPECT_EQ(takes(R"({"key": [{"anything-but": {"suffix": ".png"}}]})", event), Answer::No);
  EXPECT_EQ(takes(R"({"key": ["out/a.png"]})", event), Answer::Unknown);
  EXPECT_EQ(takes(R"({"key": [{"exists": true}]})", event), Answer::Yes);
  EXPECT_EQ(takes(R"({"key": [{"numeric": ["=", 1]}]})", event), Answer::Unknown);
}

TEST_F(EventPattern, needs_all_alternatives_to_agree) {
  EXPECT_EQ(takes(R"({"f": ["a", "b"]})", record({{"f", one_of({text("a"), text("b")})}})),
            Answer::Yes);
  EXPECT_EQ(takes(R"({"f": ["a"]})", record({{"f", one_of({text("a"), text("b")})}})),
            Answer::Unknown);
  EXPECT_EQ(takes(R"({"f": ["c"]})", record({{"f", one_of({text("a"), text("b")})}})), Answer::No);
}

TEST_F(EventPattern, with_an_element_that_is_not_known_may_take_everything) {
  const ValueId pattern_value = record({{"f", list({hole("h"), text("a")})}});
  EXPECT_EQ(matches_event_pattern(pool, pattern_value, record({{"f", text("a")}})), Answer::Yes);
  EXPECT_EQ(matches_event_pattern(pool, pattern_value, record({{"f", text("b")}})),
            Answer::Unknown);
  const ValueId open = record({{"f", list({text("a")}, true)}});
  EXPECT_EQ(matches_event_pattern(pool, open, record({{"f", text("b")}})), Answer::Unknown);
}

TEST_F(EventPattern, reads_bodies_in_json) {
  constexpr std::string_view kPattern = R"({"body": {"kind": ["order"]}})";
  EXPECT_EQ(takes(kPattern, record({{"body", text(R"({"kind": "order"})")}})), Answer::Yes);
  EXPECT_EQ(takes(kPattern, record({{"body", text(R"({"kind": "cart"})")}})), Answer::No);
  EXPECT_EQ(takes(kPattern, record({{"body", text("plain")}})), Answer::No);
  const ValueId encoded = call("json_encode", {record({{"kind", text("order")}})});
  EXPECT_EQ(takes(kPattern, record({{"body", encoded}})), Answer::Yes);
}

TEST_F(EventPattern, that_is_absent_is_no_condition) {
  EXPECT_EQ(matches_event_pattern(pool, pool.absent(), record({})), Answer::Yes);
}

TEST_F(EventPattern, with_a_matcher_that_is_not_known_is_unknown) {
  EXPECT_EQ(field(R"({"sounds-like": "a"})", R"("a")"), Answer::Unknown);
  EXPECT_EQ(field(R"({"numeric": [">"]})", "5"), Answer::Unknown);
  EXPECT_EQ(field(R"({"cidr": "10.0.0.0/99"})", R"("10.0.0.1")"), Answer::Unknown);
}

TEST_F(EventPattern, does_not_take_forever_on_alternatives_that_multiply) {
  ValueId value = text("a");
  for (int i = 0; i < 60; ++i) value = list({value, value});
  EXPECT_EQ(takes(R"({"f": ["b"]})", record({{"f", value}})), Answer::Unknown);
}

// --- JSON

class Json : public ValuesTest {};

TEST_F(Json, is_read_though_parts_are_not_known) {
  const ValueId read = value_of_json_pattern(
      pool, pool.concat(std::array{text(R"({"page": )"), hole("page"), text(R"(, "key": "in/)"),
                                   hole("key"), text(R"(.png"})")}));
  EXPECT_EQ(read, record({{"page", hole("page")}, {"key", pattern("in/{key}.png")}}));
  for (const std::string_view broken : {R"({"a": 1{h}})", R"({"{h}": 1})", R"({"a": {h})"})
    EXPECT_FALSE(value_of_json_pattern(pool, pattern(broken)).exists()) << broken;
}

TEST_F(Json, becomes_values) {
  EXPECT_EQ(show(value_of_json(pool, R"({"a": [1, 2.50, "x", true, null], "b": {}})")),
            "{a: [1, 2.5, x, true, null], b: {}}");
  EXPECT_EQ(value_of_json(pool, "18446744073709551615"), pool.number("18446744073709551615"));
  EXPECT_EQ(value_of_json(pool, R"({"a": 1, "a": 2})"), record({{"a", number(2)}}));
}

TEST_F(Json, that_is_broken_is_no_value) {
  for (const std::string_view broken : {"", "{", "[1,]", "{\"a\"}", "nul", "[1] 2", "\"\xff\""})
    EXPECT_FALSE(value_of_json(pool, broken).exists()) << broken;
}

TEST_F(Json, that_nests_too_deeply_is_no_value) {
  EXPECT_FALSE(value_of_json(pool, std::string(100'000, '[')).exists());
  const std::string deep = std::string(150, '[') + std::string(150, ']');
  EXPECT_TRUE(value_of_json(pool, deep).exists());
}

TEST(Addresses, lie_in_ranges) {
  EXPECT_EQ(range_holds("10.0.0.0/8", "10.200.3.4"), true);
  EXPECT_EQ(range_holds("10.0.0.0/9", "10.200.3.4"), false);
  EXPECT_EQ(range_holds("0.0.0.0/0", "1.2.3.4"), true);
  EXPECT_EQ(range_holds("10.0.0.1", "10.0.0.1"), true);
  EXPECT_EQ(range_holds("::/0", "1.2.3.4"), false);
  EXPECT_EQ(range_holds("10.0.0.0/x", "10.0.0.1"), std::nullopt);
  EXPECT_EQ(range_holds("nothing", "10.0.0.1"), std::nullopt);
}

}  // namespace
}  // namespace fnlint
