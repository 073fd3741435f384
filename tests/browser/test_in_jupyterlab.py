"""Every notebook in JupyterLab, in a real browser: run, looked at in both themes, rows corrected and seen again."""
from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import types
import urllib.request

import pytest

from helpers.documents import PROJECT

NOTEBOOKS = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))
SEEDS = ["2022-03-08_bridge-approved.txt", "2023-09-14_span-collapse.txt"]
MANY = [*SEEDS, "2022-03-08_agency-approved.md", "2023-09-14_span-collapse_update.txt", "2023-09-15_evening-post_collapse.md"]
LIMIT = 180  # seconds that the cells of one notebook may take
CORRECTED, TYPED = "Zofia Mousewright", "Yannick Keyserling"  # nobody in the texts

OPEN = """async (path) => {
  const panel = await jupyterapp.commands.execute('docmanager:open', { path });
  await panel.context.ready;
  await panel.sessionContext.ready;
  jupyterapp.shell.collapseLeft();
}"""
RUN = """(seconds) => Promise.race([
  jupyterapp.commands.execute('notebook:run-all-cells').then(Boolean),
  new Promise((_, no) => setTimeout(() => no(new Error(`the cells took more than ${seconds} s`)), seconds * 1000)),
])"""
# What the cells have put out that nobody should meet, and outputs that have to be pushed sideways.
FAULTS = """() => {
  const faults = [];
  for (const cell of jupyterapp.shell.currentWidget.content.widgets.filter((one) => one.model.type === 'code')) {
    const source = cell.model.sharedModel.getSource().slice(0, 60);
    for (const output of cell.model.outputs.toJSON()) {
      if (output.output_type === 'error') faults.push(`${source}: ${output.ename}: ${output.evalue}`);
      if (output.name === 'stderr') faults.push(`${source}: ${output.text}`.slice(0, 300));
    }
    for (const box of cell.node.querySelectorAll('.jp-OutputArea-output'))
      if (box.scrollWidth > box.clientWidth + 2) faults.push(`${source}: wider than the page, ${box.scrollWidth} px of ${box.clientWidth}`);
    if (source.trim() && cell.model.executionCount === null) faults.push(`${source}: not run`);
  }
  return faults;
}"""
CLOSE = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.save();
  await panel.sessionContext.shutdown();
  panel.close();
}"""
ON = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output"  # JupyterLab colours the rest


@pytest.fixture(scope="module")
def served(browser, tmp_path_factory):
    """JupyterLab on a free port of this machine alone: its folder and address.  It ends with the tests, kernels first."""
    place = tmp_path_factory.mktemp("lab")
    work = place / "notebooks"
    work.mkdir()
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, work)
    for folder, names in (("seeds", SEEDS), ("tests/documents", MANY)):
        (work / folder).mkdir(parents=True)
        for name in names:
            shutil.copy(PROJECT / "tests" / "documents" / name, work / folder)
    settings = {"apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
                "notebook-extension/tracker": {"windowingMode": "none"}}  # all cells stand in the page at once
    for name, values in settings.items():
        file = place / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {f"JUPYTER_{name}_DIR": str(place / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(place / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    own |= {"IPYTHONDIR": str(place / "ipython"), "JUPYTER_TOKEN": token, "JUPYTER_NO_CONFIG": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.allow_root=True", f"--ServerApp.root_dir={work}"]
    log = place / "log.txt"
    with log.open("w") as told:
        server = subprocess.Popen(command, env=os.environ | own, cwd=work, stdout=told, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, log.read_text()[-3000:]
                time.sleep(0.2)
        yield types.SimpleNamespace(folder=work, address=f"http://127.0.0.1:{port}/lab?token={token}")
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def lab(served, watched):
    page, faults = watched(viewport={"width": 1300, "height": 900})
    page.goto(served.address)
    page.wait_for_function("() => window.jupyterapp && jupyterapp.restored.then(() => true)", timeout=60_000)
    return types.SimpleNamespace(page=page, faults=faults, folder=served.folder)


def run_cells(lab):
    """Runs all cells of the open notebook; what is wrong then."""
    lab.page.evaluate(RUN, LIMIT)
    lab.page.wait_for_timeout(700)  # what widgets and pictures draw late
    return lab.page.evaluate(FAULTS)


def in_both_themes(lab, look):
    faults = []
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        lab.page.wait_for_function("(dark) => (document.body.dataset.jpThemeLight === 'false') === dark", arg=theme.endswith("Dark"))
        lab.page.wait_for_timeout(300)
        faults += [f"{theme}: {fault}" for fault in look(lab.page, ON)]
    return faults


def words_of(lab):
    return " ".join(lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output").all_inner_texts())


def said_so_far(lab, lines):
    """The lines of corrections.csv, once there are so many."""
    file = lab.folder / "seeds" / "corrections.csv"
    for _ in range(100):
        with file.open(encoding="utf-8-sig", newline="") if file.exists() else open(os.devnull) as opened:
            found = list(csv.DictReader(opened))
        if len(found) >= lines:
            break
        lab.page.wait_for_timeout(100)
    assert len(found) == lines, found
    return found


def correct_rows(lab):
    """Corrects a speaker with the mouse, says right to a row and corrects another speaker with the keyboard alone."""
    panel = lab.page.get_by_role("group", name="Check rows")
    speaker = panel.get_by_label(re.compile("^speaker")).first
    speaker.fill(CORRECTED)
    panel.get_by_role("button", name=re.compile("Save what is right")).click()
    said_so_far(lab, 1)
    panel.focus()
    lab.page.keyboard.press("r")
    said_so_far(lab, 2)
    panel.focus()
    for _ in range(30):
        lab.page.keyboard.press("Tab")
        if speaker.evaluate("(one) => one === document.activeElement"):
            break
    lab.page.keyboard.press("ControlOrMeta+a")
    lab.page.keyboard.type(TYPED)
    lab.page.keyboard.press("Enter")
    return said_so_far(lab, 3)


@pytest.fixture(scope="module")
def checked(lab, look):
    """What happened in 07_check: run, three rows judged, run again."""
    lab.page.evaluate(OPEN, "07_check.ipynb")
    faults = run_cells(lab)
    lines = correct_rows(lab)
    again = run_cells(lab)
    result = types.SimpleNamespace(lines=lines, faults=[*faults, *again, *in_both_themes(lab, look), *lab.faults], words=words_of(lab))
    lab.page.evaluate(CLOSE)
    lab.faults.clear()
    return result


def test_what_is_judged_by_mouse_and_keyboard_is_written_down(checked):
    assert [line["verdict"] for line in checked.lines] == ["wrong", "right", "wrong"]
    assert [line["speaker"] for line in checked.lines][::2] == [CORRECTED, TYPED]


def test_a_rerun_shows_what_was_corrected(checked):
    assert CORRECTED in checked.words and TYPED in checked.words


def test_the_panel_and_its_notebook_look_right(checked):
    assert checked.faults == []


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name != "07_check"])
def test_runs_and_looks_right(lab, checked, look, name):
    lab.page.evaluate(OPEN, f"{name}.ipynb")
    faults = [*run_cells(lab), *in_both_themes(lab, look), *lab.faults]
    words = words_of(lab)
    lab.page.evaluate(CLOSE)
    lab.faults.clear()
    assert faults == []
    if name == "03_quotes":  # another notebook goes by what was said in 07_check
        assert CORRECTED in words and TYPED in words
