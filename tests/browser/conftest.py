"""A real browser, what it complains of, and what a look at a page finds wrong with it."""
from __future__ import annotations

import os
import re
import shutil
import sys

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OURS = re.compile(r"(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|(?:data|blob|file|about|chrome-error):")
# What JupyterLab itself complains of, whatever the notebook: nothing that a reader meets.
HARMLESS = (r"404 \(Not Found\) http://127\.0\.0\.1:\d+/lsp/status",)  # no language servers are installed

# What is wrong with the part of the page below a selector.  Contrast is WCAG 2's, of text on the colours behind it.
LOOK = """([selector, contrast]) => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const words = (one) => (one.innerText || one.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 60);
  const numbers = (colour) => {
    const found = (colour.match(/[\\d.]+(?:e-?\\d+)?/g) || []).map(Number);
    const scale = colour.startsWith('color(') ? 255 : 1;
    return [...found.slice(0, 3).map((n) => n * scale), found[3] ?? 1];
  };
  const over = (front, back) => back.map((n, i) => front[i] * front[3] + n * (1 - front[3]));
  const light = (colour) => colour.map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const chain = (one) => (one ? [one, ...chain(one.parentElement)] : []);
  const ratio = (one) => {
    let back = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
    let opacity = 1;
    for (const around of chain(one).reverse()) {
      const style = getComputedStyle(around);
      if (style.backgroundImage !== 'none') return 21;
      opacity *= style.opacity;
      back = over(numbers(style.backgroundColor), back);
    }
    const ink = numbers(getComputedStyle(one).color);
    const [high, low] = [light(back), light(over([...ink.slice(0, 3), ink[3] * opacity], back))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const faults = [];
  for (const root of document.querySelectorAll(selector)) {
    const all = [root, ...root.querySelectorAll('*')].filter(shown);
    for (const img of all.filter((one) => one.tagName === 'IMG')) {
      const alt = (img.getAttribute('alt') || '').trim();
      if (!alt || /^no description/i.test(alt)) faults.push('picture without words: ' + img.src.slice(0, 60));
      if (img.complete && !img.naturalWidth) faults.push('broken picture: ' + alt);
    }
    for (const one of all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())))
      if (!one.closest('svg') && ratio(one) < contrast) faults.push(`hard to read (${ratio(one).toFixed(1)}): ${one.tagName} ${words(one)}`);
  }
  return [...new Set(faults)];
}"""


def _chromium() -> str:
    return next(filter(None, map(shutil.which, BROWSERS)), "")


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium for the tests of one file: playwright's loop must not outlive them."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[browser]'")
    program = _chromium()
    if not program:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    sandbox = ["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else []
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=[*sandbox, "--disable-background-networking", "--disable-component-update"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def watched(browser):
    """A maker of pages: (page, faults), a list in which everything that the page complains of turns up."""
    contexts = []

    def make(**settings):
        contexts.append(browser.new_context(locale="en-US", **settings))
        page, faults = contexts[-1].new_page(), []

        def said(message):
            told = f"{message.text[:300]} {message.location.get('url', '')}"
            if message.type == "error" and not any(re.search(known, told) for known in HARMLESS):
                faults.append(f"console: {told}")

        def asked(route):
            if OURS.match(route.request.url):
                route.continue_()
            else:
                faults.append(f"outside request: {route.request.url[:200]}")
                route.abort()

        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(f"script: {str(error)[:300]}"))
        page.on("websocket", lambda socket: OURS.match(socket.url) or faults.append(f"outside request: {socket.url[:200]}"))
        contexts[-1].route("**/*", asked)
        return page, faults

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def look():
    """What is wrong with a part of a page: pictures without words or broken, text too pale to read."""
    return lambda page, selector, contrast=4.5: page.evaluate(LOOK, [selector, contrast])
