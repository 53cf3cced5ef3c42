#include "frontends/source/javascript/javascript_lowering.h"
#include "frontends/source/javascript/javascript_text.h"

#include <array>

namespace fnlint {

// require(), import(), and the helpers that TypeScript, Babel and esbuild write into their output.

std::string JavaScriptLowering::string_value(JsId node) const {
  std::string_view text = tree_.text(node);
  if (text.empty()) return {};
  const char quote = text.front();
  text.remove_prefix(1);
  if (text.ends_with(quote)) text.remove_suffix(1);
  return unescape_javascript(text);
}

// The text of a string literal, or of a template without holes.
std::optional<std::string> JavaScriptLowering::literal_text(JsId wrapped) const {
  const JsId node = unwrapped(wrapped);
  const Js kind = tree_.kind(node);
  if (kind == Js::String) return string_value(node);
  if (kind == Js::Template && !tree_.first_child(node).exists()) return string_value(node);
  return std::nullopt;
}

JsId JavaScriptLowering::argument(JsId call, std::size_t position) const {
  const JsId list = tree_.child(call, JsField::Arguments);
  if (tree_.kind(list) != Js::Arguments) return {};
  for (const JsId node : tree_.children(list))
    if (position-- == 0) return tree_.kind(node) == Js::Spread ? JsId{} : unwrapped(node);
  return {};
}

JavaScriptLowering::Special JavaScriptLowering::helper_of(std::string_view name) {
  struct Helper {
    std::string_view name;
    Special special;
  };
  static constexpr std::array<Helper, 13> kHelpers = {{
      {"__importDefault", Special::ImportDefault},
      {"_interopRequireDefault", Special::ImportDefault},
      {"__importStar", Special::ImportNamespace},
      {"_interopRequireWildcard", Special::ImportNamespace},
      {"__toESM", Special::ImportNamespace},
      {"__exportStar", Special::ExportStar},
      {"__reExport", Special::ExportStar},
      {"__createBinding", Special::CreateBinding},
      {"__export", Special::DefineGetters},
      {"__toCommonJS", Special::AsExports},
      {"__awaiter", Special::Awaiter},
      {"_asyncToGenerator", Special::AsyncWrapper},
      {"defineProperty", Special::DefineProperty},
  }};
  for (const Helper& row : kHelpers)
    if (row.name == name) return row.special;
  return Special::None;
}

// What the call means beyond a call; None where its arguments are not of the form for it.
JavaScriptLowering::Special JavaScriptLowering::special_of(JsId call) {
  JsId callee = unwrapped(tree_.child(call, JsField::Function));
  if (tree_.kind(callee) == Js::Import)
    return literal_text(argument(call, 0)) ? Special::DynamicImport : Special::None;
  while (tree_.kind(callee) == Js::Sequence)
    callee = unwrapped(tree_.last_child(callee));  // (0, f)()
  if (tree_.kind(callee) == Js::Identifier && tree_.text(callee) == "require")
    return is_require(call) ? Special::Require : Special::None;
  const std::string_view object = tree_.text(tree_.child(callee, JsField::Object));
  if (tree_.kind(callee) == Js::Member) callee = tree_.child(callee, JsField::Property);
  const std::string_view name = tree_.text(callee);
  const bool may_be_helper =
      name.starts_with('_') || (name == "defineProperty" && object == "Object");
  const Special helper = may_be_helper ? helper_of(name) : Special::None;
  return helper != Special::None && fits(helper, call) ? helper : Special::None;
}

bool JavaScriptLowering::fits(Special helper, JsId call) {
  const JsId first = argument(call, 0), second = argument(call, 1);
  switch (helper) {
    case Special::ImportDefault:
    case Special::ImportNamespace:
    case Special::ExportStar:
    case Special::AsExports: return first.exists();
    case Special::CreateBinding: return literal_text(argument(call, 2)).has_value();
    case Special::DefineGetters: return tree_.kind(second) == Js::Object;
    case Special::DefineProperty:
      return literal_text(second) && described_value(argument(call, 2)).exists();
    case Special::Awaiter: return tree_.kind(argument(call, 3)) == Js::GeneratorFunction;
    case Special::AsyncWrapper: return tree_.kind(first) == Js::GeneratorFunction;
    default: return true;
  }
}

// A parameter named so is a bundler's own.
bool JavaScriptLowering::is_require(JsId call) {
  if (!literal_text(argument(call, 0))) return false;
  const VariableId known = names_.find(scope_, "require");
  return !known.exists() || code_.variable(known).kind != VariableKind::Parameter;
}

ExprId JavaScriptLowering::special_call(Special kind, JsId node) {
  const Range where = tree_.range(node);
  switch (kind) {
    case Special::DynamicImport:
      feature(JsFeature::DynamicImport, node);
      return required(node, *literal_text(argument(node, 0)), "*", kLate);
    case Special::Require: return required(node, *literal_text(argument(node, 0)), "*");
    case Special::ImportDefault:
    case Special::ImportNamespace:
    case Special::ExportStar: return import_helper(node, kind);
    case Special::CreateBinding: {
      const std::string name = *literal_text(argument(node, 2));
      const ExprId target = code_.member(expression(argument(node, 0)), name, where);
      const ExprId source = code_.member(expression(argument(node, 1)), name, where);
      store(target, source, where);
      return code_.null(where);
    }
    case Special::DefineProperty: {
      const ExprId object = expression(argument(node, 0));
      const ExprId target = code_.member(object, *literal_text(argument(node, 1)), where);
      store(target, expression(described_value(argument(node, 2))), where);
      return object;
    }
    case Special::DefineGetters: define_getters(node); return code_.null(where);
    case Special::AsExports: {
      const ExprId object = expression(argument(node, 0));
      if (code_.expr(object).kind == ExprKind::Variable)
        exported_object_ = VariableId{code_.expr(object).ref};
      return object;
    }
    case Special::Awaiter: {  // the second argument is what the generator is called with
      const JsId arguments = argument(node, 1);
      std::vector<Operand> values;
      if (tree_.kind(arguments) == Js::Array) values = operands(arguments);
      const ExprId body = generator_as_async(argument(node, 3));
      return code_.result(code_.call(body, values, where), where);
    }
    case Special::AsyncWrapper: return generator_as_async(argument(node, 0));
    case Special::None: break;
  }
  return opaque(node);
}

// A fresh variable for the whole module, loaded where the call stands.
ExprId JavaScriptLowering::required(JsId call, std::string_view module, std::string_view name,
                                    std::uint32_t how) {
  const Range where = tree_.range(call);
  const VariableId local = code_.add_variable("", FunctionId{0}, VariableKind::Import);
  std::uint32_t flags = kRequire | how;
  if (fallback_depth_ > 0) flags |= kFallback;
  if (guarded_depth_ > 0) flags |= kGuarded;
  const bool is_declared = require_range_.begin <= where.begin && where.end <= require_range_.end;
  code_.add_import({.local = local,
                    .module = code_.string(module),
                    .name = code_.string(name),
                    .executed_in = code_.current(),
                    .flags = flags,
                    .where = is_declared ? require_range_ : where});
  names_.mark_used(local);
  return code_.variable(local, where);
}

// __importDefault(require("x")) is a default import, __importStar(…) one of a namespace.
ExprId JavaScriptLowering::import_helper(JsId node, Special kind) {
  const Range where = tree_.range(node);
  // esbuild's __reExport(target, require("x")) has them the other way round than __exportStar.
  JsId source = argument(node, 0);
  if (kind == Special::ExportStar && tree_.kind(source) != Js::Call) source = argument(node, 1);
  const bool is_required = tree_.kind(source) == Js::Call && special_of(source) == Special::Require;
  if (kind == Special::ExportStar) {
    if (is_required)
      code_.add_import({.local = {},
                        .module = code_.string(*literal_text(argument(source, 0))),
                        .name = {},
                        .executed_in = code_.current(),
                        .flags = kStar | kReexport | kRequire,
                        .where = where});
    return code_.null(where);
  }
  if (kind == Special::ImportNamespace) return expression(source);
  const ExprId value = is_required ? required(source, *literal_text(argument(source, 0)), "default")
                                   : expression(source);
  return code_.record({{.name = code_.string("default"), .key = {}, .value = value, .spread = 0}},
                      where);
}

// The value in {value: v} or {get: () => v}, if that is all that the descriptor does.
JsId JavaScriptLowering::described_value(JsId descriptor) const {
  if (tree_.kind(descriptor) != Js::Object) return {};
  for (const JsId entry : tree_.children(descriptor)) {
    if (tree_.kind(entry) == Js::MethodDefinition &&
        tree_.text(tree_.child(entry, JsField::Name)) == "get")
      return returned_value(entry);
    if (tree_.kind(entry) != Js::Pair) continue;
    const std::string_view key = tree_.text(tree_.child(entry, JsField::Key));
    const JsId value = unwrapped(tree_.child(entry, JsField::Value));
    if (key == "value") return value;
    if (key == "get") return returned_value(value);
  }
  return {};
}

// v of `() => v` and `function () { return v; }`, when it runs no code.
JsId JavaScriptLowering::returned_value(JsId function) const {
  if (!is_function(tree_.kind(function))) return {};
  JsId body = tree_.child(function, JsField::Body);
  if (tree_.kind(body) == Js::StatementBlock) {
    body = tree_.first_child(body);
    if (tree_.kind(body) != Js::ReturnStatement) return {};
    body = tree_.first_child(body);
  }
  return tree_.has(body, kJsOps) ? JsId{} : unwrapped(body);
}

// esbuild's __export(object, {name: () => value}): read when asked for, so set when all is done.
void JavaScriptLowering::define_getters(JsId node) {
  const ExprId object = expression(argument(node, 0));
  for (const JsId entry : tree_.children(argument(node, 1))) {
    if (tree_.kind(entry) != Js::Pair) continue;
    const auto name = property_name(tree_.child(entry, JsField::Key));
    const JsId value = returned_value(unwrapped(tree_.child(entry, JsField::Value)));
    if (name && value.exists())
      getters_.push_back({.object = object, .name = *name, .value = value, .scope = scope_});
  }
}

void JavaScriptLowering::flush_getters() {
  for (const Getter& row : getters_) {
    scope_ = row.scope;
    const Range where = tree_.range(row.value);
    const ExprId value = expression(row.value);
    store(code_.member(row.object, row.name, where), value, where);
    const Expr object = code_.expr(row.object);
    if (object.kind == ExprKind::Variable && object.ref == exported_object_.index)
      store(code_.member(exports_value(where), row.name, where), value, where);
  }
  getters_.clear();
}

// The generator in `function () { return __awaiter(this, void 0, void 0, function* () {…}); }`,
// which was `async function () {…}`.
JsId JavaScriptLowering::awaited_generator(JsId function) {
  JsId value = tree_.child(function, JsField::Body);
  if (tree_.kind(value) == Js::StatementBlock) {
    value = tree_.first_child(value);
    if (tree_.kind(value) != Js::ReturnStatement) return {};
    value = tree_.first_child(value);
  }
  value = unwrapped(value);
  if (tree_.kind(value) != Js::Call || special_of(value) != Special::Awaiter) return {};
  const JsId generator = argument(value, 3);
  const JsId own_parameters = tree_.child(generator, JsField::Parameters);
  return tree_.first_child(own_parameters).exists() ? JsId{} : generator;
}

// function* () { … yield f() … } as it was before: async () => { … await f() … }.
ExprId JavaScriptLowering::generator_as_async(JsId generator) {
  const FunctionId function =
      add_function(generator, "", function_name_range(generator), FunctionKind::Plain);
  const std::uint8_t flags = code_.function(function).flags;
  code_.set(function, &Function::flags,
            static_cast<std::uint8_t>((flags & ~kGenerator) | kAsync | kArrow));
  return code_.function(function, tree_.range(generator));
}

}  // namespace fnlint
