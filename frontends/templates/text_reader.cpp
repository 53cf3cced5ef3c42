// Takes a text apart in one pass, in the syntaxes of CloudFormation, the Serverless Framework and
// its plugins, and template engines, each part with its own place.

#include "frontends/templates/text_reader.h"

#include "core/text.h"
#include "frontends/templates/serverless_variables.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {
namespace {

constexpr std::string_view kResolve = "{{resolve:", kResolveEnd = "}}";
constexpr std::string_view kSigns = "$&{}\\#";  // where something may begin or end
constexpr std::size_t kLongestName = 255;  // of a loop's variable, blanks included
constexpr std::array<std::string_view, 3> kResolveServices{"ssm", "ssm-secure", "secretsmanager"};

bool name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == ':';
}

// Letters and digits, as logical ids are.
bool is_resource_name(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' &&
         name.find_first_of("_.:") == name.npos && std::ranges::all_of(name, name_character);
}

// "{{ name }}" of a template engine, whose value is put in before CloudFormation sees the text.
bool engine_placeholder(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  const std::size_t open = text.find("{{");
  if (open == std::string_view::npos || text.size() > kLongest) return false;
  const std::size_t close = text.find("}}", open);
  if (close == std::string_view::npos) return false;
  const std::string_view inner = trim(text.substr(open + 2, close - open - 2));
  return !inner.empty() && inner.find_first_of("{}\"\n:$,") == std::string_view::npos;
}

// Takes one text apart from left to right. Parts go to the text itself or, between "{{resolve:" and
// "}}", to the reference.
class TextWalk {
 public:
  TextWalk(TemplateBuilder& builder, const TextSource& source,
           std::span<const std::string_view> loop_variables, const SubVariables* variables)
      : builder_(builder),
        source_(source),
        text_(source.text()),
        loop_variables_(loop_variables),
        variables_(variables) {}

  ExprId run() {
    while (at_ < text_.size()) {
      if (builder_.serverless && !is_of_loop() && serverless()) continue;
      if (begin_reference() || end_reference() || placeholder()) continue;
      keep(std::min(text_.find_first_of(kSigns, at_ + 1), text_.size()) - at_);
    }
    if (in_reference_) finish_reference(text_.size(), text_.size());
    if (builder_.full()) builder_.overflow(source_.range());
    if (parts_.empty()) return builder_.text(kept_, source_.range(), rows_);
    flush();
    const ExprId first = parts_[0].operand.value;
    const bool only_function = parts_.size() == 1 && builder_.facts[first].kind == ExprKind::Apply;
    return only_function && variables_ == nullptr ? first
                                                  : builder_.concat(parts_, source_.range());
  }

 private:
  // Takes `length` bytes as they are.
  void keep(std::size_t length) {
    if (kept_.empty()) kept_from_ = at_;
    source_.add_locations(at_, at_ + length, kept_.size(), rows_);
    kept_ += text_.substr(at_, length);
    at_ += length;
    kept_to_ = at_;
  }
  void flush() {
    if (!kept_.empty()) {
      const Range range = source_.range_of(kept_from_, kept_to_);
      add(builder_.text(kept_, range, rows_), range);
    }
    kept_.clear();
    rows_.clear();
  }
  void add(ExprId part, Range range) {
    (in_reference_ ? reference_ : parts_).push_back({{.value = part}, range});
  }

  // "${Name}" of a loop's variable is CloudFormation's in the framework's file, too.
  bool is_of_loop() const {
    return std::ranges::any_of(loop_variables_, [&](std::string_view name) {
      const std::string_view rest = text_.substr(at_).substr(0, name.size() + 3);
      return rest.starts_with("${") && rest.ends_with('}') && rest.substr(2, name.size()) == name;
    });
  }
  // A variable of the Serverless Framework; "\\${" is the sign itself.
  bool serverless() {
    if (text_.substr(at_, 3) == "\\${") {
      ++at_;
      keep(2);
      return true;
    }
    if (builder_.full() || text_.substr(at_ + 1, 1) != "{") return false;
    if (text_[at_] == '#' || text_[at_] == '$') {
      if (pseudo_parameter()) return true;
    }
    if (text_[at_] != '$') return false;
    const auto variable = read_serverless_variable(builder_, source_, at_);
    if (!variable) return false;
    flush();
    add(variable->value, source_.range_of(at_, variable->end));
    at_ = variable->end;
    return true;
  }
  // "#{AWS::Region}", "#{Orders.Arn}" and, outside of Fn::Sub, "${AWS::Region}": a plugin puts them
  // in. Source: serverless-pseudo-parameters, README, allowReferences.
  bool pseudo_parameter() {
    if (variables_ != nullptr && text_[at_] == '$') return false;
    const std::size_t close = text_.find('}', at_);
    if (close == std::string_view::npos || close - at_ > kLongestName) return false;
    const std::string_view name = text_.substr(at_ + 2, close - at_ - 2);
    const std::size_t dot = name.find('.');
    const bool is_resource =
        text_[at_] == '#' && dot != name.npos && is_resource_name(name.substr(0, dot));
    if (!name.starts_with("AWS::") && !is_resource) return false;
    if (!std::ranges::all_of(name, name_character)) return false;
    flush();
    const Range range = source_.range_of(at_, close + 1);
    add(value_of(name, at_ + 2, range), range);
    at_ = close + 1;
    return true;
  }

