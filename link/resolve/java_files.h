// Which file is a Java or Kotlin class, a handler's or an import's?
#pragma once

#include "link/resolve/languages.h"
#include "link/resolve/source_index.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The files of Java and Kotlin classes, below Maven and Gradle modules or plain folders. Source
// roots are many; a class is found by its file's name and the package that the file says.
class JavaFiles : public LanguageFiles {
 public:
  explicit JavaFiles(BuildFacts& builds) : files_(builds.files()), builds_(builds) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;

 private:
  // What a qualified name means: a file, and the classes and members inside it.
  struct Place {
    std::string file = {};
    std::string symbol = {};  // "Outer.Inner"
    bool one_of_several = false;  // other files of the module declare a class of that name, too
  };
  [[nodiscard]] bool has_build_file(const std::string& folder) const;
  [[nodiscard]] bool joins_modules(const std::string& folder);
  // The module that what lies at this path is built from.
  std::string module_of(std::string_view path);
  // The folder of all modules that are built together with it.
  std::string build_of(const std::string& module);
  SourceIndex& index(const std::string& folder);
  std::optional<Place> find(const std::string& module, std::string_view qualified);
  std::optional<Place> find_in(SourceIndex& sources, const std::string& module,
                               std::string_view qualified);
  std::optional<Place> declared_in(SourceIndex& sources, const std::string& module,
                                   std::string_view space, std::string_view name);
  std::string renamed_file(const std::string& module, std::string_view package,
                           std::string_view name);
  ImportPath at(const Place& place, const std::string& module);
  // Of "shop.DaggerOrders" the component `shop.Orders`, which that implements once it is built.
  std::optional<ImportPath> generated(std::string_view qualified, const std::string& module);
  // Files whose methods a container of dependencies calls, where the import is of one.
  const std::vector<std::string>& providers(const std::string& module, std::string_view library);
  [[nodiscard]] bool has(const Place& place, std::string_view name) const;
  ImportPath file_or_library(const ImportQuery& query);
  ImportPath implicit(const ImportQuery& query, std::string_view name);
  // Of a class that no source declares: whether it is in none of what the build brings, either.
  void judge_absence(const HandlerQuery& query, const std::string& module, std::string_view type,
                     HandlerFile& found);

  // java_frameworks.cpp: what a framework's own handler class calls.
  bool find_framework_handler(const HandlerQuery& query, const std::string& module,
                              std::string_view type, HandlerFile& found);
  // Of an own class that extends a framework's: what that calls.
  void find_framework_below(const HandlerQuery& query, const std::string& module,
                            HandlerFile& found);
  // Of a native program, whose handler's name may say nothing: what its build brings.
  bool find_framework_of(const HandlerQuery& query, const std::string& module, HandlerFile& found);
  std::string setting(const HandlerQuery& query, const std::string& module, std::string_view name);

  const FileSystem& files_;
  BuildFacts& builds_;
  std::map<std::string, SourceIndex> indexes_;   // by folder
  std::map<std::string, std::string> build_folders_;    // by module
  std::map<std::pair<std::string, std::string>, std::vector<std::string>>
      providers_;  // by module and annotation
};

}  // namespace fnlint
