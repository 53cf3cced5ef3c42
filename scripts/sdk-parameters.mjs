// See scripts/sdk-parameters. Needs nothing but node.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const [botocore, boto3, version] = process.argv.slice(2);
if (!botocore || !boto3 || !version || process.argv.length > 5) {
  console.error("usage: sdk-parameters BOTOCORE BOTO3 VERSION");
  process.exit(2);
}
const here = path.resolve(import.meta.dirname, "..");
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// Services that functions call by more operations than those that data/operations.yaml describes: all of theirs.
const whole = new Set(`acm apigateway apigatewaymanagementapi appconfigdata appsync athena bedrock-runtime cloudformation cloudfront
  cloudwatch codebuild codepipeline cognito-identity cognito-idp comprehend dynamodb dynamodbstreams ecr ecs emr-serverless events
  firehose kinesis kms lambda logs polly rds-data redshift-data rekognition route53 s3 scheduler secretsmanager ses sesv2 sns sqs
  ssm stepfunctions sts textract transcribe translate`.split(/\s+/));

const rows = fs.readFileSync(path.join(here, "data/operations.yaml"), "utf8").split("\n");
const described = new Set(rows.map(line => /^ +- \{id: ([\w-]+\.\w+),/.exec(line)?.[1]).filter(Boolean));
// Lists of entries of batch operations, of which data/quotas.yaml says how long they may be.
const quotas = fs.readFileSync(path.join(here, "data/quotas.yaml"), "utf8").split("\n");
const lists = new Map();
for (const line of quotas) {
  const [, operation, list] = /^ +- \{operation: ([\w-]+\.\w+), list: "?([\w.*[\]]+)"?,/.exec(line) ?? [];
  if (operation) lists.set(operation, [...(lists.get(operation) ?? []), list]);
}

function newest(folder, name) {
  const last = fs.readdirSync(folder).sort(byName).pop();
  const file = [name + ".gz", name].map(one => path.join(folder, last, one)).find(fs.existsSync);
  if (!file) return undefined;
  const bytes = fs.readFileSync(file);
  return JSON.parse(file.endsWith(".gz") ? zlib.gunzipSync(bytes) : bytes);
}

// Members that a resource of boto3 gives an operation itself: { PutItem: {TableName} }.
function givenByResources(service) {
  const folder = path.join(boto3, service);
  const given = new Map();
  const visit = node => {
    if (!node || typeof node !== "object") return;
    if (typeof node.operation === "string")
      for (const one of node.params ?? []) {
        const name = one.target.replace(/\..*|\[.*/, "");
        given.set(node.operation, (given.get(node.operation) ?? new Set()).add(name));
      }
    Object.values(node).forEach(visit);
  };
  if (fs.existsSync(folder)) visit(newest(folder, "resources-1.json"));
  return given;
}

// The structure that a list's elements are; undefined: they are something else.
function elementOf(model, shape, list) {
  for (const part of list.split(".")) {
    const at = model.shapes[shape];
    const inner = part === "*" ? at.value?.shape : at.members?.[part]?.shape;
    if (!inner) throw new Error(`no such member: ${list} of ${shape}`);
    shape = inner;
  }
  const element = model.shapes[shape].member?.shape;
  return model.shapes[element]?.type === "structure" ? model.shapes[element] : undefined;
}

// SDKs fill tokens themselves.
function line(id, shape, given = new Set()) {
  const needs = name => (shape.required ?? []).includes(name) && !shape.members[name].idempotencyToken;
  const mark = name => (needs(name) ? (given.has(name) ? "!?" : "!") : "");
  return id + "\t" + Object.keys(shape.members ?? {}).sort(byName).map(name => name + mark(name)).join(" ");
}

const lines = [];
for (const service of fs.readdirSync(botocore).sort(byName)) {
  const folder = path.join(botocore, service);
  if (!fs.statSync(folder).isDirectory()) continue;
  const model = newest(folder, "service-2.json");
  if (!model) continue;
  const given = givenByResources(service);
  for (const [name, operation] of Object.entries(model.operations)) {
    const id = `${service}.${name}`;
    if (!whole.has(service) && !described.has(id)) continue;
    const shape = model.shapes[operation.input?.shape] ?? {};
    lines.push(line(id, shape, given.get(name)));
    for (const list of lists.get(id) ?? []) {
      const element = elementOf(model, operation.input.shape, list);
      if (element) lines.push(line(`${id} ${list}`, element));
      lists.delete(id);
    }
  }
}
if (lists.size) throw new Error(`no such operations: ${[...lists.keys()]}`);
const head = [
  "# What operations take: an operation as boto3 names its client and the API the operation, a tab, and its members: those with '!' are",
  "# required, those with '!?' not where a resource of boto3 gives them. With a list behind the operation: of each of its entries.",
  "# Written by scripts/sdk-parameters; of which services all operations, it says.",
  `# Source: PyPI botocore and boto3 ${version}, their service and resource models.`,
  "# Licence: Apache-2.0, Copyright Amazon.com, Inc. or its affiliates.",
];
fs.writeFileSync(path.join(here, "data/sdk_parameters.tsv"), [...head, ...lines.sort(byName)].join("\n") + "\n");
console.log(`data/sdk_parameters.tsv: ${lines.length} lines`);
