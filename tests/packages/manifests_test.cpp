// What manifests and lock files say, read from their text alone.
#include "frontends/packages/manifests.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace fnlint {
namespace {

const Dependency& row(const DependencyList& list, std::string_view name) {
  static const Dependency none{.name = "(none)"};
  const auto found = std::ranges::find(list.rows, name, &Dependency::name);
  return found == list.rows.end() ? none : *found;
}
std::string names(const DependencyList& list) {
  std::string all;
  for (const Dependency& one : list.rows) all += (all.empty() ? "" : " ") + one.name;
  return all;
}
std::string needs(const DependencyList& list, std::string_view name) {
  std::string all;
  for (const std::uint32_t need : row(list, name).needs)
    all += (all.empty() ? "" : " ") + list.rows[need].name + "@" + list.rows[need].version;
  return all;
}

TEST(Requirements, PinsRangesExtrasAndMarkers) {
  const std::string text =
      "# tools\n"
      "requests==2.31.0\n"
      "Flask_Cors >= 3, < 5   # allowed\n"
      "boto3\n"
      "urllib3[socks]~=1.26 ; python_version < '3.9'\n"
      "numpy==1.*\n";
  const DependencyList list = read_requirements(text);
  EXPECT_EQ(names(list), "requests flask-cors boto3 urllib3 numpy");
  EXPECT_EQ(row(list, "requests").version, "2.31.0");
  EXPECT_EQ(row(list, "requests").known, VersionKnown::Exact);
  EXPECT_EQ(row(list, "flask-cors").known, VersionKnown::Range);
  EXPECT_EQ(row(list, "boto3").known, VersionKnown::None);
  EXPECT_EQ(row(list, "urllib3").condition, "python_version < '3.9'");
  EXPECT_EQ(row(list, "urllib3").asked, std::vector<std::string>{"socks"});
  EXPECT_EQ(row(list, "numpy").known, VersionKnown::Range);
  const Range where = row(list, "flask-cors").where;
  EXPECT_EQ(text.substr(where.begin, where.end - where.begin), "Flask_Cors >= 3, < 5");
  EXPECT_FALSE(list.complete);
}

TEST(Requirements, OtherFilesPlacesAndHashes) {
  const DependencyList list = read_requirements(
      "-r base.txt\n--constraint=limits.txt\n-i https://example.com/simple\n"
      "-e ./libs/shop-core\n"
      "git+https://example.com/team/tools.git@v1#egg=team-tools\n"
      "./wheels/fast_json-1.2.0-cp312-cp312-linux_x86_64.whl\n"
      "lib @ https://example.com/lib.zip\n"
      "idna==3.4 \\\n    --hash=sha256:90b7 \\\n    --hash=sha256:8145\n");
  EXPECT_EQ(names(list), "shop-core team-tools fast-json lib idna");
  EXPECT_TRUE(row(list, "team-tools").elsewhere);
  EXPECT_EQ(row(list, "fast-json").version, "1.2.0");
  ASSERT_EQ(list.includes.size(), 2U);
  EXPECT_EQ(list.includes[0].path, "base.txt");
  EXPECT_TRUE(list.includes[1].constrains);
  EXPECT_EQ(row(list, "idna").version, "3.4");
  EXPECT_TRUE(list.complete);  // pip installs nothing that has no hash
}

TEST(Requirements, WhatPipCompileWroteIsComplete) {
  EXPECT_TRUE(read_requirements("six==1.16\n    # via python-dateutil\n").complete);
  EXPECT_FALSE(read_requirements("what is this line\n").readable);
}

TEST(PackageJson, SectionsAndKindsOfVersions) {
  const DependencyList list = read_package_json(R"({
    "dependencies": {"axios": "^1.6.0", "left-pad": "1.3.0", "own": "file:../own", "any": "*",
                     "lodash4": "npm:lodash@4.17.21"},
    "devDependencies": {"jest": "29.7.0"},
    "peerDependencies": {"aws-sdk": ">=2"},
    "workspaces": ["packages/*"]})");
  EXPECT_EQ(row(list, "axios").known, VersionKnown::Range);
  EXPECT_EQ(row(list, "left-pad").known, VersionKnown::Exact);
  EXPECT_TRUE(row(list, "own").elsewhere);
  EXPECT_EQ(row(list, "any").known, VersionKnown::None);
  EXPECT_EQ(row(list, "lodash4").version, "4.17.21");
  EXPECT_EQ(row(list, "jest").use, DependencyUse::Development);
  EXPECT_EQ(row(list, "aws-sdk").use, DependencyUse::Provided);
  EXPECT_EQ(list.workspaces, std::vector<std::string>{"packages/*"});
}

