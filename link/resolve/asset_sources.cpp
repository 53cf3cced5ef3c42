// Reads source maps and the comments of bundlers, compares copies by content, and looks where
// builds take what they pack; else by names, file by file.

#include "link/resolve/asset_sources.h"

#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/image_code.h"
#include "link/resolve/output_folders.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

using nlohmann::json;

constexpr std::size_t kBundleBytes = 16U << 20U;
constexpr std::size_t kMapBytes = 64U << 20U;
constexpr std::size_t kBundledModules = 5000;  // of one bundle

// Languages whose handlers name files that are deployed as they are written.
struct PlainLanguage {
  std::string_view runtime;
  HandlerDot dot;
  std::span<const std::string_view> extensions;  // of what is deployed
  std::span<const std::string_view> sources;     // of what that may be made of
};
constexpr std::array<std::string_view, 1> kPython{".py"}, kRuby{".rb"};
constexpr std::array<std::string_view, 6> kNode{".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"};
constexpr std::array kPlain{
    PlainLanguage{"nodejs", HandlerDot::First, std::span(kNode).first(3), kNode},
    PlainLanguage{"python", HandlerDot::Last, kPython, kPython},
    PlainLanguage{"ruby", HandlerDot::First, kRuby, kRuby}};

const PlainLanguage* plain_language(std::string_view runtime) {
  for (const PlainLanguage& row : kPlain)
    if (runtime.starts_with(row.runtime)) return &row;
  return nullptr;
}

// The module that a handler names, as a path without its ending, and the function in it.
HandlerParts module_of(const PlainLanguage& language, std::string_view handler) {
  if (handler.find("::") != handler.npos) return {};
  HandlerParts parts = split_handler(handler, language.dot);
  if (language.dot == HandlerDot::Last) std::ranges::replace(parts.module, '.', '/');
  return parts;
}

// The files that a handler may name: as it is written, or what a compiler makes it of.
std::vector<std::string> modules_of(const PlainLanguage& language, std::string_view module) {
  std::vector<std::string> found;
  for (const std::string_view ending : language.sources) {
    found.push_back(cat(module, ending));
    const auto built = below_javascript_output(module);
    if (language.runtime == "nodejs" && built) found.push_back(cat("src/", *built, ending));
  }
  return found;
}

// By which files the folder of a build is known, for runtimes whose handlers name classes.
struct BuildFiles {
  std::string_view runtime;
  std::array<std::string_view, 3> names;  // what they end with
};
constexpr std::array kBuilds{BuildFiles{"java", {"pom.xml", "build.gradle", "build.gradle.kts"}},
                             BuildFiles{"dotnet", {".csproj"}}};

bool is_installed(std::string_view path) {
  return path.find("node_modules/") != std::string_view::npos;
}

// The folder of the app whose output the path lies in: above the outermost assembly. An archive may
// be made of anything in the project.
std::string app_folder(const FileSystem& files, std::string_view path) {
  if (files.kind(path) == EntryKind::File && !lies_in_assembly(files, path)) return {};
  std::string app(folder_of(path));
  for (std::string at(folder_of(path)); !at.empty(); at = std::string(folder_of(at)))
    if (files.kind(join_path(at, "manifest.json")) == EntryKind::File) app = folder_of(at);
  return app;
}

// The project's files that a bundle was made of, in the order of the bundle.
std::vector<std::string> mapped_sources(const FileSystem& files, const std::string& bundle) {
  std::vector<std::string> found;
  const Result<std::string> text = files.read(cat(bundle, ".map"), kMapBytes);
  if (!text) return found;
  const json map = parse_json(text.value());
  if (!map.is_object() || !map.contains("sources") || !map["sources"].is_array()) return found;
  std::string root;
  if (const auto row = map.find("sourceRoot"); row != map.end() && row->is_string())
    root = row->get<std::string>();
  for (const json& source : map["sources"]) {
    if (!source.is_string() || found.size() == kBundledModules) continue;
    const std::string path =
        join_path(folder_of(bundle), join_path(root, source.get<std::string>()));
    if (!is_installed(path) && files.kind(path) == EntryKind::File) found.push_back(path);
  }
  return found;
}

