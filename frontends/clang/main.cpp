// fnlint-clang: one C++ file as Clang understands it, on standard output. Reads a ClangRequest on
// standard input. The only source that includes Clang's headers: it takes a gigabyte to compile.
//
// Clang says what the text cannot: the file with its macros expanded and without what is not
// compiled, and what names stand for. The lowering is the first layer's own. What Clang does not
// understand (a header that is not there, a syntax error) stays as the text says it.

#include "frontends/clang/compile_flags.h"
#include "frontends/clang/expanded_text.h"
#include "frontends/clang/project_disk.h"
#include "frontends/clang/project_files.h"
#include "frontends/clang/request.h"
#include "frontends/source/cpp/cpp.h"
#include "model/code_bytes.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>
#pragma GCC diagnostic pop

#include <functional>
#include <iostream>
#include <iterator>
#include <map>

namespace fnlint {

namespace {

// --- What the compiler says.

struct NamedPlace {
  clang::SourceLocation where;
  CppName::Kind kind{};
  std::string path = {};
};

// One of the files that are asked for, and what is understood of it.
struct OwnFile {
  const std::string* text = nullptr;
  std::map<std::uint32_t, Replacement> parts = {};  // by where they begin
  std::vector<Range> skipped = {};
  std::vector<NamedPlace> names = {};
  std::size_t tokens = 0;
  bool entered = false;
};

// The files that are asked for, among all that are compiled.
class OwnFiles {
 public:
  explicit OwnFiles(std::map<std::string, const std::string*> texts) {  // by absolute path
    for (const auto& [path, text] : texts) files_[path].text = text;
  }
  void use(const clang::SourceManager& sources) { sources_ = &sources; }
  // Where a file is entered: the first time counts, and only what has the text that was sent.
  void enter(clang::SourceLocation where) {
    const clang::FileID id = sources_->getFileID(where);
    const clang::OptionalFileEntryRef entry = sources_->getFileEntryRefForID(id);
    if (!entry) return;
    const auto row = files_.find(plain_path(entry->getName().str()));
    if (row == files_.end() || row->second.entered ||
        sources_->getBufferData(id) != *row->second.text)
      return;
    row->second.entered = true;
    by_id_[id] = &row->second;
  }
  // Null: of another file, or in a macro.
  [[nodiscard]] OwnFile* at(clang::SourceLocation where) const {
    if (where.isInvalid()) return nullptr;
    const auto row = by_id_.find(sources_->getFileID(where));
    return row == by_id_.end() ? nullptr : row->second;
  }
  [[nodiscard]] const OwnFile& file(const std::string& path) const { return files_.at(path); }

 private:
  const clang::SourceManager* sources_ = nullptr;
  std::map<std::string, OwnFile> files_;
  std::map<clang::FileID, OwnFile*> by_id_;
};

bool is_stub(const clang::SourceManager& sources, clang::SourceLocation where) {
  if (where.isInvalid()) return true;
  return sources.getFilename(sources.getExpansionLoc(where)).starts_with(kStubFolder);
}

// "shop::Store::put"; empty: of a function's own, or without a name.
std::string path_of(const clang::NamedDecl* named) {
  const clang::SourceManager& sources = named->getASTContext().getSourceManager();
  if (!named->getDeclName().isIdentifier() || named->getName().empty()) return {};
  std::string path = named->getName().str();
  for (const clang::DeclContext* around = named->getDeclContext(); around != nullptr;
       around = around->getParent()) {
    if (llvm::isa<clang::FunctionDecl>(around) || llvm::isa<clang::BlockDecl>(around)) return {};
    const auto* outer = llvm::dyn_cast<clang::NamedDecl>(around);
    if (outer == nullptr) continue;
    if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(around)) {
      if (space->isAnonymousNamespace()) continue;
      if (space->isInline() && is_stub(sources, space->getLocation())) continue;
    }
    if (const auto* list = llvm::dyn_cast<clang::EnumDecl>(around); list && !list->isScoped())
      continue;
    if (outer->getName().empty()) return {};
    path = outer->getName().str() + "::" + path;
  }
  return llvm::StringRef(path).starts_with("fnlint_stub") ? std::string() : path;
}

bool is_pointer_class(llvm::StringRef path) {
  return path == "std::unique_ptr" || path == "std::shared_ptr" || path == "std::weak_ptr";
}

class Types {
 public:
  explicit Types(const clang::SourceManager& sources) : sources_(sources) {}

