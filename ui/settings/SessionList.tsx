import { Badge } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Session } from "../../contract/routes/sign-in-routes.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { say } from "../kit/toasts.ts";
import { browserName } from "./browser-name.ts";
import { sessionsQuery } from "./settings-queries.ts";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.sessions;

/** Where the agent is signed in; each of them can be ended, but the one in use. */
export function SessionList() {
  const client = useQueryClient();
  const list = useQuery(sessionsQuery);
  const end = useAct({
    mutationFn: (sessionId: string) => callRoute("endSession", { params: { sessionId } }),
    onSuccess: async () => {
      say({ tone: "good", text: words.ended });
      await client.invalidateQueries({ queryKey: queryKeys.sessions() });
    },
  });
  if (list.isError && list.data === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      {end.isError && <ProblemNotice error={end.error} />}
      <Sheet>
        <DataTable
          label={words.title}
          columns={columns((id) => end.mutate(id))}
          items={list.data}
          itemKey={({ id }) => id}
        />
      </Sheet>
    </>
  );
}

function columns(onEnd: (sessionId: string) => void): Column<Session>[] {
  return [
    {
      key: "browser",
      header: words.browser,
      narrow: "lead",
      cell: ({ userAgent, current }) => (
        <>
          {userAgent === null || userAgent === "" ? words.unknown : browserName(userAgent)}{" "}
          {current && (
            <Badge appearance="tint" color="brand">
              {words.here}
            </Badge>
          )}
        </>
      ),
    },
    { key: "address", header: words.address, narrow: "line", cell: ({ ipAddress }) => ipAddress },
    { key: "since", header: words.since, cell: ({ createdAt }) => formatTime(createdAt) },
    { key: "until", header: words.until, narrow: "wideOnly", cell: ({ expiresAt }) => formatTime(expiresAt) },
    {
      key: "end",
      header: <span className="visually-hidden">{words.end}</span>,
      narrow: "end",
      numeric: true,
      width: "110px",
      cell: ({ id, current }) => (
        <CommandButton
          command={{ key: "end", label: words.end, reason: current ? words.endHere : null, onUse: () => onEnd(id) }}
        />
      ),
    },
  ];
}
