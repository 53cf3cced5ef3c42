// Parses JSON texts into records and lists, also where holes stand in the text; how deep they may
// nest is limited.

#include "core/text.h"
#include "values/filter.h"

#include <nlohmann/json.hpp>

namespace fnlint {
namespace {

// Stands in a text for the part of that number that is not known: a number, or a part of a text.
constexpr std::string_view kMark = "90071992";
constexpr std::size_t kMarkDigits = 12;

std::string mark(std::size_t hole) {
  std::string digits = std::to_string(hole);
  return cat(kMark, std::string(kMarkDigits - kMark.size() - digits.size(), '0'), digits);
}

// Builds values while the text is read, so that no tree of another kind is made, and depth is
// bounded.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  // `holes`: what marks in the text stand for.
  explicit Builder(ValuePool& pool, std::span<const ValueId> holes = {})
      : pool_(pool), holes_(holes) {}
  [[nodiscard]] ValueId result() const { return result_; }

  bool null() override { return add(pool_.null()); }
  bool boolean(bool value) override { return add(pool_.boolean(value)); }
  bool number_integer(number_integer_t value) override { return add(pool_.number(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    const std::string digits = std::to_string(value);
    if (!holds_mark(digits)) return add(pool_.number(digits));
    return digits.size() == kMarkDigits && add(meant(hole_at(digits, 0)));
  }
  bool number_float(number_float_t, const string_t& literal) override {
    return add(pool_.number(literal));
  }
  bool string(string_t& value) override {
    return add(holds_mark(value) ? filled(value) : pool_.text_value(value));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& name) override {
    if (holds_mark(name)) return false;
    open_.back().key = pool_.string(name);
    return true;
  }
  bool end_object() override {
    const Level level = close();
    return add(pool_.record(level.entries));
  }
  bool end_array() override {
    const Level level = close();
    return add(pool_.list(level.items));
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  struct Level {
    bool object = false;
    StringId key = {};
    std::vector<NamedValue> entries = {};
    std::vector<ValueId> items = {};
  };
  bool open(bool object) {
    open_.push_back({.object = object});
    return open_.size() < kNestingDepth;
  }
  Level close() {
    Level level = std::move(open_.back());
    open_.pop_back();
    return level;
  }
  bool add(ValueId value) {
    if (open_.empty())
      result_ = value;
    else if (open_.back().object)
      open_.back().entries.push_back({open_.back().key, value});
    else
      open_.back().items.push_back(value);
    return true;
  }

  [[nodiscard]] bool holds_mark(std::string_view text) const {
    return !holes_.empty() && text.find(kMark) != text.npos;
  }
  [[nodiscard]] ValueId hole_at(std::string_view text, std::size_t at) const {
    const std::string digits(text.substr(at + kMark.size(), kMarkDigits - kMark.size()));
    return holes_[static_cast<std::size_t>(std::stoul(digits))];
  }
  // What stands there by itself, and not in a text.
  ValueId meant(ValueId hole) {
    const bool is_text_of =
        pool_.is(hole, ValueKind::Computed) &&
        (pool_.opcode(hole) == Opcode::JsonEncode || pool_.opcode(hole) == Opcode::ToText);
    return is_text_of ? pool_.operands(hole)[0] : hole;
  }
  ValueId filled(std::string_view text) {
    std::vector<ValueId> parts;
    for (std::size_t at = text.find(kMark); at != text.npos; at = text.find(kMark)) {
      parts.push_back(pool_.text_value(text.substr(0, at)));
      parts.push_back(hole_at(text, at));
      text.remove_prefix(at + kMarkDigits);
    }
    parts.push_back(pool_.text_value(text));
    return pool_.concat(parts);
  }

  ValuePool& pool_;
  std::span<const ValueId> holes_;
  std::vector<Level> open_;
  ValueId result_ = {};
};

}  // namespace

ValueId value_of_json(ValuePool& pool, std::string_view json) {
  Builder builder(pool);
  return nlohmann::json::sax_parse(json.begin(), json.end(), &builder) ? builder.result()
                                                                       : ValueId{};
}

ValueId value_of_json_pattern(ValuePool& pool, ValueId pattern) {
  const std::vector<ValueId> parts(pool.operands(pattern).begin(), pool.operands(pattern).end());
  std::string json;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_known = pool.is(parts[i], ValueKind::Text);
    if (is_known && pool.text(parts[i]).find(kMark) != std::string_view::npos) return {};
    json.append(is_known ? std::string(pool.text(parts[i])) : mark(i));
  }
  Builder builder(pool, parts);
  return nlohmann::json::sax_parse(json.begin(), json.end(), &builder) ? builder.result()
                                                                       : ValueId{};
}

}  // namespace fnlint
