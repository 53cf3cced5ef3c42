// Three-valued equality of two symbolic values: settled by their kinds, their literals, their texts
// part by part, or the entries of records.

#include "values/alignment.h"
#include "values/functions.h"
#include "values/sites.h"

namespace fnlint {
namespace {

// Kinds whose values are surely of that kind at run time.
bool is_definite(ValueKind kind) {
  switch (kind) {
    case ValueKind::Hole:
    case ValueKind::Computed:
    case ValueKind::OneOf:
    case ValueKind::Unknown:
    case ValueKind::Object:
    case ValueKind::Task: return false;
    default: return true;
  }
}
bool is_scalar(ValueKind kind) {
  return kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool;
}
bool is_nullish(ValueKind kind) { return kind == ValueKind::Null || kind == ValueKind::Absent; }

class Comparison {
 public:
  explicit Comparison(ValuePool& pool) : pool_(pool) {}

  Answer compare(ValueId a, ValueId b) {
    if (steps_ == 0) return Answer::Unknown;
    --steps_;
    a = pool_.plain(a);
    b = pool_.plain(b);
    if (a == b && pool_.identified(a)) return Answer::Yes;
    const ValueKind x = pool_[a].kind, y = pool_[b].kind;
    if (x == ValueKind::OneOf || y == ValueKind::OneOf) return alternatives(a, b);
    if (x == ValueKind::Unknown || y == ValueKind::Unknown) return Answer::Unknown;
    if (is_nullish(x) || is_nullish(y)) return nullish(a, b);
    if (is_scalar(x) && is_scalar(y)) return scalars(a, b);
    if (x == y && x == ValueKind::List) return lists(a, b);
    if (x == y && x == ValueKind::Record) return records(a, b);
    if (x == y && x == ValueKind::Object) return objects(a, b);
    if (x == y && x == ValueKind::Function)
      return pool_[a].ref == pool_[b].ref ? Answer::Unknown : Answer::No;
    if (x == y && x == ValueKind::Reference) return references(a, b);
    if (const std::optional<Answer> shifted = sums(a, b)) return *shifted;
    if (is_text_like(x) && is_text_like(y)) return texts(a, b);
    return is_definite(x) && is_definite(y) && x != y && !is_scalar_text(a, b) ? Answer::No
                                                                               : Answer::Unknown;
  }

 private:
  // A number may meet a text that spells it.
  bool is_scalar_text(ValueId a, ValueId b) const {
    const auto textual = [&](ValueId id) {
      return is_text_like(pool_[id].kind) || is_scalar(pool_[id].kind);
    };
    return textual(a) && textual(b);
  }

  Answer alternatives(ValueId a, ValueId b) {
    const auto values = [&](const ValueId& id) {
      return pool_.is(id, ValueKind::OneOf) ? pool_.operands(id) : Operands(&id, 1);
    };
    const auto guard = [&](ValueId id, std::size_t i) {
      return pool_.is(id, ValueKind::OneOf) ? pool_.guards(id)[i] : GuardId{};
    };
    std::optional<Answer> all;
    for (std::size_t i = 0; i < values(a).size(); ++i) {
      for (std::size_t j = 0; j < values(b).size(); ++j) {
        if (!pool_.both(guard(a, i), guard(b, j))) continue;
        const Answer answer = compare(values(a)[i], values(b)[j]);
        if (answer == Answer::Unknown || (all && *all != answer)) return Answer::Unknown;
        all = answer;
      }
    }
    return all.value_or(Answer::Unknown);
  }

  Answer nullish(ValueId a, ValueId b) {
    const ValueKind x = pool_[a].kind, y = pool_[b].kind;
    if (is_nullish(x) && is_nullish(y)) return Answer::Yes;
    const ValueId other = is_nullish(x) ? b : a;
    const ValueId null = call(pool_, Opcode::IsNull, {other});
    if (!pool_.is(null, ValueKind::Bool)) return Answer::Unknown;
    return pool_.text(null) == "true" ? Answer::Yes : Answer::No;
  }

  // Constants of a class: no two are the same. Of other objects nobody knows when they are equal.
  Answer objects(ValueId a, ValueId b) const {
    const auto constant = [&](ValueId object) {
      const auto parts = pool_.operands(object);
      if (parts.empty() || !pool_.is(parts[0], ValueKind::Record)) return ValueId{};
      for (std::size_t i = 0; i < pool_.names(parts[0]).size(); ++i)
        if (pool_[pool_.names(parts[0])[i]] == kOwnConstant) return pool_.operands(parts[0])[i];
      return ValueId{};
    };
    const ValueId first = constant(a), second = constant(b);
    return first.exists() && second.exists() && first != second ? Answer::No : Answer::Unknown;
  }

