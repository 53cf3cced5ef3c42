// How evidence bits become a finding's confidence: what is assumed or cut makes it less than
// certain.
#pragma once

#include "model/finding.h"
#include "model/value.h"

namespace fnlint {

// What a proof rests on, as the confidence of its finding. The one place where evidence becomes a
// confidence.
constexpr Confidence confidence_of(std::uint8_t evidence) {
  if ((evidence & (kUncertain | kCut | kClosedWay)) != 0) return Confidence::Possible;
  return evidence == 0 ? Confidence::Certain : Confidence::Likely;
}

}  // namespace fnlint
