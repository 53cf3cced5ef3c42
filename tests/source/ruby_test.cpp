// What names, classes and files are in Ruby.
#include "frontends/source/ruby/ruby.h"
#include "tests/source/lowered.h"

namespace fnlint::ruby_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_ruby, source); }

TEST(Ruby, AHandlerIsAMethodOfTheFile) {
  EXPECT_EQ(lowered(R"rb(
def handler(event:, context:)
  { statusCode: 200, body: JSON.generate(event) }
end
)rb"),
            R"code(
module
  #0 assign handler = function handler
function handler(event, context)
  #1 call JSON.generate(event)
  #2 exit return {statusCode: 200, body: r1}
)code");
}

// The grammar keeps the length of a heredoc's word in one byte.
TEST(Ruby, HeredocsWithLongWordsAreRead) {
  for (const std::size_t length : {200U, 255U, 256U, 300U, 600U, 2000U}) {
    const std::string word(length, 'W');
    const std::string source =
        "a = [<<\"" + word + "\", <<" + word + "]\none\n" + word + "\ntwo\n" + word + "\nb = 1\n";
    EXPECT_NE(lowered(source).find("assign"), std::string::npos) << length;
  }
}

TEST(Ruby, ANameIsAVariableBehindItsFirstAssignmentAndACallBefore) {
  EXPECT_EQ(lowered(R"rb(
def f
  total
  total = 1 if limit
  total
  x = x
end
)rb"),
            R"code(
import  total as total
import  limit as limit
module
  #0 assign f = function f
function f() locals total, x
  #1 call total@module()
  #2 call limit()
  #3 branch r2 else #5
    #4 assign total = 1
  #5 evaluate total
  #6 assign x = x
  #7 exit return x
)code");
}

TEST(Ruby, BlocksSeeTheNamesAroundAndKeepTheirOwn) {
  EXPECT_EQ(lowered(R"rb(
def f(list)
  sum = 0
  list.map { |item; own| own = item; sum += own }
  item
end
)rb"),
            R"code(
import  item as item
module
  #0 assign f = function f
function f(list) locals sum
  #1 assign sum = 0
  #2 call list.map(block: function block)
  #3 call item()
  #4 exit return r3
function block(item) arrow in f locals own
  #5 assign own = item
  #6 assign sum@f update Add own
  #7 exit return sum@f
)code");
}

TEST(Ruby, GlobalAndInstanceVariablesOfAFileAreItsVariables) {
  EXPECT_EQ(lowered(R"rb(
$seen = []
def handler(event:, context:)
  $seen << event
  @client ||= Client.new(ENV['URL'])
  $elsewhere
end
)rb"),
            R"code(
import  Client as Client
import  $elsewhere as $elsewhere
module
  #0 assign $seen = []
  #1 assign handler = function handler
function handler(event, context)
  #2 call $seen."<<"(event)
  #3 branch not @client else #6
    #4 construct Client(ENV["URL"])
    #5 assign @client if absent = r4
  #6 exit return $elsewhere
)code");
}

TEST(Ruby, ConstantsAreFoundInTheClassesAroundThenInTheFileThenOutside) {
  EXPECT_EQ(lowered(R"rb(
LIMIT = 3
module Shop
  TABLE = {}
  class Store
    SIZE = 1
    def f = [SIZE, TABLE, LIMIT, Order, Shop::Order, Shop::TABLE, Time]
  end
end
)rb"),
            R"code(
import  Order as Order
import  Shop.Order as Shop.Order
class Shop
class Store methods Store.f
module
  #0 assign LIMIT = 3
  #1 define Shop
  #2 assign Shop = r1
  #3 assign Shop.Store = Shop.Store
class init Shop.class(receiver self)
  #4 assign self.TABLE = {}
  #5 define Store
  #6 assign self.Store = r5
class init Store.class(receiver self) in Shop.class
  #7 assign self.f = function Store.f
  #8 assign self.SIZE = 1
method Store.f(receiver self) in Store.class
  #9 exit return [Shop.Store.SIZE, Shop.TABLE, LIMIT, Order, Shop.Order, Shop.TABLE, Time]
feature endless-method since 3.0
)code");
}

TEST(Ruby, ClassVariablesBelongToTheClass) {
  EXPECT_EQ(lowered(R"rb(
class Cache
  @@items = {}
  def put(k, v)
    @@items[k] = v
  end
  def self.size = @@items.size
end
)rb"),
            R"code(
class Cache methods Cache.put, Cache.size
module
  #0 define Cache
  #1 assign Cache = r0
class init Cache.class(receiver self)
  #2 assign self.put = function Cache.put
  #3 assign self.size = function Cache.size
  #4 assign self."@@items" = {}
method Cache.put(receiver self, k, v) in Cache.class
  #5 assign Cache."@@items"[k] = v
  #6 exit return v
class method Cache.size(receiver self) in Cache.class
  #7 call Cache."@@items".size()
  #8 exit return r7
feature endless-method since 3.0
)code");
}

