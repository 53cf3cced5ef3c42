// What a second run of SQL statements does, as their texts say.

#include "checks/idempotency/idempotency_sql.h"

#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

namespace {

constexpr char kOwn = '\x01';  // in a value: the column itself, as it was

bool is_name_letter(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  const bool is_word = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                       (letter >= 'A' && letter <= 'Z') || letter == '_';
  return is_word || letter == '$' || letter == '{' || letter == '}' || byte >= 0x80;
}

// Without comments, with literals emptied and names bare.
std::string plain_sql(std::string_view text) {
  static const RE2 kName(R"(["`\[]([\w${}]+)["`\]])");
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool is_line = rest.starts_with("--"), is_literal = text[i] == '\'';
    if (!is_line && !is_literal && !rest.starts_with("/*")) {
      plain += text[i];
      continue;
    }
    // Two quotes in a literal stand for one: it ends, and another begins.
    const std::string_view end = is_line ? "\n" : is_literal ? "'" : "*/";
    plain += is_literal ? "''" : " ";
    const std::size_t last = rest.find(end, is_literal ? 1 : 2);
    if (last == rest.npos) break;
    i += last + end.size() - 1;
  }
  RE2::GlobalReplace(&plain, kName, "\\1");
  return plain;
}

std::string last_name(std::string_view name) {
  return lower(name.substr(name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1));
}

// Takes off the front what ends in the first match, and gives that one's parts.
template <class... Parts>
bool take(std::string_view& text, const RE2& what, Parts*... parts) {
  re2::StringPiece rest(text.data(), text.size());
  const bool found = RE2::FindAndConsume(&rest, what, parts...);
  text.remove_prefix(text.size() - rest.size());
  return found;
}

// --- Inserts

bool has_insert(std::string_view statement) {
  static const RE2 kWord(
      R"((?is)\bINSERT\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|ALL|FIRST)\s+)*([\w.${}]+)(.*))"),
      kRows(R"((?i)\b(VALUES?|SELECT|SET|EXEC|DEFAULT)\b)");
  std::string word, rest;
  if (!RE2::PartialMatch(statement, kWord, &word, &rest)) return false;
  word = lower(word);
  if (word == "into") return trim(rest).substr(0, 1) != "#";  // else a temporary table
  for (const std::string_view other : {"ignore", "or", "overwrite", "on", "values"})
    if (word == other) return false;
  return RE2::PartialMatch(rest, kRows);
}

// It says itself what becomes of rows that are there.
bool minds_rows(std::string_view statement) {
  static const RE2 kMinds(
      R"((?is)ON\s+CONFLICT|ON\s+DUPLICATE\s+KEY|NOT\s+EXISTS|NOT\s+IN\s*\(\s*SELECT|\bEXCEPT\b|\bJOIN\b.*\bIS\s+NULL\b)");
  return RE2::PartialMatch(statement, kMinds);
}

// What stands around the inserts takes care that they are not made twice.
bool minds_rows_before(std::string_view text) {
  static const RE2 kMinds(
      R"((?is)\bIF\s+NOT\s+EXISTS\s*\(|\bIF\s+EXISTS\s*\(.*\bELSE\b|@@ROWCOUNT|\bDELETE\s+FROM\b|\bTRUNCATE\b)");
  return RE2::PartialMatch(text, kMinds);
}

// --- Updates

struct Assignment {
  std::string column = {}, value = {};  // "n", "n + 1"
  std::string owner = {};               // "t" of "t.n = ..."
};

// The assignments of a SET, up to what ends it at its own level, which is left in `rest`.
std::vector<std::string> assignments_of(std::string_view& rest) {
  static const std::set<std::string, std::less<>> kEnds{"where", "from",  "returning", "output",
                                                        "when",  "order", "limit",     "else"};
  std::vector<std::string> found(1);
  int depth = 0;
  std::size_t i = 0;
  while (i < rest.size() && depth >= 0) {
    std::size_t end = i;
    while (end < rest.size() && is_name_letter(rest[end])) ++end;
    const std::string word = lower(rest.substr(i, end - i));
    if (depth == 0 && kEnds.contains(word)) break;
    depth += word == "case" || rest[i] == '(' ? 1 : 0;
    depth -= word == "end" || rest[i] == ')' ? 1 : 0;
    end = std::max(end, i + 1);
    if (depth == 0 && rest[i] == ',')
      found.emplace_back();
    else
      found.back() += rest.substr(i, end - i);
    i = end;
  }
  rest.remove_prefix(i);
  return found;
}

// What the statement writes to, by each name that it has there.
std::set<std::string> targets_of(std::string_view statement) {
  static const RE2 kTarget(
      R"((?is)\b(?:UPDATE|INSERT\s+(?:\w+\s+)??INTO|MERGE\s+(?:INTO\s+)?)\s*(?:ONLY\s+)?([\w.${}]+)(?:\s+AS)?(?:\s+([\w${}]+))?)");
  std::set<std::string> names;
  std::string table, other;
  while (take(statement, kTarget, &table, &other)) {
    names.insert(last_name(table));
    if (lower(other) != "set") names.insert(lower(other));
  }
  return names;
}

