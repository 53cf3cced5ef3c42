#include "core/text.h"
#include "link/resolve/program_files.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_inputs.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parameter_store.h"
#include "link/stacks/stack_exchange.h"
#include "link/stacks/stack_faults.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>

// Variables of the Serverless Framework, "${source:address, default}": each source, and the first
// that gives something.
namespace fnlint::stacks {

namespace {

constexpr std::string_view kVariable = "sls:";
constexpr std::uint32_t kVariableSteps = 64;  // from a variable to what it stands for
constexpr std::string_view kDefaultStage = "dev", kDefaultRegion = "us-east-1";

std::uint64_t key_of(const ExprClosure& at) {
  return (static_cast<std::uint64_t>(at.text.index) << 32U) | at.expr.index;
}

bool is_variable(const LinkContext& build, const ExprClosure& at) {
  return at.exists() && build.function(at).starts_with(kVariable);
}

class Variable {
 public:
  Variable(LinkContext& build, Service& service, const ExprClosure& at)
      : build_(build), service_(service), scope_(service.scope), at_(at) {}

  Followed follow() {
    const std::string_view source = build_.function(at_).substr(kVariable.size());
    for (const Row& row : kSources)
      if (row.source == source) return (this->*row.follow)();
    // Older versions named the region after a dot: "cf.us-west-2:stack.Output".
    if (source.starts_with("cf.")) return stack_output();
    if (source.starts_with("ssm.")) return parameter_store();
    return outside(source);
  }

 private:
  using Source = Followed (Variable::*)();
  struct Row {
    std::string_view source;
    Source follow;
  };
  static const std::array<Row, 16> kSources;

  [[nodiscard]] Followed value(ValueId value, std::uint8_t uncertainty = 0) const {
    return {.progress = Progress::Done, .value = value, .uncertainty = uncertainty};
  }
  ValueId operand_value(std::size_t index) {
    const ExprClosure operand = build_.operand(at_, index);
    return operand.exists() ? value_of(build_, scope_, operand) : build_.pool.absent();
  }
  // The address as a text; nothing, and the value to give instead, where it is not known.
  std::optional<std::string> address(std::uint8_t& uncertainty) {
    const ValueId given = operand_value(0);
    uncertainty = build_.pool[given].uncertainty;
    const auto text = as_text(build_.pool, given);
    return text ? std::optional(std::string(*text)) : std::nullopt;
  }
  // Something that is known when the service is deployed: equal wherever it is asked for.
  Followed outside(std::string_view source) {
    return value(build_.pool.hole(Origin::Outside,
                                  cat(source, ":", whole_words(build_.pool, operand_value(0)))));
  }
  Followed unknown(std::string why) { return value(build_.pool.unknown(why)); }

  Followed first();
  Followed self();
  Followed option();
  Followed environment();
  Followed file();
  Followed import();
  Followed folder();
  Followed program() { return unknown("what only a program knows"); }
  Followed below(const ExprClosure& content, std::uint8_t uncertainty);
  Followed instance();
  Followed aws();
  Followed parameter();
  Followed stack_output();
  Followed output();
  Followed parameter_store();
  Followed boolean();
  Followed construct();
  [[nodiscard]] const std::string* given(std::string_view name) const;

