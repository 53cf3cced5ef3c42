// Handlers and imports of Java and Kotlin, in builds and without.

#include "tests/link/sources.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

std::string app(std::string_view package, std::string_view name = "App") {
  return cat("package ", package, ";\npublic class ", name, " {}\n");
}

Sources maven() {
  Sources sources;
  sources.file("fn/pom.xml", "<project/>").file("fn/src/main/java/acme/App.java", app("acme"));
  sources.file("fn/src/test/java/acme/App.java", app("acme"));
  return sources;
}

TEST(JavaFiles, AHandlerIsAClassAndAMethod) {
  EXPECT_EQ(maven().handler(Language::Java, "fn", "acme.App::handle"),
            "fn/src/main/java/acme/App.java: App.handle");
  EXPECT_EQ(maven().handler(Language::Java, "fn", "acme.App"),
            "fn/src/main/java/acme/App.java: App.handleRequest");
  EXPECT_EQ(maven().handler(Language::Java, "fn", "acme.App$Inner::handle"),
            "fn/src/main/java/acme/App.java: App.Inner.handle");
  EXPECT_EQ(maven().handler(Language::Java, "fn", "acme.Other::handle"),
            "none: no class 'acme.Other' in 'fn'");
  EXPECT_EQ(maven().handler(Language::Java, "fn", "src/app.handler"),
            "none: the handler 'src/app.handler' is not of the form package.Class::method");
}

TEST(JavaFiles, AClassOfAnotherPackageMayBeALibrarys) {
  Sources sources = maven();
  sources.handler(Language::Java, "fn", "acme.Missing");
  EXPECT_EQ(sources.lack, ResolutionFailure::Class);
  sources.handler(Language::Java, "fn", "io.micronaut.function.aws.proxy.MicronautLambdaHandler");
  EXPECT_EQ(sources.lack, ResolutionFailure::Code);
}

TEST(JavaFiles, AFileOfThatNameInAnotherPackageIsNotTheClass) {
  Sources sources;
  sources.file("fn/pom.xml").file("fn/src/main/java/com/acme/App.java", app("com.acme"));
  EXPECT_EQ(sources.handler(Language::Java, "fn", "acme.App"), "none: no class 'acme.App' in 'fn'");
}

TEST(JavaFiles, ArchivesAndFoldersOfABuildAreLedBackToTheirModule) {
  for (const std::string path : {"fn/target/app-1.0.jar", "fn/build/distributions/fn.zip",
                                 "fn/build/libs/fn-all.jar", "fn/target"})
    EXPECT_EQ(maven().handler(Language::Java, path, "acme.App::handle"),
              "fn/src/main/java/acme/App.java: App.handle")
        << path;
}

TEST(JavaFiles, ModulesThatAreBuiltTogetherSeeEachOther) {
  Sources sources;
  sources.file("pom.xml", "<project><modules><module>a</module></modules></project>")
      .file("a/pom.xml", "<project/>")
      .file("b/pom.xml", "<project/>")
      .file("a/src/main/java/acme/App.java", app("acme"))
      .file("b/src/main/java/acme/App.java", app("acme"))
      .file("b/src/main/java/acme/Store.java", app("acme", "Store"));
  EXPECT_EQ(sources.handler(Language::Java, "b", "acme.App"),
            "b/src/main/java/acme/App.java: App.handleRequest");
  EXPECT_EQ(sources.import(Language::Java, "a", "a/src/main/java/acme/App.java", "acme", "Store"),
            "b/src/main/java/acme/Store.java: Store");
}

TEST(JavaFiles, AFolderOfSourcesWithoutABuildFile) {
  Sources sources;
  sources.file("template.yaml").file("code/acme/App.java", app("acme"));
  EXPECT_EQ(sources.handler(Language::Java, "code", "acme.App::handle"),
            "code/acme/App.java: App.handle");
}

TEST(JavaFiles, KotlinDeclaresAnythingAnywhere) {
  Sources sources;
  sources.file("build.gradle.kts")
      .file("src/main/kotlin/Handlers.kt",
            "package acme\n\nfun handle(event: Map<String, String>) = 1\n"
            "object Cache { val items = mutableListOf<String>() }\nclass App {}\n");
  EXPECT_EQ(sources.handler(Language::Java, "", "acme.App::handleRequest"),
            "src/main/kotlin/Handlers.kt: App.handleRequest");
  EXPECT_EQ(sources.handler(Language::Java, "", "acme.HandlersKt::handle"),
            "src/main/kotlin/Handlers.kt: handle");
  EXPECT_EQ(sources.import(Language::Java, "", "src/main/kotlin/Other.kt", "acme", "handle"),
            "src/main/kotlin/Handlers.kt: handle");
  sources.package("acme");
  EXPECT_EQ(sources.implicit(Language::Java, "", "src/main/kotlin/Other.kt", "Cache"),
            "src/main/kotlin/Handlers.kt: Cache");
}

TEST(JavaFiles, AKotlinFileMayRenameItsClass) {
  Sources sources;
  sources.file("build.gradle.kts")
      .file("src/main/kotlin/acme/Api.kt",
            "@file:JvmName(\"Handlers\")\npackage acme\n\nfun handle(event: String) = 1\n");
  EXPECT_EQ(sources.handler(Language::Java, "", "acme.Handlers::handle"),
            "src/main/kotlin/acme/Api.kt: handle");
}