// The value with the column itself marked where it stands as it was: not a parameter of its name,
// nor the one of the row that is put in.
std::string with_own_marked(const Assignment& one, const std::set<std::string>& targets) {
  static const RE2 kQuery(R"((?is)\(\s*SELECT\b[^()]*(\([^()]*\)[^()]*)*\))");
  std::string out, owner, value = one.value;
  RE2::GlobalReplace(&value, kQuery, "?");  // its names may be another table's
  for (std::size_t i = 0; i < value.size();) {
    std::size_t end = i;
    while (end < value.size() && (is_name_letter(value[end]) || value[end] == '.')) ++end;
    const std::string name = value.substr(i, end - i);
    const bool is_parameter = out.ends_with(':') || out.ends_with('@') || out.ends_with("%(") ||
                              lower(out).ends_with("values(");
    owner = name.find('.') == name.npos ? "" : last_name(name.substr(0, name.rfind('.')));
    const bool is_target = owner.empty() || targets.contains(owner) || owner == one.owner;
    if (!name.empty() && !is_parameter && is_target && last_name(name) == one.column)
      out += kOwn;
    else
      out += name.empty() ? value.substr(i, 1) : name;
    i = std::max(end, i + 1);
  }
  return out;
}

// "COALESCE(n, 0)", "(n)", "n::int" and an entry of it are the column, too.
void unwrap(std::string& value) {
  static const RE2 kWrapped(
      "(?i)\\b(?:COALESCE|IFNULL|ISNULL|NVL|CAST|JSON_EXTRACT|JSON_VALUE)\\s*"
      "\\(\\s*\x01\\s*(?:,|AS\\s)[^()]*\\)|\\(\\s*\x01\\s*\\)"),
      kPart("\x01\\s*(?:::\\s*\\w+|->>?\\s*[^\\s()+*/|-]+)");
  for (int i = 0; i < 8; ++i) {
    const bool is_wrapped = RE2::Replace(&value, kWrapped, " \x01");
    if (!RE2::Replace(&value, kPart, "\x01") && !is_wrapped) return;
  }
}

// Objects, which become one: a second time there is nothing new.
bool merges_objects(const Assignment& one) {
  static const RE2 kObject("(?i)jsonb?|hstore"),
      kNamed("(?i)json|meta|data|attr|propert|setting|config|option|payload|extra|detail|doc");
  return one.value.find("||") != one.value.npos &&
         (RE2::PartialMatch(one.value, kObject) || RE2::PartialMatch(one.column, kNamed));
}

// More of what the column was: "n = n + 1", "log = CONCAT(log, ?)"; not an entry of a document that
// is taken away, nor what a condition within it decides.
bool grows(const Assignment& one, const std::set<std::string>& targets) {
  static const RE2 kDecides(R"((?i)\b(CASE|IF|IIF|GREATEST|LEAST|DISTINCT)\b)"),
      kMore(
          "\x01\\s*(?:\\+|\\*|/|\\|\\||-\\s*[^>\\s'])|(?:\\+|\\*|-|\\|\\|)\\s*\x01|\\bNOT\\s+\x01"),
      kAdds(
          "(?i)\\b(ARRAY_APPEND|ARRAY_PREPEND|ARRAY_CAT|CONCAT|CONCAT_WS|JSON_ARRAY_APPEND|"
          "JSON_ARRAY_INSERT|DATE_ADD|DATE_SUB|DATEADD|ADDDATE|LIST_APPEND)\\s*\\([^()]*\x01");
  if (RE2::PartialMatch(one.value, kDecides) || merges_objects(one)) return false;
  std::string value = with_own_marked(one, targets);
  unwrap(value);
  return RE2::PartialMatch(value, kMore) || RE2::PartialMatch(value, kAdds);
}

// The update itself ends what its condition asks for: another column that it sets, the very value
// that the column had, or a row that it has not made yet.
bool ends_itself(std::string_view condition, const std::vector<Assignment>& more,
                 const std::vector<Assignment>& set) {
  static const RE2 kNone(R"((?is)NOT\s+EXISTS|NOT\s+IN\s*\(\s*SELECT)");
  if (RE2::PartialMatch(condition, kNone)) return true;
  const auto asks = [&](const Assignment& one, std::string_view how) {
    const RE2 asked(cat(R"((?i)(^|[^\w:@$]))", RE2::QuoteMeta(one.column), how));
    return RE2::PartialMatch(condition, asked);
  };
  return std::ranges::any_of(set, [&](const auto& one) { return asks(one, R"(([^\w]|$))"); }) ||
         std::ranges::any_of(more, [&](const auto& one) { return asks(one, R"(\s*=)"); });
}

