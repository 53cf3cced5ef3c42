// Asks recipes and scripts of builds first, then names: of the function, its archive and folder,
// whole or in parts. Where several fit, none is chosen.

#include "link/resolve/executables.h"

#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"
#include "values/name_text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace fnlint {

namespace {

// "PutItem", "put-item" and "put_item" are one name.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : lower(name))
    if (c != '-' && c != '_' && c != '.') plain += c;
  return plain;
}

}  // namespace

std::string make_recipe(BuildFacts& builds, const HandlerQuery& query) {
  const std::string start = cat("build-", query.function, ':');
  std::string recipe;
  for (const std::string_view name : {"Makefile", "makefile"}) {
    const std::string* text = builds.text(join_path(query.root, name));
    if (text == nullptr) continue;
    bool inside = false;
    for (const std::string_view line : split(*text, '\n')) {
      const bool is_target = line.starts_with(start);
      if (!line.empty() && line.front() != '\t' && line.front() != ' ') inside = is_target;
      if (inside) recipe += cat(line, "\n");
    }
  }
  return recipe;
}

std::vector<std::string_view> recipe_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '=' &&
        text[i] != '"' && text[i] != '\'')
      continue;
    if (i > from) words.push_back(text.substr(from, i - from));
    from = i + 1;
  }
  return words;
}

namespace {

bool says_which(std::string_view name) {
  return !name.empty() && !is_one_of(known::plain_program_names(), lower(name));
}

// By which the template itself names the program.
std::vector<std::string> names_told(const HandlerQuery& query) {
  std::vector<std::string> names = query.code.entry_points;
  if (const std::string_view handler = file_name_of(query.handler); says_which(handler))
    names.emplace_back(handler);
  return names;
}

}  // namespace

std::vector<std::string> program_names(const HandlerQuery& query) {
  std::vector<std::string> names = names_told(query);
  const auto add = [&](std::string_view name) {
    if (says_which(name)) names.emplace_back(name);
  };
  // "bin/put-item/bootstrap.zip", "build/put-item/", "target/lambda/put-item": outputs are named
  // like what they are made of.
  const std::vector<std::string_view> parts = split(query.code.path, '/');
  for (std::size_t i = parts.size(); i-- > 0;) {
    std::string_view part = parts[i];
    if (is_one_of(known::program_output_folders(), part)) continue;
    for (const std::string_view end : {".zip", ".jar"})
      if (part.ends_with(end)) part.remove_suffix(end.size());
    add(part);
    if (names.size() > 4) break;
  }
  std::string_view id = file_name_of(query.function);  // of a construct's path
  add(id);
  for (const std::string_view end : known::function_name_endings())
    if (id.size() > end.size() && id.ends_with(end)) {
      add(id.substr(0, id.size() - end.size()));
      break;
    }
  return names;
}

