"""The shape of `brand` in config.yaml."""

from pydantic import Field

from digest.config.fields import Colour, Fonts, Line, Pixels, WebAddress
from digest.config.shaping import Shape


class ColoursShape(Shape):
    """Colours as #rrggbb; those left out are ours, or follow from the others."""

    accent: Colour | None = Field(default=None, description="Links and buttons.")
    ink: Colour | None = Field(default=None, description="Text and headlines.")
    soft: Colour | None = Field(default=None, description="Text of less weight.")
    paper: Colour | None = Field(default=None, description="Around the page.")
    card: Colour | None = Field(default=None, description="The page.")


class LogoShape(Shape):
    """A picture in place of the newsroom's name."""

    url: WebAddress = Field(description="A JPEG or PNG, best of twice the size it is shown at.")
    width: Pixels = Field(description="Shown so wide, 16 to 536 pixels.")
    height: Pixels = Field(description="Shown so high, in pixels.")


class BrandShape(Shape):
    """Colours, logo and fonts of mail and pages."""

    light: ColoursShape = Field(
        default_factory=ColoursShape, description="Colours on a light screen."
    )
    dark: ColoursShape = Field(default_factory=ColoursShape, description="Colours on a dark one.")
    logo: LogoShape | None = Field(
        default=None, description="A picture in place of the newsroom's name."
    )
    headings: Fonts | None = Field(
        default=None, description="CSS font families of headlines, the last one generic."
    )
    text: Fonts | None = Field(
        default=None, description="CSS font families of everything else, the last one generic."
    )
    card_font: Line | None = Field(
        default=None,
        description="A font file (TTF or OTF) for the picture shown where an edition is shared.",
    )
