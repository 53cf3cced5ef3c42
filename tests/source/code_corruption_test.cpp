// Code bytes of real files, with bytes of them changed: what reads them may refuse, never fail.
#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"
#include "model/code_bytes.h"
#include "tests/source/cpp_sample.h"
#include "tests/source/java_sample.h"
#include "tests/source/language_samples.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <string>

namespace fnlint {
namespace {

constexpr std::string_view kPython = R"py(
import os
from typing import Optional
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

class Order(Base):
    total: int = 0
    @staticmethod
    def load(key: str, *rest, **more) -> Optional["Order"]:
        return table.get_item(Key={"id": key})["Item"]

async def handler(event, context=None):
    for n, record in enumerate(event["Records"]):
        try:
            with open(record["name"]) as file:
                if record.get("x") and n > 1 or not n:
                    yield [f"{part}-{n:02d}" for part in file if part]
        except (KeyError, ValueError) as error:
            raise RuntimeError(str(error)) from error
        finally:
            del record["name"]
    match event:
        case {"kind": "a" | "b", **rest}: return lambda x: x if rest else -n
)py";
constexpr std::string_view kTypeScript = R"ts(
import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
const client = new S3Client({ region: process.env.AWS_REGION ?? "eu-west-1", ...rest });
export class Store<T> extends Base implements Other {
  static count = 0;
  #items: Map<string, T> = new Map();
  constructor(private readonly name: string, other?: number) { super(name); }
  async load([key, { id }]: [string, { id: number }]): Promise<T | undefined> {
    label: for (const item of await client.send(new GetObjectCommand({ Key: `${key}/${id}` }))) {
      if (item.a && item.b?.c || !item) continue label;
      try { this.#items.set(key, item as T); } catch (e) { throw e; } finally { Store.count += 1; }
    }
    switch (id) { case 1: return undefined; default: delete this.name; }
    return key ? this.#items.get(key)! : undefined;
  }
}
export const handler = async (event: Event) => ({ body: [1, ...event.list], code: () => event.x });
)ts";

struct Coded {
  std::string_view name;
  CodeFacts facts;
};
std::array<Coded, 10> coded() {
  return {{{"C#", lower_csharp(kCSharp)},
           {"C++", lower_cpp(kCppSample)},
           {"Go", lower_go(kGo)},
           {"Java", lower_java(kJavaSample)},
           {"JavaScript", lower_javascript(kTypeScript, JavaScriptDialect::TypeScript)},
           {"Kotlin", lower_kotlin(kKotlin)},
           {"Python", lower_python(kPython)},
           {"Ruby", lower_ruby(kRuby)},
           {"Rust", lower_rust(kRust)},
           {"nothing", lower_python("")}}};
}

// Any byte, or a row number of four bytes: far off, none, the next, the first.
void corrupt(std::string& bytes, std::mt19937& random) {
  const std::size_t at = 8 + random() % (bytes.size() - 12);  // behind the mark of the layout
  if (random() % 2 == 0) {
    bytes[at] = static_cast<char>(random() % 256);
    return;
  }
  const std::size_t word = at / 4 * 4 + random() % 2;
  std::uint32_t row = 0;
  std::memcpy(&row, bytes.data() + word, sizeof row);
  const std::array<std::uint32_t, 7> rows = {0U,      1U,      row + 1, row - 1, UINT32_MAX,
                                             1U << 31U, static_cast<std::uint32_t>(random() % 300)};
  row = rows[random() % rows.size()];
  std::memcpy(bytes.data() + word, &row, sizeof row);
}

TEST(CodeCorruption, WhatFrontendsWriteIsValid) {
  for (const Coded& row : coded()) {
    EXPECT_TRUE(row.facts.problems.empty()) << row.name;
    EXPECT_TRUE(validate(row.facts).empty()) << row.name;
  }
}

TEST(CodeCorruption, IsRefusedOrStillACodeForm) {
  std::mt19937 random(20261125);
  std::size_t refused = 0, accepted = 0;
  for (const Coded& row : coded()) {
    const std::string bytes = code_bytes(row.facts);
    for (int round = 0; round < 600; ++round) {
      std::string broken = bytes;
      for (auto edits = 1 + random() % 4; edits > 0; --edits) corrupt(broken, random);
      const std::optional<CodeFacts> read = read_code_bytes(broken);
      if (!read) continue;
      const bool is_valid = validate(*read).empty();
      ++(is_valid ? accepted : refused);
      if (is_valid) code_text(*read);  // reads all of it, and may rely on what was validated
    }
  }
  EXPECT_GT(refused, 1000U);
  EXPECT_GT(accepted, 100U);
}

TEST(CodeCorruption, NoRowRefersToItselfOrALaterOne) {
  for (const Coded& row : coded()) {
    CodeFacts facts = row.facts;
    facts.functions.front().parent = FunctionId{0};
    EXPECT_FALSE(validate(facts).empty()) << row.name;
    if (row.facts.functions.size() < 3) continue;
    facts = row.facts;
    facts.functions[1].parent = FunctionId{2};
    facts.functions[2].parent = FunctionId{1};
    EXPECT_FALSE(validate(facts).empty()) << row.name;
    facts = row.facts;
    for (std::uint32_t i = 0; i < facts.exprs.size(); ++i)
      if (facts.exprs[i].kind == ExprKind::Member) facts.exprs[i].ref = i;
    EXPECT_FALSE(validate(facts).empty()) << row.name;
  }
}

}  // namespace
}  // namespace fnlint
