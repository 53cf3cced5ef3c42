// Statements and expressions that Java alone has.
#include "frontends/source/java/java_lowering.h"

#include "core/text.h"
#include "frontends/source/java/java.h"

#include <algorithm>

namespace fnlint {

namespace {

bool has_small_letters(std::string_view name) {
  return std::any_of(name.begin(), name.end(),
                     [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

}  // namespace

bool JavaLowering::makes_op(NodeId node) const {
  return is(node, Java::ConstructorCall) || is(node, Java::Yield) || is(node, Java::Assert) ||
         (is(node, Java::Switch)) || is(node, Java::EnumConstant) ||
         (is(node, Syn::TypeTest) &&
          (child(node, SynField::Name) != kNoNode || child(node, SynField::Pattern) != kNoNode));
}

bool JavaLowering::is_own_function(NodeId node) const {
  return is(node, Syn::Class) || is(node, Syn::ClassBody) || is(node, Java::CompactConstructor);
}

NodeId JavaLowering::child(NodeId node, Java what) const {
  return ScopedLowering::child(node, static_cast<Syn>(what));
}

void JavaLowering::statement_of(NodeId node) {
  switch (static_cast<Java>(nodes_[node].kind)) {
    case Java::Package:
    case Java::Import:
    case Java::AnnotationType: return;
    case Java::Synchronized: {
      const OpId block = out_.open_block(kLockLabel, range(node));
      block_statements(child(node, SynField::Body));
      return out_.close(block);
    }
    case Java::Switch: return switch_over(node, {});
    case Java::Assert:
      for (const NodeId inner : children(node))
        if (has_ops(inner)) expression(inner);
      return;
    case Java::Yield: {
      const ExprId value = expression_or_unknown(first(node), node);
      if (!yields_.empty()) out_.assign(yields_.back(), value, range(node));
      for (auto at = jumps_.rbegin(); at != jumps_.rend(); ++at)
        if (at->label == "<switch>") {
          out_.exit(ExitKind::Break, at->broken, {}, range(node));
          return;
        }
      return;
    }
    case Java::ConstructorCall: {
      const bool of_super = is(child(node, SynField::Function), Syn::Super);
      const Range where = range(node);
      const ExprId self = receiver(where);
      const ExprId callee = out_.member(self, of_super ? "<super>" : "<this>", where);
      call_of(callee, arguments(child(node, SynField::Arguments)), where);
      return;
    }
    default: break;
  }
  if (is(node, Syn::Class)) {  // a local class
    const NodeId name = child(node, SynField::Name);
    const VariableId variable = declare_local(name == kNoNode ? "" : text(name), kConstant);
    define_class(declare_class(node, name == kNoNode ? "" : text(name), variable));
    return;
  }
  ScopedLowering::statement_of(node);
}

ExprId JavaLowering::expression_of(NodeId node) {
  if (node == kNoNode) return ScopedLowering::expression_of(node);
  const Range where = range(node);
  switch (static_cast<Java>(nodes_[node].kind)) {
    case Java::Switch:
      return temporary(where, [&](ExprId target) { switch_over(node, target); });
    case Java::MethodReference: return method_reference(node);
    case Java::ClassLiteral: {
      const ExprId type_value = expression_or_unknown(first(node), node);
      return type_value;
    }
    case Java::ArrayCreation: {
      const NodeId value = child(node, SynField::Value);
      if (value != kNoNode) return expression(value);
      for (const NodeId inner : children(node))
        if (has_ops(inner)) expression(inner);
      return out_.list({}, where);
    }
    case Java::EnumConstant:
      return call_of(out_.variable(classes_[class_].variable, where),
                     arguments(child(node, SynField::Arguments)), where, CallMode::Construct);
    case Java::Primitive: return out_.unknown("a type", where);
    default: break;
  }
  if (is(node, Syn::QualifiedType)) {  // a.b.C, or C.Inner of an imported C
    const std::string_view dotted = text(node);
    const std::size_t dot = dotted.rfind('.');
    if (dot != std::string_view::npos) {
      const std::string_view head = dotted.substr(0, dotted.find('.'));
      const std::string imported = import_path(find(head).variable);
      const std::string holder = imported.empty()
                                     ? std::string(dotted.substr(0, dot))
                                     : cat(imported, dotted.substr(head.size(), dot - head.size()));
      return out_.variable(import_member(holder, dotted.substr(dot + 1), where), where);
    }
  }
  if (is(node, Syn::TypeTest)) {
    if (const NodeId pattern = child(node, SynField::Pattern); pattern != kNoNode) {
      const ExprId subject = expression_or_unknown(child(node, SynField::Left), node);
      return pattern_test(pattern, subject);
    }
  }
  return ScopedLowering::expression_of(node);
}

// Type::new, Type::method, object::method, this::method.
ExprId JavaLowering::method_reference(NodeId node) {
  const Range where = range(node);
  const NodeId object = first(node), name = last(node);
  const std::string_view written = text(node);
  const bool is_new = written.ends_with("new");
  ExprId base = expression_or_unknown(object, node);
  if (is_new || name == object || name == kNoNode || !is(name, Syn::Name)) return base;
  return out_.member(base, text(name), where);
}

TypeId JavaLowering::type_of(NodeId node) {
  if (is(node, Java::Primitive)) return out_.add_type(text(node));
  if (is(node, Syn::TypeName) && text(node) == "var") return {};
  if (is(node, Syn::QualifiedType)) {  // java.util.List, Outer.Inner
    const std::string_view dotted = text(node);
    const std::size_t dot = dotted.rfind('.');
    const std::string_view head = dotted.substr(0, dotted.find('.'));
    if (dot != std::string_view::npos && !head.empty() && head[0] >= 'a' && head[0] <= 'z' &&
        !find(head).exists()) {
      const VariableId named =
          import_member(dotted.substr(0, dot), dotted.substr(dot + 1), range(node));
      return out_.add_type(dotted, {}, named);
    }
    if (dot != std::string_view::npos)
      if (const Binding inner = find(dotted.substr(dot + 1)); inner.variable.exists())
        return named_type(dotted.substr(dot + 1), {}, range(node));
  }
  return ScopedLowering::type_of(node);
}

bool JavaLowering::has_bases() const {
  return class_ != kNone && !base_types(classes_[class_].node).empty();
}

// A class of the package, or what the class inherits: names say which by custom.
ExprId JavaLowering::unknown_name(std::string_view name, NodeId node) {
  for (const auto& [imported, type_variable] : static_imports_)
    if (imported == name)
      return out_.member(out_.variable(type_variable, range(node)), name, range(node));
  const bool is_capital = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  const bool is_constant = is_capital && name.size() > 1 && !has_small_letters(name);
  // `UUID.randomUUID()` of a package that is imported whole.
  const bool is_class =
      !is_constant || (has_star_import_ && name.find('_') == name.npos &&
                       field(node) == SynField::Object && is(nodes_[node].parent, Syn::Call));
  if (is_capital && is_class) return out_.variable(implicit_import(name, range(node)), range(node));
  if (has_bases()) return out_.member(receiver(range(node)), name, range(node));
  for (const auto& [imported, type_variable] : static_imports_)
    if (imported.empty() && is_constant)
      return out_.member(out_.variable(type_variable, range(node)), name, range(node));
  return out_.variable(implicit_import(name, range(node)), range(node));
}

ExprId JavaLowering::called_name(NodeId name) {
  const std::string_view written = text(name);
  const Range where = range(name);
  if (const Binding found = find(written); found.in_class != kNone)
    return binding_value(found, written, where);
  for (const auto& [imported, type_variable] : static_imports_)
    if (imported == written)
      return out_.member(out_.variable(type_variable, where), written, where);
  if (!has_bases())
    for (const auto& [imported, type_variable] : static_imports_)
      if (imported.empty())
        return out_.member(out_.variable(type_variable, where), written, where);
  const ExprId self = receiver(where);
  if (out_.expr(self).kind == ExprKind::Unknown && class_ != kNone)
    return out_.member(class_value(class_, where), written, where);  // inherited, and static
  return out_.member(self, written, where);
}

// java.util.UUID: a class by its full name.
ExprId JavaLowering::qualified(NodeId member) {
  const NodeId name = child(member, SynField::Name);
  NodeId object = child(member, SynField::Object);
  if (name == kNoNode || object == kNoNode || text(name).empty()) return {};
  const char letter = text(name)[0];
  if (letter < 'A' || letter > 'Z') return {};
  std::size_t parts = 1;
  for (; is(object, Syn::Member); object = child(object, SynField::Object)) {
    const NodeId part = child(object, SynField::Name);
    if (part == kNoNode || text(part).empty() || text(part)[0] < 'a' || text(part)[0] > 'z')
      return {};
    ++parts;
  }
  if (parts < 2 || !is(object, Syn::Name) || find(text(object)).exists()) return {};
  const char head = text(object).front();
  if (head < 'a' || head > 'z') return {};
  const std::string_view package = text(child(member, SynField::Object));
  return out_.variable(import_member(package, text(name), range(member)), range(member));
}

namespace {

// A text block: the common indentation and the line after the quotes go.
std::string text_block(std::string_view inner) {
  const std::size_t line_end = inner.find('\n');
  if (line_end == std::string_view::npos) return std::string(inner);
  const std::vector<std::string_view> lines = split(inner.substr(line_end + 1), '\n');
  std::size_t indent = SIZE_MAX;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t at = lines[i].find_first_not_of(" \t\r");
    if (at != std::string_view::npos) indent = std::min(indent, at);
    if (at == std::string_view::npos && i + 1 == lines.size())
      indent = std::min(indent, lines[i].size());
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    std::string_view line = lines[i].substr(std::min(indent, lines[i].size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    out += line;
  }
  return out;
}

}  // namespace

std::string JavaLowering::literal_text(NodeId node) const {
  std::string_view written = text(node);
  if (!written.starts_with("\"\"\"") || written.size() < 6)
    return ScopedLowering::literal_text(node);
  return unescaped(text_block(written.substr(3, written.size() - 6)));
}

CodeFacts lower_java(std::string_view text) {
  return read_source(text, {.language = Language::Java,
                            .grammar = java_grammar(),
                            .lower = [](CodeBuilder& out, const SourceFile& file) {
                              JavaLowering(out, file).lower_file();
                            },
                            .is_known = {},
                            .mend = {},
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
