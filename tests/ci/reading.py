"""A page as somebody reads it aloud: headings, sentences, lists, tables and what drawings show."""

from html.parser import HTMLParser

BLOCKS = frozenset(
    ("p", "li", "dt", "dd", "summary", "caption", "pre", "desc", "label", "div", "header", "nav")
)
QUIET = frozenset(("style", "script", "title", "svg"))
VOID = frozenset(("meta", "link", "input", "br", "hr"))


class Reading(HTMLParser):
    """The words of a page, a line for each block; what is only drawn is told by its description."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        self.end()

    def end(self, start: str = "") -> None:
        """Finish a line."""
        text = " ".join("".join(self.words).split())
        if text:
            self.lines.append(start + text)
        self.words = []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        if tag in BLOCKS or tag in ("tr", "section", "article") or tag[0] == "h":
            self.end()
        if tag in ("section", "h2"):
            self.lines.append("")
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        lists = sum(each in ("ul", "ol") for each in self.open)
        match tag:
            case "h1" | "h2" | "h3" | "h4":
                self.end("#" * int(tag[1]) + " ")
            case "li":
                self.end("  " * (lists - 1) + "- ")
            case "th" | "td":
                self.words.append(" | ")
            case "tr":
                self.end("| ")
            case "desc":
                self.end("[drawing] ")
            case "summary":
                self.end("> ")
            case "del" | "ins":
                self.words.append("~" if tag == "del" else "")
            case _ if tag in BLOCKS:
                self.end()

    def handle_data(self, data):
        drawn = "svg" in self.open and "desc" not in self.open
        if not drawn and not QUIET & {*self.open[-1:]}:
            self.words.append("~" + data if self.open[-1:] == ["del"] else data)


def read_aloud(page: str) -> str:
    """The page as plain text."""
    return "\n".join(Reading(page).lines).strip() + "\n"