// The same by the comments "// src/resize.ts" that bundlers write before each module.
std::vector<std::string> named_modules(const FileSystem& files, const std::string& app,
                                       std::string_view text) {
  std::vector<std::string> found;
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with("// ") || found.size() == kBundledModules) continue;
    line = trim(line.substr(3));
    const bool is_path = line.find(' ') == std::string_view::npos && !extension_of(line).empty();
    if (!is_path || is_installed(line)) continue;
    for (std::string folder = app;; folder = std::string(folder_of(folder))) {
      const std::string path = join_path(folder, line);
      if (files.kind(path) == EntryKind::File) {
        found.push_back(path);
        break;
      }
      if (folder.empty()) break;
    }
  }
  return found;
}

// esbuild calls the exports of a module after its file, those of an index after its folder.
std::string exports_name(std::string_view path) {
  std::string_view name = file_name_of(path);
  name = name.substr(0, name.find('.'));
  if (name == "index") name = file_name_of(folder_of(path));
  std::string word;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '$';
    word += letter ? c : '_';
  }
  return cat("__toCommonJS(", word, "_exports)");
}

std::string_view without_extension(std::string_view path) {
  return path.substr(0, path.size() - extension_of(path).size());
}

// Where builds take what they pack, seen from the archive and from the template.
std::vector<std::string> folders_beside_archive(std::string_view archive,
                                                std::string_view template_) {
  const std::string stem(without_extension(archive));
  const std::string folder(folder_of(archive)), above(folder_of(folder));
  const std::string name(file_name_of(stem));
  std::vector<std::string> found{stem,
                                 folder,
                                 join_path(folder, "src"),
                                 above,
                                 join_path(above, "src"),
                                 join_path(above, name),
                                 join_path(join_path(above, "src"), name)};
  for (const std::string_view inner : {"", "src", "lambda"}) {
    const std::string at = join_path(template_, inner);
    found.push_back(at);
    found.push_back(join_path(at, name));
  }
  for (std::string& path : found)
    if (path == ".") path.clear();
  std::erase_if(found, [](const std::string& path) { return path.starts_with(".."); });
  return found;
}

std::set<std::string_view> lines_of(std::string_view text) {
  constexpr std::size_t kTelling = 6;  // shorter ones are brackets
  std::set<std::string_view> lines;
  for (const std::string_view line : split(text, '\n'))
    if (const std::string_view plain = trim(line); plain.size() >= kTelling) lines.insert(plain);
  return lines;
}

// Whether a text is the other of an earlier or a later day.
bool are_alike(std::string_view a, std::string_view b) {
  const std::set<std::string_view> one = lines_of(a), other = lines_of(b);
  if (one.empty() || other.empty()) return a == b;
  std::size_t shared = 0;
  for (const std::string_view line : one) shared += other.count(line);
  return shared * 2 >= std::min(one.size(), other.size());
}

bool exports_symbol(const FileSystem& files, const std::string& path, std::string_view symbol) {
  const Result<std::string> text = files.read(path, kSourceBytes);
  if (!text) return false;
  for (const std::string_view line : split(text.value(), '\n')) {
    const std::size_t at = line.find("export");
    if (at != std::string_view::npos && line.find(symbol, at) != std::string_view::npos)
      return true;
  }
  return false;
}

std::string entry_of(const FileSystem& files, const std::vector<std::string>& sources,
                     std::string_view bundle, std::string_view symbol) {
  std::vector<std::string> named, exporting;
  for (const std::string& path : sources) {
    if (bundle.find(exports_name(path)) != std::string_view::npos) named.push_back(path);
    if (exports_symbol(files, path, symbol)) exporting.push_back(path);
  }
  if (named.size() == 1) return named.front();
  if (exporting.size() == 1) return exporting.front();
  return sources.size() == 1 ? sources.front() : std::string();
}

// The modules that a file hands on whole, without their endings: `export * from "./orders"`.
std::vector<std::string> handed_on(std::string_view file, std::string_view text) {
  std::vector<std::string> found;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t open = line.find_first_of("\"'");
    if (!line.starts_with("export *") || open == line.npos) continue;
    const std::string_view path =
        line.substr(open + 1, line.find_first_of("\"'", open + 1) - open - 1);
    const std::string base = join_path(folder_of(file), without_extension(path));
    found.push_back(base);
    found.push_back(cat(base, "/index"));
  }
  return found;
}

