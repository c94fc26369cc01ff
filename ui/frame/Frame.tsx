import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Fragment, lazy, Suspense, useEffect, useRef, useState } from "react";
import { meQuery } from "../client/me-query.ts";
import { problemOf } from "../client/request-failed.ts";
import { sessionBegan, useSession } from "../client/session.ts";
import { useBatchHints } from "../batches/use-batch-hints.ts";
import { useNotifyState } from "../notifications/notify-choice.ts";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SignInForm } from "../sign-in/SignInForm.tsx";
import { SignInStage } from "../sign-in/SignInStage.tsx";
import { frameTexts } from "./frame-texts.ts";
import styles from "./Frame.module.css";
import { AwayNotice } from "./AwayNotice.tsx";
import { NavRail } from "./NavRail.tsx";
import { type Overlay, Overlays } from "./Overlays.tsx";
import { SessionEndedDialog } from "./SessionEndedDialog.tsx";
import { ToastRegion } from "./ToastRegion.tsx";
import { UploadTray } from "./UploadTray.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { TopBar } from "./TopBar.tsx";

const BatchEnds = lazy(async () => ({ default: (await import("../notifications/BatchEnds.tsx")).BatchEnds }));

/** What stands around every page, once the agent has signed in; before that the form to do so, at the same address. */
export function Frame() {
  const session = useSession();
  const me = useQuery(meQuery);
  const known = me.data !== undefined;
  const notify = useNotifyState();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useEffect(() => {
    if (!known) return;
    sessionBegan();
    void import("../upload/kept-files.ts").then(
      ({ forgetFiles }) => forgetFiles(),
      () => undefined,
    );
  }, [known]);

  const agentId = me.data?.id;
  const shownTo = useRef(agentId);
  useEffect(() => {
    // The page of one agent, which is gone by now, is begun anew for the next who signs in on it.
    if (agentId !== undefined && shownTo.current !== undefined && agentId !== shownTo.current) window.location.reload();
    shownTo.current = agentId;
  }, [agentId]);

  if (session === "signedOut") {
    return (
      <SignInStage>
        <SignInForm onSignedIn={() => void me.refetch()} />
      </SignInStage>
    );
  }
  if (me.data === undefined) {
    return (
      <main className={styles.waiting}>
        {me.isError && problemOf(me.error).code !== "unauthenticated" ? (
          <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
        ) : (
          <Loading />
        )}
      </main>
    );
  }
  return (
    <div className={styles.frame}>
      {/* What one agent has typed and chosen is not for the next one who signs in. */}
      <Fragment key={me.data.id}>
        <a className={styles.skip} href="#content">
          {frameTexts.nav.skip}
        </a>
        <TopBar name={me.data.name} email={me.data.email} onOpen={setOverlay} />
        <NavRail />
        <main id="content" className={styles.content} tabIndex={-1}>
          <AwayNotice />
          <Outlet />
        </main>
        <ToastRegion>
          <UploadTray />
        </ToastRegion>
        <Hints />
        {notify === "on" && (
          <Suspense>
            <BatchEnds agentId={me.data.id} />
          </Suspense>
        )}
        <Keys onOpen={setOverlay} />
        <Overlays open={overlay} onOpen={setOverlay} />
      </Fragment>
      {session === "ended" && <SessionEndedDialog />}
    </div>
  );
}

function Keys({ onOpen }: { onOpen: (what: Overlay) => void }) {
  useShortcuts(onOpen);
  return null;
}

function Hints() {
  useBatchHints();
  return null;
}
