// How uncertainty bits become a finding's confidence: what is assumed or cut makes it less than
// certain.
#pragma once

#include "model/finding.h"
#include "model/value.h"

namespace fnlint {

// What a proof rests on, as the confidence of its finding. The one place where uncertainty becomes
// a confidence.
constexpr Confidence confidence_of(std::uint8_t uncertainty) {
  if ((uncertainty & (kUncertain | kCut | kClosedWay)) != 0) return Confidence::Possible;
  return uncertainty == 0 ? Confidence::Certain : Confidence::Likely;
}

}  // namespace fnlint
