import { Button } from "@fluentui/react-components";
import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { DismissCircleFilled } from "@fluentui/react-icons/svg/dismiss-circle";
import { Link } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { texts } from "../kit/texts.ts";
import { type Toast, unsay, useToasts } from "../kit/toasts.ts";
import { frameTexts } from "./frame-texts.ts";
import styles from "./ToastRegion.module.css";

const shownMs = 8_000;

const icons: Record<Toast["tone"], ComponentType> = {
  good: CheckmarkCircleFilled,
  bad: DismissCircleFilled,
  busy: ArrowSyncRegular,
};

/** What stands at the lower right: `children`, and the toasts. They stay while the pointer or the focus is on them, and what went wrong stays until it is closed. */
export function ToastRegion({ children }: { children?: ReactNode }) {
  const toasts = useToasts();
  const [held, setHeld] = useState(false);
  return (
    <section
      className={styles.region}
      aria-label={frameTexts.toasts}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {children}
      {toasts.map((toast) => (
        <OneToast key={toast.key} toast={toast} held={held} />
      ))}
    </section>
  );
}

function OneToast({ toast: { key, tone, text, link }, held }: { toast: Toast; held: boolean }) {
  const stays = held || tone === "bad";
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => unsay(key), shownMs);
    return () => clearTimeout(timer);
  }, [stays, key]);
  const Icon = icons[tone];
  return (
    <div className={styles.toast} data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      <span className={styles.icon}>
        <Icon />
      </span>
      <p className={styles.words}>
        {text}{" "}
        {link !== undefined && (
          <Link to={link.to} className="in-text" onClick={() => unsay(key)}>
            {link.label}
          </Link>
        )}
      </p>
      <Button
        appearance="transparent"
        size="small"
        icon={<DismissRegular />}
        aria-label={texts.common.close}
        onClick={() => unsay(key)}
      />
    </div>
  );
}