TEST(JavaFiles, AClassMayBeOfAnotherLanguageOfThePlatform) {
  Sources sources = maven();
  sources.file("fn/src/main/scala/acme/Missing.scala", "package acme\nclass Missing\n");
  sources.handler(Language::Java, "fn", "acme.Missing");
  EXPECT_EQ(sources.lack, ResolutionFailure::Code);
}

TEST(JavaFiles, NamesOfThePackageAndOfStarImports) {
  Sources sources = maven();
  sources.file("fn/src/main/java/acme/Helper.java", app("acme", "Helper"))
      .file("fn/src/main/java/acme/db/Store.java", app("acme.db", "Store"))
      .file("fn/src/main/java/acme/db/Names.java",
            "package acme.db;\nclass Names { static String table() { return \"\"; } }\n"
            "class Second {}\n");
  sources.package("acme").star("acme.db").star("acme.db.Names");
  const auto implicit = [&](std::string_view name) {
    return sources.implicit(Language::Java, "fn", "fn/src/main/java/acme/App.java", name);
  };
  EXPECT_EQ(implicit("Helper"), "fn/src/main/java/acme/Helper.java: Helper");
  EXPECT_EQ(implicit("Store"), "fn/src/main/java/acme/db/Store.java: Store");
  EXPECT_EQ(implicit("Second"), "fn/src/main/java/acme/db/Names.java: Second");
  EXPECT_EQ(implicit("table"), "fn/src/main/java/acme/db/Names.java: Names.table");
  EXPECT_EQ(implicit("Unheard"), "library Unheard");
}

TEST(JavaFiles, ImportsOfClassesMembersAndLibraries) {
  Sources sources = maven();
  const auto import = [&](std::string_view module, std::string_view name) {
    return sources.import(Language::Java, "fn", "fn/src/main/java/acme/Other.java", module, name);
  };
  EXPECT_EQ(import("acme", "App"), "fn/src/main/java/acme/App.java: App");
  EXPECT_EQ(import("acme.App", "Inner"), "fn/src/main/java/acme/App.java: App.Inner");
  EXPECT_EQ(import("com.amazonaws.services.lambda.runtime", "Context"),
            "library com.amazonaws.services.lambda.runtime.Context");
}

TEST(JavaFiles, SpringCallsTheFunctionBean) {
  Sources sources;
  sources.file("pom.xml").file(
      "src/main/java/acme/App.java",
      "package acme;\n@SpringBootApplication\npublic class App {\n"
      "  @Bean\n  public Function<String, String> upper() { return v -> v; }\n"
      "  @Bean\n  public Consumer<Event> store(Table t) { return v -> {}; }\n"
      "}\n");
  const std::string handler =
      "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";
  EXPECT_EQ(sources.handler(Language::Java, "", handler),
            "none: org.springframework.cloud.function.adapter.aws.FunctionInvoker calls what its "
            "configuration decides");
  sources.environment("SPRING_CLOUD_FUNCTION_DEFINITION", "store");
  EXPECT_EQ(sources.handler(Language::Java, "", handler),
            "src/main/java/acme/App.java: App.store, made");
}

TEST(JavaFiles, QuarkusCallsTheOnlyOrTheNamedHandler) {
  Sources sources;
  const std::string handler =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";
  sources.file("pom.xml").file("src/main/java/acme/One.java",
                               "package acme;\n@Named(\"one\")\n"
                               "public class One implements RequestHandler<A, B> {}\n");
  EXPECT_EQ(sources.handler(Language::Java, "target/function.zip", handler),
            "src/main/java/acme/One.java: One.handleRequest");
  sources.file("src/main/java/acme/Two.java",
               "package acme;\n@Named(\"two\")\n"
               "public class Two implements RequestHandler<A, B> {}\n");
  sources.file("src/main/resources/application.properties", "quarkus.lambda.handler=two\n");
  EXPECT_EQ(sources.handler(Language::Java, "target/function.zip", handler),
            "src/main/java/acme/Two.java: Two.handleRequest");
}

TEST(JavaFiles, ANativeProgramIsWhatItsFrameworkCalls) {
  Sources sources;
  sources.file("pom.xml", "<artifactId>quarkus-amazon-lambda</artifactId>")
      .file("src/main/java/acme/One.java",
            "package acme;\n@Named(\"one\")\n"
            "public class One implements RequestHandler<A, B> {}\n")
      .file("src/main/java/acme/Two.java",
            "package acme;\n@Named(\"two\")\n"
            "public class Two implements RequestHandler<A, B> {}\n");
  sources.environment("quarkus_lambda_handler", "two").runtime("provided");
  EXPECT_EQ(sources.handler(Language::Java, "target/function.zip", "not.used"),
            "src/main/java/acme/Two.java: Two.handleRequest");
}

TEST(JavaFiles, AClassIsAbsentWhereNothingCouldStillMakeIt) {
  Sources sources = maven();
  const auto lack = [&](std::string_view handler) {
    sources.handler(Language::Java, "fn", handler);
    return sources.lack;
  };
  EXPECT_EQ(lack("acme.Other"), ResolutionFailure::Class);
  EXPECT_EQ(lack("acme.DaggerApp"), ResolutionFailure::Class);  // not certain
  EXPECT_EQ(lack("org.other.App"), ResolutionFailure::Class);   // it stands in another package
  EXPECT_EQ(lack("org.other.Unheard"), ResolutionFailure::Code);
}

}  // namespace
}  // namespace fnlint::test
