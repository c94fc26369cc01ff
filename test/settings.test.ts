import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings, unknownSettings } from "../settings.ts";

const provider = {
  MUSTER_OIDC_ISSUER: "https://id.contoso.example",
  MUSTER_OIDC_CLIENT_ID: "muster",
  MUSTER_OIDC_CLIENT_SECRET: "secret",
};

describe("the settings of an OpenID Connect provider", () => {
  it("are taken together, and its addresses are not trusted unless told", () => {
    const settings = readSettings(provider);
    expect(settings).toMatchObject({ ...provider, MUSTER_OIDC_TRUST_EMAIL: false });
    expect(readSettings({ ...provider, MUSTER_OIDC_TRUST_EMAIL: "true" }).MUSTER_OIDC_TRUST_EMAIL).toBe(true);
    expect(readSettings({}).MUSTER_OIDC_ISSUER).toBeUndefined();
  });

  it.each(Object.keys(provider))("stop the start where %s is missing, by a sentence that names them", (missing) => {
    expect(() => readSettings({ ...provider, [missing]: undefined })).toThrow(
      /MUSTER_OIDC_ISSUER .*MUSTER_OIDC_CLIENT_ID/,
    );
  });

  it.each([
    ["MUSTER_OIDC_ISSUER", "id.contoso.example"],
    ["MUSTER_OIDC_TRUST_EMAIL", "perhaps"],
  ])("%s cannot be %j", (name, value) => {
    expect(() => readSettings({ ...provider, [name]: value })).toThrow(name);
  });
});

describe("the secret key of before", () => {
  const [key, other] = ["the secret key from now on, of 32 letters", "the secret key of before, of 32 letters"];

  it("stands beside another secret key", () => {
    const settings = { MUSTER_SECRET_KEY: key, MUSTER_SECRET_KEY_PREVIOUS: other };
    expect(readSettings(settings)).toMatchObject(settings);
  });

  it.each([
    { MUSTER_SECRET_KEY_PREVIOUS: other },
    { MUSTER_SECRET_KEY: key, MUSTER_SECRET_KEY_PREVIOUS: key },
    { MUSTER_SECRET_KEY: key, MUSTER_SECRET_KEY_PREVIOUS: "short" },
  ])("stops the start by a sentence where it is alone, the same or too short: %j", (settings) => {
    expect(() => readSettings(settings)).toThrow(/^MUSTER_SECRET_KEY_PREVIOUS must /);
  });
});

describe("the proxies that are believed", () => {
  it.each([
    ["10.0.0.5", "10.0.0.5"],
    ["10.0.0.5, 10.1.0.0/16,loopback", "10.0.0.5, 10.1.0.0/16,loopback"],
    ["fd00::/8", "fd00::/8"],
    ["2", 2],
    ["0", 0],
  ])("can be %j", (value, meant) => {
    expect(readSettings({ MUSTER_TRUSTED_PROXIES: value }).MUSTER_TRUSTED_PROXIES).toBe(meant);
  });

  it("are those on this machine where nobody says otherwise", () => {
    expect(readSettings({}).MUSTER_TRUSTED_PROXIES).toBe("loopback");
  });

  it.each([
    "true",
    "*",
    "proxy.internal",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "-1",
    "1.5",
    "10.0.0.1,",
    "::/129",
  ])("cannot be %j, and the start says which setting is wrong", (value) => {
    expect(() => readSettings({ MUSTER_TRUSTED_PROXIES: value })).toThrow(/^MUSTER_TRUSTED_PROXIES must be a number/);
  });
});

describe("the networks that webhooks may lead into", () => {
  it("are a list of addresses and networks, and none where nobody says otherwise", () => {
    const { MUSTER_WEBHOOK_NETWORKS: meant } = readSettings({ MUSTER_WEBHOOK_NETWORKS: "10.0.0.5, fd00::/8" });
    expect(meant).toEqual(["10.0.0.5", "fd00::/8"]);
    expect(readSettings({}).MUSTER_WEBHOOK_NETWORKS).toBeUndefined();
  });

  it.each(["loopback", "2", "tickets.internal", "10.0.0.0/33"])("cannot be %j", (value) => {
    expect(() => readSettings({ MUSTER_WEBHOOK_NETWORKS: value })).toThrow(
      /^MUSTER_WEBHOOK_NETWORKS must be addresses/,
    );
  });
});

