#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_json.h"
#include "link/terraform/terraform_evaluation.h"
#include "values/whole_text.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

// Terraform's functions over texts and files.
namespace fnlint::stacks {

namespace {

constexpr std::size_t kFileSet = 256;

// --- format()

// %s %d %q %v %t %05.2f %% with the arguments in their order, or %[1]s.
ValueId format(ValuePool& pool, std::string_view form, Arguments args) {
  std::vector<ValueId> parts;
  std::string literal;
  std::size_t next = 0;
  const auto flush = [&] {
    if (!literal.empty()) parts.push_back(pool.text_value(literal));
    literal.clear();
  };
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '%') {
      literal += form[at];
      continue;
    }
    std::size_t end = at + 1;
    while (end < form.size() && std::string_view("+-# 0123456789.[]*").find(form[end]) !=
                                    std::string_view::npos)
      ++end;
    if (end >= form.size()) break;
    const std::string_view flags = form.substr(at + 1, end - at - 1);
    const char verb = form[end];
    at = end;
    if (verb == '%') {
      literal += '%';
      continue;
    }
    if (const std::size_t open = flags.find('['); open != flags.npos)
      next = static_cast<std::size_t>(
          std::max(1, std::atoi(std::string(flags.substr(open + 1)).c_str())) - 1);
    if (next >= args.size()) return pool.unknown("too few arguments of format");
    const ValueId value = args[next++];
    const auto text = as_text(pool, value);
    const std::string_view width = flags.substr(0, flags.find('.'));
    if (text && verb == 'd' && !width.empty()) {
      const bool zero = width.front() == '0';
      const auto size =
          static_cast<std::size_t>(std::max(0, std::atoi(std::string(width).c_str())));
      if (text->size() < size && size < 64) literal.append(size - text->size(), zero ? '0' : ' ');
      literal += *text;
    } else if (text && verb == 'q') {
      literal += cat("\"", *text, "\"");
    } else if (text) {
      literal += *text;
    } else {
      flush();
      parts.push_back(verb == 'v' || verb == 's' ? value : pool.concat(std::array{value}));
    }
  }
  flush();
  return parts.empty() ? pool.text_value("") : pool.concat(parts);
}

ValueId apply_format(FunctionCall& call, Arguments args) {
  const auto form = as_text(call.build.pool, args[0]);
  return form ? format(call.build.pool, *form, args.subspan(1)) : ValueId{};
}

ValueId apply_formatlist(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto form = as_text(pool, args[0]);
  if (!form) return {};
  std::size_t count = 1;
  for (const ValueId arg : args.subspan(1)) {
    if (!pool.is(arg, ValueKind::List)) continue;
    if (pool[arg].ref != 0) return {};
    count = pool.operands(arg).size();
  }
  std::vector<ValueId> out;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<ValueId> row;
    for (const ValueId arg : args.subspan(1)) {
      const bool list = pool.is(arg, ValueKind::List);
      if (list && i >= pool.operands(arg).size()) return {};
      row.push_back(list ? pool.operands(arg)[i] : arg);
    }
    out.push_back(format(pool, *form, row));
  }
  return pool.list(out);
}

// --- Texts

ValueId apply_split(FunctionCall& call, Arguments args) {
  if (args.size() < 2) return {};
  const ValueId parts = arn_parts(call.build, args[1], args[0]);
  if (parts.exists()) return parts;
  if (as_text(call.build.pool, args[1]) == "")
    return call.build.pool.list(std::array{args[1]});
  return compute(call.build.pool, "split", std::array{args[1], args[0]});
}

ValueId apply_join(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (args.size() < 2) return {};
  if (args.size() == 2) return compute(pool, Opcode::Join, args);
  std::vector<ValueId> all;
  for (const ValueId list : args.subspan(1)) {
    if (!pool.is(list, ValueKind::List) || pool[list].ref != 0) return {};
    all.insert(all.end(), pool.operands(list).begin(), pool.operands(list).end());
  }
  return compute(pool, Opcode::Join, std::array{args[0], pool.list(all)});
}

