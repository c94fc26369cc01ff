import { LinkRegular } from "@fluentui/react-icons/svg/link";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { CopyButton } from "../kit/CopyButton.tsx";
import { formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import styles from "./NewPasswords.module.css";
import { userTexts } from "./user-texts.ts";

const words = userTexts.passwords;
const usualHours = 72;

/** Makes a one-time link to a user's temporary password, to be sent to the user, and shows it this once. */
export function PasswordLink({ user: { customerId, id: userId } }: { user: Pick<User, "customerId" | "id"> }) {
  const { reason } = useAuthority(customerId);
  const refused = reason("createUsers") === null ? null : reason("resetPasswords");
  const link = useAct({
    mutationFn: () =>
      callRoute("makeUserLink", { params: { customerId, userId }, body: { expiresInHours: usualHours } }),
  });
  return (
    <section className={styles.part} aria-label={words.link}>
      {link.isError && <ProblemNotice error={link.error} />}
      {link.data?.url === undefined ? (
        <CommandButton
          appearance="secondary"
          command={{
            key: "link",
            label: words.link,
            icon: <LinkRegular />,
            reason: refused,
            onUse: () => link.mutate(),
          }}
        />
      ) : (
        <>
          <p className={styles.address}>
            <code>{link.data.url}</code> <CopyButton text={link.data.url} />
          </p>
          <p>{words.linkEnds(formatTime(link.data.expiresAt))}</p>
        </>
      )}
    </section>
  );
}
