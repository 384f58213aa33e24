"""What dkimpy makes of the same messages; a program of its own, run by its own Python.

It reads one JSON object from standard input (a key, its record, messages without and with our
signature) and prints another: CPU-seconds for one signature, and whether ours are good.
"""

import base64
import json
import sys
import time

import dkim


def main() -> None:
    """Sign the plain ones, verify the signed ones."""
    told = json.load(sys.stdin)
    key, record = told["key"].encode(), told["record"].encode()
    plain = [base64.b64decode(one) for one in told["plain"]]
    began = time.process_time()
    for message in plain:
        dkim.sign(
            message,
            b"mail",
            b"sample.example",
            key,
            canonicalize=(b"relaxed", b"simple"),
            include_headers=[name.encode() for name in told["headers"]],
        )
    seconds = (time.process_time() - began) / len(plain)

    def published(name: bytes, timeout: int = 5) -> bytes:
        return bytes(record)

    good = sum(dkim.verify(base64.b64decode(one), dnsfunc=published) for one in told["signed"])
    changed = sum(dkim.verify(base64.b64decode(one), dnsfunc=published) for one in told["changed"])
    print(json.dumps({"seconds": seconds, "good": good, "changed": changed}))


main()
