import { type Route, takesKey } from "../../contract/routes/route.ts";
import { authorityWords } from "./authority-words.ts";

/** What a caller has to know of a route beyond its summary, in sentences: most of it follows from what the route takes. */
export function routeDescription(route: Route): string {
  const { authority, headers = [], query } = route;
  const facts = [
    route.description,
    authorityWords(authority),
    headers.includes("Prefer") &&
      "With `Prefer: wait=n` the answer waits up to n seconds, 60 at most, for the outcome; without it the batch comes at once, and its `state` tells how it goes on.",
    headers.includes("If-Match") && "With `If-Match` this version is changed, or none.",
    takesKey(route) && "With an `Idempotency-Key` the same request, sent again, does nothing twice.",
    query !== undefined &&
      "cursor" in query.shape &&
      "A page holds `limit` items; `next` is the cursor of the page behind it, or null.",
  ];
  return facts.filter((fact) => typeof fact === "string").join(" ");
}
