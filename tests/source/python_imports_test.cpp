// Python's imports, and types that are resolved by them.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonImports, BindsWhatImportsName) {
  EXPECT_EQ(lowered(R"py(
import os, json.decoder
import a.b.c as d
from urllib.parse import unquote_plus
from boto3 import (client as c, resource,)
from . import x
from ..pkg.mod import y as z
from lib import *
from __future__ import annotations
)py"),
            R"code(
import os as os
import json as json
import json.decoder effect-only
import a.b.c as d
import urllib.parse unquote_plus as unquote_plus
import boto3 client as c
import boto3 resource as resource
import . x as x
import ..pkg.mod y as z
import lib star
import __future__ annotations as annotations
module
)code");
}

TEST(PythonImports, SaysWhenAnImportIsExecuted) {
  EXPECT_EQ(lowered(R"py(
try:
    import ujson as json
except ImportError:
    import json
if TYPE_CHECKING:
    from a import B
else:
    import b
if not typing.TYPE_CHECKING:
    import c
if __name__ == "__main__":
    import sys
def lazy():
    import heavy.sub
)py"),
            R"code(
import ujson as json
import json as json fallback
import a B as B type-only
import b as b
import c as c
import sys as sys guarded
import heavy as heavy@lazy in lazy
import heavy.sub in lazy effect-only
module
  #0 try end #1
  catch ImportError
  #1 branch false else #2
  #2 branch true else #3
  #3 branch __name__ == "__main__" else #4
  #4 declare lazy = function lazy
function lazy() locals heavy
)code");
}

TEST(PythonImports, KeepsImportsOfClassBodiesInTheClass) {
  EXPECT_EQ(lowered(R"py(
class A:
    import os
    y = os.path
)py"),
            R"code(
import os as os@A.class in A.class
class A
  static field y
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver A) locals os
  #2 declare A.os = os
  #3 assign A.y = A.os.path
)code");
}

TEST(PythonImports, ImportsLiteralNames) {
  EXPECT_EQ(lowered(R"py(
import importlib
from importlib import import_module
m = importlib.import_module("plugins.a")
n = import_module("plugins.b")
o = __import__("a.b").b
p = importlib.import_module(name)
q = importlib.import_module(".relative", __package__)
)py"),
            R"code(
import importlib as importlib
import importlib import_module as import_module
import plugins.a as plugins.a
import plugins.b as plugins.b
import a as a
import a.b effect-only
module
  #0 assign m = plugins.a
  #1 assign n = plugins.b
  #2 assign o = a.b
  #3 call importlib.import_module(name)
  #4 assign p = r3
  #5 call importlib.import_module(".relative", __package__)
  #6 assign q = r5
)code");
}

TEST(PythonImports, ResolvesTypesThroughImports) {
  EXPECT_EQ(lowered(R"py(
from aws_lambda_powertools.utilities.data_classes import SQSEvent
import typing as t
import pkg.mod
from . import models
def h(event: SQSEvent, ctx: "t.Any" = None, d: t.Dict[str, "pkg.mod.X"] = {},
      o: int | None = None, m: models.Order = 1) -> t.Optional[SQSEvent]: pass
)py"),
            R"code(
import aws_lambda_powertools.utilities.data_classes SQSEvent as SQSEvent
import typing as t
import pkg as pkg
import pkg.mod effect-only
import . models as models
module
  #0 declare h = function h
function h(event: aws_lambda_powertools.utilities.data_classes.SQSEvent, ctx: typing.Any = null, d: typing.Dict[str, pkg.mod.X] = {}, o: typing.Union[int, None] = null, m: .models.Order = 1): typing.Optional[aws_lambda_powertools.utilities.data_classes.SQSEvent]
)code");
}

TEST(PythonImports, ReadsQuotedTypes) {
  EXPECT_EQ(lowered(R"py(
def f() -> "A | list[B.C, 'D']": pass
def g(a: Annotated[int, "x"], b: Callable[[int], str]): pass
)py"),
            R"code(
module
  #0 declare f = function f
  #1 declare g = function g
function f(): typing.Union[A, list[B.C]]
function g(a: Annotated[int, x], b: Callable[str])
)code");
}

TEST(PythonImports, ResolvesCaughtAndTestedTypes) {
  EXPECT_EQ(lowered(R"py(
from botocore.exceptions import ClientError as CE
import botocore
try: f()
except CE: pass
except botocore.exceptions.WaiterError: pass
x = isinstance(e, CE)
)py"),
            R"code(
import botocore.exceptions ClientError as CE
import botocore as botocore
module
  #0 try end #2
    #1 call f()
  catch botocore.exceptions.ClientError
  catch botocore.exceptions.WaiterError
  #2 assign x = e is botocore.exceptions.ClientError
)code");
}

TEST(PythonImports, RebindsImportedNames) {
  EXPECT_EQ(lowered(R"py(
import a
a = wrap(a)
def f(): return a
)py"),
            R"code(
import a as a
module
  #0 call wrap(a)
  #1 assign a = r0
  #2 declare f = function f
function f()
  #3 exit return a
)code");
}

}  // namespace
}  // namespace fnlint
