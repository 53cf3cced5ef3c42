// Finds out which lines, blocks or resources another linter's comment covers, by that linter's own
// rules.

#include "app/suppressions/other_suppressions.h"

#include "app/configuration/other_marks.h"
#include "app/suppressions/code_comments.h"
#include "app/suppressions/suppression_comments.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/documents/document.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kMostMarks = 10'000;  // of one file: nobody writes more
constexpr std::uint32_t kTail = 100;        // lines of comments below an entry

// A file as far as marks are concerned.
struct MarkedText {
  std::string_view text = {};
  std::vector<Range> comments = {};
  std::vector<Range> nodes = {};      // by their begin, the widest first
  std::vector<Range> resources = {};  // blocks that marks inside of them speak of, in order
};

void sort_nodes(std::vector<Range>& nodes) {
  std::ranges::sort(nodes, [](const Range& a, const Range& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
}

// Nodes that are in no other one: the blocks of a Terraform file.
std::vector<Range> outermost(const std::vector<Range>& sorted) {
  std::vector<Range> found;
  for (const Range& node : sorted)
    if (found.empty() || node.begin >= found.back().end) found.push_back(node);
  return found;
}

// With the comments below an entry that are indented more than its key, and behind its last value.
Range with_tail(const Lines& lines, Range entry) {
  const auto end_of = [&lines](std::uint32_t line) {
    return lines.start(line) + static_cast<std::uint32_t>(lines.line(line).size());
  };
  const std::uint32_t first = lines.place(entry.begin).line, last = lines.place(entry.end).line;
  const std::size_t key = entry.begin - lines.start(first);
  std::uint32_t end = end_of(last);
  for (std::uint32_t line = last + 1; line <= std::min(lines.count(), last + kTail); ++line) {
    const std::string_view content = lines.line(line);
    const std::size_t indent = content.find_first_not_of(" \t");
    if (indent == std::string_view::npos) continue;
    if (indent <= key || content[indent] != '#') break;
    end = end_of(line);
  }
  return {entry.begin, std::max(entry.end, end)};
}

// The entries of maps that hold resources or functions.
std::vector<Range> resources_of(const Document& document, std::string_view text) {
  constexpr std::array<std::string_view, 2> kHolders{"Resources", "functions"};
  const Lines lines(text);
  std::vector<Range> found;
  for (const Node& node : document.nodes)
    for (const MapEntry& holder : document.entries_of(node)) {
      if (!is_one_of(kHolders, holder.key) || holder.merged) continue;
      for (const MapEntry& entry : document.entries_of(document[holder.value]))
        if (!entry.merged) found.push_back(with_tail(lines, range_of(document, entry)));
    }
  sort_nodes(found);
  return outermost(found);
}

MarkedText marked_lines(std::string_view text, LineSyntax syntax) {
  CommentedText lines = commented_lines(text, syntax == LineSyntax::HashAndSlashes);
  MarkedText out{.text = text, .comments = comments_of(lines), .nodes = std::move(lines.nodes)};
  sort_nodes(out.nodes);
  out.resources = outermost(out.nodes);
  return out;
}

MarkedText marked_document(std::string_view text, const Document& document) {
  CommentedText commented = commented_document(document, text);
  MarkedText out{
      .text = text, .comments = comments_of(commented), .nodes = std::move(commented.nodes)};
  sort_nodes(out.nodes);
  out.resources = resources_of(document, text);
  return out;
}

class MarkReader {
 public:
  MarkReader(FileId file, MarkedText marked, std::span<const Rule> rules, Day today)
      : file_(file), in_(std::move(marked)), rules_(rules), today_(today), lines_(in_.text) {}
  std::vector<Suppression> read() {
    for (const Range& comment : in_.comments) {
      if (found_.size() >= kMostMarks) break;
      for (const OtherMark& mark :
           marks_in(in_.text.substr(comment.begin, comment.end - comment.begin), today_))
        if (reach_of(mark) == MarkReach::End)
          end(mark, comment.begin);
        else
          add(mark, comment);
    }
    return std::move(found_);
  }

 private:
  struct Open {
    std::size_t row = 0;  // of `found_`
    OtherMark mark = {};
  };
  [[nodiscard]] Range line(std::uint32_t number) const {
    if (number > lines_.count()) return {};
    const std::uint32_t begin = lines_.start(number);
    return {begin, begin + static_cast<std::uint32_t>(lines_.line(number).size())};
  }
  [[nodiscard]] bool is_alone(Range comment) const {
    const std::uint32_t begin = line(lines_.place(comment.begin).line).begin;
    const std::uint32_t end = line(lines_.place(comment.end).line).end;
    return trim(in_.text.substr(begin, comment.begin - begin)).empty() &&
           (comment.end >= end || trim(in_.text.substr(comment.end, end - comment.end)).empty());
  }
  // Nothing but comments and the mark of a document's begin stand above it.
  [[nodiscard]] bool is_at_head(Range comment) const {
    const std::uint32_t last = lines_.place(comment.begin).line;
    for (std::uint32_t number = 1; number < last; ++number) {
      const std::string_view content = trim(lines_.line(number));
      if (!content.empty() && content != "---" && !content.starts_with('#') &&
          !content.starts_with("//"))
        return false;
    }
    return is_alone(comment);
  }
  [[nodiscard]] std::optional<SuppressionComment> covered(const OtherMark& mark,
                                                          Range comment) const;
  [[nodiscard]] std::optional<SuppressionComment> ranged(Range covers) const {
    if (covers == Range{}) return {};
    return SuppressionComment{.reach = SuppressionReach::NextNode, .covers = covers};
  }
  void add(const OtherMark& mark, Range comment);
  void end(const OtherMark& mark, std::uint32_t offset);

  FileId file_;
  MarkedText in_;
  std::span<const Rule> rules_;
  Day today_;
  Lines lines_;
  std::vector<Suppression> found_ = {};
  std::vector<Open> open_ = {};
};

// A range reaches what begins in it; a line also what ends on it.
std::optional<SuppressionComment> MarkReader::covered(const OtherMark& mark, Range comment) const {
  const std::uint32_t first = lines_.place(comment.begin).line;
  const std::uint32_t last = lines_.place(comment.end).line;
  switch (reach_of(mark)) {
    case MarkReach::Line: break;
    case MarkReach::LineAndNext: {
      const Range next = line(last + 1);
      return ranged({line(first).begin, next == Range{} ? line(last).end : next.end});
    }
    case MarkReach::NextLine: return ranged(line(last + 1));
    case MarkReach::Node: {
      if (!is_alone(comment)) break;
      if (in_.nodes.empty()) return ranged(line(last + 1));
      const auto next = std::ranges::lower_bound(in_.nodes, comment.end, {}, &Range::begin);
      return next == in_.nodes.end() ? std::nullopt : ranged(*next);
    }
    case MarkReach::Resource: {
      const auto after = std::ranges::upper_bound(in_.resources, comment.begin, {}, &Range::begin);
      const bool in_one = after != in_.resources.begin() && comment.begin <= (after - 1)->end;
      return in_one ? ranged(*(after - 1)) : std::nullopt;
    }
    case MarkReach::Head:
      if (!is_at_head(comment)) return {};
      [[fallthrough]];
    case MarkReach::File: return SuppressionComment{.reach = SuppressionReach::File};
    case MarkReach::Onward:
      return ranged({comment.begin, static_cast<std::uint32_t>(in_.text.size())});
    case MarkReach::End: return {};
  }
  return SuppressionComment{.reach = SuppressionReach::Line, .covers = line(first)};
}

// One for each rule, as a later mark may end one of them.
void MarkReader::add(const OtherMark& mark, Range comment) {
  std::vector<std::string> rules = rules_of(mark, rules_);
  const auto covers = rules.empty() ? std::nullopt : covered(mark, comment);
  if (!covers) return;
  for (std::string& rule : rules) {
    SuppressionComment row = *covers;
    row.rules = {std::move(rule)};
    row.reason = mark.words;
    row.where = comment;
    if (reach_of(mark) == MarkReach::Onward) open_.push_back({found_.size(), mark});
    found_.push_back({.file = file_, .comment = std::move(row), .of_other_tool = true});
  }
}

void MarkReader::end(const OtherMark& mark, std::uint32_t offset) {
  const std::vector<std::string> ended = rules_of(mark, rules_);
  std::erase_if(open_, [&](const Open& open) {
    SuppressionComment& row = found_[open.row].comment;
    if (!same_tool(open.mark, mark) || std::ranges::find(ended, row.rules[0]) == ended.end())
      return false;
    row.covers.end = offset;
    return true;
  });
}

}  // namespace

std::vector<Suppression> other_suppressions(FileId file, std::string_view path,
                                            std::string_view text, std::span<const Rule> rules,
                                            Day today) {
  const CommentSyntax code = comment_syntax_of(path);
  const LineSyntax lines = line_syntax_of(path);
  const bool is_document = code == CommentSyntax::None && lines == LineSyntax::None;
  const bool has_marks = has_mark_words(text);
  if (!has_marks && !(is_document && text.find("Metadata") != std::string_view::npos)) return {};
  std::vector<Suppression> found;
  MarkedText marked{.text = text};
  if (is_document) {
    const Document document = read_document(text);
    found = other_metadata(file, document, rules);
    if (has_marks) marked = marked_document(text, document);
  } else if (code != CommentSyntax::None) {
    marked.comments = comments_in(text, code);
  } else {
    marked = marked_lines(text, lines);
  }
  std::vector<Suppression> comments = MarkReader(file, std::move(marked), rules, today).read();
  std::ranges::move(comments, std::back_inserter(found));
  return found;
}

std::vector<Suppression> other_suppressions_of(const Findings& findings, const SourceFiles& files,
                                               std::span<const Rule> rules, Day today) {
  std::set<FileId> wanted;
  std::set<std::string_view> with_aliases;
  for (const Rule& rule : rules)
    if (!rule.aliases.empty()) with_aliases.insert(rule.id);
  for (const Finding& finding : findings) {
    if (!with_aliases.contains(finding.rule)) continue;
    if (finding.where.file.exists()) wanted.insert(finding.where.file);
    for (const PlacedText& step : finding.flow)
      if (step.where.file.exists()) wanted.insert(step.where.file);
  }
  std::vector<Suppression> found;
  for (const FileId file : wanted) {
    std::vector<Suppression> some =
        other_suppressions(file, files.path(file), files.text(file), rules, today);
    std::ranges::move(some, std::back_inserter(found));
  }
  return found;
}

}  // namespace fnlint
