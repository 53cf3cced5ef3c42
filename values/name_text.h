// Names and paths, as opposed to secrets: what a text that only refers to something looks like.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// "dbPassword", "DB_PASSWORD" and "db-password" are "db_password".
std::string words_of_name(std::string_view name);
// Whether a text names something by its place among others: a path, a route, the key of a message,
// a selector, a parameter of a statement. Such a text is words in an order that separators give it;
// what people and machines make up to be secret has digits or other characters among them.
// `word`: a text that repeats it speaks of the thing that is called so.
bool names_something(std::string_view text, std::string_view word);

}  // namespace fnlint
