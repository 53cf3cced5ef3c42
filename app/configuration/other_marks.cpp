// Finds other linters' suppressions in a comment, parses their ids, and maps these to our rules by
// alias.

#include "app/configuration/other_marks.h"

#include "app/files/day.h"
#include "core/glob.h"
#include "core/text.h"
#include "core/triples.h"
#include "report/words.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kWordBytes = 200;      // that are told of a mark
constexpr std::size_t kMarksOfComment = 64;  // nobody writes more into one

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_id_char(char c) {
  return is_letter_or_digit(c) || std::string_view("-./@*").find(c) != std::string_view::npos;
}

// "noqa" alone is written in any case.
bool begins_with_word(std::string_view text, const MarkRow& row) {
  const std::string_view begin = text.substr(0, row.word.size());
  if (begin != row.word && !(row.word.ends_with("noqa") && lower(begin) == row.word)) return false;
  const bool open = is_letter_or_digit(row.word.back());  // a longer word is another one
  const char next = text.size() > begin.size() ? text[begin.size()] : ' ';
  return !open || (!is_letter_or_digit(next) && next != '-' && next != '_');
}

// Where the row's word stands in a comment, from an offset on.
std::size_t find_word(std::string_view comment, const MarkRow& row, std::size_t from) {
  if (row.ids.place == MarkPlace::First) {
    const std::size_t body = comment.find_first_not_of("#/*! \t\r\n");
    const bool there =
        from == 0 && body != std::string_view::npos && begins_with_word(comment.substr(body), row);
    return there ? body : std::string_view::npos;
  }
  for (std::size_t at = from; at < comment.size(); ++at) {
    if (!begins_with_word(comment.substr(at), row)) continue;
    const std::size_t before = comment.substr(0, at).find_last_not_of(" \t");
    if (row.ids.place == MarkPlace::AfterHash && before != std::string_view::npos &&
        comment[before] == '#')
      return at;
    const bool begins = at == 0 || (!is_letter_or_digit(comment[at - 1]) && comment[at - 1] != '-');
    if (row.ids.place == MarkPlace::Anywhere && begins) return at;
  }
  return std::string_view::npos;
}

// Takes the ids that stand at the front of a text. A sentence behind them is none.
std::vector<std::string> take_ids(std::string_view& text, const MarkRow& row) {
  std::vector<std::string> ids;
  const auto skip = [&text](std::string_view what) {
    text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
  };
  while (true) {
    skip(kBlanks);
    const auto end = std::ranges::find_if_not(text, is_id_char);
    const std::string_view id = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    if (id.empty() || id.starts_with("--")) break;
    ids.emplace_back(id);
    text.remove_prefix(id.size());
    const std::string_view rest = text;
    skip(kBlanks);
    if (text.starts_with(',')) {
      text.remove_prefix(1);
    } else if (!row.ids.blanks) {
      text = rest;
      break;
    }
  }
  return ids;
}

// "B113" of Bandit, "S7618" of Sonar.
bool is_numbered(std::string_view id, char letter) {
  return id.size() > 1 && id.front() == letter && is_digits(id.substr(1));
}

// Behind the mark a reason may stand in place of ids: then all are meant. A name with words
// ("assert_used") is a test of Bandit, and no alias.
void leave_numbered(OtherMark& mark, char letter) {
  const bool named = std::ranges::any_of(
      mark.ids, [](const std::string& id) { return id.find('_') != std::string::npos; });
  std::erase_if(mark.ids, [letter](const std::string& id) { return !is_numbered(id, letter); });
  mark.all = mark.ids.empty() && !named;
}

// "aws-s3-enable-logging:exp:2027-01-31" ends that day.
bool is_over(std::string_view rest, Day today) {
  constexpr std::string_view kLast = ":exp:";
  if (!rest.starts_with(kLast)) return false;
  const std::optional<Day> last =
      day_of(rest.substr(kLast.size(), std::string_view("2027-01-31").size()));
  return last && *last < today;
}

// What holds for a workspace or for one value alone cannot be told here.
bool is_conditional(std::string_view rest) {
  return rest.starts_with('[') || rest.starts_with(":ws:");
}

// Whether ids are listed behind the word, whose front is then the first of them.
bool lists_ids(std::string_view& rest, const MarkRow& row) {
  if (row.ids.before_ids.empty()) return !row.ids.bare;
  const std::size_t blanks = std::min(rest.find_first_not_of(kBlanks), rest.size());
  rest.remove_prefix(blanks);
  if (!rest.empty() && row.ids.before_ids.find(rest.front()) != std::string_view::npos) {
    rest.remove_prefix(1);
    return true;
  }
  return blanks > 0 && row.ids.before_ids.ends_with(' ');
}

