// Go in the code form.
#include "frontends/source/go/go.h"

#include "tests/source/lowered.h"

namespace fnlint::go_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_go, source); }
std::string in_function(std::string_view body) {
  return lowered("package p\nfunc f(m map[string]int, xs []string, ch chan int, any any) {\n" +
                 std::string(body) + "\n}\n");
}
bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}

TEST(Go, PackagesGoByTheNamesThatTheFileUses) {
  const std::string text = lowered(R"(
package main
import (
  "encoding/json"
  db "example.com/app/store"
  . "example.com/dot"
  _ "github.com/lib/pq"
  "github.com/stripe/stripe-go/v76"
  "github.com/redis/go-redis/v9"
  "gopkg.in/yaml.v3"
)
func f() { stripe.Charge(redis.Nil, yaml.Marshal, json.Marshal, db.Put, Helper) }
)");
  EXPECT_TRUE(has(text, "import example.com/app/store as db\n"));
  EXPECT_TRUE(has(text, "import example.com/dot star\n"));
  EXPECT_TRUE(has(text, "import github.com/lib/pq effect-only\n"));
  EXPECT_TRUE(has(text, "import github.com/stripe/stripe-go/v76 as stripe\n"));
  EXPECT_TRUE(has(text, "import github.com/redis/go-redis/v9 as redis\n"));
  EXPECT_TRUE(has(text, "import gopkg.in/yaml.v3 as yaml\n"));
  EXPECT_TRUE(has(text, "import example.com/app/store Put as db.Put\n")) << text;
  EXPECT_TRUE(has(text, "import  Helper as Helper\n")) << "of another file of the package";
}

TEST(Go, TheModuleStartsVariablesInOrderOfUseThenInitsThenMain) {
  EXPECT_EQ(lowered(R"(
package main
var client = open(address)
var address = prefix + "x"
const prefix = "p"
func init() { a() }
func main() { b() }
func init() { c() }
)"),
            R"(
import  open as open
import  b as b
import  a as a
import  c as c
module
  #0 declare main = function main
  #1 declare prefix = "p"
  #2 declare address = concat(prefix, "x")
  #3 call open(address)
  #4 declare client = r3
  #5 implicit function init()
  #6 implicit function init~3()
  #7 implicit main()
function main()
  #8 call b()
function init()
  #9 call a()
function init~3()
  #10 call c()
)");
}

