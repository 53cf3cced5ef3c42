// Finds the template in a file's documents, fills in blanks of template engines, and reads whole
// templates or the parts that others include.

#include "frontends/templates/cloudformation.h"

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/engine_text.h"
#include "frontends/templates/finish.h"
#include "frontends/templates/section_reader.h"

#include <algorithm>

namespace fnlint {
namespace {

TemplateFacts broken(Problems problems) {
  TemplateFacts facts;
  facts.problems = std::move(problems);
  facts.complete = false;
  return facts;
}

// The document of a text that an engine may have to fill in first. `facts`: it cannot be read
// before.
struct FilledText {
  Document document = {};
  EngineText engine = {};
  std::optional<TemplateFacts> facts = {};
};

FilledText read_with_blanks(std::string_view text) {
  FilledText read{.document = read_document(text)};
  std::optional<Range> sign = find_cookiecutter(text);
  if (!sign && !read.document.problems.empty()) sign = find_engine_sign(text);
  if (!sign) return read;
  read.engine = without_engine(text);
  read.document = read_document(read.engine.text);
  if (!read.document.problems.empty()) read.facts = broken({engine_problem(text, *sign)});
  return read;
}

// The document of a text that is the template: the first one with resources.
NodeId template_root(const Document& document) {
  for (const NodeId root : document.roots) {
    if (document.find(root, "Resources").exists()) return root;
  }
  return {};
}

// What `read` makes of a file that stands in for a part of a template.
template <class Read>
TemplateFacts fragment(std::string_view text, const Read& read) {
  FilledText input = read_with_blanks(text);
  if (input.facts) return *std::move(input.facts);
  Document& document = input.document;
  TemplateBuilder builder;
  builder.blanks = input.engine.blanks;
  SectionReader reader(document, builder);
  if (!document.roots.empty()) read(reader, document.roots.front());
  reader.settle_dialect();
  return finish(builder, document);
}

}  // namespace

namespace {

// What a tag that is no function names: texts with paths of templates, several of them in one.
void note_parts(const Document& document, const Node& named, TemplateBuilder& builder) {
  for (const NodeId item : document.items_of(named)) note_parts(document, document[item], builder);
  std::string text = named.text;
  std::ranges::replace_if(text, [](char c) { return c == ',' || c == '\n' || c == '#'; }, ' ');
  for (const std::string_view word : split(text, ' '))
    if (is_local_path(word) &&
        (word.ends_with(".yaml") || word.ends_with(".yml") || word.ends_with(".json")))
      builder.facts.parts.push_back(builder.string(with_slashes(word)));
}

}  // namespace

TemplateFacts read_cloudformation(std::string_view text) {
  FilledText input = read_with_blanks(text);
  if (input.facts) return *std::move(input.facts);
  Document& document = input.document;
  const NodeId root = template_root(document);
  if (!root.exists()) {
    if (document.complete && document.problems.empty()) {
      document.problems.push_back({{}, "not a template: there is no Resources section"});
    }
    TemplateFacts facts = broken(std::move(document.problems));
    facts.complete = document.complete;
    return facts;
  }
  TemplateBuilder builder;
  builder.blanks = input.engine.blanks;
  builder.facts.complete = !input.engine.statements;
  SectionReader reader(document, builder);
  reader.whole(root);
  for (const NodeId other : document.roots) {
    if (other == root) continue;
    const Range where = document[other].range;
    builder.problem({where.begin, where.begin + 1},
                    "a template is one document; this further one is not read");
  }
  for (const Node& node : document.nodes)
    if (is_own_tag(node)) note_parts(document, node, builder);
  reader.settle_dialect();
  TemplateFacts facts = finish(builder, document);
  // A blank stands for more than a text.
  if (!facts.problems.empty() && !input.engine.blanks.empty())
    return broken({engine_problem(text, input.engine.blanks.front().where)});
  if (input.engine.statements) facts.problems.push_back(*input.engine.statements);
  return facts;
}

TemplateFacts read_fragment(std::string_view text, std::string_view section) {
  return fragment(text, [&](SectionReader& reader, NodeId root) { reader.section(section, root); });
}

TemplateFacts read_fragment(std::string_view text) {
  return fragment(text, [](SectionReader& reader, NodeId root) { reader.value(root); });
}

}  // namespace fnlint
