#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "values/number_text.h"

#include <array>
#include <cctype>

// The values of rules, "props.timeout | seconds": what a path leads to, filter by filter.
namespace fnlint::cdk {

namespace {

std::vector<std::string_view> parted(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (text[i] != separator || quoted) continue;
    parts.push_back(trim(text.substr(from, i - from)));
    from = i + 1;
  }
  parts.push_back(trim(text.substr(from)));
  return parts;
}

// The path from a folder to a file or folder, both from the root.
std::string relative_path(std::string_view folder, std::string_view path) {
  std::vector<std::string_view> from, to;
  if (!folder.empty()) from = split(folder, '/');
  if (!path.empty()) to = split(path, '/');
  std::size_t same = 0;
  if (path.starts_with("..")) from.clear();  // outside of the root in any case
  while (same < from.size() && same < to.size() && from[same] == to[same]) ++same;
  std::string out;
  for (std::size_t i = same; i < from.size(); ++i) out = join_path(out, "..");
  if (same < from.size()) {
    out.clear();
    for (std::size_t i = same; i < from.size(); ++i) out += i == same ? ".." : "/..";
  }
  for (std::size_t i = same; i < to.size(); ++i) out += cat(out.empty() ? "" : "/", to[i]);
  return out.empty() ? "." : out;
}

}  // namespace

DatumId CdkApp::reference(std::string_view address, std::string_view attribute) {
  if (attribute.empty() || attribute == "Ref")
    return p_->token("Ref", std::array{p_->text(std::string(address))});
  return p_->token("Fn::GetAtt",
                   std::array{p_->text(std::string(address)), p_->text(std::string(attribute))});
}

// An entry of properties, under the name that the program's language has for it; of an object that
// a library made: of what it was made with.
PlacedDatum CdkApp::entry(DatumId given, std::string_view name) {
  const DatumId holder = p_->settled(given);
  if (!holder.exists()) return {};
  const DatumKind kind = (*p_)[holder].kind;
  if (kind == DatumKind::Choice) {
    if (p_->exhausted()) return {p_->unknown("more values than are followed"), {}, {}};
    const Datum row = (*p_)[holder];
    std::size_t before = p_->enter(row.condition, true);
    const PlacedDatum yes = entry(row.slots[0].value, name);
    p_->leave(before);
    before = p_->enter(row.condition, false);
    const PlacedDatum no = entry(row.slots[1].value, name);
    p_->leave(before);
    if (!yes.value.exists() && !no.value.exists()) return {};
    const PlacedDatum& like = yes.value.exists() ? yes : no;
    return {p_->choice(row.condition, yes.value.exists() ? yes.value : p_->absent(),
                       no.value.exists() ? no.value : p_->absent()),
            like.key, like.where};
  }
  if (kind != DatumKind::Record && kind != DatumKind::Object) {
    if (kind != DatumKind::Unknown && kind != DatumKind::Library) return {};
    return {p_->unknown((*p_)[holder].text), {}, {}};
  }
  std::string pascal(name);
  if (!pascal.empty())
    pascal[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(pascal[0])));
  const std::array<std::string, 3> spellings{std::string(name), snake(name), pascal};
  for (const std::string& spelling : spellings)
    if (const Slot* slot = p_->slot(holder, spelling)) return {slot->value, slot->key, slot->where};
  if (kind == DatumKind::Object) {
    const Slot* own = p_->slot(holder, "<args>");
    if (own != nullptr) {
      for (const std::string& spelling : spellings)
        if (const Slot* slot = p_->slot(own->value, spelling))
          return {slot->value, slot->key, slot->where};
      for (const Slot& one : std::vector<Slot>((*p_)[own->value].slots)) {
        // Properties are records, of C# objects of a class of their own.
        const DatumId inner = p_->settled(one.value);
        const bool is_properties =
            p_->is(inner, DatumKind::Record) ||
            (p_->is(inner, DatumKind::Object) && (*p_)[inner].text.ends_with("Props") &&
             inner.index != holder.index);
        if (is_properties)
          if (const PlacedDatum found = entry(inner, name); found.value.exists()) return found;
      }
    }
    if (const DatumId known = member(*p_, holder, name); known.exists()) return {known, {}, {}};
    return {};
  }
  if ((*p_)[holder].open) return {p_->unknown("what spreads in here"), {}, {}};
  return {};
}

