// A line a finding, as the user writes it.
#include "report/template.h"

#include "core/text.h"
#include "report/report.h"
#include "report/told_lines.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace fnlint {

namespace {

constexpr std::string_view kUsual = "{path}:{line}:{column}: {severity}: {message} [{rule}]";

struct Field {
  std::string_view name = {};  // as JSON has it
  std::string (*of)(const ToldLine& line, const Report& report) = nullptr;
};

constexpr std::array kFields{
    Field{"path", [](const ToldLine& line, const Report&) { return line.path; }},
    Field{"line", [](const ToldLine& line, const Report&) { return cat(line.region.begin.line); }},
    Field{"column",
          [](const ToldLine& line, const Report&) { return cat(line.region.begin.column); }},
    Field{"endLine", [](const ToldLine& line, const Report&) { return cat(line.region.end.line); }},
    Field{"endColumn",
          [](const ToldLine& line, const Report&) { return cat(line.region.end.column); }},
    Field{"severity",
          [](const ToldLine& line, const Report&) { return std::string(word_of(line.level)); }},
    Field{"rule", [](const ToldLine& line, const Report&) { return std::string(line.rule); }},
    Field{"message", [](const ToldLine& line, const Report&) { return line.message; }},
    Field{"confidence",
          [](const ToldLine& line, const Report&) {
            return line.finding == nullptr ? std::string()
                                           : std::string(word_of(line.finding->finding.confidence));
          }},
    Field{"function",
          [](const ToldLine& line, const Report&) {
            return line.finding == nullptr ? std::string()
                                           : one_line(line.finding->finding.function);
          }},
    Field{"remedy",
          [](const ToldLine& line, const Report& report) {
            return line.finding == nullptr ? std::string()
                                           : one_line(remedy_of(report, line.finding->finding));
          }},
    Field{"fingerprint",
          [](const ToldLine& line, const Report&) {
            return line.finding == nullptr ? std::string() : line.finding->fingerprint;
          }},
    Field{"url",
          [](const ToldLine& line, const Report& report) {
            return line.finding == nullptr ? std::string() : rule_page(report, line.rule);
          }},
};

// A text, or a field of each finding.
struct Piece {
  std::string text = {};
  const Field* field = nullptr;
};
struct Pieces {
  std::vector<Piece> pieces = {};
  std::string error = {};
};

std::string no_such_field(std::string_view name) {
  std::vector<std::string_view> known;
  std::string choices;
  for (const Field& each : kFields) {
    known.push_back(each.name);
    choices += cat(choices.empty() ? "{" : ", {", each.name, '}');
  }
  const std::string_view close = nearest(name, known);
  return close.empty() ? cat("there is no {", name, "}, but ", choices)
                       : cat("there is no {", name, "}; did you mean '{", close, "}'?");
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  Pieces read() {
    while (!rest_.empty() && found_.error.empty()) next();
    found_.pieces.push_back({.text = std::move(plain_)});
    return std::move(found_);
  }

 private:
  void next();
  void field();
  void literal(std::string_view written, char meant) {
    plain_ += meant;
    rest_.remove_prefix(written.size());
  }

  std::string_view rest_;
  std::string plain_ = {};
  Pieces found_ = {};
};

void Reader::next() {
  struct Escape {
    std::string_view written = {};
    char meant = 0;
  };
  constexpr Escape kEscapes[] = {
      {"{{", '{'}, {"}}", '}'}, {"\\n", '\n'}, {"\\t", '\t'}, {"\\\\", '\\'}};
  for (const auto& [written, meant] : kEscapes)
    if (rest_.starts_with(written)) return literal(written, meant);
  if (rest_.front() == '{') return field();
  if (rest_.front() == '}')
    found_.error = "a '}' has no '{'; a brace by itself is written '}}'";
  else
    literal(rest_.substr(0, 1), rest_.front());
}

void Reader::field() {
  const std::size_t end = rest_.find('}');
  const std::string_view name = rest_.substr(1, end == rest_.npos ? end : end - 1);
  if (end == rest_.npos) {
    found_.error = cat("'{", name, "' has no '}'; a brace by itself is written '{{'");
    return;
  }
  const auto* const known = std::ranges::find(kFields, name, &Field::name);
  if (known == kFields.end()) {
    found_.error = no_such_field(name);
    return;
  }
  found_.pieces.push_back({.text = std::move(plain_)});
  found_.pieces.push_back({.field = known});
  plain_.clear();
  rest_.remove_prefix(end + 1);
}

}  // namespace

std::string template_error(std::string_view text) { return Reader(text).read().error; }

std::string template_report(const Report& report, const TextStyle& style) {
  const Pieces form =
      Reader(style.line_template.empty() ? kUsual : std::string_view(style.line_template)).read();
  std::string out;
  for (const ToldLine& line : told_lines(report)) {
    for (const Piece& piece : form.pieces) {
      const std::string text = piece.field == nullptr ? piece.text : piece.field->of(line, report);
      const bool begins = out.empty() || out.back() == '\n';
      out += begins && piece.field != nullptr ? line_start(text) : text;
    }
    if (!out.ends_with('\n')) out += '\n';
  }
  return out;
}

}  // namespace fnlint
