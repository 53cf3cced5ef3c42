// Namespaces, variables, functions, classes, types of C++ in the code form.
#include "frontends/source/cpp/cpp.h"
#include "tests/source/lowered.h"

namespace fnlint {
namespace {

CodeFacts lower(std::string_view text) { return lower_cpp(text); }

TEST(CppDeclarations, NamespacesNameWholePaths) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
namespace shop { namespace { int hidden = 1; } int stock = 2; void put(); }
namespace shop::orders { void f() { put(); stock = hidden; g(); } }
void shop::put() { stock++; }
using namespace shop;
void h() { stock = orders::limit; }
)cpp"),
            R"text(
import shop star
import shop.orders star
import  g as g
import  orders.limit as orders.limit
module
  #0 declare shop::orders::f = function f
  #1 declare h = function h
  #2 declare shop::put = function put
  #3 declare shop::hidden = 1
  #4 declare shop::stock = 2
function f()
  #5 call shop::put()
  #6 assign shop::stock = choose(true, shop::hidden, null)
  #7 call g()
function h()
  #8 assign shop::stock = orders.limit
function put()
  #9 assign shop::stock update Add 1
)text");
}

TEST(CppDeclarations, UsingBringsNames) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
using namespace Aws;
using Aws::S3::S3Client;
using json = nlohmann::json;
namespace model = Aws::S3::Model;
void f() { S3Client client; model::PutObjectRequest request; auto j = json::parse(text); S3::Other o; }
)cpp"),
            R"text(
import Aws star
import  Aws.S3.S3Client as Aws.S3.S3Client
import  Aws.S3.Model.PutObjectRequest as Aws.S3.Model.PutObjectRequest
import  nlohmann.json.parse as nlohmann.json.parse
import  text as text
import  S3.Other as S3.Other
module
  #0 declare f = function f
function f() locals client, request, j, o
  #1 construct Aws.S3.S3Client()
  #2 declare client = r1
  #3 construct Aws.S3.Model.PutObjectRequest()
  #4 declare request = r3
  #5 call nlohmann.json.parse(text)
  #6 declare j = r5
  #7 construct S3.Other()
  #8 declare o = r7
)text");
}

TEST(CppDeclarations, GlobalsAndTheirFlags) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
static std::map<std::string, int> cache;
const char* name = "x";
const char* const kName = "y";
constexpr int kLimit = 3;
thread_local int calls;
extern int elsewhere;
static Aws::S3::S3Client client;
std::vector<int> primes = {2, 3};
std::unordered_map<std::string, int> codes{{"a", 1}, {kName, 2}};
int table[3];
)cpp"),
            R"text(
import  std.string as std.string
import  std.map as std.map
import  Aws.S3.S3Client as Aws.S3.S3Client
import  std.vector as std.vector
import  std.unordered_map as std.unordered_map
module
  #0 declare cache = {}
  #1 declare name = "x"
  #2 declare kName = "y"
  #3 declare kLimit = 3
  #4 declare calls = 0
  #5 construct Aws.S3.S3Client()
  #6 declare client = r5
  #7 declare primes = [2, 3]
  #8 declare codes = {a: 1, [kName]: 2}
  #9 declare table = []
)text");
}

TEST(CppDeclarations, StaticsInFunctions) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
int next(int start) {
  static int count = 0;
  static std::string last;
  static const auto bucket = std::getenv("BUCKET");
  static Client client(start);
  return ++count;
}
)cpp"),
            R"text(
import  std.getenv as std.getenv
import  std.string as std.string
import  Client as Client
module
  #0 declare next = function next
  #1 declare count = 0
  #2 declare last = ""
  #3 call std.getenv("BUCKET")
  #4 declare bucket = r3
function next(start: int)
  #5 branch client == null else #8
    #6 construct Client(start)
    #7 assign client = r6
  #8 assign count update Add 1
  #9 exit return count
)text");
}

TEST(CppDeclarations, Classes) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
class Store : public Base {
 public:
  Store(const Config& config) : Base(config), client_(config), name_{"n"} { open(); }
  void put(const std::string& key) { client_.Put(name_, key); ++count; }
  static Store& instance() { static Store store(Config{}); return store; }
  int size() const;
  static int count;
 private:
  void open() {}
  Client client_;
  std::string name_;
  std::vector<int> items_;
  int size_ = 0;
  Client* other_ = nullptr;
};
int Store::count = 0;
int Store::size() const { return size_; }
)cpp"),
            R"text(
import  Client as Client
import  std.string as std.string
import  std.vector as std.vector
import  Base as Base
import  Config as Config
class Store(Base) methods Store.Store, Store.put, Store.instance, Store.size, Store.open
  static field count: int
  field client_: Client
  field name_: std.string
  field items_: std.vector[int]
  field size_: int
  field other_: Client
module
  #0 define Store
  #1 declare Store = r0
  #2 assign Store.count = 0
  #3 construct Config()
  #4 construct Store(r3)
  #5 declare store = r4
constructor Store.Store(receiver this, config: Config)
  #6 call this.<super>(config)
  #7 construct Client(config)
  #8 assign this.client_ = r7
  #9 assign this.name_ = "n"
  #10 call this.open()
method Store.put(receiver this, key: std.string)
  #11 call this.client_.Put(this.name_, key)
  #12 assign Store.count update Add 1
