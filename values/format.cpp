// Formatting by template (`{}` and `%s` families): literals stay, and each placeholder becomes the
// text of its argument.

#include "values/functions.h"

namespace fnlint {
namespace {

// What the placeholders of one template refer to: the next argument, one by number, or an entry by
// name of the record among the arguments.
class Arguments {
 public:
  Arguments(ValuePool& pool, Operands values) : pool_(pool), values_(values) {}

  ValueId next() { return at(next_++); }
  ValueId named(std::string_view name) {
    if (name.empty()) return next();
    const ValueId number = pool_.text_value(name);
    if (const std::optional<std::int64_t> place = as_integer(pool_, number))
      return *place >= 0 ? at(static_cast<std::size_t>(*place)) : pool_.unknown("no argument");
    for (const ValueId value : values_)
      if (pool_.is(value, ValueKind::Record)) return member(pool_, value, name);
    return pool_.unknown("an argument of another name");
  }
  // From 1 on.
  ValueId numbered(std::int64_t place) {
    return place > 0 ? at(static_cast<std::size_t>(place - 1)) : pool_.unknown("no argument");
  }

 private:
  ValueId at(std::size_t place) {
    return place < values_.size() ? values_[place] : pool_.unknown("an argument that is missing");
  }
  ValuePool& pool_;
  Operands values_;
  std::size_t next_ = 0;
};

// A value that is laid out somehow: padded, rounded, in hexadecimal.
ValueId laid_out(ValuePool& pool, std::string_view layout, ValueId value) {
  return pool.computed(Opcode::Format, std::array{pool.text_value(layout), value});
}

// "{}", "{0}", "{name}", "{0:05d}"; "{{" and "}}" are braces.
ValueId format_braces(ValuePool& pool, std::string_view text, Arguments& arguments) {
  std::vector<ValueId> parts;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = std::min(text.find_first_of("{}", i), text.size());
    parts.push_back(pool.long_text(text.substr(i, at - i)));
    if (at == text.size()) break;
    if (at + 1 < text.size() && text[at + 1] == text[at]) {
      parts.push_back(pool.text_value(text.substr(at, 1)));
      i = at + 2;
      continue;
    }
    const std::size_t close = text.find('}', at);
    if (text[at] == '}' || close == std::string_view::npos) return {};
    const std::string_view field = text.substr(at + 1, close - at - 1);
    const std::size_t end = field.find_first_of(":!");
    const std::string_view name = field.substr(0, end);
    if (name.find_first_of(".[") != std::string_view::npos) return {};
    const ValueId value = arguments.named(name);
    parts.push_back(end == std::string_view::npos ? value
                                                  : laid_out(pool, field.substr(end), value));
    i = close + 1;
  }
  return pool.concat(parts);
}

// "%s", "%d", "%v", "%(name)s", "%05d", "%2$s"; "%%" is a percent sign.
ValueId format_percents(ValuePool& pool, std::string_view text, Arguments& arguments) {
  constexpr std::string_view kLayout = "0123456789.+-# *,lhzjtL";
  std::vector<ValueId> parts;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = std::min(text.find('%', i), text.size());
    parts.push_back(pool.long_text(text.substr(i, at - i)));
    if (at == text.size()) break;
    std::size_t end = at + 1;
    std::string_view name;
    if (end < text.size() && text[end] == '(') {
      const std::size_t close = text.find(')', end);
      if (close == std::string_view::npos) return {};
      name = text.substr(end + 1, close - end - 1);
      end = close + 1;
    }
    ValueId numbered;
    const std::size_t dollar = std::min(text.find_first_not_of("0123456789", end), text.size());
    if (name.empty() && dollar > end && dollar < text.size() && text[dollar] == '$') {
      const ValueId place = pool.text_value(text.substr(end, dollar - end));
      numbered = arguments.numbered(as_integer(pool, place).value_or(0));
      end = dollar + 1;
    }
    const std::size_t layout = end;
    end = std::min(text.find_first_not_of(kLayout, end), text.size());
    if (end == text.size()) return {};
    const char letter = text[end];
    i = end + 1;
    if (letter == '%' && end == at + 1) {
      parts.push_back(pool.text_value("%"));
      continue;
    }
    if (letter == 'n' && end == at + 1) {
      parts.push_back(pool.text_value("\n"));  // Java's line end
      continue;
    }
    const ValueId value = numbered.exists() ? numbered : arguments.named(name);
    // What is written as a number is one, whatever it is made of.
    const bool is_number = std::string_view("difu").find(letter) != std::string_view::npos;
    const bool as_it_is =
        layout == end && (letter == 's' || letter == 'v' || (is_number && pool.constant(value)));
    parts.push_back(as_it_is ? value : laid_out(pool, text.substr(at, end + 1 - at), value));
  }
  return pool.concat(parts);
}

}  // namespace

// A template whose placeholders are of one of the two families; braces win, since "%" is common in
// texts.
ValueId compute_format(ValuePool& pool, Operands operands) {
  const std::optional<std::string_view> text = known_text(pool, operands[0]);
  if (!text) return {};
  // "%05d" and ":05d" alone are what laid_out() keeps.
  if (operands.size() == 2 && text->starts_with(':')) return {};
  Arguments arguments(pool, operands.subspan(1));
  if (text->find('{') != std::string_view::npos) return format_braces(pool, *text, arguments);
  if (text->find('%') != std::string_view::npos) return format_percents(pool, *text, arguments);
  return operands[0];
}

// A template of the family of C's printf, where braces are braces.
ValueId compute_printf(ValuePool& pool, Operands operands) {
  const std::optional<std::string_view> text = known_text(pool, operands[0]);
  if (!text || (operands.size() == 2 && text->starts_with(':'))) return {};
  Arguments arguments(pool, operands.subspan(1));
  return text->find('%') == std::string_view::npos ? operands[0]
                                                   : format_percents(pool, *text, arguments);
}

}  // namespace fnlint
