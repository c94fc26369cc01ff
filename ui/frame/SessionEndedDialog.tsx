import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { SignInForm } from "../sign-in/SignInForm.tsx";
import { signInTexts } from "../sign-in/sign-in-texts.ts";

/** Stands over a page whose session is over; the page stays as it is and reads anew after the sign-in. */
export function SessionEndedDialog() {
  const client = useQueryClient();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{signInTexts.signIn.endedTitle}</DialogTitle>
          <DialogContent>
            <SignInForm lead={signInTexts.signIn.ended} onSignedIn={() => void client.invalidateQueries()} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
