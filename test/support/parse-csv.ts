import Papa from "papaparse";

/** The rows of a CSV file as another program reads them, without the mark in front. */
export function parseCsv(text: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: true });
  if (errors.length > 0) throw new Error(`not a CSV file: ${errors[0]?.message}`);
  return data;
}
