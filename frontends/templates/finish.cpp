// Merges the document's problems with the reader's own, by their places.

#include "frontends/templates/finish.h"

#include <algorithm>

namespace fnlint {

TemplateFacts finish(TemplateBuilder& builder, const Document& document) {
  TemplateFacts& facts = builder.facts;
  facts.complete = facts.complete && document.complete;
  facts.problems.insert(facts.problems.begin(), document.problems.begin(), document.problems.end());
  std::ranges::stable_sort(facts.problems, {},
                           [](const Problem& each) { return each.where.begin; });
  return std::move(facts);
}

}  // namespace fnlint
