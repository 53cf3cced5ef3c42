// Matches findings with known ones by fingerprint, as multisets.

#include "app/run/known_findings.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

// Known findings by fingerprint, each to be met once.
class Unmet {
 public:
  explicit Unmet(const std::vector<KnownFinding>& known) : met_(known.size(), false) {
    for (std::size_t i = 0; i < known.size(); ++i) rows_.emplace(known[i].fingerprint, i);
    known_ = &known;
  }
  // Whether one is still to be met; of several that of the path, where `same_file` asks for it.
  bool meet(const std::string& fingerprint, const std::string& path, bool same_file) {
    const auto [first, last] = rows_.equal_range(fingerprint);
    const auto found = std::find_if(first, last, [&](const auto& row) {
      return !met_[row.second] && (!same_file || (*known_)[row.second].path == path);
    });
    if (found == last) return false;
    met_[found->second] = true;
    return true;
  }
  [[nodiscard]] bool is_met(std::size_t row) const { return met_[row]; }

 private:
  std::vector<bool> met_;
  std::multimap<std::string, std::size_t> rows_ = {};
  const std::vector<KnownFinding>* known_ = nullptr;
};

}  // namespace

void take_known(std::vector<ReportedFinding>& findings, std::vector<KnownFinding>& known,
                const std::function<std::optional<std::string>(const Finding&)>& path_of) {
  Unmet unmet(known);
  for (const bool same_file : {true, false})
    std::erase_if(findings, [&](const ReportedFinding& each) {
      const std::optional<std::string> path = path_of(each.finding);
      return path && unmet.meet(each.fingerprint, *path, same_file);
    });
  std::vector<KnownFinding> left;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (!unmet.is_met(i)) left.push_back(std::move(known[i]));
  known = std::move(left);
}

}  // namespace fnlint