  // The class that a type is, by its path: through aliases of the project, to the first name that
  // it does not declare itself. `object`: what a pointer, a reference or a smart pointer leads to.
  std::string path(clang::QualType type, bool object) const {
    bool aliased = object;
    for (int step = 0; step < kSteps && !type.isNull(); ++step) {
      const clang::Type* row = type.getTypePtr();
      if (const auto* alias = llvm::dyn_cast<clang::TypedefType>(row)) {
        if (is_stub(sources_, alias->getDecl()->getLocation())) return path_of(alias->getDecl());
        const clang::QualType target = alias->getDecl()->getUnderlyingType();
        if (is_all_defaults(target)) return path_of(alias->getDecl());
        type = target;
        aliased = true;
      } else if (const auto* made = llvm::dyn_cast<clang::TemplateSpecializationType>(row)) {
        const clang::TemplateDecl* pattern = made->getTemplateName().getAsTemplateDecl();
        if (pattern == nullptr) return {};
        if (made->isTypeAlias() && !is_stub(sources_, pattern->getLocation())) {
          type = made->getAliasedType();
          aliased = true;
        } else {
          const std::string found = path_of(pattern);
          if (!aliased || !is_pointer(found) || made->template_arguments().empty() ||
              made->template_arguments()[0].getKind() != clang::TemplateArgument::Type)
            return found;
          type = made->template_arguments()[0].getAsType();
        }
      } else if (const auto* placed = llvm::dyn_cast<clang::SubstTemplateTypeParmType>(row)) {
        type = placed->getReplacementType();
        aliased = true;
      } else if (const auto* of_class = llvm::dyn_cast<clang::RecordType>(row)) {
        const clang::RecordDecl* decl = of_class->getDecl();
        const std::string found = path_of(decl);
        const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(decl);
        if (special == nullptr || !aliased || !is_pointer_class(found)) return found;
        if (special->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Type) return {};
        type = special->getTemplateArgs()[0].getAsType();
      } else if (object && row->isAnyPointerType()) {
        type = row->getPointeeType();
      } else if (object && row->isReferenceType()) {
        type = row->getPointeeType();
      } else {
        const clang::QualType next = type.getSingleStepDesugaredType(*context_);
        if (next == type) return {};
        type = next;
      }
    }
    return {};
  }
  void use(const clang::ASTContext& context) { context_ = &context; }

 private:
  static constexpr int kSteps = 32;
  // using json = basic_json<>: the name that a library gives its template's defaults.
  static bool is_all_defaults(clang::QualType type) {
    const auto* made = type->getAs<clang::TemplateSpecializationType>();
    return made != nullptr && made->template_arguments().empty();
  }
  static bool is_pointer(llvm::StringRef path) {
    return is_pointer_class(path) || path == "Aws::UniquePtr" || path == "Aws::SharedPtr";
  }
  const clang::SourceManager& sources_;
  const clang::ASTContext* context_ = nullptr;
};

// What the names of the file stand for. Instances of templates are visited too: where all of them
// agree on a name, it is known.
class Visitor : public clang::RecursiveASTVisitor<Visitor> {
 public:
  Visitor(clang::ASTContext& context, const OwnFiles& own)
      : sources_(context.getSourceManager()), own_(own), types_(sources_) {
    types_.use(context);
  }
  bool shouldVisitTemplateInstantiations() const { return true; }

  // What qualifies a name is a part of it.
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc) { return true; }

  bool TraverseDecl(clang::Decl* decl) {  // what headers have is their own files' affair
    if (decl == nullptr || names_ > kNames) return true;
    const bool is_file = llvm::isa<clang::TranslationUnitDecl>(decl);
    const bool elsewhere = !is_file && decl->getLocation().isValid() &&
                           !is_own(decl->getLocation()) && !llvm::isa<clang::NamespaceDecl>(decl) &&
                           !llvm::isa<clang::LinkageSpecDecl>(decl);
    return elsewhere || clang::RecursiveASTVisitor<Visitor>::TraverseDecl(decl);
  }

