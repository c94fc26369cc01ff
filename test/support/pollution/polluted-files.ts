import { sourceHeader, sourceRows, type SourceCell } from "./source-table.ts";

/** A file that somebody's program wrote in its own way, and the table that it stands for. */
export type PollutedFile = {
  name: string;
  /** How often files of this kind were met among open data. */
  weight: number;
  /** The file's text, and its table: the header where the file has one, and the rows. */
  make: () => { text: string; expected: string[][] };
};

/** A row as it is written: `separators` are one less than `cells`. */
type Line = { cells: string[]; separators: string[]; end: string };

type Writing = { delimiter?: string; quote?: string; escape?: string; end?: string };

const ours = [sourceHeader, ...sourceRows];

/**
 * One table written in 2,290 ways, as the benchmark Pollock (VLDB 2023, HPI-Information-Systems/Pollock) defines them:
 * 22 kinds of whole files, and for each row one file with other delimiters, for each of its cells one with a delimiter
 * too many, one with a delimiter too few and one with a quote too many. The kinds, their names and their weights are the
 * benchmark's, the table and all code are ours. With the benchmark's own table as `source` they are its files.
 */
export function* pollutedFiles(source: SourceCell[][] = ours): Generator<PollutedFile> {
  const columns = source[0]!.length;
  const spoilt = spoiler(source);
  yield* wholeFiles(source);
  for (const [row] of source.entries()) {
    yield spoilt(`row_field_delimiter_${row}_0x20.csv`, 1 / 7, row, (line) => {
      line.separators = line.separators.map(() => " ");
    });
    for (let column = 0; column < columns; column++) {
      yield spoilt(`row_more_sep_row${row}_col${column}.csv`, 260 / 707, row, (line) => {
        line.cells.splice(column, 0, "");
        line.separators.push(",");
      });
      yield spoilt(
        `row_extra_quote${row}_col${column}.csv`,
        1 / 108,
        row,
        (line) => {
          const { value, quoted } = source[row]![column]!;
          line.cells[column] = quoted ? `""${write(value, true).slice(1)}` : `"${value}`;
        },
        (table) => {
          table[row]![column] = `"${table[row]![column]}`;
        },
      );
      if (column === 0) continue;
      yield spoilt(`row_less_sep_row${row}_col${column}.csv`, 260 / 707, row, (line) => {
        line.separators[column - 1] = "";
      });
    }
  }
}

/** Whether a file differs from the source in one row only. */
export function isRowFile({ name }: PollutedFile): boolean {
  return name.startsWith("row_");
}

function* wholeFiles(source: SourceCell[][]): Generator<PollutedFile> {
  const columns = source[0]!.length;
  const clean = written(source);
  const plain = join(clean);
  const table = values(source);
  const [labels, ...rows] = table;
  const commas = ",".repeat(columns - 1);
  const whole = (name: string, weight: number, text: string, expected = table): PollutedFile => ({
    name,
    weight,
    make: () => ({ text, expected }),
  });
  yield whole("source.csv", 1, plain);
  yield whole("file_no_payload.csv", 15, "", []);
  yield whole("file_no_trailing_newline.csv", 184, plain.slice(0, -2));
  yield whole("file_double_trailing_newline.csv", 5, `${plain}\r\n`);
  yield whole("file_no_header.csv", 470, join(clean.slice(1)), rows);
  for (const times of [2, 3]) {
    const label = labels!.map((one) => Array<string>(times).fill(one).join(" "));
    const text = join([...Array<Line>(times - 1).fill(clean[0]!), ...clean]);
    yield whole(`file_header_multirow_${times}.csv`, 47, text, [label, ...rows]);
  }
  yield whole("file_preamble.csv", 282, `PREAMBLE${commas}\r\n${commas}\r\n${plain}`);
  yield whole("file_multitable_less.csv", 188 / 3, plain + join(written(secondTable(source, columns - 1))));
  yield whole("file_multitable_same.csv", 188 / 3, plain + join(written(secondTable(source, columns))));
  yield whole("file_multitable_more.csv", 188 / 3, plain + join(written(secondTable(source, columns + 1))));
  yield whole("file_header_only.csv", 3, join(clean.slice(0, 1)), [labels!]);
  yield whole("file_one_data_row.csv", 4, join(clean.slice(0, 2)), table.slice(0, 2));
  for (const [name, weight, writing] of [
    ["record_delimiter_0xA", 1691, { end: "\n" }],
    ["record_delimiter_0xD", 7, { end: "\r" }],
    ["field_delimiter_0x3B", 834, { delimiter: ";" }],
    ["field_delimiter_0x9", 4, { delimiter: "\t" }],
    ["field_delimiter_0x2C_0x20", 101, { delimiter: ", " }],
    ["field_delimiter_0x20", 4, { delimiter: " " }],
    ["quotation_char_0x27", 11, { quote: "'" }],
    ["escape_char_0x5C", 1, { escape: "\\" }],
    ["escape_char_0x00", 7, { escape: "" }],
  ] as const) {
    yield whole(`file_${name}.csv`, weight, join(written(source, writing)));
  }
}

/**
 * A table like the source, with its own header and one row less, in `width` columns and with quotes where needed. A cell
 * that holds quotes is cut before each of them, which moves the cells behind it, as in the benchmark's files.
 */
function secondTable(source: SourceCell[][], width: number): SourceCell[][] {
  return source.slice(0, -1).map((cells, at) => {
    const cut = cells.flatMap(({ value }) => value.split(/(?=")/)).slice(0, cells.length);
    const more = at === 0 ? "col1" : "";
    return [...cut, more].slice(0, width).map((value) => ({ value, quoted: value.indexOf(",") > 0 }));
  });
}

/** Makes the source with one row written in another way; `outcome` says what that changes in the table. */
function spoiler(source: SourceCell[][]) {
  return (
    name: string,
    weight: number,
    row: number,
    change: (line: Line) => void,
    outcome: (table: string[][]) => void = () => {},
  ): PollutedFile => {
    const make = () => {
      const lines = written(source);
      const expected = values(source);
      change(lines[row]!);
      outcome(expected);
      return { text: join(lines), expected };
    };
    return { name, weight, make };
  };
}

function written(rows: SourceCell[][], { delimiter = ",", quote, escape, end = "\r\n" }: Writing = {}): Line[] {
  return rows.map((cells) => ({
    cells: cells.map(({ value, quoted }) => write(value, quoted, quote, escape)),
    separators: Array<string>(cells.length - 1).fill(delimiter),
    end,
  }));
}

function write(value: string, quoted: boolean, quote = '"', escape = '"'): string {
  const text = value.replaceAll('"', () => `${escape}"`);
  return quoted ? quote + text + quote : text;
}

function join(lines: Line[]): string {
  return lines
    .map(({ cells, separators, end }) => cells.map((cell, at) => cell + (separators[at] ?? "")).join("") + end)
    .join("");
}

function values(rows: SourceCell[][]): string[][] {
  return rows.map((cells) => cells.map(({ value }) => value));
}
