// Types, options, patterns, ranges and lengths, with leniency for what CloudFormation coerces, and
// for placeholders that scripts or tools fill in before the deployment.

#include "checks/template/schema_values.h"

#include "core/text.h"
#include "values/compute.h"
#include "values/number_text.h"
#include "values/utf8.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace fnlint {

namespace {

constexpr std::size_t kShownText = 60, kShownPattern = 80, kShownOptions = 8;

std::string_view given_words(ValueKind kind) {
  switch (kind) {
    case ValueKind::Bool: return "a boolean";
    case ValueKind::Number: return "a number";
    case ValueKind::List: return "a list";
    case ValueKind::Record: return "a map";
    default: return "a text";
  }
}

std::string_view taken_words(SchemaKind kind) {
  switch (kind) {
    case SchemaKind::Flag: return "true or false";
    case SchemaKind::Integer: return "a whole number";
    case SchemaKind::Number: return "a number";
    case SchemaKind::List: return "a list";
    case SchemaKind::Map:
    case SchemaKind::Object: return "a map";
    default: return "a text";
  }
}

bool is_flag_text(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kFlags{"true", "false", "yes", "no",
                                                          "on",   "off",   "1",   "0"};
  return is_one_of(kFlags, lower(trim(text)));
}

// What a script puts in before the template is deployed: "<ACCOUNT>", "__ROLE__", "{{ name }}".
bool is_filled_in_later(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMarks{
      "<", "{", "$", "%", "__", "xxx", "your", "replace", "change", "todo", "placeholder", "..."};
  const std::string low = lower(text);
  return std::ranges::any_of(kMarks,
                             [&](std::string_view mark) { return low.find(mark) != low.npos; });
}

// An input without a value, a block that a tool fills in, an option of a tool that is not used.
bool is_left_empty(const ValuePool& pool, ValueId value) {
  const bool is_empty_map =
      pool.is(value, ValueKind::Record) && pool.operands(value).empty() && pool[value].ref == 0;
  return is_empty_map || (pool.is(value, ValueKind::Text) && pool.text(value).empty());
}

// The local path of what `aws cloudformation package` uploads, in the place of a bucket and a key.
bool is_packaged(const SchemaShape& shape) {
  return std::ranges::any_of(shape.properties, [](const SchemaProperty& property) {
    return property.name == "S3Bucket" || property.name == "Bucket";
  });
}

bool fits_kind(SchemaKind kind, const ValuePool& pool, ValueId value) {
  const ValueKind given = pool[value].kind;
  const std::string_view text = as_text(pool, value).value_or("");
  const bool single =
      given == ValueKind::Bool || given == ValueKind::Number || given == ValueKind::Text;
  switch (kind) {
    case SchemaKind::Flag: return single && is_flag_text(text);
    case SchemaKind::Integer:
    case SchemaKind::Number: {
      const auto number =
          given == ValueKind::Bool ? std::nullopt : double_of(normal_number(trim(text)));
      return number && (kind == SchemaKind::Number || *number == std::floor(*number));
    }
    case SchemaKind::Text: return single;
    case SchemaKind::List: return given == ValueKind::List;
    // JSON text is a map, too.
    case SchemaKind::Map:
    case SchemaKind::Object:
      return given == ValueKind::Record ||
             (given == ValueKind::Text && trim(text).starts_with('{'));
    default: return true;
  }
}

// The characters that a text has at least: of one with holes, those around them.
std::optional<std::size_t> characters_of(const ValuePool& pool, ValueId value) {
  std::size_t sum = 0;
  if (const auto text = as_text(pool, value)) {
    for (const char c : *text) sum += is_continuation(c) ? 0 : 1;
    return sum;
  }
  if (!pool.is(value, ValueKind::Pattern)) return std::nullopt;
  for (const ValueId part : pool.operands(value)) sum += characters_of(pool, part).value_or(0);
  return sum;
}

std::string accepted_range(const SchemaShape& shape) {
  const std::string least = number_text(shape.least), most = number_text(shape.most);
  if (!std::isfinite(shape.most)) return cat("at least ", least);
  return std::isfinite(shape.least) && shape.least != shape.most ? cat(least, " to ", most)
         : shape.least == shape.most                             ? cat("exactly ", most)
                                                                 : cat("at most ", most);
}

std::string shown_text(std::string_view text) {
  return text.size() <= kShownText ? std::string(text) : cat(utf8_prefix(text, kShownText), "...");
}

// Of accepted numbers the one that is as near as any: 30 for 31.
std::string_view nearest_number(std::string_view text,
                                const std::vector<std::string_view>& options) {
  const auto number = double_of(normal_number(trim(text)));
  std::string_view best;
  double least = std::numeric_limits<double>::infinity();
  for (const std::string_view option : options) {
    const auto one = double_of(normal_number(option));
    if (!number || !one) return {};
    if (std::abs(*one - *number) >= least) continue;
    least = std::abs(*one - *number);
    best = option;
  }
  return best;
}

std::string_view meant_option(std::string_view text, const std::vector<std::string_view>& options) {
  if (const std::string_view number = nearest_number(text, options); !number.empty()) return number;
  const std::string_view newest = newest_of_family(text, options);
  return newest.empty() ? likeliest(text, options) : newest;
}

std::string options_words(std::string_view text, const SchemaShape& shape) {
  const std::vector<std::string_view> options(shape.options.begin(), shape.options.end());
  for (const std::string_view option : options)
    if (lower(option) == lower(text)) return cat("the case of letters counts: '", option, "'");
  if (const std::string_view near = meant_option(text, options); !near.empty())
    return cat("did you mean '", near, "'?");
  std::string words = "accepted are ";
  for (std::size_t i = 0; i < options.size() && i < kShownOptions; ++i)
    words += cat(i == 0 ? "'" : ", '", options[i], "'");
  return options.size() > kShownOptions ? words + ", ..." : words;
}

std::optional<WrongValue> wrong_number(const ValuePool& pool, ValueId value,
                                       const SchemaShape& shape) {
  const auto text = as_text(pool, value);
  const auto number = text ? double_of(normal_number(trim(*text))) : std::nullopt;
  if (!number || pool.is(value, ValueKind::Bool)) return std::nullopt;
  if (*number >= shape.least && *number <= shape.most) return std::nullopt;
  return WrongValue{"limits-number-range",
                    cat("is ", trim(*text), "; accepted is ", accepted_range(shape))};
}

std::optional<WrongValue> wrong_count(const ValuePool& pool, ValueId list,
                                      const SchemaShape& shape) {
  if (!pool.is(list, ValueKind::List)) return std::nullopt;
  std::size_t sure = 0;
  bool more = pool[list].ref == 1;
  for (const ValueId item : pool.operands(list)) {
    const ValueKind kind = pool[item].kind;
    const bool counts = kind == ValueKind::Text || kind == ValueKind::Pattern ||
                        kind == ValueKind::Record || kind == ValueKind::Reference ||
                        kind == ValueKind::Number;
    sure += counts ? 1 : 0;
    more = more || !counts;
  }
  const auto count = static_cast<double>(sure);
  const bool wrong = count > shape.most || (count < shape.least && !more);
  if (!wrong) return std::nullopt;
  return WrongValue{"limits-list-length", cat("has ", sure, sure == 1 ? " entry" : " entries",
                                              "; accepted is ", accepted_range(shape))};
}

std::optional<WrongValue> wrong_length(const ValuePool& pool, ValueId value,
                                       const SchemaShape& shape) {
  const auto characters = characters_of(pool, value);
  // A variable of another tool, which this one does not know.
  const bool has_variables =
      as_text(pool, value).value_or("").find_first_of("{<") != std::string_view::npos;
  if (!characters || has_variables) return std::nullopt;
  const auto count = static_cast<double>(*characters);
  const bool is_whole = pool.is(value, ValueKind::Text);
  if (count <= shape.most && (count >= shape.least || !is_whole)) return std::nullopt;
  return WrongValue{"limits-string-length", cat("has ", is_whole ? "" : "at least ", *characters,
                                                *characters == 1 ? " character" : " characters",
                                                "; accepted is ", accepted_range(shape))};
}

}  // namespace

