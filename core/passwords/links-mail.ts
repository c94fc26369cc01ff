import type { OneTimeLink } from "./make-links.ts";

/** The subject and the text of a mail that brings one-time links, to the person or to whoever hands them on. */
export function linksMail(links: readonly OneTimeLink[]): { subject: string; text: string } {
  const [only] = links;
  if (links.length === 1 && only !== undefined) {
    const text = `This link shows the temporary password of ${nameOf(only)}, once, until ${endOf(only)}:\n\n${only.url}\n`;
    return { subject: "Muster: a link to a temporary password", text };
  }
  const parts = links.map((link) => `${nameOf(link)}, until ${endOf(link)}\n${link.url}\n`);
  const lead = "Each link shows one temporary password, once. Send each person their own link and no other one.";
  return { subject: `Muster: links to ${links.length} temporary passwords`, text: `${lead}\n\n${parts.join("\n")}` };
}

function nameOf({ displayName, userPrincipalName }: OneTimeLink): string {
  return `${displayName} (${userPrincipalName})`;
}

function endOf({ expiresAt }: OneTimeLink): string {
  return `${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