TEST(PackageLock, VersionThree) {
  const DependencyList list = read_package_lock(R"({"lockfileVersion": 3, "packages": {
    "": {"dependencies": {"a": "^1.0.0"}, "devDependencies": {"jest": "29"}},
    "node_modules/a": {"version": "1.2.0", "dependencies": {"b": "^1.0.0"}},
    "node_modules/b": {"version": "2.0.0", "dev": true},
    "node_modules/a/node_modules/b": {"version": "1.9.0"},
    "node_modules/@esbuild/linux-x64": {"version": "0.20.0", "optional": true, "os": ["linux"], "cpu": ["x64"]},
    "node_modules/own": {"resolved": "packages/own", "link": true},
    "packages/own": {"version": "1.0.0"},
    "node_modules/jest": {"version": "29.7.0", "dev": true, "dependencies": {"b": "2"}}}})");
  EXPECT_TRUE(list.complete);
  EXPECT_TRUE(row(list, "a").direct);
  EXPECT_EQ(needs(list, "a"), "b@1.9.0");
  EXPECT_EQ(needs(list, "jest"), "b@2.0.0");
  EXPECT_EQ(row(list, "jest").use, DependencyUse::Development);
  EXPECT_EQ(row(list, "@esbuild/linux-x64").condition, "linux x64");
  EXPECT_TRUE(row(list, "own").elsewhere);
}

TEST(PackageLock, VersionOneIsNested) {
  const DependencyList list = read_package_lock(R"({"lockfileVersion": 1, "dependencies": {
    "a": {"version": "1.2.0", "requires": {"b": "^1.0.0"}, "dependencies": {"b": {"version": "1.9.0"}}},
    "b": {"version": "2.0.0", "dev": true}}})");
  EXPECT_EQ(names(list), "a b b");
  EXPECT_EQ(needs(list, "a"), "b@1.9.0");
  EXPECT_EQ(list.rows[1].path, "node_modules/a/node_modules/b");
}

TEST(YarnLock, Classic) {
  const DependencyList list = read_yarn_lock(
      "# yarn lockfile v1\n\n"
      "\"@babel/core@^7.0.0\", \"@babel/core@^7.1.0\":\n  version \"7.2.0\"\n"
      "  resolved \"https://example.com/core.tgz\"\n  dependencies:\n    debug \"^4.1.0\"\n\n"
      "debug@^4.1.0:\n  version \"4.3.4\"\n");
  EXPECT_EQ(row(list, "@babel/core").version, "7.2.0");
  EXPECT_EQ(row(list, "@babel/core").asked, (std::vector<std::string>{"^7.0.0", "^7.1.0"}));
  EXPECT_EQ(needs(list, "@babel/core"), "debug@4.3.4");
}

TEST(YarnLock, Berry) {
  const DependencyList list = read_yarn_lock(
      "__metadata:\n  version: 6\n\n"
      "\"debug@npm:^4.1.0, debug@npm:^4.3.0\":\n  version: 4.3.4\n  dependencies:\n    ms: 2.1.2\n"
      "  linkType: hard\n\n\"ms@npm:2.1.2\":\n  version: 2.1.2\n  linkType: hard\n\n"
      "\"app@workspace:.\":\n  version: 0.0.0-use.local\n  linkType: soft\n");
  EXPECT_EQ(row(list, "debug").version, "4.3.4");
  EXPECT_EQ(needs(list, "debug"), "ms@2.1.2");
  EXPECT_TRUE(row(list, "app").elsewhere);
}

