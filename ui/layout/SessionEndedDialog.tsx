import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { SignInForm } from "../parts/SignInForm.tsx";
import { texts } from "../texts.ts";

/** Stands over a page whose session is over; the page stays as it is and reads anew after the sign-in. */
export function SessionEndedDialog() {
  const client = useQueryClient();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.signIn.endedTitle}</DialogTitle>
          <DialogContent>
            <SignInForm lead={texts.signIn.ended} onSignedIn={() => void client.invalidateQueries()} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
