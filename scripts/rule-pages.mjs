// See scripts/rule-pages. Needs nothing but node.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "docs/rules");
const check = process.argv.includes("--check");
const named = process.argv.slice(2).find(word => word !== "--check") ?? process.env.FNLINT;
const program = named ? path.resolve(named) : path.join(root, "scripts/fnlint");

const today = "2026-03-01";  // the day of the fixtures
const longestFile = 60, longestLine = 160;  // of an example
const widest = 120, toldColumns = 84;       // of what is written here, and of what the program said

// Which thresholds a rule asks; their meaning and defaults stand in docs/configuration.md.
const options = {
  "concurrency-reserved-above-account": ["account-concurrency"],
  "cost-memory-too-small": ["init-total-ms"],
  "init-heavy-import": ["init-import-ms", "init-import-mb", "init-total-ms"],
  "init-unused-import": ["init-unused-ms"],
  "layer-oversized": ["package-bytes", "package-warn-percent"],
  "package-oversized": ["package-bytes", "package-warn-percent"],
  "runtime-deprecating-soon": ["runtime-soon-days"],
  "secrets-cached-forever": ["secrets-rotate"],
};

const categories = {
  alias: "Aliases and versions", async: "Work that outlives the handler", concurrency: "Reserved and provisioned concurrency",
  config: "Environment variables, properties, suppressions", cost: "Cost", event: "What the handler reads and returns",
  handler: "Handlers that cannot start", idempotency: "Events that are delivered twice", init: "Cold starts",
  invocation: "Functions that call or wait", layer: "Layers", limits: "Limits of Lambda", loop: "Recursive loops",
  network: "VPCs and file systems", observability: "Logs, traces and metrics", package: "What is deployed",
  permission: "Who may invoke a function", reliability: "Events and errors that are lost",
  role: "Permissions of the role", runtime: "Runtimes", secrets: "Secrets", security: "Input of strangers, public and unencrypted resources", signing: "Code signing", snapstart: "SnapStart",
  state: "State shared between invocations", storage: "/tmp and the file system", trigger: "Triggers and filters",
};

const toolNames = { Serverless: "Serverless Framework", JavaScript: "JavaScript, TypeScript" };

const languages = {
  py: "python", js: "js", mjs: "js", cjs: "js", ts: "ts", java: "java", kt: "kotlin", go: "go", cs: "csharp", rb: "ruby", rs: "rust",
  cpp: "cpp", yaml: "yaml", yml: "yaml", json: "json", tf: "hcl", txt: "text", toml: "toml", xml: "xml",
};
const slashes = new Set(["js", "ts", "java", "kotlin", "go", "csharp", "rust", "cpp"]);
const language = file => languages[path.extname(file).slice(1)] ?? "text";
const comment = (file, text) => (slashes.has(language(file)) ? "// " : "# ") + text;
const hasComments = file => !["json", "xml"].includes(language(file));

function wrapped(text, width = widest, indent = "") {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      line += word;
    } else line += (line && line !== indent ? " " : "") + word;
  }
  return [...lines, line].join("\n");
}