ValueId apply_substr(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto from = args.size() > 2 ? as_integer(pool, args[1]) : std::nullopt;
  const auto length = args.size() > 2 ? as_integer(pool, args[2]) : std::nullopt;
  if (!from || !length) return {};
  if (*length < 0) return part(pool, args[0], args[1], {});
  return part(pool, args[0], args[1], pool.number(*from + *length));
}

std::optional<std::string_view> pattern_of(const ValuePool& pool, ValueId id) {
  const auto text = as_text(pool, id);
  if (!text || text->size() < 2 || !text->starts_with('/') || !text->ends_with('/'))
    return std::nullopt;
  return text->substr(1, text->size() - 2);
}

// "$1" and "${name}" of Terraform as RE2's "\\1".
std::string rewritten(std::string_view with) {
  std::string out;
  for (std::size_t i = 0; i < with.size(); ++i) {
    const bool digit = i + 1 < with.size() && with[i] == '$' && with[i + 1] >= '0' &&
                       with[i + 1] <= '9';
    const bool braced = i + 3 < with.size() && with.substr(i, 2) == "${" && with[i + 3] == '}';
    if (digit) {
      out += cat("\\", with[++i]);
    } else if (braced) {
      out += cat("\\", with[i + 2]);
      i += 3;
    } else {
      out += with[i] == '\\' ? "\\\\" : std::string(1, with[i]);
    }
  }
  return out;
}

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1U << 20U);
  return options;
}

ValueId apply_replace(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (args.size() < 3) return {};
  const auto pattern = pattern_of(pool, args[1]);
  if (!pattern) return compute(pool, Opcode::Replace, args);
  const auto text = as_text(pool, args[0]), with = as_text(pool, args[2]);
  if (!text || !with) return {};
  const RE2 expression(std::string(*pattern), quiet());
  if (!expression.ok()) return {};
  std::string changed(*text);
  RE2::GlobalReplace(&changed, expression, rewritten(*with));
  return pool.long_text(changed);
}

// A match: its groups by name or in order, or the whole.
ValueId groups_of(ValuePool& pool, const RE2& expression,
                  const std::vector<re2::StringPiece>& found) {
  const auto text = [&](std::size_t i) {
    return found[i].data() == nullptr
               ? pool.null()
               : pool.text_value(std::string_view(found[i].data(), found[i].size()));
  };
  if (found.size() == 1) return text(0);
  if (!expression.NamedCapturingGroups().empty()) {
    std::vector<NamedValue> named;
    for (const auto& [name, at] : expression.NamedCapturingGroups())
      named.push_back({pool.string(name), text(static_cast<std::size_t>(at))});
    return pool.record(named);
  }
  std::vector<ValueId> out;
  for (std::size_t i = 1; i < found.size(); ++i) out.push_back(text(i));
  return pool.list(out);
}

ValueId matched(FunctionCall& call, Arguments args, bool all) {
  ValuePool& pool = call.build.pool;
  const auto pattern = as_text(pool, args[0]);
  const auto text = args.size() > 1 ? as_text(pool, args[1]) : std::nullopt;
  if (!pattern || !text) return {};
  const RE2 expression(std::string(*pattern), quiet());
  if (!expression.ok()) return {};
  const auto groups = static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1;
  std::vector<re2::StringPiece> found(groups);
  const re2::StringPiece whole(text->data(), text->size());
  std::vector<ValueId> out;
  std::size_t at = 0;
  while (at <= text->size() && out.size() < kFileSet &&
         expression.Match(whole, at, text->size(), RE2::UNANCHORED, found.data(),
                          static_cast<int>(groups))) {
    out.push_back(groups_of(pool, expression, found));
    if (!all) return out.front();
    const auto end = static_cast<std::size_t>(found[0].data() - text->data()) + found[0].size();
    at = std::max(end, at + 1);
  }
  return all ? pool.list(out) : pool.absent();
}
ValueId apply_regex(FunctionCall& call, Arguments args) { return matched(call, args, false); }
ValueId apply_regexall(FunctionCall& call, Arguments args) { return matched(call, args, true); }

