// Deployment packages: contents, sizes, dependencies and imports of a function or layer.
#pragma once

#include "core/span.h"
#include "model/dependencies.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// An import that leads to no file of the project.
struct LibraryImport {
  std::string module = {};  // as written: "google.cloud", "@aws-sdk/client-s3"
  std::string name = {};    // the symbol; empty: the module itself
  bool at_init = false;     // it runs before the first event
  bool optional = false;    // the code does without it: it is tried, or tested for
  Span where = {};
};

// An import of the project's own code, in a language that deploys its sources.
struct OwnImport {
  std::string module = {};                 // as written: "./orders", "..orders"
  std::string path = {};                   // of the file that it leads to; empty: it leads to none
  bool at_init = false, optional = false;  // as of LibraryImport
  Span where = {};
};

// Every library that a function's modules import, when they are loaded or later.
struct CodeImports {
  std::vector<LibraryImport> rows = {};
  std::vector<OwnImport> own = {};
  bool by_name = false;    // something is loaded whose name the code computes
  bool complete = true;    // every module that it reaches was read
  bool hands_environment = false;  // what holds all variables goes where nobody sees what is read
  std::vector<FileId> modules = {};  // of the project, that its handler's module leads to; sorted
  bool rewritten = false;  // compiled or bundled before it is deployed
  // Texts in them that may name a file or a program: paths, and all texts of what starts programs.
  // Sorted.
  std::vector<std::string> named_files = {};
};

// A package that lies in the content, or that a build will put there.
struct PackagedDependency {
  Registry registry{};
  std::string name = {}, version = {};
  bool installed = false;  // it lies there; else a manifest or lock file names it
  bool off_path = false;   // of a layer: its runtime does not look there
  Span where = {};         // of a manifest's or lock file's row
};
// A dependency that a manifest names itself.
struct NamedDependency {
  Dependency row = {};
  Registry registry{};
  bool locked = false;  // a lock file, or the hashes of the manifest, say which version is taken
  Span where = {};
};
// A file or folder that no invocation needs.
struct UnneededPart {
  std::string path = {};
  std::string words = {};  // "tests", "caches"
  std::uint64_t bytes = 0;
};
// What lies in a folder of the content, or will be installed: its path, or the package's name.
struct MeasuredPart {
  std::string path = {};
  std::uint64_t bytes = 0;
};
// A file of machine code: an ELF file's machine ("x86_64", "arm64"), or the system that it is for.
struct NativeFile {
  std::string path = {};
  std::string machine = {};
  bool linux = true;
  bool installed = false;  // it belongs to an installed package
};
// A file whose text holds a credential.
struct SecretFile {
  std::string path = {};
  std::string words = {};  // "a private key"
  bool sure = false;       // its form alone is a proof, and nothing says that it is for tests
  Span where = {};         // none: it lies in an archive
};
// Whether an image has a program that asks the platform for events and calls the handler.
enum class ImageClient : std::uint8_t { Unknown, Brought, Perhaps, Lacking };
// The image that a Dockerfile builds on.
struct BaseImage {
  std::string image = {}, runtime = {}, platform = {};
  ImageClient client{};
  Span where = {};
};

// Why a module of the project itself is not there when a function is loaded.
enum class LostReason : std::uint8_t {
  Nowhere,    // no file has that name
  Outside,    // it lies outside of the folder that is deployed
  OtherCase,  // only a file whose name has other letters' case does
  AboveRoot,  // Python: the file is no part of a package where it is deployed
  LeftOut,    // what says what belongs into the package leaves it out
  NoEnding,   // Node.js: an ES module is imported by a name without its ending
};
struct LostModule {
  std::string module = {};  // as written
  std::string path = {};    // what has the name in the project; empty: nothing
  LostReason reason{};
  bool absolute = false;     // looked for on the language's search path
  std::string brought = {};  // a script that may put it there
  Span where = {};
};

// What else may put packages into a function, looked for where one seems to be missing.
struct PackageSurroundings {
  std::string installer = {};               // a script near it that installs packages into folders
  std::vector<std::string> mentioned = {};  // names in the manifests of the folders around it
};

// What a function or layer will hold once it is deployed, as far as that can be known here.
struct Package {
  std::vector<PackagedDependency> dependencies = {};  // what they need included
  std::vector<NamedDependency> named = {};            // that its manifests install
  bool complete = true;  // `dependencies` are all; false: something else may be brought
  bool assumed = false;  // nothing says that its manifests are installed
  bool has_manifest = false;
  bool may_leave_out = false;  // something that is not known says what stays out of it
  bool whole_project = false;  // the template lies in it too: it serves more than functions
  std::vector<std::string> development = {};  // names that its manifests have for development alone
  std::vector<std::string> modules = {};    // first names of what lies on the runtime's path
  std::vector<UnneededPart> unneeded = {};
  std::vector<MeasuredPart> parts = {};    // of what lies there, the largest first; not all
  std::vector<MeasuredPart> planned = {};  // of what is to be installed, by name
  std::vector<NativeFile> natives = {};
  std::vector<SecretFile> keys = {};
  std::vector<std::string> unreadable = {};  // entries of an archive that others may not read
  std::vector<std::string> no_program = {};  // ... or not execute
  std::vector<std::string> misplaced = {};   // of a layer: modules where no runtime looks; sorted
  BaseImage image = {};
};

}  // namespace fnlint