// Outside of code, what is markup of Markdown, HTML or the site is text.
const plain = text => text.split(/(`[^`]*`)/)
  .map((part, at) => at % 2 ? part : part.replace(/</g, "&lt;").replace(/\*/g, "\\*").replace(/\{\{/g, "{&#123;")).join("");
const prose = text => wrapped(plain(text));
const item = (label, text) => wrapped(`- **${label}**: ${plain(text)}`, widest, "  ");

// ---- Fixtures

function filesOf(start) {
  const found = [];
  for (const entry of fs.readdirSync(start, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) found.push(path.relative(start, path.join(entry.parentPath, entry.name)));
  return found.sort();
}

// A fixture's marks (CONTRIBUTING.md) are for its test alone.
const withoutMarks = text => text.split("\n")
  .filter(line => !/^\s*(?:#|\/\/|\/\*|--|;)?\s*\^+\s+\S/.test(line))
  .map(line => line.replace(/\s*(?:#|\/\/|--|;)\s*expect:.*$/, ""))
  .join("\n");

// An archive that holds `bytes` zeros as they are (PKWARE APPNOTE 4.3).
function archive(bytes) {
  const data = Buffer.alloc(bytes), name = Buffer.from("model.bin");
  const how = Buffer.alloc(22);
  how.writeUInt16LE(20, 0);
  how.writeUInt16LE(0x5C21, 8);
  how.writeUInt32LE(zlib.crc32(data), 10);
  how.writeUInt32LE(bytes, 14);
  how.writeUInt32LE(bytes, 18);
  const size = Buffer.alloc(4);
  size.writeUInt16LE(name.length, 0);
  const entry = Buffer.concat([Buffer.from("PK\x03\x04"), how, size, name, data]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), how, size, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(entry.length, 16);
  return Buffer.concat([entry, central, end]);
}

class Example {
  constructor(rule, name) {
    this.name = name;
    this.source = path.join(root, "fixtures", rule, name);
    this.copy = fs.mkdtempSync(path.join(os.tmpdir(), "fnlint-example-"));
    this.texts = new Map();
    this.sizes = [];
    this.today = today;
    for (const file of filesOf(this.source)) {
      const bytes = fs.readFileSync(path.join(this.source, file));
      if (file === "expect.txt") this.today = /^#?\s*today:\s*(\S+)/m.exec(bytes.toString())?.[1] ?? today;
      else if (file === "sizes.txt") this.sizes = bytes.toString().trim().split("\n").map(line => line.split(" "));
      else this.write(file, bytes.includes(0) ? bytes : withoutMarks(bytes.toString()));
    }
    for (const [file, bytes, stored] of this.sizes) {
      this.write(file, stored ? archive(Number(bytes)) : Buffer.alloc(0));
      if (!stored) fs.truncateSync(path.join(this.copy, file), Number(bytes));
    }
  }

  write(file, content) {
    const target = path.join(this.copy, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
    if (typeof content === "string") this.texts.set(file, content);
  }

  findings(rule) {
    const words = ["check", ".", "--output-format", "json", "--today", this.today, "--extend-select", rule, "--exit-zero"];
    const out = execFileSync(program, words, { cwd: this.copy, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return JSON.parse(out).findings.filter(finding => finding.rule === rule);
  }

  // The comment that silences the finding, as it stands there; null where none does.
  suppression(rule, finding) {
    const text = this.texts.get(finding.path);
    if (!text || !hasComments(finding.path)) return null;
    const lines = text.split("\n"), line = lines[finding.line - 1], indent = /^\s*/.exec(line)[0];
    const said = comment(finding.path, `fnlint: ignore[${rule}] the reason`);
    const ways = [[`${indent}${said}`, line], [`${line}  ${said}`]];
    for (const way of ways) {
      this.write(finding.path, lines.toSpliced(finding.line - 1, 1, ...way).join("\n"));
      const left = this.findings(rule).filter(each => each.message === finding.message);
      this.write(finding.path, text);
      if (!left.length) return way.map(each => each.slice(indent.length)).join("\n");
    }
    return null;
  }

  done() { fs.rmSync(this.copy, { recursive: true }); }
}

const isManifest = file => /(^|\/)(requirements.*\.txt|package(-lock)?\.json|go\.(mod|sum)|Gemfile.*|pom\.xml|.*\.csproj)$/.test(file);
const isTemplate = file => ["yaml", "json", "hcl"].includes(language(file)) && !isManifest(file);

// What a page prints of an example: first what the finding is in, without manifests that say nothing about the rule.
function printedFiles(rule, example, marked, templateFirst) {
  const wanted = [...example.texts.keys()].filter(file => !file.endsWith(".fnlint.yaml") && example.texts.get(file).trim() &&
    (marked.has(file) || !isManifest(file) || ["package", "layer"].includes(rule.category)));
  const order = file => (isTemplate(file) !== templateFirst ? 2 : 0) + (marked.has(file) ? 0 : 1);
  wanted.sort((a, b) => order(a) - order(b) || a.localeCompare(b));
  const kept = [];
  let lines = 0;
  for (const file of wanted) {
    const count = example.texts.get(file).split("\n").length;
    if (kept.length && (lines + count > 1.5 * longestFile || kept.length === 4)) continue;
    kept.push(file);
    lines += count;
  }
  return { kept, others: wanted.length - kept.length };
}

function printed(rule, example, findings, templateFirst) {
  const marks = new Map();
  for (const finding of findings) marks.set(`${finding.path}:${finding.line}`, finding);
  const { kept, others } = printedFiles(rule, example, new Set(findings.map(finding => finding.path)), templateFirst);
  const parts = [];
  for (const file of kept) {
    let lines = example.texts.get(file).replace(/\n+$/, "").split("\n");
    lines = lines.map((line, at) => marks.has(`${file}:${at + 1}`) && hasComments(file) ? `${line}  ${comment(file, "<-- here")}` : line);
    lines = lines.map(line => line.length > longestLine ? `${line.slice(0, longestLine)}...` : line);
    if (lines.length > longestFile) lines = [...lines.slice(0, longestFile), comment(file, "...")];
    // GitHub leaves the numbers alone, and the site marks these lines.
    const marked = lines.map((_, at) => at + 1).filter(number => marks.has(`${file}:${number}`));
    parts.push(`\`${file}\``, ["```" + language(file) + (marked.length ? ` {${marked}}` : ""), ...lines, "```"].join("\n"));
  }
  const sizes = example.sizes.map(([file, bytes]) => `\`${file}\` has ${(bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0)} MB`);
  if (sizes.length) parts.push(`Sizes: ${sizes.join(", ")}.`);
  if (others) parts.push(`The rest of it is in [the fixture](../../fixtures/${rule.id}/${example.name}).`);
  return parts;
}

