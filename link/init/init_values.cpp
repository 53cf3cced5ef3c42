// Looks in variables, fields, defaults and objects for values of such an origin, and whether
// anything reads them later.

#include "link/init/init_values.h"

#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "link/code/handler_method.h"
#include "link/code/handler_value.h"
#include "link/code/init_modules.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "link/init/time_uses.h"
#include "tables/models.h"
#include "values/compute.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fnlint {

namespace {

// The parts of a module's file that run with events name a variable or field.
class LaterFieldReads {
 public:
  explicit LaterFieldReads(const CodeFacts& code) : code_(code) {}
  [[nodiscard]] bool have(std::string_view name) const {
    if (!std::exchange(read_, true)) read();
    return names_.contains(name);
  }
  [[nodiscard]] bool only_tell_age(std::string_view name) const {
    return fnlint::only_tells_age(code_, name);
  }

 private:
  void read() const {
    for (std::size_t f = 1; f < code_.functions.size(); ++f) {
      const Function& row = code_.functions[f];
      if (runs_at_init(row)) continue;
      for (OpId at = row.first; at.exists() && at < row.end; ++at.index)
        visit_expressions(code_, at, [&](ExprId expr) { add(code_, expr); });
    }
  }

  void add(const CodeFacts& code, ExprId first) const {
    std::vector<ExprId> open{first};
    while (!open.empty()) {
      const Expr& row = code.exprs[open.back().index];
      open.pop_back();
      if (row.kind == ExprKind::Variable)
        names_.emplace(code.string(code.variables[row.ref].name));
      if (row.kind == ExprKind::Member) names_.emplace(code.string(row.name));
      const bool has_base = row.kind == ExprKind::Member || row.kind == ExprKind::Index ||
                            row.kind == ExprKind::Part || row.kind == ExprKind::TypeTest;
      if (has_base) open.push_back(ExprId{row.ref});
      for (const Operand& operand : code.operands_of(row.operands)) {
        if (operand.key.exists()) open.push_back(operand.key);
        if (operand.value.exists()) open.push_back(operand.value);
      }
    }
  }

  const CodeFacts& code_;
  mutable std::set<std::string, std::less<>> names_ = {};
  mutable bool read_ = false;
};

constexpr int kObjectsInside = 4;
constexpr std::string_view kSeed = "seed=";

constexpr std::uint32_t mask_of(Origin origin) { return 1U << static_cast<unsigned>(origin); }

class InitValues {
 public:
  InitValues(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
             bool is_snapshot, LambdaFunction& function)
      : engine_(engine),
        pool_(engine.pool()),
        scope_(scope),
        modules_(modules),
        counted_(is_snapshot
                     ? mask_of(Origin::Fresh) | mask_of(Origin::Clock) | mask_of(Origin::Secret)
                     : mask_of(Origin::Clock)),
        function_(function) {}

  void add_module(const LoadedModule& loaded) {
    const CodeFacts& code = engine_.facts(loaded.module);
    const LaterFieldReads reads(code);
    for (std::uint32_t v = 0; v < code.variables.size(); ++v) {
      const Variable& row = code.variables[v];
      if (row.owner.index != 0 || row.kind != VariableKind::Module) continue;
      const ValueId initial = engine_.modules().state(loaded.module, VariableId{v}).initial;
      if (!initial.exists()) continue;
      const std::string name(code.string(row.name));
      if (project_object(pool_, initial).kind == ProjectObject::Kind::Class)
        add_fields(initial, reads, loaded.chain);
      else
        add(name, initial, reads, loaded.chain);
    }
  }

  // `def load(day=date.today())`
  void add_defaults(const LoadedModule& loaded) {
    const CodeFacts& code = engine_.facts(loaded.module);
    if (!shares_defaults(code.language)) return;
    const LaterFieldReads reads(code);
    for (std::uint32_t f = 1; f < code.functions.size(); ++f) {
      const Slice<Parameter> rows = code.functions[f].parameters;
      for (std::uint32_t i = 0; i < rows.count; ++i) {
        const Parameter& row = code.parameters[rows.first + i];
        if (row.fallback.exists() && row.variable.exists())
          add(std::string(code.string(code.variables[row.variable.index].name)),
              default_value(engine_, {loaded.module, FunctionId{f}}, row.fallback), reads,
              loaded.chain);
      }
    }
  }

  // Of a class what it has itself, of an object its own.
  void add_fields(ValueId holder, const LaterFieldReads& reads,
                  const std::vector<PlacedText>& chain) {
    const ProjectObject type = project_object(pool_, holder);
    const CodeFacts& code = engine_.facts(type.module);
    const Slice<Field> fields = code.classes[type.type.index].fields;
    for (std::uint32_t i = 0; i < fields.count; ++i) {
      const std::string name(code.string(code.fields[fields.first + i].name));
      add(name, engine_.member_of(holder, name), reads, chain);
    }
  }