ValueId apply_title(FunctionCall& call, Arguments args) {
  const auto text = as_text(call.build.pool, args[0]);
  if (!text) return {};
  std::string out(*text);
  bool start = true;
  for (char& c : out) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == ' ' || c == '-' || c == '_';
  }
  return call.build.pool.text_value(out);
}

ValueId apply_strrev(FunctionCall& call, Arguments args) {
  const auto text = as_text(call.build.pool, args[0]);
  if (!text) return {};
  return call.build.pool.text_value(std::string(text->rbegin(), text->rend()));
}

ValueId apply_indent(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto size = as_integer(pool, args[0]);
  if (args.size() < 2 || !size || *size < 0 || *size > 200) return {};
  const std::array operands{
      args[1], pool.text_value("\n"),
      pool.text_value(cat("\n", std::string(static_cast<std::size_t>(*size), ' ')))};
  return compute(pool, Opcode::Replace, operands);
}

ValueId apply_strcontains(FunctionCall& call, Arguments args) {
  if (args.size() < 2) return {};
  return compute(call.build.pool, "in", std::array{args[1], args[0]});
}

ValueId same_text(FunctionCall&, Arguments args) { return args[0]; }

ValueId apply_base64decode(FunctionCall& call, Arguments args) {
  return call.build.pool.computed("base64decode", args);
}

// What another function of values/compute.h does.
struct Computed {
  std::string_view name, function;
};
constexpr std::array kComputed{
    Computed{"base64encode", "base64"},     Computed{"basename", "basename"},
    Computed{"chomp", "rstrip"},            Computed{"dirname", "dirname"},
    Computed{"endswith", "ends_with"},      Computed{"lower", "lower"},
    Computed{"startswith", "starts_with"},  Computed{"trim", "strip"},
    Computed{"trimprefix", "strip_prefix"}, Computed{"trimspace", "trim"},
    Computed{"trimsuffix", "strip_suffix"}, Computed{"upper", "upper"},
};

// --- Files of the root

ValueId apply_file(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto written = as_text(pool, args[0]);
  if (!written) return {};
  const auto path = terraform_path(call.build, call.scope, *written);
  if (!path) return pool.hole(Origin::Outside, cat("the file ", *written));
  const auto text = call.build.files.read(*path, kSourceBytes);
  if (!text) return pool.hole(Origin::Outside, cat("the file ", *written));
  return pool.long_text(text.value());
}

ValueId apply_fileexists(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto written = as_text(pool, args[0]);
  const auto path = written ? terraform_path(call.build, call.scope, *written) : std::nullopt;
  if (!path) return {};
  // What is not there yet may be built before it is deployed; of an archive that is a guess, since
  // a function cannot be deployed without it.
  if (call.build.files.kind(*path) == EntryKind::File) return pool.boolean(true);
  const std::string_view extension = extension_of(*path);
  if (extension != ".zip" && extension != ".jar") return {};
  return pool.with_uncertainty(pool.boolean(true), kHeuristic);
}

// "**" spans folders; "*" and "?" stay in a name; "{a,b}" are alternatives.
std::string glob_expression(std::string_view glob) {
  std::string out;
  std::size_t open = 0;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (glob.substr(i).starts_with("**/")) {
      out += "(?:.*/)?";
      i += 2;
    } else if (glob.substr(i).starts_with("**")) {
      out += ".*";
      ++i;
    } else if (c == '*') {
      out += "[^/]*";
    } else if (c == '?') {
      out += "[^/]";
    } else if (c == '{') {
      out += "(?:";
      ++open;
    } else if (c == '}' && open > 0) {
      out += ")";
      --open;
    } else if (c == ',' && open > 0) {
      out += "|";
    } else {
      out += RE2::QuoteMeta(re2::StringPiece(&c, 1));
    }
  }
  for (; open > 0; --open) out += ")";
  return out;
}

