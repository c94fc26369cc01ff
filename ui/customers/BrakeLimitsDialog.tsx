import { Checkbox, Field, Input } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import type { CustomerBrakes } from "../../contract/brakes.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { brakeLimitTexts } from "./brake-limit-texts.ts";
import { saveLimits } from "./save-limits.ts";
import styles from "./NewCustomerDialog.module.css";

const words = brakeLimitTexts.dialog;
const most = { users: 10_000_000, percent: 100 };

/** Asks for the limits of plans, of a customer or of all; a customer's own can be given up. */
export function BrakeLimitsDialog({
  customerId,
  brakes: { limits, own, asked: wish },
  onClose,
}: {
  customerId: string | null;
  brakes: CustomerBrakes;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const draft = useDraft(`limits ${customerId ?? "all"}`, {
    asAll: !own,
    users: limits.users?.toString() ?? "",
    percent: limits.percent?.toString() ?? "",
    admins: limits.admins,
  });
  const { asAll, users, percent, admins } = draft.value;
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const asked = { users: numberOf(users, most.users), percent: numberOf(percent, most.percent) };
  const right = asAll || (asked.users !== undefined && asked.percent !== undefined);
  const field = (name: "users" | "percent") => (
    <Field
      label={words[name]}
      hint={words.none}
      {...(tried && asked[name] === undefined && { validationMessage: words.wrong(most[name]) })}
    >
      <Input
        type="number"
        min={0}
        max={most[name]}
        value={draft.value[name]}
        onChange={(_event, { value }) => draft.set({ [name]: value })}
      />
    </Field>
  );
  return (
    <DraftDialog
      draft={draft}
      title={words.title}
      submit={texts.common.save}
      mayAct={() => tryNow(right)}
      onClose={onClose}
      act={async () => {
        const wanted = { users: asked.users ?? null, percent: asked.percent ?? null, admins };
        await saveLimits(customerId, { limits: asAll ? null : wanted });
        await client.invalidateQueries({ queryKey: queryKeys.brakes() });
      }}
    >
      <div ref={place} className={styles.fields}>
        <p>
          {words.looser} {wish !== null && words.replaces(wish.by)}
        </p>
        {customerId !== null && (
          <Checkbox
            label={words.asAll}
            checked={asAll}
            onChange={(_event, { checked }) => draft.set({ asAll: checked === true })}
          />
        )}
        {!asAll && (
          <>
            {field("users")}
            {field("percent")}
            <Checkbox
              label={words.admins}
              checked={admins}
              onChange={(_event, { checked }) => draft.set({ admins: checked === true })}
            />
          </>
        )}
      </div>
    </DraftDialog>
  );
}

/** The number that was typed, null for nothing; undefined where it is none from 0 to `greatest`. */
function numberOf(typed: string, greatest: number): number | null | undefined {
  if (typed.trim() === "") return null;
  const number = Number(typed);
  return number >= 0 && number <= greatest && (greatest === 100 || Number.isInteger(number)) ? number : undefined;
}
