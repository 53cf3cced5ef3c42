// Names of calls, types and annotations that mean the same in whichever library they stand.
#pragma once

#include "tables/known.h"

namespace fnlint::known {

// data/known/languages.yaml, of calls and members by their last words
Words log_calls();
Words closing_calls();
Words closing_languages();
Words lock_calls();
Words asking_calls();
Words catching_calls();
Words raising_of_results();
Words telling_of_results();
Words passing_of_results();
Words concurrent_types();
Words list_questions();
Words list_cutters();
Words fields_of_newer_errors();
Words parsing_calls();
Words errors_of_missing_keys();
Words plain_methods();
Words first_of_list();
Words validating_methods();
Words element_of_list();

// of web applications that a library serves
Words web_entry_bases();
Words web_hosting_calls();
Words controller_bases();
Words controller_annotations();
Words route_annotations();
Rows<2> request_extractors();

}  // namespace fnlint::known