PlacedDatum CdkApp::primary(std::string_view text, const Names& names) {
  if (text.starts_with('\''))
    return {p_->text(std::string(text.substr(1, text.size() - 2))), {}, {}};
  if (text == "true" || text == "false") return {p_->boolean(text == "true"), {}, {}};
  if (!text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) != 0)
    return {p_->number(double_of(text).value_or(0)), {}, {}};
  const std::vector<std::string_view> parts = split(text, '.');
  PlacedDatum at;
  if (parts[0] == "this") {
    at = {names.self, names.where, names.where};
  } else if (const PlacedDatum* row = names.find(parts[0])) {
    at = *row;
  } else if (names.self.exists() && parts.size() == 1) {
    if (const Slot* slot = p_->slot(names.self, parts[0]))
      at = {slot->value, slot->key, slot->where};
  }
  for (std::size_t i = 1; i < parts.size() && at.value.exists(); ++i)
    at = entry(at.value, parts[i]);
  if (at.value.exists()) at.value = p_->settled(at.value);
  if (at.value.exists() && p_->is(at.value, DatumKind::Absent)) return {};
  return at;
}

PlacedDatum CdkApp::value(std::string_view text, const Names& names) {
  const std::vector<std::string_view> stages = parted(text, '|');
  std::vector<PlacedDatum> heads;
  PlacedDatum shown;
  for (const std::string_view head : parted(stages[0], ',')) {
    const std::vector<std::string_view> terms = parted(head, '+');
    PlacedDatum found = primary(terms[0], names);
    if (terms.size() > 1) {
      std::vector<DatumId> all;
      for (const std::string_view term : terms) {
        const DatumId one = primary(term, names).value;
        if (!one.exists()) return {};
        all.push_back(made_row(one) != UINT32_MAX ? ref_of(one) : one);
      }
      // The last term may be meant for the filter.
      found.value = stages.size() > 1 && made_row(primary(terms.back(), names).value) != UINT32_MAX
                        ? primary(terms.back(), names).value
                        : p_->concat(std::move(all));
    }
    if (!shown.where.module.exists() && found.value.exists()) shown = found;
    heads.push_back(found);
  }
  for (std::size_t i = 1; i < stages.size(); ++i) {
    const std::size_t space = stages[i].find(' ');
    const std::string_view filter = stages[i].substr(0, space);
    const std::string_view argument =
        space == std::string_view::npos ? std::string_view{} : trim(stages[i].substr(space));
    const DatumId made = filtered(filter, argument, heads, names);
    heads = {{made, shown.key, shown.where}};
    if (!made.exists()) return {};
  }
  if (heads.empty()) return {};
  PlacedDatum out = heads.front();
  if (!out.where.module.exists()) {
    out.key = shown.key;
    out.where = shown.where;
  }
  return out;
}

// The change of a value, of each item of a list, of each way of a choice.
DatumId CdkApp::each(DatumId given, const std::function<DatumId(DatumId)>& change) {
  const DatumId value = p_->settled(given);
  if (p_->exhausted()) return p_->unknown("more values than are followed");
  const Datum row = (*p_)[value];
  if (row.kind == DatumKind::List) {
    std::vector<Slot> out;
    for (const Slot& one : row.slots) {
      const DatumId changed = each(one.value, change);
      if (changed.exists()) out.push_back({one.name, changed, one.key, one.where});
    }
    return p_->list(std::move(out), row.open);
  }
  if (row.kind == DatumKind::Choice) {
    std::array<DatumId, 2> ways{};
    for (const bool holds : {true, false}) {
      const std::size_t before = p_->enter(row.condition, holds);
      const DatumId one = each(row.slots[holds ? 0 : 1].value, change);
      ways[holds ? 0 : 1] = one.exists() ? one : p_->absent();
      p_->leave(before);
    }
    return p_->choice(row.condition, ways[0], ways[1]);
  }
  return change(value);
}

// Each item of a list, or the one that is given, with members under other names: "a=A b=B".
DatumId CdkApp::items(DatumId given, std::string_view members) {
  return each(given, [&](DatumId item) {
    if (!p_->is(item, DatumKind::Record) && !p_->is(item, DatumKind::Object)) return item;
    std::vector<Slot> out;
    for (const std::string_view member : split(members, ' ')) {
      const std::size_t equals = member.find('=');
      const PlacedDatum one = entry(item, member.substr(0, equals));
      if (one.value.exists())
        out.push_back(
            {std::string(member.substr(equals + 1)), plain(*p_, one.value), one.key, one.where});
    }
    return p_->record(std::move(out));
  });
}

// "arn:<partition>:service:<region>:<account>:"
DatumId CdkApp::pseudo_arn(std::string_view service) {
  const auto pseudo = [&](std::string_view name) {
    return p_->token("Ref", std::array{p_->text(cat("AWS::", name))});
  };
  return p_->concat({p_->text("arn:"), pseudo("Partition"), p_->text(cat(':', service, ':')),
                     pseudo("Region"), p_->text(":"), pseudo("AccountId"), p_->text(":")});
}