  bool begin_reference() {
    if (in_reference_ || text_[at_] != '{' || !text_.substr(at_).starts_with(kResolve)) {
      return false;
    }
    const std::size_t service = at_ + kResolve.size();
    const std::size_t colon = text_.find(':', service);
    if (colon == std::string_view::npos) return false;
    const std::string_view name = text_.substr(service, colon - service);
    if (std::ranges::find(kResolveServices, name) == kResolveServices.end()) return false;
    if (!last_end_) last_end_ = text_.rfind(kResolveEnd);
    if (*last_end_ == std::string_view::npos || *last_end_ < colon) return false;
    flush();
    reference_begin_ = at_;
    service_ = builder_.text(name, source_.range_of(service, colon));
    at_ = reference_content_ = colon + 1;
    in_reference_ = true;
    return true;
  }
  bool end_reference() {
    if (!in_reference_ || !text_.substr(at_).starts_with(kResolveEnd)) return false;
    const std::size_t end = at_ + kResolveEnd.size();
    finish_reference(at_, end);
    at_ = end;
    return true;
  }
  void finish_reference(std::size_t content_end, std::size_t end) {
    flush();
    const Range content = source_.range_of(reference_content_, content_end);
    const bool plain = reference_.size() == 1 &&
                       builder_.facts[reference_[0].operand.value].kind == ExprKind::Text;
    const ExprId name = plain ? reference_[0].operand.value : builder_.concat(reference_, content);
    const std::array operands{service_, name};
    in_reference_ = false;
    reference_.clear();
    const Range range = source_.range_of(reference_begin_, end);
    add(builder_.apply("Fn::Resolve", operands, range), range);
  }

  // ${Name} of a Fn::Sub; ${Name} and &{Name} of a loop's variable anywhere.
  bool placeholder() {
    if ((text_[at_] != '$' && text_[at_] != '&') || text_.substr(at_ + 1, 1) != "{") return false;
    if (close_ <= at_) close_ = text_.find('}', at_);
    const std::size_t close = close_;
    if (close == std::string_view::npos || builder_.full()) return false;
    if (variables_ == nullptr && close - at_ > kLongestName) return false;
    const std::string_view raw = text_.substr(at_ + 2, close - at_ - 2);
    const std::string_view name = trim(raw);
    const bool of_loop = std::ranges::find(loop_variables_, name) != loop_variables_.end();
    const bool of_sub = variables_ != nullptr && text_[at_] == '$';
    if (name.empty() || (!of_loop && !of_sub)) return false;
    if (of_sub && name.front() == '!') {
      escaped(close);
      return true;
    }
    flush();
    const std::size_t name_begin = static_cast<std::size_t>(name.data() - text_.data());
    const Range range = source_.range_of(at_, close + 1);
    add(value_of(name, name_begin, range), range);
    at_ = close + 1;
    return true;
  }
  void escaped(std::size_t close) {
    keep(2);
    const std::size_t sign = text_.find('!', at_);
    at_ = sign + 1;
    keep(close + 1 - at_);
  }
  ExprId value_of(std::string_view name, std::size_t begin, Range range) {
    if (variables_ != nullptr) {
      const auto variable = variables_->find(name);
      if (variable != variables_->end()) return variable->second;
    }
    if (!std::ranges::all_of(name, name_character)) {
      return builder_.wrong(range,
                            cat("${", name.substr(0, 40), "}: a name in Fn::Sub has letters, ",
                                "digits, '_', '.' and ':' only; write ${!...} for a text"));
    }
    const std::size_t dot = name.find('.');
    const auto part = [&](std::size_t from, std::size_t to) {
      return builder_.text(name.substr(from, to - from),
                           source_.range_of(begin + from, begin + to));
    };
    if (dot == std::string_view::npos) {
      return builder_.apply("Ref", std::array{part(0, name.size())}, range);
    }
    const ExprId resource = part(0, dot);
    return builder_.apply("Fn::GetAtt", std::array{resource, part(dot + 1, name.size())}, range);
  }

