#pragma once

#include <string_view>

namespace fnlint {

// Sound files that use most of each language's syntax.

inline constexpr std::string_view kKotlin = R"kotlin(
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

inline constexpr std::string_view kGo = R"go(
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

inline constexpr std::string_view kRust = R"rust(
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

inline constexpr std::string_view kRuby = R"ruby(
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

inline constexpr std::string_view kCSharp = R"cs(
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

}  // namespace fnlint
