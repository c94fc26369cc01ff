import { Spinner } from "@fluentui/react-components";
import { texts } from "./texts.ts";

/** Stands in the place of what is still on its way. */
export function Loading() {
  return <Spinner label={texts.common.loading} />;
}

/** The same with room around it, in the place of a whole page. */
export function LoadingPage() {
  return <Spinner label={texts.common.loading} style={{ padding: 48 }} />;
}
