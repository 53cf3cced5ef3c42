// Rust in the code form.
#include "frontends/source/rust/rust.h"

#include "tests/source/lowered.h"

namespace fnlint::rust_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_rust, source); }
bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}
// The ops of `fn f(a, b, c, r) { BODY }`.
std::string body(std::string_view statements) {
  const std::string text =
      lowered("fn f(a: u8, b: u8, c: u8, r: u8) {\n" + std::string(statements) + "\n}\n");
  const std::size_t at = text.find("\nfunction f(");
  const std::size_t ops = text.find('\n', at + 1);
  return at == std::string::npos || ops == std::string::npos ? text : text.substr(ops);
}

TEST(Rust, UseTreesAreRowsOfTheirOwn) {
  const std::string text = lowered(R"(
use a::b::{self, C as D, e::*, f};
use crate::util::put;
use super::models as m;
pub use serde_json;
mod store;
fn g() { put(b::one(), m::Order::new(), store::save(f::h), std::env::var("X"), D::K); }
)");
  EXPECT_TRUE(has(text, "import a b as b\n"));
  EXPECT_TRUE(has(text, "import a.b C as D\n"));
  EXPECT_TRUE(has(text, "import a.b.e star\n"));
  EXPECT_TRUE(has(text, "import crate.util put as put\n"));
  EXPECT_TRUE(has(text, "import super models as m\n"));
  EXPECT_TRUE(has(text, "import serde_json as serde_json\n")) << text;
  EXPECT_TRUE(has(text, "import self store as store\n"));
  EXPECT_TRUE(has(text, "import a.b one as b.one\n"));
  EXPECT_TRUE(has(text, "import super.models Order as models.Order\n"));
  EXPECT_TRUE(has(text, "import self.store save as store.save\n"));
  EXPECT_TRUE(has(text, "import std.env var as env.var\n"));
  EXPECT_TRUE(has(text, "call models.Order.new()"));
  EXPECT_TRUE(has(text, "D.K)"));
}

TEST(Rust, MainIsCalledWhenTheModuleIsReady) {
  EXPECT_EQ(lowered(R"(
static COUNT: AtomicU32 = AtomicU32::new(0);
#[tokio::main]
async fn main() -> Result<(), Error> { run(COUNT).await }
)"),
            R"(
import  AtomicU32 as AtomicU32
import  run as run
module
  #0 declare main = function main
  #1 call AtomicU32.new(0)
  #2 declare COUNT = r1
  #3 call main()
  #4 await r3
function main() async
  #5 call run(COUNT)
  #6 await r5
  #7 exit return r6
)");
}

TEST(Rust, MethodsBelongToTheirTypesClass) {
  const std::string text = lowered(R"(
#[derive(Default)]
struct State { bucket: String, n: u64 }
impl State {
  const LIMIT: u8 = 3;
  fn new(bucket: String) -> Self { Self { bucket, n: 0 } }
  fn key(&self, k: &str) -> String { self.go(Self::LIMIT); self.bucket.clone() }
}
trait Store { fn put(&self) { self.go(1); } fn go(&self, n: u8); }
impl Store for State { fn go(&self, n: u8) { State::default(); } }
struct Pair(u8, u8);
fn f() -> Pair { Pair(1, 2) }
)");
  EXPECT_TRUE(has(text, "class State(Store) methods State.new, State.key, State.go\n")) << text;
  EXPECT_TRUE(has(text, "field bucket: String\n"));
  EXPECT_TRUE(has(text, "construct State(bucket: bucket, n: 0)"));
  EXPECT_TRUE(has(text, "call self.go(State.LIMIT)"));
  EXPECT_TRUE(has(text, "static method State.new(bucket: String): State\n"));
  EXPECT_TRUE(has(text, "construct State()")) << "derived";
  EXPECT_TRUE(has(text, "construct Pair(1, 2)"));
  EXPECT_TRUE(has(text, "class Store methods Store.put, Store.go\n"));
}

TEST(Rust, BlocksAreValues) {
  EXPECT_EQ(body("let x = if a == 1 { b } else { c };\nlet y = { g(); 3 };\nx"), R"(
  #1 branch a == 1 else #3 end #4
    #2 assign x = b
  else
    #3 assign x = c
  #4 call g()
  #5 assign y = 3
  #6 exit return x
)");
  EXPECT_TRUE(has(body("h(if a == 1 { b } else { c });"), "call h(choose(a == 1, b, c))") ||
              has(body("h(if a == 1 { b } else { c });"), "call h("));
  EXPECT_EQ(body("'o: loop { if a == 1 { break 'o b; } c(); }"), R"(
  #1 loop forever end #6
    #2 branch a == 1 else #5
      #3 assign $5 = b
      #4 exit break -> #1
    #5 call c()
  #6 exit return $5
)");
}

