import { Link } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { callRoute } from "../client/call-route.ts";
import { SignInForm } from "./SignInForm.tsx";
import { SignInStage } from "./SignInStage.tsx";
import { signInTexts } from "./sign-in-texts.ts";
import { queryKeys } from "../client/query-keys.ts";

/** The sign-in at an address of its own, for what the api serves beside the pages: Bull Board and the docs. */
export function SignInPage() {
  const { next, failed } = useSearch({ from: "/sign-in" });
  const ways = useQuery({ queryKey: queryKeys.signInWays(), queryFn: () => callRoute("getSignInWays", {}) });
  const oidc = ways.data?.oidc;
  return (
    <SignInStage>
      <SignInForm
        {...(failed === "oidc" ? { lead: signInTexts.signIn.notAnAgent } : {})}
        onSignedIn={() => window.location.assign(ownPath(next))}
      />
      {oidc && (
        <Link href={`${oidc.url}?${new URLSearchParams({ next: ownPath(next) }).toString()}`}>
          {signInTexts.signIn.elsewhere(oidc.name)}
        </Link>
      )}
    </SignInStage>
  );
}

/** Only a path of our own, because `//host` and `/\host` lead elsewhere. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : "/";
}
