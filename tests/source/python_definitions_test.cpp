// Python's functions, classes, decorators and scopes in the code form.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonDefinitions, AppliesDecoratorsFromTheInside) {
  EXPECT_EQ(lowered(R"py(
@a
@b(1)
def h(event): pass
)py"),
            R"code(
module
  #0 call b(1)
  #1 decorate r0(function h)
  #2 decorate a(r1)
  #3 declare h = r2
function h(event)
)code");
}

TEST(PythonDefinitions, DefinesClassesWithTheirMethods) {
  EXPECT_EQ(lowered(R"py(
class A(Base, metaclass=M):
    table = make()
    size = table + 1
    def __init__(self, x=1):
        self.x = x
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls): return cls
    @property
    def p(self): return self.x
    @p.setter
    def p(self, v): self.x = v
    @logged("a")
    def h(self, event): return event
)py"),
            R"code(
class A(Base) methods A.__init__, A.s, A.c, A.p, A.p~6, A.h
  static field table
  static field size
module
  #0 evaluate M
  #1 define A
  #2 declare A = r1
class init A.class(receiver A)
  #3 call make()
  #4 assign A.table = r3
  #5 assign A.size = A.table + 1
  #6 declare A.__init__ = function A.__init__
  #7 declare A.s = function A.s
  #8 declare A.c = function A.c
  #9 declare A.p = function A.p
  #10 call logged("a")
  #11 decorate r10(function A.h)
  #12 declare A.h = r11
constructor A.__init__(receiver self, x = 1) in A.class
  #13 assign self.x = x
static method A.s(a) in A.class
  #14 exit return a
class method A.c(receiver cls) in A.class
  #15 exit return cls
accessor A.p(receiver self) in A.class
  #16 exit return self.x
accessor A.p~6(receiver self, v) in A.class
  #17 assign self.x = v
method A.h(receiver self, event) in A.class
  #18 exit return event
)code");
}

TEST(PythonDefinitions, KnowsMethodsThatTakeTheClass) {
  EXPECT_EQ(lowered(R"py(
class A:
    def __new__(cls): return cls
    def __init_subclass__(cls, **kw): pass
    @functools.cached_property
    def c(self): return 1
    def none(): pass
    def rest(*args): pass
)py"),
            R"code(
class A methods A.__new__, A.__init_subclass__, A.c, A.none, A.rest
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver A)
  #2 declare A.__new__ = function A.__new__
  #3 declare A.__init_subclass__ = function A.__init_subclass__
  #4 declare A.c = function A.c
  #5 declare A.none = function A.none
  #6 declare A.rest = function A.rest
class method A.__new__(receiver cls) in A.class
  #7 exit return cls
class method A.__init_subclass__(receiver cls, **kw) in A.class
accessor A.c(receiver self) in A.class
  #8 exit return 1
method A.none() in A.class
method A.rest(*args) in A.class
)code");
}

TEST(PythonDefinitions, DecoratesClasses) {
  EXPECT_EQ(lowered(R"py(
@dataclass
class Order:
    id: str
    lines: List[Line] = field(default_factory=list)
    kind: ClassVar[int] = 3
    MAX: Final = 4
)py"),
            R"code(
class Order
  field id: str
  static field lines: List[Line]
  static field kind: ClassVar[int]
  static constant field MAX: Final
module
  #0 define Order
  #1 decorate dataclass(r0)
  #2 declare Order = r1
class init Order.class(receiver Order)
  #3 call field(default_factory: list)
  #4 assign Order.lines = r3
  #5 assign Order.kind = 3
  #6 assign Order.MAX = 4
)code");
}

TEST(PythonDefinitions, NestsClasses) {
  EXPECT_EQ(lowered(R"py(
class A:
    class B:
        x = 1
    b = B.x
)py"),
            R"code(
class A
  static field b
class B
  static field x
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver A)
  #2 define B
  #3 declare A.B = r2
  #4 assign A.b = A.B.x
class init B.class(receiver B) in A.class
  #5 assign B.x = 1
)code");
}

TEST(PythonDefinitions, EvaluatesDefaultsWhereTheFunctionIsDefined) {
  EXPECT_EQ(lowered(R"py(
def handler(event, context, *, client=boto3.client("s3"), seen=[]): return client
)py"),
            R"code(
module
  #0 call boto3.client("s3")
  #1 declare handler = function handler
function handler(event, context, client = r0, seen = [])
  #2 exit return client
)code");
}

TEST(PythonDefinitions, TakesEveryKindOfParameter) {
  EXPECT_EQ(lowered(R"py(
def f(a, b=g(), /, c: int = 1, *args: str, d, **kw) -> str: pass
)py"),
            R"code(
module
  #0 call g()
  #1 declare f = function f
function f(a, b = r0, c: int = 1, *args: str, d, **kw): str
feature positional-only-parameters since 3.8
)code");
}