// The name at the end of an ARN: of a resource's own, a reference to the resource.
DatumId CdkApp::last_part(DatumId arn, std::string_view part) {
  DatumId open = p_->unknown("a name inside an ARN");
  if (p_->is(arn, DatumKind::Token) && !part.empty()) {  // "5/1": of the sixth part, the second
    const auto select = [&](std::string_view index, std::string_view separator, DatumId text) {
      const DatumId parts =
          p_->token("Fn::Split", std::array{p_->text(std::string(separator)), text});
      return p_->token("Fn::Select", std::array{p_->text(std::string(index)), parts});
    };
    const std::size_t slash = part.find('/');
    open = select(part.substr(0, slash), ":", arn);
    if (slash != part.npos) open = select(part.substr(slash + 1), "/", open);
  }
  if (const auto text = p_->text_of(arn))
    return p_->text(std::string(text->substr(text->find_last_of(":/") + 1)));
  if (!p_->is(arn, DatumKind::Token)) return open;
  const Datum row = (*p_)[arn];
  if (row.text == "Fn::GetAtt" && row.slots.size() == 2 &&
      p_->text_of(row.slots[1].value).value_or("") == "Arn")
    return p_->token("Ref", std::array{row.slots[0].value});
  if (row.text != "Fn::Join" || row.slots.size() != 2) return open;
  const std::vector<Slot> parts = (*p_)[p_->settled(row.slots[1].value)].slots;
  if (parts.empty()) return open;
  if (const auto text = p_->text_of(parts.back().value)) {
    const std::size_t colon = text->find_last_of(":/");
    return colon != text->npos ? p_->text(std::string(text->substr(colon + 1))) : open;
  }
  const auto before = parts.size() > 1 ? p_->text_of(parts[parts.size() - 2].value) : std::nullopt;
  const bool is_whole =
      before && !before->empty() && (before->back() == ':' || before->back() == '/');
  return is_whole ? parts.back().value : open;
}

// --- Attributes.

DatumId CdkApp::attribute(DatumId object, std::string_view name) {
  const std::uint32_t row = made_row(object);
  std::string type = row != UINT32_MAX ? made_[row].type : std::string();
  if (type.empty() && p_->slot(object, "<is>") != nullptr)
    if (const CdkRule* rule = find_cdk_rule(CdkUse::New, class_of(object)))
      for (const CdkStep& step : rule->steps)
        if (step.kind == CdkStepKind::Make && type.empty()) type = step.value;
  if (type.empty()) return {};
  std::string attribute;
  if (const CdkAttribute* known = find_cdk_attribute(cat(type, '.', name)))
    attribute = known->attribute;
  if (attribute.empty() && name == "arn") attribute = "Arn";
  if (attribute.empty() && name == "ref") attribute = "Ref";
  if (attribute.empty() && name.starts_with("attr") && name.size() > 4) attribute = name.substr(4);
  if (attribute.empty()) return {};
  if (row != UINT32_MAX) return reference(made_[row].address, attribute);
  if (const Slot* known = p_->slot(object, cat('<', attribute, '>')))
    if (!p_->is(p_->settled(known->value), DatumKind::Absent)) return known->value;
  return p_->unknown(cat(name, " of what another stack declares"));
}

DatumId CdkApp::arn_of(DatumId object) {
  if (!p_->is(object, DatumKind::Object)) return plain(*p_, object);
  const DatumId known = attribute(object, "arn");
  return known.exists() ? known : p_->unknown(cat("the ARN of ", (*p_)[object].text));
}
DatumId CdkApp::ref_of(DatumId object) {
  if (!p_->is(object, DatumKind::Object)) return plain(*p_, object);
  const DatumId known = attribute(object, "ref");
  return known.exists() ? known : p_->unknown(cat("a reference to ", (*p_)[object].text));
}

// A path of an asset, from the folder of cdk.json.
DatumId CdkApp::path_below_app(DatumId path) {
  const auto text = p_->text_of(path);
  if (!text) return p_->is(path, DatumKind::Unknown) ? path : p_->unknown("an unknown path");
  if (!text->starts_with('/')) return p_->text(normal_path(*text));
  return p_->text(relative_path(app_.folder, path_from_root(normal_path(*text))));
}

