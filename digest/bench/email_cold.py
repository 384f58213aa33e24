"""How long an edition takes to compile, first in a fresh process and then again; prints JSON.

What is counted: filling the templates, premailer, cutting by wording, compiling to segments, and
the checks, for an edition with two wordings of an appeal; not Python's start and the imports.
"""

import json
import logging
import sys
import time
from statistics import median

import cssutils
from premailer import Premailer

from digest.app.build import read_templates
from digest.bench import email_sample as sample


def main() -> None:
    """Once cold, then twenty times warm."""
    templates, made, taken = read_templates(""), sample.edition(), []
    for _ in range(21):
        began = time.perf_counter()
        sample.emails(made, templates)
        taken.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"cold": taken[0], "warm": median(taken[1:])}))


def peer() -> None:
    """premailer by its defaults, on what our templates give it, once in a fresh process."""
    cssutils.log.setLevel(logging.CRITICAL)
    began = time.perf_counter()
    Premailer(sys.stdin.read()).transform()
    print(json.dumps({"premailer": (time.perf_counter() - began) * 1000}))


if __name__ == "__main__":
    peer() if sys.argv[1:] == ["peer"] else main()
