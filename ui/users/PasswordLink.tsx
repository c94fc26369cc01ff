import { LinkRegular } from "@fluentui/react-icons/svg/link";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RouteAnswer } from "../../contract/client.ts";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { CopyButton } from "../kit/CopyButton.tsx";
import { formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import styles from "./NewPasswords.module.css";
import { userTexts } from "./user-texts.ts";

type LinkedUser = Pick<User, "customerId" | "id" | "otherMail">;

const words = userTexts.passwords;
const usualHours = 72;

/**
 * Makes a one-time link to a user's temporary password, to be sent to the user, and shows it this once; mails it too, where
 * Muster has a mail server.
 */
export function PasswordLink({ user: { customerId, id: userId, otherMail } }: { user: LinkedUser }) {
  const { reason } = useAuthority(customerId);
  const refused = reason("createUsers") === null ? null : reason("resetPasswords");
  const me = useQuery(meQuery);
  const [address, setAddress] = useState(otherMail ?? "");
  const link = useAct({
    mutationFn: (mailTo: string | undefined) =>
      callRoute("makeUserLink", { params: { customerId, userId }, body: { expiresInHours: usualHours, mailTo } }),
  });
  return (
    <section className={styles.part} aria-label={words.link}>
      {link.isError && <ProblemNotice error={link.error} />}
      {link.data?.url === undefined ? (
        <>
          <CommandButton
            appearance="secondary"
            command={{
              key: "link",
              label: words.link,
              icon: <LinkRegular />,
              reason: refused,
              onUse: () => link.mutate(undefined),
            }}
          />
          {me.data?.mails === true && (
            <div className={styles.mail}>
              <TextInput label={words.mailTo} value={address} onChange={setAddress} reason={refused} />
              <CommandButton
                appearance="secondary"
                command={{
                  key: "mail",
                  label: words.mail,
                  icon: <LinkRegular />,
                  reason: refused ?? (address.includes("@") ? null : words.noAddress),
                  onUse: () => link.mutate(address.trim()),
                }}
              />
            </div>
          )}
        </>
      ) : (
        <>
          <p className={styles.address}>
            <code>{link.data.url}</code> <CopyButton text={link.data.url} />
          </p>
          <p>{words.linkEnds(formatTime(link.data.expiresAt))}</p>
          {link.variables !== undefined && <Mailed to={link.variables} warnings={link.data.warnings} />}
        </>
      )}
    </section>
  );
}

function Mailed({ to, warnings = [] }: { to: string; warnings: RouteAnswer<"makeUserLink">["warnings"] }) {
  const [warning] = warnings;
  return <p role="status">{warning === undefined ? words.mailed(to) : words.notMailed(warning.message)}</p>;
}
