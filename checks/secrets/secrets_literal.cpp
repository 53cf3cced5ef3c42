// A credential that is written down is known to all who can read the place, and its history; and it
// stays the same until somebody deploys again. Messages never show it.

#include "checks/secrets/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/secrets.h"
#include "values/pool.h"
#include "values/secret_text.h"

#include <algorithm>

namespace fnlint {

namespace {

// The text with its holes as "${}"; nothing where a part is no text.
std::string readable_text(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Text)) return std::string(pool.text(value));
  if (!pool.is(value, ValueKind::Pattern)) return {};
  std::string text;
  for (const ValueId part : pool.operands(value))
    text += pool.is(part, ValueKind::Text) ? std::string(pool.text(part)) : std::string("${}");
  return text;
}

std::string label_of(const SecretSign& sign) {
  return std::string(sign.form != nullptr ? sign.form->words : sign.name->words);
}

void check_variable(const Project& project, const SecretReader& reader, ResourceId function,
                    const NamedProperty& variable, Day today, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const auto& [name, row] = variable;
  const Property& property = *row;
  std::vector<ValueId> alternatives{property.value};
  if (pool.is(property.value, ValueKind::OneOf))
    alternatives.assign(pool.operands(property.value).begin(), pool.operands(property.value).end());
  for (const ValueId one : alternatives) {
    const std::string text = readable_text(pool, one);
    const std::optional<SecretSign> sign = reader.read(name, text);
    if (!sign || sign->last_day.value_or(today) < today) continue;  // it opens nothing any more
    std::uint8_t uncertainty = pool[one].uncertainty;
    if (alternatives.size() > 1) uncertainty |= kConditional;
    uncertainty |= sign->uncertainty;
    findings.push_back(
        FindingBuilder("secrets-in-env", uncertainty)
            .about(project, function)
            .at(property)
            .says("The variable ", name, " holds ", label_of(*sign), " as plain text (",
                  text.size(),
                  " characters, not shown): anyone who can read the template, its history or the "
                  "function's configuration has it.")
            .identified(property.inherited ? std::string("Globals") : name_of(project, function),
                        ':', name)
            .caused_by({.key = cat("text ", text), .apart = 1, .also = "The same text is here."}));
    return;
  }
}

std::string words_of_literal(const SecretReader& reader, const SecretLiteral& row) {
  for (const SecretForm& form : secret_tables().forms)
    if (form.id == row.kind) return std::string(form.words);
  const SecretName* name = reader.named(row.name);
  return name != nullptr ? std::string(name->words) : "a credential";
}

// What builds and deploys is in the repository as the code is.
Finding beside_code(const SecretLiteral& row, std::string_view words) {
  return FindingBuilder("secrets-in-source", row.uncertainty)
      .at(row.where)
      .says("Here stands ", words,
            " (not shown): anyone who can read the repository or its history has it.")
      .identified(row.kind)
      .caused_by({.key = cat("beside ", row.kind), .apart = 1, .also = "Here stands one, too."});
}

}  // namespace

void secrets_literal(const Project& project, const Settings& settings, Findings& findings) {
  const SecretReader reader(secret_tables());
  for (const DeclaredFunction& function : project.stacks.functions)
    for (const NamedProperty& variable :
         properties_below(project, function.resource, kEnvironmentVariables))
      check_variable(project, reader, function.resource, variable, settings.today, findings);
  for (const SecretLiteral& row : project.secret_literals) {
    if (row.last_day.value_or(settings.today) < settings.today) continue;
    const std::string words = words_of_literal(reader, row);
    if (row.beside_code) {
      findings.push_back(beside_code(row, words));
      continue;
    }
    findings.push_back(
        FindingBuilder("secrets-in-source", row.uncertainty)
            .at(row.where)
            .says(!row.given_to.empty() ? cat("'", row.given_to, "' is given ")
                  : row.name.empty()    ? std::string("This text is ")
                                        : cat("'", row.name, "' is set to "),
                  words,
                  " that is written in the code (not shown): anyone who can read the repository, "
                  "its history or the package has it.")
            .identified(row.kind, ':', row.given_to.empty() ? row.name : row.given_to)
            .caused_by({.key = cat("text ", row.text),
                        .apart = 1,
                        .also = row.given_to.empty()
                                    ? std::string("The same text is here.")
                                    : cat("It is given to '", row.given_to, "' here.")}));
  }
}

}  // namespace fnlint