 private:
  [[nodiscard]] bool is_imported(std::string_view name) const {
    return std::ranges::any_of(modules_, [&](const ModuleInfo& module) {
      if (module.facts == nullptr) return false;  // of a unit that is done with
      return std::ranges::any_of(module.facts->imports, [&](const Import& row) {
        return module.facts->string(row.name) == name;
      });
    });
  }

  void add(const std::string& name, ValueId held, const LaterFieldReads& reads,
           const std::vector<PlacedText>& chain, int depth = 0) {
    if (!held.exists()) return;
    const bool is_object = project_object(pool_, held).kind == ProjectObject::Kind::Instance;
    if (is_object && depth < kObjectsInside) return add_object(held, chain, depth);
    const bool is_seeded = (counted_ & mask_of(Origin::Fresh)) != 0;
    if (const ValueId generator = is_seeded ? generator_in(held) : ValueId{}; generator.exists())
      return keep(name, Origin::Fresh, generator, generator, reads, chain);
    if ((pool_.origins(held) & counted_) == 0) return;
    const ValueId value = scope_.settle(held);
    ValueId source;
    for_each_below(pool_, value, [&](ValueId id) {
      const bool counts = (mask_of(pool_[id].origin) & counted_) != 0;
      if (pool_[id].kind == ValueKind::Hole && counts && !source.exists()) source = id;
    });
    if (!source.exists()) return;
    if (pool_[source].origin == Origin::Clock && reads.only_tell_age(name)) return;
    keep(name, pool_[source].origin, value, source, reads, chain);
  }

  // What an object of the project holds is asked of the functions of its own class.
  void add_object(ValueId object, const std::vector<PlacedText>& chain, int depth) {
    const ProjectObject type = project_object(pool_, object);
    if (!added_.insert(object).second) return;
    const CodeFacts& code = engine_.facts(type.module);
    const LaterFieldReads reads(code);
    const Slice<Field> fields = code.classes[type.type.index].fields;
    for (std::uint32_t i = 0; i < fields.count; ++i) {
      const std::string name(code.string(code.fields[fields.first + i].name));
      add(name, engine_.member_of(object, name), reads, chain, depth + 1);
    }
  }

  // A generator that chose its seed where it was made: all that it will ever give is settled then.
  [[nodiscard]] ValueId generator_in(ValueId held) const {
    if (pool_.is(held, ValueKind::OneOf)) {
      for (const ValueId one : pool_.operands(held))
        if (const ValueId found = generator_in(one); found.exists()) return found;
      return {};
    }
    if (!pool_.is(held, ValueKind::Object)) return {};
    const std::uint64_t module = pool_[held].ref >> 32U;
    if (module >= modules_.size()) return {};
    std::string_view path = pool_.text(held);
    if (path.ends_with("()")) path.remove_suffix(2);
    const LibraryModel* const model =
        find_library_model(engine_.language(ModuleId{static_cast<std::uint32_t>(module)}), path);
    if (model == nullptr || !model->tells.starts_with(kSeed)) return {};
    const auto parts = pool_.operands(held);
    const bool is_told =
        std::ranges::any_of(split(model->tells.substr(kSeed.size()), '|'), [&](std::string_view name) {
          return !parts.empty() && named_entry(pool_, parts[0], name).exists();
        });
    return is_told ? ValueId{} : held;
  }

  void keep(const std::string& name, Origin origin, ValueId value, ValueId source,
            const LaterFieldReads& reads, const std::vector<PlacedText>& chain) {
    const CallSite at{ModuleId{static_cast<std::uint32_t>(pool_[source].ref >> 32U)},
                      OpId{static_cast<std::uint32_t>(pool_[source].ref)}};
    if (at.module.index >= modules_.size() ||
        at.op.index >= engine_.facts(at.module).ops.size())
      return;
    function_.init_values.push_back({.origin = origin,
                                     .name = name,
                                     .value = value,
                                     .read_later = reads.have(name) || is_imported(name),
                                     .where = span_of_call(modules_, at),
                                     .path = chain});
  }

  Engine& engine_;
  ValuePool& pool_;
  FunctionScope& scope_;
  std::span<const ModuleInfo> modules_;
  std::uint32_t counted_;  // origins
  LambdaFunction& function_;
  std::set<ValueId> added_ = {};  // objects
};

}  // namespace

void add_init_values(Engine& engine, const LoadedFunction& loaded, FunctionScope& scope,
                     std::span<const ModuleInfo> modules, bool is_snapshot,
                     LambdaFunction& function) {
  if (!function.resolved) return;
  InitValues values(engine, scope, modules, is_snapshot, function);
  for (const LoadedModule& one : loaded.modules) {
    values.add_module(one);
    values.add_defaults(one);
  }
  const HandlerValue& handler = loaded.handler;
  if (!handler.place.exists()) return;
  const HandlerObject& object = engine.handler_objects().of(handler.type.module, handler.type.type);
  if (!object.instance.exists() ||
      project_object(engine.pool(), object.instance).kind != ProjectObject::Kind::Instance)
    return;
  const ValueId instance = object.instance;
  values.add_fields(instance, LaterFieldReads(engine.facts(handler.type.module)), {});
}

}  // namespace fnlint
