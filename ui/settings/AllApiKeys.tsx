import { useInfiniteQuery } from "@tanstack/react-query";
import { MoreButton } from "../kit/MoreButton.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { Sheet } from "../kit/Section.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { ApiKeyTable } from "./ApiKeyTable.tsx";
import { allKeysQuery } from "./settings-queries.ts";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.keys;

/** The API keys of all agents, which Admin agents see and end. */
export function AllApiKeys() {
  const reason = usePartnerReason();
  const list = useInfiniteQuery({ ...allKeysQuery, enabled: reason === null });
  if (reason !== null) {
    return (
      <Sheet>
        <NoAuthority reason={reason} />
      </Sheet>
    );
  }
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <ApiKeyTable label={words.allTitle} list={{ ...list, items }} emptyLead={words.emptyLead} named />
      <MoreButton list={list} />
    </>
  );
}