function told(finding) {
  const { path: file, line, column, severity, message, rule } = finding;
  const lines = [wrapped(`${file}:${line}:${column}: ${severity}: ${message} [${rule}]`, toldColumns, "    ")];
  const steps = finding.flow.length ? finding.flow : finding.related;
  steps.slice(0, 6).forEach((step, at) => {
    const number = finding.flow.length ? `${at + 1}. ` : "";
    lines.push("  " + wrapped(`${number}${step.path}:${step.line}: ${step.message}`, toldColumns - 2, "     "));
  });
  return lines.join("\n");
}

// ---- Words

const proper = new Map(Object.entries({
  csharp: "C#", cpp: "C++", javascript: "JavaScript", typescript: "TypeScript", python: "Python", java: "Java", ruby: "Ruby", rust: "Rust",
  kotlin: "Kotlin", terraform: "Terraform", cdk: "CDK", sam: "SAM", sst: "SST", json: "JSON", yaml: "YAML", s3: "S3", sns: "SNS", sqs: "SQS",
  arn: "ARN", arns: "ARNs", api: "API", vpc: "VPC", sdk: "SDK", http: "HTTP", sql: "SQL", url: "URL", ttl: "TTL", eventbridge: "EventBridge",
  snapstart: "SnapStart", dynamodb: "DynamoDB", kinesis: "Kinesis", powertools: "Powertools", node: "Node.js", dotnet: ".NET", iam: "IAM",
  cloudformation: "CloudFormation", lambda: "Lambda", gradle: "Gradle", maven: "Maven", kms: "KMS", efs: "EFS", nat: "NAT",
}));
const inWords = name => name.replace(/^(fires-as-likely|fires|silent|unknown)-/, "").replace(/-in-go$/, "-in-Go").split("-")
  .map(word => proper.get(word) ?? word).join(" ");

