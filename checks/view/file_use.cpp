// Reads the file effects of a function: which path each call opens and in which mode, as spelled by
// the flags, modes and path objects of ten languages.

#include "checks/view/file_use.h"

#include "checks/view/code_calls.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

constexpr std::string_view kCodeFolder = "/var/task";

struct FileRow {
  std::string_view operation;
  FileUse use;
  bool from_key = false;  // what its key names is read
};
constexpr std::array kFileRows{
    FileRow{"file.Append", FileUse::Append},
    FileRow{"file.ChangeFolder", FileUse::ChangeFolder},
    FileRow{"file.Copy", FileUse::Write, true},
    FileRow{"file.Create", FileUse::Create},
    FileRow{"file.Delete", FileUse::Delete},
    FileRow{"file.MakeFolder", FileUse::MakeFolder},
    FileRow{"file.Move", FileUse::Write, true},
    FileRow{"file.Open", FileUse::Unknown},
    FileRow{"file.Read", FileUse::Read},
    FileRow{"file.Write", FileUse::Write},
    FileRow{"file.WriteFolder", FileUse::WriteFolder},
};

// Names of the flags with which languages open files, in lower case; the first that is there.
struct Flag {
  std::string_view name;
  FileUse use;
};
constexpr std::array kFlags{
    Flag{"app", FileUse::Append},       Flag{"trunc", FileUse::Write},
    Flag{"openorcreate", FileUse::Change}, Flag{"create_new", FileUse::Write},
    Flag{"creat", FileUse::Write},      Flag{"write", FileUse::Write},
    Flag{"wronly", FileUse::Change},    Flag{"rdwr", FileUse::Change},
    Flag{"rdonly", FileUse::Read},      Flag{"out", FileUse::Write},
    Flag{"binary", FileUse::Write},     Flag{"filemode.open", FileUse::Read},
};

// "rb", "w+", "a".
FileUse use_of_letters(std::string_view mode) {
  const auto has = [&](char c) { return mode.find(c) != std::string_view::npos; };
  if (mode.size() > 4) return FileUse::Unknown;
  if (has('w') || has('x')) return FileUse::Write;
  if (has('a')) return FileUse::Append;
  if (has('+') || has('c') || has('n')) return FileUse::Change;
  return has('r') ? FileUse::Read : FileUse::Unknown;
}

FileUse use_of_mode(const ValuePool& pool, ValueId mode) {
  if (!mode.exists()) return FileUse::Unknown;
  if (pool.is(mode, ValueKind::Bool))  // whether to append
    return pool.text(mode) == "true" ? FileUse::Append : FileUse::Write;
  if (pool.is(mode, ValueKind::Text)) return use_of_letters(pool.text(mode));
  std::string names;
  for_each_below(pool, mode, [&](ValueId id) {
    if (pool[id].kind == ValueKind::Hole && pool[id].origin == Origin::Library)
      names += cat(' ', lower(pool.text(id)));
  });
  for (const Flag& flag : kFlags)
    if (names.find(flag.name) != std::string::npos) return flag.use;
  return FileUse::Unknown;
}

// The text that a value has as a path.
class Spelling {
 public:
  explicit Spelling(const ValuePool& pool) : pool_(pool) {}

  KnownPath of(ValueId value, int depth = 0) const {
    constexpr int kDepth = 12;
    if (!value.exists() || depth > kDepth || left_-- <= 0) return {};
    const Value& row = pool_[value];
    switch (row.kind) {
      case ValueKind::Text: return {.text = std::string(pool_.text(value)), .whole = true};
      case ValueKind::Pattern: return of_parts(pool_.operands(value), depth);
      case ValueKind::Object: return of_object(value, depth);
      case ValueKind::Computed: return of_computed(value, depth);
      case ValueKind::Hole:
        // The place of the file itself: below the code's folder, who knows how deep.
        if (row.origin == Origin::Library && pool_.text(value).starts_with("__"))
          return {.text = cat(kCodeFolder, '/')};
        return {};
      default: return {};
    }
  }

