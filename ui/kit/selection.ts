/**
 * What is selected in a list: some items by their keys, whether the list shows them now or not, or all that its filter
 * finds, of which `count` is the number where it is known.
 */
export type ListSelection<Item> =
  | { kind: "some"; items: ReadonlyMap<string, Item> }
  | { kind: "all"; count: number | undefined };

/** Nothing selected. */
export function noSelection<Item>(): ListSelection<Item> {
  return { kind: "some", items: new Map() };
}

/** How many are selected; undefined where nobody has counted what the filter finds. */
export function selectedCount<Item>(selection: ListSelection<Item>): number | undefined {
  return selection.kind === "all" ? selection.count : selection.items.size;
}

/** Whether the item with `key`, which the list shows, is selected. */
export function isSelected<Item>(selection: ListSelection<Item>, key: string): boolean {
  return selection.kind === "all" || selection.items.has(key);
}

/**
 * The selection with `changed` taken in or out. Taking some out of "all that the filter finds" leaves those that the
 * list has `read` so far: only those can be named one by one.
 */
export function changeSelection<Item>(
  selection: ListSelection<Item>,
  { changed, on, read, keyOf }: { changed: Item[]; on: boolean; read: Item[]; keyOf: (item: Item) => string },
): ListSelection<Item> {
  if (selection.kind === "all" && on) return selection;
  const items = new Map(selection.kind === "all" ? read.map((item) => [keyOf(item), item]) : selection.items);
  for (const item of changed) {
    if (on) items.set(keyOf(item), item);
    else items.delete(keyOf(item));
  }
  return { kind: "some", items };
}

/** Whether all, some or none of the items that the list shows are selected. */
export function shownSelection<Item>(selection: ListSelection<Item>, keys: string[]): "all" | "some" | "none" {
  const chosen = keys.filter((key) => isSelected(selection, key)).length;
  if (chosen === 0) return "none";
  return chosen === keys.length ? "all" : "some";
}
