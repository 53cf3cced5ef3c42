// The file: packages, declarations, the order in which they come to life.
#include "frontends/source/go/go_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_identifier(std::string_view name) {
  return !name.empty() && (name[0] < '0' || name[0] > '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
         });
}

bool is_version(std::string_view name) {
  return name.size() >= 2 && name[0] == 'v' &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A path does not tell the package's name: "stripe-go/v76" is stripe, "yaml.v3" yaml, "go-redis/v9"
// redis. Of what it may be, that which the file uses.
std::string package_name(std::string_view path, const std::set<std::string, std::less<>>& used) {
  std::vector<std::string_view> elements = split(path, '/');
  if (elements.size() > 1 && is_version(elements.back())) elements.pop_back();
  std::string_view last = elements.back();
  const std::size_t dot = last.rfind('.');
  if (dot != std::string_view::npos && is_version(last.substr(dot + 1))) last = last.substr(0, dot);
  std::vector<std::string> names{std::string(last)};
  for (const std::string_view part : {"go-", "go.", "aws-"})
    if (last.starts_with(part)) names.emplace_back(last.substr(part.size()));
  for (const std::string_view part : {"-go", ".go", "-golang"})
    if (last.ends_with(part)) names.emplace_back(last.substr(0, last.size() - part.size()));
  const std::size_t whole = names.size();
  for (std::size_t i = 0; i < whole; ++i) {
    std::string joined, low;
    for (const char letter : names[i]) {
      if (letter != '-' && letter != '.') joined += letter;
      low += letter == '-' || letter == '.' ? '_' : letter;
    }
    std::string piece;
    for (const char letter : names[i] + "-") {
      if (letter != '-' && letter != '.' && letter != '_') {
        piece += letter;
        continue;
      }
      if (!piece.empty()) names.push_back(piece);
      piece.clear();
    }
    names.push_back(std::move(joined));
    names.push_back(std::move(low));
  }
  for (const std::string& name : names)
    if (is_identifier(name) && used.contains(name)) return name;
  for (const std::string& name : names)
    if (is_identifier(name)) return name;
  return {};
}

}  // namespace

std::vector<NodeId> GoLowering::all_children(NodeId node) const {
  std::vector<NodeId> found;
  if (node != kNoNode)
    for (const NodeId at : children(node)) found.push_back(at);
  return found;
}

std::vector<NodeId> GoLowering::items(NodeId list) const {
  if (list == kNoNode) return {};
  return is_go(list, GoSyn::ExpressionList) ? all_children(list) : std::vector{list};
}

std::vector<NodeId> GoLowering::named(NodeId node, SynField what) const {
  std::vector<NodeId> found;
  for (const NodeId at : children(node))
    if (field(at) == what && kind(at) != Syn::Operator) found.push_back(at);
  return found;
}

std::vector<NodeId> GoLowering::statements_of(NodeId node) const {
  std::vector<NodeId> found;
  if (node == kNoNode) return found;
  for (const NodeId at : children(node)) {
    if (!is_go(at, GoSyn::StatementList)) {
      if (is(node, Syn::Block) || is_go(node, GoSyn::StatementList)) found.push_back(at);
      continue;
    }
    for (const NodeId inner : children(at)) found.push_back(inner);
  }
  return found;
}

// --- Names of the file.

void GoLowering::declare_file(NodeId file) {
  for (NodeId node = 0; node < nodes_.size(); ++node)
    if (is_go(node, GoSyn::TypeParameter))
      for (const NodeId name : named(node, SynField::Name))
        type_parameters_.insert(std::string(text(name)));
  declare_imports(file);
  for (const NodeId node : children(file)) {
    const NodeId name = child(node, SynField::Name);
    if (is_go(node, GoSyn::PackageClause) && first(node) != kNoNode) {
      out_.set_package(text(first(node)));
      is_main_ = text(first(node)) == "main";
    } else if (is(node, Syn::Function) && name != kNoNode) {
      if (text(name) == "init") {
        initialisers_.push_back(node);
      } else if (text(name) != "_") {
        declare_module(text(name), kExported | kConstant);
        functions_[std::string(text(name))] = node;
      }
    } else if (is(node, Syn::Method) && name != kNoNode) {
      methods_[std::string(receiver_type(node))].emplace(text(name), node);
    }
  }
  for (const NodeId node : children(file)) {
    if (is_go(node, GoSyn::TypeGroup)) declare_types(node);
    if (is_go(node, GoSyn::VarGroup) || is_go(node, GoSyn::ConstGroup)) declare_values(node);
  }
}

