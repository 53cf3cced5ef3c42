// Finds CREATE TABLE, CREATE INDEX and ALTER TABLE in texts, and reads their keys without a parser
// of any one database.

#include "link/resolve/unique_keys.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"
#include "tables/models.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kFilesOfSql = 2000;

// Without comments, and names bare.
std::string bare_sql(std::string_view text) {
  static const RE2 kComment(R"((?s)--[^\n]*|/\*.*?\*/)"), kQuoted(R"(\\?["`\[](\w+)\\?["`\]])");
  std::string plain(text);
  RE2::GlobalReplace(&plain, kComment, " ");
  RE2::GlobalReplace(&plain, kQuoted, "\\1");
  return plain;
}

std::string name_in(std::string_view name) {
  return lower(name.substr(name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1));
}

// Up to the parenthesis that closes what is open; nothing: none does.
std::string_view closed(std::string_view text) {
  int depth = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return text.substr(0, i);
  }
  return {};
}

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size()) depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
    if (i < list.size() && (list[i] != ',' || depth != 0)) continue;
    parts.push_back(trim(list.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

// "(a, b DESC)"; a column by an expression is none that is known.
void add_key(std::string_view table, std::string_view columns, std::vector<UniqueKey>& keys) {
  static const RE2 kColumn(R"((?i)^(\w+)(?:\s*\(\d+\))?(?:\s+(?:ASC|DESC))?$)");
  UniqueKey key{.table = name_in(table)};
  for (const std::string_view part : parts_of(columns)) {
    std::string column;
    if (!RE2::FullMatch(part, kColumn, &column)) return;
    key.columns.push_back(lower(column));
  }
  if (!key.columns.empty()) keys.push_back(std::move(key));
}

void add_definition(std::string_view table, std::string_view part, std::vector<UniqueKey>& keys) {
  static const RE2 kOfTable(
      R"((?is)^(?:CONSTRAINT\s+\S+\s+)?(?:PRIMARY\s+KEY|UNIQUE)(?:\s+(?:KEY|INDEX))?(?:\s+\w+)?\s*\(([^()]*(?:\(\d+\)[^()]*)*)\))"),
      kOther(R"((?i)^(CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK|KEY|INDEX|EXCLUDE|LIKE|PERIOD)\b)"),
      kOfColumn(R"((?is)^(\w+)\s+\S.*\b(?:PRIMARY\s+KEY|UNIQUE)\b)");
  std::string columns;
  if (RE2::PartialMatch(part, kOfTable, &columns))
    add_key(table, columns, keys);
  else if (!RE2::PartialMatch(part, kOther) && RE2::PartialMatch(part, kOfColumn, &columns))
    add_key(table, columns, keys);
}

bool inserts_rows(const Project& project) {
  return std::ranges::any_of(project.functions, [](const LambdaFunction& function) {
    return std::ranges::any_of(function.effects, [](const Effect& effect) {
      const Operation& operation = operations()[effect.operation];
      return operation.repeat == Repeat::BySql && !operation.inserts.empty();
    });
  });
}

}  // namespace

std::vector<UniqueKey> unique_keys_in(std::string_view text) {
  static const RE2 kTable(R"((?i)\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w.${}]+)\s*\()"),
      kIndex(
          R"((?is)\bCREATE\s+UNIQUE\s+INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:[\w.]+\s+)?ON\s+(?:ONLY\s+)?([\w.${}]+)\s*(?:USING\s+\w+\s*)?\(([^()]*)\)\s*(WHERE\b)?)"),
      kAltered(
          R"((?is)\bALTER\s+TABLE\s+(?:ONLY\s+)?(?:IF\s+EXISTS\s+)?([\w.${}]+)\s+ADD\s+(?:CONSTRAINT\s+\w+\s+)?(?:PRIMARY\s+KEY|UNIQUE)(?:\s+(?:KEY|INDEX))?(?:\s+\w+)?\s*\(([^()]*)\))");
  std::vector<UniqueKey> keys;
  const std::string plain = bare_sql(text);
  std::string table, columns, condition;
  re2::StringPiece rest(plain);
  while (RE2::FindAndConsume(&rest, kTable, &table))
    for (const std::string_view part : parts_of(closed({rest.data(), rest.size()})))
      add_definition(table, part, keys);
  rest = plain;
  while (RE2::FindAndConsume(&rest, kIndex, &table, &columns, &condition))
    if (condition.empty()) add_key(table, columns, keys);
  rest = plain;
  while (RE2::FindAndConsume(&rest, kAltered, &table, &columns)) add_key(table, columns, keys);
  return keys;
}

std::vector<UniqueKey> unique_keys(const FileSystem& files, const Project& project) {
  if (!inserts_rows(project)) return {};
  static const RE2 kDefines(
      R"((?i)\bCREATE\s+(?:UNIQUE\s+INDEX|TABLE)\b|\bADD\s+(?:CONSTRAINT|PRIMARY|UNIQUE)\b)");
  std::vector<UniqueKey> keys;
  std::vector<std::string> all = files_below(files, "", known::endings_that_may_hold_sql(), is_of_tests);
  all.resize(std::min(all.size(), kFilesOfSql));
  for (const std::string& file : all) {
    const Result<std::string> text = files.read(file, kSourceBytes);
    if (!text || !RE2::PartialMatch(text.value(), kDefines)) continue;
    for (UniqueKey& key : unique_keys_in(text.value())) keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace fnlint
