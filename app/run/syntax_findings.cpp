// Picks the syntax errors that keep a handler's module from loading, at the place where they begin.

#include "app/run/syntax_findings.h"

#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

namespace fnlint {

namespace {

constexpr std::string_view kSyntaxError = "syntax error";

bool is_interpreted(Language language) {
  return language == Language::Python || language == Language::JavaScript ||
         language == Language::Ruby;
}

// The end of a text in quotes that begins at `at`; nothing where it has none.
std::optional<std::size_t> end_of_quoted(std::string_view text, std::size_t at, bool triple) {
  const char quote = text[at];
  const std::size_t width = triple ? 3 : 1;
  for (std::size_t i = at + width; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (!triple && text[i] == '\n') {
      return std::nullopt;
    } else if (text.substr(i, width) == std::string(width, quote)) {
      return i + width;
    }
  }
  return std::nullopt;
}

// Whether more brackets are opened than closed: no version of Python takes that. Where a text in
// quotes has no end, nobody knows what stands inside.
bool leaves_brackets_open(std::string_view text) {
  std::ptrdiff_t open = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '"' || c == '\'') {
      const bool triple = text.substr(i, 3) == std::string(3, c);
      const std::optional<std::size_t> end = end_of_quoted(text, i, triple);
      if (!end) return false;
      i = *end;
    } else {
      open += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      ++i;
    }
  }
  return open > 0;
}

// The first syntax error of a function's module, as near as it is known: not one that others lie
// in, unless it begins where a bracket is left open. Null: there is none.
const LocatedProblem* error_in(const std::vector<LocatedProblem>& problems, FileId file,
                               const CodeLocation& code, bool is_left_open) {
  std::vector<const LocatedProblem*> all;
  for (const LocatedProblem& one : problems) {
    if (one.where.file != file || !one.message.starts_with(kSyntaxError)) continue;
    const Range& whole = code.where.range;  // of code that stands in the template
    const bool is_inline = code.kind == CodeKind::Inline;
    if (is_inline && (one.where.range.begin < whole.begin || one.where.range.begin > whole.end))
      continue;
    all.push_back(&one);
  }
  std::ranges::sort(all, {}, [](const LocatedProblem* one) {
    return std::pair(one->where.range.begin, -std::int64_t{one->where.range.end});
  });
  const LocatedProblem* first = nullptr;
  for (const LocatedProblem* one : all)
    if (first == nullptr || (!is_left_open && one->where.range.end <= first->where.range.end))
      first = one;
  return first;
}

// Modules that the handler's own loads, each once.
void add_loaded(const Project& project, const LambdaFunction& function, std::set<Span>& told,
                Findings& findings) {
  for (const CodeFault& fault : function.code_faults)
    if (!fault.message.empty() && told.insert(fault.where).second)
      findings.push_back(FindingBuilder(kHandlerSyntax, fault.uncertainty)
                             .about(function)
                             .at(fault.where)
                             .says("A module that the handler's own loads cannot be loaded (",
                                   fault.message, "): '", function.name,
                                   "' fails before its handler is called.")
                             .related(project.stacks[function.resource].name, "'", function.name,
                                      "' is declared here.")
                             .with_steps(fault.path, fault.where, "This file cannot be read."));
}

}  // namespace

void find_unloadable_handlers(const Project& project, const LinkedCode& code,
                              const std::vector<LocatedProblem>& problems, const SourceFiles& files,
                              Findings& findings) {
  std::set<Span> told;
  for (const LambdaFunction& function : project.functions) {
    add_loaded(project, function, told, findings);
    const FunctionCode& own = code.functions[function.declared];
    if (!own.found || !is_interpreted(own.language)) continue;
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    const FileId file = project.modules[own.module.index].file;
    const auto is_of_file = [file](const LocatedProblem& one) { return one.where.file == file; };
    if (std::ranges::none_of(problems, is_of_file)) continue;
    const bool is_left_open =
        own.language == Language::Python && leaves_brackets_open(files.text(file));
    const LocatedProblem* error = error_in(problems, file, declared.code, is_left_open);
    if (error == nullptr) continue;
    const bool as_written = own.guesses.empty() && !own.package.rewritten && !declared.code.guess &&
                            declared.code.kind != CodeKind::Inline;
    const bool is_sure = as_written && is_left_open;
    findings.push_back(FindingBuilder(kHandlerSyntax, is_sure ? 0 : kHeuristic)
                           .about(function)
                           .at(error->where)
                           .says("The handler's module cannot be loaded (", error->message, "): '",
                                 function.name, "' fails before its handler is called.")
                           .related(project.stacks[function.resource].name, "'", function.name,
                                    "' is declared here."));
  }
}

}  // namespace fnlint