// Cases that fire as no more than `likely`, by their marks.
function likelyCases(rule, names) {
  return names.filter(name => {
    const marks = [];
    for (const file of filesOf(path.join(root, "fixtures", rule, name))) {
      const text = fs.readFileSync(path.join(root, "fixtures", rule, name, file), "latin1");
      for (const found of text.matchAll(new RegExp(`expect: ((?:(?:error|warning|note|certain|likely|possible) )*)${rule}(?![\\w-])`, "g")))
        marks.push(found[1]);
    }
    return marks.length && marks.every(words => words.includes("likely"));
  });
}

const details = (title, names) => names.length
  ? [`<details>\n<summary>${title}</summary>`, names.map(name => `- ${inWords(name)}`).join("\n"), "</details>"] : [];

function source(text) {
  const found = /^(.*?),? <(https?:[^>]+)>$/.exec(text);
  const local = /^(.*?): (data\/\S+)$/.exec(text);
  if (found) return `[${found[1]}](${found[2]})`;
  return local ? `${local[1]}: [${local[2]}](../../${local[2]})` : text;
}

function thresholds() {
  const rows = new Map();
  const page = fs.readFileSync(path.join(root, "docs/configuration.md"), "utf8");
  for (const row of page.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| (\d+) \| (.+) \|$/gm)) rows.set(row[1], { words: row[3], value: row[2] });
  return rows;
}

// ---- The page

function remedies(rule) {
  const own = Object.entries(rule.remedies);
  if (!own.length) return [prose(rule.remedy)];
  const has = of => of in rule.remedies;
  const label = of => of === "CloudFormation" && !has("SAM") ? "SAM, CloudFormation" : toolNames[of] ?? of;
  const listed = own.map(([of, text]) => item(label(of), text));
  // Where the other template tools have words of their own, the general ones are CloudFormation's.
  const general = !has("CloudFormation") && !has("SAM") && ["Terraform", "CDK", "Serverless"].some(has);
  if (general) listed.unshift(item("SAM, CloudFormation", rule.remedy));
  return [general ? "" : prose(rule.remedy), listed.join("\n")];
}

function identity(rule) {
  const text = fs.readFileSync(path.join(root, "rules", `${rule.id}.yaml`), "utf8");
  const [, bad, good] = /^examples: \{bad: ([\w-]+), good: ([\w-]+)\}/m.exec(text) ?? [];
  return { bad, good, notes: /^notes: (\w+)/m.exec(text)?.[1] };
}

