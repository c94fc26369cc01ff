import { type Code, describeCode } from "../../contract/codes.ts";
import { escapeHtml, htmlPage } from "./html.ts";

type Shown = {
  next: string;
  failed: string | null;
  /** The password was right, and the code of the authenticator app is asked for. */
  code: boolean;
  oidcName: string | null;
};

/** The form that signs an agent in without any script, for Bull Board and the docs. */
export function signInPage({ next, failed, code, oidcName }: Shown): string {
  const alert = failed === null ? "" : `<p class="alert" role="alert">${escapeHtml(reason(failed, code))}</p>`;
  return htmlPage(
    "Sign in · Muster",
    `<form method="post" action="/sign-in">
<h1>Muster</h1>
${alert}
<input type="hidden" name="next" value="${escapeHtml(next)}">
${code ? codeField : passwordFields}
<button>Sign in</button>
${oidcName === null || code ? "" : oidcLink(oidcName, next)}
</form>`,
  );
}

const passwordFields = `<label>Email <input type="email" name="email" autocomplete="username" required autofocus></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>`;

const codeField = `<label>Code of your authenticator app
<input name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus></label>`;

function oidcLink(name: string, next: string): string {
  const query = new URLSearchParams({ next }).toString();
  return `<a href="/sign-in/oidc?${escapeHtml(query)}">Sign in with ${escapeHtml(name)}</a>`;
}

function reason(code: string, second: boolean): string {
  if (code === "oidc") return "The sign-in provider did not name an agent. Ask an Admin agent to make you one.";
  if (second && code === "unauthenticated") return "The code is wrong, or it took too long. Try again.";
  if (code === "unauthenticated" || code === "body_invalid") return "The email or the password is wrong.";
  if (code === "rate_limited") return "Too many tries from this address. Wait a minute.";
  const known: Partial<Record<Code, true>> = { unavailable: true, internal: true };
  return code in known ? `${describeCode(code as Code).title}.` : "Signing in failed.";
}