TEST(PnpmLock, VersionsSixAndNine) {
  const DependencyList six = read_pnpm_lock(
      "lockfileVersion: '6.0'\ndependencies:\n  axios:\n    specifier: ^1.6.0\n    version: 1.6.2(debug@4.3.4)\n"
      "packages:\n  /axios@1.6.2(debug@4.3.4):\n    dependencies:\n      form-data: 4.0.0\n    dev: false\n"
      "  /form-data@4.0.0:\n    dev: false\n  /jest@29.7.0:\n    dev: true\n");
  EXPECT_TRUE(row(six, "axios").direct);
  EXPECT_EQ(row(six, "axios").version, "1.6.2");
  EXPECT_EQ(needs(six, "axios"), "form-data@4.0.0");
  EXPECT_EQ(row(six, "jest").use, DependencyUse::Development);
  const DependencyList nine = read_pnpm_lock(
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    devDependencies:\n      '@types/node':\n"
      "        specifier: ^20\n        version: 20.1.0\n"
      "packages:\n  '@types/node@20.1.0':\n    resolution: {}\n  undici-types@5.2.0:\n    resolution: {}\n"
      "snapshots:\n  '@types/node@20.1.0':\n    dependencies:\n      undici-types: 5.2.0\n");
  EXPECT_EQ(row(nine, "@types/node").use, DependencyUse::Development);
  EXPECT_EQ(needs(nine, "@types/node"), "undici-types@5.2.0");
}

TEST(Pyproject, OfAllItsTools) {
  const DependencyList list = read_pyproject(
      "[project]\nname = 'shop'\ndependencies = ['requests>=2', 'aws-lambda-powertools[tracer]==3.1']\n"
      "[project.optional-dependencies]\nxml = ['lxml']\n[dependency-groups]\ndev = ['pytest', {include-group = 'x'}]\n"
      "[tool.poetry.dependencies]\npython = '^3.12'\npandas = {version = '2.2.0', optional = true}\nown = {path = '../own'}\n"
      "[tool.poetry.group.test.dependencies]\nmoto = '*'\n");
  EXPECT_EQ(row(list, "aws-lambda-powertools").version, "3.1");
  EXPECT_EQ(row(list, "lxml").use, DependencyUse::Optional);
  EXPECT_EQ(row(list, "pytest").use, DependencyUse::Development);
  EXPECT_EQ(row(list, "pandas").use, DependencyUse::Optional);
  EXPECT_TRUE(row(list, "own").elsewhere);
  EXPECT_EQ(row(list, "moto").use, DependencyUse::Development);
  EXPECT_EQ(row(list, "python").name, "(none)");
}

TEST(PythonLocks, PoetryUvAndPipenv) {
  const DependencyList poetry = read_python_lock(
      "[[package]]\nname = 'requests'\nversion = '2.31.0'\ngroups = ['main']\n[package.dependencies]\ncertifi = '>=2017'\n"
      "[[package]]\nname = 'certifi'\nversion = '2024.2.2'\ngroups = ['main', 'dev']\n"
      "[[package]]\nname = 'pytest'\nversion = '8.0'\ngroups = ['dev']\n");
  EXPECT_EQ(needs(poetry, "requests"), "certifi@2024.2.2");
  EXPECT_EQ(row(poetry, "pytest").use, DependencyUse::Development);
  const DependencyList uv = read_python_lock(
      "version = 1\n[[package]]\nname = 'shop'\nversion = '0.1'\nsource = { virtual = '.' }\n"
      "dependencies = [{ name = 'httpx' }]\n[package.dev-dependencies]\ndev = [{ name = 'ruff' }]\n"
      "[[package]]\nname = 'httpx'\nversion = '0.27'\nsource = { registry = 'r' }\ndependencies = [{ name = 'idna' }]\n"
      "[[package]]\nname = 'idna'\nversion = '3.6'\n[[package]]\nname = 'ruff'\nversion = '0.4'\n");
  EXPECT_EQ(names(uv), "httpx idna ruff");
  EXPECT_TRUE(row(uv, "httpx").direct);
  EXPECT_EQ(needs(uv, "httpx"), "idna@3.6");
  EXPECT_EQ(row(uv, "ruff").use, DependencyUse::Development);
  const DependencyList pipenv = read_pipfile_lock(
      R"({"_meta": {}, "default": {"six": {"version": "==1.16.0"}}, "develop": {"pytest": {"version": "==8.0"}}})");
  EXPECT_EQ(row(pipenv, "six").version, "1.16.0");
  EXPECT_EQ(row(pipenv, "pytest").use, DependencyUse::Development);
  EXPECT_EQ(row(read_pipfile("[packages]\nflask = '==3.0'\n[dev-packages]\nblack = '*'\n"), "black").use,
            DependencyUse::Development);
}