function page(rule, keys) {
  const { bad, good, notes } = identity(rule);
  const cases = fs.readdirSync(path.join(root, "fixtures", rule.id)).sort();
  const of = start => cases.filter(name => name.startsWith(start));
  const parts = [`<!-- Written by scripts/rule-pages from rules/${rule.id}.yaml and fixtures/${rule.id}/. -->`, `# ${rule.id}`,
    `${rule.title}.`];
  const facts = [`Level: **${rule.severity}**`, `profile: **${rule.profile}**`, `since ${rule.since}`];
  parts.push(facts.join(" · "));
  if (rule.profile !== "default")
    parts.push(`It is checked with \`--extend-select ${rule.id}\`, or with \`--extend-select ${rule.profile}\`.`);
  if (notes) parts.push(`Its notes belong to the profile **${notes}**: \`--extend-select ${notes}\` shows them.`);
  parts.push("## Why", prose(rule.why));

  let silenced = null, where = null, templateFirst = false;
  if (bad) {
    const example = new Example(rule.id, bad);
    const findings = example.findings(rule.id);
    if (!findings.length) throw new Error(`${rule.id}: ${bad} has no finding`);
    where = findings[0].path;
    templateFirst = isTemplate(where);
    parts.push("## A bad example", ...printed(rule, example, findings, templateFirst), "fnlint reports:",
      ["```text", findings.slice(0, 2).map(told).join("\n\n"), "```"].join("\n"));
    if (findings.length > 2) parts.push(`and ${findings.length - 2} more of the same rule.`);
    if (!rule.id.startsWith("config-suppression-")) silenced = example.suppression(rule.id, findings[0]);
    example.done();
  }
  if (good) {
    const example = new Example(rule.id, good);
    if (example.findings(rule.id).length) throw new Error(`${rule.id}: ${good} has a finding`);
    parts.push("## A good example", ...printed(rule, example, [], templateFirst));
    example.done();
  }

  parts.push("## How to fix it", ...remedies(rule));

  parts.push("## How to silence it");
  if (silenced)
    parts.push("A comment beside the code, with the reason:", ["```" + language(where), silenced, "```"].join("\n"));
  else if (!rule.id.startsWith("config-suppression-") && where && !hasComments(where))
    parts.push(wrapped(`\`${where}\` has no comments. Use \`Metadata\` in a template, or \`per-path-ignores\`: ` +
      "[configuration](../configuration.md#suppressions)."));
  parts.push((silenced ? "Or for some files, or everywhere, in `.fnlint.yaml`:" : "In `.fnlint.yaml`, for some files or everywhere:"),
    ["```yaml", `per-path-ignores: {"legacy/**": [${rule.id}]}`, `ignore: [${rule.id}]`, "```"].join("\n"),
    "[Configuration](../configuration.md) has the rest: levels, last days, whole files, `Metadata`.");

  const likely = likelyCases(rule.id, of("fires-")), unknown = of("unknown-"), silent = of("silent-");
  parts.push("## When it is likely, possible or silent");
  const sure = [];
  if (likely.length) sure.push("A finding that rests on something a deployment can change is `likely`: it is shown one level lower.");
  if (unknown.length) sure.push("Where too little is known, it is `possible` at most: a note that only `--confidence possible` shows.");
  sure.push("The lists are the names of its tests.");
  parts.push(prose(sure.join(" ")), ...details("Likely", likely), ...details("Possible at most", unknown), ...details("Silent", silent),
    `All cases, with their code: [fixtures/${rule.id}](../../fixtures/${rule.id}).`);

  if (options[rule.id])
    parts.push("## Options", ["| key | default | meaning |", "|---|---|---|",
      ...options[rule.id].map(key => `| \`${key}\` | ${keys.get(key).value} | ${keys.get(key).words} |`)].join("\n"));
  if (rule.aliases.length)
    parts.push("## Rules of other tools", "These ids select or silence this rule too. The other tool's rule may cover more or less.",
      wrapped(rule.aliases.map(alias => `\`${alias}\``).join(", ")));
  if (rule.sources.length) parts.push("## Sources", rule.sources.map(text => `- ${source(text)}`).join("\n"));
  return parts.filter(Boolean).join("\n\n") + "\n";
}

function overview(rules) {
  const parts = ["<!-- Written by scripts/rule-pages from rules/*.yaml. -->", "# Rules",
    wrapped("Rules of the profile `default` are checked unless you choose others; `strict`, `security` and `cost` are added with " +
      "`--extend-select`. `fnlint explain RULE` prints what a page says in a terminal.")];
  for (const category of new Set(rules.map(rule => rule.category)))
    parts.push(`## ${category}`, `${categories[category] ?? category}.`, ["| rule | level | profile | what is wrong |", "|---|---|---|---|",
      ...rules.filter(rule => rule.category === category)
        .map(rule => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.profile} | ${rule.title} |`)].join("\n"));
  return parts.join("\n\n") + "\n";
}

const rules = JSON.parse(execFileSync(program, ["rules", "--output-format", "json"], { encoding: "utf8", maxBuffer: 1 << 26 }));
const keys = thresholds(), pages = new Map([["README.md", overview(rules)]]);
for (const rule of rules) pages.set(`${rule.id}.md`, page(rule, keys));

fs.mkdirSync(folder, { recursive: true });
const stale = fs.readdirSync(folder).filter(name => !pages.has(name));
for (const [name, text] of pages) {
  const file = path.join(folder, name);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) continue;
  stale.push(name);
  if (!check) fs.writeFileSync(file, text);
}
if (check && stale.length) {
  console.error(`docs/rules: run scripts/rule-pages; old: ${stale.join(" ")}`);
  process.exit(1);
}
if (!check) for (const name of stale) if (!pages.has(name)) fs.unlinkSync(path.join(folder, name));