namespace {

using Programs = std::vector<const Executable*>;

const Executable* only(const Programs& programs) {
  return programs.size() == 1 ? programs.front() : nullptr;
}

// Of several those whose folder ends like that of the archive: "api/orders/create" of
// "build/api/orders/create/bootstrap.zip".
Programs ending_like_archive(Programs named, std::string_view archive) {
  if (named.size() < 2) return named;
  std::vector<std::string> folders;
  for (const Executable* one : named) folders.push_back(one->folder);
  const std::vector<std::string> alike = ending_like(std::move(folders), folder_of(archive), 2);
  std::erase_if(named, [&](const Executable* one) {
    return std::ranges::find(alike, one->folder) == alike.end();
  });
  return named;
}

// `archive`: what the program is deployed in, where that is known.
Programs by_name(const std::vector<Executable>& all, std::string_view name,
                 std::string_view archive = {}) {
  Programs named;
  for (const Executable& one : all)
    if (one.name == name) named.push_back(&one);
  if (!named.empty()) return ending_like_archive(std::move(named), archive);
  const std::string plain = plain_name(name);
  for (const Executable& one : all)
    if (plain_name(one.name) == plain) named.push_back(&one);
  return ending_like_archive(std::move(named), archive);
}

// "bin/orders-create" is made of "cmd/orders/create": the name is the end of a folder's path.
Programs by_path(const std::vector<Executable>& all, std::string_view plain) {
  Programs found;
  for (const Executable& one : all) {
    std::string_view rest = plain;
    const std::vector<std::string_view> parts = split(one.folder, '/');
    for (std::size_t i = parts.size(); i-- > 0 && !rest.empty();) {
      const std::string part = plain_name(parts[i]);
      if (part.empty() || !rest.ends_with(part)) break;
      rest.remove_suffix(part.size());
    }
    if (rest.empty() && !plain.empty()) found.push_back(&one);
  }
  return found;
}

// "scraper-lambda.zip" holds "scraper": the words of the one name are some of the other's.
Programs by_part(const std::vector<Executable>& all, std::string_view name) {
  constexpr std::size_t kShortest = 4;
  const std::string words = cat('_', words_of_name(name), '_');
  Programs found;
  std::size_t longest = kShortest;
  for (const Executable& one : all) {
    const std::string part = words_of_name(one.name);
    if (is_one_of(known::plain_program_names(), part) ||
        words.find(cat('_', part, '_')) == std::string::npos || part.size() < longest)
      continue;
    if (part.size() > longest) found.clear();
    longest = part.size();
    found.push_back(&one);
  }
  return found;
}

const Executable* by_recipe(const std::vector<Executable>& all, const HandlerQuery& query,
                            std::string_view recipe) {
  const std::vector<std::string_view> words = recipe_words(recipe);
  for (const std::string_view word : words)
    for (const Executable& one : all)
      if (const std::string path = join_path(query.root, word);
          path == one.folder || path == one.file)
        if (word != "." && word != "./") return &one;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (is_one_of(known::build_naming_flags(), words[i]))
      if (const Executable* one = only(by_name(all, words[i + 1]))) return one;
  for (const std::string_view word : words)
    if (word.find('/') != std::string_view::npos)
      for (const std::string_view part : split(word, '/'))
        if (!is_one_of(known::program_output_folders(), part) &&
            !is_one_of(known::plain_program_names(), part))
          if (const Executable* one = only(by_name(all, part))) return one;
  return nullptr;
}

// What a command builds: the program whose folder or file it names, from where it is run or from
// the root, or whose name.
const Executable* built_by(const std::vector<Executable>& all, const BuildCommand& command) {
  if (!command.has("build")) return nullptr;
  for (std::string_view word : command.words) {
    word = word.substr(word.find('=') + 1);
    const bool is_here = word == "." && command.has("go");
    if (word.find('/') == word.npos && !word.ends_with(".go") && !is_here) continue;
    for (const std::string_view start : {std::string_view(command.folder), std::string_view()})
      for (const Executable& one : all)
        if (const std::string path = normal_path(join_path(start, word));
            path == one.folder || path == one.file)
          return &one;
  }
  for (std::size_t i = 0; i + 1 < command.words.size(); ++i)
    if (is_one_of(known::build_naming_flags(), command.words[i]) && command.words[i] != "-o")
      if (const Executable* one = only(by_name(all, command.words[i + 1]))) return one;
  if (!command.has("cargo") || command.folder.empty()) return nullptr;
  // Of a package with one program that is the one.
  Programs below;
  for (const Executable& one : all)
    if (lies_below(one.file, command.folder)) below.push_back(&one);
  return only(below);
}

using Outputs = std::map<std::string, const Executable*, std::less<>>;

// Where the programs are put that a command builds.
void note_outputs(const BuildCommand& command, const Executable& built, Outputs& outputs) {
  for (std::size_t i = 0; i + 1 < command.words.size(); ++i)
    if (command.words[i] == "-o" || command.words[i] == "--output")
      outputs[command.path(command.words[i + 1])] = &built;
}

using Names = std::function<bool(const BuildCommand&)>;

// What the script packs into an archive of that name: the program that its command names, else what
// was built last before it.
const Executable* packed_by(const BuildScript& script, const std::vector<Executable>& all,
                            const Names& names) {
  const Executable* last = nullptr;
  Outputs outputs;
  for (const BuildCommand& command : script.commands) {
    if (const Executable* one = built_by(all, command)) {
      last = one;
      note_outputs(command, *one, outputs);
    }
    if (last == nullptr || !names(command)) continue;
    for (const std::string& word : command.words)
      if (const auto made = outputs.find(command.path(word)); made != outputs.end())
        return made->second;
    return last;
  }
  return nullptr;
}

Programs packed_by_scripts(BuildFacts& builds, const std::vector<Executable>& all,
                           const Names& names) {
  Programs found;
  for (const BuildScript& script : builds.scripts())
    if (const Executable* one = packed_by(script, all, names)) found.push_back(one);
  return found;
}

using ProgramSigns = std::vector<Sign<const Executable*>>;

// By the script that packs the archive; by exactly that name before one with a hole in it, and last
// by one that only speaks of it.
ProgramSigns signs_of_scripts(BuildFacts& builds, const std::vector<Executable>& all,
                              std::string_view archive) {
  if (extension_of(archive) != ".zip") return {};
  const auto sign = [&](const GuessRow& row, bool packs, bool exactly) {
    return Sign<const Executable*>{&row, std::string(file_name_of(archive)), [=, &builds, &all] {
                                     const auto names = [=](const BuildCommand& command) {
                                       return (!packs || command.packs()) &&
                                              command.speaks_of(archive, exactly);
                                     };
                                     return packed_by_scripts(builds, all, names);
                                   }};
  };
  return {sign(guesses::packing_script(), true, true),
          sign(guesses::packing_script_alike(), true, false),
          sign(guesses::script_of_archive(), false, true)};
}

// A name without what is not known of it, and without what joins that to it.
std::string known_of(std::string_view name) {
  const std::string known = replace_all(name, "${}", "");
  const std::size_t first = known.find_first_not_of("-_./");
  return first == known.npos ? std::string()
                             : known.substr(first, known.find_last_not_of("-_./") - first + 1);
}

std::string_view behind(const BuildCommand& command, std::string_view flag) {
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (word == flag && i + 1 < command.words.size()) return command.words[i + 1];
    if (word.starts_with(flag) && word.substr(flag.size()).starts_with('='))
      return std::string_view(word).substr(flag.size() + 1);
  }
  return {};
}

