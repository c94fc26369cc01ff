import type { DigitsSection } from "./read-format.ts";

// Excel keeps no more, so the rest is noise: 0.1 + 0.2 is stored as 0.30000000000000004.
const significantDigits = 15;

/** A stored number as plain digits: no exponent, no `.0`, and no more digits than Excel has. What is none stays. */
export function plainNumber(stored: string): string {
  if (/^-?(?:0|[1-9]\d*)$/.test(stored)) return stored === "-0" ? "0" : stored;
  const number = Number(stored);
  if (stored.trim() === "" || !Number.isFinite(number)) return stored;
  if (number === 0) return "0";
  const [mantissa, power] = Math.abs(number)
    .toExponential(significantDigits - 1)
    .split("e") as [string, string];
  const digits = String(Number(mantissa)).replace(".", "");
  const before = Number(power) + 1;
  const sign = number < 0 ? "-" : "";
  if (before <= 0) return `${sign}0.${"0".repeat(-before)}${digits}`;
  if (digits.length <= before) return sign + digits.padEnd(before, "0");
  return `${sign}${digits.slice(0, before)}.${digits.slice(before)}`;
}

/** A stored number in the places of a format of digits, such as 01067 in `00000`; plain where it does not fit in. */
export function showDigits(stored: string, sections: DigitsSection[]): string {
  const number = Number(stored);
  if (stored.trim() === "" || !(Math.abs(number) < 1e15)) return plainNumber(stored);
  const section = sectionFor(number, sections);
  if (section === undefined) return plainNumber(stored);
  const digits = String(Math.round(Math.abs(number))).replace(/^0+/, "");
  let left = digits.length;
  let shown = "";
  const firstPlace = section.tokens.findIndex((token) => token.place);
  for (let at = section.tokens.length - 1; at >= 0; at--) {
    const { place, text } = section.tokens[at]!;
    if (!place) shown = text + shown;
    else if (at === firstPlace && left > 0) {
      // All that is left of the digits stands in the first place.
      shown = digits.slice(0, left) + shown;
      left = 0;
    } else if (left > 0) shown = digits[--left]! + shown;
    else if (text === "0") shown = `0${shown}`;
  }
  return number < 0 && section === sections[0] ? `-${shown}` : shown;
}

function sectionFor(number: number, sections: DigitsSection[]): DigitsSection | undefined {
  if (sections.some((section) => section.condition !== null)) {
    return sections.find(({ condition }) => condition === null || holds(number, condition));
  }
  if (number < 0 && sections[1] !== undefined) return sections[1];
  return number === 0 && sections[2] !== undefined ? sections[2] : sections[0];
}

function holds(number: number, { operator, limit }: NonNullable<DigitsSection["condition"]>): boolean {
  if (number === limit) return operator === "=" || operator === "<=" || operator === ">=";
  return operator === "<>" || operator.startsWith(number < limit ? "<" : ">");
}