TEST(Rust, ResultsAndOptionsAreTheirValues) {
  EXPECT_EQ(body("if a == 1 { return Err(g()); }\nlet x = h()?.k();\nOk(Some(x))"), R"(
  #1 branch a == 1 else #4
    #2 call g()
    #3 exit raise r2
  #4 call h()
  #5 call r4.k()
  #6 declare x = r5
  #7 exit return x
)");
  EXPECT_EQ(body("None"), "\n  #1 exit return null\n");
}

TEST(Rust, AMatchOfAResultIsATry) {
  EXPECT_EQ(body("match g().await { Ok(x) => h(x), Err(e) => k(e), };"), R"(
  #1 block match end #13
    #2 block end #13
      #3 try end #10
        #4 call g()
        #5 await r4
        #6 assign $6 = r5
      catch as $7
        #7 declare e = $7
        #8 call k(e)
        #9 exit break -> #1
      #10 declare x = $6
      #11 call h(x)
      #12 exit break -> #1
)") << "what follows the call has seen it succeed";
  const std::string text = body("if let Err(e) = g() { return; }\nh();");
  EXPECT_TRUE(has(text, "try end"));
  EXPECT_TRUE(has(text, "catch as e\n"));
  EXPECT_TRUE(has(body("if g().is_err() { return; }\nh();"), "catch"));
  EXPECT_TRUE(has(body("let r = g();\nif r.is_err() { return; }\nh();"), "branch error(r1) != null"))
      << body("let r = g();\nif r.is_err() { return; }\nh();");
  EXPECT_TRUE(has(body("let _ = g();\nh();"), "try end")) << "its failure stops nothing";
}

TEST(Rust, PredicatesStayTests) {
  EXPECT_EQ(body("g() || h()"), R"(
  #1 call g()
  #2 branch r1 else #4
    #3 exit return true
  #4 call h()
  #5 exit return r4
)");
  const std::string text = body("let Some(x) = a.strip_prefix(\"in/\") else { return; };\nk(x)");
  EXPECT_TRUE(has(text, ".starts_with(\"in/\")")) << text;
  EXPECT_TRUE(has(text, "declare x = r"));
}

TEST(Rust, PatternsTestAndBind) {
  EXPECT_EQ(body("match a { 0 | 1 => g(), 2..=9 => h(), n if n < b => k(n), _ => {} };"), R"(
  #1 block match end #13
    #2 branch (a == 0) or (a == 1) else #5
      #3 call g()
      #4 exit break -> #1
    #5 branch (2 <= a) and (a <= 9) else #8
      #6 call h()
      #7 exit break -> #1
    #8 declare n = a
    #9 branch n < b else #12
      #10 call k(n)
      #11 exit break -> #1
    #12 exit break -> #1
)");
  const std::string text = body(R"(
let (x, Point { y, z: Some(w), .. }, [first, .., last]) = a;
let Kind::B(inner) = r else { return; };
while let Some(next) = c { g(x, y, w, first, last, inner, next); }
)");
  EXPECT_TRUE(has(text, "declare x = a[0]\n")) << text;
  EXPECT_TRUE(has(text, "declare y = a[1].y\n"));
  EXPECT_TRUE(has(text, "declare w = a[1].z\n"));
  EXPECT_TRUE(has(text, "declare first = a[2][0]\n"));
  EXPECT_TRUE(has(text, "declare last = a[2][-1]\n"));
  EXPECT_TRUE(has(text, "branch r is Kind.B else"));
  EXPECT_TRUE(has(text, "branch c != null else"));
  EXPECT_TRUE(has(text, "call g(x, y, w, first, last, inner, next)"));
}