// Whether a file has a name, or a module that it hands on.
bool speaks_of(const FileSystem& files, const std::string& file, std::string_view symbol) {
  constexpr std::size_t kFiles = 64;
  std::vector<std::string> open{file};
  std::set<std::string> seen{file};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Result<std::string> text = files.read(open[i], kSourceBytes);
    if (!text) continue;
    if (contains_word(text.value(), symbol)) return true;
    for (const std::string& module : handed_on(open[i], text.value()))
      for (const std::string_view ending : kNode)
        if (std::string one = cat(module, ending);
            open.size() < kFiles && files.kind(one) == EntryKind::File && seen.insert(one).second)
          open.push_back(std::move(one));
  }
  return false;
}

void take_folder(std::string folder, CodeLocation& code) {
  code.package = std::move(code.path);
  code.path = std::move(folder);
  code.kind = CodeKind::Folder;
}

void take_bundle(const std::string& entry, CodeLocation& code) {
  take_folder(std::string(folder_of(entry)), code);
  code.build_method = "esbuild";
  code.entry_points = {std::string(file_name_of(entry))};
  code.built = true;
}

}  // namespace

bool AssetSources::lead_back_bundle(const std::string& file, std::string_view symbol,
                                    CodeLocation& code) {
  const Result<std::string> text = files_.read(file, kBundleBytes);
  if (!text) return false;
  std::vector<std::string> sources = mapped_sources(files_, file);
  const std::string app = code.kind == CodeKind::Zip ? std::string(folder_of(code.path))
                                                     : app_folder(files_, code.path);
  if (sources.empty()) sources = named_modules(files_, app, text.value());
  const std::string entry = entry_of(files_, sources, text.value(), symbol);
  if (entry.empty()) return false;
  take_bundle(entry, code);
  return true;
}

std::size_t AssetSources::shared_names(const std::string& a, const std::string& b) const {
  std::size_t shared = 0;
  const std::vector<Entry> there = files_.list(b);
  for (const Entry& entry : files_.list(a))
    shared += std::ranges::binary_search(there, entry.name, {}, &Entry::name) ? 1U : 0U;
  return shared;
}

const std::vector<std::string>& AssetSources::sources_of(
    const std::string& app, std::span<const std::string_view> extensions) {
  const auto [row, is_new] = sources_.try_emplace(
      cat(app, "\n", extensions.front(), "\n", extensions.size()));
  if (!is_new) return row->second;
  const auto skips = [&](std::string_view folder) {
    return files_.kind(join_path(folder, "manifest.json")) == EntryKind::File &&
           lies_in_assembly(files_, join_path(folder, "x"));
  };
  row->second = files_below(files_, app, extensions, skips);
  return row->second;
}

std::uint64_t AssetSources::content_of(const std::string& path) {
  const auto [row, is_new] = contents_.try_emplace(path, 0);
  if (!is_new) return row->second;
  const Result<std::string> text = files_.read(path, kSourceBytes);
  if (text) row->second = hash_of(text.value()) | 1U;
  return row->second;
}

// The folder that an asset is a copy of: its handler's file is there, byte by byte.
bool AssetSources::lead_back_copy(const std::string& module,
                                  std::span<const std::string_view> extensions,
                                  CodeLocation& code) {
  const std::uint64_t content = content_of(join_path(code.path, module));
  if (content == 0) return false;
  const std::string end = cat("/", module);
  std::string best;
  std::size_t most = 0;
  for (const std::string& path : sources_of(app_folder(files_, code.path), extensions)) {
    if (!cat("/", path).ends_with(end) || content_of(path) != content) continue;
    const std::string folder = path.size() == module.size()
                                   ? std::string()
                                   : path.substr(0, path.size() - end.size());
    const std::size_t shared = shared_names(code.path, folder);
    if (shared <= most) continue;
    most = shared;
    best = folder;
  }
  if (most == 0) return false;
  take_folder(best, code);
  return true;
}

PathCandidate AssetSources::packed_folder(const AssetUser& user, std::string_view archive) {
  const PlainLanguage* language = plain_language(user.runtime);
  const HandlerParts parts =
      language == nullptr ? HandlerParts{} : module_of(*language, user.handler);
  if (parts.symbol.empty()) return std::nullopt;
  const Guess guess = guess_by(guesses::place_of_archive(), file_name_of(archive));
  std::optional<std::string> first;
  for (std::string& folder : folders_beside_archive(archive, user.folder))
    for (const std::string_view ending : language->sources) {
      const std::string file = join_path(folder, cat(parts.module, ending));
      if (files_.kind(file) != EntryKind::File) continue;
      if (speaks_of(files_, file, parts.symbol)) return Candidate<std::string>{folder, guess};
      if (!first) first = folder;
    }
  if (!first) return std::nullopt;
  if (PathCandidate other = folder_of_handler(user)) return other;
  return Candidate<std::string>{*std::move(first), guess};
}

