"""sbom.py VERSION CPU PROGRAM: prints what the program is made of, as SPDX 2.3.

The components are the rows of THIRD_PARTY_NOTICES.md; their versions are those of package-lock.json, or of the
distribution's packages that are installed.
"""
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The licences of the notices that SPDX has another name for, or none: those stand in the document with their text.
EXPRESSIONS = {"Unicode": "Unicode-DFS-2016",
               "MIT, with an exception for object code": "LicenseRef-fmt",
               "Lucent": "LicenseRef-Lucent"}
EXTRACTED = {
    "LicenseRef-fmt": ("MIT, with an exception for object code",
                       "The MIT license, and: As an exception, if, as a result of your compiling your source code, portions of this "
                       "Software are embedded into a machine-executable object form of such source code, you may redistribute such "
                       "embedded portions in such object form without including the above copyright and permission notices."),
    "LicenseRef-Lucent": ("Licence of the rune library", None),
}
# What every static program holds, which the notices name below their table; a cross build takes it from packages of its own.
RUNTIME = [("GNU C Library", "libc6-dev", "LGPL-2.1-or-later", "1987-2022 Free Software Foundation, Inc."),
           ("libstdc++ and libgcc", "libstdc++-12-dev", "GPL-3.0-or-later WITH GCC-exception-3.1",
            "1986-2022 Free Software Foundation, Inc.")]


def components(notices: str) -> list[tuple[str, str, str, str]]:
    rows = re.findall(r"^\| ([^|]+) \| (\S+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", notices, re.M)
    return [(name, package, EXPRESSIONS.get(licence, licence), owner)
            for name, package, licence, owner in rows if package != "package"] + RUNTIME


def version_and_address(package: str, lock: dict, cpu: str) -> tuple[str, str]:
    locked = lock["packages"].get(f"node_modules/{package}")
    if locked:
        return locked["version"], f"pkg:npm/{urllib.parse.quote(package)}@{locked['version']}"
    if cpu == "aarch64" and package in {row[1] for row in RUNTIME}:
        package += "-arm64-cross"
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package],
                             capture_output=True, text=True, check=True).stdout
    return version, f"pkg:deb/debian/{urllib.parse.quote(package)}@{urllib.parse.quote(version, safe='')}"


def package_of(name: str, identity: str, found: tuple[str, str], licence: str, owner: str) -> dict:
    version, address = found
    return {"name": name, "SPDXID": identity, "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
            "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": f"Copyright {owner}",
            "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": address}]}


def document(version: str, cpu: str, program: bytes) -> dict:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text()
    lock = json.loads((ROOT / "package-lock.json").read_text())
    digest = hashlib.sha256(program).hexdigest()
    own = package_of("fnlint", "SPDXRef-fnlint", (version, f"pkg:github/fnlint/fnlint@v{version}"), "Apache-2.0",
                     "The fnlint authors")
    own["downloadLocation"] = f"https://github.com/fnlint/fnlint/releases/tag/v{version}"
    own["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
    own["primaryPackagePurpose"] = "APPLICATION"
    packages, relations = [own], [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-fnlint")]
    for name, package, licence, owner in components(notices):
        identity = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", name)
        packages.append(package_of(name, identity, version_and_address(package, lock, cpu), licence, owner))
        relations.append(("SPDXRef-fnlint", "STATIC_LINK", identity))
    lucent = re.search(r"## Lucent.*?```\n(.*?)```", notices, re.S)
    extracted = [{"licenseId": identity, "name": name, "extractedText": text or lucent[1]}
                 for identity, (name, text) in EXTRACTED.items()]
    created = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"fnlint-{version}-linux-{cpu}",
            "documentNamespace": f"https://fnlint.github.io/spdx/fnlint-{version}-linux-{cpu}-{digest[:16]}",
            "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                             "creators": ["Organization: The fnlint authors", "Tool: fnlint packaging/sbom.py"]},
            "packages": packages,
            "hasExtractedLicensingInfos": extracted,
            "relationships": [{"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                              for one, kind, other in relations]}


if __name__ == "__main__":
    print(json.dumps(document(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]).read_bytes()), indent=2, ensure_ascii=False))
