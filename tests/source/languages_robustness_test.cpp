// Input that is broken, deep, huge or hostile, for the languages that share the scoped lowering.
#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/code_text.h"
#include "frontends/source/cpp.h"
#include "frontends/source/csharp.h"
#include "frontends/source/go.h"
#include "frontends/source/java.h"
#include "frontends/source/kotlin.h"
#include "frontends/source/ruby.h"
#include "frontends/source/rust.h"
#include "frontends/source/validate.h"
#include "tests/source/cpp_sample.h"
#include "tests/source/java_sample.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {
namespace {

struct Deep {
  std::string_view before, inside, after;
};
struct Sample {
  std::string_view name;
  CodeFacts (*lower)(std::string_view) = nullptr;
  std::string_view text = {};                   // a sound file that uses most of the syntax
  std::string_view around[2] = {};              // what makes a file of a statement
  std::vector<Deep> nested = {};                // expressions and statements that nest
  std::vector<std::string_view> chains = {};    // links of an expression that begins with `a`
};
void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

bool says(const CodeFacts& facts, std::string_view words) {
  for (const Problem& problem : facts.problems)
    if (problem.message.find(words) != std::string::npos) return true;
  return false;
}

std::size_t most_nested(const CodeFacts& facts) {
  std::size_t most = 0;
  std::vector<OpId> open;
  for (std::uint32_t i = 0; i < facts.ops.size(); ++i) {
    while (!open.empty() && open.back() <= OpId{i}) open.pop_back();
    most = std::max(most, open.size());
    open.push_back(facts.ops[i].end);
  }
  return most;
}

std::size_t deepest(const CodeFacts& facts) {
  std::vector<std::size_t> depth(facts.exprs.size(), 1);
  std::size_t most = 0;
  for (std::size_t i = 0; i < facts.exprs.size(); ++i) {
    const auto below = [&](ExprId id) {
      if (id.exists()) depth[i] = std::max(depth[i], depth[id.index] + 1);
    };
    const Expr& row = facts.exprs[i];
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) below(ExprId{row.ref});
    for (const Operand& operand : facts.operands_of(row.operands)) below(operand.value);
    most = std::max(most, depth[i]);
  }
  return most;
}

class Languages : public testing::TestWithParam<Sample> {
 protected:
  CodeFacts facts_of(std::string_view source) const {
    CodeFacts facts = GetParam().lower(source);
    for (const std::string& fault : validate(facts)) ADD_FAILURE() << fault << " in\n" << source;
    return facts;
  }
  std::string file(std::string_view statement) const {
    return cat(GetParam().around[0], statement, GetParam().around[1]);
  }
};

TEST_P(Languages, ASoundFileHasNoProblems) {
  const CodeFacts facts = facts_of(GetParam().text);
  for (const Problem& problem : facts.problems)
    ADD_FAILURE() << problem.message << " at "
                  << GetParam().text.substr(problem.where.begin, 40);
  EXPECT_TRUE(facts.opaques.empty()) << code_text(facts);
}

TEST_P(Languages, AnEmptyFileIsAnEmptyModule) {
  for (const std::string_view empty : {"", "\n", "\n\n  \n"})
    EXPECT_EQ(facts_of(empty).functions.size(), 1U);
}

// Every prefix is a file that is half written.
TEST_P(Languages, ReadsCodeThatIsBeingTyped) {
  const std::string_view text = GetParam().text;
  for (std::size_t end = 0; end < text.size(); end += 5) facts_of(text.substr(0, end));
}