// By the commands that deploy a program, or an archive, to the function by its name.
Programs deployed_to(BuildFacts& builds, const std::vector<Executable>& all,
                     const std::string& name) {
  Programs found;
  for (const BuildScript& script : builds.scripts())
    for (const BuildCommand& command : script.commands) {
      const Executable* one = nullptr;
      if (command.has("deploy") && command.has("cargo") && known_of(command.words.back()) == name) {
        const std::string_view binary = behind(command, "--binary-name");
        one = only(by_name(all, binary.empty() ? std::string_view(command.words.back()) : binary));
      } else if (command.has("update-function-code") &&
                 known_of(behind(command, "--function-name")) == name) {
        std::string_view archive = behind(command, "--zip-file");
        if (archive.empty()) archive = behind(command, "--s3-key");
        one = packed_executable(builds, all, archive).thing;
      }
      if (one != nullptr) found.push_back(one);
    }
  return found;
}

// All by which one of the programs may be the function's.
ProgramSigns signs_of_program(BuildFacts& builds, const HandlerQuery& query,
                              const std::vector<Executable>& all) {
  ProgramSigns signs = signs_of_scripts(builds, all, query.code.path);
  if (std::string name = known_of(query.deployed); !name.empty())
    signs.push_back({&guesses::deployment_command(), name,
                     [=, &builds, &all] { return deployed_to(builds, all, name); }});
  for (const std::string& name : program_names(query)) {
    signs.push_back({&guesses::program_name(), name,
                     [=, &all, &query] { return by_name(all, name, query.code.path); }});
    signs.push_back({&guesses::program_path(), name,
                     [=, &all] { return by_path(all, plain_name(name)); }});
    signs.push_back(
        {&guesses::part_of_program_name(), name, [=, &all] { return by_part(all, name); }});
  }
  return signs;
}

}  // namespace

ChosenExecutable packed_executable(BuildFacts& builds, const std::vector<Executable>& all,
                                   std::string_view archive) {
  return likeliest(signs_of_scripts(builds, all, archive)).value_or(ChosenExecutable{});
}

const Executable* named_executable(const std::vector<Executable>& all, std::string_view handler) {
  const std::string_view name = file_name_of(handler);
  return says_which(name) ? only(by_name(all, name)) : nullptr;
}

ChosenExecutable choose_executable(BuildFacts& builds, const HandlerQuery& query,
                                   const std::vector<Executable>& all) {
  // Where the runtime is not known, "app.handler" is no program's name.
  if (query.runtime.empty() && query.handler.find('.') != std::string_view::npos) return {};
  // The sources' own folder.
  Programs here;
  for (const Executable& one : all)
    if (one.folder == query.root || (lies_below(one.file, query.root) && !query.root.empty()))
      here.push_back(&one);
  if (const std::string recipe = make_recipe(builds, query); !recipe.empty())
    if (const Executable* one = by_recipe(all, query, recipe)) return {one};
  if (const Executable* one = only(here)) return {one};
  // All that a build of the project's own folder makes.
  const bool is_built_whole = query.root.empty() && query.code.kind == CodeKind::Folder &&
                              query.code.built && !query.code.guess &&
                              query.code.build_method != "makefile";
  if (all.size() == 1 && is_built_whole) return {&all.front()};
  // What it is told to make of the folder.
  if (query.code.kind == CodeKind::Folder)
    for (const std::string& name : names_told(query))
      if (const Executable* one = only(by_name(all, name))) return {one};
  if (const auto chosen = likeliest(signs_of_program(builds, query, all))) return *chosen;
  for (const Executable& one : all)
    if (one.folder == query.root) return {&one};
  if (all.size() != 1) return {};
  return {&all.front(), guess_by(guesses::only_program())};
}

void take_executable(const ChosenExecutable& chosen, const std::vector<Executable>& all,
                     const HandlerQuery& query, std::string_view words, HandlerFile& found) {
  if (chosen.thing != nullptr) {
    found.path = chosen.thing->file;
    found.guess = chosen.guess;
    found.form = HandlerForm::Entry;
    return;
  }
  if (query.handler.find("::") != std::string_view::npos) {
    lacks_form(found, query.handler, "program");
    return;
  }
  found.lack = all.empty() ? ResolutionFailure::File : ResolutionFailure::Code;
  found.looked_for = query.handler;
  found.reason = all.empty() ? cat("no ", words, " in ", folder_words(query.root))
                             : cat("which of ", all.size(),
                                   " programs it runs is not declared in the template");
}

}  // namespace fnlint
