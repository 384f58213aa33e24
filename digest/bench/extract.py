"""Article extraction beside trafilatura and readability, on the team's marked pages, in one run."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.bench import extract_data, extract_measures
from digest.bench.extract_data import EXTRACTORS, Answer, Sample
from digest.bench.extract_measures import Score, harmonic, shingled, squeezed
from digest.collect import learned
from digest.collect import page as pages
from digest.model.news import Page

Say = Callable[[str], object]
Figures = dict[str, object]
BAR = 0.964
"""F1 that trafilatura's precision mode has on the whole benchmark of 181 pages."""
_HALVES = {"all": slice(None), "tuned on": slice(0, None, 2), "held out": slice(1, None, 2)}
_ENOUGH = 3
"""Articles of a source from which something can be learned."""


def run(say: Say) -> Figures:
    """Print the tables and return their figures."""
    data = extract_data.folder()
    if data is None:
        say(
            "The marked pages are not here: put the team's shared folder beside the checkout or"
            f" name it in {extract_data.SHARED}; nothing was measured."
        )
        return {}
    return {
        "scrapinghub": _benchmark(say, extract_data.samples(data, "scrapinghub")),
        "multilingual": _multilingual(say, extract_data.samples(data, "trafilatura")),
        "fundus": _fundus(say, extract_data.samples(data, "fundus")),
        "boilerplate": _boilerplate(say, data),
        "newsroom": _newsroom(say, data),
        "learned": _learned(say, data),
    }


def _benchmark(say: Say, found: list[Sample]) -> Figures:
    """Body text by the article benchmark's own measure, leaks by class, and speed."""
    say(f"\n{len(found)} pages of scrapinghub's benchmark; the bar is F1 {BAR}")
    say(f"{'':<26}{'F1':>7}{'+-':>7}{'P':>7}{'R':>7}{'tuned':>7}{'held':>7}{'pages/CPU-s':>13}")
    figures: Figures = {}
    leaked: dict[str, Counter[str]] = {}
    for name, extractor in EXTRACTORS.items():
        answers = extract_data.answers(extractor, found)
        scores = {half: _scored(found[cut], answers[cut]) for half, cut in _HALVES.items()}
        whole, speed = scores["all"], _speed(answers)
        say(
            f"{name:<26}{whole.f1:>7.3f}{whole.spread:>7.3f}{whole.precision:>7.3f}"
            f"{whole.recall:>7.3f}{scores['tuned on'].f1:>7.3f}{scores['held out'].f1:>7.3f}"
            f"{speed:>13.1f}"
        )
        leaked[name] = _leaks(found, answers)
        figures[name] = {
            **{half: round(score.f1, 4) for half, score in scores.items()},
            "precision": round(whole.precision, 4),
            "recall": round(whole.recall, 4),
            "pages_per_cpu_second": round(speed, 1),
            "leaks": dict(leaked[name]),
        }
    _tell_leaks(say, leaked)
    return figures


def _scored(found: Sequence[Sample], answers: Sequence[Answer]) -> Score:
    texts = ["\n".join(answer.lines) for answer in answers]
    return shingled([sample.told("body") for sample in found], texts, resample=True)


def _speed(answers: Sequence[Answer]) -> float:
    return len(answers) / max(1e-9, sum(answer.seconds for answer in answers))


def _leaks(found: Sequence[Sample], answers: Sequence[Answer]) -> Counter[str]:
    total: Counter[str] = Counter()
    for sample, answer in zip(found, answers, strict=True):
        total += extract_measures.leaks(answer.lines, sample.told("body"))
    return total


def _tell_leaks(say: Say, leaked: Mapping[str, Counter[str]]) -> None:
    names = sorted({name for counts in leaked.values() for name in counts})
    say("lines that are not in the marked text, by class (loose patterns, the same for all)")
    say(f"{'':<26}" + "".join(f"{name:>11}" for name in names) + f"{'all':>7}")
    for extractor, counts in leaked.items():
        row = "".join(f"{counts[name]:>11}" for name in names)
        say(f"{extractor:<26}{row}{counts.total():>7}")


