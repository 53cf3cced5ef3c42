// Handlers, partial types and usings of C# projects.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

Sources shop() {
  Sources sources;
  sources.file("src/Shop/Shop.csproj", "<Project><ItemGroup><ProjectReference "
                                       "Include=\"..\\Data\\Data.csproj\" /></ItemGroup></Project>")
      .file("src/Shop/Function.cs",
            "using System;\nnamespace Shop.Orders;\n\npublic class Function {\n"
            "  public string Handle(string input) => input;\n  public class Inner {}\n}\n")
      .file("src/Shop/obj/Function.cs", "namespace Shop.Orders { class Function {} }")
      .file("src/Shop/Usings.cs", "global using Data.Stores;\nglobal using static Data.Names;\n")
      .file("src/Data/Data.csproj", "<Project/>")
      .file("src/Data/Store.cs",
            "namespace Data\n{\n  namespace Stores {\n    internal record struct Row(string Id);\n"
            "    public interface IStore<T> where T : class { }\n"
            "    public sealed class Store { }\n"
            "  }\n  static class Names { public const string Table = \"t\"; }\n}\n");
  return sources;
}

TEST(CSharpFiles, AHandlerIsAMethodOfATypeOfTheAssembly) {
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop", "Shop::Shop.Orders.Function::Handle"),
            "src/Shop/Function.cs: Function.Handle");
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop",
                           "Shop::Shop.Orders.Function+Inner::Handle"),
            "src/Shop/Function.cs: Function.Inner.Handle");
  EXPECT_EQ(shop().handler(Language::CSharp, "", "Shop::Shop.Orders.Function::Handle"),
            "src/Shop/Function.cs: Function.Handle");
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop/bin/Release/net8.0/Shop.zip",
                           "Shop::Shop.Orders.Function::Handle"),
            "src/Shop/Function.cs: Function.Handle");
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop", "Shop::Shop.Orders.Missing::Handle"),
            "none: no type 'Shop.Orders.Missing' in 'src/Shop'");
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop", "Shop::Handle"),
            "none: the handler 'Shop::Handle' is not of the form Assembly::Namespace.Type::Method");
}

TEST(CSharpFiles, GeneratedHandlersAreLedBackToTheAnnotatedMethod) {
  EXPECT_EQ(shop().handler(Language::CSharp, "src/Shop",
                           "Shop::Shop.Orders.Function_Handle_Generated::Handle"),
            "src/Shop/Function.cs: Function.Handle");
}

TEST(CSharpFiles, AProgramOfAnnotationsIsToldByItsEnvironment) {
  Sources sources;
  sources.file("Fn.csproj", "<Project/>")
      .file("Functions.cs",
            "class Context {}\nclass Functions {\n  [LambdaFunction]\n  [HttpApi(\"/{id}\")]\n"
            "  public string Other(string id) { return Get(id); }\n"
            "  [LambdaFunction()]\n  public string Get(string id) => id;\n}\nclass Later {}\n")
      .file("Program.cs", "await LambdaBootstrapBuilder.Create(f).Build().RunAsync();");
  sources.environment("ANNOTATIONS_HANDLER", "Get");
  EXPECT_EQ(sources.handler(Language::CSharp, "", "Fn"), "Functions.cs: Functions.Get");
}

TEST(CSharpFiles, OtherLanguagesOfDotNetAreNotRead) {
  Sources sources;
  sources.file("Fn.fsproj", "<Project/>").file("Other.cs", "namespace Fn { class F {} }");
  EXPECT_EQ(sources.handler(Language::CSharp, "", "Fn::Fn.F::Get"),
            "none: code of F# and Visual Basic is not read");
  EXPECT_EQ(sources.lack, ResolutionFailure::Code);
}

TEST(CSharpFiles, AnAssemblyAloneIsAProgram) {
  Sources sources;
  sources.file("fn/Fn.csproj", "<Project><AssemblyName>bootstrap</AssemblyName></Project>")
      .file("fn/Program.cs", "var handler = (string s) => s;\n"
                             "await LambdaBootstrapBuilder.Create(handler).Build().RunAsync();\n")
      .file("fn/Helper.cs", "class Helper {}");
  EXPECT_EQ(sources.handler(Language::CSharp, "fn", "bootstrap"), "fn/Program.cs: its entry");
}

TEST(CSharpFiles, APartialTypeIsTheFileThatHasTheMethod) {
  Sources sources;
  sources.file("Fn.csproj", "<Project/>")
      .file("A.cs", "namespace Fn { partial class F { int count; } }")
      .file("B.cs", "namespace Fn { partial class F { void Handle() {} } }");
  EXPECT_EQ(sources.handler(Language::CSharp, "", "Fn::Fn.F::Handle"), "B.cs: F.Handle");
}

TEST(CSharpFiles, PartsOfAPartialTypeAreReadTogether) {
  Sources sources;
  sources.file("Fn.csproj")
      .file("A.cs", "namespace Fn { partial class F { int count; } class G {} }")
      .file("B.cs", "namespace Fn { partial class F { void Handle() {} } }")
      .file("C.cs", "namespace Other { partial class F {} }");
  EXPECT_EQ(sources.companions(Language::CSharp, "A.cs"), "B.cs");
  EXPECT_EQ(sources.companions(Language::CSharp, "C.cs"), "");
}

TEST(CSharpFiles, NamesOfEnclosingNamespacesAndUsings) {
  Sources sources = shop();
  sources.file("src/Shop/Money.cs", "namespace Shop;\nenum Money { Euro }\n");
  sources.package("Shop.Orders").star("System");
  const auto implicit = [&](std::string_view name) {
    return sources.implicit(Language::CSharp, "src/Shop", "src/Shop/Function.cs", name);
  };
  EXPECT_EQ(implicit("Money"), "src/Shop/Money.cs");
  EXPECT_EQ(implicit("Store"), "src/Data/Store.cs");
  EXPECT_EQ(implicit("Row"), "src/Data/Store.cs");
  EXPECT_EQ(implicit("Table"), "src/Data/Store.cs: Names.Table");
  EXPECT_EQ(implicit("Unheard"), "library Unheard");
}

TEST(CSharpFiles, AnAliasNamesATypeOrALibrary) {
  Sources sources = shop();
  const auto import = [&](std::string_view module, std::string_view name) {
    return sources.import(Language::CSharp, "src/Shop", "src/Shop/Function.cs", module, name);
  };
  EXPECT_EQ(import("Data.Stores", "Store"), "src/Data/Store.cs: Store");
  EXPECT_EQ(import("Amazon.S3", "AmazonS3Client"), "library Amazon.S3.AmazonS3Client");
}

}  // namespace
}  // namespace fnlint::test