TEST_P(Languages, MutatedCodeKeepsTheFormsInvariants) {
  constexpr std::string_view kPieces[] = {"(",  ")",  "[",  "]",  "{", "}",  ":",  ";",   "\n",
                                          "->", "=>", "=",  "\"", "'", ",",  ".",  "::",  "<",
                                          ">",  "&",  "*",  "@",  "#", "\\", "//", "/*",  "\xff",
                                          "if", "for", "new ", "return ", "class ", "fn ", "|"};
  std::mt19937 random(20261120);
  for (int round = 0; round < 250; ++round) {
    std::string source(GetParam().text);
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % source.size();
      switch (random() % 4) {
        case 0: source.erase(at, 1 + random() % 20); break;
        case 1: source.insert(at, kPieces[random() % std::size(kPieces)]); break;
        case 2: source.insert(at, source.substr(random() % source.size(), random() % 40)); break;
        default: source[at] = static_cast<char>(random() % 256);
      }
      if (source.empty()) source = " ";
    }
    facts_of(source);
  }
}

TEST_P(Languages, CutsDeepNesting) {
  for (const Deep& deep : GetParam().nested) {
    const CodeFacts facts =
        facts_of(file(cat(repeated(deep.before, 3000), deep.inside, repeated(deep.after, 3000))));
    EXPECT_LT(deepest(facts), 2 * kNestingDepth) << deep.before;
    EXPECT_LE(most_nested(facts), kNestingDepth + 10) << deep.before;
  }
}

TEST_P(Languages, LongChainsStayShallow) {
  for (const std::string_view link : GetParam().chains) {
    const CodeFacts facts = facts_of(file(cat("x = a", repeated(link, 3000), ";")));
    EXPECT_TRUE(facts.problems.empty()) << link;
    EXPECT_LT(deepest(facts), 200U) << link;
    EXPECT_LE(most_nested(facts), 4U) << link;
  }
}

TEST_P(Languages, RefusesFilesAboveTheLimit) {
  const CodeFacts facts = facts_of(repeated("a = b;\n", kSourceBytes / 7 + 1));
  EXPECT_TRUE(says(facts, "larger than"));
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
}

TEST_P(Languages, ReadsBytesThatAreNotUtf8) {
  facts_of(file("x = \"\xff\xfe\" + y\xc3;"));
  facts_of(std::string_view("x = '\0'\n\0f()\n", 14));
}

constexpr std::string_view kKotlin = R"kotlin(
@file:JvmName("App")
package com.example.orders

import aws.sdk.kotlin.services.s3.S3Client
import java.util.*
import a.b.C as D

const val PREFIX = "thumbs/"
private val seen = mutableListOf<String>()
val client by lazy { S3Client.create() }

class Handler(private val helper: Helper = Helper(), var count: Int = 0) : RequestHandler<S3Event, String>, Base(1) {
    private val cache = HashMap<String, String>()
    private var user: String? = null
    val size: Int get() = cache.size
    var name: String = ""
        set(value) { field = value }

    companion object {
        val log = LoggerFactory.getLogger(Handler::class.java)
        fun make() = Handler()
    }

    init { count += 1 }

    constructor(a: String) : this(Helper(a)) { user = a }

    @Logging(clearState = true)
    override fun handleRequest(event: S3Event, context: Context?): String = runBlocking {
        count++
        for (record in event.records) {
            val key = record.s3.`object`.key ?: continue
            if (key.startsWith(PREFIX) || !helper.wants(key)) continue
            user = key
            seen += key
            cache[key] = "x$key ${record.s3.bucket.name}\n"
            client.putObject(PutObjectRequest { bucket = System.getenv("OUT"); this.key = "$PREFIX$key" })
        }
        val kind = when (count) {
            1, 2 -> "a"
            in 3..5 -> { seen.clear(); "b" }
            is Number -> "c"
            else -> throw IllegalStateException("x")
        }
        when {
            kind == "a" -> return@runBlocking "q"
            context is Foo && context.ok() -> count--
            else -> Unit
        }
        val size = try { parse(kind) } catch (e: IOException) { null } finally { done() }
        val (a, b) = a to b
        val names = cache.values.map { it.trim() }.filter { v -> v !in seen }.map(String::uppercase)
        for ((k, v) in cache) { println(k + v) }
        outer@ while (true) { do { break@outer } while (count > 3) }
        val o = object : Runnable { override fun run() { count = 3 } }
        if (size != null) { "yes" } else user!!.let { u -> """no $u""" + u as String }
    }
}

