// Kotlin in the code form.
#include "frontends/source/kotlin/kotlin.h"

#include "tests/source/lowered.h"

namespace fnlint::kotlin_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_kotlin, source); }
bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}

TEST(Kotlin, FilesHaveFunctionsAndProperties) {
  EXPECT_EQ(lowered(R"(
package a.b
import c.D as E
private val seen = mutableListOf<String>()
fun handle(event: E): String {
    seen.add(event.id)
    return "x${event.id} $seen"
}
)"),
            R"(
import c D as E
import  mutableListOf as mutableListOf
import  String as String
module
  #0 declare handle = function handle
  #1 call mutableListOf()
  #2 declare seen = r1
function handle(event: c.D): String
  #3 call seen.add(event.id)
  #4 exit return concat("x", event.id, " ", seen)
)");
}

TEST(Kotlin, MembersAreReachedByTheirBareNames) {
  const std::string text = lowered(R"(
class H(private val store: Store) : RequestHandler<A, B> {
    private var last: String? = null
    override fun handleRequest(event: A, context: Context) {
        last = event.id
        store.save(event)
    }
    companion object { val cache = HashMap<String, String>() ; fun put(k: String) { cache[k] = k } }
}
)");
  EXPECT_TRUE(has(text, "assign this.last = event.id")) << text;
  EXPECT_TRUE(has(text, "call this.store.save(event)")) << text;
  EXPECT_TRUE(has(text, "assign H.cache[k] = k") || has(text, "assign this.cache[k] = k")) << text;
}

TEST(Kotlin, WhatABranchGivesIsAValue) {
  const std::string text = lowered(R"(
fun f(a: Int): String {
    val kind = when (a) {
        1, 2 -> "low"
        else -> g(a)
    }
    return if (kind == "low") kind else { g(1); g(2) }
}
)");
  EXPECT_TRUE(has(text, "branch (a == 1) or (a == 2)")) << text;
  EXPECT_TRUE(has(text, R"(= "low")")) << text;
  EXPECT_TRUE(has(text, "exit return $")) << text;
}

TEST(Kotlin, ALambdaOfABuilderAssignsItsMembers) {
  const std::string text = lowered(R"(
import aws.sdk.kotlin.services.s3.model.PutObjectRequest
class H(val bucket: String) {
    fun f(name: String) = client.putObject(PutObjectRequest {
        bucket = name
        this.key = "k"
    })
}
)");
  EXPECT_TRUE(has(text, "construct PutObjectRequest(function")) << text;
  EXPECT_TRUE(has(text, "assign it.bucket = name")) << text;
  EXPECT_TRUE(has(text, "assign it.key = \"k\"")) << text;
}

TEST(Kotlin, ALambdaBehindTheParenthesesIsTheLastArgument) {
  const std::string text = lowered(R"(
fun with(name: String, work: () -> Unit) = work()
fun f(name: String) {
    with(name) { save(name) }
    audit.within(name) { tell(name) }
    with("b", { save("b") })
}
)");
  EXPECT_TRUE(has(text, "call with(name, function")) << text;
  EXPECT_TRUE(has(text, "call audit.within(name, function")) << text;
  EXPECT_TRUE(has(text, "call with(\"b\", function")) << text;
}

TEST(Kotlin, AnElvisThatLeavesGuardsWhatFollows) {
  const std::string text = lowered(R"(
fun f(names: List<String?>) {
    for (name in names) {
        val known = name ?: continue
        if (!known.startsWith("a")) save(known)
    }
}
)");
  EXPECT_TRUE(has(text, "exit continue")) << text;
  EXPECT_TRUE(has(text, "call known.startsWith(\"a\")")) << text;
}

TEST(Kotlin, ObjectsKeepTheirMembersInTheClass) {
  const std::string text = lowered(R"(
object Registry {
    val map = mutableMapOf<String, Int>()
    fun put(k: String) { map[k] = 1 }
}
fun handle(k: String) = Registry.put(k)
)");
  EXPECT_TRUE(has(text, "static constant field map")) << text;
  EXPECT_TRUE(has(text, "call Registry.put(k)")) << text;
}

TEST(Kotlin, ModifiersMayBeNames) {
  const std::string text = lowered(R"(
class Accounts(private val store: Store, private val work: suspend (Int) -> Unit) {
    suspend fun suspend(id: String) = store.put(id, "off")
    suspend fun leave(id: String, now: Boolean) {
        suspend(id)
        store.open(id, open = now)
        open(id)
    }
    private fun open(id: String, then: suspend(Int) -> Unit = work) = store.put(id, "on")
}
)");
  EXPECT_FALSE(has(text, "syntax error")) << text;
  EXPECT_TRUE(has(text, "method Accounts.suspend(receiver this, id: String)")) << text;
  EXPECT_TRUE(has(text, "call this.suspend(id)")) << text;
  EXPECT_TRUE(has(text, "call this.store.open(id, open: now)")) << text;
  EXPECT_TRUE(has(text, "call this.open(id)")) << text;
}

TEST(Kotlin, BodiesOfClassesMayEndInTheirLine) {
  for (const char* source :
       {"class A { val x = make() }\n", "class A {\n  val x = make() }\n", "object Z { init { make() } }\n",
        "class C { companion object { val s = make() } }\n", "class A { class B { val x = make(\"} ${ g { 1 } } {\") } }\n",
        "interface I { val x: Int }\nval made = make()\n", "class A(\n  val b: Int\n) : B() { val c = make('}') /* } */ }\n",
        "class A { companion object { val s = make() }\n  fun f() = 1 }\n", "enum class E { A, B }\nval x = make()\n"}) {
    const CodeFacts facts = lower_kotlin(source);
    EXPECT_TRUE(facts.problems.empty()) << source;
    EXPECT_TRUE(has(lowered(source), "call make(")) << lowered(source);
  }
  EXPECT_FALSE(lower_kotlin("class A { val x = }\n").problems.empty());
}

}  // namespace
}  // namespace fnlint::kotlin_test