def _multilingual(say: Say, found: list[Sample]) -> Figures:
    """Marked segments that must and must not be there, and the declared fields."""
    say(f"\n{len(found)} multilingual pages of trafilatura's own set: marked segments")
    say(f"{'':<26}{'F1':>7}{'P':>7}{'R':>7}{'tuned':>7}{'held':>7}{'missed':>8}{'leaked':>8}")
    figures: Figures = {}
    for name in ("digest", "trafilatura precision", "trafilatura default"):
        answers = extract_data.answers(EXTRACTORS[name], found)
        counts = {half: _segments(found[cut], answers[cut]) for half, cut in _HALVES.items()}
        scores = {half: _segment_score(count) for half, count in counts.items()}
        whole = scores["all"]
        say(
            f"{name:<26}{whole.f1:>7.3f}{whole.precision:>7.3f}{whole.recall:>7.3f}"
            f"{scores['tuned on'].f1:>7.3f}{scores['held out'].f1:>7.3f}"
            f"{counts['all']['missed']:>8}{counts['all']['leaked']:>8}"
        )
        figures[name] = {half: round(score.f1, 4) for half, score in scores.items()}
        if name == "digest":
            figures["fields"] = _fields(say, found, answers)
    say("(ours: standfirst and paragraphs, as a page shows them)")
    return figures


def _segments(found: Sequence[Sample], answers: Sequence[Answer]) -> Counter[str]:
    count: Counter[str] = Counter()
    for sample, answer in zip(found, answers, strict=True):
        standfirst = answer.page.standfirst if answer.page else ""
        text = "\n".join((standfirst, *answer.lines))
        there = sum(segment in text for segment in sample.listed("with"))
        count["there"] += there
        count["missed"] += len(sample.listed("with")) - there
        count["leaked"] += sum(segment in text for segment in sample.listed("without"))
    return count


def _segment_score(count: Counter[str]) -> Score:
    precision = count["there"] / max(1, count["there"] + count["leaked"])
    recall = count["there"] / max(1, count["there"] + count["missed"])
    return Score(harmonic(precision, recall), precision, recall)


def _fields(say: Say, found: Sequence[Sample], answers: Sequence[Answer]) -> Figures:
    """Headline, day and authors beside what people marked."""
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    for sample, answer in zip(found, answers, strict=True):
        for field, is_right in _checked(sample, answer.page or Page()):
            right[field][is_right] += 1
    told = {name: f"{count[True]} of {count.total()}" for name, count in right.items()}
    say("  fields right: " + ", ".join(f"{name} {text}" for name, text in told.items()))
    return {name: [count[True], count.total()] for name, count in right.items()}


def _checked(sample: Sample, page: Page) -> Iterator[tuple[str, bool]]:
    if title := sample.told("title"):
        yield "headline", squeezed(title) == squeezed(page.headline)
    if marked := sample.told("date") or sample.told("published"):
        day = _day(marked)
        if day is not None:
            zone = datetime.fromisoformat(marked).tzinfo or ZoneInfo(sample.zone)
            published = page.published.astimezone(zone).date() if page.published else None
            yield "day", published == day
    if authors := sample.listed("authors") or sample.listed("author"):
        wanted = {squeezed(name) for each in authors for name in _names(each)}
        yield "authors", wanted == {squeezed(name) for name in page.authors}


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None  # marked by hand: "2022-29-11" is no day


def _names(text: str) -> list[str]:
    for mark in (";", " und ", " and ", " & ", " et "):
        text = text.replace(mark, ",")
    return [name for name in text.split(",") if name.strip()]


def _fundus(say: Say, found: list[Sample]) -> Figures:
    """Recent news pages: paragraphs found and invented, and the fields."""
    say(f"\n{len(found)} news pages of 2023 to 2026, 90 publishers (fundus)")
    answers = extract_data.answers(EXTRACTORS["digest"], found)
    figures: Figures = {"pages_per_cpu_second": round(_speed(answers), 1)}
    for half, cut in _HALVES.items():
        wanted = there = extra = given = 0
        for sample, answer in zip(found[cut], answers[cut], strict=True):
            genuine = [squeezed(text) for text in _genuine(sample)]
            got = squeezed(" ".join(answer.lines))
            wanted += len(genuine)
            there += sum(text in got for text in genuine)
            given += len(answer.lines)
            known = " ".join((*genuine, squeezed(" ".join(_heads(sample)))))
            extra += sum(squeezed(line) not in known for line in answer.lines)
        say(
            f"  {half:<10}{there} of {wanted} paragraphs found, {extra} of {given} lines not marked"
        )
        figures[half] = {"found": there, "wanted": wanted, "extra": extra, "lines": given}
    figures["fields"] = _fields(say, found, answers)
    return figures


