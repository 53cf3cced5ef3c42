// Python's strings and their formatting in the code form.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonText, JoinsTextsThatAreAdded) {
  EXPECT_EQ(lowered(R"py(
k = "a" + b + "c" + d
k2 = a + b + "x"
k3 = "a" + ("b" + c)
n = a + b
)py"),
            R"code(
module
  #0 assign k = concat("a", b, "c", d)
  #1 assign k2 = concat(a, b, "x")
  #2 assign k3 = concat("a", "b", c)
  #3 assign n = a + b
)code");
}

TEST(PythonText, JoinsAdjacentLiterals) {
  EXPECT_EQ(lowered(R"py(
w = "a" 'b' f"{c}" "d"
)py"),
            R"code(
module
  #0 assign w = concat("ab", c, "d")
)code");
}

TEST(PythonText, FormatsWithPercent) {
  EXPECT_EQ(lowered(R"py(
s = "%s-%d" % (a, b)
t = "%(x)s/%05d" % d
u = "%s" % f()
v = "%s %s" % pair
w = "100%%" % ()
x = "%*d" % (1, 2)
)py"),
            R"code(
module
  #0 assign s = concat(a, "-", b)
  #1 assign t = concat(d["x"], "/", unknown(format))
  #2 call f()
  #3 assign u = concat(r2)
  #4 assign v = concat(pair[0], " ", pair[1])
  #5 assign w = concat("100%")
  #6 assign x = concat(unknown(format))
)code");
}

TEST(PythonText, FormatsWithBraces) {
  EXPECT_EQ(lowered(R"py(
a = "{}/{name}/{0.attr[key]}".format(x, name=y)
b = "{a}".format(**values)
c = "{0}{1}{0}".format(*xs)
d = "{:>5}{!r}{{}}".format(p, q)
e = "{}".format()
f = "{".format(x)
)py"),
            R"code(
module
  #0 assign a = concat(x, "/", y, "/", x.attr["key"])
  #1 assign b = concat(values["a"])
  #2 assign c = concat(xs[0], xs[1], xs[0])
  #3 assign d = concat(":>5" lays out p, ":!r" lays out q, "{}")
  #4 assign e = concat(unknown(format))
  #5 assign f = concat(unknown(format))
)code");
}

TEST(PythonText, FormatsFStrings) {
  EXPECT_EQ(lowered(R"py(
v = f"{a}/{b!r}/{c:>10}/{d:d}/{{x}}/{e=}/{g!s}"
w = f"{x:{h()}}"
n = f'{a["k"]}' f"{f"{b}"}"
)py"),
            R"code(
module
  #0 assign v = concat(a, "/", ":!r" lays out b, "/", ":>10" lays out c, "/", d, "/{x}/e=", ":!r" lays out e, "/", g)
  #1 call h()
  #2 assign w = concat(":{h()}" lays out x)
  #3 assign n = concat(a["k"], b)
feature f-string-equals since 3.8
feature f-string-own-quotes since 3.12
)code");
}

TEST(PythonText, ReadsEscapes) {
  EXPECT_EQ(lowered(R"py(
x = "\x41\n\u00e9\101\0\q\
y"
r = r"\d\n" + rb"\d" + r'\\' + rf"\{x}\\"
b = b"\xff\u0041"
n = "\N{DASH}"
)py"),
            R"code(
module
  #0 assign x = "A\néA\x00\\qy"
  #1 assign r = concat("\\d\\n", "\\d", "\\\\", "\\", x, "\\\\")
  #2 assign b = "ÿ\\u0041"
  #3 assign n = concat(unknown(named character))
)code");
}

TEST(PythonText, MakesNoTextOfTemplateStrings) {
  EXPECT_EQ(lowered(R"py(
x = t"{f(a)}"
)py"),
            R"code(
module
  #0 call f(a)
  #1 assign x = unknown(template string)
feature template-string since 3.14
)code");
}

TEST(PythonText, KeepsLiteralKeysAsNames) {
  EXPECT_EQ(lowered(R"py(
x = {"a" "b": 1, f"{c}": 2, "": 3}
)py"),
            R"code(
module
  #0 assign x = {ab: 1, [concat(c)]: 2, "": 3}
)code");
}

}  // namespace
}  // namespace fnlint
