// A holder for state whose type only its owner knows.
#pragma once

#include <memory>
#include <utility>

namespace fnlint::stacks {

// What one dialect or one subject keeps for itself during a linking. `Build` holds it without
// knowing what it is: only where the type is complete can anybody look inside.
template <class T>
class OwnState {
 public:
  // Made when it is first asked for; the arguments count no more once it is there.
  template <class... Args>
  T& made_of(Args&&... args) {
    if (state_ == nullptr)
      state_ = {new T(std::forward<Args>(args)...), [](const T* state) { delete state; }};
    return *state_;
  }
  [[nodiscard]] T& operator*() { return made_of(); }
  [[nodiscard]] T* operator->() { return &made_of(); }
  // Of one that is not there yet nothing is kept.
  [[nodiscard]] const T& operator*() const {
    static const T kNothing{};
    return state_ != nullptr ? *state_ : kNothing;
  }
  [[nodiscard]] const T* operator->() const { return &**this; }

 private:
  std::unique_ptr<T, void (*)(const T*)> state_{nullptr, [](const T*) {}};
};

}  // namespace fnlint::stacks
