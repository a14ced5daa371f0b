"""The limits of a question as its form gives them: a scale's ends, a number's range, lengths, how many are chosen."""

from __future__ import annotations

from app.forms import Reading, clean_line
from app.language import gettext as _
from app.surveys.answering import LONGEST, WIDEST_SCALE

COUNTED = ("multiple_choice", "ranking")
SCALES = ("scale", "matrix")
LIMITED = (*SCALES, *COUNTED, *LONGEST, "number")


def read_limits(form: Reading, kind: str | None, options: int) -> dict[str, float | None]:
    """Return minimum and maximum, noting what is wrong at their fields; options: how many can be chosen."""
    if kind not in LIMITED:
        return {"minimum": None, "maximum": None}
    least, most = _limit(form, "minimum", kind, options), _limit(form, "maximum", kind, options)
    if least is not None and most is not None and (most < least or (kind in SCALES and most == least)):
        form.problem("maximum", _("The largest must be more than the smallest."))
    elif kind in SCALES and _steps(least, most) > WIDEST_SCALE:
        form.problem("maximum", _("A scale may have at most eleven steps, such as 0 to 10."))
    elif kind in SCALES and _steps(least, most) < 2:
        form.problem("maximum", _("The largest must be more than the smallest."))
    return {"minimum": least, "maximum": most}


def _steps(least: float | None, most: float | None) -> float:
    return (5 if most is None else most) - (1 if least is None else least) + 1


def _limit(form: Reading, name: str, kind: str, options: int) -> float | None:
    if kind == "number":
        return _number(form, name)
    if kind in SCALES:
        return form.whole(name, least=-1000, most=1000)
    return form.whole(name, least=0 if name == "minimum" else 1, most=LONGEST.get(kind, options))


def _number(form: Reading, name: str) -> float | None:
    text = clean_line(str(form.posted.get(name) or ""), 20).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12:  # NaN is not less than anything
        form.problem(name, _("Write a number, such as 12 or 3.5."))
        return None
    return value