  bool VisitDeclRefExpr(clang::DeclRefExpr* use) {
    const clang::ValueDecl* decl = use->getDecl();
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
    const bool lasts =
        variable != nullptr && variable->hasGlobalStorage() && !variable->isStaticLocal();
    if (lasts || llvm::isa<clang::FunctionDecl>(decl))
      add(use->getBeginLoc(), CppName::Kind::Path, path_of(decl));
    return true;
  }
  bool VisitMemberExpr(clang::MemberExpr* use) {
    if (use->isImplicitAccess() && !use->hasQualifier())
      add(use->getMemberLoc(), CppName::Kind::Field, "this");
    return true;
  }
  bool VisitVarDecl(clang::VarDecl* variable) {
    declared(variable->getLocation(), variable->getType());
    return true;
  }
  bool VisitElaboratedTypeLoc(clang::ElaboratedTypeLoc use) {
    const clang::NestedNameSpecifierLoc qualifier = use.getQualifierLoc();
    if (qualifier) named(qualifier.getBeginLoc(), use.getType());
    return true;
  }
  bool VisitTypedefTypeLoc(clang::TypedefTypeLoc use) { return named(use); }
  bool VisitRecordTypeLoc(clang::RecordTypeLoc use) { return named(use); }
  bool VisitTemplateSpecializationTypeLoc(clang::TemplateSpecializationTypeLoc use) {
    return named(use);
  }
  bool VisitSubstTemplateTypeParmTypeLoc(clang::SubstTemplateTypeParmTypeLoc use) {
    return named(use);
  }

 private:
  static constexpr std::size_t kNames = 1'000'000;
  bool is_own(clang::SourceLocation where) const {
    return where.isValid() && own_.at(sources_.getExpansionLoc(where)) != nullptr;
  }
  void add(clang::SourceLocation where, CppName::Kind kind, std::string path) {
    if (path.empty() || where.isInvalid()) return;
    OwnFile* file = own_.at(sources_.getExpansionLoc(where));
    if (file == nullptr) return;
    file->names.push_back({where, kind, std::move(path)});
    ++names_;
  }
  bool named(clang::TypeLoc use) {
    named(use.getBeginLoc(), use.getType());
    return true;
  }
  void named(clang::SourceLocation where, clang::QualType type) {
    add(where, CppName::Kind::Path, types_.path(type, false));
  }
  // The standard library's containers and texts are read from what is written.
  void declared(clang::SourceLocation where, clang::QualType type) {
    std::string path = types_.path(type, true);
    if (!llvm::StringRef(path).starts_with("std::"))
      add(where, CppName::Kind::Type, std::move(path));
  }

  const clang::SourceManager& sources_;
  const OwnFiles& own_;
  Types types_;
  std::size_t names_ = 0;
};

// --- What the preprocessor does with the file.

class Preprocessed : public clang::PPCallbacks {
 public:
  Preprocessed(clang::Preprocessor& preprocessor, OwnFiles& own)
      : preprocessor_(preprocessor), sources_(preprocessor.getSourceManager()), own_(own) {}

  void FileChanged(clang::SourceLocation where, FileChangeReason reason,
                   clang::SrcMgr::CharacteristicKind, clang::FileID) override {
    if (reason == EnterFile) own_.enter(where);
  }
  void MacroExpands(const clang::Token& name, const clang::MacroDefinition&,
                    clang::SourceRange range, const clang::MacroArgs*) override {
    if (!name.getLocation().isFileID()) return;
    const Place place = place_of(range);
    if (place.file != nullptr && !is_directive(place)) part(place);
  }
  void SourceRangeSkipped(clang::SourceRange range, clang::SourceLocation) override {
    const Place place = place_of(range);
    if (place.file != nullptr) place.file->skipped.push_back(lines_inside(place));
  }

  // With what they decided, the directives are of no use.
  void If(clang::SourceLocation at, clang::SourceRange, ConditionValueKind) override { drop(at); }
  void Elif(clang::SourceLocation at, clang::SourceRange, ConditionValueKind,
            clang::SourceLocation) override {
    drop(at);
  }
  void Ifdef(clang::SourceLocation at, const clang::Token&,
             const clang::MacroDefinition&) override {
    drop(at);
  }
  void Ifndef(clang::SourceLocation at, const clang::Token&,
              const clang::MacroDefinition&) override {
    drop(at);
  }
  void Elifdef(clang::SourceLocation at, const clang::Token&,
               const clang::MacroDefinition&) override {
    drop(at);
  }
  void Elifdef(clang::SourceLocation at, clang::SourceRange, clang::SourceLocation) override {
    drop(at);
  }
  void Elifndef(clang::SourceLocation at, const clang::Token&,
                const clang::MacroDefinition&) override {
    drop(at);
  }
  void Elifndef(clang::SourceLocation at, clang::SourceRange, clang::SourceLocation) override {
    drop(at);
  }
  void Else(clang::SourceLocation at, clang::SourceLocation) override { drop(at); }
  void Endif(clang::SourceLocation at, clang::SourceLocation) override { drop(at); }

