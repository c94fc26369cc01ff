/** A cell as its writer wrote it. */
export type SourceCell = { value: string; quoted: boolean };

const tools = [
  "Torque wrench",
  "Kids' safety goggles",
  "Carpenter's level",
  "Angle grinder",
  "Cable drum",
  "Painter's ladder",
  "Soldering iron",
  "Rain jacket",
  "Workbench",
  "Women's work trousers",
  "Gas lantern",
  "Rivet gun",
  "Sack truck",
];
const variants = ["", ", short handle", "", ", two-pack", "", ", plaid", ', 18"', "", ", heavy duty, lined", ""];
const openings = [
  "Made for daily use in workshop and yard, and it won't slip",
  "A light tool that fits every hand",
  "Keeps its shape, its grip and its colour",
  "The best choice where space is short: it folds flat",
  "Tested in rain, frost and heat",
  "Anyone's first choice for fine work",
];
const endings = [
  " even after years.",
  ", indoors and outdoors.",
  " and is easy to clean.",
  ", with a bag for the small parts.",
  ". Spare parts are in stock.",
];

/** The labels of the source table; none of them is a word that Muster knows. */
export const sourceHeader = sourceRow(
  ["DAY", "HOUR", "Pcs", "ITEMCODE", "Cost", "ItemKind", "ItemText", "WEBLINK", "Remarks"],
  [6, 7],
);

/**
 * A clean table of 83 rows and 9 columns, always the same: days, times, counts, codes, prices, short texts of which
 * some hold commas or quotes, long texts and links in quotes, and a column without a value.
 */
export const sourceRows: SourceCell[][] = Array.from({ length: 83 }, (_, no) => {
  const code = `${"ABCDEFGHK"[no % 9]!}${"LMNPRST"[no % 7]!}-${1000 + ((no * 7919) % 9000)}`;
  const kind = tools[no % tools.length]! + variants[(no * 3) % variants.length]!;
  const measure = no === 11 ? ` It is 8\\'9" long.` : "";
  return sourceRow(
    [
      `${String(13 + (no % 15)).padStart(2, "0")}/${String(1 + (no % 7)).padStart(2, "0")}/2021`,
      `${String(Math.floor(no / 4) % 24).padStart(2, "0")}:${["00", "15", "30", "45"][no % 4]!}`,
      String((no * 5) % 23),
      code,
      `$${(((no * 613) % 9000) / 100 + 1).toFixed(2)}`,
      kind,
      openings[no % openings.length]! + endings[no % endings.length]! + measure,
      `https://www.example.com/item/${code.replace("-", "_")}.html`,
      "",
    ],
    [6, 7],
  );
});

/** Cells in quotes where they must be, and in the columns where they always are. */
function sourceRow(values: string[], always: number[]): SourceCell[] {
  return values.map((value, at) => ({ value, quoted: always.includes(at) || /[",]/.test(value) }));
}

/** The table in `text`, a plain CSV file whose last line ends as the others do, with quotes where its writer put them. */
export function readSource(text: string): SourceCell[][] {
  const rows: SourceCell[][] = [];
  let cells: SourceCell[] = [];
  let cell: SourceCell = { value: "", quoted: false };
  let open = false;
  for (const char of text.replaceAll("\r\n", "\n")) {
    if (char === '"') {
      // The second of two quotes is one of the value.
      if (!open && cell.quoted) cell.value += char;
      open = !open;
      cell.quoted = true;
    } else if (open || (char !== "," && char !== "\n")) cell.value += char;
    else {
      cells.push(cell);
      cell = { value: "", quoted: false };
      if (char === ",") continue;
      rows.push(cells);
      cells = [];
    }
  }
  return rows;
}
