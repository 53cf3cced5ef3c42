// Statements and expressions of C++ in the code form.
#include "frontends/source/cpp/cpp.h"
#include "tests/source/lowered.h"

namespace fnlint::cpp_code_test {
namespace {

CodeFacts lower(std::string_view text) { return lower_cpp(text); }

TEST(CppCode, ObjectsAreConstructed) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
void f(Config config) {
  Client a;
  Client b(config);
  Client c{config, 1};
  Client d = Client(config);
  auto e = std::make_unique<Client>(config);
  auto g = Aws::MakeShared<Client>("tag", config);
  auto* h = new Client(config);
  Point p{.x = 1, .y = 2};
  std::string s("a"), t, u = "b" "c";
  std::vector<std::string> v(10);
  int n(3);
  Client* none;
  Client not_called();
}
)cpp"),
            R"text(
import  Config as Config
import  Client as Client
import  Point as Point
import  std.string as std.string
import  std.vector as std.vector
module
  #0 declare f = function f
function f(config: Config) locals a, b, c, d, e, g, h, p, s, t, u, v, n, none
  #1 construct Client()
  #2 declare a = r1
  #3 construct Client(config)
  #4 declare b = r3
  #5 construct Client(config, 1)
  #6 declare c = r5
  #7 call Client(config)
  #8 declare d = r7
  #9 construct Client(config)
  #10 declare e = r9
  #11 construct Client(config)
  #12 declare g = r11
  #13 construct Client(config)
  #14 declare h = r13
  #15 construct Point(x: 1, y: 2)
  #16 declare p = r15
  #17 declare s = "a"
  #18 declare t = ""
  #19 declare u = "bc"
  #20 declare v = []
  #21 declare n = 3
)text");
}

TEST(CppCode, PointersAreTransparent) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
void f(Client* client, std::unique_ptr<Client> own, int& out, const std::string& in) {
  client->Get(&in);
  (*own).Put(*client);
  out = 1;
  *client = other;
  auto& same = client->items;
  same.push_back(1);
  auto copy = client->items;
}
)cpp"),
            R"text(
import  Client as Client
import  std.string as std.string
import  other as other
module
  #0 declare f = function f
function f(client: Client, own: Client, out: int, in: std.string) locals same, copy
  #1 call client.Get(in)
  #2 call own.Put(client)
  #3 assign out."*" = 1
  #4 assign client."*" = other
  #5 declare same = client.items
  #6 call same.push_back(1)
  #7 declare copy = choose(true, client.items, null)
)text");
}

TEST(CppCode, Streams) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
std::string f(int id, const std::string& name) {
  std::stringstream ss;
  ss << "in/" << id << std::endl;
  std::cout << name << id;
  LOG(INFO, "a" << name << id);
  int bits = 1 << 3;
  int more = id << 2;
  std::string word;
  ss >> word;
  return ss.str();
}
)cpp"),
            R"text(
import  std.string as std.string
import  std.stringstream as std.stringstream
import  std.cout as std.cout
import  LOG as LOG
import  INFO as INFO
module
  #0 declare f = function f
function f(id: int, name: std.string) locals ss, bits, more, word
  #1 declare ss = ""
  #2 assign ss update Add concat("in/", id, "\n")
  #3 implicit std.cout."operator<<"(name)
  #4 implicit r3."operator<<"(id)
  #5 call LOG(INFO, concat("a", name, id))
  #6 declare bits = 1 << 3
  #7 declare more = id << 2
  #8 declare word = ""
  #9 implicit ss."operator>>"()
  #10 assign word = r9
  #11 call ss.str()
  #12 exit return r11
)text");
}

TEST(CppCode, Control) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
int f(const std::vector<Item>& items) {
  for (const auto& item : items) {
    if (item.key.find("out/") == 0) continue;
    copy(item.key);
  }
  for (auto& [key, value] : table) use(key, value);
  for (int i = 0; i < 3; ++i) { if (i == 1) continue; g(i); }
  if (auto it = find(items); it) use(it); else if (items.empty()) { } else { h(); }
  switch (items.size()) { case 0: case 1: g(0); break; case 2: h(); default: g(2); }
  do { g(1); } while (next());
  try { risky(); } catch (const std::exception& e) { log(e.what()); } catch (...) { throw; }
#ifdef LOCAL
  g(3);
#else
  g(4);
#endif
  return ok ? a() : b();
}
)cpp"),
            R"text(
import  Item as Item
import  std.vector as std.vector
import  copy as copy
import  table as table
import  use as use
import  g as g
import  find as find
import  h as h
import  next as next
import  risky as risky
import  std.exception as std.exception
import  log as log
import  ok as ok
import  a as a
import  b as b
module
  #0 declare f = function f
