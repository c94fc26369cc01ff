// ICU puts the marks of one letter in order by insertion, so 16,000 marks on a letter take it a second. UAX #15 has 30
// as the most that any text needs. The half-width kana marks are here because NFKD makes ordinary marks of them.
const mostMarks = 30;
const tooManyMarks = /[\p{M}\uFF9E\uFF9F]{31}/u;

/** `text` in a normal form of Unicode; as it is where a letter has more than 30 marks, as no word of any language has. */
export function inNormalForm(text: string, form: "NFC" | "NFKD"): string {
  return text.length > mostMarks && tooManyMarks.test(text) ? text : text.normalize(form);
}