  LinkContext& build_;
  Service& service_;
  ScopeId scope_;
  ExprClosure at_;
};

const std::array<Variable::Row, 16> Variable::kSources{
    {{"first", &Variable::first},
     {"self", &Variable::self},
     {"opt", &Variable::option},
     {"env", &Variable::environment},
     {"file", &Variable::file},
     {"import", &Variable::import},
     {"folder", &Variable::folder},
     {"program", &Variable::program},
     {"sls", &Variable::instance},
     {"aws", &Variable::aws},
     {"param", &Variable::parameter},
     {"cf", &Variable::stack_output},
     {"output", &Variable::output},
     {"ssm", &Variable::parameter_store},
     {"construct", &Variable::construct},
     {"strToBool", &Variable::boolean}}};

// What the user gives the service that the scope is of.
const std::string* given_to(LinkContext& build, ScopeId scope, const std::string& name) {
  return build.parameters.given_to(build[build[scope].text].source->path, name);
}

const std::string* Variable::given(std::string_view name) const {
  return given_to(build_, scope_, std::string(name));
}

// The first source that gives something. What a deployment may give before it makes the rest a
// default.
Followed Variable::first() {
  std::uint8_t uncertainty = 0;
  const std::size_t count = build_.operands(at_).size();
  for (std::size_t i = 0; i < count; ++i) {
    ExprClosure one = build_.operand(at_, i);
    const bool last = i + 1 == count;
    const std::string_view source = build_.function(one);
    const bool of_deployment =
        source == "sls:opt" || source == "sls:env" || source == "sls:param";
    if (!is_variable(build_, one)) {
      if (build_.expr(one).kind == ExprKind::Null && !last) continue;
      return {.progress = Progress::Done, .written = one, .uncertainty = uncertainty};
    }
    // What nothing here decides gives way to a default.
    if (source == "sls:opt" || source == "sls:env") {
      const auto name = build_.literal(build_.operand(one, 0));
      const bool set =
          name && (source == "sls:opt" ? given(*name) != nullptr
                                       : dotenv_value(build_, scope_, *name).has_value());
      if (!set && !last) {
        uncertainty |= kOverridable;
        continue;
      }
    }
    Followed found = resolved(build_, scope_, one);
    if (found.nothing() || (found.value.exists() && build_.pool.is(found.value, ValueKind::Absent)))
    {
      if (of_deployment) uncertainty |= kOverridable;
      continue;
    }
    const bool open = of_deployment && found.value.exists() &&
                      build_.pool.is(found.value, ValueKind::Hole);
    if (open && !last) {
      uncertainty |= kOverridable;
      continue;
    }
    found.uncertainty |= uncertainty;
    return found;
  }
  return {.progress = Progress::Done};
}

Followed Variable::self() {
  std::uint8_t uncertainty = 0;
  const auto path = address(uncertainty);
  if (!path) {
    if (!build_.operand(at_, 0).exists() ||
        build_.expr(build_.operand(at_, 0)).kind == ExprKind::Null)
      return service_path(build_, scope_, "");
    return unknown(cat("the key ", describe(build_.pool, operand_value(0)), " is unknown"));
  }
  Followed found = service_path(build_, scope_, *path);
  if (found.nothing() && *path == "provider.stage")
    found = value(build_.pool.text_value(kDefaultStage), kOverridable);
  if (found.nothing() && *path == "provider.region")
    found = value(build_.pool.text_value(kDefaultRegion), kOverridable);
  if (found.nothing() && *path == "service.name") found = service_path(build_, scope_, "service");
  found.uncertainty |= uncertainty;
  return found;
}

Followed Variable::option() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  if (!name) return outside("opt");
  if (const std::string* text = given(*name)) return value(build_.pool.text_value(*text));
  if (*name == "stage" || *name == "s") return value(stage_of(build_, scope_), kOverridable);
  if (*name == "region" || *name == "r") return aws();
  return value(build_.pool.hole(Origin::TemplateInput, cat("opt:", *name), scope_.index));
}

Followed Variable::environment() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  if (!name) return outside("env");
  // Whoever deploys may have set it before.
  if (const auto text = dotenv_value(build_, scope_, *name))
    return value(build_.pool.text_value(*text), kOverridable);
  return value(build_.pool.hole(Origin::TemplateInput, cat("env:", *name), 0));
}

Followed Variable::file() {
  const ValueId path = operand_value(1);
  const auto text = as_text(build_.pool, path);
  if (!text || text->empty())
    return unknown(cat("the file ", describe(build_.pool, path), " is unknown"));
  const std::uint8_t uncertainty = build_.pool[path].uncertainty;
  const std::string full = join_path(service_.folder, *text);
  const auto found = build_.fragments.find(variable_key(full));
  if (found == build_.fragments.end()) {
    if (build_.files.kind(full) == EntryKind::Missing) return {.progress = Progress::Done};
    build_.unresolved(UnresolvedKind::Include, cat("the file ", *text, " is a program"),
                      build_.span(at_));
    return value(build_.pool.hole(
        Origin::Outside, cat("file:", full, ":", whole_words(build_.pool, operand_value(0)))));
  }
  return below({found->second, build_.facts(found->second).fragment}, uncertainty);
}

