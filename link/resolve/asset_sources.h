// Which sources is deployed code made of?
#pragma once

#include "core/files.h"
#include "link/resolve/build_facts.h"
#include "link/resolve/candidates.h"
#include "model/resources.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A function as its template has it.
struct AssetUser {
  std::string_view handler = {}, runtime = {};
  std::string_view folder = {};  // of the template
};

// Leads what a tool has copied, bundled or packed for deployment (an asset of CDK's, an archive)
// back to the sources in the project. Remembers what it has looked at.
class AssetSources {
 public:
  explicit AssetSources(BuildFacts& builds) : builds_(builds), files_(builds.files()) {}

  // A bundle by its source map or by the names of modules that bundlers write into it, a copy by
  // the file that it is a copy of, an archive also by where builds take what they pack. `code` is
  // then the source's, with what lies there as its package; it stays where nothing is found.
  void lead_back(const AssetUser& user, CodeLocation& code);
  // The folder where builds take what they pack into an archive, which need not be there: the first
  // that holds the very file that the handler names, with the function in it; else the only one of
  // the project that has, else the first without.
  [[nodiscard]] PathCandidate packed_folder(const AssetUser& user, std::string_view archive);

  // The same by the archive's name alone, wherever in the project: of what a bucket holds. Where no
  // folder is called like it, the only file that the handler can mean.
  [[nodiscard]] PathCandidate named_folder(const AssetUser& user, std::string_view archive);
  // The same by what the handler names alone, where its file's name or the function's says
  // anything: the only folder with such a file that has such a function.
  [[nodiscard]] PathCandidate folder_of_handler(const AssetUser& user);
  // The only source of the package around it that is called like the archive and hands out what the
  // handler names ("dist/orders.zip": src/handlers/orders.ts): bundlers call their output as they
  // like.
  [[nodiscard]] PathCandidate entry_named_after(const AssetUser& user, std::string_view archive);
  // The folder of the build that writes an archive there, by its build file.
  [[nodiscard]] PathCandidate building_folder(const AssetUser& user,
                                              std::string_view archive) const;

 private:
  bool lead_back_bundle(const std::string& file, std::string_view symbol, CodeLocation& code);
  bool lead_back_copy(const std::string& module, std::span<const std::string_view> extensions,
                      CodeLocation& code);
  bool lead_back_packed(const AssetUser& user, const std::string& module, CodeLocation& code);
  const std::vector<std::string>& sources_of(const std::string& app,
                                             std::span<const std::string_view> extensions);
  std::uint64_t content_of(const std::string& path);  // a number for it; 0: not readable
  // How many names of one folder are in the other as well.
  [[nodiscard]] std::size_t shared_names(const std::string& a, const std::string& b) const;

  void follow(const AssetUser& user, CodeLocation& code);

  // What became of a place.
  struct Led {
    CodeKind kind{};
    std::string path = {}, package = {};
    bool built = false;
    std::string build_method = {};
    std::vector<std::string> entry_points = {};
    bool changed = false;
  };

  BuildFacts& builds_;
  const FileSystem& files_;
  std::map<std::string, Led> led_ = {};
  std::map<std::string, std::vector<std::string>> sources_ = {};  // by folder and first extension
  std::map<std::string, std::uint64_t> contents_ = {};
};

// The code is in that folder, from which a build makes what is deployed.
void take_sources(Candidate<std::string> folder, CodeLocation& code);
// The same of a source of it that a bundler is given.
void take_entry(std::string folder, std::string entry, Guess guess, CodeLocation& code);

// Whether a path lies in the output of `cdk synth`: below a folder with a manifest of its own.
bool lies_in_assembly(const FileSystem& files, std::string_view path);

}  // namespace fnlint
