// The Lambda runtime, and the part of the SDK that all services share. Looked up:
// awslabs/aws-lambda-cpp include/aws/lambda-runtime/runtime.h; aws/aws-sdk-cpp
// src/aws-cpp-sdk-core/include.
#include "frontends/clang/stub_headers.h"

namespace fnlint {

const std::string_view kRuntimeStub = R"cpp(
  namespace aws {
  namespace lambda_runtime {
  struct invocation_request {
    std::string payload, request_id, xray_trace_id, client_context, cognito_identity, function_arn;
    std::chrono::time_point<std::chrono::system_clock> deadline;
    std::chrono::milliseconds get_time_remaining() const;
  };
  class invocation_response {
   public:
    invocation_response(std::string const& payload, std::string const& type, bool success);
    std::string const& get_payload() const;
    std::string const& get_content_type() const;
    bool is_success() const;
    static invocation_response success(std::string payload, std::string type);
    static invocation_response failure(std::string const& message, std::string const& type);
  };
  void run_handler(std::function<invocation_response(invocation_request const&)> const& handler);
  }  // namespace lambda_runtime
  }  // namespace aws
)cpp";

const std::string_view kSdkStub = R"cpp(
#define FNLINT_CLASS(Name)                  \
    class Name : public fnlint_stub::Object { \
     public:                                  \
      using Object::Object;                   \
    };
  namespace Aws {
  using String = std::string;
  using StringStream = std::stringstream;
  using OStringStream = std::ostringstream;
  using IOStream = std::iostream;
  template <class T, class... A>
  using Vector = std::vector<T, A...>;
  template <class T, class... A>
  using List = std::list<T, A...>;
  template <class T, class... A>
  using Set = std::set<T, A...>;
  template <class K, class V, class... A>
  using Map = std::map<K, V, A...>;
  template <class K, class V, class... A>
  using UnorderedMap = std::unordered_map<K, V, A...>;
  template <class T>
  using UniquePtr = std::unique_ptr<T>;
  template <class T>
  using SharedPtr = std::shared_ptr<T>;
  template <class T, class... A>
  std::shared_ptr<T> MakeShared(const char* tag, A&&...);
  template <class T, class... A>
  std::unique_ptr<T> MakeUnique(const char* tag, A&&...);
  template <class T, class... A>
  T* New(const char* tag, A&&...);
  template <class T>
  void Delete(T*);
  FNLINT_CLASS(SDKOptions)
  template <class... A>
  void InitAPI(A&&...);
  template <class... A>
  void ShutdownAPI(A&&...);
  FNLINT_CLASS(AmazonWebServiceRequest)
  FNLINT_CLASS(AmazonSerializableWebServiceRequest)
  template <class... A>
  class AmazonWebServiceResult : public fnlint_stub::Object {};
  namespace Environment {
  std::string GetEnv(const char*);
  }
  namespace Client {
  FNLINT_CLASS(ClientConfiguration)
  FNLINT_CLASS(AWSClient)
  FNLINT_CLASS(AsyncCallerContext)
  template <class T>
  class AWSError : public fnlint_stub::Object {};
  FNLINT_CLASS(DefaultRetryStrategy)
  }  // namespace Client
  namespace Auth {
  FNLINT_CLASS(AWSCredentials)
  FNLINT_CLASS(AWSCredentialsProvider)
  FNLINT_CLASS(AWSCredentialsProviderChain)
  FNLINT_CLASS(DefaultAWSCredentialsProviderChain)
  FNLINT_CLASS(EnvironmentAWSCredentialsProvider)
  FNLINT_CLASS(STSAssumeRoleCredentialsProvider)
  }  // namespace Auth
  namespace Http {
  FNLINT_CLASS(HttpClient)
  FNLINT_CLASS(HttpRequest)
  FNLINT_CLASS(HttpResponse)
  FNLINT_CLASS(URI)
  }  // namespace Http
  namespace Region {}
  namespace Utils {
  template <class R, class E>
  class Outcome : public fnlint_stub::Object {};
  template <class T>
  class Array : public fnlint_stub::Object {
   public:
    using Object::Object;
  };
  FNLINT_CLASS(ByteBuffer)
  FNLINT_CLASS(CryptoBuffer)
  FNLINT_CLASS(DateTime)
  FNLINT_CLASS(UUID)
  FNLINT_CLASS(Document)
  FNLINT_CLASS(DocumentView)
  namespace Json {
  FNLINT_CLASS(JsonView)
  FNLINT_CLASS(JsonValue)
  }  // namespace Json
  namespace Logging {
  FNLINT_CLASS(ConsoleLogSystem)
  FNLINT_CLASS(DefaultLogSystem)
  FNLINT_CLASS(LogSystemInterface)
  template <class... A>
  void InitializeAWSLogging(A&&...);
  template <class... A>
  void ShutdownAWSLogging(A&&...);
  }  // namespace Logging
  namespace Stream {
  FNLINT_CLASS(ResponseStream)
  }
  namespace Threading {
  FNLINT_CLASS(PooledThreadExecutor)
  }
  }  // namespace Utils
  }  // namespace Aws
#undef FNLINT_CLASS
)cpp";

}  // namespace fnlint
