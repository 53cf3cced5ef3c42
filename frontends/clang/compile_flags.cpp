// A list of options that are kept (include folders, macros, language modes), with their paths
// checked against the root. Everything else is dropped.

#include "frontends/clang/compile_flags.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kArguments = 4096, kArgumentBytes = 4096, kWords = 1U << 16U;

// Options that take a path, glued or as the next argument.
constexpr std::string_view kFolderOptions[] = {"-I", "-isystem", "-iquote", "-idirafter"};

// Options whose argument is the next word, and says nothing of what the sources mean.
constexpr std::string_view kTakesNext[] = {"-o",
                                           "-MF",
                                           "-MT",
                                           "-MQ",
                                           "-MJ",
                                           "-Xclang",
                                           "-Xlinker",
                                           "-Xassembler",
                                           "-Xpreprocessor",
                                           "-arch",
                                           "-target",
                                           "-B",
                                           "-isysroot",
                                           "--sysroot",
                                           "-imacros",
                                           "-iprefix",
                                           "-include-pch",
                                           "-iwithprefix",
                                           "-L",
                                           "-l",
                                           "-T",
                                           "-u",
                                           "-z",
                                           "-x",
                                           "-mllvm",
                                           "-aux-info",
                                           "-dumpdir",
                                           "-wrapper",
                                           "-specs",
                                           "--param",
                                           "-Xcuda-ptxas",
                                           "-iframework",
                                           "-F",
                                           "-framework",
                                           "-working-directory",
                                           "-iwithprefixbefore",
                                           "-ivfsoverlay",
                                           "-fplugin-arg",
                                           "-load",
                                           "--gcc-toolchain"};

// Of the language: what they change, the sources see.
constexpr std::string_view kLanguage[] = {"-fexceptions",
                                          "-fno-exceptions",
                                          "-frtti",
                                          "-fno-rtti",
                                          "-fchar8_t",
                                          "-fno-char8_t",
                                          "-fsigned-char",
                                          "-funsigned-char",
                                          "-fcoroutines",
                                          "-fconcepts",
                                          "-fno-operator-names",
                                          "-fpermissive",
                                          "-fms-extensions",
                                          "-fno-threadsafe-statics",
                                          "-fopenmp"};

constexpr std::string_view kStandards[] = {"98", "03", "0x", "11", "1y", "14", "1z",
                                           "17", "2a", "20", "2b", "23", "2c", "26"};

template <class Rows>
bool holds(const Rows& rows, std::string_view text) {
  return std::find(std::begin(rows), std::end(rows), text) != std::end(rows);
}

bool is_standard(std::string_view value) {
  if (!value.starts_with("c++") && !value.starts_with("gnu++")) return false;
  return holds(kStandards, value.substr(value.find("++") + 2));
}

// NAME, NAME=value, NAME(x)=value.
bool is_macro(std::string_view text) {
  const auto is_letter = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !text.empty() && is_letter(text[0]) && text.find('\n') == std::string_view::npos;
}

}  // namespace

std::string plain_path(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return {};
    } else {
      parts.pop_back();
    }
  }
  std::string out;
  for (const std::string_view part : parts) out += cat('/', part);
  return out.empty() ? "/" : out;
}

std::string path_from(std::string_view folder, std::string_view path) {
  return plain_path(path.starts_with('/') ? std::string(path) : cat(folder, '/', path));
}

bool is_inside(std::string_view path, std::string_view root) {
  return path.starts_with(root) &&
         (path.size() == root.size() || root.ends_with('/') || path[root.size()] == '/');
}

std::vector<std::string> safe_compile_flags(const std::vector<std::string>& arguments,
                                            std::string_view folder, std::string_view root) {
  std::vector<std::string> kept;
  const std::size_t count = std::min(arguments.size(), kArguments);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& word = arguments[i];
    if (word == "--") break;
    if (word.size() < 2 || word[0] != '-' || word.size() > kArgumentBytes ||
        word.find('\0') != std::string::npos)
      continue;
    if (holds(kTakesNext, word)) {
      ++i;
      continue;
    }
    // The value of an option, glued to it or the next word.
    const auto value_of = [&](std::string_view option) {
      if (word.size() > option.size()) return word.substr(option.size());
      return ++i < count ? arguments[i] : std::string();
    };
    if (word.starts_with("-D") || word.starts_with("-U")) {
      const std::string macro = value_of("-D");
      if (is_macro(macro) && macro.size() <= kArgumentBytes)
        kept.push_back(cat(word.substr(0, 2), macro));
    } else if (word == "-include" || word == "--include") {
      const std::string file = path_from(folder, value_of(word));
      if (is_inside(file, root)) kept.insert(kept.end(), {"-include", file});
    } else if (word.starts_with("-std=")) {
      if (is_standard(std::string_view(word).substr(5))) kept.push_back(word);
    } else if (holds(kLanguage, word)) {
      kept.push_back(word);
    } else {
      for (const std::string_view option : kFolderOptions) {
        if (!word.starts_with(option)) continue;
        const std::string value = value_of(option);
        const std::string path = path_from(folder, value);
        if (!value.empty() && is_inside(path, root))
          kept.insert(kept.end(), {std::string(option), path});
        break;
      }
    }
  }
  return kept;
}

std::vector<std::string> command_words(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool is_open = false;
  char quote = 0;
  for (std::size_t at = 0; at < command.size() && words.size() < kWords; ++at) {
    const char letter = command[at];
    const bool is_escape = letter == '\\' && quote != '\'' && at + 1 < command.size();
    if (is_escape) {
      const char next = command[++at];
      const bool stays = quote == '"' && next != '"' && next != '\\' && next != '$' && next != '`';
      if (stays) word += '\\';
      if (next != '\n') word += next;
      is_open = true;
    } else if (quote != 0) {
      if (letter == quote)
        quote = 0;
      else
        word += letter;
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
      is_open = true;
    } else if (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r') {
      if (is_open) words.push_back(std::move(word));
      word.clear();
      is_open = false;
    } else {
      word += letter;
      is_open = true;
    }
  }
  if (is_open) words.push_back(std::move(word));
  return words;
}

}  // namespace fnlint
