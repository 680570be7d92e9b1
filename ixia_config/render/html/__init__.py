"""The process and its changes as one HTML file that needs no network."""

from ixia_config.render.html.documents import Origin, handbook_html, report_html
from ixia_config.render.html.view import View

__all__ = ["Origin", "View", "handbook_html", "report_html"]
