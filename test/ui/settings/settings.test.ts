import { describe, expect, it } from "vitest";
import { browserName } from "../../../ui/settings/browser-name.ts";
import { keyAuthorityWords } from "../../../ui/settings/key-authority-words.ts";
import { emptyKey, newKeyBody } from "../../../ui/settings/new-key-draft.ts";
import { settingsTexts } from "../../../ui/settings/settings-texts.ts";
import { totpSecret } from "../../../ui/settings/totp-secret.ts";

const words = settingsTexts.keys;

describe("the browser of a sign-in", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36 Edg/138.0",
      "Edge, Windows",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Safari, iPhone",
    ],
    ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36", "Chrome, Android"],
    ["curl/8.9.1", "curl/8.9.1"],
  ])("%s is told in words", (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});

it("the secret of an authenticator app stands in groups of four", () => {
  expect(totpSecret("otpauth://totp/Muster:a%40b.example?secret=JBSWY3DPEHPK3PXPA&issuer=Muster")).toBe(
    "JBSW Y3DP EHPK 3PXP A",
  );
});

describe("what a key may do", () => {
  it("is told in words", () => {
    expect(keyAuthorityWords(null)).toBe(words.all);
    expect(keyAuthorityWords({ partnerRole: "helpdeskAgent", roles: ["directoryReader"], customerIds: ["a"] })).toBe(
      "Helpdesk agent · Directory Reader · at 1 customer",
    );
    expect(keyAuthorityWords({ roles: [] })).toBe(words.noRole);
  });

  it("is narrowed by what was chosen and by nothing else", () => {
    const named = { ...emptyKey, name: " nightly import " };
    expect(newKeyBody(named)).toEqual({ name: "nightly import", expiresInDays: 90 });
    expect(newKeyBody({ ...named, narrowed: true })).toEqual({ name: "nightly import", expiresInDays: 90 });
    const part = { roles: ["userAdministrator" as const], customers: [{ id: "4711", name: "Contoso" }] };
    expect(newKeyBody({ ...named, ...part })).not.toHaveProperty("authority");
    expect(newKeyBody({ ...named, ...part, narrowed: true }).authority).toEqual({
      roles: ["userAdministrator"],
      customerIds: ["4711"],
    });
  });
});
