import { useSearch } from "@tanstack/react-router";
import { SignInForm } from "../parts/SignInForm.tsx";
import { SignInStage } from "../parts/SignInStage.tsx";

/** The sign-in at an address of its own, for what the api serves beside the pages: Bull Board and the docs. */
export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  return (
    <SignInStage>
      <SignInForm onSignedIn={() => window.location.assign(ownPath(next))} />
    </SignInStage>
  );
}

/** Only a path of our own, because `//host` and `/\host` lead elsewhere. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : "/";
}
