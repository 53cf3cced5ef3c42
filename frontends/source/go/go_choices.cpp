// switch, select, channels.
#include "frontends/source/go/go_lowering.h"

namespace fnlint {

namespace {

// A case, its values, and whether it runs into the next.
struct CaseRow {
  NodeId node = kNoNode;
  bool is_default = false, falls = false;
};

}  // namespace

void GoLowering::switch_statement(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  const Range where = range(node);
  const std::string label = std::exchange(next_label_, {});
  if (const NodeId before = child(node, SynField::Init); before != kNoNode) statement(before);
  const NodeId subject_node = child(node, SynField::Value);
  ExprId subject;
  if (subject_node != kNoNode) {
    subject = expression(subject_node);
    const ExprKind form = out_.expr(subject).kind;
    if (form != ExprKind::Variable && form != ExprKind::Result) subject = kept(subject, where);
  }
  std::vector<CaseRow> rows;
  bool any_falls = false;
  for (const NodeId at : children(node)) {
    const bool is_default = is_go(at, GoSyn::DefaultCase);
    if (!is_default && !is_go(at, GoSyn::SwitchCase)) continue;
    const std::vector<NodeId> inner = statements_of(at);
    const bool falls = !inner.empty() && is_go(inner.back(), GoSyn::Fallthrough);
    rows.push_back({at, is_default, falls});
    any_falls |= falls;
  }
  const auto test_of = [&](NodeId value) {
    const ExprId given = expression(value);
    return subject.exists() ? out_.operation(OperatorKind::Equal, subject, given, range(value))
                            : given;
  };
  next_label_ = label;
  if (any_falls) {
    std::vector<FallingArm> arms;
    for (const CaseRow& row : rows) {
      FallingArm arm{.tests = {},
                     .is_default = row.is_default,
                     .falls = row.falls,
                     .body = [this, row] { statements(statements_of(row.node)); },
                     .where = range(row.node)};
      for (const NodeId value : items(child(row.node, SynField::Value)))
        arm.tests.push_back(test_of(value));
      arms.push_back(std::move(arm));
    }
    falling_arms(where, arms);
  } else {
    std::vector<Arm> arms;
    for (const bool last : {false, true}) {  // the default is asked last, wherever it stands
      for (const CaseRow& row : rows) {
        if (row.is_default != last) continue;
        Arm arm{.test = {},
                .body = [this, row] { statements(statements_of(row.node)); },
                .where = range(row.node)};
        if (!last)
          arm.test = [this, row, &test_of] {
            ExprId any;
            for (const NodeId value : items(child(row.node, SynField::Value))) {
              const ExprId one = test_of(value);
              any = any.exists() ? out_.operation(OperatorKind::Or, any, one, range(row.node))
                                 : one;
            }
            return any.exists() ? any : out_.unknown("case", range(row.node));
          };
        arms.push_back(std::move(arm));
      }
    }
    choose_arm(where, arms, true);
  }
  scope_ = around;
}

void GoLowering::type_switch(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  const Range where = range(node);
  const std::string label = std::exchange(next_label_, {});
  if (const NodeId before = child(node, SynField::Init); before != kNoNode) statement(before);
  const ExprId subject =
      kept(expression_or_unknown(child(node, SynField::Value), node), where);
  const std::vector<NodeId> aliases = items(child(node, SynField::Alias));
  const std::string_view alias = aliases.empty() ? std::string_view{} : text(aliases[0]);
  std::vector<Arm> arms;
  for (const bool last : {false, true}) {
    for (const NodeId row : children(node)) {
      const bool is_default = is_go(row, GoSyn::DefaultCase);
      if ((!is_default && !is_go(row, GoSyn::TypeCase)) || is_default != last) continue;
      Arm arm{.test = {}, .body = {}, .where = range(row)};
      const std::vector<NodeId> types = is_default ? std::vector<NodeId>{}
                                                   : named(row, SynField::Type);
      arm.body = [this, row, alias, subject, types] {
        if (!alias.empty() && alias != "_") {
          const TypeId tested = types.size() == 1 ? type(types[0]) : TypeId{};
          const VariableId variable = declare_local(alias, 0, tested);
          remember_type(variable, types.size() == 1 ? types[0] : kNoNode);
          out_.assign(out_.variable(variable, range(row)), subject, range(row),
                      AssignMode::Declare);
        }
        statements(statements_of(row));
      };
      if (!is_default)
        arm.test = [this, row, subject, types] {
          ExprId any;
          for (const NodeId one : types) {
            const bool is_nil = text(one) == "nil";
            const TypeId tested = is_nil ? TypeId{} : type(one);
            const ExprId test =
                is_nil ? out_.operation(OperatorKind::Equal, subject, out_.null(range(one)),
                                        range(one))
                       : out_.type_test(subject, out_.type_path(tested), range(one));
            any = any.exists() ? out_.operation(OperatorKind::Or, any, test, range(row)) : test;
          }
          return any.exists() ? any : out_.unknown("case", range(row));
        };
      arms.push_back(std::move(arm));
    }
  }
  next_label_ = label;
  choose_arm(where, arms, true);
  scope_ = around;
}

// Nobody knows which channel is ready; one of the cases runs.
void GoLowering::select_statement(NodeId node) {
  std::vector<NodeId> rows = children_of(node, own(GoSyn::Communication));
  for (const NodeId at : children_of(node, own(GoSyn::DefaultCase))) rows.push_back(at);
  std::vector<Arm> arms;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const NodeId row = rows[i];
    Arm arm{.test = {}, .body = {}, .where = range(row)};
    if (i + 1 < rows.size()) arm.test = [this, row] { return out_.unknown("select", range(row)); };
    arm.body = [this, row] {
      if (const NodeId way = child(row, SynField::Pattern); way != kNoNode) statement(way);
      statements(statements_of(row));
    };
    arms.push_back(std::move(arm));
  }
  choose_arm(range(node), arms, true);
}

void GoLowering::send(NodeId node) {
  const Range where = range(node);
  const ExprId channel = expression_or_unknown(child(node, SynField::Object), node);
  const ExprId value = expression_or_unknown(child(node, SynField::Value), node);
  out_.call(out_.member(channel, "send", where),
            {{.name = {}, .key = {}, .value = value, .spread = 0}}, where, CallMode::Implicit);
}

// Waits for whoever sends; what comes is not known.
ExprId GoLowering::received(NodeId channel, Range where) {
  out_.await(expression_or_unknown(channel, channel), where);
  return out_.unknown("received", where);
}

// case v, ok := <-channel
void GoLowering::receive_into(NodeId node, bool declares) {
  const Range where = range(node);
  const NodeId right = child(node, SynField::Right);
  const ExprId value = expression_or_unknown(right, node);
  const std::vector<NodeId> targets = items(child(node, SynField::Left));
  for (std::size_t i = 0; i < targets.size(); ++i)
    store(targets[i], i == 0 ? value : out_.unknown("channel open", where), declares, where);
}

}  // namespace fnlint
