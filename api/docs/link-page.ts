import { htmlPage } from "./html.ts";

/**
 * The page that a one-time link leads to. A mail scanner that fetches it sees a button and opens nothing: the token
 * stands behind the `#`, which no browser sends, and only the button posts it.
 */
export const linkPage = htmlPage(
  "Your temporary password",
  `<form id="closed">
<h1>Your temporary password</h1>
<p>It is shown once. Be ready to write it down, or to go on with it at once.</p>
<noscript><p class="alert">This page needs JavaScript, to keep the secret part of the link out of every log.</p></noscript>
<p class="alert" role="alert" id="refused"></p>
<button id="open">Show it</button>
</form>
<form id="shown" action="/account" method="get" hidden>
<h1 id="display-name"></h1>
<label>Username <input id="name" readonly></label>
<label>Temporary password <input id="password" readonly></label>
<p>This page cannot be opened again: copy both before you go on.</p>
<button>Choose your own password</button>
</form>
<script src="/link.js"></script>`,
);

/** The script of that page, in a file of its own, because the policy allows none inside a page. */
export const linkScript = `"use strict";
const at = (id) => document.getElementById(id);
const token = location.hash.slice(1);
at("closed").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("open").disabled = true;
  at("refused").textContent = "";
  try {
    const answer = await fetch("/link", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    const body = await answer.json();
    if (!answer.ok) {
      at("refused").textContent = body.title + ". " + body.detail;
      at("open").disabled = answer.status !== 429 && answer.status < 500;
      return;
    }
    history.replaceState(null, "", location.pathname);
    at("display-name").textContent = body.displayName;
    at("name").value = body.userPrincipalName;
    at("password").value = body.temporaryPassword;
    at("closed").hidden = true;
    at("shown").hidden = false;
  } catch {
    at("refused").textContent = "The server could not be reached. Nothing was opened; try again.";
    at("open").disabled = false;
  }
});
if (token === "") {
  at("refused").textContent = "The link is not whole: its last part is missing. Copy all of it.";
  at("open").disabled = true;
}
`;
