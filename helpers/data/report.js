// The report's search and filters, and folds that open for what a link leads to.
// Without this script all rows and texts are there to read; the bar stays hidden.
const ROWS = "table[data-sortable] tbody tr";
const bar = document.getElementById("search");
const all = document.getElementById("all");
const rows = [...all.querySelectorAll(ROWS)];
const texts = [...all.querySelectorAll(".doc")];
const parts = [...all.querySelectorAll(".part")];
const fields = [...bar.querySelectorAll("input, select")];
const hits = document.getElementById("hits");
const values = (row, name) => (row.dataset[name] ?? "").split("\n");

for (const list of bar.querySelectorAll("select")) {
  const found = new Set(rows.flatMap((row) => values(row, list.name)));
  found.delete("");
  list.append(...[...found].sort((a, b) => a.localeCompare(b)).map((value) => new Option(value)));
  list.parentElement.hidden = found.size < 2;
}
for (const day of bar.querySelectorAll("[type=date]")) {
  day.parentElement.hidden = new Set(texts.map((text) => text.dataset.day)).size < 2;
}

function filter() {
  const asked = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
  const words = asked.words.toLowerCase();
  const names = ["speaker", "theme", "kind"].filter((name) => asked[name]);
  const any = Object.values(asked).some(Boolean);
  const dated = (date) => (!asked.from && !asked.to)
    || (date && date >= asked.from && (!asked.to || date <= asked.to));
  const says = (thing) => !words || thing.textContent.toLowerCase().includes(words);
  const docs = new Set();
  for (const row of rows) {
    row.hidden = !(dated(row.dataset.day) && says(row)
      && names.every((name) => values(row, name).includes(asked[name])));
    if (!row.hidden) docs.add(row.dataset.base);
  }
  for (const text of texts) {
    text.hidden = !(dated(text.dataset.day) && (names.length ? docs.has(text.dataset.base) : says(text)));
  }
  const told = [];
  for (const part of parts) {
    const things = [...part.querySelectorAll(ROWS + ", .doc")];
    if (!things.length) continue;
    const left = things.filter((thing) => !thing.hidden).length;
    part.hidden = any && !left;
    if (any && left) told.push([left, part.lastElementChild.id]);
  }
  hits.replaceChildren(...told.map(([left, name]) => {
    const link = document.createElement("a");
    link.href = "#" + name;
    link.textContent = left + " " + name;
    return link;
  }));
  if (any && !told.length) hits.textContent = "nothing found";
}

function reveal(name) {
  const target = name && document.getElementById(name);
  if (!target) return;
  if (target.closest("[hidden]") && !bar.contains(target)) clear();
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  target.scrollIntoView();
}

function clear() {
  for (const field of fields) field.value = "";
  filter();
}

bar.hidden = false;
bar.addEventListener("input", filter);
document.getElementById("clear").addEventListener("click", clear);
document.getElementById("unfold").addEventListener("click", (event) => {
  const folds = [...parts, ...all.querySelectorAll("details.doc")];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
  event.target.textContent = open ? "Fold all" : "Unfold all";
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  if (link.dataset.speaker) {
    clear();
    bar.querySelector("[name=speaker]").value = link.dataset.speaker;
    filter();
  }
  reveal(decodeURIComponent(link.hash.slice(1)));
});
addEventListener("hashchange", () => reveal(location.hash.slice(1)));
reveal(location.hash.slice(1));
