"""How the newsroom looks in mail and on its pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One set of colours, "#rrggbb" each; every text has 4.5:1 on what it stands on."""

    accent: str
    """Links and buttons."""
    on_accent: str
    """The words on a button."""
    ink: str
    """Text and headlines."""
    soft: str
    """Text of less weight."""
    paper: str
    """Around the page."""
    card: str
    """The page."""
    rule: str
    """Lines between stories."""
    line: str
    """Under the links of the bulletin."""
    tint: str
    """Behind the appeal."""


LIGHT = Colours(
    accent="#0b5f56",
    on_accent="#ffffff",
    ink="#1c1c1c",
    soft="#595959",
    paper="#f3f0ea",
    card="#ffffff",
    rule="#d8d3c8",
    line="#8fb5af",
    tint="#e9f2f0",
)
DARK = Colours(
    accent="#84d3c5",
    on_accent="#0b221e",
    ink="#ecebe7",
    soft="#b4b6b3",
    paper="#131516",
    card="#1d2021",
    rule="#3b4041",
    line="#4f7d75",
    tint="#20302d",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture in place of the newsroom's name; its alt text is that name."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Colours, logo and fonts."""

    light: Colours = LIGHT
    dark: Colours = DARK
    logo: Logo | None = None
    headings: str = 'Georgia, "Times New Roman", serif'
    """CSS font families of headlines."""
    text: str = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'
    """CSS font families of everything else."""
    card_font: str = ""
    """A font file for the picture that stands for an edition where it is shared; "" for ours."""
