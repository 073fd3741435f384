"""The report in a real browser: it fits narrow and wide windows and three printed pages, folds open, filters work."""
from __future__ import annotations

import re
import shutil
from contextlib import closing

import pytest

from helpers.documents import PROJECT
from helpers.run import run
from helpers.run.report import report_html
from helpers.themes.choices import settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
try:
    from playwright.sync_api import sync_playwright
except ImportError:
    CHROMIUM = None
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium and playwright (.ci/run installs both)")
MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")


BOTH = pytest.mark.parametrize("report", ["tests/documents", "seeds"], indirect=True)
PART = ".part:has(> #{}) > summary"


@pytest.fixture(scope="module")
def report(request, tmp_path_factory):
    """The report of a folder, as the command line writes it."""
    source = PROJECT / getattr(request, "param", "tests/documents")
    found, _ = run._tables(run.load(source), source, None)
    counted, said = run._counted_once(found, source)
    facts = {"kit": "communique 1.2.3", "date": "2026-11-24", "settings": settings(source),
             "counted": said, "notebooks": {"00_start_here": "ok"}}
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_html(counted, facts=facts), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as p:
        yield p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def opened(browser, report):
    """The report in a window of some width; nothing may be asked of a network, nor go wrong."""
    wrong = []

    def opened(*, width=1280, script=True, anchor="", dark=False):
        page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=script,
                                color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.set_default_timeout(10_000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
        page.goto(report.as_uri() + anchor)
        return closing(page)

    yield opened
    assert not wrong


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@BOTH
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_page_never_scrolls_sideways_folded_or_unfolded(opened, width, dark):
    with opened(width=width, dark=dark) as page:
        for _ in range(2):
            assert page.evaluate("document.documentElement.scrollWidth") == width
            page.click("#unfold")
        light = page.evaluate("getComputedStyle(document.body).backgroundColor").strip("rgb()").split(", ")
        assert (int(light[0]) < 60) == dark


@BOTH
def test_the_overview_fits_three_printed_pages_and_what_is_folded_is_not_printed(opened):
    with opened() as page:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = false")
        assert pages(page.pdf(format="A4", margin=MARGIN)) <= 3
        page.evaluate("location.hash = 'quotes'")
        assert pages(page.pdf(format="A4", margin=MARGIN)) > 3


@pytest.mark.parametrize("script", [True, False], ids=["with the script", "without it"])
def test_a_link_opens_what_is_folded(opened, script):
    with opened(script=script) as page:
        assert page.is_visible("#search") == script
        page.click("nav a[href='#figures']")
        page.click("#figures tbody tr:nth-child(2) a[href^='#d1f']")
        assert page.is_visible("#d1f2") and page.locator("#d1f2").evaluate("mark => mark.matches(':target')")
    with opened(script=script, anchor="#d1q1r") as page:  # as from results.xlsx
        assert page.is_visible("#d1q1r")
        assert page.evaluate("(wide => wide.scrollHeight - wide.clientHeight)(document.querySelector('#quotes .wide'))") == 0


def test_rows_are_filtered_by_speaker_kind_and_words(opened):
    with opened() as page:
        rows = page.locator("#quotes tbody tr")
        speaker = rows.first.get_attribute("data-speaker")
        own = rows.evaluate_all("(rows, name) => rows.filter((row) => row.dataset.speaker === name).length", speaker)
        page.select_option("#search [name=speaker]", speaker)
        shown = "rows => rows.filter((row) => !row.hidden).length"
        assert 0 < own == rows.evaluate_all(shown) < rows.count()
        assert f"{own} quotes" in page.inner_text("#hits") and not page.is_visible(PART.format("phrases"))
        page.click("#clear")
        page.select_option("#search [name=kind]", "date")
        assert not page.is_visible(PART.format("quotes")) and page.is_visible(PART.format("figures"))
        page.click("#clear")
        page.fill("#search [name=words]", "no such words anywhere")
        assert page.inner_text("#hits") == "nothing found"
        page.click("nav a[href='#quotes']")  # a link wins over a filter that hides where it leads
        assert rows.evaluate_all(shown) == rows.count() and page.is_visible("#quotes table")


def test_documents_are_filtered_by_date(opened):
    with opened() as page:
        page.fill("#search [name=from]", "2024-01-01")
        page.click("#hits a[href='#documents']")
        dates = page.locator(".doc:visible").evaluate_all("docs => docs.map((doc) => doc.dataset.day)")
        assert dates and all(date >= "2024" for date in dates)


def test_layers_are_switched_by_the_keyboard_and_without_a_script(opened):
    """The look of each mark, before and after its box is unchecked."""
    looks = {"speakers": (".words .quote", "backgroundColor"), "cues": (".words .cue", "borderBottomColor"),
             "figures": (".words .figure", "borderTopColor"), "themes": (".words .theme", "boxShadow")}
    with opened(script=False, anchor="#d1") as page:
        for layer, (mark, how) in looks.items():
            look = f"mark => getComputedStyle(mark).{how}"
            before = page.locator(mark).first.evaluate(look)
            page.focus(f"#show-{layer}")
            page.keyboard.press("Space")
            assert page.locator(mark).first.evaluate(look) != before
        assert not page.is_visible(".words .chip") and not page.is_visible(".words .value")