data class Order(val id: String, val total: Int = 3)

object Registry {
    val map = mutableMapOf<String, Int>()
    fun put(k: String) { map[k] = 1 }
}

enum class Color(val code: String) {
    RED("r"),
    GREEN("g");

    fun x() = code
}

fun String.clean(): String = this.trim()

fun <T> each(vararg items: T, block: (T) -> Unit) {
    fun inner(a: T) = block(a)
    items.forEach { inner(it) }
}
)kotlin";

constexpr std::string_view kGo = R"go(
package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	. "example.com/dot"
	_ "github.com/lib/pq"
	ddb "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stripe/stripe-go/v76"
	"gopkg.in/yaml.v3"
)

type Number interface{ ~int | ~float64 }
type Stack[T any] struct{ items []T }
func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }
func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}
func (o *Other) Get(ctx context.Context, id string) (item *Item, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	if o == nil { return }
	item, err = o.load(ctx, id)
	if err != nil {
		var nf *NotFound
		if errors.As(err, &nf) { return nil, nil }
		return nil, wrap(err)
	}
	return item, o.check(item)
}
func pair() (int, string) { return 1, "a" }
func three() (a, b int, err error) { a, b = b, a; return a, b, nil }
func use(m map[string]int, ch <-chan int, any interface{}) {
	n, s := pair()
	x, y, err := three()
	stripe.Key = s
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	if v, ok := m[s]; ok && v > n { m[s]++ } else if err := try(x, y); err != nil { panic(err) }
outer:
	for {
		for k := range m {
			switch {
			case k == "a": continue outer
			case k == "b": break outer
			default: break
			}
		}
	}
	for v := range ch { use2(v) }
	switch t := any.(type) {
	case string, nil: use2(t)
	case *Item: use2(t.ID)
	case []string: use2(t)
	}
	handlers := map[string]func(string) error{"a": func(s string) error { return nil }}
	if err := handlers["a"](s); err != nil { return }
	items := []Item{{ID: "1"}, {"2", 3}}
	ptrs := []*Item{{ID: "1"}}
	_, _ = items, ptrs
	_ = Map[int, string](nil, nil)
	p := &x; *p = 3
	go use2(1)
	var f func(); f = func() { f() }
	arr := [...]string{"a", "b"}
	sl := arr[1:]
	y++
	c := 'x' + 1
	lit := `raw\n`
	use3(sl, c, lit, err, yaml.Marshal, ddb.New)
}
type Item struct { ID string; N int }
var client *s3.Client
var a, b = b + 1, 3
var cache = map[string]string{"x": "y"}

const (
	A = iota
	B
	C
)

type Handler struct {
	client *s3.Client
	items  []string
	Base
}
type Base struct{ Bucket string }
type Key string

func NewHandler(c *s3.Client) (*Handler, error) {
	if c == nil {
		return nil, errors.New("no client")
	}
	return &Handler{client: c, Base: Base{Bucket: os.Getenv("BUCKET")}}, nil
}

func (h *Handler) Handle(ctx context.Context, e events.S3Event) error {
	defer h.close()
	for i, r := range e.Records {
		out := "index-" + r.S3.Object.Key
		if strings.HasPrefix(out, "x") && check(out) {
			continue
		}
		h.items = append(h.items, out)
		cache[out] = fmt.Sprintf("%s/%d", out, i)
		v, ok := cache[out]
		if !ok {
			return fmt.Errorf("missing %s", v)
		}
		_, err := h.client.PutObject(ctx, &s3.PutObjectInput{
			Bucket: aws.String(r.S3.Bucket.Name),
			Key:    aws.String(out),
			Body:   strings.NewReader("done"),
			Tags: []types.Tag{{Key: aws.String("a")}},
		})
		if err != nil {
			return err
		}
	}
	return h.done()
}

func init() {
	cfg, _ := config.LoadDefaultConfig(context.Background())
	client = s3.NewFromConfig(cfg)
	_ = redis.NewClient(&redis.Options{Addr: "x"})
}

