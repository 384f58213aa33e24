"""Whether inlined styles look as their source did: every computed style and every box, in Chromium.

Both documents stand in frames of one page, so that width and colour scheme are the same for both.
"""

import json
import re
import shutil
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path

VIEWS = tuple((width, dark) for width in (1200, 360) for dark in (False, True))
NAMES = ("chromium", "google-chrome", "chromium-browser")
MOVED = 2
"""Pixels."""

_COMPARE = """
const SIZE = /^(?:(?:min-|max-)?(?:width|height|inline-size|block-size)|.*-origin)$/;
function all(frame) {
  const doc = frame.contentDocument;
  return [...doc.body.querySelectorAll('*')].filter(e => !/^(STYLE|SCRIPT)$/.test(e.tagName));
}
addEventListener('load', () => {
  const [one, two] = document.querySelectorAll('iframe');
  const a = all(one), b = all(two);
  const out = {elements: a.length, other: b.length, changed: 0, moved: 0, first: ''};
  a.forEach((e, i) => {
    const f = b[i];
    if (!f) return;
    const x = one.contentWindow.getComputedStyle(e), y = two.contentWindow.getComputedStyle(f);
    const value = (style, p) => style.getPropertyValue(p);
    const differ = [...x].filter(p => !SIZE.test(p) && value(x, p) !== value(y, p));
    if (differ.length) {
      out.changed++;
      out.first = out.first || e.tagName + ' ' + differ.slice(0, 3).map(
        p => p + ': ' + value(x, p) + ' / ' + value(y, p)).join('; ');
    }
    const r = e.getBoundingClientRect(), s = f.getBoundingClientRect();
    if (['x', 'y', 'width', 'height'].some(k => Math.abs(r[k] - s[k]) > MOVED)) out.moved++;
  });
  document.getElementById('out').textContent = JSON.stringify(out);
});
""".replace("MOVED", str(MOVED))


def chromium() -> str:
    """Its path, "" when it is not here."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def differences(source: str, inlined: str, width: int, *, dark: bool) -> dict[str, object]:
    """How many elements look otherwise, and how many boxes stand elsewhere, in one view."""
    still = "<style>*{transition:none!important}</style></head>"
    frames = "".join(
        f'<iframe style="border:0;width:{width}px;height:9000px"'
        f' srcdoc="{escape(page.replace("</head>", still, 1))}"></iframe>'
        for page in (_plain(source), inlined)
    )
    page = (
        "<!DOCTYPE html><meta charset=utf-8><meta name=color-scheme content='light dark'>"
        f"<pre id=out></pre>{frames}<script>{_COMPARE}</script>"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, "utf-8")
        command = [
            chromium(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder}/profile",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--window-size={max(width, 800) + 40},1000",
            "--virtual-time-budget=8000",
            "--dump-dom",
            path.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.S)
    if not found or not found[1]:
        return {"problem": (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]}
    told: dict[str, object] = json.loads(unescape(found[1]))
    return told


def _plain(source: str) -> str:
    """The source as a browser reads it; the marks around an appeal's wordings are comments."""
    return source.replace(' data-premailer="ignore"', "")