 private:
  KnownPath of_parts(std::span<const ValueId> parts, int depth) const {
    KnownPath path{.whole = true};
    for (const ValueId part : parts) {
      const KnownPath next = of(part, depth + 1);
      path.text += next.text;
      path.whole = next.whole;
      if (!path.whole) break;
    }
    return path;
  }

  KnownPath joined(std::span<const ValueId> parts, int depth) const {
    KnownPath path{.whole = true};
    for (const ValueId part : parts) {
      if (!path.whole) return path;
      const KnownPath next = of(part, depth + 1);
      if (next.text.starts_with('/') || path.text.empty())
        path.text = next.text;
      else
        path.text += cat(path.text.ends_with('/') ? "" : "/", next.text);
      path.whole = next.whole;
    }
    return path;
  }

  // An object that is a path, by what its row for dividing says.
  KnownPath of_object(ValueId value, int depth) const {
    const std::string path(pool_.text(value));
    const LibraryModel* row = find_library_model(Language::Unknown, cat(path, ".divide"));
    if (row == nullptr || row->computes != "path_join" || pool_.operands(value).empty()) return {};
    std::vector<ValueId> parts;
    if (pool_.operands(value).size() > 1) parts.push_back(pool_.operands(value)[1]);
    for (const ValueId one : pool_.operands(pool_.operands(value)[0])) parts.push_back(one);
    return joined(parts, depth);
  }

  KnownPath of_computed(ValueId value, int depth) const {
    const Opcode opcode = pool_.opcode(value);
    const auto operands = pool_.operands(value);
    if (operands.empty()) return {};
    if (opcode == Opcode::Divide || opcode == Opcode::PathJoin || opcode == Opcode::PathNormalJoin)
      return joined(operands, depth);
    if (opcode == Opcode::ToText) return of(operands[0], depth + 1);
    if (opcode == Opcode::Dirname) {
      const KnownPath inner = of(operands[0], depth + 1);
      return inner.whole ? KnownPath{} : inner;
    }
    return {};
  }

  const ValuePool& pool_;
  mutable int left_ = 256;  // values are shared: a short one may be long when it is written out
};

class Accesses {
 public:
  explicit Accesses(const ValuePool& pool) : pool_(pool) {}

  void add(FileAccess access, std::uint32_t operation, std::uint32_t library, ValueId target,
           ValueId key, ValueId arguments) {
    if (operation == UINT32_MAX) return;
    const Operation& row = operations()[operation];
    access.words = row.words;
    if (access.name.empty()) access.name = row.id;
    for (const FileRow& known : kFileRows) {
      if (known.operation != row.id || !target.exists()) continue;
      if (known.from_key) push(access, FileUse::Read, key);
      const bool opens = known.use == FileUse::Unknown;
      return push(access, opens ? use_of_mode(pool_, key) : known.use, target);
    }
    if (row.id == "file.MakeTemporary") return push_temporary(access, target, key);
    const LibraryModel* model = library != UINT32_MAX ? &library_models()[library] : nullptr;
    constexpr std::string_view kFile = "file=";
    if (model != nullptr && model->tells.starts_with(kFile))
      return push(access, FileUse::Write,
                  argument_of(pool_, arguments, model->tells.substr(kFile.size())));
    // Of what writes to an address of a service, any other address is a file.
    if (row.id == "s3.WriteFile") push(access, FileUse::Write, target);
  }

  std::vector<FileAccess> rows = {};

 private:
  // A name that the library chooses, behind what the code says that it begins with.
  void push_temporary(const FileAccess& like, ValueId path, ValueId begins) {
    FileAccess access = like;
    access.use = FileUse::Write;
    access.paths =
        says_nothing(begins) ? std::vector{KnownPath{.text = "/tmp/"}} : known_paths(pool_, begins);
    for (KnownPath& one : access.paths) one.whole = false;
    access.path_value = path;
    rows.push_back(std::move(access));
  }

