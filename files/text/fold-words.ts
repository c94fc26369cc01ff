import { inNormalForm } from "./normal-form.ts";

const folded = /^[a-z0-9]*$/;

/**
 * `text` as words are compared: lower case, without accents, blanks, `_`, `-` and other punctuation. Characters that are
 * no Latin letters stay what they are, in their usual width: ﾊﾟ is パ and not ハ.
 */
export function foldWords(text: string): string {
  if (folded.test(text)) return text;
  const plain = inNormalForm(text, "NFKD").replace(/[\u0300-\u036f]/g, "");
  return inNormalForm(plain, "NFC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe")
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
