import { foldWords } from "../text/fold-words.ts";
import { meaningsOf, type Meaning } from "./words/meanings.ts";
import { readSwitch } from "../rows/read-switch.ts";

/** A label in its parts: `Block sign in (Yes/No) [accountEnabled] Required` has words, a remark and a technical name. */
export type LabelParts = { words: string; remarks: string[]; names: string[] };

const required =
  "required erforderlich obligatoire requis obligatorio obrigatório obbligatorio vereist verplicht påkrævet påkrevd obligatorisk obligatoriskt pakollinen wymagane gerekli zorunlu 必需 必填 必要 必須"
    .split(" ")
    .concat("bắt buộc");
const or = new Set("or oder ou o of eller tai lub veya hoặc 或 または".split(" ").map(foldWords));

/** Cuts `label` into its parts. A bracket that nobody closes ends where the next one opens; one that nobody opens holds a word. */
export function labelParts(label: string): LabelParts {
  const parts: LabelParts = { words: "", remarks: [], names: [] };
  parts.words = withoutRequired(
    label.replace(
      /[[(（]([^[\](（)）]*)[\])）]?|(?<![^\s[\](（)）])([^\s[\](（)）]+)\]/g,
      (bracket, inner: string | undefined, unopened: string | undefined) => {
        (bracket.startsWith("[") || unopened !== undefined ? parts.names : parts.remarks).push(inner ?? unopened ?? "");
        return " ";
      },
    ),
  );
  return parts;
}

/**
 * What a label about sign-in means, where its `words` or its technical name say that it is one: what the words say, for
 * Entra's template calls `Block sign in` by the name `accountEnabled`, in every language. Empty, so that an agent has to
 * say it, where the words are not understood or contradict the name, or a remark is more than `(Yes/No)`; undefined for
 * a label about something else.
 */
export function signInMeanings(
  { words, remarks, names }: LabelParts,
  said: Meaning[] | undefined,
  named: Meaning[] | undefined,
): Meaning[] | undefined {
  const [inWords, inName] = [said?.filter(isSignIn) ?? [], named?.filter(isSignIn) ?? []];
  if (inWords.length === 0 && inName.length === 0) return undefined;
  const added = names.filter((name) => meaningsOf(foldWords(name))?.some(isSignIn) !== true);
  if (foldWords(words) === "" || ![...remarks, ...added].every(isUnderstood)) return [];
  const blocks = inWords.some(({ means }) => means === "signInBlocked");
  const contradicted = blocks
    ? inWords.some(({ means }) => means === "accountEnabled")
    : inName.some(({ means }) => means === "signInBlocked");
  return contradicted ? [] : inWords;
}

function isSignIn({ means }: Meaning): boolean {
  return means === "accountEnabled" || means === "signInBlocked";
}

/** Whether a remark says nothing but which words may stand under the label, or that one has to. */
function isUnderstood(remark: string): boolean {
  const rest = withoutRequired(remark);
  return rest.split(/[\s/|,;]+/).every((word) => word === "" || readSwitch(word) !== null || or.has(foldWords(word)));
}

function withoutRequired(text: string): string {
  let rest = text.replace(/\brequired\b/gi, " ").trim();
  for (const word of required) {
    const before = rest.slice(0, -word.length);
    if (rest.toLowerCase().endsWith(word) && (before === "" || /[\s*:]$/.test(before))) rest = before.trim();
  }
  return rest;
}
