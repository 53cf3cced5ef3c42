"""wheel.py METADATA CPU PROGRAM FOLDER NOTICE...: writes a wheel that holds the program as a script.

The same input gives the same bytes: files have the day of $SOURCE_DATE_EPOCH and stand in a fixed order.
"""
import base64
import hashlib
import os
import pathlib
import sys
import time
import zipfile

# A static program needs neither glibc nor musl of any version; both kinds of tag are needed to say it.
PLATFORMS = ("manylinux_2_17_{0}", "manylinux2014_{0}", "musllinux_1_1_{0}")


def write(metadata: str, cpu: str, program: bytes, folder: pathlib.Path, notices: dict[str, bytes]) -> pathlib.Path:
    fields = dict(line.split(": ", 1) for line in metadata.split("\n\n")[0].splitlines())
    stem = f"{fields['Name']}-{fields['Version']}"
    tags = [f"py3-none-{platform.format(cpu)}" for platform in PLATFORMS]
    info = f"{stem}.dist-info"
    wheel = "Wheel-Version: 1.0\nGenerator: fnlint\nRoot-Is-Purelib: false\n" + "".join(f"Tag: {tag}\n" for tag in tags)
    files = {f"{stem}.data/scripts/fnlint": program,
             **{f"{info}/licenses/{name}": text for name, text in notices.items()},
             f"{info}/METADATA": metadata.encode(),
             f"{info}/WHEEL": wheel.encode()}
    record = f"{info}/RECORD"
    rows = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(content)}\n")
    files[record] = ("".join(rows) + f"{record},,\n").encode()

    platforms = ".".join(platform.format(cpu) for platform in PLATFORMS)
    path = folder / f"{stem}-py3-none-{platforms}.whl"
    day = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, day)
            entry.create_system = 3  # Unix, which has modes
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return path


if __name__ == "__main__":
    texts = [pathlib.Path(name) for name in sys.argv[5:]]
    print(write(pathlib.Path(sys.argv[1]).read_text(), sys.argv[2], pathlib.Path(sys.argv[3]).read_bytes(),
                pathlib.Path(sys.argv[4]), {text.name: text.read_bytes() for text in texts}))
