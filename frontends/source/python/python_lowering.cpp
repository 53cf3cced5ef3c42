// Drives the lowering: marks what becomes an op, writes functions one after another, and salvages
// sound pieces of what does not parse.

#include "frontends/source/python/python_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <unordered_map>

namespace fnlint {

namespace {

constexpr std::size_t kPythonWrites = 64;

bool opens_function(Py kind) {
  return kind == Py::Lambda || kind == Py::FunctionDefinition || kind == Py::ClassDefinition;
}

}  // namespace

PythonLowering::PythonLowering(CodeBuilder& out, const SyntaxNodes& nodes,
                               const PythonScopes& scopes, std::string_view text)
    : out_(out),
      nodes_(nodes),
      scopes_(scopes),
      text_(text),
      marks_(nodes.size(), 0),
      no_name_(out.string("")) {
  fallbacks_.resize(scopes.functions().size());
  mark_nodes();
}

// Children stand behind their parent, so one walk from the end knows what is below each node.
void PythonLowering::mark_nodes() {
  for (NodeId node = nodes_.size(); node-- > 0;) {
    switch (kind(node)) {
      case Py::Call: {
        const std::uint8_t special = special_call(node);
        marks_[node] |= special == 0 ? std::uint8_t{kHasOps} : special;
        break;
      }
      case Py::Await:
      case Py::Yield:
      case Py::NamedExpression:
      case Py::ListComprehension:
      case Py::SetComprehension:
      case Py::DictionaryComprehension:
      case Py::GeneratorExpression: marks_[node] |= kHasOps; break;
      default: break;
    }
    const NodeId parent = nodes_[node].parent;
    const bool counts = (marks_[node] & kHasOps) != 0 && parent != kNoNode &&
                        (!opens_function(kind(parent)) || kind(node) == Py::LambdaParameters);
    if (counts) marks_[parent] |= kHasOps;
  }
}

void PythonLowering::lower_file() {
  for (std::uint32_t i = 0; i < scopes_.functions().size(); ++i) lower_function(FunctionId{i});
  mark_named_imports();
}

namespace {

// The words of all comments that give types: `rows = None  # type: Optional[str]`.
std::vector<std::string_view> words_of_type_comments(std::string_view text) {
  constexpr std::string_view kMark = "# type:";
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  std::vector<std::string_view> words;
  for (std::size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at)) {
    at += kMark.size();
    const std::size_t end = std::min(text.find('\n', at), text.size());
    while (at < end) {
      const std::size_t begin = at;
      while (at < end && is_part(text[at])) ++at;
      if (at > begin) words.push_back(text.substr(begin, at - begin));
      if (at < end) ++at;
    }
  }
  return words;
}

}  // namespace

// What an import brings may be named where no value is read: by an except clause, a test that the
// lowering answers, an import of a module by its text, a comment.
void PythonLowering::mark_named_imports() {
  std::unordered_map<std::string_view, VariableId> imported;
  for (const VariableId local : imported_)
    imported.emplace(out_.string(out_.variable(local).name), local);
  if (imported.empty()) return;
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (kind(node) == Py::ImportStatement || kind(node) == Py::ImportFromStatement) {
      node = nodes_[node].next - 1;
      continue;
    }
    if (kind(node) != Py::Identifier) continue;
    const auto found = imported.find(text(node));
    if (found != imported.end()) out_.mark(found->second, kNamedInTypes);
  }
  for (const std::string_view word : words_of_type_comments(text_))
    if (const auto found = imported.find(word); found != imported.end())
      out_.mark(found->second, kNamedInTypes);
}

void PythonLowering::lower_function(FunctionId function) {
  const PyFunction& row = scopes_.functions()[function.index];
  function_ = function;
  scope_ = row.scope;
  jumps_.clear();
  assigned_.clear();
  import_flags_ = 0;
  out_.begin_body(function);
  if (kind(row.node) == Py::FunctionDefinition || kind(row.node) == Py::Lambda)
    set_parameters(function);
  lower_body(row.body);
  out_.end_body();
}