TEST(Ruby, AnAttributeAndItsVariableAreOneField) {
  EXPECT_EQ(lowered(R"rb(
class Cart
  attr_accessor :items
  attr_reader :total
  def initialize
    @items = []
    @total = 0
    @other = 1
  end
  def add(x)
    items << x
    self.items = [x]
    total + other
  end
  def other = @other
end
)rb"),
            R"code(
class Cart methods Cart.initialize, Cart.add, Cart.other
module
  #0 define Cart
  #1 assign Cart = r0
class init Cart.class(receiver self)
  #2 assign self.initialize = function Cart.initialize
  #3 assign self.add = function Cart.add
  #4 assign self.other = function Cart.other
constructor Cart.initialize(receiver self) in Cart.class
  #5 assign self.items = []
  #6 assign self.total = 0
  #7 assign self."@other" = 1
method Cart.add(receiver self, x) in Cart.class
  #8 call self.items."<<"(x)
  #9 assign self.items = [x]
  #10 call self.other()
  #11 exit return self.total + r10
method Cart.other(receiver self) in Cart.class
  #12 exit return self."@other"
feature endless-method since 3.0
)code");
}

TEST(Ruby, AttributesOfWhatLivesLongArePlaces) {
  EXPECT_EQ(lowered(R"rb(
class Cart
  attr_accessor :items
end
CART = Cart.new
def f(cart)
  CART.items << 1
  cart.items
end
f(1) if __FILE__ == $0
)rb"),
            R"code(
class Cart
module
  #0 define Cart
  #1 assign Cart = r0
  #2 construct Cart()
  #3 assign CART = r2
  #4 assign f = function f
  #5 branch false else #7
    #6 call f(1)
class init Cart.class(receiver self)
function f(cart)
  #7 call CART.items."<<"(1)
  #8 call cart.items()
  #9 exit return r8
)code");
}

TEST(Ruby, MethodsOfTheClassStandBesideThoseOfItsInstances) {
  EXPECT_EQ(lowered(R"rb(
class Work
  def self.call(x) = new(x).call
  class << self
    attr_accessor :client
    def make
      @client ||= build
    end
  end
  def initialize(x)
    @x = x
  end
  def call = @x
end
)rb"),
            R"code(
class Work methods Work.initialize, Work.call~5, Work.call, Work.make
module
  #0 define Work
  #1 assign Work = r0
class init Work.class(receiver self)
  #2 assign self.initialize = function Work.initialize
  #3 assign self.call = function Work.call~5
  #4 assign self."self.call" = function Work.call
  #5 assign self.make = function Work.make
class method Work.call(receiver self, x) in Work.class
  #6 construct self(x)
  #7 call r6.call()
  #8 exit return r7
class method Work.make(receiver self) in Work.class
  #9 branch not self.client else #12
    #10 call self.build()
    #11 assign self.client if absent = r10
  #12 exit return self.client
constructor Work.initialize(receiver self, x) in Work.class
  #13 assign self."@x" = x
method Work.call~5(receiver self) in Work.class
  #14 exit return self."@x"
feature endless-method since 3.0
)code");
}

TEST(Ruby, ModuleFunctionsAreMethodsOfTheModule) {
  EXPECT_EQ(lowered(R"rb(
module Tools
  module_function
  def put(x) = log(x)
  def log(x) = puts(x)
end
module More
  extend self
  def a = b
  def b = 1
end
)rb"),
            R"code(
class Tools methods Tools.put, Tools.log
class More methods More.a, More.b
module
  #0 define Tools
  #1 assign Tools = r0
  #2 define More
  #3 assign More = r2
class init Tools.class(receiver self)
  #4 assign self.put = function Tools.put
  #5 assign self.log = function Tools.log
class method Tools.put(receiver self, x) in Tools.class
  #6 call self.log(x)
  #7 exit return r6
class method Tools.log(receiver self, x) in Tools.class
  #8 call puts(x)
  #9 exit return r8
class init More.class(receiver self)
  #10 assign self.a = function More.a
  #11 assign self.b = function More.b
class method More.a(receiver self) in More.class
  #12 call self.b()
  #13 exit return r12
class method More.b(receiver self) in More.class
  #14 exit return 1
feature endless-method since 3.0
)code");
}

TEST(Ruby, AllBodiesOfAClassAreOne) {
  EXPECT_EQ(lowered(R"rb(
class A
  X = 1
end
class A::B
  def f = X
end
class A
  def g = B.new
end
)rb"),
            R"code(
class A methods A.g
class B methods B.f
module
  #0 define A
  #1 assign A = r0
  #2 assign A.B = A.B
class init A.class(receiver self)
  #3 assign self.g = function A.g
  #4 define B
  #5 assign self.B = r4
  #6 assign self.X = 1
class init B.class(receiver self) in A.class
  #7 assign self.f = function B.f
method B.f(receiver self) in B.class
  #8 exit return A.X
method A.g(receiver self) in A.class
  #9 construct A.B()
  #10 exit return r9
feature endless-method since 3.0
)code");
}

