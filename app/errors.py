"""Errors in the words of the field, each with the one place (app/main.py) that turns them into an answer."""

from __future__ import annotations


class BadSetting(Exception):
    """A setting is missing or makes no sense; stops the start."""

    def __init__(self, name: str, problem: str):
        super().__init__(f"{name} {problem}" if problem.startswith(("must", "is ")) else f"{name}: {problem}")
        self.name = name


class NotFound(Exception):
    """There is no such thing, or the one who asks may not see it: answered 404, both alike."""


class NoRole(Exception):
    """The account has no role in the secretariat that it is at work in, or is in none: answered 403 by a page that says
    what there is to do, the same at every address."""


class NotAllowed(Exception):
    """The one who asks may look, but not do this: answered 403."""


class TooMany(Exception):
    """More was asked for within a minute, or sent at once, than anybody needs: answered 429."""


class Busy(Exception):
    """So much is being sent by others that there is no room for more just now: answered 503."""


class Ended(Exception):
    """A personal link opens nothing any more: answered 410, without a word of what it opened."""


class ProofNeeded(Exception):
    """The reader of a link to what is not public has not shown to be its owner: answered by the page that asks it."""

    def __init__(self, public_id: str):
        super().__init__()
        self.public_id = public_id


class Refused(Exception):
    """The act is not possible now; `message` says why and what to do, in the reader's language: answered 409."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class SignInNeeded(Exception):
    """The page belongs to the secretariat: answered by the sign-in page."""


class Invalid(Exception):
    """Input that breaks rules; problems are (place, sentence) pairs. Answered 422 by the form that was sent."""

    status = 422

    def __init__(self, problems: list[tuple[str, str]]):
        super().__init__("; ".join(f"{place}: {sentence}" for place, sentence in problems))
        self.problems = problems
