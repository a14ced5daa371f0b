"""What each command does; `app/cli.py` says how they are typed. What takes long to load is loaded where it is used."""
