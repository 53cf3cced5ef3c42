// The standard library as far as names and types of a handler need it: classes with the types that
// their methods give, functions that take anything.
#include "frontends/clang/stub_headers.h"

namespace fnlint {

const std::string_view kStandardStub = R"cpp(
typedef unsigned long size_t; typedef long ssize_t; typedef long ptrdiff_t; typedef long time_t;
typedef signed char int8_t; typedef short int16_t; typedef int int32_t; typedef long int64_t;
typedef unsigned char uint8_t; typedef unsigned short uint16_t; typedef unsigned int uint32_t;
typedef unsigned long uint64_t; typedef long intptr_t; typedef unsigned long uintptr_t;
typedef long intmax_t; typedef unsigned long uintmax_t; typedef long clock_t;
struct tm { int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst; };
struct timeval { long tv_sec, tv_usec; }; struct timespec { long tv_sec, tv_nsec; };
struct FILE; extern FILE *stdin, *stdout, *stderr; extern int errno;
#define NULL nullptr
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define EOF (-1)
#define INT_MAX 2147483647
#define UINT32_MAX 4294967295U
#define SIZE_MAX 18446744073709551615UL
extern "C" {
char* getenv(const char*); char* secure_getenv(const char*); int setenv(const char*, const char*, int);
int unsetenv(const char*); int putenv(char*); int system(const char*);
void exit(int); void _exit(int); void abort(); int atexit(void (*)());
void* malloc(size_t); void* calloc(size_t, size_t); void* realloc(void*, size_t); void free(void*);
int atoi(const char*); long atol(const char*); long long atoll(const char*); double atof(const char*);
long strtol(const char*, char**, int); unsigned long strtoul(const char*, char**, int);
double strtod(const char*, char**); int rand(); void srand(unsigned); long random();
int printf(const char*, ...); int fprintf(FILE*, const char*, ...); int sprintf(char*, const char*, ...);
int snprintf(char*, size_t, const char*, ...); int puts(const char*); int fputs(const char*, FILE*);
int scanf(const char*, ...); int sscanf(const char*, const char*, ...); void perror(const char*);
FILE* fopen(const char*, const char*); int fclose(FILE*); int fflush(FILE*); int remove(const char*);
size_t fread(void*, size_t, size_t, FILE*); size_t fwrite(const void*, size_t, size_t, FILE*);
FILE* popen(const char*, const char*); int pclose(FILE*); char* fgets(char*, int, FILE*);
size_t strlen(const char*); int strcmp(const char*, const char*); int strncmp(const char*, const char*, size_t);
int strcasecmp(const char*, const char*); char* strdup(const char*); char* strcpy(char*, const char*);
char* strncpy(char*, const char*, size_t); char* strcat(char*, const char*); char* strstr(const char*, const char*);
char* strchr(const char*, int); char* strrchr(const char*, int); char* strtok(char*, const char*);
char* strerror(int); void* memcpy(void*, const void*, size_t); void* memmove(void*, const void*, size_t);
void* memset(void*, int, size_t); int memcmp(const void*, const void*, size_t);
int isalnum(int); int isalpha(int); int isdigit(int); int isspace(int); int isupper(int); int islower(int);
int tolower(int); int toupper(int); int isxdigit(int); int ispunct(int);
time_t time(time_t*); clock_t clock(); double difftime(time_t, time_t); time_t mktime(tm*);
tm* localtime(const time_t*); tm* gmtime(const time_t*); tm* localtime_r(const time_t*, tm*);
tm* gmtime_r(const time_t*, tm*); size_t strftime(char*, size_t, const char*, const tm*);
int gettimeofday(timeval*, void*); int nanosleep(const timespec*, timespec*);
unsigned sleep(unsigned); int usleep(unsigned); int getpid(); void assert(bool);
double sqrt(double); double pow(double, double); double floor(double); double ceil(double);
double round(double); double fabs(double); double log(double); double exp(double); int abs(int);
}
namespace std {
using ::size_t; using ::ptrdiff_t; using ::time_t; using ::tm; using ::clock_t; using ::FILE;
using ::int8_t; using ::int16_t; using ::int32_t; using ::int64_t; using ::uint8_t; using ::uint16_t;
using ::uint32_t; using ::uint64_t; using ::intptr_t; using ::uintptr_t; using ::intmax_t;
using ::getenv; using ::system; using ::exit; using ::abort; using ::atexit; using ::malloc; using ::calloc;
using ::realloc; using ::free; using ::atoi; using ::atol; using ::atoll; using ::atof; using ::strtol;
using ::strtoul; using ::strtod; using ::rand; using ::srand; using ::printf; using ::fprintf; using ::sprintf;
using ::snprintf; using ::puts; using ::fputs; using ::sscanf; using ::perror; using ::fopen; using ::fclose;
using ::fflush; using ::fread; using ::fwrite; using ::fgets; using ::remove; using ::strlen; using ::strcmp;
using ::strncmp; using ::strcpy; using ::strncpy; using ::strcat; using ::strstr; using ::strchr; using ::strrchr;
using ::strtok; using ::strerror; using ::memcpy; using ::memmove; using ::memset; using ::memcmp; using ::isalnum;
using ::isalpha; using ::isdigit; using ::isspace; using ::isupper; using ::islower; using ::tolower; using ::toupper;
using ::time; using ::clock; using ::difftime; using ::mktime; using ::localtime; using ::gmtime; using ::strftime;
using ::sqrt; using ::pow; using ::floor; using ::ceil; using ::round; using ::fabs; using ::log; using ::exp; using ::abs;
typedef decltype(nullptr) nullptr_t;
enum class byte : unsigned char {};
template <class T> struct remove_reference { typedef T type; };
template <class T> struct remove_reference<T&> { typedef T type; };
template <class T> struct remove_reference<T&&> { typedef T type; };
template <class T> using remove_reference_t = typename remove_reference<T>::type;
template <class T> struct remove_const { typedef T type; };
template <class T> struct remove_const<const T> { typedef T type; };
template <class T> struct decay { typedef typename remove_const<remove_reference_t<T>>::type type; };
template <class T> using decay_t = typename decay<T>::type;
template <class T> using remove_cvref_t = typename decay<T>::type;
template <class T, T V> struct integral_constant { static constexpr T value = V; };
typedef integral_constant<bool, true> true_type; typedef integral_constant<bool, false> false_type;
template <class A, class B> struct is_same : false_type {};
template <class A> struct is_same<A, A> : true_type {};
template <class A, class B> constexpr bool is_same_v = is_same<A, B>::value;
template <bool B, class T = void> struct enable_if {};
template <class T> struct enable_if<true, T> { typedef T type; };
template <bool B, class T = void> using enable_if_t = typename enable_if<B, T>::type;
template <class A, class B> constexpr bool is_base_of_v = __is_base_of(A, B);
template <class T> constexpr bool is_enum_v = __is_enum(T);
template <class T> struct underlying_type { typedef __underlying_type(T) type; };
template <class T> using underlying_type_t = typename underlying_type<T>::type;
template <class T> T&& declval() noexcept;
template <class T> constexpr remove_reference_t<T>&& move(T&& t) noexcept { return static_cast<remove_reference_t<T>&&>(t); }
template <class T> constexpr T&& forward(remove_reference_t<T>& t) noexcept { return static_cast<T&&>(t); }
template <class T> const T& as_const(T&); template <class T> T* addressof(T&);
template <class T, class U> T exchange(T&, U&&); template <class T> void swap(T&, T&);
template <class E> class initializer_list { const E* a; size_t n; public:
  constexpr initializer_list() noexcept; constexpr size_t size() const noexcept;
  constexpr const E* begin() const noexcept; constexpr const E* end() const noexcept; };
template <class A, class B> struct pair { A first; B second; pair(); template <class X, class Y> pair(X&&, Y&&); };
template <class A, class B> pair<decay_t<A>, decay_t<B>> make_pair(A&&, B&&);
template <class... T> struct tuple { tuple(); template <class... A> tuple(A&&...); };
template <class... A> tuple<decay_t<A>...> make_tuple(A&&...); template <class... A> tuple<A&...> tie(A&...);
template <class T> struct Iterator { T& operator*() const; T* operator->() const; Iterator& operator++(); Iterator operator++(int);
  Iterator& operator--(); Iterator operator+(ptrdiff_t) const; Iterator operator-(ptrdiff_t) const;
  ptrdiff_t operator-(Iterator const&) const; bool operator==(Iterator const&) const; bool operator!=(Iterator const&) const; };
template <class C> struct char_traits {};
template <class T> struct allocator {}; template <class T = void> struct less {}; template <class T = void> struct greater {};
template <class T = void> struct hash {}; template <class T = void> struct equal_to {};
class string_view;
class string { public:
  static constexpr size_t npos = -1; typedef Iterator<char> iterator; typedef char value_type; typedef size_t size_type;
  typedef Iterator<const char> const_iterator;
  string(); string(const char*); string(const string&); string(string&&); string(size_t, char); string(string_view);
  string(initializer_list<char>); template <class A, class B> string(A, B); template <class A> string(A, size_t, size_t);
  ~string(); string& operator=(const string&); string& operator=(const char*); string& operator=(string_view);
  string& operator+=(const string&); string& operator+=(const char*); string& operator+=(char); string& operator+=(string_view);
  operator string_view() const;
  const char* c_str() const; char* data(); const char* data() const; size_t size() const; size_t length() const; bool empty() const; void clear();
  char& operator[](size_t); const char& operator[](size_t) const; char& at(size_t); char& front(); char& back();
  template <class... A> string& append(A&&...); template <class... A> string& assign(A&&...);
  template <class... A> string& insert(A&&...); template <class... A> string& erase(A&&...); template <class... A> string& replace(A&&...);
  template <class... A> size_t find(A&&...) const; template <class... A> size_t rfind(A&&...) const;
  template <class... A> size_t find_first_of(A&&...) const; template <class... A> size_t find_last_of(A&&...) const;
  template <class... A> size_t find_first_not_of(A&&...) const; template <class... A> size_t find_last_not_of(A&&...) const;
  template <class... A> int compare(A&&...) const; template <class A> bool starts_with(A&&) const;
  template <class A> bool ends_with(A&&) const; template <class A> bool contains(A&&) const;
  string substr(size_t = 0, size_t = npos) const; void push_back(char); void pop_back(); void reserve(size_t); void resize(size_t); size_t capacity() const;
  iterator begin(); iterator end(); const_iterator begin() const; const_iterator end() const; const_iterator cbegin() const; const_iterator cend() const; };
class string_view { public: static constexpr size_t npos = -1; string_view(); string_view(const char*); string_view(const char*, size_t);
  const char* data() const; size_t size() const; size_t length() const; bool empty() const; const char& operator[](size_t) const;
  const char& front() const; const char& back() const; string_view substr(size_t = 0, size_t = npos) const;
  template <class... A> size_t find(A&&...) const; template <class... A> size_t rfind(A&&...) const;
  template <class A> bool starts_with(A&&) const; template <class A> bool ends_with(A&&) const;
  void remove_prefix(size_t); void remove_suffix(size_t); const char* begin() const; const char* end() const; };
typedef string wstring;
string operator+(const string&, const string&); string operator+(const string&, const char*); string operator+(const char*, const string&);
string operator+(const string&, char); string operator+(char, const string&);
bool operator==(const string&, const string&); bool operator==(const string&, const char*); bool operator==(string_view, string_view);
bool operator!=(const string&, const string&); bool operator!=(const string&, const char*); bool operator<(const string&, const string&);
template <class T> string to_string(T); template <class... A> int stoi(A&&...); template <class... A> long stol(A&&...);
template <class... A> long long stoll(A&&...); template <class... A> unsigned long stoul(A&&...);
template <class... A> unsigned long long stoull(A&&...); template <class... A> double stod(A&&...); template <class... A> float stof(A&&...);
inline namespace literals { inline namespace string_literals { string operator""s(const char*, size_t); string_view operator""sv(const char*, size_t); } }
template <class T> class Sequence { public: typedef T value_type; typedef Iterator<T> iterator; typedef Iterator<const T> const_iterator;
  typedef T& reference; typedef const T& const_reference; typedef size_t size_type;
  Sequence(); Sequence(initializer_list<T>); explicit Sequence(size_t); template <class A, class B> Sequence(A, B);
  T& operator[](size_t); const T& operator[](size_t) const; T& at(size_t); const T& at(size_t) const; T& front(); const T& front() const; T& back(); const T& back() const; T* data();
  size_t size() const; bool empty() const; void clear(); void reserve(size_t); void resize(size_t); template <class A> void resize(size_t, A&&); size_t capacity() const; void shrink_to_fit();
  void push_back(const T&); void push_back(T&&); template <class... A> T& emplace_back(A&&...); void push_front(const T&); template <class... A> T& emplace_front(A&&...);
  void pop_back(); void pop_front(); template <class... A> iterator insert(A&&...); template <class... A> iterator erase(A&&...); template <class... A> iterator emplace(A&&...);
  template <class... A> void assign(A&&...); template <class... A> void sort(A&&...); void reverse(); void swap(Sequence&); void fill(const T&);
  iterator begin(); iterator end(); const_iterator begin() const; const_iterator end() const; const_iterator cbegin() const; const_iterator cend() const; iterator rbegin(); iterator rend(); };
template <class T, class A = allocator<T>> class vector : public Sequence<T> { public: using Sequence<T>::Sequence; };
template <class T, class A = allocator<T>> class deque : public Sequence<T> { public: using Sequence<T>::Sequence; };
template <class T, class A = allocator<T>> class list : public Sequence<T> { public: using Sequence<T>::Sequence; };
template <class T, class A = allocator<T>> class forward_list : public Sequence<T> { public: using Sequence<T>::Sequence; };
template <class T, size_t N> class array { public: T v[N]; T& operator[](size_t); const T& operator[](size_t) const; T& at(size_t); constexpr size_t size() const; bool empty() const; T& front(); T& back(); T* data(); T* begin(); T* end(); const T* begin() const; const T* end() const; void fill(const T&); };
template <class T, size_t N = 0> class span { public: template <class... A> span(A&&...); T& operator[](size_t) const; size_t size() const; bool empty() const; T* data() const; T* begin() const; T* end() const; };
template <class T> class Adapter { public: Adapter(); T& top(); T& front(); T& back(); void push(const T&); void push(T&&); template <class... A> void emplace(A&&...); void pop(); size_t size() const; bool empty() const; };
template <class T, class C = vector<T>> class queue : public Adapter<T> {}; template <class T, class C = vector<T>> class stack : public Adapter<T> {};
template <class T, class C = vector<T>, class L = less<T>> class priority_queue : public Adapter<T> {};
template <class K, class V> class Table { public: typedef pair<const K, V> value_type; typedef K key_type; typedef V mapped_type; typedef Iterator<value_type> iterator; typedef Iterator<const value_type> const_iterator;
  Table(); Table(initializer_list<value_type>); template <class A, class B> Table(A, B);
  V& operator[](const K&); V& at(const K&); const V& at(const K&) const; size_t size() const; bool empty() const; void clear();
  iterator find(const K&); const_iterator find(const K&) const; size_t count(const K&) const; bool contains(const K&) const;
  template <class... A> pair<iterator, bool> insert(A&&...); template <class... A> pair<iterator, bool> emplace(A&&...);
  template <class... A> pair<iterator, bool> try_emplace(A&&...); template <class... A> pair<iterator, bool> insert_or_assign(A&&...);
  template <class... A> iterator erase(A&&...); iterator lower_bound(const K&); iterator upper_bound(const K&); void reserve(size_t); void swap(Table&); template <class... A> void merge(A&&...);
  iterator begin(); iterator end(); const_iterator begin() const; const_iterator end() const; const_iterator cbegin() const; const_iterator cend() const; };
template <class K, class V, class... A> class map : public Table<K, V> { public: using Table<K, V>::Table; };
template <class K, class V, class... A> class multimap : public Table<K, V> { public: using Table<K, V>::Table; };
template <class K, class V, class... A> class unordered_map : public Table<K, V> { public: using Table<K, V>::Table; };
template <class K, class V, class... A> class unordered_multimap : public Table<K, V> { public: using Table<K, V>::Table; };
template <class K> class Keys { public: typedef K value_type; typedef Iterator<const K> iterator; typedef Iterator<const K> const_iterator; Keys(); Keys(initializer_list<K>); template <class A, class B> Keys(A, B);
  template <class... A> pair<iterator, bool> insert(A&&...); template <class... A> pair<iterator, bool> emplace(A&&...); template <class... A> iterator erase(A&&...); iterator find(const K&) const;
  size_t count(const K&) const; bool contains(const K&) const; size_t size() const; bool empty() const; void clear(); iterator begin() const; iterator end() const; };
template <class K, class... A> class set : public Keys<K> { public: using Keys<K>::Keys; }; template <class K, class... A> class multiset : public Keys<K> { public: using Keys<K>::Keys; };
template <class K, class... A> class unordered_set : public Keys<K> { public: using Keys<K>::Keys; };
template <class T> class default_delete {};
template <class T, class D = default_delete<T>> class unique_ptr { public: typedef T element_type; unique_ptr(); unique_ptr(nullptr_t); explicit unique_ptr(T*); template <class U> unique_ptr(T*, U&&); unique_ptr(unique_ptr&&); template <class U, class E> unique_ptr(unique_ptr<U, E>&&);
  unique_ptr& operator=(unique_ptr&&); unique_ptr& operator=(nullptr_t); T& operator*() const; T* operator->() const; T* get() const; T* release(); void reset(T* = nullptr); explicit operator bool() const; };
template <class T> class shared_ptr { public: typedef T element_type; shared_ptr(); shared_ptr(nullptr_t); template <class U> explicit shared_ptr(U*); template <class U, class D> shared_ptr(U*, D); shared_ptr(const shared_ptr&); template <class U> shared_ptr(const shared_ptr<U>&); template <class U, class D> shared_ptr(unique_ptr<U, D>&&);
  shared_ptr& operator=(const shared_ptr&); template <class U> shared_ptr& operator=(U&&); T& operator*() const; T* operator->() const; T* get() const; template <class... A> void reset(A&&...); long use_count() const; explicit operator bool() const; };
template <class T> class weak_ptr { public: weak_ptr(); template <class U> weak_ptr(const shared_ptr<U>&); shared_ptr<T> lock() const; bool expired() const; };
template <class T, class... A> unique_ptr<T> make_unique(A&&...); template <class T, class... A> shared_ptr<T> make_shared(A&&...);
template <class T, class U> shared_ptr<T> static_pointer_cast(const shared_ptr<U>&); template <class T, class U> shared_ptr<T> dynamic_pointer_cast(const shared_ptr<U>&);
template <class T> class enable_shared_from_this { public: shared_ptr<T> shared_from_this(); };
template <class T, class U> bool operator==(const unique_ptr<T>&, U&&); template <class T, class U> bool operator!=(const unique_ptr<T>&, U&&);
template <class T, class U> bool operator==(const shared_ptr<T>&, U&&); template <class T, class U> bool operator!=(const shared_ptr<T>&, U&&);
struct nullopt_t {}; extern const nullopt_t nullopt; struct in_place_t {}; extern const in_place_t in_place;
template <class T> class optional { public: optional(); optional(nullopt_t); optional(const T&); optional(T&&); template <class... A> optional(in_place_t, A&&...); optional& operator=(nullopt_t); optional& operator=(const T&);
  T& operator*(); const T& operator*() const; T* operator->(); const T* operator->() const; T& value(); const T& value() const; template <class U> T value_or(U&&) const; bool has_value() const; explicit operator bool() const; void reset(); template <class... A> T& emplace(A&&...); };
template <class T, class... A> optional<T> make_optional(A&&...);
template <class... T> class variant { public: variant(); template <class U> variant(U&&); size_t index() const; };
template <class T, class V> bool holds_alternative(const V&); template <class F, class... V> void visit(F&&, V&&...);
class any { public: any(); template <class T> any(T&&); bool has_value() const; }; template <class T, class A> T any_cast(A&&);
template <class T, class V> T& get(V&); template <class T, class V> T* get_if(V*);
template <size_t I, class A, class B> auto& get(pair<A, B>&); template <size_t I, class... T> auto& get(tuple<T...>&);
template <class S> class function; template <class R, class... P> class function<R(P...)> { public: function(); function(nullptr_t); template <class F> function(F); R operator()(P...) const; explicit operator bool() const; };
template <class F, class... A> function<void()> bind(F&&, A&&...); template <class T> T& ref(T&); template <class T> const T& cref(const T&);
class ios_base { public: typedef int openmode; static const openmode in, out, binary, app, ate, trunc; }; class streambuf {};
class ios : public ios_base { public: bool good() const; bool fail() const; bool eof() const; bool bad() const; explicit operator bool() const; bool operator!() const; void clear(); streambuf* rdbuf() const; };
class ostream : virtual public ios { public: template <class T> ostream& operator<<(T&&); ostream& operator<<(ostream& (*)(ostream&)); ostream& write(const char*, long); ostream& put(char); ostream& flush(); long tellp(); };
class istream : virtual public ios { public: template <class T> istream& operator>>(T&&); istream& read(char*, long); int get(); template <class... A> istream& getline(A&&...); istream& seekg(long); template <class... A> istream& ignore(A&&...); long tellg(); long gcount() const; };
class iostream : public istream, public ostream {};
class stringstream : public iostream { public: template <class... A> explicit stringstream(A&&...); string str() const; void str(const string&); };
class ostringstream : public ostream { public: template <class... A> explicit ostringstream(A&&...); string str() const; void str(const string&); };
class istringstream : public istream { public: template <class... A> explicit istringstream(A&&...); string str() const; };
class fstream : public iostream { public: template <class... A> explicit fstream(A&&...); template <class... A> void open(A&&...); void close(); bool is_open() const; };
class ofstream : public ostream { public: template <class... A> explicit ofstream(A&&...); template <class... A> void open(A&&...); void close(); bool is_open() const; };
class ifstream : public istream { public: template <class... A> explicit ifstream(A&&...); template <class... A> void open(A&&...); void close(); bool is_open() const; };
extern ostream cout, cerr, clog; extern istream cin; ostream& endl(ostream&); ostream& flush(ostream&);
template <class... A> istream& getline(istream&, A&&...); struct Manipulator {}; Manipulator setw(int); Manipulator setprecision(int); Manipulator setfill(char); extern Manipulator hex, dec, fixed, boolalpha;
template <class T = char> class istreambuf_iterator { public: istreambuf_iterator(); template <class S> istreambuf_iterator(S&&); };
template <class T = void> class back_insert_iterator {}; template <class C> back_insert_iterator<C> back_inserter(C&); template <class C, class I> back_insert_iterator<C> inserter(C&, I);
template <class C> auto begin(C&& c) -> decltype(c.begin()); template <class C> auto end(C&& c) -> decltype(c.end()); template <class I> I next(I, long = 1); template <class I> I prev(I, long = 1); template <class I> long distance(I, I); template <class I> void advance(I&, long); template <class C> size_t size(const C&);
class exception { public: exception(); virtual ~exception(); virtual const char* what() const noexcept; };
#define FNLINT_EXCEPTION(Name, Base) class Name : public Base { public: Name(); template <class T> explicit Name(T&&); };
FNLINT_EXCEPTION(runtime_error, exception) FNLINT_EXCEPTION(logic_error, exception) FNLINT_EXCEPTION(invalid_argument, logic_error) FNLINT_EXCEPTION(out_of_range, logic_error)
FNLINT_EXCEPTION(domain_error, logic_error) FNLINT_EXCEPTION(length_error, logic_error) FNLINT_EXCEPTION(range_error, runtime_error) FNLINT_EXCEPTION(overflow_error, runtime_error) FNLINT_EXCEPTION(bad_alloc, exception) FNLINT_EXCEPTION(bad_optional_access, exception) FNLINT_EXCEPTION(system_error, runtime_error)
class error_code { public: int value() const; string message() const; explicit operator bool() const; }; class exception_ptr {}; exception_ptr current_exception(); [[noreturn]] void terminate();
template <class T> class numeric_limits { public: static constexpr T max(); static constexpr T min(); static constexpr T lowest(); };
namespace chrono { template <class R = long, class P = void> class duration { public: duration(); template <class T> duration(T const&); R count() const; duration operator+(const duration&) const; duration operator-(const duration&) const; bool operator<(const duration&) const; bool operator>(const duration&) const; };
  typedef duration<long, char> nanoseconds; typedef duration<long, short> microseconds; typedef duration<long, int> milliseconds; typedef duration<long, long> seconds; typedef duration<long, float> minutes; typedef duration<long, double> hours;
  template <class C, class D = nanoseconds> class time_point { public: time_point(); template <class T> time_point operator+(const T&) const; nanoseconds operator-(const time_point&) const; template <class T> time_point operator-(const duration<long, T>&) const; bool operator<(const time_point&) const; bool operator>(const time_point&) const; bool operator>=(const time_point&) const; bool operator<=(const time_point&) const; nanoseconds time_since_epoch() const; time_point& operator+=(nanoseconds); };
  class system_clock { public: typedef chrono::time_point<system_clock> time_point; static time_point now(); static time_t to_time_t(const time_point&); static time_point from_time_t(time_t); };
  class steady_clock { public: typedef chrono::time_point<steady_clock> time_point; static time_point now(); }; typedef steady_clock high_resolution_clock;
  template <class T, class D> T duration_cast(const D&); template <class T, class D> T time_point_cast(const D&); }
inline namespace literals { inline namespace chrono_literals { chrono::seconds operator""s(unsigned long long); chrono::milliseconds operator""ms(unsigned long long); chrono::minutes operator""min(unsigned long long); chrono::hours operator""h(unsigned long long); } }
class thread { public: thread(); template <class F, class... A> explicit thread(F&&, A&&...); void join(); void detach(); bool joinable() const; }; class jthread { public: template <class F, class... A> explicit jthread(F&&, A&&...); void join(); };
namespace this_thread { template <class T> void sleep_for(const T&); template <class T> void sleep_until(const T&); void yield(); }
class mutex { public: void lock(); void unlock(); bool try_lock(); }; class recursive_mutex : public mutex {}; class shared_mutex : public mutex { public: void lock_shared(); void unlock_shared(); }; class timed_mutex : public mutex {};
template <class... M> class lock_guard { public: template <class... A> explicit lock_guard(A&&...); }; template <class... M> class scoped_lock { public: template <class... A> explicit scoped_lock(A&&...); };
template <class M = mutex> class unique_lock { public: template <class... A> explicit unique_lock(A&&...); void lock(); void unlock(); }; template <class M = shared_mutex> class shared_lock { public: template <class... A> explicit shared_lock(A&&...); };
template <class M> lock_guard(M&) -> lock_guard<M>; template <class M> unique_lock(M&) -> unique_lock<M>; template <class... M> scoped_lock(M&...) -> scoped_lock<M...>;
class condition_variable { public: template <class... A> void wait(A&&...); template <class... A> bool wait_for(A&&...); void notify_one(); void notify_all(); };
struct once_flag {}; template <class F, class... A> void call_once(once_flag&, F&&, A&&...);
template <class T> class atomic { public: atomic(); atomic(T); T load() const; void store(T); T operator++(); T operator++(int); T operator--(); T operator+=(T); T operator=(T); operator T() const; T fetch_add(T); T fetch_sub(T); T exchange(T); }; typedef atomic<bool> atomic_bool; typedef atomic<int> atomic_int; class atomic_flag {};
template <class T> class future { public: T get(); void wait(); bool valid() const; template <class D> int wait_for(const D&); }; template <class T> class shared_future : public future<T> {}; template <class T> class promise { public: future<T> get_future(); template <class... A> void set_value(A&&...); };
enum class launch { async, deferred }; template <class F, class... A> auto async(F&& f, A&&... a) -> future<decltype(f(a...))>; template <class F, class... A> auto async(launch, F&& f, A&&... a) -> future<decltype(f(a...))>;
class random_device { public: unsigned operator()(); }; class mt19937 { public: template <class... A> explicit mt19937(A&&...); unsigned operator()(); }; typedef mt19937 mt19937_64; typedef mt19937 default_random_engine;
template <class T = int> class uniform_int_distribution { public: template <class... A> explicit uniform_int_distribution(A&&...); template <class G> T operator()(G&&); }; template <class T = double> class uniform_real_distribution { public: template <class... A> explicit uniform_real_distribution(A&&...); template <class G> T operator()(G&&); };
class regex { public: template <class... A> explicit regex(A&&...); }; class smatch { public: string operator[](size_t) const; size_t size() const; }; template <class... A> bool regex_match(A&&...); template <class... A> bool regex_search(A&&...); template <class... A> string regex_replace(A&&...);
namespace filesystem { class path { public: path(); template <class T> path(T&&); string string() const; path operator/(const path&) const; path filename() const; path extension() const; path parent_path() const; path stem() const; const char* c_str() const; };
  bool exists(const path&); bool remove(const path&); template <class... A> bool create_directory(A&&...); template <class... A> bool create_directories(A&&...); unsigned long file_size(const path&); path temp_directory_path(); template <class... A> void copy_file(A&&...); template <class... A> void rename(A&&...); path current_path(); bool is_directory(const path&); bool is_regular_file(const path&); unsigned long remove_all(const path&); }
#define FNLINT_ALGORITHM(Name, Result) template <class... A> Result Name(A&&...);
FNLINT_ALGORITHM(sort, void) FNLINT_ALGORITHM(stable_sort, void) FNLINT_ALGORITHM(reverse, void) FNLINT_ALGORITHM(shuffle, void) FNLINT_ALGORITHM(fill, void) FNLINT_ALGORITHM(iota, void) FNLINT_ALGORITHM(replace, void)
FNLINT_ALGORITHM(any_of, bool) FNLINT_ALGORITHM(all_of, bool) FNLINT_ALGORITHM(none_of, bool) FNLINT_ALGORITHM(equal, bool) FNLINT_ALGORITHM(binary_search, bool) FNLINT_ALGORITHM(includes, bool) FNLINT_ALGORITHM(count, long) FNLINT_ALGORITHM(count_if, long)
template <class I, class... A> I find(I, A&&...); template <class I, class... A> I find_if(I, A&&...); template <class I, class... A> I remove_if(I, A&&...); template <class I, class... A> I unique(I, A&&...); template <class I, class... A> I lower_bound(I, A&&...); template <class I, class... A> I upper_bound(I, A&&...); template <class I, class... A> I max_element(I, A&&...); template <class I, class... A> I min_element(I, A&&...);
template <class I, class F> F for_each(I, I, F); template <class I, class O, class... A> O transform(I, I, O, A&&...); template <class I, class O, class... A> O copy(I, I, O, A&&...); template <class I, class O, class... A> O copy_if(I, I, O, A&&...); template <class I, class T, class... A> T accumulate(I, I, T, A&&...);
template <class T> const T& min(const T&, const T&); template <class T> const T& max(const T&, const T&); template <class T> const T& clamp(const T&, const T&, const T&); template <class... A> string format(A&&...); template <class... A> void print(A&&...); template <class... A> void println(A&&...);
}
)cpp";

}  // namespace fnlint
