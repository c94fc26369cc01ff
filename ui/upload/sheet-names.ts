/** A sheet of a workbook. */
export type SheetName = { name: string; hidden: boolean };

type Entry = { compressed: boolean; bytes: number; at: number };

/** The end of a zip file has its place within so many bytes of the file's end. */
const tailBytes = 22 + 0xffff;
const mostDirectoryBytes = 4_000_000;
const mostPartBytes = 1_000_000;
const mostPartText = 16_000_000;

/**
 * The sheets of a workbook in their order, read from its directory and two small parts of it, before a byte is sent; none
 * where the file is no workbook, or one that a browser cannot tell. What counts is how the server reads it.
 */
export async function sheetNames(file: Blob): Promise<SheetName[]> {
  try {
    const entries = await readDirectory(file);
    const start = await relationsOf(file, entries, "");
    const workbook = start.find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
    const relations = await relationsOf(file, entries, workbook);
    const ids = new Set(relations.filter(({ type }) => type === "worksheet").map(({ id }) => id));
    return tagsOf(await readPart(file, entries, workbook), "sheet").flatMap((attributes) => {
      const id = [...attributes].find(([key]) => key.endsWith(":id"))?.[1];
      const name = attributes.get("name") ?? "";
      const hidden = /^(?:hidden|veryHidden)$/.test(attributes.get("state") ?? "");
      return id === undefined || !ids.has(id) || name === "" ? [] : [{ name, hidden }];
    });
  } catch {
    return [];
  }
}

/** The entries of a zip file by name. @throws RangeError for what is none */
async function readDirectory(file: Blob): Promise<Map<string, Entry>> {
  const tail = await viewOf(file, Math.max(0, file.size - tailBytes), file.size);
  let end = tail.byteLength - 22;
  while (tail.getUint32(end, true) !== 0x06054b50) end -= 1;
  const [bytes, from] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (bytes > mostDirectoryBytes) throw new RangeError("the directory is too large");
  const directory = await viewOf(file, from, from + bytes);
  const entries = new Map<string, Entry>();
  for (let at = 0; at + 46 <= directory.byteLength && directory.getUint32(at, true) === 0x02014b50;) {
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    entries.set(decode(new Uint8Array(directory.buffer, at + 46, name)), {
      compressed: directory.getUint16(at + 10, true) === 8,
      bytes: directory.getUint32(at + 20, true),
      at: directory.getUint32(at + 42, true),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

/** The text of a part. @throws RangeError where there is none, or it is too large */
async function readPart(file: Blob, entries: ReadonlyMap<string, Entry>, name: string): Promise<string> {
  const entry = entries.get(name);
  if (entry === undefined || entry.bytes > mostPartBytes) throw new RangeError(name);
  const head = await viewOf(file, entry.at, entry.at + 30);
  const from = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const data = file.slice(from, from + entry.bytes);
  if (!entry.compressed) return await data.text();
  const reader = data.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
    if (text.length > mostPartText) throw new RangeError(name);
  }
}

/** What the part `source`, "" for the file itself, refers to; a file without such a list refers to nothing. */
async function relationsOf(file: Blob, entries: ReadonlyMap<string, Entry>, source: string) {
  const folder = source.slice(0, source.lastIndexOf("/") + 1);
  const part = `${folder}_rels/${source.slice(folder.length)}.rels`;
  if (!entries.has(part)) return [];
  return tagsOf(await readPart(file, entries, part), "Relationship").map((attributes) => ({
    id: attributes.get("Id"),
    type: attributes.get("Type")?.split("/").at(-1),
    target: attributes.get("Target")?.replace(/^\//, "") ?? "",
  }));
}

/** The attributes of each tag of this name. */
function tagsOf(xml: string, name: string): Map<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^<]*)`, "g"))].map(
    ([, inside = ""]) =>
      new Map(
        [...inside.matchAll(/(?<![\w:.-])([\w:.-]+)=(?:"([^"]*)"|'([^']*)')/g)].map(([, key = "", one, other]) => [
          key,
          unescape(one ?? other ?? ""),
        ]),
      ),
  );
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (...found: (string | undefined)[]) => {
    const [all = "", hex, decimal, name = ""] = found;
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return named[name] ?? all;
  });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
