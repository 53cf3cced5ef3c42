// What a Dockerfile says, without running it.
#include "frontends/packages/dockerfile.h"

#include "core/text.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Words = std::vector<std::string>;

TEST(Dockerfile, BaseCommandAndCode) {
  const Dockerfile file = read_dockerfile(
      "FROM public.ecr.aws/lambda/python:3.12\n"
      "COPY requirements.txt ./\n"
      "RUN pip install -r requirements.txt \\\n    --target ${LAMBDA_TASK_ROOT}\n"
      "COPY src/ ${LAMBDA_TASK_ROOT}/\n"
      "CMD [ \"app.handler\" ]\n");
  ASSERT_EQ(file.stages.size(), 1U);
  const DockerStage& stage = *file.built("");
  EXPECT_EQ(runtime_of_image(stage.base), "python3.12");
  EXPECT_EQ(stage.command, Words{"app.handler"});
  EXPECT_EQ(stage.runs, Words{"pip install -r requirements.txt --target /var/task"});
  EXPECT_EQ(copied_into(file, stage, "/var/task"), (Words{"requirements.txt", "src"}));
}

TEST(Dockerfile, ArgumentsHaveDefaultsAndStagesInherit) {
  const std::string text =
      "ARG VERSION=3.11\n"
      "from --platform=linux/arm64 public.ecr.aws/lambda/python:${VERSION} AS base\n"
      "ENV HOME_DIR=/opt/app LEVEL=info\n"
      "WORKDIR $HOME_DIR\n"
      "CMD [\"a.b\"]\n"
      "FROM base\n"
      "COPY . .\n";
  const Dockerfile file = read_dockerfile(text);
  const DockerStage& stage = *file.built("");
  EXPECT_EQ(bottom_stage(file, stage).base, "public.ecr.aws/lambda/python:3.11");
  EXPECT_EQ(bottom_stage(file, stage).platform, "linux/arm64");
  EXPECT_EQ(stage.command, Words{"a.b"});
  EXPECT_EQ(stage.copies[0].to, "/opt/app");
  EXPECT_EQ(read_dockerfile(text, {{"VERSION", "3.13"}}).stages[0].base,
            "public.ecr.aws/lambda/python:3.13");
  const Range where = file.stages[0].base_where;
  EXPECT_EQ(text.substr(where.begin, where.end - where.begin),
            "public.ecr.aws/lambda/python:${VERSION}");
}

TEST(Dockerfile, CodeIsFollowedThroughStages) {
  const Dockerfile file = read_dockerfile(
      "FROM node:22 AS build\nWORKDIR /usr/app\nCOPY package.json index.ts ./\nCOPY api .\nCOPY lib lib\nRUN npm run build\n"
      "FROM public.ecr.aws/lambda/nodejs:22\nCOPY --from=build /usr/app/dist/* ./\nCOPY --from=0 /usr/app/lib ./lib\n"
      "CMD [\"index.handler\"]\n");
  EXPECT_EQ(copied_into(file, *file.built(""), "/var/task"),
            (Words{"api/dist", "api/lib", "lib"}));  // api may hold a lib as well
}

TEST(Dockerfile, StagesCopyFromThoseBeforeThemAlone) {
  const Dockerfile file = read_dockerfile(
      "FROM public.ecr.aws/lambda/python:3.13 AS build\n"
      "COPY --from=build a b c d ./\nCOPY --from=later x ./\nCOPY app.py ./\n"
      "FROM scratch AS later\nCOPY y /\n");
  EXPECT_EQ(copied_into(file, file.stages[0], "/var/task"), (Words{"app.py"}));
}

TEST(Dockerfile, DoublingsThroughStagesEnd) {
  std::string text = "FROM scratch AS s0\nCOPY app.py /\n";
  for (int i = 1; i < 60; ++i)
    text += cat("FROM scratch AS s", i, "\nCOPY --from=s", i - 1, " a b /\nCOPY --from=s", i - 1,
                " c d /\n");
  const Dockerfile file = read_dockerfile(text);
  EXPECT_LT(copied_into(file, *file.built(""), "/x/y").size(), 100U);
}

TEST(Dockerfile, CommentsHereDocumentsAndShellForms) {
  const Dockerfile file = read_dockerfile(
      "# syntax=docker/dockerfile:1\nFROM public.ecr.aws/lambda/provided:al2023\n"
      "RUN <<EOF\nFROM nothing\nEOF\n"
      "RUN dnf install -y \\\n  # a comment inside\n  gcc\n"
      "ENTRYPOINT [\"/main\"]\nCMD echo hello\n");
  ASSERT_EQ(file.stages.size(), 1U);
  EXPECT_EQ(file.stages[0].runs.back(), "dnf install -y gcc");
  EXPECT_EQ(file.stages[0].entry_point, Words{"/main"});
  EXPECT_TRUE(file.stages[0].command.empty());
  EXPECT_EQ(runtime_of_image(file.stages[0].base), "provided.al2023");
}

TEST(Dockerfile, ImagesOfLambda) {
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/nodejs:20-arm64"), "nodejs20.x");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/nodejs:20.2024.05.01.10"), "nodejs20.x");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/python:3.9.2023.05.01.10-x86_64"), "python3.9");
  EXPECT_EQ(runtime_of_image("amazon/aws-lambda-java:8.al2"), "java8.al2");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/java:21"), "java21");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/dotnet:8"), "dotnet8");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/provided:al2"), "provided.al2");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/python:latest"), "");
  EXPECT_EQ(runtime_of_image("python:3.12-slim"), "");
  EXPECT_EQ(runtime_of_image("public.ecr.aws/lambda/python"), "");
}

TEST(Dockerfile, AnyTextIsRead) {
  for (const std::string_view text :
       {"", "FROM", "FROM \\", "COPY a b", "FROM x\nCOPY", "FROM x\nCOPY --from=", "FROM x AS x\nFROM x AS x",
        "FROM $", "FROM ${", "FROM ${A:-", "FROM x\nCMD [", "FROM x\nRUN <<", "FROM x\nENV A", "ARG =", "\\\n\\\n",
        "FROM x AS a\nCOPY --from=a /a /a\nCOPY --from=a / /", "FROM x\nCOPY a /\nWORKDIR ../../.."}) {
    const Dockerfile file = read_dockerfile(text);
    for (const DockerStage& stage : file.stages) {
      EXPECT_LE(stage.base_where.end, text.size());
      copied_into(file, stage, "/var/task");
      bottom_stage(file, stage);
    }
  }
}

}  // namespace
}  // namespace fnlint