def _sections(sample: Sample) -> list[Mapping[str, list[str]]]:
    sections = sample.known.get("sections")
    return (
        [each for each in sections if isinstance(each, dict)] if isinstance(sections, list) else []
    )


def _genuine(sample: Sample) -> list[str]:
    return [text for each in _sections(sample) for text in each.get("paragraphs", [])]


def _heads(sample: Sample) -> list[str]:
    heads = [text for each in _sections(sample) for text in each.get("headline", [])]
    return [*heads, *sample.listed("summary")]


def _boilerplate(say: Say, data: Path) -> Figures:
    """The invented pages, by the team's own scorer."""
    scorer = data.parent / "tools/score_extract.py"
    ask = f"{sys.executable} -m digest extract {{files}} --json"
    done = subprocess.run(
        [sys.executable, str(scorer), "--max-lost", "0.01", "--run", ask],
        capture_output=True,
        text=True,
        check=False,
    )
    verdict = (done.stdout.strip().splitlines() or [done.stderr.strip() or "no answer"])[-1]
    say(f"\ninvented pages full of boilerplate (score_extract.py): {verdict}")
    return {"passed": done.returncode == 0, "verdict": verdict}


def _articles(data: Path) -> Iterator[tuple[str, bytes, list[str]]]:
    """The sample newsroom: headline, page and paragraphs of each article."""
    for path in sorted((data / "newsroom/articles").glob("*.json")):
        known = json.loads(path.read_text("utf-8"))
        html = (data / "newsroom" / known["page"]).read_bytes()
        yield known["title"], html, [text for _, text in known["body"]]


def _newsroom(say: Say, data: Path) -> Figures:
    """Pages of the sample newsroom whose paragraphs come out one for one."""
    read = [(list(pages.read(html).paragraphs), known) for _, html, known in _articles(data)]
    same = sum(got == known for got, known in read)
    say(f"\nsample newsroom: {same} of {len(read)} pages identical")
    return {"same": same, "pages": len(read)}


def _learned(say: Say, data: Path) -> Figures:
    """Each page judged by what the other pages of its source taught, nothing else filtered."""
    say("\nlines that come back, learned from a source's other articles (no other filter on)")
    sources = {name: list(found) for name, found in _by_source(data).items()}
    total: Counter[str] = Counter()
    for name, found in sources.items():
        count = _judged(found)
        total += count
        if count["caught"] or count["lost"]:
            say(
                f"  {name:<24}{len(found):>4} articles: {count['caught']:>4} boilerplate lines"
                f" caught, {count['lost']} of {count['genuine']} genuine lines lost"
            )
    say(
        f"  {'all sources':<24}{sum(map(len, sources.values())):>4} articles: {total['caught']:>4}"
        f" caught of {total['repeated']} that stand in {_ENOUGH} or more articles,"
        f" {total['lost']} of {total['genuine']} genuine lines lost"
    )
    return dict(total)


def _by_source(data: Path) -> dict[str, list[tuple[str, list[str], str]]]:
    """Source -> headline, all lines in sentences, and the genuine text of its pages."""
    found: dict[str, list[tuple[str, list[str], str]]] = defaultdict(list)
    for title, html, known in _articles(data):
        text = squeezed(" ".join(known))
        found["sample newsroom"].append((title, extract_data.sentences(html), text))
    for sample in extract_data.samples(data, "fundus"):
        text = squeezed(" ".join((*_genuine(sample), *_heads(sample))))
        lines = extract_data.sentences(sample.html)
        found[sample.told("publisher")].append((sample.told("title"), lines, text))
    return {name: each for name, each in found.items() if len(each) >= _ENOUGH}


def _judged(found: Sequence[tuple[str, list[str], str]]) -> Counter[str]:
    seen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, (title, lines, _) in enumerate(found):
        for key in learned.keys(lines):
            seen[key].append((str(number), title))
    count: Counter[str] = Counter()
    for number, (title, lines, genuine) in enumerate(found):
        gone = {
            line.text for line in learned.repeated(lines, seen, url=str(number), headline=title)
        }
        for line in set(lines):
            is_genuine = squeezed(line) in genuine
            count["genuine"] += is_genuine
            count["lost"] += is_genuine and line in gone
            count["caught"] += not is_genuine and line in gone
            count["repeated"] += not is_genuine and len(seen[learned.key(line)]) >= _ENOUGH
    return count
