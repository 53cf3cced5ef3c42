// JavaScript's classes: members, fields, decorators, and the two functions that initialise a class
// and its objects.

#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"

#include <utility>

namespace fnlint {

// Defines the class and returns its value: the Result of the Define, or of its last decorator.
ExprId JavaScriptLowering::class_value(JsId node, std::string_view name, Range name_range,
                                       JsId decorated) {
  const Range where = tree_.range(node);
  const JsId own_name = tree_.child(node, JsField::Name);
  const bool is_expression = tree_.kind(node) == Js::Class;
  if (own_name.exists()) {
    name = tree_.text(own_name);
    name_range = tree_.range(own_name);
  }
  std::vector<ExprId> wrappers = decorators(node);
  if (decorated != node)
    for (const ExprId wrapper : decorators(decorated)) wrappers.push_back(wrapper);
  const std::vector<ExprId> bases = class_bases(node);

  const ScopeId around = scope_;
  ExprId inner_name;
  if (is_expression && own_name.exists()) {
    scope_ = names_.open(around, code_.current());
    names_.declare(scope_, name, VariableKind::Local, kConstant);
    inner_name = written_name(own_name);
  }
  const ClassId id = code_.add_class(name);
  std::vector<Field> fields;
  std::vector<FunctionId> methods;
  ClassParts parts = class_members(node, id, fields, methods);
  if (is_module_level()) add_prototype_methods(name, id, parts, methods);
  code_.set_class(id, bases, fields, methods);
  use_injected_types(parts, !wrappers.empty());
  class_functions(id, std::move(parts), name_range);
  ExprId value = code_.result(code_.define(id, where), where);
  if (inner_name.exists()) store(inner_name, value, where, AssignMode::Declare);
  scope_ = around;
  return decorate(wrappers, value, node);
}

void JavaScriptLowering::class_declaration(JsId node, JsId decorated) {
  const JsId name = tree_.child(node, JsField::Name);
  const ExprId value = class_value(node, "", {}, decorated);
  if (!name.exists()) return;
  const ExprId target = written_name(name);
  merged_.push_back(VariableId{code_.expr(target).ref});
  store(target, value, tree_.range(node), AssignMode::Declare);
}

std::vector<ExprId> JavaScriptLowering::class_bases(JsId node) {
  std::vector<ExprId> bases;
  for (const JsId child : tree_.children(tree_.child(node, Js::ClassHeritage))) {
    if (tree_.kind(child) == Js::ExtendsClause) {
      for (const JsId base : tree_.children(child))
        if (tree_.field(base) == JsField::Value) bases.push_back(expression(base));
    } else if (!tree_.has(child, kJsType)) {
      bases.push_back(expression(child));
    }
  }
  return bases;
}

bool JavaScriptLowering::is_static(JsId member) const {
  return tree_.child(member, Js::StaticToken).exists() ||
         tree_.child(member, Js::StaticGetToken).exists();
}

JavaScriptLowering::ClassParts JavaScriptLowering::class_members(JsId node, ClassId owner,
                                                                 std::vector<Field>& fields,
                                                                 std::vector<FunctionId>& methods) {
  ClassParts parts{.node = node, .members = {}};
  std::vector<JsId> wrappers;  // a method's stand before it in the TypeScript grammars
  for (const JsId child : tree_.children(tree_.child(node, JsField::Body))) {
    const Js kind = tree_.kind(child);
    if (kind == Js::Decorator) wrappers.push_back(child);
    if (kind != Js::MethodDefinition && kind != Js::FieldDefinition && kind != Js::StaticBlock)
      continue;
    ClassMember member{.node = child, .decorators = std::exchange(wrappers, {})};
    for (const JsId inner : tree_.children(child))
      if (tree_.kind(inner) == Js::Decorator) member.decorators.push_back(inner);
    member.is_static = is_static(child) || kind == Js::StaticBlock;
    if (kind == Js::StaticBlock) feature(JsFeature::StaticBlock, child);
    if (kind == Js::FieldDefinition) fields.push_back(field_row(child));
    if (kind == Js::MethodDefinition) {
      add_method(member, owner);
      methods.push_back(member.function);
      if (member.is_constructor) add_parameter_fields(child, fields);
    }
    parts.members.push_back(std::move(member));
  }
  return parts;
}

void JavaScriptLowering::add_method(ClassMember& member, ClassId owner) {
  const JsId node = member.node;
  const JsId key = tree_.child(node, JsField::Name);
  member.is_setter = tree_.child(node, Js::SetToken).exists();
  const bool is_accessor = member.is_setter || tree_.child(node, Js::GetToken).exists() ||
                           tree_.child(node, Js::StaticGetToken).exists();
  const std::string name = property_name(key).value_or(std::string(tree_.text(key)));
  member.is_constructor = name == "constructor" && !member.is_static && !is_accessor;
  if (tree_.kind(key) == Js::PrivateName) feature(JsFeature::PrivateMethod, node);
  const FunctionKind kind = member.is_constructor ? FunctionKind::Constructor
                            : is_accessor         ? FunctionKind::Accessor
                            : member.is_static    ? FunctionKind::StaticMethod
                                                  : FunctionKind::Method;
  member.function = add_function(node, name, tree_.range(key.exists() ? key : node), kind, owner);
}

Field JavaScriptLowering::field_row(JsId node) {
  const JsId key = field_key(node);
  feature(tree_.kind(key) == Js::PrivateName ? JsFeature::PrivateField : JsFeature::ClassField,
          node);
  Field row;
  row.name = code_.string(property_name(key).value_or(std::string(tree_.text(key))));
  row.type = type_of(tree_.child(node, JsField::Type));
  row.is_static = is_static(node) ? 1 : 0;
  row.is_constant = tree_.child(node, Js::ReadonlyToken).exists() ? 1 : 0;
  return row;
}

void JavaScriptLowering::add_parameter_fields(JsId constructor, std::vector<Field>& fields) {
  for (const JsId node : tree_.children(tree_.child(constructor, JsField::Parameters))) {
    if (!is_parameter_property(node)) continue;
    Field row;
    row.name = code_.string(tree_.text(tree_.child(node, JsField::Pattern)));
    row.type = type_of(tree_.child(node, JsField::Type));
    row.is_constant = tree_.child(node, Js::ReadonlyToken).exists() ? 1 : 0;
    fields.push_back(row);
  }
}

// The grammars name it differently.
JsId JavaScriptLowering::field_key(JsId field) const {
  const JsId key = tree_.child(field, JsField::Name);
  return key.exists() ? key : tree_.child(field, JsField::Property);
}

// ClassInit and InstanceInit, where the class has something for them to do.
void JavaScriptLowering::class_functions(ClassId id, ClassParts parts, Range name_range) {
  const JsId node = parts.node;
  bool for_class = false, for_instance = false;
  for (const ClassMember& member : parts.members) {
    const bool is_field = tree_.kind(member.node) == Js::FieldDefinition;
    const bool has_value = tree_.child(member.node, JsField::Value).exists();
    for_instance |= is_field && !member.is_static && has_value;
    for_class |= !member.decorators.empty() || decorates_parameters(member.node) ||
                 (is_field ? member.is_static && has_value : !member.is_constructor);
  }
  const auto row = static_cast<std::uint32_t>(classes_.size());
  classes_.push_back(std::move(parts));
  const std::string name(code_.string(code_.class_of(id).name));
  const auto add = [&](FunctionKind kind) {
    const FunctionId function =
        code_.add_function(name, code_.current(), kind, tree_.range(node), name_range);
    code_.set(function, &Function::owner, id);
    if (tree_.has(tree_.child(node, JsField::Body), kJsBroken)) code_.mark(function, kBroken);
    code_.set(function, &Function::receiver,
              code_.add_variable("this", function, VariableKind::Receiver));
    work_.push_back({.function = function, .node = node, .scope = scope_, .class_row = row});
    return function;
  };
  if (for_class) code_.set(id, &Class::class_init, add(FunctionKind::ClassInit));
  if (for_instance) code_.set(id, &Class::instance_init, add(FunctionKind::InstanceInit));
}

bool JavaScriptLowering::decorates_parameters(JsId method) const {
  for (const JsId node : tree_.children(tree_.child(method, JsField::Parameters)))
    if (tree_.child(node, Js::Decorator).exists()) return true;
  return false;
}

// Dependency injection reads the types of a decorated class's constructor at run time, so that the
// compiler keeps their imports.
void JavaScriptLowering::use_injected_types(const ClassParts& parts, bool is_decorated) {
  for (const ClassMember& member : parts.members)
    if (member.is_constructor && (is_decorated || decorates_parameters(member.node)))
      use_types(tree_.child(member.node, JsField::Parameters));
}

// Methods first: static fields may call them.
void JavaScriptLowering::class_init_body(const Body& body) {
  const std::vector<ClassMember>& members = classes_[body.class_row].members;
  const ExprId receiver = this_value(tree_.range(body.node));
  scope_ = names_.open(scope_, body.function);
  for (const ClassMember& member : members)
    if (member.function.exists()) method_assignment(member, receiver);
  for (const ClassMember& member : members) {
    if (tree_.kind(member.node) == Js::StaticBlock) {
      const JsId block_node = tree_.child(member.node, JsField::Body);
      const ScopeId around = scope_;
      scope_ = names_.open(around, body.function);
      hoist_variables(block_node, scope_);
      block(block_node);
      scope_ = around;
    } else if (tree_.kind(member.node) == Js::FieldDefinition) {
      const std::vector<ExprId> wrappers = decorators_of(member.decorators);
      if (!wrappers.empty()) decorate(wrappers, code_.null(tree_.range(member.node)), member.node);
      if (member.is_static) field_assignment(member.node, receiver);
    }
  }
}

void JavaScriptLowering::instance_init_body(const Body& body) {
  const std::vector<ClassMember>& members = classes_[body.class_row].members;
  const ExprId receiver = this_value(tree_.range(body.node));
  scope_ = names_.open(scope_, body.function);
  for (const ClassMember& member : members)
    if (tree_.kind(member.node) == Js::FieldDefinition && !member.is_static)
      field_assignment(member.node, receiver);
}

void JavaScriptLowering::method_assignment(const ClassMember& member, ExprId receiver) {
  const Range where = tree_.range(member.node);
  for (const JsId node : tree_.children(tree_.child(member.node, JsField::Parameters)))
    for (const ExprId wrapper : decorators(node))
      decorate({wrapper}, code_.null(tree_.range(node)), node);
  if (member.is_constructor) return;
  const std::vector<ExprId> wrappers = decorators_of(member.decorators);
  const ExprId value = decorate(wrappers, code_.function(member.function, where), member.node);
  const JsId key = member.key.exists() ? member.key : tree_.child(member.node, JsField::Name);
  if (!key.exists()) return;
  store(member_target(receiver, key, member.is_setter), value, where);
}

void JavaScriptLowering::field_assignment(JsId field, ExprId receiver) {
  const JsId value = tree_.child(field, JsField::Value);
  const JsId key = field_key(field);
  if (!value.exists() || !key.exists()) return;
  const ExprId target = member_target(receiver, key, false);
  const std::string name = property_name(key).value_or("");
  store(target, named_expression(value, name, tree_.range(key)), tree_.range(field));
}

ExprId JavaScriptLowering::member_target(ExprId receiver, JsId key, bool is_setter) {
  const Range where = tree_.range(key);
  if (const auto name = property_name(key))
    return code_.member(receiver, is_setter ? cat("<set ", *name, ">") : *name, where);
  return code_.index(receiver, expression(tree_.first_child(key)), where);
}

std::vector<ExprId> JavaScriptLowering::decorators(JsId node) {
  std::vector<JsId> rows;
  for (const JsId child : tree_.children(node))
    if (tree_.kind(child) == Js::Decorator) rows.push_back(child);
  return decorators_of(rows);
}

std::vector<ExprId> JavaScriptLowering::decorators_of(const std::vector<JsId>& rows) {
  std::vector<ExprId> values;
  for (const JsId row : rows)
    if (const JsId value = tree_.first_child(row); value.exists())
      values.push_back(expression(value));
  return values;
}

// Decorators apply from the bottom up.
ExprId JavaScriptLowering::decorate(const std::vector<ExprId>& wrappers, ExprId value, JsId node) {
  for (auto at = wrappers.rbegin(); at != wrappers.rend(); ++at) {
    const Range where = code_.range(*at);
    const OpId call = code_.call(*at, {{.name = {}, .key = {}, .value = value, .spread = 0}}, where,
                                 CallMode::Decorator);
    value = code_.result(call, tree_.range(node));
  }
  return value;
}

// Classes as they were written before there were any: a function, and methods of its prototype.
namespace {

bool is_function_value(Js kind) {
  return kind == Js::FunctionExpression || kind == Js::GeneratorFunction ||
         kind == Js::ArrowFunction || kind == Js::MethodDefinition;
}

}  // namespace

// "Store" of `Store.prototype`.
std::string_view JavaScriptLowering::prototype_owner(JsId node) const {
  const JsId inner = unwrapped(node);
  if (tree_.kind(inner) != Js::Member ||
      tree_.text(tree_.child(inner, JsField::Property)) != "prototype")
    return {};
  const JsId owner = unwrapped(tree_.child(inner, JsField::Object));
  return tree_.kind(owner) == Js::Identifier ? tree_.text(owner) : std::string_view();
}

// The methods of an object, all of whose entries are functions; none: something else is among them.
std::vector<JavaScriptLowering::PrototypeMethod> JavaScriptLowering::prototype_methods(
    JsId object) const {
  std::vector<PrototypeMethod> methods;
  if (tree_.kind(object) != Js::Object) return methods;
  for (const JsId entry : tree_.children(object)) {
    const Js kind = tree_.kind(entry);
    if (kind != Js::Pair && kind != Js::MethodDefinition && kind != Js::Spread &&
        kind != Js::ShorthandIdentifier)
      continue;
    const JsId key = tree_.child(entry, kind == Js::Pair ? JsField::Key : JsField::Name);
    const JsId function = kind == Js::Pair ? unwrapped(tree_.child(entry, JsField::Value)) : entry;
    if (tree_.text(key) == "constructor") continue;
    if (!key.exists() || !is_function_value(tree_.kind(function))) return {};
    methods.push_back({.key = key, .function = function});
  }
  return methods;
}

// What a statement of the module adds to a prototype.
std::pair<std::string_view, std::vector<JavaScriptLowering::PrototypeMethod>>
JavaScriptLowering::added_to_prototype(JsId statement) const {
  if (tree_.kind(statement) != Js::ExpressionStatement) return {};
  const JsId node = tree_.first_child(statement);
  if (tree_.kind(node) == Js::Assignment) {
    const JsId left = unwrapped(tree_.child(node, JsField::Left));
    const JsId right = unwrapped(tree_.child(node, JsField::Right));
    if (const std::string_view owner = prototype_owner(left); !owner.empty())
      return {owner, prototype_methods(right)};
    if (tree_.kind(left) != Js::Member || !is_function_value(tree_.kind(right))) return {};
    return {prototype_owner(tree_.child(left, JsField::Object)),
            {{.key = tree_.child(left, JsField::Property), .function = right}}};
  }
  const bool assigns = tree_.kind(node) == Js::Call &&
                       tree_.text(tree_.child(node, JsField::Function)) == "Object.assign";
  if (!assigns || argument(node, 2).exists()) return {};
  return {prototype_owner(argument(node, 0)), prototype_methods(unwrapped(argument(node, 1)))};
}

// "Store" of `util.inherits(Store, Base)`, `Store.prototype = Object.create(Base.prototype)`: what
// it has is not all in this file.
std::string_view JavaScriptLowering::with_other_prototype(JsId statement) const {
  const JsId node = tree_.first_child(statement);
  if (tree_.kind(node) == Js::Call) {
    const std::string_view callee = tree_.text(tree_.child(node, JsField::Function));
    if (!callee.ends_with("inherits") && !callee.ends_with("setPrototypeOf")) return {};
    const JsId first = unwrapped(argument(node, 0));
    return tree_.kind(first) == Js::Identifier ? tree_.text(first) : prototype_owner(first);
  }
  auto [owner, methods] = added_to_prototype(statement);
  return methods.empty() ? owner : std::string_view();
}

// The functions and classes of the module, by their names.
std::set<std::string_view> JavaScriptLowering::declared_constructors(JsId program) const {
  std::set<std::string_view> names;
  const auto add = [&](JsId declaration) {
    const Js kind = tree_.kind(declaration);
    if (kind == Js::FunctionDeclaration || kind == Js::ClassDeclaration)
      names.insert(tree_.text(tree_.child(declaration, JsField::Name)));
    for (const JsId row : tree_.children(declaration)) {
      const Js value = tree_.kind(unwrapped(tree_.child(row, JsField::Value)));
      if (tree_.kind(row) == Js::VariableDeclarator &&
          (value == Js::FunctionExpression || value == Js::Class))
        names.insert(tree_.text(tree_.child(row, JsField::Name)));
    }
  };
  for (const JsId statement : tree_.children(program)) {
    add(statement);
    if (tree_.kind(statement) == Js::ExportStatement)
      add(tree_.child(statement, JsField::Declaration));
  }
  return names;
}

// Methods by the name of what they are the prototype's of, and the statements that say no more.
void JavaScriptLowering::collect_prototypes(JsId program) {
  if (tree_.text().find(".prototype") == std::string_view::npos) return;
  std::set<std::string_view> names = declared_constructors(program);
  for (const JsId statement : tree_.children(program)) names.erase(with_other_prototype(statement));
  for (const JsId statement : tree_.children(program)) {
    auto [owner, methods] = added_to_prototype(statement);
    if (methods.empty() || !names.contains(owner)) continue;
    prototype_statements_.insert(statement.index);
    std::vector<PrototypeMethod>& all = prototypes_[owner];
    all.insert(all.end(), methods.begin(), methods.end());
  }
}

void JavaScriptLowering::add_prototype_methods(std::string_view name, ClassId owner,
                                               ClassParts& parts,
                                               std::vector<FunctionId>& methods) {
  const auto found = prototypes_.find(name);
  if (found == prototypes_.end()) return;
  for (const PrototypeMethod& method : found->second) {
    ClassMember member{.node = method.function, .key = method.key};
    member.function = add_function(method.function, property_name(method.key).value_or(""),
                                   tree_.range(method.key), FunctionKind::Method, owner);
    methods.push_back(member.function);
    parts.members.push_back(std::move(member));
  }
}

// The class that a function is which has such methods.
ExprId JavaScriptLowering::constructor_class(JsId node, std::string_view name, Range name_range) {
  const ClassId id = code_.add_class(name);
  ClassParts parts{.node = node, .members = {}};
  ClassMember constructor{.node = node, .is_constructor = true};
  constructor.function = add_function(node, name, name_range, FunctionKind::Constructor, id);
  std::vector<FunctionId> methods{constructor.function};
  parts.members.push_back(std::move(constructor));
  add_prototype_methods(name, id, parts, methods);
  code_.set_class(id, {}, {}, methods);
  class_functions(id, std::move(parts), name_range);
  const Range where = tree_.range(node);
  return code_.result(code_.define(id, where), where);
}

}  // namespace fnlint
