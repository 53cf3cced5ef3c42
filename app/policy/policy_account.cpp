// Puts reasons, gaps and placeholders of a policy into sentences, or into JSON.

#include "app/policy/policy_account.h"

#include "app/pictures/init_picture.h"
#include "app/policy/arn_writer.h"
#include "core/text.h"
#include "report/json_values.h"

namespace fnlint {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += cat(text.empty() ? "" : ", ", word);
  return text;
}

bool is_complete(const RolePolicy& policy) { return policy.unknown.empty(); }

}  // namespace

std::string PolicyAccount::place(const Span& where) {
  if (!where.file.exists()) return {};
  const Lines& lines = lines_.try_emplace(where.file, model_.files.text(where.file)).first->second;
  return cat(model_.files.path(where.file), ':', lines.place(where.range.begin).line);
}

std::vector<std::string> PolicyAccount::why(const PolicyStatement& statement) {
  std::vector<std::string> lines;
  for (const PolicyReason& reason : statement.reasons) {
    const std::string at = place(reason.where);
    std::string line = cat(reason.what, at.empty() ? "" : ", ", at);
    for (std::size_t i = 0; i < reason.path.size(); ++i)
      line += cat(i == 0 ? "; on the way: " : " > ", reason.path[i].message, " (",
                  place(reason.path[i].where), ")");
    lines.push_back(std::move(line));
  }
  for (const std::string& remark : statement.remarks) lines.push_back(cat("Note: ", remark));
  return lines;
}

std::vector<std::string> PolicyAccount::about(const RolePolicy& policy,
                                              const std::map<std::string, std::string>& holes) {
  const Project& project = model_.project;
  std::vector<std::string> lines;
  lines.push_back(cat(shown_name(project, *policy.function), " (",
                      place(project.stacks[policy.function->resource].name), ")"));
  if (!is_complete(policy)) {
    lines.emplace_back("This policy may lack rights. Not known about the code:");
    for (const RoleNote& note : policy.unknown) {
      const std::string at = place(note.where);
      lines.push_back(cat("  ", note.text, at.empty() ? "" : ", ", at));
    }
  }
  if (!policy.left_out.empty()) lines.emplace_back("Left out:");
  for (const RoleNote& note : policy.left_out)
    lines.push_back(cat("  ", note.text, ", ", place(note.where)));
  if (!holes.empty()) lines.emplace_back("To be put in:");
  for (const auto& [name, words] : holes) lines.push_back(cat("  ", name, ": ", words));
  if (!policy.missing.empty())
    lines.push_back(cat("Today the role lacks: ", joined(policy.missing)));
  if (!policy.unneeded.empty())
    lines.push_back(cat("Today the role allows what nothing needs: ", joined(policy.unneeded)));
  return lines;
}

std::string PolicyAccount::json(std::span<const RolePolicy> policies) {
  const auto notes = [&](const std::vector<RoleNote>& rows) {
    Json list = Json::array();
    for (const RoleNote& row : rows)
      list.push_back({{"text", row.text}, {"where", place(row.where)}});
    return list;
  };
  Json functions = Json::array();
  for (const RolePolicy& policy : policies) {
    ArnWriter arns(model_.project, PolicyFormat::Json, *policy.function);
    Json statements = Json::array();
    for (const PolicyStatement& row : policy.statements) {
      Json resources = Json::array(), reasons = Json::array();
      for (const PolicyArn& arn : row.resources) resources.push_back(arns.written(arn));
      for (const PolicyReason& reason : row.reasons) {
        Json path = Json::array();
        for (const PlacedText& step : reason.path)
          path.push_back({{"text", step.message}, {"where", place(step.where)}});
        reasons.push_back(
            {{"what", reason.what}, {"where", place(reason.where)}, {"path", std::move(path)}});
      }
      statements.push_back({{"sid", row.sid},
                            {"actions", row.actions},
                            {"resources", std::move(resources)},
                            {"reasons", std::move(reasons)},
                            {"notes", row.remarks}});
    }
    Json holes = Json::object();
    for (const auto& [name, words] : arns.holes()) holes[name] = words;
    functions.push_back({{"function", shown_name(model_.project, *policy.function)},
                         {"where", place(model_.project.stacks[policy.function->resource].name)},
                         {"complete", is_complete(policy)},
                         {"statements", std::move(statements)},
                         {"unknown", notes(policy.unknown)},
                         {"left_out", notes(policy.left_out)},
                         {"inputs", std::move(holes)},
                         {"role_lacks", policy.missing},
                         {"role_allows_unneeded", policy.unneeded}});
  }
  return dumped({{"version", 1}, {"functions", std::move(functions)}}, 2) + '\n';
}

}  // namespace fnlint
