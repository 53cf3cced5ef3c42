#pragma once

#include "model/project.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/properties.h"
#include "values/relations_to.h"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Questions that several checks ask of a project.

// The property at `path` of a resource; null when it has none.
const Property* property_of(const Project& project, ResourceId resource, std::string_view path);
// Properties directly below one, by their names there, in their order.
struct NamedProperty {
  std::string_view name = {};
  const Property* property = nullptr;
};
std::vector<NamedProperty> properties_below(const Project& project, ResourceId resource,
                                            std::string_view path);
// A property of the mapping, rule or subscription that a trigger is declared by. SAM writes it into
// the function, below an event of the name that the made resource ends with.
const Property* source_property(const Project& project, const Relation& trigger,
                                std::string_view path);
// Of CloudWatch, over a metric or over other alarms.
bool is_alarm(const Project& project, const Resource& resource);
// The resource that a value is a reference to, in the description that counts; none: it is no
// reference.
ResourceId resource_meant(const Project& project, ValueId value);
// Those of a list of references; nothing where not all of it is such.
std::vector<ResourceId> all_referenced(const Project& project, ResourceId resource,
                                       std::string_view path);
// What the properties of a resource refer to, each once.
std::set<ResourceId> referred_by(const Project& project, const Resource& resource);
// Where a finding about a property stands: its value where that begins on the key's line, else its
// key.
Span anchor_of(const Property& property);
// Where the value stands, if that is not where its key does: at the call of a module.
void add_given(const Property& property, Finding& finding);
// The last of a text that is literal, without a query: "/orders" of `base + "/orders?all"`.
std::string_view literal_ending(const ValuePool& pool, ValueId value);
std::string name_of(const Project& project, ResourceId resource);
std::string_view type_of(const Project& project, ResourceId resource);  // empty: of no resource
// The outermost of the stacks that a stack is nested in.
std::uint32_t root_scope(const Stacks& stacks, std::uint32_t scope);
inline constexpr std::string_view kLatest = "$LATEST";  // a version that is none
// Whether all that holds at one place holds among what holds at another.
bool all_hold(const std::vector<Fact>& facts, const std::vector<Fact>& among);
// A test, or what it asks for, comes out one way here, the other way there.
bool exclude_each_other(const ValuePool& pool, const std::vector<Fact>& one,
                        const std::vector<Fact>& other);
// "queue", "bucket", ...: for messages.
std::string_view kind_label(ResourceKind kind);
// When what stands at the top runs, in the words of the language: "while the module loads".
std::string_view loading_words(Language language);
// "a queue", "an event bus".
std::string with_article(std::string_view words);
// What kind of thing a library's object is, by the row that made it.
LibraryClass class_of(const ValuePool& pool, ValueId value);
// The kind of layer (`guard` of a model) of which a test says that it stands around what it is
// about; empty: it is another test.
std::string_view guard_of(const ValuePool& pool, ValueId test);
bool is_guard(const ValuePool& pool, ValueId test, std::string_view kind);
// What the effect works on has an empty name: an input of the template that nobody has given.
bool names_nothing(const ValuePool& pool, const Effect& effect);
// Done only where a deployment gives an input that is empty by default.
bool waits_for_input(const ValuePool& pool, const Effect& effect);
// The entry of a record; no id when it is not there.
ValueId entry_of(const ValuePool& pool, ValueId record, std::string_view name);
// What a call is given by names may have others that are not known: `put_object(Bucket=b, **more)`.
bool may_have_more(const ValuePool& pool, ValueId arguments);

}  // namespace fnlint
