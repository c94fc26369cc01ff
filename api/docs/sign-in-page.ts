import { type Code, describeCode } from "../../contract/codes.ts";
import { escapeHtml, htmlPage } from "./html.ts";

/** The form that signs an agent in without any script, for Bull Board and the docs. */
export function signInPage({ next, failed }: { next: string; failed: string | null }): string {
  const alert = failed === null ? "" : `<p class="alert" role="alert">${escapeHtml(reason(failed))}</p>`;
  return htmlPage(
    "Sign in · Muster",
    `<form method="post" action="/sign-in">
<h1>Muster</h1>
${alert}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label>Email <input type="email" name="email" autocomplete="username" required autofocus></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>`,
  );
}

function reason(code: string): string {
  if (code === "unauthenticated" || code === "body_invalid") return "The email or the password is wrong.";
  if (code === "rate_limited") return "Too many tries from this address. Wait a minute.";
  const known: Partial<Record<Code, true>> = { unavailable: true, internal: true };
  return code in known ? `${describeCode(code as Code).title}.` : "Signing in failed.";
}