func split(s string) (string, bool) {
	if i := strings.Index(s, "/"); i >= 0 {
		return s[:i], true
	}
	return "", false
}

func main() {
	h, err := NewHandler(client)
	if err != nil {
		panic(err)
	}
	var body struct{ A string }
	json.Unmarshal([]byte("x"), &body)
	p, found := split("a")
	if found { fmt.Println(p, Key("x")) }
	switch x := p; {
	case x == "a", x == "b":
		fmt.Println(1)
		fallthrough
	default:
		fmt.Println(2)
	}
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	select {
	case v := <-ch:
		fmt.Println(v)
	default:
	}
	for k, v := range cache { delete(cache, k); _ = v }
	for i := range 10 { fmt.Println(i) }
	lambda.Start(h.Handle)
}
)go";

constexpr std::string_view kRust = R"rust(
#![allow(dead_code)]
use aws_lambda_events::event::s3::{S3Event, S3EventRecord as Rec, self};
use std::{collections::HashMap, sync::*};
extern crate alloc;
mod util;
pub(crate) const PREFIX: &str = "out/";
static mut COUNT: u32 = 0;
static BODIES: LazyLock<Mutex<Vec<String>>> = LazyLock::new(|| Mutex::new(Vec::new()));
thread_local! { static LOCAL: RefCell<u32> = const { RefCell::new(0) }; }
lazy_static! { static ref CACHE: HashMap<String, u8> = HashMap::new(); }
macro_rules! twice { ($x:expr) => { $x + $x }; }
type Res<T> = Result<T, Box<dyn std::error::Error + Send + 'static>>;
#[derive(Debug, Clone, Default)]
pub struct State<'a, T: Clone = u8> where T: Send { #[serde(rename = "b")] pub bucket: &'a str, n: [T; 3] }
struct Unit;
struct Pair(u8, pub u8);
union Bits { a: u32, b: f32 }
pub enum Kind { A = 1, B(String, u8), C { x: i32, y: Option<i32> } }
impl<'a, T: Clone + Send> State<'a, T> {
  const LIMIT: usize = 10;
  pub fn new(bucket: &'a str) -> Self { Self { bucket, n: Default::default() } }
  async fn key(&self, k: &str) -> String { format!("{}{}/{k:?}", PREFIX, self.bucket) }
  unsafe fn raw(mut self: Box<Self>, p: *const u8) -> u8 { *p }
}
trait Store: Send { type Out; fn put(&self) { self.go(); } fn go(&self); }
impl<'a> Store for State<'a> { type Out = u8; fn go(&self) { <Self as Store>::put(self); Vec::<u8>::with_capacity(1); } }
async fn handler(client: &Client, event: LambdaEvent<S3Event>, (a, _): (u8, u8)) -> Result<Value, Error> {
  let (event, _ctx) = event.into_parts();
  'records: for (i, record) in event.records.iter().enumerate() {
    let key = record.s3.object.key.as_ref().unwrap();
    if key.starts_with(PREFIX) && util::skip(&key) || i > 3 { continue 'records; }
    else if let Some(x) = key.find('/') && x > 1 { break; }
    let Some(size) = record.s3.object.size else { return Err("no size".into()); };
    let body = if size > 10 { "big" } else { "small" };
    match client.get_object().bucket("b").key(key).send().await {
      Ok(out) if out.ok() => BODIES.lock().unwrap().push(out.etag().to_string()),
      Err(e) if e.is_timeout() => return Err(e.into()),
      Err(SdkError::ServiceError(e)) => println!("failed {key} {e:?}"),
      _ => {}
    }
    let kind = match size { 0 => Kind::A, 1..=9 | -5 => Kind::B(key.clone(), 1), n @ 10.. if n % 2 == 0 => Kind::C { x: 1, y: None }, _ => { helper()?; Kind::A } };
    match &kind { Kind::B(s, ..) => drop(s), Kind::C { x, y: Some(ref y) } => { let z = x << y; }, Kind::C { .. } | Kind::A => (), }
    match [1, 2, 3] { [a, .., c] => a - c, [first, rest @ ..] => 1, [] => 0 };
    while let Some(Ok(x)) = next(&kind).await { if matches!(x, Some(1) | None if size > 1) { break; } }
    unsafe { COUNT += 1; }
    let mut guard = BODIES.lock().unwrap();
    *guard = vec![body.to_string(), "b".into()]; guard[0] = vec!["x".to_owned(); 3].concat(); (a, guard) = (1, guard);
    let v = 'outer: loop { if size == 3 { break 'outer 5; } else { break 'outer 6 } };
    let names: Vec<_> = event.records.iter().map(|r| r.name.as_str()).filter(|s: &&str| -> bool { !s.is_empty() }).collect::<Vec<_>>();
    LOCAL.with(|c| *c.borrow_mut() += 1);
    let s = (&key[1..], &key[..=2], &key[i..i + 1], 0..3, r#"raw "x""#, b'x', b"y", '\'', 1_000u64, 0xFF, 1.5e3f32, -1i8 as u8, !true);
    tokio::spawn(async move { send(s.0).await });
    tokio::select! { x = first() => { one(x); } _ = second() => two(), }
    info!(target: "t", id = %key, ?body, "read {} of {names:?}", v);
    let label = 'block: { if v > 2 { break 'block "x"; } "y" };
    let Order { id, lines: [one, ..], .. } = Order { lines: vec![], ..Order::load(crate::db::pool(), super::x::Y::new()) };
    let twice = twice!(v); let r = f(id); if r.is_err() { return Ok(json!({ "n": null })); }
    let q = async { 1 }.await; let add = move |x, y| x + y + q; if !g().is_ok() { panic!("bad {}", add(1, 2)); }
    const INNER: u8 = 1; fn local(x: u8) -> u8 { x + INNER } struct Here { x: u8 } impl Here { fn y(&self) -> u8 { local(self.x) } }
    write!(out, "{}", 1)?; assert!(v > 1, "no {v}"); assert_eq!(1, 1); unreachable!()
  }
  Ok(json!({ "ok": true, "n": [1, null, { "a": PREFIX }], "list": [names.len()], "f": |x| x }))
}
#[tokio::main]
async fn main() -> Result<(), Error> { let c = Client::new(&load().await); run(service_fn(|e| handler(&c, e, (1, 2)))).await }
#[cfg(test)]
mod tests { use super::*; #[test] fn t() { assert!(true); } }
)rust";

