// Groups actions by use and resources, merges what covers each other, and gives each statement a
// stable name.

#include "app/policy/policy_statements.h"

#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

std::string capitalised(std::string_view text) {
  std::string word;
  bool begins = true;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    if (is_letter || is_digit)
      word += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = !is_letter && !is_digit;
  }
  return word;
}

// The last part of a name that is not a hole of it: "Orders" of "Shop/Orders".
std::string words_in(const Project& project, const PolicyArn& arn) {
  std::string words;
  for (const ArnPiece& piece : arn) {
    if (piece.resource.exists()) {
      const std::string name = name_of(project, piece.resource);
      return capitalised(name.substr(name.find_last_of("./") + 1));
    }
    if (piece.part == ArnPart::Input) words += capitalised(piece.text);
    if (piece.part != ArnPart::Text) continue;
    const std::size_t at = piece.text.find_last_of(":");
    words += capitalised(piece.text.substr(at == std::string::npos ? 0 : at + 1));
  }
  constexpr std::size_t kLongest = 40;
  return words.substr(0, kLongest);
}

bool is_any(const PolicyArn& arn) { return arn.size() == 1 && arn[0].part == ArnPart::Any; }

// Whether one names all that another names.
bool covers(const PolicyArn& wide, const PolicyArn& narrow) {
  if (wide == narrow || wide.empty() || wide.back().part != ArnPart::Any) return false;
  const std::size_t last = wide.size() - 1;
  if (narrow.size() < last) return false;
  for (std::size_t i = 0; i < last; ++i) {
    if (wide[i] == narrow[i]) continue;
    const bool begins = i + 1 == last && wide[i].part == ArnPart::Text &&
                        narrow[i].part == ArnPart::Text && narrow[i].text.starts_with(wide[i].text);
    if (!begins) return false;
  }
  return true;
}

template <class Row>
void add_new(std::vector<Row>& to, const std::vector<Row>& from) {
  for (const Row& row : from)
    if (std::ranges::find(to, row) == to.end()) to.push_back(row);
}

}  // namespace

void PolicyStatements::add(RightUse use, std::string_view action, const PolicyArns& on,
                           const PolicyReason& reason) {
  if (on.arns.empty()) return;
  Key key{.use = use, .resources = on.arns};
  std::ranges::sort(key.resources);
  if (is_any(key.resources[0])) key.service = action.substr(0, action.find(':'));
  PolicyStatement& row = rows_[key];
  row.resources = key.resources;
  row.actions.emplace(action);
  if (std::ranges::find(row.reasons, reason) == row.reasons.end()) row.reasons.push_back(reason);
  for (const std::string& remark : on.remarks)
    if (std::ranges::find(row.remarks, remark) == row.remarks.end()) row.remarks.push_back(remark);
}

bool PolicyStatements::have_calls() const {
  return std::ranges::any_of(rows_,
                             [](const auto& row) { return row.first.use == RightUse::Calls; });
}

// The same actions on parts of one resource are one statement, and each statement has a name.
std::vector<PolicyStatement> PolicyStatements::settled(const Project& project) const {
  std::map<std::tuple<RightUse, std::vector<PolicyArn>, std::set<std::string>>, PolicyStatement>
      merged;
  for (const auto& [key, row] : rows_) {
    const ArnPiece& first = key.resources[0][0];
    const std::vector<PolicyArn> base =
        first.part == ArnPart::Arn ? std::vector<PolicyArn>{{first}} : key.resources;
    PolicyStatement& all = merged[{key.use, base, row.actions}];
    all.actions = row.actions;
    add_new(all.resources, row.resources);
    add_new(all.reasons, row.reasons);
    add_new(all.remarks, row.remarks);
  }
  std::vector<PolicyStatement> all_rows;
  std::set<std::string> names;
  for (auto& [key, row] : merged) {
    const std::vector<PolicyArn> all = row.resources;
    std::erase_if(row.resources, [&](const PolicyArn& narrow) {
      return std::ranges::any_of(all, [&](const PolicyArn& wide) { return covers(wide, narrow); });
    });
    const std::string& action = *row.actions.begin();
    const std::string words =
        is_any(row.resources[0]) ? std::string() : words_in(project, row.resources[0]);
    row.sid = cat(capitalised(action.substr(0, action.find(':'))), words);
    const std::string name = row.sid;
    for (std::size_t number = 2; !names.insert(row.sid).second; ++number)
      row.sid = cat(name, number);
    all_rows.push_back(std::move(row));
  }
  return all_rows;
}

}  // namespace fnlint
