"""A language model for use-case tests that follows a script."""

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from digest.model.writing import WritingAnswer, WritingRequest

Lines = Mapping[str, str] | Callable[[WritingRequest], object]


class FakeWriter:
    """Follows a script, a letter a call; after its end it answers with its lines.

    A answers with its lines · L too late · E refused by the server · J no JSON · N an empty answer
    · B a bug in the adapter
    """

    def __init__(self, lines: Lines = MappingProxyType({}), *, script: str = "") -> None:
        self.lines = lines
        self.script = list(script)
        self.requests: list[WritingRequest] = []

    async def write(self, request: WritingRequest) -> WritingAnswer:
        """What the next letter says."""
        self.requests.append(request)
        letter = self.script.pop(0) if self.script else "A"
        if letter == "B":
            raise RuntimeError("a bug")
        problems = {
            "L": f"the model's server fake gave no answer in {request.seconds:.3g} s",
            "E": "the model's server fake answered 500",
            "N": "the model gave no text",
        }
        if letter in problems:
            return WritingAnswer(model="fake-1", seconds=0.5, problem=problems[letter])
        return WritingAnswer(
            model="fake-1",
            seconds=0.5,
            text="no JSON" if letter == "J" else self._said(request),
            tokens_in=900,
            tokens_out=120,
        )

    def _said(self, request: WritingRequest) -> str:
        lines = self.lines(request) if callable(self.lines) else self.lines
        return lines if isinstance(lines, str) else json.dumps(lines, ensure_ascii=False)


WORDED = {
    "Sorrisdale": "Divers joined a cut cable, and the lights of Sorrisdale harbour came back on.",
    "Knockbrack": "Engineers found soil in new meters, and about 4,000 people in Knockbrack must"
    " boil their water.",
    "Westport": "Fourteen villages around Westport will have a library bus with 3,200 books every"
    " second week.",
    "Castlebar": "Inspectors test the cracked concrete of the bridge at Castlebar, which is shut"
    " for nine days.",
    "Galway": "Galway pupils took 12 percent more honours in exams this summer than a year before.",
    "Carrickfergus": "Some 140 miners will lose their jobs when a salt mine under Carrickfergus"
    " closes in May.",
    "Limerick": "Curators said thieves took 31 pieces of silver from a Limerick museum on Saturday"
    " night.",
    "Rossaver": "The new ferry timetable gives islanders two more sailings a day from Rossaver.",
    "Armagh": "Armagh growers expect to pick 40,000 tonnes of apples after the driest spring in"
    " ten years.",
    "Belfast": "The railway company said night trains with 200 beds will return between Belfast"
    " and Cork in June.",
}
"""What a good model makes of the stories of `builders.distinct_article`, by their place."""

_STORY = re.compile(r"\[(\w+) story (\d+)\]\n(.*?)\n\[\1 end of story \2\]", re.DOTALL)


def told(stories: str) -> dict[str, str]:
    """Id -> text of each story that a request holds."""
    return {match[2]: match[3] for match in _STORY.finditer(stories)}


def well_worded(stories: str, **others: str) -> dict[str, str]:
    """What a good model answers; keyword arguments replace the line of a place."""
    lines = WORDED | others
    return {
        one: next(line for place, line in lines.items() if place in text)
        for one, text in told(stories).items()
    }