ValueId apply_fileset(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto written = as_text(pool, args[0]);
  const auto glob = args.size() > 1 ? as_text(pool, args[1]) : std::nullopt;
  const auto folder = written ? terraform_path(call.build, call.scope, *written) : std::nullopt;
  if (!folder || !glob) return {};
  const RE2 expression(glob_expression(*glob), quiet());
  if (!expression.ok()) return {};
  std::vector<std::string> open{""}, found;
  std::size_t looked = 0;
  while (!open.empty() && looked < 20'000) {
    const std::string here = std::move(open.back());
    open.pop_back();
    for (const Entry& entry : call.build.files.list(join_path(*folder, here))) {
      ++looked;
      const std::string name = here.empty() ? entry.name : cat(here, "/", entry.name);
      if (entry.kind == EntryKind::Folder && std::ranges::count(name, '/') < 16)
        open.push_back(name);
      if (entry.kind == EntryKind::File && RE2::FullMatch(name, expression)) found.push_back(name);
    }
  }
  std::ranges::sort(found);
  const bool cut = found.size() > kFileSet;
  if (cut) found.resize(kFileSet);
  std::vector<ValueId> out;
  for (const std::string& name : found) out.push_back(pool.text_value(name));
  return pool.list(out, cut);
}

using Decode = ValueId (*)(LinkContext&, const LongText&);

// What a text holds that a function decodes: the operand's own text, which may be longer than a
// value keeps, else the value's.
ValueId decoded(FunctionCall& call, ValueId value, Decode decode) {
  ValuePool& pool = call.build.pool;
  const ExprClosure operand = call.build.operand(call.at, 0);
  const bool cut = (pool[value].uncertainty & kCut) != 0;
  if (cut && operand.exists())
    if (const LongText text = terraform_text(call.build, {call.scope, operand}); text.known)
      return pool.with_uncertainty(decode(call.build, text),
                                static_cast<std::uint8_t>(pool[value].uncertainty & ~kCut));
  const bool is_text = pool.is(value, ValueKind::Text) || pool.is(value, ValueKind::Pattern);
  if (!is_text || cut) return {};
  return pool.with_uncertainty(decode(call.build, marked_text(pool, value)),
                               pool[value].uncertainty);
}

ValueId apply_jsondecode(FunctionCall& call, Arguments args) {
  return decoded(call, args[0], json_value);
}

ValueId apply_yamldecode(FunctionCall& call, Arguments args) {
  // A file that it decodes is read by the frontend that knows YAML.
  const ExprClosure inner = call.build.operand(call.at, 0);
  if (inner.exists() && call.build.function(inner) == "file") {
    const auto written =
        as_text(call.build.pool, value_of(call.build, call.scope, call.build.operand(inner, 0)));
    const auto path = written ? terraform_path(call.build, call.scope, *written) : std::nullopt;
    const auto found = path ? call.build.fragments.find(fragment_key(*path, false, {}))
                            : call.build.fragments.end();
    if (found != call.build.fragments.end() && call.build.facts(found->second).fragment.exists())
      return value_of(call.build, call.scope,
                      {found->second, call.build.facts(found->second).fragment});
  }
  return decoded(call, args[0], yaml_value);
}

