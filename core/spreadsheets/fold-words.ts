/** `text` as words are compared: lower case, without accents, blanks, `_`, `-` and other punctuation. */
export function foldWords(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