  void token(const clang::Token& token) {
    if (token.isAnnotation() || !token.getLocation().isMacroID()) return;
    const clang::SourceLocation where = token.getLocation();
    const Place whole = place_of(sources_.getExpansionRange(where).getAsRange());
    if (whole.file == nullptr || whole.file->tokens++ >= kTokens || is_directive(whole)) return;
    Replacement::Token row{.text = preprocessor_.getSpelling(token), .key = where.getRawEncoding()};
    const clang::SourceLocation spelled = sources_.getSpellingLoc(where);
    if (sources_.isMacroArgExpansion(where) && own_.at(spelled) == whole.file) {
      row.is_written = true;
      row.offset = sources_.getFileOffset(spelled);
    }
    part(whole).tokens.push_back(std::move(row));
  }

  static constexpr std::size_t kTokens = 1'000'000;  // of macros in one file: more are a bomb

 private:
  struct Place {
    OwnFile* file = nullptr;  // null: of another file
    Range range = {};
  };
  Place place_of(clang::SourceRange range) const {
    const clang::SourceLocation begin = sources_.getExpansionLoc(range.getBegin());
    const clang::SourceLocation end = sources_.getExpansionLoc(range.getEnd());
    OwnFile* file = own_.at(begin);
    if (file == nullptr || own_.at(end) != file) return {};
    const unsigned last =
        clang::Lexer::MeasureTokenLength(end, sources_, preprocessor_.getLangOpts());
    const Range whole{sources_.getFileOffset(begin), sources_.getFileOffset(end) + last};
    return whole.end > whole.begin ? Place{file, whole} : Place{};
  }

  // The line of a directive, with those that it goes on in.
  void drop(clang::SourceLocation at) {
    OwnFile* file = own_.at(at);
    if (file == nullptr) return;
    const std::string& all = *file->text;
    const std::uint32_t offset = sources_.getFileOffset(at);
    const std::size_t before = all.rfind('\n', offset);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    std::size_t end = all.find('\n', offset);
    while (end != std::string::npos && end > 0 && all[end - 1] == '\\')
      end = all.find('\n', end + 1);
    if (end == std::string::npos) end = all.size();
    file->skipped.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Whether the line (with those that it goes on from) is a directive: `#if A(b)`.
  static bool is_directive(const Place& place) {
    const std::string& all = *place.file->text;
    std::size_t line = place.range.begin;
    while (line > 0) {
      const std::size_t before = all.rfind('\n', line - 1);
      line = before == std::string::npos ? 0 : before + 1;
      if (line < 2 || all[line - 2] != '\\') break;
      --line;
    }
    while (line < all.size() && (all[line] == ' ' || all[line] == '\t')) ++line;
    return line < all.size() && all[line] == '#';
  }

  // Of "#if ... #endif" without the directives' own lines.
  static Range lines_inside(const Place& place) {
    const std::string& all = *place.file->text;
    const std::size_t first = all.find('\n', place.range.begin);
    const std::size_t last = all.rfind('\n', place.range.end);
    if (first == std::string::npos || last == std::string::npos || last <= first) return {};
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
  }

  static Replacement& part(const Place& place) {
    Replacement& row = place.file->parts[place.range.begin];
    row.begin = place.range.begin;
    row.end = std::max(row.end, place.range.end);
    return row;
  }

  clang::Preprocessor& preprocessor_;
  const clang::SourceManager& sources_;
  OwnFiles& own_;
};

class Consumer : public clang::ASTConsumer {
 public:
  explicit Consumer(std::function<void(clang::ASTContext&)> done) : done_(std::move(done)) {}
  void HandleTranslationUnit(clang::ASTContext& context) override { done_(context); }

 private:
  std::function<void(clang::ASTContext&)> done_;
};

class Action : public clang::ASTFrontendAction {
 public:
  Action(OwnFiles& own, std::function<void(const clang::SourceManager&)> done)
      : own_(own), done_(std::move(done)) {}
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    preprocessor.SetSuppressIncludeNotFoundError(true);
    own_.use(compiler.getSourceManager());
    auto callbacks = std::make_unique<Preprocessed>(preprocessor, own_);
    Preprocessed* const seen = callbacks.get();
    preprocessor.addPPCallbacks(std::move(callbacks));
    preprocessor.setTokenWatcher([seen](const clang::Token& token) { seen->token(token); });
    return std::make_unique<Consumer>([this](clang::ASTContext& context) {
      Visitor(context, own_).TraverseDecl(context.getTranslationUnitDecl());
      done_(context.getSourceManager());
    });
  }

