# See scripts/library-reach: what one package of PyPI, fetched with what it needs into a folder of wheels, can reach.
# A row: language, path, package, version, `computes` or `reaches`, and what it reaches. With --merge: puts rows into the table.
import ast
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent.parent


def listed(*lists):
    """The names that lists of data/computing_libraries.yaml have."""
    text = re.sub(r"#.*", "", (HERE / "data/computing_libraries.yaml").read_text())
    names = ",".join(re.search(rf"^{one}: \[([^\]]*)\]", text, re.M).group(1) for one in lists)
    return {one.strip().strip('"') for one in names.split(",") if one.strip()}


COMPUTING = listed("python") | {
    "__future__", "_typeshed", "copyreg", "importlib.metadata", "importlib.resources", "os.environ", "os.getenv", "os.error", "os.stat_result",
    "os.R_OK", "os.W_OK", "os.X_OK", "os.F_OK", "os.O_RDONLY", "os.urandom", "os.cpu_count", "os.altsep", "os.extsep", "os.curdir", "os.pardir",
    "time.timezone", "time.altzone", "time.daylight", "time.tzname", "asyncio.iscoroutinefunction", "asyncio.CancelledError",
    "asyncio.TimeoutError", "asyncio.AbstractEventLoop", "collections.abc", "_collections_abc", "_thread.get_ident", "_thread.RLock",
    "_thread.allocate_lock", "_weakref", "_weakrefset", "_operator", "_string", "_ctypes", "http.HTTPStatus", "urllib.response", "winreg.error",
    "concurrent.futures.Future", "concurrent.futures.TimeoutError", "socket.error", "socket.timeout", "socket.inet_pton", "socket.AF_INET",
    "socket.AF_INET6", "builtins", "tomllib", "_ast", "nturl2path", "bz2", "decimal", "numbers", "contextvars", "antigravity"}
# Of modules that compute, what does not.
ACTING = {
    "io.open", "io.FileIO", "io.open_code", "codecs.open", "gzip.open", "gzip.GzipFile", "lzma.open", "lzma.LZMAFile", "bz2.open", "bz2.BZ2File",
    "logging.FileHandler", "logging.handlers", "logging.config", "threading.Thread", "threading.Timer", "sys.modules", "ctypes", "signal",
    "sched", "builtins.open", "builtins.exec", "builtins.eval", "builtins.compile", "builtins.__import__", "linecache", "filecmp", "site",
    "pathlib.Path", "pathlib.PosixPath", "pathlib.WindowsPath", "unittest", "ast.unparse_to", "fileinput", "glob", "dotenv", "xml.sax.make_parser"}
FREE = {"open", "exec", "eval", "compile", "__import__", "input", "breakpoint"}
# What was written by hand stands, for what other packages need of them.
BY_HAND = listed("records", "formats", "times", "tokens", "others", "python")
STANDARD = set(sys.stdlib_module_names) | {"__future__"}
ASIDE = re.compile(r"(^|/)(tests?|testing|docs?|examples?|benchmarks?|_vendor_tests|conftest|setup)(/|\.py$)|(^|/)(test_[^/]*|[^/]*_test|__main__)\.py$")


def acts(path):
    parts = path.split(".")
    begins = [".".join(parts[:i]) for i in range(1, len(parts) + 1)]
    return any(one in ACTING for one in begins) or not any(one in COMPUTING for one in begins)


class Wheels:
    def __init__(self, folder):
        self.files = {}  # path in a wheel: its bytes
        self.of = {}  # path: distribution
        self.versions = {}
        for wheel in sorted(pathlib.Path(folder).glob("*.whl")):
            name, version = wheel.name.split("-")[:2]
            name = re.sub(r"[-_.]+", "-", name).lower()
            self.versions[name] = version
            with zipfile.ZipFile(wheel) as archive:
                for one in archive.namelist():
                    path = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", one)
                    self.files[path] = archive.read(one) if path.endswith(".py") else b""
                    self.of[path] = name

    def module(self, dotted):
        base = dotted.replace(".", "/")
        return next((one for one in (base + "/__init__.py", base + ".py") if one in self.files), None)

    def is_native(self, dotted):
        base = dotted.replace(".", "/") + "."
        return any(one.startswith(base) and one.endswith((".so", ".pyd", ".dylib")) for one in self.files)

    def has(self, dotted):
        base = dotted.replace(".", "/")
        return any(one.startswith((base + "/", base + ".")) for one in self.files)