  TemplateBuilder& builder_;
  const TextSource& source_;
  std::string_view text_;
  std::span<const std::string_view> loop_variables_;
  const SubVariables* variables_;  // null outside a Fn::Sub
  std::size_t at_ = 0;
  std::vector<Written> parts_, reference_;
  std::string kept_;  // text since the last part
  std::vector<TextPlace> rows_;
  std::size_t kept_from_ = 0, kept_to_ = 0;
  bool in_reference_ = false;
  std::size_t reference_begin_ = 0, reference_content_ = 0;
  ExprId service_ = {};
  // Found once, so that a text without them is not searched again from each of its signs.
  std::size_t close_ = 0;                // of the next '}'
  std::optional<std::size_t> last_end_;  // of the last "}}"
};

ExprId whole_text(TemplateBuilder& builder, const TextSource& source) {
  std::vector<TextPlace> rows;
  source.add_locations(0, source.text().size(), 0, rows);
  return builder.text(source.text(), source.range(), rows);
}

// What an engine fills in is an input of the template, whose value is not known here.
ExprId blank_value(TemplateBuilder& builder, const EngineBlank& blank, Range where) {
  const StringId name = builder.string(blank.name);
  if (builder.blank_inputs.insert(name.index).second)
    builder.facts.inputs.push_back(
        {.name = name, .type = builder.string("String"), .where = blank.where});
  return builder.apply("Ref", std::array{builder.text(blank.name, where)}, where);
}

// A text with blanks of an engine; no id: it has none.
ExprId text_with_blanks(TemplateBuilder& builder, const TextSource& source) {
  const Range range = source.range();
  const std::string_view text = source.text();
  std::vector<Written> parts;
  std::size_t done = 0;
  const auto part = [&](ExprId value, Range where) {
    Written written{.range = where};
    written.operand.value = value;
    parts.push_back(written);
  };
  for (auto blank = std::ranges::lower_bound(
           builder.blanks, range.begin, {}, [](const EngineBlank& row) { return row.where.begin; });
       blank != builder.blanks.end() && blank->where.end <= range.end; ++blank) {
    const std::size_t at = text.find(blank->word, done);
    if (at == text.npos)  // an escape has made something else of it
      return builder.unknown("a template engine puts this text in", range);
    if (at > done) part(whole_text(builder, source.part(done, at)), source.range_of(done, at));
    part(blank_value(builder, *blank, source.range()), blank->where);
    done = at + blank->word.size();
  }
  if (parts.empty()) return {};
  if (done < text.size())
    part(whole_text(builder, source.part(done, text.size())), source.range_of(done, text.size()));
  if (parts.size() == 1) return parts.front().operand.value;
  return builder.apply("Fn::Sub", std::array{builder.concat(parts, range)}, range);
}

}  // namespace

ExprId read_text(TemplateBuilder& builder, const TextSource& source,
                 std::span<const std::string_view> loop_variables) {
  if (!builder.blanks.empty())
    if (const ExprId filled = text_with_blanks(builder, source); filled.exists()) return filled;
  const bool resolves = source.text().find(kResolve) != std::string_view::npos;
  const bool variables =
      builder.serverless && source.text().find_first_of("$#") != std::string_view::npos;
  if (variables) return TextWalk(builder, source, loop_variables, nullptr).run();
  if (!resolves && engine_placeholder(source.text())) {
    return builder.unknown("a template engine puts this text in", source.range());
  }
  if (!resolves && loop_variables.empty()) return whole_text(builder, source);
  return TextWalk(builder, source, loop_variables, nullptr).run();
}

ExprId read_sub_text(TemplateBuilder& builder, const TextSource& source,
                     std::span<const std::string_view> loop_variables,
                     const SubVariables& variables) {
  return TextWalk(builder, source, loop_variables, &variables).run();
}

ExprId read_attribute_name(TemplateBuilder& builder, const TextSource& source, Range where,
                           std::span<const std::string_view> loop_variables) {
  const std::string_view text = source.text();
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    inside = text[i] == '{' || (inside && text[i] != '}');
    if (text[i] != '.' || inside) continue;
    if (i == 0 || i + 1 == text.size()) break;
    const ExprId resource = read_text(builder, source.part(0, i), loop_variables);
    const ExprId attribute = read_text(builder, source.part(i + 1, text.size()), loop_variables);
    return builder.apply("Fn::GetAtt", std::array{resource, attribute}, where);
  }
  return builder.wrong(where, "Fn::GetAtt takes a resource and an attribute: \"Resource.Arn\"");
}

}  // namespace fnlint