// The address below a file's content.
Followed Variable::below(const ExprClosure& content, std::uint8_t uncertainty) {
  if (!content.exists()) return {.progress = Progress::Done};
  std::uint8_t of_address = 0;
  const auto path = address(of_address);
  if (!path && build_.expr(build_.operand(at_, 0)).kind != ExprKind::Null)
    return unknown(cat("the key ", describe(build_.pool, operand_value(0)), " is unknown"));
  ExprClosure from = content;
  from.uncertainty |= uncertainty;
  std::string_view rest = path ? std::string_view(*path) : std::string_view();
  // The default of a module that has no such export is all of it.
  const bool standard = rest == "default" || rest.starts_with("default.");
  if (standard && path_below(build_, scope_, from, "default").nothing())
    rest.remove_prefix(std::min<std::size_t>(rest.size(), 8));
  Followed result = path_below(build_, scope_, from, rest);
  result.uncertainty |= uncertainty | of_address;
  return result;
}

// What another module of a program exports.
Followed Variable::import() {
  const auto module = build_.literal(build_.operand(at_, 1));
  const std::string file =
      module ? build_.serverless->programs->find(build_[at_.text].source->path, *module)
             : std::string();
  const auto found = build_.fragments.find(variable_key(file));
  if (file.empty() || found == build_.fragments.end())
    return unknown(cat("the module ", module.value_or("of no name"), " is not read"));
  return below({found->second, build_.facts(found->second).fragment}, 0);
}

// The folder of the file itself, from the service's.
Followed Variable::folder() {
  std::string_view own = folder_of(build_[at_.text].source->path);
  if (!service_.folder.empty() && own.starts_with(service_.folder)) {
    own.remove_prefix(service_.folder.size());
    if (own.starts_with('/')) own.remove_prefix(1);
  }
  return value(build_.pool.text_value(own.empty() ? "." : own), kHeuristic);
}

Followed Variable::instance() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  if (name == "stage") return value(stage_of(build_, scope_));
  return outside("sls");
}

Followed Variable::aws() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  if (name == "accountId") return value(build_.pool.hole(Origin::Pseudo, "AWS::AccountId"));
  if (name != "region" && name != "r") return outside("aws");
  return value(region_of(build_, scope_));
}

Followed Variable::parameter() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  if (!name) return outside("param");
  if (const std::string* text = given(*name)) return value(build_.pool.text_value(*text));
  if (Followed composed = compose_parameter(build_, scope_, *name); !composed.nothing())
    return composed;
  const ValueId stage = stage_of(build_, scope_);
  const std::string of_stage(as_text(build_.pool, stage).value_or(""));
  for (const std::string& path :
       {cat("params.", of_stage, ".", *name), cat("stages.", of_stage, ".params.", *name),
        cat("params.default.", *name), cat("stages.default.params.", *name)}) {
    Followed found = service_path(build_, scope_, path);
    if (found.nothing()) continue;
    found.uncertainty |= build_.pool[stage].uncertainty;
    return found;
  }
  return value(build_.pool.hole(Origin::TemplateInput, cat("param:", *name), scope_.index));
}

// An output of another service of the run, or of a stack that is not known.
Followed Variable::stack_output() {
  const ValueId found = output_of_stack(build_, scope_, operand_value(0));
  return found.exists() ? value(found) : outside("cf");
}

// The same in serverless-compose.yml.
Followed Variable::output() {
  const auto name = build_.literal(build_.operand(at_, 0)),
             service = build_.literal(build_.operand(at_, 1));
  const ValueId found = name && service ? compose_output(build_, at_, *service, *name) : ValueId{};
  return found.exists() ? value(found) : outside("output");
}

Followed Variable::parameter_store() {
  std::uint8_t uncertainty = 0;
  auto name = address(uncertainty);
  if (!name) return value(parameter_store_value(build_, operand_value(0)), uncertainty);
  if (name->starts_with("/aws/reference/secretsmanager/"))
    return value(build_.pool.hole(Origin::Secret, *name));
  name = name->substr(0, name->find('~'));
  return value(parameter_store_value(build_, *name), uncertainty);
}

