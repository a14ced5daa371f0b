"""make bench: weight of the invitee's page, memory and start of the demo, CPU against a bare page."""

from __future__ import annotations

from bench import cpu, demo


def main() -> None:
    demo.measure()
    cpu.measure()


if __name__ == "__main__":
    main()
