// See scripts/library-reach: what one package of npm, installed in a folder, can reach.
// A row: language, path, package, version, `computes` or `reaches`, and what it reaches.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [parser, folder, asked] = process.argv.slice(2);
const acorn = createRequire(path.resolve(parser, "x.js"))("acorn");
const modules = path.join(folder, "node_modules");
const name = asked.replace(/(?<=.)@[^/]*$/, "");

// Modules of Node.js that act on nothing beyond the process.
const computing = new Set(`assert assert/strict async_hooks buffer constants crypto diagnostics_channel events os path path/posix path/win32
  perf_hooks punycode querystring stream stream/consumers stream/promises stream/web string_decoder url util util/types zlib`.split(/\s+/));
// Names that act, whatever they are taken of: `root.setTimeout`, `globalThis.fetch`.
const acting = new Set(`fetch XMLHttpRequest WebSocket EventSource sendBeacon importScripts setTimeout setInterval setImmediate
  mainModule dlopen SharedWorker localStorage sessionStorage indexedDB`.split(/\s+/));
const actingGlobals = new Set([...acting, ..."eval Worker WebAssembly document navigator Deno Bun ActiveXObject".split(" ")]);
const readOfProcess = new Set(`env platform version versions argv cwd hrtime nextTick uptime memoryUsage emitWarning browser release arch
  pid title stdout stderr features execArgv noDeprecation throwDeprecation type umask config`.split(/\s+/));

