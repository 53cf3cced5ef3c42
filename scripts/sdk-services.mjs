// See scripts/sdk-services. Needs nothing but node.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const [data, version] = process.argv.slice(2);
if (!data || !version || process.argv.length > 4) {
  console.error("usage: sdk-services FOLDER VERSION");
  process.exit(2);
}
const here = path.resolve(import.meta.dirname, "..");
const rows = fs.readFileSync(path.join(here, "data/iam_actions.tsv"), "utf8").split("\n")
  .filter(line => line && !line.startsWith("#")).map(line => line.split("\t"));
const actionsOf = new Map(rows.map(([prefix, actions]) => [prefix, new Set(actions.split(" "))]));
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const word = text => text.toLowerCase().replace(/[^a-z0-9]/g, "");

// The prefix whose actions have most of the operations' names, of those that the service is signed or addressed by.
function prefixOf(name, model) {
  const operations = Object.values(model.operations).map(one => one.name);
  const { signingName, endpointPrefix } = model.metadata;
  const candidates = new Set([name, signingName, endpointPrefix, endpointPrefix?.split(".").pop(), ...actionsOf.keys()]);
  let best, most = operations.length / 2;
  for (const one of candidates) {
    const known = actionsOf.get(one);
    if (!known) continue;
    const hits = operations.filter(operation => known.has(operation)).length;
    const own = one === name || one === signingName || one === endpointPrefix;
    if (hits > most || (own && !best && hits > 0)) [best, most] = [one, Math.max(hits, most)];
  }
  return best;
}

const words = new Map();
for (const name of fs.readdirSync(data).sort(byName)) {
  const folder = path.join(data, name);
  if (!fs.statSync(folder).isDirectory()) continue;
  const last = fs.readdirSync(folder).sort(byName).pop();
  const file = ["service-2.json.gz", "service-2.json"].map(one => path.join(folder, last, one)).find(fs.existsSync);
  if (!file) continue;
  const bytes = fs.readFileSync(file);
  const model = JSON.parse(file.endsWith(".gz") ? zlib.gunzipSync(bytes) : bytes);
  const prefix = prefixOf(name, model);
  if (!prefix) continue;
  words.set(prefix, new Set([...(words.get(prefix) ?? []), word(name), word(model.metadata.serviceId)]));
}
const lines = [
  "# What SDKs call a service: its prefix in actions of IAM, a tab, and names in lower case, without '-', '_' and blanks: those of",
  "# clients of boto3 and the services' ids, of which other SDKs make the names of packages. Written by scripts/sdk-services.",
  `# Source: PyPI botocore ${version}, its service models; the prefix is the one whose actions have most of the operations' names.`,
  "# Licence: Apache-2.0, Copyright Amazon.com, Inc. or its affiliates.",
];
for (const prefix of [...words.keys()].sort(byName)) lines.push(`${prefix}\t${[...words.get(prefix)].sort(byName).join(" ")}`);
fs.writeFileSync(path.join(here, "data/sdk_services.tsv"), lines.join("\n") + "\n");
console.log(`data/sdk_services.tsv: ${lines.length - 4} services`);
