#include "link/resolve/executables.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"
#include "values/name_text.h"

#include <algorithm>

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

std::string make_recipe(const FileSystem& files, const HandlerQuery& query) {
  const std::string start = cat("build-", query.function, ':');
  std::string recipe;
  for (const std::string_view name : {"Makefile", "makefile"}) {
    const Result<std::string> text = files.read(join_path(query.root, name), kSourceBytes);
    if (!text) continue;
    bool inside = false;
    for (const std::string_view line : split(text.value(), '\n')) {
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

std::vector<std::string> program_names(const HandlerQuery& query) {
  std::vector<std::string> names = query.code.entry_points;
  const auto add = [&](std::string_view name) {
    if (!name.empty() && !is_one_of(known::plain_program_names(), lower(name)))
      names.emplace_back(name);
  };
  std::string_view handler = file_name_of(query.handler);
  add(handler);
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
  for (const std::string_view end : {"LambdaFunction", "Function", "Lambda", "Handler"})
    if (id.size() > end.size() && id.ends_with(end)) {
      add(id.substr(0, id.size() - end.size()));
      break;
    }
  return names;
}

namespace {

const Executable* by_name(const std::vector<Executable>& all, std::string_view name) {
  for (const Executable& one : all)
    if (one.name == name) return &one;
  const std::string plain = plain_name(name);
  for (const Executable& one : all)
    if (plain_name(one.name) == plain) return &one;
  return nullptr;
}

// "bin/orders-create" is made of "cmd/orders/create": the name is the end of a folder's path. Null:
// of none, or of several.
const Executable* by_path(const std::vector<Executable>& all, std::string_view plain) {
  const Executable* found = nullptr;
  for (const Executable& one : all) {
    std::string_view rest = plain;
    const std::vector<std::string_view> parts = split(one.folder, '/');
    for (std::size_t i = parts.size(); i-- > 0 && !rest.empty();) {
      const std::string part = plain_name(parts[i]);
      if (part.empty() || !rest.ends_with(part)) break;
      rest.remove_suffix(part.size());
    }
    if (!rest.empty() || plain.empty()) continue;
    if (found != nullptr) return nullptr;
    found = &one;
  }
  return found;
}

// "scraper-lambda.zip" holds "scraper": the words of the one name are some of the other's. Null: of
// none, or of several.
const Executable* by_part(const std::vector<Executable>& all, std::string_view name) {
  constexpr std::size_t kShortest = 4;
  const std::string words = cat('_', words_of_name(name), '_');
  const Executable* found = nullptr;
  std::size_t longest = 0;
  for (const Executable& one : all) {
    const std::string part = words_of_name(one.name);
    if (part.size() < kShortest || is_one_of(known::plain_program_names(), part) ||
        words.find(cat('_', part, '_')) == std::string::npos || part.size() < longest)
      continue;
    found = part.size() == longest ? nullptr : &one;
    longest = part.size();
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
      if (const Executable* one = by_name(all, words[i + 1])) return one;
  for (const std::string_view word : words)
    if (word.find('/') != std::string_view::npos)
      for (const std::string_view part : split(word, '/'))
        if (!is_one_of(known::program_output_folders(), part) &&
            !is_one_of(known::plain_program_names(), part))
          if (const Executable* one = by_name(all, part)) return one;
  return nullptr;
}

// What a line builds: the program whose folder or file it names, from the script's own folder or
// from the root.
const Executable* built_by(const std::vector<Executable>& all, std::string_view line,
                           std::string_view folder) {
  if (line.find(" build ") == line.npos) return nullptr;
  for (const std::string_view word : recipe_words(line))
    for (const std::string_view start : {folder, std::string_view()})
      for (const Executable& one : all)
        if (const std::string path = join_path(start, word);
            word.find('/') != word.npos && (path == one.folder || path == one.file))
          return &one;
  return nullptr;
}

// By the script that packs the archive: what it has built last before it names it. Null: none does,
// or several.
const Executable* by_script(PackingScripts& scripts, const std::vector<Executable>& all,
                            std::string_view archive) {
  if (extension_of(archive) != ".zip") return nullptr;
  const Executable* found = nullptr;
  for (const PackingScripts::Script& script : scripts.all()) {
    if (!contains_word(script.text, file_name_of(archive))) continue;
    const Executable* last = nullptr;
    for (const std::string_view line : split(script.text, '\n')) {
      if (const Executable* one = built_by(all, line, script.folder)) last = one;
      if (last == nullptr || !contains_word(line, file_name_of(archive))) continue;
      if (found != nullptr && found != last) return nullptr;
      found = last;
      break;
    }
  }
  return found;
}

}  // namespace

const std::vector<PackingScripts::Script>& PackingScripts::all() {
  if (all_) return *all_;
  all_.emplace();
  const auto is_script = [](std::string_view name) {
    return is_one_of(known::packing_scripts(), name) || name.ends_with(".sh");
  };
  for (const std::string& path :
       files_called(files_, "", is_script, [](std::string_view) { return false; }))
    if (Result<std::string> text = files_.read(path, kBuildFileBytes); text)
      all_->push_back({std::string(folder_of(path)), std::move(text.value())});
  return *all_;
}

const Executable* named_executable(const std::vector<Executable>& all, std::string_view handler) {
  const std::string_view name = file_name_of(handler);
  return name.empty() || is_one_of(known::plain_program_names(), lower(name)) ? nullptr
                                                                              : by_name(all, name);
}

ChosenExecutable choose_executable(const FileSystem& files, PackingScripts& scripts,
                                   const HandlerQuery& query, const std::vector<Executable>& all) {
  // Where the runtime is not known, "app.handler" is no program's name.
  if (query.runtime.empty() && query.handler.find('.') != std::string_view::npos) return {};
  // The sources' own folder.
  std::vector<const Executable*> here;
  for (const Executable& one : all)
    if (one.folder == query.root || (lies_below(one.file, query.root) && !query.root.empty()))
      here.push_back(&one);
  if (const std::string recipe = make_recipe(files, query); !recipe.empty())
    if (const Executable* one = by_recipe(all, query, recipe)) return {one, false};
  const std::vector<std::string> names = program_names(query);
  if (here.size() == 1) return {here.front(), false};
  if (const Executable* one = by_script(scripts, all, query.code.path)) return {one, true};
  for (const std::string& name : names) {
    if (const Executable* one = by_name(all, name))
      return {one, query.code.kind != CodeKind::Folder};
    if (const Executable* one = by_path(all, plain_name(name))) return {one, true};
  }
  for (const std::string& name : names)
    if (const Executable* one = by_part(all, name)) return {one, true};
  for (const Executable& one : all)
    if (one.folder == query.root) return {&one, false};
  // All that a build of the project's own folder makes.
  const bool is_built_whole = query.root.empty() && query.code.kind == CodeKind::Folder &&
                              query.code.built && !query.code.guessed &&
                              query.code.build_method != "makefile";
  if (all.size() == 1) return {&all.front(), !is_built_whole};
  return {};
}

void take_executable(const ChosenExecutable& chosen, const std::vector<Executable>& all,
                     const HandlerQuery& query, std::string_view words, HandlerFile& found) {
  if (chosen.executable != nullptr) {
    found.path = chosen.executable->file;
    found.heuristic = chosen.heuristic;
    found.form = HandlerForm::Entry;
    return;
  }
  if (query.handler.find("::") != std::string_view::npos) {
    lacks_form(found, query.handler, "program");
    return;
  }
  found.lack = all.empty() ? HandlerLack::File : HandlerLack::Code;
  found.looked_for = query.handler;
  found.reason = all.empty() ? cat("no ", words, " in ", folder_words(query.root))
                             : cat("which of ", all.size(),
                                   " programs it runs is not declared in the template");
}

}  // namespace fnlint
