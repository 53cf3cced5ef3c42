// A bucket's name is no proof of whose it is: a caller that chooses it chooses who gets what is
// written, and a name that was given up may be somebody else's today.

#include "checks/event/event_writers.h"
#include "checks/security/rules.h"
#include "checks/security/taint.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

class BucketOwners {
 public:
  BucketOwners(const Project& project, Findings& findings)
      : pool_(*project.pool), writers_(project), findings_(findings) {}

  void check(const LambdaFunction& function) {
    std::set<Span> told;
    for (const std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list)
        if (is_unchecked(effect) && told.insert(effect.where).second)
          check_bucket(function, effect);
  }

 private:
  [[nodiscard]] bool is_unchecked(const Effect& effect) const {
    const auto writes = [](std::string_view event) {
      return event.starts_with("s3:ObjectCreated");
    };
    return std::ranges::any_of(operations()[effect.operation].events, writes) &&
           effect.arguments.exists() && !may_have_more(pool_, effect.arguments) &&
           !entry_of(pool_, effect.arguments, "ExpectedBucketOwner").exists();
  }
  void check_bucket(const LambdaFunction& function, const Effect& effect) {
    const ValueId bucket = entry_of(pool_, effect.arguments, "Bucket");
    if (!bucket.exists()) return;
    const Taint taint(pool_, function, "bucket");
    for (const BroughtIn& one : taint.in(bucket, effect.holds))
      if (const auto writer = writers_.of(function, pool_.text(one.hole))) {
        tell(function, effect, *writer,
             static_cast<std::uint8_t>(effect.uncertainty | one.uncertainty | writer->uncertainty));
        return;
      }
  }
  void tell(const LambdaFunction& function, const Effect& effect, const EventWriter& writer,
            std::uint8_t uncertainty) {
    findings_.push_back(FindingBuilder("security-bucket-owner-unchecked", uncertainty)
                            .about(function)
                            .at(effect.where)
                            .says("'", call_name(effect), "' writes into the bucket that ",
                                  writer.field, " names, whoever owns it.")
                            .identified(function.name, ':', call_name(effect))
                            .along(effect.path));
  }

  const ValuePool& pool_;
  const EventWriters writers_;
  Findings& findings_;
};

}  // namespace

void security_bucket_owner(const Project& project, const Settings&, Findings& findings) {
  BucketOwners owners(project, findings);
  for (const LambdaFunction& function : project.functions) owners.check(function);
}

}  // namespace fnlint
