import { activeDirectory } from "./words/active-directory.ts";
import { bambooHr } from "./words/bamboo-hr.ts";
import { chinese } from "./words/chinese.ts";
import { cipp } from "./words/cipp.ts";
import { danish } from "./words/danish.ts";
import { dutch } from "./words/dutch.ts";
import { english } from "./words/english.ts";
import { finnish } from "./words/finnish.ts";
import { french } from "./words/french.ts";
import { german } from "./words/german.ts";
import { googleWorkspace } from "./words/google-workspace.ts";
import { italian } from "./words/italian.ts";
import { japanese } from "./words/japanese.ts";
import { norwegian } from "./words/norwegian.ts";
import { okta } from "./words/okta.ts";
import { polish } from "./words/polish.ts";
import { portuguese } from "./words/portuguese.ts";
import { sap } from "./words/sap.ts";
import { spanish } from "./words/spanish.ts";
import { swedish } from "./words/swedish.ts";
import { turkish } from "./words/turkish.ts";
import { vietnamese } from "./words/vietnamese.ts";
import type { WordTable } from "./words/word-table.ts";
import { workday } from "./words/workday.ts";

/**
 * Every table of header words. Where one word means different fields in two of them, the table that knows most of the
 * header's words decides, and the earlier one where they know as many. Sources: domain notes, section 3; the vendors'
 * own templates and exports; about 60 real files.
 */
export const wordTables: Record<string, WordTable> = {
  english,
  german,
  french,
  spanish,
  portuguese,
  italian,
  dutch,
  danish,
  norwegian,
  swedish,
  finnish,
  polish,
  turkish,
  vietnamese,
  chinese,
  japanese,
  activeDirectory,
  googleWorkspace,
  okta,
  cipp,
  bambooHr,
  workday,
  sap,
};