void GoLowering::declare_imports(NodeId file) {
  std::set<std::string, std::less<>> used;  // before a dot
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    const NodeId head = is(node, Syn::Member)          ? child(node, SynField::Object)
                        : is(node, Syn::QualifiedType) ? child(node, SynField::Path)
                                                       : kNoNode;
    if (is(head, Syn::Name)) used.insert(std::string(text(head)));
  }
  for (const NodeId node : children(file)) {
    if (!is_go(node, GoSyn::ImportList)) continue;
    for (const NodeId one : children(node)) {
      if (is_go(one, GoSyn::Import)) declare_import(one, used);
      if (is_go(one, GoSyn::ImportList))
        for (const NodeId inner : children_of(one, own(GoSyn::Import)))
          declare_import(inner, used);
    }
  }
}

void GoLowering::declare_import(NodeId spec, const std::set<std::string, std::less<>>& used) {
  const NodeId path = child(spec, SynField::Path), alias = child(spec, SynField::Name);
  if (path == kNoNode) return;
  const std::string module = literal_text(path);
  if (module.empty() || module == "C") return;
  const std::string_view written = alias == kNoNode ? std::string_view{} : text(alias);
  if (written == "_" || written == ".") {
    add_import("", module, "", written == "_" ? kEffectOnly : kStar, range(spec));
    return;
  }
  const std::string local = written.empty() ? package_name(module, used) : std::string(written);
  if (local.empty()) return;
  packages_[add_import(local, module, "", 0, range(spec)).index] = module;
}

void GoLowering::declare_values(NodeId group) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  for (const NodeId spec : children(group)) {
    if (is_go(spec, GoSyn::VarGroup)) declare_values(spec);
    const bool is_constant = is_go(spec, GoSyn::ConstSpec);
    if (!is_constant && !is_go(spec, GoSyn::VarSpec)) continue;
    const NodeId written = child(spec, SynField::Type);
    const std::vector<NodeId> values = items(child(spec, SynField::Value));
    const std::vector<NodeId> names = named(spec, SynField::Name);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (text(names[i]) == "_") continue;
      const VariableId variable = declare_module(
          text(names[i]), static_cast<std::uint16_t>(kExported | (is_constant ? kConstant : 0)));
      remember_type(variable, written != kNoNode          ? written
                              : values.size() == names.size() ? values[i]
                                                              : kNoNode);
      if (written == kNoNode) continue;
      const TypeId declared = type(written);
      out_.set(variable, &Variable::type, declared);
    }
  }
}

// Structs, and whatever has methods, are classes; another type of the file is a function that gives
// its argument, so that a conversion in another file finds it.
void GoLowering::declare_types(NodeId group) {
  for (const NodeId spec : children_of(group, own(GoSyn::TypeSpec))) {
    const NodeId name = child(spec, SynField::Name);
    if (name == kNoNode) continue;
    types_[std::string(text(name))] = spec;
    if (!is_go(underlying(child(spec, SynField::Type)), GoSyn::InterfaceType))
      declare_module(text(name), kExported | kConstant);
  }
}

std::string_view GoLowering::receiver_type(NodeId method) const {
  const NodeId list = child(method, SynField::Receiver);
  const NodeId receiver = child(list, Syn::Parameter);
  return type_word(child(receiver, SynField::Type));
}

// --- The module's initialiser.

void GoLowering::file_body(NodeId file) {
  for (const auto& [name, node] : functions_) {
    const NodeId at = child(node, SynField::Name);
    const FunctionId id = define_function(node, name, FunctionKind::Plain, at);
    out_.assign(out_.variable(find(name).variable, range(at)), out_.function(id, range(node)),
                range(node), AssignMode::Declare);
  }
  define_types();
  for (const NodeId node : children(file))
    if (is_go(node, GoSyn::ConstGroup)) constants(node);
  package_variables(file);
  for (const NodeId node : children(file)) {
    if (is(node, Syn::Function) || is(node, Syn::Method) || is_go(node, GoSyn::ConstGroup) ||
        is_go(node, GoSyn::VarGroup) || is_go(node, GoSyn::TypeGroup) ||
        is_go(node, GoSyn::ImportList) || is_go(node, GoSyn::PackageClause))
      continue;
    statement(node);  // of a broken file
  }
  for (const NodeId node : initialisers_) {
    const FunctionId id =
        define_function(node, "init", FunctionKind::Plain, child(node, SynField::Name));
    out_.call(out_.function(id, range(node)), {}, range(node), CallMode::Implicit);
  }
  if (!is_main_ || !functions_.contains("main")) return;
  const NodeId main = functions_.find("main")->second;
  out_.call(out_.variable(find("main").variable, range(main)), {}, range(main),
            CallMode::Implicit);
}

