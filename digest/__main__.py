"""`python -m digest` and the `digest` command."""

from digest.cli import command


def main() -> None:
    """Run the command line."""
    command(prog_name="digest")


if __name__ == "__main__":
    main()
