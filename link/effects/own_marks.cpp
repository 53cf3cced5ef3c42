// Recognises tests whose answer the guarded write itself changes: metadata, tags, or a comparison
// of new and old content.

#include "link/effects/own_marks.h"

#include "core/text.h"
#include "link/effects/event_content.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/whole_text.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

namespace {

// What a value is made of, itself among it: all that some code gave or made.
std::set<ValueId> made_in(const ValuePool& pool, ValueId value) {
  std::set<ValueId> made;
  for_each_below(pool, value, [&](ValueId id) {
    const ValueKind kind = pool[id].kind;
    if (kind == ValueKind::Computed || kind == ValueKind::Pattern || kind == ValueKind::Object)
      made.insert(id);
  });
  return made;
}

// What a value is made from first: the text of `hash(strip(text))`.
ValueId source_of(const ValuePool& pool, ValueId value) {
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty())
    value = pool.operands(value)[0];
  return value;
}

bool is_own_key(const ValuePool& pool, ValueId key) {
  return key.exists() && pool.is(key, ValueKind::Hole) && pool[key].origin == Origin::Event &&
         pool.text(key).ends_with("s3.object.key");
}

std::string plain_word(std::string_view text) {
  std::string word = lower(text);
  std::erase(word, '_');
  return word;
}

// Operations that give an object, or what is kept beside it, by their names as calls of any SDK
// have them ("headobject"), and what these call its tag ("etag").
struct ObjectWords {
  std::vector<std::string> calls = {}, tags = {};
};
const ObjectWords& words_of_objects() {
  static const ObjectWords kWords = [] {
    ObjectWords words;
    for (const Operation& operation : operations()) {
      if (operation.entity_tag.empty()) continue;
      words.calls.push_back(plain_word(operation.id.substr(operation.id.find('.') + 1)));
      words.tags.push_back(plain_word(operation.entity_tag));
    }
    return words;
  }();
  return kWords;
}

// A part of the value is called by one of these words.
bool is_called_by(const ValuePool& pool, ValueId id, const std::vector<std::string>& words) {
  const std::string text = plain_word(pool.text(id));
  return std::ranges::any_of(
      words, [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

// Says the entity tag of the object that the event tells of.
bool is_entity_tag(const ValuePool& pool, const Effect& effect, ValueId value) {
  if (!is_own_key(pool, effect.key)) return false;
  const std::vector<std::string>& tags = words_of_objects().tags;
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) { found = found || is_called_by(pool, id, tags); });
  return found;
}

// `written` is what is written, or made of it; `there` is what that is made from, or its tag.
bool is_new_and_old(const ValuePool& pool, const Effect& effect, ValueId body, ValueId written,
                    ValueId there) {
  const std::set<ValueId> of_body = made_in(pool, body), of_there = made_in(pool, there),
                          of_written = made_in(pool, written);
  const auto is_of_body = [&](ValueId id) { return of_body.contains(id); };
  const bool is_written = std::ranges::any_of(
      of_written, [&](ValueId id) { return is_of_body(id) && !of_there.contains(id); });
  if (!is_written) return false;
  return is_entity_tag(pool, effect, there) || is_of_body(source_of(pool, there));
}

}  // namespace

bool tests_own_mark(const ValuePool& pool, const Effect& effect, ValueId test) {
  bool reads_marks = false;
  std::vector<std::string> words;
  for_each_below(pool, test, [&](ValueId id) {
    const std::string_view text = pool.text(id);
    if (pool[id].kind == ValueKind::Object || pool[id].kind == ValueKind::Computed)
      reads_marks = reads_marks || is_called_by(pool, id, words_of_objects().calls);
    if (pool[id].kind == ValueKind::Text) words.push_back(lower(text));
  });
  if (!reads_marks) return false;
  ValueId metadata = entry_of_record(pool, effect.arguments, "Metadata");
  if (!metadata.exists())  // of boto3's own copy and upload
    metadata =
        entry_of_record(pool, entry_of_record(pool, effect.arguments, "ExtraArgs"), "Metadata");
  if (metadata.exists() && pool[metadata].kind == ValueKind::Record)
    for (const StringId name : pool.names(metadata))
      if (std::find(words.begin(), words.end(), lower(pool[name])) != words.end()) return true;
  const ValueId tagging = entry_of_record(pool, effect.arguments, "Tagging");
  if (!tagging.exists()) return false;
  const std::string written = lower(whole_words(pool, tagging));
  return std::ranges::any_of(words, [&](const std::string& word) {
    return word.size() > 2 && written.find(word) != std::string::npos;
  });
}

bool compares_own_content(const ValuePool& pool, const Effect& effect, const Fact& fact) {
  if (!pool.is(fact.test, ValueKind::Computed)) return false;
  const bool is_equal = pool.opcode(fact.test) == Opcode::Equal;
  if (!is_equal && pool.opcode(fact.test) != Opcode::NotEqual) return false;
  const ValueId body = entry_of_record(pool, effect.arguments, "Body");
  if (is_equal == fact.holds || !body.exists()) return false;
  const auto sides = pool.operands(fact.test);
  return sides.size() == 2 && (is_new_and_old(pool, effect, body, sides[0], sides[1]) ||
                               is_new_and_old(pool, effect, body, sides[1], sides[0]));
}

}  // namespace fnlint