TEST(Maven, ScopesPropertiesAndManagedVersions) {
  const std::string text =
      "<project xmlns='http://maven.apache.org/POM/4.0.0'>\n<properties><jackson.version>2.17.0</jackson.version></properties>\n"
      "<dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>managed</artifactId>"
      "<version>9</version></dependency></dependencies></dependencyManagement>\n"
      "<dependencies>\n<dependency><groupId>com.fasterxml</groupId><artifactId>jackson</artifactId><version>${jackson.version}</version></dependency>\n"
      "<dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>[4,5)</version><scope>test</scope></dependency>\n"
      "<dependency><groupId>g</groupId><artifactId>managed</artifactId><scope>provided</scope></dependency>\n"
      "</dependencies></project>";
  const DependencyList list = read_pom(text);
  EXPECT_EQ(row(list, "com.fasterxml:jackson").version, "2.17.0");
  const Range where = row(list, "com.fasterxml:jackson").where;
  EXPECT_EQ(text.substr(where.begin, where.end - where.begin), "jackson");
  EXPECT_EQ(row(list, "junit:junit").use, DependencyUse::Development);
  EXPECT_EQ(row(list, "junit:junit").known, VersionKnown::Range);
  EXPECT_EQ(row(list, "g:managed").use, DependencyUse::Provided);
  EXPECT_EQ(row(list, "g:managed").version, "9");
}

TEST(Gradle, LocksAndDeclarations) {
  const DependencyList lock = read_gradle_lock(
      "# comment\ncom.google:gson:2.10=compileClasspath,runtimeClasspath\njunit:junit:4.13=testRuntimeClasspath\nempty=x\n");
  EXPECT_EQ(row(lock, "com.google:gson").use, DependencyUse::Runtime);
  EXPECT_EQ(row(lock, "junit:junit").use, DependencyUse::Development);
  const DependencyList build = read_gradle_build(
      "dependencies {\n  implementation 'com.google:gson:2.10'\n  testImplementation(\"junit:junit:4.13\")\n"
      "  compileOnly group: 'org.x', name: 'y', version: '1'\n  // implementation 'a:b:1'\n"
      "  implementation(\"a:c:$version\")\n  implementation project(':core')\n}\n");
  EXPECT_EQ(names(build), "com.google:gson junit:junit org.x:y a:c");
  EXPECT_EQ(row(build, "junit:junit").use, DependencyUse::Development);
  EXPECT_EQ(row(build, "org.x:y").use, DependencyUse::Provided);
  EXPECT_EQ(row(build, "a:c").known, VersionKnown::None);
}

TEST(OtherLanguages, Manifests) {
  const DependencyList go = read_go_mod(
      "module shop\n\ngo 1.22\n\nrequire github.com/aws/aws-lambda-go v1.47.0\nrequire (\n\tgithub.com/a/b v0.1.0 // indirect\n)\n"
      "replace github.com/a/b => ../b\n");
  EXPECT_EQ(names(go), "github.com/aws/aws-lambda-go github.com/a/b");
  EXPECT_FALSE(row(go, "github.com/a/b").direct);
  EXPECT_EQ(names(read_go_sum("a v1 h1:x=\na v1/go.mod h1:y=\n")), "a");
  const DependencyList cargo = read_cargo_manifest(
      "[dependencies]\nserde = '1'\nrt = {package = 'lambda_runtime', version = '=0.11.0'}\n[dev-dependencies]\nmockall = '0.12'\n"
      "[target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n");
  EXPECT_EQ(row(cargo, "lambda_runtime").known, VersionKnown::Exact);
  EXPECT_EQ(row(cargo, "libc").condition, "cfg(unix)");
  const DependencyList locked = read_cargo_lock(
      "[[package]]\nname = 'app'\nversion = '0.1.0'\ndependencies = ['serde']\n"
      "[[package]]\nname = 'serde'\nversion = '1.0.200'\nsource = 'registry+x'\n");
  EXPECT_TRUE(row(locked, "app").elsewhere);
  EXPECT_EQ(needs(locked, "app"), "serde@1.0.200");
  const DependencyList gems = read_gemfile_lock(
      "GEM\n  remote: https://example.com/\n  specs:\n    httparty (0.21.0)\n      multi_xml (>= 0.5.2)\n    multi_xml (0.6.0)\n\n"
      "PLATFORMS\n  ruby\n\nDEPENDENCIES\n  httparty (~> 0.21)\n\nBUNDLED WITH\n   2.4\n");
  EXPECT_TRUE(row(gems, "httparty").direct);
  EXPECT_EQ(needs(gems, "httparty"), "multi_xml@0.6.0");
  const DependencyList gemfile = read_gemfile(
      "source 'x'\ngem 'httparty', '~> 0.21'\ngroup :development, :test do\n  gem 'rspec'\nend\ngem 'rake', group: :test\n");
  EXPECT_EQ(row(gemfile, "httparty").version, "~> 0.21");
  EXPECT_EQ(row(gemfile, "rspec").use, DependencyUse::Development);
  EXPECT_EQ(row(gemfile, "rake").use, DependencyUse::Development);
}

