// A connection that takes several statements for one runs what is put behind the first: of a value
// that gets into its text, a second statement is made.

#include "checks/security/rules.h"
#include "checks/view/finding_builder.h"
#include "values/pool.h"

#include <set>

namespace fnlint {

void security_sql_multiple_statements(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const CodeCall& call : function.sinks)
      if (project.pool->text(call.key) == "stacked" && told.insert(call.where).second)
        findings.push_back(
            FindingBuilder("security-sql-multiple-statements", call.uncertainty)
                .about(function)
                .at(call.where)
                .says("'", call.name,
                      "' takes several statements for one: whatever gets into the text of a "
                      "statement can add others behind it.")
                .identified(function.name, ':', call.name)
                .along(call.path));
}

}  // namespace fnlint
