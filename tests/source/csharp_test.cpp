// C# in the code form.
#include "frontends/source/csharp/csharp.h"

#include "core/text.h"
#include "tests/source/lowered.h"

namespace fnlint::csharp_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_csharp, source); }
bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}
// Statements inside a method of a class.
std::string in_method(std::string_view statements) {
  return lowered("class H { void M(int a, string b) { " + std::string(statements) + " } }\n");
}

TEST(CSharp, UsingsAreStarsAliasesAndClasses) {
  const std::string text = lowered(R"(
using Amazon.S3;
global using Shop.Common;
using static System.Math;
using J = System.Text.Json.JsonSerializer;
namespace Shop.Orders;
class H { object F() => J.Serialize(Abs(new AmazonS3Client())); }
)");
  EXPECT_TRUE(has(text, "import Amazon.S3 star\n"));
  EXPECT_TRUE(has(text, "import Shop.Common star re-export\n"));
  EXPECT_TRUE(has(text, "import System.Text.Json JsonSerializer as J\n"));
  EXPECT_TRUE(has(text, "import  AmazonS3Client as AmazonS3Client\n"));
  EXPECT_TRUE(has(text, "construct AmazonS3Client()"));
  EXPECT_TRUE(has(text, "import System.Math star\n"));
  EXPECT_TRUE(has(text, "import  Abs as Abs\n")) << "a member of what is used statically";
}

TEST(CSharp, ThePackageIsTheNamespaceOfTheFirstType) {
  const CodeFacts file = lower_csharp("namespace A.B;\nclass C {}\n");
  EXPECT_EQ(file.string(file.package), "A.B");
  const CodeFacts nested = lower_csharp("namespace A { namespace B.C { class D {} } }\n");
  EXPECT_EQ(nested.string(nested.package), "A.B.C");
}

