/** What has had the focus, and the part of the page that it stands in; menus and messages stand in none. */
type Place = { element: HTMLElement; part: Element | null };

const parts = "main, aside, [role=dialog], [role=alertdialog]";
const reachable = "a[href], button, input, select, textarea, [tabindex]";
/** Nobody opens more dialogs over one another, and what is remembered stays in memory. */
const mostPlaces = 12;

/**
 * Leaves nobody who works with the keyboard without a place. When what has the focus goes away, the focus goes to what
 * follows it in the same part of the page; when a dialog or a pane goes with it, to where the focus was before that.
 */
export function keepFocus(page: Document): void {
  let places: Place[] = [];
  page.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || target.hasAttribute("data-tabster-dummy")) return;
    places = [...places.filter(({ element }) => element !== target), { element: target, part: target.closest(parts) }];
    places = places.slice(-mostPlaces);
  });
  page.addEventListener(
    "mouseup",
    () => {
      // A click beside everything has taken the focus away on purpose.
      if (isLost(page)) places = [];
    },
    true,
  );
  new MutationObserver((records) => {
    const last = places.at(-1)?.element;
    if (last === undefined) return;
    const lost = isLost(page) && records.some(({ removedNodes }) => holds(removedNodes, last));
    places = places.flatMap((place) => (place.element.isConnected ? [place] : follower(place, records)));
    if (lost) giveBack(page, places);
  }).observe(page.body, { childList: true, subtree: true });
}

function isLost({ activeElement, body }: Document): boolean {
  return activeElement === null || activeElement === body;
}

function holds(nodes: NodeList, element: Element): boolean {
  return [...nodes].some((node) => node.contains(element));
}

/** What stands now where the element of a place stood, or comes after that; nothing where its whole part is gone. */
function follower({ element, part }: Place, records: MutationRecord[]): Place[] {
  if (part === null || !part.isConnected) return [];
  const gone = records.findLast(({ removedNodes }) => holds(removedNodes, element));
  if (gone === undefined) return [];
  const { previousSibling, target } = gone;
  // Whatever went away in the same moment says nothing of the place.
  const before = previousSibling?.isConnected === true ? previousSibling : null;
  const start = before ?? target;
  let latest: HTMLElement | undefined;
  for (const one of part.querySelectorAll<HTMLElement>(reachable)) {
    if (!isReachable(one)) continue;
    latest = one;
    const comesAfter = (start.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    if (comesAfter && before?.contains(one) !== true) break;
  }
  return latest === undefined ? [] : [{ element: latest, part }];
}

function isReachable(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && !element.hasAttribute("data-tabster-dummy") && isShown(element);
}

function isShown(element: HTMLElement): boolean {
  return !element.matches(":disabled") && element.getClientRects().length > 0;
}

function giveBack(page: Document, places: Place[]): void {
  const over = [...page.querySelectorAll<HTMLElement>("[aria-modal=true]")].at(-1);
  const within = over ?? page.body;
  const before = places.findLast(({ element }) => within.contains(element) && isShown(element))?.element;
  const next = before ?? over ?? page.getElementById("content");
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
