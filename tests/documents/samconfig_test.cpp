// Parameter overrides of SAM's configuration in both formats.

#include "frontends/documents/samconfig.h"

#include "tests/documents/support.h"

namespace fnlint {
namespace {

std::string overrides(const SamConfig& config) {
  std::string all;
  for (const ParameterOverride& each : config.overrides) {
    all += each.name + "=" + each.value + ";";
  }
  return all;
}

std::string value_sources(const SamConfig& config, std::string_view text) {
  std::string all;
  for (const ParameterOverride& each : config.overrides) {
    all += std::string(source(text, each.where)) + ";";
  }
  return all;
}

TEST(SamConfig, ATextOfNamesAndValuesIsReadWithPlaces) {
  const std::string text =
      "version = 0.1\n[default.deploy.parameters]\nstack_name = \"s\"\n"
      "parameter_overrides = \"Stage=prod Title=\\\"Two words\\\" Empty= Url=a=b\"\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  EXPECT_TRUE(config.has_environment);
  EXPECT_TRUE(config.problems.empty());
  EXPECT_EQ(overrides(config), "Stage=prod;Title=Two words;Empty=;Url=a=b;");
  EXPECT_EQ(value_sources(config, text), "prod;\\\"Two words\\\";Empty=;a=b;");
}

TEST(SamConfig, TheLongSpellingIsRead) {
  const std::string text =
      "[default.deploy.parameters]\n"
      "parameter_overrides = 'ParameterKey=Stage,ParameterValue=prod "
      "ParameterKey=Title,ParameterValue=\"a b\"'\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  EXPECT_EQ(overrides(config), "Stage=prod;Title=a b;");
  EXPECT_EQ(value_sources(config, text), "prod;\"a b\";");
}

TEST(SamConfig, AListOfEitherSpellingIsRead) {
  const std::string text =
      "[prod.deploy.parameters]\nparameter_overrides = [\n  \"Stage=prod\",\n"
      "  \"ParameterKey=Size,ParameterValue=3\",\n]\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml, "prod");
  EXPECT_EQ(overrides(config), "Stage=prod;Size=3;");
  EXPECT_EQ(value_sources(config, text), "prod;3;");
  EXPECT_FALSE(read_samconfig(text, SamConfigFormat::Toml).has_environment);
}

TEST(SamConfig, ATextOverSeveralLinesHasItsPlaces) {
  const std::string text =
      "# é\r\n[default.global.parameters]\r\nparameter_overrides = \"\"\"\r\nStage=é \\\r\n"
      "   Size=3\r\nName=x\r\n\"\"\"\r\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  EXPECT_EQ(overrides(config), "Stage=é;Size=3;Name=x;");
  EXPECT_EQ(value_sources(config, text), "é;3;x;");
}

TEST(SamConfig, TheDeployCommandCountsBeforeTheOthersAndGlobalLast) {
  const std::string text =
      "[default.global.parameters]\nparameter_overrides = \"A=global\"\ntemplate_file = "
      "\"g.yaml\"\n"
      "[default.build.parameters]\nparameter_overrides = \"A=build\"\ntemplate_file = \"b.yaml\"\n"
      "[default.deploy.parameters]\nparameter_overrides = \"A=deploy\"\ntemplate = "
      "\".aws-sam/build/template.yaml\"\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  EXPECT_EQ(overrides(config), "A=deploy;");
  EXPECT_EQ(config.template_path, "b.yaml") << "what build makes is not the source";
  EXPECT_EQ(source(text, config.template_range), "\"b.yaml\"");
}

TEST(SamConfig, YamlIsReadAlike) {
  const std::string text =
      "version: 0.1\ndefault:\n  deploy:\n    parameters:\n      template_file: app.yaml\n"
      "      parameter_overrides:\n        - Stage=prod\n        - \"Title=\\\"a b\\\"\"\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Yaml);
  EXPECT_EQ(overrides(config), "Stage=prod;Title=a b;");
  EXPECT_EQ(value_sources(config, text), "prod;\\\"a b\\\";");
  EXPECT_EQ(config.template_path, "app.yaml");
  const SamConfig table = read_samconfig(
      "default:\n  global:\n    parameters:\n      parameter_overrides: {Size: 3, Stage: prod}\n",
      SamConfigFormat::Yaml);
  EXPECT_EQ(overrides(table), "Size=3;Stage=prod;");
}

TEST(SamConfig, ANameGivenTwiceHasItsLastValue) {
  const SamConfig config =
      read_samconfig("[default.deploy.parameters]\nparameter_overrides = \"A=1 B=2 A=3\"\n",
                     SamConfigFormat::Toml);
  EXPECT_EQ(overrides(config), "A=3;B=2;");
}

TEST(SamConfig, AWordThatIsNoOverrideIsAProblemAtItsPlace) {
  const std::string text =
      "[default.deploy.parameters]\nparameter_overrides = \"A=1 nonsense ParameterKey=B\"\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  EXPECT_EQ(overrides(config), "A=1;");
  ASSERT_EQ(config.problems.size(), 2U);
  EXPECT_EQ(source(text, config.problems[0].where), "nonsense");
  EXPECT_EQ(source(text, config.problems[1].where), "ParameterKey=B");
}

TEST(SamConfig, ABrokenFileIsAProblemAtItsPlace) {
  const std::string text = "[default.deploy.parameters]\nparameter_overrides = \"A=1\nx = 2\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  ASSERT_EQ(config.problems.size(), 1U);
  EXPECT_EQ(place(text, config.problems[0].where.begin).substr(0, 2), "2:");
  EXPECT_EQ(config.problems[0].message.substr(0, 22), "not readable as TOML: ");
  EXPECT_TRUE(config.overrides.empty());
}

TEST(SamConfig, LettersWhereNoneMayStandAreAProblem) {
  for (const std::string text :
       {"é = 1\n", "[<]\n", "a = é\n", "[é]\n", "a é = 1\n", "a = 1 é\n"}) {
    EXPECT_EQ(read_samconfig(text, SamConfigFormat::Toml).problems.size(), 1U) << text;
  }
}

TEST(SamConfig, OverridesOfAnotherTypeAreAProblem) {
  const std::string text = "[default.deploy.parameters]\nparameter_overrides = 5\n";
  const SamConfig config = read_samconfig(text, SamConfigFormat::Toml);
  ASSERT_EQ(config.problems.size(), 1U);
  EXPECT_EQ(source(text, config.problems[0].where), "5");
}

}  // namespace
}  // namespace fnlint
