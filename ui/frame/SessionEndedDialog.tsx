import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";
import { SignInForm } from "../sign-in/SignInForm.tsx";
import { signInTexts } from "../sign-in/sign-in-texts.ts";

/** Stands over a page whose session is over; the page stays as it is and reads anew after the sign-in of the same agent. */
export function SessionEndedDialog() {
  const client = useQueryClient();
  const goOn = async () => {
    // Before anything that waits goes out: another agent is not to send it.
    await client.refetchQueries({ queryKey: queryKeys.me() }, { throwOnError: true });
    void client.invalidateQueries();
  };
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{signInTexts.signIn.endedTitle}</DialogTitle>
          <DialogContent>
            <SignInForm lead={signInTexts.signIn.ended} onSignedIn={goOn} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
