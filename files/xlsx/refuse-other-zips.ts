import { notText } from "../bytes/refuse-other-formats.ts";
import type { Zip } from "./open-zip.ts";
import { otherFormat } from "./workbook-problems.ts";

/**
 * Refuses a zip archive that is no Excel workbook of XML parts, saying what it is instead.
 * @throws Problem workbook_other_format, upload_not_text
 */
export async function refuseOtherZips(zip: Zip): Promise<void> {
  if (zip.has("xl/workbook.bin")) throw otherFormat("an Excel binary workbook (.xlsb)");
  if (zip.names.some((name) => name.startsWith("xl/"))) return;
  if (zip.has("mimetype") && zip.has("content.xml")) {
    const kind = await beginning(zip, "mimetype");
    if (kind.includes("opendocument.spreadsheet")) throw otherFormat("an OpenDocument spreadsheet (.ods)");
    throw notText("an OpenDocument file");
  }
  if (zip.names.some((name) => name.endsWith(".iwa") || name === "index.zip")) {
    throw otherFormat("a document of Apple's Numbers, Pages or Keynote");
  }
  if (zip.names.some((name) => name.startsWith("word/"))) throw notText("a Word document (.docx)");
  if (zip.names.some((name) => name.startsWith("ppt/"))) throw notText("a PowerPoint presentation (.pptx)");
  throw notText("a ZIP archive; send the list of users that is in it");
}

async function beginning(zip: Zip, name: string): Promise<string> {
  for await (const bytes of zip.read(name)) return bytes.toString("latin1", 0, 200);
  return "";
}
