"""Opens pages in Chromium, presses whatever shows or loads more, and notes whatever ran, was refused or left."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Request

Files = Iterable[tuple[str, str, bytes]]

# notes what the policy refused, and gives payloads something to call, in every page and frame
EARS = """
addEventListener("securitypolicyviolation", one =>
  heard("policy", [one.violatedDirective, one.blockedURI, one.sample].join(" ")));
window.ran = number => heard("ran", String(number));
"""
# everything that opens, opens; what asks for a part of a page, by itself or by a press, is pressed, two of a kind
OPEN = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll("dialog")) if (!one.open) one.show();
  for (const one of document.querySelectorAll("[popover]")) one.showPopover();
  const kinds = {};
  const asking = [...document.querySelectorAll("[hx-get]")].filter(one => {
    const kind = [one.localName, one.getAttribute("hx-trigger"), one.getAttribute("hx-get").replace(/[0-9]+/g, "")];
    return (kinds[kind] = (kinds[kind] ?? 0) + 1) < 3;
  });
  for (const one of asking) {
    const [how] = (one.getAttribute("hx-trigger") ?? "click").split(/[ ,]/);
    if (how === "every" || how === "load") continue;
    if (how === "input" || how === "change") {
      const field = one.matches("form") ? one.querySelector("input") : one;
      if (field && field.value !== undefined && field.type !== "radio") field.value = field.value || "o";
      (field ?? one).dispatchEvent(new Event(how, {bubbles: true}));
    } else if (!one.matches("a[href^='http']")) one.click();
  }
  return asking.length;
}"""
# what no page of ours has: scripts of others, handlers, addresses that run
FOREIGN = """() => [...document.querySelectorAll("*")].flatMap(one => [...one.attributes].filter(({name, value}) =>
    name.startsWith("on") || name.startsWith("data-hx") || name.startsWith("hx-on")
    || (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)
        && /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text)/i.test(value))
  ).map(({name, value}) => `<${one.localName} ${name}="${value.slice(0, 60)}">`))
  .concat([...document.querySelectorAll("script, iframe, base[href], object, embed, svg script, meta[http-equiv]")]
    .filter(one => !(one.localName === "script" && (one.getAttribute("src") ?? "").startsWith("/static/"))
      && !(one.localName === "iframe" && (one.getAttribute("src") ?? "").startsWith("/"))
      && !(one.localName === "script" && one.type === "application/json"))
    .map(one => one.outerHTML.slice(0, 100)))"""
SENT = """({action, fields, files}) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = action;
  if (files.length) form.enctype = "multipart/form-data";
  for (const [name, value] of fields) {
    const field = document.createElement("textarea");
    field.name = name; field.value = value;
    form.append(field);
  }
  for (const [name, called, content] of files) {
    const field = document.createElement("input"), chosen = new DataTransfer();
    field.type = "file"; field.name = name;
    chosen.items.add(new File([Uint8Array.from(atob(content), one => one.charCodeAt(0))], called));
    field.files = chosen.files;
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""


class Crawler:
    """One browser of somebody's; `complaints` are what it met, `served` the last page as it came, `pages` and
    `fragments` how many it has seen."""

    def __init__(self, context: BrowserContext, home: str):
        self.context, self.home, self.at, self.served = context, home, "", ""
        self.complaints: dict[str, str] = {}
        self.pages = self.fragments = self.open_requests = 0
        context.expose_binding("heard", lambda source, kind, what: self.note(f"{kind} {what}"))
        context.add_init_script(EARS)
        context.on("request", self._asked)
        for event in ("requestfinished", "requestfailed"):
            context.on(event, self._answered)
        context.on("dialog", lambda dialog: (self.note(f"dialog {dialog.message}"), dialog.dismiss()))
        context.on("console", lambda said: self._hear(said.text))
        context.on("weberror", lambda error: self.note(f"error {error.error}"))
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()

    def note(self, what: str) -> None:
        self.complaints.setdefault(f"{what:.300}", self.at)

    def _hear(self, text: str) -> None:
        """Of a frame that runs nothing, only the console tells what it did not run."""
        if any(words in text for words in ("Content Security Policy", "Blocked script", "Refused to", "RAN")):
            self.note(f"console {text}")

    def _asked(self, request: Request) -> None:
        self.open_requests += 1
        address = urlsplit(request.url)
        inside = address.scheme in ("data", "about", "blob", "file")
        if not inside and f"{address.scheme}://{address.netloc}" != self.home:
            self.note(f"asked {request.url}")

    def _answered(self, request: Request) -> None:
        self.open_requests -= 1
        self.fragments += request.headers.get("hx-request") == "true"

    def open(self, path: str) -> int:
        """Open a page and everything in it; returns its status, 0 for what was no page."""
        self.at = path
        try:
            answer = self.page.goto(self.home + path, wait_until="load")
        except Error:  # a file to be kept
            return 0
        self.served = answer.text() if answer else ""
        self._look()
        return answer.status if answer else 0

    def send(self, path: str, fields: list[tuple[str, str]], files: Files = ()) -> int:
        """Send a form as a browser does, and look at what it answers. files: field, name and content of each."""
        self.at = f"POST {path}"
        chosen = [(field, name, b64encode(content).decode()) for field, name, content in files]
        sent = {"action": self.home + path, "fields": fields, "files": chosen}
        try:
            with self.page.expect_navigation(wait_until="load", timeout=8_000) as gone:
                self.page.evaluate(SENT, sent)
        except Error:
            return 0
        self._look()
        return gone.value.status if gone.value else 0

    def read(self, file: Path, what: str) -> None:
        """Open a file that no policy guards: nothing in it is to be run or refused."""
        self.at = what
        self.page.goto(file.as_uri(), wait_until="load")
        for foreign in self.page.evaluate(FOREIGN):
            self.note(f"holds {foreign}")

    def _look(self) -> None:
        self.pages += 1
        for script in (FOREIGN, OPEN, FOREIGN):
            with suppress(Error):  # a press may lead elsewhere, and a page may ask for itself anew
                found = self.page.evaluate(script)
                if script is OPEN and found:
                    self._wait()
                for foreign in found if script is FOREIGN else ():
                    self.note(f"holds {foreign}")
        for place in self.page.frames[1:]:
            with suppress(Error):
                place.wait_for_load_state("load", timeout=3_000)

    def _wait(self) -> None:
        """Until what was pressed has been answered."""
        self.page.wait_for_timeout(250)  # what is typed is asked for a moment later
        for _moment in range(80):
            if self.open_requests <= 0:
                break
            self.page.wait_for_timeout(25)
        self.open_requests = 0
