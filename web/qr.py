"""A QR code as a drawing in the page: the secret goes to no picture file, no cache."""

from __future__ import annotations

from markupsafe import Markup


def drawn(text: str, title: str) -> Markup:
    """Return ``text`` as an SVG with a border, black on white in the dark too.

    A reader wants four modules of quiet around it (ISO/IEC 18004, 5.3.8).
    """
    import segno  # noqa: PLC0415  2.7 MB that a site without such a page saves

    code = segno.make(text, error="m", micro=False)
    return Markup(  # noqa: S704  segno's own drawing; the text is in it as squares
        code.svg_inline(
            border=4,
            dark="#000",
            light="#fff",
            omitsize=True,
            svgclass="qr",
            title=title,
        )
    )