void PythonLowering::lower_body(NodeId body) {
  if (body == kNoNode) return;
  const Py holder = kind(scopes_.functions()[function_.index].node);
  if (holder == Py::Lambda) {
    const ExprId value = expression(body);
    out_.exit(ExitKind::Return, {}, value, range(body));
  } else if (kind(body) == Py::Error) {
    salvage(body);
  } else {
    for (const NodeId node : nodes_.children(body)) statement(node);
  }
}

void PythonLowering::set_parameters(FunctionId function) {
  const PyFunction& row = scopes_.functions()[function.index];
  const std::vector<ExprId>& fallbacks = fallbacks_[function.index];
  std::vector<Parameter> parameters;
  const PyScopeId inner = std::exchange(scope_, row.outer);  // types are names of the outer scope
  for (const PyParameter& parameter : row.parameters) {
    const std::size_t at = parameters.size();
    parameters.push_back({.variable = parameter.variable,
                          .fallback = at < fallbacks.size() ? fallbacks[at] : ExprId{},
                          .rest = parameter.rest});
    const bool by_class = out_.function(function).kind == FunctionKind::Constructor;
    if (parameter.type != kNoNode)
      out_.set(parameter.variable, &Variable::type,
               by_class ? class_type(parameter.type) : type(parameter.type));
  }
  const NodeId returns = child(row.node, PyField::ReturnType);
  if (returns != kNoNode) {
    const TypeId returned = type(returns);
    out_.set(function, &Function::returns, returned);
  }
  scope_ = inner;
  out_.set_parameters(function, parameters);
  for (const PyParameter& parameter : row.parameters)
    if (parameter.pattern != kNoNode)
      unpack(parameter.pattern, out_.variable(parameter.variable, range(parameter.pattern)),
             range(parameter.pattern));
}

void PythonLowering::too_deep(NodeId node) {
  if (!said_too_deep_)
    out_.problem(range(node), cat("nested deeper than ", kNestingDepth, " levels"));
  said_too_deep_ = true;
  opaque(node, true);
}

// What the parser could not fit together: the pieces that are statements or expressions still
// count.
void PythonLowering::salvage(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  opaque(node, false);
  salvage_parts(node);
}
void PythonLowering::salvage_parts(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::Identifier) continue;
    if (is_statement(kind(part)) || is_expression(kind(part)) || kind(part) == Py::Error)
      statement(part);
    else
      salvage_parts(part);
  }
}

// May write the names that stand in it: all of them where nothing in it is lowered, else only those
// that no statement or expression inside takes care of.
void PythonLowering::opaque(NodeId node, bool lists_all) {
  std::vector<VariableId> writes;
  const auto list = [&](NodeId at) {
    if (kind(at) != Py::Identifier || writes.size() == kPythonWrites) return;
    const VariableId variable = scopes_.resolve(scope_, out_.string(text(at))).variable;
    if (variable.exists() && std::find(writes.begin(), writes.end(), variable) == writes.end())
      writes.push_back(variable);
  };
  if (lists_all)
    for (NodeId at = node; at < nodes_[node].next; ++at) list(at);
  else
    for (const NodeId at : nodes_.children(node)) list(at);
  out_.opaque(nodes_.name(node), writes, range(node));
}

void PythonLowering::export_names(NodeId list) {
  for (NodeId node = list; node < nodes_[list].next; ++node) {
    if (kind(node) != Py::String) continue;
    const std::optional<std::string> name = plain_text(node);
    if (!name) continue;
    const VariableId variable = scopes_.resolve(0, out_.string(*name)).variable;
    if (variable.exists()) out_.mark(variable, kExported);
  }
}

void PythonLowering::python2(std::string_view what, NodeId node) {
  if (features_.insert(what).second) out_.problem(range(node), cat("Python 2 ", what));
}

void PythonLowering::feature(std::string_view name, std::string_view since, NodeId node) {
  if (features_.insert(name).second) out_.add_feature(name, since, range(node));
}

}  // namespace fnlint
