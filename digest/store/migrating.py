"""Alembic, told to bring one open connection to the newest schema."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config(connection: Connection) -> Config:
    """Where the migrations are and what they run on; no alembic.ini is needed."""
    settings = Config()
    settings.set_main_option("script_location", "digest.store:migrations")
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Run what is missing inside the connection's transaction: all of it, or nothing."""
    command.upgrade(config(connection), "head")
