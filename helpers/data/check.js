// Shows the rows of a sample one by one and asks what is right.  What is said goes to Python, which
// writes it down; nothing is kept here.  The HTML of a passage comes escaped from helpers/show; all
// else is put in as text.
const VERDICTS = {
  r: ["right", "Right"], c: ["wrong", "Save what is right"], n: ["not a statement", "Not a statement"],
  m: ["missed", "Add a missed statement"], p: ["complete", "No other missed here"], u: ["taken back", "Take back"],
};
const LABELS = { words: "words (select them above)", of: "of (what is measured)" };
const LINE = "1px solid rgba(128,128,128,0.5)";

function make(tag, parent, props = {}, style = "") {
  const element = Object.assign(document.createElement(tag), props);
  element.style.cssText = style;
  parent.append(element);
  return element;
}

// The words selected in a passage, made whole, and where they are in the document, in characters.
function selected(passage) {
  const chosen = document.getSelection();
  const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
  if (!range || range.collapsed || !passage.contains(range.commonAncestorContainer)) return null;
  const parts = [...passage.querySelectorAll("[data-begin]")].map((part) => ({ part, begin: Number(part.dataset.begin), letters: [...part.textContent] }));
  const at = (node, offset, step) => {
    const inside = parts.find(({ part }) => part.contains(node));
    if (!inside) return NaN;
    const before = document.createRange();
    before.selectNodeContents(inside.part);
    before.setEnd(node, offset);
    let n = [...before.toString()].length;
    const { letters } = inside;
    const blank = step < 0 ? () => /\s/.test(letters[n]) : () => /\s/.test(letters[n - 1]);
    while (n > 0 && n < letters.length && blank()) n -= step;
    while (n > 0 && n < letters.length && /[\p{L}\p{N}]{2}/u.test(letters[n - 1] + letters[n])) n += step;
    return inside.begin + n;
  };
  const place = [at(range.startContainer, range.startOffset, -1), at(range.endContainer, range.endOffset, 1)];
  if (!(place[0] < place[1])) return null;
  const words = parts.map(({ begin, letters }) => letters.slice(Math.max(place[0] - begin, 0), Math.max(place[1] - begin, 0)).join(""));
  return { place, words: words.filter(Boolean).join(" ") };
}

function render({ model, el }) {
  let now = 0;
  let place = null;
  const inputs = {};
  const cards = () => model.get("cards");
  // the attribute keeps JupyterLab from taking "r" for "make this a raw cell"
  const box = make("div", el, { tabIndex: 0 }, `font:13px system-ui,sans-serif;padding:10px 14px;border:${LINE};border-radius:6px;max-width:60em;`);
  box.dataset.lmSuppressShortcuts = "true";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Check rows");
  const head = make("div", box, {}, "display:flex;gap:8px;align-items:center;");
  const button = (parent, key, words, act) => make("button", parent, { type: "button", textContent: `${words} (${key})`, onclick: act },
    `font:inherit;color:inherit;background:rgba(128,128,128,0.15);border:${LINE};border-radius:4px;padding:4px 9px;margin:0;cursor:pointer;`);
  button(head, "←", "Back", () => go(now - 1));
  button(head, "→", "Next", () => go(now + 1));
  const where = make("b", head);
  const facts = make("div", box, {}, "opacity:0.8;padding:8px 0 4px;overflow-wrap:anywhere;");
  const passage = make("div", box, {}, "max-height:32em;overflow-y:auto;position:relative;");
  const form = make("div", box, {}, "display:flex;flex-wrap:wrap;gap:8px;padding:8px 0;");
  const people = make("datalist", box, { id: `people-${Math.random().toString(36).slice(2)}` });
  const choose = make("div", box, {}, "display:flex;flex-wrap:wrap;gap:6px;flex:1 1 100%;");
  const bar = make("div", box, {}, "display:flex;flex-wrap:wrap;gap:6px;");
  const said = make("div", box, {}, "padding-top:8px;min-height:1.4em;");
  said.setAttribute("aria-live", "polite");

  function send(verdict) {
    if (!cards().length) return;
    const fields = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
    const changed = place || Object.keys(fields).some((name) => fields[name] !== cards()[now].fields[name]);
    if (verdict === "right" && changed) said.textContent = "You have changed something: save it with C, or go back and forth to drop it.";
    else model.send({ row: now, verdict, place, fields });
  }

  function go(number) {
    now = Math.min(Math.max(number, 0), cards().length - 1);
    place = null;
    const card = cards()[now];
    if (!card) return;
    facts.textContent = card.facts;
    passage.innerHTML = card.html;
    passage.scrollTop = 0;
    const names = model.get("names")[card.doc] ?? [];
    people.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    choose.replaceChildren();
    form.replaceChildren();
    for (const [name, value] of Object.entries(card.fields)) {
      const label = make("label", form, {}, `display:flex;flex-direction:column;flex:1 1 ${["speaker", "words"].includes(name) ? "100%" : "12em"};`);
      make("span", label, { textContent: (LABELS[name] ?? name).replace("above)", quotes ? "above; hold Ctrl or ⌘ for one more piece)" : "above)") }, "font-size:12px;opacity:0.8;");
      inputs[name] = make("input", label, { value }, `font:inherit;color:inherit;background:transparent;border:${LINE};border-radius:4px;padding:4px 6px;`);
      if (name === "speaker") {
        inputs.speaker.setAttribute("list", people.id);
        form.append(choose);
      }
      if (name === "words") inputs[name].oninput = () => { place = null; };
    }
    if (inputs.speaker) names.slice(0, 9).forEach((name, n) => button(choose, n + 1, name, () => { inputs.speaker.value = name; }));
    tell();
  }

  function tell() {
    const given = model.get("given");
    where.textContent = `Row ${now + 1} of ${cards().length} · ${Object.keys(given).length} checked${given[now] ? ` · ${given[now]}` : ""}`;
    said.textContent = cards().length ? model.get("said") : "There are no rows to check.";
  }

  const acts = {};
  const quotes = cards().every((card) => "speaker" in card.fields);
  for (const [key, [verdict, words]] of Object.entries(VERDICTS)) {
    if (!quotes && key === "p") continue;
    const named = (text) => (quotes ? text : text.replace("statement", "figure"));
    acts[key] = () => send(named(verdict));
    button(bar, key.toUpperCase(), named(words), acts[key]);
  }
  passage.onmouseup = (event) => {
    const chosen = selected(passage);
    if (!chosen) return;
    const before = quotes && (event.ctrlKey || event.metaKey) && place; // one more piece
    inputs.words.value = before ? `${inputs.words.value} … ${chosen.words}` : chosen.words;
    place = [...(before || []), chosen.place].sort((one, other) => one[0] - other[0]);
  };
  box.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.tagName === "INPUT";
    if (typing && event.key === "Enter") send("wrong");
    else if (typing && event.key === "Escape") box.focus();
    else if (typing) return;
    else if (event.key === "ArrowLeft") go(now - 1);
    else if (event.key === "ArrowRight") go(now + 1);
    else if (choose.children[event.key - 1]) choose.children[event.key - 1].click();
    else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  };
  model.on("change:said", tell);
  model.on("msg:custom", (answer) => {
    go(answer.next ? answer.row + 1 : answer.row);
    box.focus({ preventScroll: true });
  });
  go(cards().findIndex((_, n) => !(n in model.get("given"))));
}

export default { render };
