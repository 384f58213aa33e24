"""CSS from the first style block into style attributes, once per edition and appeal variant."""

import cssutils
from premailer import Premailer

cssutils.log.setLevel("CRITICAL")


def inlined(html: str) -> str:
    """The HTML with its rules on the elements; blocks marked data-premailer="ignore" stay.

    The arguments undo premailer's defaults one by one: it would strip every `!important` from the
    kept block, overwrite width and height attributes, and fetch linked sheets.
    """
    return str(
        Premailer(
            html,
            disable_validation=True,
            strip_important=False,
            disable_basic_attributes=["width", "height"],
            align_floating_images=False,
            allow_network=False,
        ).transform(pretty_print=False)
    )
