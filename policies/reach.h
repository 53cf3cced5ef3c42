#pragma once

#include "policies/policy_view.h"

#include <string_view>

// What the names of attributes.cpp's table lead to, one function each.
namespace fnlint::reach {

inline Item text_item(std::string_view text, Span where = {}) {
  return {.type = ItemType::Scalar, .text = text, .where = where};
}
inline Item number_item(double number) { return {.type = ItemType::Scalar, .number = number}; }
inline Item flag_item(bool flag) { return text_item(flag ? "true" : "false"); }
inline Item unknown_item(ItemType type) { return {.type = type, .presence = Presence::Unknown}; }
inline Item resource_item(ResourceId resource, std::uint8_t uncertainty = 0) {
  return {.type = ItemType::Resource, .resource = resource, .uncertainty = uncertainty};
}
inline Item value_item(ValueId value, Span where = {}, std::uint8_t uncertainty = 0) {
  return {.type = ItemType::Value, .value = value, .uncertainty = uncertainty, .where = where};
}

void name(const PolicyView& view, const Item& item, Reached& to);
void type(const PolicyView& view, const Item& item, Reached& to);
void kind(const PolicyView& view, const Item& item, Reached& to);
void tool(const PolicyView& view, const Item& item, Reached& to);
void generated(const PolicyView& view, const Item& item, Reached& to);
void on_deletion(const PolicyView& view, const Item& item, Reached& to);
void declared(const PolicyView& view, const Item& item, Reached& to);
void physical_name(const PolicyView& view, const Item& item, Reached& to);
void refers_to(const PolicyView& view, const Item& item, Reached& to);
void referred_by(const PolicyView& view, const Item& item, Reached& to);
void others(const PolicyView& view, const Item& item, Reached& to);
void functions(const PolicyView& view, const Item& item, Reached& to);
void function(const PolicyView& view, const Item& item, Reached& to);
void source(const PolicyView& view, const Item& item, Reached& to);
void timeout(const PolicyView& view, const Item& item, Reached& to);
void memory(const PolicyView& view, const Item& item, Reached& to);
void language(const PolicyView& view, const Item& item, Reached& to);
void image(const PolicyView& view, const Item& item, Reached& to);
void edge(const PolicyView& view, const Item& item, Reached& to);
void built_image(const PolicyView& view, const Item& item, Reached& to);
void code_by_scripts(const PolicyView& view, const Item& item, Reached& to);
void inline_code(const PolicyView& view, const Item& item, Reached& to);
void role(const PolicyView& view, const Item& item, Reached& to);
void aliases(const PolicyView& view, const Item& item, Reached& to);
void versions(const PolicyView& view, const Item& item, Reached& to);
void urls(const PolicyView& view, const Item& item, Reached& to);
void invoke_configs(const PolicyView& view, const Item& item, Reached& to);
void mappings(const PolicyView& view, const Item& item, Reached& to);
void permissions(const PolicyView& view, const Item& item, Reached& to);
void triggers(const PolicyView& view, const Item& item, Reached& to);
void layers(const PolicyView& view, const Item& item, Reached& to);
void archive_of_several(const PolicyView& view, const Item& item, Reached& to);
void alarms(const PolicyView& view, const Item& item, Reached& to);
void log_groups(const PolicyView& view, const Item& item, Reached& to);
void effects(const PolicyView& view, const Item& item, Reached& to);
void imports(const PolicyView& view, const Item& item, Reached& to);
void code_read(const PolicyView& view, const Item& item, Reached& to);
void code_found(const PolicyView& view, const Item& item, Reached& to);
void package_bytes(const PolicyView& view, const Item& item, Reached& to);
void statements(const PolicyView& view, const Item& item, Reached& to);
void resource(const PolicyView& view, const Item& item, Reached& to);
void by_default(const PolicyView& view, const Item& item, Reached& to);
void replaceable(const PolicyView& view, const Item& item, Reached& to);
void gives(const PolicyView& view, const Item& item, Reached& to);
void text_hashed(const PolicyView& view, const Item& item, Reached& to);
void rest(const PolicyView& view, const Item& item, Reached& to);
void limits_callers(const PolicyView& view, const Item& item, Reached& to);
void keys(const PolicyView& view, const Item& item, Reached& to);
void trigger_kind(const PolicyView& view, const Item& item, Reached& to);
void trigger_source(const PolicyView& view, const Item& item, Reached& to);
void trigger_function(const PolicyView& view, const Item& item, Reached& to);
void trigger_by(const PolicyView& view, const Item& item, Reached& to);
void trigger_invocation(const PolicyView& view, const Item& item, Reached& to);
void trigger_failures(const PolicyView& view, const Item& item, Reached& to);
void trigger_qualifier(const PolicyView& view, const Item& item, Reached& to);
void effect_word(const PolicyView& view, const Item& item, Reached& to);
void actions(const PolicyView& view, const Item& item, Reached& to);
void limitable(const PolicyView& view, const Item& item, Reached& to);
void resources(const PolicyView& view, const Item& item, Reached& to);
void actions_on_all(const PolicyView& view, const Item& item, Reached& to);
void whole_kinds(const PolicyView& view, const Item& item, Reached& to);
void inverted(const PolicyView& view, const Item& item, Reached& to);
void conditional(const PolicyView& view, const Item& item, Reached& to);
void statement_written(const PolicyView& view, const Item& item, Reached& to);
void statement_generated(const PolicyView& view, const Item& item, Reached& to);
void statement_role(const PolicyView& view, const Item& item, Reached& to);
void operation(const PolicyView& view, const Item& item, Reached& to);
void service(const PolicyView& view, const Item& item, Reached& to);
void target(const PolicyView& view, const Item& item, Reached& to);
void target_value(const PolicyView& view, const Item& item, Reached& to);
void arguments(const PolicyView& view, const Item& item, Reached& to);
void in_loop(const PolicyView& view, const Item& item, Reached& to);
void ends_loop(const PolicyView& view, const Item& item, Reached& to);
void once(const PolicyView& view, const Item& item, Reached& to);
void at_once(const PolicyView& view, const Item& item, Reached& to);
void failure(const PolicyView& view, const Item& item, Reached& to);
void permission(const PolicyView& view, const Item& item, Reached& to);
void import_name(const PolicyView& view, const Item& item, Reached& to);

}  // namespace fnlint::reach