bool is_intrinsic(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record)) return false;
  return std::ranges::any_of(pool.names(value), [&](StringId name) {
    return pool[name].starts_with("Fn::") || pool[name] == "Ref";
  });
}

std::string_view likeliest(std::string_view name, const std::vector<std::string_view>& names) {
  const std::string low = lower(name);
  std::string_view longer;
  for (const std::string_view one : names) {
    const std::string candidate = lower(one);
    if (candidate == low) return one;
    if (longer.empty() && low.size() > 2 &&
        (candidate.starts_with(low) || low.starts_with(candidate)))
      longer = one;
  }
  const std::string_view near = nearest(name, names);
  return near.empty() ? longer : near;
}

struct SchemaValues::Forms {
  std::map<std::string_view, std::unique_ptr<re2::RE2>> of = {};
};

SchemaValues::SchemaValues(const ValuePool& pool)
    : pool_(pool), forms_(std::make_unique<Forms>()) {}
SchemaValues::~SchemaValues() = default;

std::optional<WrongValue> SchemaValues::wrong_type(ValueId value, const SchemaShape& shape,
                                                   bool exact) const {
  const ValueKind kind = pool_[value].kind;
  const bool container = kind == ValueKind::List || kind == ValueKind::Record;
  const bool single =
      kind == ValueKind::Bool || kind == ValueKind::Number || kind == ValueKind::Text;
  if ((!container && !single) || is_intrinsic(pool_, value) || is_left_empty(pool_, value))
    return std::nullopt;
  const bool wants_single = shape.kind != SchemaKind::List && shape.kind != SchemaKind::Map &&
                            shape.kind != SchemaKind::Object;
  if (!exact && container == wants_single) return std::nullopt;
  if (!exact && container) return std::nullopt;
  // Where a list is wanted, a text may be the name of an input of that type.
  if (single && !wants_single && pool_[value].uncertainty != 0) return std::nullopt;
  if (fits_kind(shape.kind, pool_, value)) return std::nullopt;
  if (kind == ValueKind::Text && is_packaged(shape)) return std::nullopt;
  const std::string_view text = as_text(pool_, value).value_or("");
  if (single && is_filled_in_later(text)) return std::nullopt;
  const std::string given = kind == ValueKind::Number && shape.kind == SchemaKind::Integer
                                ? std::string(text)
                            : kind == ValueKind::Text ? cat('\'', shown_text(text), '\'')
                                                      : std::string(given_words(kind));
  return WrongValue{"config-wrong-type",
                    cat("is ", given, ", but takes ", taken_words(shape.kind))};
}