// What the constructs of single languages take for their code: the entry's folder, built.
DatumId CdkApp::code_object(DatumId object, const Names& names) {
  const std::string cls = class_of(object);
  const PlacedDatum* props = names.find("props");
  std::string form;
  if (cls.find("lambdanodejs.") != std::string::npos) form = "nodejs-code";
  if (cls.find("lambdapython.") != std::string::npos) form = "python-code";
  if (cls.find("lambdago.") != std::string::npos) form = "go-code";
  if (cls.find("RustFunction") != std::string::npos) form = "rust-code";
  if (form.empty()) return {};
  DatumId given = props != nullptr ? props->value : p_->record({});
  // What is given built is deployed as it is (NodejsFunctionProps.code): nothing is bundled.
  if (form == "nodejs-code" && !entry(given, "entry").value.exists() &&
      p_->is(p_->settled(entry(given, "code").value), DatumKind::Object))
    return {};
  if (form == "nodejs-code" && !entry(given, "entry").value.exists()) {
    // The file beside the program's own that is named after it and the construct.
    const CodePlace where = (*p_)[object].where;
    const std::string file = paths_[where.module.index], address = address_of(object);
    const std::string stem = file.substr(0, file.rfind('.'));
    std::string path = cat(stem, '.', address.substr(address.rfind('/') + 1), ".ts");
    if (files_.kind(path) != EntryKind::File) path = cat(path.substr(0, path.size() - 3), ".js");
    std::vector<Slot> slots;
    if (p_->is(p_->settled(given), DatumKind::Record)) slots = (*p_)[p_->settled(given)].slots;
    slots.push_back(
        {.name = "entry", .value = p_->text(absolute_path(path)), .key = where, .where = where});
    given = p_->record(std::move(slots));
  }
  const DatumId arguments =
      p_->record({{.name = "0", .value = given, .key = names.where, .where = names.where}});
  return p_->object(form, {{.name = "<args>", .value = arguments}});
}

// --- As a template has them.

namespace {

// A member of a class of the CDK, or of its provider in SST, that stands for a text.
DatumId enumeration_value(Interpreter& program, const std::string& library) {
  const std::string path = cdk_path(library);
  if (const CdkValue* known = find_cdk_value(path)) return program.text(std::string(known->text));
  if (path.starts_with(kProvider)) return provider_value(program, path);
  // A runtime or code that the table does not have must not look like another; what is taken out
  // of an event is known when it comes.
  if (path.empty() || path.starts_with("awslambda.Runtime.") ||
      path.find(".JsonPath.") != path.npos)
    return program.unknown(cat(library, " is unknown"));
  return program.text(std::string(path.substr(path.rfind('.') + 1)));
}

}  // namespace

DatumId CdkApp::plain(Interpreter& program, DatumId given, int depth) {
  p_ = &program;
  const DatumId value = p_->settled(given);
  if (!value.exists()) return p_->absent();
  const Datum row = (*p_)[value];
  if (depth > 40 || p_->exhausted()) return p_->unknown("a value that is nested too deeply");
  switch (row.kind) {
    case DatumKind::Library: return enumeration_value(*p_, row.text);
    case DatumKind::Object: {
      if (row.text == "<file>") {
        std::optional<std::string> text = file_text(value);
        return text ? p_->text(std::move(*text)) : p_->unknown("a file that could not be read");
      }
      if (made_row(value) != UINT32_MAX || p_->slot(value, "<is>") != nullptr) return ref_of(value);
      if (class_of(value) == "awslambda.Runtime") {
        const DatumId name = entry(value, "0").value;
        if (name.exists() && p_->text_of(name)) return name;
      }
      if (class_of(value) == "awsiam.PolicyStatement") return statement(value);
      if (class_of(value).starts_with("Lazy.")) return plain(*p_, produced(value), depth + 1);
      // A record that is written as a class: Python's and Java's properties.
      if (const Slot* own = p_->slot(value, "<args>")) {
        const std::string cls = class_of(value);
        const DatumId arguments = own->value;
        bool named = !(*p_)[arguments].slots.empty();
        for (const Slot& one : (*p_)[arguments].slots)
          named = named && !one.name.empty() &&
                  std::isdigit(static_cast<unsigned char>(one.name[0])) == 0;
        if (named) return plain(*p_, arguments, depth + 1);
      }
      return p_->unknown(cat("a value of ", row.text));
    }
    case DatumKind::List:
    case DatumKind::Record: {
      std::vector<Slot> out;
      for (const Slot& one : row.slots)
        out.push_back({one.name, plain(*p_, one.value, depth + 1), one.key, one.where});
      return row.kind == DatumKind::List ? p_->list(std::move(out), row.open)
                                         : p_->record(std::move(out), row.open);
    }
    case DatumKind::Choice: {
      std::size_t before = p_->enter(row.condition, true);
      const DatumId yes = plain(*p_, row.slots[0].value, depth + 1);
      p_->leave(before);
      before = p_->enter(row.condition, false);
      const DatumId no = plain(*p_, row.slots[1].value, depth + 1);
      p_->leave(before);
      return p_->choice(row.condition, yes, no);
    }
    case DatumKind::Token: {
      std::vector<DatumId> operands;
      for (const Slot& one : row.slots) operands.push_back(plain(*p_, one.value, depth + 1));
      return p_->token(row.text, operands);
    }
    case DatumKind::Function:
    case DatumKind::Class:
    case DatumKind::Super:
    case DatumKind::Module: return p_->unknown("a function of the program");
    default: return value;
  }
}

}  // namespace fnlint::cdk