PathCandidate AssetSources::named_folder(const AssetUser& user, std::string_view archive) {
  const PlainLanguage* language = plain_language(user.runtime);
  const HandlerParts parts =
      language == nullptr ? HandlerParts{} : module_of(*language, user.handler);
  if (parts.symbol.empty()) return std::nullopt;
  const std::vector<std::string> modules = modules_of(*language, parts.module);
  const auto declares = [&](const std::string& folder) {
    return std::ranges::any_of(modules, [&](const std::string& module) {
      const Result<std::string> text = files_.read(join_path(folder, module), kSourceBytes);
      return text && text.value().find(parts.symbol) != std::string::npos;
    });
  };
  const std::string name(file_name_of(archive));
  const auto commanded = [&] {
    return is_archive_name(archive) ? folders_of_archive(builds_.scripts(), archive)
                                    : std::vector<std::string>{};
  };
  if (PathCandidate packed = likeliest<std::string>({{&guesses::packing_command(), name, commanded}},
                                                    declares))
    return packed;
  const std::vector<std::string>& sources = sources_of("", language->sources);
  const std::vector<std::string> named =
      folders_named_after(sources, modules, archive, user.folder);
  // Where none is called so: with its folder, a module that is there once is the handler's whatever
  // it is called.
  const auto holding = [&]() -> std::vector<std::string> {
    const bool tells = is_telling_module(parts.module, archive);
    if (!named.empty() || (!tells && parts.module.find('/') == std::string::npos)) return {};
    return folders_with_module(sources, modules, tells ? user.folder : std::string_view());
  };
  return likeliest<std::string>({{&guesses::folder_name(), name, [&] { return named; }},
                                 {&guesses::module_name(), {}, holding}},
                                declares);
}

PathCandidate AssetSources::entry_named_after(const AssetUser& user, std::string_view archive) {
  const PlainLanguage* language = plain_language(user.runtime);
  if (language == nullptr || language->runtime != "nodejs") return std::nullopt;
  const HandlerParts parts = module_of(*language, user.handler);
  const std::string_view name = without_extension(file_name_of(archive));
  const std::optional<std::string> package =
      nearest_above(existing_folder(files_, folder_of(archive)), [&](const std::string& at) {
        return files_.kind(join_path(at, "package.json")) == EntryKind::File;
      });
  if (parts.symbol.empty() || !package || is_one_of(known::plain_handler_names(), name))
    return std::nullopt;
  const auto fits = [&](const std::string& path) {
    const std::string_view stem = without_extension(file_name_of(path));
    const std::string_view called = stem == "index" ? file_name_of(folder_of(path)) : stem;
    return is_same_name(called, name) && !is_made(folder_of(path)) && !is_installed(path) &&
           (package->empty() || lies_below(path, *package)) &&
           exports_symbol(files_, path, parts.symbol);
  };
  return likeliest<std::string>({{&guesses::source_name(), std::string(name),
                                  [&] { return sources_of("", language->sources); }}},
                                fits);
}

PathCandidate AssetSources::folder_of_handler(const AssetUser& user) {
  const PlainLanguage* language = plain_language(user.runtime);
  const HandlerParts parts =
      language == nullptr ? HandlerParts{} : module_of(*language, user.handler);
  const bool tells =
      !is_one_of(known::plain_handler_names(), parts.symbol) || is_telling_module(parts.module, {});
  if (parts.symbol.empty() || !tells) return std::nullopt;
  const std::vector<std::string> modules = modules_of(*language, parts.module);
  return likeliest<std::string>(
      {{&guesses::handler_name(), {}, [&] {
          return folders_with_module(sources_of("", language->sources), modules, "");
        }}},
      [&](const std::string& folder) {
        return std::ranges::any_of(modules, [&](const std::string& module) {
          return speaks_of(files_, join_path(folder, module), parts.symbol);
        });
      });
}

