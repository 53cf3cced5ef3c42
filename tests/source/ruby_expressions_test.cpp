// Values: texts, collections, calls and blocks.
#include "frontends/source/ruby/ruby.h"
#include "tests/source/lowered.h"

namespace fnlint::ruby_expressions_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_ruby, source); }

TEST(RubyExpressions, TextsAndInterpolation) {
  EXPECT_EQ(lowered(R"rb(
a = "x#{b}y\n\u00e9" 'c\'d\n'
d = "p/" + a + "/q"
e = :"a b"
f = %w[x y] + %i[z]
g = ?h
i = `ls`
)rb"),
            R"code(
import  b as b
module
  #0 call b()
  #1 assign a = concat(concat("x", r0, "y\né"), "c'd\\n")
  #2 assign d = concat("p/", a, "/q")
  #3 assign e = "a b"
  #4 assign f = ["x", "y"] + ["z"]
  #5 assign g = "h"
  #6 call Kernel.`("ls")
  #7 assign i = r6
)code");
}

TEST(RubyExpressions, Heredocs) {
  EXPECT_EQ(lowered(R"rb(
a = f(<<~ONE, <<-'TWO')
  hello #{name}
    more
ONE
  raw #{x}
  TWO
)rb"),
            R"code(
import  f as f
import  name as name
module
  #0 call name()
  #1 call f(concat("hello ", r0, "\n  more\n"), "  raw #{x}\n")
  #2 assign a = r1
)code");
}

TEST(RubyExpressions, AHashHasNamesAndASymbolIsAText) {
  EXPECT_EQ(lowered(R"rb(
h = { a: 1, 'b' => 2, :c => 3, "d e": 4, **f, 5 => 6 }
h[:a]
h['a']
h.dig(:a, :b, 0)
)rb"),
            R"code(
import  f as f
module
  #0 call f()
  #1 assign h = {a: 1, b: 2, c: 3, "d e": 4, **r0, [5]: 6}
  #2 evaluate h["a"]
  #3 evaluate h["a"]
  #4 evaluate h["a"]["b"][0]
)code");
}

TEST(RubyExpressions, NamedArgumentsAreNamed) {
  EXPECT_EQ(lowered(R"rb(
f(1, *list, a: 2, 'b' => 3, **more)
f({ a: 1 })
f('x y' => 1, z => 2)
f key: 1
)rb"),
            R"code(
import  f as f
import  list as list
import  more as more
import  z as z
module
  #0 call list()
  #1 call more()
  #2 call f(1, ...r0, a: 2, b: 3, **r1)
  #3 call f({a: 1})
  #4 call z()
  #5 call f({"x y": 1, [r4]: 2})
  #6 call f(key: 1)
)code");
}

TEST(RubyExpressions, OperatorsAreOperatorsAndTheOthersAreCalls) {
  EXPECT_EQ(lowered(R"rb(
def f(a, b)
  a + b * 2 - -1
  a > b && a >= 3
  a << b
  a =~ /x/i
  a !~ /x/
  a <=> b
  !a
  a[1..3]
  a[2..]
  a[0, 2]
end
)rb"),
            R"code(
module
  #0 assign f = function f
function f(a, b)
  #1 evaluate (a + (b * 2)) - -1
  #2 evaluate (b < a) and (3 <= a)
  #3 call a."<<"(b)
  #4 call a."match?"(unknown(regex /x/i))
  #5 call a."match?"(unknown(regex /x/))
  #6 call a.<=>(b)
  #7 evaluate not a
  #8 evaluate a[1:3 + 1]
  #9 evaluate a[2:]
  #10 exit return a[0:unknown(end)]
)code");
}

TEST(RubyExpressions, NilAndTypeTestsArePure) {
  EXPECT_EQ(lowered(R"rb(
def f(a)
  a.nil?
  a.is_a?(Shop::Order)
  a&.name&.size
end
)rb"),
            R"code(
module
  #0 assign f = function f
function f(a)
  #1 evaluate a == null
  #2 evaluate a is Shop.Order
  #3 call a?.name()
  #4 call r3?.size()
  #5 exit return r4
)code");
}