static method Store.instance()
  #13 exit return store
method Store.size(receiver this)
  #14 exit return this.size_
method Store.open(receiver this)
class init Store.class(receiver this)
  #15 assign this.put = function Store.put
  #16 assign this.instance = function Store.instance
  #17 assign this.size = function Store.size
  #18 assign this.open = function Store.open
instance init Store.instance~7(receiver this)
  #19 assign this.items_ = []
  #20 assign this.size_ = 0
  #21 assign this.other_ = null
)text");
}

TEST(CppDeclarations, MethodsOfAClassInAHeader) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
#include "store.h"
namespace shop {
Store::Store(Config config) : client_(config) {}
void Store::put(const std::string& key) {
  client_.Put(key);
  items.push_back(key);
  helper(key);
  ++count_;
}
std::map<std::string, int> Store::cache;
}
)cpp"),
            R"text(
import store.h effect-only
import shop star
import  std.string as std.string
import  std.map as std.map
import  shop.Store as shop.Store
import  Config as Config
import  helper as helper
class Store(shop.Store) methods Store.Store, Store.put
  static field cache: std.map[std.string, int]
module
  #0 define Store
  #1 declare shop::Store = r0
constructor Store.Store(receiver this, config: Config)
  #2 assign this.client_ = config
method Store.put(receiver this, key: std.string)
  #3 call this.client_.Put(key)
  #4 call this.items.push_back(key)
  #5 call helper(key)
  #6 assign this.count_ update Add 1
class init Store.class(receiver this)
  #7 assign this.put = function Store.put
  #8 assign this.cache = {}
)text");
}

TEST(CppDeclarations, Overloads) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
void put(int a) { }
void put(int a, int b) { }
void f() { put(1); put(1, 2); }
)cpp"),
            R"text(
module
  #0 declare put = function put
  #1 declare put/2 = function put~2
  #2 declare f = function f
function put(a: int)
function put~2(a: int, b: int)
function f()
  #3 call put(1)
  #4 call put/2(1, 2)
)text");
}

TEST(CppDeclarations, EnumsMacrosCasts) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
#define BUCKET "uploads"
#define LIMIT 3
#define TWICE(x) f(x)
enum class Color { Red, Green = 5 };
enum { kA, kB };
void f(int x) { use(BUCKET, LIMIT, Color::Green, kB, TWICE(x), static_cast<int>(x), (long)x, int(x), R"(a"b)", 'c', 1'000u, 0x1F, "s"s); }
)cpp"),
            R"text(
import  use as use
import  TWICE as TWICE
module
  #0 declare f = function f
  #1 declare Color = {Red: 0, Green: 5}
  #2 declare kA = 0
  #3 declare kB = 1
function f(x: int)
  #4 call TWICE(x)
  #5 call use("uploads", 3, Color.Green, kB, r4, x, x, x, "a\"b", "c", 1000, 0x1F, "s")
)text");
}

TEST(CppDeclarations, Types) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
std::shared_ptr<Aws::S3::S3Client> client;
std::map<std::string, Item> items;
template <class T> T f(T value, std::function<int(T)> g, std::vector<Item> list) { list.push_back(value); return g(value); }
using Items = std::vector<Item>;
Items all;
)cpp"),
            R"text(
import  Aws.S3.S3Client as Aws.S3.S3Client
import  std.string as std.string
import  Item as Item
import  std.map as std.map
import  std.vector as std.vector
import  std.function as std.function
module
  #0 declare f = function f
  #1 declare client = null
  #2 declare items = {}
  #3 declare all = []
function f(value, g: std.function[int], list: std.vector[Item])
  #4 assign list = choose(true, list, null)
  #5 call list.push_back(value)
  #6 call g(value)
  #7 exit return r6
)text");
}

TEST(CppDeclarations, Templates) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
template <typename T> class Cache { std::map<std::string, T> entries_; public: void put(const std::string& k, T v) { entries_[k] = v; } template <class U> U get() { return U(); } };
Cache<int> cache;
void f() { cache.put("a", 1); cache.template get<int>(); std::get<0>(x); }
)cpp"),
            R"text(
import  std.string as std.string
import  std.map as std.map
import  std.get as std.get
import  x as x
class Cache methods Cache.put, Cache.get
  field entries_: std.map[std.string]
module
  #0 declare f = function f
  #1 define Cache
  #2 declare Cache = r1
  #3 construct Cache()
  #4 declare cache = r3
function f()
  #5 call cache.put("a", 1)
  #6 call cache.get()
  #7 call std.get(x)
method Cache.put(receiver this, k: std.string, v)
  #8 assign this.entries_[k] = choose(true, v, null)
method Cache.get(receiver this)
  #9 call unknown(a template's parameter)()
  #10 exit return r9
class init Cache.class(receiver this)
  #11 assign this.put = function Cache.put
  #12 assign this.get = function Cache.get
instance init Cache.instance(receiver this)
  #13 assign this.entries_ = {}
)text");
}

TEST(CppDeclarations, Suppressions) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
// fnlint: ignore[state-mutable-global] on purpose
int count = 0;
)cpp"),
            R"text(
module
  #0 declare count = 0
ignore next state-mutable-global
)text");
}

}  // namespace
}  // namespace fnlint
