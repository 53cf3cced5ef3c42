// What a language's finder answers: where a handler stands, and where an import leads.
#pragma once

#include "core/files.h"
#include "link/resolve/build_facts.h"
#include "link/resolve/compiled_target.h"
#include "link/resolve/source_dialect.h"
#include "model/guess.h"
#include "model/project.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Where the modules of one code unit are looked for.
struct UnitRoots {
  Language language{};
  std::string code = {};                 // the function's own folder, or its project's
  std::vector<std::string> layers = {};  // folders of layer content, in order
  // Of these, from here on: of layers that nothing says are this function's, which has one that is
  // not known.
  std::size_t guessed_from = SIZE_MAX;
  // Whether the file may be deployed with them. Of Python it lies in one; builds of other languages
  // bring files along from elsewhere. Inline code has no path.
  [[nodiscard]] bool may_hold(std::string_view file) const;
  friend auto operator<=>(const UnitRoots&, const UnitRoots&) = default;
};

// Where one import leads, by file.
struct ImportPath {
  std::string file = {};     // of the project; empty: none
  bool whole = false;        // the module itself, not a symbol of it
  std::string library = {};  // otherwise: the library path
  std::string symbol = {};   // what of the file, where that is not the row's name: "Outer.Inner"
  // Files that are read with it, for what stands for it: the classes that implement an interface.
  std::vector<std::string> besides = {};
  // What is made of it as it is built: the implementation of a container of dependencies.
  bool generated = false;
  // Found outside of what is deployed, as far as that is known, by its name alone.
  bool aside = false;
  // Of a package that is installed from elsewhere, found where the project has one of that name.
  bool published = false;
};

// What is asked of a language about an import row of one of its files.
struct ImportQuery {
  const UnitRoots& roots;
  std::string_view from = {};  // the importing file
  const CodeFacts& facts;
  const Import& row;
  [[nodiscard]] std::string_view module() const { return facts.string(row.module); }
  [[nodiscard]] std::string_view name() const { return facts.string(row.name); }
};

// What the template says of a function's code.
struct HandlerQuery {
  const CodeLocation& code;
  std::string_view root = {};  // the folder of the code
  std::string_view handler = {};
  std::string_view runtime = {};   // empty: not known
  std::string_view function = {};  // its logical id
  std::string_view deployed = {};  // what is known of its name
  // The text of an environment variable; empty where the template does not say.
  std::function<std::string(std::string_view)> environment = {};
};

// How the runtime comes from the module to the function that it calls.
enum class HandlerForm : std::uint8_t {
  Named,  // by the symbol
  Made,   // calling what the symbol names gives it: a bean
  Entry,  // the program hands it over: what its main gives to the runtime
};

// The file and symbol that a handler string names, as Lambda finds them.
struct HandlerFile {
  std::string path = {};  // empty: not found
  std::string symbol = {};
  Language language{};
  HandlerForm form{};
  // Below which its modules lie, where that is not the code's folder.
  std::optional<std::string> root = {};
  Guess guess = {};           // found by a sign alone: where a build would have taken it from
  bool by_framework = false;  // a library's own handler calls it, in its own way
  bool by_interface = false;  // the handler names the class alone
  ResolutionFailure lack{};   // not found: what is missing ...
  std::string looked_for = {}, wanted_form = {};
  bool absent = false;           // ... and nothing that is known here could still make it, ...
  bool only_here = false;        // ... nor could a layer bring it ...
  std::uint8_t uncertainty = 0;  // ... as far as that says; ...
  std::vector<std::string> known = {};  // ... what is there of its kind
  std::string reason = {};  // ... in words
};

// How the files of one language are found. One object serves a run: it remembers what it read.
class LanguageFiles {
 public:
  virtual ~LanguageFiles() = default;
  virtual HandlerFile find_handler(const HandlerQuery& query) = 0;
  virtual ImportPath resolve(const ImportQuery& query) = 0;
  // Files that are loaded with this one, though nothing names them: the rest of its package.
  virtual std::vector<std::string> companions(std::string_view) { return {}; }
};

// All that link knows of one language: no code outside of its finder names it.
struct LanguageRow {
  Language language{};
  std::string_view words = {};  // "Java"
  std::span<const std::string_view> runtimes = {};  // how their identifiers begin
  bool compiles_to_programs = false;  // it may also be what a runtime of the system runs
  std::string_view layer_folder = {};  // of a layer's content, on the runtime's search path
  // What a template may name in place of the sources: a folder that a build is still to make; an
  // archive.
  bool names_output = false, names_archive = false;
  bool is_deployed_as_written = false;  // an archive holds the sources themselves
  std::optional<SourceDialect> inline_dialect = {};  // of code that stands in the template
  bool has_dotted_modules = false;  // "shop.orders" of a handler is shop/orders
  std::unique_ptr<LanguageFiles> (*files)(BuildFacts&) = nullptr;
  // What the sources below a folder are compiled for, where versions of the runtime differ in it.
  CompiledTarget (*target)(BuildFacts&, std::string_view folder,
                           std::string_view handler_file) = nullptr;
};
std::span<const LanguageRow> language_rows();
// Of a language that is not known, a row without anything.
const LanguageRow& language_row(Language language);
// That a runtime may stand for, likeliest first; all of them where it is not known.
std::vector<const LanguageRow*> languages_of(std::string_view runtime);

// The file finders of all languages, each made when it is first asked for.
class Languages {
 public:
  explicit Languages(BuildFacts& builds) : builds_(builds) {}
  LanguageFiles& operator[](Language language);

 private:
  BuildFacts& builds_;
  std::map<Language, std::unique_ptr<LanguageFiles>> made_;
};

std::unique_ptr<LanguageFiles> python_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> javascript_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> java_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> go_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> csharp_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> ruby_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> rust_files(BuildFacts& builds);
std::unique_ptr<LanguageFiles> cpp_files(BuildFacts& builds);

}  // namespace fnlint
