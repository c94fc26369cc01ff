import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { AskedLimits } from "../../contract/brakes.ts";
import { meQuery } from "../client/me-query.ts";
import { problemOf } from "../client/request-failed.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { say } from "../kit/toasts.ts";
import { usePartnerReason } from "../kit/use-authority.ts";
import { brakeLimitTexts as words } from "./brake-limit-texts.ts";
import { saveLimits } from "./save-limits.ts";

/** Looser limits that one agent has asked for; every other Admin agent can agree to them here. */
export function AskedLimitsNotice({ customerId, asked }: { customerId: string | null; asked: AskedLimits }) {
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const reason = usePartnerReason();
  const { limits, byId, note } = asked;
  const agree = useAct({
    mutationFn: () => saveLimits(customerId, { limits, agree: true }),
    onError: (error) => say({ tone: "bad", text: problemOf(error).detail }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.brakes() }),
  });
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{words.askedTitle}</MessageBarTitle> {note} {words.wouldBe(limits)}
      </MessageBarBody>
      {me.data !== undefined && me.data.id !== byId && (
        <MessageBarActions>
          <CommandButton
            appearance="primary"
            command={{ key: "agree", label: words.agree, reason, onUse: () => agree.mutate() }}
          />
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