void GoLowering::define_types() {
  const auto define = [&](const std::string& name, NodeId node, VariableId variable) {
    const std::uint32_t row = declare_class(node, name, variable);
    classes_[row].scope = scope_;  // members have no bare names
    class_rows_[name] = row;
    define_class(row);
  };
  for (const auto& [name, spec] : types_) {
    const VariableId variable = find(name).variable;
    if (!variable.exists()) continue;  // an interface
    if (is_class(spec)) {
      define(name, spec, variable);
      continue;
    }
    const FunctionId id = define_function(spec, name, FunctionKind::Plain);
    out_.assign(out_.variable(variable, range(spec)), out_.function(id, range(spec)), range(spec),
                AssignMode::Declare);
  }
  // Methods of a type that another file of the package declares.
  for (const auto& [name, methods] : methods_)
    if (!types_.contains(name) && !methods.empty())
      define(name, methods.begin()->second,
             out_.add_variable(cat(name, " (methods)"), FunctionId{0}, VariableKind::Module,
                               kExported | kConstant));
}

std::vector<GoLowering::Member> GoLowering::class_members(NodeId node) {
  std::vector<Member> members;
  std::string name;
  if (is_go(node, GoSyn::TypeSpec)) {
    name = text(child(node, SynField::Name));
    const NodeId type = child(node, SynField::Type);
    if (is_go(type, GoSyn::StructType)) {
      const NodeId list = child(type, own(GoSyn::FieldList));
      for (const NodeId one : children_of(list, own(GoSyn::FieldDeclaration))) {
        const NodeId written = child(one, SynField::Type);
        const std::vector<NodeId> names = named(one, SynField::Name);
        for (const NodeId at : names)
          members.push_back({.kind = MemberKind::Field,
                             .node = one,
                             .name = std::string(text(at)),
                             .name_node = at,
                             .type = written,
                             .is_pointer = is_go(written, GoSyn::PointerType)});
        if (names.empty() && !type_word(written).empty())
          members.push_back({.kind = MemberKind::Field,
                             .node = one,
                             .name = std::string(type_word(written)),
                             .type = written});
      }
    }
  } else {
    name = receiver_type(node);
  }
  if (scope_ == 0 || out_.current().index == 0)
    if (const auto row = methods_.find(name); row != methods_.end())
      for (const auto& [method, at] : row->second)
        members.push_back({.kind = MemberKind::Method,
                           .node = at,
                           .name = method,
                           .name_node = child(at, SynField::Name)});
  return members;
}

// Embedded structs.
std::vector<NodeId> GoLowering::base_types(NodeId spec) const {
  std::vector<NodeId> bases;
  const NodeId type = child(spec, SynField::Type);
  if (!is_go(spec, GoSyn::TypeSpec) || !is_go(type, GoSyn::StructType)) return bases;
  for (const NodeId one :
       children_of(child(type, own(GoSyn::FieldList)), own(GoSyn::FieldDeclaration))) {
    if (!named(one, SynField::Name).empty()) continue;
    const NodeId base = bare_type(child(one, SynField::Type));
    const bool is_interface = is_go(underlying(base), GoSyn::InterfaceType);
    if (base != kNoNode && !is_interface) bases.push_back(base);
  }
  return bases;
}

void GoLowering::package_variables(NodeId file) {
  std::vector<NodeId> specs;
  for (const NodeId group : children(file)) {
    if (!is_go(group, GoSyn::VarGroup)) continue;
    for (const NodeId one : children(group)) {
      if (is_go(one, GoSyn::VarSpec)) specs.push_back(one);
      if (is_go(one, GoSyn::VarGroup))
        for (const NodeId inner : children_of(one, own(GoSyn::VarSpec))) specs.push_back(inner);
    }
  }
  for (const NodeId spec : in_order_of_use(specs)) variables(spec, true);
}