TEST(DotNet, ProjectsAndLocks) {
  const DependencyList project = read_csproj(
      "<Project Sdk='Microsoft.NET.Sdk'><ItemGroup><PackageReference Include='Amazon.Lambda.Core' Version='2.2.0' />"
      "<PackageReference Include='Tool' Version='$(V)' PrivateAssets='All' /><PackageReference Include='X'><Version>1.0</Version>"
      "</PackageReference><ProjectReference Include='..\\Core\\Core.csproj' /></ItemGroup></Project>");
  EXPECT_EQ(row(project, "amazon.lambda.core").version, "2.2.0");
  EXPECT_EQ(row(project, "tool").use, DependencyUse::Development);
  EXPECT_EQ(row(project, "x").version, "1.0");
  EXPECT_EQ(project.workspaces, std::vector<std::string>{"../Core/Core.csproj"});
  const DependencyList lock = read_nuget_lock(
      R"({"version": 1, "dependencies": {"net8.0": {"A": {"type": "Direct", "resolved": "1.0", "dependencies": {"B": "2.0"}},
          "B": {"type": "Transitive", "resolved": "2.1"}}}})");
  EXPECT_TRUE(row(lock, "a").direct);
  EXPECT_EQ(needs(lock, "a"), "b@2.1");
}

TEST(Manifests, AreKnownByTheirNames) {
  EXPECT_EQ(manifest_form("app.py"), nullptr);
  EXPECT_EQ(manifest_form("Shop.csproj")->registry, Registry::NuGet);
  EXPECT_EQ(manifest_form("requirements-dev.txt")->registry, Registry::Python);
  EXPECT_TRUE(manifest_form("uv.lock")->lock);
}

// Whatever the bytes are, a reader ends, keeps its ids within its rows and its places within the
// text.
TEST(Manifests, BearAnyText) {
  const std::string nested(3000, '[');
  std::string map;
  for (int i = 0; i < 3000; ++i) map += "{\"dependencies\":{\"a\":";
  std::string xml = "<project>";
  for (int i = 0; i < 20000; ++i) xml += "<dependencies>";
  std::vector<std::string> texts{"", "\n", "{", "[[", "---\n- ", nested, map, xml,
                                 std::string(1000, '\0'), "a = {b = ", "<a", "\xff\xfe<\xc3",
                                 "@", "\"\":", "a@b, :\n  version", "[package]\nname=1", "-r", "-e", ";",
                                 "gem '", "require (", "GEM\n    (", "x:=,", "[[package]]\ndependencies=[1,[2]]"};
  const std::string sample =
      "{\"packages\":{\"\":{\"dependencies\":{\"a\":\"1\"}},\"node_modules/a\":{\"version\":1}}}\n"
      "<project><dependencies><dependency><artifactId>x</artifactId></dependency></dependencies></project>\n"
      "requests[a]==1; python_version<'3'\n[tool.poetry.dependencies]\na={version='1'}\n";
  std::uint32_t seed = 7;
  for (int i = 0; i < 200; ++i) {
    std::string changed = sample;
    for (int k = 0; k < 5; ++k) {
      seed = seed * 1664525U + 1013904223U;
      changed[seed % changed.size()] = static_cast<char>(seed >> 24U);
    }
    texts.push_back(changed.substr(seed % 50));
  }
  for (const ManifestForm& form : manifest_forms()) {
    for (const std::string& text : texts) {
      const DependencyList list = form.read(text);
      for (const Dependency& one : list.rows) {
        EXPECT_LE(one.where.begin, one.where.end);
        EXPECT_LE(one.where.end, text.size()) << form.name << ": " << text.substr(0, 60);
        for (const std::uint32_t need : one.needs) EXPECT_LT(need, list.rows.size());
      }
    }
  }
}

}  // namespace
}  // namespace fnlint
