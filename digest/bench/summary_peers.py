"""What sumy, summa and rouge-score make of the same articles; a program of its own.

Run by their own Python, it reads one JSON object from standard input and prints another; nothing
of Digest is imported, and nothing of Digest imports it: our own Python does not have theirs.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from nltk.tokenize import NLTKWordTokenizer
from rouge_score import rouge_scorer
from summa import summarizer
from sumy.models import dom
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers import kl, lex_rank, lsa, luhn, reduction, sum_basic, text_rank
from sumy.utils import get_stop_words

ROUGE = ("rouge1", "rouge2", "rougeL")

Summary = Callable[[Sequence[str], int], str]


def methods() -> dict[str, Summary]:
    """Everybody's ways to the best so many sentences of an article."""
    return {
        "sumy Luhn": sumy(luhn.LuhnSummarizer),
        "sumy LexRank": sumy(lex_rank.LexRankSummarizer),
        "sumy LSA": sumy(lsa.LsaSummarizer),
        "sumy TextRank": sumy(text_rank.TextRankSummarizer),
        "sumy KL": sumy(kl.KLSummarizer),
        "sumy SumBasic": sumy(sum_basic.SumBasicSummarizer),
        "sumy Reduction": sumy(reduction.ReductionSummarizer),
        "summa TextRank": summa,
    }


class Words:
    """sumy's own way to words, without the data it would fetch to split sentences."""

    def __init__(self) -> None:
        self._words = NLTKWordTokenizer()

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The tokens with a letter in them."""
        tokens = self._words.tokenize(sentence)
        return tuple(token for token in tokens if any(map(str.isalpha, token)))


def sumy(kind: Any) -> Summary:
    """One of sumy's methods, stemming and without stop words."""
    method = kind(Stemmer("english"))
    method.stop_words = get_stop_words("english")
    words = Words()

    def summary(sentences: Sequence[str], most: int) -> str:
        told = [dom.Sentence(sentence, words) for sentence in sentences]
        chosen = method(dom.ObjectDocumentModel([dom.Paragraph(told)]), most)
        return " ".join(str(sentence) for sentence in chosen)

    return summary


def summa(sentences: Sequence[str], most: int) -> str:
    """summa's TextRank: its best sentences in the text's order."""
    told = summarizer.summarize("\n".join(sentences), ratio=1.0, split=True, scores=True)
    best = sorted(told, key=lambda scored: -scored[1])[:most]
    return " ".join(sentence for sentence, score in told if (sentence, score) in best)


def main() -> None:
    """Answer what stands on standard input."""
    asked = json.load(sys.stdin)
    lines: dict[str, list[list[str]]] = {}
    seconds = {}
    for name, method in methods().items():
        start = time.process_time()
        one = [method(sentences, 1) for sentences in asked["articles"]]
        seconds[name] = (time.process_time() - start) / len(one)
        lines[name] = [one, [method(sentences, 2) for sentences in asked["articles"]]]
    scorer = rouge_scorer.RougeScorer(list(ROUGE), use_stemmer=True)
    scored = [scorer.score(reference, said) for reference, said in asked["pairs"]]
    rouge = [[score[kind].fmeasure for kind in ROUGE] for score in scored]
    json.dump({"lines": lines, "seconds": seconds, "rouge": rouge}, sys.stdout)


if __name__ == "__main__":
    main()
