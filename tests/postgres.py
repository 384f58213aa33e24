"""A PostgreSQL server for the tests: Debian's package, started in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from digest.store.metadata import metadata

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres"
"""Debian's user; the server refuses to run as root."""

SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=60"


def installed() -> bool:
    """Whether Debian's package is there."""
    return bool(PROGRAMS)


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty database, reached by a socket in a folder that goes afterwards."""
    with restartable() as (url, _):
        yield url


@contextmanager
def restartable() -> Iterator[tuple[str, Callable[[], None]]]:
    """The same, and what stops the server at once and starts it again."""
    # Socket paths must be short, and the server's user must reach them: not below pytest's own.
    folder = Path(tempfile.mkdtemp(prefix="digest-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        data = folder / "data"
        _as_server("initdb", "-D", data, "-U", USER, "-A", "trust", "-N", "-E", "UTF8")
        options = f"-k {folder} {SETTINGS}"
        log = folder / "log"
        _as_server("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

        def restart() -> None:
            _as_server(
                "pg_ctl", "-D", data, "-o", options, "-l", log, "-m", "immediate", "-w", "restart"
            )

        try:
            yield f"postgresql+psycopg://{USER}@/{USER}?host={folder}", restart
        finally:
            _as_server("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """The address of a fresh database on the server."""
    _execute(server, f'create database "{name}"')
    try:
        yield server.replace(f"/{USER}?", f"/{name}?")
    finally:
        _execute(server, f'drop database "{name}" with (force)')


def empty(url: str) -> None:
    """Take every row out of our tables, and start all numbers anew."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    _execute(url, f"truncate {names} restart identity cascade")


def drop_connections(url: str) -> None:
    """Cut every other connection to the database, as a restarting server does."""
    others = "datname = current_database() and pid <> pg_backend_pid()"
    _execute(url, f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where {others}")


def _execute(server: str, statement: str) -> None:
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())


def _as_server(program: str, *arguments: str | Path) -> None:
    command = [str(PROGRAMS[-1] / program), *map(str, arguments)]
    if os.getuid() == 0:
        command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
    subprocess.run(command, check=True, capture_output=True, cwd="/")
