"""What is wrong with a page as it stands in a browser: for everybody, at any size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AXE = (Path(__file__).parents[1] / "vendor/axe/axe.min.js").read_text(encoding="utf-8")

ASK_AXE = """() => axe.run({ preload: false })
  .then(({ violations }) => violations.map(v => `${v.id}: ${v.nodes[0].html}`))"""

LOOK = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push("sideways");
  const targets = "main :is(button, .button, summary, select), main .field input";
  for (const one of document.querySelectorAll(targets)) {
    const { width, height } = one.getBoundingClientRect();
    if (width && height < 43.5) faults.push(`${height} px: ${one.outerHTML}`);
  }
  return faults;
}"""


def faults_of(page: Any) -> list[str]:
    """Return what axe finds, what goes sideways, and targets below 44 px (WEB-2)."""
    page.evaluate(AXE)
    return [*page.evaluate(LOOK), *page.evaluate(ASK_AXE)]


def main_words(page: Any) -> str:
    """Return the words of the page's main part in one line."""
    return " ".join(page.locator("main").inner_text().split())