Followed Variable::construct() {
  std::uint8_t uncertainty = 0;
  const auto name = address(uncertainty);
  const ValueId made = name ? construct_value(build_, scope_, *name) : ValueId{};
  return made.exists() ? value(made) : outside("construct");
}

Followed Variable::boolean() {
  const ValueId given_value = operand_value(1);
  const auto text = as_text(build_.pool, given_value);
  if (!text) return unknown("whether it is true cannot be determined");
  const std::string word = lower(*text);
  const bool holds = word == "true" || word == "1";
  if (!holds && word != "false" && word != "0") return unknown("it is no boolean");
  return value(build_.pool.boolean(holds), build_.pool[given_value].uncertainty);
}

}  // namespace

Service* service_of(LinkContext& build, ScopeId scope) {
  if (!scope.exists()) return nullptr;
  const auto found = build.serverless->by_scope.find(scope.index);
  return found != build.serverless->by_scope.end() ? &found->second : nullptr;
}

Followed resolved(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  ExprClosure current = at;
  Service* service = service_of(build, scope);
  for (std::uint32_t step = 0; step < kVariableSteps; ++step) {
    if (!is_variable(build, current) || service == nullptr)
      return {.progress = Progress::Done, .written = current, .uncertainty = current.uncertainty};
    // References into an unordered_map stay valid while it grows.
    Followed& memo = service->followed[key_of(current)];
    if (memo.progress == Progress::Begun || service->depth >= kNestingDepth) {
      if (build.noted.insert(hash_of("variable", key_of(current))).second)
        build.problem(build.span(current), "this variable depends on itself");
      return {.progress = Progress::Done,
              .value = build.pool.unknown("a variable that depends on itself")};
    }
    if (memo.progress == Progress::Untouched) {
      memo.progress = Progress::Begun;
      ++service->depth;
      Followed found = Variable(build, *service, current).follow();
      --service->depth;
      found.progress = Progress::Done;
      found.unset = found.nothing();
      memo = found;
    }
    Followed found = memo;
    found.uncertainty |= current.uncertainty;
    if (!found.written.exists()) {
      if (found.value.exists() && found.uncertainty != 0)
        found.value = build.pool.with_uncertainty(found.value, found.uncertainty);
      return found;
    }
    found.written.uncertainty |= found.uncertainty;
    found.written.when = current.when;
    found.written.inherited = current.inherited;
    current = found.written;
  }
  return {.progress = Progress::Done,
          .value = build.pool.unknown("too many steps to what a variable stands for")};
}

ValueId stage_of(LinkContext& build, ScopeId scope) {
  Service& service = *service_of(build, scope);
  if (service.stage.exists()) return service.stage;
  if (const std::string* given = given_to(build, scope, "stage"))
    return service.stage = build.pool.text_value(*given);
  // While it is asked for, for a stage that asks for itself: "stage: ${opt:stage}".
  const ValueId fallback =
      build.pool.with_uncertainty(build.pool.text_value(kDefaultStage), kOverridable);
  service.stage = fallback;
  const ValueId value = value_at(build, scope, service_path(build, scope, "provider.stage"));
  if (as_text(build.pool, value)) service.stage = build.pool.with_uncertainty(value, kOverridable);
  return service.stage;
}

ValueId region_of(LinkContext& build, ScopeId scope) {
  Service& service = *service_of(build, scope);
  if (service.region.exists()) return service.region;
  if (const std::string* given = given_to(build, scope, "region"))
    return service.region = build.pool.text_value(*given);
  // While it is asked for, for a region that asks for itself: "region: ${opt:region}".
  service.region = build.pool.hole(Origin::Pseudo, "AWS::Region");
  const ValueId value = value_at(build, scope, service_path(build, scope, "provider.region"));
  if (as_text(build.pool, value) || build.pool.is(value, ValueKind::OneOf))
    service.region = build.pool.with_uncertainty(value, kOverridable);
  return service.region;
}