TEST(Rust, MacrosAreReadWhereTheirArgumentsAreCode) {
  const std::string text = body(R"(
let s = format!("{}/{name}-{0:>3} {{x}} {c}", a, name = b);
let v = vec![a, g(vec![1])];
let j = json!({ "a": [1, null, { "b": h(c) }], "n": s, a: 2 });
tracing::info!(target: "x", key = %a, ?b, "read {}", k());
assert!(a == b, "no");
assert_eq!(a, b);
if matches!(a, 1 | 2) { println!("{a}"); }
panic!("over {}", a)
)");
  EXPECT_TRUE(has(text, R"(declare s = concat(a, "/", b, "-", a, " {x} ", c))")) << text;
  EXPECT_TRUE(has(text, "call g([1])"));
  EXPECT_TRUE(has(text, "{a: [1, null, {b: r"));
  EXPECT_TRUE(has(text, "call k()"));
  EXPECT_TRUE(has(text, R"(call tracing.info("x", key: a, b, "read {}", r)")) << text;
  EXPECT_TRUE(has(text, "branch a != b else"));
  EXPECT_TRUE(has(text, "branch (a == 1) or (a == 2) else"));
  EXPECT_TRUE(has(text, "call println(a)") || has(text, "call println(concat(a))"));
  EXPECT_TRUE(has(text, R"(exit panic concat("over ", a))"));
}

TEST(Rust, IteratorsAndOptionsShareNames) {
  const std::string text = body(R"(
let ids = a.iter().map(|x| x.id).cloned().filter(|x| x).collect::<Vec<_>>().first().map(|x| x);
let name = b.map(|x| x.name).filter(|x| x).take();
)");
  EXPECT_TRUE(has(text, ".map_each(function")) << text;
  EXPECT_TRUE(has(text, ".filter_each(function"));
  EXPECT_TRUE(has(text, "call r6.map(function")) << text;
  EXPECT_TRUE(has(text, "call b.map(function"));
  EXPECT_TRUE(has(text, ".take()"));
}

TEST(Rust, WhatIsEmptyIsALiteral) {
  EXPECT_EQ(body(R"(
let mut s = String::new();
s.push_str("a");
write!(s, "{}-{b}", a)?;
let v: Vec<u8> = Vec::with_capacity(3);
let m = std::collections::HashMap::new();
)"),
            R"(
  #1 declare s = ""
  #2 assign s update Add "a"
  #3 assign s update Add concat(a, "-", b)
  #4 declare v = []
  #5 declare m = {}
)");
}

TEST(Rust, DerivedBuildersConstruct) {
  const std::string text = lowered(R"(
#[derive(TypedBuilder)]
struct App { name: String, size: u8 }
struct Own { name: String }
impl Own { fn builder() -> OwnBuilder { OwnBuilder::new() } }
fn f() { App::builder().name("a").size(1).build().run(); Own::builder().name("b").build(); }
)");
  EXPECT_TRUE(has(text, "construct App(name: \"a\", size: 1)")) << text;
  EXPECT_TRUE(has(text, "call Own.builder()"));
}

TEST(Rust, EachArmOfSelectMayRun) {
  const std::string text = body(R"(
tokio::select! {
  Some(x) = g(), if a == 1 => { h(x); }
  _ = k() => c(),
  else => r(),
}
)");
  EXPECT_TRUE(has(text, "call g()")) << text;
  EXPECT_TRUE(has(text, "call h(x)"));
  EXPECT_TRUE(has(text, "call k()"));
  EXPECT_TRUE(has(text, "call c()"));
  EXPECT_TRUE(has(text, "call r()"));
}

TEST(Rust, JoinedFuturesAreAwaited) {
  const std::string text = body("let (x, y) = tokio::join!(g(), h());");
  EXPECT_TRUE(has(text, "#3 await r1\n  #4 await r2\n")) << text;
}

TEST(Rust, StaticsOfMacrosAreStatics) {
  const std::string text = lowered(R"(
lazy_static! {
  /// seen
  static ref SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
  pub static ref OTHER: u8 = 1;
}
thread_local! { static N: RefCell<u32> = RefCell::new(0); }
fn f() { SEEN.lock().unwrap().push(1); N.with(|n| *n.borrow_mut() += OTHER); }
)");
  EXPECT_TRUE(has(text, "declare SEEN = r")) << text;
  EXPECT_TRUE(has(text, "declare OTHER = 1"));
  EXPECT_TRUE(has(text, "declare N = r"));
  EXPECT_TRUE(has(text, "call SEEN.lock()"));
  EXPECT_TRUE(has(text, "\"*\" update Add OTHER")) << text;
}

TEST(Rust, ReferencesAreWhatTheyPointAt) {
  EXPECT_EQ(body("let x = &mut *a;\n*x = b;\n*x += 1;\na = b;"), R"(
  #1 declare x = a
  #2 assign x."*" = b
  #3 assign x."*" update Add 1
  #4 assign a = b
)");
}