std::optional<OtherMark> mark_at(std::string_view comment, std::size_t at, const MarkRow& row,
                                 Day today) {
  std::string_view rest = comment.substr(at + row.word.size());
  OtherMark mark{.row = &row};
  if (lists_ids(rest, row)) mark.ids = take_ids(rest, row);
  mark.all = (row.ids.bare && mark.ids.empty()) ||
             (!row.ids.all.empty() && std::ranges::find(mark.ids, row.ids.all) != mark.ids.end());
  mark.inverted = row.word == "kics-scan enable=";
  if (row.tool == "bandit") leave_numbered(mark, 'B');
  if (row.tool == "sonar-") leave_numbered(mark, 'S');
  if (!mark.all && mark.ids.empty()) return {};
  if (row.tool == "trivy" && (is_over(rest, today) || is_conditional(rest))) return {};
  const std::string_view words = comment.substr(at, 2 * kWordBytes);
  mark.words = shortened(trim(words.substr(0, words.find_first_of("\r\n"))), kWordBytes);
  return mark;
}

// A plugin of ESLint has another name in Oxlint.
std::string plugin_name(std::string_view id) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPlugins{
      {{"@typescript-eslint/", "typescript/"}, {"n/", "node/"}, {"import-x/", "import/"}}};
  for (const auto& [eslint, oxlint] : kPlugins)
    if (id.starts_with(eslint)) return cat(oxlint, id.substr(eslint.size()));
  return std::string(id);
}

bool names_alias(IdForm form, std::string_view written, std::string_view id) {
  if (written == id) return true;
  switch (form) {
    case IdForm::Same: return false;
    case IdForm::Beginning: return !written.empty() && id.starts_with(written);
    case IdForm::DottedEnd: return written.ends_with(cat('.', id));
    case IdForm::DashedEnd: return written.ends_with(cat('-', id));
    case IdForm::Wildcard: return matches_name(written, id);
    case IdForm::Plugin: return plugin_name(written) == id;
  }
  return false;
}

// An alias's id, where it is of that tool: "sonar-" is of "sonar-java" and others.
std::optional<std::string_view> id_of(std::string_view alias, std::string_view tool) {
  const std::size_t colon = alias.find(':');
  if (tool.empty() || colon == std::string_view::npos) return {};
  const std::string_view whose = alias.substr(0, colon);
  if (whose != tool && !(tool.ends_with('-') && whose.starts_with(tool))) return {};
  return alias.substr(colon + 1);
}

}  // namespace

std::vector<OtherMark> marks_in(std::string_view comment, Day today) {
  std::vector<OtherMark> marks;
  if (comment.ends_with("*/")) comment.remove_suffix(2);
  for (const MarkRow& row : mark_rows())
    for (std::size_t at = find_word(comment, row, 0);
         at != std::string_view::npos && marks.size() < kMarksOfComment;
         at = find_word(comment, row, at + row.word.size()))
      if (auto mark = mark_at(comment, at, row, today)) marks.push_back(std::move(*mark));
  return marks;
}

MarkReach reach_of(const OtherMark& mark) { return mark.row->reach; }

bool same_tool(const OtherMark& a, const OtherMark& b) { return a.row->tool == b.row->tool; }

std::vector<std::string> rules_of(const OtherMark& mark, std::span<const Rule> rules) {
  std::vector<std::string> found;
  const auto named = [&mark](std::string_view id) {
    return std::ranges::any_of(mark.ids, [&](const std::string& written) {
      return names_alias(mark.row->ids.form, written, id);
    });
  };
  for (const Rule& rule : rules) {
    bool any = false, any_named = false;
    for (const std::string_view alias : rule.aliases) {
      auto id = id_of(alias, mark.row->tool);
      if (!id) id = id_of(alias, mark.row->tool2);
      any |= id.has_value();
      any_named |= id && named(*id);
    }
    if (mark.all ? any : mark.inverted ? any && !any_named : any_named) found.emplace_back(rule.id);
  }
  return found;
}

std::vector<std::string> rules_of(std::string_view tool, IdForm form,
                                  std::span<const std::string> ids, std::span<const Rule> rules) {
  const MarkRow row{.tool = tool, .ids = {.form = form}};
  return rules_of(OtherMark{.row = &row, .ids = {ids.begin(), ids.end()}}, rules);
}

bool has_mark_words(std::string_view text) {
  Triples triples;
  triples.add(text);
  return std::ranges::any_of(mark_rows(), [&](const MarkRow& row) {
    if (!triples.may_have(row.word)) return false;
    if (row.word != "noqa") return text.find(row.word) != std::string_view::npos;
    return lower(text).find(row.word) != std::string::npos;
  });
}

}  // namespace fnlint