TEST(Ruby, StructsHaveFields) {
  EXPECT_EQ(lowered(R"rb(
Point = Struct.new(:x, :y) do
  def sum = x + y
end
Failed = Class.new(StandardError)
Order = Data.define(:id)
)rb"),
            R"code(
class Point methods Point.sum
  field x
  field y
class Failed(StandardError)
class Order
  field id
module
  #0 define Point
  #1 assign Point = r0
  #2 define Failed
  #3 assign Failed = r2
  #4 define Order
  #5 assign Order = r4
class init Point.class(receiver self)
  #6 assign self.sum = function Point.sum
method Point.sum(receiver self) in Point.class
  #7 exit return self.x + self.y
class init Failed.class(receiver self)
class init Order.class(receiver self)
feature endless-method since 3.0
)code");
}

TEST(Ruby, BasesAndMixinsAreBases) {
  EXPECT_EQ(lowered(R"rb(
module Helpers
  def help = 1
end
class Handler < Base
  include Helpers
  def f
    help
    elsewhere
    puts 1
  end
end
)rb"),
            R"code(
import  Base as Base
class Helpers methods Helpers.help
class Handler(Base, Helpers) methods Handler.f
module
  #0 define Helpers
  #1 assign Helpers = r0
  #2 define Handler
  #3 assign Handler = r2
class init Helpers.class(receiver self)
  #4 assign self.help = function Helpers.help
method Helpers.help(receiver self) in Helpers.class
  #5 exit return 1
class init Handler.class(receiver self)
  #6 assign self.f = function Handler.f
method Handler.f(receiver self) in Handler.class
  #7 call self.help()
  #8 call self.elsewhere()
  #9 call puts(1)
  #10 exit return r9
feature endless-method since 3.0
)code");
}

TEST(Ruby, WhatIsRequiredMayGiveAnyName) {
  EXPECT_EQ(lowered(R"rb(
require 'json'
require_relative 'lib/store'
require_relative '../shared'
require File.join(__dir__, 'x')
)rb"),
            R"code(
import json star
import ./lib/store star
import ../shared star
module
  #0 call __dir__()
  #1 call File.join(r0, "x")
  #2 call require(r1)
)code");
}

TEST(Ruby, ABrokenFileStillGivesFacts) {
  EXPECT_EQ(lowered(R"rb(
CACHE = {}
def handler(event:, context:)
  CACHE[event['id']] = 1
  if x ==
end
)rb"),
            R"code(
module broken
  #0 assign CACHE = {}
  #1 assign handler = function handler
function handler(event, context) broken
  #2 assign CACHE[event["id"]] = 1
  #3 exit return 1
problem at 0: syntax error
)code");
}

TEST(Ruby, AMissingEndIsFoundByTheIndentation) {
  EXPECT_EQ(lowered(R"rb(
def a(x)
  if x
    put 1
end

class B
  def c
    put 2

  def d
    put 3
  end
  end
end
)rb"),
            R"code(
import  put as put
class B methods B.c, B.d
module broken
  #0 assign a = function a
  #1 define B
  #2 assign B = r1
function a(x) broken
  #3 call put(1)
  #4 exit return r3
class init B.class(receiver self)
  #5 assign self.c = function B.c
  #6 assign self.d = function B.d
method B.c(receiver self) broken in B.class
method B.d(receiver self) in B.class
  #7 call self.put(3)
  #8 exit return r7
problem at 0: syntax error
)code");
}

TEST(Ruby, FeaturesNeedTheirVersions) {
  EXPECT_EQ(lowered(R"rb(
def f(*, &) = g(*, &)
def h(x:)
  { x: }
  [1].map { _1 }.map { it }
  case x
  in Integer then 1
  in [*, 3, *] then 2
  end
end
)rb"),
            R"code(
import  g as g
module
  #0 assign f = function f
  #1 assign h = function h
function f(**, block)
  #2 call g(...*, block: block)
  #3 exit return r2
function h(x)
  #4 evaluate {x: x}
  #5 call [1].map(block: function block)
  #6 call r5.map(block: function block~4)
  #7 assign $8 = x
  #8 block case end #14
    #9 branch $8 is Integer else #11
      #10 exit return 1
    #11 branch unknown(find pattern) else #13
      #12 exit return 2
    #13 exit raise unknown(no pattern matches)
function block(_1) arrow in h
  #14 exit return _1
function block~4(it) arrow in h
  #15 exit return it
feature endless-method since 3.0
feature anonymous-block since 3.1
feature hash-shorthand since 3.1
feature pattern-matching since 2.7
feature find-pattern since 3.0
feature numbered-parameters since 2.7
feature it-parameter since 3.4
)code");
}

TEST(Ruby, CommentsSuppress) {
  EXPECT_EQ(lowered(R"rb(
# fnlint: ignore[state-mutable-global] one a run
COUNT = []
COUNT << 1 # fnlint: ignore[state-mutable-global] here too
)rb"),
            R"code(
module
  #0 assign COUNT = []
  #1 call COUNT."<<"(1)
ignore next state-mutable-global
ignore line state-mutable-global
)code");
}

}  // namespace
}  // namespace fnlint::ruby_test
