#include "link/key_samples.h"

#include "core/text.h"
#include "link/event_content.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kWords = 12;       // of all tests
constexpr std::size_t kWordLength = 40;  // a longer one is a sentence
constexpr std::size_t kExtension = 5;

using Words = std::set<std::string>;

bool is_of_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == '/';
}

// "thumbs/" of itself, "thumb_" of the pattern "(^|/)thumb_".
void add_words(std::string_view text, Words& words) {
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from;
    while (to < text.size() && is_of_key(text[to])) ++to;
    const bool is_word = to > from && to - from <= kWordLength && words.size() < kWords;
    if (is_word) words.emplace(text.substr(from, to - from));
    from = to + 1;
  }
}

std::vector<std::string> keys_of(const Words& words) {
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
  return keys;
}

// What a test says of one key; other things that are not known are some text.
Answer answer_for(Engine& engine, ValueId test, std::string_view key) {
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
  return truth(pool, engine.substitute(test, substitution));
}

// Whether all tests come out as the chain needs it.
Answer comes_through(Engine& engine, std::span<const AskedTwice> tests, ValueId AskedTwice::* round,
                     std::string_view key) {
  Answer all = Answer::Yes;
  for (const AskedTwice& test : tests) {
    const Answer one = answer_for(engine, test.*round, key);
    if (one == Answer::Unknown)
      all = Answer::Unknown;
    else if ((one == Answer::Yes) != test.holds)
      return Answer::No;
  }
  return all;
}

}  // namespace

Sampled try_keys(Engine& engine, std::span<const AskedTwice> tests) {
  const ValuePool& pool = engine.pool();
  Words words;
  for (const AskedTwice& test : tests)
    for_each_below(pool, test.before, [&](ValueId id) {
      if (pool.is(id, ValueKind::Text)) add_words(pool.text(id), words);
    });
  Sampled sampled = Sampled::NotTried;
  for (const std::string& key : keys_of(words)) {
    const Answer first = comes_through(engine, tests, &AskedTwice::before, key);
    if (first == Answer::No) continue;
    const Answer second = comes_through(engine, tests, &AskedTwice::after, key);
    if (first == Answer::Yes && second == Answer::Yes) return Sampled::GoesOn;
    if (first == Answer::Unknown || second == Answer::Unknown)
      sampled = Sampled::NotRead;
    else if (sampled == Sampled::NotTried)
      sampled = Sampled::Ends;
  }
  return sampled;
}

}  // namespace fnlint
