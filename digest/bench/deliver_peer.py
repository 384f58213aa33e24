"""smtplib and aiosmtplib, each sending as their users do: connections kept, one message each time.

python -P deliver_peer.py CLIENT PORT CONNECTIONS MESSAGES FILE [CA_FILE]; needs aiosmtplib
"""

import asyncio
import contextlib
import json
import resource
import smtplib
import ssl
import sys
import threading
import time

with contextlib.suppress(ModuleNotFoundError):
    import aiosmtplib

SENDER = "news@sample.example"


Context = ssl.SSLContext | None


def with_smtplib(
    port: int, connections: int, messages: int, content: bytes, context: Context
) -> None:
    """A thread a connection."""
    todo = iter(range(messages))
    lock = threading.Lock()

    def work() -> None:
        client = smtplib.SMTP("localhost", port)
        if context:
            client.starttls(context=context)
        while True:
            with lock:
                number = next(todo, None)
            if number is None:
                break
            client.sendmail(SENDER, [f"reader{number}@reader.example"], content)
        client.quit()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


async def with_aiosmtplib(
    port: int, connections: int, messages: int, content: bytes, context: Context
) -> None:
    """A task a connection."""
    todo = iter(range(messages))

    async def work() -> None:
        client = aiosmtplib.SMTP(
            hostname="localhost",
            port=port,
            start_tls=bool(context),
            tls_context=context,
        )
        await client.connect()
        for number in todo:
            await client.sendmail(SENDER, [f"reader{number}@reader.example"], content)
        await client.quit()

    await asyncio.gather(*(work() for _ in range(connections)))


def main(
    client: str, port: str, connections: str, messages: str, file: str, ca_file: str = ""
) -> dict[str, float]:
    """Send so many, and tell what it took."""
    with open(file, "rb") as source:
        content = source.read()
    context = ssl.create_default_context(cafile=ca_file) if ca_file else None
    start = time.perf_counter()
    if client == "smtplib":
        with_smtplib(int(port), int(connections), int(messages), content, context)
    else:
        asyncio.run(with_aiosmtplib(int(port), int(connections), int(messages), content, context))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
