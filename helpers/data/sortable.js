// Makes the tables marked "data-sortable" sortable by a click on a column's name, or by Enter on it.
// Without this script, as in a notebook that is not trusted, the tables stay as they are.
for (const table of document.querySelectorAll("table[data-sortable]:not([data-ready])")) {
  table.dataset.ready = "";
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const first = [...body.rows];
  const value = (row, column) => {
    const cell = row.cells[column];
    const key = cell.dataset.value ?? cell.textContent.trim();
    return key === "—" ? "" : key;
  };
  const rank = (key) => (key === "" ? 2 : Number.isNaN(Number(key)) ? 1 : 0);
  const compare = (one, two, sign) => {
    if (rank(one) !== rank(two)) return rank(one) - rank(two);  // numbers, words, what is missing
    return sign * (rank(one) === 0 ? Number(one) - Number(two)
      : one.localeCompare(two, undefined, { numeric: true }));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    const arrow = document.createElement("span");
    button.type = "button";
    button.style.cssText = "all:unset;cursor:pointer;font:inherit;color:inherit;";
    button.title = "sort by " + head.textContent.trim();
    arrow.setAttribute("aria-hidden", "true");
    arrow.style.cssText = "display:inline-block;width:1em;text-align:right;";
    arrow.textContent = "↕";
    button.append(...head.childNodes, arrow);
    button.addEventListener("focus", () => {
      button.style.outline = button.matches(":focus-visible") ? "2px solid currentColor" : "none";
    });
    button.addEventListener("blur", () => { button.style.outline = "none"; });
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const next = now === "none" ? "ascending" : now === "ascending" ? "descending" : "none";
      for (const other of heads) {
        other.setAttribute("aria-sort", "none");
        other.querySelector("button span").textContent = "↕";
      }
      head.setAttribute("aria-sort", next);
      arrow.textContent = { ascending: "↑", descending: "↓", none: "↕" }[next];
      const sign = next === "descending" ? -1 : 1;
      const rows = next === "none" ? first : [...first].sort(
        (x, y) => compare(value(x, column), value(y, column), sign));
      body.append(...rows);
    });
  });
}
