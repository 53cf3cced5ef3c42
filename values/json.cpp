#include "values/filter.h"

#include <nlohmann/json.hpp>

namespace fnlint {
namespace {

// Builds values while the text is read, so that no tree of another kind is made, and depth is
// bounded.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(ValuePool& pool) : pool_(pool) {}
  [[nodiscard]] ValueId result() const { return result_; }

  bool null() override { return add(pool_.null()); }
  bool boolean(bool value) override { return add(pool_.boolean(value)); }
  bool number_integer(number_integer_t value) override { return add(pool_.number(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return add(pool_.number(std::to_string(value)));
  }
  bool number_float(number_float_t, const string_t& literal) override {
    return add(pool_.number(literal));
  }
  bool string(string_t& value) override { return add(pool_.text_value(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& name) override {
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

  ValuePool& pool_;
  std::vector<Level> open_;
  ValueId result_ = {};
};

}  // namespace

ValueId value_of_json(ValuePool& pool, std::string_view json) {
  Builder builder(pool);
  return nlohmann::json::sax_parse(json.begin(), json.end(), &builder) ? builder.result()
                                                                       : ValueId{};
}

}  // namespace fnlint
