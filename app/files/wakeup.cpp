// Waits by inotify where the system has it, else by polling.

#include "app/files/wakeup.h"

#include <chrono>
#include <thread>

#ifdef __linux__
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>
#endif

namespace fnlint {

namespace {

constexpr std::chrono::milliseconds kPoll{500};

class Polling final : public Wakeup {
 public:
  void add(const std::set<std::string>&) override {}
  void wait() override { std::this_thread::sleep_for(kPoll); }
};

#ifdef __linux__
class Inotify final : public Wakeup {
 public:
  explicit Inotify(int file) : file_(file) {}
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;
  ~Inotify() override { ::close(file_); }

  // Of a folder that is there already the system keeps one watch. It may have no more to give.
  void add(const std::set<std::string>& folders) override {
    constexpr std::uint32_t kEvents = IN_CREATE | IN_DELETE | IN_MOVE | IN_CLOSE_WRITE | IN_MODIFY |
                                      IN_ATTRIB | IN_DELETE_SELF | IN_ONLYDIR;
    has_all_ = true;
    for (const std::string& folder : folders)
      has_all_ = ::inotify_add_watch(file_, folder.c_str(), kEvents) >= 0 && has_all_;
  }
  void wait() override {
    pollfd row{.fd = file_, .events = POLLIN, .revents = 0};
    ::poll(&row, 1, has_all_ ? -1 : static_cast<int>(kPoll.count()));
    char events[16U << 10U];
    while (::read(file_, events, sizeof events) > 0) {
    }
  }

 private:
  int file_;
  bool has_all_ = false;
};
#endif

}  // namespace

std::unique_ptr<Wakeup> wakeup() {
#ifdef __linux__
  if (const int file = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC); file >= 0)
    return std::make_unique<Inotify>(file);
#endif
  return wakeup_by_clock();
}

std::unique_ptr<Wakeup> wakeup_by_clock() { return std::make_unique<Polling>(); }

}  // namespace fnlint
