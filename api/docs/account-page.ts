import { type Code, describeCode } from "../../contract/codes.ts";
import { escapeHtml, htmlPage } from "./html.ts";

/** The form by which an account changes its temporary password for one of its own, without any script. */
export function accountPage({ failed, done }: { failed: string | null; done: boolean }): string {
  if (done) {
    return htmlPage(
      "Password set",
      `<form><h1>Your password is set</h1>
<p>Sign in with it from now on. The temporary password works no more.</p></form>`,
    );
  }
  const alert = failed === null ? "" : `<p class="alert" role="alert">${escapeHtml(reason(failed))}</p>`;
  return htmlPage(
    "Choose your password",
    `<form method="post" action="/account">
<h1>Choose your password</h1>
${alert}
<label>Username, such as ada@contoso.example <input name="name" autocomplete="username" maxlength="256" required autofocus></label>
<label>Temporary password <input type="password" name="password" autocomplete="current-password" required></label>
<p>${rules}</p>
<label>New password <input type="password" name="newPassword" autocomplete="new-password" minlength="8" maxlength="256" required></label>
<label>New password again <input type="password" name="newPasswordAgain" autocomplete="new-password" minlength="8" maxlength="256" required></label>
<button>Set password</button>
</form>`,
  );
}

const rules =
  "The new one has 8 to 256 characters of three kinds: lower-case letters, upper-case letters, digits, symbols. Letters without accents.";

function reason(code: string): string {
  if (code === "unauthenticated") return "The username or the password is wrong, or the password has expired.";
  if (code === "password_invalid") return "The new password breaks the rules below, or is the one that you have.";
  if (code === "not_repeated") return "The new password was not the same both times.";
  if (code === "rate_limited") return "Too many tries. Wait a quarter of an hour.";
  return code === "unavailable" ? `${describeCode("unavailable" satisfies Code).title}.` : "The password was not set.";
}