// Of the assignments of one SET, those by which a column becomes more of itself.
bool adds_to_column(std::string_view statement, std::string_view& rest) {
  static const RE2 kAssignment(R"((?s)\s*(?:([\w${}]+)\s*\.\s*)*([\w${}]+)\s*([-+*/]?)=(.*))");
  const std::set<std::string> targets = targets_of(statement);
  std::vector<Assignment> more, set;
  for (const std::string& text : assignments_of(rest)) {
    Assignment one;
    std::string operation;
    if (!RE2::FullMatch(text, kAssignment, &one.owner, &one.column, &operation, &one.value))
      continue;
    one.owner = lower(one.owner);
    one.column = lower(one.column);
    (!operation.empty() || grows(one, targets) ? more : set).push_back(std::move(one));
  }
  const bool adds =
      std::ranges::any_of(more, [](const auto& one) { return !counts_writes(one.column); });
  static const RE2 kCondition(R"((?is)\bWHERE\b(.*))");
  std::string condition;
  return adds &&
         !(RE2::PartialMatch(rest, kCondition, &condition) && ends_itself(condition, more, set));
}

bool has_growing_update(std::string_view statement) {
  static const RE2 kSet(R"((?is)\bKEY\s+UPDATE\b|\bUPDATE\b.*?\bSET\b)");
  std::string_view rest = statement;
  while (take(rest, kSet))
    if (adds_to_column(statement, rest)) return true;
  return false;
}

// It says what is to be, or who may, and does nothing to rows.
bool is_definition(std::string_view statement) {
  static const RE2 kDefines(R"((?is)^\s*(CREATE|ALTER|DROP|GRANT|REVOKE|EXPLAIN|COMMENT|LOCK)\b)");
  return RE2::PartialMatch(statement, kDefines);
}

}  // namespace

bool sql_differs(std::string_view text) {
  const std::string plain = plain_sql(text);
  const bool is_minded = minds_rows_before(plain);
  return std::ranges::any_of(split(plain, ';'), [&](std::string_view statement) {
    if (is_definition(statement)) return false;
    return (has_insert(statement) && !is_minded && !minds_rows(statement)) ||
           has_growing_update(statement);
  });
}

bool fills_rows(std::string_view text) {
  static const RE2 kInsert(R"((?is)^\s*INSERT\s+INTO\b)");
  return RE2::PartialMatch(plain_sql(text), kInsert);
}

bool clears_rows(std::string_view text) {
  static const RE2 kRemoval(R"((?is)^\s*(?:DELETE\s+FROM|TRUNCATE)\b)");
  return RE2::PartialMatch(plain_sql(text), kRemoval);
}

bool clears_for(std::string_view removal, std::string_view insert) {
  static const RE2 kRemoval(
      R"((?is)^\s*(?:DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+([\w.${}]+)\s*(?:WHERE\s+([\w.]+)\s*(=|<|>|!|\w+).*)?;?\s*$)"),
      kInsert(R"((?is)^\s*INSERT\s+INTO\s+([\w.${}]+)\s*(?:\(([^)]*)\))?)");
  std::string emptied, column, how, filled, columns;
  if (!RE2::PartialMatch(plain_sql(removal), kRemoval, &emptied, &column, &how) ||
      !RE2::PartialMatch(plain_sql(insert), kInsert, &filled, &columns) ||
      last_name(emptied) != last_name(filled))
    return false;
  static const RE2 kNarrows(R"((?i)\bAND\b)");
  if (RE2::PartialMatch(plain_sql(removal), kNarrows)) return false;
  if (column.empty()) return true;
  const std::vector<std::string_view> set = split(columns, ',');
  return (how == "=" || lower(how) == "in") && std::ranges::any_of(set, [&](std::string_view one) {
           return last_name(trim(one)) == last_name(column);
         });
}

std::optional<InsertedRow> inserted_row(std::string_view text) {
  static const RE2 kInsert(
      R"((?is)^\s*INSERT\s+INTO\s+([\w.${}]+)\s*\(([^()]*)\)\s*VALUES\s*\((.*))");
  const std::string plain = plain_sql(text);
  std::string table, columns, rest;
  if (minds_rows(plain) || !RE2::PartialMatch(plain, kInsert, &table, &columns, &rest))
    return std::nullopt;
  InsertedRow row{.table = last_name(table)};
  for (const std::string_view column : split(columns, ','))
    row.columns.push_back(last_name(trim(column)));
  int depth = 0;
  std::string value;
  for (const char c : rest) {
    const bool ends = depth == 0 && (c == ',' || c == ')');
    if (ends) row.values.emplace_back(trim(value));
    if (ends && c == ')') break;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    value = ends ? std::string() : value + c;
  }
  return row.values.size() == row.columns.size() ? std::optional(std::move(row)) : std::nullopt;
}

bool passes_over_duplicates(std::string_view text) {
  static const RE2 kPasses(R"((?i)DO\s+NOTHING|INSERT\s+(OR\s+)?IGNORE|WHERE\s+NOT\s+EXISTS)");
  return RE2::PartialMatch(plain_sql(text), kPasses);
}

bool counts_writes(std::string_view column) {
  static const RE2 kCounts(R"((?i)attempt|retr(y|ies)|\btries|version|revision|^__v$|deliver)");
  return RE2::PartialMatch(column, kCounts);
}

}  // namespace fnlint
