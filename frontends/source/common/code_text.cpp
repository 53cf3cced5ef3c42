// Prints imports, classes, functions and ops line by line, nested as their regions are.

#include "frontends/source/common/code_text.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/common/expression_text.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

class CodeText {
 public:
  explicit CodeText(const CodeFacts& facts) : facts_(facts), text_(facts) {}

  std::string everything();
  std::string body(FunctionId function) {
    text_.stand_in(function);
    const Function& row = facts_.functions[function.index];
    region(row.first, row.end, 1);
    return std::move(out_);
  }

 private:
  void header(FunctionId id);
  void classes();
  void imports();
  void notes();

  void line(int indent, std::string_view text) {
    out_.append(static_cast<std::size_t>(indent) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  void region(OpId first, OpId end, int indent);
  void op(OpId id, int indent);
  void parts(OpId id, int indent);
  std::string op_text(OpId id);
  std::string assign(const Assign& row);
  std::string call(const Call& row);
  std::string loop(const Loop& row);
  std::string exit(const Exit& row);

  std::string expr(ExprId id) { return text_.expression(id); }
  std::string_view string(StringId id) const { return facts_.string(id); }

  const CodeFacts& facts_;
  ExpressionText text_;
  std::string out_;
  std::size_t depth_ = 0;
};

std::string CodeText::everything() {
  imports();
  classes();
  for (std::uint32_t i = 0; i < facts_.functions.size(); ++i) {
    const FunctionId id{i};
    text_.stand_in(id);
    header(id);
    region(facts_.functions[i].first, facts_.functions[i].end, 1);
  }
  notes();
  return std::move(out_);
}

void CodeText::imports() {
  text_.stand_in({0});
  for (const Import& row : facts_.imports) {
    if (string(row.module) == "<builtins>") continue;  // would bury the real ones
    std::string text = cat("import ", path_text(string(row.module)));
    if (row.name.exists() && !string(row.name).empty())
      text += cat(" ", path_text(string(row.name)));
    if (row.local.exists()) text += cat(" as ", text_.variable(row.local));
    if (row.executed_in.index != 0) text += cat(" in ", text_.label(row.executed_in));
    constexpr std::array<std::pair<std::uint32_t, std::string_view>, 7> kFlags = {
        {{kTypeOnly, "type-only"},
         {kFallback, "fallback"},
         {kStar, "star"},
         {kEffectOnly, "effect-only"},
         {kReexport, "re-export"},
         {kRequire, "require"},
         {kGuarded, "guarded"}}};
    for (const auto& [flag, word] : kFlags)
      if ((row.flags & flag) != 0) text += cat(" ", word);
    line(0, text);
  }
}

void CodeText::classes() {
  for (const Class& row : facts_.classes) {
    std::string text = cat("class ", path_text(string(row.name)));
    if (row.bases.count > 0) {
      text += "(";
      for (std::uint32_t i = 0; i < row.bases.count; ++i)
        text += cat(i > 0 ? ", " : "", expr(facts_.bases[row.bases.first + i]));
      text += ")";
    }
    for (std::uint32_t i = 0; i < row.methods.count; ++i)
      text += cat(i > 0 ? ", " : " methods ", text_.label(facts_.methods[row.methods.first + i]));
    line(0, text);
    for (std::uint32_t i = 0; i < row.fields.count; ++i) {
      const Field& field = facts_.fields[row.fields.first + i];
      line(1, cat(field.is_static != 0 ? "static " : "", field.is_constant != 0 ? "constant " : "",
                  "field ", path_text(string(field.name)),
                  field.type.exists() ? cat(": ", text_.type(field.type)) : ""));
    }
  }
}

void CodeText::header(FunctionId id) {
  const Function& row = facts_.functions[id.index];
  if (row.kind == FunctionKind::ModuleInit) {
    line(0, (row.flags & kBroken) != 0 ? "module broken" : "module");
    return;
  }
  constexpr std::array<std::string_view, 9> kKinds = {
      "function", "method", "static method", "class method", "constructor",
      "accessor", "module", "class init",    "instance init"};
  std::string text = cat(kKinds[static_cast<std::size_t>(row.kind)], " ", text_.label(id), "(");
  bool first = true;
  if (row.receiver.exists()) {
    text += cat("receiver ", text_.variable(row.receiver));
    first = false;
  }
  for (std::uint32_t i = 0; i < row.parameters.count; ++i) {
    const Parameter& parameter = facts_.parameters[row.parameters.first + i];
    if (!first) text += ", ";
    first = false;
    if (parameter.rest == RestKind::Positional) text += "*";
    if (parameter.rest == RestKind::Named) text += "**";
    text += text_.variable(parameter.variable);
    const TypeId declared = facts_.variables[parameter.variable.index].type;
    if (declared.exists()) text += cat(": ", text_.type(declared));
    if (parameter.fallback.exists()) text += cat(" = ", expr(parameter.fallback));
  }
  text += ")";
  if (row.returns.exists()) text += cat(": ", text_.type(row.returns));
  constexpr std::array<std::pair<unsigned, std::string_view>, 5> kFlags = {
      {{kAsync, "async"},
       {kGenerator, "generator"},
       {kBroken, "broken"},
       {kArrow, "arrow"},
       {kCopies, "copying"}}};
  for (const auto& [flag, word] : kFlags)
    if ((row.flags & flag) != 0) text += cat(" ", word);
  if (row.parent.index != 0) text += cat(" in ", text_.label(row.parent));
  text += text_.locals(id);
  line(0, text);
}

void CodeText::notes() {
  for (const SuppressionComment& row : facts_.suppressions) {
    constexpr std::array<std::string_view, 3> kReach = {"line", "next", "file"};
    std::string text = cat("ignore ", kReach[static_cast<std::size_t>(row.reach)]);
    for (const std::string& rule : row.rules) text += cat(" ", path_text(rule));
    line(0, text);
  }
  for (const FeatureUse& row : facts_.features)
    line(0, cat("feature ", string(row.feature), " since ", string(row.since)));
  for (const Problem& row : facts_.problems)
    line(0, cat("problem at ", row.where.begin, ": ", path_text(row.message)));
}

void CodeText::region(OpId first, OpId end, int indent) {
  if (++depth_ > kNestingDepth * 4) {
    line(indent, "...");
  } else {
    for (OpId at = first; at < end && at.index < facts_.ops.size();) {
      op(at, indent);
      const OpId next = facts_.ops[at.index].end;
      at = next > at ? next : OpId{at.index + 1};
    }
  }
  --depth_;
}

void CodeText::op(OpId id, int indent) {
  line(indent, cat("#", id.index, " ", op_text(id)));
  parts(id, indent);
}

void CodeText::parts(OpId id, int indent) {
  const Op& row = facts_.ops[id.index];
  const OpId inner{id.index + 1};
  switch (row.kind) {
    case OpKind::Branch: {
      const OpId otherwise = facts_.branches[row.detail].otherwise;
      region(inner, otherwise, indent + 1);
      if (otherwise < row.end) {
        line(indent, "else");
        region(otherwise, row.end, indent + 1);
      }
      break;
    }
    case OpKind::Try: {
      const Try& attempt = facts_.tries[row.detail];
      region(inner, attempt.body_end, indent + 1);
      for (std::uint32_t i = 0; i < attempt.catches.count; ++i) {
        const Catch& handler = facts_.catches[attempt.catches.first + i];
        std::string text = "catch";
        for (std::uint32_t k = 0; k < handler.types.count; ++k)
          text +=
              cat(k > 0 ? ", " : " ", text_.type(facts_.type_arguments[handler.types.first + k]));
        if (handler.caught.exists()) text += cat(" as ", text_.variable(handler.caught));
        line(indent, text);
        region(handler.first, handler.end, indent + 1);
      }
      if (attempt.finally_first < row.end) {
        line(indent, "finally");
        region(attempt.finally_first, row.end, indent + 1);
      }
      break;
    }
    case OpKind::Loop:
    case OpKind::Block: region(inner, row.end, indent + 1); break;
    default: break;
  }
}

std::string CodeText::op_text(OpId id) {
  const Op& row = facts_.ops[id.index];
  switch (row.kind) {
    case OpKind::Assign: return assign(facts_.assigns[row.detail]);
    case OpKind::Call: return call(facts_.calls[row.detail]);
    case OpKind::Await: return cat("await ", expr(facts_.awaits[row.detail].value));
    case OpKind::Yield: return cat("yield ", expr(facts_.yields[row.detail].value));
    case OpKind::Branch: {
      const Branch& branch = facts_.branches[row.detail];
      std::string text = cat("branch ", expr(branch.condition), " else #", branch.otherwise.index);
      if (branch.otherwise < row.end) text += cat(" end #", row.end.index);
      return text;
    }
    case OpKind::Loop: return cat(loop(facts_.loops[row.detail]), " end #", row.end.index);
    case OpKind::Try: return cat("try end #", row.end.index);
    case OpKind::Block: {
      const std::string_view name = string(facts_.blocks[row.detail].label);
      return cat("block ", path_text(name), name.empty() ? "" : " ", "end #", row.end.index);
    }
    case OpKind::Exit: return exit(facts_.exits[row.detail]);
    case OpKind::Define:
      return cat("define ",
                 path_text(string(facts_.classes[facts_.defines[row.detail].type.index].name)));
    case OpKind::Opaque: {
      const Opaque& opaque = facts_.opaques[row.detail];
      std::string text = cat("opaque ", path_text(string(opaque.syntax)));
      for (std::uint32_t i = 0; i < opaque.may_write.count; ++i)
        text += cat(i > 0 ? ", " : " writes ",
                    text_.variable(facts_.written[opaque.may_write.first + i]));
      return text;
    }
  }
  return "?";
}

std::string CodeText::assign(const Assign& row) {
  switch (row.mode) {
    case AssignMode::Set: return cat("assign ", expr(row.target), " = ", expr(row.value));
    case AssignMode::Declare:
      return cat("declare ", expr(row.target), row.value.exists() ? " = " : "",
                 row.value.exists() ? expr(row.value) : "");
    case AssignMode::Update:
      return cat("assign ", expr(row.target), " update ", operator_name(row.update), " ",
                 expr(row.value));
    case AssignMode::SetIfAbsent:
      return cat("assign ", expr(row.target), " if absent = ", expr(row.value));
    case AssignMode::Delete: return cat("delete ", expr(row.target));
    case AssignMode::Evaluate: return cat("evaluate ", expr(row.value));
  }
  return "?";
}

std::string CodeText::call(const Call& row) {
  constexpr std::array<std::string_view, 6> kModes = {"call",     "construct", "detach",
                                                      "decorate", "implicit",  "annotate"};
  return cat(kModes[static_cast<std::size_t>(row.mode)], " ", text_.expression(row.callee, true),
             "(", text_.operands(row.arguments), ")");
}

std::string CodeText::loop(const Loop& row) {
  constexpr std::array<std::string_view, 4> kKinds = {"each", "while", "at-least-once", "forever"};
  std::string text = cat("loop ", kKinds[static_cast<std::size_t>(row.kind)]);
  if (row.target.exists()) text += cat(" ", expr(row.target));
  if (row.subject.exists()) text += cat(" in ", expr(row.subject));
  if (row.awaits_each != 0) text += " awaits_each";
  return text;
}

std::string CodeText::exit(const Exit& row) {
  constexpr std::array<std::string_view, 5> kKinds = {"return", "raise", "break", "continue",
                                                      "stop"};
  std::string text =
      cat("exit ", row.panics != 0 ? "panic" : kKinds[static_cast<std::size_t>(row.kind)]);
  if (row.target.exists()) text += cat(" -> #", row.target.index);
  if (row.value.exists()) text += cat(" ", expr(row.value));
  return text;
}

}  // namespace

std::string code_text(const CodeFacts& facts) { return CodeText(facts).everything(); }
std::string body_text(const CodeFacts& facts, FunctionId function) {
  return CodeText(facts).body(function);
}
std::string expression_text(const CodeFacts& facts, ExprId expression, FunctionId function) {
  return ExpressionText(facts, function).expression(expression);
}

}  // namespace fnlint
