// What runs when, and what a method gives.
#include "frontends/source/ruby/ruby.h"
#include "tests/source/lowered.h"

namespace fnlint::ruby_statements_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_ruby, source); }

TEST(RubyStatements, TheLastValueIsReturned) {
  EXPECT_EQ(lowered(R"rb(
def a(x)
  if x
    1
  else
    2
  end
end
def b(x)
  case x
  when 'a' then 1
  end
end
def c
  begin
    work
  rescue
    nil
  end
end
def d(x)
  x = 1
end
)rb"),
            R"code(
import  work as work
module
  #0 assign a = function a
  #1 assign b = function b
  #2 assign c = function c
  #3 assign d = function d
function a(x)
  #4 branch x else #6 end #7
    #5 exit return 1
  else
    #6 exit return 2
function b(x)
  #7 block case end #10
    #8 branch x == "a" else #10
      #9 exit return 1
function c()
  #10 try end #14
    #11 call work()
    #12 exit return r11
  catch
    #13 exit return null
function d(x)
  #14 assign x = 1
  #15 exit return 1
)code");
}

TEST(RubyStatements, ConditionsWithCallsLeadToJumps) {
  EXPECT_EQ(lowered(R"rb(
def f(key)
  return if key.nil? || key.start_with?('in/')
  put key unless seen?(key) && old
end
)rb"),
            R"code(
import  seen? as seen?
import  old as old
import  put as put
module
  #0 assign f = function f
function f(key)
  #1 block if end #11
    #2 block then end #11
      #3 block condition end #9
        #4 branch key == null else #6
          #5 exit break -> #3
        #6 call key."start_with?"("in/")
        #7 branch r6 else #8 end #9
        else
          #8 exit break -> #2
      #9 exit return null
      #10 exit break -> #1
  #11 block if end #23
    #12 block then end #23
      #13 block condition end #20
        #14 call seen?(key)
        #15 branch r14 else #16 end #17
        else
          #16 exit break -> #13
        #17 call old()
        #18 branch r17 else #20
          #19 exit break -> #12
      #20 call put(key)
      #21 exit return r20
      #22 exit break -> #11
)code");
}

TEST(RubyStatements, AConditionThatIsPureStaysOne) {
  EXPECT_EQ(lowered(R"rb(
def f(a, b)
  g if a && !b
  a ? 1 : b
end
)rb"),
            R"code(
import  g as g
module
  #0 assign f = function f
function f(a, b)
  #1 branch a and (not b) else #3
    #2 call g()
  #3 exit return choose(a, 1, b)
)code");
}

TEST(RubyStatements, LoopsRunTheirBlocksWhereTheyStand) {
  EXPECT_EQ(lowered(R"rb(
def f(records)
  records.each do |r|
    next if r == 1
    break if r == 2
    return r
  end
  records.each_with_index { |r, i| p r, i }
  records.each_slice(10) { |batch| p batch }
  { a: 1 }.each { |k, v| p k, v }
  3.times { p 1 }
  loop { break }
end
)rb"),
            R"code(
module
  #0 assign f = function f
function f(records) locals r, r', i, batch, k, v
  #1 loop each r in records end #7
    #2 branch r == 1 else #4
      #3 exit continue -> #1
    #4 branch r == 2 else #6
      #5 exit break -> #1
    #6 exit return r
  #7 loop each $8 in records end #11
    #8 assign r' = $8
    #9 assign i = unknown(index)
    #10 call p(r', i)
  #11 loop each batch in [records] end #13
    #12 call p(batch)
  #13 assign $10 = {a: 1}
  #14 implicit $10.each_pair()
  #15 loop each $11 in r14 end #19
    #16 assign k = $11[0]
    #17 assign v = $11[1]
    #18 call p(k, v)
  #19 loop each $12 in unknown(range) end #21
    #20 call p(1)
  #21 loop forever end #23
    #22 exit break -> #21
  #23 exit return null
)code");
}

TEST(RubyStatements, WhileAndUntil) {
  EXPECT_EQ(lowered(R"rb(
def f(i)
  while i < 3 && more?
    i += 1
  end
  begin
    i -= 1
  end until i == 0
  i += 1 until i > 3
end
)rb"),
            R"code(
import  more? as more?
module
  #0 assign f = function f
function f(i)
  #1 loop forever end #8
    #2 branch i < 3 else #3 end #4
    else
      #3 exit break -> #1
    #4 call more?()
    #5 branch r4 else #6 end #7
    else
      #6 exit break -> #1
    #7 assign i update Add 1
  #8 loop at-least-once end #12
    #9 assign i update Subtract 1
    #10 branch i == 0 else #12
      #11 exit break -> #8
  #12 loop forever end #16
    #13 branch 3 < i else #15
      #14 exit break -> #12
    #15 assign i update Add 1
)code");
}

