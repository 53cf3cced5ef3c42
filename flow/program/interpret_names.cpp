// What names stand for in a program that is run: variables, what modules export and import, classes
// and their members.

#include "core/text.h"
#include "flow/program/interpret.h"
#include "model/language_traits.h"

namespace fnlint {

namespace {

constexpr int kChain = 32;  // of bases, of modules that export from one another

}  // namespace

// --- Variables.

FrameId Interpreter::owner_frame(FrameId frame, FunctionId owner) const {
  const ModuleId module = frames_[frame.index].function.module;
  for (FrameId one = frame; one.exists(); one = frames_[one.index].parent)
    if (frames_[one.index].function == FunctionRef{module, owner}) return one;
  return {};
}

DatumId Interpreter::read(FrameId frame, VariableId id) {
  const ModuleId module = at(frame).function.module;
  const Variable& variable = facts(module).variables[id.index];
  const FrameId owner = owner_frame(frame, variable.owner);
  if (owner.exists()) {
    const auto found = at(owner).variables.find(id.index);
    if (found != at(owner).variables.end()) return found->second;
    if (at(owner).receiver.exists() &&
        facts(module).functions[at(owner).function.function.index].receiver == id)
      return at(owner).receiver;
  }
  const auto row = modules_[module.index].imports.find(id.index);
  if (row != modules_[module.index].imports.end()) return import_value(module, row->second);
  return absent();
}

void Interpreter::bind(FrameId frame, VariableId id, DatumId value) {
  const Variable& variable = facts(at(frame).function.module).variables[id.index];
  FrameId owner = owner_frame(frame, variable.owner);
  if (!owner.exists()) owner = frame;
  const auto [path, is_first] = at(owner).paths.try_emplace(id.index, here());
  if (is_first) bytes_ += 2 * kEntryBytes;
  const std::uint32_t made = path->second;
  const auto old = at(owner).variables.find(id.index);
  const DatumId before = old != at(owner).variables.end() ? old->second : DatumId{};
  at(owner).variables[id.index] =
      is_first || !before.exists() ? value : guarded(made, value, before);
}

// --- Modules.

void Interpreter::run_module(ModuleId module) {
  ModuleRun& run = modules_[module.index];
  if (run.begun) return;
  run.begun = true;
  const CodeFacts& code = facts(module);
  for (std::uint32_t i = 0; i < code.imports.size(); ++i)
    if (code.imports[i].local.exists()) run.imports.emplace(code.imports[i].local.index, i);
  frames_.push_back({.function = {module, FunctionId{0}}});
  const FrameId frame{static_cast<std::uint32_t>(frames_.size() - 1)};
  run.frame = frame;
  run.exports = record({});
  const std::vector<PathTest> outer_path = std::exchange(path_, {});
  for (std::uint32_t i = 0; i < code.variables.size(); ++i) {
    const Variable& variable = code.variables[i];
    if (variable.owner != FunctionId{0}) continue;
    if (variable.kind != VariableKind::Import)
      run.names.emplace(code.string(variable.name), VariableId{i});
    if (traits(code.language).has_exports_object && code.string(variable.name) == "exports")
      bind(frame, VariableId{i}, run.exports);
  }
  const Language outer = std::exchange(language_, code.language);
  for (std::uint32_t i = 0; i < code.imports.size(); ++i) {
    const ImportTarget& target = program_.modules[module.index].imports[i];
    if ((code.imports[i].flags & kEffectOnly) != 0 && target.module.exists())
      run_module(target.module);
  }
  if (calls_ < kFrames) {
    ++calls_;
    if (!code.functions.empty() && code.functions[0].first.exists()) function_body(frame);
    --calls_;
  } else {
    stop("modules import one another too deeply");
  }
  language_ = outer;
  path_ = outer_path;
}

DatumId Interpreter::exported(ModuleId module, std::string_view name, int depth) {
  if (depth > kChain) return absent();
  run_module(module);
  const ModuleRun& run = modules_[module.index];
  const CodeFacts& code = facts(module);
  if (const Slot* one = slot(run.exports, name)) return settled(one->value);
  if (traits(code.language).has_exports_object && slot(run.exports, "exports") != nullptr)
    return member(slot(run.exports, "exports")->value, name);  // module.exports = ...
  const auto variable = run.names.find(name);
  if (variable != run.names.end()) {
    const DatumId value = read(run.frame, variable->second);
    if (!is(value, DatumKind::Absent)) return settled(value);
  }
  for (std::uint32_t i = 0; i < code.imports.size(); ++i) {
    const Import& row = code.imports[i];
    const ImportTarget& target = program_.modules[module.index].imports[i];
    if ((row.flags & kStar) == 0) {
      if (row.local.exists() && traits(code.language).exports_imports &&
          code.string(code.variables[row.local.index].name) == name)
        return import_value(module, i);
      continue;
    }
    if (target.module.exists() && target.module != module) {
      const DatumId value = exported(target.module, name, depth + 1);
      if (!is(value, DatumKind::Absent)) return value;
    }
  }
  return absent();
}

// The data of a file: the module as a whole, whatever the import calls it, or one member of it.
DatumId Interpreter::data_of_file(const std::string& file, const std::string& name) {
  Arguments path;
  path.given = {{"0", text(file)}};
  const LibraryUse opened{.path = "<file>", .arguments = path, .where = place_};
  Arguments contents;
  contents.given = {{"0", host_.call(*this, opened)}};
  const LibraryUse parsed{.path = "<parsed>", .arguments = contents, .where = place_};
  const DatumId value = host_.call(*this, parsed);
  if (!value.exists()) return unknown(cat("import of ", file));
  return name.empty() || name == "*" || name == "default" ? value : member(value, name);
}

DatumId Interpreter::import_value(ModuleId module, std::uint32_t index) {
  const CodeFacts& code = facts(module);
  const Import& row = code.imports[index];
  const ImportTarget& target = program_.modules[module.index].imports[index];
  const std::string name(code.string(row.name));
  if (target.module.exists()) {
    const std::string file = host_.file_of(target.module);
    if (file.ends_with(".json")) return data_of_file(file, name);
    run_module(target.module);
    if ((row.flags & kRequire) != 0 || target.whole) {
      if ((row.flags & kRequire) != 0 && !name.empty() && !target.whole)
        return exported(target.module, name, 0);
      return module_value(target.module);
    }
    const std::string wanted = target.symbol.empty() ? name : target.symbol;
    const DatumId value = exported(target.module, wanted, 0);
    if (is(value, DatumKind::Absent) && wanted == "default") return module_value(target.module);
    return value;
  }
  if ((row.flags & kImplicit) != 0) {
    const std::string wanted(code.string(code.variables[row.local.index].name));
    for (std::uint32_t i = 0; i < code.imports.size(); ++i) {
      const ImportTarget& star = program_.modules[module.index].imports[i];
      if ((code.imports[i].flags & kStar) == 0) continue;
      if (star.module.exists()) {
        const DatumId value = exported(star.module, wanted, 0);
        if (!is(value, DatumKind::Absent)) return value;
      } else if (!star.path.empty()) {
        Arguments name_of_it;
        name_of_it.given = {{"0", text(cat(star.path, '.', wanted))}};
        const LibraryUse known{.path = "<known>", .arguments = name_of_it, .where = place_};
        if (host_.call(*this, known).exists()) return library(cat(star.path, '.', wanted));
      }
    }
    // Of what nobody knows: one of the libraries' own, which its package at least tells.
    for (std::uint32_t i = 0; i < code.imports.size(); ++i) {
      const ImportTarget& star = program_.modules[module.index].imports[i];
      if ((code.imports[i].flags & kStar) == 0 || star.path.empty()) continue;
      Arguments name_of_it;
      name_of_it.given = {{"0", text(cat(star.path, '.', wanted))}};
      const LibraryUse may{.path = "<may-be>", .arguments = name_of_it, .where = place_};
      if (host_.call(*this, may).exists()) return library(cat(star.path, '.', wanted));
    }
    return library(wanted);
  }
  if (target.path.empty()) {
    const std::string_view file = code.string(row.module);
    if (!file.ends_with(".json")) return unknown(cat("import of ", file));
    return data_of_file(join_path(folder_of(host_.file_of(module)), file), name);
  }
  const DatumId known = builtin_value(module, target.path);
  return known.exists() ? known : library(target.path);
}

// --- Functions and classes.

DatumId Interpreter::closure(FrameId frame, FunctionId function) {
  const ModuleId module = at(frame).function.module;
  const Function& row = facts(module).functions[function.index];
  Datum datum;
  datum.kind = DatumKind::Function;
  datum.function = {module, function};
  const FrameId home = row.parent.exists() ? owner_frame(frame, row.parent) : FrameId{};
  datum.frame = home.exists() ? home : frame;
  return add(std::move(datum));
}

DatumId Interpreter::define(FrameId frame, ClassId type) {
  const ModuleId module = at(frame).function.module;
  const CodeFacts& code = facts(module);
  const Class& row = code.classes[type.index];
  Datum datum;
  datum.kind = DatumKind::Class;
  datum.module = module;
  datum.type = type;
  datum.frame = frame;
  datum.text = code.string(row.name);
  if (row.bases.count > 0) datum.receiver = settled(evaluate(frame, code.bases[row.bases.first]));
  return add(std::move(datum));
}

// Runs what stands in the body of a class.
void Interpreter::initialise_class(FrameId frame, DatumId type) {
  const ModuleId module = at(frame).function.module;
  const CodeFacts& code = facts(module);
  const FunctionId body = code.classes[(*this)[type].type.index].class_init;
  if (!body.exists() || calls_ >= kFrames || !code.functions[body.index].first.exists()) return;
  const Function& init = code.functions[body.index];
  frames_.push_back({.function = {module, body},
                     .parent = frame,
                     .home = type,
                     .receiver = type,
                     .path = path_.size()});
  const FrameId inner{static_cast<std::uint32_t>(frames_.size() - 1)};
  ++calls_;
  if (traits(code.language).methods_come_first) {
    for (const bool declares : {true, false}) declared_region(inner, init, declares);
  } else {
    region(inner, init.first, init.end);
  }
  --calls_;
}

namespace {

std::string_view unqualified(std::string_view path) { return path.substr(path.rfind('.') + 1); }

}  // namespace

// Whether a value is of the type by its name; nothing: that is not known.
std::optional<bool> Interpreter::is_named(DatumId value, std::string_view type) const {
  const DatumId given = settled(value);
  const DatumKind kind = (*this)[given].kind;
  if (kind == DatumKind::Text)
    return type == "String" || type == "string" || type == "CharSequence";
  if (kind != DatumKind::Object) return std::nullopt;
  bool is_own = false;
  DatumId above = (*this)[given].home;
  for (int i = 0; i < kChain && is(above, DatumKind::Class); ++i) {
    is_own = true;
    if (unqualified((*this)[above].text) == type) return true;
    above = (*this)[above].receiver;
  }
  if (is_own) return std::nullopt;  // it may implement anything
  return unqualified((*this)[given].text) == type ? std::optional(true) : std::nullopt;
}

// Of several methods of one name that take as many, the one whose types have the names of what is
// given; of those that fit alike, one that is not running: overloads call one another.
FunctionId Interpreter::overload_of(FunctionRef called, const Arguments& arguments) const {
  const CodeFacts& code = facts(called.module);
  const std::vector<FunctionId> all =
      overloads_taking(code, called.function, arguments.given.size());
  if (all.size() < 2) return overload_taking(code, called.function, arguments.given.size());
  FunctionId best;
  int most = 0;
  for (const FunctionId one : all) {
    int score = 0;
    const Function& row = code.functions[one.index];
    for (std::uint32_t i = 0; i < row.parameters.count && i < arguments.given.size(); ++i) {
      const VariableId variable = code.parameters[row.parameters.first + i].variable;
      const TypeId type = variable.exists() ? code.variables[variable.index].type : TypeId{};
      if (!type.exists()) continue;
      const std::string_view name = unqualified(code.string(code.types[type.index].path));
      const std::optional<bool> fits = is_named(arguments.given[i].value, name);
      if (fits) score += *fits ? 4 : -4;
    }
    const bool runs = std::ranges::any_of(frames_, [&](const Frame& frame) {
      return frame.function == FunctionRef{called.module, one};
    });
    if (runs) --score;
    if (!best.exists() || score > most) {
      best = one;
      most = score;
    }
  }
  return best;
}

bool Interpreter::is_assigned_result(const CodeFacts& code, OpId at_op, OpId result) {
  if (at_op.index >= code.ops.size() || code.ops[at_op.index].kind != OpKind::Assign) return false;
  const ExprId value = code.assigns[code.ops[at_op.index].detail].value;
  if (!value.exists()) return false;
  const Expr& row = code.exprs[value.index];
  return row.kind == ExprKind::Result && row.ref == result.index;
}

// Methods and inner classes, or all else: what a field begins with may use those behind it.
void Interpreter::declared_region(FrameId frame, const Function& body, bool declares) {
  const CodeFacts& code = facts(at(frame).function.module);
  OpId defined;
  for (OpId op = body.first; op < body.end; op = code.ops[op.index].end) {
    const Op& row = code.ops[op.index];
    bool is_declaration = row.kind == OpKind::Define;
    if (is_declaration) defined = op;
    if (row.kind == OpKind::Assign && code.assigns[row.detail].value.exists())
      is_declaration =
          code.exprs[code.assigns[row.detail].value.index].kind == ExprKind::Function ||
          (defined.exists() && is_assigned_result(code, op, defined));
    if (is_declaration == declares && (!spend() || !step(frame, op).falls)) return;
  }
}

std::string Interpreter::library_base(DatumId type) const {
  for (int i = 0; i < kChain && type.exists(); ++i) {
    const Datum& row = (*this)[type];
    if (row.kind == DatumKind::Library) return row.text;
    if (row.kind != DatumKind::Class) return {};
    type = row.receiver;
  }
  return {};
}

// Whether a library's base class gives objects attributes that no code of their own sets.
// Elsewhere a field that is declared has a value of its own.
bool Interpreter::is_filled_by_library(DatumId type) const {
  for (int i = 0; i < kChain && is(type, DatumKind::Class); ++i) {
    if (!traits(facts((*this)[type].module).language).fields_are_open) return false;
    type = (*this)[type].receiver;
  }
  return type.exists() && !is(type, DatumKind::Class);
}

DatumId Interpreter::class_member(DatumId type, std::string_view name, DatumId receiver) {
  DatumId home = type;
  for (int i = 0; i < kChain && home.exists(); ++i) {
    const Datum& row = (*this)[home];
    if (row.kind == DatumKind::Library) {
      if (is(receiver, DatumKind::Class)) return library(cat(row.text, '.', name));
      return {};
    }
    if (row.kind != DatumKind::Class) return {};
    if (const Slot* found = slot(home, name)) {
      const DatumId value = settled(found->value);
      if (!is(value, DatumKind::Function)) return value;
      const FunctionRef ref = (*this)[value].function;
      const Function& function = facts(ref.module).functions[ref.function.index];
      Datum bound = (*this)[value];
      bound.home = home;
      const bool of_class = function.kind == FunctionKind::ClassMethod ||
                            (function.kind == FunctionKind::StaticMethod &&
                             traits(facts(ref.module).language).static_methods_get_class);
      if ((of_class || function.kind != FunctionKind::StaticMethod) &&
          (function.flags & kArrow) == 0)
        bound.receiver = of_class ? type : receiver;
      const DatumId method = add(std::move(bound));
      if (function.kind == FunctionKind::Accessor && !is(receiver, DatumKind::Class))
        return call_function(method, {}, place_);
      return method;
    }
    if (traits(facts(row.module).language).packages_are_folders &&
        is(receiver, DatumKind::Object) && (*this)[receiver].home == home)
      if (const DatumId method = elsewhere_in_package(home, name, receiver); method.exists())
        return method;
    home = row.receiver;
  }
  return {};
}

DatumId Interpreter::home_of(FrameId frame) const {
  for (FrameId one = frame; one.exists(); one = frames_[one.index].parent)
    if (frames_[one.index].home.exists()) return frames_[one.index].home;
  return {};
}

}  // namespace fnlint
