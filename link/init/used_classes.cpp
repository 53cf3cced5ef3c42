// Looks for names of classes in what runs while an object of the handler's class is made, and in
// the initialisers of the classes that it finds.

#include "link/init/used_classes.h"

#include "core/limits.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"

#include <algorithm>

namespace fnlint {

namespace {

bool runs_at_start(FunctionKind kind, bool is_made) {
  return kind == FunctionKind::ClassInit ||
         (is_made && (kind == FunctionKind::InstanceInit || kind == FunctionKind::Constructor));
}

class UsedClasses {
 public:
  UsedClasses(Engine& engine, std::span<const ModuleInfo> modules,
              const std::vector<ProjectObject>& own)
      : engine_(engine), modules_(modules), own_(own) {}

  std::vector<UsedClass> find() {
    for (const ProjectObject& type : own_) look_into(type, true);
    for (std::size_t i = 0; i < found_.size() && i < kCollectionItems; ++i)
      look_into(found_[i].type, false);
    return std::move(found_);
  }

 private:
  // `is_made`: an object of it is, too.
  void look_into(const ProjectObject& type, bool is_made) {
    const CodeFacts& code = engine_.facts(type.module);
    for (const Function& row : code.functions) {
      if (row.owner != type.type || !runs_at_start(row.kind, is_made)) continue;
      for (OpId at = row.first; at.exists() && at < row.end; ++at.index)
        visit_expressions(code, at, [&](ExprId expr) { look_at(type.module, code, expr); });
    }
  }

  // `Clients.S3`, `Clients.make()`
  void look_at(ModuleId module, const CodeFacts& code, ExprId expr) {
    visit_parts(code, expr, [&](const Expr& part) {
      if (part.kind != ExprKind::Member) return;
      const Expr& base = code.exprs[part.ref];
      if (base.kind != ExprKind::Variable) return;
      const ProjectObject type = class_in(module, code, base.ref);
      if (type.kind != ProjectObject::Kind::Class || is_known(type) ||
          type.module.index >= modules_.size())
        return;
      found_.push_back({type,
                        {{modules_[module.index].file, code.expr_ranges[part.ref]},
                         cat("loads '", code.string(code.variables[base.ref].name), "'")}});
    });
  }

  ProjectObject class_in(ModuleId module, const CodeFacts& code, std::uint32_t variable) {
    ValueId held;
    if (code.variables[variable].kind == VariableKind::Module)
      held = engine_.modules().state(module, VariableId{variable}).initial;
    for (std::size_t i = 0; i < code.imports.size() && !held.exists(); ++i) {
      if (code.imports[i].local.index != variable) continue;
      const ImportTarget& target = engine_.program().modules[module.index].imports[i];
      if (!target.module.exists() || target.whole) break;
      held = engine_.exported(target.module, target.symbol.empty()
                                                 ? code.string(code.imports[i].name)
                                                 : std::string_view(target.symbol));
      break;
    }
    return held.exists() ? project_object(engine_.pool(), held) : ProjectObject{};
  }

  [[nodiscard]] bool is_known(const ProjectObject& type) const {
    const auto is_it = [&](const ProjectObject& other) {
      return other.module == type.module && other.type == type.type;
    };
    return std::ranges::any_of(own_, is_it) || std::ranges::any_of(found_, is_it, &UsedClass::type);
  }

  Engine& engine_;
  std::span<const ModuleInfo> modules_;
  const std::vector<ProjectObject>& own_;
  std::vector<UsedClass> found_ = {};
};

}  // namespace

std::vector<UsedClass> classes_used_at_init(Engine& engine, std::span<const ModuleInfo> modules,
                                            const std::vector<ProjectObject>& own) {
  return UsedClasses(engine, modules, own).find();
}

}  // namespace fnlint
