"""The page around chapters: landmarks, contents, search, and a policy that lets nothing out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ixia_config.render.html.looks import SCRIPT, STYLE
from ixia_config.render.html.tags import Content, Html, joined, tag


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to read about, with its own place in the contents."""

    anchor: str
    title: str
    body: Html
    tags: tuple[tuple[str, str], ...] = ()  # word and colour
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Cards that belong together."""

    anchor: str
    title: str
    cards: tuple[Card, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document; ``closing`` is said at its end."""

    title: str
    kicker: str
    lead: str
    chapters: tuple[Chapter, ...]
    closing: tuple[str, ...] = ()


def written(page: Page) -> str:
    """The page as one file that needs nothing else and asks nobody for anything."""
    body = [
        tag("a", "Skip to the content", class_="skip", href="#content"),
        tag("header", tag("div", *_top(page)), class_="top"),
        tag("div", _contents(page), _main(page), class_="layout"),
        tag("footer", tag("div", [tag("p", each) for each in page.closing])),
        tag("script", Html(SCRIPT)),
    ]
    lines = ["<!doctype html>", '<html lang="en">', _head(page), "<body>", *body, "</body>"]
    return "\n".join([*lines, "</html>"]) + "\n"


def _head(page: Page) -> Html:
    size = "width=device-width, initial-scale=1"
    return tag(
        "head",
        *_apart(
            [
                tag("meta", charset="utf-8"),
                tag("meta", http_equiv="Content-Security-Policy", content=rules()),
                tag("meta", name="viewport", content=size),
                tag("meta", name="referrer", content="no-referrer"),
                tag("meta", name="color-scheme", content="light dark"),
                Html('<link rel="icon" href="data:,">'),
                tag("title", page.title),
                tag("style", Html(STYLE)),
            ]
        ),
    )


def rules() -> str:
    """What a browser may do with the page: run this script and show this style, nothing else."""
    none = ("base-uri 'none'", "form-action 'none'", "img-src data:")
    own = f"style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'"
    return f"default-src 'none'; {own}; {'; '.join(none)}"


def _digest(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def _top(page: Page) -> Iterator[Html]:
    yield tag("p", page.kicker, class_="kicker")
    yield tag("h1", page.title)
    if page.lead:
        yield tag("p", page.lead, class_="soft")


def _contents(page: Page) -> Html:
    box = tag(
        "div",
        tag("label", "Search this page", for_="find"),
        tag("input", id="find", type="search", autocomplete="off"),
        tag("output", for_="find", aria_live="polite"),
        id="search",
        role="search",
        hidden=True,
    )
    links = tag("ul", [_chapter_link(each) for each in page.chapters])
    return tag("nav", tag("div", box, links), aria_label="Contents")


def _chapter_link(chapter: Chapter) -> Html:
    below = [tag("li", tag("a", each.title, href=f"#{each.anchor}")) for each in chapter.cards]
    shown = tag("ul", below) if len(below) > 1 else None
    return tag("li", tag("a", chapter.title, href=f"#{chapter.anchor}"), shown)


def _main(page: Page) -> Html:
    return tag("main", *_apart(_chapter(each) for each in page.chapters), id="content")


def _chapter(chapter: Chapter) -> Html:
    heading = f"{chapter.anchor}-title"
    lead = tag("p", chapter.lead, class_="soft") if chapter.lead else None
    return tag(
        "section",
        tag("h2", chapter.title, id=heading),
        lead,
        *_apart(_card(each) for each in chapter.cards),
        id=chapter.anchor,
        aria_labelledby=heading,
    )


def _card(card: Card) -> Html:
    marks = [pill(word, colour) for word, colour in card.tags]
    about = tag("p", card.about, class_="soft") if card.about else None
    head = tag("header", tag("h3", card.title, id=f"{card.anchor}-title"), *marks)
    return tag(
        "article",
        head,
        about,
        card.body,
        class_="card",
        id=card.anchor,
        data_find=True,
        aria_labelledby=f"{card.anchor}-title",
    )


def _apart(parts: Iterable[Html]) -> Iterator[Content]:
    """Each on a line of its own, so that two versions of a page can be compared."""
    for each in parts:
        yield Html("\n")
        yield each


def pill(word: str, colour: str = "") -> Html:
    """A short word with a colour that repeats what it says."""
    return tag("span", word, class_=f"tag {colour}".strip())


def listing(parts: Sequence[Content], kind: str = "plain", *, ordered: bool = False) -> Html:
    """A list, with a line for each part."""
    made = [joined([Html("\n"), tag("li", each)]) for each in parts]
    return tag("ol" if ordered else "ul", *made, class_=kind)


def facts(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Terms and what is so."""
    kept = [(term, told) for term, told in pairs if told]
    return tag("dl", [joined([tag("dt", term), tag("dd", told)]) for term, told in kept])


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Content]], kind: str = ""
) -> Html:
    """A table that scrolls by itself where it is wider than the screen."""
    top = tag("tr", [tag("th", each, scope="col") for each in head])
    body = [
        joined(
            [Html("\n"), tag("tr", tag("th", row[0], scope="row"), [tag("td", c) for c in row[1:]])]
        )
        for row in rows
    ]
    made = tag(
        "table",
        tag("caption", caption),
        tag("thead", top),
        tag("tbody", *body),
        class_=kind or None,
    )
    return tag("div", made, class_="scroll", tabindex=0, role="region", aria_label=caption)


def fold(summary: str, *content: Content) -> Html:
    """What a reader may open; print shows it."""
    return tag("details", tag("summary", summary), *content)