// Packages of which data/computing_libraries.yaml has a row of their own: what was written by hand stands, for what others need of them.
const byHand = (() => {
  const text = fs.readFileSync(path.join(import.meta.dirname, "../data/computing_libraries.yaml"), "utf8").replace(/#.*/g, "");
  const lists = ["records", "formats", "times", "tokens", "others", "javascript"];
  return new Set(lists.flatMap(list => new RegExp(`^${list}: \\[([^\\]]*)\\]`, "m").exec(text)[1].split(",").map(one => one.trim().replace(/"/g, ""))));
})();

const reached = new Map();  // what: where it was seen first
const reach = (what, file) => reached.has(what) || reached.set(what, path.relative(modules, file));

function manifest(of) {
  try { return JSON.parse(fs.readFileSync(path.join(of, "package.json"), "utf8")); } catch { return undefined; }
}

function fileAt(at) {
  for (const end of ["", ".js", ".cjs", ".mjs", ".json", ".node", ".ts"])
    if (fs.statSync(at + end, { throwIfNoEntry: false })?.isFile()) return at + end;
  if (!fs.statSync(at, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const main = manifest(at)?.main;
  if (main && path.join(at, main) !== path.join(at, ".")) {
    const found = fileAt(path.join(at, main));
    if (found) return found;
  }
  return ["index.js", "index.cjs", "index.mjs", "index.json", "index.node"].map(one => path.join(at, one)).find(one => fs.existsSync(one));
}

// All targets that Node.js may choose, whichever way it loads.
function targets(entry) {
  if (typeof entry === "string") return [entry];
  if (Array.isArray(entry)) return entry.flatMap(targets);
  if (!entry || typeof entry !== "object") return [];
  const other = /^(browser|types|typings|deno|bun|worker|workerd|react-native|edge-light|edge|development|netlify|electron|react-server)/;
  return Object.entries(entry).filter(([condition]) => !other.test(condition)).flatMap(([, one]) => targets(one));
}

function filesBelow(at, keep) {
  const found = [];
  for (const one of fs.readdirSync(at, { withFileTypes: true })) {
    const full = path.join(at, one.name);
    if (one.isDirectory() && one.name !== "node_modules" && keep(one.name)) found.push(...filesBelow(full, keep));
    if (one.isFile()) found.push(full);
  }
  return found;
}

function matching(home, pattern) {
  if (!pattern.includes("*")) return [fileAt(path.join(home, pattern))].filter(Boolean);
  const [begin, end] = pattern.split("*").map(part => path.join("/", part).slice(1));
  return filesBelow(home, () => true).filter(file => {
    const at = path.relative(home, file);
    return at.startsWith(path.join(begin, ".").replace(/^\.$/, "")) && at.endsWith(end || "") && /\.(js|cjs|mjs|json|node)$/.test(at);
  });
}

// What may be loaded of a package by whoever names it, with what stands behind its name or with anything.
function entries(home, sub) {
  const about = manifest(home) ?? {};
  if (about.exports === undefined) {
    if (sub) return [fileAt(path.join(home, sub))].filter(Boolean);
    const module = about.module && fileAt(path.join(home, about.module));
    return [fileAt(home), module].filter(Boolean);
  }
  const exported = about.exports;
  const isMap = exported && typeof exported === "object" && !Array.isArray(exported) && Object.keys(exported).some(key => key.startsWith("."));
  const map = isMap ? exported : { ".": exported };
  const wanted = sub === undefined ? Object.keys(map) : [sub ? "./" + sub : "."];
  return wanted.flatMap(one => {
    const key = map[one] !== undefined ? one : Object.keys(map).find(row => row.includes("*") && one.startsWith(row.split("*")[0]));
    return key === undefined ? [] : targets(map[key]).flatMap(target => matching(home, target));
  });
}

function homeOf(from, packageName) {
  for (let at = path.dirname(from); at.startsWith(folder); at = path.dirname(at)) {
    const home = path.join(at, "node_modules", packageName);
    if (fs.existsSync(home)) return home;
  }
  return undefined;
}

function resolve(specifier, from) {
  if (specifier.startsWith("node:") || (!specifier.startsWith(".") && isBuiltin(specifier))) {
    const module = specifier.replace(/^node:/, "").replace(/\/$/, "");
    // A package of that name stands for it where it is installed: `punycode/`, `events`.
    if (computing.has(module)) return [];
    reach(module, from);
    return [];
  }
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    const found = fileAt(path.resolve(path.dirname(from), specifier));
    if (!found) reach("missing " + path.basename(specifier), from);
    return found ? [found] : [];
  }
  if (specifier.startsWith("#")) {
    for (let at = path.dirname(from); at.startsWith(folder); at = path.dirname(at)) {
      const map = manifest(at)?.imports;
      if (!map) continue;
      const found = map[specifier] === undefined ? [] : targets(map[specifier]);
      return found.flatMap(one => (one.startsWith(".") ? matching(at, one) : resolve(one, from)));
    }
    reach("missing " + specifier, from);
    return [];
  }
  const [, packageName, sub] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(specifier);
  if (byHand.has(packageName) && packageName !== name) return [];
  const home = homeOf(from, packageName);
  const found = home ? entries(home, sub) : [];
  if (found.length === 0) reach("missing " + packageName, from);
  return found;
}

const builtins = new Set((await import("node:module")).builtinModules);
const isBuiltin = specifier => builtins.has(specifier.replace(/\/$/, ""));

function parse(text) {
  const options = { ecmaVersion: "latest", allowHashBang: true, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true };
  for (const sourceType of ["module", "script"])
    try { return acorn.parse(text, { ...options, sourceType }); } catch { /* the other way, perhaps */ }
  return undefined;
}

function walk(node, visit, parent) {
  if (!node || typeof node.type !== "string") return;
  visit(node, parent);
  for (const key of Object.keys(node)) {
    const part = node[key];
    if (Array.isArray(part)) part.forEach(one => walk(one, visit, node));
    else if (part && typeof part === "object" && part !== parent) walk(part, visit, node);
  }
}

// Names that the file itself declares somewhere.
function declared(tree) {
  const names = new Set();
  const pattern = node => {
    if (!node) return;
    if (node.type === "Identifier") names.add(node.name);
    (node.elements ?? []).forEach(pattern);
    (node.properties ?? []).forEach(one => pattern(one.value ?? one.argument));
    if (node.left) pattern(node.left);
    if (node.argument) pattern(node.argument);
  };
  walk(tree, node => {
    if (node.type === "VariableDeclarator") pattern(node.id);
    if (/Function|Class/.test(node.type)) pattern(node.id), (node.params ?? []).forEach(pattern);
    if (/^Import.*Specifier$/.test(node.type)) pattern(node.local);
    if (node.type === "CatchClause") pattern(node.param);
  });
  return names;
}

const text = node => (node?.type === "Literal" && typeof node.value === "string" ? node.value
  : node?.type === "TemplateLiteral" && node.quasis.length === 1 ? node.quasis[0].value.cooked : undefined);

const ofAll = /^(globalThis|global|window|self)$/;

// Whether the file gives what holds all globals another name: `const root = globalThis`.
function renamesAll(tree, own) {
  let renames = false;
  walk(tree, (node, parent) => {
    const isBase = parent?.type === "MemberExpression" && parent.object === node;
    const isName = parent?.type === "MemberExpression" && parent.property === node && !parent.computed;
    const isAsked = parent?.type === "UnaryExpression" || parent?.type === "BinaryExpression";
    if (node.type === "Identifier" && ofAll.test(node.name) && !own.has(node.name) && !isBase && !isName && !isAsked) renames = true;
    if (node.type === "Literal" && /^return this;?$/.test(node.value)) renames = true;
  });
  return renames;
}

function look(file, tree, more) {
  const own = declared(tree);
  const isAny = renamesAll(tree, own);
  const load = node => {
    const module = text(node);
    if (module === undefined) reach("a computed import", file);
    else more.push(...resolve(module, file));
  };
  const isReference = (node, parent) =>
    !(parent?.type === "MemberExpression" && parent.property === node && !parent.computed) &&
    !(/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent?.type) && parent.key === node && !parent.computed && !parent.shorthand) &&
    !/^(LabeledStatement|BreakStatement|ContinueStatement|Export|Import)/.test(parent?.type ?? "");
  walk(tree, (node, parent) => {
    if (/^(Import|ExportAll|ExportNamed)Declaration$/.test(node.type) && node.source) load(node.source);
    if (node.type === "ImportExpression") load(node.source);
    if (node.type === "MemberExpression") {
      const member = node.computed ? text(node.property) : node.property.name;
      const of = node.object.type === "Identifier" ? node.object.name : "";
      // `fetch` is the name of many a method; the others are nobody else's.
      const acts = acting.has(member) && (member !== "fetch" || isAny || ofAll.test(of) || node.object.type === "ThisExpression");
      if (acts || (member === "constructor" && node.object.property?.name === "constructor")) reach(member, file);
      if (of === "process" && !own.has("process") && !readOfProcess.has(member)) reach("process." + (member ?? "[]"), file);
      if (of === "process" && member === "env" && parent?.type === "MemberExpression") return;
      // `globalThis[name]`: any of them.
      if (ofAll.test(of) && !own.has(of) && member === undefined) reach("a computed global", file);
      if (/^(module|require)$/.test(of) && !own.has(of) && /^(require|load|_load|resolve)$/.test(member ?? "")) {
        if (!(of === "require" && member === "resolve")) reach("a computed import", file);
      }
    }
    if (node.type === "AssignmentExpression" && /^process\.env/.test(sourceOf(node.left)) && !own.has("process")) reach("process.env", file);
    if (/^(Call|New)Expression$/.test(node.type) && node.callee.type === "Identifier") {
      const called = node.callee.name;
      // A bundle's own `require`, and a module's wrapper: functions that get it as a parameter call it by text.
      if (called === "require" && node.type === "CallExpression" && (!own.has("require") || text(node.arguments[0]) !== undefined)) {
        if (!own.has("require") || isBuiltin(text(node.arguments[0]))) load(node.arguments[0]);
      }
      if (called === "Function" && !own.has("Function") && !/^return this;?$/.test(text(node.arguments.at(-1))?.trim() ?? "-"))
        if (node.arguments.length > 0) reach("code of a text", file);
    }
    if (node.type === "Identifier" && isReference(node, parent) && !own.has(node.name)) {
      const isTypeof = parent?.type === "UnaryExpression" && parent.operator === "typeof";
      if (actingGlobals.has(node.name) && !isTypeof) reach(node.name, file);
      const isCalled = /^(Call|New)Expression$/.test(parent?.type) && parent.callee === node;
      const isLeft = parent?.type === "MemberExpression" && parent.object === node;
      const isAsked = isTypeof || parent?.type === "BinaryExpression" || (parent?.type === "LogicalExpression" && parent.left === node);
      if (node.name === "process" && !isLeft && !isAsked) reach("process", file);
      if (node.name === "require" && !isCalled && !isLeft && !isAsked) reach("a computed import", file);
    }
  });
}

let current = "";
const sourceOf = node => current.slice(node.start, node.end);

function closure(begin) {
  const seen = new Set();
  const open = [...begin];
  while (open.length > 0) {
    const file = fs.realpathSync(open.pop());
    if (seen.has(file) || file.endsWith(".json")) continue;
    seen.add(file);
    if (/\.(node|wasm)$/.test(file)) { reach("native code", file); continue; }
    if (/\.d\.[cm]?ts$/.test(file)) continue;
    current = fs.readFileSync(file, "utf8");
    const tree = parse(current);
    if (!tree) reach("unreadable " + path.basename(file), file);
    else look(file, tree, open);
  }
}

const home = path.join(modules, name);
const about = manifest(home);
if (!about) { console.error(`library-reach: ${asked}: no package.json`); process.exit(0); }
// A row stands for all below the name: of a package that does not say what it exports, each file that is no example, test or program.
const aside = /^(tests?|__tests__|specs?|examples?|demos?|docs?|benchmarks?|bench|bin|scripts?|build-tools|tasks|browser|umd|esm-browser|coverage|\..*|types)$/;
const beside = /(\.min\.js|\.(test|spec)\.[cm]?js|\.config\.[cm]?js|(^|\/)(Gruntfile|gulpfile|karma\.conf|rollup\.config|webpack\.config|cli|test|browser|benchmark)\.[cm]?js)$/;
const begin = about.exports !== undefined ? entries(home) :
  [...entries(home, ""), ...filesBelow(home, one => !aside.test(one)).filter(file => /\.(js|cjs|mjs|node)$/.test(file) && !beside.test(path.relative(home, file)))];
if (begin.length === 0) reach("no code", home);
closure(begin.filter(file => /\.(js|cjs|mjs|node|json)$/.test(file)));
const what = [...reached].map(([one, where]) => `${one} (${where})`).sort();
if (process.env.LIBRARY_REACH_ALL) console.error(what.join("\n"));
const shown = [...reached.keys()].sort();
const more = shown.length > 6 ? [`${shown.length - 6} more`] : [];
console.log(["javascript", name, name, about.version, shown.length > 0 ? "reaches" : "computes", [...shown.slice(0, 6), ...more].join(", ") || "-"].join("\t"));
