// The common ground of the readers of other linters' configurations.
#pragma once

#include "app/configuration/other_marks.h"
#include "core/lines.h"
#include "core/result.h"
#include "model/document.h"
#include "model/rule.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// A rule or a glob, and what it comes from: ".checkov.yaml:3 CKV_AWS_116".
struct ForeignLine {
  std::string text = {};
  std::string from = {};
};

struct ForeignConfiguration {
  std::string files = {};                              // that were read
  std::vector<ForeignLine> select = {};                // rules besides the profile default
  std::vector<ForeignLine> ignore = {}, exclude = {};  // rules; globs
  std::vector<std::pair<std::string, std::vector<ForeignLine>>> per_path = {};  // by glob
  std::vector<std::string> without = {};  // what has no counterpart, one line each
};

struct ForeignText {
  std::string text = {};
  Range where = {};
};

// One file of another tool, as it is translated.
class ForeignReading {
 public:
  // `tool` as aliases name it; `form` is how its configuration writes ids.
  ForeignReading(std::string path, std::string_view text, std::string_view tool, IdForm form,
                 std::span<const Rule> rules, ForeignConfiguration& result)
      : path_(std::move(path)),
        lines_(text),
        tool_(tool),
        form_(form),
        rules_(rules),
        result_(result) {}

  [[nodiscard]] Error error(Range where, std::string_view message) const;
  // Nothing, or why a document is none that can be read.
  [[nodiscard]] std::optional<Error> broken(const Document& document) const;

  // Rules that cover these ids are left out, everywhere or in files; or are selected besides.
  void ignore(std::string_view key, const std::vector<ForeignText>& ids);
  void ignore_in(const std::string& glob, const std::vector<ForeignText>& ids);
  void select(std::string_view key, const std::vector<ForeignText>& ids);
  void exclude(const ForeignText& glob);
  void without(Range where, std::string_view what);
  // A setting of that name is one of the tool alone; told together by finish().
  void own_setting(std::string_view key);
  void finish();

 private:
  [[nodiscard]] std::string at(Range where) const;
  void add(std::vector<ForeignLine>& to, std::string_view key, const std::vector<ForeignText>& ids);

  std::string path_;
  Lines lines_;
  std::string_view tool_;
  IdForm form_;
  std::span<const Rule> rules_;
  ForeignConfiguration& result_;
  std::string own_ = {};
};

// The texts of a list, or of one text with commas in it.
std::vector<ForeignText> foreign_texts(const Document& document, NodeId node);

// Each reads one file; nothing, or why it cannot be read.
std::optional<Error> read_checkov(std::string_view text, ForeignReading& reading);
std::optional<Error> read_cfn_lint(std::string_view text, ForeignReading& reading);
std::optional<Error> read_tflint(std::string_view text, ForeignReading& reading);
std::optional<Error> read_semgrep_rules(std::string_view text, ForeignReading& reading);
std::optional<Error> read_semgrep_ignore(std::string_view text, ForeignReading& reading);
std::optional<Error> read_ruff(std::string_view text, ForeignReading& reading);
std::optional<Error> read_pyproject(std::string_view text, ForeignReading& reading);

}  // namespace fnlint
