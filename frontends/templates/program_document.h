// Configuration written as a program, read as the document that it would evaluate to.
#pragma once

#include "model/code.h"
#include "model/document.h"

namespace fnlint {

// What a program exports, as a document: object and list literals, texts with what is put into
// them, constants and imports, each at its place. No call is run; what is not plain is a text that
// holds a variable of the Serverless Framework:
//   ${env:NAME}                 process.env.NAME
//   ${import(MODULE):NAME.x}    what another module exports; NAME empty: all of it
//   ${folder:}                  a call that makes a path of __dirname
//   ${program:}                 anything else, which only the program knows
// A choice is Fn::If, of a condition function where it tests the environment, else of ${program:}.
// The root is what module.exports is, else a map of the exports by name. Of an exported function it
// is what that returns, where there is one way to its end.
Document document_of_program(const CodeFacts& facts);

}  // namespace fnlint