ValueId service_name(LinkContext& build, ScopeId scope) {
  Followed service = service_path(build, scope, "service");
  if (service.written.exists() && build.expr(service.written).kind == ExprKind::Record)
    service = path_below(build, scope, service.written, "name");
  const ValueId value = value_at(build, scope, service);
  return build.pool.is(value, ValueKind::Absent) ? build.pool.text_value("service") : value;
}

ValueId stack_name(LinkContext& build, ScopeId scope) {
  const ValueId given = value_at(build, scope, service_path(build, scope, "provider.stackName"));
  if (!build.pool.is(given, ValueKind::Absent)) return given;
  return build.pool.concat(std::array{service_name(build, scope), build.pool.text_value("-"),
                                      stage_of(build, scope)});
}

std::optional<ExprClosure> serverless_follow(LinkContext& build, ScopeId scope,
                                             const ExprClosure& at) {
  if (!is_variable(build, at)) return std::nullopt;
  const Followed found = resolved(build, scope, at);
  if (!found.written.exists()) return std::nullopt;
  // One value is where it is used; what is inside a map or list is where that is written.
  const ExprKind kind = build.expr(found.written).kind;
  const bool inner = kind == ExprKind::Record || kind == ExprKind::List ||
                     build.function(found.written) == "Fn::If";
  if (!inner) return std::nullopt;
  ExprClosure written = found.written;
  written.uncertainty |= found.uncertainty;
  return written;
}

namespace {

// Whether the part of the service that a path leads into is written there, entry by entry.
bool is_written_out(LinkContext& build, ScopeId scope, std::string_view path) {
  while (!path.empty()) {
    const std::size_t dot = path.rfind('.');
    const std::string_view next = path.substr(dot == path.npos ? 0 : dot + 1);
    path = path.substr(0, dot == path.npos ? 0 : dot);  // "": the service itself
    const Followed above = service_path(build, scope, path);
    if (above.nothing()) continue;
    if (!above.written.exists() || build.expr(above.written).kind != ExprKind::Record) return false;
    const TemplateFacts& facts = build.facts(above.written.text);
    // An entry that is there has a value from elsewhere.
    return std::ranges::none_of(
        facts.operands_of(build.expr(above.written).operands), [&](const Operand& entry) {
          return entry.spread != 0 || !entry.name.exists() || facts.string(entry.name) == next;
        });
  }
  return false;
}

// The service has no such entry. Plugins may add some.
void note_unset(LinkContext& build, const Service& service, const ExprClosure& at,
                const ExprClosure& address) {
  constexpr std::string_view kSelf = "self", kOwn = "custom.";
  const auto path = address.exists() ? build.literal(address) : std::nullopt;
  if (!path || service.cut || build.function(at).substr(kVariable.size()) != kSelf) return;
  if (!path->starts_with(kOwn) || !is_written_out(build, service.scope, *path)) return;
  add_fault(build, {.kind = TemplateFaultKind::NothingNamed,
                    .uncertainty = kHeuristic,
                    .what = cat(kSelf, ':', *path),
                    .where = build.span(at),
                    .scope = service.scope.index});
}

ValueId variable_value(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  Service* service = service_of(build, scope);
  if (service == nullptr) return build.pool.unknown("a variable outside of a service");
  const std::uint64_t key = key_of(at);
  if (const auto known = service->values.find(key); known != service->values.end())
    return known->second;
  // Stands while it is evaluated, for one that leads back to itself.
  service->values[key] = build.pool.unknown("a variable that depends on itself");
  ExprClosure plain = at;
  plain.uncertainty = 0;
  const Followed found = resolved(build, scope, plain);
  ValueId value;
  if (found.nothing()) {
    const ExprClosure address = build.operand(at, 0);
    const std::string why =
        cat("nothing gives a value to ", build.function(at).substr(kVariable.size()), ":",
            address.exists() ? describe(build.pool, value_of(build, scope, address)) : "");
    build.unresolved_once(scope, UnresolvedKind::Intrinsic, why, build.span(at));
    note_unset(build, *service, at, address);
    value = build.pool.unknown(why);
  } else {
    value = value_at(build, scope, found);
  }
  service->values[key] = value;
  return value;
}

}  // namespace

ValueId serverless_value(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  return cloudformation_value(build, scope, at, variable_value);
}

}  // namespace fnlint::stacks