TEST(PythonDefinitions, TakesTupleParametersApart) {
  EXPECT_EQ(lowered(R"py(
def f((a, b), c): return a
)py"),
            R"code(
module
  #0 declare f = function f
function f($0, c) locals a, b
  #1 assign a = $0[0]
  #2 assign b = $0[1]
  #3 exit return a
)code");
}

TEST(PythonDefinitions, DeclaresTypeParameters) {
  EXPECT_EQ(lowered(R"py(
def f[T: int](a: T) -> T: pass
class C[T = str]: pass
)py"),
            R"code(
class C
module
  #0 declare f = function f
  #1 define C
  #2 declare C = r1
function f(a: T): T
class init C.class(receiver C)
feature type-parameter-defaults since 3.13
feature type-parameters since 3.12
)code");
}

TEST(PythonDefinitions, MarksAsyncFunctions) {
  EXPECT_EQ(lowered(R"py(
async def h(): return await f()
)py"),
            R"code(
module
  #0 declare h = function h
function h() async
  #1 call f()
  #2 await r1
  #3 exit return r2
)code");
}

TEST(PythonDefinitions, CapturesVariablesOfTheFunctionAround) {
  EXPECT_EQ(lowered(R"py(
def outer():
    n = 0
    def inner():
        nonlocal n, late
        n += 1
        late = n
        return lambda: n
    late = 1
    return inner
)py"),
            R"code(
module
  #0 declare outer = function outer
function outer() locals n, inner, late
  #1 assign n = 0
  #2 declare inner = function inner
  #3 assign late = 1
  #4 exit return inner
function inner() in outer
  #5 assign n@outer update Add 1
  #6 assign late@outer = n@outer
  #7 exit return function L3
function L3() in inner
  #8 exit return n@outer
)code");
}

TEST(PythonDefinitions, WritesModuleVariablesOnlyWhenDeclaredGlobal) {
  EXPECT_EQ(lowered(R"py(
count = 0
def h(event):
    global count, made
    count += 1
    made = 1
    local = count
def g():
    count = 1
)py"),
            R"code(
module
  #0 assign count = 0
  #1 declare h = function h
  #2 declare g = function g
function h(event) locals local
  #3 assign count update Add 1
  #4 assign made = 1
  #5 assign local = count
function g() locals count
  #6 assign count = 1
)code");
}

TEST(PythonDefinitions, MakesANameLocalWhereverItIsBound) {
  EXPECT_EQ(lowered(R"py(
x = 1
def f():
    print(x)
    x = 2
def g():
    print = 1
    return print
)py"),
            R"code(
module
  #0 assign x = 1
  #1 declare f = function f
  #2 declare g = function g
function f() locals x
  #3 call print(x)
  #4 assign x = 2
function g() locals print
  #5 assign print = 1
  #6 exit return print
)code");
}

TEST(PythonDefinitions, GivesComprehensionsAScopeOfTheirOwn) {
  EXPECT_EQ(lowered(R"py(
def f():
    return [x for x in y], x
def g(xs):
    if any((hit := x) for x in xs): return hit
)py"),
            R"code(
module
  #0 declare f = function f
  #1 declare g = function g
function f() locals x
  #2 declare $6 = []
  #3 loop each x in y end #5
    #4 assign $6 update Add [x]
  #5 exit return [$6, x@module]
function g(xs) locals hit, x
  #6 declare $10 = []
  #7 loop each x in xs end #10
    #8 assign hit = x
    #9 assign $10 update Add [hit]
  #10 call any($10)
  #11 branch r10 else #13
    #12 exit return hit
feature walrus since 3.8
)code");
}

TEST(PythonDefinitions, EvaluatesTheFirstSubjectOutsideTheComprehension) {
  EXPECT_EQ(lowered(R"py(
x = [y for y in [z for z in y]]
)py"),
            R"code(
module
  #0 declare $3 = []
  #1 declare $4 = []
  #2 loop each z in y' end #4
    #3 assign $4 update Add [z]
  #4 loop each y in $4 end #6
    #5 assign $3 update Add [y]
  #6 assign x = $3
)code");
}

TEST(PythonDefinitions, HidesClassNamesFromFunctionsInside) {
  EXPECT_EQ(lowered(R"py(
class C:
    x = 1
    def m(self): return x
    y = [x for _ in range(3)]
)py"),
            R"code(
class C methods C.m
  static field x
  static field y
module
  #0 define C
  #1 declare C = r0
class init C.class(receiver C) locals _
  #2 assign C.x = 1
  #3 declare C.m = function C.m
  #4 declare $4 = []
  #5 call range(3)
  #6 loop each _ in r5 end #8
    #7 assign $4 update Add [x]
  #8 assign C.y = $4
method C.m(receiver self) in C.class
  #9 exit return x
)code");
}

TEST(PythonDefinitions, ReadsTheOuterNameBeforeAClassSetsItsOwn) {
  EXPECT_EQ(lowered(R"py(
class A:
    x = x
    y = x
)py"),
            R"code(
class A
  static field x
  static field y
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver A)
  #2 assign A.x = x
  #3 assign A.y = A.x
)code");
}

}  // namespace
}  // namespace fnlint
