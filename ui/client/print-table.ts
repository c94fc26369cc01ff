/** Prints a table by itself, whatever stands around it on the page; what is printed is forgotten afterwards. */
export function printTable(title: string, headers: string[], rows: string[][]): void {
  const frame = document.createElement("iframe");
  frame.title = title;
  // Out of sight, but drawn: a frame that is not drawn prints an empty page.
  Object.assign(frame.style, { position: "fixed", inset: "auto 0 0 auto", width: "0", height: "0", border: "0" });
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  if (page === null || view === null) return;
  const heading = page.createElement("h1");
  heading.textContent = title;
  const table = page.createElement("table");
  table.cellPadding = "6";
  for (const [at, cells] of [headers, ...rows].entries()) {
    const row = table.insertRow();
    for (const text of cells) {
      const cell = page.createElement(at === 0 ? "th" : "td");
      cell.textContent = text;
      cell.align = "left";
      row.append(cell);
    }
  }
  page.title = title;
  page.body.append(heading, table);
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
