// Prints statements and expressions in Python's and in JavaScript's syntax.

#include "tests/metamorphic/program_text.h"

#include "core/text.h"

#include <string_view>

namespace fnlint::test {
namespace {

constexpr std::string_view kPythonStart = R"(import json
import os

import boto3

sqs = boto3.client("sqs")

)";
constexpr std::string_view kJavaScriptStart =
    R"(import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";

const sqs = new SQSClient({});

)";

std::string in_quotes(std::string_view text) { return cat('"', text, '"'); }

class Printer {
 public:
  Printer(const GeneratedProgram& program, ProgramLanguage language)
      : program_(program), python_(language == ProgramLanguage::Python) {}
  std::string file();

 private:
  std::string list(const std::vector<Expression>& parts, std::size_t from = 0) const;
  std::string entries(const Expression& one) const;
  std::string constant(const Expression& one) const;
  std::string joined(const Expression& one, std::string_view sign) const;
  std::string question(const Expression& one) const;
  std::string made(const Expression& one) const;
  std::string of(const Expression& one) const;

  void line(int depth, std::string_view text) {
    out_.append(static_cast<std::size_t>(depth) * (python_ ? 4 : 2), ' ').append(text) += '\n';
  }
  void statement(const Statement& one, int depth);
  void assign(const Statement& one, int depth);
  void condition(const Statement& one, int depth);
  void each(const Statement& one, int depth);
  void block(const Block& block, int depth);
  void function(std::string_view start, const std::string& name, const std::string& parameters);
  void end(int depth) {
    if (!python_) line(depth, "}");
    if (depth == 0) out_ += python_ ? "\n\n" : "\n";
  }
  void helper(const Helper& one);
  void sender();
  void handler();
  std::string body_of(const Statement& send) const;
  std::string sent(const std::string& body) const;

  const GeneratedProgram& program_;
  bool python_;
  bool in_loop_ = false;
  std::string out_ = {};
};

std::string Printer::list(const std::vector<Expression>& parts, std::size_t from) const {
  std::string text;
  for (std::size_t i = from; i < parts.size(); ++i) text += cat(i > from ? ", " : "", of(parts[i]));
  return text;
}

std::string Printer::entries(const Expression& one) const {
  std::string text;
  for (std::size_t i = 0; i + 1 < one.parts.size(); i += 2)
    text += cat(i > 0 ? ", " : "", of(one.parts[i]), ": ", of(one.parts[i + 1]));
  return cat('{', text, '}');
}

std::string Printer::constant(const Expression& one) const {
  switch (one.op) {
    case Op::Flag:
      if (python_) return one.number != 0 ? "True" : "False";
      return one.number != 0 ? "true" : "false";
    case Op::Text: return in_quotes(one.name);
    case Op::Number: return std::to_string(one.number);
    case Op::Nothing: return python_ ? "None" : "null";
    case Op::Texts: return cat('[', list(one.parts), ']');
    case Op::Entries: return entries(one);
    case Op::Field:
      if (one.number == 0) return cat("message[", in_quotes(one.name), ']');
      return python_ ? cat("message.get(", in_quotes(one.name), ')') : cat("message.", one.name);
    case Op::Message: return "message";
    default: return one.name;
  }
}

std::string Printer::joined(const Expression& one, std::string_view sign) const {
  return cat('(', of(one.parts[0]), ' ', sign, ' ', of(one.parts[1]), ')');
}

std::string Printer::question(const Expression& one) const {
  const std::string first = of(one.parts[0]);
  switch (one.op) {
    case Op::Equal: return joined(one, python_ ? "==" : "===");
    case Op::Differs: return joined(one, python_ ? "!=" : "!==");
    case Op::Less: return joined(one, "<");
    case Op::And: return joined(one, python_ ? "and" : "&&");
    case Op::Or: return joined(one, python_ ? "or" : "||");
    case Op::Not: return python_ ? cat("(not ", first, ')') : cat("!(", first, ')');
    case Op::Filled:
      return python_ || one.parts[0].type == Type::Maybe ? first : cat("(", first, ".length > 0)");
    case Op::Among:
      return python_ ? joined(one, "in") : cat(of(one.parts[1]), ".includes(", first, ')');
    case Op::HasKey: return cat('(', of(one.parts[1]), " in ", first, ')');
    case Op::Absent: return python_ ? cat('(', first, " is None)") : cat('(', first, " === null)");
    default: return python_ ? cat('(', first, " is not None)") : cat('(', first, " !== null)");
  }
}

std::string Printer::made(const Expression& one) const {
  const std::string first = one.op == Op::Call ? std::string{} : of(one.parts[0]);
  switch (one.op) {
    case Op::Choose:
      if (python_)
        return cat('(', of(one.parts[1]), " if ", first, " else ", of(one.parts[2]), ')');
      return cat('(', first, " ? ", of(one.parts[1]), " : ", of(one.parts[2]), ')');
    case Op::Length: return python_ ? cat("len(", first, ')') : cat(first, ".length");
    case Op::Else: return joined(one, python_ ? "or" : "||");
    case Op::Lookup:
      return python_ ? cat(first, ".get(", of(one.parts[1]), ')')
                     : cat('(', first, '[', of(one.parts[1]), "] ?? null)");
    case Op::Plus:
      return cat('(', first, one.number < 0 ? " - " : " + ", std::abs(one.number), ')');
    default: return cat(one.name, '(', list(one.parts), ')');
  }
}

std::string Printer::of(const Expression& one) const {
  if (one.op < Op::Choose) return constant(one);
  if (one.op >= Op::Equal && one.op <= Op::Filled) return question(one);
  const bool asks =
      one.op == Op::Among || one.op == Op::Absent || one.op == Op::Present || one.op == Op::HasKey;
  return asks ? question(one) : made(one);
}

