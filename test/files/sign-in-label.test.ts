import * as fc from "fast-check";
import { expect, test } from "vitest";
import { headNotes } from "../../files/table/reading-notes.ts";
import { isOpenSignInLabel, recogniseHeader } from "../../files/header/recognise-header.ts";
import { readTableHead } from "../../files/table/table-head.ts";
import { readRow } from "../../files/rows/read-row.ts";
import { readingOf } from "./readings.ts";

/** `Block sign in` as Entra's template has it in each language, with yes and no and the word for a required column. */
const templates: [label: string, yes: string, no: string, required: string][] = [
  ["Block sign in", "Yes", "No", "Required"],
  ["Anmeldung blockieren", "Ja", "Nein", "Erforderlich"],
  ["Bloquer la connexion", "Oui", "Non", "Obligatoire"],
  ["Bloquear inicio de sesión", "Sí", "No", "Obligatorio"],
  ["Bloquear entrada", "Sim", "Não", "Obrigatório"],
  ["Blocca accesso", "Sì", "No", "Obbligatorio"],
  ["Aanmelden blokkeren", "Ja", "Nee", "Vereist"],
  ["Bloker logon", "Ja", "Nej", "Påkrævet"],
  ["Blokker pålogging", "Ja", "Nei", "Påkrevd"],
  ["Blockera inloggning", "Ja", "Nej", "Obligatoriskt"],
  ["Estä kirjautuminen", "Kyllä", "Ei", "Pakollinen"],
  ["Zablokuj logowanie", "Tak", "Nie", "Wymagane"],
  ["Oturum açmayı engelle", "Evet", "Hayır", "Gerekli"],
  ["Chặn đăng nhập", "Có", "Không", "Bắt buộc"],
  ["阻止登录", "是", "否", "必需"],
  ["封鎖登入", "是", "否", "必要"],
  ["サインインのブロック", "はい", "いいえ", "必須"],
];

/** Whether users are enabled whose cells under `label` say `values`; null where the column says nothing. */
function enabledBy(label: string, values: string[]): (boolean | null)[] {
  const reading = readingOf(["User name", "Display name", label]);
  return values.map((value) => readRow(1, ["anna", "Anna", value], reading).accountEnabled);
}

test.for(templates)(
  "in %s of a template the word for yes blocks and that for no does not",
  ([label, yes, no, required]) => {
    for (const whole of [
      `${label} (${yes}/${no}) [accountEnabled] ${required}`,
      `${label} (${yes}/${no}) [accountEnabled]`,
      `${label}（${yes}/${no}）[accountEnabled] ${required}`,
      `${label} [accountEnabled] ${required}`,
      `[accountEnabled] ${label} ${required}`,
      `${label.toUpperCase()} (${yes} / ${no})  [AccountEnabled]`,
      `${label} (${yes}/${yes} [accountEnabled]`,
      `${label} [accountEnabled] (${yes}/${no})`,
      `${label} (${yes}/${no})`,
      `${label} ${required}`,
      label,
    ]) {
      expect([whole, ...enabledBy(whole, [yes, no, ""])]).toEqual([whole, false, true, null]);
    }
  },
);

test("a label that says by its words that accounts are enabled is read so, and so is the technical name alone", () => {
  for (const label of [
    "Account enabled [accountEnabled]",
    "Konto aktiviert (Ja/Nein) [accountEnabled] Erforderlich",
    "[accountEnabled]",
    "accountEnabled",
    "Enabled (true/false)",
  ]) {
    expect([label, ...enabledBy(label, ["Yes", "No"])]).toEqual([label, true, false]);
  }
});

const open = [
  "(Yes/No) [accountEnabled] Required",
  "Access for leavers (Yes/No) [accountEnabled] Required",
  "Do not block sign in [accountEnabled]",
  "Department [accountEnabled]",
  "Account enabled [signInBlocked]",
  "Account enabled (Yes = blocked)",
  "accountEnabled (block sign in)",
  "Block sign in (Yes = may sign in) [accountEnabled]",
  "Spærring (Ja/Nej) [accountEnabled]",
];

test.for(open)("%s is not understood, used by nobody, and told", (label) => {
  expect(enabledBy(label, ["Yes", "No"])).toEqual([null, null]);
  const rows = [["User name", "Display name", label], ...["a", "b", "c"].map((name) => [name, name, "Yes"])];
  const head = readTableHead(rows, 0, { maxColumns: 100 });
  expect(head.guesses).toEqual([]);
  expect(headNotes(head).join(" ")).toContain(`Whether Yes in the column "${label}" blocks sign-in or allows it`);
  const mapped = readTableHead(rows, 0, { maxColumns: 100, mapping: { [label]: "signInBlocked" } });
  expect(mapped.columns[2]).toBe("signInBlocked");
  expect(headNotes(mapped)).toEqual([]);
});

test("whatever is edited in a label of a template, it is never read the other way round", () => {
  const labels = fc.constantFrom(
    ...templates.map(([label, yes, no, required]) => `${label} (${yes}/${no}) [accountEnabled] ${required}`),
  );
  const edited = fc
    .tuple(
      labels,
      fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom("", " ", "(", ")", "[", "]", "/", "x")), { maxLength: 4 }),
    )
    .map(([label, edits]) =>
      edits.reduce((text, [at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      }, label),
    )
    .filter((label) => label.replaceAll(/[^\p{L}]/gu, "").toLowerCase() !== "accountenabled");
  fc.assert(
    fc.property(edited, (label) => {
      const field = recogniseHeader([label])[0];
      expect([label, field === "accountEnabled"]).toEqual([label, false]);
      expect(isOpenSignInLabel(label) && field !== null).toBe(false);
    }),
    { numRuns: 5000, examples: [[" (是/否) /accountEnabled] 必要"]] },
  );
});