constexpr std::string_view kRuby = R"ruby(
# frozen_string_literal: true

require 'json'
require_relative 'lib/store'

$count = 0
CACHE = {}
LIST = %w[a b].freeze + %i[c d]

module Shop
  Failed = Class.new(StandardError)
  Point = Struct.new(:x, :y, keyword_init: true) do
    def sum = x + y
  end

  class Handler < Base
    include Helpers
    extend Forwardable
    attr_accessor :name, :total
    @@seen = []

    class << self
      attr_reader :client
      def call(event:, context: nil) = new(event).call
      private

      def hidden(*, **, &) = other(*, **, &)
    end

    def initialize(event, *rest, limit: make(1), **options, &block)
      @event = event
      @client ||= Aws::S3::Client.new(region: ENV['R'])
      super()
    end

    def call(...) = forward(...)

    private def go(a, b = 2, (c, d), e: 3)
      return if a.nil? || !b.start_with?('x') && c
      puts "a #{a} #{"b #{c}"} \n\u00e9" unless d
      begin
        foo!(1, *a, **b, &c)
      rescue Failed, Net::ReadTimeout => error
        retry if (@tries += 1) < 3
        raise Failed, error.message
      rescue => @error
        raise
      else
        done
      ensure
        $count += 1
      end
      kind = case a
             when 1, /a.b/i, 2..3 then :number
             when String, *LIST then 'text'
             else raise ArgumentError.new("bad")
             end
      case b
      in {name: String => who, age: 1.. => age, **rest} if who != 'x' then who
      in [Integer, [first, *], *others] unless others.empty?
        first
      in Point(x:, y:) | nil
        1
      in ^kind
        2
      else
        3
      end
      list.each { |r, (s, t)| next if r; break unless s; p t }
      list.each_with_index do |item, index|
        CACHE[item] ||= index
      end
      totals = list.map(&:total).each_with_object({}) { |t, memo| memo[t] = 1 }
      3.times { |i| $count -= i }
      loop do break end
      z = a&.b&.c
      text = <<~EOS + <<-'RAW'
        hello #{z}
          more
      EOS
        raw #{z}
      RAW
      m, (n, *o), self.name = 1, foo, 2
      m, n = n, m
      h = {a: 1, 'b' => 2, "c d": 3, m:, **n, a => 4}
      h.dig(:a, 0)&.then { _1 + 1 }
      l = ->(q, r = 1) { q + r }
      l.(2)
      l[3]
      yield 1, 2 if block_given?
      i = 0
      while i < 3 do i += 1 end
      until i.zero?
        i -= 1
      end
      begin i += 1 end while i < 5
      for u, v in pairs do p u, v end
      value = Integer(a) rescue nil
      v => {name:}
      w = (v in {name: Symbol})
      x = if b then 1 else 2 end
      y = a ? b : c <=> d
      @@seen << x
      text =~ /x/ ? text[1..] : text[0, 2]
      alias_method :other, :go
      __FILE__
      `ls #{x}`
      "a" "b" 'c\'d'
      defined?(x) and not y
      Shop::Handler.client = ::Top::Level
    end
    alias old go
  end
