import type { Overview } from "../../contract/overview.ts";
import { pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { saveDownload } from "../client/save-download.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatTime } from "../kit/format.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { homeTexts } from "./home-texts.ts";
import { NoticeList } from "./NoticeList.tsx";

const words = homeTexts.passwords;

type Ending = Overview["passwords"][number];

/** Temporary passwords that end soon and that nobody has signed in with, with a way to hand them out. */
export function EndingPasswords({ passwords }: { passwords: Ending[] | undefined }) {
  return (
    <NoticeList
      title={words.title}
      notices={passwords?.map((one) => ({
        key: one.batchId,
        what: words.line(one.passwords, one.batchNo),
        more: `${one.customer.name} · ${words.ends(formatTime(one.expiresAt))}`,
        act: <Acts ending={one} />,
      }))}
    />
  );
}

function Acts({ ending: { batchId, batchNo, customer } }: { ending: Ending }) {
  const { reason } = useAuthority(customer.id);
  // They came of new users or of resets; who may neither of them gets none.
  const missing = reason("resetPasswords") === null ? null : reason("createUsers");
  const download = useAct({
    mutationFn: () => callRoute("downloadPasswords", { params: { batchId } }),
    onSuccess: (csv) => saveDownload(csv, `batch-${batchNo}-passwords.csv`),
  });
  return (
    <>
      <LinkButton to={pages.batch.path} params={{ batchId }} appearance="subtle">
        {words.open}
      </LinkButton>
      <CommandButton
        appearance="secondary"
        command={{ key: batchId, label: words.download, reason: missing, onUse: () => download.mutate() }}
      />
      {download.isError && <ProblemNotice error={download.error} />}
    </>
  );
}
