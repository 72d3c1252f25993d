"""Whether an element of a page can be seen: what its attributes and its own style say (pure).

Style sheets are not read: what they hide by class stays in the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_WHITE = re.compile(
    r"white\b|#fff(?:f(?:ff)?)?\b|#f[a-f]f[a-f]f[a-f]\b|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]\b",
    re.IGNORECASE,
)
_CLEAR = re.compile(
    r"(?:transparent|none|inherit|initial|unset)\b|rgba\([^)]*,\s*0(?:\.0+)?\s*\)", re.IGNORECASE
)
_NOTHING = re.compile(r"[01]?(?:\.\d+)?(?:px|pt)$|0(?:\.0+)?(?:[a-z]+|%)?$", re.IGNORECASE)
_FAR_AWAY = re.compile(r"-\d{3,}")


@dataclass(frozen=True, slots=True)
class Look:
    """What text inherits: white ink, a page that is not white, letters too small to see."""

    white: bool = False
    shaded: bool = False
    tiny: bool = False

    @property
    def seen(self) -> bool:
        """Whether text that looks like this can be read."""
        return not self.tiny and (self.shaded or not self.white)


def look_of(attributes: Mapping[str, str], inherited: Look) -> Look | None:
    """Return how an element's text looks, or None where neither it nor anything in it is shown."""
    style = _declarations(attributes.get("style", ""))
    if (
        "hidden" in attributes
        or style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
    ):
        return None
    if re.fullmatch(r"0*\.?0*%?", style.get("opacity", "1")) or style.get("mso-hide") == "all":
        return None
    if _FAR_AWAY.match(style.get("text-indent", "")) or (
        style.get("position") in ("absolute", "fixed")
        and any(_FAR_AWAY.match(style.get(side, "")) for side in ("left", "top", "right", "bottom"))
    ):
        return None
    look = inherited
    ink = style.get("color") or attributes.get("color") or attributes.get("text")
    if ink and not _CLEAR.match(ink):
        look = replace(look, white=bool(_WHITE.match(ink)))
    ground = style.get("background-color") or style.get("background") or attributes.get("bgcolor")
    if ground and not _CLEAR.match(ground):
        look = replace(look, shaded=not _WHITE.match(ground))
    size = style.get("font-size")
    return replace(look, tiny=bool(_NOTHING.match(size))) if size else look


def _declarations(style: str) -> dict[str, str]:
    """Return a style's declarations; of two for one property the last counts."""
    parts = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in parts}