// A Java or .NET build makes the archive somewhere below its own folder.
PathCandidate AssetSources::building_folder(const AssetUser& user, std::string_view archive) const {
  const auto row = std::ranges::find_if(
      kBuilds, [&](const BuildFiles& one) { return user.runtime.starts_with(one.runtime); });
  if (row == kBuilds.end()) return std::nullopt;
  const std::optional<std::string> folder =
      nearest_above(existing_folder(files_, folder_of(archive)), [&](const std::string& at) {
        return std::ranges::any_of(files_.list(at), [&](const Entry& entry) {
          return entry.kind == EntryKind::File &&
                 std::ranges::any_of(row->names, [&](std::string_view end) {
                   return !end.empty() && entry.name.ends_with(end);
                 });
        });
      });
  if (!folder) return std::nullopt;
  return Candidate<std::string>{*folder, guess_by(guesses::build_above(), file_name_of(archive))};
}

// By the file that the handler names, where what lies there looks like what the archive has.
bool AssetSources::lead_back_packed(const AssetUser& user, const std::string& module,
                                    CodeLocation& code) {
  const PathCandidate folder = packed_folder(user, code.path);
  if (!folder) return false;
  const Result<std::string> packed = files_.read(join_path(code.path, module), kSourceBytes);
  const std::string_view bare = without_extension(module);
  for (const std::string_view ending : plain_language(user.runtime)->sources) {
    const std::string source = join_path(folder->thing, cat(bare, ending));
    if (files_.kind(source) != EntryKind::File) continue;
    const Result<std::string> written = files_.read(source, kSourceBytes);
    if (!written || !packed || !are_alike(written.value(), packed.value())) continue;
    take_folder(folder->thing, code);
    code.built = true;
    return true;
  }
  return false;
}

void take_sources(Candidate<std::string> folder, CodeLocation& code) {
  code.kind = CodeKind::Folder;
  code.path = std::move(folder.thing);
  code.built = true;
  code.guess = std::move(folder.guess);
}

void take_entry(std::string folder, std::string entry, Guess guess, CodeLocation& code) {
  take_sources({std::move(folder), std::move(guess)}, code);
  code.build_method = "esbuild";
  code.entry_points = {std::move(entry)};
}

bool lies_in_assembly(const FileSystem& files, std::string_view path) {
  for (std::string at(folder_of(path)); !at.empty(); at = std::string(folder_of(at)))
    if (files.kind(join_path(at, "manifest.json")) == EntryKind::File &&
        (files.kind(join_path(at, "cdk.out")) == EntryKind::File || file_name_of(at) == "cdk.out"))
      return true;
  return false;
}

void AssetSources::lead_back(const AssetUser& user, CodeLocation& code) {
  if (code.kind != CodeKind::Folder && code.kind != CodeKind::Zip) return;
  // Many functions of one package differ in nothing that counts here.
  const std::string key =
      cat(code.path, '\n', user.handler, '\n', user.runtime, '\n', user.folder);
  const auto [row, is_new] = led_.try_emplace(key);
  Led& led = row->second;
  if (is_new) {
    CodeLocation found = code;
    follow(user, found);
    const bool changed = found.package != code.package;
    led = {found.kind,  std::move(found.path),         std::move(found.package),
           found.built, std::move(found.build_method), std::move(found.entry_points),
           changed};
  }
  if (!led.changed) return;
  code.kind = led.kind;
  code.path = led.path;
  code.package = led.package;
  code.built = led.built;
  code.build_method = led.build_method;
  code.entry_points = led.entry_points;
}

void AssetSources::follow(const AssetUser& user, CodeLocation& code) {
  const bool archive = code.kind == CodeKind::Zip;
  const bool copied = code.kind == CodeKind::Folder && lies_in_assembly(files_, code.path);
  const PlainLanguage* language = plain_language(user.runtime);
  if ((!archive && !copied) || language == nullptr) return;
  const HandlerParts parts = module_of(*language, user.handler);
  if (parts.symbol.empty()) return;
  for (const std::string_view extension : language->extensions) {
    const std::string module = cat(parts.module, extension);
    const std::string file = join_path(code.path, module);
    if (files_.kind(file) != EntryKind::File) continue;
    const bool script = language->runtime == "nodejs";
    if (script && lead_back_bundle(file, parts.symbol, code)) return;
    if (archive && lead_back_packed(user, module, code)) return;
    if (lead_back_copy(module, language->extensions, code)) return;
  }
}

}  // namespace fnlint
