// Splits names and texts into words of one spelling, and searches these by substring.

#include "link/code/code_words.h"

#include "core/characters.h"
#include "model/package.h"
#include "tables/packages.h"
#include "tables/permissions.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

constexpr std::size_t kShort = 5;

bool is_in_word(char c) { return c != '_' && c != '-'; }

// The short ones of its words: "SQSClient" has "sqs" and "client", "service/s3" "service" and "s3".
void add_parts(std::string_view text, std::set<std::string, std::less<>>& words) {
  std::array<char, kShort> word = {};
  std::size_t size = 0;
  const auto end = [&] {
    const std::string_view all(word.data(), size);
    if (size > 0 && size < kShort && !words.contains(all)) words.emplace(all);
    size = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_letter_or_digit(text[i])) {
      end();
      continue;
    }
    const bool begins = is_upper(text[i]) && i > 0 &&
                        (!is_upper(text[i - 1]) || (i + 1 < text.size() && is_lower(text[i + 1])));
    if (begins) end();
    if (size < kShort) word[size++] = to_lower(text[i]);
  }
  end();
}

bool is_below(std::string_view module, std::string_view name) {
  if (name.ends_with('*')) return module.starts_with(name.substr(0, name.size() - 1));
  return module.starts_with(name) &&
         (module.size() == name.size() || std::string_view(".:/").find(module[name.size()]) !=
                                              std::string_view::npos);
}

bool is_standard(Language language, std::string_view module) {
  if (language == Language::Python) return is_standard_module(Registry::Python, module);
  if (language == Language::JavaScript) return is_standard_module(Registry::Npm, module);
  return language == Language::Go &&
         module.substr(0, module.find('/')).find('.') == std::string_view::npos;
}

bool is_silent(Language language, std::string_view module) {
  if (starts_program(module)) return false;
  if (module.starts_with("node:")) module.remove_prefix(5);
  std::string_view first = module;
  if (language == Language::Python) first = module.substr(0, module.find('.'));
  if (language == Language::JavaScript) first = module.substr(0, module.find('/'));
  if (is_standard(language, first)) return true;
  return std::ranges::any_of(silent_modules(), [&](const SilentModules& row) {
    return row.language == language &&
           std::ranges::any_of(row.names,
                               [&](std::string_view name) { return is_below(module, name); });
  });
}

// Names of a language's own that run what only the run knows.
bool runs_texts(const CodeFacts& code) {
  return std::ranges::any_of(code.imports, [&](const Import& row) {
    const std::string_view name = code.string(row.name);
    return code.string(row.module) == "<builtins>" && row.local.exists() &&
           (name == "eval" || name == "exec");
  });
}

bool names_by_package(Language language) {
  return language == Language::Java || language == Language::CSharp || language == Language::Go ||
         language == Language::Cpp;
}

}  // namespace

bool starts_program(std::string_view module) {
  constexpr std::string_view kStarters[] = {"subprocess", "child_process", "os/exec", "open3"};
  if (module.starts_with("node:")) module.remove_prefix(5);
  return std::ranges::find(kStarters, module) != std::end(kStarters);
}

std::string normal_word(std::string_view text) {
  std::string normal;
  for (const char c : text)
    if (is_in_word(c)) normal += to_lower(c);
  return normal;
}

void CodeWords::add(const CodeFacts& code) {
  for (std::uint32_t i = 0; i < code.strings.size(); ++i) {
    const std::string_view one = code.string(StringId{i});
    const std::size_t start = text_.size();
    text_.resize(start + one.size());
    char* to = text_.data() + start;
    for (const char c : one)
      if (is_in_word(c)) *to++ = to_lower(c);
    text_.resize(static_cast<std::size_t>(to - text_.data()));
    triples_.add(std::string_view(text_).substr(start));
    text_ += '\n';
    add_parts(one, words_);
  }
}

bool CodeWords::have(std::string_view normal_name) const {
  if (normal_name.size() < kShort) return words_.contains(normal_name);
  return triples_.may_have(normal_name) && text_.find(normal_name) != std::string::npos;
}

bool add_words_of(const LinkedCode& code, const LambdaFunction& function, CodeWords& words) {
  const FunctionCode& own = code.functions[function.declared];
  if (!function.resolved || !own.found || function.libraries == nullptr) return false;
  const CodeImports& libraries = *function.libraries;
  if (libraries.by_name || !libraries.complete) return false;
  if (!std::ranges::all_of(libraries.rows, [&](const LibraryImport& row) {
        return is_silent(own.language, row.module);
      }))
    return false;
  std::vector<ModuleId> open{own.module};
  std::set<ModuleId> seen{own.module};
  if (names_by_package(own.language))
    for (const ModuleId module : code.program.modules_of(own.unit))
      if (seen.insert(module).second) open.push_back(module);
  while (!open.empty()) {
    const ModuleId at = open.back();
    open.pop_back();
    const CodeFacts& facts = code.program.facts(at);
    if (!facts.problems.empty() || runs_texts(facts)) return false;
    words.add(facts);
    for (const ImportTarget& target : code.program.modules[at.index].imports)
      if (target.module.exists() && seen.insert(target.module).second) open.push_back(target.module);
  }
  return true;
}

}  // namespace fnlint