struct NamedTextFunction {
  std::string_view name;
  ValueId (*apply)(FunctionCall&, Arguments);
};
constexpr std::array kTextFunctions{
    NamedTextFunction{"abspath", same_text},
    NamedTextFunction{"base64decode", apply_base64decode},
    NamedTextFunction{"file", apply_file},
    NamedTextFunction{"fileexists", apply_fileexists},
    NamedTextFunction{"fileset", apply_fileset},
    NamedTextFunction{"format", apply_format},
    NamedTextFunction{"formatlist", apply_formatlist},
    NamedTextFunction{"indent", apply_indent},
    NamedTextFunction{"join", apply_join},
    NamedTextFunction{"jsondecode", apply_jsondecode},
    NamedTextFunction{"pathexpand", same_text},
    NamedTextFunction{"regex", apply_regex},
    NamedTextFunction{"regexall", apply_regexall},
    NamedTextFunction{"replace", apply_replace},
    NamedTextFunction{"split", apply_split},
    NamedTextFunction{"strcontains", apply_strcontains},
    NamedTextFunction{"strrev", apply_strrev},
    NamedTextFunction{"substr", apply_substr},
    NamedTextFunction{"title", apply_title},
    NamedTextFunction{"yamldecode", apply_yamldecode},
};
static_assert(std::ranges::is_sorted(kTextFunctions, {}, &NamedTextFunction::name));

// --- Functions that take operands as they are

// The first that has a value: what is not there gives way to the next.
ValueId apply_try(FunctionCall& call) {
  ValuePool& pool = call.build.pool;
  const std::size_t count = call.build.operands(call.at).size();
  for (std::size_t i = 0; i < count; ++i) {
    const ValueId one = call.operand(i);
    if (pool.is(one, ValueKind::Absent)) continue;
    if (!pool.is(one, ValueKind::OneOf)) return one;
    // In some branches it is not there.
    std::vector<Alternative> ways;
    bool absent = false;
    for (std::size_t w = 0; w < pool.operands(one).size(); ++w) {
      const bool none = pool.is(pool.operands(one)[w], ValueKind::Absent);
      absent = absent || none;
      const ValueId other = none && i + 1 < count ? call.operand(i + 1) : pool.operands(one)[w];
      ways.push_back({other, pool.guards(one)[w]});
    }
    return absent ? pool.one_of(ways) : one;
  }
  return pool.absent();
}

ValueId apply_can(FunctionCall& call) {
  ValuePool& pool = call.build.pool;
  const ValueId one = call.operand(0);
  if (pool.is(one, ValueKind::Absent)) return pool.boolean(false);
  if (pool.is(one, ValueKind::Unknown) || pool.is(one, ValueKind::Computed))
    return pool.computed("can", std::array{one});
  return pool.boolean(true);
}

ValueId apply_templatefile(FunctionCall& call) {
  ValuePool& pool = call.build.pool;
  const ScopedExpr text = template_text(call.build, {call.scope, call.at});
  if (text.exists()) return placed_value(call.build, text);
  const ValueId path = call.operand(0);
  return pool.hole(Origin::Outside, cat("the file ", whole_words(pool, path)));
}

}  // namespace

bool is_lazy_function(std::string_view name) {
  return name == "try" || name == "can" || name == "templatefile" || name == "templatestring";
}

ValueId terraform_lazy_function(FunctionCall& call, std::string_view name) {
  if (name == "try") return apply_try(call);
  if (name == "can") return apply_can(call);
  if (name == "templatefile") return apply_templatefile(call);
  return call.build.pool.hole(Origin::Outside, name);
}

ValueId terraform_text_function(FunctionCall& call, std::string_view name) {
  ValuePool& pool = call.build.pool;
  const auto simple = std::ranges::find(kComputed, name, &Computed::name);
  if (simple != kComputed.end()) return compute(pool, simple->function, call.arguments);
  const auto row = std::ranges::lower_bound(kTextFunctions, name, {}, &NamedTextFunction::name);
  if (row == kTextFunctions.end() || row->name != name || call.arguments.empty()) return {};
  const ValueId found = over_alternatives(call, row->name, row->apply, call.arguments);
  return found.exists() ? found : pool.computed(name, call.arguments);
}

}  // namespace fnlint::stacks
