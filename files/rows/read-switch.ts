import { foldWords } from "../text/fold-words.ts";

const yes = new Set(
  "yes y true 1 on enabled active ja wahr oui vrai sí sim verdadero verdadeiro sì vero waar sand sann kyllä tak prawda evet doğru có đúng 是 はい 启用 啟用 有効"
    .split(" ")
    .map(foldWords),
);
const no = new Set(
  "no n false 0 off disabled inactive nein falsch non faux não falso nee onwaar nej nei falsk ei nie fałsz hayır yanlış không sai 否 いいえ 停用 禁用 無効"
    .split(" ")
    .map(foldWords),
);

/** Whether a cell says yes or no, in any language whose headers are known; null where it says neither. */
export function readSwitch(value: string): boolean | null {
  const word = yes.has(value) || no.has(value) ? value : foldWords(value);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}
