// What credentials and their names look like, as rows that the detector is given.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// A form that credentials of one kind have: a row of data/secrets.yaml.
struct SecretForm {
  std::string_view id = {};
  std::string_view words = {};                        // "a Stripe secret key"
  std::string_view regex = {};                        // RE2
  std::span<const std::string_view> needles = {};     // one of these stands in every match
  int group = 0;                                      // the credential itself
  int host = 0;                                       // of what it opens; 0: the text has none
  bool likely = false;                                // the form alone is no proof
  bool dated = false;                                 // a JSON Web Token, which says its last day
  std::span<const std::string_view> public_beside = {};  // entries of a record that makes it public
};

// How names end that credentials have: words joined by '_', in lower case.
struct SecretName {
  std::string_view ends = {};
  std::string_view words = {};  // "a password"
  bool chosen = false;          // people choose it: it may be short
  bool random = false;          // the name may also be that of a name: only what a machine made
};

struct SecretTables {
  std::span<const SecretForm> forms = {};
  std::span<const SecretName> names = {};
  std::span<const std::string_view> other_names = {};  // end so, and are names of something else
  std::span<const std::string_view> deeds = {};        // words before: what is done with one
  std::span<const std::string_view> qualifiers = {};   // words that may follow: "prod", "value"
  std::span<const std::string_view> connections = {};  // of what says where a database is, and lets in
  std::span<const std::string_view> fetches = {};      // operations that fetch one
  std::span<const std::string_view> caches = {};       // beginnings of libraries that keep them
  std::span<const std::string_view> forever = {};      // libraries that remember for good
  std::span<const std::string_view> safe = {};         // regular expressions of values that are none
  std::span<const std::string_view> samples = {};     // ... of words that stand for one
  std::span<const std::string_view> sequences = {};   // ... likewise, but for passwords of a host
  std::span<const std::string_view> host_names = {};  // of what says which host a password is for
  std::span<const std::string_view> own_hosts = {};   // regular expressions of hosts of one's own
  // Names of files that may hold one: of settings, a line each; of keys and other texts; and of
  // those among them that hold none.
  std::span<const std::string_view> setting_files = {}, text_files = {}, spared_files = {};
};

}  // namespace fnlint
