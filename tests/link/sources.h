// Asks the finders for handlers and imports in a project that a test writes down.
#pragma once

#include "frontends/source/common/code_builder.h"
#include "link/resolve/languages.h"
#include "tests/link/stacks.h"

namespace fnlint::test {

// Finds handlers and modules in a project of files that are written down in place, and says where.
class Sources {
 public:
  Sources& file(std::string path, std::string text = "") {
    project_.file(std::move(path), std::move(text));
    return *this;
  }
  Sources& environment(std::string name, std::string value) {
    environment_[std::move(name)] = std::move(value);
    return *this;
  }
  Sources& entry_point(std::string name) {
    code_.entry_points.push_back(std::move(name));
    return *this;
  }
  Sources& runtime(std::string name) {
    runtime_ = std::move(name);
    return *this;
  }
  Sources& build_method(std::string name) {
    code_.build_method = std::move(name);
    return *this;
  }

  // "path: symbol", with what else is known of it; or "none: reason".
  std::string handler(Language language, const std::string& path, std::string_view handler,
                      std::string_view function = "Fn") {
    code_.path = path;
    const EntryKind kind = project_.kind(path);
    const std::string_view extension = extension_of(path);
    code_.kind = kind == EntryKind::Folder                        ? CodeKind::Folder
                 : kind == EntryKind::Missing                     ? CodeKind::Unknown
                 : extension == ".zip" || extension == ".jar"     ? CodeKind::Zip
                                                                  : CodeKind::File;
    BuildFacts builds(project_);
    Languages languages(builds);
    const HandlerFile found = languages[language].find_handler(
        {code_, path, handler, runtime_, function, {}, [this](std::string_view name) {
           return environment_[std::string(name)];
         }});
    lack = found.lack;
    if (found.path.empty()) return cat("none: ", found.reason);
    std::string text = cat(found.path, ": ",
                           found.form == HandlerForm::Entry ? "its entry" : found.symbol.c_str());
    if (found.form == HandlerForm::Made) text += ", made";
    if (found.guess) text += ", likely";
    return text;
  }

  ResolutionFailure lack{};  // of the handler that was asked for last

  // Rows of the importing file.
  Sources& package(std::string name) {
    package_ = std::move(name);
    return *this;
  }
  Sources& star(std::string module) {
    stars_.push_back(std::move(module));
    return *this;
  }
  std::string import(Language language, std::string_view code, std::string_view from,
                     std::string_view module, std::string_view name, std::uint32_t flags = 0) {
    CodeBuilder code_of(language);
    code_of.set_package(package_);
    code_of.add_function("", {}, FunctionKind::ModuleInit, {}, {});
    for (const std::string& one : stars_)
      code_of.add_import(
          {.module = code_of.string(one), .executed_in = FunctionId{0}, .flags = kStar});
    code_of.add_import({.module = code_of.string(module),
                        .name = code_of.string(name),
                        .executed_in = FunctionId{0},
                        .flags = flags});
    code_of.begin_body(FunctionId{0});
    code_of.end_body();
    const CodeFacts facts = code_of.finish();
    const UnitRoots roots{language, std::string(code), {}};
    BuildFacts builds(project_);
    Languages languages(builds);
    const ImportPath found =
        languages[language].resolve({roots, from, facts, facts.imports.back()});
    if (found.file.empty()) return cat("library ", found.library);
    return found.whole            ? cat(found.file, " itself")
           : found.symbol.empty() ? found.file
                                  : cat(found.file, ": ", found.symbol);
  }
  std::string companions(Language language, std::string_view file) {
    BuildFacts builds(project_);
    Languages languages(builds);
    std::string all;
    for (const std::string& one : languages[language].companions(file))
      all += cat(all.empty() ? "" : ", ", one);
    return all;
  }
  std::string implicit(Language language, std::string_view code, std::string_view from,
                       std::string_view name) {
    return import(language, code, from, "", name, kImplicit);
  }

 private:
  StackProject project_;
  CodeLocation code_;
  std::map<std::string, std::string> environment_;
  std::string runtime_, package_;
  std::vector<std::string> stars_;
};

}  // namespace fnlint::test
