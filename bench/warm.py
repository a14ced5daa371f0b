"""Loads Koolle once, for the processes that are forked from where this is loaded (bench/posting.py)."""

import app.commands.opening
import app.commands.serving
import app.mail.jobworker
import app.main
import app.serving
import app.settings  # noqa: F401  (nothing is used here: all of it is to be loaded)
