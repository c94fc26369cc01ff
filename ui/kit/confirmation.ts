/** What is about to be done to so many, or to one that is to be named; `always` has the number typed however small it is. */
export type Confirmed = { count: number; always?: boolean } | { name: string };

const mostUntyped = 50;

/** What has to be typed before it is done: the name, or the number where it is above 50; null where nothing has to. */
export function confirmationFor(confirmed: Confirmed): string | null {
  if ("name" in confirmed) return confirmed.name;
  return confirmed.always === true || confirmed.count > mostUntyped ? String(confirmed.count) : null;
}

/** Whether `typed` is what was `wanted`; blanks around it, its case, and what stands between thousands do not matter. */
export function isConfirmed(wanted: string | null, typed: string): boolean {
  if (wanted === null) return true;
  if (/^\d+$/.test(wanted)) return typed.replaceAll(/[\s.,'’\u00a0\u202f]/g, "") === wanted;
  return plain(typed) === plain(wanted);
}

function plain(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
