#include "core/text.h"
#include "values/functions.h"
#include "values/utf8.h"
#include "values/where.h"
#include "values/whole_text.h"

// Values in words.
namespace fnlint {
namespace {

constexpr std::size_t kWords = 160;  // bytes: a message is read by people
// Bytes: equal parts of a value are written as often as they stand in it.
constexpr std::size_t kWholeWords = 8192;

std::string_view label_of(Origin origin) {
  switch (origin) {
    case Origin::None: return "value";
    case Origin::Parameter: return "parameter";
    case Origin::Receiver: return "receiver";
    case Origin::Capture: return "variable";
    case Origin::Global: return "module variable";
    case Origin::Field: return "field";
    case Origin::CallResult: return "result of";
    case Origin::Element: return "element of";
    case Origin::Environment: return "environment variable";
    case Origin::Event: return "event";
    case Origin::Context: return "context";
    case Origin::TemplateInput: return "parameter";
    case Origin::Pseudo: return "";
    case Origin::Attribute: return "attribute";
    case Origin::Fresh: return "random value";
    case Origin::Clock: return "time";
    case Origin::Secret: return "secret";
    case Origin::Library: return "";
    case Origin::Outside: return "outside value";
  }
  return "value";
}

class Writer {
 public:
  Writer(const ValuePool& pool, std::size_t most) : pool_(pool), most_(most) {}

  std::string run(ValueId value) {
    write(value);
    if (full()) out_ = cat(utf8_prefix(out_, most_), "...");
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool full() const { return out_.size() > most_; }

  void write(ValueId value) {
    if (full()) return;
    const Value& row = pool_[value];
    switch (row.kind) {
      case ValueKind::Absent: out_ += "nothing"; break;
      case ValueKind::Null: out_ += "null"; break;
      case ValueKind::Bool:
      case ValueKind::Number:
      case ValueKind::Text: out_ += utf8_prefix(pool_[row.text], most_ + 1); break;
      case ValueKind::Pattern: write_pattern(value); break;
      case ValueKind::Hole: write_hole(row, false); break;
      case ValueKind::List: write_all("[", pool_.operands(value), ", ", "]"); break;
      case ValueKind::Record: write_record(value); break;
      case ValueKind::Reference: write_reference(row); break;
      case ValueKind::Function: out_ += "a function"; break;
      case ValueKind::Object: out_ += row.text.exists() ? pool_[row.text] : "an object"; break;
      case ValueKind::Task: write(pool_.operands(value)[0]); break;
      case ValueKind::Computed: write_computed(value); break;
      case ValueKind::OneOf: write_all("", pool_.operands(value), " or ", ""); break;
      case ValueKind::Unknown: out_ += cat("unknown (", pool_[row.text], ")"); break;
    }
  }

  void write_hole(const Value& row, bool in_text) {
    const std::string_view words = label_of(row.origin);
    std::string_view name = pool_[row.text];
    if (row.origin == Origin::Parameter)  // "0:key": its position stands before it
      name.remove_prefix(std::min(name.find(':') + 1, name.size()));
    // Inside of a text a name says enough: "${AWS::AccountId}", "${Stage}".
    const bool named =
        in_text && (row.origin == Origin::Pseudo || row.origin == Origin::TemplateInput);
    if (named || words.empty())
      out_ += name;
    else if (name.empty())
      out_ += words;
    else
      out_ += cat(words, " ", name);
  }

  void write_reference(const Value& row) {
    const std::string_view name =
        pool_.resource_name(ResourceId{static_cast<std::uint32_t>(row.ref)});
    out_ += name.empty() ? std::string_view("a resource") : name;
    if (const std::string_view attribute = pool_[row.text]; !attribute.empty())
      out_ += cat(".", attribute);
  }

  void write_pattern(ValueId value) {
    for (const ValueId part : pool_.operands(value)) {
      const Value& row = pool_[part];
      if (row.kind == ValueKind::Text) {
        write(part);
        continue;
      }
      out_ += "${";
      if (row.kind == ValueKind::Hole)
        write_hole(row, true);
      else
        write(part);
      out_ += "}";
    }
  }

  void write_computed(ValueId value) {
    const Opcode opcode = pool_.opcode(value);
    const auto operands = pool_.operands(value);
    if (opcode == Opcode::Member && operands.size() == 2) {
      write(operands[0]);
      out_ += ".";
      write(operands[1]);
    } else if (opcode == Opcode::Element && operands.size() == 1) {
      write(operands[0]);
      out_ += "[]";
    } else if (opcode == Opcode::Any || opcode == Opcode::Where) {
      write(operands[0]);
    } else if (opcode == Opcode::Chosen) {
      write_all("", operands.first(2), " ? ", " : ");
      write(operands[2]);
    } else {
      write_all(cat(pool_.text(value), "("), operands, ", ", ")");
    }
  }

  void write_record(ValueId value) {
    const auto names = pool_.names(value);
    const auto values = pool_.operands(value);
    out_ += "{";
    for (std::size_t i = 0; i < names.size() && !full(); ++i) {
      out_ += cat(i == 0 ? "" : ", ", pool_[names[i]], ": ");
      write(values[i]);
    }
    out_ += "}";
  }

  void write_all(std::string_view open, Operands values, std::string_view between,
                 std::string_view close) {
    out_ += open;
    for (std::size_t i = 0; i < values.size() && !full(); ++i) {
      if (i > 0) out_ += between;
      write(values[i]);
    }
    out_ += close;
  }

  const ValuePool& pool_;
  std::size_t most_;
  std::string out_;
};

}  // namespace

std::string describe(const ValuePool& pool, ValueId value) {
  return value.exists() ? Writer(pool, kWords).run(value) : "nothing";
}

std::string whole_words(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return "nothing";
  std::string words = Writer(pool, kWholeWords).run(value);
  // Where its words do not end, only the value itself tells.
  return words.size() > kWholeWords ? cat(words, " #", value.index) : words;
}

}  // namespace fnlint
