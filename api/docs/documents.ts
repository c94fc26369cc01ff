import { makeOpenApi } from "../openapi/make-openapi.ts";
import { docsPage } from "./docs-page.ts";

type Documents = { openApi: ReturnType<typeof makeOpenApi>; page: string };

const made = new Map<string | null, Documents>();

/** The documents of a Muster at `publicUrl`. They are for everybody and take 0.3 s to make, so they are made once. */
export function documentsOf(publicUrl: string | null): Documents {
  const before = made.get(publicUrl);
  if (before !== undefined) return before;
  const openApi = makeOpenApi(publicUrl);
  const documents = { openApi, page: docsPage(openApi) };
  made.set(publicUrl, documents);
  return documents;
}
