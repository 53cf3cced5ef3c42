#pragma once

#include "model/secret.h"

// Forms and names that credentials have: data/secrets.yaml.
namespace fnlint {

const SecretTables& secret_tables();

}  // namespace fnlint
