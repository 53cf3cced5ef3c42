// What the quick scan finds in a file of each language, and in any text.

#include "link/resolve/declarations.h"

#include "core/text.h"

#include <gtest/gtest.h>

#include <random>

namespace fnlint::test {
namespace {

// "space.name" of each, types in brackets.
std::string declared(SourceDialect dialect, std::string_view text) {
  std::string all;
  for (const Declared& one : scan_declarations(text, dialect).names) {
    const std::string name = one.space.empty() ? one.name : cat(one.space, '.', one.name);
    all += cat(all.empty() ? "" : " ", one.is_type ? cat('[', name, ']') : name);
  }
  return all;
}

constexpr std::string_view kJava = R"(
package com.acme; /* class Comment {} */
import java.util.List;
@Service(Helper.class)
public final class Shop<T> { class Inner {} String text = "class Text {"; }
// class Line {}
interface Store {} enum Color { RED { void f() {} } } record Row(String id) {} @interface Mark {}
)";
constexpr std::string_view kKotlin = R"(
package com.acme
val first = 1; private var second: Int = 2
fun handle(event: Map<String, String>) = """ fun text() """
fun <T> List<T>.last2(): T { fun inner() {}; return this[0] }
data class Row(val id: String) { companion object { val x = 1 } }
object Cache
typealias Names = List<String>
)";
constexpr std::string_view kGo = R"(
package store

var (
	table, key = "t", map[string]int{
		"a": 1,
	}
	Count int
)
const Limit = `var text = 1`
type Item struct {
	ID string
}
type (
	A int
	B string
)
func Put[T any](key string) error { var local = 1; return nil }
func (i *Item) Save() {}
)";
constexpr std::string_view kCSharp = R"(
global using Shop.Data;
#if DEBUG
namespace Shop.Orders
{
    public sealed partial class Order<T> where T : class { class Inner {} string s = @"class ""Text"; }
    namespace Deep { internal record struct Row(int Id); enum Kind { A } }
}
interface IOuter {}
)";
constexpr std::string_view kCpp = R"cpp(
#include "x.h"
#define MACRO class Macro {
namespace shop::data {
class EXPORT Store final : public Base { void inside() {} };
struct Ahead;
int put(int key);
int put(int key) { return key; }
namespace { static const char* local() { return R"(class Raw {})"; } }
}
void shop::data::Store::save(int key) const {}
int main() { return 0; }
)cpp";
constexpr std::string_view kRust = R"(
pub mod util; use x::y;
pub struct Row<'a> { id: &'a str }
pub static mut COUNT: u32 = 0; const LIMIT: usize = '"' as usize;
pub(crate) async fn put<T: Into<String>>(key: T) { fn inner() {} }
impl Row<'_> { fn method() {} }
)";
constexpr std::string_view kRuby = R"(
# class Comment
module Shop
  class Inner; end
end
class Handler < Base
  def method; end
end
LIMIT = 3
$cache = {}
def handler(event:, context:)
  $store ||= 1
  $store.ask
end
)";

TEST(Declarations, TellWhatOthersAreToComplete) {
  const auto abstract = [](SourceDialect dialect, std::string_view text) {
    std::string all;
    for (const Declared& one : scan_declarations(text, dialect).names)
      if (one.is_abstract) all += cat(all.empty() ? "" : " ", one.name);
    return all;
  };
  EXPECT_EQ(abstract(SourceDialect::Java,
                     "interface A {} public abstract class B {} class C {} final class D {}"),
            "A B");
  EXPECT_EQ(abstract(SourceDialect::Kotlin,
                     "fun interface A { fun f() }\nsealed class B\nabstract class C\nclass D"),
            "A B C");
  EXPECT_EQ(abstract(SourceDialect::CSharp, "public interface IA {} abstract class B {} class C {}"),
            "IA B");
}

TEST(Declarations, OfEveryLanguage) {
  EXPECT_EQ(declared(SourceDialect::Java, kJava),
            "[com.acme.Shop] [com.acme.Store] [com.acme.Color] [com.acme.Row] [com.acme.Mark]");
  EXPECT_EQ(declared(SourceDialect::Kotlin, kKotlin),
            "com.acme.first com.acme.second com.acme.handle com.acme.last2 [com.acme.Row] "
            "[com.acme.Cache] [com.acme.Names]");
  EXPECT_EQ(declared(SourceDialect::Go, kGo),
            "store.table store.key store.Count store.Limit [store.Item] [store.A] [store.B] "
            "store.Put");
  EXPECT_EQ(declared(SourceDialect::CSharp, kCSharp),
            "[Shop.Orders.Order] [Shop.Orders.Deep.Row] [Shop.Orders.Deep.Kind] [IOuter]");
  EXPECT_EQ(declared(SourceDialect::Cpp, kCpp),
            "[shop.data.Store] shop.data.put shop.data.local [shop.data.Store] "
            "shop.data.Store.save main");
  EXPECT_EQ(declared(SourceDialect::Rust, kRust), "[util] [Row] COUNT LIMIT put");
  EXPECT_EQ(declared(SourceDialect::Ruby, kRuby), "[Shop] [Shop.Inner] [Handler] LIMIT $cache handler $store");
}

TEST(Declarations, AProjectsUsings) {
  EXPECT_EQ(scan_declarations(kCSharp, SourceDialect::CSharp).stars,
            std::vector<std::string>{"Shop.Data"});
}

TEST(Declarations, AnyTextIsScanned) {
  const std::pair<SourceDialect, std::string_view> samples[] = {
      {SourceDialect::Java, kJava}, {SourceDialect::Kotlin, kKotlin}, {SourceDialect::Go, kGo},
      {SourceDialect::CSharp, kCSharp}, {SourceDialect::Cpp, kCpp}, {SourceDialect::Rust, kRust},
      {SourceDialect::Ruby, kRuby}};
  std::mt19937 random(7);
  for (const auto& [dialect, sample] : samples) {
    for (int round = 0; round < 300; ++round) {
      std::string text(sample);
      for (int edits = 0; edits < 6; ++edits) {
        const std::size_t at = random() % text.size();
        if (random() % 2 == 0)
          text[at] = "\"'`{}()<>:/*#@$\\\n"[random() % 17];
        else
          text.erase(at, random() % 9);
        if (text.empty()) text = "{";
      }
      scan_declarations(text, dialect);
    }
  }
}

}  // namespace
}  // namespace fnlint::test
