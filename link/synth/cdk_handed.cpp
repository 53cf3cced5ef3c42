// What constructs are handed to that is not understood: their roles, variables and layers are open from
// then on, so that nothing rests on what the program itself did not give them.
#include "core/text.h"
#include "link/synth/cdk_app.h"

#include <cctype>

namespace fnlint::cdk {

namespace {

constexpr int kHeldDeep = 4;

}  // namespace

// Whoever has a value has what lists, records and objects in it hold.
void CdkApp::hand_over_value(DatumId given, Handed& to, int depth) {
  if (!given.exists() || depth > kHeldDeep) return;
  const DatumId value = p_->settled(given);
  if (!to.seen.insert(value.index).second) return;
  const Datum row = (*p_)[value];
  const bool is_object = row.kind == DatumKind::Object;
  const bool is_construct = is_object && addresses_.contains(value.index);
  if (is_construct) {
    to.found = true;
    open_construct(value, to);
  }
  // Of a construct the program's own fields. Of a stack nothing: it is given for a place in the tree.
  // Of the CDK's other objects neither: they bind what they are made with to the service's own role.
  const std::string cls = is_object ? class_of(value) : std::string();
  const bool is_stack = cls == "App" || cls == "Stage" || cls == "Stack" || cls == "NestedStack";
  const bool is_holder = is_object ? !is_stack && (row.type.exists() || cls.empty())
                                   : row.kind == DatumKind::List ||
                                         row.kind == DatumKind::Record ||
                                         row.kind == DatumKind::Choice;
  if (!is_holder) return;
  // Whoever has a map or a list may put something into it.
  const bool is_collection = row.kind == DatumKind::List || row.kind == DatumKind::Record;
  if (is_collection && to.what == Opened::All) p_->change(value).open = true;
  for (const Slot& one : row.slots)
    if (one.name != "<args>" || !is_construct) hand_over_value(one.value, to, depth + 1);
}

void CdkApp::open_construct(DatumId construct, const Handed& to) {
  const std::uint32_t row = made_row(construct);
  const bool is_function = row != UINT32_MAX && made_[row].type == "AWS::Lambda::Function";
  if (to.what == Opened::All && is_function && opened_.insert({row, false}).second)
    open_configuration(row, to.where);
  if (to.what == Opened::All && row != UINT32_MAX && opened_.insert({row, false}).second)
    open_indexes(row, to.where);
  if (to.what == Opened::Roles && is_function) return;
  const std::uint32_t role = granted_row(construct);
  if (role != UINT32_MAX && opened_.insert({role, true}).second) open_role(role, to.where);
}

// What is not known may give a function further variables and layers, and declare its log group.
void CdkApp::open_configuration(std::uint32_t row, CodePlace where) {
  const DatumId whole = entry(made_[row].properties, "Environment").value;
  const DatumId variables =
      whole.exists() ? p_->settled(entry(p_->settled(whole), "Variables").value) : DatumId{};
  Names names;
  names.where = where;
  if (p_->is(variables, DatumKind::Record))
    p_->change(variables).open = true;
  else if (!variables.exists())
    set_path(made_[row].properties, "Environment.Variables",
             {p_->unknown("variables that a library adds"), where, where}, names);
  const DatumId logs = entry(made_[row].properties, "LoggingConfig").value;
  if (!logs.exists() || !entry(p_->settled(logs), "LogGroup").value.exists())
    set_path(made_[row].properties, "LoggingConfig.LogGroup",
             {p_->unknown("a log group that a library declares"), where, where}, names);
}

// What is not known may give a table further indexes.
void CdkApp::open_indexes(std::uint32_t row, CodePlace where) {
  if (made_[row].type != "AWS::DynamoDB::Table") return;
  Names names;
  names.where = where;
  set_path(made_[row].properties, "GlobalSecondaryIndexes[+]",
           {p_->unknown("an index that a library adds"), where, where}, names);
}

// What is not known may let a role do anything.
void CdkApp::open_role(std::uint32_t row, CodePlace where) {
  if (made_[row].type != "AWS::IAM::Role")
    return add_statement(row, p_->unknown("a statement that a library adds"), where);
  Names names;
  names.where = where;
  set_path(made_[row].properties, "ManagedPolicyArns[+]",
           {p_->unknown("a policy that a library adds"), where, where}, names);
}

// Whether anything of the program's tree is among it.
bool CdkApp::hand_over(const Arguments& arguments, CodePlace where, Opened what) {
  Handed to{.where = where, .what = what};
  for (const Slot& one : arguments.given) hand_over_value(one.value, to, 0);
  return to.found;
}

// What gets a place in the tree finds what stands around it, but is no owner of that: of its scope
// the construct itself is open alone.
void CdkApp::hand_to_construct(const LibraryUse& use, Opened what) {
  Handed to{.where = use.where, .what = what};
  for (const Slot& one : use.arguments.given) {
    const DatumId value = p_->settled(one.value);
    const bool is_scope = one.name == "0" || one.name == "scope";
    if (is_scope && addresses_.contains(value.index))
      open_construct(value, to);
    else
      hand_over_value(value, to, 0);
  }
}

// Of a call that is not known.
void CdkApp::missed(Interpreter& program, std::string_view why, const Arguments& arguments,
                    CodePlace where) {
  p_ = &program;
  std::string called = camel(why);
  if (!called.empty()) called[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(called[0])));
  if (changes_no_role(called) || !hand_over(arguments, where, Opened::All)) return;
  note(cat("what is called here cannot be determined: ", why), where);
}

// A program that was not followed to its end may still do anything with what it has made.
void CdkApp::open_all(CodePlace where) {
  const Handed to{.where = where};
  for (const DatumId one : constructs_below("")) open_construct(one, to);
}

}  // namespace fnlint::cdk
