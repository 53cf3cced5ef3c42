// Changes around the code: line ends, comments, blanks, unrelated files and functions.

#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

namespace fnlint::test {
namespace {

bool is_template(std::string_view path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

// Texts in which a line's end is no more than that.
bool is_of_lines(std::string_view path) {
  return !comment_of(path).empty() || path.ends_with(".json");
}

// Blanks are a part of what is inside of texts, and of block scalars.
bool ends_in_a_text(const Source* source, std::uint32_t at) {
  return source != nullptr && has_long_text(*source, {at, at + 1});
}

void add_blanks(const std::string& path, std::string_view text, const Source* source,
                Rewritten& out) {
  Edits edits(path, text);
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1)) {
    const auto at = static_cast<std::uint32_t>(end);
    if (at == 0 || text[line_begin(text, at)] == '#' || text[at - 1] == '\\' ||
        text[at - 1] == '\r' || ends_in_a_text(source, at))
      continue;
    edits.insert(at, "  ");
  }
  put(out, path, edits);
}

bool has_block_scalars(std::string_view text) {
  for (const std::string_view mark : {"|\n", ">\n", "|-\n", ">-\n", "|+\n", ">+\n"})
    if (text.find(mark) != text.npos) return true;
  return false;
}

std::optional<Rewritten> unless_empty(Rewritten out) {
  if (out.is_empty()) return std::nullopt;
  return out;
}

// The folder of the project's only template, and its text, with a line "Resources:" of its own.
const std::pair<const std::string, std::string>* only_template(const Files& files) {
  const std::pair<const std::string, std::string>* found = nullptr;
  for (const auto& file : files) {
    if (!is_template(file.first) ||
        cat("\n", file.second).find("\nResources:\n") == std::string::npos)
      continue;
    if (found != nullptr) return nullptr;
    found = &file;
  }
  return found;
}

// It lacks nothing that rules wish for.
constexpr std::string_view kUnrelated =
    "  UnrelatedToTheRest:\n"
    "    Type: AWS::Lambda::Function\n"
    "    Properties:\n"
    "      Runtime: python3.13\n"
    "      Architectures: [arm64]\n"
    "      MemorySize: 256\n"
    "      ReservedConcurrentExecutions: 5\n"
    "      TracingConfig: {Mode: Active}\n"
    "      LoggingConfig: {LogGroup: unrelated}\n"
    "      Layers: [arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension-Arm64:20]\n"
    "      Handler: unrelated.handler\n"
    "      Timeout: 10\n"
    "      Role: arn:aws:iam::111122223333:role/unrelated\n"
    "      Code: unrelated-to-the-rest\n";

}  // namespace

std::optional<Rewritten> with_windows_lines(const Files& files) {
  Rewritten out;
  for (const auto& [path, text] : files) {
    if (path.ends_with(".map")) return std::nullopt;
    if (!is_of_lines(path) || text.find('\r') != text.npos) continue;
    Edits edits(path, text);
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1))
      edits.insert(static_cast<std::uint32_t>(end), "\r");
    put(out, path, edits);
  }
  return unless_empty(std::move(out));
}

std::optional<Rewritten> with_a_comment_on_top(const Files& files) {
  Rewritten out;
  for (const auto& [path, text] : files) {
    if (path.ends_with(".map")) return std::nullopt;
    if (comment_of(path).empty() || text.starts_with("#!")) continue;
    Edits edits(path, text);
    edits.insert(0, cat(comment_of(path), "What this file holds is said in the README.\n"));
    put(out, path, edits);
  }
  return unless_empty(std::move(out));
}

std::optional<Rewritten> with_trailing_blanks(const Files& files) {
  Rewritten out;
  for (const auto& [path, text] : files)
    if (is_template(path) && !has_block_scalars(text)) add_blanks(path, text, nullptr, out);
  for (const Source& source : sources_of(files)) add_blanks(source.path, source.text, &source, out);
  return unless_empty(std::move(out));
}

std::optional<Rewritten> with_unrelated_files(const Files& files) {
  Rewritten out;
  const Files unrelated{
      {"NOTES.md", "# Notes\n\nNothing that the program reads.\n"},
      {"scripts-of-others/count.py", "def count(items):\n    return len(items)\n"},
      {"scripts-of-others/count.rb", "def count(items)\n  items.length\nend\n"},
      {"scripts-of-others/count.go",
       "package count\n\nfunc Of(items []string) int {\n\treturn len(items)\n}\n"}};
  for (const auto& [path, text] : unrelated) {
    if (files.contains(path)) return std::nullopt;
    out.put(path, text);
  }
  return out;
}

std::optional<Rewritten> with_an_unrelated_function(const Files& files) {
  const auto* file = only_template(files);
  if (file == nullptr) return std::nullopt;
  const auto& [path, text] = *file;
  Edits edits(path, text);
  edits.insert(static_cast<std::uint32_t>(cat("\n", text).find("\nResources:\n") + 11),
               std::string(kUnrelated));
  Rewritten out;
  put(out, path, edits);
  const std::string folder = path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
  out.put(cat(folder, "unrelated-to-the-rest/unrelated.py"),
          "def handler(event, context):\n    return {\"words\": len(event[\"words\"])}\n");
  return out;
}

}  // namespace fnlint::test