std::string Printer::body_of(const Statement& send) const {
  static constexpr const char* kFields[] = {"kind", "flag", "n"};
  std::string text = send.spread ? (python_ ? "**message" : "...message") : "";
  for (std::size_t i = 0; i < 3; ++i) {
    const Expression& value = send.values[i];
    if (send.spread && value.op == Op::Field && value.name == kFields[i]) continue;
    const std::string name = python_ ? in_quotes(kFields[i]) : kFields[i];
    text += cat(text.empty() ? "" : ", ", name, ": ", of(value));
  }
  return cat('{', text, '}');
}

std::string Printer::sent(const std::string& body) const {
  if (python_)
    return cat("sqs.send_message(QueueUrl=os.environ[\"QUEUE\"], MessageBody=json.dumps(", body,
               "))");
  return cat("await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: ",
             "JSON.stringify(", body, ") }));");
}

void Printer::assign(const Statement& one, int depth) {
  const std::string value = of(one.values[0]);
  const std::string end = python_ ? "" : ";";
  if (one.act == Act::Append)
    return line(depth, cat(one.name, python_ ? ".append(" : ".push(", value, ')', end));
  if (one.act == Act::SetEntry)
    return line(depth, cat(one.name, '[', in_quotes(one.key), "] = ", value, end));
  if (one.act == Act::SetField)
    return line(depth, cat("message[", in_quotes(one.name), "] = ", value, end));
  line(depth, cat(one.declares && !python_ ? "let " : "", one.name, " = ", value, end));
}

void Printer::condition(const Statement& one, int depth) {
  const Statement* now = &one;
  std::string start = "if ";
  for (;;) {
    const std::string test = of(now->values[0]);
    line(depth, python_ ? cat(start, test, ':') : cat(start, '(', test, ") {"));
    block(now->then, depth + 1);
    if (now->otherwise.empty()) break;
    const bool goes_on = now->otherwise.size() == 1 && now->otherwise[0].act == Act::If;
    start = python_ ? "elif " : "} else if ";
    if (goes_on) {
      now = &now->otherwise[0];
      continue;
    }
    line(depth, python_ ? "else:" : "} else {");
    block(now->otherwise, depth + 1);
    break;
  }
  if (!python_) line(depth, "}");
}

void Printer::each(const Statement& one, int depth) {
  const std::string list = of(one.values[0]);
  line(depth, python_ ? cat("for ", one.name, " in ", list, ':')
                      : cat("for (const ", one.name, " of ", list, ") {"));
  block(one.then, depth + 1);
  if (!python_) line(depth, "}");
}

void Printer::statement(const Statement& one, int depth) {
  const std::string end = python_ ? "" : ";";
  switch (one.act) {
    case Act::Each: return each(one, depth);
    case Act::Leave: return line(depth, cat("break", end));
    case Act::Skip: return line(depth, cat("continue", end));
    case Act::Declare:
      if (!python_) line(depth, cat("let ", one.name, ';'));
      return;
    case Act::If: return condition(one, depth);
    case Act::Return:
      if (!one.values.empty()) return line(depth, cat("return ", of(one.values[0]), end));
      return line(depth, cat(in_loop_ ? "continue" : "return", end));
    case Act::Send: {
      if (!program_.sends_apart) return line(depth, sent(body_of(one)));
      return line(depth, cat(python_ ? "" : "await ", "send(", body_of(one), ')', end));
    }
    default: return assign(one, depth);
  }
}

void Printer::block(const Block& block, int depth) {
  const std::size_t before = out_.size();
  for (const Statement& one : block) statement(one, depth);
  if (python_ && out_.size() == before) line(depth, "pass");
}

void Printer::function(std::string_view start, const std::string& name,
                       const std::string& parameters) {
  line(0, python_ ? cat("def ", name, '(', parameters, "):")
                  : cat(start, "function ", name, '(', parameters, ") {"));
}

void Printer::helper(const Helper& one) {
  std::string parameters;
  for (const Parameter& each : one.parameters)
    parameters += cat(parameters.empty() ? "" : ", ", each.name);
  function("", one.name, parameters);
  block(one.body, 1);
  end(0);
}

void Printer::sender() {
  function("async ", "send", "body");
  line(1, sent("body"));
  end(0);
}

void Printer::handler() {
  const std::string read = python_ ? "json.loads(record[\"body\"])" : "JSON.parse(record.body)";
  if (!program_.in_loop) {
    function("async ", "work", "message");
    block(program_.body, 1);
    end(0);
  }
  line(0, python_ ? "def handler(event, context):" : "export const handler = async (event) => {");
  line(1, python_ ? "for record in event[\"Records\"]:" : "for (const record of event.Records) {");
  if (program_.in_loop) {
    line(2, python_ ? cat("message = ", read) : cat("const message = ", read, ';'));
    in_loop_ = true;
    block(program_.body, 2);
  } else {
    line(2, python_ ? cat("work(", read, ')') : cat("await work(", read, ");"));
  }
  if (!python_) out_ += "  }\n};\n";
}

std::string Printer::file() {
  out_ = python_ ? kPythonStart : kJavaScriptStart;
  if (python_) out_ += '\n';
  if (program_.sends_apart) sender();
  for (const Helper& one : program_.helpers) helper(one);
  handler();
  return out_;
}

}  // namespace

std::string program_text(const GeneratedProgram& program, ProgramLanguage language) {
  return Printer(program, language).file();
}

}  // namespace fnlint::test
