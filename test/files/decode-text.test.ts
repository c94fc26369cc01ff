import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../files/bytes/decode-text.ts";
import { encodeGb18030 } from "./gb18030.ts";

async function* cut(bytes: Buffer, ...at: number[]): AsyncGenerator<Buffer> {
  const borders = [0, ...at.toSorted((one, other) => one - other), bytes.length];
  for (let piece = 1; piece < borders.length; piece++) yield bytes.subarray(borders[piece - 1], borders[piece]);
}

async function decode(bytes: Buffer, ...at: number[]): Promise<{ text: string; encoding: string }> {
  const decoded = decodeText(cut(bytes, ...at));
  let text = "";
  for await (const piece of decoded.pieces) text += piece;
  return { text, encoding: decoded.encoding() };
}

const people = "姓名,部门\n林美,技术部\n王小明,市场部\n张伟,人力资源部\n欧阳娜娜,财务部\n刘洋,行政管理部\n";

describe("GB18030", () => {
  test.each([
    ["a list of people", people],
    ["surnames and given names in columns of their own", "姓,名\n王,伟\n李,娜\n张,敏\n刘,洋\n"],
    ["a list whose first character looks like UTF-8", "学号,姓名\n1,卢伟\n2,李娜\n3,张敏\n"],
    ["characters of four bytes and rare ones", "姓名,备注\n王伟,普通员工\n李娜,朱镕\u3400基测试\n张敏,经理\u20ac\n"],
    ["Latin names beside Chinese ones", "姓名,英文名\n王伟,André\n李娜,Li Na\n张敏,Zhang Min\n".replace("é", "e")],
  ])("%s is read", async (_, text) => {
    expect(await decode(encodeGb18030(text))).toEqual({ text, encoding: "GB18030" });
  });

  test("its BOM decides", async () => {
    expect(await decode(Buffer.from("8431953341c1d6", "hex"))).toEqual({ text: "A林", encoding: "GB18030" });
  });

  test("a character may lie across any border", async () => {
    const text = `${people}朱镕\u3400基,\u00e8\u20ac\n`;
    const bytes = encodeGb18030(text);
    for (let at = 1; at < bytes.length; at++) {
      expect(await decode(bytes, at)).toEqual({ text, encoding: "GB18030" });
    }
    const borders = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(borders, async (at) => {
        expect(await decode(bytes, ...at)).toEqual({ text, encoding: "GB18030" });
      }),
      { numRuns: 300 },
    );
  });

  test("any Chinese text reads back, however it is cut", async () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from("王李张刘陈杨黄赵吴周伟芳娜敏静丽强磊军洋技术市场财务部经理㐀€·，")),
      minLength: 1,
      maxLength: 8,
    });
    const cells = fc.array(word, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cells, fc.array(fc.nat(400), { maxLength: 30 }), async (words, at) => {
        const text = `${people}${words.join(",")}\n`;
        const bytes = encodeGb18030(text);
        expect((await decode(bytes, ...at.filter((border) => border < bytes.length))).text).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("the first character may be the last byte of a block, however much ASCII came before", async () => {
    const head = `name\n${"ann\n".repeat(20_000)}`;
    const bytes = Buffer.concat([Buffer.from(head), encodeGb18030(people)]);
    for (const border of [head.length - 1, head.length, head.length + 1, head.length + 2]) {
      expect(await decode(bytes, border)).toEqual({ text: head + people, encoding: "GB18030" });
    }
  });

  test("a damaged byte after the beginning is damage of its place", async () => {
    const good = encodeGb18030(people.repeat(200));
    const { text, encoding } = await decode(
      Buffer.concat([good, Buffer.from([0xff]), Buffer.from(",x\n")]),
      good.length,
    );
    expect(encoding).toBe("GB18030");
    expect(text.endsWith("\uFFFD,x\n")).toBe(true);
  });
});

describe("text that decodes as GB18030 by chance is not taken for Chinese", () => {
  test.each([
    ["French", "Pr\xe9nom,Nom\nZo\xeb,Cr\xe9\xe9e\n", "Windows-1252"],
    ["Portuguese in capitals", "NOME\nCONCEI\xc7\xc3O\nJO\xc3O\nGON\xc7ALVES\n", "Windows-1252"],
    ["Portuguese words that end alike", "NOME\nCONCEI\xc7\xc3O\nASSUN\xc7\xc3O\n", "Windows-1252"],
    ["German", "Stra\xdfe,M\xfcller\n\xc4\xd6\xdc\xdf,Gr\xf6\xdfe\n", "Windows-1252"],
  ])("%s", async (_, text, encoding) => {
    expect((await decode(Buffer.from(text, "latin1"))).encoding).toBe(encoding);
  });

  test("UTF-8 with one damaged byte stays UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("名前\n山田太郎\n林美\n"), Buffer.from([0xfc]), Buffer.from("\n")]);
    expect((await decode(bytes)).encoding).toBe("UTF-8");
  });

  test.each([
    ["Russian", "c8e2e0ed20c8e2e0edeee22ccceef1eae2e00ac0ededE020d1e5f0e3e5e5e2ede02cd2f3ebe00a"],
    ["Greek", "c3e9ddf1e3efF22cc1e8dEede10ac5ebddede72cd0dcf4f1e10a"],
    ["Korean", "b1e8c3b6bcf62cbcadbfef0ab9dabfb5c8f12cbaceb8a30a"],
    ["Japanese in Shift_JIS", "8e5293632091be98592c93aa8b9e0a97e996d82089d48e712c91e58de30a"],
    ["Japanese in EUC", "bbb3c5c420c2c0cfba2ca4bfa4eda4a60acee9ccda2ca4cfa4caa4b30a"],
  ])("%s is refused", async (_, hex) => {
    await expect(decode(Buffer.from(hex, "hex"))).rejects.toMatchObject({ code: "encoding_undecodable" });
  });
});