class Look(ast.NodeVisitor):
    """What one file imports, and what it calls that acts."""

    def __init__(self, wheels, path, reach, more):
        self.wheels, self.path, self.reach, self.more = wheels, path, reach, more
        dotted = path[:-3].replace("/", ".")
        self.package = dotted[: -len(".__init__")] if dotted.endswith(".__init__") else dotted.rpartition(".")[0]
        self.modules = {}  # local name: module of the standard library
        self.own = set()

    def take(self, module, name=None):
        """An import of a module, or of a name out of it; whether it is the standard library's module itself."""
        full = f"{module}.{name}" if name else module
        top = module.split(".")[0]
        if top in BY_HAND and top not in STANDARD and top != self.path.split("/")[0]:
            return False
        if self.wheels.has(module.split(".")[0]) and module.split(".")[0] not in STANDARD or self.wheels.module(module):
            # `from a.b import c` gives nothing of `a`, which runs its definitions alone; `import a.b` gives all of it.
            parts = module.split(".")
            found = False
            begins = [module] if name else [".".join(parts[:i]) for i in range(1, len(parts) + 1)]
            for at in begins + [full] * bool(name):
                if self.wheels.is_native(at):
                    self.reach("native code", self.path)
                    found = True
                if file := self.wheels.module(at):
                    self.more.append(file)
                    found = True
            if not found:
                self.reach("missing " + full, self.path)
            return False
        if module.split(".")[0] not in STANDARD:
            self.reach("missing " + module.split(".")[0], self.path)
            return False
        if name and acts(full):
            if any(full.startswith(one + ".") or full == one for one in COMPUTING) or not is_partly(full):
                self.reach(full, self.path)
                return False
            return True
        return True

    def visit_Import(self, node):
        for one in node.names:
            top = one.name.split(".")[0]
            if self.take(one.name):
                local = one.asname or top
                self.modules[local] = one.name if one.asname else top

    def visit_ImportFrom(self, node):
        module = node.module or ""
        if node.level:
            parts = self.package.split(".")
            parts = parts[: len(parts) - node.level + 1]
            module = ".".join(parts + ([module] if module else []))
        for one in node.names:
            if one.name == "*":
                if self.take(module):
                    self.reach(module + ".*", self.path) if acts(module) else None
            elif self.take(module, one.name) and is_partly(f"{module}.{one.name}"):
                self.modules[one.asname or one.name] = f"{module}.{one.name}"

    def visit_If(self, node):
        text = ast.unparse(node.test)
        if text.endswith("TYPE_CHECKING") or text == "__name__ == '__main__'":
            for one in node.orelse:
                self.visit(one)
        elif re.fullmatch(r"(six\.)?PY2|sys\.version_info(\[0\])? (<|==) (\()?[23](, \d+)?\)?", text) and ast.unparse(node.test) != "sys.version_info[0] == 3":
            for one in node.orelse:
                self.visit(one)
        else:
            self.generic_visit(node)

    def visit_AnnAssign(self, node):
        self.visit(node.target)
        if node.value:
            self.visit(node.value)

    def visit_arg(self, node):
        pass  # its annotation runs nothing

    def visit_Attribute(self, node):
        path = dotted(node)
        if path:
            first, _, rest = path.partition(".")
            if first in self.modules and self.modules[first].split(".")[0] in STANDARD:
                full = f"{self.modules[first]}.{rest}"
                if acts(full) and not is_partly(full):
                    self.reach(shorter(full), self.path)
                return
        if node.attr in ("__globals__", "__subclasses__", "__builtins__"):
            self.reach(node.attr, self.path)
        self.generic_visit(node)

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            return
        if node.id in FREE and node.id not in self.own:
            self.reach(node.id, self.path)
        # The module itself is handed on: whoever has it may call any of it.
        full = self.modules.get(node.id)
        if full and acts(full):
            self.reach(full, self.path)

    def visit_Call(self, node):
        path = dotted(node.func) or ""
        if path.endswith("import_module") and not (node.args and isinstance(node.args[0], ast.Constant)):
            self.reach("a computed import", self.path)
        elif path.endswith("import_module"):
            self.take(node.args[0].value.lstrip("."))
        self.generic_visit(node)

    def assigned(self, target):
        if ast.unparse(target).startswith("os.environ"):
            self.reach("os.environ", self.path)

    def visit_Assign(self, node):
        for one in node.targets:
            self.assigned(one)
        self.generic_visit(node)


def dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id] + parts[::-1]) if isinstance(node, ast.Name) else ""


def is_partly(full):
    """A module of which a part computes: what is taken of it decides."""
    return any(one.startswith(full + ".") for one in COMPUTING) and full not in ACTING


def shorter(full):
    return ".".join(full.split(".")[:3])


def closure(wheels, begin, reach):
    seen, more = set(), list(begin)
    while more:
        path = more.pop()
        if path in seen:
            continue
        seen.add(path)
        try:
            tree = ast.parse(wheels.files[path])
        except (SyntaxError, ValueError):
            reach("unreadable " + path, path)
            continue
        look = Look(wheels, path, reach, more)
        look.own = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        look.own |= {one.name for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and one in tree.body}
        look.visit(tree)


def is_public(name):
    return not name.startswith("_")


def parts_of(wheels, top):
    """Modules below a package, and names that it gives on, that reach nothing by what their own files import: what a package's own
    file imports beside them they cannot call."""
    computing = set()

    def computes(begin):
        reached = []
        closure(wheels, begin, lambda what, where: reached.append(what))
        return not reached

    files = [one for one in wheels.files if one.startswith(top + "/") and one.endswith(".py") and not ASIDE.search(one)]
    for one in sorted({part for file in files for part in file.split("/")[1:2]}):
        name = one.removesuffix(".py")
        below = [file for file in files if file == f"{top}/{one}" or file.startswith(f"{top}/{one}/")]
        if is_public(name) and computes(below):
            computing.add(name)
    begin = wheels.module(top)
    if not begin or not begin.endswith("__init__.py"):
        return sorted(computing)
    for node in ast.parse(wheels.files[begin]).body:
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        if node.level == 1:
            module = f"{top}.{module}" if module else top
        file = wheels.module(module)
        if node.level > 1 or not module.startswith(top + ".") or not file or not computes([file]):
            continue
        computing |= {one.asname or one.name for one in node.names if is_public(one.asname or one.name) and one.name != "*"}
    return sorted(computing)


def rows(folder, asked):
    wheels = Wheels(folder)
    name = re.sub(r"[-_.]+", "-", re.split(r"[=<>\[;]", asked)[0]).lower()
    if name not in wheels.versions:
        print(f"library-reach: {asked}: no wheel", file=sys.stderr)
        return
    own = [one for one, of in wheels.of.items() if of == name and ".dist-info/" not in one]
    tops = sorted({one.split("/")[0].removesuffix(".py") for one in own if one.endswith(".py")} - {"tests", "test", "docs", "examples"})
    for top in tops:
        if not top.isidentifier() or not is_public(top):
            continue
        reached = {}
        mine = [one for one in own if one == top + ".py" or one.startswith(top + "/")]
        if any(one.endswith((".so", ".pyd", ".dylib")) for one in mine):
            reached["native code"] = top
        closure(wheels, [one for one in mine if one.endswith(".py") and not ASIDE.search(one)], lambda what, where: reached.setdefault(what, where))
        # What stands in no wheel of this folder may be there where a project asks for more.
        what = sorted(reached)
        more = [f"{len(what) - 6} more"] if len(what) > 6 else []
        parts = parts_of(wheels, top) if what and "native code" not in what else []
        row = ["python", top, name, wheels.versions[name], "reaches" if what else "computes", ", ".join(what[:6] + more) or "-"]
        print("\t".join(row + [" ".join(parts)] if parts else row))
        for one in what:
            print(f"  {one} ({reached[one]})", file=sys.stderr) if "--all" in sys.argv else None


def merge(table, more):
    table, head, kept = pathlib.Path(table), [], {}
    for line in table.read_text().splitlines():
        if line.startswith("#"):
            head.append(line)
        else:
            kept[tuple(line.split("\t")[:2])] = line
    for line in pathlib.Path(more).read_text().splitlines():
        key = tuple(line.split("\t")[:2])
        kept[key] = line
    table.write_text("\n".join(head + [kept[key] for key in sorted(kept)]) + "\n")


if sys.argv[1] == "--merge":
    merge(*sys.argv[2:4])
else:
    rows(*sys.argv[1:3])