 private:
  OwnFiles& own_;
  std::function<void(const clang::SourceManager&)> done_;
};

// --- Facts.

CodeFacts lowered(const OwnFile& file, const ExpandedText& expanded,
                  const clang::SourceManager& sources) {
  std::map<std::pair<std::uint32_t, CppName::Kind>, std::string> names;
  for (const NamedPlace& row : file.names) {
    const std::uint32_t at = row.where.isMacroID()
                                 ? expanded.of_token(row.where.getRawEncoding())
                                 : expanded.of_file(sources.getFileOffset(row.where));
    if (at == ExpandedText::kNowhere) continue;
    const auto [place, added] = names.try_emplace({at, row.kind}, row.path);
    if (!added && place->second != row.path) place->second.clear();  // instances that differ
  }
  std::vector<CppName> known;
  for (auto& [place, path] : names)
    if (!path.empty()) known.push_back({place.first, place.second, std::move(path)});
  CodeFacts facts = lower_cpp(expanded.text(), CppKnown(std::move(known)));
  expanded.place(facts);
  return facts;
}

std::string facts_of(const OwnFile& file, bool has_database, const clang::SourceManager& sources) {
  if (!file.entered) return {};
  std::vector<Replacement> parts;
  if (file.tokens < Preprocessed::kTokens)
    for (const auto& [begin, row] : file.parts) parts.push_back(row);
  // Without a compile database nothing says which macros the build defines.
  const ExpandedText expanded(*file.text, std::move(parts),
                              has_database ? file.skipped : std::vector<Range>{});
  CodeFacts facts = lowered(file, expanded, sources);
  if (expanded.is_changed() && !facts.problems.empty()) {
    CodeFacts plain = lowered(file, ExpandedText(*file.text, {}, {}), sources);
    if (plain.problems.size() < facts.problems.size()) facts = std::move(plain);
  }
  return code_bytes(facts);
}

// Compiles a source; facts of the files that are met there and have none yet go to `answers`.
void compile(const ClangRequest& request, const std::string& source,
             std::vector<std::string>& answers) {
  ProjectFiles files(request.root, source, request.files);
  const std::string* text = files.text(files.absolute(source));
  if (text == nullptr) return;
  std::vector<std::string> arguments{"--target=x86_64-linux-gnu",
                                     "-x",
                                     "c++",
                                     "-std=c++20",
                                     "-nostdinc",
                                     "-nostdinc++",
                                     "-w",
                                     "-ferror-limit=0",
                                     "-fno-spell-checking",
                                     "-ftemplate-depth=64",
                                     "-fconstexpr-steps=100000",
                                     "-fbracket-depth=256",
                                     "-I" + std::string(kStubFolder)};
  arguments.insert(arguments.end(), request.arguments.begin(), request.arguments.end());
  for (const std::string& folder : files.guessed_folders()) arguments.push_back("-I" + folder);
  std::map<std::string, const std::string*> texts;
  for (std::size_t i = 0; i < request.files.size(); ++i)
    if (answers[i].empty())
      texts[plain_path(files.absolute(request.files[i].path))] = &request.files[i].text;
  OwnFiles own(std::move(texts));
  const auto take = [&](const clang::SourceManager& sources) {
    for (std::size_t i = 0; i < request.files.size(); ++i)
      if (answers[i].empty())
        answers[i] = facts_of(own.file(plain_path(files.absolute(request.files[i].path))),
                              request.has_database, sources);
  };
  const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk(new ProjectDisk(files));
  clang::tooling::runToolOnCodeWithArgs(std::make_unique<Action>(own, take), *text, disk, arguments,
                                        files.absolute(source), "fnlint-clang");
}

std::string answer_to(const ClangRequest& request) {
  std::vector<std::string> answers(request.files.size());
  compile(request, request.source, answers);
  for (std::size_t i = 0; i < answers.size(); ++i)  // headers that the source does not include
    if (answers[i].empty() && request.files[i].path != request.source)
      compile(request, request.files[i].path, answers);
  return answer_bytes(answers);
}

}  // namespace

}  // namespace fnlint

int main() {
  std::ios::sync_with_stdio(false);
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  const std::optional<fnlint::ClangRequest> request = fnlint::read_request(bytes);
  if (!request) {
    std::cerr << "fnlint-clang: no request on standard input; fnlint starts this program\n";
    return 2;
  }
  std::cout << fnlint::answer_to(*request) << std::flush;
  return std::cout.good() ? 0 : 4;
}
