"""What a browser would send of a form as it was opened."""

from __future__ import annotations

from html.parser import HTMLParser


class Filled(HTMLParser):
    """The fields of the form that is sent to an address, as name and value."""

    def __init__(self, sent_to: str):
        super().__init__()
        self.sent_to, self.inside = sent_to, False
        self.fields: list[list[str]] = []
        self.select = self.text = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("action") == self.sent_to and "data-draft" in given
        if not self.inside:
            return
        if tag == "input" and "name" in given and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.fields.append([given["name"], given.get("value", "on")])
        elif tag == "select":
            self.select = [given["name"], None]
            self.fields.append(self.select)
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in given):
            self.select[1] = given["value"]
        elif tag == "textarea":
            self.text = given["name"], ""

    def handle_data(self, data):
        if self.text:
            self.text = self.text[0], self.text[1] + data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            self.fields.append([self.text[0], self.text[1].removeprefix("\n").replace("\n", "\r\n")])
            self.text = None
        if tag == "form":
            self.inside = False


def fields_in(page: str, sent_to: str) -> list[list[str]]:
    form = Filled(sent_to)
    form.feed(page)
    return form.fields
