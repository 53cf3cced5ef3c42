// check-links.mjs FOLDER: whether each link of a built site leads to a page, file or heading of it. Links to other hosts are not
// followed; those to the repository are checked when the site is built.
import fs from "node:fs";
import path from "node:path";

const site = path.resolve(process.argv[2]);
const pages = fs.readdirSync(site, { recursive: true }).filter(name => name.endsWith(".html"));
const ids = new Map();

const text = page => fs.readFileSync(path.join(site, page), "utf8");
const idsOf = page => {
  if (!ids.has(page)) ids.set(page, new Set([...text(page).matchAll(/\sid="([^"]+)"/g)].map(found => found[1])));
  return ids.get(page);
};
const fileOf = address => [address, `${address}.html`, path.posix.join(address, "index.html")]
  .map(name => name.replace(/^\//, "")).find(name => name && fs.existsSync(path.join(site, name)) && fs.statSync(path.join(site, name)).isFile());

let checked = 0, dead = 0;
for (const page of pages)
  for (const [, raw] of text(page).matchAll(/\s(?:href|src)="([^"]+)"/g)) {
    const link = raw.replace(/&amp;/g, "&");
    if (/^([a-z]+:|\/\/)/.test(link)) continue;
    const [address, anchor] = decodeURI(link).split("#");
    const target = address ? fileOf(path.posix.resolve("/", address.startsWith("/") ? "" : path.posix.dirname(page), address) +
      (address.endsWith("/") ? "/" : "")) : page;
    ++checked;
    const why = !target ? "no such page" : anchor && target.endsWith(".html") && !idsOf(target).has(anchor) ? "no such heading" : "";
    if (!why) continue;
    console.error(`${page}: ${link}: ${why}`);
    ++dead;
  }
console.log(`${pages.length} pages, ${checked} links, ${dead} dead`);
process.exitCode = dead ? 1 : 0;