TEST(RubyStatements, RescueElseEnsureAndRetry) {
  EXPECT_EQ(lowered(R"rb(
def f
  tries = 0
  begin
    work
  rescue Net::ReadTimeout, KeyError => e
    retry if tries < 3
    raise
  else
    done
  ensure
    close
  end
end
def g
  work
rescue => @error
  nil
ensure
  close
end
x = Integer('1') rescue 0
)rb"),
            R"code(
import  work as work
import  done as done
import  close as close
module
  #0 assign f = function f
  #1 assign g = function g
  #2 try end #6
    #3 call Integer("1")
    #4 assign $6 = r3
  catch
    #5 assign $6 = 0
  #6 assign x = $6
function f() locals tries, e
  #7 assign tries = 0
  #8 loop forever end #22
    #9 try end #21
      #10 block begin end #20
        #11 try end #18
          #12 call work()
        catch Net.ReadTimeout, KeyError as e
          #13 branch tries < 3 else #15
            #14 exit continue -> #8
          #15 exit raise
          #16 exit return null
          #17 exit break -> #10
        #18 call done()
        #19 exit return r18
    finally
      #20 call close()
    #21 exit break -> #8
function g()
  #22 try end #28
    #23 call work()
    #24 exit return r23
  catch as $11
    #25 assign @error = $11
    #26 exit return null
  finally
    #27 call close()
)code");
}

TEST(RubyStatements, RaiseMakesAnExceptionAndLeaves) {
  EXPECT_EQ(lowered(R"rb(
def f(x)
  raise "no" if x
  raise Failed, "no #{x}" if x
  raise Failed.new(x)
end
)rb"),
            R"code(
import  Failed as Failed
module
  #0 assign f = function f
function f(x)
  #1 branch x else #3
    #2 exit raise "no"
  #3 branch x else #6
    #4 construct Failed(concat("no ", x))
    #5 exit raise r4
  #6 construct Failed(x)
  #7 exit raise r6
)code");
}

TEST(RubyStatements, CaseComparesByWhatThePatternIs) {
  EXPECT_EQ(lowered(R"rb(
def f(x)
  case x
  when 1, 'a', :b, nil then 1
  when String then 2
  when /^in/ then 3
  when *LIST then 4
  else 5
  end
end
)rb"),
            R"code(
import  LIST as LIST
module
  #0 assign f = function f
function f(x)
  #1 block case end #12
    #2 branch (((x == 1) or (x == "a")) or (x == "b")) or (x == null) else #4
      #3 exit return 1
    #4 branch x is String else #6
      #5 exit return 2
    #6 implicit x."match?"(unknown(regex /^in/))
    #7 branch r6 else #9
      #8 exit return 3
    #9 branch x in LIST else #11
      #10 exit return 4
    #11 exit return 5
)code");
}

TEST(RubyStatements, PatternsBindWhatTheyMatch) {
  EXPECT_EQ(lowered(R"rb(
def f(event)
  case event
  in { detail: { id: Integer => id, kind: } } if kind != 'x'
    id
  in [first, *rest]
    rest
  in String | nil
    1
  end
  event => { name: }
  name
end
)rb"),
            R"code(
module
  #0 assign f = function f
function f(event) locals id, kind, first, rest, name
  #1 assign $7 = event
  #2 block case end #19
    #3 branch ("detail" in $7) and ((("id" in $7["detail"]) and ($7["detail"]["id"] is Integer)) and ("kind" in $7["detail"])) else #11
      #4 block guard end #11
        #5 assign id = $7["detail"]["id"]
        #6 assign kind = $7["detail"]["kind"]
        #7 branch kind != "x" else #8 end #9
        else
          #8 exit break -> #4
        #9 evaluate id
        #10 exit break -> #2
    #11 branch $7 is Array else #16
      #12 assign first = $7[0]
      #13 assign rest = $7[1:]
      #14 evaluate rest
      #15 exit break -> #2
    #16 branch ($7 is String) or ($7 == null) else #18
      #17 exit break -> #2
    #18 exit raise unknown(no pattern matches)
  #19 assign $8 = event
  #20 branch "name" in $8 else #21 end #22
  else
    #21 exit raise unknown(no pattern matches)
  #22 assign name = $8["name"]
  #23 exit return name
feature pattern-matching since 2.7
feature one-line-pattern-matching since 3.0
)code");
}

TEST(RubyStatements, MultipleAssignmentReadsBeforeItWrites) {
  EXPECT_EQ(lowered(R"rb(
def f(a, b)
  a, b = b, a
  c, (d, *e) = g
  h, *i = [1, 2]
end
)rb"),
            R"code(
import  g as g
module
  #0 assign f = function f
function f(a, b) locals c, d, e, h, i
  #1 assign $8 = b
  #2 assign $9 = a
  #3 assign a = [$8, $9][0]
  #4 assign b = [$8, $9][1]
  #5 call g()
  #6 assign c = r5[0]
  #7 assign $11 = r5[1]
  #8 assign d = $11[0]
  #9 assign e = $11[1:]
  #10 assign $12 = [1, 2]
  #11 assign h = $12[0]
  #12 assign i = $12[1:]
  #13 exit return $12
)code");
}

TEST(RubyStatements, AssignmentsOfAllKinds) {
  EXPECT_EQ(lowered(R"rb(
CACHE = {}
def f(order, key)
  CACHE[key] ||= 1
  CACHE[key] ||= load(key)
  order.total += 1
  order.name = key
  @x &&= 2
  CACHE[key] <<= 1
end
)rb"),
            R"code(
import  load as load
module
  #0 assign CACHE = {}
  #1 assign f = function f
function f(order, key)
  #2 assign CACHE[key] if absent = 1
  #3 branch not CACHE[key] else #6
    #4 call load(key)
    #5 assign CACHE[key] if absent = r4
  #6 assign order.total update Add 1
  #7 assign order.name = key
  #8 branch @x else #10
    #9 assign @x = 2
  #10 assign CACHE[key] update ShiftLeft 1
  #11 exit return CACHE[key]
)code");
}

}  // namespace
}  // namespace fnlint::ruby_statements_test
