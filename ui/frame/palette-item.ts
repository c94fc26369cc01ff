/** One thing that the palette finds: what it is, what tells it from others, and what choosing it does. */
export type PaletteItem = {
  key: string;
  group: string;
  label: string;
  beside?: string | undefined;
  /** Why it cannot be chosen now. */
  reason?: string | null | undefined;
  choose: () => void;
};

/** The items in whose label, or beside it, each word of `q` is found; accents and case do not matter. */
export function matching(items: PaletteItem[], q: string): PaletteItem[] {
  const words = fold(q).split(/\s+/).filter(Boolean);
  return items.filter(({ label, beside = "" }) => {
    const text = fold(`${label} ${beside}`);
    return words.every((word) => text.includes(word));
  });
}

/** Items under the name of their group, in the order in which groups first appear. */
export function grouped(items: PaletteItem[]): { group: string; items: PaletteItem[] }[] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].map(([group, of]) => ({ group, items: of }));
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