function f(items: std.vector[Item]) locals item, key, value, i, it, e
  #1 loop each item in items end #6
    #2 call item.key.find("out/")
    #3 branch r2 == 0 else #5
      #4 exit continue -> #1
    #5 call copy(item.key)
  #6 implicit table.<entries>()
  #7 loop each $7 in r6 end #11
    #8 declare key = $7[0]
    #9 declare value = $7[1]
    #10 call use(key, value)
  #11 declare i = 0
  #12 loop forever end #20
    #13 branch i < 3 else #14 end #15
    else
      #14 exit break -> #12
    #15 block end #19
      #16 branch i == 1 else #18
        #17 exit break -> #15
      #18 call g(i)
    #19 assign i update Add 1
  #20 call find(items)
  #21 declare it = r20
  #22 branch it else #24 end #27
    #23 call use(it)
  else
    #24 call items.empty()
    #25 branch r24 else #26 end #27
    else
      #26 call h()
  #27 call items.size()
  #28 assign $16 = r27
  #29 block end #39
    #30 branch ($16 == 0) or ($16 == 1) else #34
      #31 call g(0)
      #32 exit break -> #29
      #33 exit break -> #29
    #34 declare $17 = false
    #35 branch $16 == 2 else #38
      #36 assign $17 = true
      #37 call h()
    #38 call g(2)
  #39 loop forever end #44
    #40 call g(1)
    #41 call next()
    #42 branch r41 else #43 end #44
    else
      #43 exit break -> #39
  #44 try end #49
    #45 call risky()
  catch std.exception as e
    #46 call e.what()
    #47 call log(r46)
  catch
    #48 exit raise
  #49 branch unknown(#ifdef LOCAL) else #51 end #52
    #50 call g(3)
  else
    #51 call g(4)
  #52 branch ok else #55 end #57
    #53 call a()
    #54 assign $23 = r53
  else
    #55 call b()
    #56 assign $23 = r55
  #57 exit return $23
)text");
}

TEST(CppCode, Lambdas) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
int main() {
  Client client;
  int n = 0;
  auto handler = [&client, n, total = count(n)](const Request& request) mutable -> Response { ++n; return handle(request, client, total); };
  run_handler(handler);
  run_handler([&](auto&& r) { return r; });
}
)cpp"),
            R"text(
import  Client as Client
import  count as count
import  run_handler as run_handler
import  Request as Request
import  handle as handle
module
  #0 declare main = function main
  #1 implicit main()
function main() locals client, n, total, handler
  #2 construct Client()
  #3 declare client = r2
  #4 declare n = 0
  #5 call count(n)
  #6 declare total = r5
  #7 declare handler = function L2
  #8 call run_handler(handler)
  #9 call run_handler(function L3)
function L2(request: Request) arrow in main
  #10 assign n@main update Add 1
  #11 call handle(request, client@main, total@main)
  #12 exit return r11
function L3(r) arrow in main
  #13 exit return r
)text");
}

TEST(CppCode, OutArguments) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
void fill(const std::string& in, std::string& out) { out = in; }
void f(const Request& request) {
  std::string body, line;
  fill(request.payload, body);
  std::getline(request.stream, line);
  int n;
  scanf("%d", &n);
  use(body, line, n);
}
)cpp"),
            R"text(
import  std.string as std.string
import  Request as Request
import  std.getline as std.getline
import  scanf as scanf
import  use as use
module
  #0 declare fill = function fill
  #1 declare f = function f
function fill(in: std.string, out: std.string)
  #2 assign out."*" = choose(true, in, null)
function f(request: Request) locals body, line, n
  #3 declare body = ""
  #4 declare line = ""
  #5 call fill(request.payload, body)
  #6 implicit unknown(what a call leaves here)(request.payload)
  #7 assign body = r6
  #8 call std.getline(request.stream, line)
  #9 implicit unknown(what a call leaves here)(request.stream)
  #10 assign line = r9
  #11 call scanf("%d", n)
  #12 assign n = unknown(what a call leaves here)
  #13 call use(body, line, n)
)text");
}

TEST(CppCode, TextsAreValues) {
  EXPECT_EQ(lowered_by(lower, R"cpp(
std::string last;
void f(const Request& request, std::string& out) {
  std::string key("in/");
  key.append(request.name);
  key += ".json";
  key.replace(0, 3, "out/");
  last.assign(request.payload);
  out.append("x");
  last.clear();
  if (last.empty()) use(key.size());
}
)cpp"),
            R"text(
import  std.string as std.string
import  Request as Request
import  use as use
module
  #0 declare f = function f
  #1 declare last = ""
function f(request: Request, out: std.string) locals key
  #2 declare key = "in/"
  #3 assign key update Add request.name
  #4 assign key update Add ".json"
  #5 implicit unknown(a text that is changed in place)(key, 0, 3, "out/")
  #6 assign key = r5
  #7 assign last = request.payload
  #8 assign out."*" update Add "x"
  #9 assign last = ""
  #10 call last.empty()
  #11 branch r10 else #14
    #12 call key.size()
    #13 call use(r12)
)text");
}

}  // namespace
}  // namespace fnlint::cpp_code_test
