// Makes keys of prefixes, suffixes and patterns in the tests, and evaluates both rounds with each,
// within a budget.

#include "link/effects/key_samples.h"

#include "core/text.h"
#include "link/effects/event_content.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kSampleWords = 12;  // of all tests
constexpr std::size_t kWordLength = 40;  // a longer one is a sentence
constexpr std::size_t kExtension = 5;
constexpr std::size_t kKeysAtLeast = 50;  // tried, however large the tests are
constexpr std::size_t kAsked = 50'000;    // values of the tests, over all keys

using SampleWords = std::set<std::string>;

bool is_of_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == '/';
}

// "thumbs/" of itself, "thumb_" of the pattern "(^|/)thumb_".
void add_words(std::string_view text, SampleWords& words) {
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from;
    while (to < text.size() && is_of_key(text[to])) ++to;
    const bool is_word = to > from && to - from <= kWordLength && words.size() < kSampleWords;
    if (is_word) words.emplace(text.substr(from, to - from));
    from = to + 1;
  }
}

std::vector<std::string> keys_with(const SampleWords& words) {
  std::vector<std::string> folders{"", "a/"}, names{"b"}, ends{".txt", ""};
  for (const std::string& word : words) {
    const bool has_slash = word.find('/') != word.npos;
    if (word.starts_with('.')) {
      ends.push_back(word);
    } else if (has_slash) {
      folders.push_back(word.ends_with('/') ? word : cat(word, '/'));
    } else {
      folders.push_back(cat(word, '/'));
      names.push_back(cat(word, 'b'));
      names.push_back(cat('b', word));
      if (word.size() <= kExtension) ends.push_back(cat('.', word));
    }
  }
  std::vector<std::string> keys;
  for (const std::string& name : names)
    for (const std::string& end : ends)
      for (const std::string& folder : folders) keys.push_back(cat(folder, name, end));
  // The plainest first: not all may be tried.
  std::ranges::stable_sort(keys, {}, &std::string::size);
  return keys;
}

// Keys that have a word further below than what the code may have cut off the front.
std::vector<std::string> deep_keys_with(const SampleWords& words) {
  std::vector<std::string> keys;
  for (const std::string& word : words)
    if (!word.starts_with('.'))
      keys.push_back(cat("a/b/c/d/e", word.starts_with('/') ? "" : "/", word, "/f.txt"));
  return keys;
}

// What the tests say of one key; other things that are not known are some text.
ValueId told_of(Engine& engine, ValueId tests, std::string_view key) {
  ValuePool& pool = engine.pool();
  Substitution substitution;
  substitution.leaf = [&](ValueId leaf) -> ValueId {
    const Value& row = pool[leaf];
    if (row.kind != ValueKind::Hole) return {};
    const bool is_key = row.origin == Origin::Event && row.ref == kFirstEvent &&
                        pool.text(leaf) == "Records[].s3.object.key";
    return pool.text_value(is_key ? key : "k7");
  };
  substitution.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    return engine.recompute(name, operands, 0);
  };
  return substituted(engine.pool(), tests, substitution);
}

// The tests of one round, as one value: what they share is asked once.
struct Round {
  ValueId tests;
  std::vector<bool> hold;
};

// Whether all tests come out as the chain needs it.
Answer comes_through(Engine& engine, const Round& round, std::string_view key) {
  ValuePool& pool = engine.pool();
  const ValueId told = told_of(engine, round.tests, key);
  if (!pool.is(told, ValueKind::List) || pool.operands(told).size() != round.hold.size())
    return Answer::Unknown;
  Answer all = Answer::Yes;
  for (std::size_t i = 0; i < round.hold.size(); ++i) {
    const Answer one = truth(pool, pool.operands(told)[i]);
    if (one == Answer::Unknown)
      all = Answer::Unknown;
    else if ((one == Answer::Yes) != round.hold[i])
      return Answer::No;
  }
  return all;
}

Round round_of(ValuePool& pool, std::span<const AskedTwice> tests, ValueId AskedTwice::* round) {
  std::vector<ValueId> items;
  std::vector<bool> hold;
  for (const AskedTwice& test : tests) {
    items.push_back(test.*round);
    hold.push_back(test.holds);
  }
  return {pool.list(items), std::move(hold)};
}

}  // namespace

Sampled try_keys(Engine& engine, std::span<const AskedTwice> tests) {
  ValuePool& pool = engine.pool();
  const Round before = round_of(pool, tests, &AskedTwice::before);
  const Round after = round_of(pool, tests, &AskedTwice::after);
  SampleWords words;
  std::size_t size = 0;
  for_each_below(pool, before.tests, [&](ValueId id) {
    ++size;
    if (pool.is(id, ValueKind::Text)) add_words(pool.text(id), words);
  });
  for_each_below(pool, after.tests, [&](ValueId) { ++size; });
  const std::size_t tries = std::max(kKeysAtLeast, kAsked / size);
  const auto ends_deeper = [&] {
    return std::ranges::any_of(deep_keys_with(words), [&](const std::string& key) {
      return comes_through(engine, before, key) == Answer::Yes &&
             comes_through(engine, after, key) == Answer::No;
    });
  };
  Sampled sampled = Sampled::NotTried;
  std::size_t tried = 0;
  for (const std::string& key : keys_with(words)) {
    if (++tried > tries) return sampled == Sampled::NotTried ? Sampled::NotRead : sampled;
    const Answer first = comes_through(engine, before, key);
    if (first == Answer::No) continue;
    const Answer second = comes_through(engine, after, key);
    if (first == Answer::Yes && second == Answer::Yes)
      return ends_deeper() ? Sampled::Some : Sampled::GoesOn;
    if (first == Answer::Unknown || second == Answer::Unknown)
      sampled = Sampled::NotRead;
    else if (sampled == Sampled::NotTried)
      sampled = Sampled::Ends;
  }
  return sampled;
}

}  // namespace fnlint
