// How long functions may be, and how many parameters they may have. Those that had more when this
// was first asked stand in limits.txt, which only shrinks: a row names what is still over a limit,
// and what it names may not grow.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::limits_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;
constexpr std::size_t kLines = 60, kParameters = 6;

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Blanks in place of comments, texts and what the preprocessor reads; lines stay.
std::string bare(std::string_view text) {
  std::string out(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, out.size()); ++i)
      if (out[i] != '\n') out[i] = ' ';
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i;
    const bool begins_line =
        text.find_last_not_of(' ', i == 0 ? 0 : i - 1) == std::string_view::npos || i == 0 ||
        text[text.find_last_not_of(' ', i - 1)] == '\n';
    if (text.substr(i, 2) == "//" || (text[i] == '#' && begins_line)) {
      end = text.find('\n', i);
      while (text[i] == '#' && end != text.npos && text[end - 1] == '\\')
        end = text.find('\n', end + 1);
    } else if (text.substr(i, 2) == "/*") {
      end = text.find("*/", i + 2);
      if (end != text.npos) end += 2;
    } else if (text.substr(i, 2) == "R\"") {
      const std::size_t open = text.find('(', i);
      const std::string close = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
      end = text.find(close, open);
      if (end != text.npos) end += close.size();
    } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !is_name(text[i - 1])))) {
      end = i + 1;
      while (end < text.size() && text[end] != text[i]) end += text[end] == '\\' ? 2 : 1;
      ++end;
    }
    if (end == i) continue;
    end = std::min(end, text.size());
    blank(i, end);
    if (end > i) i = end - 1;
  }
  return out;
}

struct Function {
  std::string name = {};
  std::size_t lines = 0, parameters = 0;
};

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_name(text[at - 1])) &&
        (at + word.size() == text.size() || !is_name(text[at + word.size()])))
      return true;
  return false;
}

// The end of what is opened at `at`, behind its bracket.
std::size_t closed(std::string_view text, std::size_t at) {
  const char open = text[at], close = open == '(' ? ')' : '}';
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == open) ++depth;
    if (text[at] == close && --depth == 0) return at + 1;
  }
  return text.size();
}

// Where the parameters begin of a function whose head this is; none: it is no function's.
std::size_t parameters_of(std::string_view head) {
  int angles = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++angles;
    if (head[i] == '>' && angles > 0 && head[i - 1] != '-') --angles;
    if (head[i] == '=' && angles == 0) return head.npos;
    if (head[i] != '(' || angles != 0) continue;
    const std::string_view before = head.substr(0, head.find_last_not_of(' ', i - 1) + 1);
    if (before.ends_with("operator")) continue;  // operator()
    if (before.ends_with("requires") || before.ends_with("decltype") || before.ends_with("alignas"))
      i = closed(head, i) - 1;
    else
      return i;
  }
  return head.npos;
}

std::size_t count_parameters(std::string_view text) {
  if (text.find_first_not_of(" \n") == text.npos) return 0;
  std::size_t count = 1;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) ++count;
  }
  return count;
}

std::string name_before(std::string_view head, std::size_t at) {
  std::size_t end = head.find_last_not_of(" \n", at == 0 ? 0 : at - 1) + 1, begin = end;
  while (begin > 0 &&
         (is_name(head[begin - 1]) || head[begin - 1] == ':' || head[begin - 1] == '~'))
    --begin;
  return std::string(head.substr(begin, end - begin));
}

