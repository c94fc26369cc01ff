import { activeDirectory } from "./header-words/active-directory.ts";
import { bambooHr } from "./header-words/bamboo-hr.ts";
import { chinese } from "./header-words/chinese.ts";
import { cipp } from "./header-words/cipp.ts";
import { danish } from "./header-words/danish.ts";
import { dutch } from "./header-words/dutch.ts";
import { english } from "./header-words/english.ts";
import { finnish } from "./header-words/finnish.ts";
import { french } from "./header-words/french.ts";
import { german } from "./header-words/german.ts";
import { googleWorkspace } from "./header-words/google-workspace.ts";
import { italian } from "./header-words/italian.ts";
import { japanese } from "./header-words/japanese.ts";
import { norwegian } from "./header-words/norwegian.ts";
import { okta } from "./header-words/okta.ts";
import { polish } from "./header-words/polish.ts";
import { portuguese } from "./header-words/portuguese.ts";
import { sap } from "./header-words/sap.ts";
import { spanish } from "./header-words/spanish.ts";
import { swedish } from "./header-words/swedish.ts";
import { turkish } from "./header-words/turkish.ts";
import { vietnamese } from "./header-words/vietnamese.ts";
import type { WordTable } from "./header-words/word-table.ts";
import { workday } from "./header-words/workday.ts";

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
