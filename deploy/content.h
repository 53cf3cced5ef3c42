// What a package contains by its names and sizes alone.
#pragma once

#include "core/files.h"
#include "deploy/package_filter.h"
#include "frontends/packages/zip_archive.h"
#include "model/package.h"
#include "model/project.h"
#include "tables/packages.h"

#include <string>
#include <vector>

namespace fnlint {

// What lies in a folder or archive, seen in one walk that opens no file.
struct Content {
  ContentSize size = {};
  std::vector<PackagedDependency> installed = {};
  std::vector<std::string> modules = {};
  std::vector<UnneededPart> unneeded = {};
  std::vector<MeasuredPart> parts = {};
  struct Candidate {  // may hold machine code
    std::string path = {};
    bool installed = false;
    std::uint64_t entry = 0;  // of an archive: row of its listing
  };
  std::vector<Candidate> candidates = {};
  std::vector<Candidate> texts = {};  // may hold a credential
  std::vector<std::string> misplaced = {}, unreadable = {}, no_program = {};
  ArchiveListing archive = {};  // of a zip
};

struct ContentQuestion {
  std::string path = {};
  const CodeLocation& code;
  std::span<const std::string_view> left_out = {};
  bool installs_anew = false;  // node_modules beside a package.json is made by the build
  std::string kept = {};       // a path below the folder that surely is needed: the handler's
  bool layer = false;
};
Content content_of_folder(const FileSystem& files, const ContentQuestion& question);
Content content_of_zip(const FileSystem& files, const ContentQuestion& question);

}  // namespace fnlint