  Answer scalars(ValueId a, ValueId b) {
    if (pool_[a].kind == pool_[b].kind) return Answer::No;  // equal ones have equal ids
    return pool_.text(a) == pool_.text(b) ? Answer::Unknown : Answer::No;
  }

  Answer lists(ValueId a, ValueId b) {
    const auto x = pool_.operands(a), y = pool_.operands(b);
    const bool open = pool_[a].ref != 0 || pool_[b].ref != 0;
    if (!open && x.size() != y.size()) return Answer::No;
    Answer all = open ? Answer::Unknown : Answer::Yes;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      const Answer answer = compare(x[i], y[i]);
      if (answer == Answer::No) return Answer::No;
      if (answer == Answer::Unknown) all = Answer::Unknown;
    }
    return all;
  }

  Answer records(ValueId a, ValueId b) {
    const bool open = pool_[a].ref != 0 || pool_[b].ref != 0;
    Answer all = open ? Answer::Unknown : Answer::Yes;
    std::vector<StringId> names(pool_.names(a).begin(), pool_.names(a).end());
    names.insert(names.end(), pool_.names(b).begin(), pool_.names(b).end());
    for (const StringId name : names) {
      if (pool_[name] == kRest) continue;
      const Answer answer = compare(member(pool_, a, pool_[name]), member(pool_, b, pool_[name]));
      if (answer == Answer::No) return Answer::No;
      if (answer == Answer::Unknown) all = Answer::Unknown;
    }
    return all;
  }

  // Two resources of one stack set have different names and addresses.
  Answer references(ValueId a, ValueId b) const {
    const Value &x = pool_[a], &y = pool_[b];
    return x.ref != y.ref && x.text == y.text ? Answer::No : Answer::Unknown;
  }

  std::optional<Answer> sums(ValueId a, ValueId b) {
    const Linear x = linear_of(pool_, a), y = linear_of(pool_, b);
    if (!x.base.exists() || !y.base.exists() || x.offset == y.offset) return std::nullopt;
    if (!same_part(pool_, x.base, y.base)) return std::nullopt;
    return Answer::No;
  }

  Answer texts(ValueId a, ValueId b) {
    const auto too_long = [&](ValueId id) { return is_text(pool_, id) && !known_text(pool_, id); };
    if (too_long(a) || too_long(b)) return Answer::Unknown;
    Alignment both(pool_, a, b);
    if (!both.trim_start() || !both.trim_end()) return Answer::No;
    if (both.a().empty() && both.b().empty()) return Answer::Yes;
    if (both.a().empty() || both.b().empty())
      return is_longer_than_nothing(pool_, both.a().empty() ? both.b() : both.a()) ? Answer::No
                                                                            : Answer::Unknown;
    if (const std::optional<std::string> text = literal_of(both.a()))
      return equals(pieces_of(pool_, both.b()), *text);
    if (const std::optional<std::string> text = literal_of(both.b()))
      return equals(pieces_of(pool_, both.a()), *text);
    return both.a().size() == 1 && both.b().size() == 1
               ? same_function(both.a()[0].hole, both.b()[0].hole)
               : Answer::Unknown;
  }

  // The same function of equal operands is equal.
  Answer same_function(ValueId a, ValueId b) {
    const Value &x = pool_[a], &y = pool_[b];
    if (x.kind != ValueKind::Computed || y.kind != ValueKind::Computed || x.text != y.text)
      return Answer::Unknown;
    if (gives(pool_.opcode(a)) == Gives::Any) return Answer::Unknown;
    const auto xs = pool_.operands(a), ys = pool_.operands(b);
    if (xs.size() != ys.size()) return Answer::Unknown;
    for (std::size_t i = 0; i < xs.size(); ++i)
      if (compare(xs[i], ys[i]) != Answer::Yes) return Answer::Unknown;
    return Answer::Yes;
  }

  ValuePool& pool_;
  std::size_t steps_ = 1024;  // nested lists that share parts could cost without end
};

}  // namespace

Answer equal(ValuePool& pool, ValueId a, ValueId b) { return Comparison(pool).compare(a, b); }

}  // namespace fnlint
