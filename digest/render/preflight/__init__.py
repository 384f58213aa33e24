"""What is looked at before a release: one function a rule, each with the name editors see."""

from digest.model.preflight import Finding
from digest.render.preflight import dates, letters, links, sight, wording
from digest.render.preflight.look import Look

RULES = (*wording.RULES, *dates.RULES, *letters.RULES, *links.RULES, *sight.RULES)


def findings(look: Look) -> tuple[Finding, ...]:
    """Everything that is wrong with an edition, as far as its own bytes tell."""
    return tuple(found for rule in RULES for found in rule(look))


__all__ = ["RULES", "Look", "findings"]