end

class Shop::Extra::Part
  X = 1
end

def handler(event:, context:)
  { statusCode: 200, body: JSON.generate(Shop::Handler.call(event: event)) }
end

handler(event: {}, context: nil) if __FILE__ == $0
)ruby";

constexpr std::string_view kCSharp = R"cs(
global using System;
using static System.Math;
using Map = System.Collections.Generic.Dictionary<string, int>;
[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.Json.JsonSerializer))]
namespace Shop.Orders;
#nullable enable
public partial class Function<T>(IAmazonS3 s3, int limit = 3) : Base(s3), IThing<T> where T : class
{
    private const string Name = "x";
    private static readonly Lazy<Foo> Shared = new(() => new Foo { A = 1, ["k"] = 2, Tags = { "a" } });
    public string? Title { get; set; } = $"{Name}{{}}{1:N2}";
    public int Size => _items?.Count ?? 0;
    public int this[int i] { get { return _items[i]; } set => _items[i] = value; }
    public event EventHandler? Changed;
    static Function() { Init(); }
    public Function(string a) : this(null, 1) { Title = a; }
    ~Function() { Dispose(); }
    public static implicit operator int(Function<T> f) => f.Size;
    public static Function<T> operator +(Function<T> a, Function<T> b) => a;
    [LambdaFunction(Role = "@Role")] [HttpApi(LambdaHttpMethod.Get, "/{id}")]
    public async Task<Result> Handle([FromServices] IStore store, S3Event? e, params string[] rest)
    {
        foreach (var record in e!.Records ?? new()) { if (record is null || !record.Ok && await Check(record)) continue; else break; }
        await foreach (var (k, v) in Read().WithCancellation(default)) Console.WriteLine(k + v);
        for (int i = 0, j = 1; i < 3; i++, j--) { if (i == 2) continue; }
        while (Size > 0) { Remove(); } do { x--; } while (x > 0);
        using var stream = new MemoryStream(); await using (var other = Open()) { other.Go(); }
        lock (Shared) { count++; } checked { count += 1; }
        try { Risky(); } catch (AmazonS3Exception ex) when (ex.StatusCode == HttpStatusCode.NotFound) { throw; } catch { return null!; } finally { Done(); }
        switch (kind) { case 1: case 2: Go(); break; case string { Length: > 3 } s when s != "abc": return new(s); default: throw new NotSupportedException(); }
        var text = kind switch { 1 or 2 => "low", > 5 and < 9 => "mid", { A: null, B.C: var c } => c, (1, _) => "pair", [1, .., var last] => last, Foo f => f.Name, not null => "x", _ => throw new X() };
        if (o is Foo { Ready: true } foo && foo.Go(out var found, ref count) is > 0) Use(found);
        var query = from p in people where p.Age > 18 join q in pets on p.Id equals q.Owner let n = p.Name orderby n descending select new { p.Id, N = n } into g group g by g.Id;
        int[] numbers = [1, ..rest, 2]; var grid = new[,] { { 1, 2 }, { 3, 4 } }; var more = new string[3];
        (a, var b) = (b2, a2); var (d, _) = Pair(); (int m, int n2) = t;
        Func<int, int> twice = static v => v * 2; Action<int> act = delegate(int v) { count = v; };
        var copy = job with { Attempt = job.Attempt + 1 }; cache ??= Load(); list[^1] = numbers[1..^1].Length;
        var raw = """
            {"a": "b"}
            """ + $$"""{{Name}} {x}""" + @"c:\""d""" + $@"{Name}\" + 'c' + 0x1F_FF + 1.5m + nameof(Handle);
        int Local(int v) { return v + later; } var later = (int)3.0 as object;
#if DEBUG
        Console.WriteLine("debug");
#elif TRACE
        Console.WriteLine("trace");
#else
        Console.WriteLine("release");
#endif
        #region more
        yieldless: Changed?.Invoke(this, EventArgs.Empty); Changed += (s, e2) => { count++; };
        unsafe { fixed (int* p = numbers) { *p = 1; } }
        return base.Make<int>(typeof(List<>), sizeof(int), default(T), -x, ~x, ++x, x?[0], global::System.Math.PI);
        #endregion
    }
    private IEnumerable<int> Numbers() { yield return 1; yield break; }
    public delegate void Done(int x);
    private enum Color { Red, Green = 3 }
    private readonly record struct Point(int X, int Y) { public double Length => Sqrt(X * X + Y * Y); }
}
public record Job(string Id, int Attempt = 0);
public interface IThing<in T> { Task Go(T t); int P { get; } static abstract int Q(); }
public static class Extensions { public static int Twice(this int x) => x * 2; }
)cs";

INSTANTIATE_TEST_SUITE_P(
    Source, Languages,
    testing::Values(
        Sample{.name = "CSharp",
               .lower = lower_csharp,
               .text = kCSharp,
               .around = {"class A { void F() { ", " } }"},
               .nested = {{"x = (", "1", ");"},
                          {"f(", "1", ")"},
                          {"{", "g();", "}"},
                          {"if (a) ", "g();", ""},
                          {"a[", "0", "]"},
                          {"x => ", "1", ""},
                          {"!", "a", ""},
                          {"a?.b", "", ""},
                          {"$\"{", "a", "}\""},
                          {"new A { B = ", "1", "}"},
                          {"using var x = f(); ", "g();", ""},
                          {"x switch { ", "_ => 1", "}"},
                          {"#if A\n", "g();", "\n#endif"},
                          {"while (f()) ", "g();", ""},
                          {"class B { void G() { ", "", "} }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b"}},
        Sample{
        .name = "Java",
        .lower = lower_java,
        .text = kJavaSample,
        .around = {"class A { void f() { ", " } }"},
        .nested = {{"x = (", "1", ");"},
                   {"f(", "1", ")"},
                   {"{", "g();", "}"},
                   {"if (a) ", "g();", ""},
                   {"a[", "0", "]"},
                   {"x -> ", "1", ""},
                   {"!", "a", ""},
                   {"while (f()) ", "g();", ""},
                   {"class B { void g() { ", "", "} }"}},
        .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", " < b"}},
        Sample{.name = "Kotlin",
               .lower = lower_kotlin,
               .text = kKotlin,
               .around = {"class A { fun f() { ", " } }"},
               .nested = {{"x = (", "1", ")"},
                          {"f(", "1", ")"},
                          {"f {", "g()", "}"},
                          {"if (a) ", "g()", ""},
                          {"a[", "0", "]"},
                          {"!", "a", ""},
                          {"when (a) { 1 -> ", "2", "}"},
                          {"class B { fun g() { ", "", "} }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", " ?: b"}},
                    Sample{
                        .name = "Go",
                        .lower = lower_go,
                        .text = kGo,
                        .around = {"package p\nfunc f() {\n", "\n}\n"},
                        .nested = {{"x = (", "1", ")\n"},
                                   {"f(", "1", ")"},
                                   {"{\n", "g()\n", "}\n"},
                                   {"if a {\n", "g()\n", "}\n"},
                                   {"a[", "0", "]"},
                                   {"func() {\n", "g()\n", "}()\n"},
                                   {"!", "a", ""},
                                   {"x := []T{", "1", "}\n"},
                                   {"switch {\ncase f():\n", "g()\n", "}\n"},
                                   {"defer f()\n", "g()\n", ""},
                                   {"for x := range f() {\n", "g()\n", "}\n"}},
                        .chains = {" + b", " && b", " || f()", ".b", ".b()", " * b"}},
        Sample{.name = "Rust",
               .lower = lower_rust,
               .text = kRust,
               .around = {"fn f() { ", " }"},
               .nested = {{"x = (", "1", ");"},
                          {"f(", "1", ");"},
                          {"{", "g();", "}"},
                          {"if a { ", "g();", " }"},
                          {"if let Some(x) = a { ", "g();", " }"},
                          {"match a { 1 => ", "2", ", _ => 3 }"},
                          {"a[", "0", "];"},
                          {"|x| ", "1", ";"},
                          {"!", "a", ";"},
                          {"&", "a", ";"},
                          {"async { ", "g();", " };"},
                          {"while f() { ", "g();", " }"},
                          {"loop { ", "break;", " }"},
                          {"vec![", "1", "];"},
                          {"json!({ \"a\": [", "1", "] });"},
                          {"let Some(", "x", ") = y else { return };"},
                          {"mod m { ", "", " }"},
                          {"fn g() { ", "", " }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", "?", ".await", " + \"b\"",
                          " * b", "(1)", "[0].b()"}},
        Sample{.name = "Ruby",
               .lower = lower_ruby,
               .text = kRuby,
               .around = {"def f\n", "\nend\n"},
               .nested = {{"x = (", "1", ")"},
                          {"f(", "1", ")"},
                          {"f { ", "g", " }"},
                          {"if a\n", "g", "\nend"},
                          {"a[", "0", "]"},
                          {"-> { ", "g", " }"},
                          {"!", "a", ""},
                          {"begin\n", "g", "\nrescue\nend"},
                          {"case a when 1 then ", "2", " end"},
                          {"class B; def g; ", "", "; end; end"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", "[0]"}},
                    Sample{.name = "Cpp",
                           .lower = [](std::string_view text) { return lower_cpp(text); },
                           .text = kCppSample,
                           .around = {"void f() { ", " }"}, .nested = {{"x = (", "1", ");"}, {"f(", "1", ")"}, {"{", "g();", "}"},
                                      {"if (a) ", "g();", ""}, {"a[", "0", "]"}, {"!", "a", ""},
                                      {"[] { ", "g();", " }();"}, {"*", "a", ""},
                                      {"while (f()) ", "g();", ""}, {"T x{", "1", "};"},
                                      {"namespace b { ", "int x;", "}"}, {"a ? b : ", "c", ""},
                                      {"struct B { ", "", " };"}},
                           .chains = {" + b", " && b", " || f()", ".b", ".b()", "->b()", " << b",
                                      " * b", " < b"}}),
    [](const testing::TestParamInfo<Sample>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace fnlint
