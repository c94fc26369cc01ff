import { LockClosedRegular } from "@fluentui/react-icons/svg/lock-closed";
import { ShieldLockRegular } from "@fluentui/react-icons/svg/shield-lock";
import { lazy, Suspense, useState } from "react";
import { partnerRoles } from "../../contract/authority.ts";
import type { RouteAnswer } from "../../contract/client.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { FactList } from "../kit/FactList.tsx";
import styles from "./AccountFacts.module.css";
import { settingsTexts } from "./settings-texts.ts";

const PasswordDialog = lazy(async () => ({ default: (await import("./PasswordDialog.tsx")).PasswordDialog }));
const AuthenticatorDialog = lazy(async () => ({
  default: (await import("./AuthenticatorDialog.tsx")).AuthenticatorDialog,
}));
const TurnOffDialog = lazy(async () => ({ default: (await import("./TurnOffDialog.tsx")).TurnOffDialog }));

const { settings: words, ownPassword, authenticator } = settingsTexts;

/** Who the agent is, with what can be changed of the way in. */
export function AccountFacts({ me }: { me: RouteAnswer<"getMe"> }) {
  const { name, email, partnerRole, twoFactorEnabled } = me;
  const [asking, setAsking] = useState<"password" | "setUp" | "turnOff" | null>(null);
  const close = () => setAsking(null);
  return (
    <div className={styles.account}>
      <FactList
        facts={[
          { label: words.name, value: name },
          { label: words.email, value: email },
          { label: words.role, value: partnerRole === null ? null : partnerRoles[partnerRole].label },
          { label: words.twoFactor, value: twoFactorEnabled ? words.twoFactorOn : words.twoFactorOff },
        ]}
      />
      <div className={styles.acts}>
        <CommandButton
          appearance="secondary"
          command={{
            key: "password",
            label: ownPassword.change,
            icon: <LockClosedRegular />,
            onUse: () => setAsking("password"),
          }}
        />
        <CommandButton
          appearance="secondary"
          command={{
            key: "setUp",
            label: authenticator.setUpTitle,
            icon: <ShieldLockRegular />,
            reason: twoFactorEnabled ? authenticator.onReason : null,
            onUse: () => setAsking("setUp"),
          }}
        />
        <CommandButton
          appearance="secondary"
          command={{
            key: "turnOff",
            label: authenticator.turnOff,
            reason: twoFactorEnabled ? null : authenticator.offReason,
            onUse: () => setAsking("turnOff"),
          }}
        />
      </div>
      <Suspense>
        {asking === "password" && <PasswordDialog onClose={close} />}
        {asking === "setUp" && <AuthenticatorDialog onClose={close} />}
        {asking === "turnOff" && <TurnOffDialog onClose={close} />}
      </Suspense>
    </div>
  );
}