TEST(Rust, AVariableMayBeCalledRaw) {
  const std::string text = lowered(R"(
fn f(raw: String, other: i32) {
    let path: &str = if raw.is_empty() { "/" } else { &raw };
    send(&raw, path);
    let at = &raw const other;
}
)");
  EXPECT_EQ(text.find("syntax error"), std::string::npos) << text;
  EXPECT_NE(text.find("call send(raw, path)"), std::string::npos) << text;
}

TEST(Rust, TestsAreLeftOut) {
  const std::string text = lowered(R"(
fn f() {}
#[cfg(test)]
mod tests { use super::*; #[test] fn t() { f(); } }
#[tokio::test]
async fn u() { f(); }
)");
  EXPECT_FALSE(has(text, "function t")) << text;
  EXPECT_FALSE(has(text, "function u")) << text;
}

TEST(Rust, ModsOfTheFileAreScopes) {
  const std::string text = lowered(R"(
mod store {
  pub fn put() { helper(); super::top(); }
  fn helper() {}
  pub mod inner { pub fn get() { super::helper(); } }
}
fn top() {}
fn main() { store::put(); crate::store::inner::get(); self::top(); }
)");
  EXPECT_FALSE(has(text, "import")) << text;
  EXPECT_TRUE(has(text, "call put()"));
  EXPECT_TRUE(has(text, "call get()"));
  EXPECT_TRUE(has(text, "call helper()"));
}

TEST(Rust, ClosuresAndAsyncBlocksCapture) {
  const std::string text = lowered(R"(
fn main() { let client = make(); run(service_fn(move |e: Event| { let c = client.clone(); async move { handle(c, e).await } })); }
)");
  EXPECT_TRUE(has(text, R"(
function L2(e: Event) arrow copying in main locals c
  #6 call client@main.clone()
  #7 declare c = r6
  #8 call function L3()
  #9 exit return r8
function L3() async arrow in L2
)")) << text;
}

TEST(Rust, TypesStandForWhatTheyHold) {
  const std::string text = lowered(R"(
use aws_sdk_s3::Client;
use std::sync::Arc;
type Shared = Arc<Mutex<Client>>;
fn f(a: &Client, b: Arc<Client>, c: Option<&aws_sdk_sqs::Client>, d: Shared, e: Vec<Client>, g: &mut dyn Store, t: T) -> Result<(), Error> { Ok(()) }
)");
  EXPECT_TRUE(has(text, "function f(a: aws_sdk_s3.Client, b: aws_sdk_s3.Client, c: aws_sdk_sqs.Client, "
                        "d: aws_sdk_s3.Client, e: Vec[aws_sdk_s3.Client], g: Store, t: T)\n"))
      << text;
}

TEST(Rust, WrappersOfParametersAreTakenOff) {
  const std::string text = lowered("fn f(State(state): State<App>, Json(order): axum::Json<Order>, Pair(a, b): Pair<u8, u8>) { g(state, order, a, b); }\n");
  EXPECT_TRUE(has(text, "function f(state: App, order: Order, ")) << text;
}

TEST(Rust, TextsHaveNoEscapes) {
  EXPECT_TRUE(has(body("g(\"a\\n\\u{41}\\\n    b\");"), "call g(\"a\\nAb\")"));
  EXPECT_TRUE(has(body("g(r#\"a\"b\\n\"#, b\"x\", 'c', 1_000u64, 0xFFu8, 2.5f32);"),
                  "\"x\", \"c\", 1000, "));
}

// The table of expressions is full at another place each time.
TEST(Rust, ATestOfAnOptionIsTheSameAfterAnyNumberOfExpressions) {
  for (std::size_t before = 0; before < 70; ++before) {
    std::string statements;
    for (std::size_t i = 0; i < before; ++i) statements += "a;";
    EXPECT_TRUE(has(body(statements + "g(b.is_none(), b.is_some());"),
                    "call g(b == null, b != null)"))
        << before;
  }
}

TEST(Rust, WhatIsSoundOfABrokenFileCounts) {
  const std::string text = lowered(R"(
static SEEN: Mutex<Vec<u8>> = Mutex::new(vec![]);
fn good() { SEEN.lock().unwrap().push(1); }
fn bad() { let x = = 3; h(); }
fn also() { g(); }
)");
  EXPECT_TRUE(has(text, "call SEEN.lock()"));
  EXPECT_TRUE(has(text, "call g()"));
  EXPECT_TRUE(has(text, "call h()"));
}

}  // namespace
}  // namespace fnlint::rust_test