bool SchemaValues::has_form(std::string_view text, std::string_view pattern) {
  std::unique_ptr<re2::RE2>& form = forms_->of[pattern];
  if (!form) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    form = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  }
  return !form->ok() || re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *form);
}

std::optional<WrongValue> SchemaValues::wrong_content(ValueId value, const SchemaShape& shape) {
  if (shape.kind == SchemaKind::List) return wrong_count(pool_, value, shape);
  if (is_left_empty(pool_, value)) return std::nullopt;
  const auto text = as_text(pool_, value);
  if (text && !shape.options.empty()) {
    if (is_one_of(shape.options, *text) || is_filled_in_later(*text)) return std::nullopt;
    return WrongValue{
        "config-invalid-value",
        cat("is '", shown_text(*text), "', which is not accepted; ", options_words(*text, shape))};
  }
  if (shape.kind == SchemaKind::Integer || shape.kind == SchemaKind::Number)
    return wrong_number(pool_, value, shape);
  if (shape.kind != SchemaKind::Text) return std::nullopt;
  if (auto wrong = wrong_length(pool_, value, shape)) return wrong;
  // How a number is written as a text is not known: 012345678901.
  if (!text || !pool_.is(value, ValueKind::Text) || shape.pattern.empty() ||
      is_filled_in_later(*text) || has_form(*text, shape.pattern))
    return std::nullopt;
  std::string words = cat("is '", shown_text(*text), "', which has not the form that is accepted");
  if (shape.pattern.size() <= kShownPattern) words += cat(": ", shape.pattern);
  return WrongValue{"config-invalid-value", std::move(words), true};
}

}  // namespace fnlint