TEST(Go, ErrorsStandBesideValues) {
  const std::string text = lowered(R"(
package p
func f() (string, error) {
  x, err := g()
  if err != nil { return "", err }
  if x == "" { return "", errors.New("none") }
  y, err := pair(x)
  err = only()
  return y, err
}
func pair(s string) (string, error) { return s, nil }
func only() error { return last() }
)");
  EXPECT_TRUE(has(text, R"(
function f() locals x, err, y
  #3 call g()
  #4 declare x = r3
  #5 declare err = error(r3)
  #6 branch err != null else #8
    #7 exit raise err
  #8 branch x == "" else #11
    #9 call errors.New("none")
    #10 exit raise r9
  #11 call pair(x)
  #12 declare y = r11
  #13 assign err = error(r11)
  #14 call only()
  #15 assign err = error(r14)
  #16 branch err != null else #18
    #17 exit raise err
  #18 exit return y
)")) << text;
  EXPECT_TRUE(has(text, "exit return s\n"));
  EXPECT_TRUE(has(text, "branch error(r19) != null")) << text;
}

TEST(Go, WhatIsMadeLikeAnErrorIsNone) {
  const std::string text = lowered(R"(
package p
func f() (*request, error) {
  next := &request{Page: 1}
  return next, check(next)
}
func g() (*request, error) {
  client := store.New()
  return nil, client.Check(client)
}
func h() (*request, error) {
  err := errors.New("none")
  return nil, err
}
type request struct { Page int }
)");
  const auto begin = text.find("function f()"), end = text.find("function h()");
  ASSERT_LT(begin, end);
  const std::string both = text.substr(begin, end - begin);
  EXPECT_NE(both.find("exit return next"), std::string::npos) << text;
  EXPECT_NE(both.find("exit return null"), std::string::npos) << text;
  EXPECT_NE(text.find("raise err"), std::string::npos) << text;
}

TEST(Go, OtherResultsTravelInListsAndFlagsAsNull) {
  const std::string text = lowered(R"(
package p
func two() (int, string) { return 1, "a" }
func find(k string) (string, bool) {
  if v, ok := cache[k]; ok { return v, true }
  return "", false
}
func kind(k string) (string, bool) { if k == "" { return "none", false }; return k, true }
func many() (a, b int, err error) { a = 1; return }
func f() {
  n, s := two()
  v, found := find(s)
  t, dir := kind(s)
  a, b, err := many()
  e, ok := os.LookupEnv("E")
  use(n, v, found, t, dir, a, b, err, e, ok)
}
)");
  EXPECT_TRUE(has(text, "exit return [1, \"a\"]"));
  EXPECT_TRUE(has(text, "declare ok = k in cache")) << text;
  EXPECT_TRUE(has(text, "exit return v\n"));
  EXPECT_TRUE(has(text, "exit return null"));
  EXPECT_TRUE(has(text, "exit return [\"none\", false]"));
  EXPECT_TRUE(has(text, "declare n = r5[0]")) << text;
  EXPECT_TRUE(has(text, "declare found = r8 != null")) << text;
  EXPECT_TRUE(has(text, "declare dir = r11[1]")) << text;
  EXPECT_TRUE(has(text, "declare err = error(r14)")) << text;
  EXPECT_TRUE(has(text, "declare ok = r18 != null")) << text;
}

TEST(Go, StructsAreClassesAndLiteralsConstructions) {
  const std::string text = lowered(R"(
package p
import "example.com/s3"
type Base struct { Bucket string }
type Store struct {
  Base
  client *s3.Client
  names  []string
  tags   map[string][]s3.Tag
}
func New(c *s3.Client) *Store {
  return &Store{client: c, Base: Base{"b"}, tags: map[string][]s3.Tag{"a": {{Key: "k"}}}}
}
func (s *Store) Add(n string) { s.names = append(s.names, n, "x"); s.tags[n] = nil }
type Key string
func use(k string) Key { p := &s3.Input{Key: aString(k)}; _ = p; return Key(k) }
)");
  EXPECT_TRUE(has(text, R"(
class Store(Base) methods Store.Add
  field Base: Base
  field client: example.com/s3.Client
  field names: list[string]
  field tags: dict
)")) << text;
  EXPECT_TRUE(has(text, "construct Base(\"b\")"));
  EXPECT_TRUE(has(text, "construct s3.Tag(Key: \"k\")"));
  EXPECT_TRUE(has(text, "tags: {a: [r")) << text;
  EXPECT_TRUE(has(text, "names: [])")) << text;
  EXPECT_TRUE(has(text, "method Store.Add(receiver s, n: string)"));
  EXPECT_TRUE(has(text, "call append(s.names, n)"));
  EXPECT_TRUE(has(text, "call append(s.names, \"x\")"));
  EXPECT_TRUE(has(text, "assign s.tags[n] = null"));
  EXPECT_TRUE(has(text, "construct s3.Input(Key: r"));
  EXPECT_TRUE(has(text, "exit return k\n")) << "a conversion";
}

TEST(Go, MethodsOfATypeOfAnotherFileStandInAClassOfTheirOwn) {
  const std::string text = lowered("package p\nfunc (s *Store) Get() string { return s.name }\n");
  EXPECT_TRUE(has(text, "class Store methods Store.Get"));
  EXPECT_TRUE(has(text, "declare Store (methods) = r0"));
  EXPECT_TRUE(has(text, "exit return s.name"));
}

TEST(Go, LoopsOfAllKinds) {
  EXPECT_EQ(in_function(R"(
  for k, v := range m { use(k, v) }
  for i, x := range xs { use(i, x) }
  for i := range xs { use(i) }
  for v := range ch { use(v) }
  for i := range 3 { use(i) }
  for i := 0; i < 3; i++ { if skip(i) { continue }; use(i) }
  for ok() { break }
)"),
            R"(
import  use as use
import  skip as skip
import  ok as ok
module
  #0 declare f = function f
function f(m: dict, xs: list[string], ch, any: any) locals k, v, x, i, i', v', i'', i'''
  #1 implicit range(m)
  #2 loop each $6 in r1 end #6
    #3 declare k = $6[0]
    #4 declare v = $6[1]
    #5 call use(k, v)
  #6 loop each x in xs end #9
    #7 declare i = unknown(position)
    #8 call use(i, x)
  #9 loop each $12 in xs end #12
    #10 declare i' = unknown(position)
    #11 call use(i')
  #12 await ch
  #13 loop each v' in ch end #15
    #14 call use(v')
  #15 loop each $15 in 3 end #18
    #16 declare i'' = unknown(position)
    #17 call use(i'')
  #18 declare i''' = 0
  #19 loop forever end #28
    #20 branch i''' < 3 else #21 end #22
    else
      #21 exit break -> #19
    #22 block end #27
      #23 call skip(i''')
      #24 branch r23 else #26
        #25 exit break -> #22
      #26 call use(i''')
    #27 assign i''' update Add 1
  #28 loop forever end #33
    #29 call ok()
    #30 branch r29 else #31 end #32
    else
      #31 exit break -> #28
    #32 exit break -> #28
)");
}

TEST(Go, SwitchesChooseAnArm) {
  const std::string text = in_function(R"(
outer:
  for {
    switch x := get(); x {
    default: none()
    case "a", "b": continue outer
    case "c": break
    }
    switch t := any.(type) {
    case string: use(t)
    case nil: return
    }
    switch { case m == nil: one(); fallthrough
    case done(): break outer
    default: two() }
  }
)");
  EXPECT_TRUE(has(text, "branch (x == \"a\") or (x == \"b\")")) << text;
  EXPECT_TRUE(has(text, "call none()"));
  EXPECT_TRUE(has(text, " is string else"));
  EXPECT_TRUE(has(text, " == null else"));
  EXPECT_TRUE(has(text, "exit continue -> #1\n"));
  EXPECT_TRUE(has(text, "exit break -> #1\n"));
}

TEST(Go, DeferRunsBehindTheRestOfItsBlock) {
  EXPECT_TRUE(has(in_function("lock()\ndefer unlock(xs)\nuse()\nreturn"), R"(
  #1 call lock()
  #2 try end #6
    #3 call use()
    #4 exit return
  finally
    #5 call unlock(xs)
)"));
}

TEST(Go, WhatIsPassedByItsAddressMayBeWritten) {
  const std::string text = in_function("var id string\nvar all []string\nrow.Scan(&id, &all)\nuse(id)");
  EXPECT_TRUE(has(text, R"(
  #3 call row.Scan(id, all)
  #4 assign id = unknown(written through its address)
  #5 call use(id)
)")) << text;
}

TEST(Go, GoroutinesAndChannels) {
  const std::string text = in_function(R"(
  done := make(chan bool, 1)
  go func() { done <- true }()
  v, ok := <-done
  select { case x := <-ch: use(x); case ch <- 1: ; default: other() }
  go work(v, ok)
)");
  EXPECT_TRUE(has(text, "construct chan(1)"));
  EXPECT_TRUE(has(text, "detach function L2()")) << text;
  EXPECT_TRUE(has(text, "await done\n")) << text;
  EXPECT_TRUE(has(text, "implicit done@f.send(true)"));
  EXPECT_TRUE(has(text, "branch unknown(select)"));
  EXPECT_TRUE(has(text, "detach work(v, ok)"));
}

TEST(Go, ShortVariablesShadowAndReuse) {
  const std::string text = in_function(R"(
  x := 1
  x, y := 2, 3
  if x := y; x > 1 { use(x) }
  use(x)
  x, y = y, x
)");
  EXPECT_TRUE(has(text, R"(
  #1 declare x = 1
  #2 assign x = 2
  #3 declare y = 3
  #4 declare x' = y
  #5 branch 1 < x' else #7
    #6 call use(x')
  #7 call use(x)
)")) << text;
  EXPECT_TRUE(has(text, "assign x = $")) << text;
}

TEST(Go, ConstantsCount) {
  const std::string text =
      lowered("package p\nconst (\n A = iota + 1\n B\n _\n D\n)\nconst S, T = \"s\", \"t\"\n");
  EXPECT_TRUE(has(text, "declare A = 0 + 1"));
  EXPECT_TRUE(has(text, "declare B = 1 + 1"));
  EXPECT_TRUE(has(text, "declare D = 3 + 1"));
  EXPECT_TRUE(has(text, "declare T = \"t\""));
}

TEST(Go, GenericsAndConversionsLeaveTheCall) {
  const std::string text = lowered(R"(
package p
import "github.com/samber/lo"
func Map[T, U any](xs []T, f func(T) U) []U { var out []U; return out }
func Only[T any](x T) (T, error) { return x, nil }
func f(s string, b []byte) {
  a := Map[int, string](nil, nil)
  one, err := Only[string](s)
  use(one, err, lo.ToPtr[string](s))
  c := Map[int](nil, nil)
  use(a, c, string(b), []byte(s), (*T)(nil), handlers["x"](s), len(b))
}
)");
  EXPECT_TRUE(has(text, "call Map(null, null)\n"));
  EXPECT_TRUE(has(text, "call Only(s)\n")) << text;
  EXPECT_TRUE(has(text, "call lo.ToPtr(s)\n")) << text;
  EXPECT_TRUE(has(text, "call handlers[\"x\"](s)"));
  EXPECT_TRUE(has(text, ", b, s, null, r")) << text;
  EXPECT_FALSE(has(text, "Map[int]"));
}

TEST(Go, MapsAndDeletion) {
  const std::string text = in_function(R"(
  cache := map[string]int{"a": 1, key: 2}
  cache["b"]++
  delete(cache, "a")
  if v, ok := cache["a"]; ok { use(v) }
  clear(cache)
  ys := append([]string{}, xs...)
  ys = append(ys, xs...)
)");
  EXPECT_TRUE(has(text, "assign cache[\"b\"] update Add 1"));
  EXPECT_TRUE(has(text, "delete cache[\"a\"]")) << text;
  EXPECT_TRUE(has(text, "= \"a\" in cache")) << text;
  EXPECT_TRUE(has(text, "call clear(cache)"));
  EXPECT_TRUE(has(text, "declare ys = [...xs]")) << text;
  EXPECT_TRUE(has(text, "call append_all(ys, xs)"));
}

TEST(Go, BrokenFilesKeepTheirSoundParts) {
  const CodeFacts facts = lower_go(R"(
package main
func good() { use("a") }
func bad( { x := }
func after() { use("b") }
)");
  EXPECT_FALSE(facts.problems.empty());
  const std::string text = code_text(facts);
  EXPECT_TRUE(has(text, "call use(\"a\")")) << text;
}

}  // namespace
}  // namespace fnlint::go_test