TEST(CSharp, BareNamesAreMembersOfTheObjectOrTheClass) {
  const std::string text = lowered(R"(
class H {
  static int total = 1;
  int mine = 2;
  void F(int given) { total = given; mine++; Helper(mine); G(() => mine); }
  void Helper(int mine) { total = mine; }
}
)");
  EXPECT_TRUE(has(text, R"(
method H.F(receiver this, given: System.Int32)
  #2 assign H.total = given
  #3 assign this.mine update Add 1
  #4 call this.Helper(this.mine)
  #5 call this.G(function H.L)")) << text;
  EXPECT_TRUE(has(text, "assign H.total = mine"));
}

TEST(CSharp, WhatABaseClassMayHaveIsAMember) {
  const std::string text = lowered(R"(
class H : Base {
  async Task F() { await _client.PutAsync(Bucket); Log("x"); Other.Go(); }
}
)");
  EXPECT_TRUE(has(text, "class H(Base)"));
  EXPECT_TRUE(has(text, "call this._client.PutAsync(this.Bucket)")) << text;
  EXPECT_TRUE(has(text, "call this.Log(\"x\")"));
  EXPECT_TRUE(has(text, "call Other.Go()"));
}

TEST(CSharp, WhatABaseClassOfTheFileHasIsAMemberWhereATypeCouldStand) {
  const std::string text = lowered(R"(
class Base<T> { protected List<T> Seen { get; } = new(); }
class H : Base<int> { void F() { Seen.Add(1); Console.WriteLine(); } }
)");
  EXPECT_TRUE(has(text, "call this.Seen.Add(1)")) << text;
  EXPECT_TRUE(has(text, "call Console.WriteLine()"));
}

TEST(CSharp, ObjectInitialisersAreNamedArguments) {
  const std::string text = in_method(
      "var r = new PutObjectRequest(b) { BucketName = b, Tags = { \"x\" }, M = { [\"k\"] = a } };");
  EXPECT_TRUE(
      has(text, "construct PutObjectRequest(b, BucketName: b, Tags: [\"x\"], M: {k: a})"))
      << text;
}

TEST(CSharp, CollectionInitialisersAreOneArgument) {
  const std::string text = in_method(
      "var l = new List<int> { 1, a }; var d = new Dictionary<string, int>(x) { [\"k\"] = a };"
      "var e = new Dictionary<string, int> { { b, a } }; int[] f = { 1 }; int[] g = [1, ..f];");
  EXPECT_TRUE(has(text, "construct List([1, a])")) << text;
  EXPECT_TRUE(has(text, "construct Dictionary({k: a})"));
  EXPECT_TRUE(has(text, "construct Dictionary({[b]: a})"));
  EXPECT_TRUE(has(text, "declare f = [1]"));
  EXPECT_TRUE(has(text, "declare g = [1, ...f]"));
}

TEST(CSharp, NewTakesItsTypeFromWhereItStands) {
  const std::string text = lowered(R"(
class H {
  static readonly Client C = new();
  Dictionary<string, Value> map = new() { ["k"] = new() { S = "x" } };
  List<Value> All { get; set; } = [new() { N = 1 }];
  Answer Make() { C = new(1); return new() { Body = "x" }; }
  async Task<Answer> MakeLater() => ok ? new(2) : null;
  void Give() { Take(new() { A = 1 }); }
}
)");
  EXPECT_TRUE(has(text, "construct Client()")) << text;
  EXPECT_TRUE(has(text, "construct Value(S: \"x\")"));
  EXPECT_TRUE(has(text, "construct Dictionary({k: r"));
  EXPECT_TRUE(has(text, "construct Value(N: 1)"));
  EXPECT_TRUE(has(text, "construct Client(1)"));
  EXPECT_TRUE(has(text, "construct Answer(Body: \"x\")"));
  EXPECT_TRUE(has(text, "construct Answer(2)"));
  EXPECT_TRUE(has(text, "call this.Take({A: 1})"));
}

TEST(CSharp, PrimaryConstructorsStoreTheirParameters) {
  const std::string text = lowered(R"(
class H(IStore store, int n = 3) : Base(store) {
  private readonly Foo _foo = new(store);
  void F() { store.Put(n); }
}
record Job(string Id, int Attempt);
)");
  EXPECT_TRUE(has(text, R"(
constructor H.H(receiver this, store: IStore, n: System.Int32 = 3)
  #4 assign this.store = store
  #5 assign this.n = n
  #6 construct Foo(store)
  #7 assign this._foo = r6
  #8 call this.<super>(store)
)")) << text;
  EXPECT_TRUE(has(text, "call this.store.Put(this.n)"));
  EXPECT_TRUE(has(text, "assign this.Attempt = Attempt"));
}

TEST(CSharp, ConstructorsCallOthersFirst) {
  const std::string text =
      lowered("class H : B { H() : this(new Foo()) { x(); } H(Foo f) : base(f) {} }\n");
  EXPECT_TRUE(has(text, "call this.<this>(r")) << text;
  EXPECT_TRUE(has(text, "call this.<super>(f)"));
}

TEST(CSharp, PropertiesAreFieldsOrAccessors) {
  const std::string text = lowered(R"(
class H {
  public string Name { get; set; } = "x";
  public static string? Email { get; set; }
  public int Size => Name.Length;
  private static Foo? _foo;
  static Foo Shared { get { return _foo ??= new Foo(); } set => _foo = value; }
}
)");
  EXPECT_TRUE(has(text, "  field Name: System.String"));
  EXPECT_TRUE(has(text, "  static field Email: System.String"));
  EXPECT_TRUE(has(text, "accessor H.Size(receiver this)"));
  EXPECT_TRUE(has(text, R"(
accessor H.Shared(receiver this)
  #3 branch H._foo == null else #6
    #4 construct Foo()
    #5 assign H._foo = r4
  #6 exit return H._foo
)")) << text;
  EXPECT_TRUE(has(text, "method H.<set Shared>(receiver this, value)"));
}

TEST(CSharp, PropertiesMayHaveTheNameOfTheirType) {
  const std::string text = lowered(R"(
class H {
  public Person Person { get; set; } = new();
  object M() { Person = new(); return Person.Create(Person.Name); }
}
class Person {
  public string Name { get; set; }
  public static Person Create(string n) => new();
}
)");
  EXPECT_TRUE(has(text, "construct Person()"));
  EXPECT_TRUE(has(text, "call Person.Create(this.Person.Name)")) << text;
}

TEST(CSharp, TopLevelStatementsRunInTheModule) {
  const std::string text = lowered(R"(
using Amazon.Lambda.RuntimeSupport;
var s3 = new AmazonS3Client();
await LambdaBootstrapBuilder.Create(Handle, new S()).Build().RunAsync();
async Task Handle(S3Event e) { await s3.PutObjectAsync(e); }
)");
  EXPECT_TRUE(has(text, R"(
module
  #0 declare Handle = function Handle
  #1 construct AmazonS3Client()
  #2 declare s3 = r1
  #3 construct S()
  #4 call LambdaBootstrapBuilder.Create(Handle, r3)
  #5 call r4.Build()
  #6 call r5.RunAsync()
  #7 await r6
)")) << text;
  EXPECT_TRUE(has(text, "call s3.PutObjectAsync(e)"));
}

TEST(CSharp, MainIsCalledWhenTheModuleStarts) {
  const std::string text = lowered("class P { static async Task Main(string[] a) { Go(a); } }\n");
  EXPECT_TRUE(has(text, "implicit P.Main([])")) << text;
}

TEST(CSharp, LocalFunctionsAreKnownBeforeTheyStand) {
  const std::string text = in_method("return Twice(a); int Twice(int x) => x * later; ");
  EXPECT_TRUE(has(text, "declare Twice = function H.Twice")) << text;
  EXPECT_TRUE(has(text, "call Twice(a)"));
}

TEST(CSharp, UsingGuardsWhatFollows) {
  EXPECT_TRUE(has(in_method("using var s = Open(); s.Read(); s.Close();"), R"(
  #2 call this.Open()
  #3 declare s = r2
  #4 try end #8
    #5 call s.Read()
    #6 call s.Close()
  finally
    #7 implicit s.Dispose()
)"));
  EXPECT_TRUE(has(in_method("await using (var s = Open()) s.Read();"), "s.DisposeAsync()"));
}

TEST(CSharp, LoopsTakeElementsApart) {
  EXPECT_TRUE(has(in_method("foreach (var (k, v) in Map()) Use(k, v);"), R"(
  #3 loop each $5 in r2 end #7
    #4 declare k = $5[0]
    #5 declare v = $5[1]
    #6 call this.Use(k, v)
)")) << in_method("foreach (var (k, v) in Map()) Use(k, v);");
  EXPECT_TRUE(has(in_method("await foreach (var x in Read()) { }"), "awaits_each"));
}

TEST(CSharp, SwitchesBecomeBranches) {
  const std::string text = in_method(
      "switch (a) { default: Stop(); break; case 1: case 2: Go(); break;"
      " case string s when s.Length > 1: return; }");
  EXPECT_TRUE(has(text, R"(
  #2 assign $5 = a
  #3 block end #14
    #4 branch ($5 == 1) or ($5 == 2) else #8
      #5 call this.Go()
      #6 exit break -> #3
      #7 exit break -> #3
    #8 declare s = $5
    #9 branch ($5 is System.String) and (1 < s.Length) else #12
      #10 exit return
      #11 exit break -> #3
    #12 call this.Stop()
    #13 exit break -> #3
)")) << text;
}

TEST(CSharp, PatternsAreTests) {
  EXPECT_TRUE(has(in_method("if (b is { Length: > 3 and < 9 } or null) Go();"),
                  "branch ((b != null) and ((3 < b.Length) and (b.Length < 9))) or (b == null)"))
      << in_method("if (b is { Length: > 3 and < 9 } or null) Go();");
  EXPECT_TRUE(has(in_method("if (b is not Foo foo) return; foo.Go();"), "branch not (b is Foo)"))
      << in_method("if (b is not Foo foo) return; foo.Go();");
  EXPECT_TRUE(has(in_method("if (b is not Foo foo) return; foo.Go();"), "call foo.Go()"));
  const std::string text =
      in_method("var t = a switch { 1 => \"x\", > 5 => Make(), _ => throw new E() };");
  EXPECT_TRUE(has(text, "branch $5 == 1")) << text;
  EXPECT_TRUE(has(text, "exit raise"));
}

TEST(CSharp, OperatorsBehindPatternsAreNoPartOfThem) {
  for (const auto& [written, branch] : std::initializer_list<std::pair<const char*, const char*>>{
           {"b is not null && a == 1", "(not (b == null)) and (a == 1)"},
           {"b is \"x\" && a == 1", "(b == \"x\") and (a == 1)"},
           {"a is > 3 and < 9 && b == null", "((3 < a) and (a < 9)) and (b == null)"},
           {"b is \"x\" or not \"y\" && a > 1", "((b == \"x\") or (not (b == \"y\"))) and (1 < a)"},
           {"a == 1 || b is not null && a == 2 || a == 3",
            "((a == 1) or ((not (b == null)) and (a == 2))) or (a == 3)"},
           {"a == 1 && b is not null || a == 3", "((a == 1) and (not (b == null))) or (a == 3)"},
           {"b is not null && (b is not \"x\" && a == 1)", "(not (b == null)) and ((not (b == \"x\")) and (a == 1))"},
           {"b is not null == (a == 1)", "(not (b == null)) == (a == 1)"}}) {
    const std::string text = in_method(cat("if (", written, ") Go();"));
    EXPECT_TRUE(has(text, cat("branch ", branch))) << text;
  }
  const std::string called = in_method("if (b is not null && Put(b) is not \"no\" && Get(b)) Go();");
  EXPECT_TRUE(has(called, "call this.Put(b)") && has(called, "call this.Get(b)")) << called;
}

TEST(CSharp, NotBindsBeforeAndAndOr) {
  const std::string either = in_method("if (b is not \"x\" or { Length: 3 }) Go();");
  EXPECT_TRUE(has(either, "branch (not (b == \"x\")) or ((b != null) and (b.Length == 3))")) << either;
  const std::string both = in_method("if (b is not \"x\" and not \"y\" and not \"z\") Go();");
  EXPECT_TRUE(has(both, "branch (not (b == \"x\")) and ((not (b == \"y\")) and (not (b == \"z\")))")) << both;
  const std::string arm = in_method("var t = b switch { not null and not \"\" when Put(b) => 1, _ => 2 };");
  EXPECT_TRUE(has(arm, "call this.Put(b)")) << arm;
}

TEST(CSharp, TextsArePutTogether) {
  EXPECT_TRUE(has(in_method("var s = $\"{a:N2}/{{x}}\\n\" + b;"), R"(concat(a, "/{x}\n", b))"));
  EXPECT_TRUE(has(in_method("var s = @\"a\"\"b\\\" + $@\"{b}\\\";"), R"(concat("a\"b\\", b, "\\"))"))
      << in_method("var s = @\"a\"\"b\\\" + $@\"{b}\\\";");
  EXPECT_TRUE(has(in_method("var s = \"\"\"\n   a\n     b\n   \"\"\";"), R"(declare s = "a\n  b")"));
  EXPECT_TRUE(has(in_method("var s = $$\"\"\"{{b}}{x}\"\"\";"), R"(concat(b, "{x}"))"));
  EXPECT_TRUE(has(in_method("var s = nameof(H.M);"), "declare s = \"M\""));
}

TEST(CSharp, OutArgumentsAreAssigned) {
  const std::string text =
      in_method("if (map.TryGetValue(b, out var v)) Use(v); Split(b, out int n, out _);");
  EXPECT_TRUE(has(text, "call map.TryGetValue(b, v)"));
  EXPECT_TRUE(has(text, "assign v = r")) << text;
  EXPECT_TRUE(has(text, "assign n = unknown(out argument)"));
  const std::string own = in_method("if (!TrySplit(b, out var head)) return; Use(head);");
  EXPECT_TRUE(has(own, "assign head = unknown(out argument)")) << own;
}

TEST(CSharp, FiltersOfCatchesRethrow) {
  EXPECT_TRUE(has(in_method("try { Go(); } catch (E e) when (e.Code == 4) { Stop(); }"), R"(
    catch E as e
      #4 branch e.Code == 4 else #5 end #6
      else
        #5 exit raise
      #6 call this.Stop()
)") || has(in_method("try { Go(); } catch (E e) when (e.Code == 4) { Stop(); }"), "exit raise"));
}

TEST(CSharp, QueriesAreLoops) {
  const std::string text = in_method(
      "var q = from p in Read() where p.Age > a let n = p.Name select new { p.Id, N = n };");
  EXPECT_TRUE(has(text, "assign $")) << text;
  EXPECT_TRUE(has(text, "branch a < p.Age"));
  EXPECT_TRUE(has(text, "update Add [{Id: p.Id, N: n}]"));
}

TEST(CSharp, BuildSymbolsAreNotKnown) {
  const std::string text = in_method("\n#if DEBUG\nA();\n#else\nB();\n#endif\n");
  EXPECT_TRUE(has(text, "branch unknown(a symbol of the build)")) << text;
  EXPECT_TRUE(has(text, "call this.A()"));
  EXPECT_TRUE(has(text, "call this.B()"));
}

TEST(CSharp, AttributesAnnotate) {
  const std::string text = lowered("class H { [Idempotent(\"k\")] void M(int a) { } }\n");
  EXPECT_TRUE(has(text, "annotate Idempotent(function H.M")) << text;
}

TEST(CSharp, TypesOfTheFileAreSeenBeforeTheyStand) {
  const std::string text = lowered(R"(
class H { Later l = new(); void M() { Later.Go(); } }
class Later { public static void Go() {} }
)");
  EXPECT_FALSE(has(text, "import  Later")) << text;
}

TEST(CSharp, DirectivesOfProgramsInOneFileAreComments) {
  const std::string text =
      lowered("#:package Amazon.Lambda.Core@2.8.0\n#:property X=1\nusing A;\nGo();\n");
  EXPECT_TRUE(has(text, "call Go()")) << text;
  EXPECT_FALSE(has(text, "problem"));
}

TEST(CSharp, WhatDependenciesGiveHasTheTypeThatIsAskedFor) {
  EXPECT_EQ(in_method("var s = provider.GetService<Store>(); s.Go();")
                .find("problem"), std::string::npos);
  const CodeFacts facts = lower_csharp(
      "class H { void M() { var s = (await Get().GetService<Store>())!; s.Go(); } }\n");
  bool found = false;
  for (const Variable& row : facts.variables)
    if (facts.string(row.name) == "s" && row.type.exists())
      found = facts.string(facts.types[row.type.index].path) == "Store";
  EXPECT_TRUE(found);
}

TEST(CSharp, ABrokenMemberLeavesTheOthers) {
  const std::string text = lowered(R"(
class H {
  void Sound() { Go(); }
  void Broken( { x = ; }
  void After() { Stop(); }
}
)");
  EXPECT_TRUE(has(text, "call this.Go()")) << text;
  EXPECT_TRUE(has(text, "Stop()"));
  EXPECT_TRUE(has(text, "syntax error"));
}

}  // namespace
}  // namespace fnlint::csharp_test
