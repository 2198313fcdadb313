"""Words that classify lines of notes: parts of a talk, labels, roles, names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reinvent_tui.library.word_lists import word_list

_TAKEAWAYS = (
    r"(?:(?:\d+|the|my|our|your|some|main|key|big|biggest|top|final|core|personal|overall|actual|most important|"
    r"interesting|other|few|important)\s+)*"
    r"(?:take[\s-]?aways?(?:\s*[/&]\s*.*)?|key\s+(?:points?|learnings?|lessons?|insights?|messages?|findings?)|"
    r"main\s+points?|lessons?(?:\s+learn(?:ed|t))?(?:\s+so\s+far)?|learnings?|lesson\s*#?\d+|"
    r"conclusions?|concluding\s+(?:remarks?|thoughts?|words?|notes?)|wrap(?:ping)?[\s-]?up|"
    r"lessons?\s+(?:you|we|i)(?:['’]ve)?\s+learn(?:ed|t)(?:\s.*)?|"
    r"what\s+(?:are|were)\s+(?:the|your|my|our)\s+(?:\w+\s+)?(?:lessons?|take[\s-]?aways?|learnings?)\b.*|"
    r"morals?(?:\s+of\s+the\s+\w+)?|(?:take[\s-]?home\s+|main\s+|key\s+)?messages?\s+(?:of\s+the\s+talk|to\s+take\s+home)|"
    r"summary(?:\s+(?:and|&)\s+\w+)?|sum(?:ming)?[\s-]up|in\s+summary|to\s+sum\s+up|tl\s*[;:,.]?\s*dr|recap|"
    r"action\s+(?:items?|points?)|to\s+remember|points?\s+to\s+remember|what\s+(?:i|we)(?:'ve)?\s+learn(?:ed|t)|"
    r"in\s+conclusion|take[\s-]?home\s+messages?|what\s+(?:i|we)\s+(?:take|took)\s+home|"
    r"what\s+did\s+(?:i|we)\s+learn|things?\s+(?:i|we)\s+learn(?:ed|t)|highlights|bottom\s+line|important\s+findings)"
    r"(?:\s+(?:from|of)\s+(?:the|this)\s+(?:talk|session|keynote|day|workshop)|\s+today|\s*\([\w ]{1,20}\)|"
    r"\s*(?:/|&|,|\band\b)\s*[\w -]{1,30})?"
)
TAKEAWAYS: Final = re.compile(rf"\W*{_TAKEAWAYS}\W*", re.IGNORECASE)
"""A heading or label above takeaways."""

INLINE_TAKEAWAY: Final = re.compile(
    r"(?:(?:the|my|our|main|key|big|biggest|final|overall|most important)\s+)*"
    r"(?:take[\s-]?aways?|tl\s*;?\s*dr|lessons?(?:\s+(?:learn(?:ed|t)|\d+))?|summary|conclusions?|in\s+summary|bottom\s+line|"
    r"action\s+items?|key\s+points?|learnings?)"
    r"(?:\s*\*{0,2}\s*(?::|\s[-–—]+>?\s|-+>)\s*\*{0,2}|(?<=dr)\s+(?=\S))\s*(\S.*)",
    re.IGNORECASE,
)
"""A line with a takeaway after a label."""

_PARTS = (
    r"sources?|references?|links?(?:\s+.*)?|resources?|further\s+reading|reading\s+list|notes?|(?:session\s+)?info(?:rmation)?|"
    r"speakers?|presenters?|panelists?|authors?|tags|topics|agenda|outline|overview|introduction|intro|abstract|"
    r"description|background|motivation|welcome|contents|table\s+of\s+contents|toc|q\s*&\s*a|q's|questions?(?:\s+.*)?|"
    r"(?:audience\s+)?questions?\s+(?:and|&)\s+answers?|demos?|examples?|discussion|appendix|footnotes?|slides?|videos?|"
    r"recordings?|follow[\s-]?ups?|next\s+steps?|what\s+next|what's\s+next|to[\s-]?dos?|todo|things?\s+to\s+(?:google|read|"
    r"look\s+up|look\s+into|check|research|try|do).*|to\s+google.*|to\s+look\s+up|look\s+into|new\s+terms?|terms?|"
    r"terminology|glossary|tools?|tech|misc(?:ellaneous)?(?:\s+notes?)?|other|others|misc\.?\s+.*|conference\s+details?|details?|"
    r"logistics|location|venue|schedule|attendees?|participants?|acknowledg?e?ments?|thanks|credits?|contact|about(?:\s+"
    r"(?:me|us|the\s+(?:speakers?|author)))?|related(?:\s+.*)?|see\s+also|photos?|pictures?|images?|(?:non-session\s+)photos?|"
    r"registration|mittagspause|kaffeepause|pause(?:\s+\w+)?|fragen(?:\s+(?:und|&)\s+antworten)?|"
    r"(?:a\s+|taking\s+a\s+|short\s+)*(?:coffee\s+|lunch\s+|short\s+)?break|lunch(?:\s+break)?|dinner|breakfast|"
    r"closing(?:\s+(?:thoughts?|remarks?|words))?|final\s+(?:thoughts?|words|remarks?)|afterword|"
    r"reflecti(?:ng|ons?)(?:\s+on\s+.*)?|thoughts?|my\s+(?:thoughts?|opinion)|impressions?|epilogue|prologue|preface|"
    r"image\s+credits?|ps|p\.s\.|update|updates|disclaimer|license|licence|contributing|contribution\s+.*|speaker\s+notes|sessions|talks"
)
PART: Final = re.compile(rf"\W*(?:{_PARTS}|{_TAKEAWAYS})\W*", re.IGNORECASE)
"""A heading of a part of a session or file, never of a session."""

ONE_TALK: Final = re.compile(
    rf"\W*(?:q\s*&\s*a|q's|questions?(?:\s+.*)?|agenda|outline|overview|introduction|intro|demos?|abstract|motivation|"
    rf"background|speakers?|{_TAKEAWAYS})\W*",
    re.IGNORECASE,
)
"""A part typical of a single talk; headings beside it are parts too."""

SESSION: Final = re.compile(
    r"(?:opening\s+|closing\s+|morning\s+|leadership\s+|ceo\s+)*"
    r"(?:keynote|session|talk|lightning\s+talks?|workshop|panel|chalk\s+talk|breakout|tutorial|fireside\s+chat|builders?\s+session)"
    r"(?:\s*(?:\d{1,2})?\s*[:–—-]|\s*\d{1,2}\.(?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
"""A label before a title that marks a session."""

LABEL: Final = re.compile(
    r"(?:session|talks?|title)(?:\s*(?:\d{1,2})?(?:\s*:\s*|\s+[–—-]\s+)|\s*\d{1,2}\.\s+)(?=\S)", re.IGNORECASE
)
"""A label that is not part of the title."""

ENUMERATOR: Final = re.compile(
    r"(?:(?P<letter>[A-Z])(?:\d{1,2}\.[A-Z]\b[.:)]?(?=\s)|\d{0,2}\s*[.:)](?=[\s\"“*]|[A-Z][a-z]|$))"
    r"|(?P<number>\d{1,2})\s*[.:)](?=[\s\"“*]|[A-Z][a-z]|$))\s*(?=\S|$)"
)
"""``A.``, ``B2.``, ``A1.D``, ``1:`` before a title."""

MINUTES: Final = re.compile(r"\s*[\[(]\d{1,3}\s*min(?:ute)?s?\.?[\])]$", re.IGNORECASE)
"""How long a session took, after its title: ``[40 min]``."""

PLACEHOLDER: Final = re.compile(
    r"\$\{[^}]*\}|\{\{[^}]*\}\}|<[a-z ]+>|\[(?:title|talk|name|speaker)[^\]]*\]|(?:untitled|title|todo|tbd|template)",
    re.IGNORECASE,
)


_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*\.?")
_NICKNAME = re.compile(r"\s[\"“][^\"“”]{1,20}[\"”](?=\s)")


@lru_cache(maxsize=4096)
def looks_like_name(text: str, *, labelled: bool = False) -> bool:
    """Return whether ``text`` looks like a person's name: two to four capitalised words without another meaning.

    After a label (``labelled``) one of them may have another meaning: ``Speaker: Dan North``.
    """
    words = (_NICKNAME.sub("", text) if '"' in text or "“" in text else text).replace("\u00a0", " ").split()
    if not 2 <= len(words) <= 5 or len(text) > 50:
        return False
    named = ordinary = 0
    for position, word in enumerate(words):
        bare = word.strip(".,")
        lower = bare.lower()
        if lower in word_list("particles") and 0 < position < len(words) - 1:
            continue
        if (
            not _TOKEN.fullmatch(word)
            or lower.startswith("ex-")
            or not (bare[0].isupper() or re.match(r"[dDoO]['’][A-Z]", bare))
            or lower in word_list("roles")
        ):
            return False
        ordinary += lower in word_list("not_names")
        # Rejects AWS, SQL, NATS; accepts JD Long, and initials.
        if bare.isupper() and len(bare) > 2 and "." not in bare:
            return False
        named += len(bare) > 1
    return named >= 2 and (ordinary < named if labelled else not ordinary)


def is_role(text: str) -> bool:
    """Return whether ``text`` contains a role: ``Senior Engineer, AWS``."""
    return any(word.strip(".,()").lower() in word_list("roles") for word in text.split())