  bool says_nothing(ValueId folder) const {
    return !folder.exists() || pool_.is(folder, ValueKind::Null) ||
           (pool_.is(folder, ValueKind::Text) && pool_.text(folder).empty());
  }

  void push(const FileAccess& like, FileUse use, ValueId path) {
    FileAccess access = like;
    access.use = use;
    access.paths = known_paths(pool_, path);
    access.path_value = path;
    if (!access.paths.empty()) rows.push_back(std::move(access));
  }

  const ValuePool& pool_;
};

}  // namespace

std::vector<KnownPath> known_paths(const ValuePool& pool, ValueId value) {
  std::vector<KnownPath> paths;
  if (!value.exists()) return paths;
  std::vector<ValueId> alternatives{value};
  if (pool.is(value, ValueKind::OneOf))
    alternatives.assign(pool.operands(value).begin(), pool.operands(value).end());
  for (const ValueId one : alternatives) {
    KnownPath path = Spelling(pool).of(one);
    const bool is_address = path.text.find("://") != std::string::npos;
    if (path.text == "~" || path.text.starts_with("~/")) path.text.replace(0, 1, kHomeFolder);
    const bool is_home = path.text.starts_with('~');  // somebody else's
    const bool is_empty = path.whole && path.text.empty();
    const bool is_foreign = path.text.find_first_of("\\:") != std::string::npos;
    if (is_address || is_home || is_empty || is_foreign) path = {};
    path.relative = path.known() && !path.text.starts_with('/');
    if (path.relative) path.text = cat(kCodeFolder, '/', path.text);
    if (path.known()) path.text = tidy_path(path.text);
    paths.push_back(std::move(path));
  }
  return paths;
}

std::string tidy_path(std::string_view path) {
  std::vector<std::string_view> names;
  for (const std::string_view name : split(path, '/')) {
    if (name.empty() || name == ".") continue;
    if (name != "..")
      names.push_back(name);
    else if (!names.empty())
      names.pop_back();
  }
  std::string tidy;
  for (const std::string_view name : names) tidy += cat('/', name);
  if (tidy.empty() || path.ends_with('/')) tidy += '/';
  return tidy;
}

// Source: Lambda Developer Guide, "Configuring file system access": paths begin with /mnt/.
bool appends_to_mount(const ValuePool& pool, const Effect& effect) {
  if (operations()[effect.operation].id != "file.Open" || effect.library == UINT32_MAX ||
      library_models()[effect.library].path.starts_with("logging.") ||
      use_of_mode(pool, effect.key) != FileUse::Append)
    return false;
  const std::vector<KnownPath> paths = known_paths(pool, effect.target_value);
  return !paths.empty() && std::ranges::all_of(paths, [](const KnownPath& path) {
    return is_in_folder(path.text, "/mnt");
  });
}

bool is_in_folder(std::string_view path, std::string_view root) {
  while (root.size() > 1 && root.ends_with('/')) root.remove_suffix(1);
  return path.starts_with(root) &&
         (path.size() == root.size() || root == "/" || path[root.size()] == '/');
}

std::vector<FileAccess> file_accesses(const ValuePool& pool, const LambdaFunction& function) {
  Accesses out(pool);
  for (const CodeCall& call : function.init_work)
    out.add({.name = call.name,
             .holds = call.holds,
             .uncertainty = call.uncertainty,
             .flags = call.flags,
             .at_init = call.phase != CallPhase::Invocation,
             .where = call.where,
             .path = call.path},
            call.operation, call.library, call.value, call.key, call.arguments);
  std::vector<const Effect*> effects;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) effects.push_back(&effect);
  std::ranges::stable_sort(effects, {}, &Effect::order);
  for (const Effect* effect : effects)
    out.add({.holds = effect->holds,
             .uncertainty = effect->uncertainty,
             .flags = effect->flags,
             .where = effect->where,
             .path = effect->path},
            effect->operation, effect->library, effect->target_value, effect->key,
            effect->arguments);
  return std::move(out.rows);
}

}  // namespace fnlint
