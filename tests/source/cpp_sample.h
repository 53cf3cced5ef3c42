// Input for tests that damage or cut C++.
#pragma once

#include <string_view>

namespace fnlint {

// A sound file that uses most of C++'s syntax.
inline constexpr std::string_view kCppSample = R"cpp(
#pragma once
#include <string>
#include "store.h"
#define BUCKET "uploads"
#define TWICE(x) f(x), f(x)
#if defined(LOCAL) && VERSION > 3
int level = 1;
#elif OTHER
int level = 2;
#else
int level = 3;
#endif
using namespace std;
using Aws::S3::S3Client;
using Items = std::vector<std::pair<int, Item>>;
typedef struct { int a; } Plain;
typedef unsigned long Number;
namespace fs = std::filesystem;
extern "C" { int getpid(); }
namespace shop::orders {
namespace { int hidden = 1; }
template <typename T, int N = 3, class... Rest> class Cache;
class Store;
enum class Color : int { Red, Green = 2 };
enum { kA, kB };
static constexpr const char* const kName = "name";
inline thread_local std::string last;
template <class T>
class Store : public Base<T>, private virtual Other {
 public:
  explicit Store(Config config, int n = 3) noexcept : Base<T>(config), client_{config}, n_(n) { open(); }
  Store() = default;
  Store(const Store&) = delete;
  virtual ~Store() { close(); }
  virtual void put(const std::string& key) const = 0;
  static Store& instance() { static Store store; return store; }
  bool operator==(const Store& other) const { return n_ == other.n_; }
  operator bool() const { return n_ > 0; }
  int operator()(int a) { return a; }
  template <class U> U get(U fallback = U()) const { return fallback; }
  struct Inner { int x = 1, y{2}; };
  inline static int count = 0;
  friend class Friend;
  using Key = std::string;
 private:
  Client client_;
  int n_ : 4;
  int* p_ = nullptr;
  std::map<std::string, std::function<void(int)>> table_;
};
template <class T> void Store<T>::put(const std::string& key) const { client_.Put(key); }
}
[[nodiscard]] static auto make(int a, const char* b = "x", ...) -> std::unique_ptr<Item> { return nullptr; }
int Store::count = 3;
int handle(const Request& request, Store* store, std::string&& name) try {
  static int calls = 0;
  static const std::string bucket = std::getenv("BUCKET");
  outer:
  for (const auto& [key, value] : table) { if (key == "a" || !value && calls > 0) continue; else if (calls) break; else { use(key); } }
  for (int i = 0, j = 1; i < 3; i++, --j) { if (i == 2) continue; calls += i << 2; }
  for (;;) { break; }
  while (auto line = next()) use(line);
  do { calls--; } while (calls > 0);
  if (auto it = find(name); it != table.end()) { return it->second; } else if constexpr (sizeof(int) > 2) { calls = ~calls; }
  switch (calls) { case 1: case 2: calls++; break; case 'x': { return 1; } default: calls = -1; }
  try { risky(); } catch (const std::exception& e) { throw std::runtime_error("bad\n\x41"); } catch (...) { throw; }
  auto lambda = [&, this, n = calls, copy = std::move(name)](auto&& a, int b = 2) mutable -> int { return a + b + n; };
  std::string text = "a" "b" R"(raw "x")" + name + 'c';
  Client client(request.config), other{request.config, 1}, *pointer = new Client();
  auto shared = std::make_shared<Client>(request.config);
  int array[3] = {1, 2}, matrix[2][2];
  Point point{.x = 1, .y = {2}};
  std::cout << "x" << calls << std::endl;
  std::stringstream ss; ss << text << 1'000u << 0x1FL << 1.5e3f << 10s;
  ss >> calls >> text;
  calls = store ? store->size() : (*store).size(), calls = 3;
  array[calls] = table["k"].at(1)->b.template c<int>(3);
  *pointer = client; &client; delete pointer; delete[] array;
  unsigned char* raw = (unsigned char*)text.data(); auto f = static_cast<float>(calls);
  LOG_INFO(TAG, "x" << name);
  bool ok = not calls and (calls or true);
  std::sort(text.begin(), text.end(), [](char a, char b) { return a < b; });
  struct Local { int a; } local; using Short = int; Short n = int(3.5) + Short{2};
#ifdef DEBUG
  use(n);
#else
  use(local);
#endif
  return {};
} catch (...) { return 0; }
std::future<int> later() { co_await work(); co_return 3; }
auto all = {1, 2, 3};
auto [first, second] = pair();
int main(int argc, char** argv) { run_handler([](auto const& request) { return handle(request, nullptr, ""); }); return 0; }
)cpp";

}  // namespace fnlint
