// docs/ as a site. scripts/docs builds it and checks its links.
import fs from "node:fs";
import path from "node:path";
import { defineConfig } from "vitepress";

const vue = path.resolve(import.meta.dirname, "../node_modules/vue");
const repository = "https://github.com/fnlint/fnlint";
const root = path.resolve(import.meta.dirname, "../..");
const docs = path.join(root, "docs");

const rules = fs.readdirSync(path.join(docs, "rules")).filter(name => /^[a-z].*\.md$/.test(name)).map(name => name.slice(0, -3));
const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#3451b2"/>' +
  '<path d="M4.5 3.5h2l5 9H9.6L7.4 8.4l-2 4.1H3.6L6.4 7z" fill="#fff"/></svg>';
const categoryOf = id => id.split("-")[0];
const titleOf = page => fs.readFileSync(path.join(docs, page), "utf8").match(/^# (.*)$/m)[1];
const categories = [...new Set(rules.map(categoryOf))];

// A link to a page of docs/ leads to its address on the site; what a page names outside of docs/ is in the repository.
function addressOf(target) {
  const name = path.relative(docs, target);
  if (name.startsWith("..")) {
    const kind = fs.statSync(target).isDirectory() ? "tree" : "blob";
    return `${repository}/${kind}/main/${path.relative(root, target)}`;
  }
  if (!name.endsWith(".md")) return `/${name}`;
  return name.startsWith("rules/") ? `/${name.replace("README.md", "").replace(".md", "/")}` : `/${name.replace(/(README|index)?\.md$/, "")}`;
}

function links(md) {
  md.core.ruler.push("addresses", state => {
    const page = state.env.realPath ?? state.env.path;
    for (const block of state.tokens)
      for (const token of block.children ?? []) {
        const href = token.type === "link_open" && token.attrGet("href");
        if (!href || /^([a-z]+:|#|\/)/.test(href)) continue;
        const [file, heading] = decodeURI(href).split("#");
        const target = path.resolve(path.dirname(page), file);
        if (!fs.existsSync(target)) throw new Error(`${path.relative(root, page)}: no such file: ${href}`);
        token.attrSet("href", addressOf(target) + (heading ? `#${heading}` : ""));
        if (target.endsWith(".json")) token.attrSet("target", "_self");
      }
  });
}

export default defineConfig({
  title: "fnlint",
  description: "A linter for AWS Lambda projects: handler code, templates and packages together",
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: "../docs",
  outDir: "./dist",
  cleanUrls: true,
  // The pages lie outside of this folder, and do not find what is installed in it.
  vite: { resolve: { alias: [
    { find: /^vue$/, replacement: path.join(vue, "dist/vue.runtime.esm-bundler.js") },
    { find: /^vue\/server-renderer$/, replacement: path.join(vue, "server-renderer/index.mjs") },
  ] } },
  lastUpdated: false,
  // The address of a rule's page, as findings name it: /rules/ID/
  rewrites: { "rules/README.md": "rules/index.md", "rules/:id.md": "rules/:id/index.md", "decisions/README.md": "decisions/index.md" },
  markdown: { config: links },
  ignoreDeadLinks: true,  // check-links.mjs knows headings, too
  buildEnd: site => {
    for (const name of ["fnlint.schema.json", "fnlint-config.schema.json", "fnlint-rules.schema.json", "fnlint-model.schema.json"])
      fs.copyFileSync(path.join(docs, name), path.join(site.outDir, name));
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Rules", link: "/rules/" },
      { text: "Configuration", link: "/configuration" },
    ],
    socialLinks: [{ icon: "github", link: repository }],
    sidebar: [
      { text: "Start", items: [
        { text: "fnlint", link: "/" }, { text: "Install", link: "/install" }, { text: "Tutorial", link: "/tutorial" }, { text: "Comparison", link: "/comparison" }] },
      { text: "Guides", items: [
        { text: "pre-commit", link: "/pre-commit" }, { text: "GitHub", link: "/github" }, { text: "GitLab", link: "/gitlab" },
        { text: "Other CI and hooks", link: "/ci" },
        { text: "Editors", link: "/editors" }, { text: "Least privilege", link: "/least-privilege" }] },
      { text: "Reference", items: [
        { text: "Configuration", link: "/configuration" }, { text: "Command line", link: "/command-line" },
        { text: "Output", link: "/output" }, { text: "JSON", link: "/json" }] },
      { text: "Rules", items: [{ text: "All rules", link: "/rules/" }, ...categories.map(category => ({
        text: category, collapsed: true, items: rules.filter(id => categoryOf(id) === category)
          .map(id => ({ text: id.slice(category.length + 1), link: `/rules/${id}/` })) }))] },
      { text: "Inside", items: [{ text: "Architecture", link: "/architecture" }, { text: "Glossary", link: "/glossary" }, { text: "Decisions", link: "/decisions/" },
        ...fs.readdirSync(path.join(docs, "internals")).map(name => name.slice(0, -3))
          .map(page => ({ text: titleOf(`internals/${page}.md`), link: `/internals/${page}` })), { text: "Models of libraries", link: "/models" }, { text: "Mutation recall", link: "/mutations" }] },
    ],
  },
});
