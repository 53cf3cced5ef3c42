#pragma once

#include "model/secret.h"

namespace fnlint {

const SecretTables& secret_tables();

}  // namespace fnlint