describe("a mail server", () => {
  const server = "smtps://name:word@mail.example";

  it("is set together with the address that mails come from", () => {
    expect(readSettings({ MUSTER_SMTP_URL: server, MUSTER_MAIL_FROM: "m@partner.example" })).toMatchObject({
      MUSTER_SMTP_URL: server,
    });
    expect(() => readSettings({ MUSTER_SMTP_URL: server })).toThrow(/^MUSTER_MAIL_FROM must be set together/);
  });

  it("is reached by SMTP", () => {
    const settings = { MUSTER_SMTP_URL: "https://mail.example", MUSTER_MAIL_FROM: "m@partner.example" };
    expect(() => readSettings(settings)).toThrow(/^MUSTER_SMTP_URL must be an address that begins with smtp:/);
  });
});

describe("the headers for who collects traces", () => {
  it.each(["Authorization=Bearer%20one", "a=b,c=d==", "a=b, c=d", "a=100%25%3Bb"])("can be %j", (headers) => {
    expect(readSettings({ OTEL_EXPORTER_OTLP_HEADERS: headers }).OTEL_EXPORTER_OTLP_HEADERS).toBe(headers);
  });

  it.each(["Bearer one", "a=", "=b", "a=b,", "a=b,c"])("cannot be %j, which the start does not repeat", (headers) => {
    expect(() => readSettings({ OTEL_EXPORTER_OTLP_HEADERS: headers })).toThrow(
      /^OTEL_EXPORTER_OTLP_HEADERS must be headers with commas between, such as Authorization=Bearer%20token\.$/,
    );
  });

  const broken = ["a=100%", "a=b,c=%E0", "%zz=b", "a=b;c", "a=b;", "a= ", " =b", "a=%20", "a=b,c= "];
  const unsendable = ["a=b%0D%0Ac", "a=b%0A", "a=%00b", "a=b%7F", "a=b,c%0A=d", "a%20b=c", "a=%E2%82%AC"];
  it.each([...broken, ...unsendable])("cannot be %j, which leaves one that is not sent as it stands", (headers) => {
    expect(() => readSettings({ OTEL_EXPORTER_OTLP_HEADERS: headers })).toThrow(
      /^OTEL_EXPORTER_OTLP_HEADERS must have a "%" and a ";" in its headers written as "%25" and "%3B", [^%]*\.$/,
    );
  });
});

describe("a secret in a file", () => {
  const file = join(mkdtempSync(join(tmpdir(), "muster-settings-")), "key");
  const key = "a secret key that lies in a file, 32 letters";
  writeFileSync(file, `${key}\n`);

  it("is read as if it were set, without the line break at its end", () => {
    expect(readSettings({ MUSTER_SECRET_KEY_FILE: file }).MUSTER_SECRET_KEY).toBe(key);
    expect(unknownSettings({ MUSTER_SECRET_KEY_FILE: file })).toEqual([]);
  });

  it("that cannot be read, or is set beside the setting itself, stops the start by a sentence that names it", () => {
    expect(() => readSettings({ MUSTER_SECRET_KEY_FILE: `${file}-gone` })).toThrow(
      /^MUSTER_SECRET_KEY_FILE names the file .*-gone, which cannot be read \(ENOENT\)\.$/,
    );
    expect(() => readSettings({ MUSTER_SECRET_KEY_FILE: file, MUSTER_SECRET_KEY: key })).toThrow(
      /^MUSTER_SECRET_KEY and MUSTER_SECRET_KEY_FILE are both set/,
    );
  });
});

describe("an address", () => {
  it.each(["DATABASE_URL", "DATABASE_OWNER_URL"])("%s holds no percent sign that stands for nothing", (name) => {
    const of = (password: string) => ({
      MUSTER_SECRET_KEY: "x".repeat(32),
      [name]: `postgres://m:${password}@db/muster`,
    });
    expect(() => readSettings(of("100%pure"))).toThrow(
      new RegExp(`^${name} must have a "%" in its user, password or path written as "%25"\\.$`),
    );
    expect(readSettings(of("100%25pure"))).toMatchObject(of("100%25pure"));
    expect(() => readSettings({ ...of(""), [name]: "not an address" })).toThrow(/must be an address that begins with/);
  });
});
