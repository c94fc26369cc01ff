import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildUpn, numbered, type NamedPerson } from "../../files/rows/build-upn.ts";
import { readUpn } from "../../files/rows/read-upn.ts";
import { parseUpnPattern } from "../../files/rows/upn-pattern.ts";

const nobody: NamedPerson = { givenName: undefined, surname: undefined, displayName: undefined, country: null };

function build(pattern: string, givenName: string, surname: string, more: Partial<NamedPerson> = {}) {
  return buildUpn(parseUpnPattern(pattern), { ...nobody, givenName, surname, ...more });
}

describe("patterns", () => {
  test.each([
    ["{givenName}.{surname}", "ana.silva"],
    ["{g}{surname}", "asilva"],
    ["{givenName}{s}", "anas"],
    ["{surname}_{g}", "silva_a"],
    ["{S}.{GIVENNAME}", "s.ana"],
    ["x-{surname}", "x-silva"],
    ["EXT.{ givenName }.{surname}", "ext.ana.silva"],
    ["{displayName}", "anamariasilva"],
    [" {g}.{s} ", "a.s"],
  ])("%s makes %s", (pattern, local) => {
    expect(build(pattern, "Ana", "Silva", { displayName: "Ana Maria Silva" })).toEqual({ local });
  });

  test.each([
    ["", "no name"],
    ["admin", "no name"],
    ["{givenName", "{"],
    ["{vorname}.{surname}", "{vorname}"],
    ["{givenName}.{surname}@contoso.example", "@"],
    ["{givenName} {surname}", '" "'],
    ["{givenName}/{surname}", '"/"'],
    ["{givenName}.", "dot"],
    ["{}", "{}"],
  ])("%j is refused, and the refusal names %s", (pattern, named) => {
    let thrown: unknown;
    try {
      parseUpnPattern(pattern);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: "Problem", code: "body_invalid", errors: [{ column: "upnPattern" }] });
    expect((thrown as Error).message).toContain(named);
  });
});

describe("names of many scripts", () => {
  test.each([
    ["Jörg", "Müller-Groß", "joerg.mueller-gross"],
    ["Jo\u0308rg", "Mu\u0308ller", "joerg.mueller"],
    ["Zoë", "O’Brien", "zoe.obrien"],
    ["José María", "de la Peña", "josemaria.delapena"],
    ["Søren", "Ångström", "soren.angstroem"],
    ["Łukasz", "Wójcik", "lukasz.wojcik"],
    ["Þórður", "Æðelsson", "thordur.aedelsson"],
    ["Čeněk", "Dvořák", "cenek.dvorak"],
    ["İbrahim", "Yıldız", "ibrahim.yildiz"],
    ["Bảo", "Nguyễn", "bao.nguyen"],
    ["Đặng", "Hồ", "dang.ho"],
    ["Иван", "Щербаков", "ivan.shcherbakov"],
    ["Олена", "Ґудзь", "olena.gudz"],
    ["Γιώργος", "Παπαδόπουλος", "giorgos.papadopoylos"],
    ["美", "林", "mei.lin"],
    ["太郎", "ヤマダ", "tailang.yamada"],
    ["さくら", "さとう", "sakura.satou"],
    ["민수", "김", "minsu.gim"],
    ["محمد", "علي", "mhmd.ly"],
    ["דוד", "כהן", "dvd.khhn"],
    ["राम", "शर्मा", "ram.srma"],
    ["สมชาย", "ใจดี", "smchay.aichdi"],
    ["გიორგი", "ბერიძე", "giorgi.beridze"],
    ["Արամ", "Խաչատրյան", "aram.khachatryan"],
    ["Jean–Luc", "Smith-", "jean-luc.smith"],
  ])("%s %s is %s", (givenName, surname, local) => {
    expect(build("{givenName}.{surname}", givenName, surname)).toEqual({ local });
  });

  test("umlauts lose their dots where that is the way of the country", () => {
    for (const country of ["SE", "FI", "TR", "HU", "NL"]) {
      expect(build("{surname}", "", "Björk", { country })).toEqual({ local: "bjork" });
    }
    for (const country of ["DE", "AT", "CH", null]) {
      expect(build("{surname}", "", "Björk", { country })).toEqual({ local: "bjoerk" });
    }
  });
});

describe("names that make no sign-in name", () => {
  test.each([
    ["", "Silva", "required_missing", "givenName"],
    ["Ana", "", "required_missing", "surname"],
    ["😀", "Silva", "upn_invalid", "givenName"],
    ["Ana", "--", "upn_invalid", "surname"],
    ["Ana", "…", "upn_invalid", "surname"],
    ["a".repeat(40), "b".repeat(40), "upn_invalid", "userPrincipalName"],
  ])("%s %s: %s at %s", (givenName, surname, code, field) => {
    expect(build("{givenName}.{surname}", givenName, surname)).toMatchObject({ code, field });
  });

  test("whatever the names are, what is built is a sign-in name by the rules", () => {
    const reading = { domains: new Set(["contoso.example"]), defaultDomain: "contoso.example", domain: null };
    const patterns = fc.constantFrom(
      "{givenName}.{surname}",
      "{g}{surname}",
      "{surname}{g}",
      "{g}.{s}",
      "a_{displayName}",
    );
    const name = fc.string({ unit: "binary", maxLength: 20 });
    fc.assert(
      fc.property(patterns, name, name, fc.constantFrom("DE", "SE", null), (pattern, one, other, country) => {
        const built = build(pattern, one, other, { displayName: one + other, country });
        if (!("local" in built)) return;
        expect(built.local).toMatch(/^[a-z0-9'._!#^~-]{1,64}$/);
        expect(readUpn(built.local, reading)).toHaveProperty("upn");
        expect(readUpn(numbered(built.local, 12), reading)).toHaveProperty("upn");
      }),
      { numRuns: 2000 },
    );
  });
});

test("a name that is taken gets a number and never more than 64 characters", () => {
  expect(numbered("ana.silva", 2)).toBe("ana.silva2");
  expect(numbered("agent7", 2)).toBe("agent7-2");
  expect(numbered("x".repeat(64), 10)).toBe(`${"x".repeat(62)}10`);
  const names = new Set(Array.from({ length: 1000 }, (_, n) => numbered("y".repeat(64), n + 2)));
  expect(names.size).toBe(1000);
});
