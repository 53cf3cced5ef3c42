// The input of linking: template forms with their paths, and parameters from outside.
#pragma once

#include "model/resources.h"
#include "model/template.h"

#include <map>
#include <string>
#include <vector>

namespace fnlint {

// A construct of the program that wrote a template.
struct Construct {
  std::string path = {};  // "Prod/MediaStack/Tag/Resource"
  Span where = {};        // of the call that made it; no file: not known
};
using Constructs = std::map<std::string, Construct, std::less<>>;  // by logical id

// A template that is made of several files counts its ranges through all of them: from `begin` on
// they are the file's, until the next piece.
struct SourcePiece {
  std::uint32_t begin = 0;
  FileId file = {};
};

// One file's template form. `facts` must outlive the call. A file that a template names
// (TemplateFacts::wanted) comes as a source of its own: a nested template as any template; an
// Include, Definition or Policy as a fragment, read by read_fragment() with the section it was
// wanted for, one source for each section.
struct TemplateSource {
  FileId file = {};
  std::string path = {};  // relative to the run's root
  const TemplateFacts* facts = nullptr;
  bool fragment = false;
  bool has_section = false;
  std::string section = {};
  const Constructs* constructs = nullptr;  // null: no program wrote it, as far as is known
  bool stand_in = false;                   // what a table knows of a module that nobody fetches
  // A file that a service's variables name: the service's folder, which what it names in turn
  // starts from.
  bool variable = false;
  std::string base = {};
  std::vector<SourcePiece> pieces = {};  // by `begin`; none: all of it is in `file`
};

struct TemplateParameters {
  std::map<std::string, std::string> given = {};  // --parameter: for every stack
  // What the configuration says of every stack of a template, by its path. `given` wins.
  std::map<std::string, std::map<std::string, std::string>> configured = {};
  // What samconfig says: a template's path to its parameters. Both above win.
  std::map<std::string, std::map<std::string, std::string>> by_template = {};
  // The folders that the run is about: what nothing but a name leads to lies below one of them.
  // Empty: all.
  std::vector<std::string> folders = {};

  // What every stack of a template is given; null: nothing.
  [[nodiscard]] const std::string* given_to(const std::string& path,
                                            const std::string& name) const {
    if (const auto found = given.find(name); found != given.end()) return &found->second;
    const auto row = configured.find(path);
    if (row == configured.end()) return nullptr;
    const auto found = row->second.find(name);
    return found == row->second.end() ? nullptr : &found->second;
  }
};

}  // namespace fnlint