TEST(RubyExpressions, BlocksAreTheArgumentBlock) {
  EXPECT_EQ(lowered(R"rb(
def f(list, &blk)
  list.map(&:upcase)
  list.map(&blk)
  list.select { |x| x }
  list.each(&method(:put))
  g do |a, (b, c), *d, e: 1|
    a
  end
end
)rb"),
            R"code(
import  put as put
import  g as g
module
  #0 assign f = function f
function f(list, block)
  #1 call list.map(block: function block)
  #2 call list.map(block: block)
  #3 call list.select(block: function block~3)
  #4 call list.each(block: put)
  #5 call g(block: function block~4)
  #6 exit return r5
function block(it) arrow in f
  #7 call it.upcase()
  #8 exit return r7
function block~3(x) arrow in f
  #9 exit return x
function block~4(a, $6, *d, e = 1) arrow in f locals b, c
  #10 assign b = $6[0]
  #11 assign c = $6[1]
  #12 exit return a
)code");
}

TEST(RubyExpressions, AMethodThatYieldsTakesABlock) {
  EXPECT_EQ(lowered(R"rb(
def twice
  return 0 unless block_given?
  yield 1
  yield 2
end
def pass(...) = other(...)
)rb"),
            R"code(
import  other as other
module
  #0 assign twice = function twice
  #1 assign pass = function pass
function twice(block)
  #2 branch block != null else #3 end #4
  else
    #3 exit return 0
  #4 call block(1)
  #5 call block(2)
  #6 exit return r5
function pass(**, ****, block)
  #7 call other(...*, ****, block: block)
  #8 exit return r7
feature endless-method since 3.0
)code");
}

TEST(RubyExpressions, LambdasAreCalledInSeveralWays) {
  EXPECT_EQ(lowered(R"rb(
l = ->(x, y = 1) { x + y }
m = lambda { |x| x }
l.(1)
l.call(2)
l[3]
)rb"),
            R"code(
module
  #0 assign l = function block
  #1 assign m = function block~2
  #2 call l(1)
  #3 call l.call(2)
  #4 evaluate l[3]
function block(x, y = 1) arrow
  #5 exit return x + y
function block~2(x) arrow
  #6 exit return x
)code");
}

TEST(RubyExpressions, NewConstructs) {
  EXPECT_EQ(lowered(R"rb(
class A
  def self.make = new(1)
  def again = self.class.new(2)
end
A.new
Shop::B.new(x: 1) { |c| c.y = 2 }
Struct
)rb"),
            R"code(
import  Shop as Shop
class A methods A.again, A.make
module
  #0 define A
  #1 assign A = r0
  #2 construct A()
  #3 construct Shop.B(x: 1, block: function block)
  #4 evaluate Struct
class init A.class(receiver self)
  #5 assign self.again = function A.again
  #6 assign self.make = function A.make
class method A.make(receiver self) in A.class
  #7 construct self(1)
  #8 exit return r7
method A.again(receiver self) in A.class
  #9 construct A(2)
  #10 exit return r9
function block(c) arrow
  #11 assign c.y = 2
  #12 exit return 2
feature endless-method since 3.0
)code");
}

TEST(RubyExpressions, SendCallsByName) {
  EXPECT_EQ(lowered(R"rb(
obj.send(:put, 1, a: 2)
obj.public_send(name, 1)
m = obj.method(:put)
)rb"),
            R"code(
import  obj as obj
import  name as name
module
  #0 call obj()
  #1 call r0.put(1, a: 2)
  #2 call obj()
  #3 call name()
  #4 call r2.public_send(r3, 1)
  #5 call obj()
  #6 assign m = r5.put
)code");
}

TEST(RubyExpressions, SuperPassesOnWhatTheMethodWasGiven) {
  EXPECT_EQ(lowered(R"rb(
class A < Base
  def initialize(a, *b, c: 1, **d)
    super
    super(a)
  end
  def f(x) = super
end
)rb"),
            R"code(
import  Base as Base
class A(Base) methods A.initialize, A.f
module
  #0 define A
  #1 assign A = r0
class init A.class(receiver self)
  #2 assign self.initialize = function A.initialize
  #3 assign self.f = function A.f
constructor A.initialize(receiver self, a, *b, c = 1, **d) in A.class
  #4 call self.<super>(a, ...b, c: c, **d)
  #5 call self.<super>(a)
method A.f(receiver self, x) in A.class
  #6 call self.<super>.f(x)
  #7 exit return r6
feature endless-method since 3.0
)code");
}

TEST(RubyExpressions, DefaultsThatRunCodeRunInTheCall) {
  EXPECT_EQ(lowered(R"rb(
def f(a, b = 1, c = make(a), d: [])
  c
end
)rb"),
            R"code(
import  make as make
module
  #0 assign f = function f
function f(a, b = 1, c, d = [])
  #1 branch c == null else #4
    #2 call make(a)
    #3 assign c = r2
  #4 exit return c
)code");
}

}  // namespace
}  // namespace fnlint::ruby_expressions_test