// Package variables come to life after those that their initialisers name, wherever these stand.
std::vector<NodeId> GoLowering::in_order_of_use(const std::vector<NodeId>& specs) const {
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < specs.size(); ++i)
    for (const NodeId name : named(specs[i], SynField::Name)) by_name[text(name)] = i;
  std::vector<NodeId> order;
  std::vector<std::uint8_t> state(specs.size(), 0);
  std::vector<std::pair<std::size_t, NodeId>> path;  // a spec, and where its reading goes on
  for (std::size_t begin = 0; begin < specs.size(); ++begin) {
    if (state[begin] != 0) continue;
    state[begin] = 1;
    path.emplace_back(begin, specs[begin]);
    while (!path.empty()) {
      auto& [spec, at] = path.back();
      std::size_t next = SIZE_MAX;
      const NodeId value = child(specs[spec], SynField::Value);
      for (at = std::max(at, value); value != kNoNode && at < nodes_[value].next; ++at) {
        if (!is(at, Syn::Name)) continue;
        const auto used = by_name.find(text(at));
        if (used == by_name.end() || state[used->second] != 0) continue;
        next = used->second;
        break;
      }
      if (next == SIZE_MAX) {
        order.push_back(specs[spec]);
        path.pop_back();
        continue;
      }
      state[next] = 1;
      path.emplace_back(next, specs[next]);
    }
  }
  return order;
}

// --- Functions.

void GoLowering::declare_parameters(NodeId function) {
  const FunctionId id = out_.current();
  std::vector<Parameter> parameters;
  for (const NodeId node : all_children(child(function, SynField::Own))) {
    const bool is_rest = is(node, Syn::RestParameter);
    if (!is(node, Syn::Parameter) && !is_rest) continue;
    const NodeId written = child(node, SynField::Type);
    const TypeId declared = written == kNoNode || is_rest ? TypeId{} : type(written);
    std::vector<NodeId> names = named(node, SynField::Name);
    if (names.empty()) names.push_back(kNoNode);
    for (const NodeId name : names) {
      const std::string_view word = name == kNoNode ? "_" : text(name);
      const VariableId variable = out_.add_variable(word, id, VariableKind::Parameter);
      out_.set(variable, &Variable::type, declared);
      if (word != "_") bind(word, {.variable = variable});
      if (!is_rest) remember_type(variable, written);
      if (!is_rest) remember_copy(variable, written);
      parameters.push_back(
          {.variable = variable,
           .fallback = {},
           .rest = is_rest ? RestKind::Positional : RestKind::None});
    }
  }
  out_.set_parameters(id, parameters);
}

void GoLowering::function_body(NodeId function, NodeId body) {
  const FunctionId id = out_.current();
  failed_.clear();
  result_variables_.clear();
  if (is_go(function, GoSyn::TypeSpec)) {
    const VariableId value = out_.add_variable("value", id, VariableKind::Parameter);
    out_.set_parameters(id, {{.variable = value, .fallback = {}, .rest = RestKind::None}});
    out_.exit(ExitKind::Return, {}, out_.variable(value, range(function)), range(function));
    return;
  }
  if (const NodeId list = child(function, SynField::Receiver); list != kNoNode) {
    const NodeId receiver = child(list, Syn::Parameter);
    const NodeId name = child(receiver, SynField::Name);
    const VariableId variable = out_.function(id).receiver;
    if (name != kNoNode && variable.exists()) {
      out_.set(variable, &Variable::name, out_.string(text(name)));
      bind(text(name), {.variable = variable});
      remember_type(variable, child(receiver, SynField::Type));
      remember_copy(variable, child(receiver, SynField::Type));
    }
  }
  declare_parameters(function);
  results_ = results_of(function);
  if (!results_.types.empty() && is_struct(results_.types.front()))
    out_.set(id, &Function::gives_struct, 1);
  for (std::size_t i = 0; i < results_.names.size(); ++i) {
    const NodeId name = results_.names[i];
    const TypeId declared = type(results_.types[i]);
    const VariableId variable = declare_local(text(name), 0, declared);
    remember_type(variable, results_.types[i]);
    out_.assign(out_.variable(variable, range(name)), zero_value(results_.types[i], range(name)),
                range(name), AssignMode::Declare);
    result_variables_.push_back(variable);
  }
  statements(statements_of(body));
}

}  // namespace fnlint
