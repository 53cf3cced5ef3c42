#pragma once

#include "frontends/templates/template_builder.h"
#include "frontends/templates/text_source.h"

#include <cstddef>
#include <optional>

namespace fnlint {

// The variables of the Serverless Framework: "${self:custom.table}", with further sources after
// commas, the last of which may be a literal. As expressions, by name of the function:
//   sls:first [sources ...]              the first of them that gives something
//   sls:SOURCE [address, parameters ...] one source by its type: self, opt, env, file, cf, ssm, ...
//       the address is a Text or Concat, Null where there is none; "${file(a.yml):b}" is
//       sls:file [b, a.yml]
// A literal source is a Text, Number, Bool or Null. A variable that the framework would refuse is
// Unknown.

struct ServerlessVariable {
  ExprId value = {};
  std::size_t end = 0;  // one past its "}"
};

// The variable that begins at byte `at` of the text. None where the framework sees no variable:
// "${AWS::Region}", "${Name}" of a Fn::Sub.
std::optional<ServerlessVariable> read_serverless_variable(TemplateBuilder& builder,
                                                           const TextSource& source,
                                                           std::size_t at);

}  // namespace fnlint
