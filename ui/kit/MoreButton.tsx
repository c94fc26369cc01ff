import { Button } from "@fluentui/react-components";
import { texts } from "./texts.ts";

/** Reads the next page of a list, where there is one. */
export function MoreButton({
  list,
}: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  if (!list.hasNextPage) return null;
  return (
    <Button appearance="subtle" disabledFocusable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {texts.common.showMore}
    </Button>
  );
}
