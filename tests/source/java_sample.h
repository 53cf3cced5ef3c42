// Input for tests that damage or cut Java.
#pragma once

#include <string_view>

namespace fnlint {

// A sound file that uses most of Java's syntax.
inline constexpr std::string_view kJavaSample = R"java(
package com.example;
import java.util.*;
import static a.b.C.d;
import static a.b.E.*;
@Entity(name = "x", tags = {"a", "b"})
public class Handler<T extends Base> extends Parent implements RequestHandler<S3Event, String>, Other {
  private static final Logger LOG = LogManager.getLogger(Handler.class);
  static int count, total = 0;
  private final Map<String, List<int[]>> cache = new HashMap<>() {{ put("a", null); }};
  static { count = 3; }
  { total++; }
  public Handler() { this(1); }
  Handler(int a) { super(a); this.a = a; }
  @Override @Logging(clearState = true)
  public String handleRequest(S3Event event, final Context context) throws IOException {
    outer:
    for (var record : event.getRecords()) {
      if (record == null || !record.ok() && count > 0) continue outer;
      else if (count == 1) break outer;
      else { continue; }
    }
    for (int i = 0, j = 1; i < 3; i++, j--) { if (i == 2) continue; count += i << 2; }
    while (count-- > 0) total ^= ~count;
    do { count = -1; } while (more());
    try (var in = open("x"); Reader r = in) { in.read(); }
    catch (IOException | RuntimeException e) { throw new IllegalStateException("bad\n\u0041", e); }
    finally { count = 0; }
    String kind = switch (count) { case 1, 2 -> "a"; case 3 -> { yield "b"; } default -> throw new X(); };
    switch (kind) { case "a": count++; case "b": return "x"; default: break; }
    Object o = switch (shape) { case Circle c when c.r() > 1 -> c; case Point(int x, var y) -> x; case null, default -> null; };
    int[] array = new int[3]; int[][] more = {{1}, {2}};
    list.stream().map(v -> v.trim()).map(String::toUpperCase).filter((a, b) -> { return a; }).collect(ArrayList::new);
    if (o instanceof Foo f && f.ok()) return f.name();
    if (!(o instanceof Point(int px, int py))) return null;
    synchronized (this) { count = (int) 3.0; }
    assert count > 0 : "no";
    char c = 'c'; long l = 0x1FL; double d = .5e3;
    java.util.UUID.randomUUID().toString();
    class Local { int z() { return count; } }
    Runnable r = new Runnable() { @Override public void run() { count++; } };
    return """
        hello "x"
          world\
        """ + array[0] + (o != null ? o : "none") + Outer.this.x;
  }
  record Point(int x, int y) implements Shape { Point { check(x); } static int zero() { return 0; } }
  enum Color { RED("r") { int f() { return 1; } }, GREEN; private String code; Color(String... c) { code = c[0]; } }
  interface Store { int K = 1; void put(String k); default void twice(String k) { put(k); put(k); } }
  @interface Marker { String value() default ""; }
}
)java";

}  // namespace fnlint