// The functions of a source, those inside of others (lambdas, local types) as a part of them.
std::vector<Function> functions_of(const std::string& source) {
  const std::string text = bare(source);
  std::vector<Function> found;
  std::size_t from = 0;  // of what comes before the next brace
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';' || text[i] == '}') from = i + 1;
    if (text[i] == '(') i = closed(text, i) - 1;
    if (text[i] != '{') continue;
    std::string_view head = std::string_view(text).substr(from, i - from);
    for (const char* const word : {"public:", "private:", "protected:"})
      if (const std::size_t at = head.rfind(word); at != head.npos)
        head = head.substr(at + std::string_view(word).size());
    const std::size_t open = parameters_of(head);
    const bool is_type = open == head.npos && (has_word(head, "class") ||
                                               has_word(head, "struct") || has_word(head, "union"));
    if (has_word(head, "namespace") || is_type) {
      from = i + 1;
      continue;
    }
    const std::size_t end = closed(text, i);
    if (open == head.npos) {  // the value of something, an enumeration
      i = end - 1;
      continue;
    }
    const std::size_t behind = closed(head, open);
    const std::size_t last = head.find_last_not_of(" \n");
    // `: name_{value}, other_(value) {`: the first brace is a member's.
    const std::string_view rest = head.substr(behind);
    const std::size_t colon = rest.find(':');
    const bool initialises =
        colon != rest.npos && rest.substr(colon, 2) != "::" && is_name(head[last]);
    if (initialises) {
      i = end - 1;
      continue;
    }
    Function row;
    row.name = name_before(head, open);
    row.parameters = count_parameters(head.substr(open + 1, behind - open - 2));
    const std::size_t first = head.find_first_not_of(" \n");
    const std::string_view whole = std::string_view(text).substr(
        static_cast<std::size_t>(head.data() - text.data()) + first,
        end - static_cast<std::size_t>(head.data() - text.data()) - first);
    row.lines = static_cast<std::size_t>(std::ranges::count(whole, '\n')) + 1;
    found.push_back(row);
    i = end - 1;
    from = end;
  }
  return found;
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// "FILE FUNCTION lines" to how many; of functions of one name the largest.
std::map<std::string, std::size_t> over_limits() {
  std::map<std::string, std::size_t> over;
  for (const char* folder : {"app", "checks", "core", "deploy", "flow", "frontends", "link",
                             "model", "policies", "report", "tables", "values"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      const std::string file = fs::relative(entry.path(), kRoot).generic_string();
      for (const Function& row : functions_of(text_of(entry.path()))) {
        const auto note = [&](std::string_view what, std::size_t count, std::size_t most) {
          std::size_t& known = over[file + ' ' + row.name + ' ' + std::string(what)];
          known = std::max(known, count > most ? count : 0);
        };
        note("lines", row.lines, kLines);
        note("parameters", row.parameters, kParameters);
      }
    }
  std::erase_if(over, [](const auto& row) { return row.second == 0; });
  return over;
}

TEST(Limits, FunctionsAreReadAsTheyStand) {
  const std::vector<Function> found = functions_of(R"x(namespace a { namespace {
// void none() {
struct Row { int a = {}; Row(int b, std::map<int, int> c) : a{b}, d_(c) {} };
constexpr std::array kRows{Row{1, {}}};
const char* kText = R"(void text() { )";
template <class T>
bool compare(const T& a,
             const T& b) {
  return [&](int c, int d) {
    return c == d && a == '}';
  }(a, b);
}
}  // namespace
void Row::set() const { if (a) { b(); } }
enum class Word { A, B };
}
)x");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].name, "Row");
  EXPECT_EQ(found[0].parameters, 2U);
  EXPECT_EQ(found[1].name, "compare");
  EXPECT_EQ(found[1].lines, 7U);
  EXPECT_EQ(found[2].name, "Row::set");
  EXPECT_EQ(found[2].parameters, 0U);
}

TEST(Limits, OnlyListedFunctionsAreLongerOrTakeMore) {
  std::map<std::string, std::size_t> listed;
  std::ifstream stream(kRoot / "tests/house/limits.txt");
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t blank = line.rfind(' ');
    listed[line.substr(0, blank)] = std::stoul(line.substr(blank + 1));
  }
  const std::map<std::string, std::size_t> over = over_limits();
  for (const auto& [name, count] : over) {
    const auto row = listed.find(name);
    EXPECT_TRUE(row != listed.end() && count <= row->second)
        << name << ' ' << count << ": at most " << kLines << " lines and " << kParameters
        << " parameters, or, in limits.txt, no more than there";
  }
  for (const auto& [name, count] : listed)
    EXPECT_TRUE(over.contains(name))
        << name << ' ' << count << " is over no limit: take out its row";
}

}  // namespace
}  // namespace fnlint::limits_test
