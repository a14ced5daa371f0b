"""`python -m app` is `koolle`."""

import sys

from app.cli import main

sys.exit(main())
