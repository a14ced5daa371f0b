"""A survey as whoever answers it sees it, in the language of the moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.language import spoken
from app.markdown import markdown
from app.surveys.models import Survey
from app.surveys.showing import notes_of
from app.surveys.translating import missing
from app.surveys.wording import said
from app.surveys.words import promise_words
from app.web import Form


def preview_of(survey: Survey, represented: str, closing: datetime | None) -> dict[str, Any]:
    """Return what the form of a survey needs to be shown with nothing answered; represented: for whom the reader
    stands."""
    form = Form()
    return {
        "survey": survey,
        "survey_form": form,
        "survey_notes": notes_of(survey, form, {}),
        "survey_title": said(survey, "title"),
        "introduction": markdown(said(survey, "introduction"), below=1),
        "promise": promise_words(survey, represented),
        "closes": closing,
        "missing": missing(survey).get(spoken(), 0),
    }
