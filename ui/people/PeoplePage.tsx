import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { WithPane } from "../kit/DetailsPane.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { moveAmongHits } from "../kit/hit-keys.ts";
import { Loading } from "../kit/Loading.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { useTitle } from "../kit/use-title.ts";
import { FoundPeople } from "./FoundPeople.tsx";
import { fewestLetters, peopleQuery } from "./people-queries.ts";
import { peopleTexts } from "./people-texts.ts";
import { PersonPane } from "./PersonPane.tsx";

const words = peopleTexts.people;

/** One search over users, rows of batches and the audit, and what happened to the person that is opened. */
export function PeoplePage() {
  useTitle(pages.people.title);
  const { q = "", user } = useSearch({ from: "/frame/people" });
  const change = useSearchChange();
  const found = useQuery(peopleQuery(q));
  const person = found.data?.users.items.find(({ userId }) => userId === user);
  return (
    <div onKeyDown={moveAmongHits}>
      <PageHead title={pages.people.title} />
      <Toolbar>
        <SearchBox
          label={words.search}
          value={q}
          onChange={(next) => change({ q: next || undefined, user: undefined })}
        />
      </Toolbar>
      {q.length < fewestLetters ? (
        <EmptyState title={words.start} lead={words.startLead} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Loading />
      ) : (
        <WithPane
          pane={person !== undefined && <PersonPane person={person} onClose={() => change({ user: undefined })} />}
        >
          <FoundPeople
            q={q}
            found={found.data}
            brief={person !== undefined}
            onOpen={({ userId }) => change({ user: userId })}
          />
        </WithPane>
      )}
    </div>
  );
}
