#include "core/json.h"
#include "core/text.h"
#include "link/synth/cdk_app.h"

#include <algorithm>

// What a program of the CDK asks for from outside: parameters, the environment, context, files of
// JSON.
namespace fnlint::cdk {

namespace {

using nlohmann::json;

}  // namespace

DatumId CdkApp::input(const std::string& name, DatumId fallback, bool of_context) {
  const auto known = std::ranges::find(inputs_, name, &ProgramInput::name);
  if (known == inputs_.end()) {
    inputs_.push_back(
        {.name = name, .fallback = fallback, .where = p_->place(), .of_context = of_context});
  } else if (!known->fallback.exists() && fallback.exists()) {
    known->fallback = fallback;
  }
  return p_->token("Ref", std::array{p_->text(name)});
}

DatumId CdkApp::environment(const Arguments& arguments) {
  const auto name = arguments.given.empty() ? std::nullopt : p_->text_of(arguments.given[0].value);
  if (!name) return p_->unknown("an environment variable of the program");
  if (*name == "CDK_DEFAULT_ACCOUNT")
    return p_->token("Ref", std::array{p_->text("AWS::AccountId")});
  if (*name == "CDK_DEFAULT_REGION" || *name == "AWS_REGION")
    return p_->token("Ref", std::array{p_->text("AWS::Region")});
  DatumId fallback;
  if (arguments.given.size() > 1) fallback = p_->settled(arguments.given[1].value);
  if (fallback.exists() && p_->is(fallback, DatumKind::Null)) fallback = {};
  return input(std::string(*name), fallback);
}

// process.env.STAGE || "dev": an input with a default.
DatumId CdkApp::with_default(const Arguments& arguments) {
  const DatumId token = p_->settled(arguments.given[0].value);
  const DatumId fallback = p_->settled(arguments.given[1].value);
  const auto name = p_->text_of((*p_)[token].slots[0].value);
  const auto row = name ? std::ranges::find(inputs_, *name, &ProgramInput::name) : inputs_.end();
  if (row == inputs_.end()) return {};
  const DatumKind kind = (*p_)[fallback].kind;
  if (kind != DatumKind::Text && kind != DatumKind::Number && kind != DatumKind::Bool) return {};
  if (!row->fallback.exists()) row->fallback = fallback;
  const DatumId same = p_->equal(row->fallback, fallback);
  if (p_->is(same, DatumKind::Bool) && (*p_)[same].truth) return token;
  return {};
}

// A file that the program reads: its path, until somebody asks for what is in it.
DatumId CdkApp::file_object(const Arguments& arguments) {
  const auto path = arguments.given.empty() ? std::nullopt : p_->text_of(arguments.given[0].value);
  if (!path) return p_->unknown("a file at an unknown path");
  return p_->object("<file>", {{.name = "path", .value = p_->text(std::string(*path))}});
}

std::optional<std::string> CdkApp::file_text(DatumId object) {
  const Slot* path = p_->is(object, DatumKind::Object) ? p_->slot(object, "path") : nullptr;
  const auto name = path != nullptr ? p_->text_of(path->value) : std::nullopt;
  if (!name || (*p_)[object].text != "<file>") return std::nullopt;
  Result<std::string> text = files_.read(
      name->starts_with('/') ? path_from_root(normal_path(*name)) : join_path(app_.folder, *name),
      Interpreter::kText);
  if (!text) return std::nullopt;
  return std::move(text.value());
}

// JSON.parse of a text or of a file.
DatumId CdkApp::parsed(const Arguments& arguments) {
  const DatumId given = arguments.given.empty() ? DatumId{} : p_->settled(arguments.given[0].value);
  if (!given.exists()) return p_->unknown("JSON");
  std::optional<std::string> text = file_text(given);
  if (const auto known = p_->text_of(given)) text = std::string(*known);
  if (!text) return p_->unknown("unknown JSON");
  const json document = parse_json(*text, true);
  if (document.is_discarded()) return p_->unknown("a file that is not JSON");
  return json_value(&document);
}

DatumId CdkApp::json_text(const Arguments& arguments) {
  if (arguments.given.empty()) return {};
  std::vector<DatumId> parts;
  const DatumId value = plain(*p_, arguments.given[0].value);
  const DatumId text = add_json(value, parts, 0) ? p_->concat(std::move(parts))
                                                 : p_->unknown("JSON of something unknown");
  documents_[text.index] = value;
  return text;
}

bool CdkApp::add_json(DatumId value, std::vector<DatumId>& parts, int depth) {
  const Datum row = (*p_)[value];
  const auto add = [&](std::string text) { parts.push_back(p_->text(std::move(text))); };
  if (depth > kDeepest || parts.size() > 4000 || p_->exhausted()) return false;
  switch (row.kind) {
    case DatumKind::Absent:
    case DatumKind::Null: add("null"); return true;
    case DatumKind::Bool: add(row.truth ? "true" : "false"); return true;
    case DatumKind::Number: parts.push_back(p_->concat({value})); return true;
    case DatumKind::Text:
      add(json(row.text).dump(-1, ' ', false, json::error_handler_t::replace));
      return true;
    case DatumKind::Token:
      add("\"");
      parts.push_back(value);
      add("\"");
      return true;
    case DatumKind::List:
    case DatumKind::Record: {
      if (row.open) return false;
      const bool is_list = row.kind == DatumKind::List;
      add(is_list ? "[" : "{");
      bool first = true;
      for (const Slot& one : row.slots) {
        if (!is_list && p_->is(one.value, DatumKind::Absent)) continue;
        if (!first) add(",");
        first = false;
        if (!is_list)
          add(json(one.name).dump(-1, ' ', false, json::error_handler_t::replace) + ":");
        if (!add_json(one.value, parts, depth + 1)) return false;
      }
      add(is_list ? "]" : "}");
      return true;
    }
    default: return false;
  }
}

DatumId CdkApp::json_value(const void* opaque) {
  const json& node = *static_cast<const json*>(opaque);
  if (node.is_string()) return p_->text(node.get<std::string>());
  if (node.is_boolean()) return p_->boolean(node.get<bool>());
  if (node.is_number()) return p_->number(node.get<double>());
  std::vector<Slot> out;
  if (node.is_array()) {
    for (const json& one : node) out.push_back({.value = json_value(&one)});
    return p_->list(std::move(out));
  }
  if (!node.is_object()) return p_->null();
  for (const auto& [key, one] : node.items())
    out.push_back({.name = key, .value = json_value(&one)});
  return p_->record(std::move(out));
}

// A value of the context that the project's files give.
DatumId CdkApp::configured(std::string_view name) {
  const std::string key(name);
  json document = parse_json(definition_, true);
  if (document.is_object() && document.contains("context") && document["context"].is_object() &&
      document["context"].contains(key))
    return json_value(&document["context"][key]);
  const Result<std::string> text =
      files_.read(join_path(app_.folder, "cdk.context.json"), 1U << 20U);
  if (!text) return {};
  document = parse_json(text.value(), true);
  return document.is_object() && document.contains(key) ? json_value(&document[key]) : DatumId{};
}

DatumId CdkApp::context_value(const LibraryUse& use) {
  const auto name =
      use.arguments.given.empty() ? std::nullopt : p_->text_of(use.arguments.given[0].value);
  const DatumId value = name ? configured(*name) : DatumId{};
  return value.exists() ? value : input(std::string(name.value_or("context[?]")), {}, true);
}

}  // namespace fnlint::cdk
