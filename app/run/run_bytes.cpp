// Serialises a run field by field, with one description for writing and reading.

#include "app/run/run_bytes.h"

#include "tables/tables.h"

#include <algorithm>
#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>

namespace fnlint {

namespace {

// Numbers have seven bits a byte, the lowest first; texts and rows stand behind their number.
class Out {
 public:
  static constexpr bool kReads = false;
  void number(std::uint64_t& value) {
    std::uint64_t rest = value;
    for (; rest >= 0x80; rest >>= 7U) bytes_ += static_cast<char>(rest | 0x80U);
    bytes_ += static_cast<char>(rest);
  }
  void text(std::string& value) {
    std::uint64_t size = value.size();
    number(size);
    bytes_ += value;
  }
  // As this machine has it.
  void word(std::uint64_t& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_ = {};
};

// The reverse. Of bytes that end too early the rest is zeros, and it fails.
class In {
 public:
  static constexpr bool kReads = true;
  In(std::string_view bytes, const RuleRegistry& known) : rules(known), rest_(bytes) {}
  void number(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return;
    }
    fail();
  }
  void text(std::string& value) {
    const std::size_t size = count();
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  void word(std::uint64_t& value) {
    if (rest_.size() < sizeof value) return fail();
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
  }
  // Of rows or bytes, each of which takes a byte at least.
  std::size_t count() {
    std::uint64_t size = 0;
    number(size);
    if (size > rest_.size()) fail();
    return failed_ ? 0 : static_cast<std::size_t>(size);
  }
  void fail() {
    failed_ = true;
    rest_ = {};
  }
  [[nodiscard]] bool is_whole() const { return !failed_ && rest_.empty(); }
  [[nodiscard]] bool has_failed() const { return failed_; }

  std::size_t files = 0;  // that places may lie in
  const RuleRegistry& rules;

 private:
  std::string_view rest_;
  bool failed_ = false;
};

template <class Io, class... Parts>
void all(Io& io, Parts&... parts) {
  (pass(io, parts), ...);
}

template <class Io, class T>
  requires(std::integral<T> || std::is_enum_v<T>)
void pass(Io& io, T& value) {
  auto number = static_cast<std::uint64_t>(value);
  io.number(number);
  if constexpr (Io::kReads) value = static_cast<T>(number);
}

template <class Io>
void pass(Io& io, std::string& text) {
  io.text(text);
}

template <class Io>
void pass(Io& io, FileId& file) {
  std::uint64_t number = file.exists() ? std::uint64_t{file.index} + 1 : 0;
  io.number(number);
  if constexpr (Io::kReads) {
    if (number > io.files) return io.fail();
    file = number == 0 ? FileId{} : FileId{static_cast<std::uint32_t>(number - 1)};
  }
}

template <class Io, class First, class Second>
void pass(Io& io, std::pair<First, Second>& pair) {
  all(io, pair.first, pair.second);
}

template <class Io, class Row>
void pass(Io& io, std::optional<Row>& row) {
  bool is_there = row.has_value();
  pass(io, is_there);
  if constexpr (Io::kReads)
    if (is_there) row.emplace();
  if (row) pass(io, *row);
}

template <class Io, class Row>
void pass(Io& io, std::vector<Row>& rows) {
  if constexpr (Io::kReads) {
    for (std::size_t left = io.count(); left > 0 && !io.has_failed(); --left)
      pass(io, rows.emplace_back());
  } else {
    std::uint64_t size = rows.size();
    io.number(size);
    for (Row& row : rows) pass(io, row);
  }
}

template <class Io, class Row, class Less>
void pass(Io& io, std::set<Row, Less>& rows) {
  std::vector<Row> listed(rows.begin(), rows.end());
  pass(io, listed);
  if constexpr (Io::kReads) rows.insert(listed.begin(), listed.end());
}

// A structure lists all of its fields here: with a new one it no longer compiles.
template <class Io>
void pass(Io& io, Digest& row) {
  auto& [high, low] = row;
  io.word(high);
  io.word(low);
}
template <class Io>
void pass(Io& io, Question& row) {
  auto& [about, path, from, bytes, answer, by] = row;
  all(io, about, path, from, bytes, answer, by.bits());
}
template <class Io>
void pass(Io& io, Range& row) {
  auto& [begin, end] = row;
  all(io, begin, end);
}
template <class Io>
void pass(Io& io, Span& row) {
  auto& [file, range] = row;
  all(io, file, range);
}
template <class Io>
void pass(Io& io, PlacedText& row) {
  auto& [where, message] = row;
  all(io, where, message);
}
template <class Io>
void pass(Io& io, TextEdit& row) {
  auto& [where, text] = row;
  all(io, where, text);
}
template <class Io>
void pass(Io& io, FixStep& row) {
  auto& [where, key, replaces, by] = row;
  all(io, where, key, replaces, by);
}
template <class Io>
void pass(Io& io, Fix& row) {
  auto& [title, safety, steps, edits] = row;
  all(io, title, safety, steps, edits);
}
template <class Io>
void pass(Io& io, Cause& row) {
  auto& [key, subject, apart, also] = row;
  all(io, key, subject, apart, also);
}
// A rule's id is the table's own.
template <class Io>
void pass_rule(Io& io, std::string_view& id) {
  std::string text(id);
  pass(io, text);
  if constexpr (Io::kReads) {
    const Rule* const rule = io.rules.find(text);
    if (rule == nullptr) return io.fail();
    id = rule->id;
  }
}
template <class Io>
void pass(Io& io, Finding& row) {
  auto& [rule, confidence, severity, message, where, function, declared, related, flow, about,
         identity, cause, fixes, remedy] = row;
  pass_rule(io, rule);
  all(io, confidence, severity, message, where, function, declared, related, flow, about, identity,
      cause, fixes, remedy);
}
template <class Io>
void pass(Io& io, SuppressionComment& row) {
  auto& [reach, rules, reason, where, covers] = row;
  all(io, reach, rules, reason, where, covers);
}
template <class Io>
void pass(Io& io, Suppression& row) {
  auto& [file, comment, of_other_tool] = row;
  all(io, file, comment, of_other_tool);
}
template <class Io>
void pass(Io& io, LocatedProblem& row) {
  auto& [where, message] = row;
  all(io, where, message);
}
template <class Io>
void pass(Io& io, Unresolved& row) {
  auto& [kind, reason, function, where] = row;
  all(io, kind, reason, function, where);
}
template <class Io>
void pass(Io& io, GraphNode& row) {
  auto& [name, kind, path, line, level, findings] = row;
  all(io, name, kind, path, line, level, findings);
}
template <class Io>
void pass(Io& io, GraphEdge& row) {
  auto& [from, to, kind, label, path, line, in_loop] = row;
  all(io, from, to, kind, label, path, line, in_loop);
}
template <class Io>
void pass(Io& io, GraphPicture& row) {
  auto& [title, base, nodes, edges] = row;
  all(io, title, base, nodes, edges);
  if constexpr (Io::kReads)
    for (const GraphEdge& edge : edges)
      if (std::max(edge.from, edge.to) >= nodes.size()) io.fail();
}
template <class Io>
void pass(Io& io, InitRow& row) {
  auto& [name, use, ms, mb, where, chain] = row;
  all(io, name, use, ms, mb, where, chain);
}
template <class Io>
void pass(Io& io, InitPicture& row) {
  auto& [function, unknown, rows, sdks, work, total, budget, others, unused, advice] = row;
  all(io, function, unknown, rows, sdks, work, total, budget, others, unused, advice);
}
template <class Io>
void pass(Io& io, PackagePart& row) {
  auto& [path, bytes, words] = row;
  all(io, path, bytes, words);
}
template <class Io>
void pass(Io& io, PackagePicture& row) {
  auto& [users, layer, unknown, bytes, estimated, parts, planned, unneeded, dependencies] = row;
  all(io, users, layer, unknown, bytes, estimated, parts, planned, unneeded, dependencies);
}
template <class Io>
void pass(Io& io, Pictures& row) {
  auto& [graph, inits, packages, package_limit] = row;
  all(io, graph, inits, packages, package_limit);
}

// A file of the run: its text is what one of the questions was answered with, or stands here, or is
// not known.
struct KeptFile {
  std::string path = {};
  std::uint64_t answer = 0;  // the question, from 1
  std::optional<std::string> text = {};
};
template <class Io>
void pass(Io& io, KeptFile& row) {
  auto& [path, answer, text] = row;
  all(io, path, answer, text);
}

// What the run says of its files, which come first.
template <class Io>
void pass(Io& io, Run& run) {
  auto& [files, folders, looked_at, templates, functions, handlers_of_code, unread, partly,
         unread_in, not_read, open, handlers, broken, findings, suppressions, problems, unresolved,
         parameters, takes_any_parameter, pictures, timings, cancelled] = run;
  all(io, folders, looked_at, templates, functions, handlers_of_code, unread, partly, unread_in,
      not_read, open, handlers, broken, findings, suppressions, problems, unresolved, parameters,
      takes_any_parameter, pictures);
}

std::vector<KeptFile> kept_files(const KeptRun& kept) {
  std::map<std::string_view, std::size_t> reads;  // questions, from 1, by path
  for (std::size_t i = 0; i < kept.questions.size(); ++i)
    if (kept.questions[i].about == Question::About::Read)
      reads.emplace(kept.questions[i].path, i + 1);
  const SourceFiles& files = kept.run.files;
  std::vector<KeptFile> rows(files.size());
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    KeptFile& row = rows[i];
    row.path = files.path(FileId{i});
    if (!files.find_read(row.path).exists()) continue;
    const std::string& text = files.text(FileId{i});
    const auto read = reads.find(row.path);
    if (read != reads.end() && kept.questions[read->second - 1].answer == digest_of(text))
      row.answer = read->second;
    else
      row.text = text;
  }
  return rows;
}

// The files with their texts, of which all questions are asked; false: an answer is another one.
bool find_again(std::vector<KeptFile>& rows, const AskAgain& ask, KeptRun& kept) {
  std::vector<KeptFile*> wanted(kept.questions.size());
  for (KeptFile& row : rows) {
    if (row.answer == 0) continue;
    if (row.answer > wanted.size()) return false;
    row.text.emplace();
    wanted[row.answer - 1] = &row;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!ask(kept.questions[i], wanted[i] == nullptr ? nullptr : &*wanted[i]->text)) return false;
  for (KeptFile& row : rows) {
    if (row.text)
      kept.run.files.add(std::move(row.path), std::move(*row.text));
    else
      kept.run.files.place(std::move(row.path));
  }
  return true;
}

}  // namespace

std::string bytes_of(KeptRun& kept) {
  Out out;
  std::vector<KeptFile> files = kept_files(kept);
  all(out, kept.questions, files, kept.run);
  return std::move(out.bytes());
}

std::optional<KeptRun> kept_run(std::string_view bytes, const RuleRegistry& rules,
                                const AskAgain& ask) {
  In in(bytes, rules);
  KeptRun kept;
  std::vector<KeptFile> files;
  all(in, kept.questions, files);
  in.files = files.size();
  pass(in, kept.run);
  if (!in.is_whole() || !find_again(files, ask, kept)) return std::nullopt;
  return kept;
}

}  // namespace fnlint
