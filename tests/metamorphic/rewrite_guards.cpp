#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <algorithm>
#include <array>

// What is done where a key begins with a text, or does not, is guarded by that. These take the
// guard away; they find no place where a project has several, or none.
namespace fnlint::test {
namespace {

constexpr std::array kTests{"startswith(",  "startsWith(", "StartsWith(",
                            "start_with?(", "HasPrefix(",  "starts_with("};

bool tests_a_prefix(const Source& source, TSNode condition) {
  const std::string_view text = source.of(condition);
  return std::ranges::any_of(kTests,
                             [&](std::string_view test) { return text.find(test) != text.npos; }) &&
         !contains(condition, {"boolean_operator", "binary", "binary_expression", "&&", "||"});
}

struct Guard {
  const Source* source = nullptr;
  Branch branch = {};
};

// The only one of the project.
std::optional<Guard> only_guard(const std::vector<Source>& sources) {
  std::optional<Guard> found;
  for (const Source& source : sources)
    for (const Branch& branch : branches_of(source)) {
      if (!tests_a_prefix(source, branch.condition)) continue;
      if (found) return std::nullopt;
      found = Guard{&source, branch};
    }
  return found;
}

std::optional<Rewritten> changed(const Guard& guard, const Edits& edits) {
  Rewritten out;
  put(out, guard.source->path, edits);
  if (out.is_empty()) return std::nullopt;
  return out;
}

bool leaves(TSNode body) {
  return contains(body, {"return_statement", "continue_statement", "return_expression", "return",
                         "continue_expression", "next"});
}

// Folders that something is written to: "small/" of `"small/" + key`.
bool is_folder(std::string_view text) {
  return text.size() > 1 && text.ends_with('/') && text.find(':') == text.npos &&
         text.front() != '/';
}

// Where a folder is written down that is neither tested nor taken off.
bool is_written_to(const Source& source, TSNode node) {
  if (!is(node, {"string_content", "string_fragment", "string_literal_content",
                 "interpreted_string_literal_content"}) ||
      !is_folder(source.of(node)))
    return false;
  const std::uint32_t begin = range_of(node).begin;
  const std::string_view line =
      source.text.substr(line_begin(source.text, begin),
                         line_end(source.text, begin) - line_begin(source.text, begin));
  return std::ranges::none_of(
             kTests, [&](std::string_view test) { return line.find(test) != line.npos; }) &&
         line.find("eplace") == line.npos && line.find("rim") == line.npos;
}

}  // namespace

std::optional<Rewritten> with_inverted_guards(const Files& files) {
  const std::vector<Source> sources = plain_sources_of(files);
  const std::optional<Guard> guard = only_guard(sources);
  if (!guard) return std::nullopt;
  Edits edits(guard->source->path, guard->source->text);
  edits.replace(range_of(guard->branch.condition),
                negated(*guard->source, guard->branch.condition));
  return changed(*guard, edits);
}

std::optional<Rewritten> with_late_guards(const Files& files) {
  const std::vector<Source> sources = plain_sources_of(files);
  const std::optional<Guard> guard = only_guard(sources);
  if (!guard || !leaves(guard->branch.body) || is_there(guard->branch.otherwise))
    return std::nullopt;
  const TSNode statement = statement_of(guard->branch.node);
  const std::vector<TSNode> all = named_children(ts_node_parent(statement));
  // What the function gives last is not for what follows it.
  if (ts_node_eq(all.back(), statement) || leaves(all.back())) return std::nullopt;
  Edits edits(guard->source->path, guard->source->text);
  const Range range = range_of(statement), last = range_of(all.back());
  const std::uint32_t begin = line_begin(guard->source->text, range.begin);
  const std::uint32_t end = line_end(guard->source->text, range.end);
  edits.insert(line_end(guard->source->text, last.end),
               Pieces{{.text = "\n"}, edits.copy({begin, end})});
  edits.replace({begin, end}, Pieces{});
  return changed(*guard, edits);
}

std::optional<Rewritten> with_prefixes_dropped(const Files& files) {
  const std::vector<Source> sources = plain_sources_of(files);
  Rewritten out;
  int places = 0;
  for (const Source& source : sources) {
    Edits edits(source.path, source.text);
    for_each_node(source.root(), [&](TSNode node) {
      if (!is_written_to(source, node)) return;
      ++places;
      edits.replace(range_of(node), std::string());
    });
    put(out, source.path, edits);
  }
  if (places != 1) return std::nullopt;
  return out;
}

}  // namespace fnlint::test
